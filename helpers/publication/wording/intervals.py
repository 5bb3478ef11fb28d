"""A difference and its interval in words, which never need a minus sign."""

from helpers.publication.facts import Measure
from helpers.publication.numbers import Number
from helpers.publication.wording.verdicts import escape

SINGULAR = {"people": "person", "men": "man", "women": "woman", "days": "day"}

#: how a smaller and a larger value of a measure are called
DIRECTIONS = {
    "rate": ("lower", "higher"),
    "frequency": ("lower", "higher"),
    "days": ("shorter", "longer"),
}


def magnitude(number: Number) -> str:
    """The size of a limit, its direction being said in words."""
    return Number(number.ref, number.value, "size", number.state).html


def _one(number: Number, noun: str) -> str:
    """A noun after a number: "1 person", "2 people"."""
    one = number.as_("size").text == "1"
    return escape(SINGULAR.get(noun, noun) if one else noun)


def units(measure: Measure, noun: str, number: Number) -> str:
    """What a number counts; of a frequency the sentence has just said it."""
    counted = {"rate": noun, "frequency": "", "days": "days"}[measure.kind]
    return f" {_one(number, counted)}" if counted else ""


def _side(measure: Measure, number: Number) -> str:
    fewer = number.value < 0
    if measure.kind == "days":
        return f"{_one(number, 'days')} {'shorter' if fewer else 'longer'}"
    return "fewer" if fewer else "more"


def _nothing(number: Number) -> bool:
    """Whether a number is printed as 0."""
    return number.as_("size").text == "0"


def _reach(measure: Measure) -> tuple[Number | None, Number | None]:
    """How far an interval reaches below and above zero, as printed; None: not."""
    low, high = measure.ci_low, measure.ci_high
    below = low if low.value < 0 and not _nothing(low) else None
    above = high if high.value > 0 and not _nothing(high) else None
    return below, above


def directed(measure: Measure, number: Number) -> str:
    """A difference or a limit in words: a screen reader drops a minus sign."""
    return f"{magnitude(number)} {_side(measure, number)}"


def difference(measure: Measure, per: str) -> str:
    """The difference as a sentence without its end: "The difference is 6 fewer"."""
    found = measure.difference
    if _nothing(found):
        return "The two groups come out almost the same"
    return f"The difference is {directed(measure, found)}{per}"


def between(measure: Measure) -> str:
    """The interval in words: "2 to 8 fewer", "8 fewer to 3 more", "about 2 fewer"."""
    below, above = _reach(measure)
    if below and above:
        return f"{directed(measure, below)} to {directed(measure, above)}"
    far = below or above
    if not far:
        return f"about {magnitude(measure.ci_low)}"
    near = measure.ci_high if below else measure.ci_low
    if near.as_("size").text == far.as_("size").text:
        return f"about {directed(measure, far)}"
    return f"{magnitude(near)} to {directed(measure, far)}"


def amount(measure: Measure, noun: str) -> str:
    """How large a difference on one side of zero could be: "between 2 and 8 people"."""
    below, above = _reach(measure)
    far = below or above
    if not far:
        one = {"rate": SINGULAR.get(noun, noun), "days": "day"}.get(measure.kind, "")
        return f"less than one {escape(one)}".strip()
    near = measure.ci_high if below else measure.ci_low
    unit = units(measure, noun, far)
    if _nothing(near):
        return f"up to {magnitude(far)}{unit}"
    if near.as_("size").text == far.as_("size").text:
        return f"about {magnitude(far)}{unit}"
    return f"between {magnitude(near)} and {magnitude(far)}{unit}"


def one_sided(measure: Measure) -> bool:
    """Whether the whole interval lies on one side of zero."""
    return measure.ci_high.value < 0 or measure.ci_low.value > 0


def sides(measure: Measure) -> tuple[str, str]:
    """What a smaller and a larger value of the measure are called."""
    return DIRECTIONS[measure.kind]


def interval(measure: Measure, noun: str) -> str:
    """The interval in words: "lower by between 2 and 8 people" (method, section 9)."""
    less, more = sides(measure)
    if one_sided(measure):
        side = less if measure.ci_high.value < 0 else more
        return f"{side} by {amount(measure, noun)}"
    below, above = _reach(measure)
    if not below and not above:
        return f"{less} or {more}, but by {amount(measure, noun)}"
    reach = [
        f"{side} by as many as {magnitude(limit)}{units(measure, noun, limit)}"
        for side, limit in ((less, below), (more, above))
        if limit
    ]
    return ", or ".join(reach if below and above else ["about the same", *reach])
