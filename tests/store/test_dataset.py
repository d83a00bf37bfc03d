"""The store: graphs are replaced and removed as wholes, files have equal bytes, faults have one clear sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Store, parse

from graph.errors import InputError, OutputError
from graph.model import Document, Pledge
from graph.store.dataset import (
    Dataset,
    backup_dataset,
    list_graphs,
    open_dataset,
    remove_graphs,
    replace_graphs,
    write_nquads,
    write_turtle,
)
from graph.store.jsonld import write_jsonld
from graph.store.query import ask
from graph.vocab import BASE, mint_graph, term
from tests.store.sample import make_dataset, make_first, make_full_dataset, make_quads, make_second

FIRST, SECOND = mint_graph(BASE, "甲.txt"), mint_graph(BASE, "乙.txt")


def nothing_stands_twice(dataset: Dataset) -> bool:
    triples = [quad.triple for quad in dataset.store]
    return len(set(triples)) == len(triples)


def without_pledges(made: tuple[Document, tuple[Pledge, ...]]) -> list[Quad]:
    return make_quads((made[0], made[1][:1]))


def test_what_is_written_is_found_again(tmp_path: Path) -> None:
    with open_dataset(tmp_path / "store") as dataset:
        assert replace_graphs(dataset, make_quads()) == 3
        assert nothing_stands_twice(dataset)
    with open_dataset(tmp_path / "store", read_only=True) as again:
        assert ask(again, "SELECT (COUNT(*) AS ?n) WHERE { ?p a pg:Pledge }").rows == (("3",),)


def test_a_thing_in_two_documents_is_counted_once() -> None:
    answer = ask(make_dataset(), "SELECT ?label WHERE { ?thing a pg:Project ; skos:prefLabel ?label }")
    assert answer.rows == (("星桥智谷项目",),)


def test_a_graph_is_replaced_without_ghosts() -> None:
    dataset = make_dataset()
    assert replace_graphs(dataset, without_pledges(make_first())) == 1
    assert nothing_stands_twice(dataset)
    assert ask(dataset, "ASK { ?t pg:metric '资金' }").rows == (("false",),)
    fresh = open_dataset(None)
    replace_graphs(fresh, [*without_pledges(make_first()), *make_quads(make_second())])
    assert set(dataset.store) == set(fresh.store)


def test_writing_the_same_again_changes_nothing() -> None:
    dataset = make_dataset()
    assert replace_graphs(dataset, make_quads()) == 0


def test_removing_a_document_leaves_what_others_say() -> None:
    dataset = make_dataset()
    assert remove_graphs(dataset, [FIRST, FIRST, "https://example.org/unknown"]) == 1
    assert nothing_stands_twice(dataset)
    assert FIRST not in list_graphs(dataset)
    names = ask(
        dataset, "SELECT ?n WHERE { ?o a org:FormalOrganization ; skos:altLabel|skos:prefLabel ?n } ORDER BY ?n"
    )
    assert names.rows == (("云溪县发展和改革局",), ("云溪县财政局",), ("县财政局",))


def test_removing_all_leaves_an_empty_store() -> None:
    dataset = make_dataset()
    remove_graphs(dataset, list_graphs(dataset))
    assert list(dataset.store) == []
    assert list_graphs(dataset) == ()


def test_equal_content_gives_equal_files_whatever_the_history(tmp_path: Path) -> None:
    dataset, other = make_dataset(), open_dataset(None)
    replace_graphs(other, make_quads(make_second()))
    replace_graphs(other, without_pledges(make_first()))
    replace_graphs(other, make_quads(make_first()))
    for name, write in (("graph.nq", write_nquads), ("graph.ttl", write_turtle), ("graph.jsonld", write_jsonld)):
        write(dataset, tmp_path / "a" / name)
        write(other, tmp_path / "b" / name)
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_files_hold_what_the_store_holds(tmp_path: Path) -> None:
    dataset = make_dataset()
    write_nquads(dataset, tmp_path / "graph.nq")
    write_turtle(dataset, tmp_path / "graph.ttl")
    assert set(parse(path=tmp_path / "graph.nq", format=RdfFormat.N_QUADS)) == set(make_quads())
    turtle = {quad.triple for quad in parse(path=tmp_path / "graph.ttl", format=RdfFormat.TURTLE)}
    assert turtle == {quad.triple for quad in make_quads()}
    assert "星桥智谷项目" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


def test_json_ld_has_readable_keys_and_the_same_triples(tmp_path: Path) -> None:
    dataset = make_dataset()
    write_jsonld(dataset, tmp_path / "graph.jsonld")
    triples = {quad.triple for quad in parse(path=tmp_path / "graph.jsonld", format=RdfFormat.JSON_LD)}
    assert triples == {quad.triple for quad in make_quads()}
    written = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    keys = {key for node in written["@graph"] for key in node}
    assert {"@id", "@type", "pg:pledgedBy", "skos:prefLabel"} <= keys
    assert all(key[0] == "@" or key.partition(":")[0] in written["@context"] for key in keys)


def test_an_empty_store_is_still_json_ld(tmp_path: Path) -> None:
    write_jsonld(open_dataset(None), tmp_path / "graph.jsonld")
    assert json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))["@graph"] == []


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with open_dataset(tmp_path / "store"), pytest.raises(OutputError, match="another build"):
        open_dataset(tmp_path / "store")


def test_a_reader_beside_a_writer_sees_whole_documents(tmp_path: Path) -> None:
    with open_dataset(tmp_path / "store") as writer:
        replace_graphs(writer, make_quads(make_first()))
        with open_dataset(tmp_path / "store", read_only=True) as reader:
            replace_graphs(writer, make_quads(make_second()))
            assert FIRST in list_graphs(reader)
            assert ask(reader, "ASK { ?p pg:concerns/skos:prefLabel '星桥智谷项目'@zh }").rows == (("true",),)
    with open_dataset(tmp_path / "store", read_only=True) as later:
        assert {FIRST, SECOND} <= set(list_graphs(later))


def test_reading_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pledgegraph build"):
        open_dataset(tmp_path / "none", read_only=True)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="another output folder"):
        open_dataset(tmp_path / "file" / "store")
    with pytest.raises(OutputError, match="another output folder"):
        write_nquads(make_dataset(), tmp_path / "file" / "graph.nq")


def test_a_backup_can_be_made_beside_a_writer_and_readers(tmp_path: Path) -> None:
    with open_dataset(tmp_path / "store") as writer:
        replace_graphs(writer, make_quads())
        with open_dataset(tmp_path / "store", read_only=True) as reader:
            backup_dataset(reader, tmp_path / "copy")
            expected = set(writer.store)
    with open_dataset(tmp_path / "copy") as copy:
        assert set(copy.store) == expected


def test_a_backup_is_a_store_of_its_own(tmp_path: Path) -> None:
    with open_dataset(tmp_path / "store") as dataset:
        replace_graphs(dataset, make_quads())
        backup_dataset(dataset, tmp_path / "copy")
        remove_graphs(dataset, [FIRST])
        with pytest.raises(OutputError, match="exists already"):
            backup_dataset(dataset, tmp_path / "copy")
    with open_dataset(tmp_path / "copy", read_only=True) as copy:
        assert FIRST in list_graphs(copy)


def test_what_is_loaded_in_parts_is_what_is_loaded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = set(make_full_dataset().store)
    monkeypatch.setattr("graph.store.intake.BATCH", 1)
    assert set(make_full_dataset().store) == whole


class Watched:
    """A store that notes what is asked of it to write."""

    def __init__(self, store: Store) -> None:
        self.store, self.steps = store, list[str]()

    def __getattr__(self, name: str) -> Any:
        if name in ("bulk_extend", "update", "optimize"):
            self.steps.append(name)
        return getattr(self.store, name)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self.store


def watch_writing(dataset: Dataset, quads: list[Quad]) -> tuple[int, list[str]]:
    watched = Watched(dataset.store)
    return replace_graphs(Dataset(cast("Store", watched)), quads), watched.steps


def test_new_documents_are_loaded_in_one_step_and_only_much_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    little, much = open_dataset(None), open_dataset(None)
    assert watch_writing(little, make_quads()) == (3, ["bulk_extend"])
    monkeypatch.setattr("graph.store.dataset.RUN", 100)
    assert watch_writing(much, make_quads()) == (3, ["bulk_extend", "optimize"])
    assert watch_writing(much, make_quads()) == (0, ["bulk_extend"])
    assert watch_writing(much, without_pledges(make_first())) == (1, ["bulk_extend", "update", "optimize"])
    assert set(little.store) == set(make_dataset().store)


def test_a_new_document_that_names_a_thing_anew_leaves_no_earlier_name() -> None:
    dataset = open_dataset(None)
    replace_graphs(dataset, make_quads(make_first()))
    renamed = [rename(quad, "县财政局（本级）") for quad in make_quads(make_second())]
    assert replace_graphs(dataset, renamed) == 1
    labels = ask(dataset, "SELECT ?n WHERE { ?o a org:FormalOrganization ; skos:prefLabel ?n } ORDER BY ?n")
    assert labels.rows == (("云溪县发展和改革局",), ("县财政局（本级）",))


def rename(quad: Quad, label: str) -> Quad:
    """Give the office of finance another label."""
    if quad.predicate != term("skos:prefLabel") or "财政局" not in str(quad.subject):
        return quad
    return Quad(quad.subject, quad.predicate, Literal(label, language="zh"), quad.graph_name)
