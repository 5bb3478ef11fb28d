"""What a measure shows: its values, its interval, and what they come to, in words."""

from typing import Any

from helpers.publication.facts import Measure
from helpers.publication.numbers import MINUS, escape
from helpers.publication.units import average
from helpers.publication.wording.intervals import (
    between,
    difference,
    in_group,
    interval,
)
from helpers.publication.wording.verdicts import NEUTRAL, attributes, verdict

SIGNIFICANT = "This is a statistically significant result."
MORE_PEOPLE = "More people would need to be analysed to know which."
BRIEF = {
    "decrease": "This is a statistically significant decrease.",
    "increase": "This is a statistically significant increase.",
    "inconclusive": "The result is inconclusive: it does not show whether the "
    "programme lowers the number, raises it or leaves it as it is.",
}
#: of a time, neither way is the better one
BRIEF_TIME = {
    "decrease": "This is a statistically significant difference.",
    "increase": "This is a statistically significant difference.",
    "inconclusive": "The result is inconclusive: it does not show whether the "
    "programme makes the time shorter, makes it longer or leaves it as it is.",
}
BRIEF_AMOUNT = BRIEF_TIME | {
    "inconclusive": "The result is inconclusive: it does not show whether the "
    "programme lowers the average, raises it or leaves it as it is.",
}
NOT_ZERO = "This does not mean that the programme made no difference."
NOTHING = "This says nothing about whether the programme made a difference."
HIDDEN = "This result is not shown, to protect people."


def did(measure: Measure) -> str:
    """Say what happened, in the measure's own words: "reoffended within a year"."""
    return f"{escape(measure.label)} {escape(measure.definition)}".strip()


def among(measure: Measure, noun: str) -> str:
    """Say whom a measure is about, where it is about some people only."""
    return escape(measure.among(noun))


def values(measure: Measure, noun: str) -> str:
    """Give both groups side by side in one sentence."""
    treated, compared = measure.values
    if measure.of_some:  # who are not alike because the groups are
        return _values_of_some(measure, noun)
    if measure.kind == "rate":
        return (
            f"{treated.html} in every 100 {escape(noun)} in the programme "
            f"{did(measure)}, against {compared.html} in every 100 similar "
            f"{escape(noun)} who did not take part."
        )
    if measure.kind == "frequency":
        return (
            f"There were {treated.html} {did(measure)} for every 100 {escape(noun)} "
            f"in the programme, against {compared.html} for every 100 similar "
            f"{escape(noun)} who did not take part."
        )
    return (
        f"The {mean(measure)} {_came_to(measure)} in the programme, against "
        f"{in_group(measure, compared)} among similar {escape(noun)} who did not take "
        "part."
    )


def mean(measure: Measure) -> str:
    """Give what the average is called: "average time to return to prison"."""
    if measure.kind == "amount":
        named = average(measure.label, measure.unit)
        return f"{escape(named)} {escape(measure.definition)}".strip()
    return f"average {did(measure)}"


def _came_to(measure: Measure) -> str:
    """Give the average of the programme; "came to" goes with one and with many."""
    verb = "came to" if measure.kind == "amount" else "was"
    return f"{verb} {in_group(measure, measure.value_treatment)}"


def _values_of_some(measure: Measure, noun: str) -> str:
    """Give both groups side by side, where only some of their people are counted."""
    treated, compared = measure.values
    lead, what = f"Among {among(measure, noun)},", did(measure)
    if measure.kind == "rate":
        return (
            f"{lead} {treated.html} in every 100 in the programme {what}, against "
            f"{compared.html} in every 100 in the comparison group."
        )
    if measure.kind == "frequency":
        return (
            f"{lead} there were {treated.html} {what} for every 100 in the programme, "
            f"against {compared.html} for every 100 in the comparison group."
        )
    return (
        f"{lead} the {mean(measure)} {_came_to(measure)} in the programme, against "
        f"{in_group(measure, compared)} in the comparison group."
    )


def _per(measure: Measure, noun: str) -> str:
    """Say for how many a difference is given; an average is given for each."""
    if measure.kind in NEUTRAL:
        return ""
    return f" for {escape(measure.every_100(noun))}"


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


def not_shown(measure: Measure) -> str:
    """Say why a measure has no result in the report, and that this is no finding."""
    reason = escape(measure.reason)
    if not reason:
        hidden = verdict(measure) == "withheld"
        reason = HIDDEN if hidden else "This result is not shown."
    return f"{reason} {NOTHING}"


def meaning(measure: Measure, noun: str) -> str:
    """Say what the interval says, in the words that follow the verdict."""
    found = verdict(measure)
    if found in ("withheld", "none"):
        return not_shown(measure)
    means = {
        "untested": f"{_untested(measure, noun)} {NOT_ZERO}",
        "inconclusive": f"{MORE_PEOPLE} The result is inconclusive. {NOT_ZERO}",
    }.get(found, SIGNIFICANT)
    return f"{could(measure, noun)}. {means}{_unlike(measure, noun)}"


def _unlike(measure: Measure, noun: str) -> str:
    """Say of a measure of some people that these were not matched to each other."""
    return escape(f" {measure.not_matched(noun)}".rstrip())


def in_one_sentence(measure: Measure, noun: str) -> str:
    """Say what the interval says, for a measure that stands among others."""
    found = verdict(measure)
    if found in ("withheld", "none"):
        return not_shown(measure)
    means = {
        "untested": f": {_few(measure, noun)} to test it, so it does not show a "
        "difference either way",
        "inconclusive": ": the analysis does not show which",
    }.get(found, "")
    return f"{could(measure, noun)}{means}.{_unlike(measure, noun)}"


