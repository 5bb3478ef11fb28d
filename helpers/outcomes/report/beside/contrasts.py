"""Sub-groups compared with each other: cells, a table and sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.outcomes.contrasts import Kind
from helpers.outcomes.report import moves, recipes
from helpers.outcomes.report.beside import not_shown
from helpers.outcomes.report.cells import precision, scale_of
from helpers.outcomes.report.reasons import reason_not_shown
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.publication.cells import Cell
from helpers.publication.labels import variable
from helpers.publication.wording.number_words import in_words
from helpers.request import Outcome
from helpers.request.limits import PAIRS
from helpers.runs.run import Run

FEW = "where either has no test, of both intervals as Newcombe's"
METHODS = {
    "difference": "5: d₁ − d₂, of two analyses that share nobody",
    "ci_low": f"5: d₁ − d₂ − t(df)·√(SE₁² + SE₂²); {FEW}",
    "ci_high": f"5: d₁ − d₂ + t(df)·√(SE₁² + SE₂²); {FEW}",
    "p_value": "5: two-sided p of (d₁ − d₂)/√(SE₁² + SE₂²) by t(df); none where either "
    "has none",
}
COLUMNS = [
    "Measure",
    "Difference of the first",
    "Difference of the second",
    "First less second",
    "95% interval from",
    "95% interval to",
    "p-value",
]
ROUNDED = (
    "Counts are rounded here, and rates follow from them. First less second, its "
    "interval and its p-value are those of the counts before rounding."
)
NOTE = (
    "First less second is the difference of the first less that of the second, taken "
    "before rounding. Fewer, more, shorter and longer tell how the first differs from "
    "the second."
)


def register(
    run: Run, compared: pd.DataFrame, results: pd.DataFrame, sizes: pd.DataFrame
) -> None:
    """Register how far apart two sub-groups are in each main measure.

    `compared` is from `contrasts.table`. What is not shown of either is not here.
    """
    quality = sizes.set_index("analysis")["quality"]
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    estimates = results.set_index(["analysis", "outcome"], drop=False)
    cells = []
    for row in _main(run, compared).itertuples(index=False):
        outcome = outcomes[row.outcome]
        pair = [estimates.loc[(name, row.outcome)] for name in (row.first, row.second)]
        shown = not any(
            reason_not_shown(estimate, outcome, quality[estimate["analysis"]])
            for estimate in pair
        )
        cells += _cells(row, outcome, shown=shown)
    run.register(cells)


def _main(run: Run, compared: pd.DataFrame) -> pd.DataFrame:
    main = [outcome.name for outcome in run.request.outcomes if outcome.main_point]
    return compared[compared["outcome"].isin(main)]


def _cells(row: Any, outcome: Outcome, *, shown: bool) -> list[Cell]:
    """Give the numbers of a pair: of counts that are not rounded, as its p is."""
    units, often = scale_of(outcome, per_100=True), outcome.kind == "frequency"
    exact = {
        "difference": row.difference * units,
        "ci_low": row.ci_low * units,
        "ci_high": row.ci_high * units,
        "p_value": row.p_value,
    }
    rounded = {
        name: precision(outcome, f"per_100.{name}" if often else name) for name in exact
    }
    values, roundings = moves.told(exact, 0.0, rounded)
    return [
        Cell(
            _ref(row, name),
            value if shown else None,
            "derived",
            needs=_needs(row, name),
            method=METHODS[name],
            rounding=roundings[name],
            freedom=None if name == "difference" or pd.isna(row.df) else row.df,
        )
        for name, value in values.items()
    ]


def _needs(row: Any, name: str) -> tuple[str, ...]:
    """Give what withholds a number: with one of either it would give the other's away.

    These are all four values, and the same number of both analyses.
    """
    return tuple(
        refs.measure(analysis, row.outcome, own)
        for analysis in (row.first, row.second)
        for own in ("value_treatment", "value_comparison", name)
    )


def _ref(row: Any, name: str) -> str:
    return refs.contrast(row.first, row.second, row.outcome, name)


def differences(run: Run) -> list[dict[str, str]]:
    """Give the places of how far apart sub-groups are, for the count of comparisons."""
    return [
        blocks.ref(ref)
        for ref in run.cells
        if ref.startswith(f"{refs.CONTRASTS}.") and ref.endswith(".difference")
    ]


def published(
    run: Run,
    kinds: Sequence[Kind],
    compared: pd.DataFrame,
    results: pd.DataFrame,
    sizes: pd.DataFrame,
) -> list[Block]:
    """Give each kind of sub-groups, compared pair by pair, or why they are not."""
    made, quality = [], sizes.set_index("analysis")["quality"]
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    columns = [kind.column for kind in kinds]
    measures = {
        (name, measure["outcome"]): measure
        for name in results["analysis"].unique()
        for measure in recipes.of_analysis(results, run.request, name, quality[name])
    }
    rows = _main(run, compared)
    for number, kind in enumerate(kinds, start=1):
        key = f"contrasts-{number}"
        if not kind.compared:
            alone = columns.count(kind.column) == 1
            data = {"sentences": [[_not_compared(run, kind, alone=alone)]]}
            fold = blocks.fold(f"{_title(run, kind)}: not compared")
            made.append(blocks.words(run, key, words="sentences", data=data, fold=fold))
            continue
        ours = [
            row
            for row in rows.itertuples(index=False)
            if (row.first, row.second) in kind.compared
        ]
        pairs = [_pair(run, row, measures) for row in ours]
        if pairs:
            asked = {row.outcome for row in ours}
            estimates = [
                (row, outcomes[row.outcome], quality[row.analysis])
                for row in results.itertuples(index=False)
                if row.analysis in kind.names and row.outcome in asked
            ]
            notes = not_shown.notes(estimates, several=True)
            by = _by(run, kind, alone=columns.count(kind.column) == 1)
            fold = _fold(_title(run, kind), pairs)
            made.append(_table(run, key, by, pairs, notes, fold))
            # of several pairs the table has the other measures
            one = len(kind.compared) == 1
            data = {"pairs": pairs if one else _first_of_each(pairs)}
            made.append(
                blocks.words(run, f"by-{key}", words="contrasts", data=data, fold=fold)
            )
    return made


def _first_of_each(pairs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each pair in its first measure alone."""
    return list({(p["first"], p["second"]): p for p in reversed(pairs)}.values())[::-1]


