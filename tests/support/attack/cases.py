"""Seventeen studies, of which eight told hidden numbers once; the truth is set exactly.

Each was made to show one kind of leak; a few show that a kind is held.
"""

from collections.abc import Callable

import numpy as np
from support.attack.study import (
    WIDE,
    Study,
    courts,
    covariates,
    follow,
    leave_out,
    people,
    set_treated,
    treated,
)

OFFENCES = {"Theft": 0.4, "Drug": 0.3, "Violence": 0.3}
WORK = {"Yes": 0.4, "No": 0.6}


def _small() -> Study:
    """A small group with rare levels."""
    rng = np.random.default_rng(21)
    f = people(rng, 75, 1800)
    set_treated(rng, f, "offence", {"Fraud": 3, "Sexual": 11}, OFFENCES)
    ethnicity = {"White": 0.7, "Black": 0.3}
    set_treated(rng, f, "ethnicity", {"Other": 2, "Mixed": 12}, ethnicity)
    analyses = [{"name": "All", "covariates": covariates("offence", "ethnicity")}]
    return Study("c01-small", f, analyses, {"matching": WIDE})


def _box() -> Study:
    """Five lines in a box, more than ten without a match."""
    rng = np.random.default_rng(2)
    f = people(rng, 205, 450, shift=3.0)
    leave_out(f, treated(f)[:5], "line that cannot be used")
    more = {"matching": {"caliper": {"sd": 0.01}}}
    return Study("c02-box", f, [{"name": "All", "covariates": covariates()}], more)


def _sexes() -> Study:
    """All, and men; seven treated women."""
    rng = np.random.default_rng(3)
    f = people(rng, 200, 700, shift=2.0)
    set_treated(rng, f, "sex", {"Female": 7}, {"Male": 1.0})
    pool = f["treatment"] == 0
    f.loc[pool, "sex"] = rng.choice(["Male", "Female"], pool.sum(), p=[0.85, 0.15])
    set_treated(rng, f, "work", {}, WORK)
    men = covariates("work", sex=False)
    analyses = [
        {"name": "All", "headline": True, "covariates": covariates("work")},
        {"name": "Men", "filter": {"sex": "Male"}, "covariates": men},
    ]
    more = {"matching": {"caliper": {"sd": 0.012}}}
    return Study("c03-sexes", f, analyses, more, {"subset": [["all", "men"]]})


def _completed() -> Study:
    """Everyone, and those who completed: six fewer."""
    rng = np.random.default_rng(4)
    f = people(rng, 150, 1500)
    set_treated(rng, f, "work", {}, WORK)
    f["completed"] = "yes"
    f.loc[treated(f)[:6], "completed"] = "no"
    work, kept = covariates("work"), {"treatment_filter": {"completed": "yes"}}
    analyses = [
        {"name": "All", "headline": True, "covariates": work},
        {"name": "Completers", "covariates": work} | kept,
    ]
    facts = {"subset": [["all", "completers"]], "same_pool": [["all", "completers"]]}
    return Study("c04-completed", f, analyses, {"matching": WIDE}, facts)


def _nested() -> Study:
    """Areas in regions; one area of five people."""
    rng = np.random.default_rng(5)
    f = people(rng, 220, 1500)
    areas = {"N-large": 0.45, "S-large": 0.35, "S-mid": 0.2}
    set_treated(rng, f, "area", {"N-small": 5}, areas)
    f["region"] = f["area"].str[0].map({"N": "North", "S": "South"})
    analyses = [{"name": "All", "covariates": covariates("region", "area")}]
    area, region = "all.balance.area", "all.balance.region"
    nested = [
        [f"{region}.north", [f"{area}.n-small", f"{area}.n-large"]],
        [f"{region}.south", [f"{area}.s-large", f"{area}.s-mid"]],
    ]
    return Study("c05-nested", f, analyses, {"matching": WIDE}, {"nested": nested})


def _few_unmatched() -> Study:
    rng = np.random.default_rng(7)
    f = people(rng, 180, 1500, shift=1.0)
    set_treated(rng, f, "offence", {"Fraud": 4}, OFFENCES)
    analyses = [{"name": "All", "covariates": covariates("offence")}]
    more = {"matching": {"caliper": {"sd": 0.02}}}
    return Study("c07-few-unmatched", f, analyses, more)


def _few_reoffend() -> Study:
    """Six of the treated reoffend."""
    rng = np.random.default_rng(8)
    f = people(rng, 130, 1500, rate=(0.0, 0.2))
    f.loc[treated(f)[:6], "reoffended"] = 1
    follow(rng, f)
    analyses = [{"name": "All", "covariates": covariates()}]
    return Study("c08-few-reoffend", f, analyses, {"matching": WIDE})


def _needs() -> Study:
    """The level none is the same people in every section; one rare Yes."""
    rng = np.random.default_rng(9)
    f = people(rng, 160, 1500)
    none = rng.random(len(f)) < 0.15
    rates = {"drugs": 0.3, "accommodation": 0.4, "thinking": 0.35, "alcohol": 0.04}
    for need, p in rates.items():
        yes = np.where(rng.random(len(f)) < p, "Yes", "No")
        f[f"needs_{need}"] = np.where(none, "none", yes)
    sections = covariates(*(f"needs_{need}" for need in rates))
    analyses = [{"name": "All", "covariates": sections}]
    return Study("c09-needs", f, analyses, {"matching": WIDE})


