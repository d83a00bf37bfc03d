"""The recogniser behind an endpoint, against a server of our own: what it may say, and what becomes of its faults."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError, RecogniserError
from graph.extract.chat.client import KEY, Endpoint, check_endpoint, complete
from graph.extract.chat.tagger import SCORE, ChatTagger, read_answers
from graph.extract.pledges import extract_pledges
from graph.extract.tagged import Heard, TaggedSpan
from graph.lexicon import default_lexicon
from graph.model import Consulted, Document, Metadata, Section, Sentence, Span, Speaker
from graph.pipeline import Settings, build
from graph.read.tokens import tag_words

TEXT = "推进青石冷链物流项目建设，唱响白石三句半。"


class Server(ThreadingHTTPServer):
    """A chat-completions server that gives the next of its answers: a status, or what the model says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[int | str] = []
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.server_port}/v1", "stone-7b", tries=3, wait=lambda _: None)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.headers.append(dict(self.headers))
        answer = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        status = answer if isinstance(answer, int) else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(json.dumps({"choices": [{"message": {"content": answer}}]}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield fake
        fake.shutdown()
        thread.join()


def say(*names: tuple[int, str, str]) -> str:
    return json.dumps({"names": [dict(zip(("sentence", "name", "type"), name, strict=True)) for name in names]})


def make_sentence(text: str = TEXT) -> Sentence:
    return Sentence(text, (Span(0, len(text)),), tag_words(text))


def make_document() -> Document:
    speaker = Speaker("青石县建设局", "pledger")
    section = Section((speaker,), (make_sentence(),))
    return Document("page.txt", TEXT, "0" * 64, Metadata(place="青石县", year=2026), (section,))


def find_names(heard: Heard | None) -> dict[str, str]:
    pledges = extract_pledges(make_document(), default_lexicon(), heard)
    return {argument.mention.name: argument.mention.rule for pledge in pledges for argument in pledge.arguments}


def test_quotes_of_numbered_sentences_become_names(server: Server) -> None:
    server.answers = [say((1, "青石冷链物流项目", "project"), (2, "白石湖", "place"))]
    found = ChatTagger(server.endpoint).tag([make_sentence(), make_sentence("白石湖和白石湖公园。")])
    assert found == [
        [TaggedSpan(Span(2, 10), "project", SCORE)],
        [*(TaggedSpan(Span(a, a + 3), "place", SCORE) for a in (0, 4))],
    ]
    asked = server.asked[0]
    assert asked["temperature"] == 0 and asked["model"] == "stone-7b"
    assert asked["messages"][1]["content"].splitlines() == [f"1. {TEXT}", "2. 白石湖和白石湖公园。"]


@pytest.mark.parametrize(
    "answer",
    [
        (1, "青石冷链项目", "project"),
        (2, "青石冷链物流项目", "project"),
        (1, "青石冷链物流项目", "thing"),
        (1, "", "place"),
    ],
    ids=["invented", "of another sentence", "of no known type", "empty"],
)
def test_what_the_sentence_does_not_hold_is_dropped_and_counted(server: Server, answer: tuple[int, str, str]) -> None:
    server.answers = [say(answer, (1, "白石三句半", "programme"))]
    heard = ChatTagger(server.endpoint).hear([make_sentence()])
    assert heard.dropped == 1
    assert [[one.type for one in names] for names in heard.names] == [["programme"]]


def test_long_documents_are_asked_in_batches_and_answers_come_back_in_order(server: Server) -> None:
    server.answers = [say((20, "青石三句半", "programme")), say((1, "白石三句半", "programme"))]
    found = ChatTagger(server.endpoint).tag([make_sentence("青石三句半，白石三句半。")] * 21)
    assert len(server.asked) == 2
    assert [at for at, names in enumerate(found) if names] == [19, 20]


def test_it_adds_what_the_others_leave_free_and_says_whose_it_is() -> None:
    before = find_names(None)
    assert "青石冷链物流项目" in before and "白石三句半" not in before
    spans = (TaggedSpan(Span(4, 10), "project", SCORE), TaggedSpan(Span(15, 20), "programme", SCORE))
    assert find_names(Heard("chat:stone-7b", (spans,))) == before | {"白石三句半": "chat:stone-7b"}


def test_alone_it_replaces_the_others_but_not_with_a_fault() -> None:
    spans = (TaggedSpan(Span(15, 20), "programme", SCORE),)
    assert find_names(Heard("chat:stone-7b", (spans,), alone=True)) == {"白石三句半": "chat:stone-7b"}
    assert find_names(Heard("chat:stone-7b", fault="down", alone=True)) == find_names(None)


@pytest.mark.parametrize("content", ["I cannot do that.", '{"names": [', '{"things": []}', '{"names": {}}', ""])
def test_an_answer_without_the_json_asked_for_is_a_fault(server: Server, content: str) -> None:
    server.answers = [content]
    heard = ChatTagger(server.endpoint).hear([make_sentence()])
    assert heard.names == () and "without the JSON" in heard.fault


@pytest.mark.parametrize(
    "content", ['```json\n{"names": []}\n```', '<think>{"names": [1]}?</think>{"names": []}', 'Here: {"names": []}.']
)
def test_what_is_written_around_the_json_does_no_harm(content: str) -> None:
    assert read_answers(content) == []


def test_a_server_that_is_busy_is_asked_again(server: Server) -> None:
    server.answers = [429, 503, say((1, "白石三句半", "programme"))]
    heard = ChatTagger(server.endpoint).hear([make_sentence()])
    assert not heard.fault and heard.names[0] and len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "times", "words"),
    [(401, 1, KEY), (404, 1, "check the address and the model"), (302, 1, "status 302"), (500, 3, "does not answer")],
)
def test_a_refusal_is_one_sentence(server: Server, status: int, times: int, words: str) -> None:
    server.answers = [status]
    with pytest.raises(RecogniserError, match=words) as raised:
        ChatTagger(server.endpoint).tag([make_sentence()])
    assert len(server.asked) == times
    assert "\n" not in str(raised.value)


