"""The folded text has the length of the original and says what rules are written for."""

from __future__ import annotations

import pytest

from graph.read.fold import fold_text
from tests.read.conftest import Read, list_statements


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("推进云溪产业园建设，投资3.5亿元。", "推进云溪产业园建设，投资3.5亿元。"),
        ("推进云溪产业园,投资１２％:年底", "推进云溪产业园，投资12%：年底"),
        ("1,200亿元 19:00", "1,200亿元 19:00"),
        ("推進雲溪產業園建設，確保東灣路通車。", "推进云溪产业园建设，确保东湾路通车。"),
        ("⼈⼯智能", "人工智能"),
        ("乾隆年间的云溪桥于今年修缮，后续项目明年推进建设，全长三千二百米，总投资三亿元。" * 3, ""),
    ],
)
def test_folding_keeps_the_length(text: str, folded: str) -> None:
    assert fold_text(text) == (folded or text)
    assert len(fold_text(text)) == len(text)


def test_half_width_marks_do_not_hide_who_speaks(read: Read) -> None:
    document = read("云溪今年新建大桥\n3月2日,市交通局召开动员大会。据悉,今年市交通局将新建东湾大桥。\n")
    assert list_statements(document)[0][0] == ("市交通局",)
    assert document.sections[0].sentences[1].text.startswith("3月2日,")