def _missing() -> Study:
    """Five ages are not known."""
    rng = np.random.default_rng(10)
    f = people(rng, 190, 1500)
    f["age"] = f["age"].astype(float)
    f.loc[rng.permutation(treated(f))[:5], "age"] = np.nan
    f.loc[rng.permutation(f.index[f["treatment"] == 0])[:60], "age"] = np.nan
    analyses = [{"name": "All", "covariates": covariates()}]
    return Study("c10-missing", f, analyses, {"matching": WIDE})


def _exact() -> Study:
    rng = np.random.default_rng(11)
    f = people(rng, 170, 1200)
    set_treated(rng, f, "offence", {"Fraud": 6}, OFFENCES)
    own = {"covariates": covariates("offence"), "exact": ["sex", "offence"]}
    return Study("c11-exact", f, [{"name": "All"} | own])


def _pools() -> Study:
    """One treated group, a national and a regional pool: matched differ by a few."""
    rng = np.random.default_rng(12)
    f = people(rng, 150, 1400, shift=1.5)
    f["region"] = rng.choice(["North", "South"], len(f), p=[0.25, 0.75])
    set_treated(rng, f, "work", {}, WORK)
    work = covariates("work")
    analyses = [
        {"name": "National", "headline": True, "covariates": work},
        {"name": "Regional", "pool": {"region": "North"}, "covariates": work},
    ]
    facts = {"same": [["national", "regional"]]}
    return Study("c12-pools", f, analyses, {"matching": WIDE}, facts)


def _courts() -> Study:
    """What courts did, with few of a kind."""
    rng = np.random.default_rng(13)
    f = people(rng, 260, 1800, rate=(0.4, 0.45))
    more = {"outcomes": courts(rng, f), "matching": WIDE}
    return Study("c13-courts", f, [{"name": "All", "covariates": covariates()}], more)


def _few_comparison() -> Study:
    """Few of the pool reoffend."""
    rng = np.random.default_rng(15)
    f = people(rng, 60, 260, rate=(0.3, 0.0))
    f.loc[f.index[f["treatment"] == 0][:9], "reoffended"] = 1
    follow(rng, f)
    analyses = [{"name": "All", "covariates": covariates()}]
    return Study("c15-few-comparison", f, analyses, {"matching": WIDE})


def _ladder(name: str, without: int, shift: float, sd: float) -> Study:
    """Assessed needs, which so many of the treated do not have."""
    rng = np.random.default_rng(16 + without)
    f = people(rng, 190, 1500, shift=shift)
    none = rng.random(len(f)) < 0.12
    none[treated(f)] = False
    none[rng.permutation(treated(f))[:without]] = True
    for need, p in {"drugs": 0.3, "accommodation": 0.4, "thinking": 0.35}.items():
        yes = np.where(rng.random(len(f)) < p, "Yes", "No")
        f[f"needs_{need}"] = np.where(none, "none", yes)
    set_treated(rng, f, "work", {}, WORK)
    analyses = [{"name": "All", "covariates": covariates("work"), "oasys": "ladder"}]
    return Study(name, f, analyses, {"matching": {"caliper": {"sd": sd}}})


def _few_not_assessed() -> Study:
    """Six of the treated have no assessment."""
    return _ladder("c16-few-not-assessed", 6, 0.0, 0.25)


def _rungs_apart() -> Study:
    """All are assessed; rungs leave others unmatched than the headline does."""
    return _ladder("c17-rungs-apart", 0, 2.0, 0.004)


def _some_not_assessed() -> Study:
    """Twenty have no assessment, and few of the others are left unmatched."""
    return _ladder("c18-some-not-assessed", 20, 1.0, 0.02)


def _sub_groups() -> Study:
    """Men and women compared with each other; six women reoffend. Twelve sites."""
    rng = np.random.default_rng(19)
    f = people(rng, 260, 1800, rate=(0.4, 0.45))
    set_treated(rng, f, "sex", {"Female": 70}, {"Male": 1.0})
    pool = f["treatment"] == 0
    f.loc[pool, "sex"] = rng.choice(["Male", "Female"], pool.sum())
    women = treated(f)[f.loc[treated(f), "sex"] == "Female"]
    f.loc[women, "reoffended"] = 0
    f.loc[women[:6], "reoffended"] = 1
    follow(rng, f)
    f["site"] = [f"Place {number}" for number in rng.integers(1, 13, len(f))]
    kept = {"headline": True, "covariates": covariates(sex=False)}
    analyses = [
        {"name": name, "filter": {"sex": sex}} | kept
        for name, sex in (("Men", "Male"), ("Women", "Female"))
    ]
    return Study("c19-sub-groups", f, analyses, {"matching": WIDE})


CASES: dict[str, Callable[[], Study]] = {
    "small": _small,
    "box": _box,
    "sexes": _sexes,
    "completed": _completed,
    "nested": _nested,
    "few unmatched": _few_unmatched,
    "few reoffend": _few_reoffend,
    "needs": _needs,
    "missing": _missing,
    "exact": _exact,
    "pools": _pools,
    "courts": _courts,
    "few in comparison": _few_comparison,
    "few not assessed": _few_not_assessed,
    "rungs apart": _rungs_apart,
    "some not assessed": _some_not_assessed,
    "sub-groups": _sub_groups,
}
