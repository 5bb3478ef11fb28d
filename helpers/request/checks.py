"""Rules of a request that tie one key to another."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from helpers.request.analyses import Analysis
from helpers.request.measures.standard import adding_up, named, of_column
from helpers.request.outcomes import Outcome
from helpers.request.reading.problems import Problem
from helpers.request.sharing import OpenSharing
from helpers.request.whole import agreement
from helpers.request.whole.analysis import Request
from helpers.request.whole.findings import FindingsRequest

ONE_OF = {"analyses": "analysis", "outcomes": "outcome"}
#: columns with a part of their own in the analysis
OTHER_COLUMNS = {
    "person_id": "says who a person is",
    "treatment": "says who had the support",
    "left_out": "says who is not analysed",
    "how_surely_found": "says how surely a person was found",
}
#: columns that the matching writes beside the outcomes
OF_MATCHING = ("analysis", "variant", "propensity", "weight", "set")


def between(known: dict[str, Any], raw: dict[str, Any], today: date) -> list[Problem]:
    """Give every broken rule between the keys in `known`, those that are fine alone."""
    return [
        *agreement.between(known, raw, today),
        *_records_only(known),
        *_headlines(known, raw),
        *_columns(known),
        *_outcomes(known),
        *_adding_up(known),
        *_disclosure(known),
        *_findings(known),
        *_publication(known),
    ]


def of_a_summary(known: dict[str, Any], raw: dict[str, Any]) -> list[Problem]:
    """Refuse in a summary of published results what only an analysis can use.

    And give every broken rule between the keys in `known`.
    """
    of_an_analysis = [
        Problem(
            (name,), "belongs to an analysis", "",
            "stages: [charts] summarises published results and analyses nobody; "
            "delete one of the two",
        )
        for name in raw
        if name in set(Request.model_fields) - set(FindingsRequest.model_fields)
    ]  # fmt: skip
    return [*of_an_analysis, *_findings(known), *_publication(known)]


def _records_only(known: dict[str, Any]) -> Iterator[Problem]:
    """Refuse settings that a ready cohort would silently ignore."""
    inputs = known.get("inputs")
    if inputs is None or inputs.from_records:
        return
    of_cohorts = ("minimum_people", "placebo_groups", "smallest_effect")
    for block in ("engine", "linkage", "eligibility", "robustness"):
        settings = known.get(block)
        for name, field in type(settings).model_fields.items() if settings else ():
            written = getattr(settings, name) != field.default
            if written and name not in of_cohorts:
                yield Problem(
                    (block, name), "has no effect on a ready cohort", "",
                    "delete it; a ready cohort holds who is analysed",
                )  # fmt: skip


def _told_apart(block: str, names: Mapping[int, str]) -> Iterator[Problem]:
    """Refuse names that the report's files, numbers and links would not tell apart."""
    seen: dict[str, str] = {}
    for number, name in names.items():
        # of a name, refs and keys hold letters a to z and digits alone
        short = "".join(c for c in name.lower() if c.isascii() and c.isalnum()) or "x"
        if short in seen:
            yield Problem(
                (block, number, "name"), f"is taken by another {ONE_OF[block]}",
                f'"{seen[short]}" and "{name}"',
                "give each its own name in letters a to z and digits"
                + ("; inputs.columns may rename them" if block == "outcomes" else ""),
            )  # fmt: skip
        seen.setdefault(short, name)


def _headlines(known: dict[str, Any], raw: dict[str, Any]) -> Iterator[Problem]:
    written = raw.get("analyses")
    if not isinstance(written, list | tuple) or "analyses" not in known:
        return
    analyses: dict[int, Analysis] = known["analyses"]
    yield from _told_apart("analyses", {n: a.name for n, a in analyses.items()})
    marked = any(analysis.headline for analysis in analyses.values())
    if len(written) > 1 and len(analyses) == len(written) and not marked:
        yield Problem(
            ("analyses",), "has no headline", f"{len(written)} analyses",
            "write headline: true in the one that main points show (or in several)",
        )  # fmt: skip


