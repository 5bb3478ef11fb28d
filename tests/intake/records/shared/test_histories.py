"""Dated histories: on every day the same as counting everything anew."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import effort
from support.hand_made import offence, opened, sentence

from helpers.intake.cohort.history import covariates
from helpers.intake.records.shared import histories

DAY_0 = date(2020, 1, 1)
BORN = "1985-06-15"


def day(number: int | None) -> str | None:
    return None if number is None else str(DAY_0 + timedelta(days=number))


def seldom(*values):
    """A number of a day in one of these ranges, now and then none at all."""
    return st.one_of(*[st.integers(0, 20)] * 5, *values, st.none())


OFFENCES = st.lists(
    st.fixed_dictionaries({
        "offence_date": seldom(st.integers(-9, 30)),
        "proven_date": seldom(),
        "outcome": st.sampled_from(
            ["conviction", "conviction", "caution", "warning", "penalty_notice"]),
    }), max_size=7,
)  # fmt: skip
SENTENCES = st.lists(
    st.fixed_dictionaries({
        "conviction_date": seldom(),
        "wait": st.one_of(st.integers(0, 15), st.none()),
        "disposal": st.sampled_from(["custody", "community order"]),
        "sentence_length_days": st.sampled_from([30, 364, 365, 900, None]),
    }), min_size=1, max_size=4,
)  # fmt: skip
#: days between support and release, and whether the year before is asked instead
PEOPLE = st.lists(
    st.tuples(OFFENCES, SENTENCES, st.sampled_from([0, 0, 1, 5, 25]), st.booleans()),
    min_size=1, max_size=6,
)  # fmt: skip


def plain(offences: list, sentences: list, own: dict, cut_off: date) -> dict:
    """The record before a cut-off, as method.md section 1 says it, one by one."""
    proven = [o for o in offences if o["outcome"] != "penalty_notice"]
    of_own = [
        o for o in proven
        if o["outcome"] == "conviction" and o["proven_date"] is not None
        and o["proven_date"] == own["conviction_date"]
    ]  # fmt: skip
    earlier = [
        o for o in proven
        if o not in of_own and o["offence_date"] and o["proven_date"]
        and max(o["offence_date"], o["proven_date"]) < str(cut_off)
    ]  # fmt: skip
    custody = [
        s["sentence_length_days"] for s in sentences
        if s["disposal"] == "custody" and s["conviction_date"]
        and s["conviction_date"] < str(cut_off)
        and s["conviction_date"] != own["conviction_date"]
    ]  # fmt: skip
    convicted = {o["proven_date"] for o in earlier if o["outcome"] == "conviction"}
    others = {o["proven_date"] for o in earlier if o["outcome"] != "conviction"}
    first = min((o["offence_date"] for o in earlier), default=None) or min(
        filter(None, (o["offence_date"] for o in of_own)), default=None
    )
    first = first or own["conviction_date"]
    years = None
    if first is not None:
        years = int(first[:4]) - 1985 - (first[5:] < BORN[5:])
    lengths = [n for n in custody if n is not None]
    return {
        "previous_offences": len(earlier),
        "previous_convictions": len(convicted),
        "previous_cautions": len(others),
        "age_first_offence": years,
        "previous_custody": len(custody),
        "previous_custody_under_12_months": sum(n < 365 for n in lengths),
        "previous_custody_12_months_or_more": sum(n >= 365 for n in lengths),
        "first_proven": min((o["proven_date"] for o in earlier), default=None),
    }


def case(number, offences, sentences, delay, earlier):
    """One person's rows, with a cut-off and what must be known before it."""
    who = f"P{number}"
    offences = [
        o | {name: day(o[name]) for name in ("offence_date", "proven_date")}
        for o in offences
    ]
    dated = []
    for n, s in enumerate(sentences):
        start, wait = s["conviction_date"], s["wait"]
        release = None if wait is None else day((start or 0) + wait)
        dated.append({
            "sentence_id": f"{who}-{n}", "conviction_date": day(start),
            "custody_start": day(start), "index_date": release,
            "disposal": s["disposal"],
            "sentence_length_days": s["sentence_length_days"],
        })  # fmt: skip
    own = next((s for s in dated if s["index_date"]), None)
    if own is None:
        return who, offences, dated, None, None
    cut_off = date.fromisoformat(own["index_date"]) - timedelta(days=delay)
    if earlier:  # not yet convicted, of this or anything later
        cut_off, own = min(cut_off, DAY_0), own | {"conviction_date": None}
    person = {
        "person_id": who, "sentence_id": own["sentence_id"], "cut_off": cut_off,
        "index_date": own["index_date"], "conviction_date": own["conviction_date"],
        "custody_start": None, "date_of_birth": BORN, "age": 34,
        "disposal": own["disposal"], "sentence_length_days": 1, "sex": "Male",
        "nationality": "British",
    }  # fmt: skip
    return who, offences, dated, person, plain(offences, dated, own, cut_off)


