"""Charts: one module each, drawn from a recipe whose numbers have been put in."""

from types import ModuleType

from helpers.publication.figures import (
    flow,
    forest,
    icons,
    love_plot,
    measures,
    overlap,
    scores,
    summary_bar,
    tally,
)
from helpers.publication.figures.common import svg

#: name in a recipe -> module with headline, alternative, table and draw
FIGURES: dict[str, ModuleType] = {
    "love_plot": love_plot,
    "summary_bar": summary_bar,
    "tally": tally,
    "forest": forest,
    "overlap": overlap,
    "icons": icons,
    "flow": flow,
    "measures": measures,
    "scores": scores,
}

__all__ = ["FIGURES", "svg"]