def _columns(known: dict[str, Any]) -> Iterator[Problem]:
    """Refuse outcomes, and columns with another part, as characteristics."""
    outcomes: dict[int, Outcome] | tuple = known.get("outcomes", {})
    asked = outcomes.values() if isinstance(outcomes, dict) else outcomes
    sealed = {outcome.column for outcome in asked}
    for number, analysis in known.get("analyses", {}).items():
        for place, names in (
            (("covariates", "numeric"), analysis.covariates.numeric),
            (("covariates", "categorical"), analysis.covariates.categorical),
            (("exact",), analysis.exact),
            (("filter",), analysis.filter),
            (("treatment_filter",), analysis.treatment_filter),
            (("pool",), analysis.pool),
        ):
            where = ("analyses", number, *place)
            taken = [c for c in names if c in sealed or named(c) or of_column(c)]
            if taken:
                yield Problem(
                    where, "names an outcome", ", ".join(taken),
                    "delete it; groups are made alike before any outcome is known",
                )  # fmt: skip
            for name in names:
                if name in OTHER_COLUMNS:
                    yield Problem(
                        where, f"names {name}, which {OTHER_COLUMNS[name]}", "",
                        "delete it",
                    )  # fmt: skip


def _outcomes(known: dict[str, Any]) -> Iterator[Problem]:
    outcomes = known.get("outcomes", {})
    if not isinstance(outcomes, dict):
        return
    seen: dict[str, int] = {}
    told: dict[tuple[str, str], str] = {}
    for number, outcome in outcomes.items():
        where = ("outcomes", number, "name")
        if outcome.column in seen:
            yield Problem(where, "stands twice", "", "keep one outcome for each column")
            continue
        seen.setdefault(outcome.column, number)
        words = f"{outcome.label} {outcome.definition or ''}".strip()
        if (outcome.kind, words.lower()) in told:
            other = told[outcome.kind, words.lower()]
            yield Problem(
                ("outcomes", number, "label"), f"says what {other} says", words,
                "give each its own label, or its own definition",
            )  # fmt: skip
        told.setdefault((outcome.kind, words.lower()), outcome.name)
        if outcome.name in OTHER_COLUMNS:
            rule = f"is {outcome.name}, which {OTHER_COLUMNS[outcome.name]}"
            yield Problem(where, rule, "", "name a column that holds an outcome")
        if outcome.name in OF_MATCHING:
            yield Problem(
                where, "is the name of a column that the matching writes", outcome.name,
                f"rename it, for example inputs.columns: {{{outcome.name}_measured: "
                f"{outcome.name}}}",
            )  # fmt: skip
    once = {number: outcomes[number].name for number in seen.values()}
    yield from _told_apart("outcomes", once)


def _adding_up(known: dict[str, Any]) -> Iterator[Problem]:
    """Refuse all but one of those that add up: they would tell the one left out."""
    outcomes = known.get("outcomes", {})
    asked = outcomes.values() if isinstance(outcomes, dict) else outcomes
    names = [outcome.name for outcome in asked]
    for whole in adding_up(o.horizon_days for o in asked if o.standard):
        left_out = [name for name in whole if name not in names]
        if len(left_out) == 1:
            others = " and ".join(name for name in whole if name in names)
            yield Problem(
                ("outcomes",), f"has {others}, which tell {left_out[0]}", "",
                f"add {left_out[0]}, or keep one of them",
            )  # fmt: skip


def _disclosure(known: dict[str, Any]) -> Iterator[Problem]:
    needed = ("disclosure", "data_sharing", "inputs")
    if any(name not in known for name in needed):
        return
    disclosure, sharing, inputs = (known[name] for name in needed)
    open_data = isinstance(sharing, OpenSharing)
    if disclosure.profile == "none" and not open_data and not inputs.made_up:
        yield Problem(
            ("disclosure", "profile"), "must be default or ministry for people's "
            "records", "none",
            "only open data (data_sharing.open_data) and made-up people allow none",
        )  # fmt: skip


def _findings(known: dict[str, Any]) -> Iterator[Problem]:
    """Refuse results of after the day that the report bears."""
    findings, publication = known.get("findings"), known.get("publication")
    if not (findings and publication and findings.as_of):
        return
    if findings.as_of > publication.date:
        yield Problem(
            ("findings", "as_of"), "lies after publication.date", str(findings.as_of),
            f"write {publication.date} or earlier, or leave it out: a report holds "
            "what was published by its date",
        )  # fmt: skip


def _publication(known: dict[str, Any]) -> Iterator[Problem]:
    """Refuse a release on another day than the report's, and a first correction."""
    publication = known.get("publication")
    if not publication:
        return
    at, day = publication.release_at, publication.date
    if at and at[:10] != str(day):
        yield Problem(
            ("publication", "release_at"), "does not lie on publication.date", at,
            f'write for example "{day} 09:30", or change the date',
        )  # fmt: skip
    if publication.corrects and publication.edition == 1:
        yield Problem(
            ("publication", "corrects"), "has no earlier edition to correct", "",
            "delete it, or write edition: 2 where the first was published",
        )  # fmt: skip
