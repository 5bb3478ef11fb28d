"""What the outcomes stage declares: main points, tables, limits, result.json."""

import json

import numpy as np
import pandas as pd
import pytest
import small_study

from helpers.matching import balance as balance_
from helpers.matching import characteristics
from helpers.outcomes import estimates, measures, sections
from helpers.publication.assembly import fill
from helpers.publication.cells import Cell
from helpers.publication.numbers import refs

RATE, OFTEN, TIME = (
    "reoffending_rate",
    "reoffending_frequency",
    "time_to_first_reoffence",
)
CHOSEN = {"numeric": ["age"], "categorical": ["kind"]}


def people(analysis, reoffend=(40, 100), size=(100, 200), drop=()):
    """Matched people, of whom so many reoffended twice, after 60 and 90 days."""
    y = [group for n, of in zip(reoffend, size, strict=True)
         for group in [1.0] * n + [0.0] * (of - n)]  # fmt: skip
    treated = [1] * size[0] + [0] * size[1]
    days = [(60.0, 90.0)[i % 2] if value else np.nan for i, value in enumerate(y)]
    frame = pd.DataFrame(
        {
            "person_id": range(len(y)),
            "analysis": analysis,
            "treatment": treated,
            "weight": [1.0] * size[0] + [size[0] / size[1]] * size[1],
            RATE: y,
            OFTEN: [2 * value for value in y],
            TIME: days,
        }
    )
    return frame.drop(columns=list(drop))


class Stage:
    """The outcomes stage after its estimates are registered."""

    def __init__(self, folder, matched, matches=(), **parts):
        analyses = [
            {"name": name, "headline": number == 0, "covariates": CHOSEN}
            for number, name in enumerate(matched)
        ]
        self.request = small_study.study(**{"analyses": analyses} | parts)
        given = dict(matches)
        rows, cells = [], []
        for name, frame in matched.items():
            row = {"quality": "well", "share_matched": 1.0} | given.get(name, {})
            sizes = frame.groupby("treatment").size()
            row |= {"analysis": name, "n_treatment": sizes[1]}
            rows.append(row)
            cells += self.matching(name.lower(), row["quality"], sizes)
        self.sizes = pd.DataFrame(rows)
        submitted = Cell("intake.submitted", 480, "count", 480)
        self.balance, of_balance = self.balanced(list(matched))
        self.run = small_study.stage(
            folder, "outcomes", self.request,
            intake=[submitted], matching=[*cells, *of_balance],
        )  # fmt: skip
        self.results = measures.table(
            {
                (name, o.name): estimates.difference(
                    p[o.name], p["treatment"], p["weight"], kind=o.kind
                )
                for name, p in matched.items()
                for o in self.request.outcomes
                if o.name in p
            }
        )
        self.run.register(
            measures.cells(self.results, matched, self.sizes, self.request)
        )

    @staticmethod
    def matching(base, quality, sizes):
        n = {"n_treatment": sizes[1], "n_comparison": sizes[0]}
        found = [Cell(f"{base}.{name}", k, "count", k) for name, k in n.items()]
        found.append(Cell(f"{base}.effective_comparison", 150.0, "derived"))
        return [*found, Cell(f"{base}.match_quality", quality, "derived")]

    @staticmethod
    def balanced(names):
        """Balance of four people, whose kinds are spelt almost alike."""
        tables, cells = [], []
        for name in names:
            kinds = pd.Series(["A-1", "A 1", "A-1", "A 1"], dtype="str")
            covariates = {"age": [20.0, 30, 40, 50], "kind": kinds}
            group = small_study.group([1, 1, 0, 0], covariates, name)
            weights = pd.Series([1, 1, 0.5, 1.5], index=group.people.index)
            table = balance_.table(group.people, group.treatment, weights,
                                   group.covariates)  # fmt: skip
            cells += characteristics.cells(group, weights, table, coarse=False)
            tables.append(table.assign(analysis=name, variant="main"))
        return pd.concat(tables, ignore_index=True), cells

    def words(self, made):
        return [small_study.markup(self.run, block) for block in made]


