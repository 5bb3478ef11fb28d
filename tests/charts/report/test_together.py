"""Results taken together in the report: which, their numbers, words and figures."""

import dataclasses
import html
import re

import pandas as pd
import pytest
from support import many_results, small_study

from helpers.charts.catalogue import read
from helpers.charts.report import pooled, sections, together
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.disclosure import release
from helpers.publication.drawing import render
from helpers.publication.numbers import refs_in

OUTCOME = "reoffending_rate"
BASE, NAME = small_study.BASE, small_study.NAME


@pytest.fixture(scope="module")
def seed():
    return read.read("params/catalogue")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return read.read(many_results.write(tmp_path_factory.mktemp("many") / "catalogue"))


def interval(low, high, base=BASE):
    """What the outcomes stage registers of the rate; a lacking number is None."""
    values = {
        "value_treatment": 33.0,
        "value_comparison": 41.0,
        "difference": None if low is None else (low + high) / 2,
        "ci_low": low,
        "ci_high": high,
        "p_value": 0.04,
    }
    needs = (f"{base}.n_treatment",)
    return [Cell(f"{base}.n_treatment", 400, "count", 400),
            Cell(f"{base}.{OUTCOME}.n_treatment", 400, "count", 400),
            *(Cell(f"{base}.{OUTCOME}.{name}", value, "derived", needs=needs,
                   rounding="hundredth" if name == "p_value" else "limit")
              for name, value in values.items())]  # fmt: skip


def stage(folder, published, cells=(), **parts):
    request = small_study.study(**parts)
    run = small_study.stage(folder, "charts", request, outcomes=cells)
    sections.register(run, published)
    pooled.register(run, published)
    return run


def text(run, block, numbers=None):
    if numbers is None:
        shown = small_study.markup(run, block)
    else:
        shown = render(block.recipe, numbers)
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", "", shown)))


def by_key(blocks):
    return {block.recipe["key"]: block for block in blocks}


def added(catalogue, **columns):
    """A catalogue with one more printed interval, as its file would have it."""
    row = dict(catalogue.results.iloc[0]) | {
        "id": "one_more", "organisation": "One More", "programme": "One more",
        "intervention_type": "Employment", "sector": "Public", "interval": "printed",
        "ci_low": "-4", "ci_high": "2", "low": -4.0, "high": 2.0, "n": 100.0,
    } | columns  # fmt: skip
    results = pd.concat([catalogue.results, pd.DataFrame([row])], ignore_index=True)
    return dataclasses.replace(catalogue, results=results)


# which --------------------------------------------------------------------------------


def test_of_the_published_results_three_can_be_taken_together(seed):
    """Four intervals are printed; two are of the Prisoners' Education Trust."""
    used = pooled.used(seed.results)
    assert set(used["id"]) == {"pet2015_all", "workingchance2014", "womenscentres2015"}
    counts = {
        (group.kind, group.label): len(group.used)
        for group in pooled.groups(seed)
        if len(group.used)
    }
    assert counts == {
        ("all", "All results"): 3,
        ("intervention", "Education and learning"): 1,
        ("intervention", "Employment"): 1,
        ("intervention", "Women’s services"): 1,
        ("sector", "Voluntary sector"): 3,
    }


def test_a_computed_interval_is_never_taken_in(many):
    used = pooled.used(many.results)
    assert set(used["interval"]) == {"printed"}
    assert "computed" in set(many.results["interval"])


def test_without_any_result_a_report_says_that_there_is_no_mean(tmp_path, seed):
    empty = dataclasses.replace(seed, results=seed.results[:0])
    run = stage(tmp_path, empty)
    (block,) = together.together(run, empty)
    assert text(run, block) == (
        "No published result is collected here, and a mean takes at least three."
    )


def test_two_that_can_be_taken_together_have_no_word_of_a_mean_but_why(tmp_path, seed):
    two = seed.results["id"].isin(["pet2015_all", "workingchance2014"])
    few = dataclasses.replace(seed, results=seed.results[two])
    run = stage(tmp_path, few)
    blocks = by_key(together.together(run, few))
    assert list(blocks)[3:] == ["together-few"]
    how = text(run, blocks["together-how"])
    assert "Of the 2 results collected, 2 can be taken together" in how
    assert how.endswith("They are too few: a mean takes at least three.")


