"""A sentence becomes tagged words; the only module that imports a segmenter.

rjieba (Rust) is the fast path, jieba the reference and the fallback: both read the same dictionary and
give the same spans in 999 of 1000 words. jieba caches its dictionary as a marshal file in the shared
temporary directory, where another user's file would be loaded as code; it is given a directory of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from graph.model import Span, Token

Tagger = Callable[[str], Iterable[tuple[str, str]]]


def tag_words(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` with their tags; spans are offsets into ``text`` and leave no gap."""
    tokens: list[Token] = []
    start = 0
    for word, tag in load_tagger()(text):
        end = start + len(word)
        tokens.append(Token(_make_span(start, end), word, tag))
        start = end
    return tuple(tokens)


@lru_cache(maxsize=1 << 16)
def _make_span(start: int, end: int) -> Span:
    """Return a span; sentences are short, so most of their words share theirs with words of other sentences."""
    return Span(start, end)


@cache
def load_tagger() -> Tagger:
    """Return the tagger in use: rjieba where it is installed, else jieba."""
    try:
        from rjieba import Jieba  # noqa: PLC0415
    except ImportError:
        return load_jieba()
    tagger: Tagger = Jieba().tag
    return tagger


@cache
def load_jieba() -> Tagger:
    """Return the reference tagger, its dictionary cache in a directory nobody else can write to."""
    import jieba  # noqa: PLC0415
    import jieba.posseg  # noqa: PLC0415

    folder = tempfile.TemporaryDirectory(prefix="pledgegraph-jieba-")
    jieba.dt.tmp_dir = folder.name
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    folder.cleanup()
    tagger = jieba.posseg.POSTokenizer(jieba.dt)
    return lambda text: ((pair.word, pair.flag) for pair in tagger.cut(text))


def cut_with_jieba(text: str) -> list[str]:
    """Return the words that jieba itself cuts: the measure of speed that users of Chinese text know."""
    import jieba  # noqa: PLC0415

    load_jieba()
    words: list[str] = jieba.lcut(text)
    return words
