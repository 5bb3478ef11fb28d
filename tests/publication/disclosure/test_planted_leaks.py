"""One planted study for each way in which releases have told what they hide.

Each is released twice: as the kit decides, and as the rule on counts alone would. The
attack must find nothing in the one and what was planted in the other, so that neither
can pass because it looks at nothing.
"""

from contextlib import ExitStack
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from support import in_process
from support.attack.attack import attack, open_releases
from support.attack.cases import CASES, WORK
from support.attack.moments import squares_known
from support.attack.study import (
    WIDE,
    Study,
    covariates,
    follow,
    people,
    set_treated,
    treated,
)

from helpers.outcomes.report.over_time import steps
from helpers.outcomes.report.robustness.ladders import rungs
from helpers.publication import disclosure
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import Decision, rules, suppress
from helpers.request.measures.standard import YEAR


def rule_alone(cells, sums, *, profile, threshold, **_):
    """Withhold by the rule on counts, and what needs such a number; nothing else."""
    cells, sums = by_ref(cells), list(sums)
    rule, empty = rules.profile(profile, threshold), suppress.empty_parts(cells, sums)
    why = {ref: suppress.primary(cell, rule) for ref, cell in cells.items()}
    withheld = {ref: one for ref, one in why.items() if one and ref not in empty}
    suppress.follow(cells, withheld)
    kept = {ref: cell.value for ref, cell in cells.items() if ref not in withheld}
    return Decision(kept, withheld)


# planted studies --------------------------------------------------------------------


def two_that_make_two():
    """Two levels with one treated person each, and everybody matched."""
    rng = np.random.default_rng(31)
    f = people(rng, 100, 700)
    usual = {"Theft": 0.5, "Drug": 0.5}
    set_treated(rng, f, "offence", {"Fraud": 1, "Arson": 1}, usual)
    analyses = [{"name": "All", "covariates": covariates("offence")}]
    return [Study("p-two", f, analyses, {"matching": WIDE})]


def before_and_after():
    """Seventeen of eighty left unmatched, four of them in work."""
    rng = np.random.default_rng(35)
    f = people(rng, 80, 320, shift=2.0)
    set_treated(rng, f, "work", {}, WORK)
    analyses = [{"name": "All", "covariates": covariates("work")}]
    narrow = {"matching": {"caliper": {"sd": 0.012}}}
    return [Study("p-before", f, analyses, narrow)]


def parts_of_another():
    """Men and women make up all; six of the men are in work, and 36 of everybody."""
    rng = np.random.default_rng(32)
    f = people(rng, 130, 900)
    t = f["treatment"] == 1
    f["sex"] = np.where(rng.random(len(f)) < 0.5, "Male", "Female")
    f["work"] = np.where(rng.random(len(f)) < 0.4, "Yes", "No")
    f.loc[t & (f["sex"] == "Male"), "work"] = "No"
    f.loc[f.index[t & (f["sex"] == "Male")][:6], "work"] = "Yes"
    work = covariates("work", sex=False)
    analyses = [
        {"name": "All", "headline": True, "covariates": work},
        {"name": "Men", "filter": {"sex": "Male"}, "covariates": work},
        {"name": "Women", "filter": {"sex": "Female"}, "covariates": work},
    ]
    facts = {"split": [["all", ["men", "women"]]]}
    return [Study("p-parts", f, analyses, {"matching": WIDE}, facts)]


def sizes_of_measures():
    """Of eight of the treated it is not known whether they were in work."""
    rng = np.random.default_rng(33)
    f = people(rng, 119, 700)
    f["worked"] = (rng.random(len(f)) < 0.4).astype(float)
    f.loc[treated(f)[:8], "worked"] = np.nan
    own = {"name": "worked", "kind": "rate", "label": "were in work"}
    more = {"matching": WIDE, "outcomes": ["reoffending_rate", own]}
    return [Study("p-sizes", f, [{"name": "All", "covariates": covariates()}], more)]


def two_requests():
    """The same request again, when four of the treated had withdrawn."""
    rng = np.random.default_rng(34)
    f = people(rng, 120, 700)
    set_treated(rng, f, "work", {}, WORK)
    analyses = [{"name": "All", "covariates": covariates("work")}]
    facts = {"subset": [["all", "2|all"]], "same_pool": [["all", "2|all"]]}
    first = Study("p-first", f, analyses, {"matching": WIDE}, facts)
    return [first, replace(first, name="p-second", cohort=f.drop(treated(f)[:4]))]


