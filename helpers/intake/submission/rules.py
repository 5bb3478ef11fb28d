"""The rules for each row of a provider's list, over all rows at once."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from helpers.intake.submission import date_rules, letters, values
from helpers.intake.submission.columns import BY_NAME, COLUMNS, Column
from helpers.intake.submission.rule import Raw, Rule, marked
from helpers.intake.submission.unknown import may_say_unknown, says_unknown

NO_NAME = Rule("error", "must be given", "write it, or delete the row if it is nobody")
ODD_NAME = Rule(
    "error", "must be a name",
    "write the name; look whether the cells stand in the right columns",
)  # fmt: skip
UNKNOWN = Rule(
    "error", "says that it is not known",
    "write the name, or leave the row out if nobody knows it",
)  # fmt: skip
MAY_BE_UNKNOWN = Rule(
    "warning", "may say that it is not known",
    "if nobody is called so, write the name; else there is nothing to do",
)  # fmt: skip
_SAVE_ANEW = "ask for the list saved as CSV UTF-8, or as .xlsx"
LOST_IN_NAME = Rule(
    "warning", "has signs that no name has, as if letters were lost",
    f"look at the name; if a letter is wrong, {_SAVE_ANEW}",
)  # fmt: skip
LOST = Rule("warning", "has signs in the place of lost letters", _SAVE_ANEW)
NO_SEX = Rule("error", "must be given", "write Female or Male")
ODD_SEX = Rule(
    "warning", "is neither Female nor Male", "write Female or Male if it is known"
)
CHECK_LETTER = Rule(
    "warning", "has a check letter that does not fit",
    "look for a wrong digit or letter",
)  # fmt: skip

Written = Mapping[str, pd.Series]


def check(
    raw: Raw, count: int, today: date, from_1904: bool
) -> tuple[pd.DataFrame, pd.DataFrame, list[pd.DataFrame]]:
    """Give the rows in the kit's own types, and what is wrong with each.

    `raw` holds the cells of each column of the file by its name. The first frame has
    every column of the list and the further ones as text; the second, cells as written
    that could not be read and are empty in the first; the others have place (position
    of the row), column, level, rule, found (a kind) and to_do.
    """
    lines, written, found = {}, {}, []
    days = date_rules.days_of(raw, count, today, from_1904)
    for column in COLUMNS:
        if column.kind == "date":
            lines[column.name] = days[column.name]["date"]
        else:
            cells = raw.get(column.name, [None] * count)
            text = values.each(cells, values.text)
            lines[column.name], written[column.name] = _typed(column, text, today)
    for name in (name for name in raw if name not in BY_NAME):
        lines[name] = values.each(raw[name], values.text)
    frame = pd.DataFrame(lines, index=pd.RangeIndex(count))
    found += date_rules.of_dates(raw, days)
    found += _names(raw, written) + _sexes(raw, written, frame)
    found += _ids(raw, written, frame)
    found += date_rules.without_date(raw, days)
    found += date_rules.between_dates(raw, frame, today)
    found += _letters(raw, frame)
    unread = _unread(raw, frame, found)
    return frame, unread, [problems for problems in found if len(problems)]


def _unread(raw: Raw, lines: pd.DataFrame, found: list[pd.DataFrame]) -> pd.DataFrame:
    """Give the cells as written that a problem left empty, in the columns with any."""
    unread: dict[str, pd.Series] = {}
    for some in (some for some in found if len(some) and some["place"].iloc[0] >= 0):
        column = some["column"].iloc[0]
        if column in raw:
            rows = some["place"][lines[column].iloc[some["place"]].isna().to_numpy()]
            cells = [values.text(raw[column][row]) for row in rows]
            known = unread.setdefault(column, pd.Series(None, lines.index, dtype="str"))
            known[rows] = cells
    return pd.DataFrame(unread, index=lines.index)


def _typed(column: Column, text: pd.Series, today: date) -> tuple[pd.Series, pd.Series]:
    """Give a column as the kit needs it, and as written (missing where nothing was)."""
    if column.kind == "sex":
        return values.mapped(text, values.sex), text
    if column.kind not in ("pnc", "prison"):
        return text, text
    text = values.mapped(text, values.identifier)
    if column.kind == "prison":
        return values.mapped(text, values.prison_number), text
    return values.mapped(text, lambda pnc: values.pnc_id(pnc, today)), text


def _names(raw: Raw, written: Written) -> list[pd.DataFrame]:
    found = []
    for column in ("surname", "forename"):
        text = written[column]
        # a surname of digits is a column in the wrong place, #N/A a broken formula
        is_name = text.str.contains(r"[^\W\d_]", na=False) & np.array(
            [isinstance(cell, str) and not cell.startswith("#") for cell in raw[column]]
        )
        found += [
            marked(raw, text.isna(), column, NO_NAME),
            marked(raw, text.notna() & ~is_name, column, ODD_NAME),
            marked(raw, is_name & says_unknown(text), column, UNKNOWN),
            marked(raw, may_say_unknown(text), column, MAY_BE_UNKNOWN),
        ]
    return found


def _letters(raw: Raw, lines: pd.DataFrame) -> list[pd.DataFrame]:
    """Give the cells that lost letters; a name has fewer signs than another text."""
    found = []
    for column in raw:
        kind = BY_NAME[column].kind if column in BY_NAME else "text"
        if kind in ("name", "text"):
            test = letters.lost_in_name if kind == "name" else letters.lost
            text = lines[column] if kind == "text" else _with_spaces(raw[column])
            wrong = values.which(letters.candidates(text), test)
            rule = LOST_IN_NAME if kind == "name" else LOST
            found.append(marked(raw, wrong, column, rule))
    return found


def _with_spaces(cells: Sequence[object]) -> pd.Series:
    """Give the texts of a column with every kind of space as it was written."""
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    return pd.Series(texts, dtype="str")


def _sexes(raw: Raw, written: Written, lines: pd.DataFrame) -> list[pd.DataFrame]:
    empty = written["sex"].isna()
    return [
        marked(raw, empty, "sex", NO_SEX),
        marked(raw, ~empty & lines["sex"].isna(), "sex", ODD_SEX),
    ]


def _ids(raw: Raw, written: Written, lines: pd.DataFrame) -> list[pd.DataFrame]:
    found = []
    for column, form in (("pnc_id", "2001/1234567X"), ("prison_number", "A1234BC")):
        if column in raw:
            rule = Rule("warning", f"must look like {form}", "correct it; until then "
                        "it is left empty")  # fmt: skip
            odd = written[column].notna() & lines[column].isna()
            found.append(marked(raw, odd, column, rule))
    known = lines["pnc_id"].notna()
    wrong = np.zeros(len(lines), dtype=bool)
    wrong[known] = [
        pnc[-1] != values.check_letter(pnc) for pnc in lines["pnc_id"][known]
    ]
    if wrong.any():
        found.append(marked(raw, wrong, "pnc_id", CHECK_LETTER))
    return found
