"""Measures as cells: people counted by hand, units, and what may not be shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from support import small_study

from helpers.errors import RequestError
from helpers.outcomes import estimates, measures
from helpers.outcomes.report import cells as measure_cells
from helpers.outcomes.report import reasons, recipes, result
from helpers.publication.blocks import ref
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import release
from helpers.publication.disclosure.rules import profile
from helpers.publication.report.assembly import fill
from helpers.publication.rounding import as_registered

NAME, BASE = small_study.NAME, small_study.BASE
RATE, OFTEN, TIME = (
    "reoffending_rate",
    "reoffending_frequency",
    "time_to_first_reoffence",
)
LEVELS = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")
WITHIN = [
    f"ci_{g}_{end}" for g in ("treatment", "comparison") for end in ("low", "high")
]


@pytest.fixture(scope="module")
def request_():
    return small_study.study()


def people(treatment, weight, **outcomes):
    frame = pd.DataFrame({"treatment": treatment, "weight": weight, **outcomes})
    return frame.assign(person_id=range(1, len(frame) + 1), analysis=NAME)


def estimated(matched, request):
    """The table of estimates, as the outcomes notebook makes it."""
    found = {
        (NAME, o.name): estimates.difference(
            matched[o.name], matched["treatment"], matched["weight"], kind=o.kind
        )
        for o in request.outcomes
        if o.name in matched
    }
    return measures.table(found)


def registered(matched, request, quality="well"):
    matches = pd.DataFrame({"analysis": [NAME], "quality": [quality]})
    results = estimated(matched, request)
    found = measure_cells.cells(results, {NAME: matched}, matches, request)
    within = intervals(matched, request)
    found += measure_cells.interval_cells(within, results, matches, request)
    return by_ref(found)


def intervals(matched, request):
    """The table of each group's own intervals, as the notebook makes it."""
    found = {
        (NAME, o.name): estimates.group_intervals(
            matched[o.name], matched["treatment"], matched["weight"], kind=o.kind
        )
        for o in request.outcomes
        if o.name in matched
    }
    return measures.interval_table(found)


@pytest.fixture
def by_hand(few):
    """Fifteen times the few, so that thirty of the treated have a time."""
    many = pd.concat([few] * 15, ignore_index=True)
    return many.assign(person_id=range(len(many)))


@pytest.fixture
def few():
    """Four treated, one of them unmatched and one not known; three of the pool."""
    return people(
        [1, 1, 1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 2, 1, 0],
        reoffending_rate=[1, 0, 1, np.nan, 1, 1, 0, 1],
        reoffending_frequency=[3, 0, 2, np.nan, 9, 4, 0, 9],
        time_to_first_reoffence=[100, np.nan, 200, np.nan, 1, 50, np.nan, 1],
    )


# cells ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "kind", "treated", "compared"),
    [
        # two of three; in the pool one of two, who counts two of three times
        (RATE, "rate", (200 / 3, 30, 45), (200 / 3, 15, 30)),
        (OFTEN, "mean", (5 / 3, 30, 45), (8 / 3, 15, 30)),
        (TIME, "mean", (150, 30, 30), (50, 15, 15)),
    ],
)
def test_values_and_the_people_behind_them_are_those_counted_by_hand(
    request_, by_hand, outcome, kind, treated, compared
):
    cells = registered(by_hand, request_)
    for group, (value, having, size) in (
        ("treatment", treated),
        ("comparison", compared),
    ):
        cell = cells[f"{BASE}.{outcome}.value_{group}"]
        assert cell.kind == kind
        assert cell.value == pytest.approx(value)
        assert (cell.numerator, cell.denominator) == (having, size)
        count = cells[f"{BASE}.{outcome}.n_{group}"]
        assert (count.value, count.kind, count.numerator) == (size, "count", size)
        assert cell.needs == ()  # a size is hidden by itself, its value may stay


