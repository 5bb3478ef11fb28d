"""Whether the offences run on evenly to the day up to which the records are complete.

A month that was not exported, or an export that was made too early, looks like people
who did not reoffend.
"""

from datetime import date

import pandas as pd

#: months before the last that are looked at
MONTHS = 96
#: a month is judged where the usual one has at least this many offences: with fewer an
#: empty month may be chance (at 20 about 2 in 1,000,000,000)
USUAL = 20
#: the last months, and the share of what was usual before below which they have fallen
LAST, FALLEN = 3, 0.5


def empty_months(daily: pd.Series, complete_to: date) -> list[str]:
    """Give the months without an offence among those that should have some.

    `daily`: offences committed by day. From the first month with an offence to the last
    that is over; the latest are not judged, as their offences are not proven yet.
    """
    monthly = _monthly(daily, complete_to).iloc[:-LAST]
    monthly = monthly[(monthly > 0).cummax()]
    if monthly.empty or monthly.median() < USUAL:
        return []
    return [str(month) for month in monthly.index[monthly == 0]]


def fall(daily: pd.Series, complete_to: date) -> tuple[float, float] | None:
    """Give what is proven a month at the end, and before; None unless it has fallen.

    `daily`: offences proven by day. The last three whole months against the median of
    the two years before them.
    """
    monthly = _monthly(daily, complete_to)
    last, usual = monthly.iloc[-LAST:].mean(), monthly.iloc[-LAST - 24 : -LAST].median()
    if not usual >= USUAL or last >= FALLEN * usual:
        return None
    return float(last), float(usual)


def _monthly(daily: pd.Series, complete_to: date) -> pd.Series:
    """Count by month, the months that are over on `complete_to`, the last MONTHS."""
    end = pd.Timestamp(complete_to) + pd.Timedelta(days=1)
    last = end.to_period("M") - 1
    months = pd.period_range(end=last, periods=MONTHS, freq="M")
    here = daily[(daily.index >= months[0].start_time) & (daily.index < end)]
    return here.groupby(here.index.to_period("M")).sum().reindex(months, fill_value=0)
