"""What the measures show: the main points, and each measure by itself.

A measure is a dictionary of its own words (outcome, kind, label, definition) and its
numbers. A rate's label is what people did ("reoffended", "returned to prison"), a
frequency's what is counted ("proven reoffences"), that of a time what was measured
("time to the first proven reoffence").
"""

from typing import Any

from helpers.publication.wording.verdicts import (
    attributes,
    between,
    colour,
    directed,
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
#: of a time, neither way is the better one
BRIEF_TIME = {
    "decrease": "This is a statistically significant difference.",
    "increase": "This is a statistically significant difference.",
    "inconclusive": "The result is inconclusive: it does not show whether the "
    "programme makes the time shorter, makes it longer or leaves it as it is.",
}
NOT_ZERO = "This does not mean that the programme made no difference."


def did(measure: dict[str, Any]) -> str:
    """What happened, in the measure's own words: "reoffended within a year"."""
    return f"{escape(measure['label'])} {escape(measure['definition'])}".strip()


def values(measure: dict[str, Any], noun: str) -> str:
    """Both groups side by side in one sentence."""
    treated, compared = measure["value_treatment"], measure["value_comparison"]
    if measure["kind"] == "rate":
        return (
            f"{treated.html} in every 100 {escape(noun)} in the programme "
            f"{did(measure)}, against {compared.html} in every 100 similar "
            f"{escape(noun)} who did not take part."
        )
    if measure["kind"] == "frequency":
        return (
            f"There were {treated.html} {did(measure)} for every 100 {escape(noun)} "
            f"in the programme, against {compared.html} for every 100 similar "
            f"{escape(noun)} who did not take part."
        )
    average = f"The average {escape(measure['label'])} was {treated.html} days"
    if measure["of_some"]:  # who are not alike because the groups are
        return (
            f"Counting only those to whom it happened: {average[0].lower()}"
            f"{average[1:]} in the programme, against {compared.html} days in the "
            "comparison group."
        )
    return (
        f"{average} in the programme, against {compared.html} days among similar "
        f"{escape(noun)} who did not take part."
    )


def meaning(measure: dict[str, Any], noun: str) -> str:
    """What the interval says, in the words that follow the verdict."""
    found = verdict(measure)
    if found == "withheld":
        return (
            "This result is withheld to protect people: too few are behind it, or "
            "too few are not."
        )
    if found == "none":
        return escape(measure.get("reason") or "This result is not shown.")
    per = "" if measure["kind"] == "days" else f"For every 100 {escape(noun)}, "
    what = {
        "rate": f"the number who {did(measure)}",
        "frequency": f"the number of {did(measure)}",
        "days": f"The average {escape(measure['label'])}",
    }[measure["kind"]]
    could = f"{per}{what} could be {interval(measure, noun)}."
    if found in ("decrease", "increase"):
        return f"{could} {SIGNIFICANT}"
    if found == "untested":
        return f"{could} {_untested(measure, noun)} {NOT_ZERO}"
    return f"{could} {MORE_PEOPLE} The result is inconclusive. {NOT_ZERO}"


def _untested(measure: dict[str, Any], noun: str) -> str:
    """Why there is no test: too few had the outcome, or too few were without it."""
    few = f"Too few {escape(noun)} {escape(measure['few'])}"
    groups = (measure["value_treatment"], measure["value_comparison"])
    if measure["kind"] == "rate" and any((group.value or 0) > 50 for group in groups):
        few += ", or too few did not,"
    return f"{few} to test the difference, so no conclusion can be drawn."


def heading(measure: dict[str, Any], noun: str) -> str:
    """The finding in one line."""
    found, label = verdict(measure), escape(measure["label"])
    who = escape(noun)
    lead = f"{who.capitalize()} in the programme"
    if found in ("withheld", "none"):
        return "The result of this measure is not shown"
    if measure["kind"] == "rate":
        if found == "decrease":
            return f"Fewer {who} in the programme {label}"
        if found == "increase":
            return f"More {who} in the programme {label}"
        return f"The analysis could not tell whether fewer or more {who} {label}"
    if measure["kind"] == "frequency":
        if found == "decrease":
            return f"{lead} had fewer {label}"
        if found == "increase":
            return f"{lead} had more {label}"
        return f"The analysis could not tell whether there were fewer or more {label}"
    if found == "decrease":
        return f"A shorter {label} in the programme"
    if found == "increase":
        return f"A longer {label} in the programme"
    return f"The analysis could not tell whether the {label} was shorter or longer"


def main_points(data: dict[str, Any]) -> str:
    """The headline: a box for each headline measure of each headline analysis."""
    parts = [_sizes(data)]
    if data["not_headlined"]:
        reason = named(data, escape(data["not_headlined"]))
        box = f'<div class="jdl-finding" data-verdict="withheld"><p>{reason}</p></div>'
        return box + parts[0]
    for number, measure in enumerate(data["measures"]):
        key = f"finding-{data['slug']}-{measure['outcome'].replace('_', '-')}"
        size = ' class="jdl-finding__big"' if number == 0 else ""
        parts.insert(
            number,
            f'<div class="jdl-finding jdl-finding--{colour(measure)}" id="{key}" '
            f"{attributes(measure)}>{tag(measure)}"
            f"<h3>{named(data, heading(measure, data['noun']))}</h3>"
            f"{_values(measure, data['noun'], size)}"
            f"<p>{meaning(measure, data['noun'])}</p></div>",
        )
    return "".join(parts)


def named(data: dict[str, Any], text: str) -> str:
    """A heading that names the analysis where there are several."""
    return f"{escape(data['analysis'])}: {text}" if data["several"] else text


def _values(measure: dict[str, Any], noun: str, size: str = "") -> str:
    if verdict(measure) in ("withheld", "none"):
        return ""
    return f"<p{size}>{values(measure, noun)}</p>"


def _sizes(data: dict[str, Any]) -> str:
    noun = escape(data["noun"])
    # on a poor match they are not similar
    alike = "" if data["not_headlined"] else "similar "
    return (
        f"<p>{data['n_treatment'].html} {noun} in the programme were compared with "
        f"{data['n_comparison'].html} {alike}{noun} who did not take part.</p>"
    )


def estimate(data: dict[str, Any]) -> str:
    """One measure of one analysis in its own paragraph."""
    measure, noun = data["measure"], data["noun"]
    title = f"<h3>{named(data, escape(measure['title']))}</h3>"
    if verdict(measure) in ("withheld", "none"):
        body = f"<p>{meaning(measure, noun)}</p>"
    else:
        body = f"<p>{values(measure, noun)}</p><p>{_difference(measure, noun)}</p>"
    return f'{title}<div class="jdl-measure" {attributes(measure)}>{body}</div>'


def _difference(measure: dict[str, Any], noun: str) -> str:
    """The estimate with its interval and its p, and what they come to."""
    per = "" if measure["kind"] == "days" else f" for every 100 {escape(noun)}"
    p = measure["p_value"]
    sign = "" if p.text.startswith("<") else "=\u00a0"  # stays on one line
    tested = f"; p\u00a0{sign}{p.html}" if p.state == "shown" else ""
    text = (
        f"The difference is {directed(measure, measure['difference'])}{per} "
        f"(95% interval {between(measure)}{tested}). "
    )
    found = verdict(measure)
    if found in ("decrease", "increase"):
        return text + SIGNIFICANT
    if found == "untested":
        return f"{text}{_untested(measure, noun)} {NOT_ZERO}"
    both = "a decrease and an increase"
    if measure["kind"] == "days":
        both = "a shorter and a longer time"
    return f"{text}The interval holds both {both}, so the result is inconclusive. " + (
        NOT_ZERO
    )


def headline_sentence(data: dict[str, Any]) -> str:
    """The finding in brief, for the top of the page and the console."""
    return named(data, _brief(data))


def _brief(data: dict[str, Any]) -> str:
    if data["not_headlined"]:
        return escape(data["not_headlined"])
    measure, noun = data["measures"][0], data["noun"]
    found = verdict(measure)
    if found in ("withheld", "none"):
        return meaning(measure, noun)
    brief = BRIEF | (BRIEF_TIME if measure["kind"] == "days" else {})
    return f"{values(measure, noun)} {brief[found]}"
