"""What can and cannot be said on the strength of a measure."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.beside.qualified import qualified
from helpers.publication.wording.findings import meaning, named
from helpers.publication.wording.measure.groups import among, did, mean
from helpers.publication.wording.verdicts import NEUTRAL, verdict
from helpers.publication.wording.without_result import not_made

NOT_EVIDENCE = "An inconclusive result is not evidence of any of these."
WITH_REASON = "Whoever gives their numbers should give this reason with them."
NO_EVIDENCE = "A result that is not shown is not evidence of any of these."


def can_say(data: dict[str, Any]) -> str:
    """Say what may be claimed on one measure, and what may not."""
    if data.get("reason"):
        return _of_none(data, not_made.in_one_line(data))
    if data.get("not_headlined"):
        return _not_headlined(data)
    measure, found = data["measure"], verdict(data["measure"])
    title = named(data, escape(measure.title))
    if found in ("withheld", "none"):
        cannot = _nothing(measure, data, NO_EVIDENCE)
        return _pair(title, meaning(measure, data["noun"]), cannot)
    if found in ("decrease", "increase"):
        can = f"{_evidence(measure, data, found)} {meaning(measure, data['noun'])}"
        cannot = _too_much(measure, data, found)
    else:
        can = meaning(measure, data["noun"])
        cannot = _nothing(measure, data, NOT_EVIDENCE)
    return _pair(title, f"{can}{qualified(measure, data)}", cannot)


def _pair(title: str, can: str, cannot: str) -> str:
    return (
        f'<h3>{title}</h3><div class="jdl-say"><div><h4>What you can say</h4>'
        f"<p>{can}</p></div><div><h4>What you cannot say</h4>{cannot}</div></div>"
    )


def _list(texts: list[str], end: str = "") -> str:
    items = "".join(f"<li>{text}</li>" for text in texts)
    return f"<ul>{items}</ul>" + (f"<p>{end}</p>" if end else "")


def _evidence(measure: Measure, data: dict[str, Any], found: str) -> str:
    noun, programme = escape(data["noun"]), escape(data["programme"])
    side = "fewer" if found == "decrease" else "more"
    time = f"the {did(measure)} was " + ("shorter" if found == "decrease" else "longer")
    if measure.kind == "amount":
        time = f"the {mean(measure)} came out {NEUTRAL['amount'][found]}"
    if measure.of_some and measure.kind not in NEUTRAL:
        there = " there were" if measure.kind == "frequency" else ""
        what = (
            f", among {among(measure, noun)},{there} {side} {did(measure)} after "
            f"{programme} than in the comparison group"
        )
    elif measure.kind == "rate":
        what = (
            f" {side} in every 100 {noun} {did(measure)} after {programme} than in "
            f"every 100 similar {noun} without it"
        )
    elif measure.kind == "frequency":
        what = (
            f" there were {side} {did(measure)} after {programme} than among as many "
            f"similar {noun} without it"
        )
    elif measure.of_some:
        what = (
            f", among {among(measure, noun)}, {time} after {programme} than in the "
            "comparison group"
        )
    else:
        what = f" {time} after {programme} than among similar {noun} without it"
    return f"This analysis is evidence that{what}."


def _too_much(measure: Measure, data: dict[str, Any], found: str) -> str:
    """Say what even a significant result does not bear out."""
    noun = escape(data["noun"])
    reason = f"That {escape(data['programme'])} is the reason for the difference:"
    may = (
        "the groups may differ in ways that were not measured, such as wanting to "
        "change."
    )
    if data.get("by_chance"):
        reason = reason.replace("the reason", "certainly the reason")
        may = "the play of chance can bring one as large where a programme makes none."
    texts = [
        f"{reason} {may}",
        f"That the difference will be the same for other {noun} or places.",
    ]
    if measure.kind == "frequency" and not measure.of_some:
        side = "fewer" if found == "decrease" else "more"
        texts.append(
            f"That each person had {side}: the number mixes how many {noun} had any "
            "with how many each of them had."
        )
    elif measure.of_some:
        texts[0] = (
            f"That {escape(data['programme'])} is the reason for the difference: "
            f"{among(measure, noun)} in the two groups were not matched to each other, "
            "and need not be alike."
        )
    else:
        texts.append("That the difference holds for every person who took part.")
    return _list(texts)


def _nothing(measure: Measure, data: dict[str, Any], end: str) -> str:
    """Say that the result is evidence of no direction, and of no lack of one."""
    programme, label = escape(data["programme"]), did(measure)
    if measure.kind == "days":
        ways = (f"makes the {label} shorter", f"makes the {label} longer")
        it = f"the {label}"
    else:
        it = {
            "rate": f"the number of {escape(data['noun'])} who {did(measure)}",
            "frequency": f"the number of {did(measure)}",
        }.get(measure.kind, f"the {mean(measure)}")
        ways = (f"lowers {it}", f"raises {it}")
    texts = [*ways, f"makes no difference to {it}"]
    return _list([f"That {programme} {text}." for text in texts], end)


def _not_headlined(data: dict[str, Any]) -> str:
    """Say what may be said of an analysis that has no main points."""
    programme, can = escape(data["programme"]), escape(data["not_headlined"])
    if data["why"] == "poor":
        return _of_none(data, can)
    texts = [
        "That the numbers of the tables hold for everyone who took part.",
        f"That they show what {programme} does.",
    ]
    return _pair(_all(data), f"{can} {WITH_REASON}", _list(texts))


def _all(data: dict[str, Any]) -> str:
    return named(data, "all measures") if data["several"] else "All measures"


def _of_none(data: dict[str, Any], can: str) -> str:
    """Say what may not be said where there is no estimate."""
    programme = escape(data["programme"])
    ways = ("made things better", "made things worse", "made no difference")
    texts = [f"That {programme} {way}." for way in ways]
    return _pair(_all(data), can, _list(texts, NO_EVIDENCE))
