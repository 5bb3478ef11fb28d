"""What is withheld: the rule on counts, what follows from them, and sums."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.publication.cells import Cell, Sum
from helpers.publication.disclosure import release
from helpers.publication.disclosure.structure import structure
from helpers.publication.people import BEFORE, SELECTED, TREATED, Who, as_frame
from helpers.publication.refs import AVAILABLE, LOST, SUBMITTED


def withheld(cells, sums=(), profile="default", threshold=10):
    decision = release(cells, sums, profile=profile, threshold=threshold)
    assert set(decision.released) | set(decision.withheld) == {c.ref for c in cells}
    assert not set(decision.released) & set(decision.withheld)
    return set(decision.withheld)


# the primary rule --------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "default", "ministry"),
    [(0, True, False), (1, True, True), (9, True, True), (10, False, False)],
)
@pytest.mark.parametrize("by", ["count", "numerator", "complement"])
def test_counts_and_complements_below_the_threshold_are_unsafe(
    count, default, ministry, by
):
    cell = {
        "count": Cell("r", count, "count"),
        "numerator": Cell("r", 100 * count / 50, "rate", count, 50),
        "complement": Cell("r", 100 - 100 * count / 50, "rate", 50 - count, 50),
    }[by]
    assert withheld([cell], profile="default") == ({"r"} if default else set())
    assert withheld([cell], profile="ministry") == ({"r"} if ministry else set())
    assert withheld([cell], profile="none") == set()


@pytest.mark.parametrize(("threshold", "hidden"), [(5, False), (6, True)])
def test_the_threshold_itself_is_safe(threshold, hidden):
    cell = Cell("r", 5, "count")
    assert withheld([cell], threshold=threshold) == ({"r"} if hidden else set())


@pytest.mark.parametrize(("size", "hidden"), [(9, True), (10, False)])
def test_a_mean_of_a_group_below_the_threshold_is_unsafe(size, hidden):
    cell = Cell("age", 31.2, "mean", None, size)
    assert withheld([cell]) == ({"age"} if hidden else set())


def test_a_count_that_is_part_of_a_group_is_unsafe_when_nearly_all_are_in_it():
    assert withheld([Cell("known", 95, "count", 95, 100)]) == {"known"}
    assert withheld([Cell("known", 90, "count", 90, 100)]) == set()


@pytest.mark.parametrize(
    ("largest", "hidden"),
    [
        ((0.9, 0.5), False),  # 90 per cent of a total is still safe
        ((0.901, 0.5), True),
        ((0.6, 0.1), False),  # and so are others who make up a tenth of the largest
        ((0.6, 0.099), True),
        (None, False),
    ],
)
def test_a_mean_of_which_one_or_two_people_make_up_the_most_is_unsafe(largest, hidden):
    cells = [
        Cell("often", 2.5, "mean", 30, 40, largest=largest),
        Cell("difference", -0.5, "derived", needs=("often",)),
    ]
    decision = release(cells, [], profile="default", threshold=10)
    rules = {"often": "dominance", "difference": "needs"}
    assert decision.withheld == (rules if hidden else {})


@pytest.mark.parametrize(
    ("freedom", "hidden"), [(9.99, True), (10, False), (None, False)]
)
def test_a_test_that_leaves_few_degrees_of_freedom_is_unsafe(freedom, hidden):
    cell = Cell("p", 0.03, "derived", needs=(), freedom=freedom)
    decision = release([cell], [], profile="ministry", threshold=10)
    assert decision.withheld == ({"p": "degrees of freedom"} if hidden else {})


@pytest.mark.parametrize("kind", ["setting", "public"])
def test_settings_and_published_numbers_are_exempt(kind):
    cells = [Cell("few", 2, "count"), Cell("r", 3, kind, 3, 5, ("few",))]
    assert withheld(cells) == {"few"}


def test_what_there_is_no_number_for_stays_not_applicable():
    cell = Cell("r", None, "rate", 3, 50)
    decision = release([cell], [], profile="default", threshold=10)
    assert decision.released == {"r": None}


def test_each_withheld_number_has_its_rule():
    cells = [
        Cell("few", 3, "count"),
        Cell("most", 94.0, "rate", 47, 50),
        Cell("small", 1.5, "mean", None, 7),
        Cell("child", 3.5, "derived", needs=("few",)),
        Cell("second", 12, "count"),
        Cell("total", 115, "count"),
        Cell("third", 100, "count"),
    ]
    sums = [Sum("total", ("few", "second", "third"))]
    decision = release(cells, sums, profile="default", threshold=10)
    assert decision.withheld == {
        "few": "few people",
        "most": "complement",
        "small": "group too small",
        "child": "needs",
        "second": "sum",
    }


# what follows --------------------------------------------------------------------


def test_everything_that_needs_a_withheld_number_follows_to_the_last():
    cells = [
        Cell("grandchild", 0.2, "derived", needs=("child",)),
        Cell("child", -6.0, "derived", needs=("a", "b")),
        Cell("a", 6.0, "rate", 3, 50),
        Cell("b", 40.0, "rate", 20, 50),
        Cell("other", 1.0, "derived", needs=("b",)),
    ]
    assert withheld(cells) == {"a", "child", "grandchild"}


def test_the_means_of_one_level_stand_or_fall_together():
    names = ("before", "after")
    cells = [
        Cell("before", 30.0, "rate", 15, 50, ("after",)),
        Cell("after", 8.0, "rate", 4, 50, ("before",)),
        Cell("smd", 5.0, "derived", needs=names),
    ]
    assert withheld(cells) == {"before", "after", "smd"}


# sums ------------------------------------------------------------------------------


def flow(**parts):
    cells = [Cell(name, n, "count", n) for name, n in parts.items()]
    total = Cell(SUBMITTED, sum(parts.values()), "count", sum(parts.values()))
    return [total, *cells], [Sum(SUBMITTED, tuple(parts))]


def test_a_part_withheld_alone_takes_the_other_with_it_that_costs_least():
    cells, sums = flow(a=4, b=30, c=20, d=25)
    assert withheld(cells, sums) == {"a", "b"}  # ties by ref
    share = Cell("share", 37.0, "derived", needs=("b",))
    assert withheld([*cells, share], sums) == {"a", "c"}


def test_two_small_parts_protect_each_other():
    cells, sums = flow(a=4, b=30, c=7)
    assert withheld(cells, sums) == {"a", "c"}


def test_an_empty_box_may_be_shown_and_protects_nothing():
    cells, sums = flow(a=4, b=0, c=30, d=25)
    assert withheld(cells, sums) == {"a", "c"}
    cells, sums = flow(b=0, c=30, d=25)
    assert withheld(cells, sums) == set()


def test_a_size_is_kept_and_the_total_goes_when_there_is_no_other_part():
    cells, sums = flow(**{"a": 4, "all.n_treatment": 200, "b": 0})
    assert withheld(cells, sums) == {"a", SUBMITTED}


def men_and_women(unmatched):
    """382 men and 203 women analysed, so many of each unmatched; by no analysis all."""
    sizes = {"men": (382, unmatched[0]), "women": (203, unmatched[1])}
    everybody = sum(map(sum, sizes.values()))
    cells = [Cell(r, everybody, "count", everybody) for r in (SUBMITTED, AVAILABLE)]
    cells.append(Cell(LOST, 0, "count", 0))
    sums, who, first = [Sum(SUBMITTED, (LOST, AVAILABLE))], [], 1
    for name, (n, left) in sizes.items():
        parts = {
            "n_treatment": n,
            "not_matched": left,
            "filtered": everybody - n - left,
        }
        cells += [Cell(f"{name}.{part}", c, "count", c) for part, c in parts.items()]
        sums.append(Sum(AVAILABLE, tuple(f"{name}.{part}" for part in parts)))
        own = pd.Index(range(first, first + n + left))
        groups = {BEFORE: own, SELECTED: own, TREATED: own[:n]}
        who += [Who(name, "group", group, ids) for group, ids in groups.items()]
        first += n + left
    found = structure([as_frame(who)])
    decision = release(
        cells, sums, profile="default", threshold=10, analyses=found, headlines=sizes
    )
    return set(decision.released)


def test_the_unmatched_of_men_and_women_are_not_told_by_everybody():
    # 592 − 382 − 203 = 7 people, of both
    shown = men_and_women((3, 4))
    assert {"men.n_treatment", "women.n_treatment"} <= shown
    assert not shown & {"men.not_matched", "women.not_matched", AVAILABLE, SUBMITTED}
    # 592 − 378 − 200: by far enough
    assert {AVAILABLE, SUBMITTED} <= men_and_women((8, 9))


def test_a_total_withheld_alone_is_not_told_by_its_parts():
    # men's sum hides the total; women's parts, all shown, would add up to it
    numbers = {SUBMITTED: 204, "men.lost": 4, "men.n_treatment": 200}
    numbers |= {"women.lost": 104, "women.n_treatment": 100}
    cells = [Cell(name, n, "count", n) for name, n in numbers.items()]
    sums = [
        Sum(SUBMITTED, (f"{who}.lost", f"{who}.n_treatment"))
        for who in ("men", "women")
    ]
    assert withheld(cells, sums) == {"men.lost", SUBMITTED, "women.lost"}


def test_what_follows_from_a_number_withheld_for_a_sum_goes_too():
    cells, sums = flow(a=4, b=30, c=20)
    # what both need costs as much whichever goes
    share = Cell("share", 37.0, "derived", needs=("b", "c"))
    assert withheld([*cells, share], sums) == {"a", "b", "share"}


def test_nothing_is_withheld_of_a_flow_without_small_counts():
    cells, sums = flow(**{"a": 10, "b": 11, "all.n_treatment": 100})
    assert withheld(cells, sums) == set()


# laws --------------------------------------------------------------------------------

counts = st.integers(0, 40)


@st.composite
def cells_without_sums(draw):
    found = []
    for number in range(draw(st.integers(1, 8))):
        ref, known = f"r{number}", [cell.ref for cell in found]
        needs = draw(st.lists(st.sampled_from(known), max_size=2)) if known else []
        kind = draw(st.sampled_from(["count", "rate", "mean", "derived", "setting"]))
        size = draw(counts)
        people = draw(st.none() | st.integers(0, size))
        if kind in ("derived", "setting"):
            found.append(Cell(ref, 1.5, kind, needs=tuple(needs)))
        elif kind == "count":
            found.append(Cell(ref, size, kind, size, needs=tuple(needs)))
        else:
            found.append(Cell(ref, 1.5, kind, people, size, tuple(needs)))
    return found


@given(cells_without_sums(), st.sampled_from(["default", "ministry"]), st.randoms())
def test_the_order_of_cells_does_not_matter(cells, profile, random):
    shuffled = random.sample(cells, len(cells))
    assert withheld(shuffled, profile=profile) == withheld(cells, profile=profile)


@given(cells_without_sums())
def test_what_the_ministrys_rule_withholds_the_default_withholds(cells):
    assert withheld(cells, profile="ministry") <= withheld(cells, profile="default")


@given(cells_without_sums(), st.integers(1, 30), st.integers(0, 30))
def test_a_higher_threshold_never_releases_more(cells, threshold, more):
    lower = withheld(cells, threshold=threshold)
    assert lower <= withheld(cells, threshold=threshold + more)


@given(cells_without_sums(), st.sampled_from(["default", "ministry", "none"]))
def test_a_released_number_is_unchanged_and_needs_no_withheld_one(cells, profile):
    decision = release(cells, [], profile=profile, threshold=10)
    for cell in cells:
        if cell.ref in decision.released:
            assert decision.released[cell.ref] == cell.value
            if cell.kind != "setting":
                assert not set(cell.needs) & set(decision.withheld)


box = st.sampled_from([0, 0, 1, 5, 9, 10, 12, 30])


@st.composite
def flows(draw, largest=3):
    """The sums that intake and matching register, with counts that add up."""
    boxes = {f"box.{n}": draw(box) for n in range(draw(st.integers(1, 3)))}
    available = draw(st.integers(1, 80))
    lost = sum(boxes.values())
    numbers = {**boxes, LOST: lost, SUBMITTED: lost + available}
    sums = [Sum(LOST, tuple(boxes))]
    for name in "ab"[: draw(st.integers(1, largest - 1))]:
        filtered = draw(st.integers(0, available - 1))
        gone = draw(st.integers(0, min(12, available - filtered - 1)))
        ends = {"filtered": filtered, "not_matched": gone}
        ends["n_treatment"] = available - filtered - gone
        ends["not_analysed"] = lost + filtered + gone
        numbers |= {f"{name}.{end}": count for end, count in ends.items()}
        sums += [
            Sum(SUBMITTED, (f"{name}.not_analysed", f"{name}.n_treatment")),
            Sum(f"{name}.not_analysed",
                (LOST, f"{name}.filtered", f"{name}.not_matched")),
        ]  # fmt: skip
    sizes = {name for name in numbers if name.endswith("n_treatment")}
    if lost and any(numbers[size] < available for size in sizes):
        numbers[AVAILABLE] = available
        sums.append(Sum(SUBMITTED, (LOST, AVAILABLE)))
        for size in sorted(sizes):
            kept = (size.replace("n_treatment", end) for end in ends)
            sums.append(Sum(AVAILABLE, tuple(kept)[:3]))
    cells = [Cell(name, n, "count", n) for name, n in numbers.items()]
    return cells, sums


def determined(cells, sums, hidden):
    """Hidden numbers that the shown ones and the sums leave only one value for.

    Brute force over all equations at once, by the rank of their hidden columns.
    """
    hidden = sorted(hidden)
    rows = [
        [(name in line.parts) - (name == line.total) for name in hidden]
        for line in sums
    ]
    whole = np.array(rows, dtype=float).reshape(len(sums), len(hidden))
    rank = np.linalg.matrix_rank(whole) if hidden else 0
    found = set()
    for column, name in enumerate(hidden):
        without = np.delete(whole, column, axis=1)
        if without.shape[1] == 0 or np.linalg.matrix_rank(without) < rank:
            if whole[:, column].any():
                found.add(name)
    return found


def test_the_brute_force_sees_a_number_told_by_subtraction():
    cells, sums = flow(a=4, b=30, c=20)
    assert determined(cells, sums, {"a"}) == {"a"}
    assert determined(cells, sums, {"a", "c"}) == set()


@st.composite
def trees(draw):
    """A total, its parts, and parts of some of these: no two sums share two numbers."""
    numbers, sums = {}, []

    def grow(name, depth):
        count = draw(box)
        if depth and draw(st.booleans()):
            parts = [f"{name}.{n}" for n in range(draw(st.integers(1, 4)))]
            count = sum(grow(part, depth - 1) for part in parts)
            sums.append(Sum(name, tuple(parts)))
        numbers[name] = count
        return count

    total = sum(grow(f"t.{n}", 2) for n in range(draw(st.integers(1, 4))))
    sums.append(Sum("t", tuple(name for name in numbers if name.count(".") == 1)))
    cells = [Cell(name, n, "count", n) for name, n in {**numbers, "t": total}.items()]
    return cells, sums


@settings(max_examples=300)
@given(trees(), st.sampled_from(["default", "ministry"]))
def test_a_withheld_number_of_nested_sums_is_never_had_by_subtraction(drawn, profile):
    cells, sums = drawn
    hidden = withheld(cells, sums, profile=profile)
    people = {cell.ref for cell in cells if cell.value}
    assert determined(cells, sums, hidden) & people == set()


@settings(max_examples=200)
@given(flows(), st.sampled_from(["default", "ministry"]))
def test_a_withheld_number_of_the_flow_is_never_had_by_subtraction(drawn, profile):
    cells, sums = drawn
    hidden = withheld(cells, sums, profile=profile)
    people = {cell.ref for cell in cells if cell.value}
    assert determined(cells, sums, hidden) & people == set()


@given(flows(largest=2), st.sampled_from(["default", "ministry"]))
def test_the_size_of_the_only_analysis_is_kept(drawn, profile):
    cells, sums = drawn
    hidden = withheld(cells, sums, profile=profile)
    sizes = {c.ref: c.value for c in cells if c.ref.endswith("n_treatment")}
    assert all(value < 10 for name, value in sizes.items() if name in hidden)


@given(flows())
def test_profile_none_withholds_nothing(drawn):
    cells, sums = drawn
    assert withheld(cells, sums, profile="none") == set()


@given(flows(), st.randoms())
def test_the_order_of_cells_does_not_matter_to_sums(drawn, random):
    cells, sums = drawn
    shuffled = random.sample(cells, len(cells))
    assert withheld(shuffled, sums) == withheld(cells, sums)
