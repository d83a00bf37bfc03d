"""What is kept of a file is what was read of it."""

from __future__ import annotations

from pathlib import Path

from graph.extract.pledges import extract_pledges
from graph.lexicon import default_lexicon
from graph.memory import Origin, Reading, Source, load_origin, load_reading, save_origin, save_reading
from graph.model import Document, Unread
from graph.read.documents import read_documents


def test_a_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    lexicon = default_lexicon()
    for document in read_documents([Path("seeds")], lexicon):
        assert isinstance(document, Document)
        reading = Reading(((document, extract_pledges(document, lexicon)),), (Unread("路径", "原因"),))
        save_reading(tmp_path, "a", reading)
        assert load_reading(tmp_path, "a") == reading


def test_what_is_damaged_or_was_never_kept_is_nothing(tmp_path: Path) -> None:
    assert load_reading(tmp_path, "none") is None
    (tmp_path / "bad.json").write_text('{"extracted": [[1, 2]]}', encoding="utf-8")
    assert load_reading(tmp_path, "bad") is None
    assert load_origin(tmp_path) == Origin()


def test_readings_of_other_files_are_forgotten(tmp_path: Path) -> None:
    for name in "ab":
        save_reading(tmp_path, name, Reading(()))
    origin = Origin((Source("甲.txt", "a"),), ("乙.txt",), "https://example.org/")
    save_origin(tmp_path, origin)
    assert load_origin(tmp_path) == origin
    assert load_reading(tmp_path, "a") == Reading(())
    assert load_reading(tmp_path, "b") is None
