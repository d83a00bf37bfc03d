"""Names by agreement: what rules and taggers see, weighed by a logistic regression, and chosen without overlap.

A stacked generalisation (Wolpert 1992, *Neural Networks* 5): the weights in ``combine.json`` are learnt from what
the recognisers said of documents that the taggers had not learnt from (``benchmarks/combine.py``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path

from graph.extract.clauses import Item
from graph.extract.mentions import Found, find_inner
from graph.extract.tagged import TaggedSpan
from graph.lexicon import Lexicon
from graph.model import EntityType, Genre, Sentence, Span

MARKS = re.compile(r"[\s“”‘’「」『』《》〈〉\"']")
LEAST_CRF, LEAST_NEURAL = 0.05, 0.1  # probabilities below which a tagger's span is no candidate
NESTED = 0.5  # how sure a name inside another one must be
_FAINT = 0.01  # the probability of a span that a tagger does not propose
_SURE_RULE = 0.7  # a rule from this score on outvotes one tagger on the type
_WEIGHTS = Path(__file__).with_name("combine.json")

# On newspaper pages the taggers miss more than elsewhere: a rule's own score counts beside what was learnt, and less
# is asked of a name. Both were chosen on the annotated newspaper pages, out of fold (see the README).
RULE_SHARE: Mapping[Genre, float] = {"newspaper": 0.15}
THRESHOLD: Mapping[Genre, float] = {"newspaper": 0.2}
_USUAL = 0.35


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a sentence that at least one recogniser takes for a name; ``score`` is set by :func:`weigh`."""

    span: Span
    rule: Found | None
    crf: TaggedSpan | None
    neural: TaggedSpan | None
    score: float = 0.0


def list_candidates(
    sentence: Sentence, rules: Sequence[Found], crf: Sequence[TaggedSpan], neural: Sequence[TaggedSpan], lexicon: Lexicon
) -> tuple[Candidate, ...]:
    """Return one candidate a span of the sentence, with what each recogniser says of it."""
    text = sentence.text
    by_crf = _keep_likeliest(text, (t for t in crf if t.score >= LEAST_CRF), lexicon)
    by_neural = _keep_likeliest(text, (t for t in neural if t.score >= LEAST_NEURAL), lexicon)
    inner = [found for span in by_crf.keys() | by_neural.keys() for found in find_inner(sentence, span, lexicon)]
    by_rule: dict[Span, Found] = {}
    for found in sorted([*rules, *inner], key=lambda f: -f.score):
        by_rule.setdefault(_balance(text, _trim_lead(text, found.span, lexicon)), found)
    spans = sorted(by_rule.keys() | by_crf.keys() | by_neural.keys())
    return tuple(Candidate(s, by_rule.get(s), by_crf.get(s), by_neural.get(s)) for s in spans)


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
    sentence: Sentence, candidate: Candidate, others: Sequence[Candidate], items: Sequence[Item], repeated: int
) -> dict[str, float]:
    """Return the features of a candidate by name.

    Args:
        sentence: where it stands.
        candidate: the span with what was said of it.
        others: all candidates of the sentence.
        items: of the sentence's clauses.
        repeated: how often the name stands in the document.
    """
    span, text = candidate.span, sentence.text
    rivals = [o for o in others if o.span != span and o.span.start < span.end and o.span.end > span.start]
    crf = candidate.crf.score if candidate.crf else _FAINT
    neural = candidate.neural.score if candidate.neural else _FAINT
    length = len(MARKS.sub("", text[span.start : span.end]))
    features = {
        "bias": 1.0,
        "p": _logit(crf),
        "q": _logit(neural),
        "nop": float(candidate.crf is None),
        "noq": float(candidate.neural is None),
        "ov": max((o.crf.score for o in rivals if o.crf), default=0.0),
        "ovn": max((o.neural.score for o in rivals if o.neural), default=0.0),
        "ro": float(any(o.rule for o in rivals)),
        "item": float(any(i.span == span for i in items)),
        "st": float(any(i.span.start == span.start for i in items)),
        "en": float(any(i.span.end == span.end for i in items)),
        "len": length / 10,
        "short": float(length <= 2),
        "rep": min(repeated, 4) / 4,
        "quote": float("“" in text[span.start : span.end]),
        "inq": float(text[span.start - 1 : span.start] == "“" and text[span.end : span.end + 1] == "”"),
        "verb": float(any(i.span == span and i.verb for i in items)),
    }
    if candidate.rule:
        features |= {"rule": 1.0, "pxr": _logit(crf), f"r:{candidate.rule.rule}": 1.0}
    return features


def weigh(
    candidate: Candidate, features: Mapping[str, float], genre: Genre, weights: Mapping[str, float] | None = None
) -> float:
    """Return the probability that a candidate is a name; in newspapers a rule's own score has a share in it.

    Args:
        candidate: the span.
        features: of it (:func:`describe_candidate`).
        genre: of the document.
        weights: of the features; by default those that came with the package.
    """
    weights = _load_weights() if weights is None else weights
    value = sum(weights.get(name, 0.0) * x for name, x in features.items())
    share = RULE_SHARE.get(genre, 0.0)
    return (1 - share) / (1 + exp(-value)) + share * (candidate.rule.score if candidate.rule else 0.0)


def find_least(genre: Genre) -> float:
    """Return the score from which on a candidate is a name."""
    return THRESHOLD.get(genre, _USUAL)


def choose(candidates: Sequence[Candidate], genre: Genre) -> tuple[Candidate, ...]:
    """Return the names of a sentence: the likeliest first, none across another, few within another."""
    chosen: list[Candidate] = []
    least = find_least(genre)
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.span)):
        if candidate.score >= least and all(_may_stand(candidate, other) for other in chosen):
            chosen.append(candidate)
    return tuple(sorted(chosen, key=lambda c: c.span))


def vote_type(candidate: Candidate) -> EntityType:
    """Return the type that most recognisers give; a sure rule outvotes one of them, an unsure one does not."""
    votes: Counter[EntityType] = Counter()
    if candidate.rule:
        votes[candidate.rule.type] += 12 if candidate.rule.score >= _SURE_RULE else 5
    for tagged in (candidate.neural, candidate.crf):
        if tagged:
            votes[tagged.type] += 10
    return max(votes, key=lambda type_: (votes[type_], type_))


def _may_stand(candidate: Candidate, other: Candidate) -> bool:
    a, b = candidate.span, other.span
    if a.end <= b.start or b.end <= a.start:
        return True
    nested = (b.start <= a.start and a.end <= b.end) or (a.start <= b.start and b.end <= a.end)
    return nested and candidate.score >= NESTED


def _logit(probability: float) -> float:
    bounded = min(max(probability, 0.007), 0.993)
    return log(bounded / (1 - bounded))


@cache
def _load_weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights
