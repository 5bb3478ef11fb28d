"""What the matching stage declares: balance in words, tables, love plots, needs."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import small_study

from helpers.intake.cohort.losses import AVAILABLE, BOXES, SUBMITTED
from helpers.intake.report import cells
from helpers.matching import balance
from helpers.matching.report import described, quality, sections
from helpers.matching.report import sizes as report_sizes
from helpers.publication.cells import Cell
from helpers.publication.drawing import render, table_rows
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import refs_in
from helpers.publication.wording import WORDS

BASE = small_study.BASE
ROW = {
    "analysis": small_study.NAME,
    "available": 95,
    "pool": 500,
    "n_treatment": 80,
    "n_comparison": 200,
    "effective_comparison": 90.4,
    "not_matched": 15,
    "set_aside": 0,
    "pool_set_aside": 0,
    "pool_far": 0,
    "set_aside_for": [],
    "share_matched": 80 / 95,
    "width": 0.0707,
    "step": 0,
    "n_tied": 0,
    "largest_smd_after": 3.0,
    "quality": "well",
    "rubin_b": 1.0,
    "rubin_r": 1.0,
}


def summary(**changes):
    return pd.DataFrame([ROW | changes])


def flow_cells(submitted=120, unlinked=20, available=100):
    empty = {box: 0 for box in BOXES}
    counts = {SUBMITTED: submitted, **empty, "not linked": unlinked,
              AVAILABLE: available}  # fmt: skip
    losses = pd.DataFrame({"box": list(counts), "treatment": list(counts.values())})
    return cells.cells(losses)[0]


def registered(folder, summary, **parts):
    """A run of the matching stage in which the summary's sizes are registered."""
    request = small_study.study(**parts)
    run = small_study.stage(folder, "matching", request, intake=flow_cells())
    report_sizes.register(run, summary, pd.DataFrame({"treatment": [1] * 100}))
    return run


# how alike, in words ----------------------------------------------------------


def said_of(run, words):
    """The sentences in view, and those in the fold."""
    return "".join(small_study.markup(run, block) for block in words)


def quality_of(tmp_path, people=None, match=None, matching=None, **changes):
    """The words on balance and the table of sizes of a summary."""
    if people is None:
        people = small_study.group([1, 1, 1, 0, 0], {"age": [20.0, 30, 60, 20, 30]})
        weights = pd.Series([1, 1, 0, 1.0, 1], index=people.people.index)
        match = small_study.matched(weights, people.treatment)
    found = summary(**changes)
    run = registered(tmp_path, found, matching=matching or {})
    fitted, matches = {small_study.NAME: people}, {small_study.NAME: match}
    made = quality.quality_words(run, found, fitted, matches)
    words, how, table = made[small_study.NAME]
    return run, (words, how), table


@pytest.mark.parametrize(
    ("share", "few", "profile"),
    [
        (0.95, False, False),
        (0.9, False, False),
        (0.897, False, False),  # printed as 90%
        (0.894, True, True),
        (0.8, True, True),
        (0.797, True, False),
    ],
)
def test_a_share_below_90_is_told_and_down_to_80_with_those_lost(
    tmp_path, share, few, profile
):
    run, words, table = quality_of(tmp_path, share_matched=share)
    shown = f'data-ref="{BASE}.share_matched"' in said_of(run, words)
    assert shown is few
    rows = {row[0]: row[1] for row in small_study.printed(run, table)}
    assert rows["Matched, of those who could have been"] == f"{100 * share:.0f}%"
    assert (" most in: Age." in said_of(run, words)) is profile


def test_who_was_lost_is_hidden_with_how_many_were(tmp_path):
    run, words, _ = quality_of(tmp_path, share_matched=0.85)
    lost = run.cells[f"{BASE}.lost"]
    assert lost.value == "Age"
    assert lost.needs == (f"{BASE}.not_matched", f"{BASE}.n_treatment")
    numbers = {name: cell.value for name, cell in run.cells.items()}
    assert " most in: Age." in render(words[0].recipe, numbers)
    del numbers[lost.ref]
    assert "most in" not in render(words[0].recipe, numbers)


