"""Each pass on hand-made people. All names, dates and ids are made up.

Nobody's name is in a failure text: the tests compare passes and made ids.
"""

from datetime import date
from functools import cache, partial

import ibis
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.hand_made import holding

from helpers.errors import DataError
from helpers.intake.linkage import passes as linkage_passes
from helpers.intake.linkage.link import link as link_received
from helpers.intake.linkage.link import quality, review_list
from helpers.intake.linkage.passes import (
    BY_ALIAS,
    CONTRADICTION,
    PASSES,
    TIE,
    WEAK,
    Pass,
)
from helpers.intake.submission.read import read

link = partial(link_received, received=date(2026, 6, 1))
NAMES = [one.name for one in PASSES]
PNC, PRISON, EXACT, NEAR, SWAPPED_DATE, SWAPPED_NAMES = NAMES
PERSON = {
    "person_id": "string",
    "pnc_id": "string",
    "prison_number": "string",
    "surname": "string",
    "forename": "string",
    "date_of_birth": "date",
    "sex": "string",
    "ethnicity": "string",
    "nationality": "string",
}
ALIAS = {
    name: PERSON[name]
    for name in (
        "person_id",
        "surname",
        "forename",
        "date_of_birth",
        "pnc_id",
        "prison_number",
    )
}


def table(rows, schema):
    rows = [{name: row.get(name) for name in schema} for row in rows]
    frame = pd.DataFrame(rows, columns=list(schema))
    frame["date_of_birth"] = pd.to_datetime(frame["date_of_birth"])
    return ibis.memtable(frame, schema=schema)


def who(surname, forename, born, sex="Male", **ids):
    return {
        "surname": surname,
        "forename": forename,
        "date_of_birth": born,
        "sex": sex,
        **ids,
    }


def records(*people, aliases=None):
    """Tables of people A, B, C …; `aliases` are rows with their person_id."""
    rows = [
        {"person_id": chr(65 + number), **person}
        for number, person in enumerate(people)
    ]
    tables = {"person": table(rows, PERSON)}
    if aliases is not None:
        tables["alias"] = table(aliases, ALIAS)
    return holding(tables)


def sent(*lines):
    """Lines of a submission in rows 2, 3, …."""
    frame = pd.DataFrame(list(lines))
    frame["date_of_birth"] = pd.to_datetime(frame["date_of_birth"])
    return frame.assign(line=range(2, len(frame) + 2))


def passes(linkage):
    """What became of each line: its person and pass."""
    rows = linkage.links.itertuples(index=False)
    return {row.line: (row.person_id, row.passed) for row in rows}


def under_review(linkage):
    rows = linkage.review.itertuples(index=False)
    return {(row.line, row.person_id): row.passed for row in rows}


def one(submitted, *people, aliases=None, **options):
    return link(records(*people, aliases=aliases), sent(submitted), **options)


SMITH = who("Brockhurst", "Daniel", "1985-03-14")
OTHER = who("Tilling", "Owen", "1971-11-30")


