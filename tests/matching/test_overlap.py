"""Where scores overlap: shares by bin and by band, counted by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import small_study
from support.effort import examples

from helpers.matching import overlap
from helpers.matching.report import overlap as report_overlap
from helpers.publication.cells import Cell
from helpers.publication.disclosure import release
from helpers.publication.numbers import refs_in

NAME, BASE = small_study.NAME, small_study.BASE
GROUPS = (
    "treatment_before",
    "comparison_before",
    "treatment_after",
    "comparison_after",
)

# for the analyst --------------------------------------------------------------


@pytest.fixture
def study():
    """Three treated and four of the pool; one of each is not matched."""
    group = small_study.group([1, 1, 1, 0, 0, 0, 0], {"age": [20.0] * 7})
    score = pd.Series([0.05, 0.06, 0.99, 0.02, 0.05, 0.09, 0.5], group.people.index)
    weights = pd.Series([1, 1, 0, 0.5, 1.0, 0.5, 0], group.people.index)
    return group, score, weights


@pytest.fixture
def shown(study):
    cells, bins = report_overlap.shares(*study)
    return {cell.ref: cell for cell in cells}, bins


def values(cells, bin_):
    found = [cells[f"{BASE}.scores.{bin_}.{group}"] for group in GROUPS]
    return [(cell.value, cell.numerator, cell.denominator) for cell in found]


def test_shares_and_counts_by_hand(shown):
    cells, _ = shown
    third = pytest.approx(100 / 3)
    # up to 0.05 at the limit itself; then above it up to 0.10
    assert values(cells, 0) == [(third, 1, 3), (50, 2, 4), (50, 1, 2), (75, 2, 3)]
    assert values(cells, 1) == [(third, 1, 3), (25, 1, 4), (50, 1, 2), (25, 1, 3)]
    assert values(cells, 19) == [(third, 1, 3), (0, 0, 4), (0, 0, 2), (0, 0, 3)]


def test_the_shares_of_each_group_make_a_hundred(shown):
    cells, bins = shown
    assert len(bins) == 20
    for group in GROUPS:
        shares = [cells[f"{BASE}.scores.{i}.{group}"].value for i in range(20)]
        assert sum(shares) == pytest.approx(100)


def test_bins_are_named_by_their_limits(shown):
    _, bins = shown
    assert [bins[i]["label"] for i in (0, 3, 19)] == [
        "0.00 to 0.05",
        "0.15 to 0.20",
        "0.95 to 1.00",
    ]
    assert bins[3]["comparison_after"]["ref"] == f"{BASE}.scores.3.comparison_after"


def test_a_match_of_nobody_leaves_empty_bins():
    group = small_study.group([1, 1, 0, 0], {"age": [20.0] * 4})
    score = pd.Series([0.9, 0.9, 0.1, 0.1], group.people.index)
    cells, _ = report_overlap.shares(group, score, pd.Series(0.0, group.people.index))
    after = [c for c in cells if c.ref.endswith("treatment_after")]
    assert {(cell.value, cell.denominator) for cell in after} == {(0, 0)}
    before = [c.value for c in cells if c.ref.endswith("treatment_before")]
    assert np.sum(before) == 100


def test_the_report_never_hears_of_the_analysts_numbers(tmp_path, study):
    group, score, weights = study
    run = small_study.stage(tmp_path, "matching", small_study.study())
    every = [group, small_study.model(score), small_study.matched(weights,
             group.treatment)]  # fmt: skip
    [block] = report_overlap.figures(run, *({NAME: part} for part in every))
    assert len(refs_in(block.recipe)) == 80
    assert "<img " in block._repr_mimebundle_()["text/html"]
    assert not run.registered and not run.made_in


# as one number ----------------------------------------------------------------


def near(caliper, width, exact=None):
    """Four treated; ten of the pool score as the first, nine as the second."""
    treatment = [1, 1, 1, 1] + [0] * 19
    group = small_study.group(treatment, {"age": [20.0] * 23})
    score = [0.5, 0.25, 0.75, np.nan] + [0.5] * 10 + [0.25] * 9
    score = pd.Series(score, group.people.index)
    if exact is not None:
        keys = pd.DataFrame({"site": exact}, index=group.people.index)
        group = replace(group, exact=keys)
    match = small_study.matched(score.notna().astype(float), group.treatment, width)
    settings = small_study.study(matching=caliper).matching
    return overlap.share_near(group, small_study.model(score), match, settings)


def test_the_share_with_ten_peers_is_of_all_the_treated():
    # the second has nine, the third nobody, and the fourth has no score
    assert near({}, 0.1) == 0.25
    # within ln 3, the logit of 0.75, the second has all 19, and the third the ten
    assert near({}, 1.0987) == 0.75
    assert near({}, 1.0986) == 0.25


def test_peers_share_the_exact_keys():
    one_elsewhere = ["A"] * 4 + ["B"] + ["A"] * 18
    assert near({}, 0.1, one_elsewhere) == 0


def test_without_a_caliper_it_is_that_of_radius_matching():
    assert near({"method": "nearest"}, np.inf) == 0.25


# for the report ---------------------------------------------------------------


def scored(counts):
    """Scores in the middle of bins of 0.05 with so many of both groups in each."""
    rows = [
        (treated, 0.05 * number + 0.025)
        for number, pair in enumerate(counts)
        for treated, count in zip((1, 0), pair, strict=True)
        for _ in range(count)
    ]
    return pd.DataFrame(rows, columns=["treatment", "score"])


def banded(counts, least):
    people = scored(counts)
    found = overlap.bands(people["score"], people["treatment"], least)
    return [tuple(row) for row in found.itertuples(index=False, name=None)]


#: enough of both groups far apart for bands that start from bins of 0.05
WIDE = [(20, 30), (4, 50), (8, 60), (12, 9), (30, 0), (2, 3), *[(0, 0)] * 8, (5, 1)]


def test_bands_are_merged_until_each_holds_enough_of_both_groups():
    assert banded(WIDE, 10) == [
        (0.0, 0.05, 20, 30),
        # 4 of the programme are too few; with 8 more they are enough
        (0.05, 0.15, 12, 110),
        # nine of the pool are too few until three more come; one is left and joins
        (0.15, 1.0, 49, 13),
    ]


def test_open_data_show_where_one_group_has_nobody():
    found = banded([(20, 0), (0, 0), (10, 30), *[(0, 0)] * 8, (0, 20), (0, 1)], 0)
    assert found == [
        (0.0, 0.05, 20, 0),
        (0.05, 0.15, 10, 30),
        (0.15, 0.60, 0, 20),
        (0.60, 1.0, 0, 1),
    ]


@pytest.mark.parametrize(
    ("end", "step"), [(0.18, 0.01), (0.22, 0.02), (0.38, 0.02), (0.6, 0.05)]
)
def test_scores_that_lie_close_have_finer_bands(end, step):
    score = pd.Series(np.tile(np.linspace(0.001, end, 600), 2))
    treatment = pd.Series(np.repeat([1, 0], 600))
    widths = overlap.bands(score, treatment, 10).eval("end - start").round(2)
    assert widths.iloc[:-1].eq(step).all()


@settings(max_examples=examples(100))
@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=1,
             max_size=20),
    st.integers(1, 12),
)  # fmt: skip
def test_no_band_holds_too_few_and_nobody_is_lost(counts, least):
    people = scored(counts)
    if people.empty:
        return
    found = overlap.bands(people["score"], people["treatment"], least)
    if len(found):
        assert found[["treatment", "comparison"]].min().min() >= least
        assert found["treatment"].sum() == (people["treatment"] == 1).sum()
        assert found["comparison"].sum() == (people["treatment"] == 0).sum()
        assert list(found["start"]) == [0.0, *found["end"].iloc[:-1]]
        assert found["end"].iloc[-1] == 1


def registered(folder, set_aside=0, counts=WIDE, **parts):
    """A run with bands of a study, some of whose treated have no score."""
    people = scored(counts)
    group = small_study.group(list(people["treatment"]), {"age": [20.0] * len(people)})
    score = people["score"].set_axis(group.people.index)
    treated = group.treatment == 1
    score[score[treated].index[:set_aside]] = np.nan
    fitted = group.only(score.notna())
    run = small_study.stage(folder, "matching", small_study.study(**parts))
    every = [fitted, small_study.model(score)]
    return run, report_overlap.register(run, *({NAME: part} for part in every))


def test_shares_are_registered_as_whole_per_cents_that_add_up(tmp_path):
    run, _ = registered(tmp_path)
    cells = run.cells
    # 20, 12 and 49 of 81; 30, 110 and 13 of 153
    for name, everyone, people in (
        ("treatment", 81, [(25, 20), (15, 12), (60, 49)]),
        ("comparison", 153, [(20, 30), (72, 110), (8, 13)]),
    ):
        made = [cells[f"{BASE}.overlap.{i}.{name}"] for i in range(3)]
        assert [(c.value, c.numerator) for c in made] == people
        assert {(c.kind, c.denominator) for c in made} == {("rate", everyone)}
    assert [line.total for line in run.sums] == [f"{BASE}.overlap.whole"] * 2
    assert run.sums[0].parts == tuple(f"{BASE}.overlap.{i}.treatment" for i in range(3))
    assert all(cell.method.startswith("2: ") for cell in run.registered)
    decision = release(run.registered, run.sums, profile="default", threshold=10)
    assert not decision.withheld


@pytest.mark.parametrize(
    "counts", [[(30, 40)], [(30, 40), (3, 40)], [(9, 400)], [(30, 9), (1, 0)]]
)
def test_everyone_in_one_band_is_not_drawn(tmp_path, counts):
    # its share is all of them, and none outside it
    run, found = registered(tmp_path, counts=counts)
    assert not run.registered
    run.register(small_study.sizes_cells())
    [[block]] = report_overlap.published(run, found).values()
    assert "hidden to protect people" in small_study.markup(run, block)


def test_of_people_who_are_made_up_or_open_data_nothing_is_hidden(tmp_path):
    none = {"profile": "none", "reason": "The people are made up."}
    run, found = registered(tmp_path, set_aside=2, disclosure=none)
    assert len(found[NAME]) > 3
    run.register(small_study.sizes_cells())
    [[block]] = report_overlap.published(run, found).values()
    assert block.recipe["block"] == "figure"


@pytest.fixture
def figure(tmp_path):
    def make(**matching):
        run, found = registered(tmp_path, matching=matching)
        run.register(small_study.sizes_cells())
        [[block]] = report_overlap.published(run, found).values()
        return run, block

    return make


def test_the_outer_bands_are_open_and_the_lead_says_how_many_were_matched(figure):
    run, block = figure()
    assert [band["label"] for band in block.recipe["data"]["bands"]] == [
        "under 0.05",
        "0.05 to 0.15",
        "over 0.15",
    ]
    said = small_study.markup(run, block)
    assert f'data-ref="{BASE}.share_matched">97%</data> were matched' in said
    assert {"see": f"overlap-{BASE}"} in block.recipe["lead"]
    assert not any("0%" in note for note in block.recipe["notes"])


def test_a_share_printed_as_nothing_is_explained(tmp_path):
    none = {"profile": "none", "reason": "The people are made up."}
    run, found = registered(tmp_path / "none", counts=[(0, 9), (9, 0)], disclosure=none)
    run.register(small_study.sizes_cells())
    notes = report_overlap.published(run, found)[NAME][0].recipe["notes"]
    assert notes[-1].startswith("A per cent that is printed as nought")


@pytest.mark.parametrize(
    ("matching", "similar"),
    [
        ({}, True),
        ({"caliper": 0.1}, True),
        ({"caliper": 0.9, "accept_wide": True}, False),
        ({"method": "nearest"}, False),
        ({"method": "kernel"}, True),
        ({"method": "kernel", "accept_wide": True}, False),
    ],
)
def test_only_a_caliper_makes_the_scores_of_the_matched_similar(
    figure, matching, similar
):
    _, block = figure(**matching)
    assert bool(block.recipe["data"]["matched"]) is similar


@pytest.mark.parametrize(("left", "everyone"), [(0, True), (1, False)])
def test_everyone_was_matched_where_nobody_was_left(tmp_path, left, everyone):
    # one of many left unmatched would be rounded to 100% matched all the same
    run, found = registered(tmp_path)
    run.register(small_study.sizes_cells())
    run.register([Cell(f"{BASE}.not_matched", left, "count")])
    [[block]] = report_overlap.published(run, found).values()
    assert block.recipe["data"]["everyone"] is everyone
