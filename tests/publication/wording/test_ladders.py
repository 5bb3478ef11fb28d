"""What moves between the rungs of a ladder, in words."""

import re

import pytest

from helpers.publication import units
from helpers.publication.facts.doubts import Rung
from helpers.publication.numbers import Number
from helpers.publication.wording.ladders import NOT_TOLD, ladder

STEPS = ["Only the people change.", "Only needs are added."]


def number(name, value, format):
    state = value if value in ("c", "z") else "shown"
    return Number(name, None if state != "shown" else value, format, state)


def said(differences, moves, kind="rate", per="in every 100 people"):
    side = {"days": "shorter", "amount": units.formats(per)[1]}.get(kind, "fewer")
    rungs = [
        Rung(
            f"Rung {i}",
            number(f"n{i}", 200, "count"),
            number(f"d{i}", difference, side),
            number(f"l{i}", difference, side),
            number(f"h{i}", difference, side),
            "" if moved is None else number(f"m{i}", moved, side),
        )
        for i, (difference, moved) in enumerate(
            zip(differences, [None, *moves], strict=True)
        )
    ]
    data = {"kind": kind, "title": "", "per": per, "rungs": rungs, "steps": STEPS}
    data["unit"] = per if kind == "amount" else ""
    return re.findall(
        r"<p>(.*?)</p>", re.sub(r"</?(data|span)[^>]*>", "", ladder(data))
    )


def test_each_step_says_what_changes_and_how_far_the_difference_moves():
    assert said([-8, -6, 1], [2, 7]) == [
        "Only the people change. The difference moved by 2 in every 100 people, from 8 "
        "fewer to 6 fewer.",
        "Only needs are added. The difference moved by 7 in every 100 people, from 6 "
        "fewer to 1 more.",
    ]


def test_what_does_not_move_as_printed_is_said_so():
    assert said([-8, -8, 0], [0, 8]) == [
        "Only the people change. As printed, the difference did not move: 8 fewer in "
        "every 100 people in both.",
        "Only needs are added. The difference moved by 8 in every 100 people, from 8 "
        "fewer to 0.",
    ]


def test_a_time_is_shorter_or_longer():
    assert said([-15, -16, 4], [-1, 20], "days", "days") == [
        "Only the people change. The difference moved by 1 day, from 15 shorter to 16 "
        "shorter.",
        "Only needs are added. The difference moved by 20 days, from 16 shorter to 4 "
        "longer.",
    ]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "£",
            ["The difference moved by £1, from £15 lower to £16 lower.",
             "The difference moved by £20, from £16 lower to £4 higher."],
        ),
        (
            "weeks",
            ["The difference moved by 1 week, from 15 weeks lower to 16 weeks lower.",
             "The difference moved by 20 weeks, from 16 weeks lower to 4 weeks "
             "higher."],
        ),
    ],
)  # fmt: skip
def test_an_amount_has_its_unit(unit, expected):
    moved = said([-15, -16, 4], [-1, 20], "amount", unit)
    assert moved == [
        f"{step} {text}" for step, text in zip(STEPS, expected, strict=True)
    ]


@pytest.mark.parametrize("state", ["c", "z"])
def test_of_a_difference_that_is_not_shown_nothing_is_told(state):
    """Hidden to protect people, or never made: the words are the same."""
    assert said([-8, state, -5], [state, state]) == [
        f"Only the people change. {NOT_TOLD}",
        f"Only needs are added. {NOT_TOLD}",
    ]
