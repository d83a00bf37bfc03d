"""Who has the word in each sentence of a piece of news.

A paragraph is whose the one before it was, or, where one source speaks for all, the main speaker's, until a clause
gives the word to somebody else; then it is theirs until the next one speaks. What stands before the first claim of a
paragraph as its lead (a quoted sentence, a short one) belongs to whom the claim names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from graph.lexicon import Lexicon
from graph.read.casting import Cast, Voice, choose, once, resolve
from graph.read.claims import Claim, Line, open_paragraph

Voices = tuple[Voice, ...]
_LEAD = 26


def hear_lines(lines: Sequence[Line], cast: Cast, lexicon: Lexicon) -> Iterator[Voices]:
    """Yield who has the word in each line."""
    goes_on = lexicon.rule("news", "goes-on").pattern
    main: Voices = (Voice(cast.main, cast.rule),) if cast.main else ()
    before: list[str] = []
    beside: Voices = ()
    current = main
    for _, group in groupby(lines, key=lambda line: line.paragraph):
        paragraph = list(group)
        heard = list(hear_paragraph(paragraph, cast, before, lexicon))
        if not goes_on.match(paragraph[0].sentence.text):
            first = current if current and cast.main and not cast.by_source else main
            current = lead_in(paragraph, heard, first, lexicon)
        for line, voices in zip(paragraph, heard, strict=True):
            current = current if voices is None else voices
            if not goes_on.match(line.sentence.text):
                beside = tuple(find_partners(line, cast, before, lexicon))
            yield tuple(once((*current, *(beside if current else ()))))


def hear_paragraph(
    paragraph: Sequence[Line], cast: Cast, before: list[str], lexicon: Lexicon
) -> Iterator[Voices | None]:
    """Yield who takes the word in each line of a paragraph, or None; ``before`` learns the names, latest first."""
    begun = False
    labelled = lexicon.rule("claims", "labelled").pattern.match(paragraph[0].sentence.text)
    for number, line in enumerate(paragraph):
        before[:] = dict.fromkeys((*list_towns(line, cast, lexicon), *before))
        opening = number == 0 or ((labelled or number == 1) and not begun)
        openers = open_paragraph(line.sentence, lexicon) if opening else ()
        claims = sorted((*line.claims, *openers), key=lambda claim: claim.span.start)
        voices = None if begun and goes_on(claims, lexicon) else find_voices(claims, cast, before, lexicon)
        begun = begun or voices is not None
        for voice in voices or ():
            before[:] = [voice.name, *(name for name in before if name != voice.name)]
        yield voices


def list_towns(line: Line, cast: Cast, lexicon: Lexicon) -> Sequence[str]:
    """Return the towns that a line names, latest first: whom its 镇长 means."""
    text, town = line.sentence.text, lexicon.rule("claims", "township").pattern
    found = {name: text.rfind(name) for name in cast.regions if len(name) > 2 and town.search(name)}
    return sorted((name for name in found if found[name] >= 0), key=lambda name: -found[name])


def goes_on(claims: Sequence[Claim], lexicon: Lexicon) -> bool:
    """Tell whether the claims of a sentence only name the region by its level: in 县里还将 its bureau speaks on."""
    level = lexicon.rule("claims", "level").pattern
    return all(claim.kind in ("will", "acts") and level.search(claim.name) for claim in claims)


def find_voices(claims: Sequence[Claim], cast: Cast, before: Sequence[str], lexicon: Lexicon) -> Voices | None:
    """Return who has the word by the claims of one sentence, nobody if a guest has it, or None."""
    chosen = choose(claims, cast, before, lexicon)
    if not chosen or chosen[0][0].kind == "on":
        return None
    return tuple(once(Voice(name, claim.rule) for claim, name in chosen if name))


def lead_in(paragraph: Sequence[Line], heard: Sequence[Voices | None], before: Voices, lexicon: Lexicon) -> Voices:
    """Return who has the word at the beginning of a paragraph: ``before``, unless what stands first is a lead."""
    first = next((number for number, voices in enumerate(heard) if voices is not None), 0)
    text = "".join(line.sentence.text for line in paragraph[:first])
    quoted = lexicon.rule("news", "quoted").pattern.match(text)
    return heard[first] or () if first and (quoted or len(text) <= _LEAD) else before


def find_partners(line: Line, cast: Cast, before: Sequence[str], lexicon: Lexicon) -> Iterator[Voice]:
    """Yield who speaks beside the others in a line: a partner who signs, an authority whose plan it is."""
    for claim in line.claims:
        name = resolve(claim, cast, before, lexicon) if claim.kind == "beside" else ""
        if name:
            yield Voice(name, claim.rule)
