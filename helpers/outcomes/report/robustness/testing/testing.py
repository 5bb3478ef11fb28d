"""The same difference by other tests: its cells, its table and its warning."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from helpers.outcomes.report import moves
from helpers.outcomes.report.beside import sites
from helpers.outcomes.report.robustness.hidden.doubted import HIDDEN, Doubted, headed
from helpers.outcomes.robustness.testing import beside
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.runs.run import Run

KEY = "tests-beside"
#: each test, and by which rule it comes about
TESTS = {
    "headline": "Welch’s test with the effective size (this report)",
    "welch_raw": "Welch’s test, everybody counted once",
    "pooled_raw": "Pooled z-test, everybody counted once",
    "newcombe": "Newcombe’s interval with the effective size",
    "regression": "Weighted least squares with HC2 errors",
}
METHOD = {
    "welch_raw": "5: Welch's test of both rates with raw n",
    "pooled_raw": "5: z-test of both rates with raw n and one variance",
    "newcombe": "5: Newcombe's interval with n_e",
    "regression": "5: WLS on a constant and the group, HC2 errors, by the normal",
}
COLUMNS = ["Test", "95% interval", "p", "Significant difference?"]
LEAD = " has the same difference by other tests, as published accounts use them."
NOTE = (
    "Everybody counted once means that the comparison group counts with all its "
    "people, however little some of them weigh. Newcombe’s interval is significant "
    "where it excludes no difference; it has no p."
)
NONE = "[z]"


def cells(doubted: Sequence[Doubted]) -> list[Cell]:
    """Give interval and p of every test beside the headline's."""
    return [cell for one in doubted for cell in _cells(one)]


def _cells(one: Doubted) -> Iterator[Cell]:
    move = moves.of(one.row, one.outcome, one.request).difference
    for row in _tests(one):
        if row.test == "headline":
            continue
        values = {
            "ci_low": (moves.limit(row.ci_low * one.scale, move), "limit"),
            "ci_high": (moves.limit(row.ci_high * one.scale, move), "limit"),
            "p_value": (row.p_value, "p"),
        }
        freedom = None if math.isnan(row.df) else row.df
        for name, (value, rounding) in values.items():
            if not math.isnan(value):
                place = _place(row.test, name)
                method = METHOD[row.test]
                yield one.cell(place, value, method, rounding, freedom=freedom)


def _tests(one: Doubted) -> list[Any]:
    return list(one.checks[beside.NAME].table.itertuples(index=False))


def _place(test: str, name: str) -> str:
    return name if test == "headline" else f"beside.{test}.{name}"


def blocks_of(run: Run, doubted: Sequence[Doubted]) -> list[Block]:
    """Give the tests of each headline, and a sentence on whether they agree."""
    told = [one for one in doubted if _tests(one)]
    if not told:
        return []
    known = run.cells
    rows = {
        one.analysis: [_row(one, row, known) for row in _tests(one)] for one in told
    }
    made = blocks.table(
        run,
        KEY,
        caption="The same difference by other tests",
        heading="Tests beside the headline",
        columns=COLUMNS,
        rows=headed(told, rows),
        lead=[see(KEY), LEAD],
        notes=[NOTE],
    )
    several = len(run.request.analyses) > 1
    return [made, *(_words(run, one, several=several) for one in told)]


def _row(one: Doubted, row: Any, known: dict[str, Cell]) -> list[Any]:
    low, high, p = (one.ref(_place(row.test, name))
                    for name in ("ci_low", "ci_high", "p_value"))  # fmt: skip
    ends = {"fact": "interval", "low": ref(low, "fewer"), "high": ref(high, "fewer"),
            "less": "fewer", "more": "more"}  # fmt: skip
    shown = ref(p, "p") if p in known else NONE
    return [TESTS[row.test], ends, shown, _verdict(one, row, known)]


def _verdict(one: Doubted, row: Any, known: dict[str, Cell]) -> Any:
    names = (_place(row.test, name) for name in ("ci_low", "ci_high", "p_value"))
    needs = [one.ref(name) for name in names if one.ref(name) in known]
    if not one.shown:
        return NONE
    return blocks.told("Yes" if row.significant else "No", *needs, otherwise=HIDDEN)


def _words(run: Run, one: Doubted, *, several: bool) -> Block:
    known = run.cells
    data = {
        "analysis": one.analysis if several else "",
        "tests": [[TESTS[row.test], _verdict(one, row, known)] for row in _tests(one)],
    }
    if by_place := sites.second(run, one.analysis, one.measure):
        data |= {"measure": one.measure} | by_place
    key = f"{KEY}-{refs.slug(one.analysis)}"
    return blocks.words(run, key, words="tests", data=data)