def test_a_mean_knows_how_much_of_its_total_the_largest_two_people_make_up(request_):
    matched = people(
        [1, 1, 1, 1, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 3, 1, 1, 1],
        reoffending_rate=[1, 1, 1, np.nan, 1, 1, 1, 1, 0],
        reoffending_frequency=[6, 3, 1, np.nan, 99, 2, 1, 3, 0],
    )
    cells = registered(matched, request_)
    often = f"{BASE}.{OFTEN}.value"
    # 9 of 10, and 1 to 6; in the pool 6 (twice, three times over) and 3 of 10, 1 to 6
    for group in ("treatment", "comparison"):
        assert cells[f"{often}_{group}"].largest == pytest.approx((0.9, 1 / 6))
        assert cells[f"{BASE}.{RATE}.value_{group}"].largest is None


def test_tests_and_intervals_know_their_degrees_of_freedom(request_, by_hand):
    cells = registered(by_hand, request_)
    df = estimated(by_hand, request_).set_index("outcome").loc[OFTEN, "df"]
    for name in ("ci_low", "standard_error", "p_value", "per_100.ci_high"):
        assert cells[f"{BASE}.{OFTEN}.{name}"].freedom == pytest.approx(df)
    assert cells[f"{BASE}.{OFTEN}.difference"].freedom is None
    # 45 treated; the pool's fifteen twos and fifteen ones weigh as 27 do: 45² / 75
    assert cells[f"{BASE}.{OFTEN}.ci_treatment_low"].freedom == 44
    assert cells[f"{BASE}.{OFTEN}.ci_comparison_high"].freedom == pytest.approx(26)
    assert cells[f"{BASE}.{RATE}.ci_treatment_low"].freedom is None


def test_a_rate_is_in_per_cent_and_a_frequency_also_for_every_100(request_, by_hand):
    cells = registered(by_hand, request_)
    value = {ref.removeprefix(f"{BASE}."): cell.value for ref, cell in cells.items()}
    assert value[f"{RATE}.difference"] == pytest.approx(0, abs=1e-9)
    assert value[f"{OFTEN}.difference"] == pytest.approx(-1)
    assert value[f"{OFTEN}.per_100.difference"] == pytest.approx(-100)
    assert value[f"{OFTEN}.per_100.value_treatment"] == pytest.approx(500 / 3)
    assert value[f"{TIME}.difference"] == pytest.approx(100)
    assert not any(".per_100." in name for name in value if OFTEN not in name)


def test_the_interval_of_a_rate_is_in_per_cent_too(request_):
    # 40 of 100 against 50 of 100, both variances with n-1: se 7.0353, t(197.9) 1.972
    y = [1] * 40 + [0] * 60 + [1] * 50 + [0] * 50
    matched = people([1] * 100 + [0] * 100, [1.0] * 200, reoffending_rate=y)
    cells = registered(matched, request_)
    variance = (0.4 * 0.6 + 0.5 * 0.5) / 99
    se = 100 * variance**0.5
    assert cells[f"{BASE}.{RATE}.standard_error"].value == pytest.approx(se)
    assert cells[f"{BASE}.{RATE}.difference"].value == pytest.approx(-10)
    assert cells[f"{BASE}.{RATE}.ci_low"].value == pytest.approx(-23.874, abs=0.001)
    assert cells[f"{BASE}.{RATE}.ci_high"].value == pytest.approx(3.874, abs=0.001)
    assert cells[f"{BASE}.{RATE}.p_value"].value == pytest.approx(0.1568, abs=0.0001)


def test_differences_and_tests_follow_from_the_values_of_both_groups(request_, by_hand):
    cells = registered(by_hand, request_)
    for outcome in (RATE, OFTEN, TIME):
        both = tuple(f"{BASE}.{outcome}.value_{g}" for g in ("treatment", "comparison"))
        names = ["difference", "ci_low", "ci_high", "standard_error", "p_value",
                 "effective_comparison"]  # fmt: skip
        names += WITHIN
        if outcome == OFTEN:
            names += [f"per_100.{level}" for level in (*LEVELS, *WITHIN)]
        for name in names:
            cell = cells[f"{BASE}.{outcome}.{name}"]
            assert (cell.kind, cell.needs) == ("derived", both)


