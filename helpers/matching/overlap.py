"""Where the propensity scores of both groups overlap: figures for the analyst."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.matching.covariates import Group
from helpers.matching.matching import Match
from helpers.matching.propensity import Model
from helpers.publication import blocks
from helpers.publication.blocks import Block, ref
from helpers.publication.cells import Cell
from helpers.publication.labels import slug
from helpers.run import Run

BINS = np.round(np.arange(0, 1.05, 0.05), 2)  # of the score


def figures(
    run: Run,
    fitted: Mapping[str, Group],
    models: Mapping[str, Model],
    matches: Mapping[str, Match],
) -> list[Block]:
    """The propensity scores of both groups, before and after, for the analyst."""
    made = []
    for name, group in fitted.items():
        cells, bins = _bins(group, models[name].score, matches[name].weights)
        run.register(cells)
        made.append(
            blocks.figure(
                run,
                f"overlap-{slug(name)}",
                figure="overlap",
                subtitle="Per cent of each group by propensity score",
                data={"bins": bins},
            )
        )
    return made


def _bins(
    group: Group, score: pd.Series, weights: pd.Series
) -> tuple[list[Cell], list[dict[str, Any]]]:
    """Shares of each group by bin of the score, as cells and as recipe rows."""
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
        base, here = f"{slug(group.name)}.overlap.{number}", place == number
        for name, weight in groups.items():
            share = 100 * weight[here].sum() / weight.sum() if weight.any() else 0.0
            counts = int((weight[here] > 0).sum()), int((weight > 0).sum())
            cells.append(Cell(f"{base}.{name}", share, "rate", *counts))
        refs = {name: ref(f"{base}.{name}", "per_cent") for name in groups}
        label = f"{low:.2f} to {high:.2f}"
        bins.append({"label": label, "low": float(low), "high": float(high), **refs})
    return cells, bins
