"""Tables: for a screen reader, and for the analyst."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers.publication import tables
from helpers.publication.numbers import Number
from helpers.publication.tables import Captioned

COLUMNS = ["Box", "People", "Share"]
ROWS = [
    ["Submitted", Number("n", 5030.0), "all"],
    ["Reasons"],
    ["Not linked", Number("x", None, "count", "c"), "some"],
    ["Too late", Number("y", None, "count", "z"), "none"],
]


def soup(rows=ROWS, columns=COLUMNS, caption="Where everyone went"):
    markup = tables.render("table-flow", caption, columns, rows)
    return BeautifulSoup(markup, "html.parser")


def words(element):
    return element.get_text()


def test_a_table_has_a_caption_that_names_its_region():
    page = soup()
    assert words(page.table.caption) == "Where everyone went"
    region = page.find(role="region")
    assert region["aria-labelledby"] == page.caption["id"]
    assert region["tabindex"] == "0"  # a wide table is scrolled by keyboard
    assert page.table["id"] == "table-flow"


def test_columns_and_rows_have_headers_with_their_scope():
    page = soup()
    assert [(words(th), th["scope"]) for th in page.thead.find_all("th")] == [
        (name, "col") for name in COLUMNS
    ]
    rows = [tr.find("th") for tr in page.select("tbody tr")]
    assert [(words(th), th["scope"]) for th in rows] == [
        ("Submitted", "row"),
        ("Reasons", "rowgroup"),
        ("Not linked", "row"),
        ("Too late", "row"),
    ]


def test_a_group_heading_starts_a_body_of_its_own_and_spans_the_table():
    bodies = soup().find_all("tbody")
    assert [len(body.find_all("tr")) for body in bodies] == [1, 3]
    assert bodies[1].th["colspan"] == "3"


def test_numbers_stand_at_the_right_with_their_header_and_words_do_not():
    page = soup()
    assert [th.get("class") for th in page.thead.find_all("th")] == [
        None,
        ["num"],
        None,
    ]
    for row in page.select("tbody tr:has(td)"):
        assert [td.get("class") for td in row.find_all("td")] == [["num"], None]


def test_no_cell_is_empty_and_withheld_ones_show_their_symbol():
    page = soup()
    assert [words(td) for td in page.find_all("td")] == [
        "5,030",
        "all",
        "[c]",
        "some",
        "[z]",
        "none",
    ]


def test_words_from_outside_cannot_become_markup():
    nasty = "<script>alert(1)</script> & \"co\" 'x'"
    page = soup([[nasty, nasty, nasty], [nasty]], [nasty, "b", "c"], nasty)
    assert page.find("script") is None
    assert words(page.caption) == nasty
    assert {words(td) for td in page.find_all("td")} == {nasty}
    assert {words(th) for th in page.select("tbody th")} == {nasty}


# the analyst's tables ----------------------------------------------------------


def frame():
    index = pd.Index(["age", "sex <f>"], name="variable")
    data = {"before": [-1.23456, np.nan], "n": [1200, 7], "why": ["<b>", None]}
    return pd.DataFrame(data, index=index)


def shown(**settings):
    bundle = Captioned(frame(), "Balance & more", **settings)._repr_mimebundle_()
    return bundle, BeautifulSoup(bundle["text/html"], "html.parser")


def test_an_analyst_sees_the_frame_with_caption_index_and_rounding():
    _, page = shown(decimals=2)
    assert words(page.caption) == "Balance & more"
    assert [words(th) for th in page.thead.find_all("th")] == [
        "variable",
        "before",
        "n",
        "why",
    ]
    table = [[words(cell) for cell in row.find_all(["th", "td"])]
             for row in page.select("tbody tr")]  # fmt: skip
    assert table == [
        ["age", "\N{MINUS SIGN}1.23", "1200", "<b>"],
        ["sex <f>", "", "7", ""],
    ]


def test_two_tables_of_a_notebook_do_not_share_an_id():
    _, page = shown()
    assert page.table.get("id") is None


@pytest.mark.parametrize("banner", ["", "DRAFT, not for publication. Changed: a < b."])
def test_a_draft_says_so_above_the_table_and_a_finished_run_does_not(banner):
    bundle, page = shown(banner=banner)
    assert [words(strong) for strong in page.find_all("strong")] == (
        [banner] if banner else []
    )
    assert ("DRAFT" in bundle["text/plain"]) == bool(banner)
    assert "Balance & more" in bundle["text/plain"]


def test_a_draft_run_shows_its_changes_on_every_table(make_run):
    run = make_run(draft=True, changes={"matching.caliper": 0.02})
    page = run.show(frame(), "Balance")._repr_mimebundle_()["text/html"]
    assert "DRAFT, not for publication. Changed: matching.caliper = 0.02." in page


def test_a_frame_does_not_print_its_numbers_by_accident():
    assert "1.23" not in repr(Captioned(frame(), "Balance"))


OF_FOUR = ["Group", "Value", "from", "to"]


@pytest.mark.parametrize(
    ("columns", "row", "beside"),
    [
        # 350 pixels hold some 43 letters of 8 pixels: 9 for the first, and gaps
        (OF_FOUR, ["Programme", "35", "31", "40"], True),
        (OF_FOUR, ["Programme", "1" * 12, "1" * 9, "1"], True),
        (OF_FOUR, ["Programme", "1" * 15, "1" * 15, "1"], False),
        # its label would take more lines than its values below each other
        (OF_FOUR, ["word " * 20, "1" * 9, "1" * 9, "1"], False),
        (["Group", "A long heading", "Value"], ["a" * 60, "b" * 60, "c"], True),
        (["Group", *"abcdefgh"], ["Programme", *"12345678"], True),
        (["Group", *["Programme"] * 5], ["Programme", *"12345"], False),
    ],
)
def test_short_values_stand_side_by_side_on_a_phone(columns, row, beside):
    page = BeautifulSoup(tables.render("k", "c", columns, [row]), "html.parser")
    assert ("jdl-stacks" not in page.table["class"]) == beside
