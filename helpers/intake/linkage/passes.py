"""The deterministic cascade: which register person each line is, and by which pass.

The passes, in order; a line goes no further than the first that finds somebody:

1. PNC id, and two of surname, forename and date of birth agree;
2. prison number, and two of the three agree;
3. both names and the date of birth exactly;
4. near names and the exact date of birth;
5. both names exactly, day and month of the date of birth swapped;
6. surname and forename swapped, exactly or nearly, and the exact date of birth.

Every pass looks at the aliases too, beside the main names, and a link that rests on an
alias says so. They are no passes of their own, for an exact alias is better evidence
than a near main name.

Based on: the order is the method of record. That an id alone never links is because a
mistyped id is often somebody else's. In passes 1 and 2 names agree from 0.85 and dates
if exact, swapped or near, since the id carries the weight. In pass 4 both names must be
near and one very near; both rules guard against chance, as some 70 people in a million
share a date of birth. Passes 4 to 6 do not link people whose ids differ by more than a
slip, and pass 4 none whose sex differs, which are often twins.

Review, never a link:

- a **tie**: the best two people are within 0.05 points of each other;
- a **contradiction**: passes 1 to 3 each find somebody, and not the same person;
- the **weak pass**: both names exactly, date of birth only near. Most people with a
  common name have such a namesake in a large register.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake.linkage.agreement import NEAR, VERY_NEAR

PASSES = (
    "PNC id and two of three",
    "prison number and two of three",
    "exact names and date",
    "near names, exact date",
    "day and month swapped",
    "names swapped",
)
#: the passes of which none may name another person than the first
STRONG = PASSES[:3]
BY_ALIAS = ", by an alias"
TIE = "tie"
CONTRADICTION = "passes name different people"
WEAK = "exact names, date only near"
#: points by which the best person must lead the next: less than sex or a main name
LEAD = 0.05


@dataclass(frozen=True, repr=False)
class Found:
    """Links (line, person_id, passed) and candidates for review, the same columns."""

    links: pd.DataFrame
    review: pd.DataFrame


def run(pairs: pd.DataFrame) -> Found:
    """Put every line of compared pairs through the cascade.

    `pairs` as `linkage_agreement.compare` gives them. A line is in `links` once, or in
    `review` once for each candidate, or in neither. A line in review on account of the
    weak pass has passed no other.
    """
    tests = _tests(pairs)
    points = _points(pairs)
    links, review, settled = [], [], pd.Index([], dtype="int64")
    best = {}
    for name in PASSES:
        rows = pairs.assign(points=points)[tests[name]]
        best[name] = _best(rows[~rows["line"].isin(settled)])
        links.append(_alone(best[name], name))
        review.append(_tied(best[name]))
        settled = settled.union(best[name]["line"])
    found = pd.concat(links, ignore_index=True)
    against = _contradicted(pairs, tests, found)
    found = found[~found["line"].isin(against["line"])]
    weak = pairs[tests[WEAK] & ~pairs["line"].isin(settled)]
    weak = weak[["line", "person_id"]].drop_duplicates().assign(passed=WEAK)
    candidates = pd.concat([*review, against, weak], ignore_index=True)
    return Found(found.reset_index(drop=True), candidates)


def _tests(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    """Which pairs pass which test, by the name of the pass."""
    surname, forename = pairs["surname_alike"], pairs["forename_alike"]
    exact = (surname == 1) & (forename == 1)
    crossed = _near(pairs["crossed_surname"], pairs["crossed_forename"])
    same_day = pairs["date"] == "exact"
    agree = (surname >= NEAR).astype(int) + (forename >= NEAR).astype(int)
    agree = agree.mask(crossed, 2) + (pairs["date"] != "other")
    ids_allow = ~pairs["ids_differ"]
    found = (
        pairs["pnc_same"] & (agree >= 2),
        pairs["prison_same"] & (agree >= 2),
        exact & same_day,
        _near(surname, forename) & same_day & ids_allow & ~pairs["sex_differs"],
        exact & (pairs["date"] == "swapped") & ids_allow,
        crossed & same_day & ids_allow,
    )
    tests = dict(zip(PASSES, found, strict=True))
    return tests | {WEAK: exact & (pairs["date"] == "near")}


def _near(surname: pd.Series, forename: pd.Series) -> pd.Series:
    """Both names near, and one of them very near."""
    both = (surname >= NEAR) & (forename >= NEAR)
    return both & ((surname >= VERY_NEAR) | (forename >= VERY_NEAR))


def _points(pairs: pd.DataFrame) -> np.ndarray:
    """How well a pair agrees, to tell the better of two people of the same pass.

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
    """For each line the people who are within the lead of the best one."""
    rows = rows.sort_values(["line", "points", "row"], ascending=[True, False, False])
    people = rows.drop_duplicates(["line", "person_id"])
    top = people.groupby("line")["points"].transform("max")
    return people[people["points"] > top - LEAD]


def _alone(best: pd.DataFrame, name: str) -> pd.DataFrame:
    """The links of a pass: lines with one best person."""
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
    """Candidates of lines of which a later strong pass finds only other people."""
    linked = links.set_index("line")["person_id"]
    first = links.set_index("line")["passed"].str.removesuffix(BY_ALIAS)
    candidates = []
    for number, name in enumerate(STRONG):
        earlier = first.index[first.isin(STRONG[:number])]
        rows = pairs.loc[tests[name] & pairs["line"].isin(earlier)]
        rows = rows[["line", "person_id"]].drop_duplicates()
        same = rows["person_id"] == rows["line"].map(linked)
        agrees = rows["line"].isin(rows.loc[same, "line"])
        candidates.append(rows[~agrees])
    others = pd.concat(candidates)
    own = links.loc[links["line"].isin(others["line"]), ["line", "person_id"]]
    found = pd.concat([own, others], ignore_index=True).drop_duplicates()
    return found.assign(passed=CONTRADICTION)