BROCKHURST = ("Brockhurst", "Daniel")
ID, NUMBER = {"pnc_id": "2001/0000123X"}, {"prison_number": "A1234BC"}
#: what was submitted, what the register has (names, month and day, ids), the pass
CASES = [
    # a short PNC id, and a surname by marriage: forename and date agree
    (("Marlowe", "Daniel", "03-14"), {"pnc_id": "01/123X"}, BROCKHURST, ID, PNC),
    # the forename agrees, and the date but for a slip; the number in small letters
    (("Hale", "Daniel", "03-15"), {"prison_number": "a1234bc"}, BROCKHURST, NUMBER,
     PRISON),
    ((*BROCKHURST, "03-14"), {}, BROCKHURST, {}, EXACT),
    (("BROCKHURST ", " daniel", "03-14"), {}, BROCKHURST, {}, EXACT),
    (("Brockhrust", "Daniel", "03-14"), {}, BROCKHURST, {}, NEAR),
    (("Brockhurst", "Danny", "03-14"), {}, BROCKHURST, {}, NEAR),
    (("Orme", "Bill", "03-14"), {}, ("Orme", "William"), {}, NEAR),
    (("Orme", "Sam", "03-14"), {}, ("Orme", "Samuel"), {}, NEAR),
    (("Brockhurst-Orme", "Daniel", "03-14"), {}, ("Orme", "Daniel"), {}, NEAR),
    (("Brockhurst", "Daniel", "14-03"), {}, BROCKHURST, {}, SWAPPED_DATE),
    (("Daniel", "Brockhurst", "03-14"), {}, BROCKHURST, {}, SWAPPED_NAMES),
    (("Daniel", "Brockhrust", "03-14"), {}, BROCKHURST, {}, SWAPPED_NAMES),
    # spellings of one name
    (("Mc Donald", "José", "03-14"), {}, ("McDonald", "Jose"), {}, EXACT),
    (("O'Brien", "Zoë", "03-14"), {}, ("O’BRIEN", "ZOE"), {}, EXACT),
    (("Işık", "İbrahim", "03-14"), {}, ("ISIK", "IBRAHIM"), {}, EXACT),
    (("Weiß", "Łukasz", "03-14"), {}, ("WEISS", "LUKASZ"), {}, EXACT),
    (("Orme Hale", "Ann", "03-14"), {}, ("Orme-Hale", "Ann"), {}, EXACT),
]  # fmt: skip


def test_each_pass():
    """Every case in a year of birth of its own, so that none meets another's person."""
    lines, people, expected = [], [], {}
    for number, (submitted, ids, name, has, passed) in enumerate(CASES):
        year, day = 1940 + 3 * number, submitted[2]
        born = f"{year}-{day}"
        on_file = f"{year}-03-14"
        if passed == SWAPPED_DATE:
            born, on_file = f"{year}-07-03", f"{year}-03-07"
        lines.append(who(*submitted[:2], born, **ids))
        people.append(who(*name, on_file, **has))
        expected[number + 2] = (chr(65 + number), passed)
    found = link(records(*people), sent(*lines))
    assert passes(found) == expected
    assert found.review.empty


@pytest.mark.parametrize("strong", [True, False])
def test_a_pass_is_added_by_one_row(strong, monkeypatch):
    """It links; and, if strong, it may contradict a pass that went before it."""
    added = Pass("same forename and date", strong, "near", lambda pairs: (
        (pairs["forename_alike"] == 1) & (pairs["date"] == "exact")))  # fmt: skip
    lines = sent(who("Marlowe", "Owen", "1971-11-30"), SMITH | ID)
    # line 3 bears the PNC id of C, whose surname and date are near, and is like B too
    people = OTHER, who("Hale", "Daniel", "1985-03-14"), who(
        "Brockhurst", "Joan", "1985-03-15", **ID)  # fmt: skip
    without = link(records(*people), lines)
    assert passes(without) == {3: ("C", PNC)}
    monkeypatch.setattr(linkage_passes, "PASSES", (*PASSES, added))
    linkage = link(records(*people), lines)
    links = {2: ("A", added.name)} | ({} if strong else {3: ("C", PNC)})
    assert passes(linkage) == links
    against = {(3, "B"): CONTRADICTION, (3, "C"): CONTRADICTION} if strong else {}
    assert under_review(linkage) == against
    counts = quality(linkage, lines).set_index("passed")["lines"]
    assert counts[added.name] == 1 and counts["linked"] == len(links)


