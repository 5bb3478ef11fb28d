"""A difference and its interval in words, which never need a minus sign."""

from helpers.publication import units
from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.verdicts import verdict

SINGULAR = {"people": "person", "men": "man", "women": "woman", "days": "day"}

#: how a smaller and a larger value of a measure are called
DIRECTIONS = {
    "rate": ("lower", "higher"),
    "frequency": ("lower", "higher"),
    "days": ("shorter", "longer"),
    "amount": ("lower", "higher"),
}
#: how so many less and so many more are called
SIDES = DIRECTIONS | dict.fromkeys(("rate", "frequency"), ("fewer", "more"))


def _one(number: Number, counted: str) -> str:
    """Give a noun or unit after a number: "1 person", "2 people", "1 week"."""
    one = number.size.text == "1"
    return (SINGULAR.get(counted) or units.one(counted)) if one else counted


def _around(kind: str, noun: str, unit: str) -> tuple[str, str]:
    """Give what stands before a number, and the noun or unit that it counts.

    Of a frequency the sentence has just said what is counted.
    """
    if kind == "amount":
        return units.around(unit)
    return "", {"rate": noun, "frequency": "", "days": "days"}[kind]


def sized(number: Number, kind: str, *, noun: str = "", unit: str = "") -> str:
    """Give the size of a number with what it counts: "6 people", "£120", "1 day"."""
    before, after = _around(kind, noun, unit)
    said = f"{escape(before)}{number.size.html}"
    return f"{said} {escape(_one(number, after))}" if after else said


def counted(measure: Measure, noun: str, number: Number) -> str:
    """Give the size of a number of a measure with what it counts."""
    return sized(number, measure.kind, noun=noun, unit=measure.unit)


def in_group(measure: Measure, number: Number) -> str:
    """Give the average of a group with its unit: "40 days", "£4,310", "minus £120".

    A minus is a word, since a screen reader drops the sign. A unit that the name of the
    average has said is not said again.
    """
    less = "minus " if (number.value or 0) < 0 and not nothing(number.level) else ""
    number = number.level
    if units.counts(measure.label, measure.unit):
        return f"{less}{number.size.html}"
    return f"{less}{counted(measure, '', number)}"


def _side(kind: str, number: Number) -> str:
    return SIDES[kind][number.value > 0]


def nothing(number: Number) -> bool:
    """Tell whether a number is printed as 0."""
    return number.size.text == "0"


def _reach(low: Number, high: Number) -> tuple[Number | None, Number | None]:
    """Give how far an interval reaches below and above zero, as printed; None: not."""
    below = low if low.value < 0 and not nothing(low) else None
    above = high if high.value > 0 and not nothing(high) else None
    return below, above


def difference(measure: Measure, per: str) -> str:
    """Give the start of a sentence: "The difference is 6 fewer"."""
    number = measure.difference
    if nothing(number):
        return "The two numbers are almost the same"
    # the sentence says for how many people, and so of what
    said = f"{counted(measure, '', number)} {_side(measure.kind, number)}"
    if measure.kind == "amount":
        return f"The average is {said} in the programme"
    return f"The difference is {said}{per}"


def around(measure: Measure) -> str:
    """Give the difference that an interval lies around: "a difference of 6 fewer"."""
    number = measure.difference
    if nothing(number):
        return f"a difference of about {number.size.html}"
    said = f"{counted(measure, '', number)} {_side(measure.kind, number)}"
    average = measure.kind in ("days", "amount")
    return f"an average that is {said}" if average else f"a difference of {said}"


