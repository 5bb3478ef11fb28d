"""Figures for an analyst's own notebook, drawn from what the statistics give."""

import base64
import html
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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
PANEL = 1.5  # height of a panel of a covariate, in inches
MOST_NAMED = 6  # levels that have room for their names below a panel
NOBODY_DIFFERS = "nobody differs within a group"


class Drawing(Figure):
    """A figure that any notebook shows, whether or not it has loaded pyplot."""

    def _repr_png_(self) -> bytes:
        out = io.BytesIO()
        self.savefig(out, format="png", dpi=100)
        return out.getvalue()


@dataclass(frozen=True, eq=False)
class Shown:
    """A figure shown to an analyst with a caption; it never leaves a notebook.

    It is drawn when a notebook displays it.
    """

    draw: Callable[[], Figure]
    caption: str
    banner: str = ""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict:
        code = base64.b64encode(self.draw()._repr_png_()).decode()
        words = html.escape(self.caption, quote=True)
        draft = f"<p><strong>{html.escape(self.banner)}</strong></p>"
        shown = (
            f"<figure><figcaption>{words}</figcaption>"
            f'<img alt="{words}" src="data:image/png;base64,{code}"></figure>'
        )
        plain = f"{self.banner}\n{self.caption}".strip()
        return {
            "text/html": (draft if self.banner else "") + shown,
            "text/plain": plain,
        }


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
    axes.set_xlabel("Standardised mean difference,\nper cent, without its sign")
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


def distributions(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> Figure:
    """Draw how both groups are spread on each covariate, before and after matching.

    Parameters
    ----------
    people
        Covariates, one row a person: numbers as histograms, all others by their levels.
    treatment, weights
        1 or 0, and the weights of a match; looked up by the index of `people`.
    """
    size = (WIDTH, 0.6 + PANEL * len(covariates))
    figure = Drawing(figsize=size, layout="constrained")
    panels = figure.subplots(len(covariates), 2, squeeze=False, sharey="row")
    treated = (treatment.reindex(people.index) == 1).to_numpy()
    after = weights.reindex(people.index).to_numpy(dtype=float)
    for name, row in zip(covariates, panels, strict=True):
        value, bins, levels = _binned(people[name])
        known = ~np.isnan(value)
        for axes, weight in zip(row, (np.ones(len(people)), after), strict=True):
            who = [known & treated, known & ~treated]
            parts = [value[one] for one in who], [weight[one] for one in who]
            draw_groups(axes, parts[0], bins, parts[1])
            axes.tick_params(labelsize="small")
            if levels:
                named = levels if len(levels) <= MOST_NAMED else []
                axes.set_xticks(range(len(named)), named)
        row[0].set_ylabel("per cent", fontsize="small")
        for axes, when in zip(row, ("before", "after"), strict=True):
            words = f"{name} {when} matching"
            axes.set_title(words, loc="left", fontsize="small", fontweight="bold")
    lines = panels[0, 0].get_legend_handles_labels()
    figure.legend(*lines, loc="outside upper left", ncols=2, frameon=False)
    return figure


def _binned(column: pd.Series) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Give a covariate as numbers, where its bars end, and the names of its levels."""
    if not pd.api.types.is_numeric_dtype(column.dtype):
        text = column.astype(object).where(column.notna(), "missing").astype(str)
        codes, levels = pd.factorize(text, sort=True)
        short = [textwrap.shorten(level, 12, placeholder="…") for level in levels]
        return codes.astype(float), np.arange(-0.5, len(levels)), short
    value = column.to_numpy(dtype=float, na_value=np.nan)
    known = value[~np.isnan(value)]
    if not len(known):
        return value, np.array([-0.5, 0.5]), []
    low, high = known.min(), known.max()
    if (known % 1).any():
        return value, np.histogram_bin_edges(known, BINS), []
    width = np.ceil((high - low + 1) / BINS)  # as many whole numbers in every bar
    return value, np.arange(low - 0.5, high + width, width), []


def weight_spread(weights: pd.Series) -> Figure:
    """Draw how many comparison people have a weight of which size.

    Parameters
    ----------
    weights
        Those of the comparison group, above 0; a weight of 2 stands for two treated.
    """
    figure = Drawing(figsize=(WIDTH, 2.6), layout="constrained")
    axes = figure.subplots()
    axes.hist(weights, BINS, color=colours.COMPARISON)
    axes.set_yscale("log")
    axes.set_xlabel("Weight of a person in the comparison group")
    axes.set_ylabel("People")
    axes.spines[["top", "right"]].set_visible(False)
    return figure
