"""What a new edition says of the one before: every number is in one of the two."""

import copy
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.publication import drawing
from helpers.publication.report import assembly, changed
from helpers.request import Outcome
from helpers.request.publication import Publication

RATE = Outcome(name="reoffending_rate")
LEVELS = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")
FORMS = dict.fromkeys(LEVELS, "fewer") | {
    "value_treatment": "per_100",
    "value_comparison": "per_100",
}
SIZES = ("n_submitted", "n_treatment", "n_comparison", "effective_comparison")
VALUES = {
    "all.n_submitted": 600.0, "all.n_treatment": 400.0, "all.n_comparison": 2000.0,
    "all.effective_comparison": 1200.4, "all.rate.n_treatment": 400.0,
    "all.rate.n_comparison": 2000.0, "all.rate.value_treatment": 35.0,
    "all.rate.value_comparison": 42.0, "all.rate.difference": -7.0,
    "all.rate.ci_low": -12.0, "all.rate.ci_high": -1.0, "all.rate.p_value": 0.02,
}  # fmt: skip


def request(edition=2, corrects="A slip."):
    publication = Publication(
        date="2026-06-25", contact="x", edition=edition, corrects=corrects
    )
    return SimpleNamespace(publication=publication, outcomes=(RATE,))


def recipe(name="All"):
    def number(ref, form="count", **more):
        return {"ref": f"all.{ref}", "format": form} | more

    measure = {
        "outcome": RATE.name,
        **{n: number(f"rate.{n}") for n in ("n_treatment", "n_comparison")},
        **{n: number(f"rate.{n}", FORMS[n], scale=0.01) for n in LEVELS},
        "p_value": number("rate.p_value", "p"),
        "significant": number("rate.p_value", significant_at=0.05),
    }
    sizes = {name: number(name) for name in SIZES}
    return {"analyses": [{"name": name, **sizes, "outcomes": [measure]}]}


def told(old, new, asked=None, before=None):
    """The table, a row a list of printed texts, of two editions with these values."""
    asked = asked or recipe()
    before = before or assembly.fill(recipe(), old)
    filled = assembly.fill(asked, new)
    found = changed.told(request(), before, asked, filled, new)
    tables = [part.recipe for part in found.parts if part.recipe["block"] == "table"]
    if not tables:
        assert found.cells == []
        return []
    numbers = new | {cell.ref: cell.value for cell in found.cells}
    assert {cell.kind for cell in found.cells} <= {"public"}
    _, rows = drawing.table_rows(tables[0], numbers)
    return [[getattr(cell, "text", cell) for cell in row] for row in rows]


def test_only_what_is_printed_otherwise_is_told():
    new = VALUES | {
        "all.n_treatment": 390.0, "all.rate.n_treatment": 390.0,
        "all.effective_comparison": 1200.2,  # 1,200 as before
        "all.rate.ci_high": 1.0, "all.rate.p_value": 0.2,
    }  # fmt: skip
    assert told(VALUES, new) == [
        ["All"],
        ["People in the treatment group", "400", "390"],
        ["All: One-year proven reoffending rate, in every 100"],
        ["95% interval, to", "1 fewer", "1 more"],
        ["Statistically significant", "yes", "no"],
    ]


def test_without_a_change_it_says_so():
    assert told(VALUES, VALUES) == []
    filled = assembly.fill(recipe(), VALUES)
    (lead,) = changed.told(request(), filled, recipe(), filled, VALUES).parts
    shown = drawing.render(lead.recipe, {})
    assert "This is the second edition of this report. No number of people" in shown
    assert "What it corrects: A slip." in shown


def test_a_hidden_number_is_hidden_in_its_edition_alone():
    hidden = {n: v for n, v in VALUES.items() if n != "all.n_treatment"}
    row = ["People in the treatment group"]
    assert [*row, "400", "[c]"] in told(VALUES, hidden)
    assert [*row, "not shown", "400"] in told(hidden, VALUES)
    assert told(hidden, hidden) == []


def test_analyses_and_measures_come_and_go():
    both = recipe()
    both["analyses"] += copy.deepcopy(recipe("Women")["analyses"])
    assert told(VALUES, VALUES, asked=both) == [["Women", "not in it", "new"]]
    before = assembly.fill(both, VALUES)
    assert told(VALUES, VALUES, before=before) == [
        ["Women", "in it", "no longer in it"]
    ]
    without = recipe()
    without["analyses"][0]["outcomes"] = []
    called = "All: One-year proven reoffending rate, in every 100"
    assert told(VALUES, VALUES, asked=without) == [[called, "in it", "no longer in it"]]


value = st.none() | st.floats(0, 5000).map(round).map(float)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(value, min_size=24, max_size=24))
def test_the_table_follows_from_what_both_editions_print(drawn):
    """Nothing else goes in: a law, since withheld values are not at hand at all."""
    half = len(VALUES)
    old, new = (
        {n: v for n, v in zip(VALUES, part, strict=True) if v is not None}
        for part in (drawn[:half], drawn[half:])
    )
    printed = [f"{v:,.0f}" for edition in (old, new) for v in edition.values()]
    for row in told(old, new):
        for cell in row[1:]:
            number = cell.split(" ")[0]
            words = ("[c]", "not", "yes", "no")
            assert number in words or number in printed or f"−{number}" in printed


@pytest.mark.parametrize(
    ("edition", "said"), [(3, "the third edition"), (11, "edition eleven")]
)
def test_words_alone_where_the_edition_before_is_not_held(edition, said):
    (lead,) = changed.in_words(request(edition, None)).parts
    shown = drawing.render(lead.recipe, {})
    assert f"This is {said}" in shown.replace("the edition", "edition")
    assert "corrects" not in shown
