"""Whether the numbers, the verdict and the years of a printed result agree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpers.charts.catalogue.columns import PER_100
from helpers.charts.catalogue.numbers import half_unit
from helpers.request.limits import ALPHA

#: a little, so that what is worked out from decimals may be equal
ALMOST = 1e-9
#: width below which an interval in percentage points was written as a proportion
NARROWEST = 0.25


@dataclass(frozen=True)
class Measure:
    """The columns of one measure: what each group had, the difference, the verdict."""

    treatment: str
    comparison: str
    difference: str
    low: str
    high: str
    significant: str
    direction: str
    less: str  # the direction in which the difference is below zero


MEASURES = (
    Measure("rate_treat", "rate_comp", "diff_printed", "ci_low", "ci_high",
            "sig_rate", "dir_rate", "down"),
    Measure("freq_treat_per100", "freq_comp_per100", "freq_diff_per100",
            "freq_ci_low", "freq_ci_high", "sig_freq", "dir_freq", "down"),
    Measure("days_treat", "days_comp", "days_diff", "days_ci_low", "days_ci_high",
            "sig_time", "dir_time", "sooner"),
)  # fmt: skip


def problems(row: Mapping[str, str], values: Mapping[str, float]) -> Iterator[str]:
    """Tell what in a row cannot be beside the rest of it.

    `values` are its numbers by column, without those that are empty or wrong. Printed
    numbers are rounded, so they may differ by what rounding explains.
    """
    for measure in MEASURES:
        estimate = _estimate(row, values, measure)
        yield from _difference(row, values, measure)
        yield from _interval(row, values, measure, estimate)
        yield from _verdict(row, values, measure, estimate)
    yield from _p_value(row, values)
    yield from _years(row, values)


@dataclass(frozen=True)
class Estimate:
    """A difference, what it is called, and by how much rounding may have moved it."""

    value: float
    words: str
    rounding: float
    printed: bool


def _estimate(
    row: Mapping[str, str], values: Mapping[str, float], of: Measure
) -> Estimate | None:
    """Give the difference as printed, else that of what the two groups had."""
    if of.difference in values:
        text = row[of.difference]
        return Estimate(
            values[of.difference], f"{of.difference} {text}", half_unit(text), True
        )
    if not {of.treatment, of.comparison} <= set(values):
        return None
    return Estimate(
        values[of.treatment] - values[of.comparison],
        f"{of.treatment} {row[of.treatment]} less {of.comparison} {row[of.comparison]}",
        half_unit(row[of.treatment]) + half_unit(row[of.comparison]),
        False,
    )


def _difference(
    row: Mapping[str, str], values: Mapping[str, float], of: Measure
) -> Iterator[str]:
    """Hold a printed difference against what the two groups had."""
    if not {of.treatment, of.comparison, of.difference} <= set(values):
        return
    printed, worked = (
        values[of.difference],
        values[of.treatment] - values[of.comparison],
    )
    columns = (of.treatment, of.comparison, of.difference)
    rounding = sum(half_unit(row[name]) for name in columns) + ALMOST
    if abs(printed - worked) <= rounding:
        return
    small = abs(100 * printed - worked) <= rounding + 0.5
    yield (
        f"{of.difference} {row[of.difference]} is not {of.treatment} "
        f"{row[of.treatment]} less {of.comparison} {row[of.comparison]}; "
        + (
            f"write {100 * printed:g}, and its interval alike: they are for every 100"
            if small
            else "mend the number that is wrong"
        )
    )


def _interval(
    row: Mapping[str, str],
    values: Mapping[str, float],
    of: Measure,
    estimate: Estimate | None,
) -> Iterator[str]:
    """Hold an interval against itself and against the difference."""
    low, high = values.get(of.low), values.get(of.high)
    if low is not None and high is not None:
        if low > high:
            yield f"{of.low} {row[of.low]} is above {of.high} {row[of.high]}; swap them"
            return
        narrow = max(-low, high) < 1 and 0 < high - low < NARROWEST
        if narrow and of.treatment in PER_100:
            yield (
                f"the interval {row[of.low]} to {row[of.high]} is for every 100 "
                f"people; write {100 * low:g} and {100 * high:g} if that is meant"
            )
            return
    if estimate is None:
        return
    below = low is not None and estimate.value < low - _slack(row[of.low], estimate)
    above = high is not None and estimate.value > high + _slack(row[of.high], estimate)
    if below or above:
        limits = f"{row[of.low] or '…'} to {row[of.high] or '…'}"
        yield (
            f"the interval {limits} does not contain {estimate.words}; mend the "
            "number that is wrong"
        )


def _slack(limit: str, estimate: Estimate) -> float:
    """Give by how much a limit may seem to be beyond the difference.

    Of two numbers that are rounded alike the greater one stays the greater.
    """
    rounding = half_unit(limit)
    if estimate.printed:
        alike = rounding == estimate.rounding
        return (0 if alike else max(rounding, estimate.rounding)) + ALMOST
    return rounding + estimate.rounding + ALMOST


def _verdict(
    row: Mapping[str, str],
    values: Mapping[str, float],
    of: Measure,
    estimate: Estimate | None,
) -> Iterator[str]:
    """Hold a verdict against the interval, and a direction against the sign."""
    low, high = values.get(of.low), values.get(of.high)
    verdict, way = row[of.significant], row[of.direction]
    if low is not None and high is not None and low <= high:
        limits = f"the interval {row[of.low]} to {row[of.high]}"
        if verdict == "N" and (low > 0 or high < 0):
            yield f"{of.significant} is N but {limits} leaves out 0; mend one of them"
        if verdict == "Y" and low < 0 < high:
            yield f"{of.significant} is Y but {limits} holds 0; mend one of them"
        if way and (low > 0 if way == of.less else high < 0):
            yield f"{of.direction} is {way} but {limits} is not; mend one of them"
            return
    if estimate and way:
        wrong_way = estimate.value if way == of.less else -estimate.value
        if wrong_way > (0 if estimate.printed else estimate.rounding):
            side = "above" if estimate.value > 0 else "below"
            yield (
                f"{of.direction} is {way} but {estimate.words} is {side} 0; mend one "
                "of them"
            )


def _p_value(row: Mapping[str, str], values: Mapping[str, float]) -> Iterator[str]:
    p, verdict = values.get("p_value"), row["sig_rate"]
    if p is None:
        return
    if (verdict == "Y" and p > ALPHA) or (verdict == "N" and p < ALPHA):
        yield (
            f"sig_rate is {verdict} but p_value is {row['p_value']}; mend one of them"
        )


def _years(row: Mapping[str, str], values: Mapping[str, float]) -> Iterator[str]:
    """Hold the years of a cohort against each other and against publication."""
    first, last = row["cohort_from"], row["cohort_to"]
    known = {"cohort_from", "cohort_to"} & set(values)
    if len(known) == 2 and values["cohort_from"] > values["cohort_to"]:
        yield f"cohort_from {first} is after cohort_to {last}; swap them"
        return
    for name in sorted(known, reverse=True):
        if row["published"][:4].isdigit() and row[name] > row["published"][:4]:
            yield (
                f"{name} {row[name]} is after the month of publication, "
                f"{row['published']}; mend one of them"
            )
            return
