"""What moves between the rungs of a ladder, in words."""

from itertools import pairwise
from typing import Any

from helpers.publication.facts.doubts import Rung
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.intervals import SIDES, sized

NOT_TOLD = "One of these two differences is not shown, so how far it moves is not told."


def ladder(data: dict[str, Any]) -> str:
    """Say for each step what changes, and how far the difference moves by it."""
    steps = zip(data["steps"], pairwise(data["rungs"]), strict=True)
    return "".join(
        f"<p>{escape(said)} {_moved(*rungs, data)}</p>" for said, rungs in steps
    )


def _moved(before: Rung, after: Rung, data: dict[str, Any]) -> str:
    numbers = (before.difference, after.difference, after.moved)
    if not all(n.state == "shown" and n.value is not None for n in numbers):
        return NOT_TOLD
    ends = [_difference(n, data) for n in numbers[:2]]
    if after.moved.size.text == "0":
        per = "" if data["kind"] == "amount" else f" {escape(data['per'])}"
        return f"As printed, the difference did not move: {ends[1]}{per} in both."
    return (
        f"The difference moved by {_by(after.moved, data)}, from {' to '.join(ends)}."
    )


def _by(moved: Number, data: dict[str, Any]) -> str:
    if data["kind"] == "amount":
        return sized(moved, "amount", unit=data["unit"])
    one_day = data["kind"] == "days" and moved.size.text == "1"
    return f"{moved.size.html} {'day' if one_day else escape(data['per'])}"


def _difference(number: Number, data: dict[str, Any]) -> str:
    if number.size.text == "0":
        return number.size.html
    amount = data["kind"] == "amount"
    size = _by(number, data) if amount else number.size.html
    return f"{size} {SIDES[data['kind']][number.value > 0]}"
