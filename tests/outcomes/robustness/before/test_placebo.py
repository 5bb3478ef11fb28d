"""Placebo programmes: who is drawn, what is estimated, and what is said of them."""

import math
import warnings
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import studies
from support.effort import examples

from helpers.matching import matching, propensity
from helpers.outcomes import estimates
from helpers.outcomes.robustness.before import chance, placebo
from helpers.request import Outcome
from helpers.request.matching import Matching

SD = {"sd": 0.05, "of": "pooled"}


def people(pool: int = 600, treated: int = 40, seed: int = 1) -> pd.DataFrame:
    """People of whom nobody was helped: the outcome hangs on the covariates alone."""
    draw, n = np.random.default_rng(seed), pool + treated
    frame = pd.DataFrame(
        {
            "age": draw.normal(35, 9, n),
            "priors": draw.poisson(3, n),
            "sex": draw.choice(["F", "M"], n),
            "region": draw.choice(["east", "north", "west"], n, p=[0.02, 0.4, 0.58]),
        },
        index=pd.Index(draw.permutation(n) + 1, name="person_id"),
    )
    pull = 0.3 * frame["priors"] - 0.03 * frame["age"] + draw.gumbel(size=n)
    frame["treatment"] = (pull.rank(ascending=False) <= treated).astype(int)
    chance = 1 / (1 + np.exp(0.04 * (frame["age"] - 35) - 0.15 * frame["priors"]))
    frame["reoffended"] = (draw.random(n) < chance).astype(float)
    return frame


COVARIATES = ["age", "priors", "sex", "region"]


def split_mix(seed: int, number: int) -> int:
    """SplitMix64 in whole numbers, from its authors' C (Vigna, splitmix64.c)."""
    z = (seed + number * 0x9E3779B97F4A7C15) % 2**64
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % 2**64
    return z ^ (z >> 31)


