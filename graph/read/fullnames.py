"""Which names of a piece of news are short for others, and which regions it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from graph.lexicon import Lexicon
from graph.read.claims import Line
from graph.read.naming import is_deictic, is_region, is_speaker

_FULLER, _SPELT = 4, 5
_SHORT, _LEVEL, _BRAND = 2, 2, 3


def lengthen_names(names: Iterable[str], lexicon: Lexicon) -> Mapping[str, str]:
    """Return each name as the fullest that is given: 市发改委 is 云溪市发改委, 松云重工 is 松云重工有限公司."""
    known = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    return {name: next(find_fuller(name, known, lexicon), name) for name in known}


def find_fuller(name: str, known: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield the names that ``name`` is short for, best first: with its region, spelt out, with its level, in full."""
    region, short = is_region(name, lexicon), len(name) == _SHORT
    if not short:
        yield from (one for one in known if one.endswith(name) and is_prefix(one[: -len(name)], name, lexicon))
    if region and short:
        yield from (one for one in known if len(one) > _SPELT and one[0] + one[-1] == name)
    longer = [one for one in known if not region and one != name and one.startswith(name)]
    yield from (one for one in longer if len(one) - len(name) <= _LEVEL and is_region(one, lexicon))
    if len(name) > _BRAND:
        yield from (one for one in longer if one.endswith(lexicon.texts("claims_heads", kind="company")))


def find_short_forms(lines: Sequence[Line], known: Iterable[str], lexicon: Lexicon) -> Mapping[str, str]:
    """Return the names that the text itself shortens, by their short forms: 松云新能源有限公司（“松云能源”）."""
    rule = lexicon.rule("claims", "abbreviates").pattern
    matches = [match for line in lines for match in rule.finditer(line.sentence.text)]
    longest = sorted(known, key=len, reverse=True)
    pairs = ((match["short"], next(filter(match["it"].endswith, longest), "")) for match in matches)
    return {short: full for short, full in pairs if full and not is_deictic(short, lexicon)}


def is_prefix(words: str, name: str, lexicon: Lexicon) -> bool:
    """Tell whether words before a name are the region that makes it full."""
    level = name[0] in lexicon.texts("claims_heads", kind="region")
    return 0 < len(words) <= _FULLER and (level or is_region(words, lexicon) or words in lexicon.texts("places"))


def count_regions(title: str, lines: Sequence[Line], lexicon: Lexicon) -> Mapping[str, int]:
    """Return how often each region is named, alone or before an office: 云溪 + 市, 云溪 + 市委.

    With what the headlines begin is counted in the text, whatever the tagger takes it for.
    """
    heads = lexicon.texts("claims_heads", kind="region")
    text = "".join(line.sentence.text for line in lines)
    stems = {headline[:size] for headline in title.split("\n") for size in (2, 3)}
    found = Counter({stem + head: text.count(stem + head) for stem in stems for head in heads if len(head) == 1})
    for line in lines:
        for left, right in pairwise(line.sentence.tokens):
            if left.tag[0] != "n" or left.tag == "n":
                continue
            organ = lexicon.rule("claims", "organ").pattern.match(right.text)
            head = organ["it"] if organ else ""
            if left.text.endswith(heads) and (len(left.text) > 2 or not head):
                found[left.text] += 1
            else:
                found[left.text + head] += bool(head)
    return {name: found[name] for name in found if len(name) > 1 and found[name] and is_speaker(name, lexicon)}
