"""Matching against plain loops over every pair, straight from the definitions."""

import math
import warnings
from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.errors import DataError, RequestError
from helpers.matching import matching
from helpers.matching.distances import CaliperTooWide
from helpers.matching.methods import kernel as kernel_matching
from helpers.matching.methods.line import Line, Rules, Treated
from helpers.outcomes import estimates

pytestmark = pytest.mark.filterwarnings(
    "ignore::helpers.matching.distances.CaliperTooWide"
)
GRID = 10**10
DISTANCE = {
    "propensity": lambda p: p,
    "logit": lambda p: math.log(p) - math.log1p(-p),
    "odds": lambda p: p / (1 - p),
}


@st.composite
def groups(draw):
    """Scores with many ties, some missing, labels in any order, and strata."""
    n = draw(st.integers(2, 22))
    ticks = st.one_of(st.integers(1, 31), st.sampled_from([8, 16, 24]))
    score = draw(st.lists(ticks.map(lambda k: k / 32), min_size=n, max_size=n))
    gaps = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    score = [math.nan if gap == 0 else p for p, gap in zip(score, gaps, strict=True)]
    treated = draw(st.lists(st.integers(0, 1), min_size=n - 2, max_size=n - 2))
    index = draw(st.permutations(range(100, 100 + n)))
    keys = draw(st.lists(st.sampled_from(["a", "b", None]), min_size=n, max_size=n))
    exact = pd.DataFrame({"key": keys, "same": 1}, index=index)
    return (
        pd.Series(score, index=index, dtype=float),
        pd.Series([1, 0, *treated], index=index),
        draw(st.sampled_from([None, exact])),
    )


def pairs_of(score, treatment, exact, distance):
    """Treated and pool labels in order, and the whole-number gap of each pair."""
    q = {
        label: round(DISTANCE[distance](p) * GRID)
        for label, p in score.dropna().items()
    }
    stratum = dict.fromkeys(q, 0) if exact is None else exact["key"].map(str).to_dict()
    treated = sorted(label for label in q if treatment[label] == 1)
    pool = sorted(label for label in q if treatment[label] == 0)
    gap = {
        (t, c): abs(q[t] - q[c])
        for t in treated
        for c in pool
        if stratum[t] == stratum[c]
    }
    return q, treated, pool, gap


def shared(chosen: dict) -> dict:
    """Weights from the comparison people chosen for each treated person."""
    weights = Counter()
    for label, people in chosen.items():
        if people:
            weights[label] = 1.0
            for person in people:
                weights[person] += 1 / len(people)
    return weights


def radius(score, treatment, exact, distance, caliper):
    _, treated, pool, gap = pairs_of(score, treatment, exact, distance)
    limit = round(caliper * GRID)
    return {t: [c for c in pool if gap.get((t, c), math.inf) <= limit] for t in treated}


def kernel(score, treatment, exact, distance, bandwidth):
    """Weights in exact fractions, of everyone nearer than the bandwidth."""
    _, treated, pool, gap = pairs_of(score, treatment, exact, distance)
    h = round(bandwidth * GRID)
    weights = Counter()
    for t in treated:
        near = {c: gap[t, c] for c in pool if gap.get((t, c), h) < h}
        each = {c: 1 - Fraction(d, h) ** 2 for c, d in near.items()}
        weights[t] += bool(each)
        for c, weight in each.items():
            weights[c] += weight / sum(each.values())
    return {label: float(weight) for label, weight in weights.items()}


def with_replacement(score, treatment, exact, distance, caliper, ratio):
    _, treated, pool, gap = pairs_of(score, treatment, exact, distance)
    limit = math.inf if caliper is None else round(caliper * GRID)
    chosen, tied = {}, 0
    for t in treated:
        inside = sorted(gap[t, c] for c in pool if (t, c) in gap and gap[t, c] <= limit)
        far = inside[min(ratio, len(inside)) - 1] if inside else -1
        chosen[t] = [c for c in pool if (t, c) in gap and gap[t, c] <= far]
        tied += len(chosen[t]) > ratio
    return chosen, tied


