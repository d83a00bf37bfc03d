"""Every rule of the lexicon keeps its own examples, both ways."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from graph.errors import LexiconError
from graph.lexicon import Rule, load_lexicon

RULES = [pytest.param(rule, id=f"{file}/{rule.name}") for file, rules in load_lexicon().rules.items() for rule in rules]


@pytest.mark.parametrize("rule", RULES)
def test_rule_matches_its_yes_examples(rule: Rule) -> None:
    assert rule.yes, "a rule needs an example of what it is for"
    for example in rule.yes:
        plain, wanted = unbracket(example)
        found = [match.span("it" if "it" in rule.pattern.groupindex else 0) for match in rule.pattern.finditer(plain)]
        assert found, f"{plain} is not matched"
        for span in wanted:
            assert span in found, f"{plain[slice(*span)]} is not matched, but {[plain[slice(*f)] for f in found]}"


@pytest.mark.parametrize("rule", RULES)
def test_rule_leaves_its_no_examples_alone(rule: Rule) -> None:
    assert rule.no, "a rule needs an example of what it is not for"
    for example in rule.no:
        match = rule.pattern.search(example)
        assert match is None, f"{example} is matched: {match and match.group()}"


@pytest.mark.parametrize("rule", load_lexicon().rules["claims"], ids=lambda rule: getattr(rule, "name", None))
@pytest.mark.parametrize("listed", ["和云溪集团", "、云溪市", "、"])
def test_a_list_without_end_is_given_up_soon(rule: Rule, listed: str) -> None:
    start = process_time()
    for before in ("", "由", "，"):
        list(rule.pattern.finditer(before + listed * (600 // len(listed))))
    assert process_time() - start < 2


def test_word_lists_hold_each_word_once_for_each_use() -> None:
    for name, words in load_lexicon().words.items():
        rows = [(word.text, tuple(sorted(word.attributes.items()))) for word in words]
        assert len(rows) == len(set(rows)), f"{name}.csv repeats a row"


def test_a_bad_rule_is_reported_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('[[rule]]\nname = "open"\npattern = "("\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"bad\.toml, rule open"):
        load_lexicon(tmp_path)


def test_a_bad_row_is_reported_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("word,kind\n局,bureau\n厅\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"bad\.csv, line 3"):
        load_lexicon(tmp_path)


def unbracket(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Return an example without its brackets, and the spans that they held."""
    plain, spans, start = "", [], 0
    for char in example:
        if char == "⟦":
            start = len(plain)
        elif char == "⟧":
            spans.append((start, len(plain)))
        else:
            plain += char
    return plain, spans
