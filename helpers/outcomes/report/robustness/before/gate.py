"""The design gate in the report: what could be found, and all of it for reviewers."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from helpers.outcomes import gate
from helpers.outcomes.report.robustness.before.gate_cells import BY_RATE, value_ref
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see, told
from helpers.runs.run import Run

KEY = "design-gate"
#: where a row has no such cell
NOTHING = "–"
FORMATS = {
    gate.BALANCE: "smd",
    gate.MATCHED: "per_cent",
    gate.NEAR: "per_cent",
    gate.PRECISION: "size",
    gate.FALSE_ALARMS: "smd",
    gate.NEGATIVE_CONTROL: "limit",
}
#: what a row of the table is called, and what its threshold is
LABELS = {
    gate.BALANCE: "Balance: largest standardised mean difference after matching, in "
    "per cent (at most)",
    gate.MATCHED: "Overlap: share of the treatment group matched (at least)",
    gate.NEAR: "Overlap: share of the treatment group with ten people of the pool "
    "inside the caliper",
    gate.PRECISION: "Precision: smallest difference found four times in five, {} (at "
    "most)",
    gate.FALSE_ALARMS: "False alarms: made-up programmes that seem to make a "
    "difference, in per cent (at most)",
    gate.NEGATIVE_CONTROL: "Negative control: difference in earlier offending, in "
    "points (its interval holds nought)",
}
#: and in the published table, where it stands beside "At most"
ASKED = {
    gate.PRECISION: "Smallest difference found four times in five, {}",
    gate.FALSE_ALARMS: "Made-up programmes that seemed to make a difference, in per "
    "cent",
}
#: true whenever outcomes were opened
HEADING = "What could be found, worked out from the comparison pool alone"
LEAD_PUBLISHED = (
    " has what could be found. It is worked out without the outcomes of the people in "
    "the programme."
)
LEAD = (
    " has what is asked of each comparison without the outcomes of the people in the "
    "programme. Balance and the share matched stop a headline; everything else warns."
)
NOTE = (
    "The smallest difference is worked out from the outcomes of the comparison group "
    "alone. What has no threshold is told without a verdict."
)


def published(run: Run, table: pd.DataFrame) -> list[Block]:
    """Give the table of the numbers that "How sure can we be?" has, of each headline.

    No table where there is no headline to tell of.
    """
    told = table[table["criterion"].isin(BY_RATE) & (table["verdict"] != gate.NOT_DONE)]
    several = told["analysis"].nunique() > 1
    rows: list[list[Any]] = []
    for name, own in told.groupby("analysis", sort=False):
        rows += [[name]] if several else []
        rows += [
            [ASKED[row.criterion].format(row.unit), *_values(run, row)]
            for row in own.itertuples(index=False)
        ]
    if not rows:
        return []
    shown = blocks.table(
        run,
        "before-outcomes",
        heading=HEADING,
        caption=HEADING,
        columns=["What was asked", "At most", "Value", "Verdict"],
        rows=rows,
        lead=[see("before-outcomes"), LEAD_PUBLISHED],
        notes=[NOTE],
    )
    return [shown]


def for_reviewers(run: Run, table: pd.DataFrame) -> list[Block]:
    """Give the gate's table, and what was changed after outcomes were opened."""
    rows: list[list[Any]] = []
    several = table["analysis"].nunique() > 1
    for name, own in table.groupby("analysis", sort=False):
        rows += [[name]] if several else []
        rows += [_shown_row(run, row) for row in own.itertuples(index=False)]
    shown = blocks.table(
        run,
        KEY,
        caption="The design gate",
        columns=["What was asked", "Threshold", "Value", "Verdict", "Why"],
        rows=rows,
        lead=[see(KEY), LEAD],
        notes=[NOTE],
    )
    data = {"held": bool(run.request.inputs.cohort), "changed": _changed(run)}
    data["since"] = _since(run, table)
    return [blocks.words(run, "gate-settled", words="gate", data=data), shown]


def _shown_row(run: Run, row: Any) -> list[Any]:
    verdict = refs.gate(row.analysis, row.criterion, "verdict")
    said = row.why if run.cells[verdict].value and row.why else NOTHING
    why = told(said, verdict, otherwise=NOTHING)
    return [LABELS[row.criterion].format(row.unit), *_values(run, row), why]


def _values(run: Run, row: Any) -> list[Any]:
    """Give threshold, value and verdict of a row; a dash where there is none."""
    form = FORMATS[row.criterion]
    limit_form = form if row.criterion == gate.FALSE_ALARMS else "setting"
    places = {
        refs.gate(row.analysis, row.criterion, "threshold"): limit_form,
        value_ref(row): form,
        refs.gate(row.analysis, row.criterion, "verdict"): "text",
    }
    return [
        ref(name, form) if name in run.cells else NOTHING
        for name, form in places.items()
    ]


def _changed(run: Run) -> dict[str, Any]:
    """Give what is told of earlier openings of outcomes; empty if nothing."""
    told = run.opened
    if told is None:
        return {}
    by = "" if told.by == run.request.id else told.by
    return asdict(told) | {"by": by, "settings": list(told.settings),
                           "tried": list(told.tried)}  # fmt: skip


def _since(run: Run, table: pd.DataFrame) -> list[list[Any]]:
    """Give each time at which rows first stood in the ledger, and which they were."""
    several = table["analysis"].nunique() > 1
    times: dict[str, list[str]] = {}
    for row, at in zip(table.itertuples(), run.gate_since, strict=True):
        what = LABELS[row.criterion].partition(":")[0].lower()
        named = f"{what} of “{row.analysis}”" if several else what
        times.setdefault(at, []).append(named)
    ordered = sorted(times.items())
    return [[at, list(dict.fromkeys(rows))] for at, rows in ordered]
