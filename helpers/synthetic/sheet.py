"""What a provider writes on each line of its list: names, dates, numbers, service."""

import numpy as np
import pandas as pd

from helpers.synthetic import names, slips
from helpers.synthetic.register import given

HEADER = [
    "surname",
    "forename",
    "date_of_birth",
    "sex",
    "index_date",
    "conviction_date",
    "intervention_start",
    "intervention_end",
    "pnc_id",
    "prison_number",
    "postcode",
    "group_1",
    "site",
]


def written(
    rows: pd.DataFrame, register: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, list[str]]:
    """Give each line as the provider typed it, and the errors in it, joined by "; "."""
    person = register.iloc[rows["person"].clip(lower=0)].reset_index(drop=True)
    unknown = (rows["person"] < 0).to_numpy()
    for name in ("surname", "forename", "sex", "date_of_birth"):
        known = person[name].to_numpy(dtype=object)
        own = rows[name].to_numpy(dtype=object) if name in rows else known
        person[name] = np.where(unknown, own, known)
    person.loc[unknown, ["pnc_id", "prison_number"]] = None
    new = names.draw(names.surnames(), rng.random(len(rows)))
    middle = given((person["sex"] == "Female").to_numpy(), rng.random(len(rows)))
    typed, errors = [], []
    for i, who in enumerate(person.to_dict("records")):
        line, wrong = _identity(who, new[i], middle[i], rng)
        typed.append(line)
        errors.append("; ".join(wrong))
    sheet = pd.DataFrame(typed)
    sheet = sheet.assign(**_dates(rows, rng), **_service(rows, rng))
    return sheet[HEADER], errors


def _identity(
    who: dict, new: str, middle: str, rng: np.random.Generator
) -> tuple[dict[str, str], list[str]]:
    female = who["sex"] == "Female"
    surname, wrong = slips.surname(who["surname"], new, female, rng)
    forename, more = slips.forename(who["forename"], middle, rng)
    day = np.datetime64(int(who["date_of_birth"]), "D")
    born, also = slips.birth(day, rng)
    wrong += more + also
    if rng.random() < slips.RATES["names swapped"]:
        surname, forename = forename, surname
        wrong.append("names swapped")
    line = {
        "surname": _styled(surname, rng),
        "forename": _styled(forename, rng),
        "date_of_birth": _day(born),
        "sex": "Female" if female else "Male",
        "pnc_id": "",
        "prison_number": "",
    }
    for name, share, write in (
        ("pnc_id", 0.45, _pnc_id),
        ("prison_number", 0.5, _prison_number),
    ):
        if isinstance(who[name], str) and rng.random() < share:
            line[name], error = write(who[name], rng)
            wrong += error
    return line, wrong


def _styled(name: str, rng: np.random.Generator) -> str:
    """Change capitals, blanks and hyphens as people do when they type."""
    u = rng.random()
    if "-" in name and rng.random() < 0.3:
        name = name.replace("-", " ")
    if "'" in name and rng.random() < 0.5:
        name = name.replace("'", "")
    styles = [(0.12, name.upper()), (0.15, name.lower()), (0.18, f"{name} ")]
    return next((styled for limit, styled in styles if u < limit), name)


def _pnc_id(number: str, rng: np.random.Generator) -> tuple[str, list[str]]:
    """Write a PNC id in full, short (01/123X for 2001/0000123X) or in small letters."""
    error = []
    if rng.random() < slips.RATES["pnc id wrong"]:
        number, error = slips.digit(number, rng, 5), ["pnc id wrong"]
    u = rng.random()
    if u < 0.2:
        year, serial = number.split("/")
        number = f"{year[2:]}/{int(serial[:-1])}{serial[-1]}"
    elif u < 0.28:
        number = number.lower()
    return number, error


def _prison_number(number: str, rng: np.random.Generator) -> tuple[str, list[str]]:
    error = []
    if rng.random() < slips.RATES["prison number wrong"]:
        number, error = slips.digit(number, rng), ["prison number wrong"]
    u = rng.random()
    return (number.lower() if u < 0.08 else f"{number} " if u < 0.12 else number), error


def _dates(rows: pd.DataFrame, rng: np.random.Generator) -> dict[str, list[str]]:
    """Draw which dates the provider gives: nearly always the start, at times others."""
    n = len(rows)
    known = (rows["index_date"] >= 0).to_numpy()
    # lines of people who are not in the records look like the others
    index = np.where(known, rows["index_date"], rows["start"] - rng.integers(0, 60, n))
    conviction = np.where(
        known, rows["conviction_date"], index - rng.integers(0, 90, n)
    )
    near = (rows["kind"] != "no sentence near").to_numpy()
    gives_index = near & (rng.random(n) < 0.35)
    gives_conviction = near & (rng.random(n) < 0.2)
    no_start = gives_index & known & (rng.random(n) < 0.05)
    no_start &= (rows["kind"] == "main").to_numpy()
    off = np.where(rng.random(n) < 0.1, rng.integers(-3, 4, n), 0)
    end = rows["start"].to_numpy() + rng.integers(20, 200, n)
    ended = ~no_start & (rng.random(n) < 0.8)
    return {
        "index_date": _days(index + off, gives_index),
        "conviction_date": _days(conviction, gives_conviction),
        "intervention_start": _days(rows["start"], ~no_start),
        "intervention_end": _days(end, ended),
    }


def _service(rows: pd.DataFrame, rng: np.random.Generator) -> dict[str, list[str]]:
    """Draw postcode (of no real place), how support ended, and the site."""
    n = len(rows)
    digits = rng.integers(0, 100, n)
    postcode = [f"ZZ{d} {d % 10}ZZ" for d in digits.tolist()]
    given = rng.random(n) < 0.65
    site = rows["region"].to_numpy() * 2 + 1 + rng.integers(0, 2, n)
    return {
        "postcode": [p if g else "" for p, g in zip(postcode, given, strict=True)],
        "group_1": np.where(rng.random(n) < 0.7, "completed", "left early").tolist(),
        "site": [f"Site {number:02d}" for number in site.tolist()],
    }


def _day(day: np.datetime64) -> str:
    year, month, of_month = str(day).split("-")
    return f"{of_month}/{month}/{year}"


def _days(days: np.ndarray, given: np.ndarray) -> list[str]:
    dates = np.asarray(days).astype("datetime64[D]")
    return [_day(d) if g else "" for d, g in zip(dates, given, strict=True)]
