"""The rules under the passes: spelling, likeness, dates, probability, the model."""

from datetime import date
from functools import partial

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.hand_made import holding

from helpers.intake.linkage import model, probability
from helpers.intake.linkage import spelling as names
from helpers.intake.linkage.agreement import alike, dates, other_form
from helpers.intake.linkage.blocking import (
    IDENTITY,
    keys_of,
    pairs,
    register,
    spelling,
)
from helpers.intake.linkage.diminutives import same_full_name
from helpers.intake.linkage.probability import probabilities

RECEIVED = date(2026, 12, 31)


def spelt(rule, values):
    """Apply a rule of `names` to a list of texts."""
    table = ibis.memtable({"value": pd.Series(values, dtype="str")})
    found = table.select(value=rule(table.value)).execute()["value"]
    return found.astype(object).where(found.notna(), None).tolist()


def test_names_are_spelt_with_capitals_and_one_space():
    written = {
        "O'Brien": "OBRIEN",
        "D’Arcy": "DARCY",
        "Mc Donald": "MC DONALD",
        "Smith-Jones": "SMITH JONES",
        "  de  la Cruz ": "DE LA CRUZ",
        "İbrahim": "IBRAHIM",
        "ışık": "ISIK",
        "Gökçe Şahin Ağa Ünal": "GOKCE SAHIN AGA UNAL",
        "Weiß": "WEISS",
        "Æthel": "AETHEL",
        "Søren Åberg": "SOREN ABERG",
        "Łukasz Żółć": "LUKASZ ZOLC",
        "José": "JOSE",
        "Jose\u0301": "JOSE",
        "Nguyễn": "NGUYEN",
        "J. R.": "J R",
        "Name2": "NAME",
        "": None,
        " - ": None,
        "Иван": None,
    }
    assert spelt(names.spelt, list(written)) == list(written.values())


def test_pnc_ids_are_written_in_full():
    written = {
        "01/123X": "2001/0000123X",
        "2001/0000123X": "2001/0000123X",
        " 2001/123x ": "2001/0000123X",
        "00/1B": "2000/0000001B",
        "26/1B": "2026/0000001B",
        "27/1B": "1927/0000001B",
        "99/7654321Q": "1999/7654321Q",
        "01/123": None,
        "1/123X": None,
        "01/12345678X": None,
        "": None,
    }
    rule = partial(names.pnc_id, on=RECEIVED)
    assert spelt(rule, list(written)) == list(written.values())


def test_prison_numbers_are_written_without_spaces():
    written = {"a1234bc": "A1234BC", "A1234 BC": "A1234BC", "1234": None, "": None}
    assert spelt(names.prison_number, list(written)) == list(written.values())


def like(one, other, forenames=False):
    return alike(pd.Series([one]), pd.Series([other]), forenames)[0]


def test_likeness_is_that_of_jaro_and_winkler():
    """The three pairs of Winkler's paper of 1990, to the three places printed."""
    assert like("MARTHA", "MARHTA") == pytest.approx(0.961, abs=5e-4)
    assert like("DWAYNE", "DUANE") == pytest.approx(0.840, abs=5e-4)
    assert like("DIXON", "DICKSONX") == pytest.approx(0.813, abs=5e-4)


def test_likeness_of_one_name_and_of_none():
    assert like("MC DONALD", "MCDONALD") == 1
    assert like("ORME", None) == like(None, None) == 0


@settings(max_examples=20)
@given(st.lists(st.tuples(*[st.sampled_from(["ANN", "ANNA", "JO ANN", "ORME", None])]
                          * 2), min_size=1, max_size=8))  # fmt: skip
def test_likeness_is_row_by_row_and_the_same_both_ways(rows):
    one, other = (pd.Series(side, dtype="str") for side in zip(*rows, strict=True))
    for forenames in (True, False):
        there, back = alike(one, other, forenames), alike(other, one, forenames)
        np.testing.assert_array_equal(there, back)
        alone = [alike(one[[i]], other[[i]], forenames)[0] for i in range(len(rows))]
        np.testing.assert_array_equal(there, alone)


@pytest.mark.parametrize(
    ("one", "other", "forenames", "is_form"),
    [
        ("SMITH JONES", "JONES", False, True),
        ("SMITH JONES", "SMITH", False, True),
        ("SMITH JONES", "ORME", False, False),
        ("SMITH JONES", "HALE JONES", False, False),  # a part of each, neither whole
        ("DE LA CRUZ", "LA", False, False),  # too short to say anything
        ("SAM", "SAMUEL", True, True),
        ("SAM", "SAMUEL", False, False),  # no rule for surnames
        ("JO", "JOHN", True, False),
        ("BILL", "WILLIAM", True, True),
        ("BILL", "WILLIAM", False, False),
        ("TED", "NED", True, True),  # both forms of Edward
        ("BILL", "ROBERT", True, False),
    ],
)
def test_other_forms_of_a_name(one, other, forenames, is_form):
    assert other_form(one, other, forenames) == is_form
    assert other_form(other, one, forenames) == is_form


