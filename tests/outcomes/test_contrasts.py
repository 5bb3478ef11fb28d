"""Sub-groups compared with each other: R, hand calculation, and which pairs."""

import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import small_study
from support.effort import examples

from helpers.outcomes import contrasts, estimates, measures

EXPECTED = Path(__file__).parents[1] / "expected"


def estimate(people, name):
    return estimates.difference(people[name], people["treatment"], people["weight"])


@pytest.mark.parametrize("name", ["reoffended", "reoffences"])
def test_men_less_women_is_that_of_r(name):
    people = pd.read_csv(EXPECTED / "people_sites.csv")
    known = pd.read_csv(EXPECTED / "people_apart.csv")
    known = known[(known["what"] == "sexes") & (known["outcome"] == name)].iloc[0]
    both = (estimate(people[people["sex"] == sex], name) for sex in "MF")
    again = contrasts.difference(*both)
    columns = list(contrasts.VALUES)
    np.testing.assert_allclose(
        again[columns].astype(float), known[columns].astype(float), rtol=1e-9
    )


def rates(*of):
    """An estimate of a rate: events and people of both groups."""
    (x, n), (a, m) = of
    y = pd.Series([1.0] * x + [0.0] * (n - x) + [1.0] * a + [0.0] * (m - a))
    treatment = pd.Series([1] * n + [0] * m)
    return estimates.difference(y, treatment, pd.Series(1.0, y.index))


def test_four_rates_by_hand():
    """30/100 v 40/100 and 25/100 v 25/100: −10 − 0 points.

    Σ p(1−p)/99 = (0.21 + 0.24 + 0.1875 + 0.1875)/99; df by the four parts.
    """
    first, second = rates((30, 100), (40, 100)), rates((25, 100), (25, 100))
    again = contrasts.difference(first, second)
    parts = [p * (1 - p) / 99 for p in (0.3, 0.4, 0.25, 0.25)]
    assert again["difference"] == pytest.approx(-0.1)
    assert again["standard_error"] == pytest.approx(math.sqrt(sum(parts)))
    df = sum(parts) ** 2 / sum(v**2 / 99 for v in parts)
    assert again["df"] == pytest.approx(df)


def test_one_significant_and_one_not_need_not_differ():
    first, second = rates((30, 200), (60, 200)), rates((45, 200), (60, 200))
    assert [first["significant"], second["significant"]] == [True, False]
    assert contrasts.difference(first, second)["p_value"] > 0.05


def test_without_a_test_of_either_the_interval_is_made_of_both_intervals():
    """3/100 v 12/100 has too few events, so that its interval is Newcombe's."""
    first, second = rates((3, 100), (12, 100)), rates((25, 100), (25, 100))
    again = contrasts.difference(first, second)
    gap, reach = -0.09 - 0.0, []
    for low, high in ((0, 1), (1, 0)):
        ends = ("ci_low", "ci_high")
        reach.append(math.hypot(-0.09 - first[ends[low]], 0 - second[ends[high]]))
    assert math.isnan(again["p_value"])
    assert again["ci_low"] == pytest.approx(gap - reach[0])
    assert again["ci_high"] == pytest.approx(gap + reach[1])


def test_a_value_that_nobody_varies_in_has_neither_interval_nor_test():
    y = pd.Series([2.0] * 20)
    same = estimates.difference(
        y, pd.Series([1] * 10 + [0] * 10), pd.Series(1.0, y.index), kind="frequency"
    )
    other = rates((30, 100), (40, 100))
    again = contrasts.difference(same, other)
    assert again[["ci_low", "ci_high", "p_value"]].isna().all()


@given(st.lists(st.integers(12, 88), min_size=4, max_size=4))
@settings(max_examples=examples(50), deadline=None)
def test_the_other_way_round_it_is_the_same_with_the_other_sign(x):
    first, second = (rates((x[i], 100), (x[i + 1], 100)) for i in (0, 2))
    one, other = (
        contrasts.difference(first, second),
        contrasts.difference(second, first),
    )
    assert one["difference"] == pytest.approx(-other["difference"])
    assert one["ci_low"] == pytest.approx(-other["ci_high"])
    assert one["p_value"] == pytest.approx(other["p_value"])
    # no narrower than the wider of the two
    assert one["standard_error"] >= max(
        first["standard_error"], second["standard_error"]
    )


