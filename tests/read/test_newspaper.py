"""Compilations of a newspaper: who speaks, and sentences that a column's end broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.lexicon import default_lexicon
from graph.model import Document, Section
from graph.read.documents import read_documents
from graph.spans import join_pieces
from tests.read.conftest import Read, list_statements

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def pages() -> dict[str, Document]:
    found = list(read_documents([SEEDS], default_lexicon()))
    return {one.name[:3]: one for one in found if isinstance(one, Document)}


def spoken(document: Document) -> dict[str, str]:
    """Return what each speaker says."""
    return {s.speakers[0].name: "".join(x.text for x in s.sentences) for s in document.sections if s.speakers}


def find_section(document: Document, words: str) -> Section:
    return next(s for s in document.sections if any(words in x.text for x in s.sentences))


def test_each_heading_of_an_office_opens_its_statement(pages: dict[str, Document]) -> None:
    assert list(spoken(pages["000"])) == [
        "石桥镇",
        "太白湖新区金融办",
        "太白湖新区经发局",
        "太白湖新区行政审批服务局",
    ]
    assert list(spoken(pages["003"])) == [
        "太白湖新区经济发展局",
        "太白湖新区建设局",
        "太白湖新区应急管理局",
        "太白湖新区文化和旅游局",
        "太白湖新区投资促进中心",
    ]


def test_a_speakers_evidence_is_its_heading(pages: dict[str, Document]) -> None:
    for document in pages.values():
        for section in document.sections:
            for speaker in section.speakers:
                assert speaker.evidence is not None
                assert speaker.evidence.quote == speaker.name
                assert join_pieces(document.text, speaker.evidence.pieces) == speaker.name


def test_an_orphan_goes_to_the_office_whose_sentence_it_ends(pages: dict[str, Document]) -> None:
    section = find_section(pages["003"], "“一对一”对接机制")
    assert [speaker.name for speaker in section.speakers] == ["太白湖新区经济发展局"]
    sentence = next(x for x in section.sentences if "“一对一”对接机制" in x.text)
    assert sentence.text.startswith("成立科技服务专班")
    assert "建立“一对一”对接机制" in sentence.text
    assert len(sentence.pieces) == 2


def test_a_word_broken_by_a_column_is_whole_and_still_points_into_the_file(pages: dict[str, Document]) -> None:
    section = find_section(pages["003"], "推进应急指挥中心平台建设")
    sentence = next(x for x in section.sentences if "应急指挥中心平台" in x.text)
    assert join_pieces(pages["003"].text, sentence.pieces) == sentence.text
    assert "".join(token.text for token in sentence.tokens) == sentence.text


@pytest.mark.parametrize("words", ["记者邓超", "动员大会。", "开栏语", "本报开设", "会上，相关"])
def test_what_the_editors_write_is_nobodys(pages: dict[str, Document], words: str) -> None:
    for document in pages.values():
        for section in document.sections:
            if any(words in sentence.text for sentence in section.sentences):
                assert not section.speakers


@pytest.mark.parametrize(
    "line",
    [
        "▲云溪区水务局　让河水清起来",
        "云溪区水务局——让河水清起来",
        "一、云溪区水务局　　承诺人：晏某某",
        "云溪区水务局　晏某某",
        "云溪区水务局局长 晏某某说——",
        "受访者：云溪区水务局局长　晏某某",
        "让河水清起来——访云溪区水务局党组书记、局长晏某某",
        "区委常委、云溪区水务局局长　晏某某",
        "云溪区水务局　局长　×××",
        "**第二个登台：云溪区水务局局长晏某某**",
        "三、云溪区水务局：让河水清起来",
        "（上接第一版）云溪区水务局：让河水清起来",
    ],
)
def test_a_heading_names_its_office_in_many_ways(tmp_path: Path, line: str) -> None:
    text = f"{line}\n今年整治东湾河十公里，建成云溪湿地公园。\n\n松桥镇\n引进云溪食品项目，建设松桥物流园。\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    assert list(spoken(document)) == ["云溪区水务局", "松桥镇"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("▍云溪区水务局（河长办）", "云溪区水务局（河长办）"),
        ("县林业局（县绿化办）主任　于某某", "县林业局（县绿化办）"),
        ("■ 嘉宾三：周某某　云溪区水务局局长", "云溪区水务局"),
        ("二、云溪区水务局　局长：王某某（德昂族）", "云溪区水务局"),
        ("【云溪区水务局：让河水清起来】", "云溪区水务局"),
        ("【答复单位】云溪区水务局", "云溪区水务局"),
    ],
)
def test_a_card_holds_office_title_and_person_in_any_order(tmp_path: Path, line: str, name: str) -> None:
    text = f"{line}\n今年整治东湾河十公里，建成云溪湿地公园。\n\n松桥镇\n引进云溪食品项目，建设松桥物流园。\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    assert list(spoken(document)) == [name, "松桥镇"]


@pytest.mark.parametrize(
    "opening", ["云溪区水务局局长晏某某：", "晏某某（云溪区水务局局长）：", "云溪区水务局：", "云溪区水务局　　"]
)
def test_an_office_opens_its_own_paragraph(tmp_path: Path, opening: str) -> None:
    speech = f"{opening}今年整治东湾河十公里，建成云溪湿地公园，让两岸百姓看得见水。\n"
    text = f"{speech}主持人：松桥镇呢？\n松桥镇\n引进云溪食品项目。\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    said = spoken(document)
    assert list(said) == ["云溪区水务局", "松桥镇"]
    assert "主持人" not in said["云溪区水务局"]


@pytest.mark.parametrize("heading", ["云溪区水务局　晏某某", "▲云溪区水务局　让河水清起来", "云溪区水务局"])
def test_no_text_is_lost_under_a_heading_where_lines_are_wrapped(tmp_path: Path, heading: str) -> None:
    said = "今年整治东湾河十公里，推进云溪湿地公园建设，实施东湾水库加固工程和云溪灌区改造项目，完成投资三亿元。"
    wrapped = "\n".join(said[at : at + 18] for at in range(0, len(said), 18))
    text = f"编者按\n{wrapped}\n{heading}\n{wrapped}\n松桥镇\n{wrapped}\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    assert spoken(document) == {"云溪区水务局": said, "松桥镇": said}


def test_a_region_in_the_masthead_is_no_speaker_but_one_among_regions_is(tmp_path: Path) -> None:
    offices = "云溪区水务局\n今年整治东湾河十公里。\n\n云溪区教育局\n建设东湾学校。\n"
    regions = "云溪区\n今年整治东湾河十公里。\n\n松桥县\n建设东湾学校。\n\n东湾县\n建设东湾医院。\n"
    (tmp_path / "a.txt").write_text(f"# 云溪区\n一把手访谈　2031年第2期\n\n{offices}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(regions, encoding="utf-8")
    first, second = read_documents([tmp_path], default_lexicon())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert list(spoken(first)) == ["云溪区水务局", "云溪区教育局"]
    assert list(spoken(second)) == ["云溪区", "松桥县", "东湾县"]


def test_an_office_is_named_in_full_by_its_own_text_without_its_second_name(tmp_path: Path) -> None:
    text = "林业局（草原局）局长晏某某\n今年，云溪区林业局将造林三万亩。\n\n松桥镇\n引进云溪食品项目。\n"
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    assert list(spoken(document)) == ["云溪区林业局", "松桥镇"]


def test_who_signs_below_has_promised_what_stands_above(read: Read) -> None:
    document = read(
        "公开承诺\n\n承诺书之一\n一、今秋修好东湾小学。\n承诺单位：松桥县教育局　局长：周小明\n\n"
        "承诺书之二\n云溪路十月通车。\n承诺单位：松桥县交通局　局长：李大海\n"
    )
    said = {who[0]: words for who, words in list_statements(document)}
    assert "东湾小学" in said["松桥县教育局"]
    assert "云溪路" in said["松桥县交通局"]


def test_an_office_alone_in_its_line_opens_a_column_behind_one_that_is_broken_off(read: Read) -> None:
    document = read(
        "县农业局\n黑猪和胡椒是松桥的脸面，今年我局\n将把云溪种猪场迁到东湾镇，出栏商品\n"
        "黑猪十五万头，引进企业在东湾镇建起\n冷链屠宰线，同时在松桥苗圃里试种下\n县住建局\n"
        "要做美县城先做干净县城，年内实施了\n松桥路和东湾路的雨污分流，还要修好\n云溪水库环湖绿道，春节后开工进场。\n"
    )
    said = {who[0]: words for who, words in list_statements(document)}
    assert "环湖绿道" in said["县住建局"]
    assert "苗圃" in said["县农业局"]


def test_lines_behind_a_dash_sign_what_stands_above_if_nothing_comes_after_the_last(read: Read) -> None:
    north = (
        "今年我们把东湾水库修好，把云溪渠拓宽到十二米，再建两座水厂，"
        "让松桥镇和东湾镇的老百姓都喝上放心水，决不拖到明年，请大家监督，说到做到，绝不含糊，一件一件办好。"
    )
    south = (
        "山上的事急不得，今年封山两万亩，建松山苗圃，修防火路四十公里，"
        "把护林员的工资按月发下去，让青山常在，让林农的腰包一年比一年鼓，这是我们的心里话，请大家监督，说到做到。"
    )
    document = read(f"部门话担当\n水是命脉\n{north}\n——松桥县水务局\n山是靠山\n{south}\n——松桥县林业局\n")
    said = {who[0]: words for who, words in list_statements(document)}
    assert "东湾水库" in said["松桥县水务局"]
    assert "松山苗圃" in said["松桥县林业局"]
    assert "松山苗圃" not in said["松桥县水务局"]


def test_a_paragraph_may_end_with_who_says_it(read: Read) -> None:
    document = read(
        "部门话担当\n山水是最大的家当\n今年修好东湾古道，建松桥驿站。——县文化和旅游局\n校门口没有小事\n云溪小学九月投用。——县教育局\n"
    )
    said = {who[0]: words for who, words in list_statements(document)}
    assert "东湾古道" in said["县文化和旅游局"]
    assert "云溪小学" in said["县教育局"]


@pytest.mark.parametrize(
    "form",
    ["【{}】今年{}，一件不落。", "1号擂主　{}\n今年{}，一件不落。", "{}　镇党委书记　周小明\n今年{}，一件不落。"],
)
def test_offices_in_brackets_under_a_number_or_with_their_party_secretary_speak(read: Read, form: str) -> None:
    offices = ("松桥镇", "东湾镇") if "党委" in form else ("市水务局", "市林业局")
    works = ("修好云溪水库并且拓宽松桥大道", "种下万亩茶园并且建成东湾茶厂")
    document = read("\n".join(form.format(office, work) for office, work in zip(offices, works, strict=True)) + "\n")
    said = {who[0]: words for who, words in list_statements(document)}
    assert all(work in said[office] for office, work in zip(offices, works, strict=True))


def test_a_paragraph_about_who_holds_an_office_opens_its_column(read: Read) -> None:
    document = read(
        "县水务局局长周小明：今年先把东湾水库修好再说。\n县林业局局长李大海的桌上摆着一盆松苗。今年建松山苗圃。\n县路局局长王小山：今年修好松桥路和云溪桥。\n"
    )
    said = {who[0]: words for who, words in list_statements(document)}
    assert "松山苗圃" in said["县林业局"]
