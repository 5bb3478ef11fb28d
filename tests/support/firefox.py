"""Debian's Firefox driven over WebDriver BiDi: a second engine for the pages.

Firefox speaks that protocol itself, so no driver is installed: it listens where
`--remote-debugging-port` says, and websocket-client comes with Jupyter.
"""

import base64
import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

#: seconds within which it starts, and answers
LONGEST = 60


class Firefox:
    """One window, which goes to pages, is asked about them, and is pressed keys in."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket, self._sent = socket, 0
        self.ask("session.new", capabilities={})
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command of the protocol and give its result."""
        self._sent += 1
        order = {"id": self._sent, "method": method, "params": params}
        self._socket.send(json.dumps(order))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("id") == self._sent:
                assert told["type"] == "success", f"{method}: {told}"
                return told["result"]

    def goto(self, address: str, width: int, height: int = 844) -> None:
        """Open a page anew at a width in CSS pixels."""
        size = {"width": width, "height": height}
        self._here("browsingContext.setViewport", viewport=size)
        for where in ("about:blank", address):
            self._here("browsingContext.navigate", url=where, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Give what an expression comes to in the page, as JSON knows it."""
        result = self.ask(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self._window},
            awaitPromise=False,
        )
        assert result["type"] == "success", result
        value = result["result"]
        return json.loads(value["value"]) if value["type"] == "string" else None

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        typed = [{"type": "key", "id": "keys", "actions": strokes}]
        self._here("input.performActions", actions=typed)

    def picture(self, path: Path, whole: bool = True) -> None:
        """Write a picture of the page."""
        origin = "document" if whole else "viewport"
        data = self._here("browsingContext.captureScreenshot", origin=origin)["data"]
        path.write_bytes(base64.b64decode(data))

    def _here(self, method: str, **params: Any) -> dict[str, Any]:
        return self.ask(method, context=self._window, **params)


@contextmanager
def firefox(program: str) -> Iterator[Firefox]:
    """Start Firefox without a screen, with a profile of its own; end it afterwards."""
    with tempfile.TemporaryDirectory() as profile:
        command = [program, "--headless", "--no-remote", "--profile", profile]
        command += ["--remote-debugging-port", "0", "about:blank"]
        process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        try:
            socket = websocket.create_connection(
                f"{_address(process)}/session", timeout=LONGEST, suppress_origin=True
            )
            yield Firefox(socket)
            socket.close()
        finally:
            process.terminate()
            process.wait(LONGEST)


def _address(process: subprocess.Popen) -> str:
    """Wait until it says where it listens."""
    late = threading.Timer(LONGEST, process.kill)
    late.start()
    for line in process.stderr:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            late.cancel()
            # what else it says would fill the pipe and hold it up
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
    raise AssertionError("Firefox ended before it listened")
