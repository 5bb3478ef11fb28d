"""The pool's reoffending beside that of the country, year by year.

Records can be whole and of the right form and still be wrong: half of the offences
under other ids, every row twice, nothing proven after a change of system. What they
then say of the pool is far from what is published of England and Wales.
"""

import pandas as pd

from helpers.intake.cohort.reoffending import follow_up
from helpers.request.measures.standard import YEAR

#: people of a cohort (adults and children, all disposals; from April of the year to the
#: next March), who reoffended within a year, and their reoffences. Ministry of Justice,
#: proven reoffending overall data tool, April 2012 to March 2024
PUBLISHED: dict[int, tuple[int, int, int]] = {
    2012: (628761, 194500, 668502),
    2013: (599297, 186582, 663973),
    2014: (557726, 167316, 614038),
    2015: (523366, 154375, 584231),
    2016: (475135, 139611, 559659),
    2017: (431391, 125829, 508151),
    2018: (401404, 112507, 447872),
    2019: (375226, 95951, 357053),
    2020: (304835, 74262, 266250),
    2021: (331110, 83451, 307862),
    2022: (322330, 84757, 340465),
    2023: (331356, 93413, 441946),
}
#: how far from the published figure is taken for another kind of people, not a fault
LOWEST, HIGHEST = 0.5, 2.0
#: people, or reoffenders, of a year below whom nothing is said of it
FEWEST = 100
MEASURES = ("rate", "reoffences per reoffender")


def compared(
    people: pd.DataFrame, after: pd.DataFrame, complete_to: str
) -> pd.DataFrame:
    """Give the pool's rate and reoffences per reoffender by year, with the country's.

    Parameters
    ----------
    people
        One row a person: person_id, treatment, index_date, left_out.
    after
        person_id, reoffended, reoffences: those within a year.
    complete_to
        The last day on which the records are complete. Whoever is not followed up for
        a year then is left out, where a shorter horizon lets them be analysed.

    Returns
    -------
    DataFrame
        One row a year (April to March) of the index date and measure, where at least
        FEWEST of the pool are followed up (or reoffended): year (2012 for 2012/13),
        people, measure, pool, country, near (bool). The rate is a proportion. A year
        that is not published yet is held against the nearest that is.
    """
    followed = people["index_date"] + pd.Timedelta(days=follow_up([YEAR]))
    pool = people[
        (people["treatment"] == 0)
        & people["left_out"].isna()
        & (followed <= pd.Timestamp(complete_to))
    ]
    pool = pool[["person_id", "index_date"]].merge(after, on="person_id")
    start = pool["index_date"].dt.year - (pool["index_date"].dt.month < 4)
    rows = [
        row for year, here in pool.groupby(start) for row in _of_year(int(year), here)
    ]
    names = ["year", "people", "measure", "pool", "country"]
    by_year = pd.DataFrame(rows, columns=names)
    ratio = by_year["pool"].astype(float) / by_year["country"].astype(float)
    return by_year.assign(near=ratio.between(LOWEST, HIGHEST))


def _of_year(year: int, here: pd.DataFrame) -> list[tuple]:
    nearest = min(max(year, min(PUBLISHED)), max(PUBLISHED))
    people, reoffenders, reoffences = PUBLISHED[nearest]
    again = here[here["reoffended"] == 1]
    rows = []
    if len(here) >= FEWEST:
        rate = len(again) / len(here)
        rows.append((year, len(here), MEASURES[0], rate, reoffenders / people))
    if len(again) >= FEWEST:
        each = again["reoffences"].mean()
        rows.append((year, len(again), MEASURES[1], each, reoffences / reoffenders))
    return rows


def in_words(row: pd.Series) -> tuple[str, str]:
    """Give what is expected of the pool in a year, and what was found, in words."""
    if row["measure"] == MEASURES[0]:
        expected = (f"{100 * row['country'] * edge:.0f}%" for edge in (LOWEST, HIGHEST))
        found = f"{100 * row['pool']:.0f}%, {100 * row['country']:.0f}% in England and"
    else:
        expected = (f"{row['country'] * edge:.1f}" for edge in (LOWEST, HIGHEST))
        found = f"{row['pool']:.1f}, {row['country']:.1f} in England and"
    return " to ".join(expected), f"{found} Wales"


def told(compared: pd.DataFrame) -> pd.DataFrame:
    """Give the comparison as it may be seen before matching: rounded, without sizes.

    Exact figures of the pool, taken from those of everyone, would tell how many of the
    treatment group reoffended.
    """
    words = [in_words(row) for _, row in compared.iterrows()]
    return pd.DataFrame(
        {
            "year from April": compared["year"],
            "measure": compared["measure"],
            "half to double of what is published": [expected for expected, _ in words],
            "pool": [found for _, found in words],
            "near": compared["near"].map({True: "yes", False: "no"}),
        }
    )
