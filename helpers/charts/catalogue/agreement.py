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
MEND = "mend the number that is wrong"


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


@dataclass(frozen=True)
class Estimate:
    """A difference, what it is called, and by how much rounding may have moved it."""

    value: float
    words: str
    rounding: float
    printed: bool


@dataclass(frozen=True)
class Printed:
    """What a row has of one measure: its texts, and its numbers by column."""

    of: Measure
    row: Mapping[str, str]
    values: Mapping[str, float]

    @property
    def worked_out(self) -> Estimate | None:
        """The difference of what the two groups had."""
        names = (self.of.treatment, self.of.comparison)
        if not set(names) <= set(self.values):
            return None
        treatment, comparison = (self.values[name] for name in names)
        words = " less ".join(f"{name} {self.row[name]}" for name in names)
        rounding = sum(half_unit(self.row[name]) for name in names)
        return Estimate(treatment - comparison, words, rounding, False)

    @property
    def estimate(self) -> Estimate | None:
        """The difference as printed, else that of what the two groups had."""
        name = self.of.difference
        if name not in self.values:
            return self.worked_out
        text = self.row[name]
        return Estimate(self.values[name], f"{name} {text}", half_unit(text), True)

    @property
    def interval(self) -> str:
        """The interval in words, … for a limit that was not printed."""
        low, high = (self.row[name] or "…" for name in (self.of.low, self.of.high))
        return f"the interval {low} to {high}"

    @property
    def limits(self) -> tuple[float, float] | None:
        """Both limits, where both were printed and the lower is not above the other."""
        low, high = (self.values.get(name) for name in (self.of.low, self.of.high))
        return None if low is None or high is None or low > high else (low, high)


def problems(row: Mapping[str, str], values: Mapping[str, float]) -> Iterator[str]:
    """Tell what in a row cannot be beside the rest of it.

    `values` are its numbers by column, without those that are empty or wrong. Printed
    numbers are rounded, so they may differ by what rounding explains.
    """
    for measure in MEASURES:
        printed = Printed(measure, row, values)
        yield from _difference(printed)
        yield from _interval(printed)
        yield from _verdict(printed)
        yield from _direction(printed)
    p, verdict = values.get("p_value"), row["sig_rate"]
    if p is not None and {"Y": p > ALPHA, "N": p < ALPHA}.get(verdict):
        yield f"sig_rate is {verdict} but p_value is {row['p_value']}; mend one of them"
    yield from _years(row, values)


def _difference(printed: Printed) -> Iterator[str]:
    """Hold a printed difference against what the two groups had."""
    told, worked = printed.estimate, printed.worked_out
    if told is None or worked is None:
        return
    rounding = told.rounding + worked.rounding + ALMOST
    if not told.printed or abs(told.value - worked.value) <= rounding:
        return
    meant = 100 * told.value
    small = abs(meant - worked.value) <= rounding + 0.5
    advice = f"write {meant:g}, and its interval alike: they are for every 100"
    yield f"{told.words} is not {worked.words}; {advice if small else MEND}"


def _interval(printed: Printed) -> Iterator[str]:
    """Hold an interval against itself and against the difference."""
    of, row, values = printed.of, printed.row, printed.values
    low, high = values.get(of.low), values.get(of.high)
    if low is not None and high is not None:
        if low > high:
            yield f"{of.low} {row[of.low]} is above {of.high} {row[of.high]}; swap them"
            return
        narrow = max(-low, high) < 1 and 0 < high - low < NARROWEST
        if narrow and of.treatment in PER_100:
            yield (
                f"{printed.interval} is for every 100 people; write {100 * low:g} and "
                f"{100 * high:g} if that is meant"
            )
            return
    told = printed.estimate
    if told is None:
        return
    below = low is not None and told.value < low - _slack(row[of.low], told)
    above = high is not None and told.value > high + _slack(row[of.high], told)
    if below or above:
        yield f"{printed.interval} does not contain {told.words}; {MEND}"


def _slack(limit: str, estimate: Estimate) -> float:
    """Give by how much a limit may seem to be beyond the difference.

    Of two numbers that are rounded alike the greater one stays the greater.
    """
    rounding = half_unit(limit)
    if not estimate.printed:
        return rounding + estimate.rounding + ALMOST
    alike = rounding == estimate.rounding
    return (0 if alike else max(rounding, estimate.rounding)) + ALMOST


def _verdict(printed: Printed) -> Iterator[str]:
    """Hold a verdict against the interval."""
    if printed.limits is None:
        return
    (low, high), name = printed.limits, printed.of.significant
    verdict = printed.row[name]
    if verdict == "N" and (low > 0 or high < 0):
        yield f"{name} is N but {printed.interval} leaves out 0; mend one of them"
    if verdict == "Y" and low < 0 < high:
        yield f"{name} is Y but {printed.interval} holds 0; mend one of them"


def _direction(printed: Printed) -> Iterator[str]:
    """Hold a direction against the side of zero that the interval or difference is."""
    of, told = printed.of, printed.estimate
    way = printed.row[of.direction]
    sign = 1 if way == of.less else -1
    if not way:
        return
    if printed.limits and min(sign * limit for limit in printed.limits) > 0:
        yield f"{of.direction} is {way} but {printed.interval} is not; mend one of them"
    elif told and sign * told.value > (0 if told.printed else told.rounding):
        side = "above" if told.value > 0 else "below"
        yield (
            f"{of.direction} is {way} but {told.words} is {side} 0; mend one of them"
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
