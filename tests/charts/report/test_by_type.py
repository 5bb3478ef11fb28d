"""Results by type: tallies, counts and forests, whatever the catalogue holds."""

import csv
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
from support import small_study

from helpers.charts.catalogue import read
from helpers.charts.catalogue.columns import RESULTS
from helpers.charts.report import by_type, frequency, sections
from helpers.files import ROOT
from helpers.publication.cells import Cell
from helpers.publication.drawing import render
from helpers.publication.numbers import refs_in

FOLDER = ROOT / "params" / "catalogue"
RATE, OFTEN = "reoffending_rate", "reoffending_frequency"
ORGANISATION = "The Association of Voluntary Organisations for Resettlement in a City"


def row(number, **values):
    """A result of the example's own types unless told otherwise."""
    return {
        "id": f"result_{number:03}",
        "organisation": ORGANISATION,
        "programme": f"Programme {number}",
        "intervention_type": "Mentoring",
        "sector": "Voluntary",
        "conclusion": "made up",
        "source_url": "https://example.org",
        "source_kind": "made up",
        "grade": "A",
    } | values


@pytest.fixture
def catalogue(tmp_path):
    def of(*rows, labels=None):
        folder = tmp_path / "catalogue"
        shutil.copytree(FOLDER, folder)
        with (folder / "results.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, RESULTS, restval="")
            writer.writeheader()
            writer.writerows(rows)
        published = read.read(folder)
        return replace(
            published,
            types=tuple(
                replace(type_, label=(labels or {}).get(type_.name, type_.label))
                for type_ in published.types
            ),
        )

    return of


def estimates(outcome, **values):
    """Cells of one measure of the example's analysis."""
    base, per = f"{small_study.BASE}.{outcome}", "per_100." * (outcome == OFTEN)
    numbers = {"value_treatment": 33.0, "value_comparison": 41.0, "difference": -8.0,
               "ci_low": -13.0, "ci_high": -3.0} | values  # fmt: skip
    return [
        Cell(f"{base}.n_treatment", 400, "count", 400),
        Cell(f"{base}.p_value", 0.002, "derived", rounding="p"),
        *(
            Cell(f"{base}.{per}{n}", v, "derived", rounding="whole")
            for n, v in numbers.items()
        ),
    ]


def stage(folder, published, cells=(), **parts):
    run = small_study.stage(
        folder / "run", "charts", small_study.study(**parts), outcomes=list(cells)
    )
    sections.register(run, published)
    return run


def shown(run, made):
    """Headlines and words of blocks, by their keys."""
    return {block.recipe["key"]: small_study.markup(run, block) for block in made}


def test_an_empty_catalogue_has_no_charts(tmp_path, catalogue):
    published = catalogue()
    run = stage(tmp_path, published)
    for kind in read.KINDS:
        assert by_type.blocks_of(run, published, kind) == []
    assert frequency.blocks_of(run, published) == []


def test_types_without_a_printed_difference_are_named_and_have_no_figure(
    tmp_path, catalogue
):
    published = catalogue(
        row(1, rate_treat="20", rate_comp="24"),
        row(2, intervention_type="Courts"),
        row(3, intervention_type="Accommodation", sig_rate="N"),
        row(4, intervention_type="Accommodation"),
    )
    run = stage(tmp_path, published)
    made = shown(run, by_type.blocks_of(run, published, "intervention"))
    # its own type stands apart
    assert list(made) == ["tally-intervention", "differences-intervention"]
    own = shown(run, by_type.own_type(run, published))
    assert list(own) == ["own-intervention", "forest-intervention-mentoring"]
    said = made["differences-intervention"]
    assert "No difference is known for: Accommodation (" in said
    assert "A figure for each type" not in said
    assert ">2</data> results), Courts (" in said and ">1</data> result)." in said


def test_results_of_one_verdict_without_any_difference(tmp_path, catalogue):
    rows = [row(number, sig_rate="Y", dir_rate="down") for number in (1, 2)]
    published = catalogue(*rows)
    run = stage(tmp_path, published)
    made = shown(run, by_type.blocks_of(run, published, "sector"))
    assert list(made) == ["own-sector", "tally-sector", "differences-sector"]
    said = made["own-sector"]
    assert ">2</data> results collected (" in said
    assert ">2</data> significant decreases). No difference is known." in said
    assert "By sector type: of 2 results, 2 are decreases" in made["tally-sector"]
    said = made["differences-sector"]
    assert "No difference in the one-year proven reoffending rate is known." in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(1)], "1</data> of which the finding is not known). Its difference is "),
        (
            [row(1, intervention_type="Courts")],
            "in this study: no result is collected.",
        ),
    ],
)
def test_a_study_alone_in_its_type_has_a_sentence_and_no_figure(
    tmp_path, catalogue, rows, said
):
    published = catalogue(*rows)
    run = stage(tmp_path, published, estimates(RATE))
    [words] = by_type.own_type(run, published)
    assert said in small_study.markup(run, words)
    assert "fold" not in words.recipe
    rest = by_type.blocks_of(run, published, "intervention")
    assert {block.recipe["fold"]["summary"][0] for block in rest} == {
        "By intervention type: "
    }
    assert not any(block.recipe.get("figure") == "forest" for block in rest)
    # where its result is hidden nothing tells of it
    difference = f"{small_study.BASE}.{RATE}.difference"
    numbers = {ref: cell.value for ref, cell in run.cells.items() if ref != difference}
    for block in rest:
        assert "Example Mentoring Trust" not in render(block.recipe, numbers)


