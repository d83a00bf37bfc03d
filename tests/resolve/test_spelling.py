"""A mention that was cut short grows to the name that the text spells, if the thing has that name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import (
    Argument,
    Document,
    Entity,
    EntityType,
    Evidence,
    Link,
    Mention,
    Metadata,
    Pledge,
    Relation,
    Resolution,
    Span,
    Speaker,
)
from graph.resolve.spelling import Extracted, spell_out
from graph.spans import join_pieces

THING = "https://example.org/thing/1"
TEXT = "依托松桥文化科技\n项目开园，建设东湾路。"
PIECES = (Span(0, 8), Span(9, len(TEXT)))


def make_mention(name: str, kind: EntityType, *pieces: Span) -> Mention:
    return Mention(name, kind, Evidence("a.txt", pieces, join_pieces(TEXT, pieces)), "crf", 0.6)


def make_extracted(*mentions: Mention) -> Extracted:
    evidence = Evidence("a.txt", PIECES, join_pieces(TEXT, PIECES))
    arguments = tuple(Argument(mention, "依托") for mention in mentions)
    relations = (Relation("part_of", None, mentions[0], "r"),)
    speaker = Speaker("松桥镇", "pledger")
    pledge = Pledge((speaker,), "promised", arguments, (), relations, evidence, 2031, "rule")
    return Document("a.txt", TEXT, "", Metadata(), ()), (pledge,)


def resolve(*names: str) -> Resolution:
    thing = Entity(THING, "project", names[-1], names)
    return Resolution((thing,), (Link("a.txt", "松桥", "place", THING, "same", 0.6),))


def test_the_mention_is_as_long_as_the_text_spells_it_over_a_line_break() -> None:
    short = make_mention("松桥", "place", Span(2, 4))
    ((document, (pledge,)),), resolution = spell_out([make_extracted(short)], resolve("松桥", "松桥文化科技项目"))
    (argument,) = pledge.arguments
    assert (argument.mention.name, argument.mention.type) == ("松桥文化科技项目", "project")
    assert (
        join_pieces(document.text, argument.mention.evidence.pieces)
        == "松桥文化科技项目"
        == argument.mention.evidence.quote
    )
    assert pledge.relations[0].object == argument.mention
    assert Link("a.txt", "松桥文化科技项目", "project", THING, "spelt-out", 0.6) in resolution.links


@pytest.mark.parametrize("names", [("松桥",), ("松桥", "松桥文化科技园"), ("松桥", "东湾松桥文化科技项目")])
def test_nothing_grows_unless_the_very_thing_has_the_name_that_the_text_goes_on_to_spell(
    names: tuple[str, ...],
) -> None:
    extracted = make_extracted(make_mention("松桥", "place", Span(2, 4)))
    told, resolution = spell_out([extracted], resolve(*names))
    assert told == [extracted]
    assert resolution == resolve(*names)


def test_another_things_longer_name_is_none_of_its_business() -> None:
    extracted = make_extracted(make_mention("松桥", "place", Span(2, 4)))
    other = Entity("https://example.org/thing/2", "project", "松桥文化科技项目", ("松桥文化科技项目",))
    resolution = replace(resolve("松桥"), entities=(*resolve("松桥").entities, other))
    assert spell_out([extracted], resolution) == ([extracted], resolution)
