"""Made-up people: always the same ones, and what is said of them is true."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import made_up_population as population
from support.made_up_cohort import make

from helpers.errors import DataError
from helpers.intake.cohort.losses import AVAILABLE, BOXES, SUBMITTED, by_box


def analysed(cohort, group=None):
    rows = cohort[cohort["left_out"].isna()]
    return rows if group is None else rows[rows["treatment"] == group]


@pytest.fixture(scope="module")
def example():
    return make(6000, 480, -0.08, 1)


def test_the_same_arguments_make_the_same_bytes(example):
    def digest(cohort):
        return hashlib.sha256(cohort.to_parquet(index=False)).hexdigest()

    assert digest(example) == digest(make(6000, 480, -0.08, 1))
    assert digest(example) != digest(make(6000, 480, -0.08, 2))


def test_an_effect_changes_outcomes_of_treated_people_alone(example):
    without = make(6000, 480, 0.0, 1)
    outcomes = ["reoffended", "reoffences", "days_to_first_reoffence"]
    pd.testing.assert_frame_equal(
        example.drop(columns=outcomes), without.drop(columns=outcomes)
    )
    pool = example["treatment"] == 0
    pd.testing.assert_frame_equal(example[pool], without[pool])
    # the same draws with a lower risk: nobody starts to reoffend, some stop
    assert (
        analysed(example, 1)["reoffended"] <= analysed(without, 1)["reoffended"]
    ).all()


@pytest.fixture(scope="module")
def without():
    return make(100_000, 50_000, 0.0, 3)


@pytest.mark.parametrize("effect", [-0.3, -0.08, 0.12, 0.4])
def test_the_effect_is_the_change_of_the_treated_peoples_rate(without, effect):
    """The same 38,000 treated people, with and without: noise of the draws alone."""
    with_it = make(100_000, 50_000, effect, 3)
    change = (
        analysed(with_it, 1)["reoffended"].mean()
        - analysed(without, 1)["reoffended"].mean()
    )
    n = len(analysed(without, 1))
    # with common draws the change is a share of n people, each changed or not
    noise = np.sqrt(abs(effect) * (1 - abs(effect)) / n)
    assert change == pytest.approx(effect, abs=4 * noise)


def test_the_number_of_people_and_of_submitted_lines_is_as_asked(example):
    assert len(example) == 6000
    assert (example["treatment"] == 1).sum() == 480
    assert example["person_id"].is_unique
    assert example["person_id"].str.startswith("MADE-UP-").all()


def test_losses_of_the_example_are_zero_or_ten_and_more(example):
    lost = by_box(example).set_index("box")
    # 480 lines: 2.5%, 6.25%, 2.5%, 7.5% and 3.75%
    assert lost.loc[list(BOXES), "treatment"].tolist() == [
        0, 12, 30, 12, 36, 0, 0, 18, 0,
    ]  # fmt: skip
    assert lost.loc[AVAILABLE, "treatment"] == 372
    # 5,520 others: 1% outside the age limits, 3.5% reoffended before support
    assert lost.loc["outside the age limits", "pool"] == 55
    assert lost.loc["reoffended before support", "pool"] == 193


def test_people_left_out_have_no_outcome_and_unlinked_lines_no_record(example):
    out = example[example["left_out"].notna()]
    outcomes = ["reoffended", "reoffences", "days_to_first_reoffence"]
    assert out[outcomes].isna().all(axis=None)
    unlinked = out[out["left_out"] == "not linked"]
    assert unlinked[["copas_rate", "region", "needs_drugs"]].isna().all(axis=None)
    assert unlinked[["sex", "age"]].notna().all(axis=None)
    assert (out.loc[out["left_out"] == "outside the age limits", "age"] < 18).all()


def test_outcomes_hang_together(example):
    people = analysed(example)
    back = people["reoffended"] == 1
    assert (people.loc[back, "reoffences"] >= 1).all()
    assert (people.loc[~back, "reoffences"] == 0).all()
    assert people.loc[back, "days_to_first_reoffence"].between(1, 365).all()
    assert people.loc[~back, "days_to_first_reoffence"].isna().all()


def test_the_copas_rate_is_the_formula_of_the_method(example):
    """ln((c+1)/(y+10)): c earlier convictions and cautions, y years since the first."""
    people = analysed(example)
    none = people[people["previous_convictions"] == 0]
    assert none["copas_rate"].eq(-2.302585).all()  # ln(1/10)
    c, y = people["previous_convictions"], people["years_since_first_offence"]
    assert np.allclose(people["copas_rate"], np.log((c + 1) / (y + 10)), atol=1e-6)


def test_the_pool_reoffends_much_as_the_national_cohort_does():
    """Proven reoffending statistics, England and Wales, 2012/13 to 2023/24.

    33 to 36% of those released from custody or starting a court order; 11% of those
    with no previous offence and 48% with eleven or more, cautions and fines included;
    3.4 to 4.7 reoffences for each reoffender; theft the highest.
    """
    pool = analysed(make(40_000, 400, 0.0, 1), 0)
    assert pool["reoffended"].mean() == pytest.approx(0.34, abs=0.02)
    previous = pool["previous_offences"]
    assert pool.loc[previous == 0, "reoffended"].mean() == pytest.approx(0.11, abs=0.08)
    many = pool.loc[previous >= 11, "reoffended"].mean()
    assert many == pytest.approx(0.48, abs=0.08)
    reoffences = pool.loc[pool["reoffended"] == 1, "reoffences"].mean()
    assert 3.4 < reoffences < 4.8
    assert pool.groupby("offence_group")["reoffended"].mean().idxmax() == "Theft"


def test_groups_differ_before_matching_and_the_plain_difference_misleads(example):
    treated, pool = analysed(example, 1), analysed(example, 0)
    smd = 100 * (
        (treated["copas_rate"].mean() - pool["copas_rate"].mean())
        / np.sqrt((treated["copas_rate"].var() + pool["copas_rate"].var()) / 2)
    )
    assert 20 < smd < 60
    plain = treated["reoffended"].mean() - pool["reoffended"].mean()
    assert plain > -0.04  # a true effect of 8 points fewer is nearly hidden


def test_without_selection_the_groups_are_alike():
    cohort = make(40_000, 20_000, 0.0, 1, selection=0.0)
    treated, pool = analysed(cohort, 1), analysed(cohort, 0)
    for name in ("age", "copas_rate", "reoffended"):
        noise = cohort[name].std() * np.sqrt(1 / len(treated) + 1 / len(pool))
        assert abs(treated[name].mean() - pool[name].mean()) < 4 * noise


def test_every_column_is_an_outcome_or_a_covariate(example):
    outcomes = ["reoffended", "reoffences", "days_to_first_reoffence"]
    own = {"person_id", "treatment", "left_out", *outcomes}
    assert set(example.columns) - own == set(population.COVARIATES)


def test_every_level_of_the_example_has_ten_treated_people_or_more(example):
    treated = analysed(example, 1)
    for name in treated.select_dtypes("str"):
        if name not in ("person_id", "left_out"):
            counts = treated[name].value_counts(dropna=False)
            assert counts[counts > 0].min() >= 10, name


def test_sites_belong_to_the_provider(example):
    assert example.loc[example["treatment"] == 0, "site"].isna().all()
    assert analysed(example, 1)["site"].nunique() == 12


@pytest.mark.parametrize("people, submitted", [(100, 0), (100, 100), (0, 0)])
def test_numbers_that_leave_no_pool_are_refused(people, submitted):
    with pytest.raises(DataError) as error:
        make(people, submitted)
    assert str(error.value) == (
        "inputs.made_up.submitted must be at least 1 and fewer than people "
        f"({people}); found {submitted}"
    )


def test_an_effect_that_leaves_no_rate_is_refused():
    with pytest.raises(DataError, match="inputs.made_up.effect must leave a rate"):
        make(1000, 100, -0.9)


@settings(max_examples=25)
@given(
    people=st.integers(2, 400),
    share=st.floats(0, 1),
    effect=st.floats(-0.05, 0.2),
    seed=st.integers(0, 10**6),
)
def test_any_size_gives_a_cohort_whose_boxes_sum(people, share, effect, seed):
    submitted = min(max(1, round(share * people)), people - 1)
    try:
        cohort = make(people, submitted, effect, seed)
    except DataError as error:  # few treated people of low risk
        assert "effect must leave a rate" in str(error)
        return
    losses = by_box(cohort).set_index("box")
    assert losses.loc[SUBMITTED, "treatment"] == submitted
    assert losses.loc[SUBMITTED].sum() == people
