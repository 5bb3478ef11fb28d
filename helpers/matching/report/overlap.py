"""Where the propensity scores of both groups overlap: for the report, the analyst."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.matching.groups import Group
from helpers.matching.overlap import bands
from helpers.matching.propensity import Model
from helpers.matching.report import layers
from helpers.matching.weights import Match
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell, Sum, by_ref
from helpers.publication.disclosure import rules
from helpers.publication.refs import slug
from helpers.request import Request
from helpers.runs.run import Run

BINS = np.round(np.arange(0, 1.05, 0.05), 2)  # of the score


HIDDEN = (
    "Where the propensity scores of the two groups lie is hidden to protect people."
)


TOO_CLOSE = "The propensity scores of nearly everyone are too close together to draw."


#: the rule behind a band, and what it is rounded to
BAND = ("2: people of the group in this band / all who have a score, whole %", "whole")
WHOLE = "2: the bands of a group add up to all of it"


@dataclass(frozen=True)
class _ForAnalyst:
    """A stage with numbers for the analyst alone, which are finer than a report's."""

    request: Request
    cells: Mapping[str, Cell]
    banner: str


def figures(
    run: Run,
    fitted: Mapping[str, Group],
    models: Mapping[str, Model],
    matches: Mapping[str, Match],
) -> list[Block]:
    """Give the propensity scores of both groups, before and after, for the analyst.

    Their numbers are finer than a report may show, so that none is registered.
    """
    made = []
    for name, group in fitted.items():
        cells, bins = shares(group, models[name].score, matches[name].weights)
        apart = _ForAnalyst(run.request, by_ref(cells), run.banner)
        made.append(
            blocks.figure(
                apart,
                f"scores-{slug(name)}",
                figure="scores",
                subtitle="Per cent of each group by propensity score",
                data={"bins": bins},
            )
        )
    return made


def shares(
    group: Group, score: pd.Series, weights: pd.Series
) -> tuple[list[Cell], list[dict[str, Any]]]:
    """Give shares of each group by bin of the score, as cells and as recipe rows."""
    index, treated = group.people.index, group.treatment == 1
    place = pd.cut(score[index], BINS, labels=False, include_lowest=True)
    weights, everyone = weights.reindex(index), pd.Series(1.0, index=index)
    groups = {
        "treatment_before": everyone.where(treated, 0.0),
        "comparison_before": everyone.where(~treated, 0.0),
        "treatment_after": weights.where(treated, 0.0),
        "comparison_after": weights.where(~treated, 0.0),
    }
    cells, bins = [], []
    for number, (low, high) in enumerate(zip(BINS[:-1], BINS[1:], strict=True)):
        here = place == number
        for name, weight in groups.items():
            share = 100 * weight[here].sum() / weight.sum() if weight.any() else 0.0
            counts = int((weight[here] > 0).sum()), int((weight > 0).sum())
            cells.append(
                Cell(refs.score(group.name, number, name), share, "rate", *counts)
            )
        leaves = {
            name: ref(refs.score(group.name, number, name), "per_cent")
            for name in groups
        }
        label = f"{low:.2f} to {high:.2f}"
        ends = {"low": float(low), "high": float(high)}
        bins.append({"fact": "bin", "label": label, **ends, **leaves})
    return cells, bins


def register(
    run: Run,
    fitted: Mapping[str, Group],
    models: Mapping[str, Model],
) -> dict[str, pd.DataFrame]:
    """Register each group's share of every band of the score before matching.

    Gives the bands of each analysis; none where everyone is in one band.
    """
    settings, found = run.request.disclosure, {}
    rule = rules.profile(settings.profile, settings.threshold)
    least = rule.threshold if rule else 0
    for name, group in fitted.items():
        score = models[name].score.reindex(group.people.index)
        table = bands(score, group.treatment, least)
        found[name] = table if len(table) > 1 else table.head(0)
        run.register(*band_cells(name, found[name]))
    return found


