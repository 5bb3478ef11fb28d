"""How alike the two groups are, and who was left out, in words."""

from typing import Any

from helpers.publication.numbers import escape, pieces
from helpers.request import limits

# constants of the method, which a check of numbers need not look for
WELL, REASONABLE = (
    f'<span data-numcheck="off">{limit}%</span>'
    for limit in (limits.WELL, limits.REASONABLE)
)

QUALITY = {
    "well": "The two groups are well matched: after matching, no characteristic "
    f"differs by more than {WELL} of its standard deviation.",
    "reasonably": "The two groups are reasonably well matched: after matching, no "
    f"characteristic differs by more than {REASONABLE} of its standard "
    "deviation.",
    "poorly": "The two groups are poorly matched: after matching, at least one "
    f"characteristic still differs by more than {REASONABLE} of its standard "
    "deviation. Because of this, no result is shown.",
}


def match_quality(data: dict[str, Any]) -> str:
    """Give the verdict on balance, the caliper that was used and how it was chosen."""
    noun, quality = escape(data["noun"]), data["match_quality"]
    shown = quality.value if quality.state == "shown" else None
    lines = [
        QUALITY.get(shown, "How alike the groups are is not shown."),
        f"{data['n_treatment'].html} {noun} in the programme were matched to "
        f"{data['n_comparison'].html} {noun}, who are the comparison group."
        + _weighted(data, noun)
        + f" {data['sizes'].html} gives the sizes.",
    ]
    if data["limited"]:
        lines.append(_caliper(data))
    share = data["share_matched"]
    # whether it is below says how many were left, where that is hidden
    if share.state == "shown" and share.value < 100 * limits.NEARLY_ALL:
        lines.append(_few_matched(data, noun))
    title = f"<h3>{escape(data['analysis'])}</h3>" if data["several"] else ""
    return title + "".join(f"<p>{line}</p>" for line in lines)


def _weighted(data: dict[str, Any], noun: str) -> str:
    """Say what the comparison group's weights cost; nothing where all are equal."""
    if not data["weighted"]:
        return ""
    telling = data["effective_comparison"]
    return (
        " Because these count with different weights, their averages are only as "
        f"certain as those of {telling.html} {noun} who all count the same: the "
        "effective size."
    )


def _caliper(data: dict[str, Any]) -> str:
    size, width = data["caliper"].html, data["width"].html
    units = {
        "pooled": f"{size} standard deviations (pooled over both groups), which is "
        f"{width}",
        "all": f"{size} standard deviations (of everyone), which is {width}",
        "": width,
    }[data["unit"]]
    text = f"The caliper was {units} {escape(data['scale'])}."
    if data["choice"] == "named":
        return f"{text} The request named it.{_too_wide(data)}"
    return f"{text} {_tried(data)} Only balance was looked at, never an outcome."


def _too_wide(data: dict[str, Any]) -> str:
    """Say that the request accepted a caliper above the limit, and what that risks."""
    if not data["widest"]:
        return ""
    return (
        f" It is wider than the limit, {data['widest'].html}, above which the people "
        "compared may differ enough to bias the result; the request accepted that."
    )


def _tried(data: dict[str, Any]) -> str:
    """Say which calipers were tried where none was named, and why one stands."""
    *sizes, last = [size.html for size in data["tried"]]
    tried = f"{', '.join(sizes)} and {last}" if sizes else last
    lead, quality = "The request named none", data["match_quality"]
    if data["widened"]:
        were = "were" if sizes else "was"
        return (
            f"{lead}. {tried} standard deviations {were} tried first and left the "
            "groups poorly matched; this was the first that did not."
        )
    if quality.state != "shown":
        return (
            f"{lead}: {tried} standard deviations are tried in turn until the groups "
            "are not poorly matched."
        )
    if quality.value == "poorly":
        return (
            f"{lead}. {tried} standard deviations were tried in turn and each left the "
            "groups poorly matched, so the first stands."
        )
    return (
        f"{lead}, so the usual one was tried first; it did not leave the groups poorly "
        "matched, so no wider one was tried."
    )


def _few_matched(data: dict[str, Any], noun: str) -> str:
    text = (
        f"Only {data['share_matched'].html} of the {noun} who could have been analysed "
        "were matched."
    )
    if data["match_quality"].value != "poorly":
        text += " The result holds for these alone."
    lost = data["lost"]
    if lost and lost.state == "shown":
        text += f" Those who were not differed from them most in: {lost.html}."
    return text


def flow(data: dict[str, Any]) -> str:
    """Say how many of those submitted could be analysed, and where the others went."""
    noun, table = escape(data["noun"]), data["table"].html
    submitted, analysed = data["submitted"], data["n_treatment"]
    which = f" “{escape(data['analysis'])}”" if data["several"] else ""
    came = (
        f"The data hold {submitted.html} people in the programme."
        if data["open_data"]
        else f"{escape(data['organisation'])} submitted {submitted.html} lines."
    )
    if submitted.state == "c":
        came = "How many were submitted is hidden to protect people."
    place = (data["chart"] if data["some_left_out"] else data["table"]).html
    kept = f"{analysed.html} {noun} are in the analysis{which} ({place})."
    if analysed.state == "c":
        kept = (
            f"How many {noun} are in the analysis{which} is hidden to protect people "
            f"({place})."
        )
    whom = _kept(data) + _set_aside(data, noun)
    if not data["some_left_out"]:
        return f"<p>{came} {kept}</p>{whom}"
    others = data["not_analysed"]
    count = f" {others.html}" if others.state == "shown" else "s"
    left = f"{table} says where the other{count} went, and why."
    only = "The result may not hold for those who were left out."
    return f"<p>{came} {kept} {left} {only}</p>{whom}"


def _kept(data: dict[str, Any]) -> str:
    """Say whom the request kept by its filters."""
    return "".join(f"<p>{pieces(sentence)}</p>" for sentence in data["kept"])


def _set_aside(data: dict[str, Any], noun: str) -> str:
    """Say how many had a level that nobody in the other group has."""
    groups = zip(data["set_aside"], ("in the programme", "in the pool"), strict=True)
    counts = [f"{count.html} {where}" for count, where in groups if count]
    if not counts:
        return ""
    on = ", ".join(escape(label) for label in data["set_aside_for"])
    return (
        f"<p>Some {noun} were set aside, since nobody in the other group was like them "
        f"on a characteristic compared ({on}): {' and '.join(counts)}.</p>"
    )
