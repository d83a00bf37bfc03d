"""Identifiers: readable in Chinese, safe as IRIs, never the same for two names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from graph import vocab
from graph.vocab import BASE, escape_segment, mint_entity, mint_hashed, unescape_segment

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(TEXTS)
def test_a_segment_can_be_undone_and_is_a_valid_iri(text: str) -> None:
    segment = escape_segment(text)
    assert unescape_segment(segment) == text
    line = f"<{BASE}id/{segment}> <{BASE}p> <{BASE}o> ."
    quads = list(parse(line, format=RdfFormat.N_TRIPLES))
    assert quads[0].subject == NamedNode(f"{BASE}id/{segment}")


@given(st.tuples(TEXTS, TEXTS), st.tuples(TEXTS, TEXTS))
def test_two_names_never_share_an_identifier(left: tuple[str, str], right: tuple[str, str]) -> None:
    same = mint_entity(BASE, "place", *left) == mint_entity(BASE, "place", *right)
    assert same is (left == right)


@pytest.mark.parametrize("names", [("山西", "陕西"), ("苏州", "宿州"), ("园区一期", "园区二期"), ("a/b", "a%2Fb")])
def test_names_that_sound_alike_stay_apart(names: tuple[str, str]) -> None:
    assert len({mint_entity(BASE, "place", "", name) for name in names}) == 2


def test_jurisdiction_is_part_of_identity_and_chinese_stays_readable() -> None:
    iri = mint_entity("https://example.org/", "office", "云溪县", "财政局（国资办）")
    assert iri == "https://example.org/id/office/云溪县/财政局%EF%BC%88国资办%EF%BC%89"
    assert iri != mint_entity("https://example.org/", "office", "临江县", "财政局（国资办）")


def test_what_has_no_name_is_known_by_its_content() -> None:
    assert mint_hashed(BASE, "pledge", ("甲", 1)) == mint_hashed(BASE, "pledge", ("甲", 1))
    assert mint_hashed(BASE, "pledge", ("甲", 1)) != mint_hashed(BASE, "pledge", ("甲1", ""))


def test_only_known_prefixes_have_terms() -> None:
    assert vocab.term("skos:prefLabel").value.endswith("core#prefLabel")
    with pytest.raises(KeyError):
        vocab.term("nobody:knows")
