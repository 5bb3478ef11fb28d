"""Values as both kinds of file hold them: one rule for blanks and for what is missing.

pandas, R and spreadsheets write a missing value as a word; which one is the file's
affair, and must not make it a level of a category.
"""

import pandas as pd

#: what is written for a missing value, in just these letters
MISSING = (
    "", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NaT", "NULL", "null", "None",
)  # fmt: skip
#: those that may as well have been an answer, so that it is told where one was read
IN_DOUBT = ("None", "N/A", "n/a")
#: where a cohort keeps, until it is told, which columns held a word in doubt
TAKEN = "columns where a word was taken for missing"


def cleaned(cohort: pd.DataFrame) -> pd.DataFrame:
    """Give text without the blanks around it, and what is not known as missing."""
    taken: dict[str, list[str]] = {}
    columns = {}
    for name, values in cohort.items():
        if isinstance(values.dtype, pd.CategoricalDtype):
            values = values.astype(values.cat.categories.dtype)
        if pd.api.types.is_object_dtype(values.dtype):
            values = values.map(_stripped)
            none = values.map(lambda value: value in MISSING, na_action="ignore")
            none = none.eq(True)
        elif isinstance(values.dtype, pd.StringDtype):
            values = values.str.strip()
            none = values.isin(MISSING)
        else:
            columns[name] = values
            continue
        words = [word for word in IN_DOUBT if (values[none] == word).any()]
        if words:
            taken[name] = words
        columns[name] = values.mask(none)
    clean = pd.DataFrame(columns, index=cohort.index)
    if taken:
        clean.attrs[TAKEN] = taken
    return clean


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
