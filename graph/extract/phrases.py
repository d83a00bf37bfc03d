"""The noun phrase on either side of a figure, without the verbs, adverbs and brackets around it."""

from __future__ import annotations

from graph.extract.figures import Reading

_MASK = "\ufffc"
_NO_NOUN = ("t", "m", "d", "p")  # tags of words that begin no phrase that is counted


def read_left(reading: Reading, start: int, end: int) -> str:
    """Return the phrase between ``start`` and the number at ``end`` (reading offsets), or nothing."""
    text = reading.sentence.text
    predicate = reading.search("predicate", text[start:end])
    end = start + predicate.start() if predicate else end
    start = _skip_lead(reading, _skip_subject(reading, start, end), end)
    return trim(reading, reading.remove("list_head", text[start:end]))


def read_verb(reading: Reading, start: int, end: int) -> str:
    """Return the verb before the number at ``end``, where nothing but what it does is counted."""
    found = reading.search("counted_verb", reading.remove("predicate", reading.sentence.text[start:end]))
    return found.group() if found else ""


def read_right(reading: Reading, index: int, end: int) -> str:
    """Return the stretch behind a figure, at most to ``end``, that can be what it counts; not yet trimmed."""
    index = _skip_size(reading, index)
    start = reading.figures[index].span.end
    stretch = reading.between(index, index + 1)[: end - start]
    masked = reading.grammar.rules["bracketed"].pattern.sub(lambda match: _MASK * len(match.group()), stretch)
    border = reading.search("right_border", masked)
    if border:
        stretch = stretch[: border.start()]
    elif index + 1 < len(reading.figures) and stretch == reading.between(index, index + 1):
        stretch = reading.remove("last_item", stretch)
    return stretch[: _find_verb(reading, start, stretch)]


def trim(reading: Reading, phrase: str) -> str:
    """Return a phrase without quotation marks and what hangs on its edges."""
    return reading.remove("edges", reading.remove("quotation", phrase))


def trim_right(reading: Reading, phrase: str) -> str:
    """Return the phrase behind a figure without a relative clause before it and a general noun after it."""
    phrase = reading.remove("edges", reading.remove("relative", phrase))
    return trim(reading, reading.remove("works", phrase))


def stands_right(reading: Reading, index: int, left: str) -> bool:
    """Decide for the phrase behind the unit against ``left``, the one before the number."""
    figure, tokens = reading.figures[index], reading.sentence.tokens
    text, verbs = reading.sentence.text, reading.grammar.verbs
    if not left or reading.search("opens_item", text[: figure.span.start]):
        return True
    end = reading.figures[_skip_size(reading, index)].span.end
    relative = bool(reading.search("opens_noun", text[end:]))
    if reading.search("finished", text[end:]) or (relative and figure.kind == "measure" and len(left) > 1):
        return False
    if reading.search("opens_kind", text[end:]):
        return True
    behind = next((token for token in tokens if token.span.start >= end), None)
    if behind and behind.tag in _NO_NOUN:
        return False
    after = behind.text if behind else ""
    before = next((token for token in reversed(tokens) if token.span.end <= figure.span.start), None)
    if figure.kind in ("count", "measure", "bare") or (before and before.text in verbs and before.tag == "v"):
        return after not in verbs
    return relative


def _skip_size(reading: Reading, index: int) -> int:
    """Return the figure behind which the noun of a count stands: "two boilers of 64 MW" has the size in between."""
    following = index + 1
    if following == len(reading.figures) or reading.figures[index].kind != "count":
        return index
    sized = reading.figures[following].kind in ("measure", "money") and not reading.between(index, following)
    return following if sized else index


def _skip_subject(reading: Reading, start: int, end: int) -> int:
    subject = reading.search("subject", reading.sentence.text[start:end])
    return start + subject.end() if subject else start


def _skip_lead(reading: Reading, start: int, end: int) -> int:
    """Return where the phrase begins behind adverbs, dates and verbs; never inside a word."""
    text, tokens = reading.sentence.text, reading.sentence.tokens
    lead = reading.search("lead_in", text[start:end])
    if lead:
        stop = start + lead.end()
        inside = (token.span.start for token in tokens if token.span.start < stop < token.span.end)
        stop = max(start, min(inside, default=stop))
        if text[stop:end] in reading.grammar.nouns:
            stop = max(start, *(token.span.start for token in tokens if token.span.end == stop), start)
        start = stop
    for token in tokens:
        if start < token.span.start < token.span.end <= end - 3 and token.text in reading.grammar.strong:
            start = token.span.end
    return start


def _find_verb(reading: Reading, start: int, stretch: str) -> int:
    """Return where in a stretch that begins at ``start`` a verb ends the phrase, or its length."""
    comma = reading.grammar.rules["enumeration"].pattern.fullmatch
    for token in reading.sentence.tokens:
        place = token.span.start - start
        if 0 < place < len(stretch) and token.text in reading.grammar.verbs:
            if token.text in reading.grammar.strong:
                return place
            if comma(stretch[place - 1]):
                return place - 1
    return len(stretch)
