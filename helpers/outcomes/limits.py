"""What speaks for a study and what it cannot tell, and how it was estimated."""

from typing import Any

import pandas as pd

from helpers.outcomes import measures
from helpers.publication import blocks
from helpers.publication.blocks import Block, ref, see
from helpers.publication.labels import slug, title
from helpers.publication.wording.number_words import in_words
from helpers.run import Run

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
SUBMITTED = (
    "The groups are kept apart by the cohort.",
    "Everyone submitted is meant to be out of the comparison pool, those who could "
    "not be analysed among them; the cohort as it was prepared is relied on for this.",
)
REOFFENDERS_ONLY = (
    "A time is about some people only.",
    "It counts those to whom it happened. The groups were matched as a whole, so those "
    "of each group to whom it happened need not be alike.",
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
CHANGED = (
    "The matching was changed.",
    "That was after the outcomes had first been opened, so it may have been chosen "
    "with the result in sight.",
)


def limits(run: Run, results: pd.DataFrame) -> Block:
    """Strengths and limits as far as this run bears them out, and own caveats."""
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
    if any(measures.is_published_measure(outcome) for outcome in outcomes):
        before = run.cells.get("intake.box.reoffended-before-support")
        without = BEFORE if before and before.value else ""
        found += [*STANDARD, (NATIONAL[0], NATIONAL[1].format(without))]
    if not run.request.data_sharing.open_data:
        found.append(SUBMITTED)
    known = set(results["outcome"])
    if measures.OF_SOME in known:
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


def _tests(made: int) -> list[Point]:
    """That one of several comparisons may come out significant by chance."""
    if made < 2:
        return []
    return [
        (
            "More than one comparison is made.",
            f"This report makes {in_words(made)}: each measure of each analysis. Even "
            "if the programme made no difference to anything, about one comparison in "
            "twenty would come out statistically significant by chance.",
        )
    ]


def _analysis(run: Run, analysis: Any) -> dict[str, Any]:
    """The match of an analysis, and who is not in it: words follow from released."""
    base = slug(analysis.name)
    return left_out(run, analysis.name) | {
        "analysis": analysis.name,
        "noun": run.request.programme.noun,
        "characteristics": in_words(len(analysis.covariates.names)),
        "match_quality": ref(f"{base}.match_quality", "text"),
        "share_matched": ref(f"{base}.share_matched", "per_cent"),
    }


def left_out(run: Run, analysis: str) -> dict[str, Any]:
    """Who is not in an analysis, for the words that say so; a chart shows them."""
    base = slug(analysis)
    left = run.cells.get(f"{base}.not_analysed")
    found = {
        "some_left_out": bool(left and left.value),
        "open_data": run.request.is_open_data,
    }
    if found["some_left_out"]:
        found |= {
            "left_out": ref(f"{base}.not_analysed"),
            "submitted": ref("intake.submitted"),
            "flow": see(f"flow-chart-{base}"),
        }
    return found


def method(run: Run) -> Block:
    """How the difference, its interval and its test were made."""
    data = {"changed": run.matching_changed}
    return blocks.words(run, "estimated", words="how_estimated", data=data)
