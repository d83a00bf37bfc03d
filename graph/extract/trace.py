"""Why a sentence gives the names it gives: what every recogniser saw, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.extract.candidates import MARKS
from graph.extract.clauses import find_items
from graph.extract.combine import choose, find_least, vote_type
from graph.extract.mentions import find_near_misses
from graph.extract.recognise import weigh_sentences
from graph.lexicon import Lexicon
from graph.model import Genre, Sentence

Fate = Literal["kept", "faint", "crossed", "nearly"]


@dataclass(frozen=True, slots=True)
class Traced:
    """One candidate: probabilities are empty where a recogniser saw nothing; ``fate`` is kept, faint or crossed.

    An item that ``rule`` nearly took has the fate nearly, and ``unmet`` names the condition that failed.
    """

    text: str
    type: str
    rule: str
    crf: str
    neural: str
    score: float
    fate: Fate
    unmet: str = ""


def trace_sentence(sentence: Sentence, genre: Genre, lexicon: Lexicon) -> Iterator[Traced]:
    """Yield every candidate of a sentence in reading order: kept, too faint, or crossed by a likelier one.

    Behind them come the rules that nearly fired on what no rule took.

    Args:
        sentence: with its tokens; repetition is counted within it alone.
        genre: of the document that it would stand in.
        lexicon: the rules.
    """
    items = tuple(find_items(sentence, lexicon))
    whole = MARKS.sub("", sentence.text)
    scored = next(weigh_sentences([sentence], [items], whole, lexicon))
    kept = {one.span for one in choose(scored, genre)}
    for one in scored:
        fate: Fate = "kept" if one.span in kept else "faint" if one.score < find_least(genre) else "crossed"
        yield Traced(
            text=sentence.text[one.span.start : one.span.end],
            type=vote_type(one),
            rule=one.rule.rule if one.rule else "",
            crf=f"{one.crf.score:.2f}" if one.crf else "",
            neural=f"{one.neural.score:.2f}" if one.neural else "",
            score=round(one.score, 3),
            fate=fate,
        )
    for near in find_near_misses(sentence, items, lexicon):
        text = sentence.text[near.span.start : near.span.end]
        yield Traced(text, "", near.rule, "", "", 0.0, "nearly", near.unmet)