def test_an_untested_rate_has_an_interval_and_no_p(request_, few):
    cells = registered(few, request_)
    assert cells[f"{BASE}.{RATE}.p_value"].value is None
    assert cells[f"{BASE}.{RATE}.ci_low"].value < 0 < (
        cells[f"{BASE}.{RATE}.ci_high"].value
    )  # fmt: skip


def test_each_groups_own_interval_is_in_the_units_of_its_value(request_):
    # Wilson's limits of 10 in 40 and of 50 in 100, by hand (z 1.959964)
    y = [1] * 10 + [0] * 30 + [1] * 50 + [0] * 50
    often = [2.0 * value for value in y]
    matched = people([1] * 40 + [0] * 100, [1.0] * 140, reoffending_rate=y,
                     reoffending_frequency=often)  # fmt: skip
    cells = registered(matched, request_)
    found = [cells[f"{BASE}.{RATE}.{name}"].value for name in WITHIN]
    assert found == pytest.approx([14.187, 40.194, 40.383, 59.617], abs=0.001)
    # 10 of 40 twice: mean 0.5, variance 30/39, t(39) 2.0227
    low, high = (cells[f"{BASE}.{OFTEN}.{name}"].value for name in WITHIN[:2])
    reach = 2.0227 * (30 / 39 / 40) ** 0.5
    # as printed: all digits of a limit would tell the sum of squares
    assert (low, high) == (round(0.5 - reach, 2), round(0.5 + reach, 2))
    hundred = cells[f"{BASE}.{OFTEN}.per_100.{WITHIN[0]}"].value
    assert hundred == round(100 * (0.5 - reach))


def test_every_number_says_by_which_rule_it_comes_about(request_, by_hand):
    for cell in registered(by_hand, request_).values():
        assert cell.method[:3] in ("4: ", "5: ", "9: "), cell.ref
        assert len(cell.method) <= 110


# what is not shown ------------------------------------------------------------


def test_of_a_poor_match_only_sizes_are_left(request_, few):
    cells = registered(few, request_, quality="poorly")
    kept = {ref for ref, cell in cells.items() if cell.value is not None}
    groups = ("treatment", "comparison")
    # how many a time counts is how many reoffended, which gives the rate away
    assert kept == {f"{BASE}.{o}.n_{g}" for o in (RATE, OFTEN) for g in groups}
    assert len(cells) == 3 * (2 + 2 + 6 + 4) + 5 + 4
    for row in estimated(few, request_).itertuples():
        measure = recipes.recipe(row, request_, "poorly")
        assert "could not be made alike enough" in measure["reason"]["said"]
        assert measure["reason"]["needs"] == [ref(f"{BASE}.match_quality")]


def reoffenders(count, of=100):
    """A cohort in which some of the treated reoffend, and half of the pool."""
    y = [1] * count + [0] * (of - count) + [1, 0] * 100
    days = [float(50 + i) if value else np.nan for i, value in enumerate(y)]
    return people(
        [1] * of + [0] * 200,
        [1.0] * of + [of / 200] * 200,
        reoffending_rate=y,
        reoffending_frequency=[2.0 * value for value in y],
        time_to_first_reoffence=days,
    )


@pytest.mark.parametrize(("count", "shown"), [(29, False), (30, True)])
def test_a_time_needs_thirty_reoffenders(request_, count, shown):
    matched = reoffenders(count)
    cells = registered(matched, request_)
    row = estimated(matched, request_).iloc[2]
    assert row["n_treatment"] == count
    for name in ("value_treatment", "value_comparison", "difference", "ci_low",
                 "ci_high", "p_value"):  # fmt: skip
        assert (cells[f"{BASE}.{TIME}.{name}"].value is not None) is shown
        assert cells[f"{BASE}.{RATE}.{name}"].value is not None
    reason = recipes.recipe(row, request_, "well")["reason"]
    assert bool(reason) is not shown
    if reason:
        assert "fewer than thirty people" in reason["said"]
        assert reason["needs"] == [ref(f"{BASE}.{TIME}.n_treatment")]
    outcome = next(o for o in request_.outcomes if o.name == TIME)
    told = reasons.of_row(row, outcome, matched_row(), 60)
    few = {reasons.FEW_REOFFENDERS: (f"{BASE}.{TIME}.n_treatment",)}
    assert told == ({} if shown else few)


