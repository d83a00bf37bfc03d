"""News: who says it, or is said to do it."""

from __future__ import annotations

import pytest

from tests.read.conftest import Read, list_statements

NEWS = """云溪市今年开建三座大桥
 发布时间：2031-03-28
 发布人：-
3月2日，记者从云溪市交通运输局获悉，今年云溪市将新建东湾大桥、松桥大桥，总投资32亿元。
其中，东湾大桥由松云建设集团有限公司投资建设，全长3.2公里。松桥县计划同步建设连接线。
“我们将加快前期工作。”市交通运输局局长李某表示。市自然资源和规划局将保障用地。
2031（第五届）中国云溪桥梁行业优秀供应商评选
"""


def test_the_source_speaks_in_general_and_others_for_their_sentences(read: Read) -> None:
    said: dict[str, str] = {}
    for who, words in list_statements(read(NEWS)):
        for name in who:
            said[name] = said.get(name, "") + words
    assert "东湾大桥、松桥大桥" in said["云溪市交通运输局"]
    assert "加快前期工作" in said["云溪市交通运输局"]
    assert said["松桥县"] == "松桥县计划同步建设连接线。"
    assert said["市自然资源和规划局"] == "市自然资源和规划局将保障用地。"
    assert said["松云建设集团有限公司"].startswith("松云建设集团有限公司投资建设")
    assert "评选" not in "".join(said.values())
    assert set(said) == {"云溪市交通运输局", "松桥县", "市自然资源和规划局", "松云建设集团有限公司"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云溪产业园开工\n云溪市计划总投资43亿元，大力实施产业园工程。\n", "云溪市"),
        ("松云铁路今年开工\n云溪市发改委消息称，松云铁路已纳入计划。市发改委称，预计年底开工。\n", "云溪市发改委"),
        ("松云重工拟建基地\n松云重工拟在东湾新城建立基地。松云重工董事长詹某某表示，公司将加快建设。\n", "松云重工"),
        ("云溪首个产业园落户松桥\n园区位于松桥县东湾镇，计划投资2亿元，松桥县群众期待已久。\n", "松桥县"),
        ("立交工程开工\n松桥市委书记詹某某出席。他强调，松桥市委书记詹某某要求加快建设。\n", "松桥市委"),
    ],
)
def test_without_a_source_who_acts_or_speaks_or_lies_there(read: Read, text: str, name: str) -> None:
    assert list_statements(read(text))[0][0] == (name,)


def test_news_that_tell_of_no_works_are_nobodys(read: Read) -> None:
    assert list_statements(read("云溪举行冬泳比赛\n3月2日，来自各地的爱好者齐聚云溪湖畔，现场气氛热烈。\n")) == []


def test_a_file_of_many_news_has_a_speaker_for_each(read: Read) -> None:
    document = read(
        "# 云溪新闻\n\n### 东湾大桥开工\n\n<p>记者从市交通局获悉，东湾大桥开工。</p>\n\n### 学校扩建\n\n"
        "市教育局将扩建学校。\n",
        "day.md",
    )
    assert [who for who, _ in list_statements(document)] == [("市交通局",), ("市教育局",)]
    assert all("<p>" not in words for _, words in list_statements(document))


def test_a_company_that_invests_is_a_speaker_under_its_full_name(read: Read) -> None:
    document = read(
        "松云新能源电池项目落户云溪高新区\n5月5日，云溪高新区管委会与松云新能源科技有限公司签订投资协议。\n"
        "松云新能源将在云溪高新区投资52亿元，建设储能电池基地。\n云溪高新区党工委书记周某某表示，高新区将提供服务。\n"
    )
    said: dict[str, str] = {}
    for who, words in list_statements(document):
        said[who[0]] = said.get(who[0], "") + words
    assert "储能电池基地" in said["松云新能源科技有限公司"]
    assert "提供服务" in said["云溪高新区党工委"]
    assert "高新区" not in said


def test_what_a_meeting_says_its_committee_says(read: Read) -> None:
    document = read("云溪市委常委会召开会议\n会议强调，要加快推进云溪大桥建设。会议要求，市交通局要抓好前期工作。\n")
    assert [who for who, _ in list_statements(document)] == [("云溪市委",), ("市交通局",)]


