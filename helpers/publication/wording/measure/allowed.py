"""What the data allow: the interval of a measure in words, as it leads a sentence."""

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.intervals import (
    between,
    interval,
)
from helpers.publication.wording.measure.groups import among, did, mean
from helpers.publication.wording.verdicts import NEUTRAL

ABOUT = "about "  # how an interval begins whose limits are printed alike


def could(measure: Measure, noun: str) -> str:
    """Give the interval as a sentence without its end, by the published form."""
    per = f"For {escape(measure.every_100(noun))}, the number"
    what = {
        "rate": f"{per} who {did(measure)}",
        "frequency": f"{per} of {did(measure)}",
    }.get(measure.kind, f"The {mean(measure)}")
    if measure.of_some and measure.kind in NEUTRAL:
        what = f"Among {among(measure, noun)}, the{what[3:]}"
    return f"{what} could be {interval(measure, noun)}"


def allowed(measure: Measure, noun: str) -> str:
    """Say what the data allow, as a sentence without its end.

    "For every 100 people, the data allow anything from 6 fewer to 3 more who
    reoffended".
    """
    span = between(measure)
    if span.startswith(ABOUT):  # less than what is printed, either way
        return could(measure, noun)
    allow = f"the data allow anything from {span}"
    if measure.kind in NEUTRAL:
        whom = f"Among {among(measure, noun)}, " if measure.of_some else ""
        said = f"{whom}{allow} for the {mean(measure)}"
        return f"{said[:1].upper()}{said[1:]}"
    who = "who " if measure.kind == "rate" else ""
    return f"For {escape(measure.every_100(noun))}, {allow} {who}{did(measure)}"
