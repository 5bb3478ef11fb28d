"""What the report tells of how soon people reoffended: a figure, words, a table."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.outcomes.report.decisions import not_headlined
from helpers.outcomes.report.over_time.compared import mean
from helpers.outcomes.report.over_time.groups import rates, timed
from helpers.outcomes.report.over_time.points import size
from helpers.outcomes.report.tables import COMPARED
from helpers.outcomes.survival import YEAR, quarters
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.runs.run import Run

COLUMNS = ["By day", *COMPARED]
#: the intervals of the days hold at once: none has a test of its own
NO_TEST = "[z]"
LINES = (
    "The lines join the days that are shown, with a 95% interval each of its own. "
    "Whether two of them overlap is no test of the difference."
)
ANOTHER_FORM = (
    "The intervals here are worked out in a form made for curves. At the last day they "
    "can be a little wider or narrower than those of the rate elsewhere in this report."
)
AT_RISK = "Numbers at risk are counts of people, worked out from whole per cents."
AT_ONCE = (
    "The 95% intervals of the days are made to hold all at once, so each is wider than "
    "the interval of one day alone. They tell by themselves at which days the groups "
    "differ, so a day has no p-value. Differences are taken before rounding."
)
MEAN = (
    "The mean time counts the days until this happened, and the whole time of those to "
    "whom it did not happen: the restricted mean time."
)
NO_CURVES = (
    "How soon people {0} is not shown over time: either the data do not say on which "
    "day everybody who {0} did, or too few did between the days that would be shown."
)


def blocks_of(
    run: Run, curves: Mapping[str, pd.DataFrame], sizes: pd.DataFrame
) -> list[Block]:
    """Give the figure, the words and the table of each analysis that has curves.

    Where none has, but one could have, a sentence says so.
    """
    if not curves and _asked(run, sizes):
        label = rates(run.request)[0].label
        data = {"sentences": [[NO_CURVES.format(label)]]}
        return [blocks.words(run, "over-time-none", words="sentences", data=data)]
    whole = _whole(run, curves) if len(curves) > 1 else None
    return [
        block
        for name, curve in curves.items()
        for block in _of(run, name, curve, whole)
    ]


def _whole(run: Run, curves: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Give the fold in which the curves of several analyses lie."""
    rate, _ = timed(run.request)
    every = [
        _at_quarters(_moments(refs.slug(name), rate.name, curve))
        for name, curve in curves.items()
    ]
    return _fold(f"Day by day, how soon people {rate.label}", every)


def _fold(
    name: str,
    curves: list[list[dict[str, Any]]],
    within: dict[str, Any] | None = None,
) -> dict[str, Any]:
    said = blocks.said(words="how_soon", data={"name": name, "curves": curves})
    return blocks.fold(said, within=within)


