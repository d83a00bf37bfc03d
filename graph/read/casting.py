"""Who has the word in general in a piece of news, and whom a name there means.

In general speaks the source (记者从……获悉), else who is most often said to act or quoted, the headline and the first
paragraph counting most, else the region where the works of the title are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.lexicon import Lexicon
from graph.read.claims import Claim, Line
from graph.read.fullnames import count_regions, find_short_forms, lengthen_names
from graph.read.naming import is_deictic, is_office, is_region

_WEIGHTS = {"source": 100, "will": 6, "signs": 6, "said": 5, "opens": 2, "acts": 3, "told": 1}
_BARE = "claims/bare"
_STRONG = ("source", "will", "signs", "said", "told", "opens")
_NAMELESS = ("guest", "on")
_ORDER = (("told",), ("source", "said", "guest", "on", "will", "signs", "opens"), ("acts",))
_TITLE, _HEADLINE, _FIRST = 12, 20, 8
_MANY, _FEW = 5, 12
_GOVERNMENT = 5


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks in general (``main``, or nobody); names in full; the regions named, by how often."""

    main: str
    rule: str
    by_source: bool
    names: Mapping[str, str]
    regions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Voice:
    """A name that has the word in a sentence, and the rule that gave it."""

    name: str
    rule: str


def cast_item(title: str, lines: Sequence[Line], lexicon: Lexicon) -> Cast:
    """Return who speaks in a piece of news."""
    claims = [claim for line in lines for claim in line.claims]
    regions = count_regions(title, lines, lexicon)
    known = [claim.name for claim in claims] + list(regions)
    names = {**lengthen_names(known, lexicon), **find_short_forms(lines, known, lexicon)}
    cast = Cast("", "", False, names, regions)
    scores: Counter[str] = Counter()
    rules: dict[str, str] = {}
    sources = {resolve(claim, cast, (), lexicon) for claim in claims if claim.kind == "source"}
    closed = lexicon.rule("lines", "closed").pattern
    first = next((line.paragraph for line in lines if closed.search(line.sentence.text)), 0)
    for line in lines:
        for claim, name in choose(line.claims, cast, (), lexicon):
            if claim.rule == _BARE and name[:2] not in title:
                continue
            if name and claim.kind in _WEIGHTS:
                scores[name] += _WEIGHTS[claim.kind] + _FIRST * (line.paragraph <= first)
                rules.setdefault(name, claim.rule)
    headline = lexicon.rule("claims", "headline").pattern.search(title)
    if headline and not is_deictic(headline["it"], lexicon) and is_known_region(headline["it"], cast, lexicon):
        name = cast.names.get(headline["it"], headline["it"])
        scores[name] += _HEADLINE
        rules.setdefault(name, "claims/headline")
    for name in scores:
        scores[name] += _TITLE * (name in title or (name[:2] in title and not is_bureau(name, lexicon)))
    works = lexicon.rule("claims", "works").pattern.search(title)
    if not scores or not (works or any(claim.kind in _STRONG for claim in claims)):
        return replace(cast, main=find_place(title, cast, lexicon), rule="casting/place")
    main = max(scores, key=lambda name: (scores[name], -list(scores).index(name)))
    if len(scores) >= _MANY and scores[main] <= _FEW:
        return cast
    return replace(cast, main=main, rule=rules[main], by_source=main in sources)


def choose(claims: Sequence[Claim], cast: Cast, before: Sequence[str], lexicon: Lexicon) -> list[tuple[Claim, str]]:
    """Return the claims of a sentence that count, with the names they mean.

    Who is told to do it comes first, then who speaks (the first, alone) or will act, then who acts.
    """
    heard, spoken = list(before), []
    for claim in claims:
        spoken.append((claim, resolve(claim, cast, heard, lexicon)))
        heard[:0] = [spoken[-1][1]] if claim.kind == "opens" else []
    for kinds in _ORDER:
        found = [(claim, name) for claim, name in spoken if claim.kind in kinds and (name or claim.kind in _NAMELESS)]
        if found:
            alone = found[0][0].kind in ("said", *_NAMELESS)
            return found[:1] if alone else [(claim, name) for claim, name in found if name]
    return []


