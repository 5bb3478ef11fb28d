"""Domain 1: whether what set the groups apart was controlled for."""

from collections.abc import Callable

from helpers.publication.report.standards.answer import NA, Answer, person
from helpers.publication.report.standards.study import Study

#: where evidence stands on confounding that is left
EVIDENCE = ("negative-control", "placebo", "gate", "doubts", "robustness")


def all_confounders(study: Study) -> Answer:
    """1.1, A."""
    return person(
        "The groups were matched on what the section on method names; motivation, and "
        "what else is not recorded, was not controlled for.", at=("method", "limits"),
    )  # fmt: skip


def confounders_measured(study: Study) -> Answer:
    """1.2, A."""
    where = "the records" if study.from_records else "the file"
    return person(f"They are as {where} had them.", at=("method",))


def after_the_start(study: Study) -> Answer:
    """1.3, A: of records, nothing later than the start of support is used."""
    if not study.from_records:
        return person("The file does not say when each characteristic was measured.")
    return Answer(
        "N",
        ("Every characteristic is as it stood before support began, and on the index "
         "date at the latest.",), ("method",),
    )  # fmt: skip


def confounding_left(study: Study) -> Answer:
    """1.4, A: the evidence is pointed to; a person weighs it."""
    if study.has(*EVIDENCE):
        return person("What there is to weigh stands there.", at=EVIDENCE)
    return person("The run holds no evidence on this.")


def other_variant(study: Study) -> Answer:
    """Domain 1, B: the analysis does not estimate the effect of keeping to it."""
    return Answer(NA, ("Variant A is used; see C4.",))


#: rules by the names that items.csv has
RULES: dict[str, Callable[[Study], Answer]] = {
    rule.__name__: rule
    for rule in (
        all_confounders,
        confounders_measured,
        after_the_start,
        confounding_left,
        other_variant,
    )
}