def band_cells(analysis: str, table: pd.DataFrame) -> tuple[list[Cell], list[Sum]]:
    """Give shares by band, in whole per cent in every profile."""
    if table.empty:
        return [], []
    whole = Cell(refs.all_bands(analysis), 100, "setting", method=WHOLE)
    cells, sums = [whole], []
    for name in ("treatment", "comparison"):
        everyone = table[name].sum()
        parts = tuple(refs.band(analysis, number, name) for number in range(len(table)))
        for band, count in zip(parts, table[name], strict=True):
            share = int(100 * count / everyone + 0.5)  # halves go up, as in print
            of_whom = (count, everyone)
            cells.append(Cell(band, share, "rate", *of_whom, (), *BAND))
        sums.append(Sum(whole.ref, parts))
    return cells, sums


def published(run: Run, found: Mapping[str, pd.DataFrame]) -> dict[str, list[Block]]:
    """Tell where the scores of both groups lie before matching, by analysis, folded."""
    made = {}
    for name, table in found.items():
        key = f"overlap-{slug(name)}"
        share = ref(refs.of(name, "share_matched"), "per_cent")
        line = blocks.said(words="line_of_overlap", data={"share_matched": share})
        fold = blocks.fold(line, within=layers.of_balance(run, name))
        if table.empty:
            profile = run.request.disclosure.profile
            data = {"sentences": [[TOO_CLOSE if profile == "none" else HIDDEN]]}
            words = blocks.words(run, key, words="sentences", data=data, fold=fold)
            made[name] = [words]
            continue
        plot = blocks.figure(
            run,
            key,
            figure="overlap",
            subtitle="Per cent of each group by propensity score, before matching",
            data=_data(run, name, table),
            lead=_lead(run, name, key),
            notes=_notes(run, name, table),
            fold=fold,
        )
        made[name] = [plot]
    return made


def _notes(run: Run, analysis: str, table: pd.DataFrame) -> list[str]:
    notes = ["Bands that hold few people are joined with the next."]
    if any(run.cells[leaf].value == 0 for leaf in _refs(analysis, table)):
        notes.append("A per cent that is printed as nought is less than half of one.")
    return notes


def _refs(analysis: str, table: pd.DataFrame) -> list[str]:
    return [
        refs.band(analysis, number, name)
        for number in range(len(table))
        for name in ("treatment", "comparison")
    ]


def _data(run: Run, analysis: str, table: pd.DataFrame) -> dict[str, Any]:
    """Give data of the figure, as refs.

    Who was matched says that scores are alike only where a caliper or bandwidth held.
    """
    settings = run.request.matching_of(analysis)
    near = settings.calipers[0] is not None and not settings.accept_wide
    share = ref(refs.of(analysis, "share_matched"), "per_cent") if near else None
    leaves = [ref(name, "per_cent") for name in _refs(analysis, table)]
    pairs = zip(leaves[::2], leaves[1::2], strict=True)
    bands = [
        {"fact": "band", "label": label, "treatment": ours, "comparison": theirs}
        for label, (ours, theirs) in zip(_labels(table), pairs, strict=True)
    ]
    return {
        "bands": bands,
        "matched": share,
        "everyone": not run.cells[refs.of(analysis, "not_matched")].some,
        "noun": run.request.noun(analysis),
        "filtered": _filtered(run, analysis),
    }


def _filtered(run: Run, name: str) -> bool:
    """Tell whether an analysis keeps some of the programme only."""
    return any(
        analysis.filter or analysis.treatment_filter
        for analysis in run.request.analyses
        if analysis.name == name
    )


def _labels(table: pd.DataFrame) -> list[str]:
    """Give bands by their limits; the outer two are open, and name no one's score."""
    labels = [f"{row.start:.2f} to {row.end:.2f}" for row in table.itertuples()]
    labels[0] = f"under {table['end'].iloc[0]:.2f}"
    labels[-1] = f"over {table['start'].iloc[-1]:.2f}"
    return labels


def _lead(run: Run, analysis: str, key: str) -> list[Any]:
    share = refs.of(analysis, "share_matched")
    noun = run.request.noun(analysis)
    kept = " and whom the filters keep" if _filtered(run, analysis) else ""
    whom = f" Of the {noun} in the programme whose records could be used{kept}, "
    matched = [whom, ref(share, "per_cent"), " were matched."]
    return [
        "The propensity score says how likely each person was to be in the programme, "
        "going by the characteristics compared. People can be compared where both "
        "groups have people of the same score: ",
        see(key),
        " shows where that was.",
        *(blocks.where_shown(share, piece) for piece in matched),
    ]
