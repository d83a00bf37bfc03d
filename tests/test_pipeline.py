from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import igraph
import networkx as nx
import pytest

from graph import gather, pipeline, vocab
from graph.errors import InputError, OutputError
from graph.lexicon import Lexicon
from graph.model import Document, Ledger, Unread
from graph.pipeline import Built, Settings, build
from graph.read.documents import read_documents
from graph.store.dataset import open_dataset
from graph.store.query import read_ledger
from graph.view.shared import list_shared

PAGES = ["000_3fb252244fbf31a5.txt", "003_65510d1fc276f250.txt"]
FILES = (
    "explorer.html",
    "graph.graphml",
    "graph.nq",
    "graph.ttl",
    "ledger.xlsx",
    "links.csv",
    "report.md",
    "targets.csv",
)


def test_two_builds_give_the_same_bytes(built: Built, tmp_path: Path) -> None:
    again = build(Settings((Path("seeds"),), tmp_path / "again"))
    for name in FILES:
        assert (built.out / name).read_bytes() == (again.out / name).read_bytes(), name


def test_two_processes_find_what_one_finds(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "BATCH", 1)
    again = build(Settings((Path("seeds"),), tmp_path / "again", jobs=2))
    assert (built.out / "graph.nq").read_bytes() == (again.out / "graph.nq").read_bytes()


