"""Rungs as cells: people counted by hand, what is needed, what is not told."""

import pandas as pd
import pytest
from support import small_study

from helpers.outcomes import estimates, measures
from helpers.outcomes.report import people
from helpers.outcomes.report.robustness.ladders import ladders, rungs
from helpers.outcomes.report.robustness.ladders.rungs import Place
from helpers.publication.cells import Cell, by_ref
from helpers.publication.people import BEFORE, COMPARISON, POOL, SELECTED, TREATED

NAME, BASE = small_study.NAME, small_study.BASE
RUNG = f"{BASE}_oasys_needs"
RATE = "reoffending_rate"


def matched(treated=8, used=6, events=3, variant="oasys_needs", first=1):
    """So many treated, of whom some are matched, and as many of the pool twice over."""
    n = 3 * treated
    frame = pd.DataFrame({"person_id": range(first, first + n), "treatment": 0})
    frame.loc[: treated - 1, "treatment"] = 1
    frame["weight"] = 0.5
    frame.loc[: treated - 1, "weight"] = 1.0
    frame.loc[used : treated - 1, "weight"] = 0.0
    frame["propensity"] = 0.3
    frame.loc[treated - 1, "propensity"] = None  # set aside
    frame[RATE] = 0.0
    frame.loc[: events - 1, RATE] = 1.0
    frame.loc[n - 8 :, RATE] = 1.0
    return frame.assign(analysis=NAME, variant=variant)


def cells(own, main, *, quality="well", why="", not_shown=frozenset()):
    request = small_study.study()
    outcome = next(o for o in request.outcomes if o.name == RATE)
    found = estimates.difference(own[RATE], own["treatment"], own["weight"])
    rows = measures.rung_table({(NAME, "oasys_needs", RATE): found})
    used = own[own["weight"] > 0].groupby("treatment").size()
    told = pd.DataFrame(
        [
            {
                "analysis": NAME, "variant": "oasys_needs", "label": "With needs",
                "why": why, "quality": None if why else quality,
                "n_treatment": used[1], "n_comparison": used[0],
            }
        ]
    )  # fmt: skip
    of_rung = {(NAME, "oasys_needs"): own}
    both = rungs.Found(rows, of_rung, {NAME: outcome}, {NAME: main}, not_shown)
    return by_ref(rungs.cells(both, told, request))


def test_rates_are_counted_and_the_difference_needs_those_of_the_headline_too():
    # 6 matched of 8, 3 of them with the event: 50%. 16 of the pool, 8 with it: 50%
    found = cells(matched(), matched(10, 9, variant="main"))
    treated = found[f"{RUNG}.{RATE}.value_treatment"]
    assert (treated.value, treated.numerator, treated.denominator) == (50, 3, 6)
    pool = found[f"{RUNG}.{RATE}.value_comparison"]
    assert (pool.value, pool.numerator, pool.denominator) == (50, 8, 16)
    difference = found[f"{RUNG}.{RATE}.difference"]
    assert difference.value == 0
    rates = {f"{base}.{RATE}.value_{group}" for base in (RUNG, BASE)
             for group in ("treatment", "comparison")}  # fmt: skip
    for end in ("difference", "ci_low", "ci_high"):
        assert set(found[f"{RUNG}.{RATE}.{end}"].needs) == rates
    assert f"{RUNG}.{RATE}.p_value" not in found  # nobody asked for it


def test_those_of_an_analysis_who_are_not_on_the_rung_are_its_rest():
    """6 of the analysis' 10 are on the rung: 4 are not, too few to be told."""
    among = cells(matched(), matched(10, 9, variant="main"))
    size = among[f"{RUNG}.n_treatment"]
    assert (size.numerator, size.denominator) == (6, 10)
    others = cells(matched(first=100), matched(10, 9, variant="main"))
    assert others[f"{RUNG}.n_treatment"].denominator is None


def test_an_estimate_on_a_poor_match_has_no_value():
    found = cells(matched(), matched(10, 9, variant="main"), quality="poorly")
    for end in ("value_treatment", "value_comparison", "difference", "ci_low"):
        assert found[f"{RUNG}.{RATE}.{end}"].value is None
    assert found[f"{RUNG}.n_treatment"].value == 6


def test_a_rung_that_could_not_be_matched_has_no_numbers():
    found = cells(matched(), matched(10, 9, variant="main"), why="nobody is left")
    assert {cell.value for cell in found.values()} == {None}
    assert {f"{RUNG}.{name}" for name in ("n_treatment", "match_quality")} < set(found)
    assert f"{RUNG}.{RATE}.difference" in found


def test_the_groups_of_a_rung_are_counted_for_the_disclosure():
    # of 8 treated one has no score, two no match; 16 of the pool have both
    sizes = {one.name: len(one.people) for one in people.of_rung(RUNG, matched())}
    assert sizes == {BEFORE: 7, TREATED: 6, POOL: 16, COMPARISON: 16, SELECTED: 8}
    assert {one.analysis for one in people.of_rung(RUNG, matched())} == {RUNG}


def test_a_frequency_is_told_for_every_100_people():
    outcomes = {o.name: o for o in small_study.study().outcomes}
    often = Place(NAME, "oasys_needs", outcomes["reoffending_frequency"])
    assert often.told("difference").endswith("reoffending_frequency.per_100.difference")
    assert (
        often.rate("value_treatment") == f"{RUNG}.reoffending_frequency.value_treatment"
    )
    assert Place(NAME, "main", outcomes[RATE]).told("ci_low") == f"{BASE}.{RATE}.ci_low"


@pytest.mark.parametrize(
    ("differences", "moved"),
    [((-7.4, -8.6, -8.6), (-2, 0)), ((-7, None, -9), (None, None))],
)
def test_how_far_a_difference_moves_is_taken_from_what_is_printed(
    tmp_path, differences, moved
):
    """−7.4 is printed as 7 fewer and −8.6 as 9 fewer, which is 2 fewer than that."""
    request = small_study.study(disclosure={"profile": "none", "reason": "Made up"})
    outcome = next(o for o in request.outcomes if o.name == RATE)
    run = small_study.stage(tmp_path, "outcomes", request)
    variants = ("main", "oasys_assessed", "oasys_needs")
    places = [Place(NAME, variant, outcome) for variant in variants]
    run.register(
        Cell(place.told("difference"), value, "derived", rounding="whole")
        for place, value in zip(places, differences, strict=True)
    )
    made = list(ladders._moves(run, places))
    assert tuple(cell.value for cell in made) == moved
    assert made[1].needs == tuple(p.told("difference") for p in places[1:])


def test_no_rung_shows_what_the_analysis_itself_may_not_show():
    # or a headline that is withheld for its match would be had from a rung
    main = matched(10, 9, variant="main")
    shown = cells(matched(), main)[f"{RUNG}.{RATE}.difference"]
    hidden = cells(matched(), main, not_shown=frozenset({NAME}))
    assert shown.value is not None
    assert hidden[f"{RUNG}.{RATE}.difference"].value is None
