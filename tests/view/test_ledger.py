"""The tables open in a spreadsheet and hold what the rows hold, byte for byte the same each time."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from graph.errors import OutputError
from graph.model import Ledger
from graph.view.ledger import TARGET_COLUMNS, write_links_csv, write_targets_csv, write_xlsx


def test_links_have_the_documented_columns_and_every_row(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    assert write_links_csv(ledger.links, path) == len(ledger.links)
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    assert ",".join(found[0]) == ("document,organisation,organisation_id,role,entity_id,entity,mention,type,start,end")
    assert found[1:] == [[str(getattr(row, name)) for name in found[0]] for row in ledger.links]


def test_targets_write_whole_numbers_without_a_point(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    write_targets_csv(ledger.targets, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(TARGET_COLUMNS)
    assert [row["value"] for row in rows] == ["3000", "2.5"]


def test_no_rows_still_give_the_heading(tmp_path: Path) -> None:
    assert write_links_csv([], tmp_path / "links.csv") == 0
    assert (tmp_path / "links.csv").read_text(encoding="utf-8").startswith("document,")


def test_workbook_has_chinese_headings_filters_and_frozen_head(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_xlsx(ledger, path)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["事项台账", "指标台账"]
    quotes = ([row.quote for row in ledger.links], [row.quote for row in ledger.targets])
    for number, (name, expected) in enumerate(zip(book.sheet_names, quotes, strict=True), 1):
        head, *rows = book.get_sheet_by_name(name).to_python()
        assert [row[head.index("原文")] for row in rows] == expected
        sheet = _member(path, f"xl/worksheets/sheet{number}.xml").decode()
        assert 'ySplit="1" topLeftCell="A2"' in sheet
        assert f'<autoFilter ref="A1:{chr(64 + len(head))}{len(rows) + 1}"/>' in sheet
    rows = book.get_sheet_by_name("事项台账").to_python()
    assert {row[rows[0].index("角色")] for row in rows} == {"角色", "自述", "牵头", "责任", "配合"}


def test_text_that_looks_like_a_formula_stays_text(ledger: Ledger, tmp_path: Path) -> None:
    bad = replace(ledger.links[0], quote='=HYPERLINK("http://example.org")', entity="http://example.org")
    write_xlsx(replace(ledger, links=(bad,)), tmp_path / "ledger.xlsx")
    sheet = _member(tmp_path / "ledger.xlsx", "xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert bad.quote in CalamineWorkbook.from_path(tmp_path / "ledger.xlsx").get_sheet_by_index(0).to_python()[1]


def test_whole_dates_are_dates_and_parts_of_one_stay_text(ledger: Ledger, tmp_path: Path) -> None:
    targets = tuple(replace(ledger.targets[0], deadline=words) for words in ("2024-06-30", "2024-06", "2024-02-31", ""))
    write_xlsx(replace(ledger, targets=targets), tmp_path / "ledger.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "ledger.xlsx")
    head, *rows = book.get_sheet_by_name("指标台账").to_python()
    assert [row[head.index("期限")] for row in rows] == [date(2024, 6, 30), "2024-06", "2024-02-31", ""]
    head, *rows = book.get_sheet_by_name("事项台账").to_python()
    assert {row[head.index("日期")] for row in rows} == {date(2023, 2, 1), date(2024, 2, 1), ""}


def test_same_rows_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_xlsx(ledger, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert b"2000-01-01" in _member(tmp_path / "a.xlsx", "docProps/core.xml")


@pytest.mark.parametrize("write", [write_links_csv, write_targets_csv])
def test_a_folder_that_is_not_there_is_said_in_one_sentence(write: object, tmp_path: Path) -> None:
    assert callable(write)
    with pytest.raises(OutputError, match="Cannot write"):
        write([], tmp_path / "missing" / "file.csv")


def test_a_workbook_that_cannot_be_written_is_said_too(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Cannot write"):
        write_xlsx(ledger, tmp_path / "missing" / "ledger.xlsx")


def _member(path: Path, name: str) -> bytes:
    with ZipFile(path) as archive:
        return archive.read(name)