@pytest.fixture
def one(tmp_path):
    return Stage(tmp_path, {"All": people("All")})


@pytest.fixture
def two(tmp_path):
    """Men are the headline, women are not."""
    return Stage(tmp_path, {"Men": people("Men"), "Women": people("Women", (50, 80))})


# main points ------------------------------------------------------------------


def test_main_points_have_each_measure_of_the_headline_alone(two):
    [block] = sections.main_points(two.run, two.results, two.sizes)
    data = block.recipe["data"]
    assert data["analysis"] == "Men"
    assert data["not_headlined"] == ""
    assert [measure["outcome"] for measure in data["measures"]] == [RATE, OFTEN, TIME]
    shown = small_study.markup(two.run, block)
    # 40 of 100 against 100 of 200
    assert 'data-ref="men.reoffending_rate.value_treatment">40<' in shown
    assert 'data-ref="men.reoffending_rate.value_comparison">50<' in shown


@pytest.mark.parametrize(
    ("match", "size", "words"),
    [
        ({"share_matched": 0.79}, (100, 200), "fewer than 80%"),
        ({}, (59, 200), "fewer than 60 people"),
    ],
)
def test_what_is_not_headlined_is_in_the_tables_with_the_reason(
    tmp_path, match, size, words
):
    matched = {"All": people("All", (30, 100), size)}
    stage = Stage(tmp_path, matched, {"All": match})
    [points] = stage.words(sections.main_points(stage.run, stage.results, stage.sizes))
    assert words in points
    assert RATE not in points  # neither its numbers nor a finding
    made = sections.measures_of_impact(stage.run, stage.results, stage.sizes)
    [table] = [b for b in made if b.recipe["key"] == "results-all"]
    assert any(words in note for note in table.recipe["notes"])
    row = small_study.printed(stage.run, table)[0]
    assert row[1:3] == [f"{100 * 30 / size[0]:.0f}", "50"]


def test_a_poor_match_shows_its_sizes_the_reason_and_no_estimate(tmp_path):
    stage = Stage(tmp_path, {"All": people("All")}, {"All": {"quality": "poorly"}})
    made = sections.measures_of_impact(stage.run, stage.results, stage.sizes)
    table = next(b for b in made if b.recipe["key"] == "results-all")
    behind = next(b for b in made if b.recipe["key"] == "people-behind-all")
    rows = small_study.printed(stage.run, table)
    assert {cell for row in rows for cell in row[1:]} == {"[z]"}
    assert any(measures.POOR in note for note in table.recipe["notes"])
    assert small_study.printed(stage.run, behind)[0][1:] == ["100", "200"]
    told = stage.words([b for b in made if b.recipe["block"] == "words"])
    assert len(told) == 1
    assert "could not be made alike enough" in told[0]
    [said] = stage.words(sections.can_say(stage.run, stage.results, stage.sizes))
    assert said == told[0]  # nothing can be said but why nothing is shown
    [points] = stage.words(sections.main_points(stage.run, stage.results, stage.sizes))
    assert "could not be made alike enough" in points
    recipe = sections.result(stage.run, stage.results, stage.balance)
    result = fill(recipe, {ref: cell.value for ref, cell in stage.run.cells.items()})
    [analysis] = result["analyses"]
    assert analysis["match_quality"] == "poorly"
    assert analysis["n_treatment"] == 100
    for outcome in analysis["outcomes"]:
        empty = set(outcome) - {"outcome", "n_treatment", "n_comparison"}
        assert {outcome[name] for name in empty} == {None}
    assert analysis["balance"][0]["mean_treatment"] == 25


