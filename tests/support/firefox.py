"""Debian's Firefox driven over WebDriver BiDi: a second engine for the pages.

Firefox speaks that protocol itself, so no driver is installed: it listens where
`--remote-debugging-port` says, and websocket-client comes with Jupyter.
"""

import base64
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

#: seconds within which it starts, and answers
LONGEST = 60


class Firefox:
    """One window, which goes to pages, is asked about them, and is tapped in."""

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

    def tap(self, expression: str) -> None:
        """Press and let go in the middle of an element."""
        at = f"{expression}.getBoundingClientRect()"
        self.evaluate(f"{expression}.scrollIntoView({{block: 'center'}})")
        x, y = self.evaluate(
            f"[{at}.left + {at}.width / 2, {at}.top + {at}.height / 2]"
        )
        strokes = [
            {"type": "pointerMove", "x": int(x), "y": int(y)},
            *({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")),
        ]
        hand = {"type": "pointer", "id": "hand", "actions": strokes}
        self._here("input.performActions", actions=[hand])

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
        said = Path(profile, "said")
        with said.open("w") as file:
            process = subprocess.Popen(command, stdout=file, stderr=file)
        try:
            socket = websocket.create_connection(
                f"{_address(said)}/session", timeout=LONGEST, suppress_origin=True
            )
            yield Firefox(socket)
            socket.close()
        finally:
            process.terminate()
            process.wait(LONGEST)


def _address(said: Path) -> str:
    """Wait until it says where it listens."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        if found := re.search(r"BiDi listening on (ws://\S+)", said.read_text()):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox does not listen: {said.read_text()[:500]}")
