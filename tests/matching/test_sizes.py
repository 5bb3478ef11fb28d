"""What matching came to: sizes, widths and their order, the flow, who was lost."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from support import small_study
from support.made_up_cohort import make

from helpers.errors import RequestError
from helpers.intake.cohort import hand_over
from helpers.intake.cohort.losses import BOXES, by_box
from helpers.intake.report import cells as intake_cells
from helpers.matching import (
    balance,
    matching,
    propensity,
    sizes,
)
from helpers.matching import (
    groups as covariates,
)
from helpers.matching.report import flow
from helpers.matching.report import sizes as report_sizes
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.disclosure import release

ROOT_TWO = 2**0.5


def scored():
    """Two and two people whose logits spread by the root of two in each group."""
    group = small_study.group([1, 1, 0, 0], {"age": [20.0, 30, 20, 40]})
    score = pd.Series(expit([-1.0, 1, -1, 1]), index=group.people.index)
    return group, small_study.model(score)


def settings(**keys):
    return small_study.study(matching=keys).matching


# widths -----------------------------------------------------------------------


def test_without_a_caliper_three_widths_are_tried_in_order():
    group, model = scored()
    found = sizes.widths(model.score, group, settings())
    assert found == pytest.approx([0.05 * ROOT_TWO, 0.1 * ROOT_TWO, 0.2 * ROOT_TWO])


@pytest.mark.parametrize(
    ("keys", "width"),
    [
        ({"caliper": 0.25}, 0.25),
        ({"caliper": {"sd": 0.1, "of": "pooled"}}, 0.1 * ROOT_TWO),
        # over all four rows: squares add up to 4, over 4 - 1
        ({"caliper": {"sd": 0.1, "of": "all"}}, 0.1 * (4 / 3) ** 0.5),
        ({"method": "nearest"}, None),
    ],
)
def test_a_named_caliper_is_the_only_one_and_nearest_needs_none(keys, width):
    group, model = scored()
    found = sizes.widths(model.score, group, settings(**keys))
    assert found == [None if width is None else pytest.approx(width)]


def summarised(step, **keys):
    group, model = scored()
    widths = sizes.widths(model.score, group, settings(**keys))
    weights = pd.Series([1, 1, 2, 0.0], index=group.people.index)
    width = np.inf if widths[step] is None else widths[step]
    match = small_study.matched(weights, group.treatment, width)
    table = balance.table(group.people, group.treatment, weights, ["age"])
    every = [{group.name: part} for part in (group, model, match, table, widths)]
    return sizes.summary(*every)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_the_summary_tells_which_caliper_was_used(step):
    summary = summarised(step)
    assert summary.loc[0, "step"] == step
    cells = report_sizes.cells(summary, small_study.study())
    caliper = {c.ref: c for c in cells}[f"{small_study.BASE}.caliper"]
    assert (caliper.value, caliper.kind) == ([0.05, 0.1, 0.2][step], "setting")


def test_every_size_says_by_which_rule_it_comes_about():
    rules = [
        cell.method for cell in report_sizes.cells(summarised(0), small_study.study())
    ]
    assert all(rule[:3] in ("3: ", "4: ") and len(rule) <= 110 for rule in rules)


def test_nearest_without_a_caliper_has_no_width():
    summary = summarised(0, method="nearest")
    cells = report_sizes.cells(
        summary, small_study.study(matching={"method": "nearest"})
    )
    values = {c.ref.rpartition(".")[2]: c.value for c in cells}
    assert values["caliper"] is None
    assert values["width"] is None


def test_the_bandwidth_of_the_kernel_stands_in_place_of_a_caliper():
    keys = {"method": "kernel", "bandwidth": 0.05}
    request = small_study.study(matching=keys)
    cells = report_sizes.cells(summarised(0, **keys), request)
    values = {c.ref.rpartition(".")[2]: c.value for c in cells}
    assert (values["bandwidth"], values["width"]) == (0.05, 0.05)
    assert "caliper" not in values


def test_an_analysis_may_be_matched_in_its_own_way():
    request = small_study.study(matching={"caliper": 0.2})
    own = {**request.completed()["analyses"][0], "matching": {"method": "nearest"}}
    request = small_study.study(matching={"caliper": 0.2}, analyses=[own])
    cells = report_sizes.cells(summarised(0, method="nearest"), request)
    values = {c.ref.rpartition(".")[2]: c.value for c in cells}
    assert (values["caliper"], values["ratio"]) == (None, 1)
    every = {"All": request.matching, "Own": request.matching_of(small_study.NAME)}
    table = sizes.tried(every, {"All": [0.2], "Own": [None]})
    assert table["method"].to_dict() == {"All": "radius", "Own": "nearest"}
    assert table["caliper or bandwidth"].to_dict() == {"All": "0.2", "Own": "none"}


def test_sizes_of_the_summary_by_hand():
    row = summarised(0).iloc[0]
    assert (row["available"], row["pool"]) == (2, 2)
    assert (row["n_treatment"], row["n_comparison"]) == (2, 1)
    assert row["effective_comparison"] == 1
    assert (row["not_matched"], row["set_aside"], row["share_matched"]) == (0, 0, 1)
    # ages 25 against 20, over the root of (50 + 200) / 2
    assert row["largest_smd_after"] == pytest.approx(500 / 125**0.5)
    assert row["mean_smd_after"] == row["largest_smd_after"]
    assert row["largest_weight"] == 1  # one person stands for both
    assert row["quality"] == "poorly"


# a caliper that is too wide ---------------------------------------------------


def refused(tmp_path, **keys):
    request = small_study.study(matching=keys)
    run = small_study.stage(tmp_path, "matching", request)
    group, model = scored()
    report_sizes.refuse_wide(run, {group.name: group}, {group.name: model})
    return run


def test_a_caliper_above_three_tenths_of_the_spread_is_refused(tmp_path):
    with pytest.raises(RequestError) as error:
        refused(tmp_path, caliper=0.43)
    # 0.3 times the root of 2 is 0.42426
    assert error.value.problems == [
        'request: matching.caliper: for "All people mentored" it is 0.43 on the logit '
        "scale, and above 0.4243 the people compared may differ enough to bias the "
        "estimate; narrow it, or add accept_wide: true under matching"
    ]


def test_a_wide_bandwidth_is_refused_with_one_that_is_not_named_or_not(tmp_path):
    with pytest.raises(RequestError) as error:
        refused(tmp_path, method="kernel", bandwidth=0.43)
    [line] = error.value.problems
    assert line.startswith('request: matching.bandwidth: for "All people mentored" it')
    assert "write for example 0.42, or add accept_wide: true under matching" in line
    # the limit is as below, and the default 0.06 lies within it
    refused(tmp_path, method="kernel", distance="propensity")
    own = small_study.study().completed()["analyses"][0]
    own["matching"] = {"method": "kernel", "bandwidth": 0.43}
    run = small_study.stage(tmp_path, "matching", small_study.study(analyses=[own]))
    group, model = scored()
    with pytest.raises(RequestError) as error:
        report_sizes.refuse_wide(run, {group.name: group}, {group.name: model})
    [line] = error.value.problems
    assert line.startswith("request: analyses.matching.bandwidth: for")
    assert line.endswith("or add accept_wide: true under analyses.matching")


def test_the_limit_is_in_the_units_of_the_distance(tmp_path):
    # the mean score is one half: 0.42426 x 1/4 on the score, x 1 on the odds
    for distance, caliper in (("propensity", 0.107), ("odds", 0.425)):
        with pytest.raises(RequestError, match=f"on the {distance} scale"):
            refused(tmp_path, distance=distance, caliper=caliper)
        refused(tmp_path, distance=distance, caliper=caliper - 0.002)


@pytest.mark.parametrize(
    "keys",
    [
        {"caliper": 0.42},
        {"caliper": {"sd": 0.3, "of": "pooled"}},
        {"caliper": 0.43, "accept_wide": True},
        {"method": "kernel", "bandwidth": 0.43, "accept_wide": True},
        {"method": "kernel"},
        {},
    ],
)
def test_a_caliper_is_accepted(tmp_path, keys):
    run = refused(tmp_path, **keys)
    # one that is wider than the limit is told of, with the limit
    told = {cell.ref: cell.value for cell in run.registered}
    limit = {f"{small_study.BASE}.widest": 0.424}
    assert told == (limit if "accept_wide" in keys else {})


def test_a_caliper_in_standard_deviations_is_held_against_the_same_limit(tmp_path):
    # of all four people the spread is the root of 4/3: 0.4 of it is 0.4619
    with pytest.raises(RequestError, match="it is 0.4619 on the logit scale"):
        refused(tmp_path, caliper={"sd": 0.4, "of": "all"})


# who was lost -----------------------------------------------------------------


def test_the_lost_differ_most_in_what_is_named_first():
    # the two lost are much older, somewhat more often in work, alike in offences
    group = small_study.group(
        [1] * 10 + [0] * 3,
        {
            "offences": [1.0, 2, 3, 1, 2, 3, 1, 3, 1, 3, 0, 0, 0],
            "in_work": [0.0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0],
            "age": [20.0, 21, 22, 23, 24, 25, 26, 27, 60, 61, 0, 0, 0],
            "region": pd.Series(["N", "S"] * 5 + ["N"] * 3, dtype="str"),
        },
    )
    weights = pd.Series([1.0] * 8 + [0] * 2 + [3, 3, 2], index=group.people.index)
    match = small_study.matched(weights, group.treatment)
    assert sizes.lost(group, match) == ["age", "in_work", "offences"]


def test_people_set_aside_are_among_the_lost():
    group = small_study.group(
        [1, 1, 1, 1, 0, 0],
        {
            "age": [20.0, 30, 20, 30, 20, 30],
            "region": pd.Series(["N", "N", "Far", "N", "N", "N"], dtype="str"),
        },
    )
    # the two lost are as old as the others, and one is from another region;
    # the match knows only those who have a propensity score
    weights = pd.Series([1.0, 1, 1, 1], index=[1, 2, 5, 6])
    match = small_study.matched(weights, group.treatment)
    assert sizes.lost(group, match)[0] == "region"


# the flow ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Three analyses of made-up people, matched for real, and their run."""
    chosen = {"numeric": ["age", "copas_rate"], "categorical": ["region", "employed"]}
    analyses = [
        {"name": "Everyone", "headline": True, "covariates": chosen},
        {"name": "Men", "filter": {"sex": ["Male"]}, "covariates": chosen},
        {
            "name": "Needs",
            "treatment_filter": {"needs_drugs": "Yes"},
            "covariates": chosen,
        },
    ]
    request = small_study.study(analyses=analyses)
    everyone, _ = hand_over.pseudonymise(make(900, 240, seed=3), 1)
    losses = by_box(everyone)
    intake, _ = intake_cells.cells(losses)
    folder = tmp_path_factory.mktemp("run")
    run = small_study.stage(folder, "matching", request, intake=intake)
    people = hand_over.people(everyone, request)
    groups = {a.name: covariates.select(people, a) for a in request.analyses}
    models = {
        n: propensity.fit(g.people, "treatment", g.covariates)
        for n, g in groups.items()
    }
    fitted = {n: g.only(models[n].score.notna()) for n, g in groups.items()}
    widths = {
        n: sizes.widths(models[n].score, g, request.matching) for n, g in fitted.items()
    }
    matches = {
        n: matching.match(
            models[n].score.reindex(g.people.index), g.treatment, caliper=widths[n][0]
        )
        for n, g in fitted.items()
    }
    tables = {
        n: balance.table(g.people, g.treatment, matches[n].weights, g.covariates)
        for n, g in fitted.items()
    }
    summary = sizes.summary(groups, models, matches, tables, widths)
    report_sizes.register(run, summary, people)
    return run, everyone, groups, models, matches, summary


