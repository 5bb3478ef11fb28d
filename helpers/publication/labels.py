"""What variables, levels, measures and analyses are called in the report."""

from helpers.publication.units import average
from helpers.request import Outcome, Request
from helpers.request.covariates.needs import NEED_NAMES, NEEDS, NOT_ASSESSED, QUESTION
from helpers.request.covariates.of_records import STANDARD

#: names that the plain rule (underscores to spaces) would get wrong, beside those of
#: the characteristics that have a row of their own
NAMES = {one.name: one.label for one in (*STANDARD, *NEEDS)} | {
    "oasys": "OASys",
    "offence_type": "Type of index offence",
    "previous_custody": "Previous custodial sentences",
    "days_to_support": "Days from the index date to support",
    "support_after_index": "Support began after the index date",
}


def plain(name: str) -> str:
    """Give a column name as words; a question of an assessment keeps its sign."""
    if QUESTION.fullmatch(name):
        return name
    return NAMES.get(name) or name.replace("_", " ").capitalize()


def variable(request: Request, name: str) -> str:
    """Give what a variable is called: the request's label, else its name in words."""
    given = request.inputs.labels.get(name)
    return given.label if given else plain(name.removeprefix("needs_"))


#: what the answers to a question of an assessment (OASys) mean
ANSWERS = {"0": "No problems", "1": "Some problems", "2": "Significant problems"}

#: somebody of whom there is no assessment (OASys) in the time that counts
WITHOUT_ASSESSMENT = "No assessment in time"

#: of whom a characteristic is not known
NOT_KNOWN = "Not known"

YES_NO = {"0": "No", "1": "Yes", "false": "No", "true": "Yes"}


def level(request: Request, name: str, value: str, *, yes_no: bool) -> str:
    """Give what a level of a variable is called.

    `yes_no` says whether all that is known of the variable is 0 and 1, or true and
    false: beside other codes these are codes like them.
    """
    if value == "missing":
        return NOT_KNOWN
    named = named_levels(request, name)
    if value in named:
        return named[value]
    return YES_NO.get(value.lower(), value) if yes_no else value


def named_levels(request: Request, name: str) -> dict[str, str]:
    """Give the names of a variable's levels, where the request or OASys has them."""
    given = request.inputs.labels.get(name)
    answers = ANSWERS if QUESTION.fullmatch(name) else {}
    # a cohort of the request's own may mean by the same word that there is no need
    if not request.inputs.cohort and (answers or name in NEED_NAMES):
        answers = answers | {NOT_ASSESSED: WITHOUT_ASSESSMENT}
    own = given.levels if given else {}
    # a column of TRUE and FALSE is one of true and false
    own = {(v.lower() if v.lower() in YES_NO else v): name for v, name in own.items()}
    return answers | own


def among(noun: str, event: str) -> str:
    """Give whom a measure of some people is about, by what they did."""
    return f"{noun} who {event}" if event else "those to whom it happened"


def every_100(noun: str, event: str, *, of_some: bool) -> str:
    """Give the people of whom a rate or a frequency is so many."""
    whom = among(noun, event) if of_some else noun
    return f"every 100 {whom if event or not of_some else f'of {whom}'}"


def not_matched(noun: str, event: str) -> str:
    """Say that the groups are alike as a whole, but not those of some measure."""
    whom = among(noun, event)
    return (
        f"{whom[:1].upper()}{whom[1:]} were not matched to each other. Those in the "
        "two groups need not be alike."
    )


def title(outcome: Outcome) -> str:
    """Give the heading of a measure."""
    if outcome.standard and not outcome.own_words:
        return outcome.standard.title
    words = f"{outcome.label} {outcome.definition or ''}".strip()
    if outcome.kind == "amount":
        words = average(words, outcome.unit)
    return {
        "rate": f"People who {words}",
        "frequency": f"Number of {words}",
    }.get(outcome.kind, words[:1].upper() + words[1:])
