"""The arrays of the network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def encode_text(text: str) -> Ints:
    """Return the code points of a text; those beyond the basic plane become U+FFFD."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    return np.minimum(codes, 0xFFFD, out=codes)