def test_how_many_reoffended_does_not_tell_that_few_did_not(request_):
    threshold = {"profile": "default", "threshold": 10}
    cells = registered(reoffenders(95), request_)
    released = release(cells.values(), [], **threshold).released
    for name in (f"{RATE}.value_treatment", f"{RATE}.ci_low", f"{TIME}.n_treatment"):
        assert f"{BASE}.{name}" not in released
    assert released[f"{BASE}.{RATE}.n_treatment"] == 100
    # the mean of 50, 51, … 144 days, which does not say of how many
    assert released[f"{BASE}.{TIME}.value_treatment"] == 97
    cells = registered(reoffenders(90), request_)
    released = release(cells.values(), [], **threshold).released
    assert released[f"{BASE}.{TIME}.n_treatment"] == 90


def test_a_time_known_of_everybody_tells_that_everybody_reoffended(request_):
    """The rate of 100 in 100 is hidden, since nobody is left who did not."""
    cells = registered(reoffenders(100), request_)
    size = cells[f"{BASE}.{TIME}.n_treatment"]
    assert (size.numerator, size.denominator) == (100, 100)
    released = release(cells.values(), [], profile="default", threshold=10).released
    assert f"{BASE}.{RATE}.value_treatment" not in released
    assert f"{BASE}.{TIME}.n_treatment" not in released


@pytest.mark.parametrize(("count", "told"), [(95, False), (90, True)])
def test_reoffences_of_reoffenders_do_not_tell_how_many_these_are(count, told):
    """Of 95 in 100 with three each, 285 for 100 people beside 300 for 100 of them."""
    modes = ("indictable", "either_way", "summary")
    names = [f"reoffences_{mode}" for mode in modes]
    request = small_study.study(outcomes=[RATE, OFTEN, *names])
    matched = reoffenders(count)
    back = matched[RATE] == 1
    parts = dict.fromkeys(names, back.astype(float).where(back))
    cells = registered(matched.assign(**parts, **{OFTEN: 3.0 * back}), request)
    released = release(cells.values(), [], profile="default", threshold=10).released
    for name in ("value_treatment", "per_100.value_treatment"):
        assert (f"{BASE}.{names[0]}.{name}" in released) is told
    assert released[f"{BASE}.{OFTEN}.per_100.value_treatment"] == 3 * count


@pytest.mark.parametrize(("unit", "value"), [("£", 1035), ("weeks", 1035.5)])
def test_an_amount_is_printed_whole_or_with_one_decimal(unit, value):
    """Half earn 2,070.9 and half nothing; in the pool they owe 0.2 on average."""
    amount = {"name": "pay", "kind": "amount", "unit": unit}
    request = small_study.study(outcomes=[amount])
    n = 40
    matched = people(
        [1] * n + [0] * n, [1.0] * 2 * n, pay=[2070.9, 0] * 20 + [-40.2, 39.8] * 20
    )
    cells = registered(matched, request)
    treated = cells[f"{BASE}.pay.value_treatment"]
    assert treated.value == pytest.approx(1035.45) and treated.kind == "mean"
    # those with an amount other than 0: nobody else adds to the total
    assert (treated.numerator, treated.denominator) == (20, 40)
    assert cells[f"{BASE}.pay.value_comparison"].numerator == 40
    # 20 times 2,070.9: two of twenty are a tenth
    assert treated.largest == pytest.approx((0.1, 18))
    found = {c.ref.removeprefix(f"{BASE}.pay."): c for c in
             as_registered(cells.values(), profile("default", 10), {})}  # fmt: skip
    assert found["value_treatment"].value == value
    # the pool's own interval: −0.2 ± 2.0227·√(40²·40/39/40), below 0 as it may be
    reach = stats.t.ppf(0.975, 39) * (40**2 / 39) ** 0.5
    low = found["ci_comparison_low"].value
    assert low == pytest.approx(-0.2 - reach, abs=0.51 if unit == "£" else 0.051)
    assert found["difference"].value == (1036 if unit == "£" else 1035.7)
    assert "not below 0" not in found["ci_comparison_low"].method


