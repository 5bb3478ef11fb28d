"""Domain 6: whether the reported result was selected among others.

The run knows whether outcomes were opened before this matching was made; that the
request was written before anybody saw them, and is the first of its kind, it does not.
"""

from collections.abc import Callable

from helpers.publication.report.standards.answer import Answer, person
from helpers.publication.report.standards.study import Study

OPENED = {
    "sealed": "The outcomes were opened only after the matching was settled.",
    "held": "The analyst held the outcomes all along.",
    "pool": "The matching was changed after the outcomes of the pool were opened.",
    "before": "This matching was made after the outcomes had first been opened.",
    "tried": "The outcomes have since been opened on other matchings too.",
    "same": "Another analysis with this same matching had opened the outcomes first.",
    "unread": "Whether the outcomes had been opened before is not known in full.",
}
NOT_TOLD = "Whether the request was changed after they were seen, the run cannot tell."


def by_plan(study: Study) -> Answer:
    """6.1: the request says what is done; whether it was a plan, a person knows."""
    return _opened(
        study, "The request says what is done; item 18 of TARGET has whether it was "
        "registered.", at=("method", "gate", "limits"),
    )  # fmt: skip


def from_measures(study: Study) -> Answer:
    """6.2: every measure of the request is shown."""
    return _opened(
        study, "Every measure that the request asks for is shown, or it is said why "
        "not; which of them comes first, and is the main one, the request says.",
        at=("estimates", "limits"),
    )  # fmt: skip


def from_analyses(study: Study) -> Answer:
    """6.3: the kit fixes how the main result is estimated."""
    return _opened(
        study, "The main result is always that of the matching; where the request "
        "names no caliper, balance alone chooses one. Other estimators stand beside "
        "it." if study.has("robustness") else
        "The main result is always that of the matching; where the request names no "
        "caliper, balance alone chooses one.",
        at=("method", "robustness", "doubts"),
    )  # fmt: skip


def from_subgroups(study: Study) -> Answer:
    """6.4: the request says which analyses head the report, and all are shown."""
    return _opened(
        study, "The request says which analyses the report is headed by; the others "
        "are shown too, or it is said why not.", at=("estimates",),
    )  # fmt: skip


def _opened(study: Study, told: str, at: tuple[str, ...]) -> Answer:
    """Leave a question to a person, with when the outcomes were opened."""
    known = [text for when, text in OPENED.items() if when in study.opened]
    return person(" ".join([*known, told, NOT_TOLD]), at=at)


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (by_plan, from_measures, from_analyses, from_subgroups)
}