def without_replacement(score, treatment, exact, distance, caliper, ratio, order):
    q, treated, pool, gap = pairs_of(score, treatment, exact, distance)
    limit = math.inf if caliper is None else round(caliper * GRID)
    chosen = {t: [] for t in treated}
    free, tied = set(pool), set()
    for _ in range(ratio):
        waiting = set(treated)
        while True:
            open_ = [
                (gap[t, c], t, c)
                for t in waiting
                for c in free
                if (t, c) in gap and gap[t, c] <= limit
            ]
            if not open_:
                break
            if order == "closest":
                d, t, c = min(open_)
            else:
                sign = -1 if order == "largest" else 1
                t = min((sign * q[t], t) for _, t, _ in open_)[1]
                d, t, c = min(pair for pair in open_ if pair[1] == t)
            if sum(pair[:2] == (d, t) for pair in open_) > 1:
                tied.add(t)
            chosen[t].append(c)
            free.remove(c)
            waiting.remove(t)
    return chosen, len(tied)


def agrees(found, chosen, score, treatment, tied):
    weights = pd.Series(shared(chosen), dtype=float).reindex(score.index).fillna(0)
    assert found.weights.index.equals(score.index)
    assert np.allclose(found.weights, weights, rtol=0, atol=1e-12)
    assert ((found.weights > 0) == (weights > 0)).all()  # exactly 0 when not used
    comparison = found.weights[treatment == 0]
    assert comparison.sum() == pytest.approx(found.n_treatment)
    assert found.n_treatment == sum(map(bool, chosen.values()))
    assert found.n_unmatched == (treatment == 1).sum() - found.n_treatment
    assert found.n_comparison == (comparison > 0).sum()
    assert found.n_tied == tied
    if found.n_treatment:
        size = comparison.sum() ** 2 / (comparison**2).sum()
        assert found.effective_comparison == pytest.approx(size)
    else:
        assert found.effective_comparison == 0


def sets_agree(found, chosen):
    """Each matched treated person heads a set, with exactly those taken for them."""
    served = {label: people for label, people in chosen.items() if people}
    expected = [
        [(label, 1.0), *((c, 1 / len(served[label])) for c in sorted(served[label]))]
        for label in sorted(served)
    ]
    assert found.sets["set"].unique().tolist() == list(range(1, len(served) + 1))
    rows = {
        number: list(zip(rows["person"], rows["weight"], strict=True))
        for number, rows in found.sets.groupby("set")
    }
    assert [[r[0], *sorted(r[1:])] for r in rows.values()] == expected
    total = found.sets.groupby("person")["weight"].sum()
    weights = found.weights[found.weights > 0].sort_index()
    assert np.allclose(total.sort_index(), weights, rtol=0, atol=1e-12)


distances = st.sampled_from(["propensity", "logit", "odds"])
calipers = st.sampled_from([1 / 32, 0.0625, 0.1, 0.5, 3.0])
quick = settings(max_examples=examples(100))


@quick
@given(data=groups(), distance=distances, caliper=calipers)
def test_radius_takes_everyone_within_the_caliper(data, distance, caliper):
    score, treatment, exact = data
    found = matching.match(
        score, treatment, distance=distance, caliper=caliper, exact=exact
    )
    chosen = radius(score, treatment, exact, distance, caliper)
    agrees(found, chosen, score, treatment, 0)
    assert found.sets is None
    assert found.width == caliper


def kernel_agrees(score, treatment, exact, distance, bandwidth):
    found = matching.match(
        score,
        treatment,
        method="kernel",
        distance=distance,
        bandwidth=bandwidth,
        exact=exact,
    )
    expected = kernel(score, treatment, exact, distance, bandwidth)
    weights = pd.Series(expected, dtype=float).reindex(score.index).fillna(0)
    # relative: somebody just inside the bandwidth counts for next to nothing, and yet
    np.testing.assert_allclose(found.weights, weights, rtol=1e-13, atol=0)
    treated = treatment[score.index] == 1
    assert found.n_treatment == weights[treated].sum()
    assert found.n_comparison == (weights[~treated] > 0).sum()
    assert found.weights[~treated].sum() == pytest.approx(found.n_treatment)
    assert (found.width, found.n_tied, found.sets) == (bandwidth, 0, None)


@quick
@given(data=groups(), distance=distances, bandwidth=calipers)
def test_kernel_weighs_by_the_distance_in_the_bandwidth(data, distance, bandwidth):
    kernel_agrees(*data, distance, bandwidth)