@pytest.mark.parametrize(
    ("matching", "step", "choice", "widened", "caliper"),
    [
        ({}, 0, "default", False, ("pooled", 0.05)),
        ({}, 1, "default", True, ("pooled", 0.1)),
        ({}, 2, "default", True, ("pooled", 0.2)),
        ({"caliper": 0.02}, 0, "named", False, ("", 0.02)),
        ({"caliper": {"sd": 0.1, "of": "all"}}, 0, "named", False, ("all", 0.1)),
    ],
)
def test_the_caliper_and_how_it_was_chosen_are_told(
    tmp_path, matching, step, choice, widened, caliper
):
    run, words, table = quality_of(tmp_path, matching=matching, step=step)
    data = words[1].recipe["data"]
    assert (data["choice"], data["widened"], data["limited"]) == (choice, widened, True)
    unit, size = caliper
    assert data["unit"] == unit
    assert run.cells[data["caliper"]["ref"]].value == size
    printed = dict(small_study.printed(run, table))
    # a number of the request is a distance already
    expected = f"{size:g}" if unit else None
    assert printed.get("Caliper, in standard deviations") == expected
    assert printed["Caliper, in the logit of the propensity score"] == "0.071"
    told = said_of(run, words)
    assert ("The request named it." in told) is (choice == "named")
    assert ("tried first and left the groups poorly" in told) is widened


def test_nearest_matching_without_a_caliper_says_nothing_of_one(tmp_path):
    nearest = {"method": "nearest"}
    run, words, table = quality_of(tmp_path, matching=nearest, width=float("inf"))
    assert "caliper" not in said_of(run, words).lower()
    rows = [row[0] for row in small_study.printed(run, table)]
    assert not any("Caliper" in row for row in rows)


def test_sizes_are_printed_as_they_were_counted(tmp_path):
    run, _, table = quality_of(tmp_path, share_matched=0.9, not_matched=10)
    assert [row[1] for row in small_study.printed(run, table)] == [
        "80",
        "200",
        "90",
        "90%",
        "0.05",
        "0.071",
    ]


def test_the_sentence_on_a_poor_match_keeps_its_sizes(tmp_path):
    run, words, table = quality_of(tmp_path, quality="poorly")
    told = said_of(run, words)
    assert "poorly matched" in told
    assert f'data-ref="{BASE}.n_treatment">80<' in told
    assert small_study.printed(run, table)[0][1] == "80"


# characteristics --------------------------------------------------------------


def people(count, treated):
    """Every third a woman of 30, the others men of 20; the first had the support."""
    return small_study.group(
        [1] * treated + [0] * (count - treated),
        {
            "age": [20.0 if i % 3 else 30.0 for i in range(count)],
            "sex": pd.Series(["F", "M", "M"] * count, dtype="str")[:count],
        },
    )


def balanced(folder, unmatched=0, **parts):
    """40 treated, some unmatched, and 81 of the pool, whose women count double."""
    group = people(121, 40)
    weights = pd.Series(1.0, index=group.people.index)
    weights.iloc[40 - unmatched : 40] = 0
    pool = group.people["sex"].iloc[40:].map({"F": 2.0, "M": 1.0})
    weights.iloc[40:] = pool * (40 - unmatched) / pool.sum()
    match = small_study.matched(weights, group.treatment)
    table = balance.table(group.people, group.treatment, weights, group.covariates)
    chosen = [{"name": small_study.NAME,
               "covariates": {"numeric": ["age"], "categorical": ["sex"]}}]  # fmt: skip
    request = small_study.study(analyses=chosen, **parts)
    run = small_study.stage(folder, "matching", request, intake=flow_cells())
    named = {small_study.NAME: group}
    every = [named, named, {small_study.NAME: match}, {small_study.NAME: table}]
    sections.register_characteristics(run, *every)
    run.register([Cell(f"{BASE}.weights", "unequal", "setting")])
    left = {"not_matched": unmatched, "n_treatment": 40 - unmatched, "share_matched": 0}
    run.register([Cell(f"{BASE}.{name}", n, "count", n) for name, n in left.items()])
    text = Cell(f"{BASE}.match_quality", "well", "derived")
    run.register([text])
    return run, group, table


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        ({}, True),
        ({"disclosure": {"profile": "none", "reason": "Made up."}}, False),
    ],
)
def test_shares_and_means_are_registered_as_they_are_printed(tmp_path, parts, printed):
    run, group, _ = balanced(tmp_path, **parts)
    share = run.cells[f"{BASE}.balance.sex.f.mean_treatment_before"]
    # every third of 40, the first among them
    assert (share.numerator, share.denominator) == (14, 40)
    men = run.cells[f"{BASE}.balance.sex.m.mean_comparison_before"]
    assert (men.numerator, men.denominator) == (54, 81)
    assert men.value == pytest.approx(67 if printed else 200 / 3)
    # 27 women of 30 among 81, the others 20
    age = run.cells[f"{BASE}.balance.age.mean_comparison_before"]
    assert age.value == pytest.approx(23.3 if printed else 70 / 3)


