"""Levels of one analysis: ranges that are true; the order of rows changes nothing."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.publication.disclosure import levels
from helpers.publication.disclosure.rules import profile
from helpers.publication.disclosure.structure import Analysis, Level
from helpers.publication.people import BEFORE, COMPARISON, POOL, SELECTED, TREATED


def analysis(counts):
    """An analysis of one characteristic: level → matched, left unmatched, pool."""
    rows = []
    for same, (name, (matched, left, pool)) in enumerate(counts.items()):
        of = {TREATED: matched, BEFORE: matched + left, SELECTED: matched + left}
        of |= {POOL: pool, COMPARISON: pool}
        rows.append(Level(f"a.balance.kind.{name}", "kind", of, same))
    sizes = {group: sum(r.counts[group] for r in rows) for group in rows[0].counts}
    return Analysis("a", {}, sizes, rows)


def decided(counts, rule, known=True):
    one = analysis(counts)
    left = one.sizes[BEFORE] - one.sizes[TREATED]
    told = (left, left) if known else (0, max(left, rule.threshold))
    refs = [level.ref for level in one.levels]
    few = {
        level.ref: "few people"
        for level in one.levels
        for group in (TREATED, BEFORE, POOL)
        for count in (level.counts[group], one.sizes[group] - level.counts[group])
        if rule.unsafe(count)
    }
    return levels.decide(one, refs, few, told, rule), one


def test_a_level_of_few_takes_the_smallest_other_with_it():
    counts = {"a": (60, 0, 300), "b": (30, 0, 200), "c": (5, 0, 80), "d": (20, 0, 90)}
    found, _ = decided(counts, profile("default", 10))
    assert set(found.hidden) == {"a.balance.kind.c", "a.balance.kind.d"}
    assert found.before == {}  # nobody was left unmatched


def test_the_few_left_unmatched_are_held_in_a_range_from_what_is_shown():
    # 100 of 200 matched are 50%, so 99 to 100 of 200 (half a per cent is one person):
    # with nobody to ten more of 212, 99 / 212 is 46.7% and 110 / 210 is 52.4%
    counts = {"a": (100, 6, 500), "b": (100, 6, 500)}
    found, _ = decided(counts, profile("default", 10))
    assert set(found.before) == {"a.balance.kind.a", "a.balance.kind.b"}
    for text in found.before.values():
        low, high = map(int, re.fullmatch(r"(\d+) to (\d+)%", text).groups())
        assert low <= 46 and high >= 52 and high - low <= 8


parts = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 14), st.integers(1, 300)),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(parts, st.sampled_from(["default", "ministry"]), st.booleans(), st.randoms())
def test_ranges_hold_what_was_there_and_the_order_of_rows_changes_nothing(
    drawn, name, known, random
):
    counts = {
        f"l{i}": (matched, left if matched else max(left, 1), pool)
        for i, (matched, left, pool) in enumerate(drawn)
    }
    rule = profile(name, 10)
    found, one = decided(counts, rule, known)
    rows = {level.ref: level.counts for level in one.levels}
    for ref, text in found.before.items():
        if text is not None:
            low, high = map(int, re.fullmatch(r"(\d+) to (\d+)%", text).groups())
            share = 100 * rows[ref][BEFORE] / one.sizes[BEFORE]
            assert low <= share <= high
    again = dict(random.sample(list(counts.items()), len(counts)))
    other, _ = decided(again, rule, known)
    assert (set(other.hidden), other.before) == (set(found.hidden), found.before)
