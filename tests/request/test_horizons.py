"""A standard measure within another number of days: its name, its words, its column."""

import pytest
from support import small_study

from helpers.errors import RequestError
from helpers.publication.labels import title
from helpers.request import Outcome, load
from helpers.request.measures import standard
from helpers.request.measures.standard import STANDARD, named, of_column

RATE, TIME = "reoffending_rate", "time_to_first_reoffence"


def asked(*outcomes):
    return small_study.study(outcomes=list(outcomes)).outcomes


def test_a_horizon_is_part_of_the_name_however_it_is_written():
    by_key, by_name = (
        asked({"name": RATE, "horizon_days": 730}),
        asked("reoffending_rate_730_days"),
    )
    assert by_key == by_name
    [two] = by_key
    assert (two.name, two.horizon_days) == ("reoffending_rate_730_days", 730)
    assert two.column == "reoffended_730_days"
    assert (two.label, two.definition) == ("reoffended", "within two years")
    assert title(two) == "Two-year proven reoffending rate"
    assert not two.own_words and two.main_point and not two.published


def test_a_year_is_the_measure_itself_and_is_filled_in():
    [plain] = asked(RATE)
    assert plain.horizon_days == 365 and plain.published
    assert asked({"name": RATE, "horizon_days": 365}) == (plain,)
    assert asked("reoffending_rate_365_days") == (plain,)


@pytest.mark.parametrize("name", [*STANDARD, "custom"])
def test_a_completed_request_is_read_as_the_same(name):
    written = {"name": name, "horizon_days": 1000}
    if name == "custom":
        written = {"name": name, "kind": "rate"}
    wholes = [whole for whole in standard.adding_up() if name in whole] or [()]
    others = [{"name": n, "horizon_days": 1000} for n in wholes[0] if n != name]
    request = small_study.study(outcomes=[written, *others])
    assert load(request.completed()).outcomes == request.outcomes


@pytest.mark.parametrize(
    ("name", "days", "heading"),
    [
        (RATE, 180, "Proven reoffending rate within 180 days"),
        (RATE, 1095, "Proven reoffending rate within 1,095 days"),
        ("reoffending_frequency", 730,
         "Frequency of proven reoffending within two years"),
        (TIME, 730, "Time to the first proven reoffence, within two years"),
        ("reoffences_summary", 180,
         "Summary reoffences of those who reoffended, within 180 days"),
        ("violent_reoffending_rate", 365, "One-year proven violent reoffending rate"),
        ("violent_reoffending_rate", 730, "Two-year proven violent reoffending rate"),
        ("violent_reoffending_frequency", 90,
         "Frequency of proven violent reoffending within 90 days"),
    ],
)  # fmt: skip
def test_the_heading_says_the_horizon(name, days, heading):
    assert title(Outcome(name=name, horizon_days=days)) == heading


def test_every_measure_has_words_and_columns_of_its_own_at_every_horizon():
    rows = [row.at(days) for row in STANDARD.values() for days in (365, 730, 90)]
    for words in (
        [row.name for row in rows],
        [row.column for row in rows],
        [row.title for row in rows],
        [f"{row.kind} {row.label} {row.definition}" for row in rows],
    ):
        assert len(set(words)) == len(rows)
    assert [named(row.name) for row in rows] == rows
    assert [of_column(row.column) for row in rows] == rows


@pytest.mark.parametrize(
    "name", ["reoffending_rate_0730_days", "age_730_days", "reoffending_rate_3651_days"]
)
def test_what_only_looks_like_a_horizon_is_a_column_of_the_cohort(name):
    assert named(name) is None
    with pytest.raises(RequestError, match="is a column of the cohort"):
        asked(name)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        ({"name": "sleeps", "kind": "rate", "horizon_days": 730},
         "has horizon_days, which standard measures alone have; delete"),
        ({"name": "reoffending_rate_730_days", "horizon_days": 365},
         "counts within 730 days, as its name says; found horizon_days 365; delete "
         "horizon_days, or write name: reoffending_rate"),
        ({"name": RATE, "horizon_days": 4000}, "must be 3650 or less"),
        ({"name": RATE, "horizon_days": 0}, "must be 1 or more"),
        ({"name": RATE, "horizon_days": "two years"}, "must be a whole number"),
    ],
)  # fmt: skip
def test_a_horizon_that_cannot_be_is_named(outcome, message):
    with pytest.raises(RequestError) as error:
        asked(outcome)
    assert message in str(error.value)


def test_one_measure_within_one_horizon_stands_once():
    with pytest.raises(RequestError, match="stands twice"):
        asked("reoffending_rate_730_days", {"name": RATE, "horizon_days": 730})
    assert len(asked(RATE, {"name": RATE, "horizon_days": 730})) == 2


def test_measures_add_up_within_one_horizon():
    parts = [f"first_reoffence_{mode}" for mode in ("indictable", "either_way")]
    two = [{"name": part, "horizon_days": 730} for part in parts]
    with pytest.raises(RequestError, match="which tell first_reoffence_summary_730"):
        asked(*two)
    with pytest.raises(RequestError, match="which tell first_reoffence_summary_730"):
        asked("first_reoffence_summary", *two)
    assert len(asked(*parts, "first_reoffence_summary")) == 3
    assert len(asked(parts[0], two[1])) == 2  # one of each


def test_columns_of_any_horizon_are_never_a_characteristic():
    analysis = {"name": "All", "covariates": {"numeric": ["reoffences_500_days"]}}
    with pytest.raises(RequestError, match="names an outcome"):
        small_study.study(analyses=[analysis])


def test_reoffenders_are_those_within_the_same_horizon():
    year, two = asked(TIME, {"name": TIME, "horizon_days": 730})
    assert (year.reoffended, two.reoffended) == ("reoffended", "reoffended_730_days")
    assert year.event == "reoffended" and two.event == "reoffended within two years"


def test_main_points_ask_of_a_horizon_what_they_ask_of_a_year_and_say_it():
    assert STANDARD[RATE].at(730).question == "How many, within two years."
    assert STANDARD[TIME].at(90).topic == "how soon within 90 days"