@settings(max_examples=examples(60))
@given(
    places=st.lists(
        st.tuples(st.booleans(), st.sampled_from([-1, 0, 1]), st.integers(-3, 3)),
        min_size=1,
        max_size=14,
    ),
    h=st.sampled_from([0, 1, 2, 600_000_000, 2**31 + 1, 10**13, 4 * 10**18]),
    centre=st.sampled_from([0, -(10**11), 10**18]),
)
def test_the_kernel_ends_where_the_distance_is_the_bandwidth(places, h, centre):
    # around a point and points a bandwidth off, give or take three of the grid: people
    # whom the kernel leaves out, and who count for a thousand millionth of a person
    q = {True: [], False: []}
    for treated, side, off in places:
        q[treated].append(centre + min(h, 10**18) * side + off)
    pool, seeking = (np.array(q[side], dtype=np.int64) for side in (False, True))
    line = Line(np.zeros(len(pool), dtype=int), pool)
    found = kernel_matching.choose(
        line, Treated(np.zeros(len(seeking), dtype=int), seeking), Rules(h)
    )
    expected = np.zeros(len(pool))
    for one, count in zip(q[True], found.found, strict=True):
        near = [max(h * h - (one - c) ** 2, 0) for c in line.q.tolist()]
        assert count == sum(weight > 0 for weight in near)
        if any(near):
            expected += [float(Fraction(weight, sum(near))) for weight in near]
    np.testing.assert_allclose(found.share, expected, rtol=1e-13, atol=0)


@quick
@given(
    data=groups(),
    distance=distances,
    caliper=st.none() | calipers,
    ratio=st.integers(1, 3),
)
def test_nearest_with_replacement_takes_all_at_the_last_distance(
    data, distance, caliper, ratio
):
    score, treatment, exact = data
    found = matching.match(
        score,
        treatment,
        method="nearest",
        distance=distance,
        caliper=caliper,
        ratio=ratio,
        exact=exact,
    )
    chosen, tied = with_replacement(score, treatment, exact, distance, caliper, ratio)
    agrees(found, chosen, score, treatment, tied)
    sets_agree(found, chosen)


@settings(max_examples=examples(250))
@given(
    data=groups(),
    distance=distances,
    caliper=st.none() | calipers,
    ratio=st.integers(1, 3),
    order=st.sampled_from(["largest", "smallest", "closest"]),
)
def test_nearest_without_replacement_is_greedy_in_the_stated_order(
    data, distance, caliper, ratio, order
):
    score, treatment, exact = data
    found = matching.match(
        score,
        treatment,
        method="nearest",
        distance=distance,
        caliper=caliper,
        ratio=ratio,
        replacement=False,
        order=order,
        exact=exact,
    )
    chosen, tied = without_replacement(
        score, treatment, exact, distance, caliper, ratio, order
    )
    agrees(found, chosen, score, treatment, tied)
    sets_agree(found, chosen)


@quick
@given(
    data=groups(),
    seed=st.integers(0, 99),
    method=st.sampled_from(["radius", "nearest", "kernel"]),
    replacement=st.booleans(),
    order=st.sampled_from(["largest", "smallest", "closest"]),
)
def test_the_order_of_rows_never_matters(data, seed, method, replacement, order):
    score, treatment, exact = data
    options = {
        "method": method,
        "bandwidth" if method == "kernel" else "caliper": 0.2,
        "replacement": replacement,
        "order": order,
    }
    found = matching.match(score, treatment, exact=exact, **options)
    other = exact if exact is None else exact.sample(frac=1, random_state=seed + 1)
    again = matching.match(
        score.sample(frac=1, random_state=seed), treatment, exact=other, **options
    )
    assert (again.weights[score.index] == found.weights).all()
    assert again.n_tied == found.n_tied


