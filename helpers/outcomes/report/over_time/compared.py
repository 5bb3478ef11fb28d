"""Differences over time as cells: of the curves at the quarters, of the mean time."""

from collections.abc import Mapping

import pandas as pd

from helpers.outcomes.report import moves
from helpers.outcomes.report.over_time.points import Point, rate_of, size
from helpers.publication import blocks, refs
from helpers.publication.cells import Cell
from helpers.request import Request
from helpers.runs.run import Run

GAP = {
    "difference": ("5: difference of the curves on that day", "whole"),
    "ci_low": ("5: d − c·SE, c for the four days at once", "limit"),
    "ci_high": ("5: d + c·SE, c for the four days at once", "limit"),
}
TESTED = "5: whether ten people or more reoffended, and did not, in each group"
MEAN = "5: mean of u, the days until the first reoffence or the end of the time"
OF_MEAN = {
    "difference": ("5: difference of the means of u", "whole"),
    "ci_low": ("5: Welch's interval of u", "limit"),
    "ci_high": ("5: Welch's interval of u", "limit"),
    "p_value": ("5: Welch's test of u", "p"),
}


def gap_cells(
    gaps: Mapping[str, pd.DataFrame],
    curves: Mapping[str, pd.DataFrame],
    request: Request,
) -> list[Cell]:
    """Give the differences at the quarters, from `survival.differences` of each."""
    found = []
    for name, curve in curves.items():
        for day, row in gaps[name].iterrows():
            both = [
                Point(
                    refs.slug(name),
                    rate_of(request),
                    group,
                    int(day),
                    curve.loc[(group, day)],
                )
                for group in ("treatment", "comparison")
            ]
            needs = tuple(point.share for point in both)
            moved = both[0].move(request) - both[1].move(request)
            values = {
                "difference": 100 * row["difference"] + moved,
                "ci_low": moves.limit(100 * row["ci_low"], moved),
                "ci_high": moves.limit(100 * row["ci_high"], moved),
            }
            found += [
                Cell(both[0].ref(n), v, "derived", None, None, needs, *GAP[n])
                for n, v in values.items()
            ]
            tested = "yes" if row["tested"] else "no"
            name_ = both[0].ref("tested")
            found.append(Cell(name_, tested, "derived", needs=needs, method=TESTED))
    return found


def mean_cells(
    means: Mapping[str, pd.Series],
    curves: Mapping[str, pd.DataFrame],
    request: Request,
) -> list[Cell]:
    """Give the mean time of both groups, from `estimates.difference` of it."""
    found, rate = [], rate_of(request)
    for name, curve in curves.items():
        base, row = refs.slug(name), means[name]
        values = []
        for group in ("treatment", "comparison"):
            last = curve.loc[group].iloc[-1]
            events, people = int(last["events"]), row[f"n_{group}"]
            of = (refs.within(base, f"{rate}.value_{group}"), size(base, rate, group))
            ref, value = mean(base, rate, f"value_{group}"), row[f"value_{group}"]
            values.append(Cell(ref, value, "mean", events, people, of, MEAN, "whole"))
        found += values
        needs = tuple(cell.ref for cell in values)
        exact = {end: row[end] for end in OF_MEAN}
        rounded = {end: rounding for end, (_, rounding) in OF_MEAN.items()}
        told, roundings = moves.told(exact, 0.0, rounded)
        for end, (method, _) in OF_MEAN.items():
            free = None if end == "difference" or pd.isna(row["df"]) else row["df"]
            found.append(
                Cell(mean(base, rate, end), told[end], "derived", needs=needs,
                     method=method, rounding=roundings[end], freedom=free)
            )  # fmt: skip
    return found


def shown(gaps: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the differences of every analysis as one table, for the analyst."""
    return pd.concat(gaps, names=["analysis"]) if gaps else pd.DataFrame()


def shown_means(means: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Give the mean times of every analysis as one table, for the analyst."""
    return pd.DataFrame(means).rename_axis("value")


def mean(base: str, rate: str, name: str) -> str:
    """Give the ref of a number of the mean time before the first reoffence."""
    return refs.within(base, f"{rate}.mean_time.{name}")


def tests(run: Run) -> list[dict[str, str]]:
    """Give the places of what is told over time, for the count of comparisons.

    The statement on the days of an analysis is one, since it holds of all at once, and
    the test of its mean time another.
    """
    rate, made = rate_of(run.request), []
    for analysis in run.request.analyses:
        base = refs.slug(analysis.name)
        by_day = [
            ref
            for ref in run.cells
            if ref.startswith(refs.within(base, f"{rate}.by."))
            and ref.endswith(".difference")
        ]
        ours = [*by_day[:1], mean(base, rate, "p_value")]
        made += [blocks.ref(ref) for ref in ours if ref in run.cells]
    return made
