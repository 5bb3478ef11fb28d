"""How soon people reoffended: curves of both groups over time, and their difference.

The curve of a group is the weighted Kaplan-Meier estimate of the share with the event
by each day (method, section 5). Everybody counts: nobody is chosen by the outcome.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.matching.weights import effective_size
from helpers.outcomes.estimates import Z, few_events
from helpers.outcomes.simultaneous import critical

#: days that a standard measure follows people for, and the quarters told of them
YEAR, QUARTER = 365, 90


def quarters(horizon: int = YEAR) -> list[int]:
    """Give the four days at which groups are compared: 90, 180, 270, 365 of a year."""
    step = round(horizon * QUARTER / YEAR)
    return [step, 2 * step, 3 * step, horizon]


def followed(event: pd.Series, days: pd.Series, horizon: int = YEAR) -> pd.Series:
    """Give the days that each person was followed until the event, or the horizon.

    Parameters
    ----------
    event
        1 for people with the event, 0 for those without; NaN where it is not known.
    days
        The day of the event, counted from 1; of no meaning beyond the horizon.
    horizon
        Days that everybody is followed for.

    Returns
    -------
    Series
        In days, for everyone whose event is known; its mean is the restricted mean.

    Raises
    ------
    DataError
        For an event without its day or on no day up to the horizon, and for a day up to
        the horizon of people without the event.
    """
    known = event.dropna().astype(float)
    day = days.reindex(known.index).astype(float)
    had = known == 1
    lines = {
        "event must be 1 or 0 where it is known; {} people have another value": (
            ~known.isin([0, 1])
        ),
        "days: {} people with the event have no day; give it, or leave their event "
        "empty": had & day.isna(),
        f"days: {{}} people with the event have a day that is not 1 to {horizon}; "
        "correct it": had & day.notna() & ~day.between(1, horizon),
        f"days: {{}} people without the event have a day up to {horizon}; empty it, or "
        "write 1 as their event": ~had & (day <= horizon),
    }
    problems = [text.format(int(who.sum())) for text, who in lines.items() if who.any()]
    for name, data in (("event", event), ("days", days)):
        if data.index.has_duplicates:
            problems.append(f"{name}: two rows have the same index label")
    if problems:
        raise DataError(problems)
    return day.where(had, float(horizon))


@dataclass(frozen=True)
class _Group:
    """The people of a group whose event is known: time, event, and weight of each."""

    time: np.ndarray
    event: np.ndarray
    weight: np.ndarray

    @property
    def correction(self) -> float:
        """n_e / (n_e - 1); NaN for fewer than two people, effectively."""
        n = effective_size(self.weight)
        return n / (n - 1) if n > 1 else math.nan

    def steps(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give each day with an event, the hazard on it and the weight at risk."""
        days, place = np.unique(self.time, return_inverse=True)
        size = len(days)
        all_ = np.bincount(place, self.weight, size)
        at_risk = all_[::-1].cumsum()[::-1]
        events = np.bincount(place, self.weight * self.event, size)
        some = events > 0
        # whoever is the last at risk has the event: sums may differ in their last bits
        hazard = np.minimum(events[some] / at_risk[some], 1.0)
        hazard[np.isclose(hazard, 1, rtol=0, atol=1e-12)] = 1.0
        return days[some], hazard, at_risk[some]

    def at(self, times: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
        """Give the share without the event after each time, and everyone's influence.

        The influence is that on the share with the event: w S φ, a column a time.
        """
        days, hazard, at_risk = self.steps()
        below = np.searchsorted(days, times, side="right")
        without = np.concatenate([[1.0], np.cumprod(1 - hazard)])[below]
        with np.errstate(divide="ignore"):
            own = np.where(hazard < 1, 1 / (at_risk * (1 - hazard)), 0.0)
        so_far = np.concatenate([[0.0], np.cumsum(hazard * own)])
        last = np.searchsorted(days, self.time, side="right")  # days up to one's own
        jump = np.concatenate([[0.0], own])[last] * self.event
        moved = np.empty((len(self.time), len(times)))
        for column, (time, count) in enumerate(zip(times, below, strict=True)):
            until = so_far[np.minimum(last, count)]
            moved[:, column] = np.where(self.time <= time, jump, 0.0) - until
        return without, moved * self.weight[:, None] * without

    def covariance(self, times: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
        """Give the share without the event at each time, and their covariance."""
        without, moved = self.at(times)
        return without, self.correction * (moved.T @ moved)


def curve(
    event: pd.Series,
    days: pd.Series,
    weights: pd.Series,
    *,
    horizon: int = YEAR,
    at: Sequence[float] | None = None,
) -> pd.DataFrame:
    """Give the share of one group with the event by each day, with its 95% interval.

    Parameters
    ----------
    event, days, horizon
        As of `followed`.
    weights
        Of each person; people with a weight above 0 and a known event count.
    at
        The days at which it is told; without them every day on which somebody has it.

    Returns
    -------
    DataFrame
        Index `day`; share (0 to 1), variance (of the share), ci_low, ci_high (on
        log(-log S); NaN where nobody, or everybody, has the event), events (people with
        the event up to that day) and at_risk (people still without it after that day);
        people are counted once each, whatever their weight.

    Notes
    -----
    Weighted Kaplan-Meier. With equal weights the variance is Greenwood's times
    n/(n - 1); else that of its influence function, with the effective size for n.
    """
    group = _group(event, days, weights, horizon)
    if at is None:
        at = list(group.steps()[0])
    without, covariance = group.covariance(at)
    variance = np.diag(covariance)
    low, high = _limits(without, variance)
    happened = np.sort(group.time[group.event == 1])
    events = np.searchsorted(happened, at, side="right")
    columns = {
        "share": 1 - without,
        "variance": variance,
        "ci_low": low,
        "ci_high": high,
        "events": events,
        "at_risk": len(group.time) - events,
    }
    return pd.DataFrame(columns, index=pd.Index(at, name="day"))


def curves(
    event: pd.Series,
    days: pd.Series,
    treatment: pd.Series,
    weights: pd.Series,
    *,
    horizon: int = YEAR,
    at: Sequence[float] | None = None,
) -> pd.DataFrame:
    """Give the curve of both groups, as `curve` does of one.

    Returns
    -------
    DataFrame
        Index `group` (treatment, comparison) and `day`; columns as of `curve`.
    """
    treated = treatment.reindex(weights.index) == 1
    both = {
        name: curve(event, days, weights[who], horizon=horizon, at=at)
        for name, who in (("treatment", treated), ("comparison", ~treated))
    }
    return pd.concat(both, names=["group"])


def _group(
    event: pd.Series, days: pd.Series, weights: pd.Series, horizon: int
) -> _Group:
    if weights.index.has_duplicates:
        raise DataError("weights: two rows have the same index label")
    used = weights.index[weights > 0]
    event = event[event.index.isin(used)]
    time = followed(event, days, horizon)
    if not len(time):
        raise DataError("event: it is known of nobody with a weight above 0")
    had, weight = event.reindex(time.index), weights.reindex(time.index)
    return _Group(*(part.to_numpy(dtype=float) for part in (time, had, weight)))


def _limits(without: np.ndarray, variance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the 95% limits of the share with the event, on log(-log S)."""
    inside = (without > 0) & (without < 1)
    s = np.where(inside, without, 0.5)
    reach = Z * np.sqrt(variance) / (s * np.abs(np.log(s)))
    with np.errstate(over="ignore"):
        low, high = 1 - s ** np.exp(-reach), 1 - s ** np.exp(reach)
    none = np.full_like(s, np.nan)
    return np.where(inside, low, none), np.where(inside, high, none)


def differences(
    event: pd.Series,
    days: pd.Series,
    treatment: pd.Series,
    weights: pd.Series,
    *,
    horizon: int = YEAR,
) -> pd.DataFrame:
    """Compare the curves at the quarters, by 95% intervals that hold all at once.

    Parameters
    ----------
    event, days, horizon
        As of `followed`.
    treatment
        1 for treated, 0 for pool.
    weights
        Of a match.

    Returns
    -------
    DataFrame
        Index `day`; treatment, comparison (shares with the event), difference
        (treatment minus comparison), standard_error, ci_low, ci_high, and `tested`:
        whether enough people have the event, and do not, for the interval to tell the
        groups apart, as for the test of a rate. The intervals are NaN where a group has
        nobody with the event, or nobody without it. `attrs["critical"]` is the factor
        of the standard errors.

    Notes
    -----
    The four differences are taken as normal, with the covariance that the influence
    functions of both groups give. The factor is the 95% point of the largest of their
    absolute values, by a seeded quadrature: the same numbers every time.
    """
    times = quarters(horizon)
    treated = treatment.reindex(weights.index) == 1
    shares, total, told = [], np.zeros((len(times), len(times))), np.full(4, True)
    tested = told.copy()
    for who in (treated, ~treated):
        group = _group(event, days, weights[who], horizon)
        without, covariance = group.covariance(times)
        shares.append(1 - without)
        total += covariance
        told &= (without > 0) & (without < 1)
        size = effective_size(group.weight)
        tested &= [not few_events(share, size) for share in shares[-1]]
    error = np.where(told, np.sqrt(np.diag(total)), np.nan)
    # a time without an interval is no part of the statement
    factor = critical(total[np.ix_(told, told)])
    gap = shares[0] - shares[1]
    columns = {
        "treatment": shares[0],
        "comparison": shares[1],
        "difference": gap,
        "standard_error": error,
        "ci_low": gap - factor * error,
        "ci_high": gap + factor * error,
        "tested": tested & told,
    }
    table = pd.DataFrame(columns, index=pd.Index(times, name="day"))
    table.attrs["critical"] = factor
    return table
