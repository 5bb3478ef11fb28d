"""What was found, and what it means: items 8 to 16."""

from collections.abc import Callable
from typing import Any

from helpers.publication import refs
from helpers.publication.report.standards.answer import (
    NOT_REPORTED,
    PARTLY,
    REPORTED,
    Answer,
    person,
)
from helpers.publication.report.standards.study import Study
from helpers.publication.report.standards.target.reported import (
    FURTHER,
    reported,
)


def numbers_of_people(study: Study) -> Answer:
    """Item 8."""
    where = " lines on the list." if study.from_records else " people in the data."
    told: list[Any] = study.number(refs.SUBMITTED, after=where)
    for one in study.headlines:
        name = f" {one.name}: " if len(study.headlines) > 1 else " "
        told += study.number(refs.of(one.name, "n_treatment"), name, after=" analysed,")
        told += study.number(
            refs.of(one.name, "n_comparison"), " ", after=" compared with them."
        )
    return reported(study, *told, at=("flow-chart", "flow", "sizes", "people"))


def characteristics(study: Study) -> Answer:
    """Item 9."""
    return reported(
        study, "Before and after matching, in both groups.",
        at=("characteristics", "needs", "love-plot"),
    )  # fmt: skip


def length_of_follow_up(study: Study) -> Answer:
    """Item 10."""
    if not study.from_records:
        return person("The file does not say how long people were followed up.")
    return reported(
        study, "Everyone for the days of each measure, by the records. Deaths and "
        "removals are not seen.", at=("method", "limits"), response=PARTLY,
    )  # fmt: skip


def missing_data(study: Study) -> Answer:
    """Item 11."""
    return reported(
        study, "A missing characteristic has a row of its own, by group; a missing "
        "outcome is a box of the flow.", at=("characteristics", "flow"),
    )  # fmt: skip


def outcomes(study: Study) -> Answer:
    """Item 12."""
    if not study.results:
        return Answer(NOT_REPORTED, ("No result is shown.",), ("main-points",))
    return reported(study, "By group, for every measure.", at=_results(study))


def estimates(study: Study) -> Answer:
    """Item 13."""
    if not study.results:
        return Answer(NOT_REPORTED, ("No result is shown.",), ("main-points",))
    told = [piece for name in study.results for piece in study.finding(name)]
    told.append("Intervals stand beside every difference")
    ratios = study.has("ratios")
    told.append(
        "; rates and frequencies have ratios too." if ratios else "; none is relative."
    )
    return reported(
        study, *told, at=(*_results(study), "ratios"),
        response=REPORTED if ratios else PARTLY,
    )  # fmt: skip


def results_of_further_analyses(study: Study) -> Answer:
    """Item 14."""
    return reported(study, "With their numbers.", at=FURTHER)


def interpretation(study: Study) -> Answer:
    """Item 15."""
    return reported(
        study, "What the result allows to be said, and what not.",
        at=("can-say", "main-points"),
    )  # fmt: skip


def limitations(study: Study) -> Answer:
    """Item 16."""
    return reported(
        study, "Strengths and limits, with the caveats of the request.", at=("limits",)
    )


def _results(study: Study) -> tuple[str, ...]:
    """Give the tables of the measures."""
    return tuple(f"results-{outcome.name}" for outcome in study.request.outcomes)


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        numbers_of_people,
        characteristics,
        length_of_follow_up,
        missing_data,
        outcomes,
        estimates,
        results_of_further_analyses,
        interpretation,
        limitations,
    )
}
