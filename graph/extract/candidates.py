"""What may be a name: the spans that rules and taggers see in a document's sentences, each with its features.

Features are of three kinds: what the recognisers say of the span, what they say of its rivals and of the same words
elsewhere in the document (non-local features, Krishnan & Manning 2006, "An effective two-stage model for exploiting
non-local dependencies in named entity recognition"), and where it stands in its clause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from ahocorasick_rs import AhoCorasick, MatchKind

from graph.extract.clauses import Item
from graph.extract.mentions import Found, find_inner, find_names
from graph.extract.tagged import TaggedSpan
from graph.lexicon import Lexicon
from graph.model import Sentence, Span

MARKS = re.compile(r"[\s“”‘’「」『』《》〈〉\"']")
LEAST_CRF, LEAST_NEURAL = 0.05, 0.1  # probabilities below which a tagger's span is no candidate
_FAINT = 0.01  # the probability of a span that a tagger does not propose
_SURE_ECHO = 0.5  # the mean probability from which a name vouches for the same words elsewhere
_SHORTEST_ECHO = 3  # characters of such a name
_PLACES, _SHORTEST_LEFT = (2, 3), 4  # characters of a place in front of a name, and least of the name behind it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a sentence that at least one recogniser takes for a name; ``score`` is set by ``combine.weigh``."""

    span: Span
    rule: Found | None
    crf: TaggedSpan | None
    neural: TaggedSpan | None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Views:
    """What the two taggers say of each sentence of a document."""

    crf: Sequence[Sequence[TaggedSpan]]
    neural: Sequence[Sequence[TaggedSpan]]


@dataclass(frozen=True, slots=True)
class Borders:
    """Where the items of a sentence's clauses stand, begin and end; ``governed`` are those with a verb."""

    spans: frozenset[Span]
    starts: frozenset[int]
    ends: frozenset[int]
    governed: frozenset[Span]

    @classmethod
    def read(cls, items: Sequence[Item]) -> Borders:
        """Return the borders of items."""
        spans = frozenset(item.span for item in items)
        governed = frozenset(item.span for item in items if item.verb)
        return cls(spans, frozenset(s.start for s in spans), frozenset(s.end for s in spans), governed)


Described = tuple[tuple[Candidate, Mapping[str, float]], ...]


def describe_sentences(
    sentences: Sequence[Sentence], items: Sequence[Sequence[Item]], views: Views, whole: str, lexicon: Lexicon
) -> Iterator[Described]:
    """Yield each sentence's candidates with their features by name.

    Args:
        sentences: of one document, with their tokens.
        items: of each sentence's clauses.
        views: what the taggers say of them.
        whole: the text in which repetition is counted, without white space and quotation marks.
        lexicon: the rules.
    """
    tagged = zip(sentences, items, views.crf, views.neural, strict=True)
    found = [
        list_candidates(s, find_names(s, parts, lexicon), crf, neural, lexicon) for s, parts, crf, neural in tagged
    ]
    echoes, count = Echoes.hear(sentences, found), cache(whole.count)
    for number, (sentence, parts) in enumerate(zip(sentences, items, strict=True)):
        candidates, borders = (*found[number], *echoes.add(number, sentence, found[number])), Borders.read(parts)
        yield tuple(
            (
                one,
                describe_candidate(sentence, one, candidates, borders, count) | echoes.describe(number, sentence, one),
            )
            for one in candidates
        )


def list_candidates(
    sentence: Sentence,
    rules: Sequence[Found],
    crf: Sequence[TaggedSpan],
    neural: Sequence[TaggedSpan],
    lexicon: Lexicon,
) -> tuple[Candidate, ...]:
    """Return one candidate a span of the sentence, with what each recogniser says of it."""
    text = sentence.text
    by_crf = _keep_likeliest(text, (t for t in crf if t.score >= LEAST_CRF), lexicon)
    by_neural = _keep_likeliest(text, (t for t in neural if t.score >= LEAST_NEURAL), lexicon)
    inner = [found for span in by_crf.keys() | by_neural.keys() for found in find_inner(sentence, span, lexicon)]
    by_rule: dict[Span, Found] = {}
    for found in sorted([*rules, *inner], key=lambda f: (-f.score, f.span, f.rule)):
        by_rule.setdefault(_balance(text, _trim_lead(text, found.span, lexicon)), found)
    spans = sorted(by_rule.keys() | by_crf.keys() | by_neural.keys())
    return tuple(Candidate(s, by_rule.get(s), by_crf.get(s), by_neural.get(s)) for s in spans)


