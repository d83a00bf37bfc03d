"""What the reading room reads of a folder, as a table: files, right speaker, right year, text in statements.

    python -m benchmarks.reading [--data DIR] [--sheets] [--speed]

``--data`` holds the sets as sub-folders (a folder with answer sheets, ``*.json`` beside ``*.txt``, is compared
with them; in another one the file's name says what is expected). ``--sheets`` lists every difference.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.lexicon import default_lexicon
from graph.model import Document, Unread
from graph.read.documents import read_documents
from graph.read.tokens import load_jieba, load_tagger

_DROP = re.compile(r"[\s“”\"'‘’「」『』《》〈〉]")
_NAMED = re.compile(r"(?P<year>20\d\d)[年_]?(?P<place>[\u3400-\u9fff]+?)_?政府工作报告")
_UNITS = re.compile(r"(?:责任|牵头|主办)单位[:：]")
_MENU = {"下载", "打印", "全屏", "收藏", "加大", "还原", "减小", "打印本页", "关闭窗口", "分享", "首页", "阅读量："}


@dataclass
class Count:
    """Right answers, answers given, answers asked."""

    hit: int = 0
    given: int = 0
    asked: int = 0

    def __str__(self) -> str:
        precision = self.hit / self.given if self.given else 1.0
        recall = self.hit / self.asked if self.asked else 1.0
        return f"P {precision:.3f} R {recall:.3f} ({self.hit}/{self.given}/{self.asked})"


def fold(name: str) -> str:
    """Return a name as the scorer compares it."""
    return _DROP.sub("", unicodedata.normalize("NFKC", name))


def find_sets(data: Path) -> Iterator[Path]:
    """Yield the folders with files of their own."""
    folders = sorted({path.parent for path in data.rglob("*") if path.is_file()})
    for folder in folders:
        if not any(folder in other.parents for other in folders):
            yield folder


def compare_sheet(document: Document, sheet: Any, speakers: Count, links: Count) -> list[str]:
    """Add a document to the counts; return what differs.

    ``links`` asks, given the sheet's names, which of them stand in what each organisation says.
    """
    said: dict[str, str] = {}
    for section in document.sections:
        for speaker in section.speakers:
            words = fold("".join(s.text + "|" for s in section.sentences)) if section.period != "past" else ""
            said[fold(speaker.name)] = said.get(fold(speaker.name), "") + words
    asked = {fold(o["name"]) for s in sheet["statements"] for o in s["orgs"]}
    speakers.hit, speakers.given = speakers.hit + len(asked & set(said)), speakers.given + len(said)
    speakers.asked += len(asked)
    firm = {(fold(o["name"]), fold(e["name"])) for s in sheet["statements"] for o in s["orgs"] for e in s["entities"]}
    names = {name for _, name in firm}
    given = {(who, name) for who, words in said.items() for name in names if name in words}
    links.hit, links.given = links.hit + len(given & firm), links.given + len(given)
    links.asked += len(firm)
    return [f"missed {name}" for name in sorted(asked - set(said))] + [
        f"made up {name}" for name in sorted(set(said) - asked)
    ]


def measure_set(folder: Path, show: bool) -> str:
    """Return the row of one folder."""
    lexicon = default_lexicon()
    start = time.perf_counter()
    found = [one for one in read_documents([folder], lexicon) if not one.path.endswith((".json", ".py"))]
    seconds = time.perf_counter() - start
    documents = [one for one in found if isinstance(one, Document)]
    speakers, links, right, years = Count(), Count(), 0, Count()
    for document in documents:
        sheet = (folder / document.name).with_suffix(".json")
        if sheet.is_file():
            gold = json.loads(sheet.read_text(encoding="utf-8"))
            differences = compare_sheet(document, gold, speakers, links)
            expected = gold.get("year")
        else:
            named = _NAMED.search(Path(document.name).stem)
            differences, expected = [], int(named["year"]) if named else None
            first = next((s.speakers[0].name for s in document.sections if s.speakers), "")
            right += bool(named and first.startswith(named["place"]) and first.endswith("政府"))
        if expected:
            years.asked += 1
            years.given += document.metadata.year is not None
            years.hit += document.metadata.year == expected
            if document.metadata.year != expected:
                differences.append(f"year {document.metadata.year} for {expected}")
        if show and differences:
            print(f"    {document.name} ({document.metadata.genre}): {'; '.join(differences)}")
    for one in found:
        if isinstance(one, Unread) and show:
            print(f"    unread: {one.reason}")
    text = sum(len("".join(d.text.split())) for d in documents)
    read = sum(len(s.text) for d in documents for x in d.sections if x.speakers for s in x.sentences)
    menu = sum(s.text in _MENU for d in documents for x in d.sections for s in x.sentences)
    titled = sum(bool(_NAMED.search(Path(d.name).stem)) for d in documents)
    spoken = sum(any(x.speakers for x in d.sections) for d in documents)
    labels = sum(len(_UNITS.findall("".join(d.text.split()))) for d in documents)
    tasks = sum(any(p.rule.startswith("units/") for p in x.speakers) for d in documents for x in d.sections)
    who = f"right speaker {right}/{titled}" if titled else f"with a speaker {spoken}/{len(documents)}"
    who += f"  tasks with units {tasks}/{labels}" if labels else ""
    who = f"speakers {speakers}  links {links}" if speakers.asked else who
    return (
        f"{folder.name:14} read {len(documents)}/{len(found)}  {who}  year {years.hit}/{years.asked}  "
        f"in statements {read / max(text, 1):.2f}  menu {menu}  {seconds:.2f} s"
    )


def measure_speed(folders: Sequence[Path]) -> str:
    """Return how long reading takes beside segmenting the same text."""
    lexicon = default_lexicon()
    load_tagger()("预热")
    start = time.perf_counter()
    documents = [d for d in read_documents(folders, lexicon) if isinstance(d, Document)]
    reading = time.perf_counter() - start
    texts = [d.text for d in documents]
    rows = [f"reading {len(texts)} documents, {sum(map(len, texts))} characters: {reading:.2f} s"]
    for name, tagger in (("rjieba", load_tagger()), ("jieba", load_jieba())):
        start = time.perf_counter()
        for text in texts:
            list(tagger(text))
        rows.append(f"segmenting and tagging with {name}: {time.perf_counter() - start:.2f} s")
    return "\n".join(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sheets", action="store_true")
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    folders = list(find_sets(arguments.data))
    for folder in folders:
        print(measure_set(folder, arguments.sheets))
    if arguments.speed:
        print(measure_speed(folders))


if __name__ == "__main__":
    main()
