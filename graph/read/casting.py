"""Who has the word in a piece of news: one speaker in general, others for their sentences.

In general speaks the source (记者从……获悉), else who is most often said to be going to act, else who is quoted,
else the region where the works of the title are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.model import Sentence
from graph.read.claims import Claim, find_holders, is_region, is_speaker

_WEIGHTS = {"source": 100, "will": 10, "name": 8, "said": 3, "acts": 2, "person": 2}
_STRONG = ("source", "will", "name")
_TITLE_BONUS = 15
_FULLER = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its claims, and the number of its paragraph."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    paragraph: int


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks: ``main`` in general (or nobody), ``holders`` for whom people speak, ``names`` in full."""

    main: str
    rule: str
    by_source: bool
    holders: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """A name that has the word in a sentence, and the rule that gave it."""

    name: str
    rule: str


def cast_item(title: str, lines: Sequence[Line], lexicon: Lexicon) -> Cast:
    """Return who speaks in a piece of news."""
    holders = find_holders([line.sentence for line in lines], lexicon)
    text = "\n".join(line.sentence.text for line in lines)
    companies = lexicon.texts("claims_heads", kind="company")
    names = lengthen_names([c.name for line in lines for c in line.claims] + list(holders.values()), companies)
    nobody = Cast("", "", False, holders, names)
    scores: Counter[str] = Counter()
    rules: dict[str, str] = {}
    sources: set[str] = set()
    for claim in (claim for line in lines for claim in line.claims):
        name = resolve_claim(claim, nobody, text, lexicon)
        if name and claim.kind in _WEIGHTS:
            scores[name] += _WEIGHTS[claim.kind]
            rules.setdefault(name, claim.rule)
            sources |= {name} if claim.kind == "source" else set()
    for name in scores:
        scores[name] += _TITLE_BONUS if name[:2] in title else 0
    works = lexicon.rule("claims", "works").pattern.search(title)
    if not scores or not (works or any(claim.kind in _STRONG for line in lines for claim in line.claims)):
        place = find_place(title, lines, lexicon)
        return Cast(place, "casting/place", False, holders, names)
    main = max(scores, key=lambda name: (scores[name], -list(scores).index(name)))
    return Cast(main, rules[main], main in sources, holders, names)


def lengthen_names(names: Iterable[str], companies: tuple[str, ...]) -> Mapping[str, str]:
    """Return each name as the fullest that is given: 市发改委 is 云溪市发改委, 松云重工 is 松云重工有限公司."""
    known = sorted(set(names), key=lambda name: (-len(name), name))
    full = {}
    for name in known:
        longer = [other for other in known if other.endswith(name) and 0 < len(other) - len(name) <= _FULLER]
        ahead = [other for other in known if other.startswith(name) and 0 < len(other) - len(name) <= 2]
        firms = [other for other in known if other.startswith(name) and other.endswith(companies)]
        full[name] = next(iter(longer * (len(name) > 2) + ahead * (len(name) == 2) + firms * (len(name) > 2)), name)
    return full


def resolve_claim(claim: Claim, cast: Cast, text: str, lexicon: Lexicon, host: str = "") -> str:
    """Return the name that a claim means, or nothing: a person's office, a name without a head if it is one.

    A word like 市 or 公司 means the ``host``, who has the word, or the main speaker.
    """
    name = find_office_of(claim.name, cast.holders) if claim.kind == "person" else claim.name
    if not name or lexicon.rule("claims", "generic").pattern.search(name):
        return (host or cast.main) if name else ""
    if lexicon.rule("claims", "government").pattern.search(name) and is_region(cast.main, lexicon):
        return cast.main
    if claim.kind == "name" and not is_known(claim, text, lexicon):
        return ""
    return cast.names.get(name, name)


def find_office_of(person: str, holders: Mapping[str, str]) -> str:
    """Return the office of a person, or nothing; a character after a name of two is no part of it."""
    return holders.get(person) or holders.get(person[:2], "")


def is_known(claim: Claim, text: str, lexicon: Lexicon) -> bool:
    """Tell whether a name without a head is a company's or a region's: a word beside it says so."""
    company = lexicon.texts("claims_company")
    return any(claim.name + word in text for word in company) or claim.region


def find_place(title: str, lines: Sequence[Line], lexicon: Lexicon) -> str:
    """Return the region that a piece of news about works names most often, or nothing."""
    if not lexicon.rule("claims", "works").pattern.search(title):
        return ""
    heads = lexicon.texts("claims_heads", kind="region")
    found = Counter(
        left.text if left.text.endswith(heads) else left.text + right.text
        for line in lines
        for left, right in pairwise(line.sentence.tokens)
        if left.tag[0] == "n" and left.tag != "n" and (left.text.endswith(heads) or right.text in heads)
    )
    names = [name for name in found if len(name) > 2 and is_speaker(name, lexicon)]
    return max(names, key=lambda name: found[name], default="")


def find_voices(line: Line, cast: Cast, current: Sequence[Voice], text: str, lexicon: Lexicon) -> tuple[Voice, ...]:
    """Return who has the word in a line; without a claim of its own it is the ``current`` one."""
    people = [find_office_of(c.name, cast.holders) for c in line.claims if c.kind == "person"]
    people += [claim.name for claim in line.claims if claim.kind == "said"]
    host = next(filter(None, people), "")
    spoken = [(claim, resolve_claim(claim, cast, text, lexicon, host)) for claim in line.claims]
    found = [(claim, keep_main(name, claim, cast, lexicon)) for claim, name in spoken if name]
    strong = [pair for pair in found if pair[0].kind in _STRONG]
    weak = [pair for pair in found if cast.main and pair[0].kind in ("said", "acts", "person")]
    voices = dict.fromkeys(Voice(name, claim.rule) for claim, name in strong or weak)
    return tuple(_once(voices or current))


def find_partners(line: Line, cast: Cast, text: str, lexicon: Lexicon) -> Iterator[Voice]:
    """Yield who speaks beside the others in a line: a partner who signs, an authority whose plan it is."""
    for claim in line.claims:
        name = resolve_claim(claim, cast, text, lexicon) if claim.kind == "beside" else ""
        if name:
            yield Voice(name, claim.rule)


def keep_main(name: str, claim: Claim, cast: Cast, lexicon: Lexicon) -> str:
    """Return the main speaker where a name only stands for it: the source's region, a region's own officials."""
    if cast.by_source and (claim.region or is_region(name, lexicon)) and is_home(name, cast.main, lexicon):
        return cast.main
    own = name.startswith(cast.main) or is_region(name[0], lexicon)
    if own and claim.kind in ("said", "person") and is_region(cast.main, lexicon):
        return cast.main
    return name


def is_home(region: str, office: str, lexicon: Lexicon) -> bool:
    """Tell whether a region can be the one of an office: its name says so, or it names no other region."""
    if is_region(office[0], lexicon):
        return region[-1] == office[0] or not is_region(region, lexicon)
    return office.startswith(region[:2])


def _once(voices: Iterable[Voice]) -> Iterator[Voice]:
    seen: set[str] = set()
    for voice in voices:
        if voice.name not in seen:
            seen.add(voice.name)
            yield voice