@pytest.mark.parametrize("count", [0, 9])
def test_few_reoffenders_take_their_estimates_with_them(request_, count):
    cells = registered(reoffenders(count), request_)
    released = release(cells.values(), [], profile="default", threshold=10).released
    for name in ("value_treatment", "difference", "ci_low", "p_value"):
        for outcome in (RATE, OFTEN):
            assert f"{BASE}.{outcome}.{name}" not in released
        assert released.get(f"{BASE}.{TIME}.{name}") is None


# what is not headlined --------------------------------------------------------


def matched_row(quality="well", share=0.95, n=100):
    columns = {"analysis": NAME, "quality": quality, "share_matched": share,
               "n_treatment": n}  # fmt: skip
    return next(pd.DataFrame([columns]).itertuples(index=False))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (matched_row(), ""),
        (matched_row(quality="reasonably", share=0.8, n=60), ""),
        (matched_row(share=0.799), "fewer than eight in ten of the people who could"),
        (matched_row(n=59), "fewer than sixty people in the programme"),
        (matched_row(quality="poorly"), "could not be made alike enough"),
        (matched_row(quality="poorly", share=0.1), "could not be made alike enough"),
    ],
)
def test_what_keeps_an_analysis_from_the_main_points(row, words):
    reason = reasons.reason_not_headlined(row, 60)
    assert words in reason
    assert bool(reason) is bool(words)


def test_the_minimum_of_the_request_decides():
    assert reasons.reason_not_headlined(matched_row(n=59), 59) == ""
    assert "fewer than two hundred people" in reasons.reason_not_headlined(
        matched_row(), 200
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            matched_row(share=0.799),
            "not among the main points, because fewer than eight in ten",
        ),
        (
            matched_row(n=59),
            "not among the main points, because fewer than sixty people",
        ),
        (matched_row(quality="poorly"), "could not be made alike enough"),
    ],
)
def test_the_table_has_the_reason_too(request_, row, words):
    rate = estimated(reoffenders(50), request_).iloc[0]
    [told] = reasons.of_row(rate, request_.outcomes[0], row, 60)
    assert words in told
    assert reasons.of_row(rate, request_.outcomes[0], matched_row(), 60) == {}


# words and rows ---------------------------------------------------------------


OWN = [
    {
        "name": RATE,
        "label": "returned to prison",
        "definition": "within 12 months of release",
    },
    {"name": "days_in_prison", "kind": "days", "label": "time in prison"},
    {"name": "parcels", "kind": "frequency", "label": "parcels"},
]


def test_an_outcome_keeps_its_own_words():
    request = small_study.study(outcomes=OWN)
    y = [0.0, 1] * 100
    matched = people([1] * 100 + [0] * 100, [1.0] * 200, days_in_prison=y, parcels=y,
                     reoffending_rate=y)  # fmt: skip
    results = estimated(matched, request)
    found = [recipes.recipe(row, request, "well") for row in results.itertuples()]
    rate, days, often = found
    assert (rate["label"], rate["few"]) == ("returned to prison",) * 2
    assert rate["definition"] == "within 12 months of release"
    assert rate["title"] == "People who returned to prison within 12 months of release"
    assert (days["kind"], days["title"]) == ("days", "Time in prison")
    assert (often["kind"], often["title"]) == ("frequency", "Number of parcels")
    refs = dict.fromkeys([*LEVELS, *WITHIN, "outcome", "p_value"], "")
    assert all("reoffen" not in str(m | refs) for m in found)


def test_the_row_of_result_json_has_rates_as_proportions(request_, by_hand):
    cells = registered(by_hand, request_)
    values = {ref: cell.value for ref, cell in cells.items()}
    rows = [
        fill(result.outcome(row, request_), values)
        for row in estimated(by_hand, request_).itertuples()
    ]
    keys = "outcome n_treatment n_comparison value_treatment value_comparison \
difference ci_low ci_high p_value significant"
    assert all(list(row) == keys.split() for row in rows)
    assert rows[0]["value_treatment"] == pytest.approx(2 / 3)
    assert rows[1]["value_treatment"] == pytest.approx(5 / 3)  # a person
    assert rows[2]["value_treatment"] == 150  # days
    assert (rows[0]["n_treatment"], rows[0]["n_comparison"]) == (45, 30)
    # a third of an effective 27 of the pool is fewer than ten: not tested
    assert (rows[0]["p_value"], rows[0]["significant"]) == (None, None)