def test_every_submitted_line_is_in_one_box_of_each_analysis(several):
    run, everyone, *_, summary = several
    submitted = int((everyone["treatment"] == 1).sum())
    assert submitted == 240
    values = {ref: cell.value for ref, cell in run.cells.items()}
    boxes = [values[refs.box(box)] for box in BOXES]
    for base in ("everyone", "men", "needs"):
        ends = [values[f"{base}.{n}"] for n in ("filtered", "not_matched",
                                                "n_treatment")]  # fmt: skip
        assert sum(boxes) + sum(ends) == submitted
        assert values[f"{base}.not_analysed"] == sum(boxes) + sum(ends[:2])
    for line in run.sums:
        assert sum(values[part] for part in line.parts) == values[line.total]
    assert summary["not_matched"].gt(0).any()


def test_those_filtered_out_are_counted_from_the_cohort(several):
    run, everyone, *_ = several
    going_on = everyone[(everyone["treatment"] == 1) & everyone["left_out"].isna()]
    known = run.cells
    assert known["everyone.filtered"].value == 0
    assert known["men.filtered"].value == (going_on["sex"] != "Male").sum() > 0
    needs = (going_on["needs_drugs"] != "Yes").sum()
    assert known["needs.filtered"].value == needs > 0


def test_counts_are_people_and_everything_else_follows_from_them(several):
    run, *_, summary = several
    known = run.cells
    for name in ("n_treatment", "n_comparison", "not_matched", "filtered"):
        cell = known[f"men.{name}"]
        assert (cell.kind, cell.numerator) == ("count", cell.value)
    assert known["men.share_matched"].value == 97  # 149 of 154
    assert known["men.share_matched"].needs == ("men.n_treatment", "men.not_matched")
    both = ("men.n_treatment", "men.n_comparison")
    for name in ("effective_comparison", "width", "match_quality", "rubin_b"):
        assert (known[f"men.{name}"].kind, known[f"men.{name}"].needs) == (
            "derived",
            both,
        )


