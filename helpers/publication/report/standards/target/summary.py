"""Summary, introduction and other information: items 1 to 5 and 17 to 21."""

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
    listed,
    reported,
)


def abstract_design(study: Study) -> Answer:
    """Item 1a."""
    return reported(
        study, "The main points say what was compared with what; that this emulates a "
        "target trial is said in this table alone.", at=("main-points",),
        response=PARTLY,
    )  # fmt: skip


def abstract_sources(study: Study) -> Answer:
    """Item 1b."""
    told = f"Every table and figure names the source: {study.request.source_of_data}."
    return reported(
        study, told, " The main points do not.", at=("data-sharing",), response=PARTLY
    )


def abstract_findings(study: Study) -> Answer:
    """Item 1c."""
    if not study.results:
        return reported(
            study, "The main points say why no result is shown.", at=("main-points",),
            response=PARTLY,
        )  # fmt: skip
    return reported(
        study, "The main points give the findings, what can be said says what is "
        "concluded; methods and assumptions have sections of their own.",
        at=("main-points", "can-say", "method", "limits"), response=PARTLY,
    )  # fmt: skip


def causal_question(study: Study) -> Answer:
    """Item 3."""
    asked, programme = study.request, study.request.programme
    told = (
        f"Whether {programme.label} changed, among those who had it: "
        f"{listed([title(outcome) for outcome in asked.outcomes])}. Analyses: "
        f"{listed([analysis.name for analysis in asked.analyses])}."
    )
    return reported(study, told, at=("main-points", "programme"))


def data_sources(study: Study) -> Answer:
    """Item 5."""
    told = f"The data: {study.request.source_of_data}."
    if not study.from_records:
        return person(told, " What they were kept for, where and when, is not in the "
                      "request.", at=("data-sharing",))  # fmt: skip
    return reported(
        study, told, " How records were linked is told; what each was kept for first "
        "is not.", at=("data-sharing", "method", "found-in-records"), response=PARTLY,
    )  # fmt: skip


def sharing(study: Study) -> Answer:
    """Item 19."""
    people = (
        "Anyone may have the data." if study.request.is_open_data
        else "The people are made up, and made again by the request."
        if study.request.inputs.made_up
        else "Records about people are not shared."
    )  # fmt: skip
    return Answer(
        REPORTED,
        (people, " The kit and its version are named; the request states every "
         "setting.",), ("data-sharing", "about"),
    )  # fmt: skip


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        abstract_design,
        abstract_sources,
        abstract_findings,
        causal_question,
        data_sources,
        sharing,
    )
}
