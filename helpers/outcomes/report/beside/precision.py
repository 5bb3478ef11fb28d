"""What size of difference an analysis could find: cells, a sentence, a table."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.outcomes import precision
from helpers.outcomes.report import recipes
from helpers.outcomes.report.beside import not_shown
from helpers.outcomes.report.cells import printed_limits
from helpers.outcomes.report.reasons import reason_not_shown
from helpers.publication import blocks, refs, units
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.refs import in_key
from helpers.request import Outcome, Request
from helpers.request.limits import DETECTABLE, MOST_NEEDED
from helpers.runs.run import Run

METHOD = {
    "detectable": f"6: k·√(Vₜ + V_c), k = {DETECTABLE}: found four times in five",
    "people_needed": "6: ⌈nₜ(k·√(Vₜ + V_c)/|d|)²⌉, were the true difference d",
    "beside_margin": "6: whether the interval, as printed, lies within the margin",
    "margin": "6: the request's margin, in points, for 100 people, or in its unit",
}
FORMATS = {"detectable": "size", "people_needed": "count", "beside_margin": "text",
           "margin": "margin"}  # fmt: skip
GROUPS = ("treatment", "comparison")
KEY = "size-of-difference"
NOTE = (
    "Usually means four times in five. People needed are those in the programme, told "
    "where a result is inconclusive, as if the true difference were the one seen. The "
    "difference is worked out from the outcomes of both groups. That told before the "
    "outcomes were opened is by the comparison group alone, and can be a little other."
)
NO_MARGIN = "none"
#: where counts are rounded, and the rates that are printed follow from them
ROUNDED = "They are not told of rates, which are made from rounded counts here."
MARGIN_NOTE = "A difference up to the margin would not matter: the request says so."


def cells(
    table: pd.DataFrame,
    results: pd.DataFrame,
    sizes: pd.DataFrame,
    request: Request,
) -> list[Cell]:
    """Give what `precision.table` tells as cells, without values where none is shown.

    `results` are the estimates, `sizes` tells what the matching of each came to.
    """
    outcomes = {outcome.name: outcome for outcome in request.outcomes}
    quality = sizes.set_index("analysis")["quality"]
    made: list[Cell] = []
    for row in results.itertuples(index=False):
        if (row.analysis, row.outcome) not in table.index:
            continue
        outcome = outcomes[row.outcome]
        told = table.loc[(row.analysis, row.outcome)].to_dict()
        shown = not reason_not_shown(row, outcome, quality[row.analysis])
        told = told | _beside(row, outcome, request)
        if _moves(outcome, request):
            told["people_needed"] = math.nan
        made += _of_measure(row, outcome, told, shown=shown)
        if _margins(request):
            name = _ref(row.analysis, row.outcome, "margin")
            made.append(Cell(name, outcome.margin or NO_MARGIN, "setting",
                             method=METHOD["margin"]))  # fmt: skip
    return made


def _margins(request: Request) -> bool:
    return any(outcome.margin is not None for outcome in request.outcomes)


def _moves(outcome: Outcome, request: Request) -> bool:
    """Tell whether a rate, and so its difference, is made from rounded counts."""
    return outcome.kind == "rate" and request.disclosure.profile == "rounded"


def _beside(row: Any, outcome: Outcome, request: Request) -> dict[str, str | None]:
    """Tell where the interval that is printed lies beside the margin.

    By digits that nobody sees, a margin could be chosen that tells them.
    """
    if outcome.margin is None:
        return {}
    low, high = printed_limits(row, outcome, request)
    return {"beside_margin": precision.beside_margin(low, high, outcome.margin)}


def _of_measure(
    row: Any, outcome: Outcome, told: dict[str, Any], *, shown: bool
) -> Iterator[Cell]:
    """Give the cells of a measure; they would give both groups' values away."""
    of, scale = (row.analysis, row.outcome), _scale(outcome)
    both = [refs.measure(*of, f"value_{group}") for group in GROUPS]
    needed = told["people_needed"]
    values = {
        "detectable": told["detectable"] * scale,
        "people_needed": f"more than {MOST_NEEDED:,}" if needed == math.inf else needed,
    }
    if outcome.margin is not None:
        values["beside_margin"] = told["beside_margin"]
    for name, value in values.items():
        yield Cell(
            _ref(*of, name),
            value if shown else None,
            "derived",
            needs=tuple(both),
            method=METHOD[name],
            rounding=_rounding(outcome, name),
            freedom=None if math.isnan(row.df) else row.df,
        )


def _scale(outcome: Outcome) -> int:
    """Give 100 for points, and for a number for every 100 people."""
    return 100 if outcome.kind in ("rate", "frequency") else 1


