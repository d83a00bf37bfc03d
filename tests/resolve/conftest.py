from __future__ import annotations

import pytest

from graph.lexicon import Lexicon, default_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return default_lexicon()
