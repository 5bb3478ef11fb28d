"""The deterministic cascade: which register person each line is, and by which pass.

The passes, in order; a line goes no further than the first that finds somebody:

1. PNC id, and two of surname, forename and date of birth agree;
2. prison number, and two of the three agree;
3. both names and the date of birth exactly;
4. near names and the exact date of birth;
5. both names exactly, day and month of the date of birth swapped;
6. surname and forename swapped, exactly or nearly, and the exact date of birth.

Every pass looks at the aliases too, beside the main names, and a link that rests on an
alias says so. Aliases have no passes of their own, because an exact alias is better
evidence than a near main name.

Based on: the order is the method of record. That an id alone never links is because a
mistyped id is often somebody else's. In passes 1 and 2 names agree from 0.85 and dates
if exact, swapped or near, since the id carries the weight. In pass 4 both names must be
near and one very near; both rules guard against chance, as some 70 people in a million
share a date of birth. In every pass names that are near must be one name, too: Gurdeep
and Gurpreet are two (`same_name`). Passes 3 to 6 link nobody by a name like Na or None,
which may stand for "not known". Passes 4 to 6 do not link people whose ids differ by
more than a slip, and pass 4 none whose sex differs, which are often twins.

Review, never a link:

- a **tie**: the best two people are within 0.05 points of each other;
- a **contradiction**: two of passes 1 to 3, the strong ones, find somebody, and not
  the same person;
- **two names**: what keeps a line out of pass 4 or 6 is that near names are two known
  ones, such as Hassan and Hussain;
- a **name that may say "not known"** and agrees exactly, and the date of birth;
- the **weak pass**: both names exactly, date of birth only near. Most people with a
  common name have such a namesake in a large register.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from helpers.intake.linkage.agreement import NEAR, VERY_NEAR
from helpers.intake.submission.unknown import DOUBTFUL

BY_ALIAS = ", by an alias"
TIE = "tie"
CONTRADICTION = "passes name different people"
WEAK = "exact names, date only near"
TWO_NAMES = "near names that are two names"
DOUBTFUL_NAME = "a name that may say not known"
#: points by which the best person must lead the next: less than sex or a main name
LEAD = 0.05


@dataclass(frozen=True)
class Pass:
    """A pass of the cascade.

    Attributes
    ----------
    name
        As every link that it makes says.
    strong
        Whether it may contradict another: a line goes to review where an earlier strong
        pass found somebody and this one finds only other people.
    told_as
        The row of the published table in which its links are counted.
    test
        Whether each of the compared pairs passes.
    """

    name: str
    strong: bool
    told_as: Literal["number", "exact", "near"]
    test: Callable[[pd.DataFrame], pd.Series]


def two_of_three(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether two of surname, forename and date of birth agree."""
    surname = (pairs["surname_alike"] >= NEAR) & pairs["surname_one"]
    forename = (pairs["forename_alike"] >= NEAR) & pairs["forename_one"]
    agree = surname.astype(int) + forename.astype(int)
    swapped = crossed(pairs) & crossed_one_name(pairs)
    agree = agree.mask(swapped, 2) + (pairs["date"] != "other")
    return agree >= 2