def drawn_by_hand(study, number: int) -> set[int]:
    """The largest of ln(u)(1−e)/e, one person after another."""
    keys = {}
    for person, logit in study.model.logit[~study.treated].items():
        digest = sha256(f"7|placebo All|{person}".encode()).digest()
        u = split_mix(int.from_bytes(digest[:8], "big"), number) / 2**64
        e = 1 / (1 + math.exp(-logit))
        keys[person] = math.log(u) * (1 - e) / e
    size = min(int((study.weights[study.treated] > 0).sum()), len(keys) // 10)
    return set(sorted(keys, key=keys.get)[-size:])


def again(study, drawn: set[int]) -> pd.Series:
    """The analysis of a study carried out on the pool by the stages' own functions."""
    pool = study.group.people[~study.treated]
    pool = pool.assign(treatment=pool.index.isin(drawn).astype(int))
    how = study.settings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = propensity.fit(pool, "treatment", study.group.covariates)
        exact = study.group.exact
        exact = None if exact is None else exact.loc[pool.index]
        score, of = model.score, {"exact": exact, "logit": model.logit}
        reach = how.calipers[0]
        if how.common_support == "range":
            if reach is not None and how.method != "kernel":
                reach = matching.resolve_caliper(
                    score, pool["treatment"], how.distance, reach, logit=model.logit
                )
            score = matching.within_range(score, pool["treatment"], how.distance, **of)
        match = matching.match(
            score, pool["treatment"], **how.how, **of, **{how.reach: reach}
        )
    return estimates.difference(
        study.values.loc[pool.index], pool["treatment"], match.weights, kind="rate"
    )


SETTINGS = {
    "radius": {"caliper": SD},
    "on the odds": {"caliper": 0.01, "distance": "odds"},
    "nearest": {"method": "nearest"},
    "once": {"method": "nearest", "replacement": False, "order": "closest", "ratio": 2},
    "kernel": {"method": "kernel"},
    "range": {"caliper": SD, "common_support": "range"},
    "nearest in range": {"method": "nearest", "common_support": "range"},
}


@pytest.mark.parametrize("name", [*SETTINGS, "exact"])
def test_a_programme_is_drawn_by_hand_and_analysed_as_the_study_was(name):
    frame = people()
    exact = frame[["sex"]] if name == "exact" else None
    how = Matching.model_validate(SETTINGS.get(name, SETTINGS["radius"]))
    study = studies.of(frame, COVARIATES, settings=how, exact=exact)
    table = placebo.programmes(study, 3, 7)
    assert table["number"].tolist() == [1, 2, 3]
    assert table["why"].isna().all()
    for row in table.itertuples():
        known = again(study, drawn_by_hand(study, row.number))
        assert row.n_treatment == known["n_treatment"]
        assert row.significant is known["significant"]
        for column in ("difference", "standard_error", "df", "p_value"):
            of = getattr(row, column), known[column]
            assert of[0] == pytest.approx(of[1], rel=1e-9, nan_ok=True)


def test_the_caliper_that_the_study_came_to_is_resolved_again():
    """Of the three that are tried, the one whose width is the study's."""
    study = studies.of(people(), COVARIATES, settings=Matching())
    told = Matching().calipers
    widths = [study.width * caliper["sd"] / told[0]["sd"] for caliper in told]
    for caliper, width in zip(told, widths, strict=True):
        assert placebo._caliper(replace(study, width=width)) == caliper


@given(st.randoms(use_true_random=False))
@settings(max_examples=examples(12), deadline=None)
def test_the_order_of_rows_does_not_matter(random):
    frame = people(300, 30)
    order = random.sample(range(len(frame)), len(frame))
    tables = [
        placebo.programmes(studies.of(rows, COVARIATES), 2, 1)
        for rows in (frame, frame.iloc[order])
    ]
    numbers = ["n_treatment", "difference", "standard_error"]
    pd.testing.assert_frame_equal(*(table[numbers] for table in tables), rtol=1e-9)


def test_other_seeds_names_and_numbers_draw_others():
    study = studies.of(people(), COVARIATES)
    other = replace(study, group=replace(study.group, name="Other"))
    tables = [placebo.programmes(s, 2, seed) for s, seed in
              ((study, 1), (study, 1), (study, 2), (other, 1))]  # fmt: skip
    first, same, seeded, named = (table["difference"].tolist() for table in tables)
    assert first == same
    assert len({*first, *seeded, *named}) == 6


def test_outcomes_of_the_treatment_group_are_not_looked_at():
    study = studies.of(people(), COVARIATES)
    hidden = replace(study, values=study.values.where(~study.treated))
    assert hidden.values.isna().sum() == 40
    pd.testing.assert_frame_equal(
        placebo.programmes(study, 2, 1), placebo.programmes(hidden, 2, 1)
    )


def test_where_nobody_was_helped_chance_alone_is_found():
    """False alarms of at most 5% and two standard errors of simulation, and no bias."""
    study = studies.of(people(3000, 150, seed=3), COVARIATES)
    told = chance.summary(placebo.programmes(study, 200, 1))
    assert told["estimated"] == told["tested"] == 200
    assert told["allowed_false_alarms"] == pytest.approx(0.05 + 2 * 0.0154110, abs=1e-6)
    assert told["passed_false_alarms"] is True
    assert told["passed_mean"] is True


def test_what_the_model_does_not_hold_is_told():
    """Drawn by priors, which the model of the programmes then leaves out."""
    study = studies.of(people(3000, 150, seed=3), COVARIATES)
    blind = replace(study, group=replace(study.group, covariates=["age", "sex"]))
    told = chance.summary(placebo.programmes(blind, 60, 1))
    assert told["passed_mean"] is False
    assert told["mean"] > told["allowed_mean"] > 0


def test_a_pool_too_small_gives_programmes_without_an_estimate():
    study = studies.of(people(199, 40), COVARIATES)
    table = placebo.programmes(study, 3, 1)
    assert table["difference"].isna().all()
    assert set(table["why"]) == {placebo.TOO_SMALL}
    told = chance.summary(table)
    assert told["passed_false_alarms"] is None
    assert told["passed_mean"] is None
    assert told["why"] == table["why"][0]


def test_a_draw_that_tells_groups_apart_says_so_and_the_rest_go_on():
    """Two people alone differ in a count: unless one is drawn there is no model."""
    frame = people(300, 30)
    frame["rare"] = 0
    some = frame.index[frame["treatment"] == 0][:2]
    frame.loc[some, "rare"] = [1, 2]
    frame.loc[frame.index[frame["treatment"] == 1][:2], "rare"] = [1, 2]
    study = studies.of(frame, [*COVARIATES, "rare"])
    table = placebo.programmes(study, 12, 1)
    failed = table["why"].notna()
    assert 0 < failed.sum() < 12
    assert set(table["why"][failed]) == {
        "the covariates tell the groups apart for certain"
    }
    told = chance.summary(table)
    assert told["estimated"] == 12 - failed.sum()


@pytest.mark.parametrize(("reoffenders", "tested"), [(29, False), (30, True)])
def test_of_reoffenders_alone_as_many_are_needed_as_of_a_real_programme(
    reoffenders, tested
):
    """A real one of fewer than thirty (`limits.REOFFENDERS`) is not shown."""
    outcome = Outcome(name="days", kind="days", of="those_with_an_event")
    study = replace(studies.of(people(), COVARIATES), outcome=outcome)
    pool = placebo._pool(study, 1)
    taken = pool.drawn(1)
    matched = taken & (pool.matched(taken).weights.to_numpy() > 0)
    persons = np.sort(study.group.people.index[~study.treated])
    values = study.group.people["age"].abs() + 1
    values[persons[matched][reoffenders:]] = np.nan
    row = placebo.programmes(replace(study, values=values), 1, 1).iloc[0]
    assert row["n_treatment"] == reoffenders
    assert row["standard_error"] > 0
    assert (row["significant"] is not None) is tested
    assert math.isnan(row["p_value"]) is not tested