def test_the_key_comes_from_the_environment_and_stays_out_of_errors(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "secret")
    server.answers = [403]
    with pytest.raises(RecogniserError) as raised:
        complete(server.endpoint, "system", "text")
    assert server.headers[0]["Authorization"] == "Bearer secret"
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["localhost:8080", "file:///etc/passwd", "http://", "http://me:word@localhost/v1"])
def test_what_is_no_address_is_refused_before_any_work(url: str) -> None:
    with pytest.raises(InputError):
        check_endpoint(Endpoint(url, "stone-7b"))


def test_a_server_that_is_down_is_left_alone_after_three_documents(server: Server) -> None:
    server.answers = [500]
    tagger = ChatTagger(server.endpoint)
    faults = [tagger.hear([make_sentence()]).fault for _ in range(5)]
    assert all(faults) and len(server.asked) == 9


def test_a_build_says_what_the_endpoint_was_good_for(server: Server, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"青石县人民政府工作报告\n（2026年1月8日）\n2026年工作安排\n今年，我们将{TEXT}", encoding="utf-8")
    server.answers = [say((3, "白石三句半", "programme"), (3, "白石五句半", "programme"))]
    done = build(Settings((page,), tmp_path / "with", recogniser=server.endpoint))
    assert done.consulted == (Consulted("page.txt", "chat:stone-7b", 1, 1),)
    assert {row.mention: row.rule for row in done.ledger.links}["白石三句半"] == "chat:stone-7b"
    assert "| page.txt | chat:stone-7b | 1 | 1 |" in (tmp_path / "with" / "report.md").read_text(encoding="utf-8")


def test_a_build_without_its_endpoint_loses_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"青石县人民政府工作报告\n（2026年1月8日）\n2026年工作安排\n今年，我们将{TEXT}", encoding="utf-8")
    gone = Endpoint("http://127.0.0.1:1/v1", "stone-7b", alone=True, wait=lambda _: None)
    alone = build(Settings((page,), tmp_path / "alone"))
    done = build(Settings((page,), tmp_path / "gone", recogniser=gone))
    assert "does not answer" in done.consulted[0].fault
    assert done.ledger == alone.ledger and done.ledger.links
