"""Rules on domain 4: missing data."""

from collections.abc import Callable
from typing import Any

from helpers.publication import refs
from helpers.publication.report.standards.answer import Answer, person, said
from helpers.publication.report.standards.study import Study
from helpers.request.limits import COMPLETE

#: where it stands what is missing
FLOW = ("flow-chart", "flow")


def status_known(study: Study) -> Answer:
    """4.1: of a ready cohort it is known of everybody in the file."""
    if not study.from_records:
        return said(
            "PY", "A file in which it is missing is refused; who was left out where "
            "the file was made is not told.", at=("method",),
        )  # fmt: skip
    return person(
        "By the provider’s list. A person on it who was not found in the records may "
        "be in the pool.",
        *study.number(refs.NOT_LINKED, " Lines not found: ", after="."),
        *study.number(refs.SUBMITTED, " Lines in all: ", after="."),
        at=("method", "limits", *FLOW),
    )


def outcome_known(study: Study) -> Answer:
    """4.2: the flow tells of the list; of the pool, and of deaths, it does not."""
    lines = study.value(refs.SUBMITTED)
    boxes = [study.value(name) for name in (refs.NOT_LINKED, refs.OUTCOME_MISSING)]
    without = sum(float(count) for count in boxes if count is not None)
    told: list[Any] = [
        "Of the treatment group: ",
        *study.number(refs.SUBMITTED, after=" in all"),
        *study.number(refs.NOT_LINKED, "; not found in the records: "),
        *study.number(refs.OUTCOME_MISSING, "; outcome missing: "),
        ". ",
    ]
    if lines is not None and without > (1 - COMPLETE) * float(lines):
        return Answer("PN", tuple(told), FLOW)
    if lines is None or None in boxes:
        told = ["The report does not show of how many the outcome is not known. "]
    elif not without:
        told = ["Nobody of the treatment group was left out for want of an outcome. "]
    if study.from_records:
        told.append("Who died or left the country counts as not having reoffended.")
    else:
        told.append("Of how many in the pool it is not known, the flow does not say.")
    return person(*told, at=(*FLOW, "limits"))


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
    shares = {
        name: value
        for name in sorted(named)
        if name in study.shown and isinstance(value := study.released[name], float)
    }
    if any(share > 100 * (1 - COMPLETE) for share in shares.values()):
        most = study.shown[max(shares, key=lambda name: shares[name])]
        return Answer("PN", (told, " Most that is missing: ", most, "."), at)
    if len(shares) < len(named):
        return person("Not every share of missing values is shown.", at=at)
    if not named:
        told = "No characteristic has a value that is missing."
    return Answer("PY", (told,), at)


def complete_cases(study: Study) -> Answer:
    """4.4: nobody is left out for a characteristic, everybody for an outcome."""
    if outcome_known(study).response == "PN":
        return Answer(
            "PY", ("People without a known outcome are left out.",), ("method", *FLOW)
        )
    return person(
        "Nobody is left out for a characteristic that is missing; people without a "
        "known outcome are.", at=("method", *FLOW),
    )  # fmt: skip


def imputed(_: Study) -> Answer:
    """4.7: whether a mean with an indicator is an imputation, a person says."""
    return person(
        "A missing number is the mean with an indicator, a missing category a level of "
        "its own; no outcome is imputed.", at=("method",),
    )  # fmt: skip


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        status_known,
        outcome_known,
        confounders_known,
        complete_cases,
        imputed,
    )
}
