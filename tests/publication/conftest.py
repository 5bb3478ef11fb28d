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
        run = Run(request or study(), "intake", tmp_path, draft, changes or {})
        run.register(*cells_of_every_kind(hidden))
        return run

    return make


@pytest.fixture
def write_notebook(tmp_path):
    """An executed notebook: cells as (id, tags, blocks shown)."""

    def write(name, cells):
        book = nbformat.v4.new_notebook()
        for name_, tags, shown in cells:
            cell = nbformat.v4.new_code_cell("pass", id=name_)
            cell.metadata["tags"] = tags
            for block in shown:
                data = block._repr_mimebundle_()
                cell.outputs.append(nbformat.v4.new_output("display_data", data=data))
            book.cells.append(cell)
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(book, path)
        return path

    return write


@pytest.fixture
def whole_notebook(make_run, write_notebook):
    """Every block of the made-up study, declared in one executed notebook."""

    def make(hidden=0, request=None, name="01_all"):
        run = make_run(request, hidden)
        cells = [
            (f"cell-{number}", ["publish", f"section:{section}"], [block])
            for number, (section, block) in enumerate(every_block(run))
        ]
        return write_notebook(name, cells)

    return make
