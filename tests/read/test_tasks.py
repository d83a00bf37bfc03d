"""Task lists: every task with its units, in the many ways in which lists write them."""

from __future__ import annotations

import pytest

from graph.model import Document
from tests.read.conftest import Read, join_section, list_statements


def list_roles(document: Document) -> list[list[tuple[str, str]]]:
    return [[(p.name, p.role) for p in s.speakers] for s in document.sections if s.speakers]


WRAPPED = """云溪省关于支持低空经济发展若干措施

一、做强产业
(一)加快园区建设。
推进云溪低空产业园建设,支持整机企业和零部件企业在园
区落地,到
2031
年培育
100
家企业。
(责任单位:省云信厅、省发展改革
委,各市、县〔市、区〕政府)
—
3
—
(二)加强金融支持。设立云溪低空基金,引导社会资本投入早期项目,打造低空
金融服务平台。〔责任单位:省财政厅、省市场监管局(省知识产权局)、云溪金融监
管局〕
三、保障措施
加强组织领导,压实各级责任,确保各项措施落到实处,营造良好的发展氛围和环境。
"""


def test_units_broken_by_lines_are_whole(read: Read) -> None:
    document = read(WRAPPED)
    assert [who for who, _ in list_statements(document)] == [
        ("省云信厅", "省发展改革委", "各市、县〔市、区〕政府"),
        ("省财政厅", "省市场监管局(省知识产权局)", "云溪金融监管局"),
    ]
    for section in document.sections:
        for speaker in section.speakers:
            assert speaker.evidence
            assert "".join(speaker.evidence.quote.split()) == speaker.name


def test_page_numbers_and_units_are_not_read_as_text(read: Read) -> None:
    text = "".join(words for _, words in list_statements(read(WRAPPED)))
    assert "到2031年培育100家企业。" in text
    assert "责任单位" not in text
    assert "3" not in text.replace("2031", "")


def test_a_first_unit_leads_where_the_list_says_so(read: Read) -> None:
    document = read(
        "1.建设云溪产业园。（责任单位：市云局、市水局。列第一位的为牵头单位，下同）\n"
        "2.建设东湾路。（责任单位：市路局、松桥镇）\n3.建设公园。（牵头单位：市园局；责任单位：市水局）\n"
    )
    assert list_roles(document) == [
        [("市云局", "lead"), ("市水局", "responsible")],
        [("市路局", "lead"), ("松桥镇", "responsible")],
        [("市园局", "lead"), ("市水局", "responsible")],
    ]


def test_who_is_not_listed_again_answers_for_all_that_follows(read: Read) -> None:
    document = read(
        "1.建设云溪产业园。（责任单位：市云局。以下均需各县区政府落实，不再列出）\n2.建设东湾路。（责任单位：市路局）\n"
    )
    assert [who for who, _ in list_statements(document)][1] == ("市路局", "各县区政府")


def test_lines_of_labels_belong_to_the_task_above(read: Read) -> None:
    document = read(
        "一、主要目标\n\n1.地区生产总值增长6%左右。\n\n牵头领导：李某某\n\n牵头单位：区发改局\n\n"
        "责任单位：云溪经济开发区、各街道\n\n（二）规上工业增加值增长12%以上\n\n责任单位：区科技和经信局\n\n完成时限：年底\n"
    )
    assert list_roles(document) == [
        [("区发改局", "lead"), ("云溪经济开发区", "responsible"), ("各街道", "responsible")],
        [("区科技和经信局", "responsible")],
    ]


@pytest.mark.parametrize(
    ("clause", "roles"),
    [
        ("（市云局牵头，市水局配合）", [("市云局", "lead"), ("市水局", "support")]),
        (
            "（市云局、市水局牵头，各镇（街道）按职责分工负责）",
            [("市云局", "lead"), ("市水局", "lead"), ("各镇（街道）", "responsible")],
        ),
        ("（市云局负责）", [("市云局", "responsible")]),
        ("（市云局、松桥镇）", [("市云局", "responsible"), ("松桥镇", "responsible")]),
        ("【主办单位：市云局；协办单位：市水局】", [("市云局", "lead"), ("市水局", "support")]),
    ],
)
def test_a_clause_gives_names_and_roles(read: Read, clause: str, roles: list[tuple[str, str]]) -> None:
    document = read(f"1.推进云溪产业园建设。{clause}\n2.建设东湾路。（责任单位：市路局）\n")
    assert list_roles(document)[0] == roles
    assert list_statements(document)[0][1] == "1.推进云溪产业园建设。"


