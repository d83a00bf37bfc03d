"""Which figures are targets, what they count, how they are bounded, and by when: on invented sentences."""

from __future__ import annotations

import pytest

from graph.extract.quantities import drop_repeated, find_targets
from graph.lexicon import default_lexicon
from graph.model import Document, Metadata, Sentence, Span, Target
from graph.read.tokens import tag_words
from graph.spans import cover, join_pieces


def read(text: str, year: int | None = 2024) -> tuple[Target, ...]:
    document = Document("invented.txt", text, "", Metadata(), ())
    sentence = Sentence(text, (Span(0, len(text)),), tag_words(text))
    return find_targets(sentence, year, document, default_lexicon())


def figures(text: str) -> list[tuple[str, float, str]]:
    return [(target.metric, target.quantity.value, target.quantity.unit) for target in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建标准厂房30万平方米。", [("标准厂房", 30, "万平方米")]),
        ("培育20个特色消费场景。", [("特色消费场景", 20, "个")]),
        ("力争青石产业增加值增长10%以上。", [("青石产业增加值", 10, "%")]),
        ("引进青石研究院等科研机构5家。", [("科研机构", 5, "家")]),
        ("累计培育青石示范企业90家。", [("青石示范企业", 90, "家")]),
        ("完成投资3.5亿元。", [("投资", 3.5, "亿元")]),
        ("新建三座水厂。", [("水厂", 3, "座")]),
        ("新建水厂一座。", [("水厂", 1, "座")]),
        ("青石粮产量稳定在百万吨以上。", [("青石粮产量", 100, "万吨")]),
        ("建成5座青石水厂和6个白石码头。", [("青石水厂", 5, "座"), ("白石码头", 6, "个")]),
        ("青石隧道2座共3000米。", [("青石隧道", 2, "座"), ("青石隧道", 3000, "米")]),
        ("投资1.2亿元实施青石热网项目。", [("青石热网项目投资", 1.2, "亿元")]),
        ("青石安置房286套5月分房。", [("青石安置房", 286, "套")]),
        ("举办招聘会120场次。", [("招聘会", 120, "场次")]),
        ("写字楼招商率达到六成以上。", [("写字楼招商率", 6, "成")]),
        ("投诉30分钟内响应。", [("投诉", 30, "分钟")]),
        ("引进产值超10亿元青石企业50家。", [("产值超10亿元青石企业", 50, "家")]),
        ("青石道路面积达60万亩、产值达30亿元。", [("青石道路面积", 60, "万亩"), ("青石道路产值", 30, "亿元")]),
        ("建设两座60兆瓦青石电站。", [("青石电站", 2, "座"), ("青石电站", 60, "兆瓦")]),
        ("青石安置房286套主体封顶。", [("青石安置房", 286, "套")]),
        ("青石医院床位300张10月启用。", [("青石医院床位", 300, "张")]),
        ("青石、白石两镇各建水厂1座。", [("水厂", 1, "座")]),
        ("在青石镇、白石镇各建设1座水厂。", [("水厂", 1, "座")]),
        ("青石矿、白石矿智能化率达到70%。", [("青石矿、白石矿智能化率", 70, "%")]),
        ("投资9000万元以上的青石项目30个。", [("9000万元以上的青石项目", 30, "个")]),
        ("新签约亿元以上项目28个，其中10亿元以上5个。", [("新签约亿元以上项目", 28, "个"), ("10亿元以上", 5, "个")]),
        ("优先录用青石居民，不少于700人。", [("优先录用青石居民", 700, "人")]),
        ("加快青石堤防等12个续建项目。", [("续建项目", 12, "个")]),
        ("增设一处青石网点。", [("青石网点", 1, "处")]),
        ("解决8万农村人口饮水问题。", [("农村人口饮水问题", 8, "万")]),
        ("青石镇三座水库除险加固。", [("水库除险加固", 3, "座")]),
        ("实现有线电视入户2万户。", [("有线电视入户", 2, "万户")]),
        ("放流青石鱼等4种鱼苗20万尾。", [("鱼苗", 20, "万尾")]),
        ("交付安置房20套。", [("安置房", 20, "套")]),
        ("抓好总投资2亿元的38个青石项目。", [("总投资", 2, "亿元"), ("青石项目", 38, "个")]),
        ("青石谣言日均处置时长控制在2小时以内。", [("青石谣言日均处置时长", 2, "小时")]),
        ("开行青石列车4对。", [("青石列车", 4, "对")]),
        ("青石补助标准由100元提高到130元。", [("青石补助标准", 130, "元")]),
        ("青石航线由每周1班恢复到3班。", [("青石航线", 3, "班")]),
        ("青石云时延不超过20毫秒。", [("青石云时延", 20, "毫秒")]),
    ],
)
def test_a_figure_counts_what_stands_beside_it(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青石、白石产量分别增长6%、8%。", [("青石产量", 6, "%"), ("白石产量", 8, "%")]),
        ("青石产量、白石产量均增长4%左右。", [("青石产量", 4, "%"), ("白石产量", 4, "%")]),
        ("争创青石示范园、白石示范镇各1个。", [("青石示范园", 1, "个"), ("白石示范镇", 1, "个")]),
        ("粮肉产量分别达到80亿斤、60亿斤。", [("粮产量", 80, "亿斤"), ("肉产量", 60, "亿斤")]),
    ],
)
def test_figures_are_dealt_out_to_an_enumeration(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进“3个百亿”工程。",
        "办好第16届运动会。",
        "2026年重点工作。",
        "落实营商环境30条政策措施。",
        "第二轮土地承包到期后再延长30年试点。",
        "突出抓好以下八个方面的工作。",
        "千方百计促进农民增收。",
        "建成110千伏青石变电站。",
        "除险加固三道沟水库。",
        "推进青石园二期建设。",
        "盯住甲石、乙石、丙石三家。",
        "总结十四五成果。",
        "扶持三元、青石等企业。",
        "截至目前，累计投入5亿元。",
        "2021年，全区完成投资5亿元。",
        "全区部署了40项攻关任务。",
        "按每户5000元给予补贴。",
        "打造一个特色品牌。",
        "出台青石服务3.0方案。",
        "全力抓好七项重点工作。",
        "按照不高于合同金额的30%给予补助。",
        "实施百亿斤粮食产能提升工程。",
        "发挥青石、白石两个园区的作用。",
        "青石湖岸线300米内不批项目。",
        "建设2×35万千瓦青石机组。",
        "打好三场硬仗。",
        "把握五对重要关系。",
        "牢记五个“必须”的要求。",
        "低于10万元的一律不收。",
        "目前，全区建水厂3座，填埋场5个。",
        "从现在的20个开始。",
    ],
)
def test_names_dates_tallies_and_the_past_are_no_targets(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("新建厂房20座以上。", ["at_least"]),
        ("新建30座以上厂房。", ["at_least"]),
        ("厂房不少于20座。", ["at_least"]),
        ("青石产值突破20亿元。", ["at_least"]),
        ("失业率控制在4%以内。", ["at_most"]),
        ("失业率不超过4%。", ["at_most"]),
        ("失业率控制在4%左右。", ["about"]),
        ("总投资约4亿元。", ["about"]),
        ("新建厂房450余座。", ["at_least"]),
        ("引进企业5—8家。", ["at_least", "at_most"]),
        ("青石、白石产量分别达到80吨、60吨以上。", ["at_least", "at_least"]),
        ("签约厂房20座。", ["exact"]),
        ("投诉24小时内办结。", ["at_most"]),
        ("证照办理限时五个工作日。", ["at_most"]),
        ("抢修不超45分钟。", ["at_most"]),
        ("各配B超20台。", ["exact"]),
    ],
)
def test_bounds_stand_before_or_behind_the_number(text: str, bounds: list[str]) -> None:
    assert [target.quantity.bound for target in read(text)] == bounds


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("青石产值增长6%。", "increase"),
        ("新增厂房20座。", "increase"),
        ("青石产值提高到60亿元。", "level"),
        ("单位能耗下降3%。", "decrease"),
        ("压减地下水开采量5万吨。", "decrease"),
        ("提升标准厂房9座。", "level"),
        ("巩固提升80万亩青石基地。", "level"),
        ("青石标准提高50元。", "increase"),
        ("建设厂房20座。", "level"),
    ],
)
def test_growth_reduction_or_level(text: str, change: str) -> None:
    assert [target.quantity.change for target in read(text)] == [change]


