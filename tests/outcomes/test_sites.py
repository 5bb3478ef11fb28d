"""The difference by site: sandwich's clustered variance, hand calculation, laws."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from support.effort import examples

from helpers.outcomes import estimates, measures, sites
from helpers.request import Outcome

EXPECTED = Path(__file__).parents[1] / "expected"
COLUMNS = ["difference", "standard_error", "df", "ci_low", "ci_high", "p_value"]


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(EXPECTED / "people_sites.csv")


def by_site(people, name, site=None):
    """The estimate of an outcome and what it is by site."""
    estimate = estimates.difference(people[name], people["treatment"], people["weight"])
    treated = people[people["treatment"] == 1]
    place = treated["site"] if site is None else site
    return estimate, sites.difference(treated[name], place, estimate)


@pytest.mark.parametrize("name", ["reoffended", "reoffences"])
def test_the_variance_by_site_is_that_of_sandwich_in_r(people, name):
    known = pd.read_csv(EXPECTED / "people_apart.csv")
    known = known[(known["what"] == "sites") & (known["outcome"] == name)].iloc[0]
    estimate, again = by_site(people, name)
    both = pd.Series({"difference": estimate["difference"], **again})
    np.testing.assert_allclose(
        both[COLUMNS].astype(float), known[COLUMNS].astype(float), rtol=1e-9
    )
    assert again["n_sites"] == 12


def test_ten_sites_of_two_people_by_hand():
    """Sites of two: in five both reoffend, in five neither; nobody else.

    ȳₜ = 1/2; each site's sum of y − ȳₜ is 1 or −1, so Σ = 10 and
    Vₜ = 10/9 · 10/20² = 1/36, where people by themselves have 20·(1/4)/19/20 = 1/76.
    """
    treated = [1.0, 1.0] * 5 + [0.0, 0.0] * 5
    y = pd.Series([*treated, *([1.0, 0.0] * 20)])
    treatment = pd.Series([1] * 20 + [0] * 40)
    estimate = estimates.difference(y, treatment, pd.Series(1.0, y.index))
    place = pd.Series([f"s{i // 2}" for i in range(20)])
    again = sites.difference(y[:20], place, estimate)
    of_pool = 40 * 0.25 / 39 / 40
    assert estimate["standard_error"] ** 2 == pytest.approx(1 / 76 + of_pool)
    assert again["standard_error"] ** 2 == pytest.approx(1 / 36 + of_pool)
    assert again["df"] == 9
    reach = stats.t.ppf(0.975, 9) * math.sqrt(1 / 36 + of_pool)
    assert [again["ci_low"], again["ci_high"]] == pytest.approx([-reach, reach])


def test_nine_sites_give_no_second_interval_and_are_counted(people):
    place = people["site"][:120].replace({f"Site {i:02d}": "Site 01" for i in range(5)})
    _, again = by_site(people, "reoffended", place)
    assert again["n_sites"] == 9
    assert again.drop(["n_sites", "largest_site"]).isna().all()


def test_an_estimate_without_a_test_has_none_by_site(people):
    few = people.assign(reoffended=(people["person_id"] % 30 == 0).astype(float))
    estimate, again = by_site(few, "reoffended")
    assert math.isnan(estimate["p_value"])
    assert again.drop(["n_sites", "largest_site"]).isna().all()


@pytest.mark.parametrize(("people_there", "given"), [(40, True), (41, False)])
def test_a_site_of_more_than_a_third_is_too_large(people, people_there, given):
    """40 of 120 people are a third, 41 are more."""
    place = pd.Series(["s0"] * people_there)
    rest = [f"s{1 + i % 10}" for i in range(120 - people_there)]
    _, again = by_site(people, "reoffended", pd.Series([*place, *rest]))
    assert again["largest_site"] == pytest.approx(people_there / 120)
    assert math.isnan(again["df"]) != given


def test_every_person_a_site_is_every_person_alone(people):
    """Vₜ = n/(n−1)·Σ(y−ȳ)²/n², which is s²/n."""
    ids = people["person_id"][:120]
    estimate, again = by_site(people, "reoffences", ids)
    assert again["standard_error"] == pytest.approx(estimate["standard_error"])
    assert again["df"] == 119


def test_a_person_of_no_known_site_enters_alone_and_is_no_site(people):
    place = people["site"][:120].mask(people["person_id"][:120] % 9 == 0)
    _, again = by_site(people, "reoffences", place.mask(place == "Site 03", " "))
    y = people["reoffences"][:120]
    gap = y - y.mean()
    known = place.notna() & (place != "Site 03")
    squares = (gap[known].groupby(place[known]).sum() ** 2).sum()
    squares += (gap[~known] ** 2).sum()
    pool = by_site(people, "reoffences")[0]["standard_error"] ** 2 - y.var() / 120
    assert again["n_sites"] == 11
    assert again["df"] == 10
    expected = math.sqrt(11 / 10 * squares / 120**2 + pool)
    assert again["standard_error"] == pytest.approx(expected)


def test_capitals_spaces_and_numbers_tell_no_sites_apart():
    place = pd.Series(
        ["Leeds ", "leeds", " LEEDS", "Leeds  East", "leeds east", "", None]
    )
    assert sites.plain(place).dropna().tolist() == ["leeds"] * 3 + ["leeds east"] * 2
    assert sites.plain(pd.Series([None, np.nan])).isna().all()
    assert sites.plain(pd.Series([3, 3.0, None])).dropna().tolist() == ["3", "3"]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=examples(25), deadline=None)
def test_neither_the_order_of_people_nor_the_names_of_sites_matter(seed):
    rng = np.random.default_rng(seed)
    y = pd.Series(rng.integers(0, 4, 150).astype(float))
    treatment = pd.Series([1] * 60 + [0] * 90)
    estimate = estimates.difference(y, treatment, pd.Series(1.0, y.index))
    place = pd.Series(rng.integers(0, 14, 60))
    one = sites.difference(y[:60], place, estimate)
    order = rng.permutation(60)
    names = place.map(lambda k: f"p{k * 7 % 23}")
    other = sites.difference(y[order], names[order], estimate)
    np.testing.assert_allclose(one.astype(float), other.astype(float), rtol=1e-12)
    if one["df"] > 0:
        # the estimate lies in the middle, whatever the sites
        middle = (one["ci_low"] + one["ci_high"]) / 2
        assert middle == pytest.approx(estimate["difference"])


def test_the_table_counts_treated_people_analysed_alone(people):
    outcome = Outcome(name="reoffended", kind="rate")
    extra = people.iloc[[0, 119]].assign(person_id=[991, 992], weight=[0.0, 1.0])
    extra["reoffended"] = [1.0, np.nan]  # unmatched; matched, and not known
    matched = pd.concat([people, extra], ignore_index=True).drop(columns="site")
    place = pd.concat([people, extra.assign(site="Elsewhere")], ignore_index=True)
    place.loc[place["person_id"] == 7, "site"] = ""
    results = measures.table(
        {
            ("All", "reoffended"): estimates.difference(
                matched["reoffended"], matched["treatment"], matched["weight"]
            )
        }
    )
    [row] = sites.table(results, [("All", outcome, matched)], place).to_dict("records")
    assert (row["n_sites"], row["no_site"]) == (12, 1)


def test_people_without_a_column_of_sites_have_no_rows(people):
    alone = people.drop(columns="site")
    assert sites.table(pd.DataFrame(), [], alone).empty
