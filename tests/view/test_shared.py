from __future__ import annotations

from dataclasses import replace

from graph.model import Ledger, LinkRow
from graph.view.shared import list_shared

ROW = LinkRow("a.txt", "区建设局", "jsj", "pledger", "park", "江北园", "江北园", "place", 0, 3)


def test_regions_that_everyone_salutes_come_after_what_offices_do_together() -> None:
    offices = ("jsj", "wlj", "swj")
    saluted = [
        replace(ROW, organisation_id=office, entity_id=label, entity=label)
        for office in offices
        for label in ("云江大湾区", "长三角")
    ]
    shared = list_shared(Ledger((), (ROW, replace(ROW, organisation_id="wlj"), *saluted), ()))
    assert [(one.label, len(one.offices)) for one in shared] == [("江北园", 2), ("云江大湾区", 3), ("长三角", 3)]