def test_more_than_a_page_holds_is_drawn_in_parts_of_one_fold(tmp_path, catalogue):
    # 51 results and a figure of 25 at most: three of 17
    rows = [row(n, rate_treat="20", rate_comp=f"{20 + n % 7}", sector="Public")
            for n in range(51)]  # fmt: skip
    published = catalogue(*rows)
    run = stage(tmp_path, published)
    # after the sentence on its own type, and the tally
    forests = by_type.blocks_of(run, published, "sector")[2:]
    keys = [block.recipe["key"] for block in forests]
    assert keys == [f"forest-sector-public-{part}" for part in (1, 2, 3)]
    assert [len(block.recipe["data"]["rows"]) for block in forests] == [17, 17, 17]
    assert all(block.recipe["fold"] == forests[0].recipe["fold"] for block in forests)
    assert "Public sector, part 2 of 3: " in small_study.markup(run, forests[1])


def test_types_are_folded_with_what_they_hold_and_its_own_stands_apart(
    tmp_path, catalogue
):
    published = catalogue(
        row(1, rate_treat="20", rate_comp="24"),
        row(2, rate_treat="20", rate_comp="24", intervention_type="Courts"),
        row(3, intervention_type="Courts"),
    )
    run = stage(tmp_path, published)
    own = by_type.own_type(run, published)
    made = own + by_type.blocks_of(run, published, "intervention")
    folds = {b.recipe["key"]: b.recipe.get("fold") for b in made}
    # its words in view, the figure in the one fold of its type
    assert folds["own-intervention"] is None
    assert "within" not in folds["forest-intervention-mentoring"]
    assert folds["forest-intervention-mentoring"]["summary"][0] == "Mentoring: "
    # its marks are counted in the table beneath; bars are for the summary
    assert "counts-intervention" not in folds
    assert "differences-intervention" not in folds
    courts = folds["forest-intervention-courts"]["summary"]
    values = [
        run.cells[piece["ref"]].value if isinstance(piece, dict) else piece
        for piece in courts
    ]
    assert values == ["Courts: ", 1, " of ", 2, " results"]
    part = folds["forest-intervention-courts"]["within"]
    assert part == folds["tally-intervention"]
    assert part["summary"][0] == "By intervention type: "


def test_long_names_and_labels_stand_in_table_and_chart(tmp_path, catalogue):
    label = "Support for people who leave prison, with a home, work and a mentor"
    published = catalogue(
        row(1, rate_treat="10", rate_comp="50", n_treat="6000",
            size_note="nearly 6,000"),
        row(2, rate_treat="50", rate_comp="20"),
        row(3, rate_treat="50", rate_comp="20"),
        labels={"Mentoring": label},
    )  # fmt: skip
    run = stage(tmp_path, published, estimates(RATE))
    _, forest = by_type.own_type(run, published)
    printed = small_study.printed(run, forest)
    # this study first; then largest decrease first, tied effects by their id
    assert [line[0].split(": ")[-1] for line in printed] == [
        "Example Mentoring Trust", "Programme 1", "Programme 2", "Programme 3"
    ]  # fmt: skip
    assert printed[1][2:5] == ["about 6,000", "10 v 50", "40 fewer (from the rates)"]
    assert printed[2][4] == "30 more (from the rates)"
    said = small_study.markup(run, forest)
    assert f"{label}: three differences, from 40 fewer to 30 more in every 100" in said
    assert "All three differences were worked out as one printed rate less the" in said
    # all of one organisation and type, and no years were printed
    assert "may be about the same people: three of The Association" in said


