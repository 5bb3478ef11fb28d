"""Answers of ROBINS-I V2 that follow from the method alone, by names of items.csv."""

from helpers.publication.report.standards.answer import (
    IN_WORDS,
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
        "The groups were matched on what the section on method names; nothing else was "
        "controlled for, such as motivation where it is not recorded.",
        at=("method", "limits"),
    ),
    "what_is_lost": person(
        "What there is to weigh stands there.", at=("people", "hidden-strength")
    ),
}

#: of a run on records, and of one on a ready cohort
BY_SOURCE: dict[str, tuple[Answer, Answer]] = {
    "early_events": (
        person(
            "Whoever reoffended before support began is left out, where enough starts "
            "of support are known.",
            at=("method", "limits"),
        ),
        WHERE_MADE,
    ),
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
    "measured_alike": (
        person(
            "Outcomes of both groups come from the same records by the same rule. "
            "Whether people in the programme were watched more closely is not told.",
            at=("method",),
        ),
        WHERE_MADE,
    ),
    "recorders_knew": (
        person("Police and courts recorded them; what they knew is not told."),
        WHERE_MADE,
    ),
}
