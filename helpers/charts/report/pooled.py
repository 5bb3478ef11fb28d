"""Which results can be taken together, and the numbers that they come to."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.charts import synthesis
from helpers.charts.catalogue import overlaps, period
from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report import arrangement, sections
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.disclosure.rules import FIRST_FIGURE, PRECISIONS
from helpers.publication.numbers import FORMATS
from helpers.request.limits import POOLED_FROM
from helpers.request.measures.standard import PUBLISHED
from helpers.request.types import of_kind
from helpers.runs.run import Run

MEAN = (
    "7: y = (low + high)/2, v = ((high − low)/3.919928)² + rounding of the limits; "
    "τ² by REML; μ ± t√(q/Σw) with k − 1 degrees of freedom, "
    "q = max(1, Σw(y − μ)²/(k − 1))"
)
#: name of a number of results taken together -> the rule behind it
METHODS = {
    "count": "7: results with a printed interval, no two of one organisation and type "
    "with years that may meet",
    **dict.fromkeys(("mean", "ci_low", "ci_high"), MEAN),
    **dict.fromkeys(
        ("new_low", "new_high"), "7: μ ± t√(τ² + q/Σw) with k − 1 degrees of freedom"
    ),
}

ALL = "All results"

#: analyses of this request by name, each as a row among the published results
Ours = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Group:
    """Results of a type, or all of them, that can be taken together."""

    kind: str  # all, intervention or sector
    type_: str
    label: str
    used: pd.DataFrame


def used(results: pd.DataFrame) -> pd.DataFrame:
    """Keep the results that can be taken together, and add `effect` and `variance`.

    A whole interval was printed of each, and of those that may be about the same people
    the largest is kept (`overlaps.largest`). In people of every 100.
    """
    kept = overlaps.largest(results[results["interval"] == "printed"])
    limits = zip(kept["ci_low"], kept["ci_high"], strict=True)
    measured = [synthesis.of_interval(*both) for both in limits]
    return kept.assign(
        effect=[effect for effect, _ in measured],
        variance=[variance for _, variance in measured],
    )


def groups(published: Catalogue) -> list[Group]:
    """Give all results and those of each type of which any is collected."""
    results, kept = published.results, used(published.results)
    found = [Group("all", "", ALL, kept)] if len(results) else []
    for kind, column in KINDS.items():
        for type_ in of_kind(published.types, kind):
            if (results[column] == type_.name).any():
                chosen = kept[kept[column] == type_.name]
                found.append(Group(kind, type_.name, type_.label, chosen))
    return found


def register(run: Run, published: Catalogue) -> None:
    """Register what results come to together, without and with this request's own.

    With its own they follow from its released interval, as printed: without that they
    are withheld too.
    """
    found = groups(published)
    ours = own(run, published)
    for group in found:
        names = {"count": len(group.used)} | _pooled(group.used)
        run.register(
            Cell(
                refs.pooled(n, group.kind, group.type_), v, "public", method=METHODS[n]
            )
            for n, v in names.items()
        )
        for name, study in added(group, ours):
            run.register(_with(run, group, name, study))


def _pooled(frame: pd.DataFrame) -> dict[str, float]:
    """Give the mean of some results; nothing where they are too few."""
    if len(frame) < POOLED_FROM:
        return {}
    found = synthesis.pooled(frame["effect"], frame["variance"])
    numbers = {"mean": found.mean, "ci_low": found.low, "ci_high": found.high}
    if found.predicted:
        numbers |= dict(zip(("new_low", "new_high"), found.predicted, strict=True))
    # an end that prints as nought would tell no side of it
    return {name: _told(value) for name, value in numbers.items()}


def _told(value: float) -> float:
    """Give a number that would print as nought to its first figure."""
    nought = FORMATS["size"](value) == "0"
    return PRECISIONS[FIRST_FIGURE](value) if nought else value


def _with(run: Run, group: Group, name: str, study: dict[str, Any]) -> list[Cell]:
    """Give the mean with an analysis of this request beside the published results."""
    needs = tuple(study[part]["ref"] for part in ("difference", "ci_low", "ci_high"))
    printed = [FORMATS["limit"](run.cells[need].value) for need in needs[1:]]
    effect, variance = synthesis.of_interval(*printed)
    added = pd.DataFrame({"effect": [effect], "variance": [variance]})
    both = pd.concat([group.used[["effect", "variance"]], added])
    numbers = {"count": len(both)} | _pooled(both)
    return [
        Cell(
            refs.pooled_with(name, group.kind, number),
            numbers[number],
            "derived",
            needs=needs,
            method=METHODS[number],
            rounding=_rounding(number, numbers[number]),
        )
        for number in ("count", "mean", "ci_low", "ci_high")
    ]


def _rounding(number: str, value: float) -> str:
    if number == "count":
        return "whole"
    return "limit" if PRECISIONS["limit"](value) else FIRST_FIGURE


def own(run: Run, published: Catalogue) -> Ours:
    """Give the analyses of this request that have an interval, by name.

    None where its people may be those of a result of the same organisation.
    """
    if shares_people(run, used(published.results)):
        return []
    placed = {one["ci_low"]["ref"]: one for one in sections.studies(run, published)}
    named = {a.name: refs.measure(a.name, PUBLISHED, "ci_low")
             for a in run.request.analyses}  # fmt: skip
    cells = run.cells
    return [
        (name, placed[low])
        for name, low in named.items()
        if low in placed and cells[low].value is not None
    ]


def added(group: Group, ours: Ours) -> Ours:
    """Give those that are of a group, where it is large enough with one of them."""
    if len(group.used) + 1 < POOLED_FROM:
        return []
    return [
        (name, study)
        for name, study in ours
        if group.kind == "all" or study["types"][group.kind] == group.type_
    ]


def shares_people(run: Run, frame: pd.DataFrame) -> bool:
    """Tell whether a result may be about the people of this request."""
    types = arrangement.own_types(run)
    if not types:
        return False
    first, last = period.years(run.request.programme.period or "")
    ours = {"organisation": run.request.organisation.name,
            "intervention_type": types["intervention"],
            "cohort_from": first, "cohort_to": last}  # fmt: skip
    return any(overlaps.may_share(ours, row) for row in frame.to_dict("records"))
