"""Linkage finds people of every kind of name about equally well, hardly anyone wrong.

tests/benchmarks/linkage_by_name.py measures the same on a million people.
"""

from datetime import date

import pytest
from support.hand_made import holding
from support.kinds_of_name import SHARES, by_kind, make

from helpers.intake.linkage.link import link

RECEIVED = date(2026, 6, 1)


@pytest.mark.slow
def test_precision_and_recall_of_each_kind_of_name():
    """Of some 1,800 links of each kind at most one is wrong: precision 0.999."""
    labelled = make(people=200_000, lines=2_000, seed=2)
    found = link(holding(labelled.tables), labelled.lines, RECEIVED)
    scores = by_kind(found.links, found.review, labelled)
    assert list(scores.index) == list(SHARES)
    assert scores["precision"].min() >= 0.999
    assert scores["recall"].min() >= 0.93
    # no kind of name is left to a person much more often than another
    assert scores["under review"].max() <= 0.03


def test_the_labelled_list_holds_what_it_should():
    labelled = make(people=2_000, lines=30)
    truth = labelled.truth
    assert truth.groupby("kind").size().to_dict() == dict.fromkeys(SHARES, 30)
    assert 0 < truth["person_id"].isna().sum() < 40
    known = truth.dropna()
    register = labelled.tables["person"].execute().set_index("person_id")
    there = register.loc[known["person_id"]].set_index(known.index)
    lines = labelled.lines.set_index("line").loc[known.index]
    same = there["surname"].eq(lines["surname"]) & there["forename"].eq(
        lines["forename"]
    )
    assert 0.5 < same.mean() < 1  # with errors, but not too many


def test_scores_are_counted_by_hand():
    labelled = make(people=2_000, lines=3)
    truth = labelled.truth.assign(person_id=["A", "B", None] * len(SHARES))
    labelled.truth["person_id"] = truth["person_id"]
    links = labelled.lines[["line"]].head(2).assign(person_id=["A", "X"])
    review = labelled.lines[["line"]].iloc[[2, 2]]
    scores = by_kind(links, review, labelled).loc["English"]
    assert scores[["lines", "linked", "wrong"]].tolist() == [3, 2, 1]
    assert scores[["precision", "recall"]].tolist() == [0.5, 0.5]
    assert scores["under review"] == pytest.approx(1 / 3)
