"""What measures came to, in a few words: the line of a fold, the cell of a table."""

from collections.abc import Sequence
from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.intervals import (
    DIRECTIONS,
    in_group,
    nothing,
    worded,
)
from helpers.publication.wording.measure.groups import BEFORE, rounding
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import Verdict, verdict, ways

#: a verdict that is no decrease and no increase, in a word or three
IN_BRIEF: dict[Verdict, str] = {
    "inconclusive": "inconclusive",
    "untested": "too few to test",
    "open": "no interval",
    "withheld": "not shown",
    "none": "not shown",
}
#: of how many the two values are, or in what
COUNTED = {"rate": " in 100", "days": " days", "amount": ""}
#: as many of one finding are told as one
ALL = "all"
PARTS = (DIRECTIONS["rate"], DIRECTIONS["days"])


def line(data: dict[str, Any]) -> str:
    """Give measures in a line: "Rate: 35 and 42 in 100, 7 fewer".

    Of several it says how many came to what. `name` is what the line begins with, and
    `form` says in which form they stand there.
    """
    name, measures = data["name"], data["measures"]
    told = of_one(measures[0]) if len(measures) == 1 else of_several(measures)
    form = f", {data['form']}" if data.get("form") else ""
    return f"{escape(name)}{form}: {told}"


def of_one(measure: Measure) -> str:
    """Give the values of both groups and what they come to; less where one is hidden.

    The size of a difference is told of a statistically significant one alone: no other
    may be read as a finding. A frequency has no numbers: its table has it per person,
    which nobody reads at a glance.
    """
    found = verdict(measure)
    if found in ("withheld", "none") or any(v.state != "shown" for v in measure.values):
        return IN_BRIEF["withheld"]
    if measure.kind == "frequency":
        return in_brief(measure)
    treated, compared = (_in_group(measure, value) for value in measure.values)
    both = f"{treated} and {compared}{COUNTED[measure.kind]}"
    clear = found in ("decrease", "increase") and not nothing(measure.difference)
    if not clear:
        return f"{both}, {in_brief(measure)}"
    before = f" {BEFORE.lower()}" if rounding(measure, "") else ""
    return f"{both}, {worded(measure, measure.difference)}{before}"


def _in_group(measure: Measure, value: Number) -> str:
    return in_group(measure, value) if measure.kind == "amount" else value.html


def in_brief(measure: Measure) -> str:
    """Give what a measure came to in a word: "lower", "longer", "inconclusive"."""
    found = verdict(measure)
    if found in ("decrease", "increase"):
        return DIRECTIONS[measure.kind][found == "increase"]
    return IN_BRIEF[found]


def of_several(measures: Sequence[Measure]) -> str:
    """Count in words what measures came to: "three lower, nine inconclusive"."""
    briefs = [in_brief(measure) for measure in measures]
    order = [word for pair in PARTS for word in pair] + list(IN_BRIEF.values())
    counts = {word: briefs.count(word) for word in order if word in briefs}
    if len(counts) == 1:
        (word,) = counts
        both = len(briefs) == 2
        return f"{'both' if both else ALL} {word}"
    return ", ".join(f"{in_words(n)} {word}" for word, n in counts.items())


def finding(measure: Measure) -> str:
    """Give what a measure came to as a table has it: "Decrease", "Too few to test"."""
    found = verdict(measure)
    if found == "withheld":
        return "Hidden, to protect people"
    side = ways(measure).get(found, found)
    brief = IN_BRIEF.get(found, side)
    return f"{brief[:1].upper()}{brief[1:]}"
