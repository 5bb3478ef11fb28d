"""Several results taken together: the mean, its interval, a new programme's result."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects
from support.effort import examples

from helpers.charts import synthesis
from helpers.files import ROOT
from helpers.request.limits import POOLED_FROM

EXPECTED = ROOT / "tests" / "expected"
NAMES = ["between", "mean", "low", "high", "predicted_low", "predicted_high"]


@pytest.fixture(scope="module")
def metafor():
    """Each design's effects and variances, with what metafor makes of them."""
    effects = pd.read_csv(EXPECTED / "synthesis_effects.csv")
    found = pd.read_csv(EXPECTED / "synthesis.csv").set_index("design")
    by_design = effects.groupby("design")
    return {name: (by_design.get_group(name), row) for name, row in found.iterrows()}


def test_means_are_those_of_metafor(metafor, evidence):
    """REML, Hartung and Knapp with a floor (its test "adhoc"), and prediction."""
    largest = 0.0
    assert len(metafor) == 14
    for name, (given_, row) in metafor.items():
        made = synthesis.pooled(given_["effect"], given_["variance"])
        assert made.count == row["count"]
        new = made.predicted or (math.nan, math.nan)
        ours = [made.between, made.mean, made.low, made.high, *new]
        # of a design of hundreds of points the size is what a gap is held against
        gaps = [
            abs(one - row[column]) / max(1.0, abs(row[column]))
            for one, column in zip(ours, NAMES, strict=True)
            if not math.isnan(one)
        ]
        assert max(gaps) < 1e-6, name
        assert (made.predicted is None) == (made.count < 5)
        largest = max(largest, *gaps)
    evidence("means of results: τ², mean, intervals", "R metafor (REML)", largest)


def test_the_figures_that_metafor_publishes_of_dat_bcg(metafor):
    # metafor's pages on dat.bcg: log risk ratios, REML −0.7145, τ² 0.3132
    given_, _ = metafor["bcg"]
    made = synthesis.pooled(given_["effect"], given_["variance"])
    assert f"{made.mean:.4f}" == "-0.7145"
    assert f"{made.between:.4f}" == "0.3132"


def test_the_floor_is_that_of_metafor_and_nothing_else(metafor):
    """Its test "knha" has no floor: the widths are apart by the root of q."""
    floored = 0
    for given_, row in metafor.values():
        made = synthesis.pooled(given_["effect"], given_["variance"])
        w = 1 / (given_["variance"] + made.between)
        q = (w * (given_["effect"] - made.mean) ** 2).sum() / (made.count - 1)
        assert made.factor == pytest.approx(max(1, q))
        width, knha = made.high - made.low, row["knha_high"] - row["knha_low"]
        assert width * math.sqrt(q / made.factor) == pytest.approx(knha, abs=1e-6)
        floored += q < 0.999
    assert floored >= 5


def test_printed_limits_give_effect_and_variance_by_hand():
    # −8 to −6: (2/3.919928)² = 0.260318, and 1/24 = 0.041667 for whole points
    assert synthesis.of_interval("-8", "-6") == pytest.approx((-7, 0.301984), abs=1e-6)
    # −13 to −0.2: (12.8/3.919928)² = 10.662616; (1² + 0.1²)/48 = 0.021042
    assert synthesis.of_interval("-13", "-0.2") == pytest.approx(
        (-6.6, 10.683657), abs=1e-6
    )
    # −9 to −1: (8/3.919928)² = 4.165084, and 0.041667
    assert synthesis.of_interval("-9", "-1") == pytest.approx((-5, 4.206751), abs=1e-6)
    # both limits printed alike leave what rounding alone leaves
    assert synthesis.of_interval("2", "2") == pytest.approx((2, 1 / 24))


def test_three_published_results_by_hand():
    """Prisoners' Education Trust 2015, Working Chance 2014, Women's Centres 2015.

    w = 3.311429, 0.093601, 0.237713: Σw = 3.642743, Σwy = −24.986333, so that the mean
    is −6.859209. Q = 0.894 on 2 degrees of freedom, below them, so τ² = 0 and q = 1;
    √(1/3.642743) = 0.523945, times t = 4.302653 is 2.254354.
    """
    pairs = [("-8", "-6"), ("-13", "-0.2"), ("-9", "-1")]
    y, v = zip(*(synthesis.of_interval(*pair) for pair in pairs), strict=True)
    made = synthesis.pooled(y, v)
    assert (made.between, made.factor, made.predicted) == (0, 1, None)
    assert made.mean == pytest.approx(-6.859209, abs=2e-6)
    assert (made.low, made.high) == pytest.approx((-9.113563, -4.604855), abs=3e-6)


@pytest.mark.parametrize(
    ("effects", "variance", "between"),
    [
        ([-9, -5, -1], 4, 12),  # s² = 16, less 4
        ([-6, -6, -3], 5, 0),  # s² = 3, below 5: none
        ([-6, -6, -3], 3, 0),  # s² = 3: the edge
        ([-6, -6, -6, -6], 1, 0),
        ([0, 0, 0, 0, 10], 1, 19),  # s² = 20
    ],
)
def test_equal_variances_have_a_closed_form(effects, variance, between):
    # REML's variance between programmes is then max(0, s² − v), and the mean is plain
    made = synthesis.pooled(effects, [variance] * len(effects))
    assert made.between == pytest.approx(between, abs=1e-9)
    assert made.mean == pytest.approx(np.mean(effects))
    se = math.sqrt(max(np.var(effects, ddof=1), variance) / len(effects))
    reach = stats.t.ppf(0.975, len(effects) - 1) * se
    assert (made.low, made.high) == pytest.approx(
        (made.mean - reach, made.mean + reach)
    )


