"""How surely a person was found: by an id, otherwise, or only as a likely candidate.

A run that asks for the linkage ladder works its result out under three thresholds: for
people found by a PNC id or prison number, for all who were linked, and with the
likeliest candidates of the review list taken in. People of the last kind come along
beside those linked: no number of the intake counts them, no delay is drawn from them,
and the pool holds none of them in any case, as they are on the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.intake.linkage import passes

if TYPE_CHECKING:
    from helpers.intake.linkage.link import Linkage

#: the column that says it, and its values, the surest first
COLUMN = "how_surely_found"
BY_ID, OTHERWISE, LIKELY = "id", "otherwise", "likely"


def likeliest(linkage: Linkage, threshold: float) -> pd.DataFrame:
    """Give the likeliest candidate of each line that waits for a decision.

    Gives line and person_id. One whose match probability is below `threshold` is not
    taken, nor one of two who are as likely, nor one whom another line is linked to. A
    person may be the likeliest of several lines, as of several lines that are linked.
    """
    review = linkage.review
    top = review.groupby("line")["probability"].transform("max")
    first = review[(review["probability"] == top) & (top >= threshold)]
    first = first[~first["line"].duplicated(keep=False)]
    new = ~first["person_id"].isin(linkage.links["person_id"])
    return first.loc[new, ["line", "person_id"]].sort_values("line", ignore_index=True)


def told(located: pd.DataFrame, likely: pd.DataFrame, linkage: Linkage) -> pd.DataFrame:
    """Give located lines and likely ones together, and how surely each was found.

    `located` and `likely`: what `index_sentence.locate` gave of the lines that are
    linked and of those of `likeliest`. Adds COLUMN: a person is found by an id if any
    of their lines was.
    """
    links = linkage.links
    by_id = [one.name for one in passes.PASSES if one.told_as == "number"]
    passed = links["passed"].str.removesuffix(passes.BY_ALIAS)
    sure = links.loc[passed.isin(by_id), "person_id"]
    kind = located["person_id"].isin(sure).map({True: BY_ID, False: OTHERWISE})
    both = [located.assign(**{COLUMN: kind}), likely.assign(**{COLUMN: LIKELY})]
    return pd.concat(both, ignore_index=True).astype({COLUMN: "str"})


def accepted(people: pd.DataFrame) -> pd.Series:
    """Tell of whom the result counts: everyone but those who are only likely."""
    if COLUMN not in people:
        return pd.Series(True, index=people.index)
    return people[COLUMN] != LIKELY


def counts(linkage: Linkage, told: pd.DataFrame) -> pd.DataFrame:
    """Count people with a suitable sentence by threshold, and lines that wait."""
    # slow to import: ibis comes with it, and later stages have no records
    from helpers.intake.cohort.index_sentence import counted

    people = counted(told)
    kinds = people.loc[people["left_out"].isna(), COLUMN].value_counts()
    rows = {
        "people found by a PNC id or prison number": kinds.get(BY_ID, 0),
        "people found otherwise": kinds.get(OTHERWISE, 0),
        "people who are the likeliest candidates": kinds.get(LIKELY, 0),
        "lines under review": linkage.review["line"].nunique(),
    }
    return pd.DataFrame({"how": rows.keys(), "number": map(int, rows.values())})
