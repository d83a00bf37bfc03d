"""Feature templates in the manner of CRF++: which columns, at which offsets, make one feature."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.extract.tagger.arrays import Keys, look
from graph.extract.tagger.hashing import mix_keys, spread_bits

_FOLDER = Path(__file__).parent
_PART = re.compile(r"([\w.]+)\[(-?\d+)\]")
_CHAR_SEED, _WORD_SEED, _SPAN_SEED = 1000, 2000, 3000


@dataclass(frozen=True, slots=True)
class Template:
    """One feature: its seed, by which equal values of two templates differ, and its columns with their offsets."""

    seed: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FeatureSet:
    """The templates of characters, of words and of whole spans."""

    char: tuple[Template, ...]
    word: tuple[Template, ...]
    span: tuple[Template, ...]


def read_features(drop: Collection[str] = ()) -> FeatureSet:
    """Return the templates that came with the model; of characters and words, those without a column in ``drop``."""
    return FeatureSet(
        _read_templates("char_templates.txt", _CHAR_SEED, drop),
        _read_templates("word_templates.txt", _WORD_SEED, drop),
        _read_templates("span_templates.txt", _SPAN_SEED),
    )


def make_keys(columns: Mapping[str, Keys], templates: Sequence[Template]) -> list[Keys]:
    """Return for each template the key of its feature at every place."""
    wanted = dict.fromkeys(part for template in templates for part in template.parts)
    values = {(name, offset): look(spread_bits(columns[name]), offset) for name, offset in wanted}
    return [mix_keys(template.seed, [values[part] for part in template.parts]) for template in templates]


def _read_templates(name: str, seed: int, drop: Collection[str] = ()) -> tuple[Template, ...]:
    templates = []
    for number, line in enumerate((_FOLDER / name).read_text(encoding="utf-8").splitlines(), seed):
        parts = tuple((column, int(offset)) for column, offset in _PART.findall(line.partition("#")[0]))
        if parts and not any(column in drop for column, _ in parts):
            templates.append(Template(number, parts))
    return tuple(templates)
