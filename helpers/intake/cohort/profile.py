"""Who goes on and who does not: on every covariate, and in both groups."""

from typing import Any

import pandas as pd
from scipy import stats

from helpers.intake.cohort.hand_over import wanted_covariates
from helpers.intake.cohort.kinds import as_text, in_order, numeric
from helpers.intake.cohort.losses import (
    AFTER_LINKAGE,
    BOXES,
    OUTCOME_MISSING,
    OUTSIDE_AGES,
    REOFFENDED_BEFORE,
    TOO_RECENT,
    boxes,
)
from helpers.intake.cohort.whom import REOFFENDED, of_everyone
from helpers.request import Request
from helpers.request.limits import ALPHA, LOST_APART

MEAN = "mean"
#: the boxes that both groups of a ready cohort may fall into; others are compared where
#: its pool was looked at for them too. A pool from the records is the whole country's,
#: which the rules on ages and dates thin otherwise than they do a list
OF_BOTH = (OUTSIDE_AGES, TOO_RECENT, REOFFENDED_BEFORE, OUTCOME_MISSING)


def profile(everyone: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Compare treated people who go on with those who do not: means, levels in %.

    Only lines whose values are known count; `known` says how many there are. The level
    of a number's row is MEAN.
    """
    treated = everyone[everyone["treatment"] == 1]
    lost = boxes(treated).notna()
    groups = {"go on": treated[~lost], "left out": treated[lost]}
    rows = []
    for name, kind in wanted_covariates(request).items():
        rows += [[name, *row] for row in _rows(groups, name, kind)]
    columns = ["characteristic", "level"]
    columns += [f"{what}{group}" for group in groups for what in ("", "known, ")]
    return pd.DataFrame(rows, columns=columns)


def _rows(groups: dict[str, pd.DataFrame], name: str, kind: str) -> list[list[Any]]:
    """Give the mean of a number, or the per cent at each level of a category."""
    if kind == "numeric":
        values = [numeric(people[name]) for people in groups.values()]
        known = [int(v.notna().sum()) for v in values]
        return [[MEAN, *(x for v, n in zip(values, known, strict=True)
                         for x in (v.mean(), n))]]  # fmt: skip
    texts = [as_text(people[name]).dropna() for people in groups.values()]
    levels = in_order({value for text in texts for value in text.unique()})
    return [
        [level, *(x for t in texts for x in (100 * (t == level).mean(), len(t)))]
        for level in levels
    ]


def losses_apart(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Compare the losses of both groups: who was lost, and whose outcome is not known.

    It looks at whether outcomes are known and never at what they are. Each loss is a
    share of those who had come so far.

    Returns
    -------
    DataFrame
        loss, the share of each group (`treatment`, `pool`), p_value (two proportions,
        pooled), `apart`: more than LOST_APART between the shares, and beyond chance.
    """
    treated, box = cohort["treatment"] == 1, boxes(cohort)
    rows = []
    for at, name in enumerate(BOXES):
        here = box == name
        both = name in OF_BOTH or (name in AFTER_LINKAGE and here[~treated].any())
        if name == OUTCOME_MISSING or (both and not request.inputs.from_records):
            come_so_far = box.isna() | box.isin(BOXES[at:])
            rows.append([name, *_apart(here[come_so_far], treated)])
    going_on = cohort[box.isna()]
    for outcome in of_everyone(going_on, request):
        if outcome.column == REOFFENDED:  # a box of its own
            continue
        unknown = going_on[outcome.column].isna()
        rows.append([f"{outcome.column} not known", *_apart(unknown, treated)])
    return pd.DataFrame(rows, columns=["loss", "treatment", "pool", "p_value", "apart"])


def _apart(lost: pd.Series, treated: pd.Series) -> list[Any]:
    """Give the shares lost of both groups, and whether they differ materially."""
    groups = [lost[treated[lost.index]], lost[~treated[lost.index]]]
    shares = [float(group.mean()) for group in groups]
    variance = lost.mean() * (1 - lost.mean()) * sum(1 / max(len(g), 1) for g in groups)
    gap = abs(shares[0] - shares[1])
    p_value = 2 * stats.norm.sf(gap / variance**0.5) if variance else 1.0
    return [*shares, float(p_value), bool(gap > LOST_APART and p_value <= ALPHA)]
