"""How far a submitted line and a register row agree: names, dates of birth and ids.

Names are compared by the similarity of Jaro and Winkler (Winkler 1990, "String
comparator metrics and enhanced decision rules"), from 0 to 1, by rapidfuzz. Two further
ways of being near are rules of our own: a part of a name of two parts (Smith-Jones and
Jones), and for forenames a beginning of three letters or more (Sam and Samuel) or
another form of the name (Bill and William, `diminutives`).

The limits are those in common use, taken from no data: 0.92 is the first limit of
Splink's stock comparison of names and stands for a slip of the pen; 0.85 is the usual
lower limit for a spelling variant (Christen 2012, *Data Matching*, ch. 5, discusses
such limits). Dates of birth are near when two of year, month and day agree and the
years are no more than ten apart: the commonest slips change one part alone.
"""

import numpy as np
import pandas as pd
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

from helpers.intake.linkage.diminutives import same_full_name

VERY_NEAR = 0.92
NEAR = 0.85
#: what a part, a beginning or another form of a name counts: near, not very near
OTHER_FORM = 0.9
#: letters that a part or a beginning of a name must have to say anything
PART = 3
YEARS_APART = 10
#: characters in which two ids may differ by a slip
SLIP = 2


def compare(pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs with their agreement.

    Adds surname_alike, forename_alike, and crossed_surname, crossed_forename (each
    name against the other of the register row), all from 0 to 1; date ("exact",
    "swapped", "near" or "other"); pnc_same, prison_same, ids_differ (an id that both
    have differs by more than a slip), sex_same and sex_differs, all bool.
    """
    line_names = pairs["l_surname"], pairs["l_forename"]
    names = pairs["r_surname"], pairs["r_forename"]
    pnc = pairs["l_pnc_id"], pairs["r_pnc_id"]
    prison = pairs["l_prison_number"], pairs["r_prison_number"]
    sex = pairs["l_sex"], pairs["r_sex"]
    return pairs.assign(
        surname_alike=alike(line_names[0], names[0], forenames=False),
        forename_alike=alike(line_names[1], names[1], forenames=True),
        crossed_surname=alike(line_names[0], names[1], forenames=False),
        crossed_forename=alike(line_names[1], names[0], forenames=False),
        date=dates(pairs["l_birth"], pairs["r_birth"]),
        pnc_same=_same(*pnc),
        prison_same=_same(*prison),
        ids_differ=_differ(*pnc) | _differ(*prison),
        sex_same=_same(*sex),
        sex_differs=sex[0].notna() & sex[1].notna() & ~_same(*sex),
    )


def alike(one: pd.Series, other: pd.Series, forenames: bool) -> np.ndarray:
    """Give how like two columns of spelt names are, by row; 0 where one is missing."""
    together = pd.DataFrame({"one": one.to_numpy(), "other": other.to_numpy()})
    group = together.groupby(["one", "other"], dropna=True, sort=False)
    number = group.ngroup().fillna(-1).astype(int)
    known = together.loc[number >= 0].drop_duplicates(["one", "other"])
    a, b = known["one"].tolist(), known["other"].tolist()
    likeness = np.array(
        cpdist(
            [name.replace(" ", "") for name in a],
            [name.replace(" ", "") for name in b],
            scorer=JaroWinkler.normalized_similarity,
            dtype=np.float64,
        )
    ).reshape(-1)
    unlike = np.flatnonzero(likeness < OTHER_FORM)
    forms = [other_form(a[i], b[i], forenames) for i in unlike]
    likeness[unlike] = np.where(forms, OTHER_FORM, likeness[unlike])
    return np.where(number < 0, 0.0, np.append(likeness, 0.0)[number.to_numpy()])


def other_form(one: str, other: str, forenames: bool) -> bool:
    """Tell whether one name is a part, or for forenames a short form, of the other."""
    short, long = sorted((one, other), key=lambda name: len(name.replace(" ", "")))
    whole, longer = short.replace(" ", ""), long.replace(" ", "")
    if len(whole) >= PART and whole != longer:
        if whole in long.split() or (forenames and longer.startswith(whole)):
            return True
    return forenames and same_full_name(whole, longer)


def dates(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Give how two columns of dates (19850317) agree, by row; missing is "other"."""
    a, b = (
        values.astype("float64").fillna(-1).to_numpy(int) for values in (one, other)
    )
    known = (a > 0) & (b > 0)
    year, month, day = ((a // k % m, b // k % m) for k, m in _PARTS)
    same = [x == y for x, y in (year, month, day)]
    near = (np.sum(same, axis=0) == 2) & (abs(year[0] - year[1]) <= YEARS_APART)
    swapped = same[0] & (month[0] == day[1]) & (day[0] == month[1])
    agree = [known & (a == b), known & swapped, known & near]
    return np.select(agree, ["exact", "swapped", "near"], "other")


_PARTS = ((10_000, 10_000), (100, 100), (1, 100))


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one == other).fillna(False).astype(bool)


def _differ(one: pd.Series, other: pd.Series) -> pd.Series:
    """Tell whether two ids are known and differ by more than a slip."""
    unlike = (one.notna() & other.notna() & ~_same(one, other)).to_numpy(copy=True)
    apart = [
        Levenshtein.distance(a, b, score_cutoff=SLIP) > SLIP
        for a, b in zip(one[unlike], other[unlike], strict=True)
    ]
    unlike[unlike] = np.array(apart, dtype=bool)
    return pd.Series(unlike, index=one.index)
