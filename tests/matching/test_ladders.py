"""Ladders: who is on a rung, and that it is matched by the rules of its analysis."""

import numpy as np
import pandas as pd
import pytest

from helpers.matching import balance, ladders, matching, propensity, sizes
from helpers.matching.groups import select
from helpers.request.analyses import Analysis
from helpers.request.matching import Matching


def made(n=400, seed=4):
    """People of whom the first treated, and every tenth of the pool, know no needs."""
    rng = np.random.default_rng(seed)
    treated = np.r_[np.ones(n // 8, int), np.zeros(n - n // 8, int)]
    people = pd.DataFrame({"person_id": np.arange(n) + 1, "treatment": treated})
    people["age"] = rng.normal(35 - 2 * treated, 8).round()
    people["needs_drugs"] = rng.choice(["Yes", "No"], n)
    people["needs_alcohol"] = rng.choice(["Yes", "No"], n, p=[0.2, 0.8])
    people.loc[[0, 1, 2, *range(60, n, 10)], ["needs_drugs", "needs_alcohol"]] = "none"
    people.loc[3, "needs_drugs"] = None  # one section of an assessment not answered
    return people


def analysis(**keys):
    settings = {"name": "All", "covariates": {"numeric": ["age"]}, "oasys": "ladder"}
    return Analysis(**settings | keys)


def rungs(people, **keys):
    return list(ladders.oasys(people, analysis(**keys)))


def test_without_a_ladder_there_are_no_rungs():
    assert rungs(made(), oasys="none") == []


def test_both_rungs_have_those_with_an_assessment_and_the_second_their_needs():
    people = made()
    assessed, needs = rungs(people)
    # by hand: persons 1 to 3 and, of the pool, 61, 71 … know no needs; person 4 has an
    # assessment of which one section was not answered
    without = {1, 2, 3, *range(61, 401, 10)}
    for rung in (assessed, needs):
        assert set(people["person_id"]) - set(rung.group.people.index) == without
        assert (rung.group.n_treatment, rung.group.n_pool) == (47, 316)
    assert assessed.group.covariates == ["age"]
    assert needs.group.covariates == ["age", "needs_drugs", "needs_alcohol"]
    assert [assessed.variant, needs.variant] == ["oasys_assessed", "oasys_needs"]


def test_a_rung_keeps_to_the_filters_of_its_analysis():
    older = {"filter": {"age": {"from": 30}}}
    for rung in rungs(made(), **older):
        assert (rung.group.people["age"] >= 30).all()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"caliper": 0.1, "accept_wide": True},
        {"method": "nearest", "ratio": 2},
        {"method": "nearest", "replacement": False, "common_support": "range"},
    ],
)
def test_a_rung_is_matched_as_an_analysis_of_its_people_would_be(settings):
    settings, people = Matching(**settings), made()
    again = ladders.match_again(rungs(people)[0], settings)
    assessed = people[people["needs_alcohol"] != "none"]
    group = select(assessed, analysis(oasys="none"))
    model = propensity.fit(group.people, "treatment", group.covariates)
    pd.testing.assert_series_equal(again.model.score, model.score)
    score = model.score
    if settings.common_support == "range":
        score = matching.within_range(score, group.treatment, logit=model.logit)
    how = settings.model_dump(include={"method", "ratio", "replacement"})
    widths = sizes.widths(model.score, group, settings, logit=model.logit)
    every = [
        matching.match(score, group.treatment, caliper=w, logit=model.logit, **how)
        for w in widths
    ]
    # one of the widths that are tried, and the first that is not poor
    tables = [
        balance.table(group.people, group.treatment, m.weights, group.covariates)
        for m in every
    ]
    good = [i for i, t in enumerate(tables) if balance.quality(t) != "poorly"]
    number = good[0] if good else 0
    pd.testing.assert_series_equal(again.match.weights, every[number].weights)
    pd.testing.assert_frame_equal(again.balance, tables[number])


def test_a_rung_that_cannot_be_says_why_and_stops_nothing():
    people = made()
    people.loc[people["treatment"] == 1, ["needs_drugs", "needs_alcohol"]] = "none"
    found = [ladders.match_again(rung, Matching()) for rung in rungs(people)]
    why = "nobody is left in the treatment group after the losses"
    assert all(one.match is None and one.why.startswith(why) for one in found)
    told = ladders.summary(found)
    assert told["n_treatment"].tolist() == [0, 0]
    assert told["quality"].isna().all()


def test_a_need_that_tells_the_groups_apart_ends_its_rung_alone():
    people = made()
    has = people["treatment"].map({1: "Yes", 0: "No"})
    # everyone but one of each group: a level that a group lacks is set aside instead
    has.iloc[[10, 100]] = has.iloc[[100, 10]].to_numpy()
    people["needs_alcohol"] = has
    people["needs_drugs"] = "No"
    people.loc[[10, 100], "needs_drugs"] = "Yes"
    assessed, needs = (ladders.match_again(r, Matching()) for r in rungs(people))
    assert assessed.why == ""
    assert needs.why != ""


def test_a_caliper_that_is_too_wide_for_a_rung_ends_it_unless_it_is_accepted():
    rung = rungs(made())[0]
    wide = ladders.match_again(rung, Matching(caliper=5))
    assert wide.match is None
    assert wide.why == ladders.TOO_WIDE
    accepted = ladders.match_again(rung, Matching(caliper=5, accept_wide=True))
    assert accepted.match.n_treatment == 47


def test_rungs_stand_beneath_the_headline_by_their_variant():
    people = made()
    group = select(people, analysis(oasys="none"))
    model = propensity.fit(group.people, "treatment", group.covariates)
    match = matching.match(model.score, group.treatment, method="nearest")
    main = sizes.matched_people({"All": group}, {"All": model}, {"All": match})
    again = [ladders.match_again(r, Matching(method="nearest")) for r in rungs(people)]
    both = ladders.with_people(main, again)
    assert both["variant"].value_counts(sort=False).to_dict() == {
        "main": 400, "oasys_assessed": 363, "oasys_needs": 363
    }  # fmt: skip
    weights = both.groupby(["variant", "treatment"])["weight"].sum()
    # comparison people weigh as much as the treated matched to them
    for variant in ("oasys_assessed", "oasys_needs"):
        assert weights[variant, 0] == pytest.approx(weights[variant, 1])
    sets = ladders.with_sets(sizes.sets({"All": match}), again)
    assert set(sets["variant"]) == {"main", "oasys_assessed", "oasys_needs"}
    table = balance.table(group.people, group.treatment, match.weights, ["age"])
    rows = ladders.with_balance(sizes.stacked({"All": table}), again)
    assert rows.groupby("variant", sort=False).size().tolist() == [1, 1, 5]
    none = ladders.with_people(main, [])
    pd.testing.assert_frame_equal(none, main)
