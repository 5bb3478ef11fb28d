"""The page of the tables of a run, notebooks/TABLES.md."""

from helpers.runs.stages import MADE_BY, MATCHED, NOTEBOOKS, OUTCOMES
from helpers.runs.tables.columns import TABLES, Described

HEAD = f"""# The tables of a run

Everything here lies in `restricted/data` of a run or of a draft, and what is about
people stays on the machine. [In a notebook of your
own](README.md#a-runs-tables-in-a-notebook-of-your-own) you read a table by its name:
`run.read("{MATCHED}")`. `run.tables` lists those that you may read, and
`run.columns("{MATCHED}")` says what stands below, with the labels of your
request. This page is made from the same words: `python3 -m helpers.runs.tables`.
"""


def page() -> str:
    """Give the page: each table, what a row of it is, and what its columns hold."""
    return HEAD + "".join(
        _part(f"{name}.{told.ending}", told) for name, told in TABLES.items()
    )


def _part(name: str, told: Described) -> str:
    rows = "".join(f"| `{one}` | {what} |\n" for one, what in told.columns.items())
    if told.others:
        rows += f"| others | {told.others} |\n"
    row = f"A row: {told.what[:1].lower()}{told.what[1:]}. {_read(name)}"
    return f"\n## {name}\n\n{row}\n\n| column | what it holds |\n| --- | --- |\n{rows}"


def _read(name: str) -> str:
    """Say which notebook makes a table, and whether another may read it."""
    if name == OUTCOMES:
        return "Made in 01_intake, opened in 03_outcomes alone."
    if "<stage>" in name:
        return "Made by each stage."
    if name in MADE_BY:
        return f"Made in {NOTEBOOKS[MADE_BY[name]]}."
    return "Not for `run.read`."
