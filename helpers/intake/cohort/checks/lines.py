"""What is wrong in some rows of a cohort, as a line that tells no person's value."""

import numpy as np
import pandas as pd

#: a number with commas for thousands; one such as 0,125 is a decimal
THOUSANDS = r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"


def rows(wrong: pd.Series) -> str:
    """Say how many rows are wrong, and which is the first, as the end of a sentence."""
    positions = np.flatnonzero(wrong.to_numpy())
    if len(positions) == 1:
        return f"data row {positions[0] + 1}"
    return f"{len(positions)} rows, the first of them data row {positions[0] + 1}"


def correct(values: pd.Series) -> str:
    """Say how to correct a number; a comma in it is what often is wrong."""
    text = values.astype("str")
    thousands = text.str.fullmatch(THOUSANDS, na=False)
    if (text.str.fullmatch(r"-?\d+,\d+", na=False) & ~thousands).any():
        return "write decimals with a point"
    if thousands.any():
        return "write numbers without a comma for thousands"
    return "correct it"


def problem(
    file: str, column: str, rule: str, wrong: pd.Series, to_do: str
) -> list[str]:
    """Say of a column what its rows must be, and which are not; no line if none."""
    if not wrong.any():
        return []
    return [f"{file}: {column} {rule}; found otherwise in {rows(wrong)}; {to_do}"]
