"""Papers that an office issues: who speaks, and who is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.lexicon import default_lexicon
from graph.model import Document
from graph.read.documents import read_documents

MINUTES = """松桥县人民政府第9次常务会议纪要
松府纪〔2031〕9号

一、关于防汛
会议听取了县水务局工作汇报，全县连续奋战二十天。会议决定：（一）由县水务局牵头，会同县应急管理局，汛前加固东湾水库；\
（二）县交通运输局、东湾镇采取轮渡方式抢通东湾路。
二、关于产业
请县农业农村局会同县供销社做强松桥茶。会议同意县教育局提出的三条措施，新建东湾学校。各责任单位要亲自过问。
会议强调，要弘扬优良作风。
"""


def read(tmp_path: Path, text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the text of each section with its speakers' names and roles."""
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    return [
        ("".join(sentence.text for sentence in section.sentences), [(s.name, s.role) for s in section.speakers])
        for section in document.sections
    ]


def say(sections: list[tuple[str, list[tuple[str, str]]]], words: str) -> list[str]:
    """Return who says some words."""
    return next([name for name, _ in speakers] for text, speakers in sections if words in text)


@pytest.mark.parametrize(
    ("words", "offices"),
    [
        ("连续奋战", []),
        ("加固东湾水库", ["县水务局", "县应急管理局"]),
        ("抢通东湾路", ["县交通运输局", "东湾镇"]),
        ("做强松桥茶", ["县农业农村局", "县供销社"]),
        ("新建东湾学校", ["县教育局"]),
        ("优良作风", []),
    ],
)
def test_minutes_tell_offices_and_nobody_else_speaks(tmp_path: Path, words: str, offices: list[str]) -> None:
    assert say(read(tmp_path, MINUTES), words) == offices


def test_an_announcement_is_its_issuers_but_for_whom_it_gives_a_duty(tmp_path: Path) -> None:
    text = (
        "松桥学院\n2031年合作重点事项公告\n\n一、与云溪县共建茶学院，平台由松云集团承建。\n"
        "上述事项由学校合作处统筹，其中采样由茶学院、农学院共同负责，六月完成。\n特此公告。\n"
    )
    sections = read(tmp_path, text)
    assert say(sections, "共建茶学院") == ["松桥学院"]
    assert say(sections, "采样") == ["合作处", "茶学院", "农学院"]
    assert say(sections, "特此公告") == ["松桥学院"]


def test_a_letter_is_of_who_signs_it_by_the_name_that_it_uses(tmp_path: Path) -> None:
    text = (
        "致全县人民的一封信\n\n乡亲们：\n2031年松桥县政府将办好十件实事：\n（1）修好东湾路。请东湾学院学生帮忙。\n"
        "其中修路由县交通局牵头、县财政局配合，八月完工。\n\n松桥县人民政府\n2031年2月22日\n"
    )
    sections = read(tmp_path, text)
    assert say(sections, "修好东湾路") == ["松桥县政府"]
    repair = next(speakers for text, speakers in sections if "八月完工" in text)
    assert repair == [("县交通局", "responsible"), ("县财政局", "support")]


def test_the_letters_of_an_agreement_stand_for_its_parties(tmp_path: Path) -> None:
    text = (
        "投资合作协议\n甲方：松桥县人民政府\n乙方：云溪食品有限公司\n一、双方共建松桥食品园。\n"
        "二、甲方负责修通东湾路。\n三、乙方投资三亿元建设云溪加工厂。\n"
    )
    sections = read(tmp_path, text)
    assert say(sections, "共建松桥食品园") == ["松桥县人民政府", "云溪食品有限公司"]
    assert say(sections, "修通东湾路") == ["松桥县人民政府"]
    assert say(sections, "云溪加工厂") == ["云溪食品有限公司"]


def test_a_plan_is_the_regions_whose_name_begins_its_title(tmp_path: Path) -> None:
    sections = read(
        tmp_path, "松桥县乡村振兴规划（2031—2035年）\n（摘编）\n\n第一节　空间布局\n建设东湾茶谷，修好云溪古道。\n"
    )
    assert say(sections, "东湾茶谷") == ["松桥县"]


def test_the_line_above_its_number_says_whose_paper_it_is(tmp_path: Path) -> None:
    sections = read(
        tmp_path, "松桥县临江镇人民政府文件\n松临政发〔2031〕4号\n\n第一章　任务\n　　修好东湾堤防，建云溪水闸。\n"
    )
    assert say(sections, "东湾堤防") == ["松桥县临江镇人民政府"]


def test_the_heading_of_an_article_says_which_party_acts(tmp_path: Path) -> None:
    text = (
        "松桥县人民政府　云溪大学\n合作协议\n甲方：松桥县人民政府\n乙方：云溪大学\n第一条　目标\n双方共建东湾研究院。\n"
        "第二条　甲方职责\n（一）提供试验田千亩；\n（二）修好云溪路。\n"
        "第三条　乙方职责\n（一）派驻松云团队。\n第四条　其他\n本协议自签字起生效。\n"
    )
    sections = read(tmp_path, text)
    assert say(sections, "东湾研究院") == ["松桥县人民政府", "云溪大学"]
    assert say(sections, "云溪路") == ["松桥县人民政府"]
    assert say(sections, "松云团队") == ["云溪大学"]
    assert say(sections, "本协议") == ["松桥县人民政府", "云溪大学"]
