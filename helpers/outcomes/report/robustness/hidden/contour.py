"""How strong something hidden would have to be, as a picture: its cells and figure."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.matching.report.characteristics import row_refs
from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import recipes
from helpers.outcomes.report.robustness.hidden.doubted import Doubted
from helpers.outcomes.robustness.hidden import contour
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import level, variable
from helpers.runs.run import Run

KEY = "contour"
METHOD = "6: slope of the outcome on it in the pool, times its standard deviation there"
APART = "6: means as printed, programme as matched less pool, in SD of the pool"
BEFORE = "4: the SMD before matching, as printed"
#: standard deviations by which the printing of two means may put their difference out
COARSE = 0.1
TENTH = 0.1  # so far out can the printing of two means put their difference
LEAD = (
    " shows how strong something hidden would have to be to undo the finding, and how "
    "strong each measured characteristic was."
)
NOTE = (
    "How far something hidden moves the difference is how much the groups differ on "
    "it, in standard deviations, times how much the outcome differs for each standard "
    "deviation of it. For what was measured these are the people analysed beside the "
    "whole pool, before matching, each by itself and not allowing for the others. Of "
    "the levels of a category the strongest is drawn."
)


def cells(
    doubted: Sequence[Doubted], balance: pd.DataFrame, known: Mapping[str, Cell]
) -> list[Cell]:
    """Give how unlike the groups were on each characteristic, and how it goes with the
    outcome; `known` are the cells of the balance table.
    """
    return [cell for one in doubted for cell in _cells(one, balance, known)]


def _cells(
    one: Doubted, balance: pd.DataFrame, known: Mapping[str, Cell]
) -> Iterator[Cell]:
    places = _places(one.analysis, balance)
    for row in one.checks[contour.NAME].table.itertuples(index=False):
        if (base := places.get((row.variable, row.level))) is None:
            continue
        value = row.association * one.scale if one.shown else None
        pool = refs.within(base, "mean_comparison_before")
        yield Cell(_at(base, "association"), value, "rate", row.fewest,
                   row.people, (*one.both, pool), METHOD, "whole")  # fmt: skip
        yield _imbalance(base, row.spread, known)


def _at(base: str, name: str) -> str:
    """Give the ref of a strength, apart from the row of the balance table at `base`.

    In that row, a strength that is hidden would hide the row as well.
    """
    return refs.within(base.replace(".balance.", f".{KEY}.", 1), name)


def _imbalance(base: str, spread: float, known: Mapping[str, Cell]) -> Cell:
    """Give how far those analysed were from the pool, in per cent of its SD.

    It is made of the means as printed, so that it tells no more of those left
    unmatched; where these are too coarse for it, it is the SMD before matching.
    """
    names = ("mean_treatment", "mean_comparison_before")
    needs = [refs.within(base, name) for name in names]
    ours, theirs = (known[name].value for name in needs)
    if known[needs[0]].kind == "rate":
        share = (theirs or 0) / 100
        spread = 100 * math.sqrt(share * (1 - share))
    elif TENTH > COARSE * spread:
        needs = [refs.within(base, "smd_before")]
        return Cell(_at(base, "imbalance"), known[needs[0]].value, "derived",
                    needs=tuple(needs), method=BEFORE, rounding="whole")  # fmt: skip
    value = None
    if None not in (ours, theirs) and spread:
        value = 100 * (ours - theirs) / spread
    return Cell(_at(base, "imbalance"), value, "derived", needs=tuple(needs),
                method=APART, rounding="whole")  # fmt: skip


def _places(analysis: str, balance: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Give where the refs of each characteristic begin, by its name and level."""
    here = (balance["analysis"] == analysis) & (balance["variant"] == MAIN)
    rows = balance[here]
    names = zip(rows["variable"], rows["level"], strict=True)
    return dict(zip(names, row_refs(analysis, rows), strict=True))


def blocks_of(
    run: Run, doubted: Sequence[Doubted], balance: pd.DataFrame
) -> list[Block]:
    """Give the picture of each headline whose result is significant."""
    known = run.cells
    return [
        _figure(run, one, balance, known)
        for one in doubted
        if len(one.checks[contour.NAME].table)
    ]


def _figure(
    run: Run, one: Doubted, balance: pd.DataFrame, known: Mapping[str, Cell]
) -> Block:
    key = f"{KEY}-{refs.slug(one.analysis)}"
    _, side = recipes.formats_of(one.outcome)
    whose = f": {one.analysis}" if len(run.request.analyses) > 1 else ""
    names = ("difference", "ci_low", "ci_high")
    places = _places(one.analysis, balance)
    data = {
        "kind": one.outcome.kind,
        "per": one.per,
        **{name: ref(one.level(name), side) for name in names},
        "strengths": [
            _strength(one, row, places[row.variable, row.level])
            for row in one.checks[contour.NAME].table.itertuples(index=False)
            if (row.variable, row.level) in places
        ],
    }
    return blocks.figure(
        run,
        key,
        stands_with=[one.ref("p_value")],
        figure="contour",
        subtitle="What something hidden would have to be like, beside what was "
        f"measured{whose}",
        data=data,
        lead=[see(key), LEAD],
        notes=[NOTE],
    )


def _strength(one: Doubted, row: Any, base: str) -> dict[str, Any]:
    request = one.request
    name = variable(request, row.variable)
    yes_no = row.variable in one.study.group.yes_no
    told = level(request, row.variable, row.level, yes_no=yes_no) if row.level else ""
    return {
        "fact": "strength",
        "variable": name,
        "label": f"{name}: {told}" if told else name,
        "imbalance": ref(_at(base, "imbalance"), "lower"),
        "association": ref(_at(base, "association"), "fewer"),
    }
