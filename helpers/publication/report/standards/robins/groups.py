"""Rules on domains 2 and 3: who is classified as what, and who is selected."""

from collections.abc import Callable
from typing import Any

from helpers.publication import refs
from helpers.publication.report.standards.answer import Answer, person, said
from helpers.publication.report.standards.robins.told import WHERE_MADE
from helpers.publication.report.standards.study import Study

#: where the flow of people stands
FLOW = ("flow-chart", "flow")
UNKNOWN = (
    "Too many starts of support are not known to tell who reoffended before it; nobody "
    "is left out for that."
)
UNTOLD = "The report does not show whether support began after the index date."


def told_apart(study: Study) -> Answer:
    """2.1: they cannot be told apart where support began after follow-up did."""
    if study.time_before:
        return said(
            "PN", "Follow-up starts on the index date. For some, support began later, "
            "and until then the strategies cannot be told apart.", at=("method",),
        )  # fmt: skip
    return _untold(study)


def events_after(study: Study) -> Answer:
    """2.2: whoever reoffended before support began is left out of both groups."""
    if not study.time_before:
        return _untold(study)
    return said(
        "PY", "Of those analysed nobody reoffended before support began, or in the "
        "pool within a delay that is drawn for each person, as whoever did is left "
        "out; what that selects is question 3.3.", at=("method", *FLOW),
    )  # fmt: skip


def follow_up_begins(study: Study) -> Answer:
    """3.1: a person weighs the time between the index date and support."""
    if not study.from_records:
        return WHERE_MADE
    return person(
        "Follow-up begins on the index date, support on a day of its own, which may be "
        "earlier or later.", at=("method", "characteristics"),
    )  # fmt: skip


def selected_after(study: Study) -> Answer:
    """3.3: whoever reoffends between the index date and support is left out."""
    if not study.from_records:
        return WHERE_MADE
    told: list[Any] = [
        "Nobody who stands on the list is in the pool, whenever their support began."
    ]
    if study.of_some:
        told.append(" An analysis keeps some of the treatment group alone.")
    if study.time_before:
        count = study.number(refs.REOFFENDED_BEFORE, " Lines of the list: ", after=".")
        left_out = (
            "Whoever reoffended between the index date and support is left out, and in "
            "the pool whoever did within a delay that is drawn."
        )
        return said("Y", left_out, *count, " ", *told, at=("method", *FLOW))
    told.append(f" {UNTOLD if study.delays_counted else UNKNOWN}")
    return person(*told, at=("method", "limits", *FLOW))


def goes_with_programme(study: Study) -> Answer:
    """3.4: a person weighs how the pool's delays stand to those of the programme."""
    if not study.time_before:
        return person()
    return person(
        "The time within which a reoffence leaves somebody out ends with support in "
        "the programme, and in the pool with a delay drawn from those of the "
        "programme.", at=("method",),
    )  # fmt: skip


def follows_outcome(study: Study) -> Answer:
    """3.5: what leaves people out is a reoffence itself."""
    if not study.time_before or study.of_some:
        return person()
    return person(
        "What leaves people out is a reoffence, which is what the outcome counts.",
        at=("method",),
    )


def selection_corrected(study: Study) -> Answer:
    """3.6."""
    if not study.time_before:
        return person()
    return person(
        "The pool is left out by the same rule with drawn delays, and the days to "
        "support, drawn in the pool, are matched on.", at=("method", "characteristics"),
    )  # fmt: skip


def _untold(study: Study) -> Answer:
    """Leave a question to a person, with what is not known of the start of support."""
    if not study.from_records:
        return WHERE_MADE
    return person(UNTOLD if study.delays_counted else UNKNOWN, at=("method", "limits"))


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        told_apart,
        events_after,
        follow_up_begins,
        selected_after,
        goes_with_programme,
        follows_outcome,
        selection_corrected,
    )
}
