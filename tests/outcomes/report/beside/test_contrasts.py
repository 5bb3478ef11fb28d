"""Sub-groups compared with each other, as cells and blocks."""

import pytest
from support import small_study
from support.outcomes_stage import CHOSEN, OFTEN, RATE, TIME, Stage, people

from helpers.outcomes import contrasts
from helpers.outcomes.report import limits
from helpers.outcomes.report.beside import contrasts as between
from helpers.publication.disclosure import release


def of(name, *rates, first=0):
    frame = people(name, *rates)
    return frame.assign(person_id=frame["person_id"] + first)


def stage_of(folder, groups, matches=(), kept=None, **parts):
    """A stage of sub-groups by kind, with what they come to beside each other."""
    kept = kept or {name: {"kind": [name]} for name in groups}
    analyses = [
        {"name": name, "headline": number == 0, "covariates": CHOSEN, "filter": f}
        for number, (name, f) in enumerate(kept.items())
    ]
    stage = Stage(folder, groups, matches, analyses=analyses, **parts)
    stage.kinds = contrasts.kinds(stage.request, groups)
    stage.compared = contrasts.table(stage.results, stage.kinds)
    between.register(stage.run, stage.compared, stage.results, stage.sizes)
    return stage


@pytest.fixture
def both(tmp_path):
    groups = {"Men": of("Men"), "Women": of("Women", (50, 80), first=1000)}
    return stage_of(tmp_path, groups)


def blocks(stage):
    return between.published(
        stage.run, stage.kinds, stage.compared, stage.results, stage.sizes
    )


def value(stage, outcome, name):
    return stage.run.cells[f"contrasts.men.women.{outcome}.{name}"].value


def test_men_less_women_by_hand(both):
    """Men 40% v 50%, women 50% v 40%: −10 less 10 points, twice that in reoffences."""
    assert value(both, RATE, "difference") == -20
    assert value(both, OFTEN, "difference") == -40 * 2 / 2
    assert value(both, TIME, "difference") == 0
    # each of 100 and 200: √(.24/99 + .25/199 + .25/99 + .24/199), 1.97 times
    half = 1.97 * 100 * ((0.49 / 99 + 0.49 / 199) ** 0.5)
    low, high = (value(both, RATE, end) for end in ("ci_low", "ci_high"))
    assert [low, high] == [round(-20 - half), round(-20 + half)]


def test_each_needs_all_four_values_and_the_same_number_of_both(both):
    cell = both.run.cells[f"contrasts.men.women.{RATE}.p_value"]
    assert set(cell.needs) == {
        f"{name}.{RATE}.{own}"
        for name in ("men", "women")
        for own in ("value_treatment", "value_comparison", "p_value")
    }


def test_who_is_hidden_among_women_is_not_told_by_the_men(tmp_path):
    groups = {"Men": of("Men"), "Women": of("Women", (4, 80), first=1000)}
    stage = stage_of(tmp_path, groups)
    decision = release(stage.run.cells.values(), [], profile="default", threshold=10)
    names = [ref for ref in stage.run.cells if ref.startswith("contrasts.")]
    assert {decision.withheld.get(ref) for ref in names if RATE in ref} == {"needs"}


def test_a_table_and_a_sentence_a_measure_of_one_pair(both):
    table, words = blocks(both)
    rows = small_study.printed(both.run, table)
    assert rows[0] == ["First: Men. Second: Women."]
    assert rows[1][1:4] == ["10 fewer", "10 more", "20 fewer"]
    shown = small_study.markup(both.run, words)
    assert shown.count("<li>") == 3
    assert "does not show by itself that the two differ" in shown


def test_a_partner_that_is_poorly_matched_has_no_result_to_compare(tmp_path):
    groups = {"Men": of("Men"), "Women": of("Women", (50, 80), first=1000)}
    stage = stage_of(tmp_path, groups, {"Women": {"quality": "poorly"}})
    table, words = blocks(stage)
    rows = small_study.printed(stage.run, table)[1:]
    assert {cell for row in rows for cell in row[2:]} == {"[z]"}
    assert rows[0][1] == "10 fewer"
    assert "<li>" not in small_study.markup(stage.run, words)


def test_two_that_share_a_person_are_not_compared(tmp_path):
    groups = {"Men": of("Men"), "Women": of("Women", (50, 80), first=299)}
    stage = stage_of(tmp_path, groups)
    assert blocks(stage) == []
    assert between.differences(stage.run) == []


def test_of_several_pairs_the_sentences_have_the_first_measure(tmp_path):
    groups = {n: of(n, first=1000 * i) for i, n in enumerate(("A", "B", "C"))}
    stage = stage_of(tmp_path, groups)
    table, words = blocks(stage)
    assert len(small_study.printed(stage.run, table)) == 3 * (1 + 3)
    shown = small_study.markup(stage.run, words)
    assert shown.count("<li>") == 3
    assert "Frequency" not in shown


def test_more_than_six_pairs_are_not_compared_and_that_is_said(tmp_path):
    groups = {n: of(n, first=1000 * i) for i, n in enumerate("ABCDE")}
    stage = stage_of(tmp_path, groups)
    [said] = stage.words(blocks(stage))
    assert "Sub-groups by kind are not compared with each other: that is" in said
    assert between.differences(stage.run) == []


def test_they_are_counted_among_the_comparisons(both):
    data = limits.limits(both.run, both.results).recipe["data"]
    assert data["between"]
    assert len(data["comparisons"]) == 2 * 3 + 3
    [text] = both.words([limits.limits(both.run, both.results)])
    assert "This report shows nine: each measure of each analysis, and sub-gr" in text


def test_counts_that_are_rounded_move_no_comparison(tmp_path):
    """First less second keeps the side that its p tells, and a note says so."""
    groups = {"Men": of("Men"), "Women": of("Women", (53, 82), first=1000)}
    kept = {"disclosure": {"profile": "rounded"}}
    stage = stage_of(tmp_path, groups, **kept)
    # −10 less 12 points; of 55 of 100 and 80 of 200 women it would be less 15
    assert value(stage, RATE, "difference") == -22
    assert "those of the counts before rounding" in "".join(stage.words(blocks(stage)))


def test_kinds_by_one_column_are_told_apart(tmp_path):
    """Men by kind and women by kind: their captions name whom they compare."""
    first = {"young": 0, "mid": 1000, "old": 2000}
    groups, kept = {}, {}
    for number, sex in enumerate(("Men", "Women")):
        for age, start in first.items():
            name = f"{age} {sex}"
            groups[name] = of(name, first=start + 5000 * number)
            kept[name] = {"kind": [age], "sex": [sex]}
    stage = stage_of(tmp_path, groups, kept=kept)
    captions = [b.recipe["caption"] for b in blocks(stage) if "caption" in b.recipe]
    assert len(captions) == len(set(captions))