def test_a_time_of_few_says_why_and_leaves_the_others(tmp_path):
    stage = Stage(tmp_path, {"All": people("All", (29, 100))})
    rate, _, time = stage.words(sections.can_say(stage.run, stage.results, stage.sizes))
    assert measures.FEW_REOFFENDERS in time
    assert measures.FEW_REOFFENDERS not in rate
    shown = sections.decisions(stage.run, stage.results, stage.sizes)
    assert shown.loc[TIME, "not shown"] == measures.FEW_REOFFENDERS
    assert set(shown["not shown"].drop(TIME)) == {""}
    assert set(shown["not headlined"]) == {""}


# tables -----------------------------------------------------------------------


def test_the_table_of_results_by_hand(one):
    made = sections.measures_of_impact(one.run, one.results, one.sizes)
    table = next(b for b in made if b.recipe["key"] == "results-all")
    rows = small_study.printed(one.run, table)
    assert [row[0] for row in rows] == [
        "One-year proven reoffending rate (for every 100 people)",
        "Frequency of proven reoffending within a year (for every 100 people)",
        "Time to the first proven reoffence (days)",
    ]
    assert table.recipe["columns"][1:] == [
        "Programme",
        "Comparison",
        "Difference",
        "95% interval from",
        "to",
        "p-value",
    ]
    # half of each at 60 days, half at 90
    assert [row[1:4] for row in rows] == [
        ["40", "50", "−10"],
        ["80", "100", "−20"],
        ["75", "75", "0"],
    ]


def test_people_behind_each_measure_are_counted(one):
    made = sections.measures_of_impact(one.run, one.results, one.sizes)
    table = next(b for b in made if b.recipe["key"] == "people-behind-all")
    assert [row[1:] for row in small_study.printed(one.run, table)] == [
        ["100", "200"],
        ["100", "200"],
        ["40", "100"],
    ]


def test_several_analyses_have_keys_and_captions_of_their_own(two):
    made = sections.measures_of_impact(two.run, two.results, two.sizes)
    keys = [block.recipe["key"] for block in made]
    assert len(set(keys)) == len(keys) == 2 * (3 + 2)
    tables = [b.recipe for b in made if b.recipe["block"] == "table"]
    assert [t["caption"] for t in tables] == [
        "Results: Men",
        "People behind each measure: Men",
        "Results: Women",
        "People behind each measure: Women",
    ]
    said = sections.can_say(two.run, two.results, two.sizes)
    assert all("-men-" in block.recipe["key"] for block in said)


def test_recipes_hold_refs_to_cells_and_no_number(two):
    for block in (
        *sections.main_points(two.run, two.results, two.sizes),
        *sections.measures_of_impact(two.run, two.results, two.sizes),
        *sections.can_say(two.run, two.results, two.sizes),
        sections.limits(two.run, two.results),
        sections.method(two.run),
    ):
        assert set(refs(block.recipe)) <= set(two.run.cells)
        text = json.dumps(block.recipe)
        again = json.loads(text, parse_int=lambda _: 1 / 0, parse_float=lambda _: 1 / 0)
        assert again == block.recipe


# own words and limits ---------------------------------------------------------


OWN = {"name": RATE, "label": "returned to prison", "definition": "within a year"}


def test_an_outcome_in_its_own_words_never_says_reoffended(tmp_path):
    matched = {"All": people("All", drop=[OFTEN, TIME])}
    stage = Stage(tmp_path, matched, outcomes=[OWN])
    every = [
        *sections.main_points(stage.run, stage.results, stage.sizes),
        *sections.measures_of_impact(stage.run, stage.results, stage.sizes),
        *sections.can_say(stage.run, stage.results, stage.sizes),
        sections.limits(stage.run, stage.results),
    ]
    text = "".join(stage.words(every)).replace(RATE, "")
    text = text.replace(RATE.replace("_", "-"), "")  # in ids
    assert "returned to prison within a year" in text
    assert "reoffen" not in text
    assert "roven" not in text


def limits(stage):
    return sections.limits(stage.run, stage.results).recipe["data"]["texts"]


