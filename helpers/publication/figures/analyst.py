"""Figures for an analyst's own notebook, drawn from what the statistics give."""

import io

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication import colours
from helpers.publication.figures.common import GRID, INK, SOFT
from helpers.request.limits import REASONABLE, WELL

WIDTH = 7.5  # of a figure, in inches
ROW = 0.24  # height of a row of a love plot, in inches
BINS = 40  # of a histogram
NOBODY_DIFFERS = "nobody differs within a group"


class Drawing(Figure):
    """A figure that any notebook shows, whether or not it has loaded pyplot."""

    def _repr_png_(self) -> bytes:
        out = io.BytesIO()
        self.savefig(out, format="png", dpi=100)
        return out.getvalue()


def love_plot(balance: pd.DataFrame, *, axes: Axes | None = None) -> Figure:
    """Draw how far the groups differ before and after matching, a row a covariate.

    Parameters
    ----------
    balance
        As `helpers.matching.balance.table` gives it: variable, level, smd_before and
        smd_after, in per cent. Of two levels that mirror each other one is drawn.
    axes
        Where to draw; a figure of its own, with a key, where it is left out.

    Returns
    -------
    Figure
        Sizes without their sign, by that before matching; shaded up to 5 and to 10.
    """
    rows = _by_size(balance)
    figure = None
    if axes is None:
        figure = Drawing(figsize=(WIDTH, 1.2 + ROW * len(rows)), layout="constrained")
        axes = figure.subplots()
    place = range(len(rows))
    axes.axvspan(0, REASONABLE, color="#EDF0EF", zorder=0)
    axes.axvspan(0, WELL, color="#D5DEDB", zorder=0)
    axes.axvline(REASONABLE, color=SOFT, linewidth=0.8, linestyle="--", zorder=1)
    axes.hlines(place, rows["before"], rows["after"], color=GRID, zorder=2)
    axes.scatter(
        rows["before"], place, marker="|", s=90, linewidths=2, color=colours.NONE,
        label="before matching", zorder=3,
    )  # fmt: skip
    axes.scatter(
        rows["after"], place, s=36, color=INK, label="after matching", zorder=4
    )
    axes.set_yticks(place, rows["label"])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, max(rows[["before", "after"]].max().max() * 1.05, 2 * REASONABLE))
    axes.set_xlabel("Standardised mean difference, per cent, without its sign")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    if figure is not None:
        figure.legend(loc="outside upper left", ncols=2, frameon=False)
    return axes.figure


def _by_size(balance: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a love plot: label, before, after, the largest before first."""
    level = balance["level"].astype(str)
    rows = pd.DataFrame(
        {
            "variable": balance["variable"],
            "label": balance["variable"].where(
                level == "", balance["variable"] + ": " + level
            ),
            "before": balance["smd_before"].abs().round(9),
            "after": balance["smd_after"].abs().round(9),
        }
    )
    rows = rows.drop_duplicates(["variable", "before", "after"])
    unknown = rows["after"].isna()
    rows.loc[unknown, "label"] += f" ({NOBODY_DIFFERS})"
    return rows.sort_values(
        "before", ascending=False, kind="stable", na_position="first",
        ignore_index=True,
    )  # fmt: skip


def overlap(score: pd.Series, treatment: pd.Series) -> Figure:
    """Draw where the propensity scores of both groups lie, in per cent of each group.

    Parameters
    ----------
    score
        Propensity, 0 to 1, one a person; who has none is left out.
    treatment
        1 for treated, 0 for pool; looked up by the index of `score`.
    """
    figure = Drawing(figsize=(WIDTH, 3.4), layout="constrained")
    axes = figure.subplots()
    known = score.dropna()
    treated = treatment.reindex(known.index) == 1
    bins = np.histogram_bin_edges(known, BINS)
    draw_groups(axes, [known[treated], known[~treated]], bins)
    axes.set_xlabel("Propensity score")
    axes.set_ylabel("Per cent of each group")
    figure.legend(loc="outside upper left", ncols=2, frameon=False)
    return figure


def draw_groups(
    axes: Axes,
    values: list[pd.Series],
    bins: np.ndarray,
    weights: list[pd.Series] | None = None,
) -> None:
    """Draw the treatment group as an area, the comparison group as a broken line."""
    counts = weights if weights is not None else [None, None]
    shares = [
        100 * part / max(part.sum(), 1e-300)
        for value, weight in zip(values, counts, strict=True)
        for part in [np.histogram(value, bins, weights=weight)[0]]
    ]
    axes.stairs(
        shares[0], bins, fill=True, color=colours.TREATMENT, label="treatment group"
    )
    axes.stairs(
        shares[1], bins, color=colours.COMPARISON, linewidth=2, linestyle=(0, (3, 1.2)),
        label="comparison group",
    )  # fmt: skip
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_ylim(0)
