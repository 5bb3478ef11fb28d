"""At which days a curve is told: hand-made people, and a law over random ones."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.outcomes.report.over_time import steps

MONTHS = [*range(30, 360, 30), 365]
QUARTERS = [90, 180, 270, 365]


def request(profile="default", threshold=10):
    settings_ = SimpleNamespace(profile=profile, threshold=threshold)
    return SimpleNamespace(disclosure=settings_)


def people(start: int, days: list, treatment: int = 1) -> pd.DataFrame:
    """People of one group by the day of their reoffence, None for none."""
    ids = pd.RangeIndex(start, start + len(days), name="person_id")
    day = pd.Series(days, index=ids, dtype=float)
    return pd.DataFrame(
        {"treatment": treatment, "weight": 1.0, "event": day.notna() * 1.0, "day": day}
    )


def in_each(counts: list[int], days=(50, 130, 220, 300)) -> list:
    """So many in each quarter, all on one day of it, and 20 with none."""
    return [d for d, n in zip(days, counts, strict=True) for _ in range(n)] + [
        None
    ] * 20


def pool(start: int = 10_000) -> pd.DataFrame:
    """A pool in which ten reoffended on each of the days 15, 40, 55, 75 and so on."""
    days = [d for d in range(5, 365, 5) for _ in range(10)]
    return people(start, [*days, *[None] * 20], 0)


def told(treated: dict[str, pd.DataFrame], **of) -> dict[str, list[int]]:
    with_pool = {name: pd.concat([own, pool()]) for name, own in treated.items()}
    return steps.told(with_pool, request(**of), 365)


def test_days_of_a_year():
    assert steps.grids(365) == [MONTHS, QUARTERS]
    assert steps.grids(730)[1] == [180, 360, 540, 730]
    assert steps.grids(1) == []
    assert steps.told({"All": pool()}, request("none"), 1) == {}


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([10, 10, 10, 10], QUARTERS),  # all ten of a quarter on one day of it
        ([10, 9, 10, 10], None),
        ([10, 10, 10, 0], None),
    ],
)
def test_each_quarter_needs_ten_who_reoffended(counts, found):
    days = told({"All": people(0, in_each(counts))})
    assert days == ({"All": found} if found else {})


def test_the_days_of_one_release_are_among_those_of_another():
    for horizon in (365, 730, 100):
        finer, coarser = steps.grids(horizon)
        assert set(coarser) <= set(finer)


def test_the_finest_days_that_hold_enough():
    monthly = [d for d in range(20, 360, 30) for _ in range(10)]
    assert told({"All": people(0, monthly)}) == {"All": MONTHS}
    halves = [d for d in range(20, 360, 45) for _ in range(10)]
    assert told({"All": people(0, halves)}) == {"All": QUARTERS}


def test_a_day_ends_its_step():
    # ten on day 90 and ten on day 91 are in different quarters
    days = in_each([10, 10, 10, 10], (90, 91, 270, 271))
    assert told({"All": people(0, days)}) == {"All": QUARTERS}


def test_the_comparison_group_needs_them_too():
    few = pd.concat(
        [people(0, in_each([10] * 4)), people(100, in_each([10, 10, 3, 10]), 0)]
    )
    assert steps.told({"All": few}, request(), 365) == {}


@pytest.mark.parametrize(
    ("profile", "threshold", "counts", "shown"),
    [
        ("ministry", 10, [10, 0, 10, 10], True),  # nobody is nobody's secret there
        ("ministry", 10, [10, 1, 10, 10], False),
        ("rounded", 10, [8, 8, 8, 8], True),  # its own threshold is eight
        ("rounded", 10, [8, 7, 8, 8], False),
        ("default", 20, [19, 20, 20, 20], False),
        ("none", 10, [1, 0, 0, 0], True),
    ],
)
def test_each_profile_has_its_own_rule(profile, threshold, counts, shown):
    days = told({"All": people(0, in_each(counts))},
                profile=profile, threshold=threshold)  # fmt: skip
    assert bool(days) == shown


# analyses together ------------------------------------------------------------------

MEN = people(0, in_each([15, 15, 15, 15]))


@pytest.mark.parametrize(
    ("women", "found"),
    [
        ([12, 12, 12, 12], ["All", "Men"]),
        ([12, 3, 12, 12], ["All"]),  # all less men would tell of three women
    ],
)
def test_two_curves_tell_of_whom_they_differ_by(women, found):
    everyone = pd.concat([MEN, people(1000, in_each(women))])
    assert list(told({"All": everyone, "Men": MEN})) == found
    assert list(told({"Men": MEN, "All": everyone})) == ["Men", "All"][: len(found)]


def test_three_curves_tell_of_those_in_one_alone():
    # Men and women without the six of whom the sex is not known make up all
    women, others = people(1000, in_each([12] * 4)), people(2000, [50] * 6)
    everyone = pd.concat([MEN, women, others])
    assert list(told({"Men": MEN, "Women": women, "All": everyone})) == ["Men", "Women"]
    nobody = pd.concat([MEN, women])
    assert len(told({"Men": MEN, "Women": women, "All": nobody})) == 3


def test_the_same_people_twice_tell_nothing_more():
    assert list(told({"All": MEN, "Again": MEN})) == ["All", "Again"]


def test_few_who_are_matched_in_one_alone_do_not_hide_the_others():
    # two men are matched among men alone, and three women reoffended in a quarter
    women = people(1000, in_each([12, 3, 12, 12]))
    everyone = pd.concat([MEN.iloc[2:], women])
    assert list(told({"All": everyone, "Men": MEN})) == ["All"]


def test_many_on_both_sides_tell_nothing_of_either():
    one = pd.concat([MEN, people(3000, in_each([12, 3, 12, 12]))])
    other = pd.concat([MEN, people(4000, in_each([12, 4, 12, 12]))])
    assert list(told({"One": one, "Other": other})) == ["One", "Other"]


def test_few_apart_both_ways_is_too_few():
    one = pd.concat([MEN, people(3000, [50] * 5)])
    other = pd.concat([MEN, people(4000, [130] * 5)])
    assert list(told({"One": one, "Other": other})) == ["One"]


days_of = st.lists(st.integers(1, 365), min_size=30, max_size=90)


@settings(max_examples=examples(40))
@given(days_of, days_of, st.integers(3, 12))
def test_no_step_of_what_is_told_holds_a_few(men, women, threshold):
    one = people(0, men)
    everyone = pd.concat([one, people(1000, women)])
    days = told({"All": everyone, "Men": one}, threshold=threshold)
    groups = {"All": everyone["day"], "Men": one["day"]}
    for name, told_ in days.items():
        for first, last in zip([0, *told_], told_, strict=False):
            assert ((groups[name] > first) & (groups[name] <= last)).sum() >= threshold
    if len(days) == 2:
        common = sorted(set(days["All"]) & set(days["Men"]))
        for first, last in zip([0, *common], common, strict=False):
            rest = np.array(women)
            assert ((rest > first) & (rest <= last)).sum() >= threshold
