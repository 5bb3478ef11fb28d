"""How alike the two groups are, and who was left out, in words."""

from typing import Any

from helpers.publication.numbers import Number, escape, pieces
from helpers.publication.wording.intervals import SINGULAR
from helpers.request import limits

# constants of the method: data of no cell, which are told of each analysis
WELL, REASONABLE = (
    f'<data value="{limit}">{limit}%</data>'
    for limit in (limits.WELL, limits.REASONABLE)
)

QUALITY = {
    "well": "The two groups are well matched",
    "reasonably": "The two groups are reasonably well matched",
    "poorly": "The two groups are poorly matched",
}
NOT_TOLD = "How alike the groups are is not shown."
#: what a verdict rests on; a difference that is hidden is not told of
MOST = {"well": WELL, "reasonably": REASONABLE}


def _quality(data: dict[str, Any]) -> str:
    """Give the verdict on balance, and what it rests on as far as that is shown."""
    quality = data["match_quality"].value
    if data["match_quality"].state != "shown" or quality not in QUALITY:
        return NOT_TOLD
    hidden = some_hidden(data["differences"])
    if quality in MOST:
        which = " whose numbers are shown" if hidden else ""
        rests = (
            f": after matching, no characteristic{which} differs by more than "
            f"{MOST[quality]} of its standard deviation."
        )
        return QUALITY[quality] + rests
    rests = (
        ": after matching, at least one characteristic still differs by more than "
        f"{REASONABLE} of its standard deviation."
    )
    if hidden and not some_above(data["differences"], limits.REASONABLE):
        rests = "."
    return f"{QUALITY[quality]}{rests} Because of this, no result is shown."


def some_hidden(differences: list[Number]) -> bool:
    """Tell whether a difference is withheld, so that nothing is said of all of them."""
    return any(number.state == "c" for number in differences)


def some_above(differences: list[Number], limit: float) -> bool:
    """Tell whether a difference that is shown is larger than a limit."""
    known = (number.value for number in differences if number.state == "shown")
    return any(abs(value) > limit for value in known)


def _compared(size: Number, noun: str) -> str:
    if size.text == "1":
        return f"{size.html} {SINGULAR.get(noun, noun)}, who is"
    return f"{size.html} {noun}, who are"


def match_quality(data: dict[str, Any]) -> str:
    """Give the verdict on balance, how many were compared, and if few were matched."""
    noun = escape(data["noun"])
    sizes = (
        f"{data['n_treatment'].html} {noun} in the programme were matched to "
        f"{_compared(data['n_comparison'], noun)} the comparison group."
    )
    lines = [_quality(data), sizes]
    share = data["share_matched"]
    # whether it is below says how many were left, where that is hidden
    if share.state == "shown" and share.value < 100 * limits.NEARLY_ALL:
        lines.append(_few_matched(data, noun))
    if data["several"]:
        lines[0] = f"<strong>{escape(data['analysis'])}:</strong> {lines[0]}"
    return "".join(f"<p>{line}</p>" for line in lines)


def match_sizes(data: dict[str, Any]) -> str:
    """Give the caliper or bandwidth, how it was chosen, and what the weights cost."""
    told = f"{data['sizes'].html} gives the sizes."
    lines = [f"{told}{_weighted(data, escape(data['noun']))}"]
    if data["limited"]:
        lines.append(_caliper(data))
    return "".join(f"<p>{line}</p>" for line in lines)


def _weighted(data: dict[str, Any], noun: str) -> str:
    """Say what the comparison group's weights cost; nothing where all are equal."""
    if not data["weighted"]:
        return ""
    telling = data["effective_comparison"]
    return (
        " Because people of the comparison group count with different weights, their "
        f"averages are only as certain as those of {telling.html} {noun} who all "
        "count the same: the effective size."
    )


#: whose choice the width was, where no other was tried
WHO_CHOSE = {"named": "The request named it.", "usual": "It is the usual one."}


def _caliper(data: dict[str, Any]) -> str:
    size, width = data["caliper"].html, data["width"].html
    units = {
        "pooled": f"{size} standard deviations (pooled over both groups), which is "
        f"{width}",
        "all": f"{size} standard deviations (of everyone), which is {width}",
        "": width,
    }[data["unit"]]
    text = f"The {escape(data['reach'])} was {units} {escape(data['scale'])}."
    if data["choice"] in WHO_CHOSE:
        return f"{text} {WHO_CHOSE[data['choice']]}{_too_wide(data)}"
    return f"{text} {_tried(data)} Only balance was looked at, never an outcome."


def _too_wide(data: dict[str, Any]) -> str:
    """Say that the request accepted a width above the limit, and what that risks."""
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
    if quality.state != "shown":
        return (
            f"{lead}: {tried} standard deviations are tried in turn until the groups "
            "are not poorly matched."
        )
    if data["widened"]:
        were = "were" if sizes else "was"
        return (
            f"{lead}. {tried} standard deviations {were} tried first and left the "
            "groups poorly matched; this was the first that did not."
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
    """Say how many were submitted, and how many of them are in the analysis."""
    noun = escape(data["noun"])
    submitted, analysed = data["submitted"], data["n_treatment"]
    which = f" “{escape(data['analysis'])}”" if data["several"] else ""
    what = "lines" if data["listed"] else "people"
    came = (
        f"The data hold {submitted.html} people in the programme."
        if data["open_data"]
        else f"{escape(data['organisation'])} submitted {submitted.html} {what}."
    )
    if submitted.state == "c":
        came = "How many were submitted is hidden to protect people."
        if data["open_data"]:
            came = "How many people the data hold is hidden to protect people."
    kept = f"{analysed.html} {noun} are in the analysis{which}."
    if analysed.state == "c":
        kept = (
            f"How many {noun} are in the analysis{which} is hidden to protect people."
        )
    only = " The result may not hold for those who were left out."
    return f"<p>{came} {kept}{only if data['some_left_out'] else ''}</p>{_kept(data)}"


def _kept(data: dict[str, Any]) -> str:
    """Say whom the request kept by its filters."""
    return "".join(f"<p>{pieces(sentence)}</p>" for sentence in data["kept"])


def set_aside(data: dict[str, Any]) -> str:
    """Say how many had a level that nobody in the other group has."""
    groups = zip(data["set_aside"], ("in the programme", "in the pool"), strict=True)
    counts = [f"{count.html} {where}" for count, where in groups if count]
    on = ", ".join(escape(label) for label in data["set_aside_for"])
    return (
        f"<p>Some {escape(data['noun'])} were set aside, since nobody in the other "
        f"group was like them on a characteristic compared ({on}): "
        f"{' and '.join(counts)}.</p>"
    )
