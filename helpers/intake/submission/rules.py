"""The rules for each row of a provider's list, over all rows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from helpers.intake.records.dates import whole_years_between
from helpers.intake.submission import values
from helpers.intake.submission.columns import BY_NAME, COLUMNS, ONE_OF, Column
from helpers.intake.submission.dates import FAULTS, GOES_ON, MONTH_FIRST, dates

#: ages outside these, at the earliest date given, are mistakes
YOUNGEST, OLDEST = 10, 100
#: the place of a problem of the file as a whole
THE_FILE = np.array([-1])


@dataclass(frozen=True)
class Rule:
    """A rule of the list: its level, in words, and what to do about it.

    An "error" costs the line: what is needed to find the person or the sentence is not
    there. A "warning" costs none: what cannot be read is left empty.
    """

    level: str
    words: str
    to_do: str

    def spares(self, column: str) -> "Rule":
        """Give the rule for a line that can do without this cell."""
        left = LEFT.get(column, "it is left empty")
        return replace(self, level="warning", to_do=f"{self.to_do}; {left}")


NO_NAME = Rule("error", "must be given", "write it, or delete the row if it is nobody")
ODD_NAME = Rule(
    "error", "must be a name",
    "write the name; look whether the cells stand in the right columns",
)  # fmt: skip
NO_SEX = Rule("error", "must be given", "write Female or Male")
ODD_SEX = Rule(
    "warning", "is neither Female nor Male", "write Female or Male if it is known"
)
CHECK_LETTER = Rule(
    "warning", "has a check letter that does not fit",
    "look for a wrong digit or letter",
)  # fmt: skip
FUTURE = Rule("error", "lies in the future", "correct the date")
MAY_BE_TURNED = Rule(
    "warning", "may have dates with the month first",
    "write the day first in every row; other dates of the column may be turned without "
    "showing it",
)  # fmt: skip
NO_ESSENTIAL_DATE = Rule("error", "must be given", "write it, or leave the row out")
NO_DATE = Rule("error", "must have a date", "write at least one of them")
ODD_AGE = Rule(
    "error", f"gives an age outside {YOUNGEST} to {OLDEST} at the earliest other date",
    "correct the date of birth or the other dates",
)  # fmt: skip
ENDS_FIRST = Rule(
    "warning", "lies before intervention_start",
    "correct one of the two dates; the end is left empty, the start taken as written",
)  # fmt: skip
_OTHER_DATES = "it is left empty, and the line's other dates find its sentence"
#: what becomes of a line without the cell of this column; of other columns, nothing
LEFT = {
    "index_date": _OTHER_DATES,
    "conviction_date": _OTHER_DATES,
    "intervention_start": "it is left empty, as if the start of support were not known",
}

Raw = Mapping[str, Sequence[object]]
Written = Mapping[str, pd.Series]


def problem(
    where: np.ndarray, column: str, rule: Rule, found: Sequence[str] | str
) -> pd.DataFrame:
    """Give a problem for each place in `where` (positions of rows), all of one rule.

    `found`: what stands there, a kind and never a value; one text, or one a place.
    """
    return pd.DataFrame(
        {
            "place": where,
            "column": column,
            "level": rule.level,
            "rule": rule.words,
            "found": found,
            "to_do": rule.to_do,
        }
    )


def _marked(raw: Raw, wrong: Sequence[bool], column: str, rule: Rule) -> pd.DataFrame:
    where = np.flatnonzero(np.asarray(wrong, dtype=bool))
    kinds = [values.kind(raw[column][place]) for place in where]
    return problem(where, column, rule, kinds)


def _unless_spared(
    raw: Raw, wrong: pd.Series, column: str, rule: Rule, spared: np.ndarray
) -> list[pd.DataFrame]:
    """Give an error where the line needs the cell, a warning where it is `spared`."""
    wrong = wrong.to_numpy()
    found = [_marked(raw, wrong & ~spared, column, rule)]
    if (wrong & spared).any():
        found.append(_marked(raw, wrong & spared, column, rule.spares(column)))
    return found


def check(
    raw: Raw, count: int, today: date, from_1904: bool
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Give the rows in the kit's own types, and what is wrong with each.

    `raw` holds the cells of each column of the file by its name. The first frame has
    every column of the list and the further ones as text; the others have place
    (position of the row), column, level, rule, found (a kind) and to_do.
    """
    lines, written, found = {}, {}, []
    days = _days(raw, count, today, from_1904)
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
    found += _dates(raw, days)
    found += _names(raw, written) + _sexes(raw, written, frame)
    found += _ids(raw, written, frame)
    found += _no_date(raw, days) + _between_dates(raw, frame, today)
    return frame, [problems for problems in found if len(problems)]


