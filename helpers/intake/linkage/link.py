"""Linkage: which person of the records each submitted line is.

Three steps. Register rows that share a key with a line leave the engine
(`blocking`); the deterministic cascade links what agrees well enough, each link saying
by which pass (`passes`, `agreement`); of the lines left over the doubtful and probable
candidates go to the review list, ranked by a fixed model (`probability`), for a person
to decide (`review`).

The rules are the method's cascade, published limits for the likeness of names, and a
list of names that are names of their own (`same_name`). None was fitted to records,
made-up ones included.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from helpers.intake.cohort.losses import UNUSABLE
from helpers.intake.linkage import agreement, blocking, same_name
from helpers.intake.linkage import passes as linkage_passes
from helpers.intake.linkage.probability import probabilities
from helpers.intake.linkage.review import (
    ACCEPT,
    ACCEPTED,
    candidates,
    read_decisions,
)
from helpers.intake.records.engine import Records

_REVIEW = ("line", "person_id", "passed", "probability", "decision")
_SHOWN = ("surname", "forename", "date_of_birth", "sex", "pnc_id", "prison_number")


@dataclass(frozen=True, repr=False)
class Linkage:
    """Who was found. A line is in `links`, or in `review`, or was not found.

    `links`: line, person_id, passed (the pass), one row a line. `review`: candidates
    still to decide on: line, person_id, passed, probability, decision (empty), most
    probable first. `decisions`: what was read back: line, person_id, decision.
    `listed`: every candidate, decided or not, with the register's names and dates.
    """

    links: pd.DataFrame
    review: pd.DataFrame
    decisions: pd.DataFrame
    listed: pd.DataFrame

    @property
    def people_involved(self) -> pd.Index:
        """Give the register ids of all who are linked or under review."""
        ids = pd.concat([self.links["person_id"], self.review["person_id"]])
        return pd.Index(ids.unique()).sort_values()


def link(
    records: Records,
    lines: pd.DataFrame,
    received: date,
    *,
    threshold: float = 0.5,
    decisions: Path | None = None,
) -> Linkage:
    """Find the submitted people in the records.

    `records`: the extract, of which `person` and, if there,
    `alias` are asked. `lines`: the usable lines
    of a submission (line, surname, forename, date_of_birth, sex; pnc_id and
    prison_number may be absent). `received`: the day on which they came, by which the
    short years of PNC ids are read, in both. `threshold`: the probability from which a
    candidate is shown for review. `decisions`: a CSV file of decisions on the review
    list. Raises DataError with every problem of that file.
    """
    pairs = agreement.compare(blocking.pairs(records, lines, received))
    people = blocking.people(records)
    pairs = same_name.mark(pairs, partial(blocking.carriers, records), people)
    cascade = linkage_passes.run(pairs)
    left = pairs[~pairs["line"].isin(cascade.links["line"])].reset_index(drop=True)
    chance = probabilities(left, people)
    listed = candidates(cascade.review, left.assign(probability=chance), threshold)
    listed = _listed(listed)
    decided = listed.iloc[:0][["line", "person_id", "decision"]]
    if decisions is not None:
        decided = read_decisions(decisions, listed)
    return _decided(cascade.links, listed, decided)


def may_be(
    records: Records,
    lines: pd.DataFrame,
    linkage: Linkage,
    received: date,
) -> pd.Index:
    """Give the register ids of everyone whom a line of the list may be about.

    They are kept out of the pool. `lines`: the whole list; its lines that cannot be
    used (`left_out`) are looked up too, by what can be read of them.
    """
    rest = lines[lines["left_out"] == UNUSABLE]  # a duplicate is its first line again
    looked_up = link(records, rest, received) if len(rest) else None
    others = looked_up.people_involved if looked_up else pd.Index([])
    return linkage.people_involved.union(others)


def review_list(linkage: Linkage, lines: pd.DataFrame) -> pd.DataFrame:
    """Give the review list as it is written: both sides of each candidate in a row.

    One row a candidate, most probable first within a line: line, person_id, what was
    submitted (`submitted_surname` …) and what the register has (`register_surname` …),
    passed, probability, decision (as read back, else empty). Restricted.
    """
    names = [name for name in _SHOWN if name in lines]
    submitted = lines[["line", *names]].rename(columns=lambda n: f"submitted_{n}")
    both = linkage.listed.merge(
        submitted, how="left", left_on="line", right_on="submitted_line"
    )
    sides = [
        f"{side}_{name}"
        for name in _SHOWN
        for side in ("submitted", "register")
        if f"{side}_{name}" in both
    ]
    return both[["line", "person_id", *sides, "passed", "probability", "decision"]]


def quality(linkage: Linkage, submission_lines: pd.DataFrame) -> pd.DataFrame:
    """Count how the lines were linked: passed, lines, share (of all lines, 0 to 1).

    One row for each pass in order, with its links by an alias in a row of their own
    where there are any, then "accepted by a person", and the totals "linked", "under
    review" and "not found", which add up to "lines".
    """
    counts = linkage.links["passed"].value_counts()
    passes = [
        name
        for one in linkage_passes.PASSES
        for name in (one.name, one.name + linkage_passes.BY_ALIAS)
        if name == one.name or name in counts
    ]
    rows = {name: int(counts.get(name, 0)) for name in (*passes, ACCEPTED)}
    total = len(submission_lines)
    review = linkage.review["line"].nunique()
    linked = len(linkage.links)
    rows |= {"linked": linked, "under review": review}
    rows |= {"not found": total - linked - review, "lines": total}
    table = pd.DataFrame({"passed": list(rows), "lines": list(rows.values())})
    return table.assign(share=table["lines"] / max(total, 1))


def _listed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the candidates with the register's side, and nothing decided."""
    side = {name: f"register_{name}" for name in ("surname", "forename")}
    side |= {"date_of_birth": "register_date_of_birth", "r_sex": "register_sex"}
    side |= {"r_pnc_id": "register_pnc_id"}
    side |= {"r_prison_number": "register_prison_number"}
    rows = rows.rename(columns=side).assign(decision=pd.Series(dtype="str"))
    return rows[[*_REVIEW, *side.values()]]


def _decided(
    links: pd.DataFrame, listed: pd.DataFrame, decided: pd.DataFrame
) -> Linkage:
    """Put together what the cascade found and what a person decided."""
    listed = listed.drop(columns="decision").merge(
        decided, how="left", on=["line", "person_id"]
    )
    accepted = decided.loc[decided["decision"] == ACCEPT, ["line", "person_id"]]
    links = pd.concat([links, accepted.assign(passed=ACCEPTED)])
    links = links.sort_values("line", ignore_index=True)
    waiting = listed["decision"].isna() & ~listed["line"].isin(accepted["line"])
    review = listed.loc[waiting, list(_REVIEW)].reset_index(drop=True)
    return Linkage(links, review, decided.reset_index(drop=True), listed)