@pytest.mark.parametrize(("p", "significant"), [(0.05, True), (0.0500001, False)])
def test_significant_is_p_of_five_in_a_hundred_or_less(
    request_, by_hand, p, significant
):
    row = next(estimated(by_hand, request_).itertuples())
    recipe = result.outcome(row, request_)
    filled = fill(recipe, {f"{BASE}.{RATE}.p_value": p})
    assert filled["significant"] is significant


# the stage's tables -----------------------------------------------------------


def test_outcomes_are_joined_to_each_analysis_and_rung_of_the_matched(request_):
    matched = pd.DataFrame(
        {
            "analysis": ["Men", "Men", "All", "All", "All", "All", "All"],
            "variant": [*["main"] * 5, *["oasys_needs"] * 2],
            "person_id": [3, 1, 1, 2, 3, 3, 4],
            "treatment": [1, 0, 0, 0, 1, 1, 0],
            "weight": [1, 1, 0, 1, 1.0, 1, 1],
        }
    )
    outcomes = pd.DataFrame({"person_id": [1, 2, 3, 4], RATE: [0, 1, np.nan, 1.0]})
    found = measures.with_outcomes(matched, outcomes)
    assert list(found) == ["Men", "All"]
    by_person = found["All"].set_index("person_id")[RATE]
    assert by_person.fillna(-1).to_dict() == {1: 0, 2: 1, 3: -1}
    assert list(found["Men"]["person_id"]) == [3, 1]
    [(name, variant, outcome, people)] = measures.of_rungs(matched, outcomes, request_)
    assert (name, variant, outcome.name) == ("All", "oasys_needs", RATE)
    assert people[RATE].fillna(-1).tolist() == [-1, 1]


def test_people_with_a_known_outcome_are_counted_by_group(request_, few):
    found = measures.known(measures.each({NAME: few.drop(columns=OFTEN)}, request_))
    assert found[["programme", "comparison"]].T.to_dict("list") == {
        RATE: [3, 2],
        TIME: [2, 1],
    }


def test_the_table_of_estimates_has_the_columns_of_the_method(request_, few):
    found = estimated(few, request_)
    columns = "analysis variant outcome n_treatment n_comparison effective_comparison \
value_treatment value_comparison difference standard_error df ci_low ci_high p_value \
significant"
    assert list(found.columns) == columns.split()
    assert set(found["variant"]) == {"main"}
    assert found["significant"].isna().all()  # too few for any test
    assert found["n_treatment"].tolist() == [3, 3, 2]


def test_only_the_standard_rate_is_the_published_measure(request_):
    published = [o.name for o in request_.outcomes if o.published]
    assert published == [RATE]
    own = small_study.study(outcomes=OWN).outcomes
    assert not any(outcome.published for outcome in own)


@given(
    st.lists(st.integers(0, 3), min_size=2, max_size=12),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12),
)
def test_a_frequency_for_every_100_is_a_hundred_times_that_of_a_person(treated, pool):
    request = small_study.study(outcomes=[OFTEN])
    counts, weights = zip(*pool, strict=True)
    if not any(weights):
        weights = (1,) * len(pool)
    matched = people(
        [1] * len(treated) + [0] * len(pool),
        [1.0] * len(treated) + [float(w) for w in weights],
        reoffending_frequency=[float(y) for y in (*treated, *counts)],
    )
    cells = registered(matched, request)
    for name in LEVELS:
        person = cells[f"{BASE}.{OFTEN}.{name}"].value
        hundred = cells[f"{BASE}.{OFTEN}.per_100.{name}"].value
        assert (person is None) is (hundred is None)
        assert person is None or hundred == pytest.approx(100 * person)
    with_some = cells[f"{BASE}.{OFTEN}.value_comparison"].numerator
    used = [count for count, weight in zip(counts, weights, strict=True) if weight]
    assert with_some == sum(count > 0 for count in used)


