"""JupyterLab at work on a checkout, and a notebook in it, cell by cell."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import expect

from helpers.set_up.process import environment

#: what `python3 -m helpers lab` comes to once the environment is there
LAB = "import sys; from helpers.commands import command_line as c; c.main(sys.argv[1:])"


@dataclass(frozen=True)
class Kit:
    """A checkout of the test's own, since JupyterLab saves notebooks in place."""

    root: Path
    address: str
    token: str

    def notebook(self, name: str) -> Path:
        return self.root / "notebooks" / name


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answered(address, server, seconds=60):
    """Wait until the server answers; false when it has ended instead."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=5):
                return True
        except OSError:
            time.sleep(0.2)
    return False


@contextmanager
def jupyterlab(root: Path, asked: str, own: Path) -> Iterator[Kit]:
    """Start JupyterLab on a checkout with a request; `own` has its settings and log."""
    port, token = free_port(), secrets.token_hex()
    places = ("CONFIG", "DATA", "RUNTIME")  # none of the user's settings
    settings = {f"JUPYTER_{name}_DIR": str(own / name.lower()) for name in places}
    settings |= {"PYTHONPATH": str(root), "JUPYTER_TOKEN": token}
    options = ["--no-browser", "--allow-root", f"--port={port}", "--port-retries=0"]
    with (own / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", LAB, "lab", asked, *options],
            cwd=root,
            # the helpers of this checkout, not those that the tests run with
            env=environment(os.environ) | settings,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        assert answered(address, server), (own / "log").read_text()
        yield Kit(root, address, token)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


class Notebook:
    """An open notebook, its cells found by the ids in its file."""

    def __init__(self, page, path):
        self.page = page
        self.ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
        self.cells = page.locator(".jp-NotebookPanel .jp-Notebook-cell")
        expect(self.cells).to_have_count(len(self.ids), timeout=30_000)
        kernel = page.get_by_text("Python 3 (ipykernel) | Idle")
        expect(kernel).to_be_visible(timeout=30_000)

    def cell(self, key):
        return self.cells.nth(self.ids.index(key))

    def replace(self, key, old, new):
        """Write a line of a cell anew, as an analyst would.

        From its start to its end: three clicks would take the end of the line too,
        and join it with the next.
        """
        self.cell(key).locator(".cm-line", has_text=old).click()
        for pressed in ("Home", "Shift+End"):
            self.page.keyboard.press(pressed)
        self.page.keyboard.insert_text(new)

    def choose(self, menu, item):
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def run(self):
        """Run every cell and wait for the last one's number.

        A cell that stops the run leaves it without one.
        """
        number = self.cell(self.ids[-1]).locator(".jp-InputPrompt")
        before = number.text_content()
        self.choose("Run", "Run All Cells")
        expect(number).not_to_have_text(before, timeout=300_000)
        expect(number).to_have_text(re.compile(r"\[\d+\]:"), timeout=300_000)
