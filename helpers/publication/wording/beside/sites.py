"""What changes where people helped at one place are taken together, in words."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Place, escape
from helpers.publication.wording.intervals import between
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import tag_words, verdict
from helpers.request.limits import SITES

WHY = (
    "The {} in the programme were helped in {} places or more. What happens to people "
    "who were helped in one place may be alike. The first interval takes each person "
    "alone. The second takes those of one place together. All other findings of this "
    "report rest on the first."
)
TOGETHER = "When people helped in one place are taken together"
#: the verdicts of a difference that is tested
TESTED = ("decrease", "increase", "inconclusive")


def sites(data: dict[str, Any]) -> str:
    """Say of each measure how its interval and its finding change by place.

    How many places there are is told by the method's least number alone.
    """
    noun = data["noun"]
    said = [_changes(noun=noun, **pair) for pair in data["pairs"]]
    items = "".join(f"<li>{sentence}</li>" for sentence in said if sentence)
    why = WHY.format(escape(noun), in_words(SITES))
    return f"<p>{why}</p>" + (f"<ul>{items}</ul>" if items else "")


def _changes(first: Measure, second: Measure, noun: str) -> str:
    """Give one measure's second interval; empty where either is not shown."""
    found = verdict(first), verdict(second)
    if not set(found) <= set(TESTED):
        return ""
    before, after = between(first), between(second)
    reach = f"the interval becomes {after}, where it was {before}"
    if _printed(first) == _printed(second):
        reach = f"the interval stays {after}"
    finding = "The finding does not change."
    if found[0] != found[1]:
        words = [tag_words(measure).lower() for measure in (first, second)]
        finding = f"The finding changes from “{words[0]}” to “{words[1]}”."
    return f"{escape(first.title)}: {reach}{per(first, noun)}. {finding}"


def by_place(first: Measure, second: Measure, table: Place, what: str = "this") -> str:
    """Say where the finding changes by place; else nothing.

    The finding itself stays that of the first interval. `what` is what it is called.
    """
    found = verdict(first), verdict(second)
    if not set(found) <= set(TESTED) or found[0] == found[1]:
        return ""
    at = f" ({table.html})" if table.number else ""
    if found[1] == "inconclusive":
        return f"{TOGETHER}, {what} is no longer statistically significant{at}."
    return f"{TOGETHER}, the whole interval is on one side: {between(second)}{at}."


def _printed(measure: Measure) -> list[str]:
    return [number.text for number in (measure.ci_low, measure.ci_high)]


def per(measure: Measure, noun: str) -> str:
    """Say of how many an interval is so many, to follow it; empty for a time."""
    if measure.kind not in ("rate", "frequency"):
        return ""
    return f", for {escape(measure.every_100(noun))}"
