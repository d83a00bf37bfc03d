from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from graph.lexicon import default_lexicon
from graph.model import Document, Unread
from graph.read.documents import read_documents


def write_pdf(path: Path, lines: tuple[str, ...]) -> None:
    """Write a page with the lines in its text layer; without lines it is a page as a scanner leaves it."""
    pdf = pdfium.PdfDocument.new()
    page = pdf.new_page(400, 400)
    for number, line in enumerate(lines):
        text = raw.FPDFPageObj_NewTextObj(pdf, b"Helvetica", ctypes.c_float(12))
        encoded = ctypes.create_string_buffer(line.encode("utf-16-le") + b"\0\0")
        raw.FPDFText_SetText(text, ctypes.cast(encoded, raw.FPDF_WIDESTRING))
        raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 40, 350 - 20 * number)
        raw.FPDFPage_InsertObject(page, text)
    raw.FPDFPage_GenerateContent(page)
    pdf.save(path)


def test_a_text_layer_is_read(tmp_path: Path) -> None:
    write_pdf(tmp_path / "plan.pdf", ("Plan of works for 2026.", "Build the north road."))
    (found,) = read_documents([tmp_path / "plan.pdf"], default_lexicon())
    assert isinstance(found, Document)
    assert "Build the north road." in found.text


def test_a_scan_without_text_is_named_as_such(tmp_path: Path) -> None:
    write_pdf(tmp_path / "scan.pdf", ())
    (found,) = read_documents([tmp_path / "scan.pdf"], default_lexicon())
    assert isinstance(found, Unread)
    assert "text" in found.reason and "\n" not in found.reason
