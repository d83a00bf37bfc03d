"""Who says, or is said, to do something: claims in the running text of news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.lexicon import Lexicon, Rule
from graph.model import Sentence, Span

Kind = Literal["source", "will", "name", "said", "acts", "person", "agent", "beside"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A name to which a sentence gives the word; ``span`` in reading offsets, ``region`` if the tagger says so."""

    name: str
    kind: Kind
    span: Span
    rule: str
    region: bool = False


def find_claims(sentence: Sentence, lexicon: Lexicon) -> tuple[Claim, ...]:
    """Return the claims of a sentence, in the order of their place; rules say which kind each is."""
    found = [claim for rule in lexicon.rules["claims"] for claim in _apply(rule, sentence, lexicon)]
    return tuple(sorted(found, key=lambda claim: (claim.span.start, -claim.span.end)))


def _apply(rule: Rule, sentence: Sentence, lexicon: Lexicon) -> Iterator[Claim]:
    kind = rule.attributes["kind"]
    if kind in ("list", "stop", "title"):
        return
    regions = {token.span for token in sentence.tokens if token.tag == "ns"} if kind == "name" else set()
    for match in rule.pattern.finditer(sentence.text):
        if kind == "holder" and not lexicon.rule("claims", "says").pattern.search(sentence.text, match.end()):
            continue
        for one in lexicon.rule("claims", "name").pattern.finditer(match["it"]):
            before = lexicon.rule("claims", "trim").pattern.match(one["it"])
            name = one["it"][before.end() :] if before else one["it"]
            if kind == "person" or (len(name) == 1 and is_region(name, lexicon)) or is_speaker(name, lexicon):
                end = match.start("it") + one.end("it")
                span = Span(end - len(name), end)
                said: Kind = "said" if kind == "holder" else kind
                yield Claim(name, said, span, f"claims/{rule.name}", span in regions)


def is_speaker(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name can be that of somebody who pledges."""
    return len(name) > 1 and not lexicon.rule("claims", "nobody").pattern.search(name)


def is_region(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name ends like that of a region."""
    return bool(name) and lexicon.rule("claims", "region").pattern.search(name) is not None


def find_holders(sentences: Sequence[Sentence], lexicon: Lexicon) -> Mapping[str, str]:
    """Return the office or region for which each person who is named with a title speaks."""
    holders: dict[str, str] = {}
    rules = [rule for rule in lexicon.rules["claims"] if rule.attributes["kind"] == "holder"]
    for sentence in sentences:
        for rule in rules:
            for match in rule.pattern.finditer(sentence.text):
                if is_speaker(match["it"], lexicon):
                    holders[match["person"]] = match["it"]
    return holders
