"""One question to an OpenAI-compatible server, and its answer: ``POST …/chat/completions``.

The wire format is https://platform.openai.com/docs/api-reference/chat/create, of which only ``model``, ``messages`` and
``temperature`` are sent and only ``choices[0].message.content`` is read, for these all servers share.
"""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from graph.errors import InputError, RecogniserError, say_reason

KEY = "PLEDGEGRAPH_RECOGNISER_KEY"
"""The environment variable that holds the key; a server on one's own machine may need none."""

_PATH = "/chat/completions"
_MOST = 4 << 20  # bytes of an answer that are read
_LONGEST_WAIT = 60.0
_NO_KEY, _TOO_MANY, _NO_SERVER_ERROR = (401, 403), 429, 500


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server by its base URL (``https://host/v1``) and the model that it is asked for.

    With ``alone`` its names replace those of the built-in recognisers; ``seconds`` is the patience for one answer.
    """

    url: str
    model: str
    alone: bool = False
    tries: int = 4
    seconds: float = 120.0
    wait: Callable[[float], None] = time.sleep


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key is for the server that was named, and for no other it may point to."""

    def redirect_request(self, *_: object) -> None:
        return None


def check_endpoint(endpoint: Endpoint) -> None:
    """Refuse an address that cannot be one, before any work is done.

    Raises:
        InputError: the URL is none of http or https, or holds a login; or there is no model.
    """
    parts = urlsplit(endpoint.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"'{endpoint.url}' is no address of a server; write it like https://host/v1.")
    if parts.username or parts.password:
        raise InputError(f"A login in the address would be shown in reports; put the key into {KEY} instead.")
    if not endpoint.model:
        raise InputError(f"{endpoint.url} serves models by name; name one with --model.")


def complete(endpoint: Endpoint, system: str, text: str) -> str:
    """Return what the model answers to ``text`` under the instructions of ``system``, at temperature 0.

    What may pass (no answer, 429, 5xx) is tried again, each time after a longer wait, or the one the server asks for.

    Raises:
        RecogniserError: the server refuses, does not answer after all tries, or answers with no completion.
    """
    messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
    body = json.dumps({"model": endpoint.model, "messages": messages, "temperature": 0}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key := os.environ.get(KEY):
        headers["Authorization"] = f"Bearer {key}"
    url = endpoint.url.rstrip("/").removesuffix(_PATH) + _PATH
    answer = _post(endpoint, urllib.request.Request(url, body, headers, method="POST"))  # noqa: S310
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError):
        content = None
    if not isinstance(content, str):
        raise RecogniserError(f"{endpoint.url} answers with no chat completion; check that it is the base URL.")
    return content


def _post(endpoint: Endpoint, request: urllib.request.Request) -> bytes:
    opener, reason, pause = urllib.request.build_opener(_NoRedirect), "", 0.0
    for attempt in range(endpoint.tries):
        if attempt:
            endpoint.wait(max(0.5 * 2**attempt, pause))
        try:
            with opener.open(request, timeout=endpoint.seconds) as response:
                answer: bytes = response.read(_MOST)
                return answer
        except urllib.error.HTTPError as error:
            reason, pause = f"status {error.code}", _read_pause(error)
            if error.code != _TOO_MANY and error.code < _NO_SERVER_ERROR:
                raise _refuse(endpoint, error) from error
        except (OSError, http.client.HTTPException) as error:
            said = say_reason(error) if isinstance(error, OSError) else str(error)
            reason = said or type(error).__name__
    raise RecogniserError(f"{endpoint.url} does not answer ({reason}); start it, or build without --recogniser.")


def _refuse(endpoint: Endpoint, error: urllib.error.HTTPError) -> RecogniserError:
    if error.code in _NO_KEY:
        return RecogniserError(f"{endpoint.url} refuses the key (status {error.code}); set {KEY} to a valid one.")
    said = error.read(_MOST).decode(errors="replace").strip().partition("\n")[0][:200]
    return RecogniserError(f"{endpoint.url} refuses (status {error.code}: {said}); check the address and the model.")


def _read_pause(error: urllib.error.HTTPError) -> float:
    """Return the seconds that the server asks to wait, at most a minute; 0 where it asks for nothing, or by date."""
    asked = error.headers.get("Retry-After") or ""
    return min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else 0.0
