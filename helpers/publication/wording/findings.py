"""What the measures show, and what can and cannot be said.

A measure is a dictionary of its own words (outcome, kind, label, definition) and its
numbers. A rate's label is what people did ("reoffended", "returned to prison"), a
frequency's what is counted ("proven reoffences"), that of a time what was measured
("time to the first proven reoffence").
"""

from typing import Any

from helpers.publication.wording.verdicts import (
    attributes,
    escape,
    interval,
    tag,
    verdict,
)

SIGNIFICANT = "This is a statistically significant result."
MORE_PEOPLE = "More people would need to be analysed to know which."
BRIEF = {
    "decrease": "This is a statistically significant decrease.",
    "increase": "This is a statistically significant increase.",
    "inconclusive": "The result is inconclusive: it does not show whether the "
    "programme lowers the number, raises it or leaves it as it is.",
    "untested": "Too few people are behind the result to test it, so it is "
    "inconclusive.",
}
NOT_ZERO = "This does not mean that it made no difference."


def _did(measure: dict[str, Any]) -> str:
    return f"{escape(measure['label'])} {escape(measure['definition'])}".strip()


def values(measure: dict[str, Any], noun: str) -> str:
    """Both groups side by side in one sentence."""
    treated, compared = measure["value_treatment"], measure["value_comparison"]
    if measure["kind"] == "rate":
        return (
            f"{treated.html} in every 100 {escape(noun)} in the programme "
            f"{_did(measure)}, against {compared.html} in every 100 similar "
            f"{escape(noun)} who did not take part."
        )
    if measure["kind"] == "frequency":
        return (
            f"There were {treated.html} {_did(measure)} for every 100 {escape(noun)} "
            f"in the programme, against {compared.html} for every 100 similar "
            f"{escape(noun)} who did not take part."
        )
    return (
        f"The average {escape(measure['label'])} was {treated.html} days in the "
        f"programme, against {compared.html} days among similar {escape(noun)} who "
        "did not take part. Only those to whom it happened are counted."
    )


def meaning(measure: dict[str, Any], noun: str) -> str:
    """What the interval says, in the words that follow the verdict."""
    found = verdict(measure)
    if found == "withheld":
        return "This result is withheld to protect people: too few are behind it."
    if found == "none":
        return escape(measure.get("reason") or "This result is not shown.")
    per = "" if measure["kind"] == "days" else f"For every 100 {escape(noun)}, "
    what = {
        "rate": f"the number who {_did(measure)}",
        "frequency": f"the number of {_did(measure)}",
        "days": f"The average {escape(measure['label'])}",
    }[measure["kind"]]
    could = f"{per}{what} could be {interval(measure, noun)}."
    if found in ("decrease", "increase"):
        return f"{could} {SIGNIFICANT}"
    if found == "untested":
        return (
            f"{could} Too few {escape(noun)} {escape(measure['few'])} to test the "
            f"difference, so no conclusion can be drawn. {NOT_ZERO}"
        )
    return f"{could} {MORE_PEOPLE} The result is inconclusive. {NOT_ZERO}"


def heading(measure: dict[str, Any], noun: str) -> str:
    """The finding in one line."""
    found, did = verdict(measure), escape(measure["label"])
    lead = f"{escape(noun).capitalize()} in the programme"
    if found in ("withheld", "none"):
        return "The result of this measure is not shown"
    if measure["kind"] == "rate":
        if found == "decrease":
            return f"Fewer {escape(noun)} in the programme {did}"
        if found == "increase":
            return f"More {escape(noun)} in the programme {did}"
        return f"It could not be told whether fewer or more {escape(noun)} {did}"
    if measure["kind"] == "frequency":
        if found == "decrease":
            return f"{lead} had fewer {did}"
        if found == "increase":
            return f"{lead} had more {did}"
        return f"It could not be told whether there were fewer or more {did}"
    if found == "decrease":
        return f"A shorter {did} in the programme"
    if found == "increase":
        return f"A longer {did} in the programme"
    return f"It could not be told whether the {did} was shorter or longer"


def main_points(data: dict[str, Any]) -> str:
    """The headline: a box for each headline measure of each headline analysis."""
    parts = [_sizes(data)]
    if data["not_headlined"]:
        reason = escape(data["not_headlined"])
        box = f'<div class="jdl-finding" data-verdict="withheld"><p>{reason}</p></div>'
        return box + parts[0]
    for number, measure in enumerate(data["measures"]):
        key = f"finding-{data['slug']}-{measure['outcome'].replace('_', '-')}"
        size = ' class="jdl-finding__big"' if number == 0 else ""
        parts.insert(
            number,
            f'<div class="jdl-finding jdl-finding--{verdict(measure)}" id="{key}" '
            f"{attributes(measure)}>{tag(measure)}"
            f"<h3>{_named(data, heading(measure, data['noun']))}</h3>"
            f"{_values(measure, data['noun'], size)}"
            f"<p>{meaning(measure, data['noun'])}</p></div>",
        )
    return "".join(parts)


