"""Paragraphs under the wrong heading go home, and others stay."""

from __future__ import annotations

from tests.read.conftest import Read, list_statements

BROKEN = "2031年，我局将实施老旧小区改造，完善城市路网和公园，启动云溪大桥"
SCHOOL = "办好人民满意的教育，建成云溪实验小学新校区，实施“阳光课堂”行动。"


def page(left: str, *right: str) -> str:
    return "\n\n".join(["云溪区住建局", left, "云溪区教育局", *right]) + "\n"


def test_the_tail_of_a_name_joins_its_head(read: Read) -> None:
    document = read(page(BROKEN, SCHOOL, "改造工程，完善城市路网，加快老旧小区改造。"))
    assert list_statements(document) == [
        (("云溪区住建局",), BROKEN + "改造工程，完善城市路网，加快老旧小区改造。"),
        (("云溪区教育局",), SCHOOL),
    ]


def test_a_paragraph_that_begins_on_its_own_stays(read: Read) -> None:
    document = read(page(BROKEN, SCHOOL, "全面推进城市学校路网改造，完善老旧小区周边校园。"))
    assert len(list_statements(document)[1][1]) > len(SCHOOL)


def test_nothing_moves_when_no_sentence_is_broken(read: Read) -> None:
    document = read(page(BROKEN + "改造。", SCHOOL, "改造工程，完善城市路网，加快老旧小区改造。"))
    assert list_statements(document)[0][1].endswith("启动云溪大桥改造。")


def test_a_sentence_broken_within_its_column_is_whole(read: Read) -> None:
    document = read(page("2031年，我局将推进云溪应急指\n\n挥中心平台建设，完善应急预案和队伍。", SCHOOL))
    assert "云溪应急指挥中心平台建设" in list_statements(document)[0][1]
