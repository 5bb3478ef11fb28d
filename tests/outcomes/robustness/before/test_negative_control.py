"""The negative control: counts of people chosen so that all follows by hand."""

import numpy as np
import pandas as pd
import pytest

from helpers.intake.cohort.earlier import table as earlier_table
from helpers.matching import propensity
from helpers.matching.groups import Group
from helpers.outcomes.robustness.before import negative_control
from helpers.outcomes.robustness.study import Study
from helpers.request.matching import Matching

#: in each group, by sex: people, and how many of them offended in the earlier year
ALIKE = {1: {"F": (40, 10), "M": (60, 30)}, 0: {"F": (200, 40), "M": (100, 40)}}
APART = {1: {"F": (40, 20), "M": (60, 40)}, 0: ALIKE[0]}
FEW = {1: {"F": (40, 4), "M": (60, 5)}, 0: ALIKE[0]}


def window(counts) -> pd.DataFrame:
    """The earlier year of so many people, the treated first; nobody was in custody."""
    rows = [
        (treatment, sex, float(number < offended))
        for treatment, by_sex in counts.items()
        for sex, (people, offended) in by_sex.items()
        for number in range(people)
    ]
    frame = pd.DataFrame(rows, columns=["treatment", "sex", "offended_before"])
    frame.insert(0, "person_id", np.arange(1, len(frame) + 1))
    why = pd.Series(None, frame.index, dtype="str")
    return frame.assign(why=why, days_in_custody_before=0.0)


def study(window, covariates=("sex",), exact=None, settings=None, **now) -> Study:
    """The headline analysis of these people, with `now` as they stand at the index."""
    people = window[["person_id", "treatment", "sex"]].assign(**now)
    people = people.set_index("person_id")
    model = propensity.fit(people, "treatment", ["sex"])
    keys = None if exact is None else people[list(exact)]
    return Study(
        Group("Everyone", people, list(covariates), keys),
        model,
        settings or Matching(),
        0.1,
        pd.Series(1.0, people.index),
    )


def estimate(counts, **options):
    earlier = window(counts)
    return negative_control.estimate(earlier, study(earlier, **options))


def test_the_estimate_by_hand():
    """All of one sex are alike, so that each woman of the pool weighs 40/200 = 0.2 and
    each man 60/100 = 0.6: 0.2·40 + 0.6·40 = 32 of 100 offended, and of the treated 40.
    n_e = 100²/(200·0.04 + 100·0.36) = 10000/44. Vₜ = 0.4·0.6/99. Σw²(y − 0.32)² =
    0.04·(40·0.68² + 160·0.32²) + 0.36·(40·0.68² + 60·0.32²) = 10.2656, so V_c =
    n_e/(n_e − 1)·10.2656/10000 = 0.00103110 and SE = √0.00345535 = 0.0587822.
    """
    check = estimate(ALIKE)
    row = check.table.iloc[0]
    assert (row["n_treatment"], row["n_comparison"]) == (100, 300)
    assert row["effective_comparison"] == pytest.approx(10000 / 44)
    assert (row["value_treatment"], row["value_comparison"]) == pytest.approx(
        (0.4, 0.32)
    )
    assert row["difference"] == pytest.approx(0.08)
    assert row["standard_error"] == pytest.approx(0.0587822, abs=1e-7)
    assert row["largest_weight"] == pytest.approx(0.6 / 100)
    assert (row["largest_smd"], row["quality"]) == (pytest.approx(0, abs=1e-9), "well")
    # t = 1.361 is within 1.97, t(df > 200) at 0.975
    assert not row["significant"] and check.verdict == "holds"
    assert len(check.kept) == 400


def test_a_significant_difference_is_a_doubt():
    """60 of 100 against 32: 0.28 is more than four standard errors."""
    check = estimate(APART)
    assert check.table.loc[0, "difference"] == pytest.approx(0.28)
    assert check.verdict == "doubt" and check.text == negative_control.APART


def test_too_few_events_are_no_verdict():
    """Nine of the treated offended; a test needs ten."""
    check = estimate(FEW)
    assert (check.verdict, check.text) == ("none", negative_control.FEW)
    assert pd.isna(check.table.loc[0, "p_value"])
    assert check.table.loc[0, "ci_low"] < check.table.loc[0, "difference"]


def test_a_ready_cohort_has_no_earlier_year():
    made = study(window(ALIKE))
    check = negative_control.estimate(earlier_table.none(), made)
    assert (check.verdict, check.text) == ("none", negative_control.READY)
    assert check.kept is None and len(check.table) == 1


def test_groups_that_are_told_apart_are_no_verdict():
    earlier = window(ALIKE)
    earlier["area"] = np.where(earlier["treatment"] == 1, "North", "South")
    made = study(earlier, ["sex", "area"], area="North")
    check = negative_control.estimate(earlier, made)
    assert (check.verdict, check.text) == ("none", negative_control.NOT_MATCHED)
    assert check.table.loc[0, "why"]


def test_groups_that_cannot_be_made_alike_are_no_verdict():
    """Half of the treated are 40, and 5 of 300 others, each taken once."""
    earlier = window(ALIKE)
    number = earlier.groupby("treatment").cumcount()
    older = np.where(earlier["treatment"] == 1, number % 2 == 0, number % 60 == 0)
    earlier["age"] = np.where(older, 40.0, 30.0)
    once = Matching(method="nearest", replacement=False)
    made = study(earlier, ["sex", "age"], settings=once, age=30.0)
    check = negative_control.estimate(earlier, made)
    assert (check.verdict, check.text) == ("none", negative_control.UNLIKE)
    assert check.table.loc[0, "quality"] == "poorly"


def test_people_stand_as_they_did_then_without_what_is_of_a_later_date():
    earlier = window(ALIKE).assign(age=20.0)
    earlier.loc[[0, 150], "why"] = "under 10 when the earlier year began"
    made = study(
        earlier, ["sex", "age", "region"], exact=["sex", "region"], age=35.0,
        region="Wales",
    )  # fmt: skip
    group = negative_control.group(earlier, made)
    assert group.covariates == ["sex", "age", "days_in_custody_before"]
    assert list(group.exact) == ["sex"]
    assert (group.people["age"] == 20).all()
    assert (group.n_treatment, group.n_pool) == (99, 299)
    assert not {1, 151} & set(group.people.index)


def test_custody_in_the_year_is_matched_on():
    """Those in custody all year did not offend; half of the treated were, and a tenth
    of the pool. Out of custody half of both groups offended: no difference.
    """
    rows = [(1, 365.0, 0.0)] * 50 + [(1, 0.0, i % 2) for i in range(50)]
    rows += [(0, 365.0, 0.0)] * 30 + [(0, 0.0, i % 2) for i in range(270)]
    names = ["treatment", "days_in_custody_before", "offended_before"]
    earlier = pd.DataFrame(rows, columns=names)
    earlier.insert(0, "person_id", np.arange(1, 401))
    earlier["sex"] = np.where(np.arange(400) % 3 == 0, "F", "M")
    earlier["why"] = pd.Series(None, earlier.index, dtype="str")
    check = negative_control.estimate(earlier, study(earlier))
    assert check.verdict == "holds"
    assert abs(check.table.loc[0, "difference"]) < 0.01
