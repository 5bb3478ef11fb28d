"""The bench: each row as its match alone gives it, and which one is recommended."""

import math

import numpy as np
import pandas as pd
import pytest
from support import small_study

from helpers.matching import balance, calipers, matching

pytestmark = pytest.mark.filterwarnings(
    "ignore::helpers.matching.distances.CaliperTooWide"
)


@pytest.fixture(scope="module")
def study():
    """Forty treated people and four hundred others, in two strata, some not known."""
    draw = np.random.default_rng(7)
    treatment = pd.Series([1] * 40 + [0] * 400, index=draw.permutation(440))
    people = pd.DataFrame(
        {
            "age": draw.normal(30, 8, 440) + 3 * treatment.to_numpy(),
            "age_squared": draw.normal(size=440),
            "sex": draw.choice(["F", "M"], 440),
        },
        index=treatment.index,
    )
    people.loc[people.index[::50], "age"] = np.nan
    logit = 0.08 * people["age"].fillna(30) - 5
    score = 1 / (1 + np.exp(-logit))
    score[people.index[::73]] = np.nan  # set aside
    return people, treatment, score, people[["sex"]]


#: the settings of the bench, as `match` is asked for them
ASKED = {
    f"radius, {sd} SD": {"caliper": {"sd": sd}}
    for sd in (0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
} | {
    "nearest": {"method": "nearest"},
    "nearest, each once, 0.2 SD": {
        "method": "nearest",
        "caliper": {"sd": 0.2},
        "replacement": False,
    },
    "kernel, 0.06": {"method": "kernel"},
}


@pytest.mark.parametrize("distance", ["logit", "propensity"])
@pytest.mark.parametrize("within", [True, False])
def test_each_row_is_what_its_match_alone_gives(study, distance, within):
    people, treatment, score, keys = study
    exact = keys if within else None
    table = calipers.bench(
        people, treatment, list(people), score, distance=distance, exact=exact
    )
    assert list(table.index) == list(ASKED)
    limit = matching.widest(score, treatment, distance)
    for name, options in ASKED.items():
        match = matching.match(
            score, treatment, distance=distance, exact=exact, **options
        )
        alone = balance.table(people, treatment, match.weights, list(people))
        size = alone.loc[alone["variable"] != "age_squared", "smd_after"].abs()
        row = table.loc[name]
        assert row["width"] == match.width
        assert row["n_treatment"] == match.n_treatment
        assert row["share_matched"] == match.n_treatment / 40
        assert row["n_comparison"] == match.n_comparison
        assert row["effective_comparison"] == match.effective_comparison
        assert row["worst_smd"] == pytest.approx(size.max(), rel=1e-9)
        assert row["mean_smd"] == pytest.approx(size.mean(), rel=1e-9)
        assert row["quality"] == balance.quality(alone)
        assert row["too_wide"] == (limit < match.width < math.inf)
        rubin = balance.rubin(score, treatment, match.weights)
        assert tuple(row[["rubin_b", "rubin_r"]]) == rubin


def recommended(*rows, limit=1.0):
    """Give which of some matches is recommended: treated, unmatched, width, SMD."""
    matches, balances = {}, {}
    for number, (treated, unmatched, width, smd) in enumerate(rows):
        weights = pd.Series([1.0] * treated + [0.0] * unmatched + [treated])
        groups = pd.Series([1] * (treated + unmatched) + [0])
        matches[number] = small_study.matched(weights, groups, width)
        frame = {"variable": ["x", "x_squared"], "level": "", "smd_after": [smd, 99.0]}
        balances[number] = pd.DataFrame(frame)
    table = calipers.judged(matches, balances, limit)
    assert table["recommended"].sum() <= 1
    return next(iter(table.index[table["recommended"]]), None)


@pytest.mark.parametrize(
    "rows, number",
    [
        ([(95, 5, 0.1, 4.0), (95, 5, 0.2, -2.0)], 1),  # the smaller difference
        ([(95, 5, 0.1, 2.43), (97, 3, 0.2, -2.38)], 1),  # both 2.4: more people
        ([(970, 30, 0.1, 2.43), (973, 27, 0.2, 2.38)], 0),  # as many: the first
        ([(98, 2, 0.075, 4.6), (99, 1, 0.1, 5.1)], 0),  # well before reasonably
        ([(95, 5, 0.1, 4.0), (79, 21, 0.05, 1.0)], 0),  # fewer than eight in ten
        ([(95, 5, 0.1, 4.0), (95, 5, 1.1, 1.0)], 0),  # too wide
        ([(95, 5, 0.1, 4.0), (95, 5, math.inf, 1.0)], 1),  # nearest has no width
        ([(95, 5, 0.1, 10.1), (95, 5, 0.2, 12.0)], None),  # all poor
        ([(0, 9, 0.1, math.nan), (95, 5, 0.2, 4.0)], 1),  # nobody matched
    ],
)
def test_one_setting_is_recommended_by_balance_alone(rows, number):
    assert recommended(*rows) == number
