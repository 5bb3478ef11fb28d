"""Whether another library's fit is told to agree, or not to."""

import numpy as np
import pandas as pd
import pytest

from helpers.matching import propensity
from helpers.matching.fitting import refit


@pytest.fixture(scope="module")
def fitted():
    draw = np.random.default_rng(4)
    people = pd.DataFrame(
        {
            "age": draw.normal(35, 9, 500),
            "const": draw.poisson(2, 500),  # named as the constant is
            "area": draw.choice(list("abcdefghij"), 500),
            "gap": np.where(draw.random(500) < 0.1, np.nan, draw.normal(size=500)),
        }
    )
    people["treatment"] = (draw.random(500) < 0.3).astype(int)
    names = [name for name in people if name != "treatment"]
    return people, names, propensity.fit(people, "treatment", names)


def agreement(fitted, **changes):
    people, names, model = fitted
    score, coefficients = model.score, model.coefficients
    of = {"score": score, "coefficients": coefficients} | changes
    return refit.agreement(people, names, **of)


def test_another_fit_comes_to_the_same(fitted):
    both = agreement(fitted)
    assert both.good
    assert both.score < 1e-9 and both.error < 1e-7


def test_scores_and_standard_errors_that_are_wrong_are_seen(fitted):
    _, _, model = fitted
    wrong = model.score.copy()
    wrong.iloc[7] += 1e-5
    assert not agreement(fitted, score=wrong).good
    table = model.coefficients.copy()
    table.loc["age", "se"] *= 1.01
    other = agreement(fitted, coefficients=table)
    assert not other.good
    assert other.error == pytest.approx(1 - 1 / 1.01)


def test_so_many_people_are_not_fitted_again(fitted, monkeypatch):
    monkeypatch.setattr(refit, "NUMBERS", 500)
    assert agreement(fitted) is None
