"""A hand-made extract through the whole of intake: every rule at its edge.

Read support/hand_made_people.py first: it has the people, on which edge each of them
stands, and beside each what must become of them and why.
"""

from hashlib import sha256
from math import log

import pandas as pd
import pytest
from support import spark
from support.hand_made import (
    SEED,
    eligibility,
    extract,
    submitted,
    whole_path,
    write,
)
from support.hand_made_people import (
    AGE,
    ANALYSED,
    ANOTHER,
    BEFORE,
    BOX,
    DONORS,
    EVERYONE,
    NO_SENTENCE,
    OTHER,
    POOL,
    POOL_BOX,
    REOFFENDED,
    TOO_RECENT,
    TREATED,
)

from helpers.files import SHARED
from helpers.intake.cohort.losses import BOXES, boxes, by_box
from helpers.intake.records import impossible
from helpers.intake.records.shared.place import Shared


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("hand_made")
    write(extract(TREATED + POOL), place)
    return place


@pytest.fixture(scope="module")
def lines():
    return submitted(TREATED, OTHER)


@pytest.fixture(scope="module")
def found(folder, lines):
    return whole_path(folder, lines)


@pytest.fixture(scope="module")
def spark_engine(tmp_path_factory):
    with spark.running(tmp_path_factory.mktemp("spark")) as engine:
        yield engine


@pytest.fixture(scope="module")
def cohort(found):
    return found.cohort


def analysed(cohort, person):
    rows = cohort[(cohort["person_id"] == person) & boxes(cohort).isna()]
    assert len(rows) == 1, person
    return rows.iloc[0]


# boxes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who", [p.person_id for p in TREATED] + [o["who"] for o in OTHER]
)
def test_every_submitted_line_is_in_the_box_of_its_comment(who, cohort, lines):
    treated = cohort[cohort["treatment"] == 1]
    mine = boxes(treated)[(lines["who"] == who).to_numpy()].fillna(ANALYSED)
    assert mine.tolist() == BOX.get(who, [ANALYSED])


def test_the_pool_is_the_people_of_the_comments(cohort):
    rows = cohort[cohort["treatment"] == 0].set_index("person_id")
    assert boxes(rows).fillna(ANALYSED).to_dict() == POOL_BOX


def test_every_box_of_the_method_has_a_person(cohort):
    table = by_box(cohort).set_index("box")["treatment"]
    assert table["submitted"] == len(TREATED) - 1 + 2 + len(OTHER)  # two have two lines
    assert (table[[b for b in BOXES if b != "outcome missing"]] > 0).all()
    assert table["outcome missing"] == 0


def test_ids_are_of_the_register_where_a_line_stands_for_a_person(cohort, lines):
    ids = cohort.loc[cohort["treatment"] == 1, "person_id"]
    assert cohort["person_id"].is_unique
    stands = {"T21": 1, "T22": 0}  # the place of the line that stands for the person
    for who, place in stands.items():
        mine = ids[(lines["who"] == who).to_numpy()].tolist()
        assert mine[place] == who and mine[1 - place].startswith("line ")


# index sentences ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "sentence_id", "delay", "rule"),
    [
        ("T01", "T01-1", 10, "support began after the index date"),
        ("T07", "T07-2", 10, "support began after the index date"),
        ("T17", "T17-1", -120, "support began in custody"),
        ("T21", "T21-1", 10, "support began after the index date"),
        ("T23", "T23-1", 180, "support began after the index date"),
        ("T24", "T24-1", 365, "index date given"),
        ("T28", "T28-1", 10, "conviction date given"),
        ("T30", "T30-1", -30, "support began before the index date"),
    ],
)
def test_the_index_sentence_and_the_delay(person, sentence_id, delay, rule, found):
    located = found.located[found.located["left_out"] != ANOTHER]
    row = located.set_index("person_id").loc[person]
    assert (row["sentence_id"], row["delay"], row["found_by"]) == (
        sentence_id, delay, rule,
    )  # fmt: skip


# outcomes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "person",
    [p.person_id for p in TREATED if BOX.get(p.person_id, [ANALYSED]) == [ANALYSED]]
    + [p for p, box in POOL_BOX.items() if box == ANALYSED],
)
def test_reoffending_is_that_of_the_comment(person, cohort):
    row = analysed(cohort, person)
    day = REOFFENDED.get(person)
    assert row["reoffended"] == (day is not None)
    assert (row["reoffences"] > 0) == (day is not None)
    if day is None:
        assert pd.isna(row["days_to_first_reoffence"])
        assert pd.isna(row["custody_for_first_reoffence"])
    else:
        assert row["days_to_first_reoffence"] == day