# of reoffenders only ----------------------------------------------------------


MODES = ("indictable", "either_way", "summary")
FIRST = [f"first_reoffence_{mode}" for mode in MODES]
EACH = [f"reoffences_{mode}" for mode in MODES]


def by_mode(indictable, either_way, summary, of=200):
    """Treated reoffenders by the mode of their one reoffence; the pool likewise."""
    modes = np.repeat(MODES, [indictable, either_way, summary])
    matched = reoffenders(len(modes), of)
    back = matched["reoffending_rate"] == 1
    pool = np.resize(MODES, int((back & (matched["treatment"] == 0)).sum()))
    mode = pd.Series(np.concatenate([modes, pool]), index=matched.index[back])
    for name in MODES:
        has = (mode == name).astype(float)
        matched[f"first_reoffence_{name}"] = has.reindex(matched.index)
        matched[f"reoffences_{name}"] = has.reindex(matched.index)
    return matched


@pytest.fixture
def of_courts():
    return small_study.study(outcomes=[RATE, *FIRST, *EACH])


def test_of_a_poor_match_nothing_tells_how_many_reoffended(of_courts):
    cells = registered(by_mode(40, 60, 30), of_courts, quality="poorly")
    kept = {ref for ref, cell in cells.items() if cell.value is not None}
    assert kept == {f"{BASE}.{RATE}.n_{g}" for g in ("treatment", "comparison")}


def test_almost_everyone_reoffending_is_not_told_by_a_measure_of_them(of_courts):
    cells = registered(by_mode(60, 80, 55), of_courts)  # 195 of 200
    decision = release(cells.values(), [], profile="default", threshold=10)
    for name in (*FIRST, *EACH):
        assert f"{BASE}.{name}.n_treatment" in decision.withheld


def test_a_small_mode_takes_the_others_with_it(of_courts):
    cells = registered(by_mode(4, 60, 66), of_courts)
    decision = release(cells.values(), [], profile="default", threshold=10)
    for name in (*FIRST, *EACH):
        assert f"{BASE}.{name}.value_treatment" in decision.withheld
        assert f"{BASE}.{name}.difference" in decision.withheld
    assert f"{BASE}.{RATE}.value_treatment" not in decision.withheld


def test_two_of_three_modes_are_refused_since_they_tell_the_third():
    with pytest.raises(RequestError, match="which tell first_reoffence_summary"):
        small_study.study(outcomes=[RATE, *FIRST[:2]])
    small_study.study(outcomes=[RATE, FIRST[0]])


@pytest.mark.parametrize("few, tested", [(9, False), (10, True)])
def test_a_measure_of_reoffenders_needs_ten_who_have_it(few, tested):
    matched = by_mode(few, 60, 66).assign(
        # more than one for some, so that it is no rate
        reoffences_indictable=lambda m: m["reoffences_indictable"] * 3
    )
    y, group = matched["reoffences_indictable"], matched["treatment"]
    found = estimates.difference(y, group, matched["weight"], of_reoffenders=True)
    assert (found["significant"] is not None) is tested
    assert estimates.difference(y, group, matched["weight"])["significant"] is not None


# whom an outcome is about ------------------------------------------------------

NAN = np.nan
BACK = {"name": "back", "kind": "rate", "label": "returned to prison"}
SOON = {"name": "soon", "kind": "rate", "label": "returned to prison",
        "definition": "within 6 months"}  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "values", "some", "event"),
    [
        # known of everyone
        ({"kind": "days"}, [9.0, 8, 7, 6], False, ""),
        # a time of those who returned, and one of whom nothing tells what they did
        ({"kind": "days"}, [9.0, 8, NAN, NAN], True, "returned to prison"),
        ({"kind": "days"}, [9.0, NAN, 7, NAN], True, ""),
        ({"kind": "days", "of": "everyone"}, [9.0, 8, NAN, NAN], False, ""),
        # a rate: missing alone does not make it one of some people
        ({"kind": "rate"}, [1.0, 0, NAN, NAN], True, "returned to prison"),
        ({"kind": "rate"}, [1.0, NAN, 1, 0], False, ""),
        ({"kind": "rate", "of": "those_with_an_event"}, [1.0, NAN, 1, 0], True, ""),
    ],
)
def test_whom_an_outcome_is_about_is_seen_from_its_column(outcome, values, some, event):
    own = {"name": "own", "label": "own"} | outcome
    matched = people([1, 1, 0, 0], [1.0] * 4, back=[1.0, 1, 0, 0], own=values)
    request = small_study.study(outcomes=[BACK, own])
    seen = measures.seen(request, {NAME: matched}).outcomes[1]
    assert (seen.of_some, seen.event) == (some, event)
    # the request itself stays as it was written
    assert measures.seen(request, {NAME: matched}).completed() == request.completed()


