"""Bytes become text: UTF-8 with or without BOM, UTF-16, GB18030, and what charset-normalizer knows."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_text(data: bytes) -> str | None:
    """Return the text in ``data``, line ends kept; None if it is no text.

    The order: a byte order mark; UTF-8; UTF-16 without a mark, told by its zero bytes; GB18030; the guess of
    charset-normalizer.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _try(data, name)
    zeros = data[:4096].count(0)
    if zeros > len(data[:4096]) // 8:
        return _decode_utf16(data)
    return _try(data, "utf-8") or _try(data, "gb18030") or _guess(data)


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _decode_utf16(data: bytes) -> str | None:
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    return _try(data, "utf-16-be" if even > odd else "utf-16-le")


def _guess(data: bytes) -> str | None:
    best = from_bytes(data[:65536]).best()
    return _try(data, best.encoding) if best else None
