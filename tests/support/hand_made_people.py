"""The people of a hand-made extract: everyone stands on one edge of the method.

Nobody in it is real. Unless a person's block says otherwise, a
submitted person was convicted and locked up on 10 January 2020 and released on 1 March
2021, which is the index date and day 0; support began on 11 March 2021, so that the
delay is 10. The records are complete to 30 June 2024.

    day 0     1 March 2021        day 365   1 March 2022
    day 1     2 March 2021        day 366   2 March 2022
    day 9     10 March 2021       day 548   31 August 2022
    day 10    11 March 2021       day 549   1 September 2022

Beside each person stands what must become of them and why. `analysed` is who goes on.
"""

from support.hand_made import Person, line, offence, order, sentence

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