def _few(measure: Measure, noun: str) -> str:
    """Say that too few had the outcome, or too few were without it."""
    few = f"too few {escape(noun)} {escape(measure.few)}"
    groups = measure.values
    if measure.kind == "rate" and any((group.value or 0) > 50 for group in groups):
        few += ", or too few did not,"
    return few


def _untested(measure: Measure, noun: str) -> str:
    few = _few(measure, noun)
    return f"T{few[1:]} to test the difference, so no conclusion can be drawn."


def rounding(measure: Measure, noun: str) -> str:
    """Give the difference itself, where the two printed values give another one."""
    three = (*measure.values, measure.difference)
    tenths = measure.difference.tenths
    numbers = [number.as_("amount_tenth" if tenths else "days") for number in three]
    if any(number.state != "shown" for number in numbers):
        return ""
    printed = [float(n.text.replace(",", "").replace(MINUS, "-")) for n in numbers]
    if round(printed[0] - printed[1], 1) == printed[2] or printed[2] == 0:
        return ""
    per = _per(measure, noun)
    return f"{difference(measure, per)}, taken before rounding. "


def heading(measure: Measure, noun: str) -> str:
    """Give the finding in one line."""
    found, label = verdict(measure), escape(measure.name)
    who = escape(noun)
    of = f"the {who} in the programme"
    if measure.of_some and measure.kind not in NEUTRAL:
        # "the people in the programme who reoffended", "those to whom it happened"
        some = among(measure, noun)
        known = some.startswith(who)
        of = f"{of}{some.removeprefix(who)}" if known else f"{some} in the programme"
        who = some if known else f"of {some}"
    lead = of.removeprefix("the ")
    lead = f"{lead[:1].upper()}{lead[1:]}"
    if found in ("withheld", "none"):
        return f"{escape(measure.title)}: the result is not shown"
    if measure.kind == "rate":
        if found == "decrease":
            return f"Fewer of {of} {label}"
        if found == "increase":
            return f"More of {of} {label}"
        return f"The analysis could not tell whether fewer or more {who} {label}"
    if measure.kind == "frequency":
        if found == "decrease":
            return f"{lead} had fewer {label}"
        if found == "increase":
            return f"{lead} had more {label}"
        return f"The analysis could not tell whether there were fewer or more {label}"
    if measure.kind == "amount":
        called = mean(measure)
        if found in ("decrease", "increase"):
            return f"{NEUTRAL['amount'][found].capitalize()} {called} in the programme"
        return f"The analysis could not tell whether the {called} is lower or higher"
    if found == "decrease":
        return f"A shorter {label} in the programme"
    if found == "increase":
        return f"A longer {label} in the programme"
    return f"The analysis could not tell whether the {label} was shorter or longer"


def named(data: dict[str, Any], text: str) -> str:
    """Give a heading that names the analysis where there are several."""
    return f"{escape(data['analysis'])}: {text}" if data["several"] else text


def estimate(data: dict[str, Any]) -> str:
    """Give one measure of one analysis in its own paragraph."""
    measure, noun = data["measure"], data["noun"]
    title = f"<h3>{named(data, escape(measure.title))}</h3>"
    if verdict(measure) in ("withheld", "none"):
        body = f"<p>{meaning(measure, noun)}</p>"
    else:
        # a figure of both groups says it beside these words
        said = "" if data.get("drawn") else f"<p>{values(measure, noun)}</p>"
        came_to = f"{_difference(measure, noun)}{_unlike(measure, noun)}"
        body = f"{said}<p>{came_to}</p>"
    return f'{title}<div class="jdl-measure" {attributes(measure)}>{body}</div>'


def _difference(measure: Measure, noun: str) -> str:
    """Give the estimate with its interval and its p, and what they come to."""
    per = _per(measure, noun)
    p = measure.p_value
    sign = "" if p.text.startswith("<") else "=\u00a0"  # stays on one line
    tested = f"; p\u00a0{sign}{p.html}" if p.state == "shown" else ""
    text = f"{difference(measure, per)} (95% interval {between(measure)}{tested}). "
    found = verdict(measure)
    if found in ("decrease", "increase"):
        return text + SIGNIFICANT
    if found == "untested":
        return f"{text}{_untested(measure, noun)} {NOT_ZERO}"
    both = {
        "days": "a shorter and a longer time",
        "amount": "a lower and a higher average",
    }.get(measure.kind, "a decrease and an increase")
    return (
        f"{text}The interval leaves room for {both}, so the result is inconclusive. "
        f"{NOT_ZERO}"
    )


def headline_sentence(data: dict[str, Any]) -> str:
    """Give the finding in brief, for the top of the page and the console."""
    return named(data, _brief(data))


def _brief(data: dict[str, Any]) -> str:
    if data["not_headlined"]:
        return escape(data["not_headlined"])
    measure, noun = data["measures"][0], data["noun"]
    found = verdict(measure)
    if found in ("withheld", "none"):
        return meaning(measure, noun)
    if found == "untested":
        return f"{values(measure, noun)} {_untested(measure, noun)}"
    brief = {"days": BRIEF_TIME, "amount": BRIEF_AMOUNT}.get(measure.kind, BRIEF)
    return f"{values(measure, noun)} {brief[found]}"