def _named(data: dict[str, Any], text: str) -> str:
    return f"{escape(data['analysis'])}: {text}" if data["several"] else text


def _values(measure: dict[str, Any], noun: str, size: str = "") -> str:
    if verdict(measure) in ("withheld", "none"):
        return ""
    return f"<p{size}>{values(measure, noun)}</p>"


def _sizes(data: dict[str, Any]) -> str:
    noun = escape(data["noun"])
    return (
        f"<p>{data['n_treatment'].html} {noun} in the programme were compared with "
        f"{data['n_comparison'].html} similar {noun} who did not take part.</p>"
    )


def estimate(data: dict[str, Any]) -> str:
    """One measure of one analysis in its own paragraph."""
    measure, noun = data["measure"], data["noun"]
    title = f"<h3>{_named(data, escape(measure['title']))}</h3>"
    if verdict(measure) in ("withheld", "none"):
        body = f"<p>{meaning(measure, noun)}</p>"
    else:
        body = f"<p>{values(measure, noun)}</p><p>{_difference(measure, noun)}</p>"
    return f'{title}<div class="jdl-measure" {attributes(measure)}>{body}</div>'


def _difference(measure: dict[str, Any], noun: str) -> str:
    """The estimate with its interval and its p, and what they come to."""
    unit = "days" if measure["kind"] == "days" else f"for every 100 {escape(noun)}"
    low, high, p = measure["ci_low"], measure["ci_high"], measure["p_value"]
    shown = p.html if p.text.startswith("<") else f"= {p.html}"
    tested = f"; p {shown}" if p.state == "shown" else ""
    text = (
        f"The difference is {measure['difference'].html} {unit} (95% interval from "
        f"{low.html} to {high.html}{tested}). "
    )
    found = verdict(measure)
    if found in ("decrease", "increase"):
        return text + SIGNIFICANT
    if found == "untested":
        return text + (
            f"Too few {escape(noun)} {escape(measure['few'])} to test it, so no "
            f"conclusion can be drawn. {NOT_ZERO}"
        )
    return text + (
        "The interval holds both a decrease and an increase, so the result is "
        f"inconclusive. {NOT_ZERO}"
    )


def can_say(data: dict[str, Any]) -> str:
    """What may be claimed on one measure, and what may not."""
    measure, found = data["measure"], verdict(data["measure"])
    title = f"<h3>{_named(data, escape(measure['title']))}</h3>"
    if found in ("withheld", "none"):
        can = meaning(measure, data["noun"])
        cannot = "Anything about this measure."
    else:
        can = _can(measure, data, found)
        cannot = _cannot(measure, data, found)
    return (
        f'{title}<div class="jdl-say"><div><h4>What you can say</h4><p>{can}</p></div>'
        f"<div><h4>What you cannot say</h4><p>{cannot}</p></div></div>"
    )


def _can(measure: dict[str, Any], data: dict[str, Any], found: str) -> str:
    text = meaning(measure, data["noun"])
    if found not in ("decrease", "increase"):
        return text
    noun, programme = escape(data["noun"]), escape(data["programme"])
    side = "fewer" if found == "decrease" else "more"
    length = "shorter" if found == "decrease" else "longer"
    what = {
        "rate": f"{side} {noun} {_did(measure)} after {programme} than among similar "
        f"{noun} without it",
        "frequency": f"there were {side} {_did(measure)} after {programme} than among "
        f"similar {noun} without it",
        "days": f"the {escape(measure['label'])} was {length} after {programme}",
    }[measure["kind"]]
    return f"This analysis is evidence that {what}. {text}"


def _cannot(measure: dict[str, Any], data: dict[str, Any], found: str) -> str:
    programme = escape(data["programme"])
    if found in ("decrease", "increase"):
        return (
            f"That {programme} is the only reason for the difference, that it will be "
            "the same size for other people or places, or that it holds for every "
            "person who took part."
        )
    what = {
        "rate": f"the number of {escape(data['noun'])} who {_did(measure)}",
        "frequency": f"the number of {escape(measure['label'])}",
        "days": f"the {escape(measure['label'])}",
    }[measure["kind"]]
    return (
        f"That {programme} lowers {what}, raises it, or makes no difference to it. "
        "An inconclusive result is not evidence of any of these."
    )


def headline_sentence(data: dict[str, Any]) -> str:
    """The finding in brief, for the top of the page and the console."""
    if data["not_headlined"]:
        return escape(data["not_headlined"])
    measure, noun = data["measures"][0], data["noun"]
    found = verdict(measure)
    if found in ("withheld", "none"):
        return meaning(measure, noun)
    return f"{values(measure, noun)} {BRIEF[found]}"
