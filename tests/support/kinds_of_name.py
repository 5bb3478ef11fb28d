"""A made-up register and list with names of several kinds, and who each line is.

Names come from Faker's lists, Sikh forenames from the halves below, so that neither is
the list that the kit ships. A few names are as common as in life: of the people with
South Asian names one in nine is a Singh. Errors are those of made-up lists
(`helpers.synthetic.slips`); 8% of the lines are of people who are not in the register,
and one in a hundred of the register has a twin there.
"""

import importlib
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd

from helpers.intake.linkage.blocking import IDENTITY
from helpers.synthetic import slips
from helpers.synthetic.register import pnc_ids

#: kind of name → share of the register
SHARES = {
    "English": 0.62,
    "South Asian": 0.12,
    "Arabic": 0.05,
    "East Asian": 0.02,
    "African": 0.06,
    "Irish or Scottish": 0.08,
    "double-barrelled": 0.05,
}
SIKH = [
    first + second
    for first in "Gur Har Man Jas Sukh Kul Bal Dal Raj Aman Param Jag Nav".split()
    for second in "preet deep jit jeet inder winder vir bir pal meet dev jot".split()
]
MUSLIM = "Mohammed Mohamed Muhammad Ali Hassan Hussain Ahmed Omar Ibrahim Yusuf".split()
SURNAMES = {
    "South Asian": (
        "Singh Kaur Khan Patel Ahmed Hussain Ali Begum Sharma",
        "en_IN en_PK",
    ),
    "Arabic": ("Ali Mohamed Ahmed Hassan Hussein Ibrahim Abdi Omar", "fr_DZ"),
    "East Asian": ("Chen Wong Li Nguyen Wang Tran Chan Zhang Kim", "zh_CN zh_TW vi_VN"),
    "African": ("Mensah Owusu Okafor Adeyemi Kamara", "yo_NG tw_GH ig_NG en_KE"),
    "Irish or Scottish": ("Murphy Kelly Campbell Stewart MacDonald", "en_IE"),
}
FORENAMES = {
    "English": "en_GB",
    "double-barrelled": "en_GB",
    "South Asian": "en_IN en_PK",
    "Arabic": "fr_DZ",
    "East Asian": "zh_TW zh_CN vi_VN",
    "African": "yo_NG tw_GH ig_NG",
    "Irish or Scottish": "ga_IE",
}
#: share of lines with a PNC id, and of lines of people who are not in the register
WITH_ID, STRANGERS, TWINS = 0.45, 0.08, 0.01
DAYS = 18_000  # of birth, from 1955 on


@dataclass(frozen=True)
class Labelled:
    """A register (`tables`), a list of `lines`, and their `truth`.

    `truth` by line: kind, and person_id, missing for those not in the register.
    """

    tables: dict
    lines: pd.DataFrame
    truth: pd.DataFrame


def make(people: int, lines: int, seed: int = 1) -> Labelled:
    """Make a register of so many people, and so many lines of each kind of name."""
    rng = np.random.default_rng(seed)
    register = pd.concat(
        [_people(kind, round(people * share), rng) for kind, share in SHARES.items()],
        ignore_index=True,
    )
    twins = np.flatnonzero(rng.random(len(register)) < TWINS)
    twins = twins[twins > 0]
    twins = twins[(register["kind"][twins].array == register["kind"][twins - 1].array)]
    for column in ("surname", "date_of_birth"):
        register.loc[twins, column] = register[column][twins - 1].to_numpy()
    register["person_id"] = [f"P{number}" for number in range(len(register))]
    register["pnc_id"] = pnc_ids(register["date_of_birth"].to_numpy("M8[D]")
                                 + np.timedelta64(7000, "D"), rng)  # fmt: skip
    sent = []
    for kind, here in register.groupby("kind", sort=False):
        known = here.sample(lines, random_state=seed).to_dict("records")
        others = _people(kind, 2 * lines, rng).assign(person_id=None).to_dict("records")
        rows = zip(known, others[:lines], others[lines:], strict=True)
        sent += [_line(*row, rng) for row in rows]
    listed = pd.DataFrame(sent).assign(line=range(2, len(sent) + 2))
    listed["date_of_birth"] = pd.to_datetime(listed["date_of_birth"])
    schema = {"person_id": "string", **IDENTITY}
    person = register.assign(prison_number=pd.Series(None, dtype="str"))
    table = ibis.memtable(person[list(schema)], schema=schema)
    truth = listed.set_index("line")[["kind", "person_id"]]
    return Labelled(
        {"person": table}, listed.drop(columns=["kind", "person_id"]), truth
    )


