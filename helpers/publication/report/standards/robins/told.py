"""Answers of ROBINS-I V2 that follow from the method alone, by names of items.csv."""

from helpers.publication.report.standards.answer import (
    IN_WORDS,
    NA,
    Answer,
    person,
    said,
)

WHERE_MADE = person("The file does not tell it; it was decided where it was made.")

#: of every run that shows a result
ALWAYS: dict[str, Answer] = {
    "confounders_listed": person(
        "The request names what was matched on; which factors matter is not told by "
        "it.",
        at=("method", "characteristics"),
    ),
    "any_control": said(
        "Y", "The groups were matched on a propensity score.", at=("method",)
    ),
    "too_confounded": said(NA, "There was an attempt."),
    "comparator": said(
        IN_WORDS,
        "Going without the programme; other support is not known.",
        at=("limits",),
    ),
    "sources_of_assessment": said(
        IN_WORDS,
        "The request, and this run with its code, numbers and checks.",
        at=("about",),
    ),
    "all_confounders": person(
        "The groups were matched on what the section on method names; motivation, and "
        "what else is not recorded, was not controlled for.",
        at=("method", "limits"),
    ),
    "other_variant": said(NA, "Variant A is used; see C4."),
    "early_events": person("Asked only where the answer to 3.1 is yes."),
    "selection_corrected": person("Asked only after the answers to 3.1 and 3.5."),
    "not_imputed": said(NA, "Nothing is imputed."),
    "recording_influenced": person("Asked only where the answer to 5.2 is not no."),
}

#: of a run on records, and of one on a ready cohort
BY_SOURCE: dict[str, tuple[Answer, Answer]] = {
    "unsuitable_measure": (
        person("Offences proven in the records, by one rule.", at=("method",)),
        person("The outcome came with the file."),
    ),
    "who_takes_part": (
        said(
            IN_WORDS,
            "People with a sentence of the kinds and within the days that are named.",
            at=("rules", "method"),
        ),
        WHERE_MADE,
    ),
    "confounders_measured": (
        person("They are as the records had them.", at=("method",)),
        person("They are as the file had them.", at=("method",)),
    ),
    "after_the_start": (
        said(
            "N",
            "Every characteristic is as it stood before support began, and on the "
            "index date at the latest.",
            at=("method",),
        ),
        person("The file does not say when each characteristic was measured."),
    ),
    "classified_by_outcome": (
        person("The run does not know how the provider made its list."),
        WHERE_MADE,
    ),
    "other_errors": (
        person(
            "How surely people were found is told. Those on the list who were not "
            "found may be in the pool, and people there may have had similar support.",
            at=("found-in-records", "linkage", "limits"),
        ),
        WHERE_MADE,
    ),
    "follow_up_begins": (
        person(
            "Follow-up begins on the index date, support on a day of its own.",
            at=("method",),
        ),
        WHERE_MADE,
    ),
    "status_known": (
        said(
            "PY",
            "Whoever is on the list was in the programme, and nobody else.",
            at=("method",),
        ),
        said("Y", "A file in which it is missing is refused.", at=("method",)),
    ),
    "measured_alike": (
        said(
            "PN",
            "Outcomes of both groups come from the same records by the same rule.",
            at=("method",),
        ),
        WHERE_MADE,
    ),
    "recorders_knew": (
        person("Police and courts recorded them; what they knew is not told."),
        WHERE_MADE,
    ),
}
