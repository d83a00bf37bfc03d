"""Who says, or is said, to do something: claims in the running text of news."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph.lexicon import Lexicon, Rule
from graph.model import Sentence, Span
from graph.read.clauses import find_holders, find_opener, find_speaker, is_verbal, skip_opening, split_clauses
from graph.read.naming import (
    Name,
    complete_head,
    find_name,
    find_names,
    is_bare,
    is_deictic,
    is_office,
    is_region,
    list_words,
)

Kind = Literal["source", "told", "said", "will", "signs", "opens", "acts", "guest", "on", "agent", "beside"]
_VERBS: tuple[tuple[Kind, str], ...] = (("said", "says"), ("will", "intends"), ("acts", "does"))
_COLON = "："
_GRAMMAR = ("list", "stop", "title", "part")


@dataclass(frozen=True, slots=True)
class Claim:
    """A name to which a sentence gives the word; ``span`` in reading offsets, ``region`` if the tagger says so."""

    name: str
    kind: Kind
    span: Span
    rule: str
    region: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its claims, and the number of its paragraph."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    paragraph: int


def find_people(sentences: Sequence[Sentence], lexicon: Lexicon) -> Mapping[str, str]:
    """Return the office, or what stands for it, for which each person who is named with a title speaks."""
    people: dict[str, str] = {}
    for sentence in sentences:
        for clause in split_clauses(sentence, lexicon):
            for holder in find_holders(sentence, clause, lexicon):
                if holder.person:
                    people.setdefault(holder.person, holder.office.text)
    return people


def find_claims(sentence: Sentence, people: Mapping[str, str], lexicon: Lexicon) -> tuple[Claim, ...]:
    """Return the claims of a sentence, in the order of their place; rules say which kind each is."""
    found = [claim for rule in lexicon.rules["claims"] for claim in _apply(rule, sentence, lexicon)]
    pending: Name | None = None
    for clause in split_clauses(sentence, lexicon):
        claims = list(read_clause(sentence, clause, people, lexicon))
        if pending and not claims and (rule := find_verb(sentence, clause, lexicon)):
            claims = [_claim(pending, *rule)]
        pending = None if claims else find_opener(sentence, clause, lexicon)
        found += claims
    return tuple(sorted(found, key=lambda claim: (claim.span.start, -claim.span.end)))


def read_clause(sentence: Sentence, clause: Span, people: Mapping[str, str], lexicon: Lexicon) -> Iterator[Claim]:
    """Yield what the subject of a clause claims: it says something, will do something, or does it."""
    text, says = sentence.text, lexicon.rule("claims", "says").pattern
    on = lexicon.rule("claims", "pronoun").pattern.match(text[clause.start :])
    if on and says.search(text, clause.start):
        yield Claim("", "on", clause, "claims/pronoun")
        return
    person = next((one for one in people if text.startswith(one, clause.start)), "")
    if person and says.search(text, clause.start + len(person)):
        office = Name(people[person], Span(clause.start, clause.start + len(person)))
        yield _claim(office, "said", "person")
        return
    holder = find_speaker(sentence, clause, lexicon)
    if holder and not says.search(text, clause.start, holder.office.span.start):
        if says.search(text, holder.end) or text.startswith(_COLON, clause.end):
            yield _claim(holder.office, "said", "holder")
        return
    signs = lexicon.rule("claims", "signs").pattern.match(text[clause.start : clause.end])
    if signs:
        both = [Span(clause.start + signs.start(group), clause.start + signs.end(group)) for group in ("it", "other")]
        partners = [name for span in both for name in find_names(sentence, span, lexicon)]
        if len(partners) > 1:
            yield from (_claim(name, "signs", "signs") for name in partners)
            return
    yield from read_verb(sentence, clause, people.values(), lexicon)


def find_verb(sentence: Sentence, clause: Span, lexicon: Lexicon) -> tuple[Kind, str] | None:
    """Return what a clause without a subject says of the subject of the one before: its first words are the verb."""
    for kind, rule in _VERBS[:2]:
        if lexicon.rule("claims", rule).pattern.match(sentence.text, clause.start, clause.end):
            return kind, rule
    return None


def read_verb(sentence: Sentence, clause: Span, known: Collection[str], lexicon: Lexicon) -> Iterator[Claim]:
    """Yield what a subject without a title claims, by the first verb that counts."""
    body = sentence.text[clause.start : clause.end]
    hits = [
        (match.start(), *verb) for verb in _VERBS for match in lexicon.rule("claims", verb[1]).pattern.finditer(body)
    ]
    verbs = sorted(hit for hit in hits if hit[0])
    for start, kind, rule in verbs:
        filler = lexicon.rule("claims", "filler").pattern.search(body[:start])
        span = Span(clause.start, clause.start + (filler.start() if filler else start))
        names = find_names(sentence, span, lexicon, known) if span.start < span.end else []
        names = [name for name in names if not name.led]
        if not names and kind == "will" and (name := find_bare(sentence, span, clause, lexicon)):
            yield _claim(name, kind, "bare")
            return
        if names:
            must = lexicon.rule("claims", "must").pattern.match(body, start) and is_office(names[0].text, lexicon)
            yield from (_claim(name, "told" if must else kind, rule) for name in names)
            return
        if kind == "said" and lexicon.rule("claims", "guest").pattern.search(body[:start]):
            yield Claim("", "guest", span, "claims/guest")
            return


def find_bare(sentence: Sentence, span: Span, clause: Span, lexicon: Lexicon) -> Name | None:
    """Return a name without a head, if what its clause says only a company says: 某某将投资……."""
    text = sentence.text
    invests = lexicon.rule("claims", "bare").pattern.match(text[clause.start : clause.end])
    bare = is_bare(list_words(sentence, span)) and not is_deictic(text[span.start : span.end], lexicon)
    return Name(text[span.start : span.end], span) if invests and bare else None


def open_list(sentence: Sentence, start: int, heads: tuple[str, ...], lexicon: Lexicon) -> Span | None:
    """Return the offices with which a clause opens, as far as the verb behind them; ``start`` is in reading offsets."""
    clause = next((one for one in split_clauses(sentence, lexicon) if one.end > start), None)
    begin = max(start, clause.start) if clause else start
    joint = lexicon.rule("orders", "joint").pattern
    words = list_words(sentence, Span(begin, clause.end + 1 if clause else begin))
    for word, after in pairwise(words):
        if sentence.text[begin : word.span.end].endswith(heads) and (is_verbal(after) or joint.match(after.text)):
            partner = joint.match(sentence.text, word.span.end)
            more = open_list(sentence, partner.end(), heads, lexicon) if partner else None
            return Span(begin, more.end if more else word.span.end)
    return None


def open_paragraph(sentence: Sentence, lexicon: Lexicon) -> Iterator[Claim]:
    """Yield the claims of the offices and companies with which a paragraph, or a part of its first sentence, opens."""
    part = lexicon.rule("news", "part").pattern
    for number, clause in enumerate(split_clauses(sentence, lexicon)):
        if number and not part.search(sentence.text[: clause.start]):
            continue
        holder = None if number else find_speaker(sentence, clause, lexicon)
        name = holder.office if holder and holder.person else find_opener(sentence, clause, lexicon)
        if name and not is_deictic(name.text, lexicon):
            yield _claim(name, "opens", "opens")


def _claim(name: Name, kind: Kind, rule: str) -> Claim:
    return Claim(name.text, kind, name.span, f"claims/{rule}", name.region)


def _apply(rule: Rule, sentence: Sentence, lexicon: Lexicon) -> Iterator[Claim]:
    kind = rule.attributes["kind"]
    if kind in _GRAMMAR:
        return
    for match in rule.pattern.finditer(sentence.text):
        for one in lexicon.rule("claims", "name").pattern.finditer(match["it"]):
            start = match.start("it") + one.start("it") + skip_opening(one["it"], lexicon)
            name = find_name(sentence, Span(start, match.start("it") + one.end("it")), lexicon)
            if name:
                yield _claim(complete_head(sentence, name, lexicon), kind, rule.name)


def find_turns(claims: Sequence[Claim], text: str, lexicon: Lexicon) -> list[int]:
    """Return where in a sentence the word goes on to an office or a company that is named there."""
    turns = lexicon.rule("claims", "turn").pattern
    found = []
    names = {claim.name for claim in claims[:1] if claim.kind != "told"}
    for claim in claims:
        named = claim.kind in ("told", "will", "said") and not is_deictic(claim.name, lexicon)
        before = turns.search(text[: claim.span.start])
        if named and before and claim.name not in names and not is_region(claim.name, lexicon):
            found.append(before.start("it"))
        names.add(claim.name)
    return sorted({start for start in found if start})
