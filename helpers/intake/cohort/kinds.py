"""Columns of a file as what the request takes them for: numbers, or categories."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.request.filters import Range

#: how long after the index date support began, as it enters every model where it is
#: known: leaving out who reoffended before it thins long delays (method, section 1)
DELAY = {"days_to_support": "numeric", "support_after_index": "categorical"}

#: a column of 0, 1 and blanks is often saved as 0.0, 1.0 and blanks
SAVED_AS_FLOAT = r"^(-?[0-9]+)\.0+$"


def numeric(values: pd.Series) -> pd.Series:
    """Give values as floats; what is not a number becomes missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return pd.Series(np.nan, index=values.index)
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))


def measured(values: pd.Series, range_: Range) -> pd.Series:
    """Give values as what a range is of, numbers or dates, others as missing."""
    if not range_.of_dates:
        return numeric(values)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return pd.Series(pd.NaT, index=values.index)
    dates = pd.to_datetime(
        values.astype("str").where(values.notna()), format="ISO8601", errors="coerce"
    )
    return dates.dt.normalize()  # the last day of a range is a whole day


def within(values: pd.Series, range_: Range) -> pd.Series:
    """Tell whose value lies in a range, its ends included; a missing one does not."""
    known = measured(values, range_)
    inside = known.notna()
    if range_.start is not None:
        inside &= known >= _end(range_.start)
    if range_.to is not None:
        inside &= known <= _end(range_.to)
    return inside


def _end(end: float | str) -> float | pd.Timestamp:
    return pd.Timestamp(end) if isinstance(end, str) else end


def as_text(values: pd.Series) -> pd.Series:
    """Give categories as text in one spelling: 1, 1.0, "1" are "1"; missing stays."""
    if isinstance(values.dtype, pd.StringDtype):
        return values.astype("str").str.replace(SAVED_AS_FLOAT, r"\1", regex=True)
    known = values[values.notna()].astype(object)
    spelt = {value: _spell(value) for value in known.unique()}
    return known.map(spelt).reindex(values.index).astype("str")


def meets(people: pd.DataFrame, wanted: Mapping[str, Sequence | Range]) -> pd.Series:
    """Tell who has one of the values, or lies in the range, that a filter keeps."""
    meets = pd.Series(True, index=people.index)
    for column, kept in wanted.items():
        if isinstance(kept, Range):
            meets &= within(people[column], kept)
            continue
        spelt = as_text(pd.Series(list(kept), dtype=object))
        meets &= as_text(people[column]).isin(set(spelt))
    return meets


def yes_no(values: pd.Series) -> bool:
    """Tell whether all that is known is 0 and 1, or true and false."""
    known = {value.lower() for value in as_text(values).dropna().unique()}
    return bool(known) and (known <= {"0", "1"} or known <= {"true", "false"})


def coded(values: pd.Series) -> list[str]:
    """Give the levels of a column that holds whole-number codes alone, else none."""
    known = sorted(as_text(values).dropna().unique())
    return known if all(re.fullmatch(r"-?[0-9]+", value) for value in known) else []


def _spell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(SAVED_AS_FLOAT, r"\1", str(value))
