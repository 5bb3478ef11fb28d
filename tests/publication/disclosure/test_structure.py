"""Which groups are the same, nested, shared out or a few people apart, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.publication import people
from helpers.publication.cells import Cell
from helpers.publication.disclosure import apart
from helpers.publication.disclosure.apart import Shown, Split
from helpers.publication.disclosure.decision import release
from helpers.publication.disclosure.rules import profile
from helpers.publication.disclosure.structure import structure
from helpers.publication.people import BEFORE, POOL, SELECTED, TREATED, Who

RULE = profile("default", 10)


def columns(name, treated, pool=(), levels=None, before=None):
    """An analysis' Boolean columns; levels are {variable: {level: people}}."""
    groups = {BEFORE: before or treated, TREATED: treated, POOL: pool}
    groups[SELECTED] = groups[BEFORE]
    found = [Who(name, "group", g, pd.Index(list(p), dtype=int))
             for g, p in groups.items()]  # fmt: skip
    for variable, parts in (levels or {}).items():
        found += [
            Who(name, "level", f"{name}.balance.{variable}.{level}",
                pd.Index(list(who)), variable)
            for level, who in parts.items()
        ]  # fmt: skip
    return found


def analyses(*of):
    return structure([people.as_frame([one for part in of for one in part])])


AREAS = {"n1": range(1, 11), "n2": range(11, 21), "s": range(21, 41)}
REGIONS = {"north": range(1, 21), "south": range(21, 41)}


def test_areas_make_up_a_region_and_the_same_people_are_one_level():
    (one,) = analyses(
        columns("a", range(1, 31), range(31, 41), {"area": AREAS, "region": REGIONS})
    )
    by_end = {level.ref.rpartition(".")[2]: level for level in one.levels}
    assert by_end["s"].same == by_end["south"].same
    parts = tuple(by_end[name].same for name in ("n1", "n2"))
    assert one.refines == [(by_end["north"].same, parts)]
    assert by_end["s"].counts == {BEFORE: 10, TREATED: 10, POOL: 10, SELECTED: 10}


def test_two_levels_make_up_another_whatever_the_others_are():
    # "not theft" is no part of a kind of theft, and of violence and fraud neither
    theft = {"theft": range(1, 21), "violence": range(21, 31), "fraud": range(31, 41)}
    kind = {"shop": range(1, 11), "house": range(11, 21), "other": range(21, 41)}
    (one,) = analyses(
        columns("a", range(1, 41), range(41, 41), {"offence": theft, "kind": kind})
    )
    by_end = {level.ref.rpartition(".")[2]: level.same for level in one.levels}
    assert set(one.refines) == {
        (by_end["theft"], (by_end["shop"], by_end["house"])),
        (by_end["other"], (by_end["violence"], by_end["fraud"])),
    }


def test_levels_that_do_not_make_up_everybody_are_refused():
    levels = {"sex": {"f": range(1, 5), "m": range(5, 9)}}
    with pytest.raises(ValueError, match="sex do not make up everybody"):
        analyses(columns("a", range(1, 10), (), levels))


@pytest.mark.parametrize(
    ("other", "few"),
    [
        (range(1, 101), False),  # the same people
        (range(1, 95), True),  # six fewer
        (range(1, 91), False),  # ten fewer: T is safe
        (range(4, 104), True),  # three each way
        (range(1, 401), False),
    ],
)
def test_analyses_a_few_people_apart_give_way_to_the_first(other, few):
    both = analyses(columns("a", range(1, 101)), columns("b", other))
    found = apart.gives_way(both, [], RULE)
    assert {name: why for name, (why, _) in found.items()} == (
        {"b": "apart"} if few else {}
    )
    # what was released before stays, whoever comes first in the report
    (first, second) = both
    earlier = apart.gives_way([first], [second], RULE)
    assert list(earlier) == (["a"] if few else [])


def test_a_report_gives_way_to_a_release_that_was_there_first_and_has_a_size():
    (first, second) = analyses(
        columns("a", range(1, 101)), columns("b", range(1, 98))
    )  # three people apart
    older, newer = "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z"
    for out, was, gives_way in (
        ({"since": older}, newer, True),
        ({"since": newer}, older, False),  # it gave way to these very people
        ({"since": newer}, "", True),  # they are out for the first time
        ({}, newer, True),  # nobody knows since when the other is out
        ({"since": older, "sized": False}, "", False),
    ):
        released = replace(second, **out)
        found = apart.gives_way([replace(first, since=was)], [released], RULE)
        assert list(found) == (["a"] if gives_way else []), out


