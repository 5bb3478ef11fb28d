"""Columns of a file as what the request takes them for: numbers, or categories."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

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


def as_text(values: pd.Series) -> pd.Series:
    """Give categories as text in one spelling: 1, 1.0, "1" are "1"; missing stays."""
    if isinstance(values.dtype, pd.StringDtype):
        return values.astype("str").str.replace(SAVED_AS_FLOAT, r"\1", regex=True)
    known = values[values.notna()].astype(object)
    spelt = {value: _spell(value) for value in known.unique()}
    return known.map(spelt).reindex(values.index).astype("str")


def meets(people: pd.DataFrame, wanted: Mapping[str, Sequence]) -> pd.Series:
    """Tell who has one of the values that a filter of the request keeps."""
    meets = pd.Series(True, index=people.index)
    for column, values in wanted.items():
        spelt = as_text(pd.Series(list(values), dtype=object))
        meets &= as_text(people[column]).isin(set(spelt))
    return meets


def _spell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(SAVED_AS_FLOAT, r"\1", str(value))
