"""The measures of a run: one row an analysis and outcome, and their cells."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.publication.cells import Cell
from helpers.publication.labels import own_words, slug, title
from helpers.request import Outcome, Request

#: the columns of estimates.parquet (method, section 5)
VALUES = (
    "n_treatment n_comparison effective_comparison value_treatment value_comparison "
    "difference standard_error df ci_low ci_high p_value significant"
).split()
COLUMNS = ["analysis", "variant", "outcome", *VALUES]

#: published in their own units, ten-to-the-two for rates (per cent)
LEVELS = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")

ALPHA = 0.05  # significant at p of 0.05 or less
OF_SOME = "time_to_first_reoffence"  # counts only those to whom it happened
MINIMUM_REOFFENDERS = 30  # published rule for measures of reoffenders only
MINIMUM_SHARE = 0.8  # share matched below which a result is not headlined

POOR = (
    "This result is not shown, because the two groups could not be made alike enough "
    "to compare."
)
FEW_REOFFENDERS = (
    "This result is not shown, because fewer than 30 people in the programme group "
    "are behind it."
)


def with_outcomes(matched: pd.DataFrame, outcomes: pd.DataFrame) -> dict[str, Any]:
    """Each analysis' matched people with their outcomes, by name of the analysis."""
    joined = matched.merge(outcomes, on="person_id", validate="many_to_one")
    return dict(list(joined.groupby("analysis", sort=False)))