def test_every_mention_is_the_slice_of_its_document(built: Built) -> None:
    with (built.out / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    marks = str.maketrans("", "", "“”‘’《》 \n\r\u3000")
    for row in rows:
        text = (Path("seeds") / row["document"]).read_text(encoding="utf-8")
        assert text[int(row["start"]) : int(row["end"])].translate(marks) == row["mention"].translate(marks)


def test_every_quote_stands_in_its_document_up_to_its_breaks(built: Built) -> None:
    for row in built.ledger.links:
        text = (Path("seeds") / row.document).read_text(encoding="utf-8")
        first = row.quote[:5]
        assert text.startswith(first, row.quote_start)


@pytest.mark.parametrize(
    ("label", "offices"),
    [
        ("济宁复兴之路文化科技项目", {"石桥镇", "太白湖新区经济发展局", "太白湖新区文化和旅游局"}),
        ("济东数字经济产业园", {"石桥镇", "太白湖新区经济发展局", "太白湖新区投资促进中心"}),
        ("三年蝶变行动", {"太白湖新区金融办", "太白湖新区经济发展局", "太白湖新区行政审批服务局"}),
    ],
)
def test_what_several_offices_share_is_one_thing(built: Built, label: str, offices: set[str]) -> None:
    shared = {item.label: item for item in list_shared(built.ledger)}
    assert offices <= set(shared[label].offices)


def test_one_office_under_two_names_is_one(built: Built) -> None:
    rows = {row.organisation: row.organisation_id for row in built.ledger.links}
    assert rows["太白湖新区经发局"] == rows["太白湖新区经济发展局"]


def test_networkx_and_igraph_read_the_same_graph(built: Built) -> None:
    path = built.out / "graph.graphml"
    ours, theirs = nx.read_graphml(path, force_multigraph=True), igraph.Graph.Read_GraphML(str(path))
    assert (ours.number_of_nodes(), ours.number_of_edges()) == (theirs.vcount(), theirs.ecount())
    assert len({row.entity_id for row in built.ledger.links}) < ours.number_of_nodes()


def test_the_page_loads_nothing(built: Built) -> None:
    page = (built.out / "explorer.html").read_text(encoding="utf-8")
    assert "bootstrap" not in page.lower()
    assert 'src="http' not in page and 'href="http' not in page
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_file_that_is_no_text_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    shutil.copytree("seeds", tmp_path / "in")
    (tmp_path / "in" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    found = build(Settings((tmp_path / "in",), tmp_path / "out"))
    assert len(found.ledger.documents) == 2
    assert [Path(unread.path).name for unread in found.unread] == ["picture.txt"]
    assert "picture.txt" in (found.out / "report.md").read_text(encoding="utf-8")


def test_what_stood_in_the_output_outlives_bad_input(built: Built, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.out, out)
    (tmp_path / "empty").mkdir()
    for inputs in ((tmp_path / "none",), (tmp_path / "empty",)):
        with pytest.raises(InputError):
            build(Settings(inputs, out))
    for name in FILES:
        assert (out / name).read_bytes() == (built.out / name).read_bytes()


def test_an_interrupted_build_leaves_the_earlier_output_usable(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    shutil.copytree(built.out, out)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "replace_graphs", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build(Settings((Path("seeds") / "000_3fb252244fbf31a5.txt",), out))
    with open_dataset(out / "store", read_only=True) as dataset:
        assert read_ledger(dataset) == built.ledger
    assert (out / "links.csv").read_bytes() == (built.out / "links.csv").read_bytes()


def test_an_output_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="--out"):
        build(Settings((Path("seeds"),), tmp_path / "file"))


def test_a_document_that_is_gone_leaves_no_ghost(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(Settings((Path("seeds"),), out))
    (out / "identities.csv").unlink()  # without the register both name things alike
    left = build(Settings((Path("seeds") / "000_3fb252244fbf31a5.txt",), out))
    alone = build(Settings((Path("seeds") / "000_3fb252244fbf31a5.txt",), tmp_path / "alone"))
    assert (left.out / "graph.nq").read_bytes() == (alone.out / "graph.nq").read_bytes()


def test_a_thing_keeps_its_iri_when_documents_come_and_go(tmp_path: Path) -> None:
    out = tmp_path / "out"
    page = Path("seeds") / "000_3fb252244fbf31a5.txt"
    before = {row.mention: row.entity_id for row in build(Settings((page,), out)).ledger.links}
    build(Settings((Path("seeds"),), out))
    after = {row.mention: row.entity_id for row in build(Settings((page,), out)).ledger.links}
    assert before == after


def test_two_files_of_one_name_are_both_read(tmp_path: Path) -> None:
    for folder in ("north", "south"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        shutil.copy("seeds/000_3fb252244fbf31a5.txt", tmp_path / "in" / folder / "page.txt")
    found = build(Settings((tmp_path / "in",), tmp_path / "out"))
    assert [row.document for row in found.ledger.documents] == ["north/page.txt", "south/page.txt"]


def test_a_removed_document_is_in_no_file_any_more(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(Settings((Path("seeds"),), out))
    pipeline.remove_documents(Settings((), out), PAGES[1:])
    for name in ("links.csv", "targets.csv", "report.md", "review.csv", "graph.nq", "explorer.html"):
        assert "003_65510d1fc276f250.txt" not in (out / name).read_text(encoding="utf-8"), name


def test_names_mean_after_a_removal_what_they_mean_without_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, alone = tmp_path / "out", build(Settings((Path("seeds") / PAGES[0],), tmp_path / "alone")).ledger
    whole = build(Settings((Path("seeds"),), out)).ledger
    read = count_reading(monkeypatch)
    left = pipeline.remove_documents(Settings((), out), PAGES[1:]).ledger
    assert read == []
    assert list_meanings(left) == list_meanings(alone) != list_meanings(whole, PAGES[0])
    assert [thing.label for thing in list_shared(left)] == [thing.label for thing in list_shared(alone)]


def list_meanings(ledger: Ledger, document: str = "") -> list[tuple[str, str, str]]:
    rows = (row for row in ledger.links if not document or row.document == document)
    return [(row.mention, row.entity, row.organisation_label) for row in rows]


def test_a_removal_is_refused_where_what_was_read_is_not_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(Settings((Path("seeds"),), out))
    before = (out / "graph.nq").read_bytes()
    with pytest.raises(InputError, match=r"There is no document 'no\.txt'"):
        pipeline.remove_documents(Settings((), out), [PAGES[0], "no.txt"])
    shutil.rmtree(out / "cache")
    with pytest.raises(InputError, match=r"not kept in .* any more; run `pledgegraph build`"):
        pipeline.remove_documents(Settings((), out), PAGES[1:])
    assert (out / "graph.nq").read_bytes() == before
    with open_dataset(out / "store", read_only=True) as dataset:
        assert len(read_ledger(dataset).documents) == 2


def count_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by the name of each file that is really read."""
    read: list[str] = []
    original = read_documents

    def note(inputs: Sequence[Path], lexicon: Lexicon, limit: int) -> Iterator[Document | Unread]:
        read.extend(path.name for path in inputs)
        return original(inputs, lexicon, limit)

    monkeypatch.setattr(gather, "read_documents", note)
    return read


def test_a_second_build_reads_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree("seeds", pages)
    build(Settings((pages,), out))
    read = count_reading(monkeypatch)
    build(Settings((pages,), out))
    assert read == []
    page = pages / PAGES[0]
    page.write_text(page.read_text(encoding="utf-8") + "石桥镇将全力推进星桥智谷项目建设。\n", encoding="utf-8")
    build(Settings((pages,), out))
    assert read == [PAGES[0]]
    (pages / "metadata.toml").unlink()
    own = tmp_path / "own"
    own.mkdir()
    build(Settings((pages,), out, lexicon=own))
    assert read == [PAGES[0], *PAGES]


def test_what_is_added_gives_the_graph_of_a_build_from_scratch(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build(Settings((Path("seeds") / PAGES[1],), out))
    read = count_reading(monkeypatch)
    found = pipeline.add_documents(Settings((), out), [Path("seeds") / PAGES[0]])
    assert read == [PAGES[0]]
    assert [row.document for row in found.ledger.documents] == PAGES
    (out / "identities.csv").unlink()  # without the register both name things alike
    again = pipeline.add_documents(Settings((), out), [Path("seeds") / PAGES[0]])
    assert read == [PAGES[0]]
    assert (again.out / "graph.nq").read_bytes() == (built.out / "graph.nq").read_bytes()


def test_what_was_removed_stays_away_until_it_is_added(tmp_path: Path) -> None:
    out, pages = tmp_path / "out", [Path("seeds") / name for name in PAGES]
    build(Settings((Path("seeds"),), out))
    pipeline.remove_documents(Settings((), out), PAGES[1:])
    left = pipeline.add_documents(Settings((), out), pages[:1])
    assert [row.document for row in left.ledger.documents] == PAGES[:1]
    back = pipeline.add_documents(Settings((), out), pages[1:])
    assert [row.document for row in back.ledger.documents] == PAGES


def test_a_file_that_is_gone_is_still_what_was_read_of_it(tmp_path: Path) -> None:
    shutil.copytree("seeds", tmp_path / "in")
    pages, out = [tmp_path / "in" / name for name in PAGES], tmp_path / "out"
    build(Settings((pages[0],), out))
    pages[0].unlink()
    found = pipeline.add_documents(Settings((), out), [pages[1]])
    assert [row.document for row in found.ledger.documents] == PAGES
    with pytest.raises(InputError, match="run `pledgegraph build`"):
        pipeline.add_documents(Settings((), tmp_path / "nothing"), [pages[1]])


def test_texts_of_documents_that_are_gone_are_removed(tmp_path: Path) -> None:
    pages, out = tmp_path / "in", tmp_path / "out"
    pages.mkdir()
    for name in ("a.md", "b.md"):
        shutil.copy(Path("seeds") / PAGES[0], pages / name)
    build(Settings((pages,), out))
    assert sorted(path.name for path in (out / "texts").iterdir()) == ["a.md.txt", "b.md.txt"]
    (pages / "a.md").unlink()
    build(Settings((pages,), out))
    assert [path.name for path in (out / "texts").iterdir()] == ["b.md.txt"]


def test_every_build_checks_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings((Path("seeds") / PAGES[0],), tmp_path / "out")
    assert build(settings).violations == ()
    monkeypatch.setitem(vocab.ROLE_PROPERTIES, "pledger", "pg:ledBy")
    monkeypatch.setitem(vocab.STATUS_TERMS, "promised", "schema:NoSuchStatus")
    found = build(settings).violations
    assert {violation.shape for violation in found} == {"pledge-has-status"}
    assert all(violation.quote for violation in found)
