"""Rules on domains 2 and 3: who is classified as what, and who is selected."""

from collections.abc import Callable

from helpers.publication.report.standards.answer import NA, Answer, person, said
from helpers.publication.report.standards.robins.told import WHERE_MADE
from helpers.publication.report.standards.study import Study

#: where the flow of people stands
FLOW = ("flow-chart", "flow")


def told_apart(study: Study) -> Answer:
    """2.1."""
    if not study.from_records:
        return WHERE_MADE
    if not study.delays_counted:
        return person("Too many starts of support are not known.", at=("limits",))
    if study.request.programme.setting == "custody":
        return person(
            "Support was in custody; follow-up starts on release.", at=("method",)
        )
    return said(
        "PN", "Follow-up starts on the index date. Support may begin later, and until "
        "then the strategies cannot be told apart.", at=("method",),
    )  # fmt: skip


def events_after(study: Study) -> Answer:
    """2.2: whoever reoffended before support began is left out of both groups."""
    if not study.from_records:
        return WHERE_MADE
    if not study.delays_counted:
        return person("Reoffences before support are not allowed for.", at=("limits",))
    return said(
        "PY", "Whoever reoffended before support began is left out, in the pool by a "
        "delay that is drawn for each person.", at=("method", *FLOW),
    )  # fmt: skip


def avoided(study: Study) -> Answer:
    """2.3."""
    return _asked_where(events_after(study).response != "PY", "2.2 is no")


def selected_after(study: Study) -> Answer:
    """3.3: of records, what selects people is known before the start."""
    if not study.from_records:
        return WHERE_MADE
    if study.of_some:
        told = "An analysis keeps some of the treatment group alone, by the request."
        return person(told, at=FLOW)
    return said(
        "PN", "People were selected by their sentence, their age and how long the "
        "records go on, alike in both groups.", at=("method", *FLOW),
    )  # fmt: skip


def goes_with_programme(study: Study) -> Answer:
    """3.4."""
    return _asked_where(selected_after(study).response != "PN", "3.3 is yes")


def follows_outcome(study: Study) -> Answer:
    """3.5."""
    return _asked_where(selected_after(study).response != "PN", "3.4 is yes")


def _asked_where(open_: bool, answer: str) -> Answer:
    """Leave a question to a person where it may arise, else say that it does not."""
    told = f"Asked only where the answer to {answer}."
    return person(told) if open_ else said(NA, told)


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        told_apart,
        events_after,
        avoided,
        selected_after,
        goes_with_programme,
        follows_outcome,
    )
}
