"""What the charts stage declares: results so far, and this study's place among them."""

import html
from dataclasses import replace
from datetime import date

import pytest
from support import small_study

from helpers.charts.catalogue import read
from helpers.charts.report import by_type, sections
from helpers.charts.report import rows as chart_rows
from helpers.charts.report.sections import check_whole
from helpers.errors import RequestError
from helpers.publication.cells import Cell
from helpers.publication.drawing import render
from helpers.publication.numbers import refs_in

OUTCOME = "reoffending_rate"
PLACED = "This study is marked among the published results: "
ALONE = "in bold on a shaded row, or with the words “This study”."
SEVERAL = "its analyses are in bold on shaded rows, or named."
NOTHING = "This study has no result to mark among the published ones."
CHOSEN = {"numeric": ["age"]}
EARLY = date(2014, 12, 31)


@pytest.fixture(scope="module")
def published():
    return read.read("params/catalogue")


def estimate(base, difference=-8.0):
    """Cells of the rate of one analysis, or of one that may not be shown."""
    shown = difference is not None
    values = {
        "value_treatment": 33.0,
        "value_comparison": 41.0,
        "difference": difference,
        "ci_low": -13.0,
        "ci_high": -3.0,
        "p_value": 0.002,
    }
    found = [Cell(f"{base}.{OUTCOME}.n_treatment", 400, "count", 400)]
    return found + [
        Cell(
            f"{base}.{OUTCOME}.{name}",
            value if shown else None,
            "derived",
            rounding="whole",
        )
        for name, value in values.items()
    ]


def stage(folder, published, cells=(), **parts):
    request = small_study.study(**parts)
    run = small_study.stage(folder, "charts", request, outcomes=cells)
    sections.register(run, published)
    return run


def placed(run, published):
    """The block that says whether this study is marked."""
    made = sections.so_far(run, published)
    return next(block for block in made if block.recipe["key"] == "placed")


def drawn(run, published):
    """The sentence on this study's place, and where its rows are in the charts."""
    where = small_study.markup(run, placed(run, published))
    where = where.replace("</p><p>", " ").split("<p>")[-1].removesuffix("</p>")
    marked, forests = {}, []
    for kind in ("intervention", "sector"):
        for block in by_type.blocks_of(run, published, kind):
            data, figure = block.recipe["data"], block.recipe.get("figure")
            if figure == "tally":
                marked[kind] = [
                    (row["label"], study["label"])
                    for row in data["rows"]
                    for study in row["studies"]
                ]
            if figure == "forest":
                own = [row["label"] for row in data["rows"] if row["interval"] == "own"]
                forests += [(block.recipe["key"], label) for label in own]
    return html.unescape(where), marked, forests


def test_a_study_of_the_standard_rate_stands_among_the_published(tmp_path, published):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    where, marked, forests = drawn(run, published)
    assert where.startswith(PLACED + ALONE)
    assert where.endswith("where these overlap, do not rank the programmes.")
    trust = "Example Mentoring Trust"
    assert marked == {
        "intervention": [("Mentoring", trust)],
        "sector": [("Voluntary sector", trust)],
    }
    # no difference of the published result on mentoring is known
    assert forests == [("forest-sector-voluntary", trust)]


def test_its_numbers_are_those_of_the_outcomes_stage(tmp_path, published):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    [study] = sections.studies(run, published)
    assert study["organisation"] == "Made-up people"
    base = f"{small_study.BASE}.{OUTCOME}"
    assert {name: study[name]["ref"] for name in chart_rows.STUDY} == {
        "n": f"{base}.n_treatment",
        "value_treatment": f"{base}.value_treatment",
        "value_comparison": f"{base}.value_comparison",
        "difference": f"{base}.difference",
        "ci_low": f"{base}.ci_low",
        "ci_high": f"{base}.ci_high",
        "p_value": f"{base}.p_value",
    }
    made = by_type.blocks_of(run, published, "sector")
    forest = next(b for b in made if b.recipe["key"].endswith("-voluntary"))
    row = next(row for row in small_study.printed(run, forest)
               if row[0].startswith("Made-up people"))  # fmt: skip
    assert "400" in row
    assert set(refs_in(forest.recipe)) <= set(run.cells)


