"""Refs: how the numbers of a report are named, so that each has one name.

A ref is words with points between them. That of a number about an analysis begins with
the analysis' slug, that of two analyses beside each other with `contrasts`, that of the
flow of lines with `intake`, that of a published result with `findings`, and that of
what a report counts in itself with `disclosure`.
"""

import re


def slug(name: str) -> str:
    """Give a name as it stands in refs and ids: lower case, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"


def in_key(name: str) -> str:
    """Give a column's name as it stands in a block's key, and in a file's name."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") or "x"


def in_id(base: str, outcome: str) -> str:
    """Give a measure of an analysis as it stands in an id, by the analysis' slug.

    The two hyphens are in neither part, so that "all-in" and "work" are not "all" and
    "in work".
    """
    return f"{base}--{in_key(outcome).replace('_', '-')}"


def _type_slug(name: str) -> str:
    # types of the catalogue are known by names with underscores
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def within(ref: str, name: str) -> str:
    """Give the ref of a number within another ref, such as a row of a table."""
    return f"{ref}.{name}"


# the flow of lines ----------------------------------------------------------------

SUBMITTED, LOST, AVAILABLE = "intake.submitted", "intake.lost", "intake.available"
LINKED, UNDER_REVIEW, NOT_FOUND = (
    "intake.linked",
    "intake.under_review",
    "intake.not_found",
)

USABLE = "intake.usable"

#: lines with an id of the records, and lines without any
WITH_ID, WITHOUT_ID = "intake.with_id", "intake.without_id"

#: the boxes of the losses, and those of them that are told together
BOX, OTHER_BOXES = "intake.box", "intake.other_boxes"

#: the box of those who reoffended between the index date and support
REOFFENDED_BEFORE = f"{BOX}.reoffended-before-support"

#: of the boxes those whose people have no outcome
NOT_LINKED, OUTCOME_MISSING = f"{BOX}.not-linked", f"{BOX}.outcome-missing"


def linkage(characteristic: str, level: str) -> str:
    """Give the ref of the lines of a kind, within which is how many were linked."""
    return f"intake.linkage.{slug(characteristic)}.{slug(level)}"


def box(name: str) -> str:
    """Give the ref of how many lines are in a box of the losses."""
    return within(BOX, slug(name))


def share(ref: str) -> str:
    """Give the ref of a number of the flow in per cent of the lines submitted."""
    return within(ref, "share")


def setting(name: str) -> str:
    """Give the ref of a setting by which people were found."""
    return f"intake.{name}"


#: 1 where too many have no start of support to allow for reoffences before it
NO_CORRECTION = setting("no_correction")


# an analysis ----------------------------------------------------------------------


def of(analysis: str, name: str) -> str:
    """Give the ref of a number of an analysis: its sizes, its caliper, its verdict."""
    return f"{slug(analysis)}.{name}"


def rung(analysis: str, variant: str) -> str:
    """Give the base of the refs of a rung: an analysis on other people or covariates.

    The underline keeps it apart from every analysis' own slug.
    """
    return f"{slug(analysis)}_{variant}"


def is_rung(base: str) -> bool:
    """Tell whether the base of refs is that of a rung."""
    return "_" in base


def measure(analysis: str, outcome: str, name: str, *, per_100: bool = False) -> str:
    """Give the ref of a number of a measure; of a frequency also for every 100."""
    return of(analysis, f"{outcome}.{'per_100.' if per_100 else ''}{name}")


def gate(analysis: str, criterion: str, name: str) -> str:
    """Give the ref of a number of the design gate: value, threshold or verdict."""
    return of(analysis, f"gate.{criterion}.{name}")


def by_day(outcome: str, day: int) -> str:
    """Give how a rate by a day is named within an analysis, as a measure is."""
    return f"{outcome}.by.{day}"


#: what the refs of two analyses compared with each other begin with
CONTRASTS = "contrasts"


def contrast(first: str, second: str, outcome: str, name: str) -> str:
    """Give the ref of a number of two analyses compared with each other."""
    return f"{CONTRASTS}.{slug(first)}.{slug(second)}.{outcome}.{name}"


def placebo(analysis: str, name: str) -> str:
    """Give the ref of what made-up programmes beside an analysis came to."""
    return of(analysis, f"placebo.{name}")


def balance(analysis: str, variable: str, level: str = "") -> str:
    """Give the ref of a row of the balance table; its numbers are within it."""
    row = of(analysis, f"balance.{variable}")
    return within(row, slug(level)) if level else row


def tried(analysis: str, number: int) -> str:
    """Give the ref of a caliper that is tried, in standard deviations."""
    return of(analysis, f"caliper.{number}")


def kept(analysis: str, filter_: str, column: str, place: str) -> str:
    """Give the ref of a value that a filter keeps: `from`, `to`, or its place."""
    return of(analysis, f"{filter_}.{slug(column)}.{place}")


def score(analysis: str, number: int, name: str) -> str:
    """Give the ref of a group's share in a part of the score, for the analyst."""
    return of(analysis, f"scores.{number}.{name}")


def band(analysis: str, number: int, group: str) -> str:
    """Give the ref of a group's share in a band of the score, for the report."""
    return of(analysis, f"overlap.{number}.{group}")


def all_bands(analysis: str) -> str:
    """Give the ref of what the bands of a group add up to."""
    return of(analysis, "overlap.whole")


# published results ----------------------------------------------------------------

REPORTS_PUBLISHED = "findings.published"


def result(id: str, name: str) -> str:
    """Give the ref of a number of a published result."""
    return f"findings.result.{id}.{name}"


def counted(name: str, kind: str = "all", type_: str = "") -> str:
    """Give the ref of a count of results: of a type of a kind, or of all of them."""
    of_whom = f"{kind}.{_type_slug(type_)}" if type_ else kind
    return f"findings.{of_whom}.{name}"


def pooled(name: str, kind: str = "all", type_: str = "") -> str:
    """Give the ref of a number of results of a kind that are taken together."""
    return counted(f"together.{name}", kind, type_)


def pooled_with(analysis: str, kind: str, name: str) -> str:
    """Give the ref of such a number with the result of an analysis among them."""
    return of(analysis, f"together.{kind}.{name}")


def summary(name: str) -> str:
    """Give the ref of a count of the summary of all findings."""
    return f"findings.summary.{name}"


def shared(id: str) -> str:
    """Give the ref of how many results may be about the same people, by the first."""
    return f"findings.shared.{id}"


# the report itself ----------------------------------------------------------------


def in_edition(edition: int, ref: str) -> str:
    """Give the ref of a number as an earlier edition of the report has it."""
    return f"edition-before.{edition}.{ref}"


SHOWN, HIDDEN, THRESHOLD = (
    f"disclosure.{name}" for name in ("shown", "hidden", "threshold")
)