HEAD = "松桥县重大项目推进会召开\n3月2日，记者从松桥县发展和改革局获悉，今年全县安排重点项目58个，包括东湾大桥。\n"


@pytest.mark.parametrize(
    ("paragraph", "names"),
    [
        ("国网松桥供电公司主动靠前，计划新建110千伏东湾变电站。", ["国网松桥供电公司"]),
        ("在县自然资源局，局长张某摊开一张图：今年要整理土地2000亩。", ["县自然资源局"]),
        ("参与建设的云溪三局表示，将倒排工期，确保东湾大桥国庆前合龙。", ["云溪三局"]),
        ("松桥农商银行与云岭镇签订协议，授信2亿元支持东湾茶园建设。", ["松桥农商银行", "云岭镇"]),
        ("宏达矿业董事长马某说，企业将建设云岭铜矿选厂。", ["宏达矿业"]),
        ("“没有退路！”松桥县扶贫办主任江某的语气斩钉截铁，今年5个村必须出列。", ["松桥县扶贫办"]),
        ("松桥县城管局：将取缔东湾马路市场，新建云溪停车场。", ["松桥县城管局"]),
        ("松桥县县长助理、招商局局长唐某表示，今年将赴外地招商。", ["招商局"]),
        ("村民老李说，盼桥盼了十年。", []),
        ("松桥县农业局联合东江农科院，今年推广云岭红薯5万亩。", ["松桥县农业局"]),
    ],
)
def test_a_paragraph_is_whose_subject_opens_it(read: Read, paragraph: str, names: list[str]) -> None:
    document = read(f"{HEAD}{paragraph}\n")
    last = [section for section in document.sections if section.sentences[-1].text in paragraph][-1]
    assert [speaker.name for speaker in last.speakers] == names


def test_an_order_belongs_to_who_must_carry_it_out(read: Read) -> None:
    document = read(f"{HEAD}县委书记陈某要求，县住建局要加快管网建设；县水务局要建好云溪水库。\n")
    said = {who[0]: words for who, words in list_statements(document)}
    assert "管网" in said["县住建局"]
    assert "云溪水库" in said["县水务局"]
    assert "云溪水库" not in said["县住建局"]


def test_in_an_interview_who_asks_pledges_nothing_and_who_answers_all_the_answer(read: Read) -> None:
    document = read(
        "对话云溪局长\n——专访松桥县水务局局长周小明\n记者：松桥镇今年将建什么？\n周小明：先修东湾水库。松桥镇将配合我们。\n"
        "记者：钱呢？\n周小明：自筹三亿元，新建水厂两座。\n"
    )
    said = {words: who for who, words in list_statements(document)}
    assert all(who == ("松桥县水务局",) for who in said.values())
    assert "先修东湾水库。松桥镇将配合我们。" in "".join(said)
    assert "新建水厂两座" in "".join(said)
    assert "今年将建什么" not in "".join(said)


def test_the_regions_level_does_not_take_the_word_from_its_bureau(read: Read) -> None:
    text = "松桥：县城换新颜\n松桥县水务局局长周小明说，将新建东湾水厂。县里还将改造云溪渠9公里。\n"
    assert [who for who, words in list_statements(read(text)) if "云溪渠" in words] == [("松桥县水务局",)]


def test_partners_and_numbers_of_firms_are_told_from_the_subject(read: Read) -> None:
    text = (
        "东湾园区开工\n松桥县水务局日前表示，将新建东湾水厂。\n"
        "松桥经济开发区管委会委托云溪大学将建设东湾实验室。\n"
        "松桥县、云溪县境内的9座地方煤矿将整合为三座。\n"
    )
    names = {name for who, _ in list_statements(read(text)) for name in who}
    assert "松桥经济开发区管委会" in names
    assert not {name for name in names if "煤矿" in name or "委托" in name}


