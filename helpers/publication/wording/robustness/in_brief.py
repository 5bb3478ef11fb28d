"""Whether the answer holds: three short sentences, and the lines of what is folded."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.beside.precision import amount
from helpers.publication.wording.intervals import DIRECTIONS, nothing
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.robustness.estimators import Tally, tally
from helpers.publication.wording.verdicts import verdict

WAYS, YEAR, MADE_UP = "other ways", "An earlier year", "made-up programmes"
NOT_SHOWN = "not shown"
#: of whom the size that could be found is worked out, before any result is known
ALONE = "from the comparison group alone"
#: what the earlier year says, by its verdict
EARLIER = {
    "decrease": "<strong>Warning:</strong> in an earlier year, before the programme, "
    "the groups already differed.",
    "inconclusive": "In an earlier year, before the programme, no clear difference was "
    "found.",
    "untested": "Of an earlier year, before the programme, too little is known for a "
    "test.",
    "withheld": "What was found of an earlier year is not shown, to protect people.",
    "none": "Whether the groups differed in an earlier year is not known.",
}
EARLIER |= {"increase": EARLIER["decrease"], "open": EARLIER["none"]}


def holds(data: dict[str, Any]) -> str:
    """Say whether the answer holds, as far as each of three checks was made."""
    said = [
        _ways(data["ways"]) if data["ways"] else "",
        EARLIER[verdict(data["earlier"])] if data["earlier"] else "",
        _made_up(data["placebo"]) if data["placebo"] else "",
    ]
    whose = f"<strong>{escape(data['analysis'])}.</strong> " if data["several"] else ""
    return f"<p>{whose}{' '.join(filter(None, said))}</p>"


def _ways(data: dict[str, Any]) -> str:
    """Say whether other ways of comparing agree."""
    count, found = tally(data["ways"]), verdict(data["measure"])
    if not count.ways or _hidden(data["measure"]):
        return "By other ways of comparing nothing can be shown."
    if found in ("decrease", "increase"):
        said = _come_out(data, count, found)
    elif count.clear:
        said = _open_or_not(data, count)
    else:
        said = f"{_every(count)} {_verb('leave', count)} it open too"
    return f"{said}{_poor(count)}."


def _every(count: Tally) -> str:
    all_ = {1: "The one other way", 2: "Both other ways"}
    ways = all_.get(count.ways, f"All {in_words(count.ways)} other ways")
    return f"{ways} of comparing"


def _come_out(data: dict[str, Any], count: Tally, found: str) -> str:
    """Say on which side the differences lie, and how many of them clearly."""
    sides = DIRECTIONS[data["measure"].kind]
    same = count.lower if found == "decrease" else count.higher
    if same == count.ways:
        side = sides[found == "increase"]
        said = f"{_every(count)} also {_verb('come', count)} out {side}"
    else:
        said = (
            f"By {in_words(count.ways)} other ways of comparing: {_sides(data, count)}"
        )
    if count.ways == 1:
        return f"{said}, {'clearly' if count.clear else 'but not clearly'}"
    return f"{said}, {_number(count.clear, count)} clearly"


def _open_or_not(data: dict[str, Any], count: Tally) -> str:
    """Say how many leave open what the finding leaves open, and how many do not."""
    ways = "one other way" if count.ways == 1 else f"{in_words(count.ways)} {WAYS}"
    return f"By {ways} of comparing: {_leave_open(data, count)}"


def _poor(count: Tally) -> str:
    """Say in how many the groups are not alike enough to give them much weight."""
    if not count.poor:
        return ""
    return f" (in {_number(count.poor, count)} the groups are not alike enough)"


def _number(some: int, count: Tally) -> str:
    if some == count.ways:
        return "all" if some > 1 else "it"
    return in_words(some) if some else "none"


def _verb(verb: str, count: Tally) -> str:
    return verb if count.ways > 1 else f"{verb}s"


def _hidden(measure: Measure) -> bool:
    return verdict(measure) in ("withheld", "none", "open")


def _sides(data: dict[str, Any], count: Tally) -> str:
    """Give how many differences lie on which side: "nine lower, two higher"."""
    less, more = DIRECTIONS[data["measure"].kind]
    even = count.ways - count.lower - count.higher
    each = {less: count.lower, more: count.higher, "no different": even}
    return _counts(each, count)


def _leave_open(data: dict[str, Any], count: Tally) -> str:
    """Give how many leave it open, and how many are clear and on which side."""
    less, more = DIRECTIONS[data["measure"].kind]
    left = count.ways - count.clear
    each = {f"clearly {less}": count.clear_lower, f"clearly {more}": count.clear_higher}
    return _counts({"open": left} | each, count)


def _counts(each: dict[str, int], count: Tally) -> str:
    told = {words: n for words, n in each.items() if n}
    if len(told) == 1 and count.ways > 1:
        return f"all {next(iter(told))}"
    if count.ways == 1:
        return next(iter(told))
    return ", ".join(f"{in_words(n)} {words}" for words, n in told.items())


def _made_up(data: dict[str, Any]) -> str:
    """Say how many made-up programmes came to as large a difference."""
    if data["none"]:
        return "Made-up programmes could not be judged."
    if not _placed(data):
        return "How made-up programmes came out is not shown."
    return f"Of {_of(data)}, {_large(data)} came to as large a difference."


def _of(data: dict[str, Any]) -> str:
    return f"{data['estimated'].html} {MADE_UP}"


def _large(data: dict[str, Any]) -> str:
    large, of = data["as_large"], data["estimated"]
    if not large.value:
        return "none"
    return "all" if large.value == of.value else large.html


def _placed(data: dict[str, Any]) -> bool:
    large: Number = data["as_large"]
    return large.state == "shown" and large.value is not None


def ways_line(data: dict[str, Any]) -> str:
    """Give the line of other ways: "Eleven other ways: all lower"."""
    count = tally(data["ways"])
    whose = f"{escape(data['analysis'])}: " if data["whose"] else ""
    if not count.ways or _hidden(data["measure"]):
        return f"{whose}{_begun(WAYS, whose)} {NOT_SHOWN}"
    told = _sides if verdict(data["measure"]) in ("decrease", "increase") else (
        _leave_open
    )  # fmt: skip
    ways = "one other way" if count.ways == 1 else f"{in_words(count.ways)} {WAYS}"
    return f"{whose}{_begun(ways, whose)} {told(data, count)}"


def _begun(what: str, whose: str) -> str:
    """Begin a line with a capital, or go on after the name of an analysis."""
    return what if whose else f"{what[:1].upper()}{what[1:]}:"


def earlier_line(data: dict[str, Any]) -> str:
    """Give the line of the earlier year: "An earlier year: 41 and 43 in 100"."""
    measure = data["measure"]
    year = f"{YEAR}{_whose(data)}"
    if verdict(measure) in ("none", "open"):
        return f"{year}: not known"
    if any(n.state != "shown" or n.value is None for n in measure.values):
        return f"{year}: {NOT_SHOWN}"
    ours, theirs = (number.html for number in measure.values)
    return f"{year}: {ours} and {theirs} in 100"


def made_up_line(data: dict[str, Any]) -> str:
    """Give the line of made-up programmes: "200 made-up programmes: 4 as large"."""
    if data["none"] or not _placed(data):
        what = "none to judge by" if data["none"] else NOT_SHOWN
        return f"{_begun(MADE_UP, '')} {what}"
    return f"{_of(data)}: {_large(data)} as large"


def found_line(data: dict[str, Any]) -> str:
    """Give the line of what could be found, as foreseen before any result."""
    value = data["value"]
    if value.state != "shown" or value.value is None or nothing(value):
        return f"What could be found{_whose(data)}, {ALONE}: {NOT_SHOWN}"
    size = amount(value, data["measure"], data["noun"])
    found = size.replace("every ", "")
    return f"Could be found{_whose(data)}, {ALONE}: {found} or more"


def _whose(data: dict[str, Any]) -> str:
    """Name the analysis where the fold tells of others too."""
    return f" ({escape(data['analysis'])})" if data["whose"] else ""
