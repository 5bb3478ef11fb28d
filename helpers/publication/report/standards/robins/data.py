"""Rules on domain 4: missing data."""

from collections.abc import Callable

from helpers.publication import refs
from helpers.publication.report.standards.answer import NA, Answer, person
from helpers.publication.report.standards.study import Study
from helpers.request.limits import COMPLETE

#: where it stands what is missing
FLOW = ("flow-chart", "flow")


def outcome_known(study: Study) -> Answer:
    """4.2: of how many on the list no outcome is known, by the flow."""
    lines = study.value(refs.SUBMITTED)
    boxes = [study.value(name) for name in (refs.NOT_LINKED, refs.OUTCOME_MISSING)]
    without = sum(float(count) for count in boxes if count is not None)
    told = [
        *study.number(refs.SUBMITTED, after=" in all"),
        *study.number(refs.NOT_LINKED, "; not found in the records: "),
        *study.number(refs.OUTCOME_MISSING, "; outcome missing: "),
        ".",
    ]
    if lines is not None and without > (1 - COMPLETE) * float(lines):
        return Answer("PN", tuple(told), FLOW)
    if lines is None or None in boxes:
        return person("The report does not show how many have no outcome.", at=FLOW)
    if not without:
        told = ["Nobody was left out for want of an outcome."]
    return Answer("Y", tuple(told), FLOW)


def confounders_known(study: Study) -> Answer:
    """4.3: by the rows of the table of characteristics for what is missing."""
    at = ("characteristics", "needs")
    bases = tuple(refs.of(one.name, "balance.") for one in study.headlines)
    ends = tuple(
        f".missing.{name}" for name in ("mean_treatment", "mean_comparison_after")
    )
    named = [n for n in study.named if n.startswith(bases) and n.endswith(ends)]
    if not study.has(*at):
        return person("The report does not show how many values are missing.")
    told = "The table of characteristics has a row for what is missing in each."
    # a range may stand for a share
    values = [study.released[name] for name in named if name in study.shown]
    shares = [value for value in values if isinstance(value, float)]
    if any(share > 100 * (1 - COMPLETE) for share in shares):
        return Answer("PN", (told,), at)
    if len(shares) < len(named):
        return person("Not every share of missing values is shown.", at=at)
    if not named:
        told = "No characteristic has a value that is missing."
    return Answer("PY" if named else "Y", (told,), at)


def _complete(study: Study) -> bool | None:
    """Tell whether nothing much is missing; None where only a person can tell."""
    answers = {rule(study).response for rule in (outcome_known, confounders_known)}
    if "PN" in answers:
        return False
    return None if "" in answers else True


def complete_cases(study: Study) -> Answer:
    """4.4: nobody is left out for a characteristic, everybody for an outcome."""
    if _complete(study):
        return Answer(NA, ("Little is missing.",))
    outcome = outcome_known(study).response
    if outcome == "PN":
        return Answer(
            "PY", ("People without a known outcome are left out.",), ("method", *FLOW)
        )
    if outcome:
        return Answer(
            "PN",
            ("Nobody is left out for a characteristic that is missing.",), ("method",),
        )  # fmt: skip
    return person("People without a known outcome are left out.", at=FLOW)


def left_out_by_outcome(study: Study) -> Answer:
    """4.5 and 4.6."""
    told = "Asked only of complete cases."
    if complete_cases(study).response in (NA, "PN"):
        return Answer(NA, (told,))
    return person(told, at=("people", "hidden-strength"))


def imputed(study: Study) -> Answer:
    """4.7: a mean with an indicator is no imputation of what a value may have been."""
    cases = complete_cases(study).response
    if cases == "PN":
        return Answer(
            "N",
            ("A missing number is the mean with an indicator, a missing category a "
             "level of its own.",), ("method",),
        )  # fmt: skip
    told = "Asked only where the answer to 4.4 is no."
    return Answer(NA, (told,)) if cases else person(told)


def other_method(study: Study) -> Answer:
    """4.10."""
    told = "Asked only where values are missing and not imputed."
    if imputed(study).response == NA:
        return Answer(NA, (told,))
    return person(told, at=("method",))


def not_biased(study: Study) -> Answer:
    """4.11."""
    if _complete(study):
        return Answer(NA, ("Little is missing.",))
    return person(
        "What there is to weigh stands there.", at=("people", "hidden-strength")
    )


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        outcome_known,
        confounders_known,
        complete_cases,
        left_out_by_outcome,
        imputed,
        other_method,
        not_biased,
    )
}
