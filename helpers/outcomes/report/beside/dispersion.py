"""How much more counts vary between people than counts of pure chance would."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.outcomes.report import by_measure
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.runs.run import Run

NAME = "dispersion"
METHOD = "5: n_e/(n_e−1)·Σw(y−ȳ_c)²/Σw over ȳ_c, in steps of a half"


def cells(
    found: Mapping[tuple[str, str], float | None],
    results: pd.DataFrame,
    sizes: pd.DataFrame,
) -> list[Cell]:
    """Give the over-dispersion of the comparison group as cells; none on a poor match.

    In steps of a half: more digits would give the sum of squares, which tells whether
    one person of a few had many reoffences.
    """
    poor = sizes.set_index("analysis")["quality"] == "poorly"
    size = results.set_index(["analysis", "outcome"])["effective_comparison"]
    made = []
    for (analysis, outcome), ratio in found.items():
        value = None if ratio is None or poor[analysis] else round(2 * ratio) / 2
        both = ("value_treatment", "value_comparison")
        made.append(
            Cell(
                refs.measure(analysis, outcome, NAME),
                value,
                "derived",
                needs=tuple(refs.measure(analysis, outcome, n) for n in both),
                method=METHOD,
                rounding="tenth",
                freedom=size[(analysis, outcome)] - 1,
            )
        )
    return made


def number(row: by_measure.Row) -> dict[str, str]:
    """Give the place of an analysis' over-dispersion in a table or a sentence."""
    ref = refs.measure(row.analysis, row.outcome.name, NAME)
    return {"ref": ref, "format": "setting"}


def notes(run: Run, of: by_measure.Measures) -> list[Any]:
    """Say in the table of a frequency how much it varies, where that is registered."""
    several = len(of.every) > 1
    rows = [
        {"row": row.analysis if several else "", "times": number(row)}
        for row in of.every
    ]
    if not rows or rows[0]["times"]["ref"] not in run.cells:
        return []
    return [{"fact": "varies", "what": of.outcomes[0].label, "rows": rows}]
