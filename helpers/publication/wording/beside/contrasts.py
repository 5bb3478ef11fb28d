"""Sub-groups compared with each other, in words."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.beside.sites import per
from helpers.publication.wording.intervals import between, nothing, worded
from helpers.publication.wording.verdicts import verdict

WHY = (
    "A result that is statistically significant for one group of people and not for "
    "another does not show by itself that the two differ. Here their differences from "
    "their own comparison groups are compared with each other."
)
NOT_SHOWN = "Where a number that this needs is not shown, the two are not compared."
DIFFER = "This is evidence that the two differ."
MEANS = {
    "decrease": DIFFER,
    "increase": DIFFER,
    "inconclusive": "This is not statistically significant: more people would need to "
    "be analysed to know whether the two differ.",
    "untested": "Too few people are behind the two to test this, so it is not known "
    "whether they differ.",
}


def contrasts(data: dict[str, Any]) -> str:
    """Say of each pair and measure how far apart the two are, and whether they differ.

    A measure's two values are the differences that the two groups of people come to.
    """
    said = [_compared(**pair) for pair in data["pairs"]]
    items = "".join(f"<li>{sentence}</li>" for sentence in said if sentence)
    why = WHY if all(said) else f"{WHY} {NOT_SHOWN}"
    return f"<p>{why}</p>" + (f"<ul>{items}</ul>" if items else "")


def _compared(first: str, second: str, noun: str, measure: Measure) -> str:
    """Compare two groups of people in one measure; empty where it is not shown."""
    title, found = escape(measure.title), verdict(measure)
    one, other = (f"“{escape(name)}”" for name in (first, second))
    numbers = (*measure.values, measure.difference)
    if found in ("withheld", "none", "open") or any(
        n.state != "shown" for n in numbers
    ):
        return ""
    each = [worded(measure, number) for number in measure.values]
    apart = worded(measure, measure.difference)
    gap = f"That is {apart} for {one} than for {other}"
    if nothing(measure.difference):
        gap = "The two are almost the same"
    before = "" if _adds_up(measure) else ", taken before rounding"
    return (
        f"{title}: for {one} the difference is {each[0]}, for {other} {each[1]}"
        f"{per(measure, noun)}. {gap}{before}, with an interval of {between(measure)}. "
        f"{MEANS[found]}"
    )


def _adds_up(measure: Measure) -> bool:
    """Tell whether the two differences, as printed, are as far apart as is said."""
    first, second, apart = (
        float(number.size.text.replace(",", "")) * (-1 if number.value < 0 else 1)
        for number in (*measure.values, measure.difference)
    )
    return round(first - second - apart, 1) == 0