def test_the_rarer_event_is_the_one_and_its_definition_tells_it_apart():
    time = {"name": "time", "kind": "days", "label": "time to return"}
    matched = people([1, 1, 0, 0], [1.0] * 4, back=[1.0, 1, 0, 0], soon=[1.0, 0, 0, 0],
                     time=[9.0, NAN, NAN, NAN])  # fmt: skip
    request = small_study.study(outcomes=[BACK, SOON, time])
    seen = measures.seen(request, {NAME: matched}).outcomes[2]
    assert seen.event == "returned to prison within 6 months"


def test_a_standard_time_is_of_those_who_did_what_the_rate_is_called():
    y = [1.0, 1, 0, 0]
    matched = people([1, 1, 0, 0], [1.0] * 4, **{RATE: y, TIME: [9.0, 8, NAN, NAN]})
    request = small_study.study(outcomes=[{"name": RATE, "label": "came back"}, TIME])
    assert measures.seen(request, {NAME: matched}).outcomes[1].event == "came back"
    alone = small_study.study(outcomes=[TIME])
    assert measures.seen(alone, {NAME: matched}).outcomes[0].event == "reoffended"


def test_an_own_measure_of_some_people_is_held_to_the_thirty():
    back, days = [1.0] * 29 + [0.0] * 11, [5.0, *[9.0] * 28] + [NAN] * 11
    matched = people([1] * 40 + [0] * 40, [1.0] * 80, back=back * 2, time=days * 2)
    time = {"name": "time", "kind": "days", "label": "time to return"}
    request = small_study.study(outcomes=[BACK, time])
    request = measures.seen(request, {NAME: matched})
    row = next(estimated(matched, request).iloc[[1]].itertuples())
    assert reasons.reason_not_shown(row, request.outcomes[1], "well")
    made = recipes.recipe(row, request, "well")
    assert (made["of_some"], made["event"]) == (True, "returned to prison")
    [note] = recipes.notes([made], "women")
    assert note.startswith("Women who returned to prison were not matched")


def test_two_outcomes_of_one_label_are_called_by_their_definitions():
    later = BACK | {"definition": "within 12 months"}
    request = small_study.study(outcomes=[SOON, later])
    y = [1.0, 0] * 20
    matched = people([1] * 20 + [0] * 20, [1.0] * 40, back=y, soon=y)
    found = [recipes.recipe(row, request, "well")
             for row in estimated(matched, request).itertuples()]  # fmt: skip
    assert [m["called"] for m in found] == [
        "returned to prison within 6 months", "returned to prison within 12 months",
    ]  # fmt: skip
    assert len({m["title"] for m in found}) == 2


@pytest.mark.parametrize(("known", "noted"), [(20, False), (19, True)])
def test_a_measure_that_is_not_known_of_everyone_says_so(known, noted):
    y = [1.0, 0] * 20
    y[:20] = [value if n < known else NAN for n, value in enumerate(y[:20])]
    matched = people([1] * 20 + [0] * 20, [1.0] * 40, back=y)
    request = small_study.study(outcomes=[BACK])
    match = pd.Series({"analysis": NAME, "quality": "well", "n_treatment": 20,
                       "share_matched": 1.0})  # fmt: skip
    row = estimated(matched, request).iloc[0]
    assert (
        reasons.KNOWN in reasons.of_row(row, request.outcomes[0], match, 10)
    ) == noted
