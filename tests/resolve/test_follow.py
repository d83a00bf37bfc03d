from __future__ import annotations

from dataclasses import replace

from graph.lexicon import Lexicon
from graph.model import Alias, DocumentRow, Ledger, LinkRow, TargetRow
from graph.resolve.follow import find_follow_ups, follow_things

PLACE = "青山省云江市东河新区"
EARLIER, LATER = "2030.txt", "2031.txt"
QUOTE = "扎实推进江北园，招引20家。"
ROW = LinkRow(
    EARLIER, "区建设局", "jsj", "pledger", "park", "江北数字园", "江北园", "place", 4, 7, action="推进", quote=QUOTE
)
TARGET = TargetRow(EARLIER, "区建设局", "招引", 20, "家", "exact", "level", "2030", "招引20家", 8, 13)


def make_ledger(*links: LinkRow, targets: tuple[TargetRow, ...] = ()) -> Ledger:
    documents = tuple(DocumentRow(name, "", "report", "", PLACE, "", int(name[:4])) for name in (EARLIER, LATER))
    return Ledger(documents, links, targets, (Alias("park", "江北园"),))


def test_a_thing_carried_on_shows_both_sentences_and_what_changed(lexicon: Lexicon) -> None:
    after = replace(ROW, document=LATER, action="开园", quote="江北园开园，招引30家。")
    targets = (TARGET, replace(TARGET, document=LATER, value=30))
    (found,) = follow_things(make_ledger(ROW, after, targets=targets), lexicon)
    assert (found.thing, found.state, found.years) == ("carried_on", "carried_on", (2030, 2031))
    assert (found.before, found.after) == ((ROW,), (after,))
    assert found.actions == (("推进",), ("开园",))
    assert found.stages == found.thing_stages == (("推进",), ("开园",))
    (change,) = found.targets
    assert change.before and change.after and (change.before.value, change.after.value) == (20, 30)


def test_a_thing_that_another_office_carries_on_is_not_lost(lexicon: Lexicon) -> None:
    after = replace(ROW, document=LATER, organisation="区文旅局", organisation_id="wlj")
    states = {one.organisation_id: (one.thing, one.state) for one in follow_things(make_ledger(ROW, after), lexicon)}
    assert states == {"jsj": ("carried_on", "silent"), "wlj": ("carried_on", "new")}


def test_not_mentioned_is_told_apart_from_an_office_that_says_nothing(lexicon: Lexicon) -> None:
    other = replace(ROW, document=LATER, entity_id="road", entity="滨江路", mention="滨江路")
    states = {one.entity_id: one.state for one in follow_things(make_ledger(ROW, other), lexicon)}
    assert states == {"park": "unmentioned", "road": "new"}


def test_years_of_two_places_are_not_compared(lexicon: Lexicon) -> None:
    ledger = make_ledger(ROW, replace(ROW, document=LATER))
    moved = replace(ledger, documents=(ledger.documents[0], replace(ledger.documents[1], place="白石省")))
    assert follow_things(moved, lexicon) == ()


def test_a_thing_is_found_by_any_of_its_names(lexicon: Lexicon) -> None:
    ledger = make_ledger(ROW, replace(ROW, document=LATER))
    assert (
        find_follow_ups(ledger, "江北园", lexicon)
        == find_follow_ups(ledger, "江北数字园", lexicon)
        == follow_things(ledger, lexicon)
    )
    assert find_follow_ups(ledger, "江南园", lexicon) == ()


def test_a_thing_that_comes_back_is_not_new(lexicon: Lexicon) -> None:
    other = replace(ROW, document=LATER, entity_id="road", entity="滨江路", mention="滨江路")
    again = replace(ROW, document="2032.txt")
    ledger = make_ledger(ROW, other, again)
    third = replace(ledger.documents[1], document="2032.txt", year=2032)
    found = follow_things(replace(ledger, documents=(*ledger.documents, third)), lexicon)
    assert [(one.years, one.state) for one in found if one.entity_id == "park"] == [
        ((2030, 2031), "unmentioned"),
        ((2031, 2032), "resumed"),
    ]


def test_how_far_a_thing_is_is_told_over_all_offices(lexicon: Lexicon) -> None:
    after = replace(ROW, document=LATER, organisation_id="zhen", quote="依托江北园开园机遇，建设酒店。", action="依托")
    found = follow_things(make_ledger(ROW, after), lexicon)
    assert {one.stages for one in found} == {None}
    assert {one.thing_stages for one in found} == {(("推进",), ("开园",))}


def test_a_figure_is_of_the_thing_that_was_named_last_before_it(lexicon: Lexicon) -> None:
    quote = "建设江北园，招引20家，建设滨江路。"
    here = replace(ROW, quote=quote, start=2, end=5)
    other = replace(here, entity_id="road", entity="滨江路", mention="滨江路", start=13, end=16)
    target = replace(TARGET, start=6, end=11)
    ledger = make_ledger(here, other, replace(here, document=LATER), targets=(target,))
    figures = {one.entity_id: [change.before for change in one.targets] for one in follow_things(ledger, lexicon)}
    assert figures == {"park": [target], "road": []}


def test_a_place_whose_later_documents_say_nothing_of_things_is_compared_too(lexicon: Lexicon) -> None:
    (found,) = follow_things(make_ledger(ROW), lexicon)
    assert (found.thing, found.state) == ("unmentioned", "silent")
