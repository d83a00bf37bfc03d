"""The network: looked-up vectors, then four residual dilated convolutions, then two linear heads.

Dilated convolutions for sequences of names after Strubell et al. 2017 ("Fast and accurate entity recognition with
iterated dilated convolutions"). A convolution of three taps yields two places from four products, not six, by
Winograd's minimal filtering F(2, 3) (Lavin & Gray 2016, "Fast algorithms for convolutional neural networks").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from graph.extract.neural.arrays import Floats, Ints
from graph.extract.neural.encoding import Coded

DILATIONS = (1, 2, 4, 8)
REACH = sum(DILATIONS)
"""How many characters to either side a vector depends on."""

_TABLES = ("char", "bigram", "word", "place", "mark")
_PRODUCTS = 4
_STEP = 2 * max(DILATIONS)
_HALO = _STEP
_CHUNK = 1024  # characters; the buffers stay in the cache


@dataclass(frozen=True, slots=True)
class Convolution:
    """Four transformed filters (4 x width x width), and what is added to every place."""

    filters: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Head:
    """A linear map of the vectors."""

    weights: Floats
    bias: Floats

    def apply(self, vectors: Floats) -> Floats:
        """Return a row of scores for each vector."""
        scores: Floats = vectors @ self.weights + self.bias
        return scores


@dataclass(frozen=True, slots=True)
class Network:
    """The weights; ``tables`` in the order of the columns they are looked up by.

    ``steps`` (states x states) and ``edges`` (first and last state of a clause) score the chain, in logarithms.
    """

    tables: tuple[Floats, ...]
    convolutions: tuple[Convolution, ...]
    states: Head
    types: Head
    steps: Floats
    edges: Floats

    def compute_vectors(self, coded: Coded) -> Floats:
        """Return the vector of each character, which depends on ``REACH`` characters to either side.

        The characters pass in chunks that overlap by as much, so that chunks change nothing.
        """
        total = len(coded.char)
        vectors = np.empty((total, self.tables[0].shape[1]), np.float32)
        chunk = -(-total // -(-total // _CHUNK))
        work = _Workspace.make(chunk + 2 * _HALO, vectors.shape[1])
        columns = (coded.char, coded.bigram, coded.word, coded.place, coded.mark)
        for start in range(0, total, chunk):
            end = min(total, start + chunk)
            low, high = max(0, start - _HALO), min(total, end + _HALO)
            x = self._embed([column[low:high] for column in columns], work)
            for dilation, convolution in zip(DILATIONS, self.convolutions, strict=True):
                _convolve(x, high - low, dilation, convolution, work)
            np.maximum(x[start - low : end - low], 0, out=vectors[start:end])
        return vectors

    def score_types(self, vectors: Floats, start: Ints, end: Ints) -> Floats:
        """Return each span's scores of the types: the mean over its characters, and what its border adds."""
        if not len(start):
            return np.zeros((0, self.types.bias.size // 3), np.float32)
        length = end - start
        begin = np.cumsum(length) - length
        at = np.repeat(start - begin, length) + np.arange(length.sum())
        inner, first, last = np.split(self.types.apply(vectors[at]), 3, axis=1)
        mean = np.add.reduceat(inner, begin) / length[:, None].astype(np.float32)
        scores: Floats = mean + first[begin] + last[begin + length - 1]
        return scores

    def _embed(self, columns: list[Ints], work: _Workspace) -> Floats:
        """Return the sum of the looked-up rows, zeros behind the last character."""
        x, size = work.vectors, len(columns[0])
        x[size:] = 0
        np.take(self.tables[0], columns[0], 0, out=x[:size], mode="clip")
        looked = work.sums.reshape(x.shape)[:size]
        for table, column in zip(self.tables[1:], columns[1:], strict=True):
            x[:size] += np.take(table, column, 0, out=looked, mode="clip")
        return x


@dataclass(frozen=True, slots=True)
class _Workspace:
    """Arrays that every chunk uses again."""

    vectors: Floats
    padded: Floats
    inputs: Floats
    products: Floats

    @classmethod
    def make(cls, rows: int, width: int) -> _Workspace:
        """Return a workspace for chunks of up to so many rows, made a multiple of twice the largest dilation."""
        rows = -(-rows // _STEP) * _STEP
        shapes = ((rows, width), (rows + _STEP, width), (_PRODUCTS, rows // 2, width), (_PRODUCTS, rows // 2, width))
        return cls(*(np.empty(shape, np.float32) for shape in shapes))

    @property
    def sums(self) -> Floats:
        """The half of the products that becomes the output."""
        return self.products[:2]


def make_network(weights: Mapping[str, Floats]) -> Network:
    """Return the network of named weights; a convolution's are its three taps, one below the other."""
    convolutions = tuple(
        Convolution(transform_filters(weights[f"conv{at}"]), weights[f"convb{at}"]) for at in range(len(DILATIONS))
    )
    return Network(
        tuple(weights[name] for name in ("char", "bigram", "word", "tagseg", "mark")),
        convolutions,
        Head(weights["bound"], weights["boundb"]),
        Head(weights["typ"], weights["typb"]),
        weights["chain"],
        weights["chain0"],
    )


def transform_filters(taps: Floats) -> Floats:
    """Return the filters of F(2, 3) for three taps, given one below the other."""
    left, middle, right = taps.reshape(3, -1, taps.shape[1])
    both = left + right
    return np.stack([left, (both + middle) / 2, (both - middle) / 2, right])


def _convolve(x: Floats, size: int, dilation: int, convolution: Convolution, work: _Workspace) -> None:
    """Add to ``x`` the convolution of its positive part; rows from ``size`` on stay zero.

    Places ``dilation`` apart form pairs: the first of a block and the second, computed from the four
    places a-d … d+d around them. All arrays are blocks x 2 x (dilation * width).
    """
    rows, width = x.shape
    padded = work.padded[: rows + 2 * dilation]
    padded[:dilation], padded[rows + dilation :] = 0, 0
    np.maximum(x, 0, out=padded[dilation : rows + dilation])
    blocks = padded.reshape(-1, 2, dilation * width)
    a, b, c, d = blocks[:-1, 0], blocks[:-1, 1], blocks[1:, 0], blocks[1:, 1]
    inputs = work.inputs.reshape(_PRODUCTS, *a.shape)
    np.subtract(a, c, out=inputs[0])
    np.add(b, c, out=inputs[1])
    np.subtract(c, b, out=inputs[2])
    np.subtract(b, d, out=inputs[3])
    first, plus, minus, second = np.matmul(work.inputs, convolution.filters, out=work.products)
    plus += convolution.bias
    first += plus
    first += minus
    np.subtract(plus, minus, out=plus)
    np.subtract(plus, second, out=plus)
    x.reshape(-1, 2, dilation * width)[:] += work.sums.reshape(2, *a.shape).transpose(1, 0, 2)
    x[size:] = 0
