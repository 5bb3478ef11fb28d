"""A hand-made extract: everyone stands on one edge of the method.

Read this test first. Nobody in it is real. Unless a person's block says otherwise, a
submitted person was convicted and locked up on 10 January 2020 and released on 1 March
2021, which is the index date and day 0; support began on 11 March 2021, so that the
delay is 10. The records are complete to 30 June 2024.

    day 0     1 March 2021        day 365   1 March 2022
    day 1     2 March 2021        day 366   2 March 2022
    day 9     10 March 2021       day 548   31 August 2022
    day 10    11 March 2021       day 549   1 September 2022

Beside each person stands what must become of them and why. `analysed` is who goes on.
"""

from hashlib import sha256
from math import log

import pandas as pd
import pytest
from hand_made import (
    SEED,
    Person,
    eligibility,
    extract,
    line,
    offence,
    order,
    sentence,
    submitted,
    whole_path,
    write,
)

from helpers.intake.attrition import BOXES, boxes, losses

ANALYSED = "analysed"
ANOTHER = "another line of a person already counted"
NO_SENTENCE = "no suitable sentence"
AGE = "outside the age limits"
TOO_RECENT = "not yet followed up"
BEFORE = "reoffended before support"

TREATED = [
    # person | on the edge | box | outcome | why
    # T01 | reoffence on day 0 | analysed | 0 | day 0 is not after the index date
    Person(
        "T01", "reoffence on day 0", "1981-06-15",
        offences=[offence("2021-03-01")],
        lines=[line()],
    ),
    # T02 | reoffence on day 1 | analysed | 1, day 1 | the first day that counts;
    #     support began on day 0, so that nothing lay before it
    Person(
        "T02", "reoffence on day 1", "1982-06-15",
        offences=[offence("2021-03-02")],
        lines=[line("2021-03-01")],
    ),
    # T03 | reoffence on day 365 | analysed | 1, day 365 | the last day that counts
    Person(
        "T03", "reoffence on day 365", "1983-06-15",
        offences=[offence("2022-03-01")],
        lines=[line()],
    ),
    # T04 | reoffence on day 366 | analysed | 0 | a day too late
    Person(
        "T04", "reoffence on day 366", "1984-06-15",
        offences=[offence("2022-03-02")],
        lines=[line()],
    ),
    # T05 | proven on day 548 | analysed | 1, day 337 | 1 February 2022 is 28 days
    #     before day 365; the last day on which it may be proven
    Person(
        "T05", "proven on day 548", "1985-06-15",
        offences=[offence("2022-02-01", "2022-08-31")],
        lines=[line()],
    ),
    # T06 | proven on day 549 | analysed | 0 | proven a day too late
    Person(
        "T06", "proven on day 549", "1986-06-15",
        offences=[offence("2022-02-01", "2022-09-01")],
        lines=[line()],
    ),
    # T07 | two sentences in the window | analysed | 0 | support began 55 days after the
    #     first release and 10 after the second: the latest is the index sentence. The
    #     offence between them is history, not a reoffence
    Person(
        "T07", "two sentences in the window", "1987-06-15",
        sentences=[
            sentence("2021-01-15", sentence_length_days=364),
            sentence(conviction_date="2021-02-10", custody_start="2021-02-10"),
        ],
        offences=[offence("2021-01-20", "2021-02-01")],
        lines=[line()],
    ),
    # T08 | leap year | analysed | 1, day 365 | 29 February 2020 + 365 days is 28
    #     February 2021, as 2020 has no other 29 February to come
    Person(
        "T08", "leap year", "1988-06-15",
        sentences=[order("2020-02-29")],
        offences=[offence("2021-02-28"), offence("2021-03-01")],
        lines=[line("2020-02-29")],
    ),
    # T09 | under 18 | outside the age limits | born on 29 February 2004, so that 28
    #     February 2022 is a day before the eighteenth birthday, 1 March
    Person(
        "T09", "under 18", "2004-02-29",
        sentences=[order("2022-02-28")],
        lines=[line("2022-03-10")],
    ),
    # T10 | 18 on the index date | analysed | 0 | the youngest who is in
    Person("T10", "18 on the index date", "2003-03-01", lines=[line()]),
    # T11 | caution only | analysed | 1, day 31 | a caution proves an offence
    Person(
        "T11", "caution only", "1991-06-15",
        offences=[offence("2021-04-01", outcome="caution")],
        lines=[line()],
    ),
    # T12 | penalty notice only | analysed | 0 | a penalty notice does not
    Person(
        "T12", "penalty notice only", "1992-06-15",
        offences=[offence("2021-04-01", outcome="penalty_notice")],
        lines=[line()],
    ),
    # T13 | breach only | analysed | 0 | a breach is no new offence
    Person(
        "T13", "breach only", "1993-06-15",
        offences=[offence("2021-04-01", breach=True)],
        lines=[line()],
    ),
    # T14 | not recordable; abroad; not the police | analysed | 0 | each lacks one thing
    Person(
        "T14", "not recordable; abroad; not prosecuted by the police", "1994-06-15",
        offences=[
            offence("2021-04-01", recordable=False),
            offence("2021-04-02", england_wales=False),
            offence("2021-04-03", police_prosecuted=False),
        ],
        lines=[line()],
    ),
    # T15 | reoffended before support | reoffended before support | delay 20, reoffence
    #     on day 19
    Person(
        "T15", "reoffended the day before support", "1995-06-15",
        offences=[offence("2021-03-20")],
        lines=[line("2021-03-21")],
    ),
    # T16 | reoffended on the day of support | analysed | 1, day 20 | day d is after
    Person(
        "T16", "reoffended on the day support began", "1996-06-15",
        offences=[offence("2021-03-21")],
        lines=[line("2021-03-21")],
    ),
    # T17 | support began in prison | analysed | 0 | 1 November 2020 lies in custody,
    #     120 days before release: delay −120, and 1 November is the cut-off of
    #     covariates. Earlier: one conviction, one caution. Not earlier: the index
    #     conviction, and a caution given on the cut-off itself
    Person(
        "T17", "support began in prison", "1997-06-15",
        offences=[
            offence("2015-10-01", "2015-11-01"),
            offence("2019-10-01", "2019-11-01", outcome="caution"),
            offence("2019-12-24", "2020-01-10"),
            offence("2020-10-20", "2020-11-01", outcome="caution"),
        ],
        lines=[line("2020-11-01")],
    ),
    # T18 | alias match | analysed | 0 | the aliases alone have the name submitted
    Person("T18", "alias match", "1978-06-15", alias="Quennell", lines=[line()]),
    # T19 | twin names | not linked | T19 and T20 have one name and date of birth, and
    #     the line has no id: a person must decide. Neither is in the pool
    Person(
        "T19", "twin names", "1979-06-15", surname="Fotheringay", lines=[line()],
    ),
    Person("T20", "the other twin", "1979-06-15", surname="Fotheringay"),
    # T21 | two spells | the first line: another line of a person already counted; the
    #     second: analysed | its sentence has the earlier index date
    Person(
        "T21", "two spells", "1971-06-15",
        sentences=[
            sentence(),
            sentence("2022-01-15", conviction_date="2021-12-01",
                     custody_start="2021-12-01"),
        ],
        lines=[line("2022-01-20"), line()],
    ),  # fmt: skip
    # T22 | two spells without a sentence | the first line: no suitable sentence; the
    #     other: another line | support began 181 days after release, and later
    Person(
        "T22", "two spells, neither with a sentence", "1972-06-15",
        lines=[line("2021-09-01"), line("2021-08-29")],
    ),
    # T23 | support 180 days after release | analysed | 0 | the last day of the window
    Person(
        "T23", "support on the last day of the window", "1973-06-15",
        lines=[line("2021-08-28")],
    ),
    # T24 | support 365 days after the index date given | no suitable sentence
    Person(
        "T24", "support a year after the index date", "1974-06-15",
        lines=[line("2022-03-01", index_date="2021-03-01")],
    ),
    # T25 | not yet followed up | day 548 after 31 December 2022 is 1 July 2024, a day
    #     after the records end
    Person(
        "T25", "a day too recent", "1975-06-15",
        sentences=[sentence("2022-12-31")],
        lines=[line("2023-01-10")],
    ),
    # T26 | just followed up | analysed | 0 | a day earlier
    Person(
        "T26", "just followed up", "1976-06-15",
        sentences=[sentence("2022-12-30")],
        lines=[line("2023-01-09")],
    ),
    # T27 | no start of support | analysed | 0 | the index date given is 7 days off, the
    #     most allowed; the delay is drawn
    Person(
        "T27", "start of support not known", "1977-06-15",
        lines=[line(None, index_date="2021-03-08")],
    ),
    # T28 | index date given 8 days off | analysed | 0 | it finds nothing; the
    #     conviction date given, 7 days off, does
    Person(
        "T28", "index date too far off, conviction date near", "1970-06-15",
        lines=[line(index_date="2021-03-09", conviction_date="2020-01-17")],
    ),
    # T29 | several reoffences on the first day | analysed | 1, day 40 | 10 April:
    #     summary with custody and either way without; 20 April: indictable. The most
    #     serious of the first day is either way, and it led to custody as one of the
    #     two did
    Person(
        "T29", "several reoffences on the first day", "1969-06-15",
        offences=[
            offence("2021-04-10", custodial=True),
            offence("2021-04-10", mode="either_way"),
            offence("2021-04-20", mode="indictable"),
        ],
        lines=[line()],
    ),
    # T30 | support before a community order | analysed | 0 | no custody, no index date
    #     before it: the earliest within 180 days after it; delay −30
    Person(
        "T30", "support 30 days before the order", "1968-06-15",
        sentences=[order("2021-07-01"), order("2021-08-01")],
        lines=[line("2021-06-01")],
    ),
]  # fmt: skip

