"""The invented ledger, for every test of the room."""

from __future__ import annotations

import pytest

from graph.model import Ledger
from tests.view.invented import make_ledger


@pytest.fixture
def ledger() -> Ledger:
    return make_ledger()
