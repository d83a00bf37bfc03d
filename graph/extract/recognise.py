"""The recognisers behind one door: the names of a document's sentences, with the rule or tagger that saw each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from threadpoolctl import ThreadpoolController

from graph.extract.candidates import LEAST_CRF, LEAST_NEURAL, MARKS, Candidate, Views, describe_sentences
from graph.extract.clauses import Item
from graph.extract.combine import choose, vote_type, weigh
from graph.extract.neural.tagger import load_neural_tagger
from graph.extract.tagged import Heard, TaggedSpan
from graph.extract.tagger.tagger import load_tagger
from graph.lexicon import Lexicon
from graph.model import Document, Mention, Sentence
from graph.spans import cite, is_unbroken

SHORTEST = 2  # characters of a name


def recognise(
    document: Document,
    sentences: Sequence[Sentence],
    items: Sequence[Sequence[Item]],
    lexicon: Lexicon,
    heard: Heard | None = None,
) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence, in reading order.

    What a recogniser outside heard is added where the others leave a place free: they were measured, it was not, so
    it takes no name away and moves no border. Only if it is to stand alone, and has no fault, are they not asked.

    Args:
        document: where the sentences stand; evidence points into its text.
        sentences: all that speakers say in it; taggers see them together, and repetition counts.
        items: of each sentence's clauses.
        lexicon: the rules.
        heard: the names of a recogniser outside, for just these sentences.
    """
    if heard is None or heard.fault:
        return _recognise_here(document, sentences, items, lexicon)
    if heard.alone:
        here: Sequence[tuple[Mention, ...]] = [() for _ in sentences]
    else:
        here = _recognise_here(document, sentences, items, lexicon)
    return tuple(
        tuple(_join(document, sentence, own, others, heard.rule))
        for sentence, own, others in zip(sentences, here, heard.names, strict=True)
    )


def _recognise_here(
    document: Document, sentences: Sequence[Sentence], items: Sequence[Sequence[Item]], lexicon: Lexicon
) -> tuple[tuple[Mention, ...], ...]:
    whole = "".join(MARKS.sub("", sentence.text) for sentence in sentences)
    weighed = weigh_sentences(sentences, items, whole, lexicon)
    return tuple(
        tuple(_name(document, sentence, choose(candidates, document.metadata.genre)))
        for sentence, candidates in zip(sentences, weighed, strict=True)
    )


def weigh_sentences(
    sentences: Sequence[Sentence], items: Sequence[Sequence[Item]], whole: str, lexicon: Lexicon
) -> Iterator[tuple[Candidate, ...]]:
    """Yield each sentence's candidates with their scores, before any is chosen.

    Args:
        sentences: with their tokens.
        items: of each sentence's clauses.
        whole: the text in which repetition is counted, without white space and quotation marks.
        lexicon: the rules.
    """
    with _find_pools().limit(limits=1, user_api="blas"):
        views = Views(load_tagger().tag(sentences, LEAST_CRF), load_neural_tagger().tag(sentences, LEAST_NEURAL))
    for sentence, described in zip(sentences, describe_sentences(sentences, items, views, whole, lexicon), strict=True):
        yield tuple(
            Candidate(one.span, one.rule, one.crf, one.neural, weigh(features))
            for one, features in described
            if len(MARKS.sub("", sentence.text[one.span.start : one.span.end])) >= SHORTEST
        )


@cache
def _find_pools() -> ThreadpoolController:
    """Return what holds numpy's threads back: on such small products they only wait for each other, and add up
    in another order on a machine with other cores.
    """
    return ThreadpoolController()


def _name(document: Document, sentence: Sentence, chosen: Sequence[Candidate]) -> Iterator[Mention]:
    for one in chosen:
        rule = one.rule.rule if one.rule else "crf" if one.crf else "neural"
        yield from _cite(document, sentence, TaggedSpan(one.span, vote_type(one), round(one.score, 3)), rule)


def _join(
    document: Document, sentence: Sentence, here: Sequence[Mention], heard: Sequence[TaggedSpan], rule: str
) -> Iterator[Mention]:
    """Yield the names that were found here, and those that were heard of places which they leave free."""
    taken = {place for mention in here for piece in mention.evidence.pieces for place in range(piece.start, piece.end)}
    yield from here
    for one in heard:
        for mention in _cite(document, sentence, one, rule):
            if taken.isdisjoint(place for piece in mention.evidence.pieces for place in range(piece.start, piece.end)):
                yield mention


def _cite(document: Document, sentence: Sentence, one: TaggedSpan, rule: str) -> Iterator[Mention]:
    """Yield the mention of a span, unless other text of the document lies inside it or too little is left of it."""
    evidence = cite(document.name, document.text, sentence.pieces, one.span)
    name = MARKS.sub("", sentence.text[one.span.start : one.span.end])
    if is_unbroken(document.text, evidence.pieces) and len(name) >= SHORTEST:
        yield Mention(name, one.type, evidence, rule, one.score)
