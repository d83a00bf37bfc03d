"""Work reports: the government that speaks, and which period a section is about."""

from __future__ import annotations

import pytest

from tests.read.conftest import Read, join_section, list_statements

REPORT = """下载
打印
【字号：
加大
还原
】
政府工作报告
——2031年1月26日在云溪省第十四届人民代表大会第五次会议上
云溪省省长 李某某
各位代表：
现在，我代表省人民政府向大会报告工作，请予审议。
一、2030年工作回顾
过去一年，建成云溪大桥。
（一）稳增长。引进东湾食品项目。
二、“十六五”时期主要目标
建设松桥新城。
三、2031年重点工作
（一）做强产业。推进云溪产业园建设。
各位代表！让我们建设美丽云溪！
名词解释
1.三个一：一园、一桥、一路。
附件
2031年民生实事
1.建设东湾小学（牵头单位：教育厅）。
分享：
关闭窗口
"""


def test_each_section_has_its_period(read: Read) -> None:
    document = read(REPORT)
    periods = {join_section(s)[:12]: (s.period, bool(s.speakers)) for s in document.sections}
    assert periods["一、2030年工作回顾过"] == ("past", True)
    assert periods["（一）稳增长。引进东湾食"] == ("past", True)
    assert periods["二、“十六五”时期主要目"] == ("plan", True)
    assert periods["（一）做强产业。推进云溪"] == ("year", True)
    assert ("year", False) in [period for words, period in periods.items() if words.startswith("名词解释")]


def test_menu_words_are_not_read(read: Read) -> None:
    text = "".join(join_section(s) for s in read(REPORT).sections)
    for word in ("下载", "打印", "字号", "加大", "分享", "关闭窗口"):
        assert word not in text


def test_tasks_within_a_report_are_their_units(read: Read) -> None:
    assert (("教育厅",), "1.建设东湾小学") in list_statements(read(REPORT))


@pytest.mark.parametrize(
    ("head", "name", "year"),
    [
        (REPORT[: REPORT.index("一、")], "云溪省人民政府", 2031),
        ("2031年云溪市政府工作报告\n\n", "云溪市政府", 2031),
        ("云溪市住房和城乡建设局2031年工作要点\n\n", "云溪市住房和城乡建设局", 2031),
        ("松桥县2031年政府工作报告\n省长作政府工作报告\n", "松桥县政府", 2031),
        (
            "政 府 工 作 报 告\n----2031年2月2日在松桥区第三届人民代表大会上\n松桥区人民政府区长　李　某\n",
            "松桥区人民政府",
            2031,
        ),
        (
            "云溪市松桥区东湾镇人民政府\n2031年政府工作报告\n各位代表：\n现在，我代表东湾镇人民政府向大会报告工作。\n",
            "云溪市松桥区东湾镇人民政府",
            2031,
        ),
    ],
)
def test_the_government_and_the_year_are_told_by_the_masthead(read: Read, head: str, name: str, year: int) -> None:
    document = read(f"{head}一、今年工作\n推进云溪产业园建设。\n")
    assert list_statements(document)[-1][0] == (name,)
    assert document.metadata.year == year


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("云溪市国民经济和社会发展第十五个五年规划纲要", "云溪市政府"),
        ("云溪市人民政府关于印发支持产业发展若干措施的通知", "云溪市人民政府"),
        ("在中国共产党云溪县第十五次代表大会上的报告", "云溪县委"),
        ("2031年东湾新区管委会工作报告", "东湾新区管委会"),
    ],
)
def test_a_title_says_who_speaks(read: Read, title: str, office: str) -> None:
    document = read(f"{title}\n\n一、聚力发展产业。建设云溪产业园，引进东湾食品项目。\n")
    assert {speaker.name for section in document.sections for speaker in section.speakers} == {office}


def test_a_report_with_a_table_in_its_annex_is_a_report(read: Read) -> None:
    tasks = "".join(f"（{n}）推进第{n}云溪产业园建设。\n" for n in "一二三四五六七八九")
    annex = "序号　任务　责任单位\n1　东湾路　市路局\n2　东湾桥　市桥局\n"
    document = read(f"2031年云溪市政府工作报告\n\n一、2031年重点工作\n{tasks}\n{annex}")
    assert document.metadata.genre == "report"
    assert {s.name for section in document.sections for s in section.speakers} == {"云溪市政府", "市路局", "市桥局"}
