"""The design gate: what must be known of a comparison before its result is.

Method, section 6, and the limits of sections 3 and 4. Nothing here looks at an outcome
of the treated people: whether the groups are alike, how many could be matched, how
small a difference could be found, how often chance alone finds one, and whether the
groups differed in earlier years. The first two stop a headline; the others warn.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.outcomes import precision
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.request import Outcome, limits

CRITERIA = limits.CRITERIA
BALANCE, MATCHED, NEAR, PRECISION, FALSE_ALARMS, NEGATIVE_CONTROL = CRITERIA
PASSED, WARNED, FAILED, TOLD, NOT_DONE = (
    "passed",
    "warning",
    "failed",
    "told",
    "not done",
)
EACH_100 = "in every 100 people"
COLUMNS = ["analysis", "criterion", "threshold", "value", "unit", "verdict", "why"]

#: why a criterion has no verdict, or warns
NOT_ASKED = "robustness.placebo_groups of the request is 0"
NO_MEASURE = "no outcome that is asked for is in the data"
NOT_TESTED = "too few people of a group would have the outcome, or not have it"
NO_LIMIT = (
    "robustness.smallest_effect of the request names no difference for this measure"
)
LARGER = "a difference as small as robustness.smallest_effect could be missed"
FEW_TESTED = "too few of the made-up programmes could be tested"
#: what warns of false alarms
ALARMS = {
    "passed_false_alarms": "more often than chance explains",
    "passed_mean": "on average they seem to make a difference",
}
NOT_CARRIED_OUT = "not carried out for this analysis"


def few_matched(match: Any) -> bool:
    """Tell whether too small a share of the treated was matched to head a report."""
    return match.share_matched < limits.HEADLINED


def poorly_matched(match: Any) -> bool:
    """Tell whether the groups could not be made alike, so that no result is shown."""
    return match.quality == "poorly"


def table(
    sizes: pd.DataFrame,
    studies: Mapping[str, Study],
    smallest_effect: float | None = None,
    placebo: Mapping[str, pd.Series] | None = None,
    earlier: Mapping[str, Check] | None = None,
) -> pd.DataFrame:
    """Give a row an analysis and criterion: threshold, value, verdict and why.

    `sizes` has what each matching came to, `studies` the headlines with the pool's
    outcomes (the treated people's are NaN), `placebo` the summary of the made-up
    programmes and `earlier` the check of earlier offending, of each headline.

    Columns: analysis, criterion, threshold, value, unit, verdict (passed, warned,
    failed, told, not done), why. A rate's values are in points and per cent, rounded
    as they are printed, since a limit that anybody may choose is held against them.
    """
    rows = []
    for match in sizes.itertuples(index=False):
        name = match.analysis
        found = [*_of_match(match)]
        if name in studies:
            found += [
                _precision(studies[name], smallest_effect),
                _false_alarms((placebo or {}).get(name)),
                _negative_control((earlier or {}).get(name)),
            ]
        rows += [{"analysis": name, **row} for row in found]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    criterion: str,
    value: float,
    unit: str,
    verdict: str,
    why: str = "",
    *,
    threshold: float = math.nan,
) -> dict[str, Any]:
    return {"criterion": criterion, "threshold": threshold, "value": value,
            "unit": unit, "verdict": verdict, "why": why}  # fmt: skip


def _of_match(match: Any) -> Iterator[dict[str, Any]]:
    """Give what 02 settled: how alike the groups are, and how many were matched."""
    yield _row(
        BALANCE,
        match.largest_smd_after,
        "%",
        FAILED if poorly_matched(match) else PASSED,
        threshold=limits.REASONABLE,
    )
    yield _row(
        MATCHED,
        100 * match.share_matched,
        "%",
        FAILED if few_matched(match) else PASSED,
        threshold=100 * limits.HEADLINED,
    )
    yield _row(NEAR, 100 * match.share_near, "%", TOLD)


def _precision(study: Study, smallest: float | None) -> dict[str, Any]:
    """Give the smallest difference that would be found, by the pool's outcomes."""
    outcome, values = study.outcome, study.values
    if outcome is None or values is None:
        return _row(PRECISION, math.nan, "", NOT_DONE, NO_MEASURE)
    treated = study.treated
    weights = study.weights[~treated]
    # a measure of some people: as many of the treated are taken to have a value
    known = weights[values[~treated].notna()].sum() / weights.sum()
    n_treatment = int((study.weights[treated] > 0).sum() * known)
    least = precision.detectable_before(
        values[~treated], weights, n_treatment, outcome.kind
    )
    rate = outcome.kind == "rate"
    limit = smallest if rate and smallest is not None else math.nan
    value = math.nan if math.isnan(least) else _printed(least, outcome)
    verdict, why = _precise(value, limit)
    why = NOT_TESTED if math.isnan(value) else why
    return _row(PRECISION, value, _unit(outcome), verdict, why, threshold=limit)


def _precise(value: float, limit: float) -> tuple[str, str]:
    """Give the verdict on a smallest difference beside the one that would matter."""
    if math.isnan(limit):
        return TOLD, NO_LIMIT
    return (PASSED, "") if value <= limit else (WARNED, LARGER)


def _printed(value: float, outcome: Outcome) -> float:
    """Give a difference as it is printed: in points, per 100, or in its own unit."""
    if outcome.kind in ("rate", "frequency"):
        value *= 100
    whole = math.floor(value + 0.5)
    return float(whole) if whole else math.floor(value * 10 + 0.5) / 10


def _unit(outcome: Outcome) -> str:
    return {"rate": EACH_100, "frequency": "for every 100 people"}.get(
        outcome.kind, outcome.unit or "days"
    )


def _false_alarms(summary: pd.Series | None) -> dict[str, Any]:
    """Give how often made-up programmes seemed to make a difference."""
    if summary is None or not summary["groups"]:
        return _row(FALSE_ALARMS, math.nan, "%", NOT_DONE, NOT_ASKED)
    # what too few of them could tell has no verdict, which is None
    verdicts = {why: summary[name] for name, why in ALARMS.items()}
    failed = [why for why, held in verdicts.items() if held is not None and not held]
    if summary["passed_false_alarms"] is None and not failed:
        why = summary.get("why") or FEW_TESTED
        return _row(FALSE_ALARMS, math.nan, "%", NOT_DONE, why)
    # the share is no rate where too few of them could raise an alarm
    judged = summary["passed_false_alarms"] is not None
    return _row(
        FALSE_ALARMS,
        100 * summary["false_alarms"] if judged else math.nan,
        "%",
        WARNED if failed else PASSED,
        "; ".join(failed),
        threshold=100 * summary["allowed_false_alarms"] if judged else math.nan,
    )


def _negative_control(check: Check | None) -> dict[str, Any]:
    """Give by how much the groups differed in earlier offending."""
    if check is None or check.verdict == "none" or check.table.empty:
        why = NOT_CARRIED_OUT if check is None else check.text
        return _row(NEGATIVE_CONTROL, math.nan, EACH_100, NOT_DONE, why)
    row = check.table.iloc[0]
    holds = row["ci_low"] <= 0 <= row["ci_high"]
    why = "" if holds else "the interval of the difference leaves out zero"
    verdict = PASSED if holds else WARNED
    return _row(NEGATIVE_CONTROL, 100 * row["difference"], EACH_100, verdict, why)