@pytest.mark.parametrize(
    ("received", "full"), [(date(2026, 12, 31), "1927"), (date(2027, 1, 1), "2027")]
)
def test_a_short_year_of_the_register_is_that_of_the_list(tmp_path, received, full):
    """Beside `check`, whose ids are in full: years that have come are of the 2000s."""
    path = tmp_path / "list.csv"
    ids = ("27/123Q", f"{full}/123Q")
    rows = [f"Brockhurst,Daniel,14/03/1985,Male,01/03/2022,{one}" for one in ids]
    header = "surname,forename,date_of_birth,sex,intervention_start,pnc_id"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    lines = read(path, today=received, minimum_people=0).lines
    assert set(lines["pnc_id"]) == {f"{full}/0000123Q"}
    on_file = who("Marlowe", "Daniel", "1985-03-14", pnc_id="27/123Q")
    linkage = link(records(on_file), lines.iloc[:1], received=received)
    assert passes(linkage) == {2: ("A", PNC)}


def test_a_surname_by_marriage_is_found_by_the_alias():
    aliases = [{"person_id": "B", "surname": "Marlowe"}]
    line = who("Marlowe", "Daniel", "1985-03-14")
    assert passes(one(line, OTHER, SMITH, aliases=aliases)) == {
        2: ("B", EXACT + BY_ALIAS)
    }


def test_every_pass_looks_at_aliases():
    aliases = [
        {"person_id": "B", "surname": "Marlowe", "pnc_id": "2001/0000123X"},
        {"person_id": "B", "date_of_birth": "1985-02-05", "prison_number": "A1234BC"},
    ]
    lines = sent(
        who("Marlowe", "Dan", "1985-03-14", pnc_id="01/123X"),
        who("Brockhurst", "Dan", "1985-02-05", prison_number="A1234BC"),
        who("Brockhurst", "Daniel", "1985-02-05"),
        who("Marlow", "Daniel", "1985-03-14"),
        who("Brockhurst", "Daniel", "1985-05-02"),
        who("Daniel", "Marlowe", "1985-03-14"),
    )
    found = link(records(OTHER, SMITH, aliases=aliases), lines)
    expected = {2 + i: ("B", name + BY_ALIAS) for i, name in enumerate(NAMES)}
    assert passes(found) == expected


def test_a_main_name_goes_before_the_alias_of_somebody_else():
    """People give a brother's name; he is the one meant."""
    aliases = [{"person_id": "A", "surname": "Brockhurst", "forename": "Daniel",
                "date_of_birth": "1985-03-14"}]  # fmt: skip
    assert passes(one(SMITH, OTHER, SMITH, aliases=aliases)) == {2: ("B", EXACT)}


def test_an_exact_alias_goes_before_a_near_main_name():
    near = who("Brockhurts", "Daniel", "1985-03-14")
    aliases = [{"person_id": "A", "surname": "Brockhurst", "forename": "Daniel",
                "date_of_birth": "1985-03-14"}]  # fmt: skip
    found = one(SMITH, OTHER, near, aliases=aliases)
    assert passes(found) == {2: ("A", EXACT + BY_ALIAS)}


def test_two_people_of_the_same_names_and_date_go_to_review():
    found = one(SMITH, SMITH, OTHER, SMITH)
    assert passes(found) == {}
    assert under_review(found) == {(2, "A"): TIE, (2, "C"): TIE}


def test_the_id_tells_namesakes_apart():
    line = {**SMITH, "pnc_id": "2001/0000123X"}
    found = one(line, SMITH, {**SMITH, "pnc_id": "2001/0000123X"})
    assert passes(found) == {2: ("B", PNC)}


def test_sex_breaks_a_tie():
    pair = [who("Orme", "Robin", "1985-03-14", sex) for sex in ("Male", "Female")]
    assert passes(one(pair[1], *pair)) == {2: ("B", EXACT)}
    unknown = who("Orme", "Robin", "1985-03-14", None)
    assert under_review(one(unknown, *pair)) == {(2, "A"): TIE, (2, "B"): TIE}


def test_twins_of_like_names_are_told_apart_or_left_to_a_person():
    twins = [who("Orme", name, "1985-03-14") for name in ("Jordan", "Jorden")]
    assert passes(one(twins[0], *twins)) == {2: ("A", EXACT)}
    between = who("Orme", "Jordon", "1985-03-14")
    found = one(between, *twins)
    assert passes(found) == {}
    assert set(under_review(found).values()) == {TIE}