@pytest.mark.parametrize(
    ("text", "deadline", "words"),
    [
        ("新建厂房20座。", "2024", ""),
        ("到2027年，新建厂房20座。", "2027", "到2027年，"),
        ("到 2027 年培育 20 家企业。", "2027", "到 2027 年"),
        ("6月底前建成厂房20座。", "2024-06", "6月底前"),
        ("2025年12月31日前建成厂房20座。", "2025-12-31", "2025年12月31日前"),
        ("上半年建成厂房20座。", "2024H1", "上半年"),
        ("明年建成厂房20座。", "2025", "明年"),
        ("力争三年内建成厂房20座。", "2027", "力争三年内"),
        ("到2027年突破技术30项。", "2027", "到2027年"),
        ("到2027年底前建成厂房20座。", "2027", "到2027年底前"),
        ("2026年治理矿山20座。", "2026", "2026年"),
        ("三月底前建成厂房20座。", "2024-03", "三月底前"),
        ("明年一季度建成厂房20座。", "2025Q1", "明年一季度"),
        ("今冬明春建成塘坝20座。", "2025", "今冬明春"),
        ("青石路20公里10月通车。", "2024-10", "10月"),
        ("青石路20公里，10月建成厂房。", "2024", ""),
        ("“十五五”末建成厂房20座。", "2030", "“十五五”末"),
    ],
)
def test_deadlines_are_as_fine_as_the_text_says(text: str, deadline: str, words: str) -> None:
    assert [(target.deadline, target.deadline_words) for target in read(text)] == [(deadline, words)]