def test_few_filtered_out_are_not_given_away_by_the_flow():
    row = {"analysis": "Men", "available": 95, "n_treatment": 80, "n_comparison": 200,
           "pool": 500, "set_aside": 0, "pool_set_aside": 0, "pool_far": 0,
           "effective_comparison": 90.0, "not_matched": 15, "share_matched": 80 / 95,
           "width": 0.1, "step": 0, "quality": "well", "rubin_b": 1.0,
           "rubin_r": 1.0}  # fmt: skip
    frame = pd.DataFrame([row])
    cells, sums = flow.cells(frame, 100, 100)
    cells += report_sizes.cells(frame, small_study.study())
    counts = {"submitted": 100, "lost": 0}
    cells += [Cell(f"intake.{name}", n, "count", n) for name, n in counts.items()]
    decision = release(cells, sums, profile="default", threshold=10)
    # five are filtered out; the fifteen would tell it by subtraction
    assert {"men.filtered", "men.not_matched", "men.share_matched"} <= set(
        decision.withheld
    )
    assert decision.released["men.n_treatment"] == 80


def test_everyone_of_an_analysis_is_in_the_file_of_matches(several):
    _, _, groups, models, matches, _ = several
    file = sizes.matched_people(groups, models, matches)
    assert list(file.columns) == [
        "analysis",
        "variant",
        "person_id",
        "treatment",
        "propensity",
        "weight",
    ]
    for name, group in groups.items():
        rows = file[file["analysis"] == name].set_index("person_id")
        assert set(rows.index) == set(group.people.index)
        used = rows[rows["weight"] > 0]
        by_group = used.groupby("treatment")["weight"].sum()
        assert by_group[0] == pytest.approx(by_group[1])
        assert by_group[1] == matches[name].n_treatment
        assert (rows.loc[rows["propensity"].isna(), "weight"] == 0).all()
    assert set(file["variant"]) == {"main"}


