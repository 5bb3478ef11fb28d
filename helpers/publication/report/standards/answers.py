"""Every item of the standards, answered by its rule, the request or the analyst."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from helpers.publication.report.standards import maryland
from helpers.publication.report.standards.answer import (
    IN_WORDS,
    NA,
    NOT_REPORTED,
    PARTLY,
    REPORTED,
    Answer,
    person,
    said,
)
from helpers.publication.report.standards.robins import data, groups, reporting, result
from helpers.publication.report.standards.robins import told as of_robins
from helpers.publication.report.standards.robins.asked import settled
from helpers.publication.report.standards.study import Study
from helpers.publication.report.standards.target import design, results
from helpers.publication.report.standards.target import told as of_target
from helpers.request.doubts.items import PERSON, ROBINS, Item, items

#: answers by the names that items.csv has: of every run, by source of data, by a rule
ALWAYS = of_target.ALWAYS | of_robins.ALWAYS
BY_SOURCE = of_target.BY_SOURCE | of_robins.BY_SOURCE
RULES: dict[str, Callable[[Study], Answer]] = {
    **design.RULES,
    **results.RULES,
    **result.RULES,
    **groups.RULES,
    **data.RULES,
    **reporting.RULES,
    **maryland.RULES,
}

#: an answer of the request: what its key begins with
OF_REQUEST = "request:"
NO_RESULT = said(NA, "The report shows no result to assess.", at=("main-points",))
NOWHERE = said(NOT_REPORTED, "The report has no part that holds it.")
MUST = "The analyst must answer"


@dataclass(frozen=True)
class Answered:
    """An item with its answer; `own` is what the analyst answers, beside the rule."""

    item: Item
    answer: Answer
    own: str = ""

    @property
    def code(self) -> str:
        """The answer of the rule, else what the analyst's begins with, else nothing."""
        return self.answer.response or self.item.code(self.own)

    @property
    def response(self) -> str:
        """The answer in brief; where only a person can tell, that they did or must."""
        return self.code or (IN_WORDS if self.own else MUST)

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
    found: dict[str, Answered] = {}
    for item in items():
        codes = {id_: row.code for id_, row in found.items()}
        answer = settled(item.id, _answer(item, study), codes)
        if own.get(item.id) and answer == person():
            answer = Answer("", at=of_target.HERE)
        found[item.id] = Answered(item, answer, own.get(item.id, ""))
    return list(found.values())


def _answer(item: Item, study: Study) -> Answer:
    if item.standard == ROBINS and not study.results:
        return NO_RESULT
    answer = _by_name(item.answered_by, study)
    claimed = answer.response in (REPORTED, PARTLY)
    return NOWHERE if claimed and not study.has(*answer.at) else answer


def _by_name(name: str, study: Study) -> Answer:
    if name == PERSON:
        return person()
    if name.startswith(OF_REQUEST):
        return _of_request(name.removeprefix(OF_REQUEST), study)
    if name in BY_SOURCE:
        of_records, of_cohort = BY_SOURCE[name]
        return of_records if study.from_records else of_cohort
    return ALWAYS[name] if name in ALWAYS else RULES[name](study)


def _of_request(key: str, study: Study) -> Answer:
    """Give what a key of the request says; where it is left out, the analyst must."""
    block, *names = key.split(".")
    text = attrgetter(block)(study.request)
    for name in names:
        text = getattr(text, name, None)
    section = block.replace("_", "-")
    return Answer(REPORTED, (f"{text}",), (section,)) if text else person()