@settings(max_examples=effort.examples(12), deadline=None)
@given(PEOPLE)
def test_the_record_before_any_cut_off_is_that_of_the_plain_count(people):
    """Distinct days of conviction, dates that are missing, offences dated after their
    proof, releases that lie on the day of conviction, and the year before."""
    cases = [case(n, *of) for n, of in enumerate(people)]
    rows = {"offence": [], "sentence": []}
    for who, offences, sentences, _, _ in cases:
        rows["offence"] += [
            offence("2020-01-01") | o | {"person_id": who} for o in offences
        ]
        rows["sentence"] += [sentence() | s | {"person_id": who} for s in sentences]
    cases = [(person, known) for *_, person, known in cases if person]
    if not cases:
        return
    asked = pd.DataFrame([person for person, _ in cases])
    days = ["index_date", "conviction_date", "custody_start", "cut_off",
            "date_of_birth"]  # fmt: skip
    asked[days] = asked[days].apply(pd.to_datetime).astype("datetime64[us]")
    with opened(**rows) as records:
        found = covariates(records, asked)
    expected = pd.DataFrame([known for _, known in cases])
    first = pd.to_datetime(expected.pop("first_proven"))
    for name in expected:
        pd.testing.assert_series_equal(
            found[name], expected[name].astype(float), check_names=False
        )
    years = (asked["cut_off"] - first).dt.days.fillna(0) / 365.25
    c = expected["previous_convictions"] + expected["previous_cautions"]
    ratio = (c + 1) / (years + 10)
    assert found["copas_rate"].map(lambda x: 2.718281828459045**x).tolist() == (
        pytest.approx(ratio.tolist())
    )


def test_states_follow_each_other_without_a_gap_and_hold_once():
    """Two convictions, and a release after the second: the record with and without."""
    rows = {
        "offence": [offence("2020-01-02", "2020-01-05") | {"person_id": "A"},
                    offence("2020-01-03", "2020-01-09") | {"person_id": "A"},
                    offence("2020-01-10", "2020-01-12") | {"person_id": "A"}],
        "sentence": [sentence("2020-01-20", person_id="A", sentence_id="1",
                              conviction_date="2020-01-09")],
    }  # fmt: skip
    with opened(**rows) as records:
        made = histories.made(records)
        states = records.frame(made["history"]).sort_values(["without", "after"])
        proven = records.frame(made["convictions"])
    told = [
        (str(row.without.date()), row.after.day, row.until.day, row.previous_offences)
        for row in states.itertuples()
    ]
    assert told == [
        ("1800-01-01", 5, 9, 1),
        ("1800-01-01", 9, 12, 2),
        ("1800-01-01", 12, 31, 3),  # 31 December 9999
        ("2020-01-09", 9, 12, 1),  # without the conviction, from the day after it
        ("2020-01-09", 12, 31, 2),
    ]
    assert proven["at_conviction"].tolist() == [pd.Timestamp("2020-01-03")]


def test_nothing_in_them_tells_who_somebody_is():
    with opened(offence=[offence("2020-01-01") | {"person_id": "A"}]) as records:
        tables = histories.made(records).values()
        columns = {column for table in tables for column in table.columns}
    assert not columns & {"surname", "forename", "date_of_birth", "pnc_id"}
