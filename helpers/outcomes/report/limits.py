"""What speaks for a study and what it cannot tell, and how it was estimated."""

from typing import Any

import pandas as pd

from helpers.intake.cohort.kinds import DELAY
from helpers.intake.cohort.losses import (
    NOT_LINKED,
    REASONS,
    REOFFENDED_BEFORE,
    UNUSABLE,
)
from helpers.intake.report.how_found import NO_CORRECTION
from helpers.matching.report import flow
from helpers.matching.report import sizes as report_sizes
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.labels import title
from helpers.publication.refs import slug
from helpers.publication.wording.number_words import in_words, one_in
from helpers.request.limits import ALPHA, UNKNOWN_STARTS
from helpers.runs.run import Run

#: a lead-in in bold, and the sentences that follow it
Point = tuple[str, str]

SEALED = (
    "The outcomes were sealed.",
    "They were opened only after the matching was settled, and the matching has not "
    "changed since.",
)
COUNTED = (
    "Everyone is counted.",
    "Each line submitted is counted once: in the analysis, or under one reason for "
    "being left out.",
)
COUNTED_OPEN = (
    "Everyone is counted.",
    "Each person in the data who was in the programme is counted once: in the "
    "analysis, or under one reason for being left out.",
)
WRITTEN = (
    "The method is written down.",
    "Every setting of the analysis stands in one request, so that it can be made again "
    "and checked.",
)

#: limits that hold for every study of this kind (method, section 9)
ALWAYS = [
    (
        "Motivation is not measured.",
        "The groups were compared on what is recorded. Those who took part may have "
        "wanted to change more than those they are compared with.",
    ),
    (
        "Other support is not known.",
        "People in the comparison group may have had similar support elsewhere.",
    ),
    (
        "People helped in one place are not independent.",
        "What happens to one may bear on the others. The intervals take no account of "
        "this, and may be too narrow.",
    ),
    (
        "Deaths and removals are not seen.",
        "People who died or were removed from the country count as not having had the "
        "outcome.",
    ),
]
KEPT_APART = (
    "Everyone submitted who was found is out of the comparison pool.",
    "So are those who were found in the national records and could not be analysed, "
    "and everyone whom a line submitted may be about.",
)
NOT_FOUND = (
    "Some people submitted were not found.",
    "They may be in the comparison pool under another name, and may have done better "
    "or worse than those who were found.",
)
SUBMITTED = (
    "The groups are kept apart by the cohort.",
    "Everyone submitted is meant to be out of the comparison pool, those who could "
    "not be analysed among them; the cohort as it was prepared is relied on for this.",
)
REOFFENDERS_ONLY = (
    "Some measures are about some people only.",
    "They count those to whom it happened. The groups were matched as a whole, so "
    "those of each group to whom it happened need not be alike.",
)
STANDARD = [
    (
        "Time back in custody counts.",
        "Time back in custody for another reason counts as not reoffending.",
    ),
    (
        "Only proven offences count.",
        "They are offences that led to a conviction, caution, reprimand or warning.",
    ),
]
NATIONAL = (
    "The rate is not a national rate.",
    "It is about the people who could be analysed{}, and cannot be compared with "
    "national rates.",
)
BEFORE = ", without those who reoffended before support began"
NOT_CORRECTED = (
    "The start of support is often not known.",
    f"More than {one_in(UNKNOWN_STARTS)} people in the programme have no such date, so "
    "the analysis could not allow for those who reoffended before it. This can make a "
    "programme look better or worse than it is.",
)
CHANGED = (
    "The matching was changed.",
    "That was after the outcomes had first been opened, so it may have been chosen "
    "with the result in sight.",
)


def limits(run: Run, results: pd.DataFrame) -> Block:
    """Give strengths and limits as far as this run bears them out, and own caveats."""
    strengths = [COUNTED_OPEN if run.request.is_open_data else COUNTED, WRITTEN]
    if not run.matching_changed:
        strengths.insert(0, SEALED)
    data = {
        "own": list(run.request.programme.caveats),
        "strengths": [list(point) for point in strengths],
        "limits": [list(point) for point in _limits(run, results)],
        "analyses": [
            _analysis(run, analysis)
            for analysis in run.request.analyses
            if analysis.headline
        ],
        "several": len(run.request.analyses) > 1,
    }
    return blocks.words(run, "limits", words="limits", data=data)


