"""What a sentence states between the things it names: located in, part of, invested by, partner, relies on.

The rules are in ``ontology/lexicon/relations.toml``. They see the sentence with every name replaced by its type, so
that they are about what stands between names, and never about the names themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from re import Match

from graph.lexicon import Lexicon, Rule
from graph.model import Document, Evidence, Mention, Relation, Sentence, Span
from graph.spans import cite, seek

_QUOTES = ("“", "”")


@dataclass(frozen=True, slots=True)
class _Slot:
    """A name as the rules see it: where its type stands in the pattern's text, and where it stands in the reading."""

    seen: Span
    read: Span
    mention: Mention


def find_relations(
    document: Document, sentence: Sentence, mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[Relation, ...]:
    """Return what a sentence states between its mentions, or between its speaker and one of them.

    Args:
        document: where the sentence stands; the evidence is the clauses, of its text, that state a relation.
        sentence: as read.
        mentions: of the sentence; of names inside one another only the longest takes part.
        lexicon: its rules ``relations``.
    """
    if not mentions:
        return ()
    text, slots = _show_types(sentence, mentions)
    found: dict[tuple[str, str, str], Relation] = {}
    done: set[tuple[str, str]] = set()
    for rule in lexicon.rules["relations"]:
        for match in rule.pattern.finditer(text):
            objects = [
                o for o in _fill(match, "object", slots) if (rule.attributes["kind"], o.mention.name) not in done
            ]
            if not objects:
                continue
            evidence = _cite_clauses(document, sentence, match, slots, lexicon)
            for relation in _relate(rule, match, objects, slots, evidence):
                key = (relation.kind, relation.subject.name if relation.subject else "", relation.object.name)
                found.setdefault(key, relation)
            done |= {(rule.attributes["kind"], slot.mention.name) for slot in objects}
    return tuple(found.values())


def _show_types(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[str, list[_Slot]]:
    text, slots, shown, last = sentence.folded or sentence.text, list[_Slot](), "", 0
    places = [(_read_span(sentence, mention), mention) for mention in mentions]
    for span, mention in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
        if span.start < last:
            continue
        quoted = (text[span.start - 1 : span.start], text[span.end : span.end + 1]) == _QUOTES
        shown += text[last : span.start - quoted]
        slots.append(_Slot(Span(len(shown), len(shown) + len(mention.type) + 2), span, mention))
        shown += f"<{mention.type}>"
        last = span.end + quoted
    return shown + text[last:], slots


def _read_span(sentence: Sentence, mention: Mention) -> Span:
    pieces = mention.evidence.pieces
    return Span(seek(sentence.pieces, pieces[0].start), seek(sentence.pieces, pieces[-1].end - 1) + 1)


def _relate(
    rule: Rule, match: Match[str], objects: Sequence[_Slot], slots: Sequence[_Slot], evidence: Evidence
) -> Iterator[Relation]:
    kind = rule.attributes["kind"]
    if "subject" not in match.re.groupindex:
        yield from (Relation(kind, None, slot.mention, rule.name, evidence) for slot in objects)
        return
    for subject, slot in product(_fill(match, "subject", slots), objects):
        if subject.mention.name != slot.mention.name:
            yield Relation(kind, subject.mention, slot.mention, rule.name, evidence)


def _fill(match: Match[str], group: str, slots: Sequence[_Slot]) -> list[_Slot]:
    start, end = match.span(group)
    return [slot for slot in slots if start <= slot.seen.start < end]


def _cite_clauses(
    document: Document, sentence: Sentence, match: Match[str], slots: Sequence[_Slot], lexicon: Lexicon
) -> Evidence:
    """Return the clauses that hold the names of a match, as evidence."""
    names = [slot.read for slot in slots if match.start() <= slot.seen.start < match.end()]
    start, end = min(span.start for span in names), max(span.end for span in names)
    borders = [m.span() for m in lexicon.rule("clauses", "clause-end").pattern.finditer(sentence.text)]
    first = max((after for _, after in borders if after <= start), default=0)
    last = min((before for before, _ in borders if before >= end), default=len(sentence.text))
    return cite(document.name, document.text, sentence.pieces, Span(first, last))
