"""Every test of a run, in one list."""

from collections.abc import Iterable, Mapping

import pandas as pd

from helpers.intake.cohort.earlier.dated import OFFENDED
from helpers.outcomes.measures import MAIN
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study

COLUMNS = ["test", "analysis", "second", "variant", "outcome", "p_value"]

#: the tests of a run that are no method of doubt, by what is compared
WELCH, BY_SITE, BETWEEN, MEAN_TIME = "welch", "by_site", "between", "mean_time"
EARLIER, CALIBRATED = "earlier", "calibrated"


def tests(tables: Mapping[str, pd.DataFrame], of_methods: pd.DataFrame) -> pd.DataFrame:
    """Give every test of a run: those of some tables, by what each holds, then others.

    Each table has a p_value, NaN where there was no test, and as far as it has them
    analysis (or first and second), variant and outcome; `of_methods` is what
    `of_checks` gives. Columns: test, analysis, second (of two compared, else empty),
    variant, outcome, p_value.
    """
    of_tables = [
        frame.rename(columns={"first": "analysis"}).assign(test=test)
        for test, frame in tables.items()
    ]
    return _stacked([*of_tables, of_methods])


def of_means(means: Mapping[str, pd.Series], outcome: str) -> pd.DataFrame:
    """Give the tests of mean times as a table, by the analysis; `outcome` is the rate.

    `means` has the estimate of each.
    """
    rows = [(name, outcome, found["p_value"]) for name, found in means.items()]
    return pd.DataFrame(rows, columns=["analysis", "outcome", "p_value"])


def of_controls(controls: Mapping[str, Check]) -> pd.DataFrame:
    """Give the tests of the earlier year, by the analysis; none that was not made."""
    tested = [
        check.table.assign(analysis=name, outcome=OFFENDED)
        for name, check in controls.items()
        if check.kept is not None
    ]
    return _stacked(frame.assign(test=EARLIER) for frame in tested)


def of_checks(
    doubts: Mapping[str, Iterable[Check]], studies: Mapping[str, Study]
) -> pd.DataFrame:
    """Give a row a test that the methods of doubt carried out, in the same columns.

    That of the headline itself, which stands beside others, is left out.
    """
    return _stacked(
        _plain(check.table).assign(
            test=check.name, analysis=name, outcome=studies[name].outcome.name
        )
        for name, checks in doubts.items()
        for check in checks
        if "p_value" in check.table
    )


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a check, told apart by a variant."""
    if "test" not in table:
        return table
    return table[table["test"] != "headline"].rename(columns={"test": "variant"})


def _stacked(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Give frames in the register's columns, one beneath the other."""
    texts = {"second": "", "variant": MAIN, "outcome": ""}
    parts = []
    for frame in frames:
        lacking = {name: text for name, text in texts.items() if name not in frame}
        parts.append(frame.assign(**lacking)[COLUMNS])
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True).astype({"p_value": float})
