"""The design gate in the report: what could be found, and all of it for reviewers."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from helpers.outcomes import gate
from helpers.outcomes.report.robustness.before.gate_cells import BY_RATE, value_ref
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see, told
from helpers.publication.wording.number_words import in_words
from helpers.runs.run import Run

KEY = "design-gate"
PUBLISHED = "before-outcomes"
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
    gate.PRECISION: "Precision: smallest difference usually found (four times in "
    "five), {} (at most)",
    gate.FALSE_ALARMS: "False alarms: made-up programmes that seem to make a "
    "difference, in per cent (at most)",
    gate.NEGATIVE_CONTROL: "Negative control: difference in earlier offending, in "
    "every 100 people (its interval holds zero)",
}
#: and in the published table, where it stands beside "At most"
ASKED = {
    gate.PRECISION: "Smallest difference usually found (four times in five), {}",
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
    "alone. With those of both groups it can be a little different: it is told with "
    "the results, as the difference usually found."
)
UNJUDGED = "What has no threshold has no verdict."
#: where made-up programmes were asked for
NOT_JUDGED = (
    "How often made-up programmes raise a false alarm could not be judged, since "
    f"{gate.FEW_TESTED}."
)


def published(run: Run, table: pd.DataFrame) -> list[Block]:
    """Give the table of the numbers that "How sure can we be?" has, of each headline.

    No table where there is no headline to tell of.
    """
    tried = run.request.robustness.placebo_groups > 0
    asked = (table["verdict"] != gate.NOT_DONE) | (
        table["criterion"].eq(gate.FALSE_ALARMS) & tried
    )
    of_headlines = table[table["criterion"].isin(BY_RATE) & asked]
    several = of_headlines["analysis"].nunique() > 1
    rows: list[list[Any]] = []
    for name, own in of_headlines.groupby("analysis", sort=False):
        rows += [[name]] if several else []
        rows += [
            [ASKED[row.criterion].format(row.unit), *_values(run, row)]
            for row in own.itertuples(index=False)
        ]
    if not rows:
        return []
    shown = blocks.table(
        run,
        PUBLISHED,
        caption=HEADING,
        columns=["What was asked", "At most", "Value", "Verdict"],
        rows=rows,
        lead=[see(PUBLISHED), LEAD_PUBLISHED],
        notes=_notes(of_headlines),
    )
    return [shown]


def _notes(table: pd.DataFrame) -> list[Any]:
    """Say what the numbers are made of, and why there is none, as far as it is told."""
    without = table["verdict"].eq(gate.TOLD).any()
    notes: list[Any] = [f"{NOTE} {UNJUDGED}" if without else NOTE]
    alarms = table["criterion"].eq(gate.FALSE_ALARMS)
    names = table.loc[alarms & table["verdict"].eq(gate.NOT_DONE), "analysis"]
    verdicts = [refs.gate(name, gate.FALSE_ALARMS, "verdict") for name in names]
    return [*notes, told(NOT_JUDGED, *verdicts)] if verdicts else notes


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
        notes=[f"{NOTE} {UNJUDGED}"],
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
    }
    numbers = [
        ref(name, form) if name in run.cells else NOTHING
        for name, form in places.items()
    ]
    # that a row has no verdict is so by the method or the request, whoever the people
    if row.verdict == gate.TOLD:
        return [*numbers, NOTHING]
    return [*numbers, ref(refs.gate(row.analysis, row.criterion, "verdict"), "text")]


def _changed(run: Run) -> dict[str, Any]:
    """Give what is told of earlier openings of outcomes; empty if nothing."""
    told = run.opened
    if told is None:
        return {}
    by = "" if told.by == run.request.id else told.by
    others = in_words(told.others) if told.others else ""
    return asdict(told) | {"by": by, "others": others, "settings": list(told.settings),
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
