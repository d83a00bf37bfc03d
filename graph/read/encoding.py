"""Bytes become text: UTF-8 with or without BOM, UTF-16, GB18030, Big5, and what charset-normalizer knows."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from graph.read.source import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1b\ufffd]")
_SAMPLE = 4000
_COMMON_SHARE = 0.6
_CONTROL_SHARE = 0.01


def decode_text(data: bytes) -> str:
    """Return the text in ``data``, line ends kept.

    The order: a byte order mark; UTF-16 without a mark, told by its zero bytes; UTF-8; GB18030, if most of its
    characters are common ones, else Big5; the guess of charset-normalizer. What a page declares of itself is
    not asked: declarations are often wrong, and UTF-8 and GB18030 are told apart by their bytes.

    Raises:
        UnreadableError: the bytes are no text.
    """
    text = _decode_marked(data) or _decode_unmarked(data)
    if "\x00" in text:
        raise UnreadableError("holds NUL bytes and is no text; save it again as UTF-8")
    if len(_CONTROL.findall(text[:_SAMPLE])) > _CONTROL_SHARE * len(text[:_SAMPLE]):
        raise UnreadableError("is no text; save it as txt, docx, pdf, html, csv or xlsx")
    return text


def _decode_marked(data: bytes) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _try(data, name)
            if text is None:
                raise UnreadableError(
                    f"says by its first bytes that it is {name[:6].upper()} and is not; save it again"
                )
            return text
    return None


def _decode_unmarked(data: bytes) -> str:
    head = data[:_SAMPLE]
    if head.count(0) > len(head) // 8:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        text = _try(data, "utf-16-be" if even > odd else "utf-16-le")
    else:
        text = _try(data, "utf-8") or _decode_chinese(data) or _guess(data)
    if text is None:
        raise UnreadableError("is in no known encoding; save it again as UTF-8")
    return text


def _decode_chinese(data: bytes) -> str | None:
    text = _try(data, "gb18030")
    if text is not None and _share_common(text) >= _COMMON_SHARE:
        return text
    return _try(data, "big5") or text


def _share_common(text: str) -> float:
    """Return the share of Chinese characters that are in the first level of GB 2312, the 3,755 common ones."""
    characters = _HAN.findall(text[:_SAMPLE])
    codes = [character.encode("gb2312", "ignore") for character in characters]
    return sum(bool(code) and code[0] < 0xD8 for code in codes) / len(codes) if codes else 1.0


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes) -> str | None:
    best = from_bytes(data[:65536]).best()
    return _try(data, best.encoding) if best else None