@pytest.mark.parametrize(
    "outcome",
    [
        {"name": OUTCOME, "label": "returned to prison", "definition": "in a year"},
        {"name": OUTCOME, "definition": "within two years"},
        {"name": "reoffending_frequency"},
        {"name": "parcels", "kind": "rate"},
    ],
)
def test_another_outcome_is_not_placed_and_a_sentence_says_why(
    tmp_path, published, outcome
):
    cells = estimate(small_study.BASE)
    run = stage(tmp_path, published, cells)
    assert sections.studies(run, published)  # the same numbers, were it the rate
    run = stage(tmp_path / "own", published, cells, outcomes=[outcome])
    where, marked, forests = drawn(run, published)
    assert "This study is not marked among the results on the one-year" in where
    own = outcome.get("label") or outcome.get("definition", "did not measure")
    assert own in where
    assert (marked, forests) == ({"intervention": [], "sector": []}, [])


@pytest.mark.parametrize("cells", [[], estimate(small_study.BASE, None)])
def test_a_study_without_a_result_of_it_has_no_place(tmp_path, published, cells):
    run = stage(tmp_path, published, cells)
    where, _, forests = drawn(run, published)
    assert where == NOTHING
    assert forests == []


def test_only_headline_analyses_are_placed_under_their_own_names(tmp_path, published):
    analyses = [
        {"name": "Men", "headline": True, "covariates": CHOSEN},
        {"name": "Women", "headline": True, "covariates": CHOSEN},
        {"name": "Under 25", "covariates": CHOSEN},
    ]
    cells = [c for base in ("men", "women", "under-25") for c in estimate(base)]
    run = stage(tmp_path, published, cells, analyses=analyses)
    found = sections.studies(run, published)
    assert [study["label"] for study in found] == ["Men", "Women"]
    assert found[1]["difference"]["ref"] == f"women.{OUTCOME}.difference"


def test_every_number_of_the_catalogue_is_public(tmp_path, published):
    run = stage(tmp_path, published)
    assert run.registered
    assert {cell.kind for cell in run.registered} == {"public"}
    # 134 = 37 + 90 + 7, published in September 2015
    line = next(line for line in run.sums if "summary" in line.total)
    assert run.cells[line.total].value == 134
    assert [run.cells[part].value for part in line.parts] == [37, 90, 7]


def test_the_split_of_september_2015_is_a_sentence_and_a_bar(tmp_path, published):
    run = stage(tmp_path, published)
    words, bar, placed, rest, *_ = sections.so_far(run, published)
    shown = small_study.markup(run, words)
    for number in ("134", "37", "90", "7"):
        assert f">{number}</data>" in shown
    assert "September 2015" in shown
    # the count, its bar and the sentence on this study are in view, the rest is folded
    assert "fold" not in words.recipe | bar.recipe | placed.recipe
    assert placed.recipe["key"] == "placed"
    assert rest.recipe["fold"]["summary"][0]["ref"] == "findings.all.all"
    assert set(refs_in(bar.recipe)) >= set(refs_in(words.recipe))


def test_before_the_full_count_there_is_no_bar(tmp_path):
    early = read.read("params/catalogue", EARLY)
    run = stage(tmp_path, early)
    words, *others = sections.so_far(run, early)
    assert "No count of what all analyses found" in small_study.markup(run, words)
    assert {block.recipe["block"] for block in others} <= {"words", "table"}


def test_results_that_may_share_people_are_folded_away(tmp_path, published):
    run = stage(tmp_path, published)
    shared = sections.so_far(run, published)[-1].recipe
    assert shared["key"] == "shared"
    assert shared["fold"]["summary"][1]["ref"] == "findings.all.shared"
    assert not shared["fold"]["phone"]


