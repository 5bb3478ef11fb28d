"""Charts: one module each, drawn from a recipe whose numbers have been put in.

common          type sizes, measured text, SVG
picture         the same as a picture of pixels
marks           how a finding is shown: shape, colour, words
flow            from the lines submitted to the people analysed
icons           100 typical people in each group
measures        both groups' values with their intervals
measure_blocks  the blocks of the measures figure
balance         the love plot: differences before and after matching
bands           overlap: bands of the propensity score, for the report
curves          how many of each group reoffended by each day
power           the smallest fall that could be found, by how many are sent
results/        the published results so far
robustness/     whether the answer holds
analyst/        figures for the analyst's own notebook
"""

from types import ModuleType

from helpers.publication.figures import (
    balance,
    bands,
    curves,
    flow,
    icons,
    measures,
    power,
)
from helpers.publication.figures.analyst import scores
from helpers.publication.figures.analyst.samples import love_plot, overlap
from helpers.publication.figures.common import own_style, svg
from helpers.publication.figures.picture import png
from helpers.publication.figures.results import (
    by_year,
    effect_by_size,
    forest,
    pooled,
    summary_bar,
    tally,
    verdict_bars,
)
from helpers.publication.figures.robustness import contour, estimators, ladder, placebo

#: name in a recipe -> module with Data, headline, alternative, table and draw
FIGURES: dict[str, ModuleType] = {
    "love_plot": balance,
    "summary_bar": summary_bar,
    "tally": tally,
    "verdict_bars": verdict_bars,
    "forest": forest,
    "pooled": pooled,
    "effect_by_size": effect_by_size,
    "by_year": by_year,
    "overlap": bands,
    "icons": icons,
    "flow": flow,
    "measures": measures,
    "scores": scores,
    "ladder": ladder,
    "estimators": estimators,
    "curves": curves,
    "power": power,
    "placebo": placebo,
    "contour": contour,
}

__all__ = ["FIGURES", "love_plot", "overlap", "own_style", "png", "svg"]
