"""Where the propensity scores of both groups overlap: for the report, the analyst."""

import numpy as np
import pandas as pd

STEPS = (0.01, 0.02, 0.05)  # of the bands, before small ones are merged
ROWS = 20  # no more bands than these, where the steps allow
LEAST = 200  # a band holds at least one in so many of a group: less is printed as 0%


def bands(score: pd.Series, treatment: pd.Series, least: int) -> pd.DataFrame:
    """Give both groups by band of the score: start, end, treatment, comparison.

    Bands are merged with the next until each holds at least `least` people of each
    group; with 0, until it holds enough of one group to be printed as 1%.
    """
    # a quantile, so that no band's width comes from one person
    spread = score.quantile(0.99) - score.quantile(0.01)
    step = next((s for s in STEPS if spread <= ROWS * s), STEPS[-1])
    edges = np.round(np.arange(0, 1 + step / 2, step), 2)
    place = pd.cut(score, edges, labels=False, include_lowest=True)
    groups = {
        name: np.bincount(place[treatment == value], minlength=len(edges) - 1)
        for name, value in (("treatment", 1), ("comparison", 0))
    }
    need = {n: max(least, counts.sum() / LEAST) for n, counts in groups.items()}
    enough = all if least else any
    found, held, start = [], dict.fromkeys(groups, 0), 0.0
    for number, end in enumerate(edges[1:]):
        held = {name: held[name] + groups[name][number] for name in groups}
        if enough(held[name] >= need[name] for name in groups):
            found.append({"start": start, "end": end, **held})
            held, start = dict.fromkeys(groups, 0), end
    return _last(pd.DataFrame(found), held)


def _last(table: pd.DataFrame, left: dict[str, int]) -> pd.DataFrame:
    """Add those who are left above the last band to it."""
    if len(table):
        last = table.index[-1]
        for name, count in left.items():
            table.loc[last, name] += count
        table.loc[last, "end"] = 1.0
    return table