def test_units_set_apart_by_spaces_are_two(read: Read) -> None:
    document = read("1.建设云溪产业园。\n责任单位：市云局  市水局 松桥镇\n2.建设东湾路。\n责任单位：市路局\n")
    assert [who for who, _ in list_statements(document)] == [("市云局", "市水局", "松桥镇"), ("市路局",)]


def test_brackets_that_name_no_unit_stay_in_the_text(read: Read) -> None:
    document = read("1.推进云溪产业园（一期）。（责任单位：市云局）\n2.建设东湾路。（责任单位：市路局）\n")
    assert list_statements(document)[0][1] == "1.推进云溪产业园（一期）。"


@pytest.mark.parametrize("gap", ["　", "  ", "｜"])
def test_a_printed_table_gives_each_row_its_units(read: Read, gap: str) -> None:
    rows = [
        ("序号", "重点任务", "具体举措", "牵头单位", "配合单位", "完成时限"),
        ("1", "畅通路网", "打通东湾路北延线", "市路局", "松桥镇、东湾集团", "年底"),
        ("2", "民生", "建成云溪小学", "市教育局", "市园局", "8月底"),
    ]
    document = read("云溪市2031年任务分解表\n\n" + "\n".join(gap.join(row) for row in rows) + "\n")
    assert document.metadata.genre == "tasks"
    assert list_roles(document) == [
        [("市路局", "lead"), ("松桥镇", "support"), ("东湾集团", "support")],
        [("市教育局", "lead"), ("市园局", "support")],
    ]
    spoken = [join_section(section) for section in document.sections if section.speakers]
    assert "打通东湾路北延线" in spoken[0]
    assert "年底" not in spoken[0]


@pytest.mark.parametrize(
    "row",
    ["| 1 | 建成云溪产业园 |  | 市云局 |  |", "1\t建成云溪产业园\t\t市云局\t", "1　建成云溪产业园　新建厂房　市云局"],
)
def test_a_row_with_cells_that_are_empty_keeps_its_units(read: Read, row: str) -> None:
    columns = ("序号", "重点任务", "具体举措", "牵头单位", "完成时限")
    gap = next(gap for gap in "|\t　" if gap in row)
    heading = gap.join(columns) if gap != "|" else f"| {' | '.join(columns)} |"
    document = read(f"云溪市2031年任务分解表\n\n{heading}\n{row}\n")
    assert list_roles(document) == [[("市云局", "lead")]]
    assert "建成云溪产业园" in list_statements(document)[0][1]


def test_a_row_that_lacks_its_first_cell_is_read_from_the_right(read: Read) -> None:
    document = read(
        "类别　项目名称　建设内容　责任单位\n产业　云溪产业园　建设厂房三栋　云溪集团\n"
        "东湾物流园　建设冷库一座　东湾集团\n"
    )
    assert list_roles(document) == [[("云溪集团", "responsible")], [("东湾集团", "responsible")]]


def test_units_under_a_heading_answer_for_the_tasks_below_it(read: Read) -> None:
    document = read(
        "一、轨道交通产业链\n牵头单位：市云局；链主企业：云溪机车\n1.建成东湾创新中心。\n2.推进松桥基地建设。（配合单位：松桥镇）\n"
        "二、陶瓷产业链\n牵头单位：市水局\n1.建设云溪陶瓷小镇。\n"
    )
    assert list_roles(document) == [
        [("市云局", "lead"), ("云溪机车", "responsible")],
        [("市云局", "lead"), ("云溪机车", "responsible"), ("松桥镇", "support")],
        [("市水局", "lead")],
    ]


@pytest.mark.parametrize(
    "units",
    [
        "牵头：区云局；责任：松桥街道",
        "牵头：区云局　配合：松桥街道",
        "牵头：区云局\n责任：松桥街道",
        "（区云局、松桥街道；9月底前）",
    ],
)
def test_units_are_read_in_the_short_forms_of_small_towns(read: Read, units: str) -> None:
    document = read(f"云溪区重点工作分解\n（1）建设东湾路。{units}\n（2）建设东湾公园。{units}\n")
    assert [who for who, _ in list_statements(document)] == [("区云局", "松桥街道")] * 2


def test_units_with_a_colon_stand_above_their_tasks(read: Read) -> None:
    document = read(
        "云溪区十件实事分解\n区云局、松桥街道：\n1.建设东湾路。\n2.建设东湾公园。\n区水局：\n3.建设东湾水库。\n"
    )
    assert [who for who, _ in list_statements(document)] == [
        ("区云局", "松桥街道"),
        ("区云局", "松桥街道"),
        ("区水局",),
    ]