def test_notes_tell_only_of_what_a_figure_shows(tmp_path, catalogue):
    whole = {"n_treat": "900", "rate_treat": "20", "rate_comp": "24",
             "ci_low": "-7", "ci_high": "-1"}  # fmt: skip
    published = catalogue(
        row(1, **whole, diff_printed="-4"),
        row(2, **whole, organisation="Another"),
        row(3, intervention_type="Courts", ci_low="-13", ci_high="-0.2"),
        row(4, intervention_type="Employment", **whole, diff_printed="-4"),
    )
    run = stage(tmp_path, published)
    made = by_type.own_type(run, published)[1:]
    made += by_type.blocks_of(run, published, "intervention")
    notes = {b.recipe["key"]: b.recipe["notes"] for b in made}
    assert notes["forest-intervention-mentoring"] == [
        "One of the two differences was worked out as one printed rate less the "
        "other; the table marks each."
    ]
    assert notes["forest-intervention-courts"] == [
        "Where only an interval was printed, the mark and the difference are its "
        "middle.",
        "[x] in the table: not printed where it could be read.",
    ]
    assert notes["forest-intervention-employment"] == []
    # of Courts no size is known
    assert notes["tally-intervention"] == [
        "[x] in the table: not printed where it could be read."
    ]


def test_a_summary_of_all_results_says_once_what_its_figures_show(tmp_path, catalogue):
    published = catalogue(row(1, rate_treat="20", rate_comp="24"))
    run = stage(tmp_path, published)
    alone = SimpleNamespace(
        request=SimpleNamespace(
            alone=True, analyses=(), outcomes=(), source_of_data="made up"
        ),
        cells=run.cells,
        banner="",
    )
    keys = {
        kind: [block.recipe["key"] for block in made]
        for kind in read.KINDS
        for made in [by_type.blocks_of(alone, published, kind)]
    }
    assert keys["intervention"] == [
        "tally-intervention",
        "counts-intervention",
        "differences-intervention",
        "forest-intervention-mentoring",
    ]
    assert keys["sector"] == [
        "tally-sector",
        "counts-sector",
        "forest-sector-voluntary",
    ]


def test_frequency_shows_what_both_groups_printed_and_this_study(tmp_path, catalogue):
    published = catalogue(
        row(1, intervention_type="Employment/training", sector="Public",
            freq_treat_per100="62", freq_comp_per100="91", sig_freq="Y",
            dir_freq="down"),
        row(2, sig_freq="N"),
    )  # fmt: skip
    run = stage(tmp_path, published, estimates(OFTEN))
    made = frequency.blocks_of(run, published)
    keys = [block.recipe["key"] for block in made]
    # a figure of the public sector would be the same again; of mentoring, and of the
    # voluntary sector, there is this study alone
    assert keys == [
        "frequency-tally-intervention",
        "frequency-tally-sector",
        "frequency-differences-intervention",
        "frequency-forest-intervention-employment-training",
    ]
    # nothing is on its own type: all of it is in one fold
    assert len({str(block.recipe["fold"]) for block in made}) == 1
    [line] = small_study.printed(run, made[3])
    # 62 − 91 = −29 reoffences per 100 people; no interval was printed
    assert line[3:] == ["62 v 91", "29 fewer (from the frequencies)", "[x]", "Decrease"]
    said = small_study.markup(run, made[0])
    assert (
        "How often, by intervention type: of 2 results, 1 is a decrease and 1" in said
    )
    assert "found on the frequency of proven reoffending" in said


def test_frequency_begins_with_its_own_type_and_this_study(tmp_path, catalogue):
    published = catalogue(row(1, freq_treat_per100="62", freq_comp_per100="91"))
    run = stage(tmp_path, published, estimates(OFTEN))
    first, *rest = frequency.blocks_of(run, published)
    # all of it lies in one fold
    assert all(block.recipe["fold"] == first.recipe["fold"] for block in rest)
    said = [p for p in first.recipe["fold"]["summary"] if isinstance(p, str)]
    assert "".join(said) == (
        "Frequency of  results:  decrease,  inconclusive,  increase,  not known"
    )
    own, line = small_study.printed(run, first)
    assert own[2:] == ["400", "33 v 41", "8 fewer", "3 to 13 fewer", "Decrease"]
    assert line[4] == "29 fewer (from the frequencies)"
    assert set(refs_in(first.recipe)) <= set(run.cells)
    said = small_study.markup(run, first)
    assert "Mentoring: one difference, 29 fewer reoffences per 100 people" in said
    assert "with a known difference in frequency" in said


def test_a_study_that_measured_another_frequency_is_not_marked(tmp_path, catalogue):
    published = catalogue(row(1, freq_treat_per100="62", freq_comp_per100="91"))
    run = stage(tmp_path, published, estimates(OFTEN), outcomes=[RATE])
    made = shown(run, frequency.blocks_of(run, published))
    assert "did not measure that frequency" in made["frequency-placed"]
    assert "Example Mentoring Trust" not in "".join(made.values())
