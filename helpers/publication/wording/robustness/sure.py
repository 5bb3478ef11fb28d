"""How sure a reader can be of a finding, in three lines that anybody can read."""

from typing import Any

from helpers.publication.numbers import Number, escape
from helpers.publication.wording.beside.precision import amount
from helpers.publication.wording.intervals import nothing

HEADING = "How sure can we be?"
WARNING = "<strong>Warning:</strong>"
HIDDEN = "This is hidden to protect people."

ALIKE, FOUND, BEFORE = (
    "Are the two groups alike?",
    "How small a change can we find?",
    "Did the groups differ before?",
)
#: how alike the groups are, by the verdict on their match
AS_ALIKE = {
    "well": "Yes, very much so, in all that was compared. What was not recorded may "
    "differ.",
    "reasonably": "Mostly. In some of what was compared they still differ a little.",
}
#: what was found of earlier offending, by its verdict
EARLIER = {
    "passed": "We looked at an earlier year, before any support. No clear difference "
    "was found.",
    "warning": f"{WARNING} yes. They already differed in an earlier year, before any "
    "support. The finding may show this old gap and not what the programme did.",
    "not done": "This could not be checked.",
}

MISSED = "would already matter to those who asked, and could be missed"
TRIED = " We also tried made-up programmes that change nothing"

#: what each criterion warns of, in brief
BRIEFLY = {
    "precision": "a change that would matter could be missed",
    "false_alarms": "made-up programmes do not look like chance alone",
    "negative_control": "the groups already differed in an earlier year",
}


def sure(data: dict[str, Any]) -> str:
    """Give the three lines on an analysis; nothing where no gate is told of it."""
    of = data.get("sure")
    if not of:
        return ""
    lines = (
        (ALIKE, _alike(of, data["noun"])),
        (FOUND, f"{_found(of, data['noun'])}{_false_alarms(of)}"),
        (BEFORE, _before(of)),
    )
    items = "".join(
        f"<li><p><strong>{question}</strong> {text}</p></li>"
        for question, text in lines
    )
    return (
        f'<div class="jdl-sure"><h4>{HEADING}</h4>'
        f'<ul class="jdl-points">{items}</ul></div>'
    )


def in_brief(data: dict[str, Any]) -> str:
    """Give the warnings of the design gate in one sentence, for the top of the page."""
    of = data.get("sure")
    if not of:
        return ""
    warned = {
        name: text for name, text in BRIEFLY.items() if _verdict(of, name) == "warning"
    }
    limit = of["precision"].get("threshold")
    if "precision" in warned and _shown(limit):
        size = amount(limit, of["measure"], data["noun"])
        warned["precision"] = f"a change of {size} {MISSED}"
    return f" {WARNING} {'; '.join(warned.values())}." if warned else ""


def _shown(number: Number | None) -> bool:
    return number is not None and number.state == "shown"


def _verdict(of: dict[str, Any], criterion: str) -> str:
    """Give the verdict on a criterion; empty where it is hidden."""
    verdict = of[criterion].get("verdict")
    return str(verdict.value) if _shown(verdict) else ""


def _alike(of: dict[str, Any], noun: str) -> str:
    quality, share = of["match_quality"], of["share_matched"]
    text = AS_ALIKE.get(quality.value, HIDDEN) if _shown(quality) else HIDDEN
    if not _shown(share):
        return text
    whom = f"the {escape(noun)} in the programme"
    if share.text == "100%":
        return f"{text} All {whom} who could be matched had someone like them."
    return f"{text} Of {whom}, {share.html} had someone like them."


def _found(of: dict[str, Any], noun: str) -> str:
    """Say how small a difference would be found, and whether it would matter."""
    numbers = of["precision"]
    value, limit = numbers.get("value"), numbers.get("threshold")
    verdict = _verdict(of, "precision")
    if not verdict or value is None or value.state == "c":
        return HIDDEN
    if not _shown(value) or nothing(value):
        none = f"{WARNING} nothing" if verdict == "warning" else "Nothing"
        return f"{none} for sure: too few people could be compared."
    size = amount(value, of["measure"], noun)
    text = (
        f"Usually about {size}, going by the comparison group. A smaller one could be "
        "missed."
    )
    if verdict == "warning" and _shown(limit):
        text += f" {WARNING} {amount(limit, of['measure'], noun)} {MISSED}."
    return text


def _false_alarms(of: dict[str, Any]) -> str:
    """Say how often chance alone finds a difference, where that was tried."""
    value, verdict = of["false_alarms"].get("value"), _verdict(of, "false_alarms")
    if verdict == "not done" and of["tried"]:
        return f"{TRIED}. Too few of them could be tested to judge by."
    if verdict not in ("passed", "warning"):
        return ""
    text = TRIED
    if _shown(value):
        text += f": {value.html}% of them seemed to make a change"
    if verdict == "warning":
        return f"{text}. {WARNING} on the whole they do not look like chance alone."
    return f"{text}. That is no more than chance explains."


def _before(of: dict[str, Any]) -> str:
    return EARLIER.get(_verdict(of, "negative_control"), HIDDEN)