def test_an_end_next_to_nought_keeps_its_side_wherever_it_is_told(tmp_path, seed):
    """Three intervals of −8.97 to −1.03, of organisations of their own.

    By hand: y = −5, v = (7.94/3.919928)² + 0.0001/24 = 4.102846; τ² = 0, q = 1;
    √(v/3) = 1.169451, times t of 2 4.302653 is 5.031742: −10.031742 to 0.031742.
    """
    three = seed
    for name in ("one", "two", "three"):
        three = added(three, id=name, organisation=name, ci_low="-8.97",
                      ci_high="-1.03", low=-8.97, high=-1.03)  # fmt: skip
    three = dataclasses.replace(three, results=three.results[-3:])
    run = stage(tmp_path, three)
    assert run.cells[refs.pooled("ci_high")].value == 0.03
    blocks = by_key(together.together(run, three))
    (row, *_) = small_study.printed(run, blocks["together"])
    assert row[-1] == "10 fewer to 0.03 more"
    drawn = text(run, blocks["together-all-x"])
    assert "3 results together, 10 fewer to 0.03 more, which is inconclusive" in drawn
    assert "higher by as many as 0.03 people" in text(
        run, blocks["together-all-x-words"]
    )


# numbers ------------------------------------------------------------------------------


def test_numbers_from_the_catalogue_alone_are_public_ours_follow_from_our_interval(
    tmp_path, seed
):
    run = stage(tmp_path, seed, interval(-12.0, -1.0))
    public = run.cells[refs.pooled("mean")]
    # by hand: tests/charts/test_synthesis.py
    assert (public.kind, round(public.value, 4)) == ("public", -6.8592)
    # and with −12 to −1: y = −6.5, v = (11/3.919928)² + 1/24 = 7.916341, w = 0.126321;
    # Σw = 3.769064, Σwy = −24.986333 − 0.821086, the mean −6.847168; τ² = 0, q = 1;
    # √(1/3.769064) = 0.515090, times t of 3 3.182446 is 1.639245: −8.486413, −5.207923
    ours = {n: run.cells[refs.pooled_with(NAME, "all", n)]
            for n in ("count", "mean", "ci_low", "ci_high")}  # fmt: skip
    assert [cell.value for cell in ours.values()] == [4, -7, -8, -5]
    needs = {f"{BASE}.{OUTCOME}.{n}" for n in ("difference", "ci_low", "ci_high")}
    assert all(cell.kind == "derived" for cell in ours.values())
    assert all(set(cell.needs) == needs for cell in ours.values())


def test_digits_that_nobody_sees_of_our_interval_change_nothing(tmp_path, seed):
    """With the profile none a cell keeps its digits; the mean is of what is printed."""
    shown = [
        stage(tmp_path / str(number), seed, interval(*limits),
              disclosure={"profile": "none", "reason": "made-up people"})
        for number, limits in enumerate([(-12.4, -0.6), (-11.6, -1.4)])
    ]  # fmt: skip
    one, other = (run.cells[refs.pooled_with(NAME, "all", "mean")] for run in shown)
    assert one.value == other.value


def test_what_follows_from_a_withheld_interval_is_withheld_and_not_spoken_of(
    tmp_path, seed
):
    run = stage(tmp_path, seed, interval(-12.0, -1.0))
    blocks = together.together(run, seed)
    hidden = f"{BASE}.{OUTCOME}.ci_low"
    few = dataclasses.replace(run.cells[hidden], numerator=3, denominator=400)
    decided = release([*(run.cells | {hidden: few}).values()], [],
                      profile="default", threshold=10)  # fmt: skip
    for name in ("count", "mean", "ci_low", "ci_high"):
        assert refs.pooled_with(NAME, "all", name) in decided.withheld
        assert refs.pooled(name) in decided.released
    # the report never shows a difference without its interval
    released = {ref: v for ref, v in decided.released.items()
                if not ref.startswith(f"{BASE}.{OUTCOME}")}  # fmt: skip
    said = " ".join(text(run, block, released) for block in blocks)
    assert "this study" not in said.lower()
    assert "Example Mentoring Trust" not in said
    assert "3 results together, 5 to 9 fewer" in said


def test_without_an_interval_of_ours_nothing_is_added(tmp_path, seed):
    run = stage(tmp_path, seed, interval(None, None))
    assert not [ref for ref in run.cells if ref.startswith(f"{BASE}.together")]
    assert "this study" not in "".join(
        text(run, b) for b in together.together(run, seed)
    )


@pytest.mark.parametrize(
    "outcome", [{"name": OUTCOME, "label": "returned to prison", "definition": "once"},
                {"name": "reoffending_frequency"}],
)  # fmt: skip
def test_another_measure_is_not_added(tmp_path, seed, outcome):
    run = stage(tmp_path, seed, interval(-12.0, -1.0), outcomes=[outcome])
    assert not [ref for ref in run.cells if ref.startswith(f"{BASE}.together")]


