"""What stands beside the estimates, in a line each: what a fold holds and finds."""

from collections.abc import Sequence
from typing import Any

from helpers.publication.facts.measure import Moment
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.beside.over_time import clear, compared
from helpers.publication.wording.beside.precision import amount
from helpers.publication.wording.beside.sites import TESTED
from helpers.publication.wording.intervals import nothing
from helpers.publication.wording.measure.line import COUNTED
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import verdict

NOT_SHOWN, NOT_CLEAR = "not shown", "no clear difference"


def how_soon(data: dict[str, Any]) -> str:
    """Say of curves by which days they differ; of those of several analyses, how many.

    Only days count whose intervals, which hold all at once, leave out no difference.
    """
    curves: list[list[Moment]] = data["curves"]
    said = [_differ(moments) for moments in curves]
    if len(said) == 1:
        return f"{escape(data['name'])}: {said[0]}"
    unlike = [text for text in said if text not in (NOT_SHOWN, NOT_CLEAR)]
    counts = {
        "differ by some day": len(unlike),
        NOT_CLEAR: said.count(NOT_CLEAR),
        NOT_SHOWN: said.count(NOT_SHOWN),
    }
    told = [f"{in_words(n)} {what}" for what, n in counts.items() if n]
    return f"{escape(data['name'])}: {', '.join(told)}"


def _differ(moments: Sequence[Moment]) -> str:
    if not compared(moments):
        return NOT_SHOWN
    sides = [
        f"{side} by day {', '.join(moment.day.html for moment in when)}"
        for side, when in clear(moments).items()
        if when
    ]
    return "; ".join(sides) or NOT_CLEAR


def sub_groups(data: dict[str, Any]) -> str:
    """Say of how many pairs of sub-groups it is shown that the two differ."""
    verdicts = [verdict(pair["measure"]) for pair in data["pairs"]]
    told = [one for one in verdicts if one not in ("withheld", "none")]
    differ = sum(one in ("decrease", "increase") for one in told)
    said = NOT_CLEAR if told else NOT_SHOWN
    if differ:
        said = f"{in_words(differ)} of {in_words(len(told))} differ"
        said = "differ" if len(told) == 1 else said
    return f"{escape(data['name'])}: {said}"


def by_place(data: dict[str, Any]) -> str:
    """Say how many findings change where people helped in one place are together."""
    both = [(verdict(p["first"]), verdict(p["second"])) for p in data["pairs"]]
    told = [pair for pair in both if set(pair) <= set(TESTED)]
    changed = sum(first != second for first, second in told)
    said = "no finding changes" if told else NOT_SHOWN
    if changed:
        said = f"{in_words(changed)} finding{'s' * (changed > 1)} "
        said += "change" if changed > 1 else "changes"
    return f"{escape(data['name'])}: {said}"


def size_found(data: dict[str, Any]) -> str:
    """Say which size of difference would usually be found, as far as that is shown."""
    size = data["detectable"]
    if not _shown(size) or nothing(size):
        return f"Size usually found{_of(data)}: {NOT_SHOWN}"
    told = f"{size.size.html}{COUNTED['rate']}"
    if data["measure"].kind != "rate":
        told = amount(size.size, data["measure"], data["noun"])
    return f"Size usually found{_of(data)}: {told}"


def as_ratios(data: dict[str, Any]) -> str:
    """Give the ratios of an analysis that are shown."""
    told = [
        f"{escape(f'{name[:1].lower()}{name[1:]}')} {ratio.html}"
        for name, ratio in data["ratios"]
        if _shown(ratio)
    ]
    return f"As ratios{_of(data)}: {', '.join(told) or NOT_SHOWN}"


def _of(data: dict[str, Any]) -> str:
    """Name the analysis, where there are several."""
    return f" ({escape(data['analysis'])})" if data["analysis"] else ""


def _shown(number: Any) -> bool:
    return (
        isinstance(number, Number)
        and number.state == "shown"
        and number.value is not None
    )
