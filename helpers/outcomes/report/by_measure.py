"""The estimates measure by measure: of each table its measures, of each its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.outcomes.report import recipes
from helpers.publication import refs
from helpers.publication.labels import title
from helpers.request import Outcome, Request
from helpers.request.measures.standard import together


@dataclass(frozen=True)
class Row:
    """An estimate of a table: its analysis' match, its outcome, its recipe."""

    match: Any
    estimate: Any
    outcome: Outcome
    measure: dict[str, Any]

    @property
    def analysis(self) -> str:
        """The name of its analysis."""
        return self.match.analysis


@dataclass(frozen=True)
class Measures:
    """The measures of one table, and the rows of each."""

    key: str
    outcomes: list[Outcome]
    rows: dict[str, list[Row]]  # by the name of the outcome

    @property
    def every(self) -> list[Row]:
        """All its rows."""
        return [row for rows in self.rows.values() for row in rows]


def key(outcome: Outcome) -> str:
    """Give the key of the table in which a measure stands."""
    together = outcome.standard and not outcome.own_words and outcome.standard.adds_up
    return f"results-{refs.in_key(together or outcome.name)}"


def of_measures(
    request: Request, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Measures]:
    """Give the measures table by table, in the order of the request."""
    matches = {row.analysis: row for row in sizes.itertuples(index=False)}
    found: dict[str, list[Outcome]] = {}
    for outcome in request.outcomes:
        if (results["outcome"] == outcome.name).any():
            found.setdefault(key(outcome), []).append(outcome)
    return [
        Measures(
            place,
            outcomes,
            {o.name: list(_rows(request, results, matches, o)) for o in outcomes},
        )
        for place, outcomes in found.items()
    ]


def _rows(
    request: Request, results: pd.DataFrame, matches: dict[str, Any], outcome: Outcome
) -> Iterator[Row]:
    estimates = {
        row.analysis: row
        for row in results[results["outcome"] == outcome.name].itertuples(index=False)
    }
    for analysis in request.analyses:
        if analysis.name in estimates:
            match, estimate = matches[analysis.name], estimates[analysis.name]
            measure = recipes.recipe(estimate, request, match.quality)
            yield Row(match, estimate, outcome, measure)


def main_points(
    request: Request, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Measures]:
    """Give the measures that main points show, table by table."""
    every = of_measures(request, results, sizes)
    return [m for m in every if m.outcomes[0].main_point] or every


def others(
    request: Request, results: pd.DataFrame, sizes: pd.DataFrame
) -> list[Measures]:
    """Give the measures that stand among the details alone, table by table."""
    first = {m.key for m in main_points(request, results, sizes)}
    return [m for m in of_measures(request, results, sizes) if m.key not in first]


def called(of: Measures) -> str:
    """Give what the measures of a table are called together."""
    first = of.outcomes[0]
    return together(first.standard) if len(of.outcomes) > 1 else title(first)
