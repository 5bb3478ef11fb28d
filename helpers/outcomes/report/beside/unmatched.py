"""What matching moved: differences from the whole pool beside those that are matched.

Of the programme those who were analysed count in both, so that nothing is told of those
who were left unmatched.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.outcomes.report import by_measure, moves, tables
from helpers.outcomes.report.cells import precision, scale_of
from helpers.outcomes.report.reasons import reason_not_shown
from helpers.publication import blocks, refs, rounding
from helpers.publication.blocks import Block, see
from helpers.publication.cells import Cell, of_largest
from helpers.publication.disclosure import rules
from helpers.request import Outcome, Request
from helpers.runs.run import Run

KEY = "unmatched"
POOL, DIFFERENCE, REST, REST_SIZE, APART = (
    "value_pool",
    "difference_pool",
    "value_pool_rest",
    "n_pool_rest",
    "n_pool_apart",
)
METHOD = {
    POOL: "5: the plain mean of the pool before matching, everyone counted once",
    DIFFERENCE: "5: ȳₜ of the people analysed − the plain mean of the pool",
    REST: "5: the plain mean of those of the pool who were not matched",
    REST_SIZE: "3: people of the pool with a score and a weight of 0",
    APART: "8: people who are in the pool of this analysis or of an earlier one alone",
}
COLUMNS = [
    "Analysis",
    "Treatment group",
    "Pool, before matching",
    "Difference before matching",
    "Comparison group, after matching",
    "Difference after matching",
]
LEAD = (
    " shows what matching moved: the difference from everyone in the pool beside the "
    "difference from the comparison group."
)
NOTE = (
    "The treatment group is in both columns that of the people analysed, so that the "
    "table tells nothing of those left unmatched. The pool is everyone with a score "
    "whom they could have been matched to, each counted once. A difference before "
    "matching is no estimate of what the programme did."
)


def cells(
    each: list[tuple[str, Outcome, pd.DataFrame]],
    results: pd.DataFrame,
    sizes: pd.DataFrame,
    request: Request,
) -> list[Cell]:
    """Give the means of the pool of each analysis, and the differences from them.

    `each` is analysis, outcome and its people. Those of a measure that is not shown
    have no value.
    """
    quality = sizes.set_index("analysis")["quality"]
    estimates = {(row.analysis, row.outcome): row for row in results.itertuples()}
    made, pools = [], {}
    for name, outcome, people in each:
        if not outcome.main_point:
            continue
        pool = people[(people["treatment"] == 0) & people["propensity"].notna()]
        pool = pool[pool[outcome.name].notna()]
        row = estimates[(name, outcome.name)]
        earlier = pools.setdefault(outcome.name, [])
        beside = [*_rest(row, outcome, pool), *_apart(row, pool, earlier)]
        earlier.append(set(pool["person_id"]))
        shown = not reason_not_shown(row, outcome, quality[name])
        made += [*beside, *_values(row, outcome, pool, beside, request, shown=shown)]
    return made


def _ref(row: Any, name: str) -> str:
    return refs.measure(row.analysis, row.outcome, name)


def _values(
    row: Any,
    outcome: Outcome,
    pool: pd.DataFrame,
    beside: list[Cell],
    request: Request,
    *,
    shown: bool,
) -> Iterator[Cell]:
    """Give the mean of the pool, and how far the treatment group is from it."""
    needs = [refs.of(row.analysis, "match_quality"), *(cell.ref for cell in beside)]
    yield _mean(row, outcome, pool, POOL, needs=needs, shown=shown)
    value = pool[outcome.name].mean() * scale_of(outcome)
    gap = row.value_treatment * scale_of(outcome) - value
    gap += moves.of(row, outcome, request).by_group["treatment"]
    gap -= _moved(value, len(pool), outcome, request)
    both = (_ref(row, "value_treatment"), _ref(row, POOL))
    precise = precision(outcome, "difference")
    given = gap if shown else None
    yield Cell(_ref(row, DIFFERENCE), given, "derived", needs=both,
               method=METHOD[DIFFERENCE], rounding=precise)  # fmt: skip


def _moved(share: float, people: int, outcome: Outcome, request: Request) -> float:
    """Give how far the rate of a pool moves where counts are rounded."""
    settings = request.disclosure
    profile = rules.profile(settings.profile, settings.threshold)
    if outcome.kind != "rate" or profile is None or profile.round_to == 1:
        return 0.0
    return rounding.shift(share, people, profile.round_to)


def _mean(
    row: Any,
    outcome: Outcome,
    people: pd.DataFrame,
    name: str,
    *,
    needs: list[str] | None = None,
    shown: bool = True,
) -> Cell:
    """Give a plain mean of some people, with who is behind it."""
    values = people[outcome.name]
    kind = "rate" if outcome.kind == "rate" else "mean"
    mean = values.mean() * scale_of(outcome) if shown else None
    having = int((values != 0).sum())
    largest = of_largest(values) if kind == "mean" else None
    precise = precision(outcome, "value_comparison")
    return Cell(_ref(row, name), mean, kind, having, len(people), tuple(needs or ()),
                METHOD[name], precise, largest)  # fmt: skip


def _rest(row: Any, outcome: Outcome, pool: pd.DataFrame) -> list[Cell]:
    """Give those of the pool who were not matched: the other two means tell of them."""
    rest = pool[~(pool["weight"] > 0)]
    if rest.empty:
        return []
    ref, n = _ref(row, REST_SIZE), len(rest)
    size = Cell(ref, n, "count", n, len(pool), method=METHOD[REST_SIZE])
    return [size, _mean(row, outcome, rest, REST)]


def _apart(row: Any, pool: pd.DataFrame, earlier: list[set[Any]]) -> list[Cell]:
    """Give by how many the pool differs from that of an analysis before it.

    Means of two pools a few people apart would tell of these few.
    """
    here = set(pool["person_id"])
    differ = [n for n in (len(here ^ other) for other in earlier) if n]
    if not differ:
        return []
    return [Cell(_ref(row, APART), min(differ), "count", method=METHOD[APART])]


def table(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> Block:
    """Give the differences before and after matching of the measures of main points."""
    rows: list[list[Any]] = []
    for of in by_measure.main_points(run.request, results, sizes):
        rows.append([tables.caption(run.request, of)])
        rows += [_row(row) for row in of.every]
    return blocks.table(
        run,
        KEY,
        caption="Differences before and after matching",
        columns=COLUMNS,
        rows=rows,
        lead=[see(KEY), LEAD],
        notes=[NOTE],
    )


def _row(row: by_measure.Row) -> list[Any]:
    value, gap = (
        tables.number(row, name) for name in ("value_treatment", "difference")
    )
    of_pool = {"ref": refs.measure(row.analysis, row.outcome.name, POOL)}
    gap_of_pool = {"ref": refs.measure(row.analysis, row.outcome.name, DIFFERENCE)}
    return [
        row.analysis,
        value,
        value | of_pool,
        gap | gap_of_pool,
        tables.number(row, "value_comparison"),
        gap,
    ]
