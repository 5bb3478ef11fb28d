"""Characteristics of both groups: counts by hand, refs of their own, rows in order."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import small_study

from helpers.intake.cohort.kinds import yes_no
from helpers.matching import balance
from helpers.matching.groups import Group
from helpers.matching.report import characteristics
from helpers.matching.report.people import who
from helpers.publication import rounding
from helpers.publication.cells import Cell, by_ref
from helpers.publication.disclosure import release, rules
from helpers.publication.disclosure.structure import structure
from helpers.publication.people import as_frame

BASE = f"{small_study.BASE}.balance"
GROUPS = (
    "mean_treatment_before",
    "mean_treatment",
    "mean_comparison_before",
    "mean_comparison_after",
)


@pytest.fixture
def group():
    """Four treated, of whom the fourth is unmatched, and four of the pool."""
    return small_study.group(
        [1, 1, 1, 1, 0, 0, 0, 0],
        {
            "age": [20, 30, np.nan, 40, 22, np.nan, 50, 60],
            "in_work": [1.0, 0, 1, 1, 0, 1, 0, 0],
            "offence": pd.Series(
                ["A-1", "A 1", "A-1", None, "A 1", "A-1", "A-1", None], dtype="str"
            ),
            "needs_drugs": pd.Series(list("YNYN") + list("YYNN"), dtype="str"),
        },
    )


@pytest.fixture
def weights(group):
    return pd.Series([1, 1, 1, 0, 2, 1, 0, 0.0], index=group.people.index)


@pytest.fixture
def table(group, weights):
    people = group.people
    return balance.table(people, people["treatment"], weights, group.covariates)


def found(group, weights, table):
    return by_ref(characteristics.cells(group, weights, table))


def means(cells, line):
    """Value, numerator and denominator of each group before and after matching."""
    four = [cells[f"{BASE}.{line}.{name}"] for name in GROUPS]
    return [(cell.value, cell.numerator, cell.denominator) for cell in four]


THIRD = pytest.approx(100 / 3)

BY_HAND = {
    # known: 20, 30, 40; of the matched 20, 30; in the pool 22, 50, 60; matched 22
    "age": [(30, 3, 3), (25, 2, 2), (44, 3, 3), (22, 1, 1)],  # nobody is aged 0
    "age.missing": [(25, 1, 4), (THIRD, 1, 3), (25, 1, 4), (THIRD, 1, 2)],
    "in_work": [
        (75, 3, 4),
        (pytest.approx(200 / 3), 2, 3),
        (25, 1, 4),
        (THIRD, 1, 2),
    ],
    # "A 1" sorts before "A-1", so that the second has the numbered ref
    "offence.a-1": [
        (25, 1, 4),
        (THIRD, 1, 3),
        (25, 1, 4),
        (pytest.approx(200 / 3), 1, 2),
    ],
    "offence.a-1-2": [
        (50, 2, 4),
        (pytest.approx(200 / 3), 2, 3),
        (50, 2, 4),
        (THIRD, 1, 2),
    ],
    "offence.missing": [(25, 1, 4), (0, 0, 3), (25, 1, 4), (0, 0, 2)],
}


@pytest.mark.parametrize("line", BY_HAND)
def test_values_and_the_people_behind_them_are_those_counted_by_hand(
    group, weights, table, line
):
    assert means(found(group, weights, table), line) == BY_HAND[line]


def test_a_number_is_a_mean_and_every_share_a_rate(group, weights, table):
    cells = found(group, weights, table)
    kinds = {line: cells[f"{BASE}.{line}.mean_treatment"].kind for line in BY_HAND}
    assert kinds.pop("age") == "mean"
    assert set(kinds.values()) == {"rate"}
    assert cells[f"{BASE}.age.smd_after"].kind == "derived"


def test_the_text_missing_counts_with_the_values_that_are_missing():
    group = small_study.group(
        [1, 1, 0, 0],
        {"offence": pd.Series(["Theft", "missing", None, "Missing"], dtype="str")},
    )
    even = pd.Series(1.0, index=group.people.index)
    table = balance.table(group.people, group.treatment, even, group.covariates)
    cells = found(group, even, table)
    # levels: Missing, Theft, and last those not known; "Missing" is no lost value
    assert list(table["level"]) == ["Missing", "Theft", "missing"]
    nobody, one = (0, 0, 2), (50, 1, 2)
    assert means(cells, "offence.missing") == [nobody, nobody, one, one]
    assert means(cells, "offence.missing-2") == [one, one, one, one]


def test_a_number_known_for_nobody_has_no_row_but_that_of_the_missing():
    group = small_study.group([1, 1, 0, 0], {"score": [np.nan] * 4})
    even = pd.Series(1.0, index=group.people.index)
    table = balance.table(group.people, group.treatment, even, group.covariates)
    cells = found(group, even, table)
    assert {ref.split(".")[-2] for ref in cells} == {"missing"}


def test_a_mean_knows_how_much_of_its_total_the_largest_two_people_make_up():
    group = small_study.group(
        [1, 1, 1, 1, 0, 0, 0], {"offences": [60, 30, 10, np.nan, 6, 4, 8]}
    )
    weights = pd.Series([1, 0, 1, 1, 2, 1, 0.0], index=group.people.index)
    table = balance.table(group.people, group.treatment, weights, group.covariates)
    cells = found(group, weights, table)
    largest = [cells[f"{BASE}.offences.{name}"].largest for name in GROUPS]
    # 90 of 100, and 10 to 60; 60 and 10 alone; 14 of 18, and 4 to 8; twice 6, and 4
    assert largest == [
        pytest.approx((0.9, 1 / 6)),
        (1, 0),
        pytest.approx((14 / 18, 0.5)),
        (1, 0),
    ]
    assert cells[f"{BASE}.offences.missing.mean_treatment"].largest is None


names = st.text("aA1 -_.+é", min_size=1, max_size=4)


@given(st.dictionaries(names, st.sets(names, max_size=4), min_size=1, max_size=4))
def test_no_two_rows_share_a_ref(levels):
    rows = [(v, lev) for v, every in levels.items() for lev in sorted(every) or [""]]
    table = pd.DataFrame(rows, columns=["variable", "level"])
    refs = characteristics.row_refs("Men", table)
    assert len(set(refs)) == len(refs) == len(rows)
    assert all(ref.startswith("men.balance.") for ref in refs)


def enough():
    """Thirty treated and sixty of the pool; five of the treated are women."""
    sex = ["F"] * 5 + ["M"] * 25 + ["F"] * 30 + ["M"] * 30
    region = ["North", "South"] * 15 + ["North", "South"] * 30
    return small_study.group(
        [1] * 30 + [0] * 60,
        {
            "age": [float(20 + i % 30) for i in range(90)],
            "sex": pd.Series(sex, dtype="str"),
            "region": pd.Series(region, dtype="str"),
        },
    )


def test_the_numbers_of_a_level_stand_or_fall_together():
    group = enough()
    even = pd.Series(1.0, index=group.people.index)
    table = balance.table(group.people, group.treatment, even, group.covariates)
    cells = found(group, even, table)
    decision = release(cells.values(), [], profile="default", threshold=10)
    lines = {}
    for ref in cells:
        lines.setdefault(ref.rpartition(".")[0], []).append(ref in decision.released)
    assert all(len(shown) == 9 for shown in lines.values())
    assert {line.removeprefix(f"{BASE}."): set(s) for line, s in lines.items()} == {
        "age": {True},
        "sex.f": {False},  # five people
        "sex.m": {False},  # all but five
        "region.north": {True},
        "region.south": {True},
    }


def test_every_number_says_by_which_rule_it_comes_about(group, weights, table):
    rules = {cell.method for cell in found(group, weights, table).values()}
    assert len(rules) == 9  # four means, five differences
    assert all(rule.startswith("4: ") and len(rule) <= 110 for rule in rules)


def test_numbers_of_a_row_are_registered_as_they_are_printed(group, weights, table):
    group.people["age"] += [0.04, 0, 0, 0, 0, 0, 0, 0]
    table = balance.table(group.people, group.treatment, weights, group.covariates)
    # two thirds, and (20.04 + 30) / 2
    values = {"in_work.mean_treatment": 67, "age.mean_treatment": 25}
    cells = found(group, weights, table)
    rounded = by_ref(
        rounding.as_registered(cells.values(), rules.profile("default", 10), {})
    )
    for name, value in values.items():
        assert cells[f"{BASE}.{name}"].value != value
        assert rounded[f"{BASE}.{name}"].value == value
    for name, cell in rounded.items():
        # per cent of a standard deviation, with one decimal
        if ".smd_" in name and cell.value is not None:
            assert cell.value == pytest.approx(cells[name].value, abs=0.05001)
            assert cell.value == round(cell.value, 1)


@pytest.fixture
def request_():
    made_up = {"people": 6000, "submitted": 480}
    labels = {"offence": {"label": "Kind", "levels": {"A-1": "First kind"}}}
    return small_study.study(inputs={"made_up": made_up, "labels": labels})


def rows_of(*of, needs):
    """The rows of the tables before and after matching, side by side."""
    both = characteristics.BEFORE | characteristics.AFTER
    return characteristics.rows(*of, needs=needs, columns=both)


def test_rows_have_programme_then_comparison_before_and_then_after(
    request_, group, table
):
    rows = rows_of(request_, group, table, needs=False)
    assert [row[0] for row in rows] == [
        "Age (average)",
        "Age: Not known",
        "In work",
        "Kind",
        "A 1",
        "First kind",
        "Not known",
    ]
    assert rows[3] == ["Kind"]  # a heading
    refs = {row[0]: [cell["ref"] for cell in row[1:]] for row in rows}
    for head, line in (
        ("Age (average)", "age"),
        ("Age: Not known", "age.missing"),
        ("A 1", "offence.a-1"),
        ("First kind", "offence.a-1-2"),
    ):
        assert refs[head] == [
            f"{BASE}.{line}.mean_treatment_before",
            f"{BASE}.{line}.mean_comparison_before",
            f"{BASE}.{line}.mean_treatment",
            f"{BASE}.{line}.mean_comparison_after",
        ]
    formats = {row[0]: {cell["format"] for cell in row[1:]} for row in rows}
    assert formats.pop("Age (average)") == {"mean"}
    assert formats.pop("Kind") == set()
    assert set.union(*formats.values()) == {"per_cent"}


def test_needs_stand_in_a_table_of_their_own(request_, group, table):
    rows = rows_of(request_, group, table, needs=True)
    assert [row[0] for row in rows] == ["Drugs", "N", "Y"]


def test_every_row_and_dot_has_its_cell(request_, group, weights, table):
    cells = found(group, weights, table)
    shown = [
        cell["ref"]
        for needs in (True, False)
        for row in rows_of(request_, group, table, needs=needs)
        for cell in row[1:]
    ]
    dots = characteristics.love_rows(request_, group, table)
    shown += [dot[when]["ref"] for dot in dots for when in ("before", "after")]
    assert len(shown) == len(set(shown)) == 8 * 4 + 7 * 2
    assert set(shown) <= set(cells)


def test_the_love_plot_has_one_of_two_levels_that_mirror_each_other(
    request_, group, table
):
    dots = characteristics.love_rows(request_, group, table)
    assert [(dot["label"], dot["before"]["ref"]) for dot in dots] == [
        # a number and the share for whom it is not known are no mirror
        ("Age", f"{BASE}.age.smd_before"),
        ("Age: Not known", f"{BASE}.age.missing.smd_before"),
        ("In work", f"{BASE}.in_work.smd_before"),
        ("Kind: A 1", f"{BASE}.offence.a-1.smd_before"),
        ("Kind: First kind", f"{BASE}.offence.a-1-2.smd_before"),
        ("Kind: Not known", f"{BASE}.offence.missing.smd_before"),
        ("Drugs: Y", f"{BASE}.needs_drugs.y.smd_before"),
    ]
    assert {dot["after"]["format"] for dot in dots} == {"smd"}


def test_a_count_that_starts_at_none_and_one_is_a_mean_all_the_same(request_):
    group = small_study.group([1, 1, 0, 0], {"cautions": [0.0, 1, 2, 1]})
    even = pd.Series(1.0, index=group.people.index)
    table = balance.table(group.people, group.treatment, even, group.covariates)
    cell = found(group, even, table)[f"{BASE}.cautions.mean_comparison_before"]
    assert (cell.kind, cell.value) == ("mean", 1.5)
    [row] = rows_of(request_, group, table, needs=False)
    assert row[0] == "Cautions (average)"


def decided(people, weights, variable):
    """The decision on the characteristics of sixty people of the programme."""
    group = Group("Main", people.rename_axis("person_id"), [variable])
    table = balance.table(group.people, group.treatment, weights, [variable])
    frame = as_frame(who(group, group, weights, table))
    used = int(weights[:60].sum())
    counts = {"main.n_treatment": used, "main.not_matched": 60 - used}
    sizes = [Cell(ref, count, "count") for ref, count in counts.items()]
    decision = release(
        sizes + characteristics.cells(group, weights, table),
        characteristics.sums(group, table),
        profile="default",
        threshold=10,
        analyses=structure([frame]),
    )
    assert "main.n_treatment" in decision.released
    return decision


def test_one_hidden_level_of_a_variable_takes_a_second_with_it():
    place = (["a"] * 4 + ["b"] * 16 + ["c"] * 40) * 2
    people = pd.DataFrame({"treatment": [1] * 60 + [0] * 60, "place": place})
    decision = decided(people, pd.Series(1.0, index=people.index), "place")
    shown = {ref for ref in decision.released if ref.endswith(".mean_treatment")}
    # 4 of 60 is hidden, and with it another: 27% and 67% of 60 would give it away
    assert shown == {"main.balance.place.c.mean_treatment"}


@pytest.mark.parametrize(("left", "told"), [(3, False), (24, True)])
def test_with_few_left_unmatched_the_programme_before_matching_is_no_number(left, told):
    """Of sixty, half of them women, as of those left unmatched: 2 of 3, or 12 of 24."""
    people = pd.DataFrame({"treatment": [1] * 60 + [0] * 60, "sex": ["F", "M"] * 60})
    weights = pd.Series(1.0, index=people.index)
    weights[:left] = 0.0
    released = decided(people, weights, "sex").released
    for level in ("f", "m"):
        row = f"main.balance.sex.{level}"
        assert (released.get(f"{row}.mean_treatment_before") == 50) is told
        assert (f"{row}.smd_before" in released) is told
        assert {f"{row}.mean_treatment", f"{row}.smd_after"} <= set(released)


def named(levels, name="education", **labels):
    """The rows and dots of a category with these levels, half of each group's."""
    column = pd.Series(levels * 2, dtype="str")
    group = small_study.group([1] * len(levels) + [0] * len(levels), {name: column})
    group = replace(group, yes_no=frozenset([name] if yes_no(column) else []))
    weights = pd.Series(1.0, index=group.people.index)
    table = balance.table(group.people, group.treatment, weights, [name])
    request = small_study.study(
        inputs={"made_up": {"people": 1000, "submitted": 100}, "labels": labels}
    )
    needs = name.startswith("S")
    rows = rows_of(request, group, table, needs=needs)
    dots = characteristics.love_rows(request, group, table)
    return [row[0] for row in rows], [dot["label"] for dot in dots]


@pytest.mark.parametrize(
    ("levels", "name", "rows"),
    [
        (["0", "1", "2"], "education", ["Education", "0", "1", "2"]),
        (["0", "1"], "education", ["Education: Yes"]),
        (["false", "true"], "education", ["Education: Yes"]),
        (["TRUE", "false"], "education", ["Education: Yes"]),
        (["0", "1", None], "education", ["Education", "No", "Yes", "Not known"]),
        (["0", "1", "2"], "S3Q1", ["S3Q1", "No problems", "Some problems",
                                   "Significant problems"]),
        (["0", "1"], "S3Q1", ["S3Q1: Some problems"]),
    ],
)  # fmt: skip
def test_noughts_and_ones_have_names_only_where_there_are_no_other_codes(
    levels, name, rows
):
    heads, dots = named(levels, name)
    assert heads == rows
    expected = [f"{rows[0]}: {row}" for row in rows[1:]] or rows
    assert dots == expected


def test_names_of_the_request_come_first():
    given = {"education": {"label": "School", "levels": {"0": "None", "2": "Degree"}}}
    heads, _ = named(["0", "1", "2"], **given)
    assert heads == ["School", "None", "1", "Degree"]
