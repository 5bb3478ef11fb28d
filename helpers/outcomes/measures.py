"""The measures of a run: one row an analysis and outcome, and what is not shown."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.intake.cohort.whom import events
from helpers.request import Outcome, Request

#: the columns of estimates.parquet (method, section 5)
VALUES = (
    "n_treatment n_comparison effective_comparison value_treatment value_comparison "
    "difference standard_error df ci_low ci_high p_value significant"
).split()
COLUMNS = ["analysis", "variant", "outcome", *VALUES]
#: the variant of the headline; others are rungs of a ladder
MAIN = "main"


def with_outcomes(matched: pd.DataFrame, outcomes: pd.DataFrame) -> dict[str, Any]:
    """Give each analysis' matched people with their outcomes, by its name.

    The rungs of its ladders are left out.
    """
    main = matched[matched["variant"] == MAIN]
    joined = main.merge(outcomes, on="person_id", validate="many_to_one")
    return dict(list(joined.groupby("analysis", sort=False)))


def of_rungs(
    matched: pd.DataFrame, outcomes: pd.DataFrame, request: Request
) -> list[tuple[str, str, Outcome, pd.DataFrame]]:
    """Give analysis, variant, outcome and matched people for every rung of a ladder."""
    rungs = matched[matched["variant"] != MAIN]
    joined = rungs.merge(outcomes, on="person_id", validate="many_to_one")
    return [
        (analysis, variant, outcome, people)
        for (analysis, variant), people in joined.groupby(
            ["analysis", "variant"], sort=False
        )
        for outcome in request.outcomes
        if outcome.name in people
    ]


def seen(request: Request, matched: Mapping[str, pd.DataFrame]) -> Request:
    """Give a request whose outcomes tell whom they are about, as the data show it.

    A measure of some people is about those with an event: a rate of the request that
    fits (`whom.events`), and of two the rarer one.
    """
    people = pd.concat(matched.values(), ignore_index=True)
    held = [outcome for outcome in request.outcomes if outcome.name in people]
    rates = {
        o: people[o.name] for o in held if o.kind == "rate" and not o.of_reoffenders
    }
    outcomes = [
        _seen(outcome, people[outcome.name], rates) if outcome in held else outcome
        for outcome in request.outcomes
    ]
    return request.model_copy(update={"outcomes": tuple(outcomes)})


def _seen(
    outcome: Outcome, values: pd.Series, rates: Mapping[Outcome, pd.Series]
) -> Outcome:
    """Give an outcome with what those did who have a value, if only some have."""
    if outcome.of_reoffenders:
        of = [rate for rate in rates if rate.column == outcome.reoffended]
    else:
        by_name = {r.name: had for r, had in rates.items() if r.name != outcome.name}
        fitting = events(values, by_name)
        of = [rate for name in fitting for rate in rates if rate.name == name]
    event = _event(of[0], rates) if of else ""
    some = not values.notna().all() and (outcome.kind == "days" or bool(of))
    return outcome.seen(only_some=some, event=event)


def _event(rate: Outcome, rates: Mapping[Outcome, pd.Series]) -> str:
    """Give what people did, with its definition where the label is not enough."""
    alone = [other.label for other in rates].count(rate.label) == 1
    return rate.label if alone else f"{rate.label} {rate.definition or ''}".strip()


def each(
    matched: Mapping[str, pd.DataFrame], request: Request
) -> list[tuple[str, Outcome, pd.DataFrame]]:
    """Give analysis, outcome and matched people for every outcome in the data."""
    return [
        (name, outcome, people)
        for name, people in matched.items()
        for outcome in request.outcomes
        if outcome.name in people
    ]


def known(each: list[tuple[str, Outcome, pd.DataFrame]]) -> pd.DataFrame:
    """Count the people of each group on whom the estimates of an outcome rest."""
    rows = []
    for name, outcome, people in each:
        used = people[people["weight"] > 0]
        counts = used[outcome.name].notna().groupby(used["treatment"]).sum()
        rows.append(
            {
                "analysis": name,
                "outcome": outcome.name,
                "programme": int(counts.get(1, 0)),
                "comparison": int(counts.get(0, 0)),
            }
        )
    return pd.DataFrame(rows).set_index("outcome")


def table(results: Mapping[tuple[str, str], pd.Series]) -> pd.DataFrame:
    """Give one row an analysis and outcome, from `estimates.difference` of each."""
    return rung_table(
        {(name, MAIN, outcome): found for (name, outcome), found in results.items()}
    )


def rung_table(results: Mapping[tuple[str, str, str], pd.Series]) -> pd.DataFrame:
    """Give one row an analysis, variant and outcome, from `estimates.difference`."""
    rows = [
        {"analysis": analysis, "variant": variant, "outcome": outcome, **result}
        for (analysis, variant, outcome), result in results.items()
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["significant"] = frame["significant"].astype("boolean")
    counts = ["n_treatment", "n_comparison"]
    frame[counts] = frame[counts].astype("int64")
    floats = [c for c in VALUES if c not in (*counts, "significant")]
    frame[floats] = frame[floats].astype("float64")
    return frame


def stacked(results: pd.DataFrame, *variants: pd.DataFrame) -> pd.DataFrame:
    """Give estimates.parquet: those of analyses, of rungs and estimators beneath."""
    held = [frame for frame in variants if len(frame)]
    return pd.concat([results, *held], ignore_index=True)[COLUMNS]


def interval_table(found: Mapping[tuple[str, str], pd.Series]) -> pd.DataFrame:
    """Give one row an analysis and outcome, from `estimates.group_intervals`."""
    return pd.DataFrame(found).T.rename_axis(["analysis", "outcome"])
