"""Filters of the exports mean what the page's filters mean."""

from __future__ import annotations

import pytest

from graph.model import Ledger
from graph.view.select import select_rows


def test_without_filters_everything_passes(ledger: Ledger) -> None:
    assert select_rows(ledger) == ledger


def test_years_and_types_both_count(ledger: Ledger) -> None:
    found = select_rows(ledger, years=[2024], types=["project", "place"]).links
    assert {(r.year, r.type) for r in found} == {(2024, "project"), (2024, "place")}


@pytest.mark.parametrize("name", ["柳塘镇", "塘镇", "https://example.org/id/office/town"])
def test_an_office_is_known_by_any_of_its_names(ledger: Ledger, name: str) -> None:
    found = select_rows(ledger, offices=[name])
    assert {r.organisation_label for r in found.links} == {"柳塘镇"}
    assert len(found.targets) == 2


def test_sharers_are_counted_after_the_other_filters(ledger: Ledger) -> None:
    assert {r.entity_id[-4:] for r in select_rows(ledger, at_least=2).links} == {"lake", "park"}
    assert {r.entity_id[-4:] for r in select_rows(ledger, at_least=2, years=[2024]).links} == {"park"}
    assert select_rows(ledger, at_least=4).links == ()


def test_documents_and_names_follow_the_rows(ledger: Ledger) -> None:
    found = select_rows(ledger, years=[2023])
    assert [d.document for d in found.documents] == ["2023.txt"]
    assert {a.entity_id for a in found.aliases} <= {r.entity_id for r in found.links}
