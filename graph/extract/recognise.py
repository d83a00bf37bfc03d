"""The recognisers behind one door: the names of a document's sentences, with the rule or tagger that saw each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.extract.clauses import Item
from graph.extract.combine import (
    LEAST_CRF,
    LEAST_NEURAL,
    MARKS,
    Candidate,
    choose,
    describe_candidate,
    list_candidates,
    vote_type,
    weigh,
)
from graph.extract.mentions import find_names
from graph.extract.neural.tagger import load_neural_tagger
from graph.extract.tagger.tagger import load_tagger
from graph.lexicon import Lexicon
from graph.model import Document, Genre, Mention, Sentence
from graph.spans import cite, is_unbroken

SHORTEST = 2  # characters of a name


def recognise(
    document: Document, sentences: Sequence[Sentence], items: Sequence[Sequence[Item]], lexicon: Lexicon
) -> tuple[tuple[Mention, ...], ...]:
    """Return the names of each sentence, in reading order.

    Args:
        document: where the sentences stand; evidence points into its text.
        sentences: all that speakers say in it; taggers see them together, and repetition counts.
        items: of each sentence's clauses.
        lexicon: the rules.
    """
    whole = "".join(MARKS.sub("", sentence.text) for sentence in sentences)
    weighed = weigh_sentences(sentences, items, whole, document.metadata.genre, lexicon)
    return tuple(
        tuple(_name(document, sentence, choose(candidates)))
        for sentence, candidates in zip(sentences, weighed, strict=True)
    )


def weigh_sentences(
    sentences: Sequence[Sentence], items: Sequence[Sequence[Item]], whole: str, genre: Genre, lexicon: Lexicon
) -> Iterator[tuple[Candidate, ...]]:
    """Yield each sentence's candidates with their scores, before any is chosen.

    Args:
        sentences: with their tokens.
        items: of each sentence's clauses.
        whole: the text in which repetition is counted, without white space and quotation marks.
        genre: of the document.
        lexicon: the rules.
    """
    crf = load_tagger().tag(sentences, LEAST_CRF)
    neural = load_neural_tagger().tag(sentences, LEAST_NEURAL)
    for sentence, parts, by_crf, by_neural in zip(sentences, items, crf, neural, strict=True):
        found = list_candidates(sentence.text, find_names(sentence, parts, lexicon), by_crf, by_neural, lexicon)
        names = [MARKS.sub("", sentence.text[one.span.start : one.span.end]) for one in found]
        yield tuple(
            replace(one, score=weigh(one, describe_candidate(sentence, one, found, parts, whole.count(name)), genre))
            for one, name in zip(found, names, strict=True)
            if len(name) >= SHORTEST
        )


def _name(document: Document, sentence: Sentence, chosen: Sequence[Candidate]) -> Iterator[Mention]:
    for candidate in chosen:
        evidence = cite(document.name, document.text, sentence.pieces, candidate.span)
        if is_unbroken(document.text, evidence.pieces):
            name = MARKS.sub("", sentence.text[candidate.span.start : candidate.span.end])
            rule = candidate.rule.rule if candidate.rule else "crf" if candidate.crf else "neural"
            yield Mention(name, vote_type(candidate), evidence, rule, round(candidate.score, 3))