def known(matched: Mapping[str, pd.DataFrame], request: Request) -> pd.DataFrame:
    """How many people of each group the estimates of an outcome rest on."""
    rows = []
    for name, people in matched.items():
        used = people[people["weight"] > 0]
        for outcome in request.outcomes:
            if outcome.name not in used:
                continue
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
    """One row an analysis and outcome, from `estimates.difference` of each."""
    rows = [
        {"analysis": analysis, "variant": "main", "outcome": outcome, **result}
        for (analysis, outcome), result in results.items()
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["significant"] = frame["significant"].astype("boolean")
    counts = ["n_treatment", "n_comparison"]
    frame[counts] = frame[counts].astype("int64")
    floats = [c for c in VALUES if c not in (*counts, "significant")]
    frame[floats] = frame[floats].astype("float64")
    return frame


def reason_not_shown(row: Any, outcome: Outcome, quality: str) -> str:
    """Why an estimate stays in restricted/; empty where it may be shown."""
    if quality == "poorly":
        return POOR
    if outcome.kind == "days" and row.n_treatment < MINIMUM_REOFFENDERS:
        return FEW_REOFFENDERS
    return ""


def reason_not_headlined(match: Any, minimum_people: int) -> str:
    """Why an analysis is kept out of the main points; empty where it is in."""
    if match.quality == "poorly":
        return (
            "No result is shown, because the two groups could not be made alike "
            "enough to compare. This does not mean that the programme made no "
            "difference."
        )
    few = _too_few(match, minimum_people)
    return few and (f"The result is not shown here, because {few}; the tables have it.")


def _too_few(match: Any, minimum_people: int) -> str:
    """Too few of an analysis' people to head a report, in words; empty where enough."""
    if match.share_matched < MINIMUM_SHARE:
        return "fewer than 80% of the people who could have been analysed were matched"
    if match.n_treatment < minimum_people:
        return f"fewer than {minimum_people} people in the programme could be analysed"
    return ""


def table_notes(
    estimates: pd.DataFrame, request: Request, match: Any, minimum_people: int
) -> list[str]:
    """Why measures of an analysis' table are not shown, or not among main points."""
    if match.quality == "poorly":
        return [POOR]
    few = _too_few(match, minimum_people)
    notes = [f"This result is not among the main points, because {few}."] if few else []
    outcomes = {outcome.name: outcome for outcome in request.outcomes}
    for row in estimates[estimates["analysis"] == match.analysis].itertuples():
        outcome = outcomes[row.outcome]
        reason = reason_not_shown(row, outcome, match.quality)
        notes += [f"{title(outcome)}: {reason}"] if reason else []
    return notes


def cells(
    estimates: pd.DataFrame,
    matched: Mapping[str, pd.DataFrame],
    matches: pd.DataFrame,
    request: Request,
) -> list[Cell]:
    """Every estimate as cells; those that may not be shown have no value."""
    quality = matches.set_index("analysis")["quality"]
    outcomes = {outcome.name: outcome for outcome in request.outcomes}
    found: list[Cell] = []
    for row in estimates.itertuples(index=False):
        outcome = outcomes[row.outcome]
        reason = reason_not_shown(row, outcome, quality[row.analysis])
        people = matched[row.analysis]
        poor = reason == POOR
        found += _cells(row, outcome, people, shown=not reason, poor=poor)
    return found


def _numerators(people: pd.DataFrame, outcome: Outcome) -> dict[int, int | None]:
    """People behind a value in each group: those with the event, unweighted."""
    used = people[(people["weight"] > 0) & people[outcome.name].notna()]
    counts = (used[outcome.name] > 0).groupby(used["treatment"]).sum()
    return {group: int(counts.get(group, 0)) for group in (1, 0)}


def _of_whom(people: pd.DataFrame, outcome: Outcome, group: int) -> int | None:
    """Everyone matched in a group, where a measure counts only some of them.

    A time counts those to whom it happened: the others are people too.
    """
    matched = people[(people["weight"] > 0) & (people["treatment"] == group)]
    if outcome.kind != "days" or matched[outcome.name].notna().all():
        return None
    return len(matched)


def _cells(
    row: Any, outcome: Outcome, people: pd.DataFrame, *, shown: bool, poor: bool
) -> list[Cell]:
    base = f"{slug(row.analysis)}.{row.outcome}"
    scale = 100 if outcome.kind == "rate" else 1
    numerators = _numerators(people, outcome)
    kind = "rate" if outcome.kind == "rate" else "mean"
    sizes = {"treatment": row.n_treatment, "comparison": row.n_comparison}
    # on a poor match the rate is withheld, and how many a time counts gives it away
    counted = outcome.kind != "days" or not poor
    found = [
        Cell(
            f"{base}.n_{name}",
            n if counted else None,
            "count",
            n,
            _of_whom(people, outcome, group),
        )
        for (name, n), group in zip(sizes.items(), (1, 0), strict=True)
    ]
    both = tuple(f"{base}.value_{group}" for group in sizes)
    for name, numerator in zip(sizes, (numerators[1], numerators[0]), strict=True):
        value = getattr(row, f"value_{name}") * scale if shown else None
        ref = f"{base}.value_{name}"
        needs = (f"{base}.n_{name}",)
        found.append(Cell(ref, value, kind, numerator, sizes[name], needs))
    derived = {
        "difference": row.difference * scale,
        "ci_low": row.ci_low * scale,
        "ci_high": row.ci_high * scale,
        "standard_error": row.standard_error * scale,
        "p_value": row.p_value,
        "effective_comparison": row.effective_comparison,
    }
    for name, value in derived.items():
        found.append(Cell(f"{base}.{name}", value if shown else None, "derived", None,
                          None, both))  # fmt: skip
    if outcome.kind == "frequency":
        for name in LEVELS:
            value = getattr(row, name) * 100 if shown else None
            ref = f"{base}.per_100.{name}"
            found.append(Cell(ref, value, "derived", None, None, both))
    return found


def recipe(row: Any, request: Request, quality: str) -> dict[str, Any]:
    """A measure for the wording: its own words, and refs to its numbers."""
    outcome = next(o for o in request.outcomes if o.name == row.outcome)
    base = f"{slug(row.analysis)}.{row.outcome}"
    levels = f"{base}.per_100" if outcome.kind == "frequency" else base
    formats = dict.fromkeys(LEVELS, "days" if outcome.kind == "days" else "per_100")
    formats |= {"ci_low": "limit", "ci_high": "limit"}
    return {
        "outcome": outcome.name,
        "kind": outcome.kind,
        "label": outcome.label,
        "definition": outcome.definition or "",
        "title": title(outcome),
        "of_some": outcome.name == OF_SOME,
        "few": outcome.label if outcome.kind == "rate" else "had this outcome",
        "reason": reason_not_shown(row, outcome, quality),
        **{n: {"ref": f"{levels}.{n}", "format": formats[n]} for n in LEVELS},
        "p_value": {"ref": f"{base}.p_value", "format": "p"},
    }


def rows(estimates: pd.DataFrame, request: Request, analysis: str) -> list[list[Any]]:
    """The table of an analysis' measures: both groups, difference, interval, p."""
    per = f" (for every 100 {request.programme.noun})"
    units = {"rate": per, "frequency": per, "days": " (days)"}
    found = []
    for row in estimates[estimates["analysis"] == analysis].itertuples(index=False):
        measure = recipe(row, request, "")
        values = [measure[name] for name in (*LEVELS, "p_value")]
        found.append([measure["title"] + units[measure["kind"]], *values])
    return found


def size_rows(
    estimates: pd.DataFrame, request: Request, analysis: str
) -> list[list[Any]]:
    """How many people of each group are behind each of an analysis' measures."""
    found = []
    for row in estimates[estimates["analysis"] == analysis].itertuples(index=False):
        base = f"{slug(analysis)}.{row.outcome}"
        counts = [{"ref": f"{base}.n_{group}"} for group in ("treatment", "comparison")]
        found.append([recipe(row, request, "")["title"], *counts])
    return found


def result_row(row: Any, request: Request) -> dict[str, Any]:
    """A measure of result.json as a recipe: rates there are proportions."""
    outcome = next(o for o in request.outcomes if o.name == row.outcome)
    base = f"{slug(row.analysis)}.{row.outcome}"
    scale = 0.01 if outcome.kind == "rate" else 1
    return {
        "outcome": row.outcome,
        **{name: {"ref": f"{base}.{name}"} for name in ("n_treatment", "n_comparison")},
        **{name: {"ref": f"{base}.{name}", "scale": scale} for name in LEVELS},
        "p_value": {"ref": f"{base}.p_value"},
        "significant": {"ref": f"{base}.p_value", "significant_at": ALPHA},
    }


def is_published_measure(outcome: Outcome) -> bool:
    """Whether an outcome is the one-year proven reoffending rate of the catalogue."""
    return outcome.name == "reoffending_rate" and not own_words(outcome)
