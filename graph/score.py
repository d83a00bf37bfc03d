"""How good a ledger is: precision, recall and F1 against answer sheets read by people.

A *link* is a pair (organisation, name); exact means both equal after normalising, relaxed that the organisation
is the same and the names share a common substring of at least 60 % of the longer one. A name that is optional in
the sheet is neither right nor wrong. *Shared pairs* are pairs of links of different organisations that point at
one thing: the question that the product exists for. Each gold name is matched once, best overlap first.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.errors import InputError
from graph.lexicon import Lexicon
from graph.model import LinkRow, TargetRow

_DROPPED = re.compile(r"[\s“”\"'‘’「」『』《》〈〉]")
RELAXED = 0.6  # the least common substring, as a share of the longer name


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, given and asked for."""

    hit: int
    given: int
    asked: int

    @property
    def precision(self) -> float:
        """Right answers among those given."""
        return self.hit / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right answers among those asked for."""
        return self.hit / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one evaluation; accuracies are shares of the matched answers."""

    links: Counts
    relaxed: Counts
    shared: Counts
    targets: Counts
    type_accuracy: float
    bound_accuracy: float
    deadline_accuracy: float
    missed: tuple[str, ...]
    made_up: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gold:
    document: str
    organisation: str
    office: tuple[str, str]
    name: str
    thing: tuple[str, str]
    types: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class _GoldTarget:
    document: str
    organisation: str
    metric: str
    quantity: tuple[float, str] | None
    bounds: frozenset[str]
    deadlines: frozenset[str]
    optional: bool


def score_ledger(
    links: Sequence[LinkRow], targets: Sequence[TargetRow], sheets: Sequence[Mapping[str, Any]], lexicon: Lexicon
) -> Scores:
    """Score a ledger's rows of the documents that have a sheet.

    Args:
        links: the ledger; each (document, organisation, mention) counts once.
        targets: the ledger of figures.
        sheets: answer sheets as read by :func:`read_sheets`.
        lexicon: its word list ``numeral_factors`` gives the factors of units.
    """
    documents = {sheet["doc"] for sheet in sheets}
    gold = tuple(_gold_links(sheets))
    given = {(r.document, normalise(r.organisation), normalise(r.mention)): r for r in links if r.document in documents}
    rows = tuple(given.items())
    exact = _count_exact(gold, given)
    match = _match_links(gold, rows)
    firm = {s: g for s, g in match.items() if not gold[g].optional}
    asked = sum(not g.optional for g in gold)
    typed = sum(rows[s][1].type in gold[g].types for s, g in firm.items())
    target_counts, bound, deadline = _score_targets(targets, sheets, lexicon)
    return Scores(
        links=exact,
        relaxed=Counts(len(firm), len(rows) - (len(match) - len(firm)), asked),
        shared=_score_shared(gold, rows, match, firm),
        targets=target_counts,
        type_accuracy=typed / len(firm) if firm else 0.0,
        bound_accuracy=bound,
        deadline_accuracy=deadline,
        missed=tuple(
            f"{g.document} {g.organisation} {g.name}"
            for i, g in enumerate(gold)
            if i not in match.values() and not g.optional
        ),
        made_up=tuple(" ".join(key) for j, (key, _) in enumerate(rows) if j not in match),
    )


def read_sheets(folder: Path) -> tuple[Mapping[str, Any], ...]:
    """Read the answer sheets of a folder, sorted by name.

    Raises:
        InputError: the folder has no sheet, or one is no JSON.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"There is no answer sheet (*.json) in {folder}.")
    try:
        return tuple(json.loads(path.read_text(encoding="utf-8")) for path in paths)
    except ValueError as error:
        raise InputError(f"An answer sheet in {folder} is no JSON ({error}).") from error


def normalise(text: str) -> str:
    """Return a name for comparison: NFKC, without white space and quotation marks."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def overlap(a: str, b: str) -> float:
    """Return the length of the longest common substring over the length of the longer name."""
    best, row = 0, [0] * (len(b) + 1)
    for left in a:
        previous = 0
        for j, right in enumerate(b, 1):
            kept = row[j]
            row[j] = previous + 1 if left == right else 0
            best, previous = max(best, row[j]), kept
    return best / max(len(a), len(b), 1)


def _gold_links(sheets: Iterable[Mapping[str, Any]]) -> Iterable[_Gold]:
    seen: set[tuple[str, str, str]] = set()
    for sheet in sheets:
        scope = sheet.get("scope", sheet["doc"])
        for statement in sheet["statements"]:
            for office in statement["orgs"]:
                for thing in statement.get("entities", ()):
                    key = (sheet["doc"], normalise(office["name"]), normalise(thing["name"]))
                    if key not in seen:
                        seen.add(key)
                        yield _Gold(
                            *key[:2],
                            (scope, normalise(office.get("canonical", office["name"]))),
                            key[2],
                            (scope, normalise(thing.get("canonical", thing["name"]))),
                            frozenset({thing["type"], thing.get("also", thing["type"])}),
                            bool(thing.get("optional")),
                        )


