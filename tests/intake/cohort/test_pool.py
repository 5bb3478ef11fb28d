"""The pool: every eligible sentence has the same chance."""

import pandas as pd
import pytest
from support.hand_made import eligibility, opened, order, sentence

from helpers.intake.cohort import draws
from helpers.intake.cohort.pool import counts, draw, window

LOCATED = pd.DataFrame(
    {"index_date": pd.to_datetime(["2020-06-01", "2021-06-30", "2030-01-01"]),
     "left_out": [None, None, "no suitable sentence"]}
)  # fmt: skip
NOBODY = pd.Series([], dtype="str")
SEED = 3


@pytest.fixture(scope="module")
def people() -> dict[str, list[str]]:
    """1,400 people with 1 to 7 sentences each, the latest first in the table."""
    number = {f"P{i:04d}": 1 + i % 7 for i in range(1400)}
    return {p: [f"2021-0{m}-15" for m in range(n, 0, -1)][:6] + ["2021-06-30"] * (n > 6)
            for p, n in number.items()}  # fmt: skip


@pytest.fixture(scope="module")
def drawn(people):
    rows = [
        sentence(index, person_id=person, sentence_id=f"{person}-{i}")
        for person, dates in people.items()
        for i, index in enumerate(dates)
        if index <= "2021-06-30"
    ]
    with opened(sentence=rows) as records:
        made = draw(records, LOCATED, NOBODY, eligibility(), SEED)
    return made, pd.DataFrame(rows)


def test_the_window_is_that_of_people_with_a_suitable_sentence():
    first, last = window(LOCATED)
    assert (first, last) == (pd.Timestamp("2020-06-01"), pd.Timestamp("2021-06-30"))
    assert window(LOCATED.iloc[2:]) is None


def test_who_is_kept_and_which_sentence_follow_from_the_id_alone(drawn):
    found, rows = drawn
    rows = rows.sort_values(["person_id", "index_date", "sentence_id"])
    of = rows.groupby("person_id")["sentence_id"].apply(list)
    assert found["person_id"].tolist() == sorted(of.index)
    for row in found.itertuples():
        sentences = of[row.person_id]
        n = len(sentences)
        assert row.sentences == n
        keep, number = (
            int(draws.units(SEED, purpose, [row.person_id])[0])
            for purpose in ("keep", "sentence")
        )
        if keep * 5 < min(n, 5) * 2**64:
            assert row.sentence_id == sentences[number * n // 2**64]
        else:
            assert pd.isna(row.sentence_id)


def test_the_share_kept_is_a_fifth_for_each_sentence_up_to_five(drawn):
    """200 people of each number: a share's standard error is at most 0.035."""
    table = counts(drawn[0]).set_index("eligible sentences")
    assert table["people"].sum() == 1400
    for n, share in (table["kept"] / table["people"]).items():
        assert share == pytest.approx(n / 5, abs=4 * 0.035)
    assert table.loc[5, "kept"] == table.loc[5, "people"]


def kept_below(found, chance):
    """Who is kept must be who has a draw below the chance (a fraction by sentences)."""
    u = draws.units(SEED, "keep", found["person_id"]) / 2**64
    below = u < found["sentences"].map(chance)
    assert (below == found["sentence_id"].notna()).all()


def test_as_many_with_few_sentences_are_left_out_as_submitted_with_more(people):
    """200 people each with one, two and three sentences; of two, 100 are on the list.

    The shares not submitted are 1, 1/2 and 1, the smallest 1/2. Of a person with three
    the third counts half: half of those with two were taken before. So the chances are
    1/5 · 1/2, (1 + 1)/5 and (1 + 1 + 1/2)/5 · 1/2, and the third sentence of three is
    taken by one in five.
    """
    rows = [
        sentence(index, person_id=person, sentence_id=f"{person}-{index}")
        for person, dates in people.items()
        if len(dates) <= 3
        for index in dates
    ]
    on_list = pd.Series([p for p, dates in people.items() if len(dates) == 2][::2])
    with opened(sentence=rows) as records:
        found = draw(records, LOCATED, on_list, eligibility(), SEED)
    assert found["sentences"].value_counts().to_dict() == {1: 200, 2: 100, 3: 200}
    kept_below(found, {1: 1 / 10, 2: 2 / 5, 3: 1 / 4})
    three = found[(found["sentences"] == 3) & found["sentence_id"].notna()]
    u = draws.units(SEED, "sentence", three["person_id"]) / 2**64
    month = three["sentence_id"].str.split("-").str[2].astype(int)
    assert (month == 1 + (u >= 2 / 5) + (u >= 4 / 5)).all()


def test_numbers_that_few_have_are_taken_with_those_below(people):
    """With 200 of one sentence, and 20 of two of whom 11 are on the list: one share."""
    some = [p for p, dates in people.items() if len(dates) == 1]
    two = [p for p, dates in people.items() if len(dates) == 2][:20]
    rows = [
        sentence(index, person_id=person, sentence_id=f"{person}-{i}")
        for person in [*some, *two]
        for i, index in enumerate(people[person])
    ]
    with opened(sentence=rows) as records:
        found = draw(records, LOCATED, pd.Series(two[:11]), eligibility(), SEED)
    assert found["sentences"].value_counts().to_dict() == {1: 200, 2: 9}
    kept_below(found, {1: 1 / 5, 2: 2 / 5})


def test_only_people_who_are_not_submitted_with_an_eligible_sentence_in_time():
    rows = [
        sentence("2020-06-01", person_id="A"),  # the first day
        sentence("2021-06-30", person_id="B"),  # the last
        sentence("2020-05-31", person_id="C"),  # a day before
        sentence("2021-07-01", person_id="D"),  # a day after
        order("2021-01-01", person_id="E"),  # another type
        sentence("2021-01-01", person_id="F"),  # submitted
        sentence("2021-01-01", person_id="A"),
        order("2021-01-02", person_id="A"),
    ]
    rows = [row | {"sentence_id": str(i)} for i, row in enumerate(rows)]
    with opened(sentence=rows) as records:
        rules = eligibility(sentence="custody")
        found = draw(records, LOCATED, pd.Series(["F", "F"]), rules, SEED)
        none = draw(records, LOCATED.iloc[2:], NOBODY, rules, SEED)
    assert dict(zip(found["person_id"], found["sentences"], strict=True)) == {
        "A": 2, "B": 1,
    }  # fmt: skip
    assert none.empty and list(none) == list(found)