def test_the_bar_is_spoken_of_before_it_comes(tmp_path, published):
    run = stage(tmp_path, published)
    bar = sections.so_far(run, published)[1].recipe
    assert {"see": bar["key"]} in bar["lead"]


def test_part_of_the_catalogue_is_told_in_a_draft_and_refused_in_a_run(
    tmp_path, published
):
    run = stage(tmp_path, published)
    some = read.choose(
        published, intervention_type="Mentoring", published_from="2015-01"
    )
    with pytest.raises(RequestError) as error:
        sections.register(run, some)
    (line,) = str(error.value).splitlines()
    assert "intervention type Mentoring, published from 2015-01" in line
    assert "write None for intervention_type" in line
    run.draft = True
    sections.register(run, some)
    told = "published results = intervention type Mentoring, published from 2015-01"
    assert told in run.banner
    shown = sections.so_far(run, some)[0]._repr_mimebundle_()["text/html"]
    assert told in shown
    sections.register(run, published)
    assert "published results" not in run.banner


def test_a_run_has_the_results_of_its_catalogue_as_they_stand_there(
    tmp_path, published, monkeypatch
):
    run = stage(tmp_path, published)
    asked = run.request
    own = [asked.findings.catalogue, asked.as_of, asked.id]
    check_whole(run, read.read(*own))
    changed, early = read.read(*own), read.read(own[0], EARLY)
    fewer = replace(changed, results=changed.results[2:])
    changed.results.loc[0, "ci_low"] = "-40"
    for catalogue in (fewer, changed, early):
        with pytest.raises(RequestError, match="not those of params/catalogue up to"):
            check_whole(run, catalogue)
    # a draft may try others, a run may not
    monkeypatch.setattr(sections, "check_whole", check_whole)
    with pytest.raises(RequestError, match="take what was changed out"):
        sections.register(run, fewer)
    run.draft = True
    sections.register(run, fewer)


def test_every_number_says_by_which_rule_it_comes_about(tmp_path, published):
    run = stage(tmp_path, published)
    rules = {cell.ref: cell.method for cell in run.registered}
    assert all(r.startswith("7: ") and len(r) <= 110 for r in rules.values())
    result = "findings.result.cityguilds2026_men"
    assert rules[f"{result}.ci_low"].startswith("7: computed, d ± (1.96·100√")
    assert rules["findings.result.pet2014_all.ci_low"] == "7: as printed in the source"
    # Women's Centres printed an interval alone
    middle = rules["findings.result.womenscentres2015.difference"]
    assert middle.startswith("7: the middle of the printed interval")
    assert rules["findings.all.all"] == "7: number of results collected"


def test_a_study_whose_result_is_hidden_is_not_said_to_be_marked(tmp_path, published):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    words = placed(run, published)
    released = {ref: cell.value for ref, cell in run.cells.items()}
    assert PLACED + ALONE in render(words.recipe, released)
    del released[f"{small_study.BASE}.{OUTCOME}.difference"]
    assert NOTHING in render(words.recipe, released)


def test_of_several_analyses_it_is_said_which_are_marked(tmp_path, published):
    names = ("Men", "Women", "Under 25")
    analyses = [{"name": n, "headline": True, "covariates": CHOSEN} for n in names]
    cells = [c for base in ("men", "women", "under-25") for c in estimate(base)]
    run = stage(tmp_path, published, cells, analyses=analyses)
    words = placed(run, published)
    released = {ref: cell.value for ref, cell in run.cells.items()}
    assert PLACED + SEVERAL in render(words.recipe, released)
    del released[f"women.{OUTCOME}.difference"]
    assert (
        'Of this study, Men and <span data-own="">Under 25</span> are marked among the '
        "published results; Women has no result to mark."
    ) in render(words.recipe, released)


def test_among_no_published_results_a_study_is_not_said_to_be_marked(
    tmp_path, published
):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    none = replace(published, results=published.results.head(0))
    keys = [block.recipe["key"] for block in sections.so_far(run, none)]
    assert "placed" not in keys
