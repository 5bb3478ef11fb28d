"""The verdict on one measure, and its interval in words."""

import html
from typing import Any, Literal

from helpers.publication.numbers import Number

Verdict = Literal[
    "decrease", "increase", "inconclusive", "untested", "withheld", "none"
]

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
    if low.state == "c" or high.state == "c":
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


def tag(measure: dict[str, Any]) -> str:
    """The verdict as a tag; its colour only repeats what the words say."""
    found = verdict(measure)
    kind = {"untested": "inconclusive", "none": "withheld"}.get(found, found)
    text = TAGS[found]
    if measure["kind"] == "days":
        text = text.replace("decrease", "difference: shorter")
        text = text.replace("increase", "difference: longer")
    return f'<p class="jdl-tag jdl-tag--{kind}">{text}</p>'


def units(measure: dict[str, Any], noun: str) -> str:
    """What is counted: people, reoffences or days."""
    if measure["kind"] == "rate":
        return escape(noun)
    if measure["kind"] == "frequency":
        return escape(measure["label"])
    return "days"


def interval(measure: dict[str, Any], noun: str) -> str:
    """The interval in words: "lower by between 2 and 8 people" (method, section 9)."""
    low, high = measure["ci_low"], measure["ci_high"]
    less, more = DIRECTIONS[measure["kind"]]
    unit = units(measure, noun)
    if high.value < 0 or low.value > 0:
        near, far = sorted((low, high), key=lambda limit: abs(limit.value))
        side = less if high.value < 0 else more
        return f"{side} by between {magnitude(near)} and {magnitude(far)} {unit}"
    return (
        f"{less} by as many as {magnitude(low)} {unit}, "
        f"or {more} by as many as {magnitude(high)} {unit}"
    )
