"""What the reviewers' copy adds: code, checks, and what was withheld by which rule."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.publication import tables
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.disclosure import log as disclosure_log
from helpers.publication.report.publish_cells import Code


@dataclass(frozen=True)
class Evidence:
    """What lies behind a report: its code, its cells, where they were made, checks."""

    codes: list[Code]
    cells: dict[str, Cell]
    made_in: Mapping[str, Code]
    checks: list[list[str]]


def code(cell: Code) -> str:
    """Give a code cell, closed, with what it does as its summary."""
    return (
        f'<details class="jdl-code"><summary>Code: {html.escape(cell.does)}, '
        f"<code>{html.escape(cell.notebook)}</code></summary>"
        f"<pre><code>{html.escape(cell.source)}</code></pre></details>"
    )


def stages(codes: Iterable[Code]) -> str:
    """Give the code of every stage that declares no part of the report, in order."""
    shown, notebook = [], ""
    for cell in codes:
        if cell.notebook != notebook:
            notebook = cell.notebook
            shown.append(f"<h3><code>{html.escape(notebook)}</code></h3>")
        shown.append(code(cell))
    lead = (
        "<p>The code that makes the tables and figures stands below each of them.</p>"
    )
    return f'{lead}<div class="jdl-codes">{"".join(shown)}</div>'


def checks(rows: list[list[str]]) -> str:
    """Give every check of the run; a gate that fails stops a report."""
    columns = ["Check", "Stage", "Expected", "Found", "Result"]
    body = [[check, stage, *rest] for stage, check, *rest in rows]
    return "<p>A check that only warns does not stop a report.</p>" + tables.render(
        "table-checks", "Table A1: Checks of this run", columns, body
    )


def by_rule(cells: Iterable[Cell], decision: Decision) -> str:
    """Give how many numbers were withheld by each rule, and how many were not."""
    rows = [
        [rule or "none", what, why, str(count)]
        for rule, what, why, count in disclosure_log.by_rule(cells, decision)
    ]
    lead = "Each number that a stage registered is counted once, shown or not."
    return f"<p>{lead}</p>" + tables.render(
        "table-decisions", "Table A2: Numbers by what was decided on them",
        ["Rule", "Decision", "Why", "Numbers"], rows,
    )  # fmt: skip
