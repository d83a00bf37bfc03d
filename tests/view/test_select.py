"""Filters of the exports mean what the page's filters mean."""

from __future__ import annotations

import pytest

from graph.errors import InputError
from graph.model import Ledger
from graph.view.select import check_filters, name_types, select_rows


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


def test_what_is_not_there_is_refused_with_what_is(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="'bridge'; there are: honour, organisation"):
        check_filters(ledger, types=["project", "bridge"])
    with pytest.raises(InputError, match="1999; the years are: 2023, 2024"):
        check_filters(ledger, years=[1999])
    with pytest.raises(InputError, match="'清河区民正局'; the nearest: 清河区民政局"):
        check_filters(ledger, offices=["清河区民正局"])
    check_filters(ledger, years=[2023], offices=["民政局"], types=["place"])


def test_types_may_be_named_in_the_words_of_the_page() -> None:
    assert name_types(["项目", "Place", "honour", "桥"]) == ("project", "place", "honour", "桥")
