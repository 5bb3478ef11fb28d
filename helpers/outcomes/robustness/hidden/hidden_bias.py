"""Hidden bias, benchmarked: how far the difference moves without what was measured.

Something hidden that is as strong as a group of measured characteristics would move the
difference as far as leaving out that group does. Estimates by entropy balancing, which
makes the groups exactly alike on all that is left in.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd

from helpers.errors import KitError
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import entropy_balancing
from helpers.outcomes.robustness.hidden.tipping_point import (
    NOT_SIGNIFICANT,
    nearest_zero,
)
from helpers.outcomes.robustness.study import Study
from helpers.request.covariates.needs import NEEDS
from helpers.request.covariates.of_records import STANDARD

NAME = "hidden_bias"
COLUMNS = ["group", "characteristics", "without", "moved", "ci_low", "ci_high", "holds",
           "why"]  # fmt: skip
HOLDS = (
    "Something hidden as strong as any group of what was measured would not undo it."
)
DOUBT = "Something hidden as strong as a group of what was measured could undo it."
NOT_MET = "The groups cannot be made exactly alike by weights, so nothing is left out."
NOTHING_LEFT = "It is all that the groups were made alike on: nothing would be left."
NONE_TOLD = "No group could be left out."

#: what the records tell of offending before, and the counts in it
HISTORY, COUNTS = "criminal history", "previous_"
#: what columns of another source are called together, unlike any column
OF_SOURCE = "records of {}"


def groups(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give groups of covariates by what they are called, each with its columns.

    Columns of one source of the records are a group, criminal history is one and so is
    each count of it; a column that no source is known of is a group by itself. A group
    of one column is called as that is.
    """
    source = {one.name: one.source for one in (*STANDARD, *NEEDS)}
    gathered: dict[str, list[str]] = {}
    for name in names:
        if name in source:
            past = source[name] == "offence" or name.startswith(COUNTS)
            group = HISTORY if past else OF_SOURCE.format(source[name])
            gathered.setdefault(group, []).append(name)
    counts = [name for name in gathered.get(HISTORY, []) if name.startswith(COUNTS)]
    own = [name for name in names if name not in source]
    every = [
        (group if len(columns) > 1 else columns[0], tuple(columns))
        for group, columns in gathered.items()
    ]
    return dict([*every, *((name, (name,)) for name in (*counts, *own))])


def towards_zero(low: float, high: float, by: float) -> tuple[float, float]:
    """Move an interval that does not hold 0 towards it by so much."""
    by = abs(by) if high < 0 else -abs(by)
    return low + by, high + by


def still_holds(low: float, high: float, by: float) -> bool:
    """Tell whether an interval that excludes 0 does so when moved towards it."""
    return abs(by) < abs(nearest_zero(low, high))


def checks(study: Study) -> Iterator[Check]:
    """Give how far the difference moves without each group of what was measured.

    Columns, in the outcome's units: group, characteristics (names), without (the
    difference), moved, ci_low and ci_high (the headline's, moved as far towards 0),
    holds (whether these still exclude 0), why (there is no number).
    """
    found = study.estimate
    if not found["significant"]:
        yield _none(NOT_SIGNIFICANT)
        return
    try:
        together = _difference(study)
    except KitError:
        yield _none(NOT_MET)
        return
    names = study.group.covariates
    rows = [
        _row(study, group, columns, together)
        for group, columns in groups(names).items()
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    told = table[table["why"] == ""]
    if told.empty:
        yield Check(NAME, "none", table, NONE_TOLD)
        return
    holds = bool(told["holds"].all())
    yield Check(NAME, "holds" if holds else "doubt", table, HOLDS if holds else DOUBT)


def _none(why: str) -> Check:
    return Check(NAME, "none", pd.DataFrame(columns=COLUMNS), why)


def _row(
    study: Study, group: str, columns: Sequence[str], together: float
) -> list[object]:
    nothing = [group, columns, np.nan, np.nan, np.nan, np.nan, None]
    if set(columns) >= set(study.group.covariates):
        return [*nothing, NOTHING_LEFT]
    try:
        without = _difference(study, columns)
    except KitError:
        return [*nothing, NOT_MET]
    moved = without - together
    ends = study.estimate["ci_low"], study.estimate["ci_high"]
    moved_ends = towards_zero(*ends, moved)
    return [group, columns, without, moved, *moved_ends, still_holds(*ends, moved), ""]


def _difference(study: Study, without: Collection[str] = ()) -> float:
    """Give the difference under weights that balance all covariates but some."""
    weights = entropy_balancing.weights(study, without)
    known = study.values.notna().to_numpy()
    treated, values = study.treated, study.values.to_numpy()
    ours, theirs = known & treated, known & ~treated
    pool = np.average(values[theirs], weights=weights.to_numpy()[theirs])
    return float(values[ours].mean() - pool)
