"""Rules of TARGET on what was found."""

from collections.abc import Callable
from typing import Any

from helpers.publication import refs
from helpers.publication.report.standards.answer import (
    NOT_REPORTED,
    Answer,
    partly,
    reported,
    said,
)
from helpers.publication.report.standards.study import Study

NO_RESULT = said(NOT_REPORTED, "No result is shown.", at=("main-points",))


def numbers_of_people(study: Study) -> Answer:
    """Item 8."""
    of_file = " people of the programme in the data."
    where = " lines on the list." if study.from_records else of_file
    told: list[Any] = study.number(refs.SUBMITTED, after=where)
    for one in study.headlines:
        name = f" {one.name}: " if len(study.headlines) > 1 else " "
        told += study.number(refs.of(one.name, "n_treatment"), name, after=" analysed,")
        told += study.number(
            refs.of(one.name, "n_comparison"), " ", after=" compared with them."
        )
    return reported(*told, at=("flow-chart", "flow", "sizes", "people"))


def outcomes(study: Study) -> Answer:
    """Item 12."""
    if not study.results:
        return NO_RESULT
    told: list[Any] = ["By group, for every measure that is shown."]
    for name, found in study.results.items():
        of = found.removesuffix("difference")
        values = (f"{of}value_treatment", f"{of}value_comparison")
        if all(value in study.shown for value in values):
            told += [" ", *study.lead(name), *study.number(values[0])]
            told += [" in the programme, ", *study.number(values[1])]
            told.append(" in the comparison group.")
    return reported(*told, at=_tables(study))


def estimates(study: Study) -> Answer:
    """Item 13."""
    if not study.results:
        return NO_RESULT
    told = [piece for name in study.results for piece in study.finding(name)]
    told.append("Intervals stand beside the differences")
    at = (*_tables(study), "ratios")
    if study.has("ratios"):
        return reported(*told, "; rates and frequencies have ratios too.", at=at)
    return partly(*told, "; none is relative.", at=at)


def _tables(study: Study) -> tuple[str, ...]:
    """Give the tables of the measures."""
    return tuple(f"results-{outcome.name}" for outcome in study.request.outcomes)


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule for rule in (numbers_of_people, outcomes, estimates)
}
