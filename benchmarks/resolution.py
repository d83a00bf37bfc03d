"""How long resolving takes, and in how much memory: made-up names of things under several variants each.

    python benchmarks/resolution.py [--mentions 1000000] [--things 200000] [--places 400]

Prints one line: mentions, things, names, seconds, peak memory, how many of the drawn pairs of names of one thing
were joined, and how many drawn pairs of names of two things were joined wrongly.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import defaultdict

from graph.lexicon import default_lexicon
from graph.model import Argument, Document, Evidence, Mention, Metadata, Pledge, Span, Speaker
from graph.resolve.link import resolve_names

SYLLABLES = (
    "安宝昌成春东方丰福高光国海和恒宏华辉惠吉嘉建江金锦景康乐利林龙隆茂"
    "明宁鹏平启庆荣瑞盛泰天同万祥新兴旭阳永源远云泽长振正志中洲卓"
)
HEADS = ("产业园", "科技园", "文化广场", "物流中心", "水库", "大桥", "博物馆", "服务平台", "研究院", "小镇")
OFFICES = ("经发局", "经济发展局", "发改委", "发展和改革委员会", "建设局", "文旅局", "文化和旅游局", "商务局")


def make_thing(rng: random.Random, place: str) -> tuple[str, ...]:
    """Return the names of one thing: its own, with its place, as a project."""
    core = "".join(rng.choices(SYLLABLES, k=rng.choice((3, 4))))
    name = core + rng.choice(HEADS)
    return tuple(dict.fromkeys((name, f"{place}{name}", f"{name}项目", f"{place}{name}建设项目")))


def make_world(
    mentions: int, things: int, places: int, seed: int
) -> tuple[list[tuple[Document, list[Pledge]]], dict[str, list[str]]]:
    """Return documents with ``mentions`` mentions of ``things`` things at ``places`` places, and each thing's names."""
    rng = random.Random(seed)
    names_of: dict[str, list[str]] = defaultdict(list)
    documents = []
    shorts = list(dict.fromkeys("".join(rng.sample(SYLLABLES, 3)) for _ in range(places * 2)))
    each = max(mentions // places // 4, 1)
    for number in range(places):
        short = shorts[number]
        place = f"{shorts[number // 20 * 20][::-1]}省{short}市"
        own = [make_thing(rng, short) for _ in range(things // places)]
        for year in range(2022, 2026):
            name = f"{number:05}-{year}.txt"
            evidence = Evidence(name, (Span(0, 1),), "x")
            chosen = [own[at % len(own)] if year == 2022 else rng.choice(own) for at in range(each)]
            pledges = []
            for start in range(0, each, 20):
                said = [rng.choice(variants) for variants in chosen[start : start + 20]]
                things_said = tuple(Argument(Mention(text, "project", evidence, "made"), "") for text in said)
                speaker = Speaker("市" + rng.choice(OFFICES), "pledger")
                pledges.append(Pledge((speaker,), "promised", things_said, (), (), evidence, year, "made"))
            documents.append((Document(name, "", "", Metadata(place=place, year=year), ()), pledges))
        for variants in own:
            names_of[f"{place}|{variants[0]}"] = list(variants)
    return documents, names_of


def main() -> None:
    """Make a world, resolve it, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--things", type=int, default=200_000)
    parser.add_argument("--places", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    documents, names_of = make_world(options.mentions, options.things, options.places, options.seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, worked = time.perf_counter(), time.process_time()
    resolution = resolve_names(documents, default_lexicon(), "https://example.org/")
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    place_of = {document.name: document.metadata.place for document, _ in documents}
    owner = {f"{key.split('|')[0]}|{name}": key for key, names in names_of.items() for name in names}
    entities: dict[str, set[str]] = defaultdict(set)
    owners: dict[str, set[str]] = defaultdict(set)
    for link in resolution.links:
        if link.kind != "office":
            thing = owner[f"{place_of[link.document]}|{link.name}"]
            entities[thing].add(link.entity)
            owners[link.entity].add(thing)
    whole = sum(len(found) == 1 for found in entities.values()) / len(entities)
    mixed = sum(len(found) > 1 for found in owners.values()) / len(owners)
    print(
        f"mentions {sum(len(p.arguments) for _, pledges in documents for p in pledges):,} · things {len(entities):,} · "
        f"links {len(resolution.links):,} · {seconds:.1f} s ({work:.1f} s of one core) · peak {peak / 1024:,.0f} MiB "
        f"({before / 1024:,.0f} MiB of it the documents) · whole {whole:.4f} · mixed {mixed:.6f}"
    )


if __name__ == "__main__":
    main()
