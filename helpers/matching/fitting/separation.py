"""When the covariates tell the groups apart for certain, so that no model exists."""

import numpy as np
import pandas as pd

from helpers.matching.design import is_categorical, numbers
from helpers.matching.fitting.columns import Columns

#: where a model exists, the Newton step after the last moves no standardised
#: coefficient by more than a millionth; else one by a tenth or more (method, section 2)
MOVED = 1e-3
APART = 0.1  # such a step moves the logit of who is told apart by about 1, else hardly

TO_DO = (
    "leave one of them out, make it coarser, or keep people who can be compared, for "
    "example filter: {age: {from: 18, to: 25}}"
)


def seen(move: np.ndarray) -> bool:
    """Tell whether the step after the last shows that the groups are told apart."""
    return bool(np.abs(move).max() > MOVED)


def message(
    people: pd.DataFrame, treated: np.ndarray, columns: Columns, move: np.ndarray
) -> str:
    """Say what tells the groups apart, how many people, and what to do in the request.

    Parameters
    ----------
    people, treated
        Those the model was to be fitted on.
    columns, move
        The columns that are in the model, and what a further Newton step would move
        each of their coefficients by, the constant's first.
    """
    sources = dict.fromkeys(column.source for column in columns.each)
    alone = [text for name in sources if (text := _cut(name, people[name], treated))]
    if alone:
        return (
            f"covariates: the groups are told apart for certain by {'; '.join(alone)}; "
            f"{TO_DO.replace('one of them', 'it') if len(alone) == 1 else TO_DO}"
        )
    size, push = np.abs(move[1:]), columns.logit(move)
    names = ", ".join(
        columns.each[i].name for i in np.flatnonzero(size >= size.max() / 4)
    )
    of_t = int((treated & (push > APART)).sum())
    of_c = int((~treated & (push < -APART)).sum())
    return (
        "covariates: the groups are told apart for certain by several columns "
        f"together, no single one does it: {names}; so {of_t:,} of {treated.sum():,} "
        f"people in the treatment group and {of_c:,} of {(~treated).sum():,} in the "
        f"pool have nobody like them in the other group; {TO_DO}"
    )


def _cut(name: str, column: pd.Series, treated: np.ndarray) -> str:
    """Say where a number alone parts the groups; empty where it does not."""
    if is_categorical(column):
        return ""  # a level that one group lacks was set aside before
    value = numbers(column)
    groups = {"treatment group": value[treated], "pool": value[~treated]}
    groups = {label: known[~np.isnan(known)] for label, known in groups.items()}
    if not all(map(len, groups.values())):
        return ""
    low, high = sorted(
        groups, key=lambda label: (groups[label].min(), groups[label].max())
    )
    last, first = groups[low].max(), groups[high].min()
    if last > first:
        return ""
    if last < first:
        at = f"{between(last, first):g}"
        return (
            f"{name} (below {at} for all {len(groups[low]):,} in the {low}, above it "
            f"for all {len(groups[high]):,} in the {high})"
        )
    under, over = (groups[low] < last).sum(), (groups[high] > last).sum()
    level = len(value[value == last])
    return (
        f"{name} (nobody in the {low} is above {last:g} and nobody in the {high} "
        f"below it: {under:,} are below, {over:,} above, {level:,} at it)"
    )


def between(low: float, high: float) -> float:
    """Give a short number between two, so that a message repeats nobody's value."""
    middle, step = (low + high) / 2, 10 ** np.ceil(np.log10(high - low))
    while True:
        for part in (step, step / 2):
            number = round(middle / part) * part
            if low < number < high:
                return float(number)
        step /= 10
