from __future__ import annotations

import pytest

from graph.lexicon import Lexicon
from graph.resolve.names import Parts, count_specific, normalise_name, read_grammar, split_name
from graph.resolve.places import make_absolute, parse_place


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("“江北  园”", "江北园"),
        ("江北—南湾走廊", "江北-南湾走廊"),
        ("濱江廣場", "滨江广场"),
        ("Ａ２地块", "A2地块"),
        ("《江北》·计划", "江北计划"),
    ],
)
def test_names_are_compared_without_what_only_writing_adds(name: str, expected: str) -> None:
    assert normalise_name(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云江江北产业园区建设项目", Parts("云江市", "江北", "产业园区", "产业园", "建设项目", "项目", ())),
        ("江北产业园二期", Parts("", "江北产业园二期", "", "", "", "", ("二",))),
        ("云松高速", Parts("", "云松", "高速", "高速公路", "", "", ())),
        ("成长之路", Parts("", "成长之路", "", "", "", "", ())),
        ("300亩江北果园", Parts("", "江北果", "园", "园", "", "", (), "300亩")),
    ],
)
def test_a_name_is_taken_apart(lexicon: Lexicon, name: str, expected: Parts) -> None:
    assert split_name(name, {"云江": "云江市"}, read_grammar(lexicon)) == expected


def test_a_name_that_says_only_a_kind_has_nothing_specific(lexicon: Lexicon) -> None:
    grammar = read_grammar(lexicon)
    counts = [count_specific(split_name(name, {}, grammar), grammar) for name in ("文化中心", "江北文化中心")]
    assert counts == [0, 2]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("青山省云江市东河新区", ("青山省", "云江市", "东河新区")),
        ("云江市", ("云江市",)),
        ("白石自治区", ("白石自治区",)),
        ("东河区石门镇", ("东河区", "石门镇")),
        ("江北产业园", ()),
        ("", ()),
    ],
)
def test_a_place_is_read_as_its_path(lexicon: Lexicon, text: str, path: tuple[str, ...]) -> None:
    assert parse_place(text, lexicon).path == path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("市中医院", "云江市中医院"),
        ("区金融办", "东河新区金融办"),
        ("新区经发局", "东河新区经发局"),
        ("省发改委", "青山省发改委"),
        ("全市重点工程", "云江市重点工程"),
        ("市民公园", "市民公园"),
        ("区块链中心", "区块链中心"),
        ("省级示范区", "省级示范区"),
        ("县中医院", "县中医院"),
    ],
)
def test_a_relative_name_is_made_absolute_by_its_place(lexicon: Lexicon, name: str, expected: str) -> None:
    assert make_absolute(name, parse_place("青山省云江市东河新区", lexicon), lexicon) == expected
