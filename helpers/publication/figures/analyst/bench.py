"""The bench of calipers: people kept against worst imbalance, small love plots."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication import colours
from helpers.publication.figures.analyst.samples import WIDTH, Drawing, love_plot
from helpers.publication.figures.common import GRID, INK, SOFT
from helpers.request.limits import HEADLINED, REASONABLE, WELL

ACROSS = 5  # small love plots beside each other
ROWS = 12  # of a small love plot at most
LOVE = 1.0, 0.16  # height of a small love plot in inches: its frame, and each row
CURVE = 4.4  # height of the plot above them, in inches


def bench(table: pd.DataFrame, balances: Mapping[str, pd.DataFrame]) -> Figure:
    """Draw how many of the treated each setting keeps, and how unlike the groups stay.

    Parameters
    ----------
    table
        As `helpers.matching.calipers.bench` gives it, a row a setting.
    balances
        The balance of each setting: variable, level, smd_before, smd_after. Small love
        plots show the characteristics that differ most before matching.

    Returns
    -------
    Figure
        Settings are numbered as in the table; hollow ones are too wide, and the one
        that is recommended has a ring.
    """
    rows = _most_different(next(iter(balances.values())))
    down = -(-len(table) // ACROSS)
    heights = [CURVE, down * (LOVE[0] + LOVE[1] * len(rows))]
    figure = Drawing(figsize=(WIDTH * 1.6, sum(heights)), layout="constrained")
    above, below = figure.subfigures(2, 1, height_ratios=heights)
    _kept_against_worst(above.subplots(), table)
    panels = below.subplots(down, ACROSS, squeeze=False, sharex=True, sharey=True)
    for number, (name, axes) in enumerate(zip(table.index, panels.flat, strict=False)):
        love_plot(balances[name].loc[rows], axes=axes)
        axes.set_xlabel("")
        axes.tick_params(labelsize="x-small")
        best = bool(table.loc[name, "recommended"])
        weight = "bold" if best else "normal"
        axes.set_title(f"{number + 1}  {name}", fontsize="small", fontweight=weight)
    for axes in panels.flat[len(table) :]:
        axes.set_visible(False)
    below.supxlabel(
        "Standardised mean difference, per cent, without its sign: before matching "
        "(bar), after (dot)",
        fontsize="small",
    )
    return figure


def _most_different(balance: pd.DataFrame) -> pd.Index:
    """Give the rows that differ most before matching, of mirrored levels one."""
    size = balance.assign(size=balance["smd_before"].abs().round(9))
    size = size.drop_duplicates(["variable", "size"])
    return size.sort_values("size", ascending=False, kind="stable").index[:ROWS]


def _kept_against_worst(axes: Axes, table: pd.DataFrame) -> None:
    kept, worst = 100 * table["share_matched"], table["worst_smd"]
    for top, colour in ((REASONABLE, "#EDF0EF"), (WELL, "#D5DEDB")):
        axes.axhspan(0, top, color=colour, zorder=0)
    axes.axvline(100 * HEADLINED, color=SOFT, linewidth=0.8, linestyle="--", zorder=1)
    radius = table.index.str.startswith("radius")
    axes.plot(kept[radius], worst[radius], color=GRID, zorder=2)
    wide = table["too_wide"].to_numpy()
    axes.scatter(kept[~wide], worst[~wide], s=34, color=INK, zorder=3)
    axes.scatter(
        kept[wide], worst[wide], s=34, facecolor="white", edgecolor=INK, zorder=3
    )
    best = table["recommended"]
    axes.scatter(
        kept[best], worst[best], s=180, facecolor="none", linewidths=2,
        edgecolor=colours.TREATMENT, zorder=4,
    )  # fmt: skip
    axes.set_xlabel("Treated people matched, per cent")
    axes.set_ylabel("Worst difference, per cent of an SD")
    axes.set_ylim(0, max(1.2 * REASONABLE, 1.1 * worst.fillna(0).max()))
    axes.set_xlim(min(kept.min(), 100 * HEADLINED) - 2, 102)
    axes.spines[["top", "right"]].set_visible(False)
    _number(axes, kept.to_numpy(), worst.to_numpy())


def _number(axes: Axes, kept: np.ndarray, worst: np.ndarray) -> None:
    """Number the points; those that lie together have one text."""
    room = np.array([np.ptp(axes.get_xlim()) / 30, np.ptp(axes.get_ylim()) / 9])
    middle = np.mean(axes.get_xlim())
    groups: list[tuple[np.ndarray, list[int]]] = []
    for number, at in enumerate(np.column_stack([kept, worst]), start=1):
        near = (g for g in groups if (np.abs(g[0] - at) < room).all())
        group = next(near, None)
        if group:
            group[1].append(number)
        elif np.isfinite(at).all():
            groups.append((at, [number]))
    for at, numbers in groups:
        right = at[0] > middle  # where there is no room on the right
        axes.annotate(
            _listed(numbers), at, xytext=(-11 if right else 8, 3),
            textcoords="offset points", fontsize="small",
            ha="right" if right else "left",
        )  # fmt: skip


def _listed(numbers: list[int]) -> str:
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))