# which are compared -----------------------------------------------------------


def kinds(filters, shared=(), **analysis):
    """The kinds of sub-groups of analyses with these filters.

    `shared` names analyses that have one person in common.
    """
    covariates = {"numeric": ["age"]}
    analyses = [
        {"name": name, "headline": True, "covariates": covariates, "filter": kept}
        | analysis.get(name, {})
        for name, kept in filters.items()
    ]
    request = small_study.study(analyses=analyses)
    matched = {}
    for number, name in enumerate(filters):
        ids = [10 * number, 10 * number + 1, 999 if name in shared else 10 * number + 2]
        matched[name] = pd.DataFrame({"person_id": ids, "weight": [1.0, 0.5, 2.0]})
    return [(kind.column, kind.compared) for kind in contrasts.kinds(request, matched)]


MEN, WOMEN = {"sex": ["M"]}, {"sex": ["F"]}


def test_men_and_women_are_compared_and_neither_with_everyone():
    found = kinds({"All": {}, "Men": MEN, "Women": WOMEN})
    assert found == [("sex", (("Men", "Women"),))]


def test_four_ages_make_six_pairs_and_five_are_not_compared():
    ages = {f"{a}": {"age": {"from": a, "to": a + 9}} for a in range(20, 60, 10)}
    [(column, pairs)] = kinds(ages)
    assert column == "age"
    assert list(pairs) == list(combinations(ages, 2))
    [(_, pairs)] = kinds(ages | {"60": {"age": {"from": 60}}})
    assert pairs == ()


def test_young_men_are_set_beside_young_women_and_old_men_alone():
    young, old = {"age": {"to": 24}}, {"age": {"from": 25}}
    found = kinds({
        "Young men": MEN | young, "Young women": WOMEN | young,
        "Old men": MEN | old, "Old women": WOMEN | old,
    })  # fmt: skip
    assert found == [
        ("sex", (("Young men", "Young women"),)),
        ("age", (("Young men", "Old men"),)),
        ("age", (("Young women", "Old women"),)),
        ("sex", (("Old men", "Old women"),)),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"area": ["A", "B"]}, {"area": ["B", "C"]}),  # B is in both
        ({"age": {"to": 25}}, {"age": {"from": 25}}),  # so is 25
        ({"age": {"to": 25}}, {"age": [30]}),  # a range and values
        ({"age": [1]}, {"age": ["1"]}),
        (MEN, {"area": ["A"]}),
        (MEN | {"area": ["A"]}, WOMEN | {"area": ["B"]}),  # two columns
        (MEN, MEN),
    ],
)
def test_what_the_filters_do_not_set_apart_by_one_column_is_not_compared(one, other):
    assert kinds({"One": one, "Other": other}) == []


def test_one_person_in_both_is_enough_not_to_compare():
    assert kinds({"Men": MEN, "Women": WOMEN}, shared=("Men", "Women")) == []


def test_who_took_part_and_the_pool_must_be_chosen_alike():
    done = {"treatment_filter": {"completed": ["yes"]}}
    assert kinds({"Men": MEN, "Women": WOMEN}, Men=done) == []
    assert len(kinds({"Men": MEN, "Women": WOMEN}, Men=done, Women=done)) == 1


def test_the_table_has_a_row_for_each_pair_and_outcome_of_both():
    results = measures.table(
        {
            (name, outcome): rates((30, 100), (40, 100))
            for name in ("Men", "Women")
            for outcome in ("a", "b")
            if (name, outcome) != ("Women", "b")
        }
    )
    kind = contrasts.Kind("sex", "", (("Men", "Women"),))
    table = contrasts.table(results, [kind])
    assert table[["first", "second", "outcome"]].to_numpy().tolist() == [
        ["Men", "Women", "a"]
    ]
    assert table["difference"].tolist() == [0]
    assert contrasts.table(results, []).empty