def test_the_earlier_year_of_a_headline_gives_way_to_it_and_not_to_another_run():
    """Two requests on the same people: nobody gives way but both earlier years."""
    both = analyses(
        columns("all", range(1, 101)), columns("all_negative_control", range(1, 98))
    )
    earlier = [both[0], replace(both[1], sized=False)]
    found = apart.gives_way(both, earlier, RULE)
    assert {name: why for name, (why, _) in found.items()} == {
        "all_negative_control": "apart"
    }


def test_two_analyses_that_make_up_a_third_but_for_a_few_are_apart_from_it():
    found = apart.gives_way(
        analyses(
            columns("all", range(1, 101)),
            columns("men", range(1, 61)),
            columns("women", range(61, 98)),  # three women are in no part
        ),
        [],
        RULE,
    )
    assert list(found) == ["women"]


def test_people_shared_out_by_five_sites_are_seen():
    sites = [columns(f"s{n}", range(20 * n + 1, 20 * n + 21)) for n in range(5)]
    found = apart.splits(analyses(columns("all", range(1, 101)), *sites))
    assert found == [Split("all", ("s0", "s1", "s2", "s3", "s4"))]


def test_an_analysis_holds_another():
    both = analyses(columns("all", range(1, 101)), columns("men", range(1, 61)))
    assert apart.nested(both) == [("all", "men")]


# within an analysis -----------------------------------------------------------------


def shown(ref, numbers):
    column = np.zeros(208, dtype=bool)
    column[list(numbers)] = True
    return Shown(ref, np.packbits(column), (len(numbers), len(numbers)))


def test_a_size_eight_people_short_of_another_is_hidden():
    found = [shown("n", range(1, 120)), shown("often", range(1, 112))]
    assert apart.shown_apart(found, RULE) == ["often"]
    found = [shown("n", range(1, 120)), shown("often", range(1, 110))]
    assert apart.shown_apart(found, RULE) == []  # ten short


def test_outcomes_that_leave_six_people_of_everybody_are_not_all_shown():
    found = [
        shown("n", range(1, 101)),
        shown("work", range(1, 61)),
        shown("training", range(61, 95)),
    ]
    assert apart.shown_apart(found, RULE) == ["training"]


# rates of analyses a few people apart -------------------------------------------------


def study(name, outcome, treated, having):
    """An analysis with one rate, and its cells: a quarter of the treated have it."""
    columns_, ids = columns(name, treated), pd.Index(list(treated))
    event = pd.Index(list(having))
    columns_ += [Who(name, "known", outcome, ids), Who(name, "event", outcome, event)]
    size, rate = f"{name}.n_treatment", f"{name}.{outcome}.value_treatment"
    share = 100 * len(event) / len(ids)
    cells = [
        Cell(size, len(ids), "count", len(ids)),
        Cell(rate, share, "rate", len(event), len(ids), rounding="whole"),
    ]
    return columns_, cells


@pytest.mark.parametrize(
    ("outcome", "more", "hidden"),
    [
        # the same measure of four people more tells of these four
        ("reoffended", (), {"n_treatment", "reoffended.value_treatment"}),
        # another measure has nothing beside it: the size alone goes
        ("before", (), {"n_treatment"}),
        # with an interval of its own, which tells how many people it has, it goes too
        ("before", ("ci_treatment_low",),
         {"n_treatment", "before.value_treatment", "before.ci_treatment_low"}),
    ],
)  # fmt: skip
def test_a_rate_of_its_own_stays_beside_an_analysis_a_few_apart(outcome, more, hidden):
    main, cells = study("main", "reoffended", range(1, 201), range(1, 51))
    other, of_other = study("main_b", outcome, range(1, 205), range(3, 54))
    rate = f"main_b.{outcome}.value_treatment"
    of_other += [Cell(f"main_b.{outcome}.{name}", 20, "derived", needs=(rate,))
                 for name in more]  # fmt: skip
    decision = release(
        [*cells, *of_other], [], profile="default", threshold=10,
        analyses=analyses(main, other), headlines=["main"],
    )  # fmt: skip
    assert set(decision.withheld) == {f"main_b.{name}" for name in hidden}


def test_of_two_rates_of_their_own_a_few_people_apart_the_first_stays():
    main, cells = study("main", "reoffended", range(1, 201), range(1, 51))
    first, of_first = study("main_b", "before", range(1, 205), range(3, 54))
    second, of_second = study("main_c", "before", range(1, 203), range(3, 54))
    decision = release(
        [*cells, *of_first, *of_second], [], profile="default", threshold=10,
        analyses=analyses(main, first, second), headlines=["main"],
    )  # fmt: skip
    shown = {n for n in decision.released if n.endswith("before.value_treatment")}
    assert shown == {"main_b.before.value_treatment"}
