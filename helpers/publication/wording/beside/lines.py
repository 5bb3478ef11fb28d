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

#: of whom a size is worked out, where the design gate has the comparison group alone
BOTH = "from both groups"
NOT_SHOWN, NOT_CLEAR = "not shown", "no clear difference"


def how_soon(data: dict[str, Any]) -> str:
    """Say of curves by which days they differ; of those of several analyses, how many.

    Only days count whose intervals, which hold all at once, leave out no difference.
    """
    curves: list[list[Moment]] = data["curves"]
    said = [_differ(moments) for moments in curves]
    if len(said) == 1:
        return f"{escape(data['name'])}: {said[0]}"
    return f"{escape(data['name'])}: {_differing(said)}"


def _differing(said: Sequence[str]) -> str:
    """Count the curves that differ by some day, and those that do not clearly."""
    open_, hidden = said.count(NOT_CLEAR), said.count(NOT_SHOWN)
    unlike = len(said) - open_ - hidden
    if hidden == len(said):
        return NOT_SHOWN
    if open_ == len(said):
        return f"{'neither' if open_ == 2 else 'none'} differs clearly"
    counts = {
        f"{'differs' if unlike == 1 else 'differ'} by some day": unlike,
        f"with {NOT_CLEAR}": open_,
        NOT_SHOWN: hidden,
    }
    return ", ".join(f"{in_words(n)} {what}" for what, n in counts.items() if n)


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
        said += "s" if differ == 1 else ""
        said = "differ" if len(told) == 1 else said
    return f"{escape(data['name'])}: {said}"


def by_place(data: dict[str, Any]) -> str:
    """Say which findings change where people helped in one place are together."""
    both = [(verdict(p["first"]), verdict(p["second"])) for p in data["pairs"]]
    told = [set(pair) <= set(TESTED) for pair in both]
    changed = [one[0] != one[1] and of for one, of in zip(both, told, strict=True)]
    said = "no finding changes" if any(told) else NOT_SHOWN
    if any(changed):
        lost = all(two == "inconclusive" for (_, two), of in zip(both, changed,
                   strict=True) if of)  # fmt: skip
        said = _which(changed, "become inconclusive" if lost else "change")
    return f"{escape(data['name'])}: {said}"


def _which(changed: Sequence[bool], do: str) -> str:
    """Say which findings change, the first of which is the main one."""
    first, many = changed[0], sum(changed)
    which = f"{in_words(many)} finding{'s' * (many > 1)}"
    if first:
        others = f" and {in_words(many - 1)} other{'s' * (many > 2)}"
        which = f"the main finding{others if many > 1 else ''}"
    verb, _, rest = do.partition(" ")
    return f"{which} {verb}{'s' * (many == 1)} {rest}".rstrip()


def size_found(data: dict[str, Any]) -> str:
    """Say which size of difference would usually be found, as far as that is shown."""
    size = data["detectable"]
    if not _shown(size) or nothing(size):
        return f"What could be found{_of(data)}, {BOTH}: {NOT_SHOWN}"
    told = f"{size.size.html}{COUNTED['rate']}"
    if data["measure"].kind != "rate":
        told = amount(size.size, data["measure"], data["noun"])
    return f"Could be found{_of(data)}, {BOTH}: {told} or more"


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
