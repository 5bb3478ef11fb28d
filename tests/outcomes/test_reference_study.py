"""The North Carolina study from propensity to estimate, as Python and R gave it."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.matching import balance, matching, propensity
from helpers.outcomes import estimates

ROOT = Path(__file__).parents[2]
REFERENCE = json.loads(
    (ROOT / "tests/expected/nc_prison_work_reference.json").read_text()
)
METHOD = REFERENCE["method_md"]
COVARIATES = REFERENCE["covariates"]
WHO = "reference study (Python and R)"
SCORE_05 = {"distance": "propensity", "caliper": 0.05}
DEFAULT = {"caliper": {"sd": 0.05, "of": "pooled"}}
NEAREST = {"method": "nearest", "distance": "propensity", "replacement": False}


def rounding(value: float) -> float:
    """Give half a unit of the last decimal printed, the sixth of the reference."""
    return 0.5000001e-6 if not float(value).is_integer() else 1e-9


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    path = ROOT / "params/data/nc_prison_work.csv"
    return pd.read_csv(path).set_index("person_id")


@pytest.fixture(scope="module")
def model(people):
    return propensity.fit(people, "treatment", COVARIATES)


@pytest.fixture(scope="module")
def matched(people, model):
    def match(**options):
        return matching.match(model.score, people["treatment"], **options)

    return match


def outcome(people: pd.DataFrame, name: str) -> pd.Series:
    if name.startswith("months"):
        return people["days_to_first_reoffence"] * 12 / 365
    return people["reoffended"]


def largest(found: dict, known: dict, names: dict, decimals: float) -> float:
    gaps = [abs(found[ours] - known[theirs]) for ours, theirs in names.items()]
    assert max(gaps) <= decimals, dict(zip(names, gaps, strict=True))
    return max(gaps)


def test_the_cohort_is_the_one_of_the_reference(people):
    counts = REFERENCE["counts"]
    treated = people["treatment"] == 1
    assert (len(people), treated.sum()) == (REFERENCE["n"], REFERENCE["n_treat"])
    reoffended = people["reoffended"].groupby(treated).sum()
    assert reoffended[True] == counts["reoffend_12m_treat"]
    assert reoffended[False] == counts["reoffend_12m_pool"]


def test_propensity(people, model, evidence):
    known = REFERENCE["ps_logit"]
    estimate = model.coefficients["estimate"] - pd.Series(known["coef"])
    se = model.coefficients["se"] - pd.Series(known["se"])
    gap = max(estimate.abs().max(), se.abs().max())
    assert list(model.coefficients.index) == list(known["coef"])
    assert gap <= rounding(0.1)
    assert model.log_likelihood == pytest.approx(known["loglik"], abs=rounding(0.1))
    share = people["treatment"].mean()
    none = len(people) * (share * np.log(share) + (1 - share) * np.log(1 - share))
    found = {
        "pseudo_r2": 1 - model.log_likelihood / none,
        "ps_mean_treat": model.score[people["treatment"] == 1].mean(),
        "ps_mean_pool": model.score[people["treatment"] == 0].mean(),
        "ps_sd_all": model.score.std(),
        "lin_sd_all": np.log(model.score / (1 - model.score)).std(),
    }
    for group, label in ((1, "ps_min_max_treat"), (0, "ps_min_max_pool")):
        score = model.score[people["treatment"] == group]
        assert [score.min(), score.max()] == pytest.approx(known[label], abs=5.1e-7)
    gap = max(gap, largest(found, known, {name: name for name in found}, 5.1e-7))
    evidence("propensity: coefficients, SE, fit (6 decimals)", WHO, gap)


@pytest.mark.parametrize(
    "block, options, width",
    [
        ("unmatched", None, None),
        ("ps_caliper_0.05", SCORE_05, 0.05),
        ("lin_caliper_0.2sd", {"caliper": {"sd": 0.2, "of": "all"}}, 0.162936),
        ("nearest_1_without_replacement", NEAREST, np.inf),
    ],
)
def test_matched_groups(people, model, matched, evidence, block, options, width):
    known = REFERENCE["radius"].get(block) or REFERENCE[block]
    if options is None:
        weights = pd.Series(1.0, people.index)
    else:
        match = matched(**options)
        weights = match.weights
        assert match.width == pytest.approx(width, abs=5.1e-7)
        assert match.n_treatment == known["n_treat_matched"]
    gap = 0.0
    for name in ("rate_within_horizon", "months_to_return_reoffenders_within_12"):
        y = outcome(people, name)
        found = estimates.difference(y, people["treatment"], weights)
        sizes = {"n_treatment": "n_treat", "n_comparison": "n_comp"}
        largest(found, known[name], sizes, 0)
        means = {"value_treatment": "mean_treat", "value_comparison": "mean_comp"}
        gap = max(gap, largest(found, known[name], means, 5.1e-7))
        assert found["effective_comparison"] == pytest.approx(
            known[name]["ess_comp"], abs=5.1e-5
        )
        total = weights[(people["treatment"] == 0) & y.notna()].sum()
        assert total == pytest.approx(known[name]["sum_w_comp"], abs=5.1e-7)
        test = known[name]["welch_weighted_mean_n_kish"]
        welch = {"difference": "diff"}
        if weights[weights > 0].nunique() == 1:
            # equal weights: Welch's test as everybody has it
            welch |= {"standard_error": "se", "p_value": "p"}
            welch |= {"ci_low": "ci_low", "ci_high": "ci_high"}
            assert found["df"] == pytest.approx(test["df"], abs=5.1e-3)
        gap = max(gap, largest(found, test, welch, 5.1e-7))
    smd = balance.table(people, people["treatment"], weights, COVARIATES, ks=False)
    smd = smd.set_index("variable")["smd_after_treated_sd"] / 100
    # the reference divides by the SD of the treated who were matched, ours of all
    treated = people.loc[people["treatment"] == 1, COVARIATES]
    smd *= treated.std() / treated[weights[treated.index] > 0].std()
    known_smd = pd.Series(known.get("smd_after") or known["smd"])
    gap = max(gap, (smd - known_smd).abs().max())
    assert gap <= 5.1e-7
    evidence(f"{block}: sizes, means, difference, SMD (6 decimals)", WHO, gap)


@pytest.mark.parametrize(
    "block, options, verdict",
    [
        ("radius_propensity_0.05", SCORE_05, "reasonably"),
        ("radius_logit_0.05_pooled_sd", DEFAULT, "well"),
    ],
)
def test_the_weighted_welch_of_the_method(
    people, matched, evidence, block, options, verdict
):
    known = METHOD[block]
    match = matched(**options)
    if "caliper" in known:
        assert match.width == pytest.approx(known["caliper"], abs=5.1e-11)
    names = {
        "n_treatment": "n_t",
        "n_comparison": "n_c",
        "effective_comparison": "ne",
        "value_treatment": "mean_t",
        "value_comparison": "mean_c",
        "difference": "diff",
        "standard_error": "se",
        "df": "df",
        "p_value": "p",
        "ci_low": "lo",
        "ci_high": "hi",
    }
    gap = 0.0
    for name, column in (
        ("rate", "reoffended"),
        ("days_to_first_reoffence", "days_to_first_reoffence"),
    ):
        found = estimates.difference(people[column], people["treatment"], match.weights)
        gap = max(gap, largest(found, known[name], names, 5.1e-8))
        assert found["difference"] / found["standard_error"] == pytest.approx(
            known[name]["t"], abs=5.1e-8
        )
        assert found["significant"] is False
    evidence(f"{block}: estimates (7 decimals)", WHO, gap)
    table = balance.table(people, people["treatment"], match.weights, COVARIATES)
    smd = table.set_index("variable")[["smd_before", "smd_after"]]
    known_smd = pd.DataFrame(
        known["smd_pooled_before_after_per_cent"], index=smd.columns
    ).T
    gap = (smd - known_smd).abs().max().max()
    assert gap <= 5.1e-6
    assert balance.quality(table) == verdict
    evidence(f"{block}: SMD before and after (5 decimals)", WHO, gap)


def test_newcombes_interval_of_the_method(people, matched):
    found = estimates.difference(
        people["reoffended"], people["treatment"], matched(**SCORE_05).weights
    )
    interval = estimates.newcombe(
        found["value_treatment"],
        found["n_treatment"],
        found["value_comparison"],
        found["effective_comparison"],
    )
    assert interval == pytest.approx((-0.0448930, 0.0338101), abs=5.1e-8)


def test_restricted_mean_of_the_method(people, matched):
    days = people["days_to_first_reoffence"].clip(upper=365).fillna(365)
    found = estimates.difference(days, people["treatment"], matched(**DEFAULT).weights)
    assert found["difference"] == pytest.approx(5.0455, abs=5.1e-5)
    assert found["standard_error"] == pytest.approx(5.2733, abs=5.1e-5)
    assert found["p_value"] == pytest.approx(0.3390, abs=5.1e-5)


@pytest.mark.parametrize(
    "options, difference, se, size",
    [
        ({"method": "nearest"}, 0.0342262, 0.0235198, None),
        (
            {
                "method": "nearest",
                "replacement": False,
                "caliper": {"sd": 0.2, "of": "pooled"},
            },
            -0.0038023,
            0.0194772,
            526,
        ),
    ],
)
def test_nearest_on_the_logit_of_the_method(
    people, matched, evidence, options, difference, se, size
):
    match = matched(**options)
    found = estimates.difference(
        people["reoffended"], people["treatment"], match.weights
    )
    gap = max(abs(found["difference"] - difference), abs(found["standard_error"] - se))
    assert gap <= 5.1e-8
    assert size is None or match.n_treatment == size
    table = balance.table(people, people["treatment"], match.weights, COVARIATES)
    assert balance.quality(table) == "poorly"
    evidence(
        "nearest on the logit: difference, SE (7 decimals)",
        "computed once outside the kit",
        gap,
    )


def test_the_kernel_on_the_logit_of_the_method(people, matched, evidence):
    match = matched(method="kernel")
    found = estimates.difference(
        people["reoffended"], people["treatment"], match.weights
    )
    gaps = (
        abs(found["difference"] + 0.0145511),
        abs(found["standard_error"] - 0.0234577),
    )
    assert max(gaps) <= 5.1e-8
    assert match.n_treatment == 665
    evidence(
        "kernel on the logit: difference, SE (7 decimals)",
        "computed once outside the kit",
        max(gaps),
    )


def test_the_widest_caliper_of_the_method(people, model):
    limit = matching.widest(model.score, people["treatment"], "propensity")
    assert limit == pytest.approx(0.0571, abs=5.1e-5)


@pytest.mark.parametrize("factor, shift", [(0.01, 0), (12, -40), (-3.7, 1e4)])
def test_units_of_a_covariate_leave_the_weights_unchanged(
    people, matched, factor, shift
):
    changed = people.assign(age=people["age"] * factor + shift)
    changed = changed.sample(frac=1, random_state=1)
    model = propensity.fit(changed, "treatment", COVARIATES)
    for options in (SCORE_05, DEFAULT, NEAREST):
        other = matching.match(model.score, changed["treatment"], **options)
        weights = other.weights.reindex(people.index)
        assert np.allclose(weights, matched(**options).weights, atol=1e-12)