def test_a_poor_match_is_a_warning_among_the_checks(tmp_path):
    intake = [Cell("intake.submitted", 2, "count", 2)]
    request = small_study.study()
    run = small_study.stage(tmp_path, "matching", request, intake=intake)
    summary = summarised(0)
    people = pd.DataFrame({"treatment": [1, 1, 0, 0]})
    report_sizes.register(run, summary, people)
    checks = pd.read_csv(tmp_path / "audit" / "checks.csv")
    assert list(checks["result"]) == ["warn"]
    assert checks.loc[0, "found"] == "poorly matched"


def test_a_column_that_was_dropped_and_people_set_aside_are_told(tmp_path):
    chosen = {"numeric": ["age", "twice"], "categorical": ["region"]}
    analyses = [{"name": "All", "covariates": chosen}]
    run = small_study.stage(tmp_path, "matching", small_study.study(analyses=analyses))
    age = [20.0, 33, 41, 52, 23, 30, 44, 50, 61]
    group = small_study.group(
        [1, 1, 1, 1, 0, 0, 0, 0, 0],
        {
            "age": age,
            "twice": [2 * value for value in age],
            "region": pd.Series(["N", "S"] * 4 + ["Far"], dtype="str"),
        },
        "All",
    )
    with pytest.warns(propensity.ColumnDropped):
        model = propensity.fit(group.people, "treatment", group.covariates)
    fitted = group.only(model.score.notna())
    report_sizes.check_models(run, {"All": model}, {"All": fitted})
    checks = pd.read_csv(tmp_path / "audit" / "checks.csv")
    assert list(checks["result"]) == ["pass", "pass", "warn", "warn"]
    # never how many people: the file of checks holds no withheld number
    assert list(checks["found"]) == ["equal", "equal", "twice", "some people"]


def test_exact_keys_that_most_of_the_treated_share_with_nobody_are_a_warning(tmp_path):
    run = small_study.stage(tmp_path, "matching", small_study.study())
    group = small_study.group([1, 1, 1, 1, 1, 0, 0], {}, "All")
    # four of five have somebody in the pool at their site, two at their wing
    keys = {"site": list("AABBCAB"), "wing": list("1123411")}
    for names in (["site"], ["site", "wing"]):
        exact = pd.DataFrame({k: keys[k] for k in names}, index=group.people.index)
        report_sizes.check_keys(run, {"All": replace(group, exact=exact)})
    checks = pd.read_csv(tmp_path / "audit" / "checks.csv")
    assert list(checks["result"]) == ["pass", "warn"]
    assert list(checks["expected"]) == ["80% or more"] * 2
    assert checks.loc[1, "found"].startswith("fewer, above all for wing; make its")
