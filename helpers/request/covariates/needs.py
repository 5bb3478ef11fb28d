"""Needs that are assessed in prison or on probation (OASys)."""

import re

from helpers.request.covariates.of_records import Covariate

#: sections of an assessment (OASys) with a need that bears on reoffending
NEEDS = tuple(
    Covariate(f"needs_{section}", "categorical", label, "assessment", why)
    for section, label, why in (
        ("accommodation", "Accommodation", "no settled home"),
        ("employment", "Employment", "no work, or no skills for it"),
        ("relationships", "Relationships", "family and partners who do not hold"),
        ("lifestyle", "Lifestyle", "companions and days that lead to offending"),
        ("drugs", "Drugs", "use of drugs, which theft pays for"),
        ("alcohol", "Alcohol", "drinking that goes with violence"),
        ("thinking", "Thinking", "acting before thinking"),
        ("attitudes", "Attitudes", "views that make light of offending"),
    )
)
NEED_NAMES = tuple(need.name for need in NEEDS)

#: a question of an assessment (OASys)
QUESTION = re.compile(r"S\d+Q\d+")


def is_need(name: str) -> bool:
    """Tell whether a variable is an assessed need (OASys), which has its own part."""
    return name.startswith("needs_") or re.fullmatch(r"S\d+Q\w+", name) is not None
