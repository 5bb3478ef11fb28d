"""What intake shows: who was lost, who was kept, by which rules people were found."""

import dataclasses

import pandas as pd

from helpers.intake.cohort.kinds import yes_no
from helpers.intake.cohort.losses import AVAILABLE, REASONS, SUBMITTED
from helpers.intake.cohort.profile import MEAN
from helpers.intake.report import flow as intake_flow
from helpers.intake.report.cells import count, share
from helpers.publication import refs
from helpers.publication.blocks import Block
from helpers.publication.labels import level, variable
from helpers.request import Request
from helpers.runs.run import Run


def flow(run: Run, losses: pd.DataFrame) -> list[Block]:
    """Give the flow of submitted lines up to matching, for the analyst.

    How many go on is registered by the matching, so that it is not registered here.
    Nothing is drawn where nobody was lost.
    """
    lines = losses.set_index("box")["treatment"]
    submitted, left = int(lines[SUBMITTED]), int(lines[AVAILABLE])
    if submitted == left:
        return []
    apart = dataclasses.replace(run, made_in={})
    go_on = count(refs.AVAILABLE, left, "")
    apart.register([go_on, share(go_on, submitted)])
    lost = [(text, refs.box(box)) for box, text in REASONS.items() if lines[box]]
    first = intake_flow.first(run)
    return [
        intake_flow.chart(
            apart,
            "flow-intake",
            [(first, refs.SUBMITTED), (AVAILABLE, refs.AVAILABLE)],
            [lost],
            subtitle=f"From the {first} to those available for matching",
            end=AVAILABLE,
        )
    ]


def labelled(
    profile: pd.DataFrame, request: Request, everyone: pd.DataFrame
) -> pd.DataFrame:
    """Give the profile of those lost with the report's names for columns and levels."""
    names = profile["characteristic"].unique()
    binary = {name: yes_no(everyone[name]) for name in names}
    pairs = list(zip(profile["characteristic"], profile["level"], strict=True))
    return profile.assign(
        characteristic=[variable(request, name) for name, _ in pairs],
        level=[
            value
            if value == MEAN
            else f"{level(request, name, value, yes_no=binary[name])}, %"
            for name, value in pairs
        ],
    )
