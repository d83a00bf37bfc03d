"""The text as rules read it: simplified characters, half-width digits, full-width marks, of equal length.

Rules are written in simplified characters. A text in traditional ones is matched through its simplified form;
because that form is of equal length, every offset means the same place in both, and text and evidence keep
what the document says.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from operator import ne

import opencc

_SHARE = 0.02
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in range(0x2E80, 0x2FE0)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = {0xFF05: "%", 0xFF0B: "+", 0xFF0E: "."}
_TABLE = {**_RADICALS, **_WIDE, **_SIGNS}
_MARKS = re.compile(r"(?<=[\u3400-\u9fff\u201d\uff09])[,;:!?]|[,;:!?](?=[\u3400-\u9fff\u201c])")
_FOLDED = re.compile("[" + "".join(map(chr, _TABLE)) + "]")


def fold_text(text: str) -> str:
    """Return ``text`` as rules read it, of equal length; a text that needs no folding is returned itself."""
    folded = text.translate(_TABLE) if _FOLDED.search(text) else text
    folded = _MARKS.sub(lambda mark: chr(ord(mark.group()) + 0xFEE0), folded)
    simple = load_converter().convert(folded)
    if simple == folded or len(simple) != len(folded):
        return folded
    return simple if sum(map(ne, simple, folded)) > _SHARE * len(folded) else folded


@cache
def load_converter() -> opencc.OpenCC:
    """Return the converter from traditional to simplified characters."""
    return opencc.OpenCC("t2s")
