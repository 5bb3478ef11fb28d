"""Names of people: which can be taken, and which are one person."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers import names

#: parts of names, written out, none a title; long enough to be no initials
PARTS = st.text("abcdefghijklmnoprstuvwyzéüñçö", min_size=4, max_size=9)
PEOPLE = st.lists(PARTS, min_size=2, max_size=4, unique=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Name", "ANNA   name"),
        ("Anna Name", "Name, Anna"),
        ("Anna Name", "Dr. Anna Name"),
        ("Anna B. Name", "Name, Anna B"),
        ("Zoë O'Brien", "ZOE O’BRIEN"),
        ("Anna Smith-Jones", "Anna Smith Jones"),
        ("José Peña", "Jose\u0301 Pen\u0303a"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("Ａｎｎａ Name", "Anna Name"),
        ("Сосо Роре", "Coco Pope"),  # every letter is Cyrillic, and looks Latin
    ],
)
def test_one_person_is_known_however_written(one, other):
    assert names.same_person(one, other) and names.same_person(other, one)
    assert names.may_be_same(one, other)


@pytest.mark.parametrize(
    "other",
    ["A. Name", "Name A.", "A.B. Name", "AB Name", "Anna Beth Name", "Name", "Name, A"],
)
def test_fitting_initials_may_be_the_same_person(other):
    assert not names.same_person("Anna Name", other)
    assert names.may_be_same("Anna Name", other)
    assert names.may_be_same(other, "Anna Name")


@pytest.mark.parametrize(
    "other", ["Alice Name", "B. Name", "Anna Other", "Justice Data Lab analyst", "A."]
)
def test_others_are_others(other):
    assert not names.may_be_same("Anna Name", other)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "no letter"),
        ("12-3 .", "no letter"),
        ("Anna\nName", "cannot be seen"),
        ("Anna\rName", "cannot be seen"),
        ("Anna\u2028Name", "cannot be seen"),
        ("Anna\u202eemaN", "cannot be seen"),
        ("An\u200bna Name", "cannot be seen"),
        ("Anna\x1b[2JName", "cannot be seen"),
        ("x" * 101, "more than 100"),
        ("Аnna Name", "Cyrillic and Latin"),  # its first letter is Cyrillic
        ("Anna Nαme", "Greek and Latin"),
        ("Anna Name\u3164", "Hangul and Latin"),  # a letter that is blank
    ],
)
def test_what_is_no_name_is_refused(name, why):
    assert why in names.refusal(name)
    assert "\n" not in names.refusal(name)


@pytest.mark.parametrize(
    "name",
    [
        "Anna Name",
        "Zoë O’Brien",
        "Владимир Иванов",
        "山田 はな",
        "김民",
        "Name, A.",
        "Ａ Ｂ",
    ],
)
def test_names_of_every_script_are_taken(name):
    assert names.refusal(name) == ""


@given(PEOPLE, st.randoms(use_true_random=False))
@settings(max_examples=examples(150), deadline=None)
def test_case_blanks_accents_and_order_make_no_difference(parts, random):
    name = " ".join(parts)
    family = f"{parts[-1]}, {' '.join(parts[:-1])}"
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFD", name)
        if not unicodedata.combining(sign)
    )
    mixed = "".join(random.choice([sign.upper(), sign]) for sign in name)
    blanks = name.replace(" ", random.choice(["  ", "\u00a0", " - ", ". "]))
    for other in (
        name,
        family,
        plain,
        mixed,
        blanks,
        unicodedata.normalize("NFD", name),
    ):
        assert names.same_person(name, other)
        assert names.same_person(other, name)


@given(PEOPLE, PEOPLE)
@settings(max_examples=examples(150), deadline=None)
def test_the_order_of_two_names_makes_no_difference(one, other):
    first, second = " ".join(one), " ".join(other)
    assert names.same_person(first, second) == names.same_person(second, first)
    assert names.may_be_same(first, second) == names.may_be_same(second, first)
    short = f"{one[0][0]}. {' '.join(one[1:])}"
    assert names.may_be_same(first, short)


@given(st.text(max_size=120), st.text(max_size=40))
@settings(max_examples=examples(300), deadline=None)
def test_no_text_is_too_odd(one, other):
    assert isinstance(names.refusal(one), str)
    assert names.same_person(one, other) == names.same_person(other, one)
    assert names.may_be_same(one, other) == names.may_be_same(other, one)
    if names.same_person(one, other):
        assert names.may_be_same(one, other)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Bob Other", "Anna Name and Bob Other"),
        ("Other, Bob", "A. Name; Bob Other"),
        ("Anna Name (Analytical Services)", "Anna Name"),
        ("Anna Name & Bob Other", "Anna Name"),
        ("Anna Name", "Anna Name, Ministry of Justice"),
        ("Anna Name PhD", "Anna Name"),
        ("Reverend Anna Name", "Anna Name"),
    ],
)
def test_one_of_several_and_a_name_with_more_around_it_are_among(name, others):
    assert names.is_among(name, others)


@pytest.mark.parametrize(
    ("name", "others"),
    [("Bob Other", "Anna Name"), ("Anna Other", "Anna Name and Bob Else"),
     ("Name", "Anna Name"), ("A. Name", "Anna Name")],
)  # fmt: skip
def test_one_part_of_a_name_makes_nobody_among_others(name, others):
    assert not names.is_among(name, others)
