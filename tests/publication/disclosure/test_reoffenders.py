"""Measures and analyses a few reoffenders apart, by hand."""

import pandas as pd
import pytest

from helpers.publication.cells import Cell
from helpers.publication.disclosure import release, shares
from helpers.publication.disclosure.rules import profile
from helpers.publication.disclosure.structure import structure
from helpers.publication.people import BEFORE, TREATED, Who, as_frame

RATE, OFTEN, TIME = (
    "reoffending_rate",
    "reoffending_frequency",
    "time_to_first_reoffence",
)
TWO_YEARS = tuple(f"{name}_730_days" for name in (RATE, OFTEN, TIME))
VIOLENT = "violent_reoffending_rate", "violent_reoffending_frequency"
VALUES = (RATE, OFTEN, TIME)


def released(analyses):
    """What is released of {analysis: (its people, {measures: who reoffended})}."""
    cells, who = [], []
    for name, (people, measures) in analyses.items():
        groups = {BEFORE: people, TREATED: people}
        who += [Who(name, "group", g, pd.Index(list(p))) for g, p in groups.items()]
        n = len(people)
        cells.append(Cell(f"{name}.n_treatment", n, "count", n))
        for names, events in measures.items():
            events = [one for one in events if one in people]
            for measure in names:
                known = events if measure.startswith(TIME) else list(people)
                who.append(Who(name, "known", measure, pd.Index(known)))
                who.append(Who(name, "event", measure, pd.Index(events)))
                cells += _cells(f"{name}.{measure}", len(known), len(events))
    decision = release(
        cells,
        [],
        profile="default",
        threshold=10,
        analyses=structure([as_frame(who)]),
        headlines=["all"],
    )
    return set(decision.released)


def _cells(base, known, having):
    kind = "rate" if "rate" in base else "mean"
    value = round(100 * having / known) if kind == "rate" else 200
    return [
        Cell(f"{base}.n_treatment", known, "count", known),
        Cell(f"{base}.value_treatment", value, kind, having, known),
    ]


def shown(found, analysis, measures):
    """Which of an analysis' measures are shown, by their values."""
    return [m for m in measures if f"{analysis}.{m}.value_treatment" in found]


@pytest.mark.parametrize("more", [0, 1, 9, 10])
def test_a_second_year_of_few_first_reoffences_goes_whole(more):
    people, first = range(1, 91), range(1, 31)
    both = {VALUES: first, TWO_YEARS: range(1, 31 + more)}
    found = released({"all": (people, both)})
    assert shown(found, "all", VALUES) == list(VALUES)
    assert shown(found, "all", TWO_YEARS) == (list(TWO_YEARS) if more == 10 else [])
    size = f"all.{TWO_YEARS[2]}.n_treatment"
    assert (size in found) == (more == 10)


@pytest.mark.parametrize(("others", "safe"), [(4, False), (12, True)])
def test_few_who_reoffended_otherwise_than_violently_are_not_told(others, safe):
    both = {VALUES: range(1, 49), VIOLENT: range(1, 49 - others)}
    found = released({"all": (range(1, 121), both)})
    assert shown(found, "all", VIOLENT) == (list(VIOLENT) if safe else [])


@pytest.mark.parametrize(
    ("between", "safe"),
    [(3, False), (0, False), (12, True), (24, True), (27, False), (30, False)],
)
def test_who_reoffended_of_those_between_analyses_is_not_told(between, safe):
    # 300 people, 270 of them on wing A; of the other 30 so many reoffended
    everyone, wing = range(1, 301), range(1, 271)
    events = [*range(1, 101), *range(271, 271 + between)]
    found = released(
        {"all": (everyone, {VALUES: events}), "a": (wing, {VALUES: events})}
    )
    assert shown(found, "all", VALUES) == list(VALUES)
    size = f"a.{TIME}.n_treatment"
    assert (size in found) == (safe and between < 21)
    assert "a.n_treatment" in found


def test_two_analyses_that_make_up_a_third_but_for_some_are_not_told():
    # men and women, and 20 of whom no sex is known: three of them reoffended
    events = {VALUES: [*range(1, 41), *range(101, 141), *range(201, 204)]}
    found = released(
        {
            "all": (range(1, 221), events),
            "men": (range(1, 101), events),
            "women": (range(101, 201), events),
        }
    )
    assert f"all.{TIME}.n_treatment" in found
    assert f"men.{TIME}.n_treatment" in found
    assert f"women.{TIME}.n_treatment" not in found


def test_a_rate_and_its_interval_bound_a_count():
    # 38% of 300 is 113 to 115 people; Wilson's limits of these in per cent by R,
    # prop.test(x, 300, correct = FALSE): 32.37 and 43.27, 32.69 and 43.61, 33.01 and
    # 43.95
    rule = profile("default", 10)
    assert shares.people_of(38, 300, rule) == (113, 115)
    assert shares.people_of_rate(113, 300, rule) == (113, 113)
    assert shares.people_of_rate(114, 300, rule) == (114, 115)
