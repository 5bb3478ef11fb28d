"""The bench as the analyst sees it: a table and a figure for each analysis."""

from functools import partial

import numpy as np
import pytest
from support import small_study

from helpers.matching import calipers, propensity
from helpers.matching.report import bench

NAME = small_study.NAME


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A run on the odds, its group and model."""
    matching = {"distance": "odds", "method": "nearest"}
    folder = tmp_path_factory.mktemp("run")
    run = small_study.stage(folder, "matching", small_study.study(matching=matching))
    draw = np.random.default_rng(3)
    age = draw.normal(30, 5, 60)
    group = small_study.group([1] * 20 + [0] * 40, {"age": age})
    model = propensity.fit(group.people, "treatment", ["age"])
    return run, {NAME: group}, {NAME: model}


def test_the_table_is_on_the_distance_of_the_analysis_and_says_the_rule(study):
    run, fitted, models = study
    table, figure = bench.of_settings(run, fitted, models, {NAME: models[NAME].score})
    assert "at least 80% of the treated" in table.caption
    assert table.frame["number"].tolist() == list(range(1, 16))
    score = models[NAME].score
    odds = score / (1 - score)
    treated = fitted[NAME].treatment == 1
    sd = np.sqrt((odds[treated].var() + odds[~treated].var()) / 2)
    assert table.frame.loc["radius, 0.2 SD", "width"] == pytest.approx(0.2 * sd)
    assert table.frame["recommended"].sum() <= 1
    assert figure.caption.startswith(NAME)
    assert not run.registered


def test_it_says_where_nothing_is_recommended(study, monkeypatch):
    run, fitted, models = study
    monkeypatch.setattr(bench, "widest", lambda *_, **__: 0.0)
    few = partial(calipers.in_every_way, settings=calipers.SETTINGS[:3])
    monkeypatch.setattr(bench.calipers, "in_every_way", few)
    table, _ = bench.of_settings(run, fitted, models, {NAME: models[NAME].score})
    assert table.caption.endswith(bench.NOBODY)
