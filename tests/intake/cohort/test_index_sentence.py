"""The index sentence: which one is taken, and which line stands for a person."""

import numpy as np
import pandas as pd
import pytest
from support.hand_made import eligibility, opened, order, sentence
from support.hand_made_people import ANOTHER, NO_SENTENCE

from helpers.errors import DataError
from helpers.intake.cohort.index_sentence import (
    GIVEN,
    by_rule,
    eligible,
    locate,
)


def a_line(person="A", number=2, **dates) -> dict:
    return {"line": number, "person_id": person} | dates


def frame(lines) -> pd.DataFrame:
    made = pd.DataFrame(lines, columns=["line", "person_id", *GIVEN])
    for name in GIVEN:
        made[name] = pd.to_datetime(made[name]).astype("datetime64[us]")
    return made


def found(sentences, lines, **rules) -> pd.DataFrame:
    rows = [{"person_id": "A"} | s for s in sentences]
    rows = [{"sentence_id": str(i)} | row for i, row in enumerate(rows, start=1)]
    with opened(sentence=rows) as records:
        return locate(records, frame(lines), eligibility(**rules))


def one(sentences, **dates):
    """The number of the sentence found, from 1; None if none is."""
    row = found(sentences, [a_line(**dates)]).iloc[0]
    return None if pd.isna(row["sentence_id"]) else int(row["sentence_id"])


START = "intervention_start"
FREE = {"custody_start": None}


@pytest.mark.parametrize(
    ("sentences", "dates", "expected"),
    [
        # the nearest index date, not the latest
        ([sentence("2021-03-01"), sentence("2021-03-06")],
         {"index_date": "2021-03-03"}, 1),
        # a tie goes to the later index date
        ([sentence("2021-03-01"), sentence("2021-03-07")],
         {"index_date": "2021-03-04"}, 2),
        # of one index date to the lower sentence_id
        ([sentence("2021-03-01"), sentence("2021-03-01")],
         {"index_date": "2021-03-01"}, 1),
        # 7 days off, and 8
        ([sentence("2021-03-01")], {"index_date": "2021-02-22"}, 1),
        ([sentence("2021-03-01")], {"index_date": "2021-02-21"}, None),
        # the conviction date likewise; a tie goes to the later index date
        ([sentence("2021-03-01"), sentence("2021-05-01")],
         {"conviction_date": "2020-01-17"}, 2),
        # an index date that finds a sentence goes before a start of support
        ([sentence("2021-03-01"), sentence("2021-06-01")],
         {"index_date": "2021-03-01", START: "2021-06-01"}, 1),
        # support in custody goes before a release shortly before
        ([sentence("2021-03-01"), sentence("2021-09-01", custody_start="2021-03-10")],
         {START: "2021-03-20"}, 2),
        # on the first and on the last day of custody
        ([sentence("2021-09-01", custody_start="2021-03-20")],
         {START: "2021-03-20"}, 1),
        ([sentence("2021-03-20")], {START: "2021-03-20"}, 1),
        # of two sentences in custody the later release
        ([sentence("2021-09-01"), sentence("2021-12-01")], {START: "2021-03-20"}, 2),
        # the latest before, within 180 days
        ([sentence("2021-03-01", **FREE), sentence("2021-03-09", **FREE)],
         {START: "2021-03-20"}, 2),
        ([sentence("2021-03-01")], {START: "2021-08-28"}, 1),  # 180 days
        ([sentence("2021-03-01")], {START: "2021-08-29"}, None),  # 181
        # one before goes before one after; of those after the earliest, within 180 days
        ([order("2021-03-01"), order("2021-03-21")], {START: "2021-03-20"}, 1),
        ([order("2021-04-01"), order("2021-03-21")], {START: "2021-03-20"}, 2),
        ([order("2021-08-28")], {START: "2021-03-01"}, 1),
        ([order("2021-08-29")], {START: "2021-03-01"}, None),
        # not yet released: no index date
        ([sentence(None)], {START: "2021-03-20"}, None),
    ],
)  # fmt: skip
def test_which_sentence_is_found(sentences, dates, expected):
    assert one(sentences, **dates) == expected