def test_forms_of_a_name_are_not_chained():
    """Bill is William and Liam may be, but Bert joins no Albert to a Robert."""
    assert same_full_name("BERT", "ALBERT") and same_full_name("BERT", "ROBERT")
    assert not same_full_name("ALBERT", "ROBERT")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (19850314, 19850314, "exact"),
        (19850307, 19850703, "swapped"),
        (19850317, 19850314, "near"),
        (19850514, 19850314, "near"),
        (19870314, 19780314, "near"),
        (19850314, 19950314, "near"),
        (19850314, 19960314, "other"),
        (19850314, 19850415, "other"),
        (19850314, None, "other"),
        (None, None, "other"),
    ],
)
def test_dates(one, other, agree):
    found = dates(pd.Series([one]), pd.Series([other]))
    assert found.tolist() == [agree]


def test_only_rows_that_share_a_key_leave_the_engine():
    """Of 1,000 people the two who share the date and an initial, or both names."""
    count = 1_000
    born = pd.Timestamp("1950-01-01") + pd.to_timedelta(np.arange(count) * 7, unit="D")
    register = pd.DataFrame(
        {
            "person_id": [f"P{number}" for number in range(count)],
            "surname": "Orme",
            "forename": [f"Q{'abcdefghij'[number % 10]}" for number in range(count)],
            "date_of_birth": born,
            "sex": "Male",
            "pnc_id": None,
            "prison_number": None,
        }
    ).astype({"pnc_id": "str", "prison_number": "str"})
    line = pd.DataFrame(
        {
            "line": [2],
            "surname": ["Ostler"],
            "forename": ["Zed"],
            "date_of_birth": [born[502]],  # its day is no month
            "sex": ["Male"],
        }
    )
    held = holding({"person": ibis.memtable(register)})
    assert pairs(held, line, RECEIVED)["person_id"].tolist() == ["P502"]
    named = line.assign(surname="Orme", forename="Qc")
    own = register[register["forename"] == "Qc"].set_index("person_id")["date_of_birth"]
    meant = born[502]
    year = own.dt.year == meant.year
    day = (own.dt.month == meant.month) & (own.dt.day == meant.day)
    assert 1 < year.sum() < 10
    assert set(pairs(held, named, RECEIVED)["person_id"]) == set(own.index[year | day])


@pytest.mark.parametrize("engine", ["duckdb", "pyspark"])
def test_what_the_engine_is_asked_can_be_written_for_it(engine):
    tables = {
        "person": ibis.table({"person_id": "string", **IDENTITY}, name="person"),
        "alias": ibis.table(
            {name: kind for name, kind in IDENTITY.items() if name != "sex"}
            | {"person_id": "string"},
            name="alias",
        ),
    }
    asked = keys_of(spelling(register(tables), RECEIVED), "person_id", swapped=True)
    assert "key" in ibis.to_sql(asked, engine)


def pair(**changes):
    """One compared pair of a made-up person, all alike but for the changes."""
    same = {
        "surname": "BROCKHURST",
        "forename": "DANIEL",
        "birth": 19850314,
        "sex": "Male",
        "pnc_id": None,
        "prison_number": None,
    }
    sides = {f"l_{name}": value for name, value in same.items()}
    sides |= {f"r_{name}": changes.get(name, value) for name, value in same.items()}
    for name in ("pnc_id", "prison_number"):
        if name in changes:
            sides[f"l_{name}"], sides[f"r_{name}"] = changes[name]
    return sides


@pytest.mark.parametrize("at_once", [3, 200_000])
def test_probabilities_are_those_of_fellegi_and_sunter(at_once, monkeypatch):
    """By hand: odds 1/999,999 times m/u of each part; a missing part counts nothing."""
    monkeypatch.setattr(probability, "AT_ONCE", at_once)
    exact = 0.84 / 0.0006 * 0.84 / 0.012 * 0.93 / 0.0000685 * 0.99 / 0.745
    rows = {
        exact: pair(),
        exact / (0.84 / 0.0006) * (0.06 / 0.0015): pair(surname="BROCKHRUST"),
        exact / (0.84 / 0.012) * (0.04 / 0.004): pair(forename="DANNY"),
        exact / (0.93 / 0.0000685) * (0.035 / 0.0041): pair(birth=19850315),
        exact / (0.93 / 0.0000685) * (0.005 / 0.022): pair(birth=19850930),
        exact / (0.99 / 0.745) * (0.01 / 0.255): pair(sex="Female"),
        exact * 0.9 / 0.000001: pair(pnc_id=("2001/0000123X", "2001/0000123X")),
        exact * 0.07 / 0.00005: pair(pnc_id=("2001/0000123X", "2001/0000132X")),
        exact * 0.03 / 0.999949: pair(prison_number=("A1234BC", "Z9876YX")),
        0.84 / 0.0006 * 0.93 / 0.0000685 * 0.99 / 0.745: pair(forename=None),
    }
    odds = np.array(list(rows)) / 999_999
    found = probabilities(pd.DataFrame(list(rows.values())), people=1_000_000)
    np.testing.assert_allclose(found, odds / (1 + odds), atol=1e-6)


def test_the_model_file_is_what_its_script_makes():
    assert model.FILE.read_text(encoding="utf-8") == model.text()


def test_the_models_probabilities_add_up_to_one():
    for levels in model.COMPARISONS.values():
        for column in (1, 2):
            assert sum(level[column] for level in levels) == pytest.approx(1, abs=1e-12)
        assert levels[-1][0] == "ELSE"
