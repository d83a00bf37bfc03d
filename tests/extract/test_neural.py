"""What the convolutional tagger finds in invented sentences, and what it must never do."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from graph.extract.neural.encoding import encode_sentences
from graph.extract.neural.network import REACH, Convolution, _convolve, _Workspace, transform_filters
from graph.extract.neural.tagger import MODEL, NeuralTagger, load_neural_tagger
from graph.extract.tagged import TaggedSpan
from graph.model import Sentence, Span
from graph.read.tokens import tag_words
from graph.spans import cover

TEXTS = (
    "加快建设青石高铁站、白石大桥等重大项目。",
    "支持青石大学建设国家重点实验室，推动“白石计划”落地见效。",
    "全市经济运行总体平稳，稳中有进。",
    "深入实施《青石河流域保护规划》，创建国家森林城市。",
    "好",
    "推进青石经济技术开发区扩区，新增规上工业企业30家；办好青石国际马拉松。",
)


def read(text: str) -> Sentence:
    return Sentence(text, (Span(0, len(text)),), tag_words(text))


@pytest.fixture(scope="module")
def document() -> list[Sentence]:
    return [read(text) for text in TEXTS * 40]


def find_names(text: str) -> dict[str, str]:
    [found] = load_neural_tagger().tag([read(text)])
    return {text[one.span.start : one.span.end]: one.type for one in found}


def test_names_in_invented_sentences_are_found_with_their_types() -> None:
    assert find_names(TEXTS[0]) == {"青石高铁站": "place", "白石大桥": "place"}
    assert find_names(TEXTS[1])["白石计划"] == "programme"
    assert find_names(TEXTS[3])["国家森林城市"] == "honour"
    assert find_names(TEXTS[2]) == {}


def test_names_lie_inside_their_sentences_and_apart(document: list[Sentence]) -> None:
    tagged = load_neural_tagger().tag(document)
    assert len(tagged) == len(document)
    assert any(tagged)
    for sentence, found in zip(document, tagged, strict=True):
        assert all(0 <= one.span.start < one.span.end <= len(sentence.text) for one in found)
        assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_a_lower_limit_adds_names_and_takes_none_away(document: list[Sentence]) -> None:
    tagger = load_neural_tagger()
    sure, unsure = tagger.tag(document, least=0.9), tagger.tag(document)
    assert all(set(few) <= set(many) for few, many in zip(sure, unsure, strict=True))
    assert sum(map(len, unsure)) > sum(map(len, sure))
    assert min(one.score for found in sure for one in found) >= 0.9


def test_a_sentence_needs_no_more_of_its_document_than_the_network_sees(document: list[Sentence]) -> None:
    tagger = load_neural_tagger()
    whole = tagger.tag(document, least=0.1)
    for at in (3, 60, 121, 237):
        first = at
        while first and sum(len(one.text) + 1 for one in document[first:at]) <= REACH * 2:
            first -= 1
        [*_, alone] = tagger.tag(document[first : at + 1] + document[at + 1 : at + 8], least=0.1)[: at - first + 1]
        same(whole[at], alone)


def same(found: list[TaggedSpan], other: list[TaggedSpan]) -> None:
    assert [(one.span, one.type) for one in found] == [(one.span, one.type) for one in other]
    assert [one.score for one in found] == pytest.approx([one.score for one in other], abs=1e-4)


def test_same_input_gives_the_same_names(document: list[Sentence]) -> None:
    assert NeuralTagger.load(MODEL).tag(document) == load_neural_tagger().tag(document)


@pytest.mark.parametrize("text", ["好", "。", "“", "\u3000", "𠮷", ""])
def test_the_smallest_sentences_hold_no_name(text: str) -> None:
    assert load_neural_tagger().tag([read(text)]) == [[]]


def test_nothing_gives_nothing() -> None:
    assert load_neural_tagger().tag([]) == []


def test_names_are_given_in_the_text_as_it_stands() -> None:
    text = "加快建设青石１号大桥。"
    folded = "加快建设青石1号大桥。"
    sentence = Sentence(text, (Span(0, len(text)),), tag_words(folded), folded)
    [[bridge]] = load_neural_tagger().tag([sentence])
    assert text[bridge.span.start : bridge.span.end] == "青石１号大桥"
    assert cover((bridge.span,)) == bridge.span


def test_spaces_and_quotation_marks_do_not_move_names() -> None:
    text = "推动 “白石计划” 落地，建设青石 高铁站。"
    [found] = load_neural_tagger().tag([read(text)])
    assert "青石 高铁站" in [text[one.span.start : one.span.end] for one in found]


@pytest.mark.parametrize("dilation", [1, 2, 4, 8])
@pytest.mark.parametrize("size", [1, 15, 32, 45])
def test_the_fast_convolution_is_the_plain_one(dilation: int, size: int) -> None:
    rng = np.random.default_rng(dilation)
    taps, bias = rng.normal(size=(3, 6, 6)).astype(np.float32), rng.normal(size=6).astype(np.float32)
    x = np.zeros((48, 6), np.float32)
    x[:size] = rng.normal(size=(size, 6))
    seen = np.pad(np.maximum(x[:size], 0), ((dilation, dilation), (0, 0)))
    plain = x[:size] + bias + sum(seen[k * dilation : k * dilation + size] @ tap for k, tap in enumerate(taps))
    _convolve(x, size, dilation, Convolution(transform_filters(taps.reshape(18, 6)), bias), _Workspace.make(48, 6))
    assert np.allclose(x[:size], plain, atol=1e-5)
    assert not x[size:].any()


def test_chunks_leave_no_seam(document: list[Sentence]) -> None:
    model = load_neural_tagger().model
    whole = model.network.compute_vectors(encode_sentences(document, model.vocabulary))
    later = model.network.compute_vectors(encode_sentences(document[12:], model.vocabulary))
    assert len(whole) > 3000
    assert np.allclose(whole[-len(later) + REACH :], later[REACH:], atol=1e-4)
