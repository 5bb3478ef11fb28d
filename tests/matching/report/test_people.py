"""Who is in each group and who has each level, of three people by hand."""

import numpy as np
import pandas as pd
import pytest
from support import small_study

from helpers.matching import balance
from helpers.matching.report import people

BASE = small_study.BASE


@pytest.fixture(scope="module")
def found():
    """Persons 1 and 2 took part, of whom 2 is unmatched; 3 is of the pool.

    Person 4 took part too, but has no score.
    """
    chosen = small_study.group([1, 1, 0, 1], {})
    group = small_study.group(
        [1, 1, 0],
        {
            "age": [20, np.nan, 30],
            "in_work": [1.0, 0, np.nan],
            "sex": pd.Series(["F", "M", "F"], dtype="str"),
            "offence": pd.Series(["Theft", None, "Theft"], dtype="str"),
        },
    )
    weights = pd.Series([1.0, 0, 1], index=group.people.index)
    table = balance.table(group.people, group.treatment, weights, group.covariates)
    return people.who(chosen, group, weights, table)


def of(found, kind):
    return {one.name: list(one.people) for one in found if one.kind == kind}


def test_groups_are_those_before_and_after_matching(found):
    assert of(found, "group") == {
        "before": [1, 2],
        "treated": [1],
        "pool": [3],
        "comparison": [3],
        "selected": [1, 2, 4],
    }


def test_levels_and_the_rest_of_each_make_up_everybody_once(found):
    assert of(found, "level") == {
        # a mean is of those whose value is known
        f"{BASE}.balance.age.known": [1, 3],
        f"{BASE}.balance.age.missing": [2],
        # the row of a yes or no is of those who have it
        f"{BASE}.balance.in_work": [1],
        f"{BASE}.balance.in_work.rest": [2],
        f"{BASE}.balance.in_work.missing": [3],
        f"{BASE}.balance.sex.f": [1, 3],
        f"{BASE}.balance.sex.m": [2],
        f"{BASE}.balance.offence.theft": [1, 3],
        f"{BASE}.balance.offence.missing": [2],
    }


def test_a_level_names_its_characteristic_and_every_column_its_analysis(found):
    variables = {one.variable for one in found if one.kind == "level"}
    assert variables == {"age", "in_work", "sex", "offence"}
    assert {one.analysis for one in found} == {BASE}


def test_a_mean_that_is_known_for_everybody_is_no_group_of_people():
    group = small_study.group([1, 1, 0], {"age": [20, 30, 40]})
    weights = pd.Series(1.0, index=group.people.index)
    table = balance.table(group.people, group.treatment, weights, group.covariates)
    assert of(people.who(group, group, weights, table), "level") == {}
