"""R works the results out once more, and notices where they are not the same."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support import in_process
from support.evidence import SECOND_ANALYST
from support.in_browser import program
from support.made_up_cohort import make

from helpers.files import ROOT
from helpers.matching import matching, propensity, sizes
from helpers.outcomes import estimates, measures, second_analyst
from helpers.request import load
from helpers.request.matching import Matching

RATE, COUNT, DAYS = (
    "reoffending_rate", "reoffending_frequency", "time_to_first_reoffence"
)  # fmt: skip
ODD = 'Größe "1" \\ 人 😀'  # a column may be called so
CSV = "data/second_analyst.csv"


@dataclass(frozen=True)
class Said:
    """What the script printed, and its exit status."""

    status: int
    text: str

    @property
    def largest(self) -> float:
        found = re.findall(r"largest difference (\S+):", self.text)
        return max(map(float, found))


def said(script: Path) -> Said:
    """Let R carry out a script, in a locale that knows ASCII alone."""
    command = [program("Rscript", "r-base-core"), str(script)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin",
                                                      "LC_ALL": "C"}
    )  # fmt: skip
    assert done.stderr == "", done.stderr
    return Said(done.returncode, done.stdout)


def study(folder: Path, matching_block: dict, few: bool = False) -> Path:
    """Match and estimate two analyses, as the notebooks do; gives the script."""
    cohort = make(900, 150, effect=-0.1, seed=4)
    cohort = cohort[cohort["left_out"].isna()].reset_index(drop=True)
    cohort["person_id"] = np.arange(len(cohort)) + 1
    cohort[ODD] = np.where(cohort.index % 3 == 0, '=é, "x"', cohort["region"])
    cohort.loc[cohort.index % 7 == 0, "copas_rate"] = np.nan
    cohort["twice_age"] = 2 * cohort["age"].astype(float)  # tells nothing new
    request = load(ROOT / "params/example.yml")
    covariates = {"numeric": ["age", "copas_rate", "twice_age"],
                  "categorical": ["sex", ODD]}  # fmt: skip
    one = request.analyses[0]
    chosen = one.covariates.model_copy(
        update={k: tuple(v) for k, v in covariates.items()}
    )
    exact = ("employed",) if matching_block.get("exact") else ()
    both = tuple(
        one.model_copy(update={"name": name, "covariates": chosen, "exact": exact})
        for name in ("All", "All again, “quoted”")
    )
    block = {k: v for k, v in matching_block.items() if k != "exact"}
    request = request.model_copy(
        update={"analyses": both, "matching": Matching.model_validate(block)}
    )
    return written(folder, cohort, request, few)


def written(folder, cohort, request, few) -> Path:
    settings = request.matching
    groups = second_analyst.analyses(cohort, request)
    models, matches = {}, {}
    for name, group in groups.items():
        with pytest.warns(propensity.ColumnDropped):
            models[name] = propensity.fit(group.people, "treatment", group.covariates)
        score = models[name].score
        if settings.common_support == "range":
            score = matching.within_range(
                score, group.treatment, settings.distance, group.exact
            )
        kernel = settings.method == "kernel"
        matches[name] = matching.match(
            score,
            group.treatment,
            caliper=None if kernel else settings.calipers[0],
            bandwidth=settings.bandwidth,
            exact=group.exact,
            **settings.how,
        )
    matched = sizes.matched_people(groups, models, matches)
    had = cohort["reoffended"].astype(float)
    outcomes = pd.DataFrame(
        {
            "person_id": cohort["person_id"],
            RATE: had.where(cohort.index % 9 == 0, 0.0) if few else had,
            COUNT: cohort["reoffences"].astype(float),
            DAYS: cohort["days_to_first_reoffence"].astype(float),
        }
    )
    people = measures.with_outcomes(matched, outcomes)
    results = measures.table(
        {(name, o): estimates.difference(rows[o], rows["treatment"], rows["weight"],
                                         of_reoffenders=o == DAYS)
         for name, rows in people.items() for o in (RATE, COUNT, DAYS)}
    )  # fmt: skip
    width = pd.DataFrame(
        {"analysis": list(matches), "width": [m.width for m in matches.values()]}
    )
    (folder / "data").mkdir()
    second_analyst.table(groups, people).to_csv(folder / CSV, index=False)
    script = folder / "second_analyst.R"
    text = second_analyst.script(groups, request, width, results)
    script.write_text(text, encoding="utf-8")
    return script


SETTINGS = {
    "radius": {},
    "radius on the odds": {"distance": "odds", "caliper": {"sd": 0.02, "of": "pooled"}},
    "radius, exact, in range": {"distance": "propensity", "exact": True,
                                "common_support": "range"},
    "kernel": {"method": "kernel"},
    "kernel on the odds, exact": {"method": "kernel", "distance": "odds",
                                  "bandwidth": 0.01, "exact": True},
    "nearest": {"method": "nearest"},
    "three nearest, exact": {"method": "nearest", "ratio": 3, "exact": True,
                             "caliper": {"sd": 0.1, "of": "pooled"}},
    "nearest without replacement": {"method": "nearest", "replacement": False},
}  # fmt: skip


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_r_agrees_with_every_method(settings, tmp_path):
    answer = said(study(tmp_path, settings, few=settings == {}))
    assert answer.status == 0, answer.text
    assert answer.largest < 1e-9
    redone = "All: weights: largest difference" in answer.text
    assert redone == settings.get("replacement", True)
    assert ("All: weights are the kit's" in answer.text) != redone


@pytest.mark.parametrize("column", ["weight", "propensity", f"y:{RATE}"])
def test_r_notices_a_changed_value(column, tmp_path):
    script = study(tmp_path, {})
    used = pd.read_csv(tmp_path / CSV)
    row = used.index[(used["treatment"] == 1) & (used["weight"] > 0)][0]
    used[column] = used[column].astype(float)
    used.loc[row, column] = {"weight": 1.001, "propensity": 0.4}.get(
        column, 1 - used.loc[row, column]
    )
    used.to_csv(tmp_path / CSV, index=False)
    answer = said(script)
    assert answer.status == 1
    assert "DOES NOT AGREE" in answer.text
    assert "The second analyst does not agree." in answer.text


def test_the_script_holds_settings_and_nobody(tmp_path):
    text = study(tmp_path, {}).read_text(encoding="utf-8")
    used = pd.read_csv(tmp_path / CSV, dtype=str)
    assert text.isascii()
    scores = [score for score in used["propensity"] if len(score) > 8]
    assert len(scores) > 500
    assert not any(score in text for score in scores)


@pytest.mark.slow
def test_r_agrees_with_both_examples(tmp_path, evidence):
    largest = []
    for name in ("example", "nc_prison_work"):
        request = ROOT / f"params/{name}.yml"
        stages = ("intake", "matching", "outcomes")
        data = in_process.stages(request, tmp_path / name, *stages)
        answer = said(data.parent / "second_analyst.R")
        assert answer.status == 0, answer.text
        largest.append(answer.largest)
    evidence(*SECOND_ANALYST, max(largest))
