"""The verdict on one measure, and its interval in words."""

import html
from typing import Any, Literal

from helpers.publication.numbers import Number

Verdict = Literal[
    "decrease", "increase", "inconclusive", "untested", "withheld", "none"
]

SINGULAR = {"people": "person", "men": "man", "women": "woman", "days": "day"}

ALPHA = 0.05  # significant at p of 0.05 or less (method, section 5)

TAGS: dict[str, str] = {
    "decrease": "Statistically significant decrease",
    "increase": "Statistically significant increase",
    "inconclusive": "Inconclusive",
    "untested": "Inconclusive: too few people to test",
    "withheld": "Not shown, to protect people",
    "none": "Not shown",
}

#: how a smaller and a larger value of a measure are called
DIRECTIONS = {
    "rate": ("lower", "higher"),
    "frequency": ("lower", "higher"),
    "days": ("shorter", "longer"),
}


def _known(number: Number) -> bool:
    return number.state == "shown" and number.value is not None


def verdict(measure: dict[str, Any]) -> Verdict:
    """The verdict behind every word on a measure: from its interval and its p."""
    low, high, p = measure["ci_low"], measure["ci_high"], measure["p_value"]
    if "c" in (low.state, high.state, p.state):
        return "withheld"
    if not (_known(low) and _known(high)):
        return "none"
    if not _known(p):
        return "untested"
    if p.value <= ALPHA and high.value < 0:
        return "decrease"
    if p.value <= ALPHA and low.value > 0:
        return "increase"
    return "inconclusive"


def escape(text: str) -> str:
    """Own words of a request, safe in HTML."""
    return html.escape(str(text), quote=True)


def magnitude(number: Number) -> str:
    """The size of a limit, its direction being said in words."""
    return Number(number.ref, number.value, "size", number.state).html


def attributes(measure: dict[str, Any]) -> str:
    """The numbers behind a verdict, for whoever checks the words against them."""
    found = verdict(measure)
    if found in ("withheld", "none"):
        return 'data-verdict="withheld"'
    p = measure["p_value"]
    values = {
        "verdict": "inconclusive" if found == "untested" else found,
        "estimate": measure["difference"].value,
        "lower": measure["ci_low"].value,
        "upper": measure["ci_high"].value,
        "p": p.value if _known(p) else "",
    }
    return " ".join(f'data-{name}="{value}"' for name, value in values.items())


def colour(measure: dict[str, Any]) -> str:
    """The colour of a verdict; a time has none, since a longer one is no harm."""
    found = verdict(measure)
    if found in ("decrease", "increase"):
        return "time" if measure["kind"] == "days" else found
    return "inconclusive"


def tag(measure: dict[str, Any]) -> str:
    """The verdict as a tag; its colour only repeats what the words say."""
    text = TAGS[verdict(measure)]
    if measure["kind"] == "days":
        text = text.replace("decrease", "difference: shorter")
        text = text.replace("increase", "difference: longer")
    return f'<p class="jdl-tag jdl-tag--{colour(measure)}">{text}</p>'


def _one(number: Number, noun: str) -> str:
    """A noun after a number: "1 person", "2 people"."""
    one = number.as_("size").text == "1"
    return escape(SINGULAR.get(noun, noun) if one else noun)


def units(measure: dict[str, Any], noun: str, number: Number) -> str:
    """What a number counts; of a frequency the sentence has just said it."""
    counted = {"rate": noun, "frequency": "", "days": "days"}[measure["kind"]]
    return f" {_one(number, counted)}" if counted else ""


def _side(measure: dict[str, Any], number: Number) -> str:
    fewer = number.value < 0
    if measure["kind"] == "days":
        return f"{_one(number, 'days')} {'shorter' if fewer else 'longer'}"
    return "fewer" if fewer else "more"


def directed(measure: dict[str, Any], number: Number) -> str:
    """A difference or a limit in words: a screen reader drops a minus sign."""
    return f"{magnitude(number)} {_side(measure, number)}"


def between(measure: dict[str, Any]) -> str:
    """The interval in words: "2 to 8 fewer", "8 fewer to 3 more"."""
    low, high = measure["ci_low"], measure["ci_high"]
    if low.value < 0 < high.value:
        return f"{directed(measure, low)} to {directed(measure, high)}"
    near, far = sorted((low, high), key=lambda limit: abs(limit.value))
    return f"{magnitude(near)} to {directed(measure, far)}"


def interval(measure: dict[str, Any], noun: str) -> str:
    """The interval in words: "lower by between 2 and 8 people" (method, section 9)."""
    low, high = measure["ci_low"], measure["ci_high"]
    less, more = DIRECTIONS[measure["kind"]]
    if high.value < 0 or low.value > 0:
        near, far = sorted((low, high), key=lambda limit: abs(limit.value))
        side, last = less if high.value < 0 else more, units(measure, noun, far)
        return f"{side} by between {magnitude(near)} and {magnitude(far)}{last}"
    return (
        f"{less} by as many as {magnitude(low)}{units(measure, noun, low)}, "
        f"or {more} by as many as {magnitude(high)}{units(measure, noun, high)}"
    )
