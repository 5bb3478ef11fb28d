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
from helpers.intake.report import how_found
from helpers.matching.report import flow
from helpers.matching.report import sizes as report_sizes
from helpers.matching.report.quality import differences
from helpers.outcomes.report.beside import contrasts, sites
from helpers.outcomes.report.over_time import compared
from helpers.outcomes.report.points import (
    BEFORE,
    BY_SITE,
    COUNTED,
    COUNTED_OPEN,
    KEPT_APART,
    MOTIVATION,
    NATIONAL,
    NOT_BY_CHANCE,
    NOT_CORRECTED,
    NOT_FOUND,
    NOT_INDEPENDENT,
    OTHER_SUPPORT,
    PLAY_OF_CHANCE,
    REOFFENDERS_ONLY,
    SEALED,
    SEALED_AGAIN,
    STANDARD,
    SUBMITTED,
    USUAL,
    WHEN_OPENED,
    WRITTEN,
    Point,
)
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.labels import title
from helpers.publication.refs import slug
from helpers.publication.wording.number_words import in_words
from helpers.request import Outcome
from helpers.request.covariates.needs import NEED_NAMES
from helpers.runs.run import Run


def limits(run: Run, results: pd.DataFrame) -> Block:
    """Give strengths and limits as far as this run bears them out, and own caveats."""
    data = _data(run, results)
    line = blocks.said(words="limits_line", data=data)
    fold = blocks.fold(line)
    return blocks.words(run, "limits", words="limits", data=data, fold=fold)


def in_brief(run: Run, results: pd.DataFrame) -> Block:
    """Give what leads in the strengths, and the limits that not every study has."""
    data = _data(run, results) | {"usual": list(USUAL)}
    return blocks.words(run, "limits-in-brief", words="limits_in_brief", data=data)


def _data(run: Run, results: pd.DataFrame) -> dict[str, Any]:
    """Give what the words on strengths and limits are made of."""
    strengths = [COUNTED_OPEN if run.request.is_open_data else COUNTED, WRITTEN]
    if run.when_opened in (["sealed"], ["same"]):
        strengths.insert(0, SEALED if run.when_opened == ["sealed"] else SEALED_AGAIN)
    between, over_time = contrasts.differences(run), compared.tests(run)
    return {
        "own": list(run.request.programme.caveats),
        "strengths": [list(point) for point in strengths],
        "limits": [list(point) for point in _limits(run, results)],
        "analyses": [
            _analysis(run, analysis)
            for analysis in run.request.analyses
            if analysis.headline
        ],
        "several": run.several,
        "comparisons": _differences(results) + between + over_time,
        "between": bool(between),
        "over_time": bool(over_time),
    }


def _differences(results: pd.DataFrame) -> list[dict[str, str]]:
    """Give the difference of every measure of every analysis."""
    return [
        ref(refs.measure(row.analysis, row.outcome, "difference"))
        for row in results.itertuples()
    ]


