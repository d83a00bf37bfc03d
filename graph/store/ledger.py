"""The ledger that views show, read back predicate by predicate.

It holds the rows of the named questions ledger and targets (a test compares them); one scan a predicate is some ten
times faster than the joins of the questions when all rows are wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Store

from graph.model import LinkRow, TargetRow
from graph.store.dataset import Dataset
from graph.vocab import BOUND_PROPERTIES, KIND_CLASSES, NS, STATUS_TERMS, term

_STATUS = {term(name).value: status for status, name in STATUS_TERMS.items()}
_TYPES = {term(names[0]).value: "organisation" if kind == "office" else kind for kind, names in KIND_CLASSES.items()}


def read_rows(dataset: Dataset) -> tuple[tuple[LinkRow, ...], tuple[TargetRow, ...]]:
    """Return a row for each office and mention of each pledge, and one for each office and target; both sorted."""
    index = _Index(dataset.store)
    links = (_make_link(index, *found) for found in _pair_offices(index, "pg:mention"))
    targets = (_make_target(index, *found) for found in _pair_offices(index, "pg:target"))
    return tuple(sorted(links, key=_order_link)), tuple(sorted(targets, key=_order_target))


def _pair_offices(index: _Index, predicate: str) -> Iterator[tuple[str, str, str]]:
    """Yield each pledge with each of its attributions and each of its mentions or targets."""
    for pledge, parts in index.table(predicate).items():
        for attribution in index.all("prov:qualifiedAttribution", pledge):
            for part in parts:
                yield pledge, attribution, part


class _Index:
    """Tables from subjects to objects, one a predicate, each read when it is first wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.table = cache(self._read_table)
        self.type_of = cache(self._read_type)

    def all(self, predicate: str, subject: str) -> list[str]:
        return self.table(predicate).get(subject, [])

    def one(self, predicate: str, subject: str) -> str:
        return self.table(predicate).get(subject, [""])[0]

    def span_of(self, owner: str) -> tuple[int, int]:
        """Return the smallest stretch that holds all passages of ``owner``."""
        selectors = [s for passage in self.all("pg:evidence", owner) for s in self.all("oa:hasSelector", passage)]
        starts = [int(start) for s in selectors if (start := self.one("oa:start", s))]
        ends = [int(end) for s in selectors if (end := self.one("oa:end", s))]
        return min(starts, default=0), max(ends, default=0)

    def select(self, predicate: str, passage: str) -> str:
        """Return what one of a passage's selectors says."""
        found = (self.one(predicate, selector) for selector in self.all("oa:hasSelector", passage))
        return next(filter(None, found), "")

    def _read_table(self, predicate: str) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(None, term(predicate), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                table[quad.subject.value].append(quad.object.value)
        return table

    def _read_type(self, iri: str) -> str:
        quads = self._store.quads_for_pattern(NamedNode(iri), term("rdf:type"), None, None)
        classes = (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
        return next((_TYPES[name] for name in classes if name in _TYPES), "")


def _make_link(index: _Index, pledge: str, attribution: str, mention: str) -> LinkRow:
    source, office = index.one("prov:hadPrimarySource", pledge), index.one("prov:agent", attribution)
    entity, (start, end) = index.one("pg:refersTo", mention), index.span_of(mention)
    first, last = index.one("pg:firstPassage", pledge), index.one("pg:lastPassage", pledge)
    year = index.one("pg:year", pledge)
    return LinkRow(
        document=index.one("dcterms:identifier", source),
        organisation=index.one("pg:nameInText", attribution),
        organisation_id=office,
        role=index.one("dcat:hadRole", attribution).removeprefix(NS),
        entity_id=entity,
        entity=index.one("skos:prefLabel", entity),
        mention=index.one("pg:nameInText", mention),
        type=index.type_of(entity),
        start=start,
        end=end,
        organisation_label=index.one("skos:prefLabel", office),
        action=index.one("pg:action", mention),
        status=_STATUS.get(index.one("schema:actionStatus", pledge), ""),
        year=int(year) if year else None,
        rule=index.one("pg:rule", mention),
        score=float(index.one("pg:score", mention) or 1),
        quote=index.one("pg:quote", pledge),
        quote_start=int(index.select("oa:start", first) or 0),
        before=index.select("oa:prefix", first),
        after=index.select("oa:suffix", last),
        title=index.one("dcterms:title", source),
        issued=index.one("dcterms:issued", source),
    )


def _make_target(index: _Index, pledge: str, attribution: str, target: str) -> TargetRow:
    source, office = index.one("prov:hadPrimarySource", pledge), index.one("prov:agent", attribution)
    bound, (start, end) = index.one("pg:bound", target).removeprefix(NS), index.span_of(target)
    year = index.one("pg:year", pledge)
    return TargetRow(
        document=index.one("dcterms:identifier", source),
        organisation=index.one("pg:nameInText", attribution),
        metric=index.one("pg:metric", target),
        value=float(index.one(BOUND_PROPERTIES[bound], target) or 0),
        unit=index.one("schema:unitText", target),
        bound=bound,
        change=index.one("pg:change", target).removeprefix(NS),
        deadline=index.one("pg:deadline", target),
        quote=index.one("pg:quote", target),
        start=start,
        end=end,
        organisation_id=office,
        organisation_label=index.one("skos:prefLabel", office),
        year=int(year) if year else None,
        title=index.one("dcterms:title", source),
    )


def _order_link(row: LinkRow) -> tuple[object, ...]:
    return row.document, row.start, row.end, row.organisation, row.role, row.entity_id, row.quote_start, row.rule


def _order_target(row: TargetRow) -> tuple[object, ...]:
    return row.document, row.start, row.end, row.organisation, row.metric, row.value, row.unit