def two_years():
    """Three of ninety first reoffend in the second year, and 150 of the pool."""
    rng = np.random.default_rng(36)
    f = people(rng, 90, 900)
    late = f"{{}}_{2 * YEAR}_days".format
    f[late("reoffended")] = f["reoffended"]
    days = f["days_to_first_reoffence"].copy()
    for group, many in ((1, 3), (0, 150)):
        first = f.index[(f["treatment"] == group) & (f["reoffended"] == 0)][:many]
        f.loc[first, late("reoffended")] = 1
        days[first] = rng.integers(YEAR + 1, 2 * YEAR + 1, many)
    f[late("days_to_first_reoffence")] = days
    names = ["reoffending_rate", "time_to_first_reoffence"]
    names += [{"name": name, "horizon_days": 2 * YEAR} for name in names]
    more = {"matching": WIDE, "outcomes": names}
    return [Study("p-years", f, [{"name": "All", "covariates": covariates()}], more)]


def a_wing_of_twelve():
    """Three of the twelve who are in no wing A reoffended."""
    rng = np.random.default_rng(37)
    f = people(rng, 200, 1200)
    other = treated(f)[:12]
    f["wing"] = "A"
    f.loc[other, "wing"] = "B"
    f.loc[other, "reoffended"] = 0
    f.loc[other[:3], "reoffended"] = 1
    follow(rng, f)
    analyses = [
        {"name": "All", "headline": True, "covariates": covariates()},
        {"name": "A", "treatment_filter": {"wing": "A"}, "covariates": covariates()},
    ]
    facts = {"subset": [["all", "a"]], "same_pool": [["all", "a"]]}
    return [Study("p-wing", f, analyses, {"matching": WIDE}, facts)]


def case(name):
    return lambda: [CASES[name]()]


#: what is planted → the studies, and how the names of what it tells begin
PLANTED = {
    "a box of five": (case("box"), "intake.box."),
    "before less after": (before_and_after, "all.balance.work.yes.unmatched"),
    "two analyses six apart": (case("completed"), "apart(all, completers)"),
    "areas in regions": (case("nested"), "all.balance.area.n-small."),
    "one group in four tables": (case("needs"), "all.balance.needs_alcohol.yes."),
    "two pools": (case("pools"), "regional.not_matched"),
    "two parts that make two": (two_that_make_two, "all.balance.offence."),
    "men and women make up all": (parts_of_another, "men.balance.work.yes."),
    "sizes of measures": (sizes_of_measures, "all.worked.not_known_treatment"),
    "two years": (two_years, "all.reoffending_rate_730_days.beyond."),
    "a wing of twelve": (a_wing_of_twelve, "apart(all, a).time_to_first_reoffence."),
    "two requests four apart": (two_requests, "apart(all, 2|all)"),
}


def released(studies, folder, *instead):
    """Carry studies out, and attack what they released."""
    with ExitStack() as stack:
        for change in instead:
            stack.enter_context(change)
        runs = [
            in_process.run(study.write(folder), folder / "outputs", whole=False)
            for study in studies
        ]
    return runs, attack(*runs, facts=studies[0].facts, narrowed=False)


@pytest.mark.parametrize("leak", PLANTED)
def test_the_rule_alone_would_tell_what_is_planted(leak, tmp_path):
    make, begins = PLANTED[leak]
    alone = patch.object(disclosure, "release", rule_alone)
    _, found = released(make(), tmp_path, alone)
    assert found.wrong == []
    assert [name for name in found.told if name.startswith(begins)]


@pytest.mark.parametrize("leak", PLANTED)
def test_the_release_does_not_tell_what_is_planted(leak, tmp_path):
    _, found = released(PLANTED[leak][0](), tmp_path)
    assert found.wrong == []
    assert found.told == {}


def test_the_size_of_a_rung_would_tell_who_has_no_assessment(tmp_path):
    """190 in the analysis and 184 on the rung: six have none, or no match."""
    alone = patch.object(disclosure, "release", rule_alone)
    no_rest = patch.object(rungs.Found, "whole", lambda *_: None)
    study = CASES["few not assessed"]()
    _, found = released([study], tmp_path, alone, no_rest)
    assert found.told["all_oasys_needs.less"] == "sums: 6 to 6, truly 6"
    _, found = released([study], tmp_path)
    assert found.told == {}


