"""Whether the groups already differed in a year before the conviction, in words."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.intervals import between, nothing, worded
from helpers.publication.wording.verdicts import verdict

WHEN = (
    "What {} did before the programme cannot be due to it. So both groups were also "
    "compared on an earlier year, which ended about six months before each person was "
    "convicted or went into custody."
)
RATES = (
    "In that year {} in every 100 {} in the programme committed an offence that was "
    "proven by then. Among {} who did not take part, and whose records up to that year "
    "were similar, it was {} in every 100."
)
#: where the whole interval is on one side: the groups differed
APART = (
    "The difference is {}, and could be {}, for every 100 {}. It is statistically "
    "significant. It means that the groups already differed in ways that the records "
    "of that date do not show. Some of what this report finds may be due to that, and "
    "not to the programme."
)
ALIKE = (
    "The difference could be {} for every 100 {}, and is not statistically "
    "significant. So this check gives no sign that the groups already differed. It "
    "cannot rule it out."
)
UNTESTED = (
    "Too few {} offended in that year, or did not, for a test. The difference could be "
    "{} for every 100 {}."
)
NONE = (
    "Whether the two groups already differed in an earlier year, before the programme, "
    "is not known."
)
HIDDEN = "What was found is not shown, to protect people."


def earlier(data: dict[str, Any]) -> str:
    """Say what both groups did in that year, and what a difference in it means."""
    measure, noun = data["measure"], escape(data["noun"])
    name = f"<strong>{escape(data['analysis'])}.</strong> " if data["analysis"] else ""
    if verdict(measure) in ("none", "open"):
        return f"<p>{name}{NONE} {escape(measure.reason)}</p>"
    return f"<p>{name}{WHEN.format(noun)} {_found(measure, noun)}</p>"


def _found(measure: Measure, noun: str) -> str:
    found = verdict(measure)
    if found == "withheld":
        return HIDDEN
    rates = [number.html for number in measure.values]
    said = RATES.format(rates[0], noun, noun, rates[1])
    reach = between(measure)
    if found == "untested":
        return f"{said} {UNTESTED.format(noun, reach, noun)}"
    if found == "inconclusive":
        return f"{said} {ALIKE.format(reach, noun)}"
    size = "small" if nothing(measure.difference) else worded(
        measure, measure.difference
    )  # fmt: skip
    return f"{said} {APART.format(size, reach, noun)}"
