"""An analysis of which nothing can be shown has one sentence in place of its blocks."""

import pytest
from support.small_report import cells_of_every_kind, every_block, plain

from helpers.publication import blocks, drawing
from helpers.publication.cells import Cell, by_ref
from helpers.publication.disclosure import Decision
from helpers.publication.numbers import refs_in
from helpers.publication.report import contents, hidden, pages
from helpers.publication.report.assembly import fill
from helpers.publication.report.contents import as_text
from helpers.publication.report.publish_cells import Part, in_order

SECRET = ("all.", "intake.")


def withheld(start=SECRET):
    """The cells of the small report, those that begin so withheld."""
    cells, _ = cells_of_every_kind()
    exempt = ("setting", "public")
    gone = {
        cell.ref: "few people"
        for cell in cells
        if cell.ref.startswith(start) and cell.kind not in exempt
    }
    shown = {cell.ref: cell.value for cell in cells if cell.ref not in gone}
    return by_ref(cells), Decision(shown, gone)


@pytest.fixture
def parts(make_run):
    return in_order([Part(name, b.recipe) for name, b in every_block(make_run())])


def of(study, *names):
    covariates = {"numeric": ["age"]}
    return study(
        analyses=[
            {"name": name, "headline": not number, "covariates": covariates}
            for number, name in enumerate(names)
        ]
    )


def made(parts, request, start=SECRET):
    cells, decision = withheld(start)
    found = hidden.replaced(parts, cells, decision, request)
    return contents.contents(found, request, "1.0", decision, private=True)


def test_where_everything_must_go_the_page_says_so_in_the_place_of_results(
    parts, study
):
    content = made(parts, of(study, "All"))
    points, *rest = [plain(content.drawn[part.key]) for part in content.parts
                     if part.recipe.get("words") == "hidden"]  # fmt: skip
    assert points == (
        "Not shown, to protect people No result can be shown The groups behind the "
        "numbers are too small, or too near to other groups, to be shown without "
        "telling about single people. This says nothing about whether the programme "
        "made a difference."
    )
    assert len(rest) == len(set(p.section for p in content.parts
                                if p.recipe.get("words") == "hidden")) - 1  # fmt: skip
    assert set(rest) == {
        "Numbers about the people of this analysis are not shown here, to protect "
        "them.",
        "No result is shown, so nothing can be said of whether the programme made a "
        "difference.",
    }
    assert as_text(content.headline).startswith(
        "No result can be shown, to protect people. This says nothing about whether"
    )
    page = pages.published(content)
    assert page.count("[c]") == 1  # what it stands for: no number's place is left
    assert fill({"n": {"ref": "all.n_treatment"}}, content.decision.released) == {
        "n": None
    }


def test_what_is_hidden_is_counted_though_nothing_stands_for_it(parts, study):
    content = made(parts, of(study, "All"))
    shown = {cell.ref: cell.value for cell in content.counts}
    without = contents.contents(
        parts, of(study, "All"), "1.0", withheld()[1], private=True
    )
    same = {cell.ref: cell.value for cell in without.counts}
    assert shown == same and shown["disclosure.hidden"] > 0


def test_the_flow_stays_where_it_shows_how_many_lines_there_were(parts, study):
    keys = {part.key for part in made(parts, of(study, "All"), ("all.",)).parts}
    assert {"flow", "flow-words"} <= keys and "results" not in keys


def test_an_analysis_beside_others_is_named(parts, study):
    content = made(parts, of(study, "All", "Men"), ("all.",))
    [first] = [content.drawn[p.key] for p in content.parts
               if p.key == "hidden-main-points-all"]  # fmt: skip
    assert "All: no result can be shown" in plain(first)
    assert as_text(content.headline).startswith("All: No result can be shown")


def test_an_analysis_that_shows_a_measure_keeps_its_blocks(parts, study):
    cells, decision = withheld(("all.n_",))
    request = of(study, "All")
    assert hidden.replaced(parts, cells, decision, request) == parts


