"""Cells of a provider's list as text, sexes and identifiers of one spelling."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import numpy as np
import pandas as pd

from helpers.intake.records.dates import in_2000s
from helpers.intake.submission.columns import key
from helpers.intake.submission.dates import UNSEEN, one_line
from helpers.intake.submission.unknown import says_nothing
from helpers.request.provider import SEXES

#: letters that check a PNC id: the year's last two digits and the seven-digit serial,
#: read as one number, mod 23
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_SEXES = {
    **dict.fromkeys(SEXES["women"], "Female"),
    **dict.fromkeys(SEXES["men"], "Male"),
}
_PNC = re.compile(r"(\d{4}|\d\d)/(\d{1,7})([A-Z])", re.ASCII)
_PNC_IN_ONE = re.compile(r"(\d{4})(\d{7})([A-Z])", re.ASCII)
_PRISON = re.compile(r"[A-Z]\d{4}[A-Z]{2}", re.ASCII)


def each(
    values: Sequence[object], convert: Callable[[object], str | None]
) -> pd.Series:
    """Convert a column cell by cell, each different cell once; missing is None."""
    known: dict[object, str | None] = {}
    found = []
    for value in values:
        # 1, 1.0 and True are equal, but not the same text
        place = value if isinstance(value, str) else (type(value), value)
        if place not in known:
            known[place] = convert(value)
        found.append(known[place])
    return pd.Series(found, dtype="str")


def mapped(written: pd.Series, convert: Callable[[str], str | None]) -> pd.Series:
    """Convert texts, each different one once; what is missing stays so."""
    # pandas' own map takes four times as long
    return each(
        written.tolist(), lambda one: convert(one) if isinstance(one, str) else None
    )


def which(written: pd.Series, test: Callable[[str], bool]) -> np.ndarray:
    """Tell which texts pass a test, each different one tried once; missing: none."""
    passing = [one for one in written.dropna().unique().tolist() if test(one)]
    return written.isin(passing).to_numpy()


def text(value: object) -> str | None:
    """Give a cell as text, with single spaces; None where it is empty."""
    if value is None:
        return None
    if isinstance(value, str):
        return one_line(value) or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def unseen_gone(written: str) -> str:
    """Give a text of several lines without signs that nobody sees."""
    written = written.replace("\r\n", "\n").replace("\r", "\n").translate(UNSEEN)
    return "".join(sign for sign in written if sign in "\n\t" or ord(sign) >= 32)


def sex(written: str) -> str | None:
    """Give Female or Male; anything else is not known (None)."""
    return _SEXES.get(key(written))


def identifier(written: str) -> str | None:
    """Give an identifier in capitals without spaces; None for words like unknown."""
    return None if says_nothing(written) else written.replace(" ", "").upper()


def pnc_id(written: str, today: date) -> str | None:
    """Give a PNC id as YYYY/NNNNNNNL; None where it has another form.

    A year of two digits is of the 2000s if it has come by `today`.
    """
    found = _PNC.fullmatch(written) or _PNC_IN_ONE.fullmatch(written)
    if not found:
        return None
    year, serial, letter = found.groups()
    if len(year) == 2:
        year = ("20" if in_2000s(year, today) else "19") + year
    if not 1900 <= int(year) <= today.year:
        return None
    return f"{year}/{serial:0>7}{letter}"


def prison_number(written: str) -> str | None:
    """Give a prison number, A1234BC; None where it has another form."""
    return written if _PRISON.fullmatch(written) else None


def check_letter(pnc: str) -> str:
    """Give the letter that a PNC id of the form YYYY/NNNNNNNL should end with."""
    return CHECK_LETTERS[int(pnc[2:4] + pnc[5:12]) % 23]


def kind(value: object) -> str:
    """Give the kind of a cell's content, without the content."""
    if value is None or (isinstance(value, str) and not text(value)):
        return "empty"
    if isinstance(value, str):
        length = len(value.strip())
        return f"text, {length} character{'' if length == 1 else 's'}"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "number"
    return "date" if isinstance(value, date) else "time"
