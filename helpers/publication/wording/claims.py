"""What can and cannot be said on the strength of a measure."""

from typing import Any

from helpers.publication.wording.findings import did, meaning, named
from helpers.publication.wording.verdicts import escape, verdict

NOT_EVIDENCE = "An inconclusive result is not evidence of any of these."


def can_say(data: dict[str, Any]) -> str:
    """What may be claimed on one measure, and what may not."""
    measure, found = data["measure"], verdict(data["measure"])
    title = f"<h3>{named(data, escape(measure['title']))}</h3>"
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
        "rate": f"{side} in every 100 {noun} {did(measure)} after {programme} than in "
        f"every 100 similar {noun} without it",
        "frequency": f"there were {side} {did(measure)} after {programme} than among "
        f"as many similar {noun} without it",
        "days": f"the {escape(measure['label'])} was {length} after {programme} than "
        + (
            "without it, among those to whom it happened"
            if measure["of_some"]
            else f"among similar {noun} without it"
        ),
    }[measure["kind"]]
    return f"This analysis is evidence that {what}. {text}"


def _cannot(measure: dict[str, Any], data: dict[str, Any], found: str) -> str:
    programme = escape(data["programme"])
    if found in ("decrease", "increase"):
        return (
            f"That {programme} is the only reason for the difference, that the "
            "difference will be the same for other people or places, or that it holds "
            "for every person who took part."
        )
    if measure["kind"] == "days":
        return (
            f"That {programme} makes the {escape(measure['label'])} shorter or longer, "
            f"or makes no difference to it. {NOT_EVIDENCE}"
        )
    what = {
        "rate": f"the number of {escape(data['noun'])} who {did(measure)}",
        "frequency": f"the number of {did(measure)}",
    }[measure["kind"]]
    return (
        f"That {programme} lowers {what}, raises it, or makes no difference to it. "
        f"{NOT_EVIDENCE}"
    )
