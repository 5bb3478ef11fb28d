"""Rules on the result that is assessed, the target trial, and confounding."""

from collections.abc import Callable
from typing import Any

from helpers.publication import refs
from helpers.publication.labels import title
from helpers.publication.report.standards.answer import (
    IN_WORDS,
    Answer,
    person,
    said,
)
from helpers.publication.report.standards.study import Study

#: where evidence stands on confounding that is left
EVIDENCE = ("earlier", "placebo", "hidden-bias", "hidden-strength", "gate", "doubts")


def result_assessed(study: Study) -> Answer:
    """A1."""
    told = [piece for name in study.results for piece in study.finding(name)]
    return said(IN_WORDS, *told, at=_tables(study))


def where_assessed(study: Study) -> Answer:
    """A2."""
    told = "The main measure of each analysis that the report is headed by."
    return said(IN_WORDS, told, at=(*_tables(study), "main-points"))


def outcome_assessed(study: Study) -> Answer:
    """A3."""
    told = f"{'; '.join(_measures(study).values())}."
    return said(IN_WORDS, told, at=_tables(study))


def intervention(study: Study) -> Answer:
    """C2."""
    if not study.request.programme.description:
        return person("The request does not say what the programme is.")
    return said(IN_WORDS, "In the words of the request.", at=("programme",))


def deviations(study: Study) -> Answer:
    """C4: everyone in the programme counts, whatever they had of it."""
    if study.of_some:
        return person(
            "An analysis keeps some of the treatment group alone: whether by what they "
            "had of the programme, the request tells.", at=("method",),
        )  # fmt: skip
    return said(
        "N", "Whoever is marked as in the programme counts as treated, however much of "
        "it they had: variant A of domain 1. People who were assigned and never began "
        "may not be among them.", at=("method",),
    )  # fmt: skip


def after_the_start(study: Study) -> Answer:
    """1.3, A: whether the programme could have moved what was matched on."""
    if not study.from_records:
        return person("The file does not say when each characteristic was measured.")
    if not study.delays_counted:
        return person(
            "Characteristics are as they stood on the index date. Too many starts of "
            "support are not known to tell whether it began before that.",
            at=("method", "limits"),
        )
    told = (
        "Characteristics are as they stood before support began, and on the index date "
        "at the latest. The index date itself, and what the sentence came to, are "
        "later than support that began in custody."
    )
    if study.time_before:
        told += (
            " The days from the index date to support, and whether it began after that "
            "date, are later than the start of follow-up, and are matched on."
        )
    return person(told, at=("method", "characteristics"))


def confounding_left(study: Study) -> Answer:
    """1.4, A: the evidence is pointed to; a person weighs it."""
    if not study.has(*EVIDENCE):
        return person("The run holds no evidence on this.")
    told: list[Any] = ["What there is to weigh stands there."]
    for one in study.headlines:
        lead = f" {one.name}:" if len(study.headlines) > 1 else ""
        rung = refs.rung(one.name, "negative_control")
        told += study.number(
            refs.within(rung, "offended_before.difference"),
            f"{lead} Offending in an earlier year, which the programme cannot have "
            "changed, for every 100 people: ",
            after=".",
        )
        told += study.number(
            refs.gate(one.name, "false_alarms", "value"),
            f"{lead} Made-up programmes with a significant difference: ",
            after=" per cent.",
        )
    return person(*told, at=EVIDENCE)


def _measures(study: Study) -> dict[str, str]:
    """Give the measure of each result: its name, and what it is called."""
    names = [name.split(".")[1] for name in study.results.values()]
    return {
        outcome.name: title(outcome)
        for outcome in study.request.outcomes
        if outcome.name in names
    }


def _tables(study: Study) -> tuple[str, ...]:
    return tuple(f"results-{name}" for name in _measures(study))


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        result_assessed,
        where_assessed,
        outcome_assessed,
        intervention,
        deviations,
        after_the_start,
        confounding_left,
    )
}
