"""Domains 2 and 3: who is classified as what, and who is selected."""

from collections.abc import Callable

from helpers.publication.report.standards.answer import NA, Answer, person
from helpers.publication.report.standards.study import Study

WHERE_MADE = "The file does not tell it; it was decided where the file was made."
#: where the flow of people stands
FLOW = ("flow-chart", "flow")


def told_apart(study: Study) -> Answer:
    """2.1."""
    if not study.from_records:
        return person(WHERE_MADE)
    if not study.delays_counted:
        return person("Too many starts of support are not known.", at=("limits",))
    if study.request.programme.setting == "custody":
        return person(
            "Support was in custody; follow-up starts on release.", at=("method",)
        )
    return Answer(
        "PN",
        ("Follow-up starts on the index date. Support may begin later, and until then "
         "the strategies cannot be told apart.",), ("method",),
    )  # fmt: skip


def events_after(study: Study) -> Answer:
    """2.2: whoever reoffended before support began is left out of both groups."""
    if not study.from_records:
        return person(WHERE_MADE)
    if not study.delays_counted:
        return person("Reoffences before support are not allowed for.", at=("limits",))
    return Answer(
        "PY",
        ("Whoever reoffended before support began is left out, in the pool by a delay "
         "that is drawn for each person.",), ("method", *FLOW),
    )  # fmt: skip


def avoided(study: Study) -> Answer:
    """2.3."""
    if study.from_records and study.delays_counted:
        return Answer(NA, ("Asked only where the answer to 2.2 is no.",))
    return person("Asked only where the answer to 2.2 is no.")


def classified_by_outcome(study: Study) -> Answer:
    """2.4: how people came to be on the list, or in the file, is not in the data."""
    if study.from_records:
        return person("The run does not know how the provider made its list.")
    return person(WHERE_MADE)


def other_errors(study: Study) -> Answer:
    """2.5."""
    if study.from_records:
        return person(
            "How surely people were found is told. Those on the list who were not "
            "found may be in the pool, and people there may have had similar support.",
            at=("found-in-records", "linkage", "limits"),
        )
    return person(WHERE_MADE)


def follow_up_begins(study: Study) -> Answer:
    """3.1."""
    if study.from_records:
        return person(
            "Follow-up begins on the index date, support on a day of its own.",
            at=("method",),
        )
    return person(WHERE_MADE)


def early_events(study: Study) -> Answer:
    """3.2."""
    return person("Asked only where the answer to 3.1 is yes.")


def selected_after(study: Study) -> Answer:
    """3.3: of records, what selects people is known before the start."""
    if not study.from_records:
        return person(WHERE_MADE)
    if study.of_some:
        return person(
            "An analysis keeps some of the treatment group alone, by the request.",
            at=FLOW,
        )
    return Answer(
        "PN",
        ("People were selected by their sentence, their age and how long the records "
         "go on, alike in both groups.",), ("method", *FLOW),
    )  # fmt: skip


def goes_with_programme(study: Study) -> Answer:
    """3.4."""
    return _where_selected(study, "3.3")


def follows_outcome(study: Study) -> Answer:
    """3.5."""
    return _where_selected(study, "3.4")


def _where_selected(study: Study, before: str) -> Answer:
    """Answer what is asked only where people were selected after the start."""
    told = f"Asked only where the answer to {before} is yes."
    if selected_after(study).response == "PN":
        return Answer(NA, (told,))
    return person(told)


def selection_corrected(study: Study) -> Answer:
    """3.6 to 3.8: they hang on answers of a person."""
    return person("Asked only after the answers to 3.1 and 3.5.")


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        told_apart,
        events_after,
        avoided,
        classified_by_outcome,
        other_errors,
        follow_up_begins,
        early_events,
        selected_after,
        goes_with_programme,
        follows_outcome,
        selection_corrected,
    )
}
