"""What a measure shows: its values, its interval, and what they come to, in words."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.beside.qualified import in_brief
from helpers.publication.wording.intervals import around, between, difference
from helpers.publication.wording.measure.allowed import ABOUT, allowed, could
from helpers.publication.wording.measure.groups import (
    SAME,
    SMALLER,
    TAKEN,
    among,
    in_one,
    per_how_many,
    rounding,
    values,
)
from helpers.publication.wording.robustness import sure
from helpers.publication.wording.verdicts import attributes, verdict, ways
from helpers.publication.wording.without_result import not_made

SIGNIFICANT = "This is a statistically significant result."
MORE_PEOPLE = "More people would need to be analysed to know which."
BRIEF = {
    "decrease": "This is a statistically significant decrease.",
    "increase": "This is a statistically significant increase.",
    "inconclusive": "The result is inconclusive. It does not show whether the "
    "programme lowers the number, raises it or leaves it as it is.",
}
#: where neither way is the better one
BRIEF_NEUTRAL = BRIEF | {
    "decrease": "This is a statistically significant difference.",
    "increase": "This is a statistically significant difference.",
}
BRIEF_TIME = BRIEF_NEUTRAL | {
    "inconclusive": "The result is inconclusive. It does not show whether the "
    "programme makes the time shorter, makes it longer or leaves it as it is.",
}
BRIEF_AMOUNT = BRIEF_NEUTRAL | {
    "inconclusive": "The result is inconclusive. It does not show whether the "
    "programme lowers the average, raises it or leaves it as it is.",
}
WHICH = "The analysis does not show which."
NOT_ALIKE = "{} were not matched to each other."
EITHER_WAY = "This does not show a difference either way."
NO_CONCLUSION = "No conclusion can be drawn."
#: where the weight lies on one or two people of the comparison group, or nobody's value
#: differs: which of the two would tell everybody's value
NO_INTERVAL = (
    "No interval could be worked out: hardly anyone in the comparison group counts, or "
    f"everyone has the same value. {NO_CONCLUSION}"
)
INCONCLUSIVE = "The result is inconclusive."
NOT_ZERO = "This does not mean that the programme made no difference."
NOTHING = "This says nothing about whether the programme made a difference."
HIDDEN = "This result is not shown, to protect people."


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
    if found == "open":
        return f"{NO_INTERVAL} {NOT_ZERO}{_unlike(measure, noun)}"
    said = {
        "untested": f"{_untested(measure, noun)} {could(measure, noun)}. {NOT_ZERO}",
        "inconclusive": f"{_unclear(measure, noun)} {INCONCLUSIVE} {NOT_ZERO}",
    }.get(found, f"{could(measure, noun)}. {SIGNIFICANT}")
    return f"{said}{_unlike(measure, noun)}"


def _unclear(measure: Measure, noun: str) -> str:
    """Say what an inconclusive interval leaves open, by the published form."""
    return f"{could(measure, noun)}. {MORE_PEOPLE}"


def lead_and_rest(measure: Measure, noun: str) -> tuple[str, str]:
    """Give a result in two parts: what stands in large letters, and what follows it.

    Two values that seem to differ lead where the difference is statistically
    significant, and nowhere else.
    """
    found, unlike = verdict(measure), _unlike(measure, noun)
    if found in ("withheld", "none"):
        return "", not_shown(measure)
    both, note = values(measure, noun), rounding(measure, noun)
    if found == "open":
        return NO_INTERVAL, f"{' '.join(filter(None, [NOT_ZERO, both, note]))}{unlike}"
    said = f"{could(measure, noun)}."
    lead, rest = {
        "untested": (_untested(measure, noun), [said, NOT_ZERO, both, note]),
        "inconclusive": (_unclear(measure, noun), [NOT_ZERO, both, note]),
    }.get(found, (both, [note, said, SIGNIFICANT]))  # fmt: skip
    return lead, f"{' '.join(filter(None, rest))}{unlike}"


def _unlike(measure: Measure, noun: str) -> str:
    """Say of a measure of some people that these were not matched to each other."""
    return escape(f" {measure.not_matched(noun)}".rstrip())


def in_one_line(measure: Measure, noun: str) -> str:
    """Give the interval, for a measure among others beneath a tag with its verdict."""
    found = verdict(measure)
    if found in ("withheld", "none"):
        return not_shown(measure)
    unlike = ""
    if measure.of_some:
        # beside the sentence that has named them a word is enough
        whom = "These" if found in ("decrease", "increase") else measure.among(noun)
        unlike = f" {NOT_ALIKE.format(escape(f'{whom[:1].upper()}{whom[1:]}'))}"
    if found == "open":
        return f"{NO_INTERVAL} {EITHER_WAY}{unlike}"
    few = _few(measure, noun)
    means = {
        "untested": f" {few[:1].upper()}{few[1:]} to test it. {EITHER_WAY}",
        "inconclusive": f" {WHICH} {NOT_ZERO}",
    }.get(found, "")
    return f"{_span(measure, noun)}.{means}{unlike}"


def _span(measure: Measure, noun: str) -> str:
    """Give the interval alone: "From 6 fewer to 3 more for every 100 people".

    Of a frequency it names what is counted; of a rate its question has said it.
    """
    span = between(measure)
    if span.startswith(ABOUT):  # less than what is printed, either way
        return could(measure, noun)
    if verdict(measure) == "inconclusive":
        span = f"from {span}"
    whom = per_how_many(measure, noun)
    if measure.kind == "frequency":
        whom = f" {escape(measure.label)}{whom}"
    if measure.of_some and not whom:
        whom = f" among {among(measure, noun)}"
    return f"{span[:1].upper()}{span[1:]}{whom}"


def _few(measure: Measure, noun: str) -> str:
    """Say that too few had the outcome, or too few were without it."""
    few = f"too few {escape(noun)} {escape(measure.few)}"
    groups = measure.values
    if measure.kind == "rate" and any((group.value or 0) > 50 for group in groups):
        few += ", or too few did not,"
    return few


def _untested(measure: Measure, noun: str) -> str:
    few = _few(measure, noun)
    return f"{few[:1].upper()}{few[1:]} to test the difference. {NO_CONCLUSION}"


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
        both = "" if data.get("drawn") else f"<p>{values(measure, noun)}</p>"
        came_to = f"<p>{_came_to(measure, noun)}{_unlike(measure, noun)}</p>"
        clear = verdict(measure) in ("decrease", "increase")
        body = f"{both}{came_to}" if clear else f"{came_to}{both}"
    return f'{title}<div class="jdl-measure" {attributes(measure)}>{body}</div>'


def _came_to(measure: Measure, noun: str) -> str:
    """Give the estimate with its interval and its p, and what they come to."""
    found, p = verdict(measure), measure.p_value
    sign = "" if p.text.startswith("<") else "=\u00a0"  # stays on one line
    tested = f"p\u00a0{sign}{p.html}" if p.state == "shown" else ""
    note = TAKEN if rounding(measure, noun) not in ("", SAME, SMALLER) else ""
    if found == "inconclusive":
        both = {
            "days": "a shorter and a longer time",
            "amount": "a lower and a higher average",
        }.get(measure.kind, "a decrease and an increase")
        return (
            f"{allowed(measure, noun)}. This is the 95% interval of "
            f"{around(measure)}{note} ({tested}). It leaves room for {both}, so the "
            f"result is inconclusive. {NOT_ZERO}"
        )
    said = difference(measure, per_how_many(measure, noun))
    if found == "open":
        return f"{NO_INTERVAL} {said}{note}. {NOT_ZERO}"
    tested = f"; {tested}" if tested else ""
    text = f"{said}{note} (95% interval {between(measure)}{tested})."
    if found == "untested":
        return f"{_untested(measure, noun)} {text} {NOT_ZERO}"
    return f"{text} {SIGNIFICANT}"


def headline_sentence(data: dict[str, Any]) -> str:
    """Give the finding in brief, for the top of the page and the console.

    The box of main points beneath it has the values of what is not clear.
    """
    return f"{named(data, _brief(data))}{sure.in_brief(data)}"


def _brief(data: dict[str, Any]) -> str:
    if data["why"] == "poor":
        return not_made.poor_match_in_one_line()
    if data["not_headlined"]:
        return escape(data["not_headlined"])
    measure, noun = data["measures"][0], data["noun"]
    found = verdict(measure)
    if found in ("withheld", "none"):
        return meaning(measure, noun)
    if found == "open":
        return NO_INTERVAL
    if found == "untested":
        return _untested(measure, noun)
    counts = BRIEF_NEUTRAL if ways(measure) else BRIEF
    brief = {"days": BRIEF_TIME, "amount": BRIEF_AMOUNT}.get(measure.kind, counts)
    by_place = in_brief(measure, data)
    if found == "inconclusive":
        said = [f"{allowed(measure, noun)}.", brief[found], by_place]
    else:
        # two values that are printed alike need their difference beside them
        treated, compared = (value.text for value in measure.values)
        note = rounding(measure, noun) if treated == compared else ""
        said = [in_one(measure, noun), note, brief[found], by_place]
    return " ".join(filter(None, said))
