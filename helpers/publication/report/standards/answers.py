"""Every item of the standards, answered by its rule, the request or the analyst."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from helpers.publication.report.standards import maryland
from helpers.publication.report.standards.answer import (
    IN_WORDS,
    NA,
    REPORTED,
    Answer,
    person,
)
from helpers.publication.report.standards.robins import (
    confounding,
    data,
    groups,
    reporting,
    result,
)
from helpers.publication.report.standards.study import Study
from helpers.publication.report.standards.target import (
    emulation,
    results,
    summary,
    trial,
)
from helpers.request.doubts.items import PERSON, ROBINS, Item, items

RULES: dict[str, Callable[[Study], Answer]] = {}
for _module in (
    summary, trial, emulation, results,
    result, confounding, groups, data, reporting, maryland,
):  # fmt: skip
    RULES |= _module.RULES

#: an answer of the request: what its key begins with
OF_REQUEST = "request:"
NO_RESULT = Answer(NA, ("The report shows no result to assess.",), ("main-points",))
MUST = "The analyst must answer"


@dataclass(frozen=True)
class Answered:
    """An item with its answer; `own` is what the analyst answers, beside the rule."""

    item: Item
    answer: Answer
    own: str = ""

    @property
    def response(self) -> str:
        """The answer in brief; where only a person can tell, that they did or must."""
        return self.answer.response or (IN_WORDS if self.own else MUST)

    @property
    def by(self) -> str:
        """Who answers: the run, the request, the analyst, or nobody as yet."""
        if not self.answer.response:
            return "the analyst" if self.own else "nobody yet"
        by_request = self.item.answered_by.startswith(OF_REQUEST)
        by = "the request" if by_request else "the run"
        return f"{by} and the analyst" if self.own else by


def answered(study: Study) -> list[Answered]:
    """Answer every item, in the order of the standards."""
    own = study.request.reporting
    return [
        Answered(item, _answer(item, study), own.get(item.id, "")) for item in items()
    ]


def _answer(item: Item, study: Study) -> Answer:
    if item.standard == ROBINS and not study.results:
        return NO_RESULT
    if item.answered_by == PERSON:
        return person()
    if item.answered_by.startswith(OF_REQUEST):
        return _of_request(item.answered_by.removeprefix(OF_REQUEST), study)
    return RULES[item.answered_by](study)


def _of_request(key: str, study: Study) -> Answer:
    """Give what a key of the request says; where it is left out, the analyst must."""
    block, name = key.split(".")
    text = getattr(attrgetter(block)(study.request), name, None)
    section = block.replace("_", "-")
    return Answer(REPORTED, (f"{text}",), (section,)) if text else person()