def _limits(run: Run, results: pd.DataFrame) -> list[Point]:
    found = [CHANGED] if run.matching_changed else []
    found += ALWAYS
    outcomes = run.request.outcomes
    if any(outcome.published for outcome in outcomes):
        without = BEFORE if _some(run, refs.box(REOFFENDED_BEFORE)) else ""
        found += [*STANDARD, (NATIONAL[0], NATIONAL[1].format(without))]
    found += _of_records(run)
    known = set(results["outcome"])
    if any(outcome.of_reoffenders and outcome.name in known for outcome in outcomes):
        found.append(REOFFENDERS_ONLY)
    for outcome in outcomes:
        if outcome.name not in known:
            found.append(
                (
                    "A measure is missing.",
                    f"{title(outcome)} was asked for and is left out: the data do not "
                    "hold it.",
                )
            )
    return found + _tests(len(results))


def _of_records(run: Run) -> list[Point]:
    """Give what is left open by looking people up, or by a cohort that came ready."""
    if not run.request.inputs.from_records:
        return [] if run.request.data_sharing.open_data else [SUBMITTED]
    found = [KEPT_APART]
    lost = (NOT_LINKED, UNUSABLE)
    found += [NOT_FOUND] if any(_some(run, refs.box(box)) for box in lost) else []
    # a setting tells that the correction was not made, and nothing about people
    return [*found, NOT_CORRECTED] if _some(run, NO_CORRECTION) else found


def _some(run: Run, name: str) -> bool:
    return bool((cell := run.cells.get(name)) and cell.value)


def _tests(made: int) -> list[Point]:
    """Say that one of several comparisons may come out significant by chance."""
    if made < 2:
        return []
    return [
        (
            "More than one comparison is made.",
            f"This report makes {in_words(made)}: each measure of each analysis. Even "
            "if the programme made no difference to anything, about "
            f"{one_in(ALPHA, 'comparison')} would come out statistically significant "
            "by chance.",
        )
    ]


def _analysis(run: Run, analysis: Any) -> dict[str, Any]:
    """Give the match of an analysis and who is not in it, for sentences."""
    delays = [n for n in DELAY if n not in analysis.covariates.names]
    # the delay of support is compared where the records gave it
    added = [
        n
        for n in delays
        if any(r.startswith(f"{refs.balance(analysis.name, n)}.") for r in run.cells)
    ]
    compared = len(analysis.covariates.names) + len(added)
    return left_out(run, analysis.name) | {
        "analysis": analysis.name,
        "noun": run.request.programme.noun,
        "characteristics": in_words(compared),
        "match_quality": ref(refs.of(analysis.name, "match_quality"), "text"),
        "share_matched": ref(refs.of(analysis.name, "share_matched"), "per_cent"),
        **_wide(run, analysis.name),
    }


def _wide(run: Run, analysis: str) -> dict[str, Any]:
    """Give the caliper and its limit, where the request accepted one beyond it."""
    names = {name: refs.of(analysis, name) for name in ("widest", "width")}
    if names["widest"] not in run.cells:
        return dict.fromkeys(names, "")
    return {key: ref(name, "decimals_3") for key, name in names.items()}


def left_out(run: Run, analysis: str) -> dict[str, Any]:
    """Tell who is not in an analysis, for the words that say so."""
    left = run.cells.get(refs.of(analysis, "not_analysed"))
    found = {
        "some_left_out": bool(left and left.value),
        "open_data": run.request.is_open_data,
    }
    if found["some_left_out"]:
        labels = {refs.box(box): text for box, text in REASONS.items()}
        labels |= {refs.of(analysis, name): text for name, text in flow.LATER.items()}
        found |= {
            "reasons": [
                [text, ref(name)] for name, text in labels.items() if _some(run, name)
            ],
            "left_out": ref(refs.of(analysis, "not_analysed")),
            "submitted": ref(refs.SUBMITTED),
            "flow": see(f"flow-chart-{slug(analysis)}"),
        }
    return found


def method(run: Run) -> Block:
    """Tell how the difference, its interval and its test were made."""
    names = (analysis.name for analysis in run.request.analyses)
    weighted = any(report_sizes.weighted(run, name) for name in names)
    data = {"changed": run.matching_changed, "weighted": weighted}
    return blocks.words(run, "estimated", words="how_estimated", data=data)
