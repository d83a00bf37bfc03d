"""What many tests need: the seeds built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.pipeline import Built, Settings, build

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the two seed pages as built by the pipeline."""
    return build(Settings((SEEDS,), tmp_path_factory.mktemp("seeds") / "output"))
