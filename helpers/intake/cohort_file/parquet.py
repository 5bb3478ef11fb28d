"""A Parquet file of a ready cohort: its index a column, one value a person."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from helpers.errors import DataError
from helpers.intake.cohort_file.names import checked


def load(path: Path, file: str, asked: Sequence[str]) -> pd.DataFrame:
    """Give a Parquet file with its index as columns.

    `asked` are the columns that the request uses, by the file's names: one of them may
    not hold lists or the like. A column that nobody uses may, and is left out.
    """
    # the file by itself: not what the name of its folder says
    table = parquet.ParquetFile(path).read(use_pandas_metadata=True)
    names = checked(table.column_names, file, asked)
    wrong = []
    for name, written in zip(names, table.column_names, strict=True):
        place = table.column_names.index(written)
        column = _one_value(table.column(place))
        if column is not None:
            table = table.set_column(place, written, column)
            continue
        table = table.remove_column(place)
        if name in asked:
            wrong.append(
                f"{file}: column {name} holds lists or the like; give one value a "
                "person"
            )
    if wrong:
        raise DataError(wrong)
    cohort = _with_index(table.to_pandas())
    return cohort.set_axis([str(name).strip() for name in cohort], axis="columns")


def _one_value(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    """Give a column with one value a person, text as text; None if it has more."""
    if pa.types.is_nested(column.type):
        return None
    if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
        return column
    try:
        return column.cast(pa.large_string())
    except pa.ArrowInvalid:  # bytes that are no text
        return None


def _with_index(cohort: pd.DataFrame) -> pd.DataFrame:
    """Make the index that pandas wrote columns again, if it is more than a count."""
    names = list(cohort.index.names)
    if isinstance(cohort.index, pd.RangeIndex) and names == [None]:
        return cohort
    names = [name or f"Unnamed: {at}" for at, name in enumerate(names)]
    known = [at for at, name in enumerate(names) if name in cohort.columns]
    cohort = cohort.rename_axis(index=names)
    if len(known) == len(names):
        return cohort.reset_index(drop=True)
    cohort = cohort.droplevel(known) if known else cohort
    return cohort.reset_index()
