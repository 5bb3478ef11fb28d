"""A difference and its interval in words, which never need a minus sign."""

from helpers.publication.facts import Measure
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.verdicts import verdict

SINGULAR = {"people": "person", "men": "man", "women": "woman", "days": "day"}

#: how a smaller and a larger value of a measure are called
DIRECTIONS = {
    "rate": ("lower", "higher"),
    "frequency": ("lower", "higher"),
    "days": ("shorter", "longer"),
}


def magnitude(number: Number) -> str:
    """Give the size of a limit, its direction being said in words."""
    return number.as_("size").html


def _one(number: Number, noun: str) -> str:
    """Give a noun after a number: "1 person", "2 people"."""
    one = number.as_("size").text == "1"
    return escape(SINGULAR.get(noun, noun) if one else noun)


def units(measure: Measure, noun: str, number: Number) -> str:
    """Give what a number counts; of a frequency the sentence has just said it."""
    counted = {"rate": noun, "frequency": "", "days": "days"}[measure.kind]
    return f" {_one(number, counted)}" if counted else ""


def _side(kind: str, number: Number, *, unit: bool = True) -> str:
    """Give the direction of a number, with its unit before it."""
    fewer = number.value < 0
    if kind != "days":
        return "fewer" if fewer else "more"
    side = "shorter" if fewer else "longer"
    return f"{_one(number, 'days')} {side}" if unit else side


def _nothing(number: Number) -> bool:
    """Tell whether a number is printed as 0."""
    return number.as_("size").text == "0"


def _reach(low: Number, high: Number) -> tuple[Number | None, Number | None]:
    """Give how far an interval reaches below and above zero, as printed; None: not."""
    below = low if low.value < 0 and not _nothing(low) else None
    above = high if high.value > 0 and not _nothing(high) else None
    return below, above


def difference(measure: Measure, per: str) -> str:
    """Give the start of a sentence: "The difference is 6 fewer"."""
    number = measure.difference
    if _nothing(number):
        return "The two groups come out almost the same"
    return f"The difference is {magnitude(number)} {_side(measure.kind, number)}{per}"


def _span(low: Number, high: Number, kind: str, *, drawn: bool) -> str:
    """Give an interval in words: "2 to 8 fewer", "8 fewer to 3 more", "about 2 fewer".

    In a drawing it is plain text, and says its unit once.
    """

    def size(number: Number) -> str:
        return number.as_("size").text if drawn else magnitude(number)

    below, above = _reach(low, high)
    if below and above:
        more = f"{size(above)} {_side(kind, above, unit=not drawn)}"
        return f"{size(below)} {_side(kind, below)} to {more}"
    far = below or above
    if not far:
        return size(low) if drawn else f"about {size(low)}"
    near = high if below else low
    if near.as_("size").text == far.as_("size").text:
        return f"about {size(far)} {_side(kind, far)}"
    return f"{size(near)} to {size(far)} {_side(kind, far)}"


def between(measure: Measure) -> str:
    """Give the interval in words, for a sentence."""
    return _span(measure.ci_low, measure.ci_high, measure.kind, drawn=False)


def drawn_interval(low: Number, high: Number, kind: str = "rate") -> str:
    """Give an interval in words for a drawing; `[c]` or `[z]` where it is not shown."""
    for limit in (low, high):
        if limit.state != "shown" or limit.value is None:
            return limit.text
    return _span(low, high, kind, drawn=True)


def drawn_difference(number: Number) -> str:
    """Give a difference in every 100 people in words for a drawing: "4 fewer"."""
    if number.state != "shown" or number.value is None:
        return number.text
    size = number.as_("size").text
    return size if _nothing(number) else f"{size} {_side('rate', number)}"


def amount(measure: Measure, noun: str) -> str:
    """Say how large a difference on one side could be: "between 2 and 8 people"."""
    below, above = _reach(measure.ci_low, measure.ci_high)
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
        return f"{side} by {amount(measure, noun)}"
    below, above = _reach(measure.ci_low, measure.ci_high)
    if not below and not above:
        return f"{less} or {more}, but by {amount(measure, noun)}"
    reach = [
        f"{side} by as many as {magnitude(limit)}{units(measure, noun, limit)}"
        for side, limit in ((less, below), (more, above))
        if limit
    ]
    return ", or ".join(reach if below and above else ["about the same", *reach])
