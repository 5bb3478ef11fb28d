"""What size of difference could be found, and whether one could matter."""

from typing import Any

from helpers.publication import units
from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.beside.power import USUALLY
from helpers.publication.wording.intervals import SINGULAR, nothing
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import verdict
from helpers.request.limits import MOST_NEEDED


def precision(data: dict[str, Any]) -> str:
    """Say what an analysis of this size could find, and what its interval rules out."""
    if verdict(data["measure"]) in ("withheld", "none"):
        return ""
    said = [_found(data), _margin(data)]
    return "".join(f"<p>{sentence}</p>" for sentence in said if sentence)


def _known(number: Number | str) -> bool:
    return isinstance(number, Number) and number.state == "shown"


def _found(data: dict[str, Any]) -> str:
    """Say which difference would be found, and with how many people that seen."""
    measure, noun, needed = data["measure"], data["noun"], data["people_needed"]
    if not _known(data["detectable"]) or nothing(data["detectable"]):
        return ""
    size = amount(data["detectable"].size, measure, noun)
    said = (
        f"An analysis of this size would {USUALLY} find a difference of {size}; a "
        "smaller one could be missed."
    )
    # a difference that is printed as nought would need people without number
    if not _known(needed) or nothing(measure.difference):
        return said
    many = f"about {needed.html}"
    if isinstance(needed.value, str):
        many = f"more than {in_words(MOST_NEEDED)}"
    return (
        f"{said} If the true difference were the one seen, {many} "
        f"{escape(_whom(measure, noun))} would have to be analysed to find it as often."
    )


def _whom(measure: Measure, noun: str) -> str:
    """Say of whom so many are needed: "people in the programme who reoffended"."""
    if not measure.of_some:
        return f"{noun} in the programme"
    some = measure.among(noun)
    if some.startswith(noun):
        return f"{noun} in the programme{some.removeprefix(noun)}"
    return f"of {some} in the programme"


def within_margin(data: dict[str, Any]) -> str:
    """Say that any difference is too small to matter, where the interval shows it."""
    side = data["beside_margin"]
    shown = verdict(data["measure"]) not in ("withheld", "none")
    if not shown or not _known(side) or side.value != "within it":
        return ""
    return (
        f"Any difference is likely to be no larger than {_takes(data)}: the whole "
        "interval lies within it."
    )


def _takes(data: dict[str, Any]) -> str:
    margin = amount(data["margin"], data["measure"], data["noun"])
    return f"the {margin} that the request takes as too small to matter"


def _margin(data: dict[str, Any]) -> str:
    """Say where the interval lies beside the difference that would not matter."""
    side = data["beside_margin"]
    if not _known(side):
        return ""
    takes = _takes(data)
    return {
        "within it": within_margin(data),
        "beyond it": f"The whole interval lies beyond {takes}.",
    }.get(
        side.value,
        f"The interval reaches beyond {takes}, so it does not show that any difference "
        "is that small.",
    )


def amount(number: Number, measure: Measure, noun: str) -> str:
    """Give how large a difference is, with what it is counted in."""
    if measure.kind == "rate":
        return f"{number.html} in {escape(measure.every_100(noun))}"
    if measure.kind == "frequency":
        per = escape(measure.every_100(noun))
        return f"{number.html} {escape(measure.label)} for {per}"
    before, unit = "", "days"
    if measure.kind == "amount":
        before, unit = units.around(measure.unit)
    if number.text == "1" and not before:
        unit = SINGULAR.get(unit) or units.one(unit)
    return f"{escape(before)}{number.html} {escape(unit)}".strip()