def test_a_twin_of_the_other_sex_is_not_linked():
    found = one(
        who("Orme", "Frances", "1985-03-14", "Female"),
        who("Orme", "Francis", "1985-03-14", "Male"),
    )
    assert passes(found) == {}


def test_a_near_name_with_another_id_is_not_linked():
    line = who("Orme", "Jordon", "1985-03-14", pnc_id="2001/0000123X")
    twin = who("Orme", "Jordan", "1985-03-14", pnc_id="2004/7654321B")
    assert passes(one(line, OTHER, twin)) == {}
    slip = {**twin, "pnc_id": "2001/0000132X"}
    assert passes(one(line, OTHER, slip)) == {2: ("B", NEAR)}


def test_an_id_that_belongs_to_somebody_else_does_not_link():
    """A mistyped id: the names and date find the right person all the same."""
    stranger = {**OTHER, "pnc_id": "2001/0000123X"}
    line = {**SMITH, "pnc_id": "2001/0000123X"}
    assert passes(one(line, stranger, SMITH)) == {2: ("B", EXACT)}
    assert passes(one(line, stranger)) == {}


def test_an_id_with_only_one_of_three_agreeing_does_not_link():
    line = who("Marlowe", "Ruth", "1985-03-14", pnc_id="2001/0000123X")
    assert passes(one(line, OTHER, {**SMITH, "pnc_id": "2001/0000123X"})) == {}


def test_the_id_of_a_twin_against_exact_names_goes_to_review():
    """Surname and date agree with the twin whose id it is, all three with the other."""
    twin = who("Brockhurst", "Ruth", "1985-03-14", pnc_id="2001/0000123X")
    line = {**SMITH, "pnc_id": "2001/0000123X"}
    found = one(line, twin, SMITH)
    assert passes(found) == {}
    assert under_review(found) == {(2, "A"): CONTRADICTION, (2, "B"): CONTRADICTION}


def test_two_ids_of_two_people_go_to_review():
    first = {**SMITH, "pnc_id": "2001/0000123X"}
    second = {**SMITH, "forename": "Danyal", "prison_number": "A1234BC"}
    line = {**SMITH, "pnc_id": "2001/0000123X", "prison_number": "A1234BC"}
    assert set(under_review(one(line, first, second)).values()) == {CONTRADICTION}


def test_exact_names_with_a_near_date_are_never_linked():
    near = ["1985-03-17", "1985-05-14", "1986-03-14", "1995-03-14"]
    further = ["1958-03-14", "1996-03-14", "1985-05-17"]
    lines = sent(*(who("Brockhurst", "Daniel", born) for born in near + further))
    found = link(records(OTHER, SMITH), lines, threshold=1)
    assert passes(found) == {}
    assert under_review(found) == {(line, "B"): WEAK for line in (2, 3, 4, 5)}


def test_a_day_and_month_that_cannot_be_swapped_are_another_date():
    line = who("Brockhurst", "Daniel", "1985-04-14")
    assert under_review(one(line, OTHER, SMITH)) == {(2, "B"): WEAK}


def test_two_spells_of_one_person_both_link():
    found = link(records(OTHER, SMITH), sent(SMITH, {**SMITH, "forename": "Danny"}))
    assert passes(found) == {2: ("B", EXACT), 3: ("B", NEAR)}
    assert list(found.people_involved) == ["B"]


def test_a_probable_candidate_is_shown_and_not_linked():
    """Forename, date of birth and sex agree, the surname does not: one of two people.

    By hand: prior odds 1/2 to 1/2; 0.84/0.012 x 0.07/0.9938999 x 0.93/0.0000685 x
    0.99/0.745 = 88,930, which is a probability of 0.999989.
    """
    line = who("Marlowe", "Daniel", "1985-03-14")
    found = one(line, OTHER, SMITH)
    assert under_review(found) == {(2, "B"): "probable"}
    assert found.review["probability"].tolist() == pytest.approx([0.999989], abs=2e-6)
    assert one(line, OTHER, SMITH, threshold=0.99999).review.empty


