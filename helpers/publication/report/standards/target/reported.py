"""Whether the report holds what an item asks for, and where."""

from typing import Any

from helpers.publication.report.standards.answer import NOT_REPORTED, REPORTED, Answer
from helpers.publication.report.standards.study import Study

#: told by this table alone
HERE = ("reporting",)
#: where further analyses stand
FURTHER = ("robustness", "gate", "doubts", "sites")


def reported(
    study: Study, *told: Any, at: tuple[str, ...], response: str = REPORTED
) -> Answer:
    """Say that something is reported, if a part that holds it stands in the report."""
    if study.has(*at):
        return Answer(response, told, at)
    return Answer(NOT_REPORTED, ("The report has no part that holds it.",))


def listed(items: list[str]) -> str:
    """Give names one after the other."""
    return "; ".join(items)