def _pair(
    run: Run, row: Any, measures: Mapping[tuple[str, str], dict[str, Any]]
) -> dict[str, Any]:
    """Give a pair as a measure whose two values are the differences of both."""
    one, other = (measures[name, row.outcome] for name in (row.first, row.second))
    nouns = {run.request.noun(name) for name in (row.first, row.second)}
    numbers = {name: one[name] | {"ref": _ref(row, name)} for name in METHODS}
    values = {
        "value_treatment": one["difference"],
        "value_comparison": other["difference"],
    }
    return {
        "first": row.first,
        "second": row.second,
        "noun": nouns.pop() if len(nouns) == 1 else "people",
        "measure": one | values | numbers,
    }


def _fold(by: str, pairs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give the fold of sub-groups, whose line tells how many pairs differ."""
    told = [{"measure": pair["measure"]} for pair in pairs]
    said = blocks.said(words="sub_groups", data={"name": by, "pairs": told})
    return blocks.fold(said)


def _table(
    run: Run,
    key: str,
    by: str,
    pairs: Sequence[dict[str, Any]],
    reasons: Sequence[dict[str, Any]],
    fold: dict[str, Any],
) -> Block:
    """Give the numbers of each pair beneath its heading."""
    rows, heading = [], ""
    for pair in pairs:
        both = f"First: {pair['first']}. Second: {pair['second']}."
        if both != heading:
            rows.append([both])
        heading = both
        measure = pair["measure"]
        names = ("value_treatment", "value_comparison", *METHODS)
        numbers = [measure[name] for name in names]
        rows.append([recipes.titled(measure, pair["noun"]), *numbers])
    return blocks.table(
        run,
        key,
        caption=f"{by}, compared with each other",
        columns=COLUMNS,
        rows=rows,
        lead=[see(key), " compares groups of people who are analysed by themselves."],
        notes=[
            NOTE,
            *([ROUNDED] if run.request.disclosure.profile == "rounded" else []),
            *recipes.notes([p["measure"] for p in pairs], pairs[0]["noun"]),
            *reasons,
        ],
        fold=fold,
    )


def _by(run: Run, kind: Kind, *, alone: bool) -> str:
    """Give what tells sub-groups apart, with the names of two.

    And of more where others are told apart by the same: men by area, and women.
    """
    by = _title(run, kind)
    if alone and len(kind.names) > 2:
        return by
    *most, last = kind.names
    return f"{by}: {', '.join(most)} and {last}"


def _title(run: Run, kind: Kind) -> str:
    """Give by what sub-groups are told apart."""
    return f"Sub-groups by {variable(run.request, kind.column).lower()}"


def _not_compared(run: Run, kind: Kind, *, alone: bool) -> str:
    by = _by(run, kind, alone=alone)
    return (
        f"{by} are not compared with each other: that is done for {in_words(PAIRS)} "
        "pairs at most, since of more some would differ by chance alone. That one "
        "result is statistically significant and another is not does not show that "
        "the two differ."
    )