def test_a_result_of_the_same_organisation_and_type_keeps_ours_out(tmp_path, seed):
    known = added(seed, organisation="example mentoring trust",
                  intervention_type="Mentoring")  # fmt: skip
    run = stage(tmp_path, known, interval(-12.0, -1.0))
    assert not [ref for ref in run.cells if ref.startswith(f"{BASE}.together")]
    how = together.together(run, known)[0]
    assert "This study is not added to them" in text(run, how)


@pytest.mark.parametrize(
    ("period", "kept_out"),
    [("2019 to 2021", False), ("2012 to 2014", True), ("since 2015", True),
     (None, True)],
)  # fmt: skip
def test_years_that_cannot_meet_let_ours_in(tmp_path, seed, period, kept_out):
    known = added(seed, organisation="Example Mentoring Trust", cohort_from="2010",
                  intervention_type="Mentoring", cohort_to="2012")  # fmt: skip
    programme = {"name": "Ours", "intervention_type": "Mentoring", "period": period}
    run = stage(tmp_path, known, interval(-12.0, -1.0), programme=programme)
    ours = [ref for ref in run.cells if ref.startswith(f"{BASE}.together")]
    assert bool(ours) != kept_out


# words and figures --------------------------------------------------------------------


def test_the_page_says_how_many_there_are_of_each_type_and_why_there_is_no_mean(
    tmp_path, seed
):
    run = stage(tmp_path, seed, interval(-12.0, -1.0))
    blocks = by_key(together.together(run, seed))
    assert list(blocks) == [
        "together-how", "together-intervention-Mentoring-words",
        "together-sector-Voluntary-words", "together-sector-Voluntary", "together",
        "together-few", "together-left-out",
    ]  # fmt: skip
    assert "Of the 33 results collected, 3 can" in text(run, blocks["together-how"])
    assert "not of all that was analysed" in text(run, blocks["together-how"])
    assert small_study.printed(run, blocks["together"]) == [
        ["All results", "3 of 33", "7 fewer", "5 to 9 fewer"],
        ["By sector type"],
        ["Voluntary sector", "3 of 27", "7 fewer", "5 to 9 fewer"],
    ]
    # nothing is said of a new programme where no type has five results
    assert "A new programme" not in text(run, blocks["together"])
    few = small_study.printed(run, blocks["together-few"])
    assert ["Education and learning", "10", "1"] in few
    assert ["Voluntary sector"] not in [row[:1] for row in few]
    left = small_study.printed(run, blocks["together-left-out"])
    assert left == [["All grants", "Prisoners' Education Trust", "Jan 2014",
                     "All grants (2nd analysis)"]]  # fmt: skip


def test_with_and_without_this_study_in_words(tmp_path, seed):
    run = stage(tmp_path, seed, interval(-12.0, -1.0))
    blocks = by_key(together.together(run, seed))
    said = text(run, blocks["together-sector-Voluntary-words"])
    assert "lower by between 5 and 9 people than in the comparison groups." in said
    assert "results, all that can be taken together of any type, say that" in said
    assert "With this study there are 4" in said
    assert "could be lower by between 5 and 8 people" in said
    assert "Without it, it could be lower by between 5 and 9 people." in said


def test_two_published_results_and_ours_are_three(tmp_path, seed):
    """Employment has Working Chance alone in the seed; one more makes two."""
    two = added(seed)
    programme = {"name": "Ours", "intervention_type": "Employment"}
    run = stage(tmp_path, two, interval(-12.0, -1.0), programme=programme)
    blocks = by_key(together.together(run, two))
    said = text(run, blocks["together-intervention-Employment-words"])
    assert (
        "Only 2 published results can be taken together, and a mean takes at least "
        "three." in said
    )
    assert "With this study there are 3" in said
    figure = blocks["together-intervention-Employment"]
    assert "3 results with this study together" in text(run, figure)
    assert figure.recipe["stands_with"]
    rows = {row[0] for row in small_study.printed(run, figure)}
    assert not any(row.startswith("Mean of the published") for row in rows)


def test_own_types_come_first_and_the_others_are_folded_within(tmp_path, many):
    run = stage(tmp_path, many, interval(-12.0, -1.0))
    blocks = by_key(together.together(run, many))
    folded = {key: block.recipe.get("fold") for key, block in blocks.items()}
    part = folded["together-how"]
    assert part["summary"][0] == "Taken together: "
    assert folded["together-intervention-Mentoring"] == part
    assert folded["together-intervention-Mentoring-words"] == part
    assert folded["together-sector-Voluntary-words"] == part
    for key in ("sector-Voluntary", "all-x", "intervention-Courts", "sector-Public"):
        assert folded[f"together-{key}"]["within"] == part
    for key in ("all-x", "intervention-Courts", "sector-Public"):
        assert folded[f"together-{key}"] == folded[f"together-{key}-words"]
    figures = [
        key for key, block in blocks.items() if block.recipe["block"] == "figure"
    ]
    assert figures[:3] == ["together-intervention-Mentoring",
                           "together-sector-Voluntary", "together-all-x"]  # fmt: skip


