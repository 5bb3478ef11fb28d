"""The list that a made-up provider sends: right lines, and all that goes wrong."""

import numpy as np
import pandas as pd

from helpers.synthetic import names, programme
from helpers.synthetic.register import given
from helpers.synthetic.sheet import written

#: share of the lines that each kind has; the rest are "main"
SHARES = {
    "cannot be used": 0.01,
    "sent twice": 0.02,
    "not in the records": 0.06,
    "another spell": 0.03,
    "no sentence near": 0.06,
    "under age": 0.01,
    "too recent": 0.01,
}
#: days on each side of which somebody with no sentence near has none
FAR = 230
UNUSABLE = ["date of birth", "surname", "dates"]
DATES = ["index_date", "conviction_date", "intervention_start"]


def numbers(submitted: int) -> dict[str, int]:
    """Give the number of lines of each kind among those submitted."""
    found = {kind: round(share * submitted) for kind, share in SHARES.items()}
    return {"main": submitted - sum(found.values()), **found}


def far_from_any(
    sentences: pd.DataFrame, n: int, wanted: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw people whose support fits no sentence: person, start."""
    person = np.sort(rng.choice(n, min(n, 12 * wanted + 20), replace=False))
    start = pd.Series(rng.integers(programme.FROM, programme.TO, len(person)), person)
    rows = sentences[sentences["person"].isin(person)]
    day = rows["person"].map(start)
    begun = np.minimum(rows["custody_start"], rows["index_date"])
    near = (day >= begun - FAR) & (day <= rows["index_date"] + FAR)
    start = start[~start.index.isin(rows.loc[near, "person"])].sample(
        frac=1, random_state=rng
    )
    start = start[start.index.isin(rows["person"])].head(wanted)
    return pd.DataFrame({"person": start.index, "start": start.to_numpy()})


def lines(
    supported: pd.DataFrame,
    register: pd.DataFrame,
    wanted: dict[str, int],
    streams: list[np.random.Generator],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the list as text, and the truth about it, both in the order of the list.

    `supported`: one row a person supported, with kind, person, start and delay,
    index_date, conviction_date (days, -1 for none), region. Truth: `line` (row of the
    spreadsheet, the header is row 1), kind, errors, and `row` in `supported` (-1 for
    people who are not in the records).
    """
    rng = streams[0]
    extra = _again(supported, wanted, rng)
    rows = pd.concat([supported, extra, _unknown(register, wanted, rng)])
    rows = rows.reset_index(names="row")
    rows.loc[rows["kind"] == "not in the records", "row"] = -1
    sheet, errors = written(rows, register, streams[1])
    _spoil(sheet, rows["kind"].to_numpy(), rng)
    truth = rows[["kind", "row", "start", "delay"]].assign(errors=errors)
    order = rng.permutation(len(rows))
    return _with_duplicates(
        sheet.iloc[order], truth.iloc[order], wanted["sent twice"], rng
    )


def _again(
    supported: pd.DataFrame, wanted: dict[str, int], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw later spells of support of people whose first spell is a line of its own."""
    main = supported[supported["kind"] == "main"]
    rows = main.iloc[rng.choice(len(main), wanted["another spell"], replace=False)]
    later = rng.integers(20, 60, len(rows))
    return rows.assign(
        kind="another spell", start=rows["start"] + later, delay=rows["delay"] + later
    )


def _unknown(
    register: pd.DataFrame, wanted: dict[str, int], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw people who are not in the records: one in seven is a namesake.

    And one in twenty is like the twin of somebody: the surname and the date of birth.
    """
    n = wanted["not in the records"]
    like = register.iloc[rng.integers(0, len(register), n)]
    u = rng.random(n)
    female = np.where(u < 0.15, like["sex"] == "Female", rng.random(n) < 0.2)
    surname = names.draw(names.surnames(), rng.random(n))
    forename = given(female, rng.random(n))
    born = rng.integers(-3600, 11_000, n)
    return pd.DataFrame(
        {
            "kind": "not in the records",
            "person": -1,
            "start": rng.integers(programme.FROM, programme.TO, n),
            "delay": 0,
            "index_date": -1,
            "conviction_date": -1,
            "region": rng.integers(0, 10, n),
            "surname": np.where(u < 0.20, like["surname"], surname),
            "forename": np.where(u < 0.15, like["forename"], forename),
            "sex": np.where(female, "Female", "Male"),
            "date_of_birth": np.where(
                (u >= 0.15) & (u < 0.20), like["date_of_birth"], born
            ),
        }
    )


def _spoil(sheet: pd.DataFrame, kinds: np.ndarray, rng: np.random.Generator) -> None:
    """Spoil the lines that cannot be used: no such birthday, no surname, no date."""
    for nth, row in enumerate(np.flatnonzero(kinds == "cannot be used")):
        what = UNUSABLE[nth % len(UNUSABLE)]
        if what == "date of birth":
            year = rng.integers(1970, 2000)
            sheet.loc[row, "date_of_birth"] = f"31/02/{year}"
        elif what == "surname":
            sheet.loc[row, "surname"] = ""
        else:
            sheet.loc[row, DATES] = ""


def _with_duplicates(
    sheet: pd.DataFrame, truth: pd.DataFrame, number: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put copies of lines further down the list, then number the lines."""
    sheet = sheet.reset_index(drop=True)
    truth = truth.reset_index(drop=True)
    copied = np.sort(rng.choice(np.flatnonzero(truth["kind"] == "main"), number, False))
    place = copied + rng.random(number) * (len(sheet) - copied)
    order = np.argsort(np.concatenate([np.arange(len(sheet)), place]), kind="stable")
    copies = truth.loc[copied].assign(kind="sent twice")
    sheet = pd.concat([sheet, sheet.loc[copied]]).iloc[order].reset_index(drop=True)
    truth = pd.concat([truth, copies]).iloc[order].reset_index(drop=True)
    truth.insert(0, "line", np.arange(2, len(truth) + 2))
    return sheet, truth
