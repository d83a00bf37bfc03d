"""What decides how files are read, and what their documents are called."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph import gather
from graph.extract import combine
from graph.gather import Manner, gather_files, name_files


def test_files_of_one_name_are_called_by_their_folders_also_where_one_is_a_link(tmp_path: Path) -> None:
    for folder in ("一月", "二月", "别处"):
        (tmp_path / folder).mkdir()
    (tmp_path / "别处" / "原文.txt").write_text("建设东湾路。", encoding="utf-8")
    first, second = tmp_path / "一月" / "计划.txt", tmp_path / "二月" / "计划.txt"
    first.write_text("建设东湾桥。", encoding="utf-8")
    second.symlink_to(tmp_path / "别处" / "原文.txt")
    assert name_files([first, second]) == {first: "一月/计划.txt", second: "二月/计划.txt"}


def test_a_file_is_read_anew_when_the_weights_of_the_recognisers_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(gather.__file__).parent
    page = tmp_path / "计划.txt"
    page.write_text("建设东湾路。", encoding="utf-8")

    def digest() -> str:
        _, (source,), _ = gather_files([page], Manner(tmp_path / "cache"), 1, (), lambda _stage, _done, _all: None)
        return source.digest

    copy = tmp_path / "graph"
    weights = Path(combine.__file__).with_name("combine.json").relative_to(here)
    (copy / weights).parent.mkdir(parents=True)
    shutil.copy(here / weights, copy / weights)
    monkeypatch.setattr(gather, "_HERE", copy)
    before = digest()
    assert digest() == before
    (copy / weights).write_text("{}", encoding="utf-8")
    assert digest() != before
