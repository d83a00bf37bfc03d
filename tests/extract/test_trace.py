"""Why a sentence gives the names it gives, and which rules nearly fired."""

from __future__ import annotations

from graph.inspection import trace
from graph.lexicon import default_lexicon


def test_what_is_kept_and_what_a_rule_nearly_took() -> None:
    found = trace("推进青石冷链物流项目建设，打造数字产业园。", "report", default_lexicon())
    assert ("青石冷链物流项目", "kept") in {(one.text, one.fate) for one in found}
    near = [one for one in found if one.fate == "nearly" and one.text == "数字产业园"]
    assert [(one.rule, one.unmet) for one in near][:1] == [("place-by-head", "specific")]


def test_an_item_that_a_rule_takes_has_no_near_misses() -> None:
    found = trace("推进青石冷链物流项目建设。", "report", default_lexicon())
    assert not [one for one in found if one.fate == "nearly" and one.text == "青石冷链物流项目"]
