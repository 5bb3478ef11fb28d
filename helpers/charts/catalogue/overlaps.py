"""Published results that may share people.

Two results of one organisation and one intervention type may be about the same people
where the years of their cohorts meet, or where those of one were not printed.
"""

from itertools import combinations
from typing import Any

import pandas as pd


def groups(results: pd.DataFrame) -> pd.Series:
    """Give the number of each result's group of results that may share people.

    Indexed by id. Two results of a group need not share people with each other: both
    may share them with a third.
    """
    group = {id: number for number, id in enumerate(sorted(results["id"]))}
    rows = results.to_dict("records")
    for one, other in combinations(rows, 2):
        if _may_share(one, other):
            joined, left = sorted((group[one["id"]], group[other["id"]]))
            group = {id: joined if g == left else g for id, g in group.items()}
    numbers = {old: new for new, old in enumerate(sorted(set(group.values())), 1)}
    return pd.Series(
        {id: numbers[group[id]] for id in results["id"]}, name="group", dtype=int
    )


def _may_share(one: dict[str, Any], other: dict[str, Any]) -> bool:
    same = ("organisation", "intervention_type")
    if any(one[name].casefold() != other[name].casefold() for name in same):
        return False
    # a year that was not printed may be any
    return _not_before(one, other) and _not_before(other, one)


def _not_before(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether a cohort may have gone on until the other's had begun."""
    end, start = one["cohort_to"], other["cohort_from"]
    return not end or not start or int(end) >= int(start)


def largest(results: pd.DataFrame) -> pd.DataFrame:
    """Give the largest result of each group, in the order of `results`.

    The largest by people in the treatment group, an unknown size being the least; of
    equal ones the latest published, then the first by id.
    """
    ordered = results.assign(group=results["id"].map(groups(results))).sort_values(
        ["n", "counts_from", "id"], ascending=[False, False, True], na_position="last"
    )
    kept = ordered.drop_duplicates("group")["id"]
    return results[results["id"].isin(kept)]


def named(results: pd.DataFrame) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give each group of two or more: organisation, intervention type, and the ids."""
    numbers = groups(results)
    known = results.set_index("id")
    together = [
        tuple(sorted(numbers.index[numbers == number]))
        for number in sorted(set(numbers))
    ]
    return [
        (*known.loc[ids[0], ["organisation", "intervention_type"]], ids)
        for ids in together
        if len(ids) > 1
    ]
