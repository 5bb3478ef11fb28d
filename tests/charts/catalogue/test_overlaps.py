"""Results that may share people: found, named, and the largest of each kept."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.charts.catalogue import overlaps, read


def frame(*rows):
    """Rows of id, organisation, type, cohort_from, cohort_to, n and month."""
    columns = "id organisation intervention_type cohort_from cohort_to n counts_from"
    made = pd.DataFrame(list(rows), columns=columns.split())
    made["n"] = made["n"].astype(float)
    return made.assign(counts_from=pd.to_datetime(made["counts_from"]))


def row(id, first="", last="", n=None, month=None, who="A", what="Mentoring"):
    return (id, who, what, first, last, n, month)


def together(*rows):
    return [ids for *_, ids in overlaps.named(frame(*rows))]


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("2009", "2012"), ("2012", "2014"), True),
        (("2009", "2011"), ("2012", "2014"), False),
        (("2012", "2014"), ("2009", "2011"), False),
        (("2009", "2015"), ("2011", "2012"), True),
        (("2009", "2011"), ("", ""), True),  # years that were not printed may be any
        (("2009", "2011"), ("2012", ""), False),
        (("2009", ""), ("2012", "2014"), True),
        (("", "2011"), ("2012", "2014"), False),
        (("", ""), ("", ""), True),
    ],
)
def test_years_that_meet_or_are_unknown_may_share_people(one, other, meet):
    assert together(row("a", *one), row("b", *other)) == ([("a", "b")] if meet else [])


def test_only_one_organisation_and_intervention_type_may_share_people():
    rows = (row("a"), row("b", who="B"), row("c", what="Courts"))
    assert together(*rows) == []
    assert together(row("a", who="Trust"), row("b", who="TRUST")) == [("a", "b")]


def test_those_who_share_with_a_third_are_in_one_group():
    rows = (
        row("a", "2009", "2010"),
        row("b", "2010", "2012"),
        row("c", "2012", "2013"),
    )
    assert together(*rows) == [("a", "b", "c")]


def test_the_largest_is_kept_then_the_latest_then_the_first():
    def kept(*rows):
        return list(overlaps.largest(frame(*rows))["id"])

    assert kept(row("a", n=30), row("b", n=300), row("c")) == ["b"]
    assert kept(row("a", n=30, month="2014-01-31"), row("b", n=30, month="2018-01-31"),
                row("c", n=30)) == ["b"]  # fmt: skip
    assert kept(row("b"), row("a")) == ["a"]
    assert kept(row("a", "2009", "2010"), row("b", "2011", "2012")) == ["a", "b"]


def test_groups_of_the_published_results_by_hand():
    published = read.read("params/catalogue").results
    assert [(who, len(ids)) for who, _, ids in overlaps.named(published)] == [
        ("City & Guilds", 7),  # 2017, five courses of 2019, and 2026
        ("The Clink Charity", 5),
        ("Forward Trust", 2),
        ("Prisoners' Education Trust", 3),
    ]
    # 33 less 6, 4, 1 and 2 that are not the largest
    kept = overlaps.largest(published)["id"]
    assert len(kept) == 20
    assert {"cityguilds2026_men", "clink2022", "pet2021_all"} <= set(kept)


def test_no_results_are_no_groups():
    assert overlaps.named(frame()) == []
    assert overlaps.largest(frame()).empty


years = st.sampled_from(["", "2009", "2010", "2011", "2012"])
many = st.lists(
    st.tuples(years, years, st.sampled_from([None, 30, 60]), st.sampled_from("AB")),
    max_size=8,
)


@settings(max_examples=examples(60), deadline=None)
@given(rows=many, data=st.data())
def test_order_of_rows_does_not_matter(rows, data):
    rows = [
        row(f"r{n}", *sorted(years, key=lambda y: y or "0"), size, who=who)
        for n, (*years, size, who) in enumerate(rows)
    ]
    turned = data.draw(st.permutations(rows))
    one, other = frame(*rows), frame(*turned)
    assert overlaps.groups(one).to_dict() == overlaps.groups(other).to_dict()
    assert overlaps.named(one) == overlaps.named(other)
    kept = overlaps.largest(one)
    assert set(kept["id"]) == set(overlaps.largest(other)["id"])
    # one of each group, and those that are left share nobody
    assert len(kept) == overlaps.groups(one).nunique()
    assert overlaps.named(kept) == []
