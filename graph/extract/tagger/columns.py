"""The columns that feature templates combine: a value for each character, or for each word.

Windows of characters, words and tags are the usual ones of Chinese sequence taggers (Peng, Feng & McCallum
2004); word classes after Lin & Wu 2009; self-learned word properties after Qi et al. 2009.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from graph.extract.tagger.arrays import Flags, Ints, Keys, cap, find_last, find_next, look
from graph.extract.tagger.layout import Layout, count_before, place_chars
from graph.extract.tagger.marks import load_marks, match_marks
from graph.extract.tagger.words import CLASSES, LEARNED, WordTable

Columns = dict[str, Keys]

_FAR, _QUOTE_FAR, _PEAK_REACH, _LISTED, _LEFT, _INDEX = 6, 5, 5, 4, 4, 7
_DIGIT = ord("0")


def describe_chars(lay: Layout) -> Columns:
    """Return the columns of characters; all digits count as one."""
    code = lay.chars
    digit = is_digit(code)
    letter = ((code | 32) >= ord("a")) & ((code | 32) <= ord("z"))
    han = (code >= 0x4E00) & (code <= 0x9FFF)
    before = count_before(lay)
    return {
        "char": np.where(digit, _DIGIT, code).astype(np.uint32),
        "kind": (han * 1 + digit * 2 + letter * 3).astype(np.uint32),
        "place": (place_chars(lay) * (_INDEX + 1) + np.minimum(before, _INDEX)).astype(np.uint32),
        "left": cap(lay.word_length[lay.word_of] - 1 - before, _LEFT),
    }


def describe_words(lay: Layout, table: WordTable) -> Columns:
    """Return the columns of words: what they are, and what governs, closes and quotes them."""
    marks = load_marks()
    first = lay.chars[lay.word_start]
    mark = first * (lay.word_length == 1)
    edge = first == 0
    stop = match_marks(mark, marks.stop) | edge
    rows = table.take(lay.word).astype(np.uint32)
    own = {name: np.ascontiguousarray(rows[:, at]) for at, name in enumerate((*CLASSES, *LEARNED))}
    own |= {"word": lay.word, "tag": lay.tag.astype(np.uint32)}
    return {
        **own,
        **_describe_verbs(own, lay.tag == marks.tags["v"], stop),
        **_describe_heads(own, mark, stop),
        **_describe_runs(own, mark, stop),
        **_describe_quotes(own, mark, edge),
    }


def is_digit(chars: Keys) -> Flags:
    """Return which code points are digits."""
    return (chars >= _DIGIT) & (chars <= ord("9"))


def _describe_verbs(own: Mapping[str, Keys], verb: Flags, stop: Flags) -> Columns:
    """Return the last verb before each word in its clause."""
    at = look(find_last(verb), -1)
    inside = at > find_last(stop)
    return {
        "verb": np.where(inside, own["word"][at], 0).astype(np.uint32),
        "verb_class": np.where(inside, own["middle"][at], 0).astype(np.uint32),
        "verb_gap": np.where(inside, cap(np.arange(len(at)) - at, _FAR), 0).astype(np.uint32),
    }


def _describe_heads(own: Mapping[str, Keys], mark: Keys, stop: Flags) -> Columns:
    """Return the words that close each word's run (up to a list mark or stop) and its clause."""
    marks = load_marks()
    quote = match_marks(mark, marks.open) | match_marks(mark, marks.close)
    ends = (find_next(stop | match_marks(mark, marks.list)), find_next(stop))
    run, clause = (np.where(quote[end - 1], end - 2, end - 1) for end in ends)
    return {
        "head": own["word"][run],
        "head_class": own["middle"][run],
        "head_ends": own["ends"][run],
        "clause_head": own["word"][clause],
        "clause_class": own["middle"][clause],
        "clause_ends": own["ends"][clause],
        "gap": cap(run - np.arange(len(mark)), _FAR),
    }


def _describe_runs(own: Mapping[str, Keys], mark: Keys, stop: Flags) -> Columns:
    """Return where each word stands in its run, which marks enclose the run, and how many runs its clause has."""
    listing = match_marks(mark, load_marks().list)
    run_end, since = find_next(stop | listing), find_last(stop | listing)
    listed = np.cumsum(listing)
    return {
        "since": cap(np.arange(len(mark)) - since, _FAR),
        "next_mark": mark[run_end],
        "last_mark": mark[since],
        "listed": cap(listed[find_next(stop)] - listed[find_last(stop)], _LISTED),
        "peak": _find_peak(own["ends"], run_end),
    }


def _find_peak(ends: Keys, run_end: Ints) -> Keys:
    """Return how surely one of the next few words of the run ends a name."""
    peak = np.zeros(len(ends), np.uint32)
    for step in range(1, _PEAK_REACH + 1):
        ahead = np.where(look(run_end, step) == run_end, look(ends, step), 0)
        peak = np.maximum(peak, ahead.astype(np.uint32))
    return peak


def _describe_quotes(own: Mapping[str, Keys], mark: Keys, edge: Flags) -> Columns:
    """Return whether each word is quoted, how far the marks are, and what follows the closing mark, in its sentence.

    A sentence that begins or ends inside quotation marks tells its neighbours nothing: ``edge`` flags the blanks.
    """
    here = np.arange(len(mark))
    opened, closed = match_marks(mark, load_marks().open), match_marks(mark, load_marks().close)
    first, last = find_last(edge), find_next(edge)
    before, behind, close = find_last(opened | closed), find_next(opened | closed), find_next(closed)
    quoted = find_last(opened) > find_last(closed | edge)
    after, ends = np.minimum(close + 1, len(mark) - 1), quoted & (close < last)
    return {
        "quoted": quoted.astype(np.uint32),
        "from_quote": np.where(before > first, cap(here - before, _QUOTE_FAR), _QUOTE_FAR).astype(np.uint32),
        "to_quote": np.where(behind < last, cap(behind - here, _QUOTE_FAR), _QUOTE_FAR).astype(np.uint32),
        "after_quote": own["word"][after] * ends,
        "after_class": own["middle"][after] * ends,
        "after_ends": own["ends"][after] * ends,
    }