@quick
@given(
    data=groups(),
    options=st.sampled_from(
        [
            {"caliper": 0.3},
            {"method": "nearest"},
            {"method": "nearest", "caliper": 0.3},
            {"method": "kernel", "bandwidth": 0.3},
        ]
    ),
)
def test_a_pool_twice_over_leaves_the_estimate_as_it_was(data, options):
    score, treatment, exact = data
    outcome = pd.Series(np.sin(score.index), index=score.index)
    pool = treatment.index[treatment == 0]

    def twice(frame):
        again = frame.loc[pool]
        return pd.concat([frame, again.set_axis(again.index + 1000)])

    once = matching.match(score, treatment, exact=exact, **options)
    both = matching.match(
        twice(score),
        twice(treatment),
        exact=None if exact is None else twice(exact),
        **options,
    )
    found = estimates.difference(outcome, treatment, once.weights)
    other = estimates.difference(twice(outcome), twice(treatment), both.weights)
    for key in ("value_treatment", "value_comparison", "difference"):
        assert other[key] == pytest.approx(found[key], abs=1e-12, nan_ok=True)
    assert both.n_treatment == once.n_treatment
    assert both.n_comparison == 2 * once.n_comparison


@quick
@given(data=groups(), distance=distances)
def test_the_common_range_is_that_of_the_pool_in_the_stratum(data, distance):
    score, treatment, exact = data
    found = matching.within_range(score, treatment, distance, exact)
    q, treated, pool, gap = pairs_of(score, treatment, exact, distance)
    for t in treated:
        near = [q[c] for c in pool if (t, c) in gap]
        inside = bool(near) and min(near) <= q[t] <= max(near)
        assert math.isnan(found[t]) is not inside
    rest = score.drop(treated)
    pd.testing.assert_series_equal(found.drop(treated), rest)


def many(n_treatment: int = 300, n_pool: int = 4000, seed: int = 4):
    draw = np.random.default_rng(seed)
    treatment = pd.Series([1] * n_treatment + [0] * n_pool)
    score = 1 / (1 + np.exp(2 - 0.8 * draw.normal(size=len(treatment))))
    return pd.Series(score), treatment


@pytest.mark.parametrize("order", ["largest", "smallest", "closest"])
def test_larger_groups_agree_with_the_plain_loops(order):
    score, treatment = many(40, 120)
    score = score.round(2)
    found = matching.match(
        score,
        treatment,
        method="nearest",
        ratio=4,
        caliper=0.4,
        replacement=False,
        order=order,
    )
    chosen, tied = without_replacement(score, treatment, None, "logit", 0.4, 4, order)
    agrees(found, chosen, score, treatment, tied)
    sets_agree(found, chosen)


def test_weights_are_exact_in_a_large_pool():
    score, treatment = many(500, 200_000)
    found = matching.match(score, treatment, caliper=0.03)
    q = np.rint(np.log(score / (1 - score)) * 1e10).to_numpy().astype(np.int64)
    mine = np.sort(q[treatment == 1])
    pool = np.sort(q[treatment == 0])
    sizes = np.searchsorted(pool, mine + 3 * 10**8, "right") - np.searchsorted(
        pool, mine - 3 * 10**8
    )
    for row in range(500, 200_500, 4999):
        near = np.abs(mine - q[row]) <= 3 * 10**8
        assert found.weights[row] == pytest.approx(
            math.fsum(1 / sizes[near]), rel=1e-11, abs=0
        )


#: ten people on paper: three treated, seven of the pool, on the propensity scale
TEN = pd.Series(
    [0.30, 0.42, 0.80, 0.28, 0.31, 0.36, 0.40, 0.41, 0.46, 0.70],
    index=["t1", "t2", "t3", "a", "b", "c", "d", "e", "f", "g"],
)
TEN_TREATED = pd.Series([1] * 3 + [0] * 7, index=TEN.index)


