"""What intake shows: who was lost, who was kept, by which rules people were found."""

import dataclasses
from typing import Any

import pandas as pd

from helpers.intake.cohort import losses as attrition
from helpers.intake.cohort.kinds import as_text, numeric
from helpers.intake.cohort.ready import wanted_covariates
from helpers.publication import blocks
from helpers.publication.blocks import Block, ref
from helpers.publication.labels import level, variable
from helpers.request import Request
from helpers.runs.run import Run


def numbered(label: str, name: str) -> dict[str, Any]:
    """A stage or a loss of a flow chart: its number and share of those submitted."""
    return {
        "label": label,
        "count": ref(name),
        "share": ref(f"{name}.share", "per_cent"),
    }


def flow(run: Run, losses: pd.DataFrame) -> list[Block]:
    """The flow of submitted lines up to matching, for the analyst.

    How many go on is registered by the matching, so that it is not registered here.
    Nothing is drawn where nobody was lost.
    """
    lines = losses.set_index("box")["treatment"]
    submitted, left = int(lines[attrition.SUBMITTED]), int(lines[attrition.AVAILABLE])
    if submitted == left:
        return []
    apart = dataclasses.replace(run, made_in={})
    go_on = attrition.count("intake.available", left, "")
    apart.register([go_on, attrition.share(go_on, submitted)])
    lost = [
        numbered(text[:1].lower() + text[1:], attrition.box_ref(box))
        for box, text in attrition.REASONS.items()
        if lines[box]
    ]
    first = "lines submitted"
    if run.request.is_open_data:
        first = f"{run.request.programme.noun} in the data"
    steps = [
        numbered(first, "intake.submitted"),
        numbered(attrition.AVAILABLE, "intake.available"),
    ]
    subtitle = f"From the {first} to those available for matching"
    return [
        blocks.figure(
            apart,
            "flow-intake",
            figure="flow",
            subtitle=subtitle,
            data={"end": attrition.AVAILABLE, "steps": steps, "losses": [lost]},
        )
    ]


def profile(everyone: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Treated people who go on and those who do not: means, and per cent of levels.

    Only lines whose values are known count; `known` says how many there are.
    """
    treated = everyone[everyone["treatment"] == 1]
    lost = attrition.boxes(treated).notna()
    groups = {"go on": treated[~lost], "left out": treated[lost]}
    rows = []
    for name, kind in wanted_covariates(request).items():
        rows += _profile_rows(request, groups, name, kind)
    columns = ["characteristic", "level"]
    columns += [f"{what}{group}" for group in groups for what in ("", "known, ")]
    return pd.DataFrame(rows, columns=columns)


def _profile_rows(
    request: Request, groups: dict[str, pd.DataFrame], name: str, kind: str
) -> list[list[Any]]:
    label = variable(request, name)
    if kind == "numeric":
        values = [numeric(people[name]) for people in groups.values()]
        cells = [cell for v in values for cell in (v.mean(), int(v.notna().sum()))]
        return [[label, "mean", *cells]]
    texts = [as_text(people[name]).dropna() for people in groups.values()]
    levels = sorted({value for text in texts for value in text.unique()})
    return [
        [label, f"{level(request, name, value)}, %"]
        + [cell for t in texts for cell in (100 * (t == value).mean(), len(t))]
        for value in levels
    ]
