"""Many tests at once: q of analyses that are no headline, and a list of every test."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.intake.cohort.earlier.dated import OFFENDED
from helpers.outcomes.measures import MAIN
from helpers.outcomes.report.beside.sites import SECOND
from helpers.outcomes.report.over_time import compared
from helpers.outcomes.report.robustness.estimators.named import NAMES
from helpers.outcomes.report.robustness.testing import testing
from helpers.outcomes.robustness.hidden import rosenbaum
from helpers.outcomes.robustness.testing import beside, many, register
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import plain, title
from helpers.request import Request
from helpers.runs.run import Run

DISCOVERIES, REGISTER, CHANCE = "many-tests", "register", "tests.by_chance"
ALL = "tests.listed"
METHOD = {
    "q_value": "6: Benjamini and Hochberg's q within the measure, without headlines",
    CHANCE: "6: 0.05 times the tests of the headlines",
    ALL: "6: rows of the register of all tests",
}
TESTS = {
    register.WELCH: "Welch’s test with the effective size",
    register.BY_SITE: "Welch’s test with people of one site together",
    register.BETWEEN: "Difference of two differences",
    register.MEAN_TIME: "Welch’s test of the mean time",
    register.CALIBRATED: "Test by the empirical null of made-up programmes",
    rosenbaum.NAME: "McNemar’s exact test of pairs",
}
#: estimators whose interval is the normal one, not Welch's
MODELS, MODELLED = ("aipw", "regression"), "Normal test of the estimator"
HEADLINE = "As matched"
NOT_PRINTED, NO_P = "not printed", "[z]"
LEAD_Q = (
    " has the analyses that are no headline. Where many are tested some stand out by "
    "chance; q is the share of false alarms among all those that stand out as much."
)
BEFORE = "Offending in the earlier year"
LEAD_ALL = (
    " lists every test of this run, ",
    " in all, so that nobody has to guess how many were tried.",
)
NOTE = (
    "“Not printed” is a test whose p stands in the run’s own files alone, or which "
    "could not be carried out."
)


def cells(results: pd.DataFrame, request: Request) -> list[Cell]:
    """Give q of every analysis that is no headline, and what headlines find by chance.

    A q follows from every p of its measure, and needs them all.
    """
    headlines = {a.name for a in request.analyses if a.headline}
    told = many.discoveries(results, headlines)
    made = []
    for outcome, rows in told.groupby("outcome", sort=False):
        every = [refs.measure(name, outcome, "p_value") for name in rows["analysis"]]
        made += [
            Cell(refs.measure(row.analysis, outcome, "q_value"), row.q_value, "derived",
                 needs=tuple(every), method=METHOD["q_value"], rounding="p")
            for row in rows.itertuples(index=False)
        ]  # fmt: skip
    return [*made, *_by_chance(results, headlines)]


def listed(tests: pd.DataFrame) -> Cell:
    """Give how many tests the register lists, whether each has a p or not."""
    return Cell(ALL, len(tests), "setting", method=METHOD[ALL])


def _by_chance(results: pd.DataFrame, headlines: set[str]) -> list[Cell]:
    """Give how many tests of several headlines would stand out by chance."""
    own = results[results["analysis"].isin(headlines) & results["p_value"].notna()]
    if len(headlines) < 2 or own.empty:
        return []
    needs = [refs.measure(row.analysis, row.outcome, "p_value")
             for row in own.itertuples(index=False)]  # fmt: skip
    expected = many.expected_by_chance(len(own))
    return [Cell(CHANCE, expected, "derived", needs=tuple(needs),
                 method=METHOD[CHANCE], rounding="tenth")]  # fmt: skip


def blocks_of(
    run: Run, results: pd.DataFrame, tests: pd.DataFrame, rungs: pd.DataFrame
) -> list[Block]:
    """Give q of the analyses that are no headline, and the list of every test.

    `rungs` has the label of each rung of a ladder.
    """
    known, labels = run.cells, dict(zip(rungs["variant"], rungs["label"], strict=True))
    titles = {o.name: title(o) for o in run.request.outcomes} | {OFFENDED: BEFORE}
    made = []
    rows = _discoveries(results, known, titles)
    if rows:
        made.append(
            blocks.table(
                run,
                DISCOVERIES,
                caption="Analyses that are no headline, many tests allowed for",
                heading="Many tests at once",
                columns=["Analysis", "p", "q"],
                rows=rows,
                lead=[see(DISCOVERIES), LEAD_Q],
            )
        )
    every = [_row(row, known, titles, labels) for row in tests.itertuples(index=False)]
    everything = blocks.table(
        run,
        REGISTER,
        caption="Every test of this run",
        heading="" if rows else "Many tests at once",
        columns=["Analysis", "Test", "Estimate", "Measure", "p"],
        rows=[*every, *_counted(known)],
        lead=[see(REGISTER), LEAD_ALL[0], ref(ALL), LEAD_ALL[1], *_chance(known)],
        notes=[NOTE],
    )
    return [*made, everything]


def _counted(known: Mapping[str, Cell]) -> list[list[Any]]:
    """Give how many tests there are as rows, so that a table has what is said."""
    rows: list[list[Any]] = [["All tests listed", ref(ALL), "–", "–", "–"]]
    if CHANCE in known:
        told = ref(CHANCE, "mean")
        said = "Of headlines, expected to stand out by chance"
        rows.append([said, told, "–", "–", "–"])
    return rows


def _chance(known: Mapping[str, Cell]) -> list[Any]:
    """Say how many headlines would stand out by chance, where there are several."""
    if CHANCE not in known:
        return []
    return [
        " There is more than one headline: if no difference were real, about ",
        ref(CHANCE, "mean"),
        " of their tests would stand out by chance alone.",
    ]


def _discoveries(
    results: pd.DataFrame, known: Mapping[str, Cell], titles: Mapping[str, str]
) -> list[list[Any]]:
    """Give a row an analysis that has a q, beneath the heading of its measure."""
    rows: list[list[Any]] = []
    for outcome, own in results.groupby("outcome", sort=False):
        told = [
            [name, *(ref(refs.measure(name, outcome, one), "p") for one in
                     ("p_value", "q_value"))]
            for name in own["analysis"]
            if refs.measure(name, outcome, "q_value") in known
        ]  # fmt: skip
        rows += [[titles[outcome]], *told] if told else []
    return rows


def _quoted(name: str) -> str:
    """Give a name of the request's, in quotes where it would be taken for a number."""
    return name if any(sign.isalpha() for sign in name) else f"“{name}”"