@pytest.mark.parametrize(
    "options, weights, effective",
    [
        # within 0.06: t1 has a (0.02), b (0.01), c (0.06, which is inside), a third
        # each; t2 has c (0.06), d (0.02), e (0.01), f (0.04), a quarter each; t3 nobody
        (
            {"caliper": 0.06},
            {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3 + 1 / 4, "d": 1 / 4, "e": 1 / 4,
             "f": 1 / 4},
            4 / (2 / 9 + 49 / 144 + 3 / 16),
        ),
        # nearest: t1 has b, t2 has e, t3 has g (0.10)
        ({"method": "nearest"}, {"b": 1, "e": 1, "g": 1}, 3),
        # the two nearest: t1 a and b, t2 d and e, t3 g and f (0.34)
        (
            {"method": "nearest", "ratio": 2},
            {"a": 1 / 2, "b": 1 / 2, "d": 1 / 2, "e": 1 / 2, "f": 1 / 2, "g": 1 / 2},
            6,
        ),
        # each once, largest first: t3 g, t2 e, t1 b; then t3 f, t2 d, t1 a
        (
            {"method": "nearest", "ratio": 2, "replacement": False},
            {"a": 1 / 2, "b": 1 / 2, "d": 1 / 2, "e": 1 / 2, "f": 1 / 2, "g": 1 / 2},
            6,
        ),
        # closest first within 0.04: t1 b and t2 e (0.01 both), then t1 a and t2 d
        # (0.02 both); t3 has nobody. A third round: t2 f (0.04), so that t2's count 1/3
        (
            {"method": "nearest", "ratio": 3, "replacement": False, "order": "closest",
             "caliper": 0.04},
            {"a": 1 / 2, "b": 1 / 2, "d": 1 / 3, "e": 1 / 3, "f": 1 / 3},
            4 / (1 / 2 + 1 / 3),
        ),
        # kernel, h 0.06, 36 − (100 d)² over 36: t1 has a 32/36 and b 35/36; c, at 0.06,
        # counts for nothing. t2 has d 32/36, e 35/36, f 20/36. So a 32/67, b 35/67,
        # d 32/87, e 35/87, f 20/87; Σw = 2, Σw² = 2249/4489 + 2649/7569
        (
            {"method": "kernel"},
            {"a": 32 / 67, "b": 35 / 67, "d": 32 / 87, "e": 35 / 87, "f": 20 / 87},
            4 / (2249 / 4489 + 2649 / 7569),
        ),
    ],
)  # fmt: skip
def test_ten_people_on_paper(options, weights, effective):
    found = matching.match(TEN, TEN_TREATED, distance="propensity", **options)
    third = options == {"method": "nearest"} or options.get("ratio") == 2
    treated = {"t1": 1, "t2": 1, "t3": int(third)}
    expected = pd.Series(treated | weights, dtype=float).reindex(TEN.index).fillna(0)
    np.testing.assert_allclose(found.weights, expected, rtol=0, atol=1e-12)
    assert (found.n_comparison, found.n_treatment) == (len(weights), 2 + third)
    assert found.effective_comparison == pytest.approx(effective, rel=1e-12)


def test_the_kernel_within_exact_keys():
    # as above, but t1 may have a alone, and t2 d, e and f, of whom e is elsewhere
    key = pd.DataFrame({"key": list("xyyxzxyzyy")}, index=TEN.index)
    found = matching.match(
        TEN, TEN_TREATED, method="kernel", distance="propensity", exact=key
    )
    expected = [1, 1, 0, 1, 0, 0, 32 / 52, 0, 20 / 52, 0]
    np.testing.assert_allclose(found.weights, expected, rtol=0, atol=1e-12)


def test_a_gap_as_wide_as_the_caliper_is_inside():
    # 0.1 + 0.2 is not 0.3 in floating point; on the grid of 1e-10 it is
    score = pd.Series([0.1, 0.3, 0.3000000001, 0.30000000001])
    treatment = pd.Series([1, 0, 0, 0])
    found = matching.match(score, treatment, distance="propensity", caliper=0.2)
    assert found.weights.tolist() == [1, 0.5, 0, 0.5]


def test_ties_are_settled_by_label_and_counted():
    score = pd.Series([0.5, 0.4, 0.6, 0.4], index=["t", "c", "b", "a"])
    treatment = pd.Series([1, 0, 0, 0], index=score.index)
    options = {"method": "nearest", "distance": "propensity"}
    one = matching.match(score, treatment, replacement=False, **options)
    assert one.weights["a"] == 1
    assert one.n_tied == 1
    all_ = matching.match(score, treatment, **options)
    assert all_.n_comparison == 3
    assert all_.n_tied == 1