def described_by(run, group, table):
    """The blocks of characteristics of the only analysis, by what each is called."""
    of = {small_study.NAME: group}, {small_study.NAME: table}
    [blocks] = described.characteristics_tables(run, *of).values()
    return {block.recipe["key"]: block for block in blocks}


def test_both_groups_stand_side_by_side_after_matching_and_before_it_within(tmp_path):
    run, group, table = balanced(tmp_path, unmatched=16)
    made = described_by(run, group, table)
    after, before = f"characteristics-{BASE}", f"before-characteristics-{BASE}"
    assert list(made) == [
        after, f"alike-{after}", before, f"analysed-{after}"
    ]  # fmt: skip
    # women: 14 of 40, 27 of 81, 8 of 24, and 27 against 54 who count half as much
    assert made[after].recipe["columns"][1:] == ["Programme", "Comparison"]
    assert small_study.printed(run, made[after]) == [
        ["Age (average)", "23.3", "25.0"],
        ["Sex"],
        ["F", "33%", "50%"],
        ["M", "67%", "50%"],
    ]
    assert made[before].recipe["columns"][1:] == [
        "Programme, before matching",
        "Comparison, before matching",
    ]
    assert small_study.printed(run, made[before]) == [
        ["Age (average)", "23.5", "23.3"],
        ["Sex"],
        ["F", "35%", "33%"],
        ["M", "65%", "67%"],
    ]
    # the same people of the programme, analysed and all who could have been
    assert small_study.printed(run, made[f"analysed-{after}"])[0][1:] == [
        "23.3", "23.5"
    ]  # fmt: skip
    fold = made[after].recipe["fold"]
    assert "within" not in fold
    assert made[f"alike-{after}"].recipe["fold"] == fold
    for inner in (before, f"analysed-{after}"):
        assert made[inner].recipe["fold"]["within"] == fold


def test_where_everyone_was_matched_nobody_is_described_twice(tmp_path):
    run, group, table = balanced(tmp_path)
    assert f"analysed-characteristics-{BASE}" not in described_by(run, group, table)


def test_a_bar_stands_beside_each_per_cent_and_tells_nothing_of_its_own(tmp_path):
    run, group, table = balanced(tmp_path, unmatched=16)
    block = described_by(run, group, table)[f"characteristics-{BASE}"]
    numbers = {name: cell.value for name, cell in run.cells.items()}
    del numbers[f"{BASE}.balance.sex.f.mean_treatment"]
    numbers[f"{BASE}.balance.sex.m.mean_treatment"] = "60 to 70%"
    page = BeautifulSoup(render(block.recipe, numbers), "html.parser")
    widths = {}
    for row in page.select("tbody tr:has(td)"):
        bars = row.select(".jdl-bar i")
        widths[row.th.get_text()] = [bar["style"] for bar in bars]
        assert not any(bar.get_text() for bar in bars)
    # an average has no whole, and neither a hidden share nor a range has a length
    half = ["width:50%"]
    assert widths == {"Age (average)": [], "F": half, "M": half}


def test_the_line_says_on_how_many_the_groups_are_alike(tmp_path):
    run, group, table = balanced(tmp_path, unmatched=16)
    made = described_by(run, group, table)
    [line] = made[f"characteristics-{BASE}"].recipe["fold"]["summary"]

    def said(numbers):
        told = WORDS[line["words"]](resolve(line["data"], numbers))
        return re.sub("<[^>]+>", "", told)

    age, men = (f"{BASE}.balance.{n}.smd_after" for n in ("age", "sex.m"))
    assert said({age: 5.0, men: -4.0}) == "All 2 characteristics: all alike"
    assert said({age: 5.1, men: -4.0}) == "All 2 characteristics: 1 alike, 1 nearly"
    assert said({age: 10.1}) == ("All 2 characteristics: 1 further apart, 1 not shown")
    block = made[f"alike-characteristics-{BASE}"]
    _, rows = table_rows(block.recipe, {age: 10.1})
    assert [row[1].text for row in rows] == ["0", "0", "1", "1", "2"]