POOL = [
    # The draws are u = first 8 bytes of SHA-256("1|purpose|person_id") / 2⁶⁴;
    # test_the_draws_are_those_of_the_comments works them out anew.
    # Q01 | keep 0.846 ≥ 1/5 | not in the pool: the draw keeps them out
    Person("Q01", "kept out by the draw", "1981-01-20"),
    # Q03 | keep 0.050 < 1/5; delay 0.622 → 10 days; reoffence on day 9 | reoffended
    #     before support
    Person(
        "Q03", "drawn delay excludes them", "1983-01-20",
        offences=[offence("2021-03-10")],
    ),
    # Q06 | keep 0.040; delay 0.222 → 10 days; reoffence on day 10 | analysed, 1, day 10
    Person(
        "Q06", "reoffence on the last day of the delay", "1986-01-20",
        offences=[offence("2021-03-11")],
    ),
    # Q02 | three sentences: keep 0.302 < 3/5; sentence ⌊3 × 0.972⌋ = 2: the third
    Person(
        "Q02", "three sentences", "1982-01-20",
        sentences=[sentence("2022-05-01"), sentence("2021-03-05"),
                   sentence("2021-09-01")],
    ),
    # Q12 | two sentences: keep 0.460 ≥ 2/5 | not in the pool
    Person(
        "Q12", "two sentences, kept out", "1980-02-20",
        sentences=[sentence("2021-03-01"), sentence("2021-09-01")],
    ),
    # Q35 | keep 0.134 | outside the age limits: 17 on the index date
    Person("Q35", "under 18, in the pool", "2003-03-02"),
    # Q37 | not asked: the first index date of the treated is 29 February 2020 (T08)
    Person(
        "Q37", "a day before the window", "1987-01-20",
        sentences=[order("2020-02-28")],
    ),
    # Q39 | keep 0.088 | analysed, 0 | a fine has no donors of its type: the delay comes
    #     from everyone: ⌊0.398 × 22⌋ = 8 → 10 days
    Person(
        "Q39", "no donors of the sentence type", "1989-01-20",
        sentences=[order("2020-02-29", disposal="fine", sentence_length_days=None)],
    ),
    # Q43 | keep 0.197 | not yet followed up
    Person(
        "Q43", "a day too recent, in the pool", "1980-03-20",
        sentences=[sentence("2022-12-31")],
    ),
]  # fmt: skip