def _row(
    test: Any,
    known: Mapping[str, Cell],
    titles: Mapping[str, str],
    labels: Mapping[str, str],
) -> Any:
    """Give a test: of whom, what it is, which estimate, the measure, its p."""
    place = _place(test)
    # whether one that is not printed was carried out would tell how few had an event
    p: Any = ref(place, "p") if place in known else NOT_PRINTED
    if test.test == beside.NAME and pd.isna(test.p_value):
        p = NO_P  # an interval, which never has one
    whom = f"{test.analysis} and {test.second}" if test.second else test.analysis
    what, estimate = _called(test, labels)
    measure = titles.get(test.outcome, test.outcome)
    row = [whom, what, estimate, _quoted(measure), p]
    if test.test != rosenbaum.NAME:
        return row
    # pairs are tested of a significant result alone
    shown = refs.measure(test.analysis, test.outcome, "p_value")
    return blocks.where_shown(shown, row)


def _called(test: Any, labels: Mapping[str, str]) -> tuple[str, str]:
    """Give what a test is called, and which estimate it is of."""
    if test.test == beside.NAME:
        return testing.TESTS[test.variant], HEADLINE
    known = MODELLED if test.variant in MODELS else TESTS.get(test.test)
    return known or TESTS[register.WELCH], _estimate(test.variant, labels)


def _estimate(variant: str, labels: Mapping[str, str]) -> str:
    if variant in NAMES:
        return NAMES[variant].statistical
    return HEADLINE if variant == MAIN else labels.get(variant) or plain(variant)


def _place(test: Any) -> str:
    """Give the ref of the p of a test."""
    of = (test.analysis, test.outcome)
    names = {
        register.BY_SITE: f"{SECOND}.p_value",
        rosenbaum.NAME: "pairs_p",
        beside.NAME: f"beside.{test.variant}.p_value",
    }
    if test.test == register.BETWEEN:
        return refs.contrast(test.analysis, test.second, test.outcome, "p_value")
    if test.test == register.MEAN_TIME:
        return compared.mean(refs.slug(test.analysis), test.outcome, "p_value")
    if test.test in names:
        return refs.measure(*of, names[test.test])
    if test.test == register.CALIBRATED:
        return refs.placebo(test.analysis, "calibrated.p_value")
    if test.variant == MAIN:
        return refs.measure(*of, "p_value")
    return refs.within(refs.rung(*of[:1], test.variant), f"{test.outcome}.p_value")
