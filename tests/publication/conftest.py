"""A made-up study as a request, a run and an executed notebook."""

import nbformat
import pytest
from support.small_report import SHARING, cells_of_every_kind, every_block

from helpers.request import load
from helpers.runs.run import Run


@pytest.fixture(scope="session")
def study():
    """A request; `study(title=..., programme={...})` replaces keys of it."""

    def make(**changes):
        request = {
            "id": "made-up",
            "title": "A made-up study of mentoring",
            "analyst": "A. Name",
            "organisation": {"name": "Mentors & Co", "sector_type": "Voluntary"},
            "programme": {"name": "Mentors", "intervention_type": "Mentoring"},
            "data_sharing": SHARING,
            "inputs": {"made_up": {"people": 600, "submitted": 140}},
            "analyses": [{"name": "All", "covariates": {"numeric": ["age"]}}],
            "publication": {"date": "2026-06-25", "contact": "lab@example.org"},
        }
        return load(request | changes)

    return make


@pytest.fixture
def make_run(study, tmp_path):
    """A stage at work in which the cells of every kind are registered."""

    def make(request=None, hidden=0, draft=False, changes=None):
        return at_work(tmp_path, request or study(), hidden, draft, changes)

    return make


def at_work(folder, request, hidden=0, draft=False, changes=None):
    run = Run(request, "intake", folder, draft, changes or {})
    run.register(*cells_of_every_kind(hidden))
    return run


@pytest.fixture
def write_notebook(tmp_path):
    """An executed notebook: cells as (id, tags, blocks shown)."""

    def write(name, cells):
        return executed(tmp_path / f"{name}.ipynb", cells)

    return write


def executed(path, cells):
    book = nbformat.v4.new_notebook()
    for name, tags, shown in cells:
        cell = nbformat.v4.new_code_cell("pass", id=name)
        cell.metadata["tags"] = tags
        for block in shown:
            data = block._repr_mimebundle_()
            cell.outputs.append(nbformat.v4.new_output("display_data", data=data))
        book.cells.append(cell)
    nbformat.write(book, path)
    return path


@pytest.fixture
def whole_notebook(make_run, write_notebook):
    """Every block of the made-up study, declared in one executed notebook."""

    def make(hidden=0, request=None, name="01_all"):
        return write_notebook(name, declared(make_run(request, hidden)))

    return make


def declared(run):
    return [
        (f"cell-{number}", ["publish", f"section:{section}"], [block])
        for number, (section, block) in enumerate(every_block(run))
    ]


@pytest.fixture(scope="session")
def study_notebook(study, tmp_path_factory):
    """The same as it is without changes, made once: no test writes into it."""
    folder = tmp_path_factory.mktemp("study")
    return executed(folder / "01_all.ipynb", declared(at_work(folder, study())))