def _at_quarters(moments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [moment for moment in moments if "difference" in moment]


def _asked(run: Run, sizes: pd.DataFrame) -> bool:
    """Tell whether time is asked for of an analysis whose rate is shown."""
    return any(
        refs.measure(analysis.name, rate.name, "difference") in run.cells
        and not not_headlined(run, sizes, analysis.name)
        for analysis in run.request.analyses
        for rate in rates(run.request)
    )


def _of(
    run: Run, analysis: str, curve: pd.DataFrame, whole: dict[str, Any] | None
) -> list[Block]:
    base, several = refs.slug(analysis), len(run.request.analyses) > 1
    rate, time = timed(run.request)
    moments = _moments(base, rate.name, curve)
    noun, label = run.request.noun(analysis), rate.label
    chosen = refs.measure(analysis, time.name, "value_treatment")
    figure, table = f"curves-{base}", f"over-time-{base}"
    whose = f": {analysis}" if several else ""
    told = {"noun": noun, "label": label}
    at_quarters = _at_quarters(moments)
    what = f"“{analysis}”, day by day" if several else f"Day by day{_within(run)}"
    fold = _fold(what, [at_quarters], whole)
    words = told | {
        "moments": at_quarters,
        "whole": moments[-1]["day"],
        "mean": _mean(base, rate.name),
        "rate": _rate(base, rate.name),
        "chosen": ref(chosen, "days") if chosen in run.cells else "",
        "figure": see(figure),
        "table": see(table),
    }
    return [
        blocks.figure(
            run,
            figure,
            figure="curves",
            subtitle=f"Share who {label} by each day, with 95% intervals{whose}",
            data=told
            | {
                "analysis": analysis if several else "",
                "size_treatment": ref(size(base, rate.name, "treatment")),
                "size_comparison": ref(size(base, rate.name, "comparison")),
                "moments": moments,
            },
            lead=[see(figure), " shows how soon people in each group ", label, "."],
            notes=[LINES, ANOTHER_FORM]
            + ([] if run.request.disclosure.profile == "none" else [AT_RISK]),
            fold=fold,
        ),
        blocks.words(
            run, f"over-time-words-{base}", words="over_time", data=words, fold=fold
        ),
        blocks.table(
            run,
            table,
            caption=f"Differences over time{whose}",
            columns=COLUMNS,
            rows=_rows(base, rate.name, at_quarters, told),
            notes=[AT_ONCE, MEAN],
            fold=fold,
        ),
    ]


def _within(run: Run) -> str:
    """Say within how long, where that is no year."""
    rate, _ = timed(run.request)
    year = rate.horizon_days in (None, YEAR)
    return "" if year else f" {rate.standard.definition}"


def _moments(base: str, rate: str, curve: pd.DataFrame) -> list[dict[str, Any]]:
    """Give every day that is told, with the difference where it is a quarter's end."""
    days = list(curve.loc["treatment"].index.astype(int))
    when = quarters(days[-1])
    return [_moment(base, rate, day, quarter=day in when) for day in days]


def _moment(base: str, rate: str, day: int, *, quarter: bool) -> dict[str, Any]:
    def of(name: str, format_: str) -> dict[str, str]:
        return ref(refs.within(base, f"{refs.by_day(rate, day)}.{name}"), format_)

    found: dict[str, Any] = {"fact": "moment", "day": of("day", "count")}
    for group in ("treatment", "comparison"):
        found[f"share_{group}"] = of(f"value_{group}", "per_cent")
        for end in ("low", "high"):
            found[f"{end}_{group}"] = of(f"ci_{group}_{end}", "limit")
        if quarter:
            found[f"at_risk_{group}"] = of(f"at_risk_{group}", "count")
    if quarter:
        for name in ("difference", "ci_low", "ci_high"):
            found[name] = of(name, "fewer")
        found["tested"] = of("tested", "text")
    return found


def _mean(base: str, rate: str) -> dict[str, Any]:
    """Give the mean time as a measure in days, for the wording."""
    return _measure("days", "mean_time", lambda name: mean(base, rate, name))


def _measure(kind: str, name: str, of: Callable[[str], str]) -> dict[str, Any]:
    value, side = {"days": ("days", "shorter"), "rate": ("per_100", "fewer")}[kind]
    names = {end: side for end in ("difference", "ci_low", "ci_high")}
    names |= {"value_treatment": value, "value_comparison": value, "p_value": "p"}
    words = dict.fromkeys(("label", "definition", "title"), "")
    measure = {"fact": "measure", "outcome": name, "kind": kind} | words
    return measure | {end: ref(of(end), form) for end, form in names.items()}


def _rate(base: str, rate: str) -> dict[str, Any]:
    """Give the rate at the end, which has a verdict of its own."""
    return _measure("rate", rate, lambda name: refs.within(base, f"{rate}.{name}"))


def _rows(
    base: str, rate: str, moments: list[dict[str, Any]], told: dict[str, str]
) -> list[list[Any]]:
    noun, label = told["noun"], told["label"]
    ends = ("share_treatment", "share_comparison", "difference", "ci_low", "ci_high")
    per_100 = {name: {"format": "per_100"} for name in ends[:2]}
    found: list[list[Any]] = [[f"In every hundred {noun}, those who {label} by day"]]
    for moment in moments:
        numbers = [moment[name] | per_100.get(name, {}) for name in ends]
        found.append([moment["day"], *numbers, NO_TEST])
    found.append([f"Days before {noun} {label}"])
    of_mean = _mean(base, rate)
    names = (*("value_treatment", "value_comparison"), *ends[2:], "p_value")
    return [*found, ["Mean time", *(of_mean[name] for name in names)]]
