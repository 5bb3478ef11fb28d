"""What two runs say of each measure: the finding, then its numbers as printed."""

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.life_cycle.compare import changes
from helpers.life_cycle.compare.sides import Side
from helpers.life_cycle.parts import WITHHELD
from helpers.publication import units
from helpers.publication.labels import title
from helpers.publication.numbers import MINUS, Number
from helpers.publication.report.changed import (
    MEASURED,
    SIGNIFICANT,
    VERDICT,
    titled,
)
from helpers.publication.wording.verdicts import NEUTRAL, OWN, TAGS
from helpers.request.measures.standard import named

YES_NO = {True: "yes", False: "no"}
#: how the page writes values and differences of a kind; those of an amount go by unit
FORMATS = {
    "rate": ("per_100", "fewer"),
    "frequency": ("frequency", "frequency_fewer"),
    "days": ("days", "shorter"),
}
#: of a kind that this version does not know
UNKNOWN = ("margin", "margin")
NO_FINDING = "no finding shown"


def findings(a: Side, b: Side) -> Iterator[str]:
    """Tell each measure of which the two pages say another thing."""
    for name in both(a.analyses, b.analyses):
        was, now = (_of(side, name) for side in (a, b))
        rows: list[str] = []
        for key in both(was, now):
            if another(a, b, key):
                continue
            sides = (_finding(one[key], a.asked(key)) for one in (was, now))
            rows += changes.changed(_title(a, b, key, title), *sides)
        yield from changes.under(name, rows)


def estimates(a: Side, b: Side) -> Iterator[str]:
    """Tell each measure of each analysis that is printed otherwise."""
    for name in both(a.analyses, b.analyses):
        was, now = (_of(side, name) for side in (a, b))
        only = changes.apart(was, now, lambda key: _title(a, b, key, titled))
        rows = [f"measures {line}" for line in only]
        for key in both(was, now):
            called = _title(a, b, key, titled)
            if other := another(a, b, key):
                rows += changes.under(called, [other])
            else:
                rows += changes.under(
                    called, _measure(was[key], now[key], a.asked(key))
                )
        yield from changes.under(name, rows)


def another(a: Side, b: Side, key: str) -> str:
    """Tell that a name means another measure in the second run; empty otherwise.

    What is counted otherwise has no numbers that could lie beside each other.
    """
    was, now = (_counted(side.asked(key)) for side in (a, b))
    what = "another measure in B, whose numbers are not compared"
    return "" if was == now else changes.line(what, was, now)


def both(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Name what is on both sides, in the order of the first."""
    return [name for name in old if name in new]


def _of(side: Side, name: str) -> dict[str, Any]:
    return {one["outcome"]: one for one in side.analyses[name]["outcomes"]}


def _counted(asked: Mapping[str, Any]) -> str:
    unit = asked.get("unit")
    return f"{asked.get('kind')}{f' in {unit}' if unit else ''}"


def _title(a: Side, b: Side, key: str, call: Any) -> str:
    """Give what a measure is called, by both names where they differ."""
    names = [call(one) for side in (a, b) if (one := side.outcomes.get(key))]
    return " → ".join(dict.fromkeys(names)) or key


def _finding(one: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """Give the verdict of a measure, in the words of its tag on the page."""
    low, high, significant = (one.get(n) for n in ("ci_low", "ci_high", VERDICT))
    if None in (low, high, significant):
        return NO_FINDING
    found = "inconclusive"
    # as verdicts.verdict: a limit that is printed as nought, p tells
    if significant and low < 0 and high <= 0:
        found = "decrease"
    elif significant and low >= 0 and high > 0:
        found = "increase"
    own = OWN if named(one["outcome"]) is None else {}
    way = NEUTRAL.get(asked.get("kind", ""), own).get(found)
    words = TAGS[found].replace(found, f"difference: {way}") if way else TAGS[found]
    return words.removeprefix("Statistically ").lower()


def _measure(was: Mapping, now: Mapping, asked: Mapping[str, Any]) -> list[str]:
    """Give what of a measure is printed otherwise, and its verdict in any case."""
    rows: list[str] = []
    for field, label in MEASURED.items():
        sides = (_number(one.get(field), field, asked) for one in (was, now))
        rows += changes.changed(label, *sides)
    verdicts = [YES_NO.get(one.get(VERDICT), WITHHELD) for one in (was, now)]
    if verdicts[0] != verdicts[1]:
        return [*rows, changes.line(SIGNIFICANT, *verdicts)]
    return [*rows, f"{SIGNIFICANT}: {verdicts[0]} in both"] if rows else []


def _number(value: float | None, field: str, asked: Mapping[str, Any]) -> str:
    """Give a number of a measure as the page prints it."""
    if value is None:
        return WITHHELD
    kind = asked.get("kind")
    if field.startswith("n_"):
        return Number("", float(value), "count").text
    forms = FORMATS.get(kind or "", UNKNOWN)
    if kind == "amount":
        forms = units.formats(asked.get("unit") or "")
    times = 100 if kind == "rate" else 1
    form = forms[0] if field.startswith("value_") else forms[1]
    return Number("", float(value) * times, form).text.replace(MINUS, "-")
