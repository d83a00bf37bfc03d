"""Word classes from unlabelled text: PPMI, truncated SVD, spherical k-means at three sizes.

Levy & Goldberg 2014 (PPMI and SVD as an implicit factorisation, with smoothed contexts); Lin & Wu 2009 (k-means
word classes as features for sequence taggers).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import rjieba
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

from benchmarks.tagger.corpus import read_news, read_reports
from graph.extract.tagger.arrays import Ints, Levels, Singles
from graph.extract.tagger.hashing import hash_words
from graph.extract.tagger.words import LEARNED, WordTable

_REPORT_COPIES, _WINDOW, _LEAST, _SHORTEST_LINE, _SMOOTHING = 3, 3, 8, 4, 0.75
_DIMENSIONS, _CLASSES, _ROUNDS, _FREQUENT, _SEED = 100, (64, 320, 1200), 25, 12_000, 7
_PARTS, _TINY = 8, 1e-9


def learn_classes(folder: Path) -> WordTable:
    """Return the word table of the corpora in ``folder``, its self-learned columns empty."""
    words = _read_words(folder)
    counts = Counter(words)
    known = sorted((w for w, n in counts.items() if w and n >= _LEAST), key=lambda w: (-counts[w], w))
    number = {word: at for at, word in enumerate(known)}
    ids = np.array([number.get(word, -1) for word in words], np.int64)
    points = _find_vectors(_count_neighbours(ids, len(known)))
    weight = np.sqrt(np.array([counts[word] for word in known], np.float32))
    classes = np.stack([_group_points(points, weight, size) for size in _CLASSES], 1)
    keys = hash_words(known)
    order = np.argsort(keys, kind="stable")
    empty = np.zeros((len(keys), len(LEARNED)), np.uint16)
    return WordTable(keys[order], np.concatenate([classes[order] + np.uint16(1), empty], 1))


def _read_words(folder: Path) -> list[str]:
    """Return all words in order, empty ones between lines; reports count several times."""
    words: list[str] = []
    gap = [""] * _WINDOW
    for copies, texts in ((_REPORT_COPIES, (text for _, text in read_reports(folder))), (1, read_news(folder))):
        for text in texts:
            for line in text.splitlines():
                cut = rjieba.cut(line.strip())
                if len(cut) >= _SHORTEST_LINE:
                    words.extend((cut + gap) * copies)
    return words


def _count_neighbours(ids: Ints, size: int) -> csr_matrix:
    """Return weighted counts of words (rows) with their left and right neighbours (columns, apart)."""
    rows, columns, values = [], [], []
    for distance in range(1, _WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        known = (left >= 0) & (right >= 0)
        rows += [left[known], right[known]]
        columns += [right[known] + size, left[known]]
        values += [np.full(int(known.sum()), 1.0 / distance)] * 2
    places = (np.concatenate(rows), np.concatenate(columns))
    return coo_matrix((np.concatenate(values), places), (size, 2 * size)).tocsr()


def _find_vectors(counts: csr_matrix) -> Singles:
    """Return unit word vectors from the positive pointwise mutual information."""
    by_row, by_column = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel() ** _SMOOTHING
    by_column = by_column / by_column.sum()
    cell = counts.tocoo()
    gain = np.log(cell.data / (by_row[cell.row] * by_column[cell.col]))
    keep = gain > 0
    positive = coo_matrix((gain[keep], (cell.row[keep], cell.col[keep])), counts.shape).tocsr()
    left, strength, _ = svds(positive, _DIMENSIONS, v0=np.ones(counts.shape[0]), solver="arpack")
    vectors = (left * np.sqrt(strength)).astype(np.float32)
    unit: Singles = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(_TINY))
    return unit


def _group_points(points: Singles, weight: Singles, count: int) -> Levels:
    """Return the cluster of each point; the first centres are frequent words drawn with a fixed seed."""
    draw = np.random.default_rng(_SEED).choice(min(len(points), _FREQUENT), count, replace=False)
    centres = points[np.sort(draw)].copy()
    label = np.zeros(len(points), np.int64)
    for _ in range(_ROUNDS):
        label = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(points, _PARTS)])
        member = csr_matrix((weight, (label, np.arange(len(points)))), (count, len(points)))
        total = member @ points
        norm = np.linalg.norm(total, axis=1, keepdims=True)
        centres = np.where(norm > 0, total / np.maximum(norm, _TINY), centres).astype(np.float32)
    return label.astype(np.uint16)