@dataclass(frozen=True, slots=True)
class Echoes:
    """The candidates of a document by their words: (mean probability, number of the sentence), likeliest first."""

    heard: Mapping[str, Sequence[tuple[float, int, Candidate]]]
    names: Sequence[str]
    search: AhoCorasick

    @classmethod
    def hear(cls, sentences: Sequence[Sentence], found: Sequence[Sequence[Candidate]]) -> Echoes:
        """Return what a document's candidates say of the same words in its other sentences."""
        heard: dict[str, list[tuple[float, int, Candidate]]] = defaultdict(list)
        sure: dict[str, None] = {}
        for number, (sentence, candidates) in enumerate(zip(sentences, found, strict=True)):
            for one in candidates:
                name = _read(sentence, one.span)
                for words in _list_short(name):
                    heard[words].append((_rate(one), number, one))
                if _rate(one) >= _SURE_ECHO and len(name) >= _SHORTEST_ECHO:
                    sure.setdefault(name)
        for voices in heard.values():
            voices.sort(key=lambda voice: (-voice[0], voice[1]))
        return cls(heard, [*sure], AhoCorasick([*sure], matchkind=MatchKind.LeftmostLongest))

    def add(self, number: int, sentence: Sentence, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Yield the places of a sentence that hold a name of another sentence, and no part of what is proposed."""
        known = [one.span for one in candidates]
        for index, start, end in self.search.find_matches_as_indexes(sentence.text):
            voice = self._find_voice(self.names[index], number)
            if voice and not any(span.start <= start and end <= span.end for span in known):
                score, like = voice
                kind = (like.crf or like.neural or like.rule).type  # type: ignore[union-attr]
                yield Candidate(Span(start, end), Found(Span(start, end), kind, "echo", round(score, 3)), None, None)

    def describe(self, number: int, sentence: Sentence, candidate: Candidate) -> dict[str, float]:
        """Return the features of a candidate that other sentences give."""
        voice = self._find_voice(_read(sentence, candidate.span), number)
        return {"el": _logit(max(voice[0], _FAINT)), "noel": 0.0} if voice else {"el": _logit(_FAINT), "noel": 1.0}

    def _find_voice(self, name: str, number: int) -> tuple[float, Candidate] | None:
        return next(((score, one) for score, at, one in self.heard.get(name, ()) if at != number), None)


def _list_short(name: str) -> Iterator[str]:
    """Yield a name and what is left of it where it is named again without the place in front."""
    yield name
    yield from (name[place:] for place in _PLACES if len(name) - place >= _SHORTEST_LEFT)


def _read(sentence: Sentence, span: Span) -> str:
    return sentence.text[span.start : span.end]


def _rate(candidate: Candidate) -> float:
    """Return the mean of the taggers' probabilities."""
    crf = candidate.crf.score if candidate.crf else 0.0
    return (crf + (candidate.neural.score if candidate.neural else 0.0)) / 2


def _keep_likeliest(text: str, tagged: Iterable[TaggedSpan], lexicon: Lexicon) -> dict[Span, TaggedSpan]:
    kept: dict[Span, TaggedSpan] = {}
    for one in sorted(tagged, key=lambda t: -t.score):
        kept.setdefault(_balance(text, _trim_lead(text, _trim_tail(text, one.span, lexicon), lexicon)), one)
    return kept


def _trim_lead(text: str, span: Span, lexicon: Lexicon) -> Span:
    """Leave out the year before a region, and a preposition."""
    lead = lexicon.rule("clauses", "lead").pattern.match(text[span.start : span.end])
    return Span(span.start + lead.end(), span.end) if lead else span


def _trim_tail(text: str, span: Span, lexicon: Lexicon) -> Span:
    """Leave out the work word behind a name whose head is complete without it (rule 2 of the guideline)."""
    tail = lexicon.rule("clauses", "tail").pattern.search(text, span.start, span.end)
    if tail and text.endswith(lexicon.texts("heads", need="any"), span.start, tail.start()):
        return Span(span.start, tail.start())
    return span


def _balance(text: str, span: Span) -> Span:
    """Return a span with its quotation marks in pairs: an open one taken in, an outer pair left out."""
    start, end = span.start, span.end
    name = text[start:end]
    if name.count("”") > name.count("“") and text[start - 1 : start] == "“":
        start -= 1
    elif name.count("“") > name.count("”") and text[end : end + 1] == "”":
        end += 1
    if text[start] == "“" and text.find("”", start) == end - 1 and end - start > 2:
        start, end = start + 1, end - 1
    return Span(start, end)


def describe_candidate(
    sentence: Sentence,
    candidate: Candidate,
    others: Sequence[Candidate],
    borders: Borders,
    count: Callable[[str], int],
) -> dict[str, float]:
    """Return the features of a candidate that its own sentence gives, by name.

    Args:
        sentence: where it stands.
        candidate: the span with what was said of it.
        others: all candidates of the sentence.
        borders: of the items of its clauses.
        count: says how often a name stands in the whole text.
    """
    span, text = candidate.span, sentence.text
    rivals = [o for o in others if o.span != span and o.span.start < span.end and o.span.end > span.start]
    crf = candidate.crf.score if candidate.crf else _FAINT
    neural = candidate.neural.score if candidate.neural else _FAINT
    name = MARKS.sub("", text[span.start : span.end])
    features = {
        "bias": 1.0,
        "p": _logit(crf),
        "q": _logit(neural),
        "nop": float(candidate.crf is None),
        "noq": float(candidate.neural is None),
        "ov": max((o.crf.score for o in rivals if o.crf), default=0.0),
        "ovn": max((o.neural.score for o in rivals if o.neural), default=0.0),
        "ro": float(any(o.rule for o in rivals)),
        "item": float(span in borders.spans),
        "st": float(span.start in borders.starts),
        "en": float(span.end in borders.ends),
        "len": len(name) / 10,
        "short": float(len(name) <= 2),
        "rep": min(count(name), 4) / 4,
        "quote": float("“" in text[span.start : span.end]),
        "inq": float(text[span.start - 1 : span.start] == "“" and text[span.end : span.end + 1] == "”"),
        "verb": float(span in borders.governed),
    }
    features |= {**describe_rivals(span, rivals), **describe_agreement(candidate)}
    if candidate.rule:
        features |= {"rule": 1.0, "pxr": _logit(crf), f"r:{candidate.rule.rule}": 1.0}
    return features


def describe_rivals(span: Span, rivals: Sequence[Candidate]) -> Mapping[str, float]:
    """Return what the recognisers say of the spans that a span holds (``i…``), and of those that hold it (``o…``)."""
    if not rivals:
        return _ALONE
    inside = [one for one in rivals if span.start <= one.span.start and one.span.end <= span.end]
    outside = [one for one in rivals if one.span.start <= span.start and span.end <= one.span.end]
    features: dict[str, float] = {}
    for side, others in (("i", inside), ("o", outside)):
        features[f"{side}c"] = _logit(max((one.crf.score for one in others if one.crf), default=_FAINT))
        features[f"{side}n"] = _logit(max((one.neural.score for one in others if one.neural), default=_FAINT))
        if any(one.rule for one in others):
            features[f"{side}r"] = 1.0
    return features


def describe_agreement(candidate: Candidate) -> dict[str, float]:
    """Return which two recognisers agree on a span that the third does not see, or that all three do."""
    seen = {"r": candidate.rule, "c": candidate.crf, "n": candidate.neural}
    by = "".join(letter for letter, view in seen.items() if view)
    return {f"by:{by}": 1.0} if len(by) > 1 else {}


def _logit(probability: float) -> float:
    bounded = min(max(probability, 0.007), 0.993)
    return log(bounded / (1 - bounded))


_ALONE = {name: _logit(_FAINT) for name in ("ic", "in", "oc", "on")}  # of a span without rivals