def _days(
    raw: Raw, count: int, today: date, from_1904: bool
) -> dict[str, pd.DataFrame]:
    """Give each column of dates: date (missing where it cannot be used) and fault."""
    days = {}
    for column in (column for column in COLUMNS if column.kind == "date"):
        empty = GOES_ON if column.name == "intervention_end" else frozenset()
        cells = raw.get(column.name, [None] * count)
        read = dates(cells, from_1904=from_1904, empty=empty)
        future = read["date"] > pd.Timestamp(today)
        read["fault"] = read["fault"].mask(future, FUTURE.words)
        read["date"] = read["date"].mask(future)
        days[column.name] = read
    return days


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
            _marked(raw, text.isna(), column, NO_NAME),
            _marked(raw, text.notna() & ~is_name, column, ODD_NAME),
        ]
    return found


def _sexes(raw: Raw, written: Written, lines: pd.DataFrame) -> list[pd.DataFrame]:
    empty = written["sex"].isna()
    return [
        _marked(raw, empty, "sex", NO_SEX),
        _marked(raw, ~empty & lines["sex"].isna(), "sex", ODD_SEX),
    ]


def _ids(raw: Raw, written: Written, lines: pd.DataFrame) -> list[pd.DataFrame]:
    found = []
    for column, form in (("pnc_id", "2001/1234567X"), ("prison_number", "A1234BC")):
        if column in raw:
            rule = Rule("warning", f"must look like {form}", "correct it; until then "
                        "it is left empty")  # fmt: skip
            odd = written[column].notna() & lines[column].isna()
            found.append(_marked(raw, odd, column, rule))
    known = lines["pnc_id"].notna()
    wrong = np.zeros(len(lines), dtype=bool)
    wrong[known] = [
        pnc[-1] != values.check_letter(pnc) for pnc in lines["pnc_id"][known]
    ]
    if wrong.any():
        found.append(_marked(raw, wrong, "pnc_id", CHECK_LETTER))
    return found


def _dates(raw: Raw, days: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Give the dates that cannot be used, and whether the line can do without them."""
    found = []
    finds = np.any([days[name]["date"].notna() for name in ONE_OF], axis=0)
    for column in (name for name in days if name in raw):
        read, essential = days[column], BY_NAME[column].essential
        spared = finds if column in ONE_OF else np.full(len(read), not essential)
        for words, to_do in [*FAULTS.items(), (FUTURE.words, FUTURE.to_do)]:
            rule = Rule("error", words, to_do)
            found += _unless_spared(raw, read["fault"] == words, column, rule, spared)
        turned = int((read["fault"] == MONTH_FIRST).sum())
        if turned:
            seen = f"{turned} with a month above 12"
            found.append(problem(THE_FILE, column, MAY_BE_TURNED, seen))
        if essential:
            empty = read["date"].isna() & read["fault"].isna()
            found.append(_marked(raw, empty, column, NO_ESSENTIAL_DATE))
    return found


def _no_date(raw: Raw, days: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Give the rows without any date that says which sentence is meant."""
    given = [column for column in ONE_OF if column in raw]
    nothing = np.all([days[column].isna().all(axis=1) for column in given], axis=0)
    return [problem(np.flatnonzero(nothing), " or ".join(given), NO_DATE, "empty")]


def _between_dates(raw: Raw, lines: pd.DataFrame, today: date) -> list[pd.DataFrame]:
    """Check the age at the earliest date, and the order of start and end.

    An end that cannot be is left empty: nothing is worked out from it.
    """
    born = lines["date_of_birth"]
    at = lines[list(ONE_OF)].min(axis=1).fillna(pd.Timestamp(today))
    age = whole_years_between(born, at)
    wrong = ((age < YOUNGEST) | (age > OLDEST)) & (born <= pd.Timestamp(today))
    found = [_marked(raw, wrong, "date_of_birth", ODD_AGE)]
    turned = lines["intervention_end"] < lines["intervention_start"]
    if turned.any():
        found.append(_marked(raw, turned, "intervention_end", ENDS_FIRST))
        lines["intervention_end"] = lines["intervention_end"].mask(turned)
    return found
