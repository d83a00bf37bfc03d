"""The example of the ontology's README runs."""

from __future__ import annotations

import re

from graph.lexicon import ONTOLOGY
from graph.store.query import ask
from tests.store.sample import make_full_dataset


def test_the_example_runs() -> None:
    text = (ONTOLOGY / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```sparql\n(.*?)```", text, re.DOTALL)
    assert ask(make_full_dataset(), example).rows[0][1] == "2"
