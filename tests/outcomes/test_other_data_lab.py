"""Another data lab's study, in this process: two amounts and a rate to the page."""

import json
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from support import employment, in_process
from support.small_report import plain

OUTCOMES = ["in_work", "earnings", "weeks"]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    request = employment.request(employment.write(folder))
    return in_process.run(request, folder, whole=False)


@pytest.fixture(scope="module")
def by_outcome(out):
    told = json.loads((out / "release" / "result.json").read_text())
    return {o["outcome"]: o for o in told["analyses"][0]["outcomes"]}


def known(out, name):
    """The treated's values, the comparison group's, and what these weigh."""
    data = out / "restricted" / "data"
    matched = pd.read_parquet(data / "matched.parquet")
    outcomes = pd.read_parquet(data / "outcomes.parquet")
    people = matched[matched["weight"] > 0].merge(outcomes, on="person_id")
    treated = people["treatment"] == 1
    return people.loc[treated, name], people.loc[
        ~treated, [name, "weight"]
    ].to_numpy().T


@pytest.mark.parametrize(
    ("name", "decimals"), [("in_work", 2), ("earnings", 0), ("weeks", 1)]
)
def test_the_published_numbers_are_welchs_as_printed(out, by_outcome, name, decimals):
    """Method, section 5, written out once more, and rounded as section 8 says."""
    y_t, (y_c, w) = known(out, name)
    mean_c, n_c = np.average(y_c, weights=w), w.sum() ** 2 / (w**2).sum()
    v_t = y_t.var() / len(y_t)
    v_c = n_c / (n_c - 1) * (w**2 * (y_c - mean_c) ** 2).sum() / w.sum() ** 2
    df = (v_t + v_c) ** 2 / (v_t**2 / (len(y_t) - 1) + v_c**2 / (n_c - 1))
    gap, se = y_t.mean() - mean_c, (v_t + v_c) ** 0.5
    reach = stats.t.ppf(0.975, df) * se
    told = by_outcome[name]
    for key, value in {
        "value_treatment": y_t.mean(), "value_comparison": mean_c, "difference": gap,
        "ci_low": gap - reach, "ci_high": gap + reach,
    }.items():  # fmt: skip
        assert told[key] == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-9)
        assert told[key] == round(told[key], decimals)
    assert told["significant"] == (2 * stats.t.sf(abs(gap) / se, df) <= 0.05)
    assert told["n_treatment"] == len(y_t) and told["n_comparison"] == len(y_c)


def test_the_page_tells_amounts_in_their_units(out):
    page = plain((out / "report.html").read_text())
    assert (
        "were in work a year later" in page and "Average earnings in the year" in page
    )
    assert "£" in page and " weeks" in page
    tables = {path.name: path.read_text() for path in out.glob("release/tables/*.csv")}
    results = "".join(
        text for name, text in tables.items() if name.startswith("results")
    )
    assert "higher" in results  # of an amount neither way is the better one
    assert not any(word in results for word in ("[z]", "[c]", "nan"))


def test_how_many_have_an_amount_above_nothing_is_not_told(out):
    """The rate says who is in work; of an amount the page has a mean alone."""
    data = out / "restricted" / "data"
    who = pd.read_parquet(data / "who_outcomes.parquet")
    bits = {kind: dict(zip(rows["name"], rows["bits"], strict=True))
            for kind, rows in who.groupby("kind")}  # fmt: skip
    for name in ("earnings", "weeks"):
        assert bits["event"][name] == bits["known"][name]
    assert bits["event"]["in_work"] != bits["known"]["in_work"]
    cells = pd.read_parquet(data / "cells_outcomes.parquet").set_index("ref")
    shown = cells.loc["all-helped.earnings.value_treatment"]
    y_t, _ = known(out, "earnings")
    assert shown["numerator"] == (y_t != 0).sum() and shown["kind"] == "mean"


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.slow
def test_the_second_analyst_agrees_on_amounts(out):
    script = next((out / "restricted").rglob("second_analyst.R"))
    done = subprocess.run(["Rscript", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("agrees") == 6  # scores, weights, three outcomes, all