@pytest.mark.parametrize(
    ("text", "deadline"), [("新建标准厂房30万平方米。", "2025-06"), ("9月底前新建标准厂房30万平方米。", "2024-09")]
)
def test_what_the_list_says_of_its_task_holds_unless_the_sentence_says_otherwise(text: str, deadline: str) -> None:
    document = Document("invented.txt", text, "", Metadata(), ())
    sentence = Sentence(text, (Span(0, len(text)),), tag_words(text))
    (target,) = find_targets(sentence, 2024, document, default_lexicon(), due="2025年6月")
    assert target.deadline == deadline


def test_without_a_year_there_is_no_deadline() -> None:
    assert [target.deadline for target in read("新建厂房20座。", None)] == [""]


def test_evidence_is_the_clause_and_points_into_the_unchanged_text() -> None:
    text = "加快建设，新建青石\n　　厂房2\n0座，开工。"
    pieces = tuple(Span(*span) for span in ((0, 9), (12, 15), (16, len(text))))
    reading = join_pieces(text, pieces)
    document = Document("invented.txt", text, "", Metadata(), ())
    found = find_targets(Sentence(reading, pieces, tag_words(reading)), 2024, document, default_lexicon())
    assert [(target.metric, target.quantity.value) for target in found] == [("青石厂房", 20)]
    assert found[0].evidence.quote == "新建青石厂房20座"
    span = cover(found[0].evidence.pieces)
    assert text[span.start : span.end] == "新建青石\n　　厂房2\n0座"


def test_a_figure_said_again_is_one_target() -> None:
    said = read("青石水库总投资5亿元。") + read("青石水库计划总投资5亿元。") + read("白石大桥长5公里。")
    assert [target.metric for target in drop_repeated(said)] == ["青石水库总投资", "白石大桥长"]
