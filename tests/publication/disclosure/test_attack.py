"""What a reader with a solver can tell from a release: nothing that is hidden.

Every release is made by the kit from made-up people and attacked at three strengths
(support/attack). What it claims is held against the truth behind the release too: an
attack that contradicts the truth, or a release that does, fails.
"""

import csv

import numpy as np
import pandas as pd
import pytest
from support import in_process
from support.attack import geometry, ways
from support.attack.attack import attack
from support.attack.cases import CASES
from support.attack.random_requests import studies
from support.attack.study import Study, covariates, people

from helpers.outcomes.report.robustness.estimators import kept

#: seeds of random requests: quick ones that run always, and those of --all
ALWAYS, SLOW = range(1, 13), (0, *range(13, 50))
SEEDS = [
    *ALWAYS,
    *(pytest.param(seed, marks=pytest.mark.slow) for seed in SLOW),
]


def attacked(make, folder):
    """Carry studies out, one after the other into one folder, and attack them."""
    made = make if isinstance(make, list) else [make]
    runs = [
        in_process.run(study.write(folder), folder / "outputs", whole=False)
        for study in made
    ]
    return attack(*runs, facts=made[0].facts)


def tells_nothing(found):
    """Hold what an attack came to: nothing false, nothing told, nothing unsafe seen.

    In one test, since an attack may cost a minute and workers share nothing.
    """
    return (found.wrong, found.told, found.narrowed) == ([], {}, {})


@pytest.mark.parametrize("case", CASES)
def test_a_release_that_leaked_once_tells_nothing(case, tmp_path):
    found = attacked(CASES[case](), tmp_path)
    assert tells_nothing(found), (found.wrong, found.told, found.narrowed)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_request_tells_nothing(seed, tmp_path):
    found = attacked(studies(seed), tmp_path)
    assert tells_nothing(found), (found.wrong, found.told, found.narrowed)


def test_people_of_other_ways_told_exactly_would_tell(tmp_path, monkeypatch):
    """One is left unmatched by the closest caliper, and all are kept by others."""
    monkeypatch.setattr(kept, "about", lambda own, headline, rule: own)
    monkeypatch.setattr(ways, "bounds", lambda shown, size: (shown, shown))
    found = attacked(CASES["completed"](), tmp_path)
    assert any("caliper" in name for name in found.told)


def test_a_drawing_tells_no_more_than_its_numbers(tmp_path):
    # once, bars and intervals to a thousandth of a pixel gave 59 of 186 who reoffended
    study = CASES["nested"]()
    run = in_process.run(study.write(tmp_path), tmp_path / "outputs")
    drawings = sorted((run / "release/figures").glob("measures-*.svg"))
    assert len(drawings) == 1
    for svg in drawings:
        table = run / "release/tables" / f"{svg.stem}.csv"
        row = next(csv.DictReader(table.read_text("utf-8").splitlines()))
        names = ("Value", "95% interval from", "to")
        value, low, high = (float(row[name]) for name in names)
        left, right, start, end = geometry.bars(svg)[0]
        on_axis = [(x - left) / (right - left) * value for x in (start, end)]
        assert on_axis == pytest.approx([low, high], abs=0.01)


@pytest.mark.slow
def test_page_and_release_are_the_same_whatever_a_hidden_result_is(tmp_path):
    """Two or nine of 150 reoffended: beside 5.5%, one is fewer and one is not."""
    found = []
    for reoffended in (2, 9):
        study = hidden_result(reoffended)
        folder = tmp_path / str(reoffended)
        run = in_process.run(study.write(folder), folder / "outputs", whole=False)
        rates = pd.read_parquet(run / "restricted/data/estimates.parquet")
        rates = rates.query("outcome == 'reoffending_frequency' and variant == 'main'")
        paths = [run / "report.html", *sorted((run / "release").rglob("*.*"))]
        public = {path.relative_to(run): path.read_bytes() for path in paths}
        found.append((bool(rates["p_value"].iloc[0] <= 0.05), public))
    (one, first), (other, second) = found
    assert one != other
    assert list(first) == list(second)
    assert [name for name in first if first[name] != second[name]] == []


def hidden_result(reoffended):
    """A frequency, of 150 people of whom fewer reoffended than may be shown."""
    frame = people(np.random.default_rng(5), 150, 1500, 1.0, (0.055, 0.055))
    treated = frame.index[frame["treatment"] == 1]
    frame.loc[treated, ["reoffended", "reoffences"]] = 0
    frame.loc[treated, "days_to_first_reoffence"] = np.nan
    middling = (frame.loc[treated, "previous_offences"] - 6).abs().sort_values()
    frame.loc[middling.index[:reoffended], ["reoffended", "reoffences"]] = 1, 2
    frame.loc[middling.index[:reoffended], "days_to_first_reoffence"] = 100.0
    more = {"outcomes": ["reoffending_frequency", "reoffending_rate"]}
    return Study("hidden", frame, [{"name": "All", "covariates": covariates()}], more)


@pytest.mark.slow
def test_a_run_in_one_process_is_the_driver_s(poor, tmp_path, contents):
    run = in_process.run(poor.request, tmp_path / "outputs")
    driver = contents(poor.folder)
    here = contents(run)
    public = [n for n in driver if n == "report.html" or n.startswith("release/")]
    # pictures are slow to draw, and left out here
    public = [n for n in public if ".png" not in n]
    data = [n for n in driver if n.startswith("restricted/data/cells_")]
    assert {n: here[n] == driver[n] for n in public + data} == dict.fromkeys(
        public + data, True
    )
