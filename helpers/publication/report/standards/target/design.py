"""Rules of TARGET on the question, the data, the target trial and its emulation."""

from collections.abc import Callable

from helpers.publication.labels import title
from helpers.publication.report.standards.answer import (
    Answer,
    partly,
    person,
    reported,
)
from helpers.publication.report.standards.study import Study

#: measures that are named one by one
FIRST = 3


def abstract_sources(study: Study) -> Answer:
    """Item 1b."""
    told = f"Every table and figure names the source: {study.request.source_of_data}."
    return partly(told, " The main points do not.", at=("data-sharing",))


def abstract_findings(study: Study) -> Answer:
    """Item 1c."""
    if not study.results:
        return partly("The main points say why no result is shown.",
                      at=("main-points",))  # fmt: skip
    return partly(
        "The main points give the findings, what can be said says what is concluded; "
        "methods and assumptions have sections of their own.",
        at=("main-points", "can-say", "method", "limits"),
    )


def causal_question(study: Study) -> Answer:
    """Item 3."""
    analyses = "; ".join(analysis.name for analysis in study.request.analyses)
    return reported(
        f"Whether {study.request.programme.label} changed, among those who had it: "
        f"{_measures(study)}. Analyses: {analyses}.",
        at=("main-points", "programme"),
    )


def data_sources(study: Study) -> Answer:
    """Item 5."""
    told = f"The data: {study.request.source_of_data}."
    if not study.from_records:
        return person(
            told, " What they were kept for, where and when, is not in the request.",
            at=("data-sharing",),
        )  # fmt: skip
    return partly(
        told, " How records were linked is told; what each was kept for first is not.",
        at=("data-sharing", "method", "found-in-records"),
    )  # fmt: skip


def strategies(study: Study) -> Answer:
    """Item 6b."""
    if not study.request.programme.description:
        return person("The request does not say what the programme is.")
    return partly(
        "The programme, in the words of the request, against going without it. Those "
        "without it may have had similar support elsewhere; what they had is not "
        "known.",
        at=("programme", "limits"),
    )


def outcomes_of_trial(study: Study) -> Answer:
    """Item 6e."""
    return reported(
        f"Measured as in the data: {_measures(study)}. The first is the main one.",
        at=("estimates", "glossary"),
    )


def assignment_in_data(study: Study) -> Answer:
    """Item 7c."""
    chance = study.request.programme.selection_by == "chance"
    how = "Chance decided, by the request" if chance else "Nobody was assigned"
    return reported(
        f"{how}; each person in the programme was matched to people of the pool by a "
        "propensity score.",
        at=("matched", "programme"),
    )


def follow_up_in_data(study: Study) -> Answer:
    """Item 7d."""
    if not study.from_records:
        return person("The file holds outcomes as counted where it was made.")
    delays = (
        "Whoever reoffended before support began is left out, in the pool by a delay "
        "that is drawn."
        if study.delays_counted
        else "Reoffences before support began are not allowed for: too many starts of "
        "support are not known."
    )
    return reported(
        "It starts on the index date of one sentence a person, in the pool of one "
        "drawn from all of theirs. ", delays, at=("method", "limits"),
    )  # fmt: skip


def sharing(study: Study) -> Answer:
    """Item 19."""
    request, people = study.request, "Records about people are not shared."
    if request.inputs.made_up:
        people = "The people are made up, and made again by the request."
    elif request.is_open_data:
        people = "Anyone may have the data."
    return reported(
        people, " The kit and its version are named; the request states every "
        "setting.", at=("data-sharing", "about"),
    )  # fmt: skip


def _measures(study: Study) -> str:
    """Name the first measures; the report lists all."""
    names = [title(outcome) for outcome in study.request.outcomes]
    more = ["the measures listed after them"] if len(names) > FIRST else []
    return "; ".join([*names[:FIRST], *more])


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        abstract_sources,
        abstract_findings,
        causal_question,
        data_sources,
        strategies,
        outcomes_of_trial,
        assignment_in_data,
        follow_up_in_data,
        sharing,
    )
}
