"""Answers of TARGET that follow from the method alone, by the names of items.csv."""

from helpers.publication.report.standards.answer import (
    Answer,
    partly,
    person,
    reported,
)

#: told by the table of the standards alone
HERE = ("reporting",)
#: where further analyses stand
FURTHER = ("robustness", "gate", "doubts", "sites")

#: of every run
ALWAYS: dict[str, Answer] = {
    "abstract_design": partly(
        "The main points say what was compared with what; that this emulates a target "
        "trial is said in this table alone.",
        at=("main-points",),
    ),
    "assigned_at_random": reported(
        "In the target trial chance would decide who is offered the programme, and "
        "everybody would know what they were offered.",
        at=HERE,
    ),
    "follow_up_of_trial": reported(
        "Follow-up would start when people are assigned, and end with the days that "
        "each measure names, for everyone.",
        at=HERE,
    ),
    "contrasts": reported(
        "The effect of being in the programme, however much of it a person had, on "
        "those in it: differences, and ratios of rates and frequencies.",
        at=HERE,
    ),
    "assumptions_of_trial": reported(
        "Chance would make the groups alike; it would have to be assumed that nobody "
        "is lost for reasons that bear on the outcome.",
        at=HERE,
    ),
    "analysis_of_trial": reported(
        "The difference between the means of both groups with Welch’s interval, people "
        "without a known outcome left out.",
        at=HERE,
    ),
    "contrasts_in_data": reported(
        "People of the treatment group who were matched, whatever they had of the "
        "programme, less the people matched to them.",
        at=("matched", "estimated", "estimates"),
    ),
    "assumptions": reported(
        "The limits say that nothing was allowed for but what was measured, and what "
        "is known not to be.",
        at=("limits",),
    ),
    "analysis": reported(
        "A logistic regression, matching, Welch’s interval. A missing characteristic "
        "is a level of its own, or the mean with an indicator; people without a known "
        "outcome are left out.",
        at=("matched", "estimated", "balance"),
    ),
    "further_analyses": reported(
        "What each of them asks is said where it stands.", at=FURTHER
    ),
    "results_of_further_analyses": reported("With their numbers.", at=FURTHER),
    "characteristics": reported(
        "After matching and before, in both groups.",
        at=(
            "characteristics",
            "needs",
            "before-characteristics",
            "before-needs",
            "love-plot",
        ),  # fmt: skip
    ),
    "missing_data": reported(
        "A missing characteristic has a row of its own, by group; a missing outcome is "
        "a box of the flow.",
        at=("characteristics", "flow"),
    ),
    "interpretation": reported(
        "What the result allows to be said, and what not.",
        at=("can-say", "main-points"),
    ),
    "limitations": reported(
        "Strengths and limits, with the caveats of the request.", at=("limits",)
    ),
}

#: of a run on records, and of one on a ready cohort
BY_SOURCE: dict[str, tuple[Answer, Answer]] = {
    "who_is_eligible": (
        reported(
            "People with a sentence of the kinds and within the days that the settings "
            "name, old enough, and followed up.",
            at=("rules", "method"),
        ),
        person("Who could be in the file was decided where it was made."),
    ),
    "eligibility_in_data": (
        reported(
            "From sentences and dates in the records, alike for both groups.",
            at=("method", "rules", "flow-chart"),
        ),
        person("How it was told is not in the file."),
    ),
    "strategies_in_data": (
        reported(
            "Who stands on the provider’s list had the programme; who appears nowhere "
            "on it did not.",
            at=("method", "programme"),
        ),
        person("A column of the file says who was in the programme."),
    ),
    "outcomes_in_data": (
        reported(
            "Proven reoffences, by rules that the section on method states.",
            at=("method", "glossary"),
        ),
        person("The request names each measure; how it was told is not in the file."),
    ),
    "confounders_in_data": (
        reported(
            "As they stood in the records on the index date, or when support began if "
            "it is known to be earlier; the start of support is the provider’s.",
            at=("method", "characteristics", "glossary"),
        ),
        partly(
            "They are named; how they were measured is not in the file.",
            at=("method", "characteristics", "glossary"),
        ),
    ),
    "length_of_follow_up": (
        partly(
            "Everyone for the days of each measure, by the records. Deaths and "
            "removals are not seen.",
            at=("method", "limits"),
        ),
        person("The file does not say how long people were followed up."),
    ),
}