SURNAMES = (
    "Ackroyd Birtwhistle Cholmondeley Dunwoody Entwistle Featherstone Gawthorpe "
    "Hepplewhite Inglethorpe Jellicoe Kershaw Lowther Micklethwait Nutbeam Ormondroyd "
    "Postlethwaite Quarmby Ravenscroft Sowerby Threlkeld Umpleby Vavasour Wigglesworth "
    "Yaxley Zouche Arkwright Bagshaw Crabtree Dewhirst Eastwood Fairclough Greenhalgh "
    "Hargreaves Illingworth Jagger Kettlewell Lofthouse Murgatroyd Northcliffe Oldroyd"
).split()
for person, name in zip((p for p in TREATED + POOL if not p.surname), SURNAMES,
                        strict=False):  # fmt: skip
    person.surname = name

#: lines of nobody in the register, and what becomes of them
OTHER = [
    {"surname": "Nobody", "forename": "Ann", "date_of_birth": "1990-10-10",
     "sex": "Female", "who": "not in the register", "intervention_start": "2021-03-11"},
    {"surname": "Ackroyd", "who": "cannot be used",
     "left_out": "line that cannot be used"},
    {"surname": "Ackroyd", "who": "sent twice", "left_out": "duplicate line"},
]  # fmt: skip

#: person → box of each of their lines
BOX = {
    "T09": [AGE], "T15": [BEFORE], "T19": ["not linked"], "T20": [],
    "T21": [ANOTHER, ANALYSED], "T22": [NO_SENTENCE, ANOTHER], "T24": [NO_SENTENCE],
    "T25": [TOO_RECENT], "not in the register": ["not linked"],
    "cannot be used": ["line that cannot be used"], "sent twice": ["duplicate line"],
}  # fmt: skip
#: person → day of the first reoffence; every other analysed person did not reoffend
REOFFENDED = {
    "T02": 1, "T03": 365, "T05": 337, "T08": 365, "T11": 31, "T16": 20, "T29": 40,
    "Q06": 10,
}  # fmt: skip
#: person of the pool → box; nobody else is in it
POOL_BOX = {
    "Q02": ANALYSED, "Q03": BEFORE, "Q06": ANALYSED, "Q35": AGE, "Q39": ANALYSED,
    "Q43": TOO_RECENT,
}  # fmt: skip
#: donors of releases of the first quarter of 2021 in order of delay and person_id: the
#: treated who are left, with a known start. T15 is not among them, nor is T27.
DONORS = (
    [("T17", -120), ("T02", 0)]
    + [
        (f"T{i:02d}", 10)
        for i in (1, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 18, 21, 28, 29)
    ]
    + [("T16", 20), ("T23", 180)]
)
#: the other donors: T08 and T30 (community orders), T26 (2022)
EVERYONE = [("T17", -120), ("T30", -30), ("T02", 0), ("T08", 0),
            *DONORS[2:17], ("T26", 10), *DONORS[17:]]  # fmt: skip


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
    table = losses(cohort).set_index("box")["treatment"]
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
