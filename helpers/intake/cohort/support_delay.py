"""The time before support began, and who reoffended in it.

Whoever reoffends before support begins can no longer be found among the supported: the
time in between is free of reoffending by construction. The pool is held to the same:
everyone in it draws a delay from the treated.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.intake.cohort import draws
from helpers.intake.cohort.losses import NO_SENTENCE, REOFFENDED_BEFORE
from helpers.intake.linkage.thresholds import accepted
from helpers.request.limits import UNKNOWN_STARTS

FEWEST = 10  # donors that a stratum needs
#: strata of the donors, the narrowest first
STRATA = {
    "sentence type and quarter": ["disposal", "quarter"],
    "sentence type and year": ["disposal", "year"],
    "sentence type": ["disposal"],
    "everyone": [],
}


@dataclass(frozen=True, eq=False)
class Delays:
    """Everyone with a delay, and how it came about.

    Attributes
    ----------
    people
        As they came, with days_to_support (max(0, d)), support_after_index (Yes/No),
        cut_off (the date before which covariates count) and left_out brought up to
        date.
    corrected
        Whether people who reoffended before support were left out of both groups.
    missing
        Treated people without a start of support, of those in the analysis so far.
    treated
        Treated people in the analysis so far.
    donors
        Treated people from whom delays were drawn.
    strata
        People of each group who drew from each stratum: stratum, treatment, pool.
    """

    people: pd.DataFrame = field(repr=False)
    corrected: bool
    missing: int
    treated: int
    donors: int
    strata: pd.DataFrame = field(repr=False)

    @property
    def summary(self) -> pd.DataFrame:
        """Count what was done, for the analyst: what and people."""
        left_out = self.people["left_out"] == REOFFENDED_BEFORE
        left_out &= accepted(self.people)
        treated = self.people["treatment"] == 1
        rows = {
            "treated, start of support not known": self.missing,
            "treated whose delays were drawn from": self.donors,
            "treated who reoffended before support": int((left_out & treated).sum()),
            "pool who reoffended before support": int((left_out & ~treated).sum()),
        }
        return pd.DataFrame({"what": rows.keys(), "people": rows.values()})


def assign(people: pd.DataFrame, outcomes: pd.DataFrame, seed: int) -> Delays:
    """Give everyone a delay and leave out who reoffended before support.

    Parameters
    ----------
    people
        person_id, treatment, index_date, custody_start, disposal, delay (days from the
        index date to support; missing for the pool and where no start is known),
        left_out.
    outcomes
        person_id, days_to_first_reoffence.

    Notes
    -----
    METHOD.md section 1. A reoffence on a day from 1 to d − 1 leaves a person out, in
    either group; one on day d counts as after. Donors are the treated with a known
    start who are still in the analysis after this. Each person of the pool, and each
    treated person without a start, draws once (purpose `delay`) from the donors of the
    same sentence type and quarter of the index date, in order of delay and person_id;
    with fewer than 10 of them, of the same type and year, then type, then from all.
    With more than 20% of starts missing nothing is corrected: delays are missing and
    covariates count up to the index date. Where nobody is left from whom a delay could
    be drawn, nobody of the programme goes on. People who are only likely
    (`thresholds`) are treated alike, but counted nowhere, and nobody draws from them.
    """
    people = people.copy()
    first = outcomes.set_index("person_id")["days_to_first_reoffence"]
    first = people["person_id"].map(first).astype(float)
    treated, in_analysis = people["treatment"] == 1, people["left_out"].isna()
    known = treated & people["delay"].notna()
    counts = treated & in_analysis & accepted(people)
    missing, total = int((counts & ~known).sum()), int(counts.sum())
    early = known & in_analysis & (first < people["delay"])
    donors = _strata_of(people[known & counts & ~early])
    uncorrected = missing > UNKNOWN_STARTS * total
    if donors.empty and total and not uncorrected:
        return _nobody_left(people, early, missing, total)
    if uncorrected or donors.empty:
        strata = _by_stratum(pd.Series(dtype="str"), treated)
        return Delays(_uncorrected(people), False, missing, total, 0, strata)
    drawn, stratum = _draw(_strata_of(people[~known]), donors, seed)
    people["delay"] = people["delay"].where(known, drawn)
    early |= ~known & in_analysis & (first < people["delay"])
    people["left_out"] = people["left_out"].mask(early, REOFFENDED_BEFORE)
    people["days_to_support"] = people["delay"].clip(lower=0)
    after = pd.Series(np.where(people["delay"] > 0, "Yes", "No"), people.index)
    people["support_after_index"] = after.astype("str")
    people["cut_off"] = _cut_off(people)
    strata = _by_stratum(stratum[accepted(people)[stratum.index]], treated)
    return Delays(people, True, missing, total, len(donors), strata)


def _nobody_left(
    people: pd.DataFrame, early: pd.Series, missing: int, total: int
) -> Delays:
    """Leave out all of the programme, where nobody is left to draw a delay from.

    Whoever has a start reoffended before it; for the others there is none to be had.
    """
    treated = people["treatment"] == 1
    box = people["left_out"].mask(early, REOFFENDED_BEFORE)
    people["left_out"] = box.mask(treated & box.isna(), NO_SENTENCE)
    strata = _by_stratum(pd.Series(dtype="str"), treated)
    return Delays(_uncorrected(people), True, missing, total, 0, strata)


def _strata_of(people: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of the strata and of the order of donors."""
    date = people["index_date"].dt
    return pd.DataFrame(
        {
            "person_id": people["person_id"],
            "delay": people["delay"],
            "disposal": people["disposal"],
            "year": date.year,
            "quarter": date.year * 10 + date.quarter,
        }
    )


