"""Whether what made-up programmes come to looks like chance alone."""

import math

import pandas as pd

from helpers.request.limits import ALPHA

JUDGED = 0.5  # share of the programmes that must have an answer for a verdict
FEWEST = 20  # answers, or the rules warn of chance alone in one of ten and more
FEW_DRAWN = "fewer than twenty made-up programmes tell too little to judge by"
ERRORS = 2  # standard errors of simulation that are allowed for


def enough(programmes: pd.DataFrame) -> bool:
    """Tell whether enough made-up programmes have an estimate to be shown."""
    known = int(programmes["why"].isna().sum())
    return known > 1 and known >= JUDGED * len(programmes)


def summary(programmes: pd.DataFrame, nought: float = 0.0) -> pd.Series:
    """Tell whether made-up programmes are found to differ no more often than by chance.

    A programme that is not tested, since too few of its people have the outcome,
    raises no alarm: nor would the report of a real one.

    Parameters
    ----------
    programmes
        As `placebo.programmes` gives them.
    nought
        The smallest mean that is not printed as 0, in the outcome's units: of very
        many programmes one nearer to 0 may be told from it, and nobody would see it.

    Returns
    -------
    Series
        groups (made up), estimated and tested (of them); false_alarms (share of those
        estimated that are significant) and allowed_false_alarms, NaN where fewer than
        half of the groups could be tested; mean, spread (standard deviation) and
        allowed_mean (how far from 0) of the differences, in the outcome's units;
        passed_false_alarms and passed_mean, None where fewer than half of the groups,
        or fewer than twenty, have an answer; why most of the others have none, or why
        there is no verdict, or None.
    """
    estimated = programmes[programmes["why"].isna()]
    tested = estimated["significant"].notna()
    asked, carried_out = len(programmes), len(estimated)
    alarms = mean = spread = allowed = apart = math.nan
    half = max(JUDGED * asked, 1)
    if carried_out and tested.sum() >= half:
        alarms = float(estimated["significant"].eq(True).mean())
        allowed = ALPHA + ERRORS * math.sqrt(ALPHA * (1 - ALPHA) / carried_out)
    if carried_out:
        mean = float(estimated["difference"].mean())
        spread = float(estimated["difference"].std())
        apart = ERRORS * spread / math.sqrt(carried_out)
    why = programmes["why"].dropna()
    least = max(half, FEWEST)
    reason = FEW_DRAWN if 0 < asked < FEWEST else None
    return pd.Series(
        {
            "groups": asked,
            "estimated": carried_out,
            "tested": int(tested.sum()),
            "false_alarms": alarms,
            "allowed_false_alarms": allowed,
            "mean": mean,
            "spread": spread,
            "allowed_mean": apart,
            "passed_false_alarms": None if tested.sum() < least else alarms <= allowed,
            "passed_mean": (
                None if carried_out < least else abs(mean) <= max(apart, nought)
            ),
            "why": why.mode().iloc[0] if len(why) else reason,
        },
        dtype=object,
    )
