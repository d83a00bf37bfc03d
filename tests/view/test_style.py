"""Colours: enough contrast, apart for every eye, apart in grey; never colour alone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from graph.view.words import load_style

Floats = NDArray[np.float64]
STYLE = load_style()
KINDS = ["office", *STYLE["types"]]
# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
DEFICIENCIES = {
    "none": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def _linear(colour: str) -> Floats:
    raw = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    found: Floats = np.where(raw <= 0.04045, raw / 12.92, ((raw + 0.055) / 1.055) ** 2.4)
    return found


def _luminance(colour: str) -> float:
    return float(_linear(colour) @ [0.2126, 0.7152, 0.0722])


def _contrast(a: str, b: str) -> float:
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _lab(linear: Floats) -> Floats:
    xyz = np.clip(linear, 0, 1) @ np.array(
        [[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]]
    )
    t = xyz / [0.9505, 1.0, 1.089]
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_stand_out_and_text_is_readable(theme: str) -> None:
    page = STYLE["page"][theme]
    for kind in KINDS:
        assert _contrast(STYLE[kind][theme], page["ground"]) >= 3.0, kind
    for ground in ("ground", "soft", "chosen", "touched"):
        for ink in ("ink", "quiet", "accent"):
            assert _contrast(page[ink], page[ground]) >= 4.5, (ink, ground)
    assert _contrast(page["ink"], page["mark"]) >= 4.5
    assert _contrast(page["edge"], page["ground"]) >= 3.0
    assert _contrast(STYLE["office"][theme], page["ground"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_types_stay_apart_for_every_eye(deficiency: str, theme: str) -> None:
    matrix = np.array(DEFICIENCIES[deficiency])
    for a, b in combinations(KINDS, 2):
        seen = [_lab(matrix @ _linear(STYLE[kind][theme])) for kind in (a, b)]
        assert np.linalg.norm(seen[0] - seen[1]) >= 20, (theme, a, b)


def test_every_type_has_a_shape_of_its_own() -> None:
    assert len({STYLE[kind]["shape"] for kind in KINDS}) == len(KINDS)