def test_who_spoke_last_speaks_on_in_the_next_paragraph(read: Read) -> None:
    document = read(
        "松桥推进会举行\n松桥县县长周小明表示，松桥县今年将投资三亿元建设东湾新城，松桥县将建成东湾大道。\n"
        "省交通运输厅在会上宣布，将新建松云高速。\n松云高速全长90公里，设东湾枢纽。\n该厅同时表示，还要改造云溪渡口。\n"
    )
    said = {who[0]: words for who, words in list_statements(document)}
    assert "东湾枢纽" in said["省交通运输厅"]
    assert "云溪渡口" in said["省交通运输厅"]


@pytest.mark.parametrize("label", ["嘉宾：", "答：", "【嘉宾】"])
def test_a_guest_without_a_name_answers_for_the_office_that_is_interviewed(read: Read, label: str) -> None:
    document = read(
        f"在线访谈\n——专访松桥县水务局局长\n记者：今年做什么？\n{label}先修东湾水库。\n记者：还有呢？\n{label}再建云溪水厂。\n"
    )
    said = {words: who for who, words in list_statements(document)}
    assert {who for words, who in said.items() if "水库" in words or "水厂" in words} == {("松桥县水务局",)}


def test_in_a_talk_with_several_guests_each_answers_for_his_own_office(read: Read) -> None:
    document = read(
        "县区访谈\n嘉宾　松桥县水务局局长　周小明\n　　　松桥县林业局局长　李大海\n"
        "【主持人】先请周局长。\n【周小明】先修东湾水库。\n"
        "【主持人】山上呢？\n【李大海】封山两万亩，建云溪苗圃。\n"
    )
    said = {words: who for who, words in list_statements(document)}
    assert [who for words, who in said.items() if "东湾水库" in words] == [("松桥县水务局",)]
    assert [who for words, who in said.items() if "云溪苗圃" in words] == [("松桥县林业局",)]


def test_a_short_form_in_brackets_is_the_name_that_it_shortens(read: Read) -> None:
    document = read(
        "松云落户东湾\n内蒙古松云新能源有限公司（“松云能源”）今日宣布，将在东湾镇建设风电基地。\n松云能源还将建云溪汇集站。\n"
    )
    assert {who for who, _ in list_statements(document)} == {("内蒙古松云新能源有限公司",)}


def test_the_subject_before_a_meeting_is_kept(read: Read) -> None:
    document = read("东湾项目签约\n松桥县政府在会上承诺，土地手续一月办结，配套建设东湾大道。\n")
    assert list_statements(document)[-1][0] == ("松桥县政府",)


def test_a_builder_named_in_half_a_sentence_has_that_half_only(read: Read) -> None:
    document = read("东湾电站开工\n记者从松云能源公司获悉，上水库设在东湾镇；进场道路由云溪交工集团负责铺筑。\n")
    said = {who[0]: words for who, words in list_statements(document)}
    assert "上水库" in said["松云能源公司"]
    assert "进场道路" in said["云溪交工集团"]


def test_a_tour_goes_from_region_to_region_under_its_headings(read: Read) -> None:
    document = read(
        "四县巡礼\n松桥：山城换新颜\n松桥县今年投资三亿元建设东湾新城。县里还要修好云溪古道。\n临江：滩涂变港口\n临江县今年开工临江新港。县里还要办船厂。\n"
    )
    said = {who[0]: words for who, words in list_statements(document)}
    assert "云溪古道" in said["松桥县"]
    assert "船厂" in said["临江县"]


def test_the_head_of_a_town_speaks_for_the_town_last_named(read: Read) -> None:
    document = read(
        "乡村新春行\n松桥镇人多地少，松桥镇有茶，松桥镇有竹。松桥镇镇长周小明说，镇里要建茶厂。\n来到东湾镇，河边正热闹。镇长李大海介绍，东湾古街三月动工。\n"
    )
    assert [who for who, words in list_statements(document) if "东湾古街" in words] == [("东湾镇",)]


def test_a_paragraph_under_a_label_is_whose_office_it_names_first(read: Read) -> None:
    document = read(
        "会后访\n【发改】市发展和改革局局长周小明表示，今年储备东湾项目。\n【住建】老城要像绣花。过去难，现在也难。市住房和城乡建设局今年改造云溪片区。\n"
    )
    assert [who for who, words in list_statements(document) if "云溪片区" in words] == [("市住房和城乡建设局",)]
