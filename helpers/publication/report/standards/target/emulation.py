"""How the target trial is emulated with the data: item 7."""

from collections.abc import Callable

from helpers.publication.report.standards.answer import (
    PARTLY,
    Answer,
    person,
)
from helpers.publication.report.standards.study import Study
from helpers.publication.report.standards.target.reported import (
    FURTHER,
    reported,
)


def eligibility_in_data(study: Study) -> Answer:
    """Item 7a."""
    if not study.from_records:
        return person("How it was told is not in the file.")
    return reported(
        study, "From sentences and dates in the records, alike for both groups.",
        at=("method", "rules", "flow-chart"),
    )  # fmt: skip


def strategies_in_data(study: Study) -> Answer:
    """Item 7b."""
    if not study.from_records:
        return person("A column of the file says who was in the programme.")
    return reported(
        study, "Who stands on the provider’s list had the programme; who appears "
        "nowhere on it did not.", at=("method", "programme"),
    )  # fmt: skip


def assignment_in_data(study: Study) -> Answer:
    """Item 7c."""
    chance = study.request.programme.selection_by == "chance"
    how = "Chance decided, by the request" if chance else "Nobody was assigned"
    return reported(
        study, f"{how}; each person in the programme was matched to people of the pool "
        "by a propensity score.", at=("method", "programme"),
    )  # fmt: skip


def follow_up_in_data(study: Study) -> Answer:
    """Item 7d."""
    if not study.from_records:
        return person("The file holds outcomes as counted where it was made.")
    delays = (
        " Who reoffended before support began is left out, in the pool by a delay "
        "that is drawn." if study.delays_counted else
        " Reoffences before support began are not allowed for: too many starts of "
        "support are not known."
    )  # fmt: skip
    return reported(
        study, "It starts on the index date of one sentence a person, in the pool of "
        "one drawn from all of theirs.", delays, at=("method", "limits"),
    )  # fmt: skip


def outcomes_in_data(study: Study) -> Answer:
    """Item 7e."""
    if study.from_records:
        return reported(
            study, "Proven reoffences, by rules that the section on method states.",
            at=("method", "glossary"),
        )  # fmt: skip
    given = all(one.definition for one in study.request.outcomes if not one.standard)
    told = "The request names each measure; how it was told from records is not known."
    return reported(
        study, told, at=("estimates", "glossary"), response=PARTLY
    ) if given else person(told)  # fmt: skip


def contrasts_in_data(study: Study) -> Answer:
    """Item 7f."""
    return reported(
        study, "People of the treatment group who were matched, whatever they had of "
        "the programme, less the people matched to them.", at=("method", "estimates"),
    )  # fmt: skip


def assumptions(study: Study) -> Answer:
    """Item 7g(i)."""
    return reported(
        study, "The limits say that nothing was allowed for but what was measured, and "
        "what is known not to be.", at=("limits",),
    )  # fmt: skip


def confounders_in_data(study: Study) -> Answer:
    """Item 7g(ii)."""
    at = ("method", "characteristics", "glossary")
    if study.from_records:
        return reported(study, "As they stood in the records before support began.",
                         at=at)  # fmt: skip
    return reported(study, "They are named; how they were measured is not in the "
                     "file.", at=at, response=PARTLY)  # fmt: skip


def analysis(study: Study) -> Answer:
    """Item 7h(i)."""
    return reported(
        study, "A logistic regression, matching, Welch’s interval. A missing "
        "characteristic is a level of its own, or the mean with an indicator; people "
        "without a known outcome are left out.",
        at=("matched", "estimated", "balance", "reporting"),
    )  # fmt: skip


def further_analyses(study: Study) -> Answer:
    """Item 7h(ii)."""
    return reported(
        study, "What each of them asks is said where it stands.", at=FURTHER
    )


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        eligibility_in_data,
        strategies_in_data,
        assignment_in_data,
        follow_up_in_data,
        outcomes_in_data,
        contrasts_in_data,
        assumptions,
        confounders_in_data,
        analysis,
        further_analyses,
    )
}
