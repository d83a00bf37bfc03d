"""Unlabelled corpora and answer sheets as sentences."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx

from graph.extract.neural.marks import load_marks
from graph.model import Sentence, Span, Token
from graph.read.tokens import tag_words

_STOPS = "。！？；!?;"
_NUMBERED = re.compile(r"[（(][一二三四五六七八九十]+|[一二三四五六七八九十]+、|\d+[.．]")
_MARKDOWN = re.compile(r"<[^>]+>|^#+|\*\*", re.M)
_NEWS_BEGIN = "## 详细新闻"


def read_reports(corpus: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every government work report."""
    csv.field_size_limit(10**9)
    for path in sorted((corpus / "reports-2025").glob("*.docx")):
        yield path.stem, "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    for path in sorted((corpus / "reports-2026").glob("*.csv")):
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
            yield path.stem, row["full_text"]
    for path in sorted((corpus / "hailar").glob("*.txt")):
        yield f"hailar{path.stem}", _decode(path.read_bytes())


def read_news(corpus: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every file of news."""
    with zipfile.ZipFile(corpus / "news-2022-2026.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".md") and "news/" in name:
                text = archive.read(name).decode("utf-8")
                yield name, _MARKDOWN.sub("", text[text.find(_NEWS_BEGIN) :])


def read_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text with their words, each one piece of it."""
    sentences = []
    for start, end in _split(text):
        part = text[start:end]
        inner = part.strip()
        if inner:
            first = start + len(part) - len(part.lstrip())
            sentences.append(Sentence(inner, (Span(first, first + len(inner)),), _tag(inner)))
    return sentences


def _tag(text: str) -> tuple[Token, ...]:
    """Return the words of a text as if it had no white space."""
    kept = [at for at, char in enumerate(text) if not char.isspace()]
    return tuple(
        Token(Span(kept[word.span.start], kept[word.span.end - 1] + 1), word.text, word.tag)
        for word in tag_words("".join(text[at] for at in kept))
    )


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of sentences: cut behind stops and between paragraphs; wrapped lines are joined."""
    close, wrapped, start = load_marks().close, _is_wrapped(text), 0
    for at, char in enumerate(text):
        cut = char in _STOPS or (char == "\n" and (not wrapped or _ends_paragraph(text, start, at)))
        if cut and text[start : at + 1].strip():
            end = at + 1
            while char != "\n" and end < len(text) and text[end] in close:
                end += 1
            if end > start:
                yield start, end
                start = end
    yield start, len(text)


def _is_wrapped(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return len(lines) > 15 and sum(line[-1] in "。！？；：:)）" for line in lines) < 0.45 * len(lines)


def _ends_paragraph(text: str, start: int, at: int) -> bool:
    behind = text[at + 1 : at + 8].lstrip(" ")
    before = text[start:at].strip()[-1:]
    return behind[:1] in ("\u3000", "\n", "") or bool(_NUMBERED.match(behind)) or before in f"{_STOPS}：:"


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("gb18030", "ignore")