def a_slow_second_quarter():
    """Four of the treated reoffended on days 91 to 180, ten or more in each other."""
    rng = np.random.default_rng(36)
    f = people(rng, 120, 700)
    own = treated(f)
    days = [40] * 15 + [120] * 4 + [200] * 12 + [300] * 14
    for name, value in {"reoffended": 0, "reoffences": 0,
                        "days_to_first_reoffence": np.nan}.items():  # fmt: skip
        f.loc[own, name] = value
    f.loc[own[: len(days)], ["reoffended", "reoffences"]] = 1
    f.loc[own[: len(days)], "days_to_first_reoffence"] = days
    return Study("p-step", f, [{"name": "All", "covariates": covariates()}],
                 {"matching": WIDE})  # fmt: skip


def women_of_everybody():
    """Men and everybody have curves; few of the 40 women reoffended in a quarter."""
    rng = np.random.default_rng(37)
    f = people(rng, 240, 1500, rate=(0.5, 0.5))
    own, pool = treated(f), f.index[f["treatment"] == 0]
    f["sex"] = "Male"
    f.loc[[*own[:40], *pool[:500]], "sex"] = "Female"
    women = own[:40]
    f.loc[women, ["reoffended", "reoffences"]] = 1
    f.loc[women, "days_to_first_reoffence"] = [30] * 12 + [100] * 3 + [200] * 25
    analyses = [
        {"name": "All", "headline": True, "covariates": covariates(sex=False)},
        {"name": "Men", "filter": {"sex": "Male"}, "covariates": covariates(sex=False)},
    ]
    return Study("p-women", f, analyses, {"matching": WIDE},
                 {"subset": [["all", "men"]]})  # fmt: skip


@pytest.mark.parametrize(
    ("make", "begins"),
    [
        (a_slow_second_quarter, "all.reoffending_rate.between.90."),
        (women_of_everybody, "apart(all, men).reoffending_rate.between.90."),
    ],
)
def test_a_curve_at_any_day_would_tell_of_a_few(make, begins, tmp_path):
    def quarters(followed, _request, _horizon):
        return dict.fromkeys(followed, [90, 180, 270, 365])

    any_day = patch.object(steps, "told", quarters)
    alone = patch.object(disclosure, "release", rule_alone)
    _, found = released([make()], tmp_path, any_day, alone)
    assert found.wrong == []
    assert [name for name in found.told if name.startswith(begins)]
    _, found = released([make()], tmp_path)
    assert (found.wrong, found.told) == ([], {})


# digits -----------------------------------------------------------------------------


def all_digits():
    """Put rounding out of force: what is no count keeps ten significant digits."""
    as_it_is = dict.fromkeys(rules.PRECISIONS, lambda value: value)
    return patch.dict(rules.PRECISIONS, as_it_is)


def test_digits_of_shares_would_tell_of_how_many_they_are(tmp_path):
    # 205 sent, five left out: the shares are fractions of 200, of nothing smaller
    _, found = released([CASES["box"]()], tmp_path, all_digits())
    assert "200 treated before matching" in " ".join(found.notes)
    _, found = released([CASES["box"]()], tmp_path)
    assert found.notes == []


def test_digits_of_a_mean_would_tell_how_many_are_not_known(tmp_path):
    _, found = released([CASES["missing"]()], tmp_path, all_digits())
    told = [name for name in found.told if name.startswith("all.balance.age.missing.")]
    assert told
    _, found = released([CASES["missing"]()], tmp_path)
    assert found.told == {}


def test_digits_of_an_interval_would_tell_the_sum_of_squares(tmp_path):
    # from it one person with many reoffences can be told
    study = CASES["nested"]()
    frame = study.cohort.loc[treated(study.cohort)]
    truth = (frame["reoffences"] ** 2).sum()
    runs, _ = released([study], tmp_path, all_digits())
    assert squares_known(open_releases(runs)[0].analyses[0]) == pytest.approx(
        truth, abs=0.1
    )
    runs, _ = released([study], tmp_path)
    told = squares_known(open_releases(runs)[0].analyses[0])
    assert told is None or abs(told - truth) > 10