def by_kind(links: pd.DataFrame, review: pd.DataFrame, labelled: Labelled):
    """Give precision, recall and share under review for each kind of name."""
    truth = labelled.truth.copy()
    truth["linked"] = links.set_index("line")["person_id"].reindex(truth.index)
    truth["right"] = truth["linked"] == truth["person_id"]
    truth["there"] = truth["person_id"].notna()
    truth["review"] = truth.index.isin(review["line"])
    groups = truth.groupby("kind", sort=False)
    linked = groups["linked"].count()
    right = groups["right"].sum()
    return pd.DataFrame({
        "lines": groups.size(), "linked": linked, "wrong": linked - right,
        "precision": right / linked, "recall": right / groups["there"].sum(),
        "under review": groups["review"].mean(),
    })  # fmt: skip


def _people(kind: str, number: int, rng: np.random.Generator) -> pd.DataFrame:
    female = rng.random(number) < 0.2
    days = np.datetime64("1955-01-01") + rng.integers(0, DAYS, number)
    forename = np.where(
        female, _drawn(_forenames(kind, "female"), number, rng, 12),
        _drawn(_forenames(kind, "male"), number, rng, 12),
    )  # fmt: skip
    return pd.DataFrame({
        "kind": kind, "surname": _surnames(kind, number, rng, female),
        "forename": forename, "date_of_birth": pd.to_datetime(days),
        "sex": np.where(female, "Female", "Male"),
    })  # fmt: skip


def _line(known: dict, stranger: dict, other: dict, rng: np.random.Generator) -> dict:
    """Give a line of somebody of the register, or of a stranger, with its errors.

    A changed surname and a middle name are those of `other`.
    """
    person = stranger if rng.random() < STRANGERS else known
    female = person["sex"] == "Female"
    surname, _ = slips.surname(person["surname"], other["surname"], female, rng)
    forename, _ = slips.forename(person["forename"], other["forename"], rng)
    if rng.random() < slips.RATES["names swapped"]:
        surname, forename = forename, surname
    born, _ = slips.birth(np.datetime64(person["date_of_birth"], "D"), rng)
    number = person.get("pnc_id") if rng.random() < WITH_ID else None
    if number and rng.random() < slips.RATES["pnc id wrong"]:
        number = slips.digit(number, rng, 5)
    sex = person["sex"] if rng.random() < 0.97 else None
    return {
        "kind": person["kind"], "person_id": person["person_id"], "surname": surname,
        "forename": forename, "date_of_birth": born, "sex": sex, "pnc_id": number,
    }  # fmt: skip


def _surnames(kind: str, number: int, rng: np.random.Generator, female) -> np.ndarray:
    if kind in ("English", "double-barrelled"):
        common = list(_faker("en_GB").last_names)
        one = _drawn(common, number, rng, 30)
        if kind == "English":
            return one
        return one + "-" + _drawn(common, number, rng, 30)
    first, places = SURNAMES[kind]
    listed = [*first.split(), *_latin(places, ("last_romanized_names", "last_names"))]
    drawn = _drawn(list(dict.fromkeys(listed)), number, rng, 6)
    return np.where(female & (drawn == "Singh"), "Kaur", drawn)


def _forenames(kind: str, sex: str) -> list[str]:
    first = {"South Asian": SIKH if sex == "female" else [*MUSLIM[:6], *SIKH],
             "Arabic": MUSLIM if sex == "male" else []}.get(kind, [])  # fmt: skip
    attributes = (f"first_romanized_names_{sex}", "first_romanized_names",
                  f"first_names_{sex}", "first_names")  # fmt: skip
    return list(dict.fromkeys([*first, *_latin(FORENAMES[kind], attributes)]))


def _latin(places: str, attributes: tuple[str, ...]) -> list[str]:
    """Give the names in Latin letters of the first attribute that each place has."""
    names = []
    for place in places.split():
        provider = _faker(place)
        listed = next(
            [*getattr(provider, one)] for one in attributes if hasattr(provider, one)
        )
        names += [name.title() for name in listed if ord(max(name)) < 0x1F00]
    return names


def _drawn(names: list[str], number: int, rng: np.random.Generator, start: int):
    """Draw names, each rarer than the one before."""
    shares = 1 / (start + np.arange(len(names)))
    drawn = rng.choice(len(names), number, p=shares / shares.sum())
    return np.array(names, dtype=object)[drawn]


def _faker(place: str):
    return importlib.import_module(f"faker.providers.person.{place}").Provider