def _span(low: Number, high: Number, kind: str, unit: str, *, drawn: bool) -> str:
    """Give an interval in words: "2 to 8 fewer", "8 fewer to 3 more", "about 2 fewer".

    In a drawing it is plain text, and says its unit once.
    """
    before, after = _around(kind, "", unit)

    def size(number: Number, *, said: bool = False) -> str:
        what = f" {_one(number, after)}" if said and after else ""
        if drawn:
            return f"{before}{number.size.text}{what}"
        return f"{escape(before)}{number.size.html}{escape(what)}"

    below, above = _reach(low, high)
    if below and above:
        more = f"{size(above, said=not drawn)} {_side(kind, above)}"
        return f"{size(below, said=True)} {_side(kind, below)} to {more}"
    far = below or above
    if not far:
        return size(low) if drawn else f"about {size(low)}"
    near = high if below else low
    most = f"{size(far, said=True)} {_side(kind, far)}"
    if near.size.text == far.size.text:
        return f"about {most}"
    return f"{size(near)} to {most}"


def between(measure: Measure) -> str:
    """Give the interval in words, for a sentence."""
    ends = (measure.ci_low, measure.ci_high)
    return _span(*ends, measure.kind, measure.unit, drawn=False)


def worded(measure: Measure, number: Number) -> str:
    """Give a difference in words: "6 fewer", "6 days shorter", or 0 by itself."""
    if nothing(number):
        return number.size.html
    return f"{counted(measure, '', number)} {_side(measure.kind, number)}"


def drawn_interval(
    low: Number, high: Number, kind: str = "rate", unit: str = ""
) -> str:
    """Give an interval in words for a drawing; `[c]` or `[z]` where it is not shown."""
    for limit in (low, high):
        if limit.state != "shown" or limit.value is None:
            return limit.text
    return _span(low, high, kind, unit, drawn=True)


def drawn_difference(number: Number) -> str:
    """Give a difference in every 100 people in words for a drawing: "4 fewer"."""
    if number.state != "shown" or number.value is None:
        return number.text
    size = number.size.text
    return size if nothing(number) else f"{size} {_side('rate', number)}"


def how_much(measure: Measure, noun: str) -> str:
    """Say how large a difference on one side could be: "between 2 and 8 people"."""
    below, above = _reach(measure.ci_low, measure.ci_high)
    far = below or above
    if not far:
        return f"less than one {escape(_singular(measure, noun))}".strip()
    near = measure.ci_high if below else measure.ci_low
    most = counted(measure, noun, far)
    if nothing(near):
        return f"up to {most}"
    if near.size.text == far.size.text:
        return f"about {most}"
    before, _ = _around(measure.kind, noun, measure.unit)
    return f"between {escape(before)}{near.size.html} and {most}"


def _singular(measure: Measure, noun: str) -> str:
    """Give what one is called of what a difference counts; a frequency has said it."""
    if measure.kind == "amount":
        return units.one(measure.unit)
    return {"rate": SINGULAR.get(noun, noun), "days": "day"}.get(measure.kind, "")


def one_sided(measure: Measure) -> bool:
    """Tell whether the whole interval lies on one side of zero.

    A limit that is printed as nought may have been on either side of it; then the
    verdict tells.
    """
    if measure.ci_high.value < 0 or measure.ci_low.value > 0:
        return True
    return verdict(measure) in ("decrease", "increase")


def sides(measure: Measure) -> tuple[str, str]:
    """Say what a smaller and a larger value of the measure are called."""
    return DIRECTIONS[measure.kind]


def interval(measure: Measure, noun: str) -> str:
    """Give the interval in words: "lower by between 2 and 8 people" (section 9)."""
    less, more = sides(measure)
    if one_sided(measure):
        side = less if measure.ci_low.value < 0 else more
        return f"{side} by {how_much(measure, noun)}"
    below, above = _reach(measure.ci_low, measure.ci_high)
    if not below and not above:
        return f"{less} or {more}, but by {how_much(measure, noun)}"
    many = "much" if units.money(measure.unit) else "many"
    reach = [
        f"{side} by as {many} as {counted(measure, noun, limit)}"
        for side, limit in ((less, below), (more, above))
        if limit
    ]
    return ", or ".join(reach if below and above else ["about the same", *reach])