def test_an_outcome_that_the_data_do_not_hold_is_named_among_the_limits(tmp_path):
    stage = Stage(tmp_path, {"All": people("All", drop=[OFTEN])})
    left_out = [text for text in limits(stage) if "left out: the data" in text]
    assert left_out == [
        "Frequency of proven reoffending within a year was asked for and is left out: "
        "the data do not hold it."
    ]


def test_limits_hold_as_far_as_they_apply(tmp_path, one):
    several = limits(one)
    assert set(sections.ALWAYS + sections.STANDARD) < set(several)
    assert {sections.SUBMITTED, sections.REOFFENDERS_ONLY} < set(several)
    assert any("More than one test" in text for text in several)
    matched = {"All": people("All", drop=[OFTEN, TIME])}
    alone = limits(Stage(tmp_path / "own", matched, outcomes=[OWN]))
    assert alone == [*sections.ALWAYS, sections.SUBMITTED]


@pytest.mark.parametrize(
    "words",
    ["Motivation", "similar support", "not independent", "comparison pool", "Deaths",
     "proven reoffences", "national rates", "test"],
)  # fmt: skip
def test_every_limit_of_the_method_is_there(one, words):
    assert any(words in text for text in limits(one))


def test_caveats_of_the_request_stand_among_the_limits(one):
    [caveat] = one.request.programme.caveats
    assert caveat in sections.limits(one.run, one.results).recipe["data"]["own"]


# result.json ------------------------------------------------------------------


def test_result_json_has_its_shape_and_units(two):
    recipe = sections.result(two.run, two.results, two.balance)
    values = {ref: cell.value for ref, cell in two.run.cells.items()}
    result = fill(recipe, values)
    assert list(result) == ["request_id", "analyses"]
    assert [a["headline"] for a in result["analyses"]] == [True, False]
    men = result["analyses"][0]
    assert list(men) == [
        "name", "headline", "n_submitted", "n_treatment", "n_comparison",
        "effective_comparison", "match_quality", "outcomes", "balance",
    ]  # fmt: skip
    assert (men["n_submitted"], men["n_treatment"], men["n_comparison"]) == (
        480,
        100,
        200,
    )
    rate = men["outcomes"][0]
    assert (rate["value_treatment"], rate["value_comparison"]) == (0.4, 0.5)
    assert rate["difference"] == pytest.approx(-0.1)
    assert men["outcomes"][1]["value_treatment"] == 0.8
    women = result["analyses"][1]["outcomes"][0]
    assert (women["value_treatment"], women["value_comparison"]) == (0.5, 0.4)


def test_balance_in_result_json_keeps_levels_apart_that_are_spelt_alike(one):
    recipe = sections.result(one.run, one.results, one.balance)
    values = {ref: cell.value for ref, cell in one.run.cells.items()}
    rows = fill(recipe, values)["analyses"][0]["balance"]
    assert list(rows[0]) == [
        "variable",
        "level",
        "mean_treatment",
        "mean_comparison_before",
        "mean_comparison_after",
        "smd_before",
        "smd_after",
    ]
    means = {
        (row["variable"], row["level"]): (
            row["mean_treatment"],
            row["mean_comparison_before"],
            row["mean_comparison_after"],
        )
        for row in rows
    }
    # of the pool the third counts half, the fourth one and a half
    assert means == {
        ("age", ""): (25, 45, 47.5),
        ("kind", "A 1"): (0.5, 0.5, 0.75),
        ("kind", "A-1"): (0.5, 0.5, 0.25),
    }
    table = one.balance.set_index("level")
    by_level = {row["level"]: row for row in rows}
    for level in ("A 1", "A-1"):
        expected = table.loc[level, "smd_after"]  # in per cent, as in the table
        assert by_level[level]["smd_after"] == pytest.approx(expected)
    assert by_level["A 1"]["smd_after"] == -by_level["A-1"]["smd_after"] != 0
