"""Every format is read, and every broken file is named with the reason."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter

from graph.errors import InputError
from graph.lexicon import default_lexicon
from graph.model import Document, Unread
from graph.read.documents import read_documents
from graph.spans import join_pieces
from tests.read.conftest import Read, list_statements

PAGE = "## 松桥镇\n\n2031年，松桥镇将建设云溪产业园。\n\n## 云溪区水务局\n\n推进东湾河治理工程。\n"
Refuse = Callable[[bytes, str], str]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_is_what_was_decoded(read: Read, encoding: str, end: str) -> None:
    content = PAGE.replace("\n", end)
    document = read(content.encode(encoding), "page.txt")
    assert document.text == content
    assert [who for who, _ in list_statements(document)] == [("松桥镇",), ("云溪区水务局",)]
    for section in document.sections:
        for sentence in section.sentences:
            assert join_pieces(document.text, sentence.pieces) == sentence.text


def test_traditional_text_in_big5_keeps_its_characters(read: Read) -> None:
    content = "## 雲溪區經濟發展局\n\n2031年，我們將推進雲溪產業園建設，確保東灣路年底通車，優化營商環境。\n"
    content += "## 雲溪區水務局\n\n加快東灣河治理工程。\n"
    document = read(content.encode("big5"), "page.txt")
    assert document.text == content
    assert list_statements(document)[0][0] == ("雲溪區經濟發展局",)
    sentence = document.sections[-1].sentences[0]
    assert sentence.folded == "加快东湾河治理工程。"
    assert sentence.text == "加快東灣河治理工程。"


def test_word_file_with_a_table_of_tasks(read: Read) -> None:
    word = docx.Document()
    word.add_paragraph("云溪区2031年重点任务分工表")
    table = word.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ["序号", "工作任务", "牵头单位", "配合单位"], strict=True):
        cell.text = text
    for task, lead, support in (("推进云溪产业园建设", "区发改局", "区财政局、松桥镇"), ("建成东湾路", "", "区水务局")):
        row = table.add_row().cells
        row[1].text, row[2].text, row[3].text = task, lead, support
    table.cell(1, 2).merge(table.cell(2, 2))
    file = io.BytesIO()
    word.save(file)
    document = read(file.getvalue(), "任务.docx")
    speakers = [[(p.name, p.role) for p in s.speakers] for s in document.sections if s.speakers]
    assert speakers == [
        [("区发改局", "lead"), ("区财政局", "support"), ("松桥镇", "support")],
        [("区发改局", "lead"), ("区水务局", "support")],
    ]


def test_workbook_of_tasks_with_merged_cells(read: Read, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "tasks.xlsx")
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 3, "云溪区2031年重点任务清单")
    sheet.write_row(1, 0, ["序号", "重点任务", "责任单位", "完成时限"])
    sheet.write_row(2, 0, [1, "建设云溪大桥", "区交通局", "2031年6月"])
    sheet.write_row(3, 0, [2, "建设东湾公园", "", "2031年底"])
    sheet.merge_range(2, 2, 3, 2, "区交通局")
    book.close()
    document = read((tmp_path / "tasks.xlsx").read_bytes(), "tasks.xlsx")
    assert [who for who, _ in list_statements(document)] == [("区交通局",), ("区交通局",)]
    assert document.metadata.year == 2031


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("2031年6月", "完成时限2031年6月前，"),
        ("2031-06-30", "完成时限2031年6月30日前，"),
        ("6月底前", "完成时限6月底前，"),
        ("全年", "完成时限全年，"),
    ],
)
def test_every_sentence_of_a_task_has_the_deadline_of_its_row(read: Read, cell: str, words: str) -> None:
    rows = f"重点任务,责任单位,完成时限\n建设云溪停车位300个。改造东湾路9公里,区交通局,{cell}\n建设东湾公园,区园局,\n"
    document = read(rows, "tasks.csv")
    section, other = (section for section in document.sections if section.speakers)
    assert other.sentences[0].text.endswith("东湾公园")
    assert [words in sentence.text for sentence in section.sentences] == [True, True]
    assert [speaker.name for speaker in section.speakers] == ["区交通局"]


def test_table_with_a_text_column_gives_a_document_a_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = "标题,年份,正文\n一,2031,2031年云溪市政府工作报告\n二,2032,2032年松桥县政府工作报告\n"
    path.write_text(rows, encoding="utf-8-sig")
    found = [d for d in read_documents([path], default_lexicon()) if isinstance(d, Document)]
    assert [d.name for d in found] == ["rows.csv#1", "rows.csv#2"]
    assert [d.metadata.year for d in found] == [2031, 2032]
    assert found[0].metadata.sources["year"] == "format"


def test_jsonl_gives_a_document_a_line(read: Read) -> None:
    line = json.dumps({"title": "2031年云溪市政府工作报告", "text": "今年，推进云溪产业园建设。"}, ensure_ascii=False)
    assert read(line + "\n", "one.jsonl").metadata.title == "2031年云溪市政府工作报告"


def test_saved_page_gives_its_text_without_menus(read: Read) -> None:
    news = "3月2日，记者从云溪市交通局获悉，今年将新建东湾大桥，总投资3亿元，计划年内开工。" * 3
    page = f"""<html><head><title>云溪市今年开建东湾大桥</title></head><body>
    <nav><a href="/">首页</a> <a href="/n">新闻</a></nav><article><h1>云溪市今年开建东湾大桥</h1><p>{news}</p>
    <p>该桥建成后将改善两岸交通，方便居民出行，带动沿线发展。</p></article>
    <footer>版权所有 联系我们</footer></body></html>"""
    for encoding in ("utf-8", "gb18030"):
        document = read(page.encode(encoding), "page.html")
        assert document.text.startswith("云溪市今年开建东湾大桥")
        assert "首页" not in document.text
        assert list_statements(document)[0][0] == ("云溪市交通局",)


def test_archive_gives_its_members_and_names_the_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b/松桥.txt", PAGE)
        archive.writestr("a.pdf", b"%PDF-1.7 cut")
        archive.writestr(".hidden.txt", PAGE)
    broken, page = read_documents([path], default_lexicon())
    assert isinstance(broken, Unread)
    assert broken.reason == "a.pdf is a broken PDF; fetch it again."
    assert isinstance(page, Document)
    assert page.path.endswith("all.zip/b/松桥.txt")


def test_sidecar_is_believed_before_the_text(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "metadata.toml").write_text('["page.txt"]\nyear = 2029\ntitle = "承诺"\n', encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    assert (document.metadata.year, document.metadata.sources["year"]) == (2029, "sidecar")


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "c.txt", "~$lock.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    found = list(read_documents([tmp_path, tmp_path / "c.txt"], default_lexicon()))
    assert [Path(one.path).name for one in found] == ["z.txt", "b.txt", "c.txt"]


def test_a_missing_path_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        list(read_documents([tmp_path / "nothing"], default_lexicon()))


def pack(content: bytes, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cut.docx", pack(b"<x/>" * 500)[:120], "broken Word file|broken or cut off"),
        ("odd.docx", pack(b"<not-word/>"), "broken Word file"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "broken PDF"),
        ("cut.zip", pack(PAGE.encode() * 50, "a.txt")[:150], "broken archive"),
        ("cut.xlsx", pack(b"<x/>", "xl/workbook.xml"), "broken workbook"),
        ("big.txt", "推进云溪产业园建设。".encode() * 200_000, "more than the limit of 4 MB"),
        ("bomb.zip", pack(b"0" * 30 * 2**20, "a.txt"), "unpacks to more than the limit"),
        ("bomb.docx", pack(b"0" * 30 * 2**20), "unpacks to 30 MB"),
        ("bomb.xlsx", pack(b"0" * 30 * 2**20, "xl/workbook.xml"), "unpacks to 30 MB"),
        ("far.xlsx", pack(b'<c r="A1"/><c r="XFD1048576"/>', "xl/worksheets/sheet1.xml"), "format|beyond row 200000"),
        ("plain.csv", b"a,b\n1,2\n", "neither a column of texts"),
        ("nul.txt", "推进\x00建设".encode(), "NUL bytes"),
        ("mark.txt", b"\xef\xbb\xbf" + PAGE.encode("gb18030"), "says by its first bytes"),
        ("noise.txt", bytes(range(1, 32)) * 40, "no text"),
        ("scripts.html", b"<html><body><script>render()</script><div id=app></div></body></html>", "without text"),
        ("empty.txt", b"  \n", "empty"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as docx"),
        ("picture.png", b"\x89PNG\r\n", "format that is not read"),
        ("odd.jsonl", b"{", "broken JSON"),
    ],
)
def test_a_bad_file_gives_one_sentence(refuse: Refuse, name: str, content: bytes, reason: str) -> None:
    said = refuse(content, name)
    assert re.search(reason, said), said
    assert said.startswith(name) or said.startswith("a.txt in")
    assert said.endswith(".")
    assert "\n" not in said


def test_an_archive_in_an_archive_is_read_only_so_deep(refuse: Refuse) -> None:
    inner = pack(pack(pack(b"x", "a.txt"), "a.zip"), "b.zip")
    assert "archive in an archive" in refuse(inner, "c.zip")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF broken")
    (tmp_path / "b.txt").write_text(PAGE, encoding="utf-8")
    bad, good = read_documents([tmp_path], default_lexicon())
    assert isinstance(bad, Unread)
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("云溪市人民政府办公室\n云府办〔2031〕21号", 2031),
        ("云溪报　二〇三一年十二月二十九日　第4版", 2031),
        ("【2031·我们这样干】", 2031),
        ("电视承诺实录（2031年第一季）", 2031),
        ("云溪网讯 全区掀起热潮。本网推出《奋进2031·一把手话落实》专题。", 2031),
        ("松云高速2035年通车", None),
    ],
)
def test_the_year_of_a_page_stands_in_its_masthead_in_many_forms(tmp_path: Path, head: str, year: int | None) -> None:
    (tmp_path / "page.txt").write_text(f"{head}\n\n云溪市水务局将建设东湾水库。\n", encoding="utf-8")
    (document,) = read_documents([tmp_path], default_lexicon())
    assert isinstance(document, Document)
    assert document.metadata.year == year
