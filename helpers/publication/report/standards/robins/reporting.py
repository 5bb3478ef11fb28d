"""Domain 6: whether the reported result was selected among others."""

from collections.abc import Callable

from helpers.publication.report.standards.answer import Answer, person
from helpers.publication.report.standards.study import Study

OPENED = {
    "held": "The analyst held the outcomes all along.",
    "pool": "The matching was changed after the outcomes of the pool were opened.",
    "before": "This matching was made after the outcomes had first been opened.",
}


def by_plan(study: Study) -> Answer:
    """6.1: the request is the plan, if the outcomes were opened after the matching."""
    return _sealed(
        study, "PY", "The request says what is done; outcomes were opened only after "
        "the matching was settled.", at=("method", "gate", "limits"),
    )  # fmt: skip


def from_measures(study: Study) -> Answer:
    """6.2: every measure of the request is shown."""
    return _sealed(
        study, "PN", "Every measure that the request asks for is shown, or it is said "
        "why not.", at=("estimates", "limits"),
    )  # fmt: skip


def from_analyses(study: Study) -> Answer:
    """6.3: the analysis is fixed by the request and by balance."""
    return _sealed(
        study, "PN", "The request fixes the analysis; where it names no caliper, "
        "balance alone chooses one.",
        at=("method", "robustness", "doubts"),
    )  # fmt: skip


def from_subgroups(study: Study) -> Answer:
    """6.4: the request says which analyses head the report, and all are shown."""
    return _sealed(
        study, "PN", "The request says which analyses the report is headed by; "
        "the others are shown too, or it is said why not.", at=("estimates",),
    )  # fmt: skip


def _sealed(study: Study, response: str, told: str, at: tuple[str, ...]) -> Answer:
    """Give an answer that holds where outcomes stayed sealed; else a person's."""
    if study.sealed:
        return Answer(response, (told,), at)
    known = [text for when, text in OPENED.items() if when in study.opened]
    return person(" ".join(known), at=at)


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (by_plan, from_measures, from_analyses, from_subgroups)
}
