"""Sub-groups compared with each other: which, and by how much their results differ."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd
from scipy import stats

from helpers.intake.cohort.kinds import as_text
from helpers.request import Request
from helpers.request.analyses import Analysis
from helpers.request.filters import Range
from helpers.request.limits import ALPHA, PAIRS

VALUES = ("difference", "standard_error", "df", "ci_low", "ci_high", "p_value")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Kind:
    """Sub-groups of one kind, such as men and women: what tells them apart.

    `rest` is what else their filters keep, the same for all of them.
    """

    column: str
    rest: str
    pairs: tuple[Pair, ...]

    @property
    def names(self) -> list[str]:
        """The analyses, in the order of the request."""
        return list(dict.fromkeys(name for pair in self.pairs for name in pair))

    @property
    def compared(self) -> tuple[Pair, ...]:
        """The pairs that are compared: none where there are more than six."""
        return self.pairs if len(self.pairs) <= PAIRS else ()


def kinds(request: Request, matched: Mapping[str, pd.DataFrame]) -> list[Kind]:
    """Give the kinds of sub-groups that the request sets beside each other.

    Two analyses make a pair where their filters name the same columns and differ in
    one of them, of which they keep no value both; everything else that chooses people
    is the same. `matched` are the people of each analysis: a pair has nobody in common
    among those with a weight, of either group.
    """
    who = {name: _analysed(people) for name, people in matched.items()}
    analyses = [one for one in request.analyses if one.name in who]
    found: dict[tuple[str, str], list[Pair]] = {}
    for one, other in combinations(analyses, 2):
        column = _told_apart(one, other)
        if column and not who[one.name] & who[other.name]:
            rest = {name: kept for name, kept in one.filter.items() if name != column}
            found.setdefault((column, str(rest)), []).append((one.name, other.name))
    return [Kind(*key, tuple(pairs)) for key, pairs in found.items()]


def _analysed(people: pd.DataFrame) -> set[Any]:
    return set(people.loc[people["weight"] > 0, "person_id"])


def _told_apart(one: Analysis, other: Analysis) -> str:
    """Give the one column of which two analyses keep different values; else empty."""
    alike = (one.treatment_filter, one.pool) == (other.treatment_filter, other.pool)
    if not alike or set(one.filter) != set(other.filter):
        return ""
    differ = [name for name in one.filter if one.filter[name] != other.filter[name]]
    if len(differ) != 1 or _meet(one.filter[differ[0]], other.filter[differ[0]]):
        return ""
    return differ[0]


def _meet(one: Sequence[Any] | Range, other: Sequence[Any] | Range) -> bool:
    """Tell whether some value could be kept by both: judged without looking at people.

    Or the comparison itself would tell that nobody has it.
    """
    ranges = [isinstance(kept, Range) for kept in (one, other)]
    if not any(ranges):
        values = [set(as_text(pd.Series(list(k), dtype=object))) for k in (one, other)]
        return bool(values[0] & values[1])
    if not all(ranges) or one.of_dates != other.of_dates:
        return True
    before = (_ends_before(one, other), _ends_before(other, one))
    return not any(before)


def _ends_before(one: Range, other: Range) -> bool:
    return None not in (one.to, other.start) and one.to < other.start


def difference(one: Mapping[str, float], other: Mapping[str, float]) -> pd.Series:
    """Compare the estimates of two groups that share nobody, first less second.

    Parameters
    ----------
    one, other
        As `estimates.difference` gives them, of the same outcome.

    Returns
    -------
    Series
        In the outcome's units: difference, standard_error, df, ci_low, ci_high (95%)
        and p_value (two-sided).

    Notes
    -----
    SE = √(SE₁² + SE₂²), with the degrees of freedom of Welch and Satterthwaite over the
    four variances of means. Where either has no test there is none here, and the
    interval is made of both intervals as Newcombe's is of two rates' (Zou and Donner
    2008).
    """
    gap = one["difference"] - other["difference"]
    parts = [estimate["standard_error"] ** 2 for estimate in (one, other)]
    error = math.sqrt(sum(parts))
    df = low = high = p = math.nan
    if error > 0:
        # SE⁴/df of an estimate is the sum of V²/(n − 1) over its two groups
        each = (v**2 / e["df"] for v, e in zip(parts, (one, other), strict=True))
        df = error**4 / sum(each)
    if math.isnan(one["p_value"]) or math.isnan(other["p_value"]):
        low = gap - _together(one, "ci_low", other, "ci_high")
        high = gap + _together(one, "ci_high", other, "ci_low")
    elif error > 0:
        reach = stats.t.ppf(1 - ALPHA / 2, df) * error
        low, high = gap - reach, gap + reach
        p = 2 * stats.t.sf(abs(gap) / error, df)
    values = map(float, (gap, error, df, low, high, p))
    return pd.Series(dict(zip(VALUES, values, strict=True)))


def _together(
    one: Mapping[str, float], end: str, other: Mapping[str, float], opposite: str
) -> float:
    """Give how far two intervals reach together, on one side of their difference."""
    reach = (one["difference"] - one[end], other["difference"] - other[opposite])
    return math.hypot(*reach)


def table(results: pd.DataFrame, found: Sequence[Kind]) -> pd.DataFrame:
    """Give one row a pair and outcome that both have, from `difference` of each."""
    estimates = results.set_index(["analysis", "outcome"])
    rows = [
        {"first": first, "second": second, "outcome": outcome, **compared}
        for kind in found
        for first, second in kind.compared
        for outcome in results.loc[results["analysis"] == first, "outcome"]
        if (second, outcome) in estimates.index
        for compared in [
            difference(
                estimates.loc[(first, outcome)], estimates.loc[(second, outcome)]
            )
        ]
    ]
    return pd.DataFrame(rows, columns=["first", "second", "outcome", *VALUES])
