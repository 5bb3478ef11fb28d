"""Analyses that cannot be carried out: the run goes on without them, and says so."""

from collections.abc import Mapping

import pandas as pd

from helpers.matching.groups import Group, refuse_headlines
from helpers.runs.run import Run


def go_on(
    run: Run, groups: Mapping[str, Group], problems: Mapping[str, list[str]]
) -> dict[str, Group]:
    """Go on without the analyses that have problems; gives the groups of the others.

    The checks say which, without a number of people. Raises DataError with the
    problems of all analyses left out so far where one of them is a headline.
    """
    refuse_headlines(run.request, run.left_out | problems)
    for name in problems:
        run.check(
            f"{name}: the analysis could be carried out",
            expected="carried out",
            found="left out, since its groups could not be compared",
            passed=False,
        )
    run.leave_out(problems)
    return {name: group for name, group in groups.items() if name not in problems}


def table(run: Run) -> pd.DataFrame:
    """Give left_out_analyses.parquet: the analyses left out, and why, a row each."""
    rows = [(name, "; ".join(told)) for name, told in run.left_out.items()]
    return pd.DataFrame(rows, columns=["analysis", "why"], dtype="str")
