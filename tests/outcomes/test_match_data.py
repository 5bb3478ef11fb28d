"""The people matched as one table: it gives the kit's own values back."""

import numpy as np
import pytest
from support.made_up_cohort import make

from helpers.matching import matching, propensity, sizes
from helpers.matching.groups import Group
from helpers.outcomes import estimates, match_data

RATE, DAYS = "reoffending_rate", "time_to_first_reoffence"
METHODS = {
    "radius": {"caliper": 0.05},
    "with replacement": {"method": "nearest"},
    "two with replacement": {"method": "nearest", "ratio": 2},
    "without replacement": {"method": "nearest", "replacement": False},
    "two without replacement": {
        "method": "nearest", "ratio": 2, "replacement": False, "caliper": 0.05,
    },
}  # fmt: skip


def matched(**how):
    """People, outcomes, and what a matching of two analyses writes."""
    cohort = make(1500, 200, effect=-0.1, seed=6)
    cohort = cohort[cohort["left_out"].isna()].reset_index(drop=True)
    cohort["person_id"] = np.random.default_rng(1).permutation(len(cohort)) + 1
    covariates = ["age", "copas_rate", "sex"]
    people = cohort[["person_id", "treatment", *covariates]].copy()
    people["weight"] = "heavy"  # a covariate may be called so
    outcomes = cohort[["person_id"]].assign(
        **{RATE: cohort["reoffended"].astype(float),
           DAYS: cohort["days_to_first_reoffence"].astype(float)}
    )  # fmt: skip
    groups, models, matches = {}, {}, {}
    for name, rows in {
        "All": people, "Older": people[people["age"].astype(float) > 30],
    }.items():  # fmt: skip
        indexed = rows.set_index("person_id")
        groups[name] = Group(name, indexed, covariates)
        models[name] = propensity.fit(indexed, "treatment", covariates)
        score = models[name].score.reindex(indexed.index)
        matches[name] = matching.match(score, indexed["treatment"], **how)
    everyone = sizes.matched_people(groups, models, matches)
    return people, everyone, sizes.sets(matches), outcomes


@pytest.mark.parametrize("how", METHODS.values(), ids=METHODS)
def test_weighted_means_of_the_table_are_the_estimates(how):
    people, everyone, sets, outcomes = matched(**how)
    table = match_data.table(people, everyone, sets, outcomes)
    for analysis, rows in table.groupby("analysis"):
        joined = everyone[everyone["analysis"] == analysis].merge(outcomes)
        for outcome in (RATE, DAYS):
            expected = estimates.difference(
                joined[outcome], joined["treatment"], joined["weight"],
                of_reoffenders=outcome == DAYS,
            )  # fmt: skip
            for side, value in ((1, "value_treatment"), (0, "value_comparison")):
                group = rows[(rows["treatment"] == side) & rows[outcome].notna()]
                mean = np.average(group[outcome], weights=group["weight"])
                assert mean == pytest.approx(expected[value], rel=1e-12)


@pytest.mark.parametrize("how", METHODS.values(), ids=METHODS)
def test_every_person_is_there_with_the_weight_of_the_matching(how):
    people, everyone, sets, outcomes = matched(**how)
    table = match_data.table(people, everyone, sets, outcomes)
    assert list(table)[:6] == match_data.FIRST
    assert table["weight_given"].eq("heavy").all()
    person = ["analysis", "person_id"]
    total = table.groupby(person)["weight"].sum()
    expected = everyone.set_index(person)["weight"].sort_index()
    assert np.allclose(total, expected, rtol=0, atol=1e-12)
    assert (table["weight"] == 0).any()
    assert table.loc[table["weight"] == 0, "set"].isna().all()
    makes_sets = how.get("method") == "nearest"
    assert table.loc[table["weight"] > 0, "set"].notna().eq(makes_sets).all()
    if not makes_sets:
        assert not table.duplicated(person).any()
        return
    in_sets = table.dropna(subset="set").groupby(["analysis", "set"])
    # one treated person a set, and as much of the pool as that person stands for
    assert in_sets["treatment"].sum().eq(1).all()
    assert np.allclose(in_sets["weight"].sum(), 2)


def test_a_comparison_person_may_serve_several_sets():
    people, everyone, sets, outcomes = matched(method="nearest")
    rows = match_data.table(people, everyone, sets, outcomes)
    rows = rows[(rows["treatment"] == 0) & (rows["weight"] > 0)]
    assert rows.duplicated(["analysis", "person_id"]).any()
    assert not rows.duplicated(["analysis", "person_id", "set"]).any()
