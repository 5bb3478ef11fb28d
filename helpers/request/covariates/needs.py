"""Needs that are assessed in prison or on probation (OASys).

Thresholds are those of HMPPS's own service (ministryofjustice/hmpps-assess-risks-and-
needs, ScoredSection.kt, oasysThreshold), which the statistics "Identified needs of
offenders" of the Ministry of Justice use too.
"""

import re
from dataclasses import dataclass

from helpers.request.covariates.of_records import Covariate


@dataclass(frozen=True)
class Need(Covariate):
    """A need of an assessment: its section, and the score from which there is one."""

    section: int
    threshold: int


#: sections with a need that bears on reoffending: number, threshold, name, what it is
NEEDS = tuple(
    Need(
        f"needs_{name}", "categorical", name.capitalize(), "assessment", why,
        section, threshold,
    )
    for section, threshold, name, why in (
        (3, 2, "accommodation", "no settled home"),
        (4, 3, "employment", "no work, or no skills for it"),
        (6, 2, "relationships", "family or partners who pull into trouble"),
        (7, 2, "lifestyle", "company and days that lead to offending"),
        (8, 2, "drugs", "use of drugs, which theft pays for"),
        (9, 4, "alcohol", "drinking that goes with violence"),
        (11, 4, "thinking", "acting before thinking"),
        (12, 2, "attitudes", "views that make light of offending"),
    )
)  # fmt: skip
NEED_NAMES = tuple(need.name for need in NEEDS)

#: the needs that a type of intervention addresses, the nearest first
ADDRESSED = {
    "Education/learning": ("employment", "thinking"),
    "Employment/training": ("employment",),
    "Employment": ("employment",),
    "Offender management": ("thinking", "attitudes", "lifestyle"),
    "Substance misuse": ("drugs", "alcohol"),
    "Women's services": ("relationships", "accommodation"),
    "Accommodation": ("accommodation",),
    "Accredited programme": ("thinking", "attitudes"),
    "Courts": (),
    "Family/relationships": ("relationships",),
    "Mentoring": ("lifestyle", "relationships", "attitudes"),
    "Through the gate": ("accommodation", "employment", "drugs"),
    "Other": (),
}

#: what stands for a need, and an answer, of somebody who was not assessed in time
NOT_ASSESSED = "none"

#: a question of an assessment (OASys)
QUESTION = re.compile(r"S(\d+)Q\d+")


def is_need(name: str) -> bool:
    """Tell whether a variable is an assessed need (OASys), which has its own part."""
    return name.startswith("needs_") or re.fullmatch(r"S\d+Q\w+", name) is not None


def addressed(intervention_type: str) -> tuple[int, ...]:
    """Give the sections of the needs that a type of intervention addresses, in order.

    The type is named as in types.csv of the catalogue, or by its label there; one that
    is not known there addresses none in particular.
    """
    types = {_plain(name): needs for name, needs in ADDRESSED.items()}
    numbers = {need.name: need.section for need in NEEDS}
    named = types.get(_plain(intervention_type), ())
    return tuple(numbers[f"needs_{name}"] for name in named)


def place(name: str, intervention_type: str) -> int:
    """Give where a need stands, or a question: what is addressed comes first."""
    question = QUESTION.fullmatch(name)
    known = {need.name: need.section for need in NEEDS}
    section = int(question[1]) if question else known.get(name)
    first = addressed(intervention_type)
    return first.index(section) if section in first else len(first)


def _plain(type_: str) -> tuple[str, ...]:
    """Give the words of a type's name: "Education and learning", or with a stroke."""
    words = re.findall(r"[a-z]+", type_.casefold())
    return tuple(word for word in words if word != "and")