def test_calipers_in_standard_deviations():
    score, treatment = many()
    logit = np.log(score / (1 - score))
    s_t, s_c = logit[treatment == 1].std(), logit[treatment == 0].std()
    pooled = math.sqrt((s_t**2 + s_c**2) / 2)
    austin = matching.resolve_caliper(
        score, treatment, "logit", {"sd": 0.2, "of": "pooled"}
    )
    assert austin == pytest.approx(0.2 * pooled)
    over_all = matching.resolve_caliper(
        score, treatment, "propensity", {"sd": 0.2, "of": "all"}
    )
    assert over_all == pytest.approx(0.2 * score.std())
    assert matching.resolve_caliper(score, treatment, "odds", 0.7) == 0.7
    assert matching.resolve_caliper(score, treatment, "odds", None) == math.inf
    found = matching.match(score, treatment, caliper={"sd": 0.2, "of": "pooled"})
    assert found.width == austin
    # as in a request, both groups pooled are what a spread is of
    assert matching.match(score, treatment, caliper={"sd": 0.2}).width == austin
    half = {"sd": np.float64(0.2)}
    assert matching.resolve_caliper(score, treatment, "logit", half) == austin
    # people set aside have no score and are no part of the standard deviation
    gap = pd.concat([score, pd.Series([np.nan, np.nan], index=[9001, 9002])])
    more = pd.concat([treatment, pd.Series([1, 0], index=[9001, 9002])])
    found = matching.match(gap, more, caliper={"sd": 0.2, "of": "pooled"})
    assert found.width == austin
    assert found.weights[[9001, 9002]].tolist() == [0, 0]
    assert found.n_unmatched >= 1


def test_wide_calipers_are_warned_of_on_every_scale():
    score, treatment = many()
    logit = np.log(score / (1 - score))
    s = math.sqrt((logit[treatment == 1].var() + logit[treatment == 0].var()) / 2)
    m = score.mean()
    limits = {
        "logit": 0.3 * s,
        "propensity": 0.3 * s * m * (1 - m),
        "odds": 0.3 * s * m / (1 - m),
    }
    for distance, limit in limits.items():
        widest = matching.widest(score, treatment, distance)
        assert widest == pytest.approx(limit)
        with pytest.warns(CaliperTooWide, match=f"on the {distance} scale"):
            matching.match(score, treatment, distance=distance, caliper=1.001 * limit)
        with pytest.warns(CaliperTooWide, match=f"the bandwidth, .* on the {distance}"):
            matching.match(
                score, treatment, method="kernel", distance=distance,
                bandwidth=1.001 * limit,
            )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            matching.match(score, treatment, distance=distance, caliper=0.999 * limit)