def _rounding(outcome: Outcome, name: str) -> str:
    """Give the precision of a number: the smallest difference has that of a limit.

    A limit of the interval tells of the standard error too, and is printed as finely.
    """
    if name != "detectable":
        return "two figures"
    return "limit in tenths" if _in_tenths(outcome) else "limit"


def _in_tenths(outcome: Outcome) -> bool:
    """Tell whether a measure is printed to one decimal: an amount that is no money."""
    return outcome.kind == "amount" and not units.money(outcome.unit)


def _ref(analysis: str, outcome: str, name: str) -> str:
    return refs.measure(analysis, outcome, name)


def _numbers(run: Run, analysis: str, name: str) -> dict[str, Any]:
    """Give places of the numbers of a measure, as far as they are registered."""
    outcome = next(one for one in run.request.outcomes if one.name == name)
    formats = FORMATS | ({"detectable": "size_tenth"} if _in_tenths(outcome) else {})
    return {
        number: ref(_ref(analysis, name, number), format)
        for number, format in formats.items()
        if _ref(analysis, name, number) in run.cells
    }


def margin(run: Run, analysis: str, outcome: str) -> dict[str, Any]:
    """Give the margin of a measure and where its interval lies; else nothing."""
    numbers = _numbers(run, analysis, outcome)
    if "beside_margin" not in numbers:
        return {}
    return {name: numbers[name] for name in ("margin", "beside_margin")}


def sentence(
    run: Run, base: dict[str, Any], measure: dict[str, Any], fold: dict[str, Any]
) -> list[Block]:
    """Say of a measure what size of difference could be found, where that is told."""
    numbers = _numbers(run, base["analysis"], measure["outcome"])
    if not numbers:
        return []
    key = f"precision-{base['slug']}-{in_key(measure['outcome'])}"
    data = base | {"measure": measure} | dict.fromkeys(FORMATS, "") | numbers
    return [blocks.words(run, key, words="precision", data=data, fold=fold)]


def table(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> Block:
    """Give what size of difference each analysis could find in its main measures."""
    quality = sizes.set_index("analysis")["quality"]
    margins = _margins(run.request)
    rounded = any(_moves(outcome, run.request) for outcome in run.request.outcomes)
    rows: list[list[Any]] = []
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    estimates = [
        (row, outcomes[row.outcome], quality[row.analysis])
        for row in results.itertuples(index=False)
        if _ref(row.analysis, row.outcome, "detectable") in run.cells
    ]
    several = len(run.request.analyses) > 1
    for analysis in run.request.analyses:
        name = analysis.name
        of = recipes.of_analysis(results, run.request, name, quality[name])
        told = [m for m in of if _ref(name, m["outcome"], "detectable") in run.cells]
        titles = [recipes.titled(m, run.request.noun(name)) for m in told]
        rows += [[name]] if several else []
        rows += [
            _table_row(run, name, measure["outcome"], title, margins=margins)
            for measure, title in zip(told, titles, strict=True)
        ]
    columns = ["Measure", "People in the programme", "Difference usually found",
               "People needed"]  # fmt: skip
    return blocks.table(
        run,
        KEY,
        caption="What size of difference could be found",
        columns=[*columns, "Margin", "Where the interval lies"] if margins else columns,
        rows=rows,
        lead=[see(KEY), " has the smallest difference that an analysis of this size "
              "would usually find, and how many people would be needed to find the one "
              "seen."],
        notes=[f"{NOTE} {ROUNDED}" if rounded else NOTE,
               *([MARGIN_NOTE] if margins else []),
               *not_shown.notes(estimates, several=several)],
        fold=_fold(run, results, sizes),
    )  # fmt: skip


def _fold(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> dict[str, Any]:
    """Give the fold of the table, whose line tells of the first headline."""
    name = next(a.name for a in run.request.analyses if a.headline)
    quality = sizes.set_index("analysis").loc[name, "quality"]
    first, *_ = recipes.headline(
        recipes.of_analysis(results, run.request, name, quality)
    )
    data = {
        "analysis": name if len(run.request.analyses) > 1 else "",
        "noun": run.request.noun(name),
        "measure": first,
        "detectable": _numbers(run, name, first["outcome"]).get("detectable", ""),
    }
    return blocks.fold(blocks.said(words="size_found", data=data))


def _table_row(
    run: Run, analysis: str, outcome: str, title: str, *, margins: bool
) -> list[Any]:
    numbers = _numbers(run, analysis, outcome)
    people = ref(refs.measure(analysis, outcome, "n_treatment"))
    row = [title, people, numbers["detectable"], numbers["people_needed"]]
    if margins:
        row += [numbers["margin"], numbers.get("beside_margin", "–")]
    return row
