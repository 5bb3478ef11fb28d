"""An analyst's work in JupyterLab: change a setting, look, save; nothing is stored."""

import json
import re
import shutil
import time

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect
from support.lab import Notebook, jupyterlab

from helpers.files import ROOT

pytestmark = pytest.mark.slow

CHANGES = 'changes = {"matching.caliper": {"sd": 0.02, "of": "pooled"}}'

DRAFT = "DRAFT, not for publication. Changed: "

#: what is chosen among the published results, with the apostrophe of a keyboard's help
TYPE = 'intervention_type = "women’s services"'


def checkout(root, run):
    """The kit's files, with a finished run among its outputs."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("helpers", "notebooks", "params"):
        shutil.copytree(ROOT / name, root / name, ignore=leave)
    shutil.copytree(run.folder, root / "outputs" / run.id)


@pytest.fixture(params=["the shared run's"])
def kit(request, shared, tmp_path):
    """JupyterLab at work on a copy of the kit, with the shared run's request.

    Or with the one that a test names.
    """
    root = tmp_path / "kit"
    named = request.param.endswith(".yml")
    asked = root / request.param if named else shared.request
    checkout(root, shared)
    with jupyterlab(root, str(asked), tmp_path) as started:
        yield started


# what is on the screen ---------------------------------------------------------------


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
