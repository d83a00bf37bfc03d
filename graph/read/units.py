"""The clauses of a task list that name units: 责任单位：…, （…牵头，…配合）, and what stands for all that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Role, Span, Speaker
from graph.read.lines import Paragraph
from graph.read.page import Page
from graph.spans import cite, locate


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a paragraph that names units, or says by when; ``span`` is in the paragraph's reading offsets."""

    span: Span
    speakers: tuple[Speaker, ...]
    due: str = ""


@dataclass(frozen=True, slots=True)
class Custom:
    """What a list says once for all its tasks: that the first unit leads, and who is never listed again."""

    first_leads: bool = False
    standing: tuple[Speaker, ...] = ()


def find_clauses(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> Iterator[Clause]:
    """Yield the clauses of a paragraph that name units, neighbouring ones (牵头 … 配合 …) as one."""
    found: Clause | None = None
    for match in lexicon.rule("units", "clause").pattern.finditer(paragraph.text):
        speakers = tuple(name_units(page, paragraph, match, lexicon))
        until = lexicon.rule("units", "due").pattern.search(match.group())
        due = until["it"] if until else ""
        if not speakers and match.end() - match.start() < len(paragraph.text):
            continue
        if found and match.start() - found.span.end <= 1:
            found = Clause(Span(found.span.start, match.end()), found.speakers + speakers, found.due or due)
            continue
        if found:
            yield found
        found = Clause(Span(match.start(), match.end()), speakers, due)
    if found:
        yield found


def has_units(text: str, lexicon: Lexicon) -> bool:
    """Tell whether a text names units somewhere; a clause of people or of a deadline does not."""
    if lexicon.rule("units", "above").pattern.search(text):
        return True
    forms = [lexicon.rule("units", form).pattern for form in ("label", "assigned", "bare")]
    clauses = [match.group() for match in lexicon.rule("units", "clause").pattern.finditer(text)]
    return any(form.search(clause) for clause in clauses for form in forms)


def name_units(page: Page, paragraph: Paragraph, clause: re.Match[str], lexicon: Lexicon) -> Iterator[Speaker]:
    """Yield the units of a clause with their roles; people and deadlines in it are nobody."""
    text = clause.group()
    labels = list(lexicon.rule("units", "label").pattern.finditer(text))
    before = text[: labels[0].start()] if labels else text
    skip = 0 if text[0].isalnum() else 1
    assigned = list(lexicon.rule("units", "assigned").pattern.finditer(before, skip))
    bare = [] if labels or assigned else list(lexicon.rule("units", "bare").pattern.finditer(text))
    for form, parts in (("assigned", assigned), ("label", labels), ("bare", bare)):
        for part in parts:
            role = find_role(part["role"] if form != "bare" else "", lexicon)
            at = clause.start() + part.start("units")
            yield from _name_list(page, paragraph, Span(at, at + len(part["units"])), role, form, lexicon)


def name_above(page: Page, paragraph: Paragraph, lexicon: Lexicon) -> tuple[Speaker, ...]:
    """Return the units of a line that names nothing else and opens, by a colon, the tasks below it."""
    match = lexicon.rule("units", "above").pattern.search(paragraph.text)
    if not match:
        return ()
    return tuple(_name_list(page, paragraph, Span(*match.span("units")), "responsible", "above", lexicon))


def _name_list(
    page: Page, paragraph: Paragraph, list_: Span, role: Role, form: str, lexicon: Lexicon
) -> Iterator[Speaker]:
    """Yield the units of an enumeration, given by its reading offsets; a role of their own comes before ``role``."""
    units = paragraph.text[list_.start : list_.end]
    gaps = [gap - list_.start for gap in find_gaps(page.text, paragraph)]
    spans = [Span(start, end) for start, end in split_units(units, gaps, lexicon)]
    names = complete_names([units[span.start : span.end] for span in spans], lexicon)
    for span, (name, own) in zip(spans, names, strict=True):
        pieces = locate(paragraph.pieces, Span(list_.start + span.start, list_.start + span.end))
        evidence = cite(page.name, page.text, pieces, Span(0, span.end - span.start))
        yield Speaker(name, own or role, evidence, f"units/{form}")


def complete_names(units: Sequence[str], lexicon: Lexicon) -> list[tuple[str, Role | None]]:
    """Return the units' names, each with the role that brackets behind it give.

    A region takes the head of the government behind it in the enumeration, which is meant to be its own too.
    """
    named: list[tuple[str, Role | None]] = []
    head = ""
    for unit in reversed(units):
        own = lexicon.rule("units", "own-role").pattern.search(unit)
        name = unit[: own.start()] if own else unit
        government = lexicon.rule("units", "government").pattern.search(name)
        region = lexicon.rule("units", "shared-head").pattern.search(name)
        head = government["it"] if government else head if region else ""
        named.append((name + head if region else name, find_role(own["role"], lexicon) if own else None))
    return named[::-1]


def find_gaps(text: str, paragraph: Paragraph) -> Iterator[int]:
    """Yield the reading offsets at which a line has white space between characters; line ends are none."""
    passed = 0
    for before, after in pairwise(paragraph.pieces):
        passed += before.end - before.start
        if not set(text[before.end : after.start]) & set("\r\n\f"):
            yield passed


def find_role(words: str, lexicon: Lexicon) -> Role:
    """Return the role that the words before a colon, or behind a name, give."""
    for word in lexicon.words["units_roles"]:
        if word.text in words:
            role: Role = word.attributes["role"]  # type: ignore[assignment]
            return role
    return "responsible"


def split_units(units: str, gaps: Sequence[int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield where each unit stands in a list; brackets and 各市、县 keep a unit together.

    White space (``gaps``, offsets into ``units``) parts two units where the first is complete.
    """
    heads = lexicon.texts("units_heads")
    for match in lexicon.rule("units", "unit").pattern.finditer(units):
        start, end = match.span("it")
        for gap in gaps:
            if start < gap < end and units[start:gap].endswith(heads):
                yield start, gap
                start = gap
        yield start, end


def learn_custom(page: Page, paragraph: Paragraph, custom: Custom, lexicon: Lexicon) -> Custom:
    """Return what holds for the tasks from this paragraph on."""
    first = lexicon.rule("units", "first-leads").pattern.search(paragraph.text)
    standing = lexicon.rule("units", "standing").pattern.search(paragraph.text)
    speakers = custom.standing
    if standing:
        at = standing.start("units")
        for start, end in split_units(standing["units"], (), lexicon):
            pieces = locate(paragraph.pieces, Span(at + start, at + end))
            evidence = cite(page.name, page.text, pieces, Span(0, end - start))
            speakers = (*speakers, Speaker(standing["units"][start:end], "responsible", evidence, "units/standing"))
    return Custom(custom.first_leads or bool(first), speakers)


def apply_custom(speakers: tuple[Speaker, ...], custom: Custom) -> tuple[Speaker, ...]:
    """Return the units of a task with what holds for the whole list."""
    ranked = any(speaker.role != "responsible" for speaker in speakers)
    if custom.first_leads and len(speakers) > 1 and not ranked:
        speakers = (replace(speakers[0], role="lead"), *speakers[1:])
    named = {speaker.name for speaker in speakers}
    return (*speakers, *(speaker for speaker in custom.standing if speaker.name not in named))