def test_no_warning_where_there_is_no_standard_deviation():
    score, treatment = pd.Series([0.2, 0.3, 0.9]), pd.Series([1, 0, 0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert matching.match(score, treatment, caliper=100).n_comparison == 2
    assert math.isnan(matching.widest(score, treatment, "logit"))
    with pytest.raises(DataError, match="too few people"):
        matching.match(score, treatment, caliper={"sd": 1, "of": "pooled"})


def test_nobody_within_reach_is_nobody_matched():
    score, treatment = pd.Series([0.1, 0.9]), pd.Series([1, 0])
    found = matching.match(score, treatment, caliper=0.01)
    assert (found.n_treatment, found.n_comparison, found.n_unmatched) == (0, 0, 1)
    assert found.weights.tolist() == [0, 0]


GOOD = (pd.Series([0.2, 0.3, 0.4]), pd.Series([1, 0, 0]))


@pytest.mark.parametrize(
    "options, message",
    [
        ({}, "caliper: radius matching needs one"),
        ({"method": "raduis", "caliper": 1}, 'method must be .* mean "radius"'),
        ({"method": "kernel", "caliper": 1}, "caliper: kernel matching has none"),
        ({"method": "kernel", "bandwidth": 0}, "bandwidth must be above 0; found 0"),
        ({"method": "kernel", "bandwidth": "wide"}, 'bandwidth must be .*found "wide"'),
        ({"caliper": 1, "distance": "log"}, 'distance must be .* mean "logit"'),
        ({"caliper": 1, "order": "big"}, "order must be largest or smallest"),
        ({"caliper": 0}, "caliper must be above 0; found 0; write for example 0.05"),
        ({"caliper": math.inf}, "caliper must be a number or {sd, of}; found inf"),
        ({"caliper": True}, "caliper must be a number or {sd, of}; found true"),
        ({"caliper": "wide"}, 'caliper must be a number or {sd, of}; found "wide"'),
        ({"caliper": {"of": "all"}}, "caliper.sd is missing"),
        ({"caliper": {"sd": -1, "of": "pooled"}}, "caliper.sd must be above 0; found"),
        ({"caliper": {"sd": 6}}, "caliper.sd must be 5 or less; found 6"),
        (
            {"caliper": {"sdd": 1}},
            "caliper.sdd is not a key of a request; did you mean",
        ),
        ({"caliper": {"sd": 1, "of": "pool"}}, "of must be pooled or all; found"),
        ({"caliper": 1, "ratio": 0}, "ratio must be a whole number from 1; found 0"),
        ({"caliper": 1, "ratio": 1.5}, "ratio must be a whole number from 1"),
        ({"caliper": 1, "exact": pd.DataFrame({"k": [1, 2]})}, "exact: its index"),
    ],
)
def test_bad_arguments_are_named_in_plain_words(options, message):
    with pytest.raises(ValueError, match=message):
        matching.match(*GOOD, **options)


@pytest.mark.parametrize(
    "score, treatment, message",
    [
        ([0.2, 0.3], [1, 0, 0], "treatment: its index must be that of score"),
        ([0.2, 0.3, 0.4], [1, 0, 2], "treatment: must be 1"),
        ([0.2, 0.3, 0.4], [1, 0, np.nan], "treatment: must be 1"),
        ([0.2, 0.3, 0.4], [1, 1, 1], "both groups need people"),
        ([0.2, 1.3, 0.4], [1, 0, 0], "score: 1 are not between 0 and 1"),
        ([0.2, 1.0, 0.0], [1, 0, 0], "score: 2 are too near 0 or 1"),
    ],
)
def test_scores_and_groups_that_do_not_fit_are_refused(score, treatment, message):
    with pytest.raises(ValueError, match=message):
        matching.match(pd.Series(score), pd.Series(treatment), caliper=0.1)


def test_odds_beyond_all_others_in_one_group_are_no_fault():
    # odds of 10,000 million: farther from the pool than anybody, and in no caliper
    score = pd.Series([1 - 1e-10, 0.5, 0.4, 0.5])
    treatment = pd.Series([1, 1, 0, 0])
    nearest = matching.match(score, treatment, method="nearest", distance="odds")
    assert nearest.weights.tolist() == [1, 1, 0, 2]
    radius = matching.match(score, treatment, distance="odds", caliper=0.1)
    assert radius.weights.tolist() == [0, 1, 0, 1]
    both = pd.Series([1 - 1e-10, 0.5, 0.4, 1 - 1e-9])
    with pytest.raises(DataError, match="2 are too near 0 or 1 for distance odds"):
        matching.match(both, treatment, distance="odds", caliper=0.1)


def test_all_problems_are_told_at_once():
    index = pd.Index([1, 1, 2])
    with pytest.raises(RequestError) as caught:
        matching.match(
            GOOD[0].set_axis(index),
            GOOD[1].set_axis(index),
            method="nearst",
            distance="odd",
            ratio=-1,
        )
    assert len(caught.value.problems) == 5


def test_text_labels_and_scores_of_0_and_1_on_the_propensity():
    score = pd.Series([0.0, 1.0, 0.0, 1.0], index=list("dcba"))
    treatment = pd.Series([1, 1, 0, 0], index=score.index)
    found = matching.match(score, treatment, distance="propensity", caliper=0.1)
    assert found.weights.tolist() == [1, 1, 1, 1]


@settings(max_examples=examples(60))
@given(
    groups(),
    st.sampled_from([0.0, 0.1, 0.3, math.inf]),
    st.sampled_from(sorted(DISTANCE)),
)
def test_peers_are_those_inside_the_width_counted_pair_by_pair(people, width, distance):
    score, treatment, exact = people
    counted = matching.peers(score, treatment, width, distance, exact)
    *_, gap = pairs_of(score, treatment, exact, distance)
    limit = math.inf if math.isinf(width) else round(width * GRID)
    near = Counter(treated for (treated, _), far in gap.items() if far <= limit)
    everyone = treatment.index[treatment == 1]
    assert counted.to_dict() == {person: near[person] for person in everyone}