def test_a_table_of_lines_that_are_all_hidden_is_one_sentence(study):
    rows = [["Found", blocks.ref("intake.linked")]]
    recipe = {
        "block": "table",
        "key": "found",
        "caption": "How lines were found",
        "columns": ["How", "Lines"],
        "rows": rows,
        "lead": [],
        "notes": [],
    }
    found = [Part("method", recipe)]  # fmt: skip
    shown = Decision({"intake.linked": 30.0}, {})
    assert hidden.replaced(found, {}, shown, study()) == found
    gone = Decision({}, {"intake.linked": "few people"})
    [part] = hidden.replaced(found, {}, gone, study())
    [said] = part.recipe["data"]["sentences"]
    assert said == ["How lines were found: this is hidden to protect people."]


def test_in_a_table_of_several_analyses_one_keeps_its_row_with_nothing_in_it(study):
    """Also where a number is not shown for another reason, which its row would tell."""
    cells = by_ref(
        Cell(f"{base}.{name}", value, kind, 50, 90, rounding="whole")
        for base in ("all", "men")
        for name, value, kind in (
            ("n_treatment", 90.0, "count"),
            ("rate.value_treatment", 40.0, "rate"),
            ("rate.p_value", None, "derived"),
            ("rate.margin", 2.0, "setting"),
        )
    )
    gone = {"men.n_treatment": "few people", "men.rate.value_treatment": "needs"}
    shown = {name: cell.value for name, cell in cells.items() if name not in gone}
    names = ("n_treatment", "rate.value_treatment", "rate.p_value", "rate.margin")
    rows = [[name, *(blocks.ref(f"{name.lower()}.{end}") for end in names)]
            for name in ("All", "Men")]  # fmt: skip
    about = [
        blocks.told(name, f"{name.lower()}.rate.p_value") for name in ("All", "Men")
    ]
    note = {"fact": "note", "text": "Not tested.", "about": about, "named": True}
    columns = ["Analysis", "Number", "Rate", "p-value", "Margin"]
    recipe = {"block": "table", "key": "rates", "caption": "Rates",
              "columns": columns, "rows": rows, "lead": [], "notes": [note],
              "source": "Here"}  # fmt: skip
    decision = Decision(shown, gone)
    [part] = hidden.replaced(
        [Part("estimates", recipe)], cells, decision, of(study, "All", "Men")
    )
    _, printed = drawing.table_rows(part.recipe, shown)
    texts = [[getattr(cell, "text", cell) for cell in row] for row in printed]
    assert texts == [
        ["All", "90", "40", "[z]", "2"],
        ["Men", "[c]", "[c]", "[c]", "2"],  # what the request says stays
    ]
    assert "Note: All: Not tested." in drawing.render(part.recipe, shown)
    assert set(refs_in(part.recipe)) == set(refs_in(recipe))  # they are counted still


@pytest.mark.parametrize("figure", ["measures", "icons"])
@pytest.mark.parametrize("gone", ["treatment", "comparison", ""])
def test_a_figure_of_which_nothing_can_be_drawn_is_left_out(study, figure, gone):
    """Where the size of the analysis is shown, and its measures are hidden."""
    names = {g: f"men.rate.value_{g}" for g in ("treatment", "comparison")}
    cells = by_ref(
        Cell(name, 40.0, "rate", 50, 90, rounding="whole") for name in names.values()
    )
    withheld = {names[gone]: "needs"} if gone else {}
    shown = {name: cell.value for name, cell in cells.items() if name not in withheld}
    measure = {f"value_{g}": blocks.ref(name) for g, name in names.items()}
    data = {"analysis": "Men"} if figure == "measures" else {}
    data |= {"measures": [measure]} if figure == "measures" else {"measure": measure}
    recipe = {"block": "figure", "key": "drawn", "figure": figure, "data": data,
              "lead": [blocks.see("drawn"), " shows"], "notes": []}  # fmt: skip
    [part] = hidden.replaced(
        [Part("estimates", recipe)], cells, Decision(shown, withheld), of(study, "Men")
    )
    assert set(names.values()) <= set(refs_in(part.recipe))  # they are counted still
    if not gone:
        assert part.recipe == recipe
        return
    said = "Men: the measures are not shown in a figure, because their numbers are "
    expected = f"<p>{said}hidden to protect people.</p>"
    text = drawing.render(part.recipe, shown)
    assert text == (expected if figure == "measures" else "")