def _limits(run: Run, results: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Give limits: lead-in, sentences, and of which numbers they are, if of some."""
    found = [WHEN_OPENED[when] for when in run.when_opened if when in WHEN_OPENED]
    found += [_selection(run), OTHER_SUPPORT]
    found.append(_of_sites(run))
    held = set(results["outcome"])
    known = [outcome for outcome in run.request.outcomes if outcome.name in held]
    if any(outcome.proven for outcome in known):
        found += STANDARD
    published = [outcome.name for outcome in known if outcome.published]
    if published:
        without = BEFORE if _some(run, refs.box(REOFFENDED_BEFORE)) else ""
        of = _differences(results[results["outcome"].isin(published)])
        found.append((NATIONAL[0], NATIONAL[1].format(without), of))
    found += _of_records(run)
    if any(outcome.of_some for outcome in known):
        found.append(REOFFENDERS_ONLY)
    found += _missing([o for o in run.request.outcomes if o.name not in held])
    found += [
        ("An analysis is missing.",
         f"The analysis “{name}” could not be carried out, since its groups could not "
         "be compared.")
        for name in run.left_out
    ]  # fmt: skip
    return found


def _missing(outcomes: list[Outcome]) -> list[Point]:
    """Say of measures asked for, or usual, that the data do not hold them."""
    titles = [title(outcome) for outcome in outcomes]
    if len(titles) < 2:
        return [
            ("A measure is missing.", f"{name} is left out: the data do not hold it.")
            for name in titles
        ]
    listed = "; ".join(titles)
    text = f"The data do not hold {in_words(len(titles))} measures: {listed}."
    return [("Some measures are missing.", text)]


def _of_sites(run: Run) -> tuple[Any, ...]:
    """Say that people of one place may be alike, and whether an interval allows for it.

    Where that is hidden, as where there is none, none does that a reader can see.
    """
    lead, without = NOT_INDEPENDENT
    first = sites.told(run)[:1]
    return lead, blocks.told(BY_SITE, *first, otherwise=without) if first else without


def _selection(run: Run) -> Point:
    """Give what may tell the groups apart: people's own motives, or chance."""
    if run.request.programme.selection_by == "choice":
        return MOTIVATION
    # a filter on both groups leaves them as chance made them
    some_left_out = _some(run, refs.LOST) or any(
        analysis.treatment_filter
        or analysis.pool
        or _some(run, refs.of(analysis.name, "not_matched"))
        for analysis in run.request.analyses
    )
    lead, text = PLAY_OF_CHANCE
    return lead, text.format(NOT_BY_CHANCE if some_left_out else "")


def _of_records(run: Run) -> list[Point]:
    """Give what is left open by looking people up, or by a cohort that came ready."""
    if not run.request.inputs.from_records:
        return [] if run.request.data_sharing.open_data else [SUBMITTED]
    found = [KEPT_APART]
    lost = (NOT_LINKED, UNUSABLE)
    found += [NOT_FOUND] if any(_some(run, refs.box(box)) for box in lost) else []
    # a setting tells that the correction was not made, and nothing about people
    return [*found, NOT_CORRECTED] if _some(run, refs.NO_CORRECTION) else found


def _some(run: Run, name: str) -> bool:
    return bool((cell := run.cells.get(name)) and cell.some)


def _analysis(run: Run, analysis: Any) -> dict[str, Any]:
    """Give the match of an analysis and who is not in it, for sentences."""
    # beside those named, the delay of support and needs where the records gave them,
    # and of a named set those alone in which people differ
    named, of_set = set(analysis.covariates.names), set(analysis.covariates.of_set)
    given, own = of_set | ({*NEED_NAMES, *DELAY} - named), named - of_set
    rows = [f"{refs.balance(analysis.name, name)}." for name in given]
    found = sum(any(ref.startswith(row) for ref in run.cells) for row in rows)
    compared = len(own) + found
    return left_out(run, analysis.name) | {
        "analysis": analysis.name,
        "noun": run.request.noun(analysis.name),
        "characteristics": in_words(compared),
        "differences": differences(run, analysis.name),
        "match_quality": ref(refs.of(analysis.name, "match_quality"), "text"),
        "share_matched": ref(refs.of(analysis.name, "share_matched"), "per_cent"),
        **_wide(run, analysis.name),
    }


def _wide(run: Run, analysis: str) -> dict[str, Any]:
    """Give the width and its limit, where the request accepted one beyond it."""
    names = {name: refs.of(analysis, name) for name in ("widest", "width")}
    if names["widest"] not in run.cells:
        return dict.fromkeys(names, "")
    reach = run.request.matching_of(analysis).reach
    return {key: ref(name, "decimals_3") for key, name in names.items()} | {
        "reach": reach
    }


def left_out(run: Run, analysis: str) -> dict[str, Any]:
    """Tell who is not in an analysis, for the words that say so."""
    left = run.cells.get(refs.of(analysis, "not_analysed"))
    found = {
        "some_left_out": bool(left and left.some),
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
    data = {"opened": run.when_opened, "weighted": weighted}
    words, fold = "how_estimated", how_found.steps(run)
    return blocks.words(run, "estimated", words=words, data=data, fold=fold)
