"""An analyst's work in JupyterLab: change a setting, look, save; nothing is stored."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from helpers.files import ROOT
from helpers.set_up.process import environment

pytestmark = pytest.mark.slow

CHANGES = 'changes = {"matching.caliper": {"sd": 0.02, "of": "pooled"}}'

DRAFT = "DRAFT, not for publication. Changed: "

#: what is chosen among the published results, with the apostrophe of a keyboard's help
TYPE = 'intervention_type = "women’s services"'

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


def checkout(root, run):
    """The kit's files, with a finished run among its outputs."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("helpers", "notebooks", "params"):
        shutil.copytree(ROOT / name, root / name, ignore=leave)
    shutil.copytree(run.folder, root / "outputs" / run.id)


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


@pytest.fixture(params=["the shared run's"])
def kit(request, shared, tmp_path):
    """JupyterLab at work on a copy of the kit, with the shared run's request.

    Or with the one that a test names.
    """
    root = tmp_path / "kit"
    named = request.param.endswith(".yml")
    asked = root / request.param if named else shared.request
    checkout(root, shared)
    port, token = free_port(), secrets.token_hex()
    own = ("CONFIG", "DATA", "RUNTIME")  # none of the user's settings
    settings = {f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in own}
    settings |= {"PYTHONPATH": str(root), "JUPYTER_TOKEN": token}
    options = ["--no-browser", "--allow-root", f"--port={port}", "--port-retries=0"]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", LAB, "lab", str(asked), *options],
            cwd=root,
            # the helpers of this checkout, not those that the tests run with
            env=environment(os.environ) | settings,
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        assert answered(address, server), (tmp_path / "log").read_text()
        yield Kit(root, address, token)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


# what is on the screen ---------------------------------------------------------------


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
        expect(number).not_to_have_text(before, timeout=120_000)
        expect(number).to_have_text(re.compile(r"\[\d+\]:"), timeout=120_000)


def shown_table(notebook, key):
    """The rows of the table that a cell shows."""
    table = notebook.cell(key).locator(".jp-OutputArea table").first
    return rows_of(table.evaluate("e => e.outerHTML"))


def stored_table(path, key):
    """The rows of the table that a cell of an executed notebook holds."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = next(cell.outputs for cell in cells if cell.id == key)
    return rows_of(outputs[0].data["text/html"])


def rows_of(markup):
    rows = BeautifulSoup(markup, "html.parser").table.find_all("tr")
    return [
        [c.get_text(strip=True) for c in row.find_all(["th", "td"])] for row in rows
    ]


@pytest.fixture
def opened(kit, browser):
    """Open a notebook in JupyterLab."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})

    def open_(name):
        page.goto(f"{kit.address}/lab/tree/notebooks/{name}?token={kit.token}")
        return Notebook(page, kit.notebook(name))

    yield open_
    page.close()


def test_an_analyst_tries_a_caliper_and_leaves_no_output(opened, kit, shared):
    tried = opened("02_matching.ipynb")
    tried.replace("parameters", "changes = {}", CHANGES)
    tried.run()
    finished = shared.folder / "restricted/notebooks/02_matching.ipynb"
    before, after = stored_table(finished, "balance"), shown_table(tried, "balance")
    # the same characteristics in the same columns, matched otherwise
    assert after[0] == before[0]
    assert [row[0] for row in after] == [row[0] for row in before]
    assert after != before
    assert_drafts(tried, "matching.caliper = ")
    assert_block(tried.cell("bands"))
    assert_nothing_stored(tried, kit.notebook("02_matching.ipynb"), CHANGES)
    # and on the screen they still are
    expect(tried.cell("bands").locator("img").first).to_be_visible()


@pytest.mark.parametrize("kit", ["params/findings.yml"], indirect=True)
def test_an_analyst_looks_at_some_published_results_alone(opened, kit, shared):
    """In the summary that JupyterLab was started with, then beside a study."""
    notebook = opened("04_charts.ipynb")
    notebook.run()
    every = shown_table(notebook, "chosen")
    assert_drafts(notebook, "nothing.")
    notebook.replace("choose", "intervention_type = None", TYPE)
    notebook.run()
    kept = [row for row in every if "Women's services" in row]
    assert 0 < len(kept) < len(every) - 1
    assert_chosen(notebook, kept)
    study = f'request = "{shared.request}"'
    notebook.replace("parameters", "request = None", study)
    notebook.run()
    assert_chosen(notebook, kept)
    assert_nothing_stored(notebook, kit.notebook("04_charts.ipynb"), TYPE, study)


def assert_chosen(notebook, kept):
    """Tables and charts show the results chosen, and say that they were."""
    chosen = "published results = intervention type Women's services."
    assert_drafts(notebook, chosen)
    assert shown_table(notebook, "chosen")[1:] == kept
    for key in ("by-intervention", "by-sector"):
        # beside a study the figure of its own type comes first
        tables = notebook.cell(key).locator(".jp-OutputArea table").all()
        rows = next(
            found
            for table in tables
            for found in [rows_of(table.evaluate("e => e.outerHTML"))]
            if "All results" in found[0]
        )
        assert rows[-1][rows[0].index("All results")] == str(len(kept))
    drawn = notebook.cell("by-intervention").locator("img").first
    assert f" {len(kept)} " in drawn.get_attribute("alt")
    assert_block(notebook.cell("by-intervention"))


def assert_drafts(notebook, changed):
    """Every output of every cell says that it is a draft, and of which change.

    A warning is no output: it tells of columns, and of nobody.
    """
    shown = '.jp-OutputArea-output:not([data-mime-type$="stderr"])'
    outputs = notebook.cells.locator(shown).all_text_contents()
    assert len(outputs) > 8
    assert [text[:99] for text in outputs if f"{DRAFT}{changed}" not in text] == []


def assert_block(cell):
    """A block shows headline, subtitle and a drawing that is described."""
    figure = cell.locator("figure").first
    figure.scroll_into_view_if_needed()
    for part in ("head", "sub"):
        text = figure.locator(f".jdl-figure__{part}")
        # JupyterLab draws a cell only once it has come into sight
        expect(text).to_have_text(re.compile(".{15}"), use_inner_text=True)
    drawing = figure.locator("img")
    expect(drawing).to_be_visible()
    assert len(drawing.get_attribute("alt")) > 40
    assert drawing.evaluate("e => e.naturalWidth") > 300


def assert_nothing_stored(notebook, path, *lines):
    """What is saved has the analyst's changes, and nothing that a run left."""
    before = path.read_text()
    notebook.page.keyboard.press("Control+s")
    until = time.monotonic() + 20
    while path.read_text() == before and time.monotonic() < until:
        time.sleep(0.1)
    cells = json.loads(path.read_text())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    written = "".join("".join(cell["source"]) for cell in code)
    assert [line for line in lines if line not in written] == []
    assert [cell["id"] for cell in code if cell["outputs"]] == []
    assert {cell["execution_count"] for cell in code} == {None}
