"""A run's tables in a notebook of one's own: listed, documented, read by the page."""

import re

import IPython.display
import numpy as np
import pandas as pd
import pytest

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request import load
from helpers.runs.opening import open_run
from helpers.runs.run import Run
from helpers.runs.stages import MADE_BY
from helpers.runs.tables.columns import TABLES
from helpers.runs.tables.page import page


def told(path):
    """The description of a file of restricted/data."""
    stem = path.partition(".")[0]
    return TABLES[re.sub("_(intake|matching|outcomes|charts)$", "_<stage>", stem)]


def columns(path):
    read = pd.read_parquet if path.suffix == ".parquet" else pd.read_csv
    return list(read(path))


def test_every_column_of_a_finished_run_is_documented(shared):
    tables = [
        path
        for path in (shared.folder / "restricted" / "data").iterdir()
        if path.suffix in (".parquet", ".csv")
    ]
    assert len(tables) >= 25
    for path in tables:
        unknown = set(columns(path)) - set(told(path.name).columns)
        assert told(path.name).others or not unknown, path.name
        # those that only some requests have stand among the people alone
        missing = set(told(path.name).columns) - set(columns(path))
        assert missing <= {"how_surely_found"}, path.name


def test_every_table_that_a_stage_may_read_is_documented():
    assert all(told(name).columns for name in MADE_BY)


def test_the_page_of_the_tables_is_made_of_the_same_words():
    written = (ROOT / "notebooks" / "TABLES.md").read_text(encoding="utf-8")
    assert written == page(), "python -m helpers.runs.tables writes it anew"


def test_a_notebook_is_told_what_it_may_read_and_reads_it(copied, monkeypatch):
    monkeypatch.setenv("JDL_OUTPUTS", str(copied.outputs))
    run = open_run(request=copied.request)
    assert "matched.parquet" in run.tables.index
    for name, rows in run.tables["rows"].items():
        table = run.read(name)
        assert len(table) == rows
        assert list(run.columns(name).index) == list(table)
        assert run.columns(name)["what it holds"].str.len().min() > 2
    held = run.columns("people.parquet")["what it holds"]
    assert held["employed"] == "In work in the year before the sentence"
    assert held["needs_drugs"] == "Assessed need: Drugs"


def test_outcomes_are_neither_listed_nor_described_where_they_are_sealed(copied):
    for stage in ("matching", "outcomes", "charts"):
        run = Run(load(copied.request), stage, copied.folder)
        assert "outcomes.parquet" not in run.tables.index
        with pytest.raises(RequestError, match="outcomes"):
            run.columns("outcomes.parquet")
    run = Run(load(copied.request), "matching", copied.folder)
    assert not {"earlier.parquet", "estimates.parquet"} & set(run.tables.index)
    with pytest.raises(RequestError, match="stay sealed"):
        run.columns("estimates.parquet")


@pytest.mark.filterwarnings(
    "ignore::helpers.matching.fitting.independent.ColumnDropped"
)
def test_the_cells_of_the_notebooks_page_work(copied, monkeypatch):
    text = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    part = text.partition("## A run's tables in a notebook of your own")[2]
    cells = re.findall(
        r"^```python\n(.*?)^```", part.partition("\n## ")[0], re.M | re.S
    )
    assert len(cells) == 3
    shown, names = [], {}
    monkeypatch.setattr(IPython.display, "display", lambda *new: shown.extend(new))
    monkeypatch.setenv("JDL_OUTPUTS", str(copied.outputs))
    for cell in cells:
        exec(cell.replace("params/example.yml", str(copied.request)), names)
    assert [type(thing).__name__ for thing in shown] == [
        *["Captioned"] * 2, "DataFrame", "Drawing", "DataFrame",
    ]  # fmt: skip
    matched = names["matched"]
    assert matched["age"].notna().all()
    # each counts with their weight
    used = matched[(matched["weight"] > 0) & (matched["variant"] == "main")]
    for treatment, people in used.groupby("treatment"):
        mean = np.average(people["age"], weights=people["weight"])
        assert shown[2].loc[treatment, "mean age"] == pytest.approx(mean)
    # a narrow caliper keeps no more people than a wide one
    kept = names["beside"]
    assert (
        kept["0.02 SD"]["treated people matched"]
        <= kept["0.2 SD"]["treated people matched"]
    )
