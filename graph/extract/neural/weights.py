"""The model's file: tables of 8-bit integers with a scale per row, the rest in 16-bit floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.extract.neural.arrays import Floats
from graph.extract.neural.network import Network, make_network
from graph.extract.neural.vocabulary import BREAK, Vocabulary, make_vocabulary

_LISTS = {"chars": BREAK + 1, "words": BREAK + 1, "tags": 1}
"""The lists of the vocabulary and the row of their first entry."""
_TABLES = ("char", "bigram", "word")


@dataclass(frozen=True, slots=True)
class Model:
    """What a model's file holds; a name needs at least the probability ``threshold``."""

    network: Network
    vocabulary: Vocabulary
    threshold: float


def read_model(path: Path) -> Model:
    """Return the model of an npz file, as ``benchmarks.neural.final`` writes it.

    Raises:
        OSError, KeyError, ValueError: there is no such file, or it holds no model.
    """
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    rows = {name: _number_list(arrays[name], first) for name, first in _LISTS.items()}
    network = make_network(_unpack_weights(arrays))
    return Model(network, make_vocabulary(**rows), float(arrays["limits"][0]))


def _number_list(text: NDArray[np.uint8], first: int) -> dict[str, int]:
    return {entry: row for row, entry in enumerate(text.tobytes().decode("utf-8").split("\n"), first)}


def _unpack_weights(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return 32-bit weights, the tables projected to the network's width once and for all."""
    weights = {name: array.astype(np.float32) for name, array in arrays.items() if array.dtype == np.float16}
    for name in _TABLES:
        table = arrays[name] * weights.pop(f"{name}_scale")[:, None]
        weights[name] = table @ weights.pop(f"{name}_to")
    weights["char"] += weights.pop("bias")
    return weights
