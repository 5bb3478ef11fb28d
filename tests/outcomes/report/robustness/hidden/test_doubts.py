"""What the reviewers' copy tells of hidden bias and of tests: cells, rows, words."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import small_study, studies
from support.outcomes_stage import OFTEN, RATE, Stage, people

from helpers.outcomes import ratios
from helpers.outcomes.report.beside import ratios as beside_ratios
from helpers.outcomes.report.robustness.hidden import bias, contour, doubted, hidden
from helpers.outcomes.report.robustness.testing import many, testing
from helpers.outcomes.robustness import runner
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.hidden import rosenbaum
from helpers.outcomes.robustness.testing import register
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.disclosure.suppress import follow
from helpers.publication.drawing import table_rows
from helpers.publication.report.hidden import replaced, standing
from helpers.publication.report.publish_cells import Part
from helpers.publication.report.released_files import of_blocks
from helpers.request import Outcome

LOST = 30
#: of the refs of what is told
PARTS = ("e_value", "gamma", "pairs_p", "tipping", "without.", "beside.",
         "association")  # fmt: skip

#: a ladder’s label, as the register has it
RUNGS = pd.DataFrame({"variant": ["links_id"], "label": ["Found by an id"]})


def study_of(frame, outcome, lost=LOST):
    """The study of matched people, whose two characteristics go with the outcome."""
    rng = np.random.default_rng(2)
    own = frame.set_index("person_id")
    values = own[outcome.name]
    own = pd.DataFrame(
        {
            "treatment": own["treatment"],
            "age": rng.normal(30, 8, len(own)),
            "kind": pd.Series(
                np.where(rng.random(len(own)) < 0.3 + 0.2 * (values > 0), "A-1", "A 1"),
                own.index, dtype="str",
            ),
        }
    )  # fmt: skip
    made = studies.of(own, ["age", "kind"], values)
    weights = frame.set_index("person_id")["weight"]
    named = {"person_id": own.index, outcome.name: values.to_numpy()}
    study = type(made)(made.group, made.model, made.settings, made.width, weights,
                       lost=lost)  # fmt: skip
    return study.measured(outcome, pd.DataFrame(named))


class Doubts:
    """The stage with every doubt of its headline registered."""

    def __init__(self, folder, reoffend=(20, 90), size=(100, 200), quality="well",
                 first=RATE, more=None, **parts):  # fmt: skip
        matched = {"All": people("All", reoffend, size)} | (more or {})
        parts.setdefault("outcomes", [first])
        self.stage = Stage(folder, matched, {"All": {"quality": quality}}, **parts)
        run, request = self.stage.run, self.stage.run.request
        each = [(name, o, p) for name, p in matched.items() for o in request.outcomes
                if o.name in p]  # fmt: skip
        of = (self.stage.results, self.stage.sizes, request)
        run.register(beside_ratios.cells(ratios.table(each), *of))
        run.register(
            [Cell("intake.box.not-linked", LOST, "count", LOST),
             Cell("all.not_matched", 0, "count", 0)]
        )  # fmt: skip
        outcome = next(o for o in request.outcomes if o.name == first)
        studies_ = {"All": study_of(matched["All"], outcome)}
        self.checks = runner.checks(studies_)
        self.doubted = doubted.of(studies_, self.checks, *of)
        run.register(hidden.cells(self.doubted, run.cells))
        run.register(bias.cells(self.doubted, run.cells))
        run.register(contour.cells(self.doubted, self.stage.balance, run.cells))
        run.register(testing.cells(self.doubted))
        run.register(many.cells(self.stage.results, request))
        methods = register.of_checks(self.checks, studies_)
        self.tests = register.tests({"welch": self.stage.results}, methods)
        run.register([many.listed(self.tests)])

    @property
    def run(self):
        return self.stage.run

    def rows(self, block):
        return small_study.printed(self.run, block)

    def words(self, made):
        text = self.stage.words([made])[0]
        return BeautifulSoup(text, "html.parser").get_text()

    def value(self, name, outcome=RATE):
        return self.run.cells[f"all.{outcome}.{name}"].value


@pytest.fixture(scope="module")
def doubts(tmp_path_factory):
    """20 of 100 against 90 of 200: 20% and 45%, 25 fewer (14 to 36)."""
    return Doubts(tmp_path_factory.mktemp("doubts"))


def test_the_e_values_are_of_the_ratio_as_printed(doubts):
    # 20/45 = 0.444, printed 0.44: r = 2.2727, E = 2.2727 + √(2.2727 · 1.2727) = 3.97
    assert doubts.value("ratio") == 0.44
    assert doubts.value("e_value") == 3.97
    high = 1 / doubts.value("ratio_high")
    expected = high + (high * (high - 1)) ** 0.5
    assert doubts.value("e_value_limit") == pytest.approx(expected, abs=0.005)


def test_the_tipping_point_is_of_the_limit_as_printed(doubts):
    # limit 14 fewer: δ* = 100 · 14/30 = 46.7, and 45 + 46.7 = 91.7
    assert doubts.value("ci_high") == -14
    assert doubts.value("tipping_point") == 92
    [table] = hidden.table(doubts.run, doubts.doubted)
    assert doubts.rows(table)[-1][1:] == [
        "92", "An outcome of those lost could undo the finding: it is told which."
    ]  # fmt: skip


def test_pairs_are_told_of_counts_to_the_nearest_five(doubts):
    # of made-up pairs 10 and 42: 10 and 40, p = 2P(Bin(50, 1/2) >= 40) = 2.4e-5
    one = with_pairs(doubts, 10, 42)
    told = cells_of_pairs(one)
    assert told["pairs_apart"] == 50
    assert told["pairs_p"] == pytest.approx(0.0000239, rel=0.01)
    # Γ: 2P(Bin(50, Γ/(1 + Γ)) >= 40) = 0.05, by R's uniroot 1.9657476
    assert told["gamma"] == pytest.approx(1.9657476, rel=1e-6)
    assert {cell.rounding for cell in hidden._pairs(one, {})} == {
        "two figures", "p", "tenth"
    }  # fmt: skip


# of 100 people in the programme 20 have the outcome
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(9, 41), (12, 9), (11, 41), (10, 71), (0, 0)],
    ids=["treated alone", "other alone", "nine others have it", "nine have it not",
         "all alike"],
)  # fmt: skip
def test_pairs_tell_nothing_where_few_are_in_a_part_of_them(doubts, ours, theirs):
    one = with_pairs(doubts, ours, theirs)
    assert set(cells_of_pairs(one).values()) == {None}
    assert hidden._of_pairs(one, {})["said"] == hidden.UNTOLD


def with_pairs(doubts, ours, theirs):
    """The headline, were there so many pairs in which one person alone has it."""
    [one] = doubts.doubted
    row = {"pairs": 95, "treated_alone": ours, "comparison_alone": theirs}
    frame = pd.DataFrame([row | {"p_value": 0.01, "gamma": 2.0}])
    check = Check("rosenbaum", "told", frame, rosenbaum.TOLD)
    return replace(one, checks={**one.checks, "rosenbaum": check})


def cells_of_pairs(one):
    """What is registered of pairs, by its name: no cell has a count of people."""
    cells = list(hidden._pairs(one, {}))
    assert all(cell.numerator is cell.denominator is None for cell in cells)
    return {cell.ref.rpartition(".")[2]: cell.value for cell in cells}


@pytest.mark.parametrize("reoffend", [(20, 90), (42, 90)])
def test_the_same_cells_and_rows_stand_whatever_p_is_where_it_is_hidden(
    reoffend, tmp_path
):
    made = Doubts(tmp_path, reoffend=reoffend)
    cells = hidden.cells(made.doubted, made.run.cells)
    names = [cell.ref.rpartition(".")[2] for cell in cells]
    assert names == ["e_value", "e_value_limit", "pairs_apart", "pairs_p", "gamma",
                     "tipping_point"]  # fmt: skip
    both = {one.ref(f"value_{side}") for one in made.doubted for side in
            ("treatment", "comparison")}  # fmt: skip
    assert all(both <= set(cell.needs) for cell in cells)
    withheld = dict.fromkeys(both, "few people")
    follow(made.run.cells, withheld)
    decision = Decision(
        {n: c.value for n, c in made.run.cells.items() if n not in withheld}, withheld
    )
    blocks = [
        *hidden.table(made.run, made.doubted),
        *bias.blocks_of(made.run, made.doubted),
        *contour.blocks_of(made.run, made.doubted, made.stage.balance),
        *many.blocks_of(made.run, made.stage.results, made.tests, RUNGS),
    ]
    parts = standing([Part("doubts", b.recipe, None) for b in blocks], decision)
    assert [part.key for part in parts] == ["hidden-strength", "register"]
    rows = table_rows(parts[0].recipe, decision.released)[1]
    assert {getattr(row[1], "state", row[1]) for row in rows} == {"c"}
    listed = table_rows(parts[1].recipe, decision.released)[1]
    assert not any("McNemar" in str(row[1]) for row in listed)


def test_all_of_it_goes_with_a_rate_that_is_hidden(doubts):
    withheld = {"all.reoffending_rate.value_treatment": "few people"}
    follow(doubts.run.cells, withheld)
    own = [ref for ref in doubts.run.cells if any(part in ref for part in PARTS)]
    assert len(own) > 15
    assert set(own) <= set(withheld)


def test_a_box_that_is_hidden_takes_the_tipping_point(doubts):
    withheld = {"intake.box.not-linked": "few people"}
    follow(doubts.run.cells, withheld)
    assert "all.reoffending_rate.tipping_point" in withheld


def test_a_count_of_those_lost_that_rounds_to_nought_is_among_them(doubts):
    """Under `rounded` two people unmatched are printed as none."""
    [one] = doubts.doubted
    known = doubts.run.cells | {
        "all.not_matched": Cell("all.not_matched", 0, "count", 2)
    }
    [tip] = hidden._tipping(one, known)
    assert "all.not_matched" in tip.needs
    said = hidden._tip(one, known | {tip.ref: tip})
    assert tip.ref in [need["ref"] for need in said["needs"]]


def test_the_interval_moves_by_what_is_printed(doubts):
    table, words = bias.blocks_of(doubts.run, doubts.doubted)
    rows = doubts.rows(table)
    assert [row[0] for row in rows] == ["Age", "Kind"]
    moved = doubts.value("without.kind.moved")
    assert doubts.value("without.kind.ci_high") == pytest.approx(-14 + moved)
    assert {row[3] for row in rows} == {"Yes"}
    text = doubts.words(words)
    assert text.startswith("A hidden difference between the groups as strong as ")
    assert "The interval would still exclude no difference" in text


def test_the_tests_agree_and_say_so(doubts):
    table, words = testing.blocks_of(doubts.run, doubts.doubted)
    rows = doubts.rows(table)
    assert len(rows) == 5
    assert {row[3] for row in rows} == {"Yes"}
    assert doubts.words(words) == ("The verdict is the same by each of these tests.")


def test_every_test_that_has_a_p_is_in_the_register(doubts):
    [listed] = many.blocks_of(doubts.run, doubts.stage.results, doubts.tests, RUNGS)
    printed = str(listed.recipe)
    tested = [ref for ref in doubts.run.cells
              if ref.endswith(("p_value", "pairs_p"))]  # fmt: skip
    assert len(tested) >= 5
    *rows, counted = listed.recipe["rows"]
    assert doubts.run.cells["tests.listed"].value == len(rows)
    assert "'tests.listed'" in str(counted)
    assert "'tests.listed'" in str(listed.recipe["lead"])
    for ref in tested:
        assert f"'{ref}'" in printed, ref


def test_a_rung_is_called_as_its_ladder_calls_it(doubts):
    tests = doubts.tests.head(1).assign(variant="links_id", test=register.WELCH)
    [listed] = many.blocks_of(doubts.run, doubts.stage.results, tests, RUNGS)
    assert listed.recipe["rows"][0][2] == "Found by an id"


def test_an_analysis_may_be_named_by_a_number(doubts):
    """The name of a row is no number typed as text, wherever else it would be one."""
    own = doubts.tests[doubts.tests["test"] != rosenbaum.NAME]
    tests = own.assign(analysis="12")
    [listed] = many.blocks_of(doubts.run, doubts.stage.results, tests, RUNGS)
    parts = [Part("doubts", listed.recipe)]
    assert not [told for told in of_blocks(parts, {}) if "typed as text" in told]


def test_the_picture_has_the_characteristics_of_the_balance_table(doubts):
    [figure] = contour.blocks_of(doubts.run, doubts.doubted, doubts.stage.balance)
    strengths = figure.recipe["data"]["strengths"]
    assert [one["variable"] for one in strengths] == ["Age", "Kind", "Kind"]
    shown = small_study.markup(doubts.run, figure)
    assert "What something hidden would have to be like" in shown


@pytest.mark.parametrize("end", ["difference", "ci_high"])
def test_the_picture_is_left_out_where_the_finding_is_hidden(doubts, end):
    [figure] = contour.blocks_of(doubts.run, doubts.doubted, doubts.stage.balance)
    parts, shown = [Part("doubts", figure.recipe)], doubts.run.cells
    released = {ref: cell.value for ref, cell in shown.items()}
    request = doubts.run.request
    [stays] = replaced(parts, shown, Decision(released, {}), request)
    assert stays.recipe["figure"] == "contour"
    gone = f"all.{RATE}.{end}"
    decision = Decision(released | {gone: None}, {gone: "needs"})
    [instead] = replaced(parts, shown, decision, request)
    assert instead.recipe["words"] == "sentences"
    assert instead.recipe["data"]["sentences"] == []


def test_without_a_finding_the_rows_say_why(tmp_path):
    none = Doubts(tmp_path, reoffend=(42, 90))
    [table] = hidden.table(none.run, none.doubted)
    rows = {row[0]: row[1:] for row in none.rows(table)}
    assert rows["E-value of the limit nearest one"][0] == "1.00"
    for asked in ("Rosenbaum’s Γ", "Outcome among those lost that would undo it, in "
                  "every 100"):  # fmt: skip
        assert rows[asked][0] == "[z]"
        assert "not significant" in rows[asked][1]
    assert bias.blocks_of(none.run, none.doubted) == []
    assert contour.blocks_of(none.run, none.doubted, none.stage.balance) == []


def test_that_pairs_were_none_or_alike_is_not_told(doubts, monkeypatch):
    [one] = doubts.doubted
    for why in (rosenbaum.NO_PAIRS, rosenbaum.ALIKE):
        check = Check("rosenbaum", "none", pd.DataFrame(), why)
        monkeypatch.setitem(one.checks, "rosenbaum", check)
        assert hidden._of_pairs(one, {})["said"] == hidden.UNTOLD


def test_a_test_that_is_not_printed_may_not_have_been_carried_out(doubts):
    rung = doubts.tests.assign(variant="links_id", test="rungs")
    for tests in (rung, rung.assign(p_value=np.nan)):
        [listed] = many.blocks_of(doubts.run, doubts.stage.results, tests, RUNGS)
        *rows, _ = listed.recipe["rows"]
        assert {row[-1] for row in rows} == {"not printed"}


def test_on_a_poor_match_no_number_is_told(tmp_path):
    poor = Doubts(tmp_path, quality="poorly")
    cells = poor.run.cells.items()
    own = [cell for ref, cell in cells if any(part in ref for part in PARTS)]
    assert own
    assert all(cell.value is None for cell in own)
    _, words = testing.blocks_of(poor.run, poor.doubted)
    assert "not told" in poor.words(words)


def test_a_frequency_is_doubted_for_every_hundred_people(tmp_path):
    often = Doubts(tmp_path, first=OFTEN)
    [no_ratio] = [c for c in often.checks["All"] if c.name == "e_value"]
    assert no_ratio.verdict == "none"
    rows = often.rows(hidden.table(often.run, often.doubted)[0])
    assert rows[0][1] == "[z]"
    assert often.value("tipping_point", OFTEN) > 90
    assert testing.blocks_of(often.run, often.doubted) == []


def test_several_analyses_have_a_q_and_headlines_an_expected_number(tmp_path):
    analyses = [{"name": name, "headline": name != "Men", "covariates":
                 {"numeric": ["age"], "categorical": ["kind"]}}
                for name in ("All", "Men", "Women")]  # fmt: skip
    more = {name: people(name, (30, 90)) for name in ("Men", "Women")}
    made = Doubts(tmp_path, more=more, analyses=analyses)
    q, listed = many.blocks_of(made.run, made.stage.results, made.tests, RUNGS)
    [heading, row] = made.rows(q)
    assert row[0] == "Men"
    assert row[1] == row[2]  # alone in its measure
    assert made.run.cells["tests.by_chance"].value == pytest.approx(0.1)
    assert "stand out by chance alone" in str(listed.recipe["lead"])


def test_an_outcome_needs_no_name_of_the_records():
    outcome = Outcome.model_validate({"name": "returned", "kind": "rate"})
    frame = people("All").rename(columns={RATE: "returned"})
    assert study_of(frame, outcome).estimate["n_treatment"] == 100