def find_place(title: str, cast: Cast, lexicon: Lexicon) -> str:
    """Return the region that a piece of news about works names most often, or nothing."""
    if not lexicon.rule("claims", "works").pattern.search(title):
        return ""
    full = [name for name in cast.regions if len(name) > 2 and is_region(name, lexicon)]
    return max(full, key=lambda name: cast.regions[name], default="")


def resolve(claim: Claim, cast: Cast, before: Sequence[str], lexicon: Lexicon) -> str:
    """Return the name that a claim means, or nothing.

    A level (全市, 县长) means the region of that level, which may be the main speaker; 公司 or 局 the last in
    ``before`` (latest first) of that kind.
    """
    level = lexicon.rule("claims", "level").pattern.search(claim.name)
    if not claim.name:
        return ""
    if level:
        town = lexicon.rule("claims", "township").pattern.search(level["it"])
        near = next((name for name in before if town and name.endswith(level["it"]) and is_region(name, lexicon)), "")
        return near or find_level(claim.name, level["it"], cast, lexicon)
    stand_in = lexicon.rule("claims", "stand-in").pattern.search(claim.name)
    if stand_in or "|" in claim.name:
        heads = tuple((stand_in["it"] if stand_in else claim.name).split("|"))
        return find_kind(heads, [*before, cast.main], lexicon)
    if claim.region and not is_known_region(claim.name, cast, lexicon):
        return ""
    name = cast.names.get(claim.name, claim.name)
    recent = next((other for other in before if other.endswith(name)), name)
    if recent != name and not is_region(name, lexicon):
        return recent
    own = cast.by_source and claim.kind == "will" and is_known_region(name, cast, lexicon)
    return cast.main if own and is_home(name, cast.main, lexicon) else name


def is_home(region: str, office: str, lexicon: Lexicon) -> bool:
    """Tell whether a region can be the one of an office: its name says so, or it names no other region."""
    if is_region(office[0], lexicon):
        return region[-1] == office[0] or not is_region(region, lexicon)
    return office.startswith(region[:2])


def is_known_region(name: str, cast: Cast, lexicon: Lexicon) -> bool:
    """Tell whether a name without its level is a region's: the text has it with one, or it is a province's."""
    fuller = cast.names.get(name, name)
    return is_region(fuller, lexicon) or name in lexicon.texts("places")


def find_level(name: str, level: str, cast: Cast, lexicon: Lexicon) -> str:
    """Return the region of a level: the main speaker if it is one or its government, else the one named most."""
    owner = next((cast.main[:end] for end in range(len(cast.main), 1, -1) if cast.main[:end].endswith(level)), "")
    if owner and len(cast.main) - len(owner) <= _GOVERNMENT and not is_bureau(cast.main, lexicon):
        return cast.main
    fuller = cast.names.get(name, name)
    if len(name) > 1 and len(fuller) > len(name):
        return fuller
    organ = lexicon.rule("claims", "organ").pattern.match(name)
    own = {region: count for region, count in cast.regions.items() if region.endswith(level) and len(region) > 1}
    found = max(own, key=lambda region: own[region], default=name if organ and len(name) > 1 else "")
    return cast.names.get(found, found)


def is_bureau(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name is that of an office below a government."""
    return name.endswith(lexicon.texts("claims_heads", kind="bureau"))


def find_kind(heads: tuple[str, ...], before: Sequence[str], lexicon: Lexicon) -> str:
    """Return the first of the names that ends with one of ``heads``; a word for a company means any company."""
    firm = set(heads) & set(lexicon.rule("claims", "company").attributes["words"])
    for name in before:
        if name.endswith(heads) or any(f"{head}" in name[2:] for head in heads if len(head) > 1):
            return name
        if firm and name and not is_region(name, lexicon) and not is_office(name, lexicon):
            return name
    return ""


def once(voices: Iterable[Voice]) -> Iterator[Voice]:
    """Yield the voices, each name once."""
    seen: set[str] = set()
    for voice in voices:
        if voice.name not in seen:
            seen.add(voice.name)
            yield voice