def _count_exact(gold: Sequence[_Gold], given: Mapping[tuple[str, str, str], LinkRow]) -> Counts:
    must = {(g.document, g.organisation, g.name) for g in gold if not g.optional}
    may = {(g.document, g.organisation, g.name) for g in gold if g.optional}
    return Counts(len(given.keys() & must), len(given.keys() - may), len(must))


def _match_links(gold: Sequence[_Gold], rows: Sequence[tuple[tuple[str, str, str], LinkRow]]) -> dict[int, int]:
    by_document: dict[str, list[int]] = defaultdict(list)
    for i, g in enumerate(gold):
        by_document[g.document].append(i)
    pairs = []
    for j, ((document, organisation, name), _) in enumerate(rows):
        for i in by_document[document]:
            if _same_office(gold[i].organisation, organisation):
                share = overlap(gold[i].name, name)
                if share >= RELAXED:
                    pairs.append((share + (gold[i].organisation == organisation) * 0.01, i, j))
    return _match_greedily(pairs)


def _match_greedily(pairs: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Return given → gold, one to one, best score first."""
    used: set[int] = set()
    match: dict[int, int] = {}
    for _, g, s in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if g not in used and s not in match:
            used.add(g)
            match[s] = g
    return match


def _same_office(a: str, b: str) -> bool:
    ends = min(len(a), len(b)) >= 3 and (a.endswith(b) or b.endswith(a))
    return a == b or ends or overlap(a, b) >= RELAXED


def _score_shared(
    gold: Sequence[_Gold], rows: Sequence[tuple[Any, LinkRow]], match: Mapping[int, int], firm: Mapping[int, int]
) -> Counts:
    scopes = {g.document: g.thing[0] for g in gold}
    wanted = _cross((i, g.thing, g.office) for i, g in enumerate(gold) if not g.optional)
    found = {
        pair
        for pair in _cross(
            (j, r.entity_id, r.organisation_id) for j, (_, r) in enumerate(rows) if j not in match or j in firm
        )
        if len({scopes.get(rows[j][1].document) for j in pair}) == 1
    }
    hit = sum(all(j in firm for j in pair) and frozenset(firm[j] for j in pair) in wanted for pair in found)
    return Counts(hit, len(found), len(wanted))


def _cross(items: Iterable[tuple[int, object, object]]) -> set[frozenset[int]]:
    groups: dict[object, list[tuple[int, object]]] = defaultdict(list)
    for index, thing, office in items:
        groups[thing].append((index, office))
    return {frozenset((a, b)) for g in groups.values() for (a, x), (b, y) in combinations(g, 2) if x != y}


def _gold_targets(sheets: Iterable[Mapping[str, Any]], lexicon: Lexicon) -> Iterable[_GoldTarget]:
    for sheet in sheets:
        for statement in sheet["statements"]:
            for office in statement["orgs"]:
                for t in statement.get("targets", ()):
                    yield _GoldTarget(
                        sheet["doc"],
                        normalise(office["name"]),
                        normalise(t["metric"]),
                        _quantity(t["value"], t["unit"], lexicon),
                        frozenset({str(t.get("bound")), str(t.get("bound_also", t.get("bound")))}),
                        frozenset({str(t.get(k) or "") for k in ("deadline", "deadline_also") if k in t}),
                        bool(t.get("optional")),
                    )


def _score_targets(
    targets: Sequence[TargetRow], sheets: Sequence[Mapping[str, Any]], lexicon: Lexicon
) -> tuple[Counts, float, float]:
    documents = {sheet["doc"] for sheet in sheets}
    gold = tuple(_gold_targets(sheets, lexicon))
    rows = [row for row in targets if row.document in documents]
    pairs = []
    for j, row in enumerate(rows):
        quantity, metric = _quantity(row.value, row.unit, lexicon), normalise(row.metric)
        for i, g in enumerate(gold):
            same = g.document == row.document and quantity is not None and quantity == g.quantity
            if same and _same_office(g.organisation, normalise(row.organisation)):
                longer, shorter = max(len(metric), len(g.metric)), min(len(metric), len(g.metric)) or 1
                share = overlap(metric, g.metric) * longer / shorter
                if share >= 0.5:
                    pairs.append((share, i, j))
    match = _match_greedily(pairs)
    firm = {s: g for s, g in match.items() if not gold[g].optional}
    counts = Counts(len(firm), len(rows) - (len(match) - len(firm)), sum(not g.optional for g in gold))
    bound = sum(rows[s].bound in gold[g].bounds for s, g in firm.items())
    deadline = sum(rows[s].deadline in gold[g].deadlines for s, g in firm.items())
    return counts, bound / (len(firm) or 1), deadline / (len(firm) or 1)


def _quantity(value: object, unit: object, lexicon: Lexicon) -> tuple[float, str] | None:
    try:
        number = float(str(value).replace(",", "").rstrip("%％"))
    except ValueError:
        return None
    plain = normalise(str(unit or ""))
    for word in sorted(lexicon.words["numeral_factors"], key=lambda w: -len(w.text)):
        if plain.startswith(word.text):
            return round(number * float(word.attributes["factor"]), 6), plain[len(word.text) :]
    return round(number, 6), plain
