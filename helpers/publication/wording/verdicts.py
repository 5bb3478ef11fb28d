"""The verdict on one measure, and its interval in words."""

from typing import Literal

from helpers.publication.colours import DECREASE, INCONCLUSIVE, INCREASE
from helpers.publication.facts.measure import Measure, Tested
from helpers.publication.numbers import Number
from helpers.request.limits import ALPHA

Verdict = Literal[
    "decrease", "increase", "inconclusive", "untested", "open", "withheld", "none"
]

TAGS: dict[str, str] = {
    "decrease": "Statistically significant decrease",
    "increase": "Statistically significant increase",
    "inconclusive": "Inconclusive",
    "untested": "Inconclusive: too few people to test",
    "open": "Inconclusive: no interval",
    "withheld": "Not shown, to protect people",
    "none": "Not shown",
}

#: kinds of which neither way is the better one, and how each of the ways is called
NEUTRAL: dict[str, dict[str, str]] = {
    "days": {"decrease": "shorter", "increase": "longer"},
    "amount": {"decrease": "lower", "increase": "higher"},
}
#: and the ways of what a request counts in a column of its own, such as people in work
OWN = {"decrease": "fewer", "increase": "more"}

#: verdict -> its mark: a shape and a colour of its own, which no other verdict has
MARKS: dict[str, str] = {
    "decrease": f'<rect x="-6" y="-6" width="12" height="12" fill="{DECREASE}"/>',
    "increase": f'<path d="M0-7.5 7.5 0 0 7.5-7.5 0Z" fill="{INCREASE}"/>',
    "inconclusive": f'<circle r="5.5" fill="#fff" stroke="{INCONCLUSIVE}" '
    'stroke-width="2.5"/>',
    "less": f'<path d="M6-6.5V6.5L-6.5 0Z" fill="{INCONCLUSIVE}"/>',
    "more": f'<path d="M-6-6.5V6.5L6.5 0Z" fill="{INCONCLUSIVE}"/>',
}


def _known(number: Number) -> bool:
    return number.state == "shown" and number.value is not None


def verdict(measure: Tested) -> Verdict:
    """Give the verdict behind every word on a measure: from its interval and its p."""
    low, high, p = measure.ci_low, measure.ci_high, measure.p_value
    if "c" in (low.state, high.state, p.state):
        return "withheld"
    if not (_known(low) and _known(high)):
        # hardly anybody is compared: a difference without an interval
        return "open" if _known(measure.difference) else "none"
    if not _known(p):
        return "untested"
    # a limit that is printed as nought may have been on either side of it, and p tells
    if p.value <= ALPHA and low.value < 0 and high.value <= 0:
        return "decrease"
    if p.value <= ALPHA and low.value >= 0 and high.value > 0:
        return "increase"
    return "inconclusive"


def attributes(measure: Measure) -> str:
    """Give the numbers behind a verdict, for whoever checks the words against them."""
    found = verdict(measure)
    if found in ("withheld", "none", "open"):  # there is no interval to hold it against
        return 'data-verdict="withheld"'
    p = measure.p_value
    values = {
        "verdict": "inconclusive" if found == "untested" else found,
        "estimate": measure.difference.value,
        "lower": measure.ci_low.value,
        "upper": measure.ci_high.value,
        "p": p.value if _known(p) else "",
    }
    return " ".join(f'data-{name}="{value}"' for name, value in values.items())


def ways(measure: Measure) -> dict[str, str]:
    """Give how less and more are called where neither way is the better one.

    Which way is the better one is known of reoffending alone. A longer time is no harm,
    and of an amount, or of what a request counts in a column of its own, it is not for
    the words to say. Empty for a measure of reoffending, whatever its label.
    """
    return NEUTRAL.get(measure.kind) or (OWN if measure.own else {})


def colour(measure: Measure) -> str:
    """Give the colour of a verdict; none of its own where neither way is better."""
    found = verdict(measure)
    if found in ("withheld", "none"):
        return "withheld"
    if found in ("decrease", "increase"):
        return "neutral" if ways(measure) else found
    return "inconclusive"


def mark(measure: Measure) -> str:
    """Give the mark of a verdict, which a screen reader passes over."""
    found: str = verdict(measure)
    if found in ("withheld", "none"):
        return ""
    if ways(measure):
        found = {"decrease": "less", "increase": "more"}.get(found, found)
    shape = MARKS["inconclusive" if found in ("untested", "open") else found]
    return (
        '<svg class="jdl-mark" aria-hidden="true" focusable="false" width="16" '
        f'height="16" viewBox="-8 -8 16 16">{shape}</svg>'
    )


def tag_words(measure: Measure) -> str:
    """Give the verdict in the words of its tag."""
    found = verdict(measure)
    side = ways(measure).get(found)
    return TAGS[found].replace(found, f"difference: {side}") if side else TAGS[found]


def tag(measure: Measure) -> str:
    """Give the verdict as a tag: mark and colour repeat what the words say."""
    kind = f"jdl-tag jdl-tag--{colour(measure)}"
    return f'<p class="{kind}">{mark(measure)}{tag_words(measure)}</p>'
