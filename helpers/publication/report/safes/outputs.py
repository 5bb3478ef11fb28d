"""Safe outputs: checks, disclosure, other releases, and what comes after the run."""

from collections.abc import Iterator

from helpers.publication.report.safes.facts import Safeguards
from helpers.publication.report.safes.rows import (
    CHECKS,
    LATER,
    NOBODY,
    RULES,
    RUN,
    Row,
    code,
    command,
    counted,
    files,
    given,
)
from helpers.request import Request


def rows(request: Request, facts: Safeguards) -> Iterator[Row]:
    """Give the rows of safe outputs."""
    yield Row(
        "The analysis was checked",
        f"{counted(facts.passed, 'check', 'checks')} passed and {facts.warned} warned. "
        "One that fails as a gate stops the run: none did.",
        RUN,
        (CHECKS, "audit/checks.csv"),
    )
    yield _disclosure(request, facts)
    yield _others(request, facts)
    yield (
        Row(
            "The pages were read back",
            f"{files(facts.read_back)}: every number in them is one that was released, "
            "and no number in a sentence was typed by hand.",
            RUN,
            facts.read_back,
        )
        if facts.read_back
        else Row("The pages were read back", "They were not.", NOBODY)
    )
    yield _bundle(facts)
    yield _code(facts)
    yield Row(
        "No byte changes after approval",
        "audit/manifest.json is written after this page and has the SHA-256 of every "
        "file; approve puts those of what is released into the ledger.",
        LATER,
        ("audit/manifest.json", "ledger.jsonl"),
    )
    yield _published(request)


def _disclosure(request: Request, facts: Safeguards) -> Row:
    asked, rule = "No number tells of a person", request.disclosure
    if rule.profile == "none":
        did = (
            "No number is hidden (profile none). The reason given: "
            f"{given(rule.reason)}"
        )
        return Row(asked, did, RUN, (RULES, "audit/disclosure.csv"))
    did = (
        f"Profile {rule.profile}, threshold {rule.threshold}. Of the numbers of the "
        f"report {facts.shown:,} are shown, {facts.ranges:,} of them as a range, and "
        f"{facts.hidden:,} hidden."
    )
    return Row(asked, did, RUN, (RULES, "audit/disclosure.csv"))


def _others(request: Request, facts: Safeguards) -> Row:
    asked = "Nothing follows by subtraction from another release"
    if request.disclosure.profile == "none":
        return Row(asked, "Not looked at, since nothing is hidden.", NOBODY)
    did = (
        "The decision took "
        f"{counted(facts.other_runs, 'other finished run', 'other finished runs')} of "
        "this folder on some of the same people, and "
        f"{counted(facts.editions, 'published edition', 'published editions')} of this "
        "report into account. Runs that are kept elsewhere it does not know."
    )
    return Row(asked, did, RUN, (RULES, "audit/disclosure.csv"))


def _bundle(facts: Safeguards) -> Row:
    asked = "An output checker can look through it"
    where = ("release/checker/outputs.csv", "audit/checker.csv")
    if not facts.records:
        return Row(asked, "There is no table or figure to check.", RUN)
    did = (
        f"The bundle in {code('release/checker')} has "
        f"{counted(facts.bundle, 'file', 'files')} for "
        f"{counted(facts.records, 'table or figure', 'tables and figures')}. Whether "
        "they may leave, a checker decides."
    )
    return Row(asked, did, LATER, where)


def _code(facts: Safeguards) -> Row:
    asked = "It is known which code made it"
    if not facts.commit:
        did = (
            "The commit of the kit is not known. The manifest has the SHA-256 of every "
            "notebook and helper."
        )
    else:
        state = "with changes" if facts.changed else "unchanged"
        did = f"Commit {code(facts.commit[:12])} of the kit, {state}."
    return Row(asked, did, RUN, ("audit/manifest.json", "audit/packages.txt"))


def _published(request: Request) -> Row:
    when = request.publication.release_at
    did = (
        f"Not done when this page was made: "
        f"{command(f'publish {request.id}')}, after the approval"
    )
    did += f" and not before {given(when)} (London)." if when else "."
    return Row("Only what was approved is published", did, LATER, ("ledger.jsonl",))