def test_nobody_is_found():
    lines = sent(who("Nemo", "Ulric", "1990-01-01"), who("Nobody", "Ida", "1990-02-02"))
    found = link(records(SMITH, OTHER), lines)
    assert found.links.empty and found.review.empty and found.people_involved.empty
    assert list(found.links) == ["line", "person_id", "passed"]
    assert quality(found, lines).set_index("passed")["lines"]["not found"] == 2
    assert review_list(found, lines).empty


@pytest.mark.parametrize("aliases", [None, []])
def test_no_aliases_and_no_people(aliases):
    assert passes(one(SMITH, OTHER, SMITH, aliases=aliases)) == {2: ("B", EXACT)}
    assert one(SMITH, aliases=aliases).links.empty


def test_no_usable_line_and_an_empty_register():
    assert link(records(SMITH), sent(SMITH).iloc[:0]).links.empty
    found = link(holding({"person": table([], PERSON)}), sent(SMITH))
    assert found.links.empty and found.review.empty


def test_register_rows_with_gaps_are_no_namesakes():
    empty = {"surname": None, "forename": None, "date_of_birth": None, "sex": None}
    blank = who("", " ", "1985-03-14", pnc_id="", prison_number="")
    line = {**SMITH, "pnc_id": None, "prison_number": None}
    assert passes(one(line, empty, blank, SMITH)) == {2: ("C", EXACT)}


def test_quality_adds_up():
    lines = sent(SMITH, OTHER, who("Orme", "Ann", "1990-05-05"), who(
        "Tilling", "Owen", "1971-11-20"))  # fmt: skip
    aliases = [{"person_id": "A", **OTHER}]
    people = SMITH, who("Zeta", "Zed", "1999-09-09")
    found = link(records(*people, aliases=aliases), lines)
    got = quality(found, lines).set_index("passed")
    assert got["lines"].to_dict() == {
        **dict.fromkeys(NAMES, 0),
        EXACT: 1,
        EXACT + BY_ALIAS: 1,
        "accepted by a person": 0,
        "linked": 2,
        "under review": 1,
        "not found": 1,
        "lines": 4,
    }
    assert got["share"]["linked"] == 0.5


def test_the_review_list_has_both_sides_side_by_side():
    line = who("Brockhurst", "Daniel", "1985-03-17", pnc_id="01/123X")
    lines = sent(line)
    found = link(records(SMITH), lines)
    row = review_list(found, lines).iloc[0]
    assert row["submitted_date_of_birth"] == pd.Timestamp("1985-03-17")
    assert pd.Timestamp(row["register_date_of_birth"]) == pd.Timestamp("1985-03-14")
    assert (row["submitted_surname"], row["register_surname"]) == ("Brockhurst",) * 2
    assert pd.isna(row["decision"])


def test_everyone_who_is_tied_stays_on_the_list():
    # who may be the person submitted must not be in the pool
    found = one(SMITH, *[SMITH] * 8)
    assert len(found.review) == len(found.people_involved) == 8


def test_a_linkage_does_not_show_people():
    found = one(SMITH, OTHER, SMITH)
    assert "Brockhurst" not in repr(found) and "line" not in repr(found)


PEOPLE = [
    SMITH,
    OTHER,
    who("Orme", "Jordan", "1985-03-14"),
    who("Orme", "Jorden", "1985-03-14"),
    who("Tilling", "Owen", "1971-11-03"),
]
LINES = [
    SMITH,
    who("Tilling", "Owen", "1971-03-11"),
    who("Orme", "Jordon", "1985-03-14"),
    who("Brockhurst", "Daniel", "1985-03-15"),
    who("Nobody", "Ida", "1990-02-02"),
]


