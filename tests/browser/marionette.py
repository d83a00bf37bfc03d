"""Firefox over Marionette, its own remote protocol: JSON over a socket, so that no driver needs to be installed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or ""
PREFERENCES = {
    "marionette.port": 0,
    "network.dns.disabled": True,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}


class Firefox:
    """A headless Firefox in a profile of its own: ``with Firefox(folder) as fox: fox.open(url)``."""

    def __init__(self, profile: Path, size: tuple[int, int] = (1440, 900)) -> None:
        lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        self._profile, self._size, self._sent = profile, size, 0

    def __enter__(self) -> Firefox:
        clean = {**os.environ, "MOZ_HEADLESS_WIDTH": str(self._size[0]), "MOZ_HEADLESS_HEIGHT": str(self._size[1])}
        command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(self._profile)]
        self._process = subprocess.Popen(
            command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        port = self._wait_for(self._profile / "MarionetteActivePort")
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._read()
        self.send("WebDriver:NewSession", {"capabilities": {}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)

    def open(self, url: str) -> None:
        """Load a page and wait until it is loaded."""
        self.send("WebDriver:Navigate", {"url": url})

    def run(self, script: str) -> Any:
        """Run the body of a function in the page and return what it returns."""
        return self.send("WebDriver:ExecuteScript", {"script": script, "args": [], "sandbox": None})["value"]

    def wait_for(self, condition: str, seconds: float = 30.0) -> None:
        """Wait until an expression holds in the page."""
        until = time.monotonic() + seconds
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > until:
                raise TimeoutError(condition)
            time.sleep(0.05)

    def photograph(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        found = self.send("WebDriver:TakeScreenshot", {"full": False})["value"]
        path.write_bytes(base64.b64decode(found))

    def send(self, command: str, values: dict[str, Any]) -> Any:
        """Send a command and return its result; an error of the browser is raised."""
        self._sent += 1
        text = json.dumps([0, self._sent, command, values])
        self._socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error["message"])
        return result

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1)
        wanted, text = int(length[:-1]), b""
        while len(text) < wanted:
            text += self._socket.recv(wanted - len(text))
        return json.loads(text)

    def _wait_for(self, file: Path, seconds: float = 60.0) -> int:
        until = time.monotonic() + seconds
        while not file.exists() or not file.read_text():
            if time.monotonic() > until or self._process.poll() is not None:
                raise TimeoutError(f"{FIREFOX} does not start")
            time.sleep(0.1)
        return int(file.read_text())
