"""The register: made-up people with names, dates of birth and numbers, and aliases.

Numbers have the form of real ones, since checks look at the form; that one of them is
somebody's would be chance, and would say nothing of them.
"""

import numpy as np
import pandas as pd

from helpers.synthetic import names, national
from helpers.synthetic.people import Traits

CHECK_LETTERS = np.array(list("ZABCDEFGHJKLMNPQRTUVWXY"), dtype=object)
LETTERS = np.array([chr(65 + i) for i in range(26)], dtype=object)


def people_table(
    people: Traits, first: np.ndarray, prison: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw the table `person`, one row a person in order.

    `first` is the day of the first offence (the year of the PNC id), `prison` whether
    they were ever in custody (and so have a prison number). Siblings share a surname.
    """
    n = len(people.birth)
    width = max(7, len(str(n)))
    surname = names.draw(names.surnames(), rng.random(n))
    surname = np.where(people.sibling, np.roll(surname, 1), surname)
    female = people.female
    nations = list(national.NATIONALITIES.values())
    nationality = rng.choice(list(national.NATIONALITIES), n, p=nations).astype(object)
    return pd.DataFrame(
        {
            "person_id": [f"MADE-UP-{i:0{width}d}" for i in range(1, n + 1)],
            "pnc_id": pnc_ids(first, rng),
            "prison_number": np.where(prison, prison_numbers(n, rng), None),
            "surname": surname,
            "forename": given(female, rng.random(n)),
            "date_of_birth": people.birth,
            "sex": np.where(
                rng.random(n) < 0.002, "Unknown", np.where(female, "Female", "Male")
            ),
            "ethnicity": _some(national.ETHNICITIES, 0.05, n, rng),
            "nationality": np.where(rng.random(n) < 0.03, None, nationality),
        }
    )


def given(female: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Draw a forename for each, by sex."""
    women = names.draw(names.forenames("Female"), u)
    return np.where(female, women, names.draw(names.forenames("Male"), u))


def pnc_ids(first: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw PNC ids, each once: year of the first offence, serial number, its letter."""
    year = first.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    nth = pd.Series(year).groupby(year).cumcount().to_numpy()
    serial = nth * 7_368_787 + year * 1_234_577 + rng.integers(0, 10_000_000)
    serial %= 10_000_000
    letter = CHECK_LETTERS[((year % 100) * 10_000_000 + serial) % 23]
    text = [
        f"{y}/{s:07d}{x}"
        for y, s, x in zip(year.tolist(), serial.tolist(), letter, strict=True)
    ]
    return np.array(text, dtype=object)


def prison_numbers(n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw prison numbers, each once: a letter, four digits (first 0), two letters."""
    places = 26**3 * 1000
    code = (np.arange(n, dtype=np.int64) * 7_368_787 + rng.integers(0, places)) % places
    digits, letters = code % 1000, code // 1000
    first, second = LETTERS[letters % 26], LETTERS[letters // 26 % 26]
    third = LETTERS[letters // 676]
    return np.array(
        [
            f"{a}{d:04d}{b}{c}"
            for a, d, b, c in zip(first, digits.tolist(), second, third, strict=True)
        ],
        dtype=object,
    )


def aliases(person: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the table `alias`: other names, dates and numbers of one person in eight."""
    rows = np.flatnonzero(rng.random(len(person)) < 0.125)
    alias = person.loc[
        rows, ["person_id", "surname", "forename", "date_of_birth"]
    ].reset_index(drop=True)
    female = (person["sex"].to_numpy() == "Female")[rows]
    u = rng.random(len(rows))
    other = names.draw(names.surnames(), rng.random(len(rows)))
    married = u < np.where(female, 0.6, 0.25)
    alias["surname"] = np.where(married, other, alias["surname"])
    short = alias["forename"].map(names.NICKNAMES)
    alias["forename"] = short.where((u > 0.5) & short.notna(), alias["forename"])
    invented = ~married & short.isna().to_numpy()
    forename = given(female, rng.random(len(rows)))
    alias["forename"] = np.where(
        invented & (u < 0.8), forename, alias["forename"].to_numpy(dtype=object)
    )
    shift = np.where(
        u > 0.8, rng.choice([-365, -31, -10, -1, 1, 10, 30, 366], len(u)), 0
    )
    alias["date_of_birth"] = (alias["date_of_birth"] + shift).astype(np.int32)
    # two records of one person that were merged leave the number of the other
    merged = rng.random(len(rows)) < 0.1
    numbers = pd.Series(pnc_ids(rng.integers(7_000, 18_000, len(rows)), rng))
    alias["pnc_id"] = numbers.where(merged & ~_taken(numbers, person["pnc_id"]))
    merged = rng.random(len(rows)) < 0.03
    numbers = pd.Series(prison_numbers(len(rows), rng))
    alias["prison_number"] = numbers.where(
        merged & ~_taken(numbers, person["prison_number"])
    )
    return alias


def _taken(numbers: pd.Series, own: pd.Series) -> np.ndarray:
    """Tell which numbers are somebody's own; pandas asks slowly among its own text."""
    return numbers.astype(object).isin(own.to_numpy(dtype=object)).to_numpy()


def _some(
    shares: dict[str, float], unknown: float, n: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw from the shares, with some not known."""
    drawn = rng.choice(list(shares), n, p=list(shares.values())).astype(object)
    return np.where(rng.random(n) < unknown, None, drawn)
