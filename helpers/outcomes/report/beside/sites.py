"""A second interval and test, people helped at one place taken together."""

from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.outcomes import sites
from helpers.outcomes.report import moves, recipes
from helpers.outcomes.report.cells import precision, scale_of
from helpers.outcomes.report.reasons import reason_not_shown
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.publication.cells import Cell
from helpers.request import Outcome
from helpers.request.limits import NO_SITE
from helpers.runs.run import Run

#: the numbers that stand beside those of the estimate
METHODS = {
    "ci_low": "9: d − t(G − 1)·√(Vₜ + V_c), Vₜ by the sites of the programme",
    "ci_high": "9: d + t(G − 1)·√(Vₜ + V_c), Vₜ by the sites of the programme",
    "p_value": "9: two-sided p of d/√(Vₜ + V_c) by t(G − 1), Vₜ by sites",
}
#: within a measure's ref
SECOND = "sites"
LOW = f"{SECOND}.ci_low"
COLUMNS = [
    "Measure",
    "Difference",
    "95% interval from",
    "95% interval to",
    "p-value",
    "By place: from",
    "By place: to",
    "By place: p-value",
]
NOTE = (
    "By place: those helped in one place are taken together. A person whose place is "
    "not known is taken alone. Differences are taken before rounding."
)


def asked(run: Run, found: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that the report tells of: main measures of headline analyses.

    Those of analyses with sites enough, and few people of no known site. It is judged
    on the measure that counts most people: a row that stood only where those with an
    event are enough would tell how many these are.
    """
    headlines = [a.name for a in run.request.analyses if a.headline]
    main = [outcome.name for outcome in run.request.outcomes if outcome.main_point]
    ours = found[found["analysis"].isin(headlines)]
    widest = ours.assign(size=[_size(run, row) for row in ours.itertuples()])
    widest = widest.sort_values("size", ascending=False, kind="stable")
    widest = widest.drop_duplicates("analysis")
    given = [row.analysis for row in widest.itertuples() if _given(run, row)]
    return ours[ours["analysis"].isin(given) & ours["outcome"].isin(main)]


def _size(run: Run, row: Any) -> int:
    cell = run.cells[refs.measure(row.analysis, row.outcome, "n_treatment")]
    return cell.numerator or 0


def _given(run: Run, row: Any) -> bool:
    """Tell whether the people of a row have sites enough.

    So few of no known site that they could not be told are no bar, or the second
    interval would tell that they are there.
    """
    most = max(NO_SITE * _size(run, row), run.request.disclosure.threshold)
    return sites.enough(row.n_sites, row.largest_site) and row.no_site <= most


def register(
    run: Run, found: pd.DataFrame, results: pd.DataFrame, sizes: pd.DataFrame
) -> None:
    """Register the second intervals and tests."""
    quality = sizes.set_index("analysis")["quality"]
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    estimates = results.set_index(["analysis", "outcome"], drop=False)
    rows, cells = asked(run, found), []
    for row in rows.itertuples(index=False):
        estimate = estimates.loc[(row.analysis, row.outcome)]
        outcome = outcomes[row.outcome]
        reason = reason_not_shown(estimate, outcome, quality[row.analysis])
        shown = not reason and _given(run, row)
        move = moves.of(estimate, outcome, run.request).difference
        cells += _cells(run, row, outcome, estimate["difference"], move, shown=shown)
    run.register(cells)


def _cells(
    run: Run, row: Any, outcome: Outcome, difference: float, by: float, *, shown: bool
) -> list[Cell]:
    often, units = outcome.kind == "frequency", scale_of(outcome, per_100=True)
    exact = {name: getattr(row, name) * units for name in moves.ENDS}
    exact |= {"difference": difference * units, "p_value": row.p_value}
    rounded = {
        name: precision(outcome, f"per_100.{name}" if often else name) for name in exact
    }
    values, roundings = moves.told(exact, by, rounded)
    # they need what the first interval and test need, whose degrees of freedom count
    # people: a rule for those of a model is none for how many sites there are
    of_first = {
        name: run.cells[refs.measure(row.analysis, row.outcome, name)]
        for name in METHODS
    }
    return [
        replace(
            first,
            ref=_ref(row, name),
            value=values[name] if shown else None,
            method=METHODS[name],
            rounding=roundings[name],
        )
        for name, first in of_first.items()
    ]


def told(run: Run) -> list[str]:
    """Give the refs of second intervals that are registered, of any measure."""
    end = f".{LOW}"
    return [
        ref
        for ref, cell in run.cells.items()
        if ref.endswith(end) and cell.value is not None
    ]


def _ref(row: Any, name: str) -> str:
    return refs.measure(row.analysis, row.outcome, f"{SECOND}.{name}")


def published(
    run: Run, found: pd.DataFrame, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Block]:
    """Give both intervals and tests of each measure, and what changes, in words.

    An analysis of which no second interval is shown has neither.
    """
    made, shown = [], told(run)
    for analysis, rows in asked(run, found).groupby("analysis", sort=False):
        if not any(_ref(row, "ci_low") in shown for row in rows.itertuples()):
            continue
        quality = sizes.set_index("analysis").loc[analysis, "quality"]
        measures = {
            measure["outcome"]: measure
            for measure in recipes.of_analysis(results, run.request, analysis, quality)
        }
        pairs = [
            {"first": first, "second": _second(first, analysis)}
            for row in rows.itertuples(index=False)
            for first in [measures[row.outcome]]
        ]
        made += _blocks(run, analysis, pairs)
    return made


def second(run: Run, analysis: str, measure: dict[str, Any]) -> dict[str, Any]:
    """Give a measure by its second interval, and its table, where that is told."""
    if refs.measure(analysis, measure["outcome"], LOW) not in told(run):
        return {}
    return {"by_site": _second(measure, analysis), "table": see(_key(analysis))}


def _second(measure: dict[str, Any], analysis: str) -> dict[str, Any]:
    of = (analysis, measure["outcome"])
    return measure | {
        name: measure[name] | {"ref": refs.measure(*of, f"{SECOND}.{name}")}
        for name in METHODS
    }


def _key(analysis: str) -> str:
    return f"sites-{refs.slug(analysis)}"


def _blocks(run: Run, analysis: str, pairs: list[dict[str, Any]]) -> list[Block]:
    key = _key(analysis)
    whose = f": {analysis}" if len(run.request.analyses) > 1 else ""
    noun = run.request.noun(analysis)
    rows = []
    for pair in pairs:
        first, second = pair["first"], pair["second"]
        numbers = [first["difference"], *(first[name] for name in METHODS)]
        numbers += [second[name] for name in METHODS]
        rows.append([recipes.titled(first, noun), *numbers])
    said = {"name": f"People helped in one place{whose}", "pairs": pairs}
    fold = blocks.fold(blocks.said(words="by_place", data=said))
    return [
        blocks.table(
            run, key,
            caption=f"People helped in one place taken together{whose}",
            columns=COLUMNS, rows=rows, notes=[NOTE], fold=fold,
            lead=[see(key), " sets a second interval beside the first."],
        ),
        blocks.words(
            run, f"by-{key}", words="sites", fold=fold,
            data={"analysis": analysis, "noun": noun, "pairs": pairs},
        ),
    ]  # fmt: skip
