"""The arrays of the tagger, and three movements along them."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint32]
Levels = NDArray[np.uint16]
Singles = NDArray[np.float32]
Value = TypeVar("Value", bound=np.generic)


def find_last(flags: Flags) -> Ints:
    """Return for each place the index of the last true flag up to it, 0 before the first."""
    found: Ints = np.maximum.accumulate(np.where(flags, np.arange(len(flags)), 0))
    return found


def find_next(flags: Flags) -> Ints:
    """Return for each place the index of the next true flag from it, the last index behind the last flag."""
    top = len(flags) - 1
    found: Ints = np.minimum.accumulate(np.where(flags, np.arange(len(flags)), top)[::-1])[::-1]
    return found


def look(values: NDArray[Value], by: int) -> NDArray[Value]:
    """Return for each place the value ``by`` places to the right (left if negative), round the ends."""
    return np.roll(values, -by)


def cap(values: Ints, top: int) -> Keys:
    """Return small numbers cut to 0 … ``top``."""
    return np.clip(values, 0, top).astype(np.uint32)