def test_of_its_own_types_a_report_says_first_why_there_is_no_mean(tmp_path, seed):
    programme = {"name": "Ours", "intervention_type": "Courts"}
    others = seed.results[seed.results["intervention_type"] != "Courts"]
    seed = dataclasses.replace(seed, results=others)
    run = stage(tmp_path, seed, interval(-12.0, -1.0), programme=programme)
    blocks = by_key(together.together(run, seed))
    own = blocks["together-intervention-Courts-words"]
    assert "within" not in own.recipe["fold"]
    # the tables of every type lie in one fold
    assert blocks["together"].recipe["fold"] == blocks["together-few"].recipe["fold"]
    assert "Courts. No result of this type is collected" in text(run, own)


def test_ours_has_the_month_of_its_publication(tmp_path, seed):
    run = stage(tmp_path, seed, interval(-12.0, -1.0),
                publication={"date": "2026-06-25", "contact": "a@b.org"})  # fmt: skip
    figure = by_key(together.together(run, seed))["together-sector-Voluntary"]
    ours = [row for row in small_study.printed(run, figure) if "this report" in row[1]]
    assert [row[1] for row in ours] == ["Made-up people, Jun 2026, this report"]


def test_every_ref_is_registered_and_a_new_programme_is_spoken_of(tmp_path, many):
    run = stage(tmp_path, many, interval(-12.0, -1.0))
    blocks = by_key(together.together(run, many))
    for block in blocks.values():
        assert set(refs_in(block.recipe)) <= set(run.cells)
    said = text(run, blocks["together-intervention-Mentoring-words"])
    assert "The range of a new programme of this kind is" in said
    assert " shows each result, " in text(
        run, blocks["together-intervention-Mentoring"]
    )
    # 80 of its 134 are not drawn one by one
    assert "its data name each of them" in text(run, blocks["together-all-x"])
    assert "A new programme" in text(run, blocks["together"])


def test_several_headlines_are_added_one_at_a_time(tmp_path, seed):
    analyses = [{"name": name, "headline": True, "covariates": {"numeric": ["age"]}}
                for name in ("Men", "Women")]  # fmt: skip
    cells = interval(-12.0, -1.0, "men") + interval(-9.0, 5.0, "women")
    run = stage(tmp_path, seed, cells, analyses=analyses)
    assert run.cells[refs.pooled_with("Men", "all", "count")].value == 4
    assert run.cells[refs.pooled_with("Women", "all", "count")].value == 4
    blocks = by_key(together.together(run, seed))
    said = text(run, blocks["together-sector-Voluntary-words"])
    assert "With “Men” of this study there are 4" in said
    assert "With “Women” of this study there are 4" in said


def test_types_of_the_same_results_have_one_figure_unless_ours_is_of_one_alone(
    tmp_path, seed
):
    """In the seed all that can be taken together is of the voluntary sector."""
    figures = []
    for number, sector in enumerate(("Voluntary", "Public")):
        organisation = {"name": "Ours", "sector_type": sector}
        run = stage(tmp_path / str(number), seed, interval(-12.0, -1.0),
                    organisation=organisation)  # fmt: skip
        made = by_key(together.together(run, seed))
        figures.append([key for key in made if made[key].recipe["block"] == "figure"])
    assert figures == [["together-sector-Voluntary"],
                       ["together-all-x", "together-sector-Voluntary"]]  # fmt: skip


def test_without_our_interval_no_word_tells_that_it_would_have_made_a_mean(
    tmp_path, seed
):
    two = seed.results["id"].isin(["pet2015_all", "workingchance2014"])
    few = dataclasses.replace(seed, results=seed.results[two])
    run = stage(tmp_path, few, interval(-12.0, -1.0))
    shown = {ref: cell.value for ref, cell in run.cells.items()}
    hidden = {ref: v for ref, v in shown.items() if not ref.startswith(BASE)}
    how, *others = together.together(run, few)
    assert "not of all that was analysed" in text(run, how)
    said = " ".join(text(run, block, hidden) for block in [how, *others]
                    if not block.recipe.get("stands_with"))  # fmt: skip
    assert "not of all that was analysed" not in said
    assert "Voluntary sector. There is no mean: of 2 results collected, 2 can" in said
