"""Charts: one module each, drawn from a recipe whose numbers have been put in."""

from types import ModuleType

from helpers.publication.figures import (
    forest,
    love_plot,
    overlap,
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
}

__all__ = ["FIGURES", "svg"]