def test_an_offence_of_day_0_is_listed_as_a_check(found):
    day_0 = found.outcomes.set_index("person_id")["reoffences_on_day_0"]
    assert day_0["T01"] == 1 and day_0.drop("T01").sum() == 0


def test_the_first_reoffence_and_the_counts_of_several(cohort):
    row = analysed(cohort, "T29")
    assert row["reoffences"] == 3
    assert [row[f"first_reoffence_{m}"] for m in ("indictable", "either_way", "summary")
            ] == [0, 1, 0]  # fmt: skip
    assert [row[f"reoffences_{m}"] for m in ("indictable", "either_way", "summary")
            ] == [1, 1, 1]  # fmt: skip
    assert row["custody_for_first_reoffence"] == 1
    assert row["custodial_reoffences"] == 1
    assert analysed(cohort, "T11")["custody_for_first_reoffence"] == 0


def test_people_left_out_have_no_outcome(cohort):
    lost = cohort[boxes(cohort).notna()]
    columns = ["reoffended", "reoffences", "days_to_first_reoffence"]
    assert lost[columns].isna().all(axis=None)


# draws --------------------------------------------------------------------------------


def u(purpose: str, person: str) -> float:
    """As method.md has it, written anew."""
    digest = sha256(f"{SEED}|{purpose}|{person}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def test_the_draws_are_those_of_the_comments():
    keep = {"Q01": 0.846, "Q03": 0.050, "Q06": 0.040, "Q02": 0.302, "Q12": 0.460,
            "Q35": 0.134, "Q39": 0.088, "Q43": 0.197}  # fmt: skip
    for person, value in keep.items():
        assert u("keep", person) == pytest.approx(value, abs=0.0005)
    assert u("sentence", "Q02") == pytest.approx(0.972, abs=0.0005)
    for person, value in {"Q03": 0.622, "Q06": 0.222, "Q39": 0.398}.items():
        assert u("delay", person) == pytest.approx(value, abs=0.0005)


def test_of_several_sentences_the_drawn_one_is_taken_in_order_of_index_date(found):
    drawn = found.drawn.set_index("person_id")
    assert drawn.loc["Q02", ["sentences", "sentence_id"]].tolist() == [3, "Q02-1"]
    assert drawn.loc[["Q01", "Q12"], "sentence_id"].isna().all()
    assert "Q37" not in drawn.index  # before the window
    assert not set(drawn.index) & {"T19", "T20", "T22"}  # under review, or submitted


@pytest.mark.parametrize("person", ["Q03", "Q06", "T27"])
def test_the_delay_is_drawn_from_the_donors_of_the_quarter(person, found):
    expected = DONORS[int(u("delay", person) * len(DONORS))][1]
    assert expected == 10
    people = found.people.set_index("person_id")
    assert people.loc[person, "delay"] == expected


def test_without_donors_of_the_type_the_delay_is_drawn_from_everyone(found):
    assert len(EVERYONE) == found.delays.donors == 22
    expected = EVERYONE[int(u("delay", "Q39") * len(EVERYONE))][1]
    assert found.people.set_index("person_id").loc["Q39", "delay"] == expected == 10


def test_what_was_done_about_support_that_began_later(found):
    delays = found.delays
    assert delays.corrected
    assert (delays.missing, delays.treated) == (1, 24)  # T27, of 23 analysed and T15
    assert delays.summary.set_index("what")["people"].tolist() == [1, 22, 1, 1]


# covariates ---------------------------------------------------------------------------


def test_covariates_are_dated_before_support_that_began_in_prison(cohort):
    """From 1 November 2015 to 1 November 2020 are 1,827 days."""
    row = analysed(cohort, "T17")
    assert row["previous_offences"] == 2
    assert row["previous_convictions"] == 1
    assert row["previous_cautions"] == 1
    assert row["copas_rate"] == pytest.approx(log(3 / (1827 / 365.25 + 10)), abs=1e-12)
    assert row["age_first_offence"] == 18  # born in June 1997, October 2015
    assert (row["days_to_support"], row["support_after_index"]) == (0, "No")


def test_an_earlier_custodial_sentence_counts_by_its_length(cohort):
    row = analysed(cohort, "T07")
    assert row["previous_custody"] == 1
    assert row["previous_custody_under_12_months"] == 1  # 364 days
    assert row["previous_custody_12_months_or_more"] == 0
    assert row["previous_convictions"] == 1  # between the sentences
    assert (row["days_to_support"], row["support_after_index"]) == (10, "Yes")


def test_who_has_no_earlier_offence_has_the_lowest_copas_rate(cohort):
    row = analysed(cohort, "T10")
    assert row["copas_rate"] == pytest.approx(log(1 / 10), abs=1e-12)
    assert row["age_first_offence"] == 16  # at conviction, 10 January 2020
    assert (row["age"], row["age_squared"], row["index_quarter"]) == (
        18,
        324,
        "2021 Q1",
    )
    assert row["sentence_length_band"] == "12 months to under 4 years"  # 400 days


def test_lost_people_with_a_sentence_keep_their_covariates(cohort):
    lost = cohort[boxes(cohort).isin([AGE, TOO_RECENT, BEFORE])]
    assert lost[["age", "sex", "disposal", "copas_rate"]].notna().all(axis=None)


# the year before the conviction -------------------------------------------------------


def test_everybody_who_goes_on_has_an_earlier_year(found, cohort):
    going_on = set(cohort.loc[boxes(cohort).isna(), "person_id"])
    assert set(found.earlier["person_id"]) == going_on
    assert found.earlier["why"].isna().all()


def test_the_earlier_year_of_a_person_with_two_sentences(found):
    """Locked up again and convicted on 10 February 2021: the year is 13 August 2019 to
    11 August 2020. Of it 10 January to 11 August were spent in the first sentence: 22,
    29, 31, 30, 31, 30, 31 and 11 days. The offence of January 2021 comes after it.
    """
    row = found.earlier.set_index("person_id").loc["T07"]
    assert (row["offended_before"], row["days_in_custody_before"]) == (0, 215)
    assert (row["age"], row["previous_convictions"]) == (32, 0)


# other requests -----------------------------------------------------------------------


def test_a_youth_request_has_people_under_18_in_both_groups(folder, lines):
    cohort = whole_path(folder, lines, eligibility(minimum_age=10)).cohort
    assert analysed(cohort, "T09")["age"] == 17
    assert analysed(cohort, "Q35")["age"] == 17


def test_a_request_for_community_orders_uses_no_other_sentence(folder, lines):
    found = whole_path(folder, lines, eligibility(sentence="community"))
    box = boxes(found.cohort[found.cohort["treatment"] == 1])
    box.index = lines["who"]
    assert box[["T01", "T07", "T17"]].eq(NO_SENTENCE).all()
    assert box[["T08", "T30"]].isna().all()
    assert found.drawn.empty  # no pool person has an order in the window


def test_an_excluded_offence_group_is_excluded_from_both_groups(folder, lines):
    rules = eligibility(exclude_offence_groups=("Theft",))
    found = whole_path(folder, lines, rules)
    assert not boxes(found.cohort).isna().any() and found.drawn.empty


@pytest.mark.slow
def test_spark_gives_every_column_as_duckdb_does(
    folder, lines, found, spark_engine, tmp_path, monkeypatch
):
    """So that all that is held above of one engine holds of the other.

    First the records are read and what requests share is built, then it is at hand.
    """
    monkeypatch.setattr(impossible, "ROWS", 100)  # nearly all have the same dates
    shared = Shared(tmp_path / SHARED, "hand-made", None)
    for at_hand in (False, True):
        assert any(shared.folder.glob("*/contents.json")) == at_hand
        there = whole_path(folder, lines, engine=spark_engine, shared=shared)
        all_the_same(found, there)


def all_the_same(one, other):
    """Hold every table that the whole path brings out against that of another."""
    ours, theirs = vars(one), vars(other)
    names = [name for name in ours if isinstance(ours[name], pd.DataFrame)]
    assert {"located", "drawn", "people", "outcomes", "cohort", "earlier"} <= set(names)
    for name in names:
        pd.testing.assert_frame_equal(theirs[name], ours[name])
    for name in ("links", "review", "listed"):
        of = (getattr(made.linkage, name) for made in (one, other))
        pd.testing.assert_frame_equal(*of)