def test_the_love_plot_shows_each_characteristic_once(tmp_path):
    run, group, table = balanced(tmp_path)
    of = {small_study.NAME: group}, {small_study.NAME: table}
    [[plot]] = sections.love_plots(run, *of).values()
    assert [row["label"] for row in plot.recipe["data"]["rows"]] == ["Age", "Sex: M"]
    assert plot.recipe["key"] == f"love-plot-{BASE}"


def test_what_is_hidden_before_matching_is_told_as_a_range_or_not_drawn(tmp_path):
    run, group, table = balanced(tmp_path)
    of = {small_study.NAME: group}, {small_study.NAME: table}
    numbers = {name: cell.value for name, cell in run.cells.items()}
    row = f"{BASE}.balance.sex.m"
    vague = numbers | {f"{row}.mean_treatment_before": "60 to 70%"}
    del vague[f"{row}.smd_before"]
    shown = described_by(run, group, table)[f"before-characteristics-{BASE}"]
    [[plot]] = sections.love_plots(run, *of).values()
    for given, range_, note in ((numbers, 0, 0), (vague, 1, 1)):
        described, drawn = render(shown.recipe, given), render(plot.recipe, given)
        assert described.count("A range stands where the share would tell") == range_
        assert described.count("60 to 70%</span></td>") == range_
        assert drawn.count("before matching that are hidden are not drawn.") == note


def test_without_assessed_needs_a_sentence_says_so(tmp_path):
    run, group, table = balanced(tmp_path)
    tables = {small_study.NAME: table}
    [block] = described.needs(run, {small_study.NAME: group}, tables)
    assert block.recipe["block"] == "words"
    assert "No assessed needs (OASys)" in small_study.markup(run, block)


def test_a_recipe_holds_no_number_of_the_data(tmp_path):
    run, group, table = balanced(tmp_path)
    tables = {small_study.NAME: table}
    for block in (
        *described_by(run, group, table).values(),
        *sections.love_plots(run, {small_study.NAME: group}, tables)[small_study.NAME],
    ):
        assert set(refs_in(block.recipe)) <= set(run.cells)
        numbers = [leaf for leaf in leaves(block.recipe) if type(leaf) is not bool]
        assert not any(isinstance(leaf, int | float) for leaf in numbers)


def test_every_table_and_figure_is_spoken_of_before_it_comes(tmp_path):
    run, group, table = balanced(tmp_path)
    tables = {small_study.NAME: table}
    plots = sections.love_plots(run, {small_study.NAME: group}, tables)
    blocks = [*described_by(run, group, table).values(), *plots[small_study.NAME]]
    leads = [piece for block in blocks for piece in block.recipe["lead"]]
    for block in blocks:
        assert {"see": block.recipe["key"]} in leads


def test_the_words_on_balance_speak_of_the_table_of_sizes(tmp_path):
    _, words, table = quality_of(tmp_path)
    assert "sizes" not in words[0].recipe["data"] and "fold" not in words[0].recipe
    assert words[1].recipe["data"]["sizes"] == {"see": table.recipe["key"]}
    assert words[1].recipe["fold"] == table.recipe["fold"]
    said = render(words[1].recipe, {}, {table.recipe["key"]: "Table 5"})
    assert f'<a href="#table-{table.recipe["key"]}">' in said


def leaves(recipe):
    if isinstance(recipe, dict):
        recipe = list(recipe.values())
    if isinstance(recipe, list):
        return [leaf for part in recipe for leaf in leaves(part)]
    return [recipe]


# the method, in words ---------------------------------------------------------


def fitted(*columns):
    """A propensity model, as far as its columns."""
    return SimpleNamespace(columns=columns)


def test_the_method_names_covariates_exact_keys_and_scale(tmp_path):
    chosen = {"numeric": ["copas_rate"], "categorical": ["employed"]}
    analyses = [{"name": "All", "covariates": chosen, "exact": ["sex"]}]
    request = small_study.study(
        analyses=analyses, matching={"method": "nearest", "distance": "odds"}
    )
    run = small_study.stage(tmp_path, "matching", request)
    run.register([Cell("all.ratio", 1, "setting")])
    group = small_study.group([1, 0], {"copas_rate": [1.0, 2], "employed": ["Y", "N"]})
    exact = pd.DataFrame({"sex": ["F", "F"]}, index=group.people.index)
    group = type(group)("All", group.people, group.covariates, exact)
    model = fitted("copas_rate", "employed=Y")
    [block] = sections.method_words(run, {"All": group}, {"All": model})
    data = block.recipe["data"]
    # the example's own label for one, the plain name of the other
    assert data["covariates"] == [
        "Copas rate",
        "In work in the year before the sentence",
    ]
    assert data["exact"] == ["Sex"]
    assert "nearest" in "".join(data["method"])
    assert "odds" in data["scale"]
    assert "Sex" in small_study.markup(run, block)


