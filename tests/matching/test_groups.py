"""The people of an analysis: filters, kinds of covariates, exact keys."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.cohort.kinds import yes_no
from helpers.matching.groups import met, refuse_headlines, select, selected
from helpers.request.analyses import Covariates
from helpers.request.covariates.sets import SETS
from helpers.request.filters import Range

PEOPLE = pd.DataFrame(
    {
        "person_id": [4, 1, 3, 2, 5, 6],
        "treatment": [1, 1, 1, 0, 0, 0],
        "age": [30, 40, None, 25, 35, 45],
        "sex": ["F", "M", "F", "F", "M", None],
        "done": ["yes", "no", "yes", None, None, None],
        "wing": [1.0, 2.0, None, 1.0, 2.0, None],
    }
)


def an_analysis(numeric=("age",), categorical=("sex",), exact=(), **keys):
    keys = {"filter": {}, "treatment_filter": {}, "pool": {}} | keys
    return SimpleNamespace(
        covariates=Covariates(numeric=list(numeric), categorical=list(categorical)),
        exact=exact,
        **{"name": "Some people"} | keys,
    )


def several(*analyses):
    """Give a request of these analyses, the last of them the headline."""
    for analysis in analyses:
        analysis.headline = analysis is analyses[-1]
    return SimpleNamespace(source="x.yml", analyses=analyses)


def test_everyone_is_compared_when_nothing_is_filtered():
    group = select(PEOPLE, an_analysis())
    assert group.people.index.tolist() == [1, 2, 3, 4, 5, 6]
    assert group.people.columns.tolist() == ["treatment", "age", "sex"]
    assert group.covariates == ["age", "sex"]
    assert (group.n_treatment, group.n_pool) == (3, 3)
    assert group.exact is None


@pytest.mark.parametrize(
    "filters, kept",
    [
        ({"filter": {"sex": ["F"]}}, [2, 3, 4]),
        ({"treatment_filter": {"done": ["yes"]}}, [2, 3, 4, 5, 6]),
        ({"pool": {"wing": [2]}}, [1, 3, 4, 5]),
        ({"pool": {"wing": ["1", "2"]}}, [1, 2, 3, 4, 5]),
        ({"filter": {"sex": ["F", "M"]}, "pool": {"sex": ["M"]}}, [1, 3, 4, 5]),
    ],
)
def test_a_filter_cuts_the_groups_it_is_for(filters, kept):
    assert select(PEOPLE, an_analysis(**filters)).people.index.tolist() == kept


def test_numbers_become_floats_and_categories_text():
    group = select(PEOPLE, an_analysis(categorical=("sex", "wing")))
    assert np.allclose(
        group.people["age"], [40, 25, np.nan, 30, 35, 45], equal_nan=True
    )
    wing = group.people["wing"]
    assert not pd.api.types.is_numeric_dtype(wing)
    assert wing.dropna().tolist() == ["2", "1", "1", "2"]
    assert wing.isna().sum() == 2


def test_exact_keys_are_text_with_a_stratum_of_their_own_for_missing():
    group = select(PEOPLE, an_analysis(exact=("wing",)))
    assert group.exact["wing"].tolist() == ["2", "1", "missing", "1", "2", "missing"]
    assert group.exact.index.equals(group.people.index)


def test_the_order_of_rows_does_not_matter():
    analysis = an_analysis(exact=("sex",), filter={"sex": ["F", "M"]})
    one, other = select(PEOPLE, analysis), select(PEOPLE.iloc[::-1], analysis)
    pd.testing.assert_frame_equal(one.people, other.people)
    pd.testing.assert_frame_equal(one.exact, other.exact)


def test_a_group_of_which_nobody_is_left_is_named_with_its_filters():
    filters = {
        "filter": {"sex": ["F"]},
        "treatment_filter": {"done": ["no"]},
        "pool": {"wing": [2]},
    }
    with pytest.raises(DataError) as error:
        select(PEOPLE, an_analysis(**filters))
    to_do = "write the values as they stand in the cohort"
    assert error.value.problems == [
        "nobody is left in the treatment group after filter "
        f"{{sex: ['F']}} and treatment_filter {{done: ['no']}}; {to_do}",
        "nobody is left in the comparison pool after filter "
        f"{{sex: ['F']}} and pool {{wing: [2]}}; {to_do}",
    ]


@pytest.mark.parametrize(
    ("key", "values", "told"),
    [
        ("filter", ["North", "south"], True),
        ("treatment_filter", ["North", "South "], True),
        ("pool", ["North", "NORTH"], False),  # either way is asked for
        ("pool", ["North", "West"], False),
        ("filter", ["North", "South"], False),
    ],
)
def test_a_value_that_is_written_otherwise_than_in_the_cohort_is_refused(
    key, values, told
):
    """North alone would be kept, and nobody told."""
    people = PEOPLE.assign(area=["North", "South"] * 3)
    request = several(an_analysis(**{key: {"area": values}}))
    if not told:
        groups, _ = selected(people, request)
        assert groups["Some people"].n_pool
        return
    with pytest.raises(DataError) as error:
        selected(people, request)
    assert error.value.problems == [
        f'x.yml: analyses: "Some people": {key}: area: nobody has "{values[1]}", but '
        "it is there in other capitals, blanks or signs; write it as it stands in the "
        "cohort"
    ]


def keyed(**columns):
    """Three treated people, then three of the pool, with these columns."""
    return PEOPLE.sort_values("treatment", ascending=False).assign(**columns)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"wing": list("ABACDC")},
         ["wing: the groups share no value; write the same values in both, or take it "
          "out"]),
        ({"wing": ["North", "south ", None, "north", "South", None]},
         ["wing: the groups share no value, since their values differ in capitals or "
          "blanks; write them alike in both, or take it out"]),
        ({"wing": ["A", "B", None, None, None, None]},
         ["wing: nobody in the comparison pool has a known value; fill the column in, "
          "or take it out"]),
        # one person of each group is at A and at 1, but nobody of both at A1
        ({"wing": list("AAABBA"), "cell": list("111112")},
         ["nobody in the pool agrees with anybody in the treatment group on wing and "
          "cell together; take one of them out"]),
        ({"wing": list("ABACDC"), "cell": list("123456")},
         ["wing: the groups share no value; write the same values in both, or take it "
          "out",
          "cell: the groups share no value; write the same values in both, or take it "
          "out"]),
    ],
)  # fmt: skip
def test_exact_keys_on_which_nobody_agrees_are_named(columns, told):
    analysis = an_analysis(exact=tuple(columns))
    with pytest.raises(DataError) as error:
        select(keyed(**columns), analysis)
    assert error.value.problems == [f"exact: {line}" for line in told]


STARTS = [
    'x.yml: analyses: "Keyed": exact: wing: the groups share no value',
    'x.yml: analyses: "Nobody": nobody is left in the treatment group',
    'x.yml: analyses: "Nobody": nobody is left in the comparison pool',
]


def test_the_problems_of_all_analyses_are_told_at_once():
    people = keyed(wing=list("ABACDC"))
    keyed_ = an_analysis(name="Keyed", exact=("wing",))
    nobody = an_analysis(name="Nobody", filter={"sex": ["X"]})
    request = several(an_analysis(), keyed_, nobody)
    groups, problems = selected(people, request)
    assert list(groups) == ["Some people"]
    with pytest.raises(DataError) as error:
        refuse_headlines(request, problems)
    for problem, start in zip(error.value.problems, STARTS, strict=True):
        assert problem.startswith(start)
    refuse_headlines(several(keyed_, nobody, an_analysis()), problems)


def test_a_filter_that_is_misspelt_is_refused_whichever_analysis_it_is_of():
    people = keyed(wing=list("AAAAAA"))
    misspelt = an_analysis(name="Misspelt", filter={"wing": ["a"]})
    nobody = an_analysis(name="Nobody", filter={"sex": ["X"]})
    with pytest.raises(DataError) as error:
        selected(people, several(misspelt, nobody, an_analysis()))
    starts = ['x.yml: analyses: "Misspelt": filter: wing: nobody has "a"', *STARTS[1:]]
    for problem, start in zip(error.value.problems, starts, strict=True):
        assert problem.startswith(start)


def test_the_share_that_somebody_in_the_pool_agrees_with_is_counted():
    keys = pd.DataFrame({"wing": list("AABAC"), "cell": list("12112")})
    treated = pd.Series([True, True, True, False, False])
    assert met(keys, treated) == 1 / 3
    assert met(keys[["wing"]], treated) == 2 / 3


RANGED = PEOPLE.assign(
    age=["30", "40.0", None, "25", "35", "45"],  # as a column of filters alone comes
    start=["2024-01-01", "2024-06-30 00:00:00", None, "2023-12-31", "2024-02-29", None],
)


def a_range(**ends):
    return Range.model_validate({key.rstrip("_"): end for key, end in ends.items()})


@pytest.mark.parametrize(
    "filters, kept",
    [
        # both ends are included; who has no known value is outside
        ({"filter": {"age": a_range(from_=25, to=35)}}, [2, 4, 5]),
        ({"filter": {"age": a_range(to=30)}}, [2, 4]),
        ({"filter": {"age": a_range(from_=40)}}, [1, 6]),
        ({"treatment_filter": {"age": a_range(from_=36)}}, [1, 2, 5, 6]),
        ({"pool": {"age": a_range(to=34.9)}}, [1, 2, 3, 4]),
        (
            {"filter": {"start": a_range(from_="2024-01-01", to="2024-06-30")}},
            [1, 4, 5],
        ),
        ({"filter": {"start": a_range(to="2023-12-31")}}, [2]),
    ],
)
def test_a_range_keeps_both_its_ends_and_nobody_unknown(filters, kept):
    everybody = {"numeric": (), "categorical": ("wing",)}
    if any("filter" == key for key in filters) and kept == [2]:
        with pytest.raises(DataError, match=r"filter {start: {to: 2023-12-31}}"):
            select(RANGED, an_analysis(**everybody, **filters))
        return
    group = select(RANGED, an_analysis(**everybody, **filters))
    assert group.people.index.tolist() == kept


@pytest.mark.parametrize(
    "values", [["0", "1", None], ["true", "False", "true"], [1, 0.0, 1]]
)
def test_only_noughts_and_ones_are_no_and_yes(values):
    assert yes_no(pd.Series(values, dtype=object))


@pytest.mark.parametrize("values", [["0", "1", "2"], [None], ["0", "true"], ["2", "3"]])
def test_other_codes_are_not_no_and_yes(values):
    assert not yes_no(pd.Series(values, dtype=object))


def test_a_level_that_nobody_left_has_still_counts_among_the_codes():
    people = PEOPLE.assign(code=["0", "1", "0", "1", "2", "0"])
    group = select(
        people, an_analysis(categorical=("code",), filter={"age": [30, 40, 25, 45]})
    )
    assert set(group.people["code"]) == {"0", "1"}
    assert group.yes_no == frozenset()
    group = select(
        people.assign(code=["0", "1"] * 3), an_analysis(categorical=("code",))
    )
    assert group.yes_no == {"code"}


def test_a_named_set_leaves_out_what_is_the_same_for_everybody_and_takes_needs():
    """Of people of one sex nothing is matched on it, but a column asked for stays."""
    people = PEOPLE[["person_id", "treatment"]].copy()
    for one in SETS["standard"]:
        values = range(6) if one.kind == "numeric" else list("ababab")
        people[one.name] = values
    people["sex"], people["disposal"] = "F", ["Prison", None, *["Prison"] * 4]
    people["wing"] = "A"
    people["needs_drugs"] = ["Yes", "No", "none"] * 2
    asked = an_analysis()
    asked.covariates = Covariates(set="standard", categorical=["wing"])
    names = [one.name for one in SETS["standard"] if one.name != "sex"]
    assert sorted(select(people, asked).covariates) == sorted([*names, "wing"])
    asked.covariates = Covariates(set="standard_with_needs")
    found = select(people, asked).covariates
    assert sorted(found) == sorted([*names, "needs_drugs"])