@cache
def in_order():
    return shuffled(range(len(PEOPLE)), range(len(LINES)))


def shuffled(people, lines):
    rows = [{"person_id": f"P{number}", **PEOPLE[number]} for number in people]
    return link(
        holding({"person": table(rows, PERSON)}), sent(*LINES).iloc[list(lines)]
    )


@pytest.mark.slow
@settings(max_examples=4, phases=[Phase.generate])
@given(st.permutations(range(len(PEOPLE))), st.permutations(range(len(LINES))))
def test_the_order_of_rows_does_not_matter(people, lines):
    found = shuffled(people, lines)
    assert passes(found) == {2: ("P0", EXACT), 3: ("P4", SWAPPED_DATE)}
    assert under_review(found) == {(4, "P2"): TIE, (4, "P3"): TIE, (5, "P0"): WEAK}
    pd.testing.assert_frame_equal(found.review, in_order().review)
    pd.testing.assert_frame_equal(found.listed, in_order().listed)


def decide(tmp_path, found, lines, words):
    """The review list as written, with a word per candidate, saved and given back."""
    path = tmp_path / "review_list.csv"
    written = review_list(found, lines)
    written["decision"] = [
        words.get((line, person))
        for line, person in zip(written["line"], written["person_id"], strict=True)
    ]
    written.to_csv(path, index=False)
    return path


def test_decisions_are_read_back(tmp_path):
    """A tie settled, a weak candidate rejected, another line left open."""
    people = [SMITH, SMITH, OTHER, who("Orme", "Ann", "1990-05-05")]
    tables = records(*people)
    lines = sent(
        SMITH,
        who("Tilling", "Owen", "1971-11-20"),
        who("Orme", "Ann", "1990-05-06"),
    )
    before = link(tables, lines)
    words = {(2, "B"): "accept", (3, "C"): "REJECT "}
    found = link(tables, lines, decisions=decide(tmp_path, before, lines, words))
    assert passes(found) == {2: ("B", "accepted by a person")}
    assert under_review(found) == {(4, "D"): WEAK}
    assert list(found.people_involved) == ["B", "D"]
    assert found.decisions.to_dict("list") == {
        "line": [2, 3],
        "person_id": ["B", "C"],
        "decision": ["accept", "reject"],
    }
    written = review_list(found, lines).set_index(["line", "person_id"])["decision"]
    assert written.dropna().to_dict() == {(2, "B"): "accept", (3, "C"): "reject"}
    assert {(2, "A"), (4, "D")} == set(written[written.isna()].index)
    counts = quality(found, lines).set_index("passed")["lines"]
    assert counts["accepted by a person"] == counts["not found"] == 1


def test_a_rejected_half_of_a_tie_leaves_the_other_under_review(tmp_path):
    tables, lines = records(SMITH, SMITH), sent(SMITH)
    path = decide(tmp_path, link(tables, lines), lines, {(2, "A"): "reject"})
    assert under_review(link(tables, lines, decisions=path)) == {(2, "B"): TIE}


def test_a_decision_on_somebody_who_is_not_listed_is_an_error(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text("line,person_id,decision\n2,B,accept\n")
    with pytest.raises(DataError, match="row 2: line and person_id name no"):
        one(SMITH, OTHER, SMITH, decisions=path)


def test_nothing_is_logged_or_printed(caplog, capfd):
    """Splink says much of what it does, and names columns and values."""
    caplog.set_level(1)
    found = one(who("Marlowe", "Daniel", "1985-03-14"), OTHER, SMITH)
    assert len(found.review) == 1
    said = caplog.text + "".join(capfd.readouterr())
    for value in ("Marlowe", "Brockhurst", "MARLOWE", "BROCKHURST", "19850314"):
        assert value not in said
    assert not [entry for entry in caplog.records if entry.name.startswith("splink")]
