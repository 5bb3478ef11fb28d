"""Rules on the result that is assessed, the target trial, and confounding."""

from collections.abc import Callable

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
    return said(
        IN_WORDS, *told, "Its interval stands beside it.", at=_tables(study)
    )  # fmt: skip


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
    kept = (
        " An analysis keeps some of the treatment group alone; where that goes by what "
        "they had of the programme, see 3.3."
    )
    return said(
        "N", "Whoever was in the programme counts as treated, however much of it they "
        "had: variant A of domain 1.", kept if study.of_some else "", at=("method",),
    )  # fmt: skip


def confounding_left(study: Study) -> Answer:
    """1.4, A: the evidence is pointed to; a person weighs it."""
    if study.has(*EVIDENCE):
        return person("What there is to weigh stands there.", at=EVIDENCE)
    return person("The run holds no evidence on this.")


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
        confounding_left,
    )
}