def test_a_table_may_be_drawn_with_bars(read: Read) -> None:
    document = read(
        "云溪区任务分解表\n┃序号┃主要任务┃牵头单位┃责任单位┃时限┃\n"
        "┃1┃建设东湾路，改造东湾公园┃区云局┃松桥街道┃12月底┃\n┃2┃建设东湾水库┃区水局┃区云局┃11月底┃\n"
    )
    assert list_roles(document) == [
        [("区云局", "lead"), ("松桥街道", "responsible")],
        [("区水局", "lead"), ("区云局", "responsible")],
    ]


def test_a_record_is_one_task_wherever_its_units_stand(read: Read) -> None:
    document = read(
        "松桥县整改方案\n一、整改任务\n问题1：东湾河污水直排。\n整改责任单位：县住建局、东湾镇\n整改时限：2031年6月\n整改措施：封堵排口，建云溪污水厂。\n"
        "问题2：松山粉尘污染。\n整改责任单位：县环保局\n整改措施：关停松山石场。\n二、保障措施\n加强领导。\n"
    )
    said = dict(list_statements(document))
    assert "东湾河" in said["县住建局", "东湾镇"]
    assert "云溪污水厂" in said["县住建局", "东湾镇"]
    assert "松山石场" in said[("县环保局",)]
    assert "加强领导" not in "".join(said.values())


def test_units_that_open_a_task_answer_for_the_rest_of_it(read: Read) -> None:
    document = read(
        "一、重点任务\n（一）修路\n由县路局牵头，责任单位：东湾镇、松桥镇。修好东湾路，改造云溪桥。\n"
        "（二）种茶\n县农业局牵头；县水务局配合。新建松桥茶园。\n"
    )
    assert [roles for roles in list_roles(document) if roles] == [
        [("县路局", "lead"), ("东湾镇", "responsible"), ("松桥镇", "responsible")],
        [("县农业局", "lead"), ("县水务局", "support")],
    ]
    said = [words for _, words in list_statements(document)]
    assert "云溪桥" in said[0]
    assert "松桥茶园" in said[1]


def test_an_office_with_the_number_of_its_tasks_stands_above_them(read: Read) -> None:
    document = read(
        "责任分解表\n★县水务局（2项）\n①修好东湾水库。\n②建云溪水厂。\n★县林业局、县路局（共同负责）\n绿化松桥路。\n"
    )
    said = {words: who for who, words in list_statements(document)}
    assert {who for words, who in said.items() if "水" in words} == {("县水务局",)}
    assert {who for words, who in said.items() if "松桥路" in words} == {("县林业局", "县路局")}


def test_a_task_is_due_when_the_clause_of_its_units_says(read: Read) -> None:
    document = read(
        "一、建设东湾公园，种树三千棵。\n责任单位：市园局　　完成时间：2031年6月\n"
        "二、修好松桥路九公里。（市路局、松桥镇；9月底前）\n"
        "三、建云溪水厂。\n牵头单位：市水局\n完成时限：2031年底\n四、办好云溪学校。（责任单位：市教育局）\n"
    )
    assert [section.due for section in document.sections if section.speakers] == [
        "2031年6月",
        "9月底前",
        "2031年底",
        "",
    ]


def test_the_cells_of_a_printed_table_give_roles_and_deadlines(read: Read) -> None:
    document = read(
        "序号｜重点任务｜责任单位｜完成时限\n1｜建设东湾货场，新增股道三条。｜牵头：县铁路办、配合：县水务局｜10月31日前\n2｜修好云溪路九公里。｜县交通局｜全年\n"
    )
    first = next(section for section in document.sections if section.speakers)
    assert [(speaker.name, speaker.role) for speaker in first.speakers] == [
        ("县铁路办", "lead"),
        ("县水务局", "support"),
    ]
    assert first.due == "10月31日前"


def test_what_stands_under_a_heading_with_units_is_due_when_the_heading_is(read: Read) -> None:
    document = read(
        "一、道路\n牵头单位：市路局\n完成时限：2031年底\n1.修好东湾路三公里，种树三百棵。\n2.改造松桥九座，加宽云溪路。\n"
        "二、供水\n牵头单位：市水局\n1.建云溪水厂一座。\n2.换管九公里。\n"
    )
    due = {section.speakers[0].name: section.due for section in document.sections if section.speakers}
    assert due == {"市路局": "2031年底", "市水局": ""}
    assert {
        section.due for section in document.sections if section.speakers and section.speakers[0].name == "市路局"
    } == {"2031年底"}
