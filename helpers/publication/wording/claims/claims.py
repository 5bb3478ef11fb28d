"""What can and cannot be said on the strength of a measure."""

from dataclasses import dataclass
from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import READ_AS, Number, escape
from helpers.publication.wording.beside.qualified import qualified
from helpers.publication.wording.findings import meaning, named
from helpers.publication.wording.intervals import between
from helpers.publication.wording.measure.groups import (
    among,
    did,
    mean,
    per_how_many,
    values,
)
from helpers.publication.wording.verdicts import NEUTRAL, verdict
from helpers.publication.wording.without_result import not_made

NOT_EVIDENCE = "An inconclusive result is not evidence of any of these."
WITH_REASON = "Whoever gives their numbers should give this reason with them."
NO_EVIDENCE = "A result that is not shown is not evidence of any of these."


@dataclass(frozen=True)
class Cannot:
    """What may not be said, as HTML: its name in an anchor, the words, and why."""

    name: str
    text: str
    why: str
    with_why: bool = False  # the page says why in the same sentence


@dataclass(frozen=True)
class Claims:
    """What may be said on one measure or analysis, and what may not, as HTML.

    `end` says of all that may not be said why; `nothing` is true where all that may be
    said is that there is no result.
    """

    title: str
    can: str
    cannot: tuple[Cannot, ...]
    end: str = ""
    nothing: bool = False


HIDDEN = f"a number {READ_AS['[c]']}"
EACH = Cannot(
    "each",
    "That the difference holds for every person who took part",
    "It is that of a whole group; for one person it may be otherwise.",
)
#: of an analysis that is no headline
ALONE = Cannot(
    "alone",
    "That this result stands by itself",
    "it is one of several beside the headline, and of many results some stand out by "
    "chance alone.",
    with_why=True,
)


def claims(data: dict[str, Any]) -> Claims:
    """Say what may be claimed on one measure, and what may not."""
    if data.get("reason"):
        return _of_none(data, not_made.in_one_line(data))
    if data.get("not_headlined"):
        return _not_headlined(data)
    measure, found = data["measure"], verdict(data["measure"])
    title = named(data, escape(measure.title))
    means = meaning(measure, data["noun"])
    if found in ("withheld", "none"):
        return Claims(title, means, _nothing(measure, data), NO_EVIDENCE, nothing=True)
    if found in ("decrease", "increase"):
        can = f"{_evidence(measure, data, found)} {means}"
        cannot, end = _too_much(measure, data, found), ""
    else:
        can, cannot, end = means, _nothing(measure, data), NOT_EVIDENCE
    if data["beside_headline"]:
        cannot = (*cannot, ALONE)
    return Claims(title, f"{can}{qualified(measure, data)}", cannot, end)


def behind(data: dict[str, Any]) -> dict[str, str]:
    """Give what stands behind a finding by what it is, as HTML; a part may be missing.

    People, the values of both groups, and the interval of their difference.
    """
    measure, noun = data["measure"], data["noun"]
    if verdict(measure) in ("withheld", "none"):
        return {}
    ours, theirs = (_size(data["sizes"][one]) for one in ("treatment", "comparison"))
    whom = among(measure, noun) if measure.of_some else escape(noun)
    people = f"{ours} in the programme, {theirs} in the comparison group"
    told = {f"{whom[:1].upper()}{whom[1:]}": people}
    if all(number.state == "shown" for number in measure.values):
        told["Both groups"] = values(measure, noun)
    if verdict(measure) == "open":
        return told
    reach = f"{between(measure)}{per_how_many(measure, noun)}"
    return told | {"95% interval of the difference": reach}


def _size(number: Number) -> str:
    return number.html if number.state == "shown" else HIDDEN


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


def _too_much(measure: Measure, data: dict[str, Any], found: str) -> tuple[Cannot, ...]:
    """Say what even a significant result does not bear out."""
    noun, programme = escape(data["noun"]), escape(data["programme"])
    elsewhere = Cannot(
        "elsewhere",
        f"That the difference will be the same for other {noun} or places",
        f"Only the {noun} of this analysis were compared.",
    )
    last = [EACH]
    if measure.kind == "frequency" and not measure.of_some:
        side = "fewer" if found == "decrease" else "more"
        why = (
            f"the number mixes how many {noun} had any with how many each of them had."
        )
        last = [Cannot("each", f"That each person had {side}", why, with_why=True)]
    elif measure.of_some:
        last = []
    certain = "certainly " if data.get("by_chance") and not measure.of_some else ""
    reason = f"That {programme} is {certain}the reason for the difference"
    cause = Cannot("reason", reason, _other_reason(measure, data), with_why=True)
    return (cause, elsewhere, *last)


def _other_reason(measure: Measure, data: dict[str, Any]) -> str:
    """Say what else than the programme may be the reason for a difference."""
    if measure.of_some:
        return (
            f"{among(measure, escape(data['noun']))} in the two groups were not "
            "matched to each other, and need not be alike."
        )
    if data.get("by_chance"):
        return "the play of chance can bring one as large where a programme makes none."
    return (
        "the groups may differ in ways that were not measured, such as wanting to "
        "change."
    )


def _nothing(measure: Measure, data: dict[str, Any]) -> tuple[Cannot, ...]:
    """Say that the result is evidence of no direction, and of no lack of one."""
    programme, label = escape(data["programme"]), did(measure)
    if measure.kind == "days":
        it = f"the {label}"
        ways = {"lower": f"makes {it} shorter", "higher": f"makes {it} longer"}
    else:
        it = {
            "rate": f"the number of {escape(data['noun'])} who {did(measure)}",
            "frequency": f"the number of {did(measure)}",
        }.get(measure.kind, f"the {mean(measure)}")
        ways = {"lower": f"lowers {it}", "higher": f"raises {it}"}
    ways["none"] = f"makes no difference to {it}"
    return tuple(
        Cannot(name, f"That {programme} {way}", "") for name, way in ways.items()
    )


def _not_headlined(data: dict[str, Any]) -> Claims:
    """Say what may be said of an analysis that has no main points."""
    programme, can = escape(data["programme"]), escape(data["not_headlined"])
    if data["why"] == "poor":
        return _of_none(data, can)
    cannot = (
        Cannot(
            "everyone",
            "That the numbers of the tables hold for everyone who took part",
            "They are about those alone who could be analysed.",
        ),
        Cannot(
            "effect",
            f"That they show what {programme} does",
            "Too little stands behind them.",
        ),
    )
    return Claims(_all(data), f"{can} {WITH_REASON}", cannot)


def _all(data: dict[str, Any]) -> str:
    return named(data, "all measures") if data["several"] else "All measures"


def _of_none(data: dict[str, Any], can: str) -> Claims:
    """Say what may not be said where there is no estimate."""
    cannot = nothing_made_of(data["programme"])
    return Claims(_all(data), can, cannot, NO_EVIDENCE, nothing=True)


def nothing_made_of(programme: str) -> tuple[Cannot, ...]:
    """Give what may not be said of a programme where there is no estimate."""
    ways = {
        "better": "made things better",
        "worse": "made things worse",
        "none": "made no difference",
    }
    return tuple(
        Cannot(name, f"That {escape(programme)} {way}", "")
        for name, way in ways.items()
    )
