"""How sure a reader can be of a finding, in three lines that anybody can read."""

from typing import Any

from helpers.publication.numbers import Number
from helpers.publication.wording.beside.precision import amount
from helpers.publication.wording.intervals import nothing

HEADING = "How sure can we be?"
WARNING = "<strong>Warning:</strong>"
HIDDEN = "This is hidden to protect people."

ALIKE, FOUND, BEFORE = (
    "Are the groups alike?",
    "How small a change can we find?",
    "Did they differ before?",
)
#: how alike the groups are, by the verdict on their match
AS_ALIKE = {
    "well": "Yes, they are well matched.",
    "reasonably": "Mostly. In some of what was compared they differ a little.",
}
#: what was found of earlier offending, by its verdict
EARLIER = {
    "passed": "No clear difference in an earlier year.",
    "warning": f"{WARNING} yes, in an earlier year. The finding may show this old gap.",
    "not done": "This could not be checked.",
}

#: it is worked out before anybody knows how the programme's people fared
FORESEEN = "going by the comparison group alone"
NOT_RECORDED = " What was not recorded may differ."

MISSED = "would already matter to those who asked, and could be missed"
NOT_CHANCE = (
    f" {WARNING} made-up programmes that change nothing do not look like chance alone."
)

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
        (ALIKE, _alike(of)),
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


def _alike(of: dict[str, Any]) -> str:
    quality = of["match_quality"]
    if not _shown(quality) or quality.value not in AS_ALIKE:
        return HIDDEN
    return f"{AS_ALIKE[quality.value]}{NOT_RECORDED}"


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
    size = f"Usually about {amount(value, of['measure'], noun)}, {FORESEEN}."
    if verdict == "warning" and _shown(limit):
        matters = amount(limit, of["measure"], noun)
        return f"{size} {WARNING} {matters} {MISSED}."
    return f"{size} A smaller one could be missed."


def _false_alarms(of: dict[str, Any]) -> str:
    """Warn where made-up programmes seem to make a change too often."""
    return NOT_CHANCE if _verdict(of, "false_alarms") == "warning" else ""


def _before(of: dict[str, Any]) -> str:
    return EARLIER.get(_verdict(of, "negative_control"), HIDDEN)