def test_a_covariate_that_told_nothing_new_is_not_said_to_be_used(tmp_path):
    run = small_study.stage(tmp_path, "matching", small_study.study())
    run.register([Cell("all.ratio", 1, "setting")])
    group = small_study.group([1, 0], {"age": [20.0, 30.0], "sex": ["F", "F"]}, "All")
    [block] = sections.method_words(run, {"All": group}, {"All": fitted("age")})
    assert block.recipe["data"]["covariates"] == ["Age"]


def test_every_setting_that_shapes_the_match_is_said(tmp_path):
    matching = {
        "method": "nearest",
        "ratio": 2,
        "replacement": False,
        "order": "closest",
        "common_support": "range",
    }
    run = small_study.stage(tmp_path, "matching", small_study.study(matching=matching))
    run.register([Cell("all.ratio", 2, "setting")])
    group = small_study.group([1, 0], {"age": [20.0, 30.0]}, "All")
    [block] = sections.method_words(run, {"All": group}, {"All": fitted("age")})
    said = small_study.markup(run, block)
    assert "For each, the two nearest were taken." in said
    assert "once only, in the order: the closest pair first" in said
    assert "outside the range" in said


def test_each_analysis_says_how_it_was_matched_once_where_some_are_alike(tmp_path):
    chosen = {"covariates": {"numeric": ["age"]}}
    own = {"matching": {"method": "kernel", "bandwidth": 0.02}}
    names = {"All": {"headline": True}, "Men": {}, "Women": own, "Young": own}
    analyses = [{"name": name, **chosen, **how} for name, how in names.items()]
    request = small_study.study(analyses=analyses)
    run = small_study.stage(tmp_path, "matching", request)
    group = small_study.group([1, 0], {"age": [20.0, 30.0]}, "All")
    models = dict.fromkeys(names, fitted("age"))
    made = sections.method_words(run, dict.fromkeys(names, group), models)
    said = {n: small_study.markup(run, b) for n, b in zip(names, made, strict=True)}
    assert "within the caliper; these count equally. Closeness was" in said["All"]
    assert "<p>People were matched as in “All”.</p>" in said["Men"]
    assert "by Epanechnikov’s kernel: in full at the same score" in said["Women"]
    assert "Closeness was measured on the logit of the" in said["Women"]
    assert "<p>People were matched as in “Women”.</p>" in said["Young"]


@pytest.mark.parametrize("effective", [200.0, 90.4])
def test_weights_are_spoken_of_only_where_they_differ(tmp_path, effective):
    found = summary(effective_comparison=effective)
    run = registered(tmp_path, found)
    assert report_sizes.weighted(run, small_study.NAME) is (effective != 200)


def test_the_notes_of_the_tables_speak_of_weights_where_they_differ(tmp_path):
    run, group, table = balanced(tmp_path)
    key = f"characteristics-{BASE}"
    made = described_by(run, group, table)
    both = f"{described.WEIGHTED} {described.KNOWN}"
    assert made[key].recipe["notes"] == [both]
    # before matching nobody has a weight
    assert made[f"before-{key}"].recipe["notes"] == [described.KNOWN]
    run.register([Cell(f"{BASE}.weights", "equal", "setting")])
    assert described_by(run, group, table)[key].recipe["notes"] == [described.KNOWN]


def test_an_accepted_wide_caliper_is_told_with_its_limit(tmp_path):
    found = summary()
    run = registered(tmp_path, found, matching={"caliper": 0.0707, "accept_wide": True})
    run.register([Cell(f"{BASE}.widest", 0.0312, "derived", rounding="thousandth")])
    people = small_study.group([1, 1, 0, 0], {"age": [20.0, 30, 20, 30]})
    weights = pd.Series(1.0, index=people.people.index)
    every = [{small_study.NAME: part} for part in
             (people, small_study.matched(weights, people.treatment))]  # fmt: skip
    *words, _ = quality.quality_words(run, found, *every)[small_study.NAME]
    assert f'the limit, <data value="0.031" data-ref="{BASE}.widest">0.031</data>' in (
        said_of(run, words)
    )
