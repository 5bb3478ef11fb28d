"""What a measure is called, and the values of both groups, in words."""

from helpers.publication import units
from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import MINUS, escape
from helpers.publication.wording.intervals import difference, in_group, nothing
from helpers.publication.wording.verdicts import NEUTRAL, verdict

#: where a difference is not that of the two values as printed
TAKEN, BEFORE = ", taken before rounding", "Before rounding"
SAME = f"{BEFORE}, the two numbers are almost the same."
SMALLER = "The difference is smaller than these rounded numbers can show."


def did(measure: Measure) -> str:
    """Say what happened, in the measure's own words: "reoffended within a year"."""
    return f"{escape(measure.label)} {escape(measure.definition)}".strip()


def among(measure: Measure, noun: str) -> str:
    """Say whom a measure is about, where it is about some people only."""
    return escape(measure.among(noun))


def values(measure: Measure, noun: str) -> str:
    """Give both groups, a short sentence each."""
    treated, compared = _both(measure, noun)
    return f"{treated}. {compared}."


def in_one(measure: Measure, noun: str) -> str:
    """Give both groups in one sentence."""
    treated, compared = _both(measure, noun)
    return f"{treated}; {compared[:1].lower()}{compared[1:]}."


def _both(measure: Measure, noun: str) -> tuple[str, str]:
    """Give each group as a sentence without its end.

    Who reoffended in the two groups were not matched: they are not called similar.
    """
    treated, compared = measure.values
    some, what = measure.of_some, did(measure)
    lead, here, whom = "In the programme", "", f" {escape(noun)}"
    others = f"Among similar {escape(noun)} who did not take part,"
    if some:
        lead, here, whom = f"Among {among(measure, noun)}", " in the programme", ""
        others = "In the comparison group"
    if measure.kind == "rate":
        return (
            f"{lead}, {treated.html} in every 100{whom}{here} {what}",
            f"{others} it was {compared.html} in every 100",
        )
    if measure.kind == "frequency":
        were, theirs = (
            "was" if number.text == "1" else "were" for number in (treated, compared)
        )
        if treated.text == "1":
            one = units.one(measure.label)
            what = f"{escape(one)} {escape(measure.definition)}".strip()
        return (
            f"{lead}, there {were} {treated.html} {what} for every 100{whom}{here}",
            f"{others} there {theirs} {compared.html}",
        )
    return (
        f"{lead}, the {mean(measure)} {_came_to(measure)}{here}",
        f"{others} it was {in_group(measure, compared)}",
    )


def mean(measure: Measure) -> str:
    """Give what the average is called: "average time to return to prison"."""
    if measure.kind == "amount":
        named = units.average(measure.label, measure.unit)
        return f"{escape(named)} {escape(measure.definition)}".strip()
    return f"average {did(measure)}"


def _came_to(measure: Measure) -> str:
    """Give the average of the programme; "came to" goes with one and with many."""
    verb = "came to" if measure.kind == "amount" else "was"
    return f"{verb} {in_group(measure, measure.value_treatment)}"


def per_how_many(measure: Measure, noun: str) -> str:
    """Say for how many a difference is given; an average is given for each."""
    if measure.kind in NEUTRAL:
        return ""
    return f" for {escape(measure.every_100(noun))}"


def rounding(measure: Measure, noun: str) -> str:
    """Give the difference itself, where the two printed values give another one."""
    three = (*measure.values, measure.difference)
    tenths = measure.difference.tenths
    numbers = [number.as_("amount_tenth" if tenths else "days") for number in three]
    if any(number.state != "shown" for number in numbers):
        return ""
    printed = [float(n.text.replace(",", "").replace(MINUS, "-")) for n in numbers]
    gap = round(printed[0] - printed[1], 1)
    clear = verdict(measure) in ("decrease", "increase")
    if gap == printed[2] and (gap or not clear):
        return ""
    if nothing(measure.difference):
        return SAME if gap else SMALLER
    per = per_how_many(measure, noun)
    said = difference(measure, per)
    return f"{BEFORE}, {said[:1].lower()}{said[1:]}."
