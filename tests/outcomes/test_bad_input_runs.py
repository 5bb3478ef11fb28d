"""Outcomes of which little can be said, through whole runs to the page.

A cohort of 100 treated and 300 others, with and without disclosure control: a run ends
with a page on which nothing is broken, and with it no count that it hides is told.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support import in_process, ready_cohort
from support.small_report import plain

N = 400
TREATED = np.arange(N) < 100
OPEN = {"disclosure": {"profile": "none", "reason": "The people are made up."}}
MODES = ("indictable", "either_way", "summary")
HOURS = {"name": "hours", "kind": "amount", "unit": "hours", "label": "hours at work"}


def cohort(back, **columns) -> pd.DataFrame:
    """People of whom `back` reoffended, with every standard outcome."""
    draw, back = np.random.default_rng(1), np.asarray(back, dtype=bool)
    first = draw.integers(0, 3, N)
    count = draw.integers(1, 5, N)
    of_them = {
        "days_to_first_reoffence": draw.integers(1, 366, N),
        "custody_for_first_reoffence": draw.random(N) < 0.3,
        "custodial_reoffences": draw.integers(0, 3, N),
        **{f"first_reoffence_{mode}": first == i for i, mode in enumerate(MODES)},
        **{f"reoffences_{mode}": count * (first == i) for i, mode in enumerate(MODES)},
    }
    return pd.DataFrame(
        {
            "person_id": range(N),
            "treatment": TREATED.astype(int),
            "age": draw.integers(20, 60, N),
            "area": draw.choice(list("ABC"), N),
            "reoffended": back.astype(int),
            "reoffences": count * back,
            **{name: np.where(back, x, np.nan) for name, x in of_them.items()},
            **columns,
        }
    )


@dataclass
class Finished:
    """A finished run: its page as text, its measures, the rows of its table."""

    folder: Path

    @property
    def page(self) -> str:
        return plain((self.folder / "report.html").read_text())

    @property
    def measures(self) -> dict:
        told = json.loads((self.folder / "release" / "result.json").read_text())
        return {o["outcome"]: o for o in told["analyses"][0]["outcomes"]}

    def nothing_broken(self) -> None:
        for table in self.folder.glob("release/tables/*.csv"):
            assert not re.search(r"\b(nan|NaN|inf|None)\b", table.read_text())


@pytest.fixture
def run(tmp_path):
    def carried_out(people, **changes):
        path = tmp_path / "people.csv"
        people.to_csv(path, index=False)
        raw = ready_cohort.raw(path, **changes)
        done = Finished(in_process.run(raw, tmp_path, whole=False))
        done.nothing_broken()
        return done

    return carried_out


RATE, OFTEN, TIME = (
    "reoffending_rate", "reoffending_frequency", "time_to_first_reoffence"
)  # fmt: skip


def hidden(measure):
    return all(measure[n] is None for n in ("value_treatment", "difference", "ci_low"))


@pytest.mark.slow
@pytest.mark.parametrize("back", [np.zeros(N), np.ones(N)], ids=["nobody", "everybody"])
def test_that_nobody_or_everybody_reoffended_is_told_of_open_data_alone(run, back):
    told = run(cohort(back), **OPEN).measures[RATE]
    assert told["value_treatment"] == told["value_comparison"] == back[0]
    assert told["difference"] == 0 and told["ci_low"] < 0 < told["ci_high"]
    assert told["p_value"] is told["significant"] is None
    kept = run(cohort(back))
    assert hidden(kept.measures[RATE])
    # neither by whom a time counts, nor by a measure that would be left out
    assert kept.measures[TIME]["n_treatment"] is None
    for mode in MODES:  # of reoffenders, beside the frequency of all people
        assert hidden(kept.measures[f"reoffences_{mode}"])
    assert "are missing" not in kept.page and "is missing" not in kept.page


@pytest.mark.slow
@pytest.mark.parametrize("treated", [0, 1])
def test_one_reoffender_or_none_in_the_programme(run, treated):
    back = np.where(TREATED, np.arange(N) < treated, np.arange(N) % 3 == 0)
    told = run(cohort(back), **OPEN).measures
    assert told[RATE]["value_treatment"] == treated / 100
    assert told[RATE]["p_value"] is None and told[RATE]["ci_low"] is not None
    assert told[TIME]["n_treatment"] == treated and hidden(told[TIME])
    kept = run(cohort(back)).measures
    assert hidden(kept[RATE]) and hidden(kept[OFTEN]) and hidden(kept[TIME])


@pytest.mark.slow
def test_an_outcome_that_is_missing_for_some_counts_those_of_whom_it_is_known(run):
    people = cohort(np.arange(N) % 3 == 0)
    unknown = np.arange(N) % 5 == 0  # 20 of the treated
    people["reoffences"] = people["reoffences"].where(~unknown)
    done = run(people)
    assert done.measures[OFTEN]["n_treatment"] == 80
    assert done.measures[RATE]["n_treatment"] == 100
    assert "It counts those alone of whom it is known" in done.page


def test_all_but_all_weight_on_one_comparison_person(run):
    """99 of the treated have one person like them, and one has 299."""
    people = cohort(np.arange(N) % 3 == 0, hours=np.arange(N) % 9 - 3.5)
    people["area"] = ["A"] * 99 + ["B"] + ["A"] + ["B"] * 299
    analysis = {"name": "Everyone", "covariates": {"categorical": ["area"]}}
    asked = [RATE, OFTEN, HOURS]
    done = run(people, analyses=[analysis], outcomes=asked, **OPEN)
    # n_e = 100²/(99² + 299·(1/299)²)
    told = json.loads((done.folder / "release" / "result.json").read_text())
    size = told["analyses"][0]["effective_comparison"]
    assert size == pytest.approx(10000 / (9801 + 1 / 299))
    for name in (OFTEN, "hours"):
        measure = done.measures[name]
        assert measure["difference"] is not None
        assert measure["ci_low"] is measure["p_value"] is measure["significant"] is None
    assert done.measures[RATE]["p_value"] is None
