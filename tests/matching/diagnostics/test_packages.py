"""Balance as MatchIt, cobalt and pstest define it: held against R on people.csv."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.matching import balance
from helpers.matching.diagnostics.cobalt import cobalt
from helpers.matching.diagnostics.matchit import matchit
from helpers.matching.diagnostics.pstest import pstest, pstest_index

EXPECTED = Path(__file__).parents[2] / "expected"
COVARIATES = ["age", "priors", "employed", "sex"]


@pytest.fixture(scope="module")
def people():
    people = pd.read_csv(EXPECTED / "people.csv", index_col="person_id")
    return people, people["treatment"], people["weight"]


def largest_gap(found, file):
    """The largest difference from R's file, over its columns and rows."""
    known = pd.read_csv(EXPECTED / file, skipinitialspace=True)
    keys = [name for name in ("column", "data", "sample") if name in known]
    if "variable" in found:
        column = (found["variable"] + " " + found["level"]).str.strip()
        found = found.assign(column=column)
    found = found.set_index(keys).loc[known.set_index(keys).index]
    numbers = [name for name in known if name not in keys]
    ours, theirs = found[numbers].to_numpy(), known[numbers].to_numpy(dtype=float)
    assert (np.isnan(ours) == np.isnan(theirs)).all()
    return np.nanmax(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1))


@pytest.mark.parametrize(
    ("package", "covariates", "file", "against"),
    [
        (matchit, COVARIATES, "people_matchit.csv", "R MatchIt::summary"),
        (cobalt, COVARIATES, "people_cobalt.csv", "R cov.wt, ecdf"),
        (pstest, COVARIATES, "people_pstest.csv", "R lm, by Stata's N"),
        (pstest_index, COVARIATES, "people_pstest_index.csv", "R glm (probit)"),
    ],
)
def test_numbers_are_those_of_r(people, evidence, package, covariates, file, against):
    gap = largest_gap(package(*people, covariates), file)
    assert gap < 1e-8
    name = package.__name__.replace("_index", ": B and R")
    evidence(f"balance as defined by {name}", against, gap)


def small():
    """Three and three people; the last of the pool has no weight."""
    people = pd.DataFrame({"x": [1.0, 2, 6, 1, 4, 9], "y": [1, 1, 0, 0, 1, 0]})
    treatment = pd.Series([1, 1, 1, 0, 0, 0])
    return people, treatment, pd.Series([1, 1, 1, 1, 2, 0.0])


def test_matchit_and_cobalt_by_hand():
    rows = matchit(*small(), ["x", "y"]).set_index(["variable", "data"])
    x, y = rows.loc[("x", "matched")], rows.loc[("y", "matched")]
    # means 3 and (1 + 2·4)/3 = 3; the treated's variance is (4 + 1 + 9)/2 = 7
    assert (x["Means Treated"], x["Means Control"], x["Std. Mean Diff."]) == (3, 3, 0)
    # shares up to 1, 2, 4, 6, 9: thirds 1 2 2 3 3 against 1 1 3 3 3
    assert x["eCDF Max"] == pytest.approx(1 / 3)
    assert x["eCDF Mean"] == pytest.approx((0 + 1 / 3 + 1 / 3 + 0 + 0) / 5)
    # weights 1 and 2: squares 4 + 2·1 = 6 over 3, by 1 − (1 + 4)/9 = 4/9: 4.5
    assert x["Var. Ratio"] == pytest.approx(7 / 4.5)
    before = rows.loc[("x", "all"), "Std. Mean Diff."]
    assert before == pytest.approx((3 - 14 / 3) / 7**0.5)
    # shares 2/3 and 2/3 after, 2/3 and 1/3 before; √(2/9) is the treated's spread
    assert y["Std. Mean Diff."] == pytest.approx(0)
    assert rows.loc[("y", "all"), "Std. Mean Diff."] == pytest.approx(
        (1 / 3) / (2 / 9) ** 0.5
    )
    assert np.isnan(y["Var. Ratio"])
    binary = cobalt(*small(), ["x", "y"]).set_index("variable").loc["y"]
    assert binary["Type"] == "Binary"
    assert binary["Diff.Un"] == pytest.approx(1 / 3)  # in shares, not standardised


def test_pstest_by_hand():
    rows = pstest(*small(), ["x", "y"]).set_index(["variable", "sample"])
    x, after = rows.loc[("x", "U")], rows.loc[("x", "M")]
    # means 3 and 14/3; variances 7 and (121 + 4 + 169)/9/2 = 49/3
    spread = ((7 + 49 / 3) / 2) ** 0.5
    assert x["%bias"] == pytest.approx(100 * (3 - 14 / 3) / spread)
    assert (after["%bias"], after["%reduct |bias|"]) == (0, 100)
    # squares 14 and 6 over weights of 3 and 3 people, less 1 each
    assert after["V(T)/V(C)"] == pytest.approx(7 / 3)
    assert (after["t"], after["p>|t|"]) == (0, 1)


def test_pstest_divides_as_the_kit_does_and_cobalt_as_its_treated_form(people):
    table = balance.table(*people, COVARIATES).set_index(["variable", "level"])
    after = pstest(*people, COVARIATES).query("sample == 'M'")
    after = after.set_index(["variable", "level"])["%bias"]
    assert table["smd_after"].loc[after.index].to_numpy() == pytest.approx(after)
    adjusted = cobalt(*people, ["age", "priors"]).query("level == ''")
    adjusted = adjusted.set_index("variable")["Diff.Adj"]
    of_treated = table["smd_after_treated_sd"].xs("", level="level")
    assert 100 * adjusted.to_numpy() == pytest.approx(of_treated[adjusted.index])


def test_stata_has_no_row_for_a_first_level_or_for_what_is_not_known(people):
    rows = pstest(*people, ["age", "ethnicity"])
    pairs = rows[["variable", "level"]].drop_duplicates()
    assert [tuple(pair) for pair in pairs.to_numpy()] == [
        ("age", ""),
        ("ethnicity", "Black"),
        ("ethnicity", "White"),
        ("ethnicity", "missing"),
    ]


def test_where_nobody_differs_or_is_matched_there_is_no_number():
    frame, treatment, _ = small()
    nobody = pd.Series(0.0, index=frame.index)
    same = frame.assign(x=0.1)
    for package in (matchit, cobalt, pstest):
        assert len(package(frame, treatment, nobody, ["x", "y"]))
    before = pstest(same, treatment, nobody, ["x"]).iloc[0]
    assert before[["%bias", "t", "V(T)/V(C)"]].isna().all()
    index = pstest_index(frame, treatment, nobody, ["x"]).set_index("sample")
    assert index.loc["M", ["B", "R"]].isna().all()


def test_groups_that_are_told_apart_have_no_index():
    frame = pd.DataFrame({"x": [1.0, 2, 3, 11, 12, 13]})
    treatment = pd.Series([1, 1, 1, 0, 0, 0])
    index = pstest_index(frame, treatment, pd.Series(1.0, frame.index), ["x"])
    assert index["MeanBias"].notna().all()
    assert index[["B", "R"]].isna().all(axis=None)
