"""Levels of a ready cohort that are not what they look like.

Two spellings of one level would part people who are alike, and a code for "not known"
would count as an answer, or as a number.
"""

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.intake.cohort.check import wanted
from helpers.intake.cohort.checks.lines import rows
from helpers.intake.cohort.kinds import as_text, in_order, numeric
from helpers.intake.submission.date_rules import OLDEST, YOUNGEST
from helpers.request import Request
from helpers.request.filters import Range
from helpers.request.provider import SEXES

#: what people write where they do not know, without capitals, blanks and signs
UNKNOWN = frozenset(
    "unknown notknown unk unkn nk notstated notrecorded norecord nodata missing none "
    "null na nan notapplicable notavailable blank empty dontknow donotknow dk "
    "tbc undefined nil refused declined withheld prefernottosay prefernottoanswer "
    "unspecified notspecified notasked notanswered noanswer noresponse unanswered "
    "notgiven notprovided notcollected notdisclosed undisclosed notassessed notsure "
    "missingdata missingvalue".split()
)
#: what leaves as much open, beside one of these: "Other/Unknown"
OPEN = frozenset({"other", "others"})
#: what a spreadsheet writes for a cell that it cannot work out, a database for none
FAULT = re.compile(r"#.*[!?]|#GETTING_DATA|Err:\d+|\\N", re.IGNORECASE)
#: columns that hold whole years of age
AGES = ("age", "age_first_offence")
#: levels that are one where a column has both
SAME = {"true": "1", "false": "0", "y": "yes", "n": "no"}
#: whole numbers that stand for "not known" where other values are far from them
CODES = (
    -1, -2, -3, -7, -8, -9, -77, -88, -97, -98, -99, -997, -998, -999, -9998, -9999,
    77, 88, 97, 98, 99, 777, 888, 997, 998, 999, 8888, 9998, 9999, 99998, 99999,
)  # fmt: skip
#: a code stands apart when every other value is below this share of it
FAR = 0.5
#: signs that are one to a reader, by the one that stands for them
DASHES = re.compile("[\u2010-\u2015\u2212]")
APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u2032\u00b4`]")
#: levels that a message names
NAMED = 5
#: people who share a code: one person may have such a value
SEVERAL = 2


def problems(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Give levels that are written in several ways, one line a column.

    Only columns by which people are compared or kept. A level is told where so many
    have it that it says nothing of a person.
    """
    found = []
    for name, values in _categories(cohort, request):
        alike = _alike(values, name)
        if not alike:
            continue
        counts = values.value_counts()
        common = [f'"{level}"' for level in alike
                  if counts[level] >= request.disclosure.threshold]  # fmt: skip
        levels = "a level" if len(alike) == 1 else f"{len(alike)} levels"
        of = f" ({', '.join(in_order(common)[:NAMED])})" if common else ""
        other = values.isin([level for others in alike.values() for level in others])
        found.append(
            f"{file}: {name} has {levels}{of} written in more than one way; found the "
            f"rarer way in {rows(other)}; write each in one way: capitals, blanks, "
            "signs and leading zeros count"
        )
    return found


def doubts(cohort: pd.DataFrame, request: Request) -> dict[str, str]:
    """Give, by column, what looks like "not known" and counts as a value: in words."""
    found = {}
    for name, values in _categories(cohort, request):
        levels = {level for level in values.dropna().unique() if _unknown(level)}
        others = pd.Series(sorted(set(values.dropna()) - levels), dtype="str")
        levels |= {f"{code:g}" for code in _codes(numeric(others), 1)}
        if levels:
            one = "a level that looks" if len(levels) == 1 else "levels that look"
            found[name] = f"{one} like not known, in {rows(values.isin(levels))}"
    counted = (name for a in request.analyses for name in a.covariates.numeric)
    for name in dict.fromkeys(name for name in counted if name in cohort):
        values = numeric(cohort[name])
        codes = _codes(values, SEVERAL)
        if codes:
            told = f"a number that looks like a code, in {rows(values.isin(codes))}"
            found[name] = told
        elif name in AGES:
            outside = (values < YOUNGEST) | (values > OLDEST)
            # where most are, ages are in months, or are scores
            if 0 < outside.sum() <= values.notna().sum() / 2:
                told = f"an age outside {YOUNGEST} to {OLDEST}, in {rows(outside)}"
                found[name] = told
    return found | _outcomes_in_doubt(cohort, request)


def _outcomes_in_doubt(cohort: pd.DataFrame, request: Request) -> dict[str, str]:
    """Tell which outcomes hold what looks like a code.

    In how many rows, and where, is not told: it may be what people did, which nobody
    knows before they are matched.
    """
    return {
        outcome.column: "a number that looks like a code"
        for outcome in request.outcomes
        if outcome.kind != "rate"  # 0 or 1 alone
        and outcome.column in cohort
        and _codes(numeric(cohort[outcome.column]), SEVERAL)
    }


def _categories(
    cohort: pd.DataFrame, request: Request
) -> Iterator[tuple[str, pd.Series]]:
    """Give the columns whose levels matter, as text."""
    numbers = {n for a in request.analyses for n in a.covariates.numeric}
    ranges = {
        name
        for a in request.analyses
        for kept in (a.filter, a.treatment_filter, a.pool)
        for name, values in kept.items()
        if isinstance(values, Range)
    }
    for name in wanted(request):
        if name in cohort and name not in {"person_id", "treatment"} | numbers | ranges:
            yield name, as_text(cohort[name])


def _alike(values: pd.Series, name: str) -> dict[str, list[str]]:
    """Give the most common spelling of each level that has several, with the others."""
    counts = values.value_counts()  # the most common first
    spellings: dict[str, list[str]] = {}
    for level in counts.index:
        spellings.setdefault(plain(level, name), []).append(level)
    return {first: others for first, *others in spellings.values() if others}


def plain(level: str, name: str) -> str:
    """Give a level without what no reader would tell apart.

    A hyphen at the end is told apart: grade A- is not grade A.
    """
    text = DASHES.sub("-", APOSTROPHES.sub("'", level))
    text = DASHES.sub("-", unicodedata.normalize("NFKC", text)).casefold()
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()
    if name.lower() == "sex":
        text = next((sex for sex, spelt in SEXES.items() if text in spelt), text)
    if any(sign.isalpha() for sign in text):
        end = "-" if text.endswith("-") else ""
        text = re.sub(r"[\s_\-]+", " ", text).strip() + end
    text = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", text)
    return SAME.get(text) or re.sub(r"^0+(?=\d+$)", "", text)


def _unknown(level: str) -> bool:
    """Tell whether a level is words, or signs alone, for what is not known."""
    if FAULT.fullmatch(level) or not re.search(r"\w", level):
        return True
    words = {_letters(part) for part in re.split(r"[/;,(]|\bor\b", level)} - {""}
    return _letters(level) in UNKNOWN or (words <= UNKNOWN | OPEN and not words <= OPEN)


def _letters(text: str) -> str:
    """Give words without capitals, blanks and signs."""
    return re.sub(r"[\W_]+", "", text).lower()


def _codes(values: pd.Series, several: int) -> list[float]:
    """Give numbers that look like codes for what is not known.

    Such a number is shared by several people and stands apart: all others lie within
    half of it, and none is negative beside a negative one. A column may have several
    codes, which do not count as others to each other.
    """
    counts = values.value_counts()
    codes = [code for code in CODES if counts.get(code, 0) >= several]
    others = counts.index[~counts.index.isin(CODES)].to_numpy(dtype=float)
    if not len(others):
        return []
    largest, least = np.abs(others).max(), others.min()
    return [
        code for code in codes
        if (least >= 0 if code < 0 else largest <= FAR * code)
    ]  # fmt: skip
