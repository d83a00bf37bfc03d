"""Word and Excel files: paragraphs and tables in their order, sheets as tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

import docx
import python_calamine
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from graph.lexicon import Lexicon
from graph.read.source import Source, UnreadableError
from graph.read.tables import Row, is_task_table, name_columns, read_rows, write_cell, write_tasks

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ROWS = 200_000
_COLUMN_LETTERS = 2
_WIDE_ROWS = 1000
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_docx(data: bytes, lexicon: Lexicon, limit: int) -> Iterator[Source]:
    """Yield the text of a Word file, tables where they stand; a table of tasks is written as tasks.

    Raises:
        UnreadableError: a broken file, or one that unpacks to more than ``limit`` bytes.
    """
    check_size(data, limit)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = [write_block(block, lexicon) for block in document.iter_inner_content()]
    except Exception as error:  # python-docx lets errors of zip, XML and its own parts through
        raise UnreadableError("is a broken Word file; open it in Word and save it again") from error
    text = "\n".join(blocks)
    if not text.strip():
        raise UnreadableError("is a Word file without text; are its pages pictures?")
    yield Source(text + "\n", read_properties(document), media_type=_WORD)


def read_properties(document: WordDocument) -> dict[str, str]:
    """Return the title that the author gave, if it is one; templates leave a word or two."""
    title = (document.core_properties.title or "").strip()
    return {"title": title} if len(title) > 5 else {}


def write_block(block: Paragraph | Table, lexicon: Lexicon) -> str:
    """Return a paragraph's or a table's text."""
    if isinstance(block, Paragraph):
        return block.text
    rows = [[cell.text for cell in row.cells] for row in block.rows]
    columns = name_columns(rows[0], lexicon) if rows else {}
    if is_task_table(columns):
        return write_tasks(rows[1:], columns, lexicon)
    return "\n".join("\n".join(read_cells(row)) for row in block.rows)


def read_cells(row: object) -> Iterator[str]:
    """Yield the text of each cell of a row, a merged one once."""
    seen: set[int] = set()
    for cell in row.cells:  # type: ignore[attr-defined]
        if id(cell._tc) not in seen and cell.text.strip():
            yield cell.text.strip()
        seen.add(id(cell._tc))


def read_excel(data: bytes, lexicon: Lexicon, limit: int) -> Iterator[Source]:
    """Yield the documents of a workbook: of each sheet that is a table of texts or of tasks.

    Raises:
        UnreadableError: a broken file, or no sheet that is such a table.
    """
    check_size(data, limit)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [(name, read_sheet(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("is a broken workbook; open it in Excel and save it again") from error
    reason: UnreadableError | None = None
    read = 0
    for name, rows in sheets:
        try:
            for source in read_rows(rows, lexicon, _EXCEL):
                part = f"#{name}{source.part}" if len(sheets) > 1 else source.part
                yield Source(source.text, source.facts, part, source.media_type)
                read += 1
        except UnreadableError as error:
            reason = error
    if reason and not read:
        raise reason


def read_sheet(sheet: python_calamine.CalamineSheet) -> Sequence[Row]:
    """Return the cells of a sheet as text, what is merged written into every cell it covers."""
    rows = [[write_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for number in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[number]))):
                rows[number][column] = rows[top][left]
    return rows


def is_sheet(name: str) -> bool:
    """Tell whether a part of a workbook is a sheet."""
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def is_far(sheet: bytes) -> bool:
    """Tell whether a sheet has a cell so far out that all the empty ones before it would fill the memory."""
    cells = _CELL.findall(sheet)
    rows = max((int(row) for _, row in cells), default=0)
    columns = max((len(column) for column, _ in cells), default=0)
    return rows > _ROWS or (columns > _COLUMN_LETTERS and rows > _WIDE_ROWS)


def check_size(data: bytes, limit: int) -> None:
    """Raise UnreadableError if a packed file is broken, unpacks to more than ``limit`` bytes, or spreads too far."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            far = size <= limit and any(is_far(archive.read(i)) for i in archive.infolist() if is_sheet(i.filename))
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableError("is broken or cut off; fetch it again") from error
    if far:
        raise UnreadableError(f"has a cell beyond row {_ROWS}; delete what is empty and save it again")
    if size > limit:
        raise UnreadableError(f"unpacks to {size // 2**20} MB, more than the limit of {limit // 2**20} MB")
