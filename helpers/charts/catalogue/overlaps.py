"""Published results that may share people.

Two results of one organisation and one intervention type may be about the same people
where the years of their cohorts meet, or where those of one were not printed.
"""

from collections import defaultdict
from itertools import combinations
from typing import Any

import pandas as pd

#: what two results have in common that may share people
SAME = ["organisation", "intervention_type"]


def groups(results: pd.DataFrame) -> pd.Series:
    """Give the number of each result's group of results that may share people.

    Indexed by id. Two results of a group need not share people with each other: both
    may share them with a third.
    """
    group = {id: id for id in results["id"]}
    alike = defaultdict(list)
    for row in results[["id", "cohort_from", "cohort_to", *SAME]].to_dict("records"):
        alike[_same(row)].append(row)
    for rows in alike.values():
        for one, other in combinations(rows, 2):
            if _meet(one, other):
                joined, left = sorted((group[one["id"]], group[other["id"]]))
                group = {id: joined if g == left else g for id, g in group.items()}
    numbers = {first: number for number, first in enumerate(sorted({*group.values()}))}
    of_each = {id: numbers[first] for id, first in group.items()}
    return pd.Series(of_each, name="group", dtype=int)


def may_share(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two results, by column, may be about the same people."""
    return _same(one) == _same(other) and _meet(one, other)


def _same(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name].casefold() for name in SAME)


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether the years of two cohorts may meet; one not printed may be any."""
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
    known = results.set_index("id")[SAME]
    together = defaultdict(list)
    for id, number in sorted(groups(results).items()):
        together[number].append(id)
    return [
        (*known.loc[ids[0]], tuple(ids)) for ids in together.values() if len(ids) > 1
    ]
