"""What was known before the cut-off."""

from math import log

import pandas as pd
import pytest
from support.hand_made import offence, opened, sentence

from helpers.intake.cohort.history import covariates

#: released on 1 March 2021, convicted and locked up on 10 January 2020
DEFAULT = {
    "person_id": "A", "sentence_id": "1", "index_date": "2021-03-01",
    "conviction_date": "2020-01-10", "custody_start": "2020-01-10",
    "cut_off": "2021-03-01", "date_of_birth": "1985-06-15", "age": 35,
    "disposal": "custody", "sentence_length_days": 400, "sex": "Male",
    "nationality": "British",
}  # fmt: skip
DATES = [c for c in DEFAULT if c.endswith(("date", "start", "off", "birth"))]


def people(**changes) -> pd.DataFrame:
    made = pd.DataFrame([DEFAULT | changes])
    made[DATES] = made[DATES].apply(pd.to_datetime).astype("datetime64[us]")
    return made


def of(offences=(), sentences=(), spells=None, **changes) -> pd.Series:
    own = {"person_id": "A"}
    rows = {"offence": [own | o for o in offences],
            "sentence": [own | {"sentence_id": str(i)} | s
                         for i, s in enumerate(sentences, start=1)]}  # fmt: skip
    rows |= {name: [own | s for s in of] for name, of in (spells or {}).items()}
    with opened(**rows) as records:
        return covariates(records, people(**changes)).loc[0]


def test_the_copas_rate_by_hand():
    """Three convictions and a caution, the first 3,653 days before the cut-off."""
    first = str((pd.Timestamp("2021-03-01") - pd.Timedelta(days=3653)).date())
    row = of([
        offence("2010-01-01", first),
        offence("2010-02-01", first),  # the same day in court: one conviction
        offence("2015-01-01"), offence("2018-01-01"),
        offence("2016-01-01", outcome="reprimand"),
        offence("2016-01-01", outcome="penalty_notice"),  # no proof
    ])  # fmt: skip
    assert row["previous_offences"] == 5
    assert row["previous_convictions"] == 3
    assert row["previous_cautions"] == 1
    assert row["copas_rate"] == pytest.approx(log(5 / (3653 / 365.25 + 10)), abs=1e-12)


def test_earlier_means_committed_and_proven_before_the_cut_off():
    row = of([
        offence("2021-02-27", "2021-02-28"),  # the day before: counts
        offence("2021-02-27", "2021-03-01"),  # proven on the cut-off
        offence("2021-03-01", "2021-03-02"),
        offence("2019-12-01", "2020-01-10"),  # the index conviction
        offence("2019-12-01", "2020-01-10", outcome="caution"),  # not a conviction
        offence("2019-12-01") | {"proven_date": None},
        offence("2019-12-01") | {"offence_date": None},
    ])  # fmt: skip
    assert row["previous_convictions"] == 1
    assert row["previous_cautions"] == 1
    assert row["previous_offences"] == 2


@pytest.mark.parametrize(
    ("offences", "age"),
    [
        ([offence("2005-06-14"), offence("2010-01-01")], 19),  # a day before 20
        ([offence("2005-06-15")], 20),
        ([offence("2019-06-15", "2020-01-10")], 34),  # the index conviction's alone
        ([], 34),  # at conviction
    ],
)
def test_age_at_first_offence(offences, age):
    assert of(offences)["age_first_offence"] == age


def test_custodial_sentences_by_length():
    earlier = {"conviction_date": "2015-01-01", "custody_start": "2015-01-01"}
    row = of(sentences=[
        sentence(),  # the index sentence
        sentence("2015-03-01", **earlier, sentence_length_days=364),
        sentence("2015-04-01", **earlier, sentence_length_days=365),
        sentence("2015-05-01", **earlier, sentence_length_days=None),
        sentence("2021-03-01"),  # of the index conviction
        sentence("2022-01-01", conviction_date="2021-03-01"),  # on the cut-off
        sentence("2015-05-01", **earlier, disposal="fine"),
    ])  # fmt: skip
    assert row["previous_custody"] == 3
    assert row["previous_custody_under_12_months"] == 1
    assert row["previous_custody_12_months_or_more"] == 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2018-01-01", None, "Yes"),
        ("2020-01-09", "2020-01-09", "Yes"),  # the last day
        ("2020-01-10", None, "No"),  # the day itself
        ("2018-01-01", "2019-01-10", "Yes"),  # the first of the 365 days
        ("2018-01-01", "2019-01-09", "No"),
    ],
)
def test_work_on_any_of_the_365_days_before(start, end, expected):
    spell = {"from": start, "to": end, "kind": "work"}
    row = of(spells={"employment": [spell]})
    assert row["employed"] == expected
    assert pd.isna(row["on_benefits"])  # there is no such table


@pytest.mark.parametrize("changes", [
    {"custody_start": "2020-06-01"}, {"conviction_date": "2020-06-01"},
    {"custody_start": None, "conviction_date": "2020-06-01", "cut_off": "2020-01-10"},
])  # fmt: skip
def test_those_days_end_with_the_earliest_of_the_dates(changes):
    spell = {"from": "2018-01-01", "to": "2019-01-10", "kind": "any"}
    assert of(spells={"benefit": [spell]}, **changes)["on_benefits"] == "Yes"
    late = {"from": "2020-01-10", "to": None, "kind": "any"}
    assert of(spells={"benefit": [late]}, **changes)["on_benefits"] == "No"


@pytest.mark.parametrize(
    ("days", "disposal", "band"),
    [
        (181, "custody", "under 6 months"),
        (182, "custody", "6 months to under 12 months"),
        (364, "custody", "6 months to under 12 months"),
        (365, "community order", "12 months to under 4 years"),
        (1460, "custody", "12 months to under 4 years"),
        (1461, "custody", "4 years or more"),
        (None, "fine", "no length"),
        (None, "custody", None),
    ],
)
def test_bands_of_sentence_length(days, disposal, band):
    row = of(sentence_length_days=days, disposal=disposal)
    found = row["sentence_length_band"]
    assert pd.isna(found) if band is None else found == band


@pytest.mark.parametrize(
    ("sex", "nationality", "expected"),
    [("Female", "British", ["Female", "Yes"]), ("Male", "Irish", ["Male", "No"]),
     ("Unknown", None, [None, None])],
)  # fmt: skip
def test_what_is_not_known_stays_missing(sex, nationality, expected):
    row = of(sex=sex, nationality=nationality)
    found = row[["sex", "uk_national"]]
    assert [None if pd.isna(x) else x for x in found] == expected