def one_name(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether near names may be one surname and one forename."""
    return pairs["surname_one"] & pairs["forename_one"]


def crossed_one_name(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether names that are near when swapped may be one name each."""
    return pairs["crossed_surname_one"] & pairs["crossed_forename_one"]


def exact_names(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether both names are the same."""
    return (pairs["surname_alike"] == 1) & (pairs["forename_alike"] == 1)


def near_names(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether both names are near, and one of them very near."""
    return _near(pairs["surname_alike"], pairs["forename_alike"])


def doubtful(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether a name of the line may say that nothing is known."""
    return pairs["l_surname"].isin(DOUBTFUL) | pairs["l_forename"].isin(DOUBTFUL)


def surely_named(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether both names are the same, and neither may say "not known"."""
    return exact_names(pairs) & ~doubtful(pairs)


def crossed(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether the names are near when surname and forename are swapped."""
    return _near(pairs["crossed_surname"], pairs["crossed_forename"])


def _near(surname: pd.Series, forename: pd.Series) -> pd.Series:
    both = (surname >= NEAR) & (forename >= NEAR)
    return both & ((surname >= VERY_NEAR) | (forename >= VERY_NEAR))


def _by_near_names(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether near names, which may be two, and the exact date agree."""
    agree = near_names(pairs) & (pairs["date"] == "exact") & ~doubtful(pairs)
    return agree & ~pairs["ids_differ"] & ~pairs["sex_differs"]


def _by_swapped_names(pairs: pd.DataFrame) -> pd.Series:
    """Tell whether swapped names, which may be two, and the exact date agree."""
    agree = crossed(pairs) & (pairs["date"] == "exact") & ~doubtful(pairs)
    return agree & ~pairs["ids_differ"]


#: the cascade, in order: a line goes no further than the first that finds somebody
PASSES = (
    Pass("PNC id and two of three", True, "number",
         lambda pairs: pairs["pnc_same"] & two_of_three(pairs)),
    Pass("prison number and two of three", True, "number",
         lambda pairs: pairs["prison_same"] & two_of_three(pairs)),
    Pass("exact names and date", True, "exact",
         lambda pairs: surely_named(pairs) & (pairs["date"] == "exact")),
    Pass("near names, exact date", False, "near",
         lambda pairs: _by_near_names(pairs) & one_name(pairs)),
    Pass("day and month swapped", False, "near",
         lambda pairs: surely_named(pairs) & (pairs["date"] == "swapped")
         & ~pairs["ids_differ"]),
    Pass("names swapped", False, "near",
         lambda pairs: _by_swapped_names(pairs) & crossed_one_name(pairs)),
)  # fmt: skip

#: what goes to a person where no pass has found anybody
UNSURE = {
    DOUBTFUL_NAME: lambda pairs: exact_names(pairs) & doubtful(pairs)
    & (pairs["date"] == "exact"),
    TWO_NAMES: lambda pairs: _by_near_names(pairs) | _by_swapped_names(pairs),
    WEAK: lambda pairs: exact_names(pairs) & (pairs["date"] == "near"),
}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Found:
    """Links (line, person_id, passed) and candidates for review, the same columns."""

    links: pd.DataFrame
    review: pd.DataFrame


def run(pairs: pd.DataFrame) -> Found:
    """Put every line of compared pairs through the cascade.

    `pairs` as `same_name.mark` gives them. A line is in `links` once, or in `review`
    once for each candidate, or in neither. A line in review for a reason of UNSURE has
    passed no pass.
    """
    tests = {one.name: one.test(pairs) for one in PASSES}
    points = _points(pairs)
    links, review, settled = [], [], pd.Index([], dtype="int64")
    best = {}
    for name in tests:
        rows = pairs.assign(points=points)[tests[name]]
        best[name] = _best(rows[~rows["line"].isin(settled)])
        links.append(_alone(best[name], name))
        review.append(_tied(best[name]))
        settled = settled.union(best[name]["line"])
    linked = pd.concat(links, ignore_index=True)
    against = _contradicted(pairs, tests, linked)
    linked = linked[~linked["line"].isin(against["line"])]
    open_ = pairs[~pairs["line"].isin(settled)]
    for reason, test in UNSURE.items():
        rows = open_.loc[test(open_), ["line", "person_id"]].drop_duplicates()
        review.append(rows.assign(passed=reason))
    candidates = pd.concat([*review, against], ignore_index=True)
    return Found(linked.reset_index(drop=True), candidates)


def _points(pairs: pd.DataFrame) -> np.ndarray:
    """Give how well a pair agrees, to tell the better of two people of the same pass.

    Names from 0 to 2, date 1 or a half, each id 1; sex and a main name, which only
    break ties, a tenth each.
    """
    names = np.maximum(
        pairs["surname_alike"] + pairs["forename_alike"],
        pairs["crossed_surname"] + pairs["crossed_forename"],
    )
    worth = {"exact": 1.0, "swapped": 0.5, "near": 0.5, "other": 0.0}
    date = pairs["date"].map(worth).astype(float)
    ids = pairs["pnc_same"].astype(float) + pairs["prison_same"].astype(float)
    breaks = pairs["sex_same"].astype(float) + (pairs["row"] == "main")
    return (names + date + ids + breaks / 10).to_numpy()


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    """Give for each line the people who are within the lead of the best one."""
    rows = rows.sort_values(["line", "points", "row"], ascending=[True, False, False])
    people = rows.drop_duplicates(["line", "person_id"])
    top = people.groupby("line")["points"].transform("max")
    return people[people["points"] > top - LEAD]


def _alone(best: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give the links of a pass: lines with one best person."""
    rows = best[~best["line"].duplicated(keep=False)]
    alias = rows["row"] == "alias"
    passed = pd.Series(name, index=rows.index, dtype="str")
    passed = passed.mask(alias, name + BY_ALIAS)
    return rows[["line", "person_id"]].assign(passed=passed)


def _tied(best: pd.DataFrame) -> pd.DataFrame:
    rows = best[best["line"].duplicated(keep=False)]
    return rows[["line", "person_id"]].assign(passed=TIE)


def _contradicted(
    pairs: pd.DataFrame, tests: dict[str, pd.Series], links: pd.DataFrame
) -> pd.DataFrame:
    """Give the candidates of lines for which a later strong pass finds others only."""
    linked = links.set_index("line")["person_id"]
    first = links.set_index("line")["passed"].str.removesuffix(BY_ALIAS)
    strong = [one.name for one in PASSES if one.strong]
    candidates = []
    for number, name in enumerate(strong):
        earlier = first.index[first.isin(strong[:number])]
        rows = pairs.loc[tests[name] & pairs["line"].isin(earlier)]
        rows = rows[["line", "person_id"]].drop_duplicates()
        same = rows["person_id"] == rows["line"].map(linked)
        agrees = rows["line"].isin(rows.loc[same, "line"])
        candidates.append(rows[~agrees])
    others = pd.concat(candidates)
    own = links.loc[links["line"].isin(others["line"]), ["line", "person_id"]]
    both = pd.concat([own, others], ignore_index=True).drop_duplicates()
    return both.assign(passed=CONTRADICTION)