def _draw(
    people: pd.DataFrame, donors: pd.DataFrame, seed: int
) -> tuple[pd.Series, pd.Series]:
    """Draw each person's delay, number ⌊u·k⌋ of k donors; give its stratum too."""
    donors = donors.sort_values(["delay", "person_id"])
    u = draws.units(seed, "delay", people["person_id"])
    delay = np.full(len(people), np.nan)
    stratum = np.full(len(people), None, dtype=object)
    for name, keys in STRATA.items():
        if keys:
            here = people.reset_index(drop=True).groupby(keys).indices
            pools = {k: d["delay"].to_numpy() for k, d in donors.groupby(keys)}
        else:
            here, pools = (
                {(): np.arange(len(people))}, {(): donors["delay"].to_numpy()},
            )  # fmt: skip
        for key, rows in here.items():
            key = key if isinstance(key, tuple) else (key,)
            given = pools.get(key, ())
            rows = rows[np.isnan(delay[rows])]
            if len(rows) and (len(given) >= FEWEST or not keys):
                delay[rows] = given[draws.numbered(u[rows], len(given))]
                stratum[rows] = name
    return (
        pd.Series(delay, people.index),
        pd.Series(stratum, people.index, dtype="str"),
    )


def _by_stratum(stratum: pd.Series, treated: pd.Series) -> pd.DataFrame:
    group = treated.reindex(stratum.index)
    rows = [
        (name, int(((stratum == name) & group).sum()),
         int(((stratum == name) & ~group).sum()))
        for name in STRATA
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["stratum", "treatment", "pool"])


def _uncorrected(people: pd.DataFrame) -> pd.DataFrame:
    people["days_to_support"] = np.nan
    people["support_after_index"] = pd.Series(None, people.index, dtype="str")
    people["cut_off"] = people["index_date"]
    return people


def _cut_off(people: pd.DataFrame) -> pd.Series:
    """Give index date + min(0, d), but not before custody began."""
    before = pd.to_timedelta(people["delay"].fillna(0).clip(upper=0), unit="D")
    cut_off = people["index_date"] + before
    start = people["custody_start"]
    return cut_off.mask(start.between(cut_off, people["index_date"]), start)
