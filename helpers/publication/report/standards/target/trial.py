"""The target trial itself: item 6."""

from collections.abc import Callable

from helpers.publication.labels import title
from helpers.publication.report.standards.answer import (
    PARTLY,
    REPORTED,
    Answer,
    person,
)
from helpers.publication.report.standards.study import Study
from helpers.publication.report.standards.target.reported import (
    HERE,
    listed,
    reported,
)


def who_is_eligible(study: Study) -> Answer:
    """Item 6a."""
    if not study.from_records:
        return person("Who could be in the file was decided where it was made.")
    return reported(
        study, "People with a sentence of the kinds and within the days that the "
        "settings name, old enough, and followed up.", at=("rules", "method"),
    )  # fmt: skip


def strategies(study: Study) -> Answer:
    """Item 6b."""
    if not study.request.programme.description:
        return person("The request does not say what the programme is.")
    return Answer(
        PARTLY,
        ("The programme, in the words of the request, against going without it. Those "
         "without it may have had similar support elsewhere; what they had is not "
         "known.",),
        ("programme", "limits"),
    )  # fmt: skip


def assigned_at_random(study: Study) -> Answer:
    """Item 6c."""
    return Answer(
        REPORTED,
        ("In the target trial chance would decide who is offered the programme, and "
         "everybody would know what they were offered.",), HERE,
    )  # fmt: skip


def follow_up_of_trial(study: Study) -> Answer:
    """Item 6d."""
    return Answer(
        REPORTED,
        ("Follow-up would start when people are assigned, and end with the days that "
         "each measure names, for everyone.",), HERE,
    )  # fmt: skip


def outcomes_of_trial(study: Study) -> Answer:
    """Item 6e."""
    names = [title(outcome) for outcome in study.request.outcomes]
    told = f"Measured as in the data: {listed(names)}. The first is the main one."
    return reported(study, told, at=("estimates", "glossary"))


def contrasts(study: Study) -> Answer:
    """Item 6f."""
    return Answer(
        REPORTED,
        ("The effect of being in the programme, however much of it a person had, on "
         "those in it: differences, and ratios of rates and frequencies.",), HERE,
    )  # fmt: skip


def assumptions_of_trial(study: Study) -> Answer:
    """Item 6g."""
    return Answer(
        REPORTED,
        ("Chance would make the groups alike; it would have to be assumed that nobody "
         "is lost for reasons that bear on the outcome.",), HERE,
    )  # fmt: skip


def analysis_of_trial(study: Study) -> Answer:
    """Item 6h."""
    return Answer(
        REPORTED,
        ("The difference between the means of both groups with Welch’s interval, "
         "people without a known outcome left out.",), HERE,
    )  # fmt: skip


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        who_is_eligible,
        strategies,
        assigned_at_random,
        follow_up_of_trial,
        outcomes_of_trial,
        contrasts,
        assumptions_of_trial,
        analysis_of_trial,
    )
}
