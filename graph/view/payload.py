"""The ledger as the page's one block of data: columns, every sentence once, names searchable by sound.

Things and offices are numbered by their sorted order; links refer to them, to sentences and to coded
words by number. Identifiers are stored without their common beginning (``base``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter
from typing import Any

from pypinyin import lazy_pinyin

from graph.model import Alias, Ledger, LinkRow, TargetRow
from graph.view.shared import is_region
from graph.view.words import load_style, load_words

ROLES = ("pledger", "lead", "responsible", "support")
STATUSES = ("promised", "continued", "reported")
TARGET_FIELDS = ("metric", "value", "unit", "bound", "change", "deadline", "year", "start", "end")
Sentences = Mapping[str, Mapping[int, LinkRow]]
_IGNORED = frozenset("\u201c\u201d\"'\u2018\u2019\u300c\u300d\u300e\u300f\u300a\u300b\u3008\u3009")


def build_payload(ledger: Ledger) -> dict[str, Any]:
    """Return everything the page shows, ready for JSON."""
    offices = _list_offices(ledger)
    things = sorted({(r.entity_id, r.entity, r.type) for r in ledger.links}, key=lambda t: t[0])
    base = _common_base([key for key, _ in offices] + [key for key, _, _ in things])
    names = _group_names(ledger.aliases)
    places = [p for d in ledger.documents for p in (d.issuer, d.place) if p]
    short = shorten_labels([label for _, label in offices], places)
    types = load_style()["types"]
    return {
        "scope": _common_scope(ledger),
        "base": base,
        "documents": _column_documents(ledger),
        "offices": {
            "id": [key.removeprefix(base) for key, _ in offices],
            "label": short,
            "full": [label for _, label in offices],
            **_column_names([(key, label) for key, label in offices], names),
        },
        "things": {
            "id": [key.removeprefix(base) for key, _, _ in things],
            "label": [label for _, label, _ in things],
            "type": [types.index(kind) for _, _, kind in things],
            **_column_names([(key, label) for key, label, _ in things], names),
            "region": [i for i, (key, la, _) in enumerate(things) if is_region((la, *names.get(key, ())))],
        },
        **_column_links(ledger, [key for key, _ in offices], [key for key, _, _ in things]),
    }


def shorten_labels(labels: Sequence[str], places: Iterable[str]) -> list[str]:
    """Return office names without the place they begin with, where what is left is still one office's own.

    A name whose rest leans on the place (省委…, 市政府) stays whole.

    Args:
        labels: the full names.
        places: issuers and places of the documents; a label may begin with one, or with the end of one.
    """
    starts = sorted({place[i:] for place in places for i in range(len(place) - 1)}, key=len, reverse=True)
    leaning = re.compile("|".join(load_words()["zh"]["leaning"]))
    short = [next((la[len(s) :] for s in starts if la.startswith(s) and len(la) - len(s) > 1), la) for la in labels]
    short = [full if leaning.match(s) else s for s, full in zip(short, labels, strict=True)]
    return [s if short.count(s) == 1 and s not in labels else full for s, full in zip(short, labels, strict=True)]


def sound_keys(names: Iterable[str]) -> str:
    """Return how names sound, for searching: initials and full pinyin of each, separated by spaces."""
    found: dict[str, None] = {}
    for name in names:
        syllables = [part.lower() for part in lazy_pinyin(name, errors=_each_sign) if part]
        initials, full = "".join(part[0] for part in syllables), "".join(syllables)
        found |= {key.replace(" ", ""): None for key in (initials, full)}
    return " ".join(found)


def _each_sign(text: str) -> Any:
    """What is no Chinese character is spelt sign by sign, so that each has its initial."""
    return list(text)


def find_mention(row: LinkRow) -> tuple[int, int]:
    """Return where a row's mention stands in its quote, half-open; ``(0, 0)`` if it can't be found.

    White space and quotation marks inside the quote do not count. Of several places the one nearest to
    ``row.start - row.quote_start`` is taken.
    """
    at = row.start - row.quote_start
    if row.mention and at >= 0 and row.quote.startswith(row.mention, at) and row.mention[0] not in _IGNORED:
        return at, at + len(row.mention)
    mention = "".join(sign for sign in row.mention if sign not in _IGNORED and not sign.isspace())
    kept = [i for i, sign in enumerate(row.quote) if sign not in _IGNORED and not sign.isspace()]
    reading = "".join(row.quote[i] for i in kept)
    found = []
    at = reading.find(mention) if mention else -1
    while at >= 0:
        found.append((kept[at], kept[at + len(mention) - 1] + 1))
        at = reading.find(mention, at + 1)
    return min(found, key=lambda span: abs(span[0] - (row.start - row.quote_start)), default=(0, 0))


def _list_offices(ledger: Ledger) -> list[tuple[str, str]]:
    found = {r.organisation_id: r.organisation_label or r.organisation for r in ledger.links}
    for target in ledger.targets:
        if target.organisation_id:
            found.setdefault(target.organisation_id, target.organisation_label or target.organisation)
    return sorted(found.items())


def _common_base(keys: Sequence[str]) -> str:
    if len(keys) < 2:
        return ""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(keys), max(keys), strict=False))
    head, slash, _ = "".join(a for a, _ in pairs).rpartition("/")
    return head + slash


def _common_scope(ledger: Ledger) -> str:
    """Return the one issuer of all documents, or nothing."""
    issuers = {d.issuer for d in ledger.documents if d.issuer}
    return issuers.pop() if len(issuers) == 1 else ""


def _group_names(aliases: Iterable[Alias]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for alias in aliases:
        names.setdefault(alias.entity_id, []).append(alias.name)
    return names


def _column_names(items: Sequence[tuple[str, str]], names: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    others = [sorted(set(names.get(key, ())) - {label}) for key, label in items]
    keys = [sound_keys([label, *more]) for (_, label), more in zip(items, others, strict=True)]
    return {"names": others, "keys": keys}


def _column_documents(ledger: Ledger) -> dict[str, list[Any]]:
    rows = sorted(ledger.documents, key=lambda d: d.document)
    return {name: [getattr(d, name) for d in rows] for name in ("document", "title", "place", "issued", "year")}


def _column_links(ledger: Ledger, offices: Sequence[str], things: Sequence[str]) -> dict[str, Any]:
    office, thing = {k: i for i, k in enumerate(offices)}, {k: i for i, k in enumerate(things)}
    document = {d.document: i for i, d in enumerate(sorted(ledger.documents, key=lambda d: d.document))}
    sentences: dict[tuple[Any, ...], int] = {}
    actions: dict[str, int] = {"": 0}
    rules: dict[str, int] = {"": 0}

    def sentence(doc: str, text: str, before: str = "", after: str = "") -> int:
        return sentences.setdefault((document.get(doc, -1), text, before, after), len(sentences))

    links = [
        (
            office[r.organisation_id],
            thing[r.entity_id],
            ROLES.index(r.role) if r.role in ROLES else 0,
            STATUSES.index(r.status) if r.status in STATUSES else 0,
            r.year,
            sentence(r.document, r.quote, r.before, r.after),
            *find_mention(r),
            r.start,
            r.end,
            actions.setdefault(r.action, len(actions)),
            rules.setdefault(r.rule, len(rules)),
            round(r.score, 3),
        )
        for r in ledger.links
    ]
    names = ("office", "thing", "role", "status", "year", "sentence", "from", "to", "start", "end", "action")
    said = _group_sentences(ledger.links)
    targets = [_pack_target(t, office.get(t.organisation_id, -1), sentence, said) for t in ledger.targets]
    return {
        "roles": ROLES,
        "statuses": STATUSES,
        "actions": list(actions),
        "rules": list(rules),
        "sentences": _columns(("document", "text", "before", "after"), list(sentences)),
        "links": _columns((*names, "rule", "score"), links),
        "targets": _columns(("office", "sentence", "from", "to", *TARGET_FIELDS), targets),
    }


def _group_sentences(rows: Iterable[LinkRow]) -> Sentences:
    """Return for every document a row of each of its sentences, by where the sentence begins."""
    found: dict[str, dict[int, LinkRow]] = {}
    for row in rows:
        found.setdefault(row.document, {}).setdefault(row.quote_start, row)
    return found


def _pack_target(target: TargetRow, office: int, sentence: Callable[..., int], said: Sentences) -> tuple[Any, ...]:
    """Return a target's columns; its words are marked in the whole sentence, where a link knows that."""
    near = [row for row in said.get(target.document, {}).values() if row.quote_start <= target.start]
    row = max(near, key=attrgetter("quote_start"), default=None)
    at = row.quote.find(target.quote) if row else -1
    text = (row.quote, row.before, row.after) if row and at >= 0 else (target.quote,)
    place = (max(at, 0), max(at, 0) + len(target.quote))
    return office, sentence(target.document, *text), *place, *(getattr(target, name) for name in TARGET_FIELDS)


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    turned = list(map(list, zip(*rows, strict=True))) or [[] for _ in names]
    return dict(zip(names, turned, strict=True))
