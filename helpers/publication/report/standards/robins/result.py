"""Preliminary considerations: the result assessed, the triage, the target trial."""

from collections.abc import Callable

from helpers.publication import labels
from helpers.publication.report.standards.answer import (
    IN_WORDS,
    NA,
    Answer,
    person,
)
from helpers.publication.report.standards.study import Study


def confounders_listed(study: Study) -> Answer:
    """P1: what was matched on; whether that is all that matters is for a person."""
    return person(
        "The request names what was matched on; which factors matter is not told by "
        "it.", at=("method", "characteristics"),
    )  # fmt: skip


def result_assessed(study: Study) -> Answer:
    """A1."""
    told = [piece for name in study.results for piece in study.finding(name)]
    return Answer(IN_WORDS, (*told, "Its interval stands beside it."), _tables(study))


def where_assessed(study: Study) -> Answer:
    """A2."""
    return Answer(
        IN_WORDS, ("The main measure of each analysis that the report is headed by.",),
        (*_tables(study), "main-points"),
    )  # fmt: skip


def outcome_assessed(study: Study) -> Answer:
    """A3."""
    return Answer(
        IN_WORDS, (f"{'; '.join(_measures(study).values())}.",), _tables(study)
    )


def any_control(study: Study) -> Answer:
    """B1: the groups were matched."""
    return Answer("Y", ("The groups were matched on a propensity score.",), ("method",))


def too_confounded(study: Study) -> Answer:
    """B2: asked only where there was no attempt."""
    return Answer(NA, ("There was an attempt.",))


def unsuitable_measure(study: Study) -> Answer:
    """B3."""
    if study.from_records:
        return person("Offences proven in the records, by one rule.", at=("method",))
    return person("The outcome came with the file.")


def who_takes_part(study: Study) -> Answer:
    """C1."""
    if not study.from_records:
        return person("Who could be in the file was decided where it was made.")
    told = "People with a sentence of the kinds and within the days that are named."
    return Answer(IN_WORDS, (told,), ("rules", "method"))


def intervention(study: Study) -> Answer:
    """C2."""
    programme = study.request.programme
    if not programme.description:
        return person("The request does not say what the programme is.")
    return Answer(IN_WORDS, ("In the words of the request.",), ("programme",))


def comparator(study: Study) -> Answer:
    """C3."""
    return Answer(
        IN_WORDS,
        ("Going without the programme; other support is not known.",),
        ("limits",),
    )


def deviations(study: Study) -> Answer:
    """C4: everyone in the programme counts, whatever they had of it."""
    told = (
        "Whoever was in the programme counts as treated, however much of it they had: "
        "variant A of domain 1."
    )
    kept = (
        " An analysis keeps some of the treatment group alone; where that goes by what "
        "they had of the programme, see 3.3."
        if study.of_some
        else ""
    )
    return Answer("N", (told, kept), ("method",))


def sources_of_assessment(study: Study) -> Answer:
    """D."""
    return Answer(
        IN_WORDS, ("The request, and this run with its code, numbers and checks.",),
        ("about",),
    )  # fmt: skip


def _measures(study: Study) -> dict[str, str]:
    """Give the measure of each result: its name, and what it is called."""
    names = [ref.split(".")[1] for ref in study.results.values()]
    return {
        outcome.name: labels.title(outcome)
        for outcome in study.request.outcomes
        if outcome.name in names
    }


def _tables(study: Study) -> tuple[str, ...]:
    return tuple(f"results-{name}" for name in _measures(study))


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        confounders_listed,
        result_assessed,
        where_assessed,
        outcome_assessed,
        any_control,
        too_confounded,
        unsuitable_measure,
        who_takes_part,
        intervention,
        comparator,
        deviations,
        sources_of_assessment,
    )
}
