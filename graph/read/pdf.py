"""PDF with a text layer, by pypdfium2: pages are set apart by form feeds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pypdfium2

from graph.read.source import Source, UnreadableError

_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2F00), *range(0x2F00, 0x2FE0))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


def read_pdf(data: bytes) -> Iterator[Source]:
    """Yield the text of a PDF.

    Radicals that fonts put in place of characters (U+2E80–U+2FDF) are decoded as the characters they show.

    Raises:
        UnreadableError: a file that is broken, locked, or a scan without text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "is locked by a password; save it without" if locked else "is a broken PDF; fetch it again"
        raise UnreadableError(reason) from error
    try:
        pages = [read_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("is a broken PDF; fetch it again") from error
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        raise UnreadableError("is a scan without text; run it through text recognition (OCR) first")
    yield Source("\f".join(pages), media_type="application/pdf")


def read_page(document: pypdfium2.PdfDocument, number: int) -> str:
    """Return the text of one page."""
    page = document[number]
    layer = page.get_textpage()
    text: str = layer.get_text_range().translate(_RADICALS)
    layer.close()
    page.close()
    return text
