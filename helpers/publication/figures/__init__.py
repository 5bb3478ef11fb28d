"""Charts: one module each, drawn from a recipe whose numbers have been put in.

common          type sizes, measured text, SVG
marks           how a finding is shown: shape, colour, words
flow            from the lines submitted to the people analysed
icons           100 typical people in each group
measures        both groups' values with their intervals
measure_blocks  the blocks of the measures figure
love_plot       differences before and after matching
overlap         bands of the propensity score, for the report
scores          propensity scores in detail, for the analyst
summary_bar     how many analyses found what
tally           one mark an analysis, by type
forest          the difference that each analysis printed
forest_rows     the rows of a forest
"""

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

#: name in a recipe -> module with Data, headline, alternative, table and draw
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