def test_no_variance_between_is_exactly_none():
    """The largest likelihood at 0 is 0, and no small number beside it."""
    assert synthesis.between([-7.0, -6.6, -5.0], [0.302, 10.684, 4.207]) == 0.0


def test_of_several_peaks_the_highest_is_taken():
    """Two precise results apart and imprecise ones near: held against a fine search."""
    y, v = [0.0, 4.0, 30.0, -30.0, 28.0], [0.01, 0.01, 300.0, 300.0, 300.0]
    tried = np.concatenate([[0], np.geomspace(1e-6, 5000, 200_001)])

    def likelihood(t2):
        w = 1 / (np.array(v) + t2)
        mean = w @ y / w.sum()
        return -(np.log(np.array(v) + t2).sum() + np.log(w.sum())
                 + w @ (y - mean) ** 2) / 2  # fmt: skip

    best = tried[np.argmax([likelihood(t2) for t2 in tried])]
    assert synthesis.between(y, v) == pytest.approx(best, rel=1e-3)


def test_fewer_than_three_make_no_mean():
    with pytest.raises(ValueError, match="2 effects; at least 3"):
        synthesis.pooled([-1, -2], [1, 1])


# statsmodels: neither REML nor the floor, but the interval where they do not bear -----


def test_statsmodels_agrees_where_its_estimate_is_the_same():
    """Equal variances: DerSimonian and Laird's is REML's, and with q ≥ 1 no floor."""
    y, v = np.array([-9.0, -5.0, -1.0, -12.0]), np.full(4, 4.0)
    other = combine_effects(y, v, method_re="dl", use_t=True)
    low, high = other.conf_int(use_t=True)[3]  # of random effects, Hartung and Knapp's
    made = synthesis.pooled(y, v)
    assert made.between == pytest.approx(other.tau2)
    assert made.mean == pytest.approx(other.mean_effect_re)
    assert (made.low, made.high) == pytest.approx((low, high))


# laws ---------------------------------------------------------------------------------

NUMBER = st.floats(-40, 40).map(lambda value: round(value, 3))
VARIANCE = st.floats(0.05, 40).map(lambda value: round(value, 3))
DESIGNS = st.lists(st.tuples(NUMBER, VARIANCE), min_size=POOLED_FROM, max_size=12)


def numbers(made):
    return [made.between, made.mean, made.low, made.high, made.factor,
            *(made.predicted or ())]  # fmt: skip


def close(one, other, scale=1.0):
    # the likelihood is flat about its peak: half the digits are sure
    np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6 * scale)


@settings(max_examples=examples(150), deadline=None)
@given(DESIGNS, st.randoms())
def test_the_order_of_results_does_not_matter(design, random):
    mixed = random.sample(design, len(design))
    close(
        *(numbers(synthesis.pooled(*zip(*one, strict=True))) for one in (design, mixed))
    )


@settings(max_examples=examples(150), deadline=None)
@given(DESIGNS, st.integers(-20, 20))
def test_a_shift_of_every_effect_shifts_the_mean_alone(design, by):
    y, v = map(np.array, zip(*design, strict=True))
    one, other = synthesis.pooled(y, v), synthesis.pooled(y + by, v)
    close(one.mean + by, other.mean)
    close([one.low + by, one.high + by], [other.low, other.high])
    close([one.between, one.factor], [other.between, other.factor])


@settings(max_examples=examples(150), deadline=None)
@given(DESIGNS, st.sampled_from([-3.0, 0.5, 2.0, 10.0]))
def test_another_unit_changes_the_unit_alone(design, by):
    y, v = map(np.array, zip(*design, strict=True))
    one, other = synthesis.pooled(y, v), synthesis.pooled(y * by, v * by**2)
    ends = sorted([one.low * by, one.high * by])
    close([one.mean * by, *ends], [other.mean, other.low, other.high], abs(by))
    close(one.between * by**2, other.between, by**2)


@settings(max_examples=examples(150), deadline=None)
@given(DESIGNS)
def test_what_holds_of_every_mean(design):
    y, v = map(np.array, zip(*design, strict=True))
    made = synthesis.pooled(y, v)
    assert made.factor >= 1
    assert made.between >= 0
    assert min(y) - 1e-9 <= made.mean <= max(y) + 1e-9
    assert made.low < made.mean < made.high
    # never narrower than if all programmes had one effect, and that were known
    fixed = stats.norm.ppf(0.975) / math.sqrt((1 / v).sum())
    assert made.high - made.mean >= fixed * (1 - 1e-9)
    if made.predicted:
        assert made.predicted[0] <= made.low < made.high <= made.predicted[1]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(NUMBER, min_size=3, max_size=9), VARIANCE)
def test_equal_variances_give_the_closed_form(effects, variance):
    made = synthesis.between(effects, [variance] * len(effects))
    assert made == pytest.approx(
        max(0, np.var(effects, ddof=1) - variance), rel=1e-6, abs=1e-6
    )