def boxes(located) -> list[str]:
    return located["left_out"].fillna("").tolist()


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        # both find the one sentence: the earlier start of support stands
        (["2021-03-20", "2021-03-10"], [ANOTHER, ""]),
        # equal lines: the lower line
        (["2021-03-20", "2021-03-20"], ["", ANOTHER]),
        # the one that finds nothing never stands for one that does
        (["2020-01-01", "2021-03-10"], [ANOTHER, ""]),
        # neither finds one: the first line, whatever its start
        (["2023-05-01", "2023-01-01"], [NO_SENTENCE, ANOTHER]),
    ],
)
def test_which_line_stands_for_a_person(starts, expected):
    lines = [a_line(number=i, intervention_start=s) for i, s in enumerate(starts, 2)]
    assert boxes(found([sentence("2021-03-01")], lines)) == expected


@pytest.mark.parametrize(("start", "box"), [("2022-02-28", ""),
                                            ("2022-03-01", NO_SENTENCE)])  # fmt: skip
def test_support_from_day_365_on_has_no_suitable_sentence(start, box):
    line = a_line(index_date="2021-03-01", intervention_start=start)
    assert boxes(found([sentence("2021-03-01")], [line])) == [box]


def test_who_was_found_how_is_counted_by_person():
    lines = [
        a_line(index_date="2021-03-01"),
        a_line(number=3, intervention_start="2021-03-02"),
        a_line("B", 4, intervention_start="2021-03-02"),
    ]
    table = by_rule(found([sentence("2021-03-01")], lines))
    people = table.set_index("rule")["people"]
    # of A's two lines, which find one sentence, the one with a start of support stands
    assert people["support began after the index date"] == 1
    assert people["none found"] == 1 and people.sum() == 2


def test_nobody_linked_is_nobody_located():
    assert found([sentence()], []).empty


def test_types_and_offence_groups_are_those_asked_for():
    disposals = ["custody", "community order", "suspended sentence order",
                 "youth rehabilitation order", "fine", "discharge",
                 "other"]  # fmt: skip
    rows = [
        sentence(person_id="A", sentence_id=str(i), disposal=d, offence_group=g)
        for i, (d, g) in enumerate(zip(disposals, "abcabc", strict=False))
    ]
    rows.append(sentence(person_id="A", sentence_id="6", disposal="other",
                         offence_group=None))  # fmt: skip

    def ids(**rules):
        found = records.frame(eligible(records, eligibility(**rules)))
        return sorted(found["sentence_id"])

    with opened(sentence=rows) as records:
        assert ids(sentence="custody") == ["0"]
        assert ids(sentence="community") == ["1", "2", "3"]
        assert ids() == list("0123456")
        assert ids(exclude_offence_groups=("a", "b")) == ["2", "5", "6"]


def test_a_misspelt_offence_group_is_no_group_left_out():
    with pytest.raises(DataError) as error:
        found([sentence("2021-03-01")], [a_line()],
              exclude_offence_groups=("Sexaul",))  # fmt: skip
    line = str(error.value)
    assert line.startswith("eligibility.exclude_offence_groups: the records have no ")
    assert "offence group Sexaul; write one of " in line


@pytest.fixture(scope="module")
def many():
    """Sentences and lines of 300 people at random."""
    draw = np.random.default_rng(1)

    def days(n):
        return pd.Timestamp("2020-01-01") + pd.to_timedelta(
            draw.integers(0, 900, n), "D"
        )

    who = draw.integers(0, 300, 800)
    kind = draw.choice(["custody", "fine"], 800)
    rows = [
        sentence(index, disposal=kind[i], person_id=f"P{who[i]}", sentence_id=str(i),
                 custody_start=index - pd.Timedelta(int(draw.integers(0, 300)), "D"))
        for i, index in enumerate(days(800))
    ]  # fmt: skip
    lines = [a_line(f"P{draw.integers(0, 300)}", i, intervention_start=start)
             for i, start in enumerate(days(700))]  # fmt: skip
    return rows, lines


def test_a_wider_window_loses_nobody(many):
    rows, lines = many
    with opened(sentence=rows) as records:
        before = set()
        for window in (0, 30, 180, 364):
            located = locate(records, frame(lines), eligibility(window_days=window))
            now = set(located.loc[located["sentence_id"].notna(), "line"])
            assert before <= now
            before = now
            # whatever is found, exactly one line stands for each person
            stands = located[located["left_out"] != ANOTHER]
            assert stands["person_id"].is_unique
            assert set(stands["person_id"]) == set(located["person_id"])


def test_the_order_of_rows_does_not_matter(many):
    rows, lines = many
    with opened(sentence=rows) as records:
        once = locate(records, frame(lines), eligibility())
    with opened(sentence=rows[::-1]) as records:
        again = locate(records, frame(lines[::-1]), eligibility())
    pd.testing.assert_frame_equal(once, again)
