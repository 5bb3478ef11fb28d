"""Random requests on random made-up people, that meet whatever has leaked before.

One seed is one request, or two on people a few apart. The kinds: rare levels, nested
variables, needs sections and ladders of them, one group under two names, values that
are not known, few and many unmatched, boxes of the flow of a few, several analyses,
exact keys, outcomes of one's own and of courts, few with an outcome and few without,
both rules.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from support.attack.study import (
    Facts,
    Study,
    courts,
    covariates,
    leave_out,
    people,
    set_treated,
    treated,
)

from helpers.publication.refs import slug

BOXES = (
    "line that cannot be used",
    "duplicate line",
    "no suitable sentence",
    "outside the age limits",
    "reoffended before support",
)
#: the last seed of the attack log, which an earlier version of the kit carried out too
OF_THE_LOG = 52
#: reoffending among the treated and in the pool
RATES = ((0.32, 0.38), (0.32, 0.38), (0.06, 0.2), (0.95, 0.8), (0.3, 0.05))


@dataclass
class _Draft:
    """A study in the making."""

    rng: Any
    frame: pd.DataFrame
    categorical: list[str] = field(default_factory=list)
    numeric: list[str] = field(default_factory=lambda: ["age", "previous_offences"])
    outcomes: list[Any] = field(default_factory=list)
    nested: list[tuple] = field(default_factory=list)  # levels, without the analysis
    equal: list[tuple] = field(default_factory=list)
    facts: Facts = field(default_factory=dict)

    def few(self, most: int = 12) -> int:
        return int(self.rng.integers(1, most + 1))

    def some(self, of: pd.Index, most: int = 12) -> pd.Index:
        return self.rng.permutation(of)[: self.few(most)]

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)


def studies(seed: int) -> list[Study]:
    """Give the study of a seed; two, if the second is on people a few apart."""
    rng = np.random.default_rng([13, seed])
    size = int(rng.choice([65, 90, 130, 200, 320]))
    shift = float(rng.choice([0, 0.5, 1.5, 3]))
    rate = RATES[rng.integers(len(RATES))]
    draft = _Draft(rng, people(rng, size, size * int(rng.integers(3, 9)), shift, rate))
    for column, kind in (("offence", _rare), ("ethnicity", _rare)):
        if draft.chance(0.6):
            kind(draft, column)
    for kind, p in KINDS.items():
        if draft.chance(p):
            kind(draft)
    own = [draft.rng.choice(len(ANALYSES))] if draft.chance(0.6) else []
    analyses = [{"name": "All", "headline": True}]
    for number in own:
        analyses += ANALYSES[number](draft)
    return _requests(seed, draft, analyses)


def _requests(seed: int, draft: _Draft, analyses: list[dict]) -> list[Study]:
    rng, more = draft.rng, {}
    more["matching"] = {"caliper": {"sd": float(rng.choice([0.01, 0.03, 0.25]))}}
    if draft.chance(0.25):
        more["disclosure"] = {"profile": "ministry"}
    if draft.outcomes:
        more["outcomes"] = draft.outcomes
    for analysis in analyses:
        sex = "sex" not in analysis.get("filter", {})
        numeric = tuple(draft.numeric)
        own = covariates(*draft.categorical, numeric=numeric, sex=sex)
        analysis["covariates"] = own
    # those of the table in tests/README.md stay what they were
    if seed > OF_THE_LOG and np.random.default_rng([14, seed]).random() < 0.6:
        _ladders(draft, analyses)
    if draft.chance(0.15):
        for analysis in analyses:
            analysis["exact"] = analysis["covariates"]["categorical"][:1]
    first = Study(f"r{seed:05d}", draft.frame, analyses, more)
    if draft.chance(0.15):
        gone = draft.some(treated(draft.frame), 9)
        second = replace(first, name=f"{first.name}-b", cohort=draft.frame.drop(gone))
        draft.facts.setdefault("subset", []).append(["all", "2|all"])
        draft.facts.setdefault("same_pool", []).append(["all", "2|all"])
        found = [first, second]
    else:
        found = [first]
    first.facts |= _facts(draft, analyses, len(found))
    return found


def _ladders(draft: _Draft, analyses: list[dict]) -> None:
    """Take needs from the covariates, and in again on the last rung of a ladder."""
    needs = {name for name in draft.categorical if name.startswith("needs_")}
    for analysis in analyses if needs else ():
        own = analysis["covariates"]["categorical"]
        analysis["covariates"]["categorical"] = [n for n in own if n not in needs]
        analysis["oasys"] = "ladder"


def _facts(draft: _Draft, analyses: list[dict], releases: int) -> Facts:
    """What anybody knows, of every analysis of every release."""
    bases = [slug(a["name"]) for a in analyses]
    bases += [f"2|{base}" for base in bases] if releases == 2 else []
    nested = [
        [f"{base}.balance.{whole}", [f"{base}.balance.{part}" for part in parts]]
        for base in bases
        for whole, parts in draft.nested
    ]
    equal = [
        [f"{base}.balance.{one}", f"{base}.balance.{other}"]
        for base in bases
        for one, other in draft.equal
    ]
    return draft.facts | {"nested": nested, "equal": equal}


# kinds ------------------------------------------------------------------------------


def _rare(draft: _Draft, column: str) -> None:
    """Two to four usual levels, and up to three rare ones."""
    rest = draft.rng.dirichlet([4] * int(draft.rng.integers(2, 5)))
    usual = {f"Kind {'ABCD'[i]}": float(p) for i, p in enumerate(rest)}
    rare = {f"Rare {'XYZ'[i]}": draft.few() for i in range(draft.rng.integers(0, 4))}
    set_treated(draft.rng, draft.frame, column, rare, usual)
    draft.categorical.append(column)


def _in_regions(draft: _Draft) -> None:
    areas = {"N-large": 0.45, "S-large": 0.35, "S-mid": 0.2}
    set_treated(draft.rng, draft.frame, "area", {"N-small": draft.few()}, areas)
    region = draft.frame["area"].str[0].map({"N": "North", "S": "South"})
    draft.frame["region"] = region
    draft.categorical += ["region", "area"]
    draft.nested += [
        ("region.north", ("area.n-small", "area.n-large")),
        ("region.south", ("area.s-large", "area.s-mid")),
    ]


def _sections(draft: _Draft) -> None:
    n = len(draft.frame)
    none = draft.rng.random(n) < draft.rng.choice([0.02, 0.15])
    for need, p in (("drugs", 0.3), ("accommodation", 0.4), ("alcohol", 0.05)):
        yes = np.where(draft.rng.random(n) < p, "Yes", "No")
        draft.frame[f"needs_{need}"] = np.where(none, "none", yes)
        draft.categorical.append(f"needs_{need}")


def _two_names(draft: _Draft) -> None:
    """One group as a level of a category and as a number that is 1 or 0."""
    yes = draft.rng.random(len(draft.frame)) < draft.rng.choice([0.04, 0.4])
    draft.frame["housing"] = np.where(yes, "Settled", "Other")
    draft.frame["settled"] = yes.astype(int)
    draft.categorical.append("housing")
    draft.numeric.append("settled")
    draft.equal.append(("housing.settled", "settled"))


def _not_known(draft: _Draft) -> None:
    column = str(draft.rng.choice(["age", "sex"]))
    frame = draft.frame
    frame[column] = frame[column].astype(float if column == "age" else object)
    pool = frame.index[frame["treatment"] == 0]
    gone = np.r_[draft.some(treated(frame)), draft.rng.permutation(pool)[:40]]
    frame.loc[gone, column] = np.nan if column == "age" else None


def _boxes(draft: _Draft) -> None:
    rows = draft.rng.permutation(treated(draft.frame))
    for box in draft.rng.permutation(BOXES)[: draft.few(3)]:
        taken, rows = np.split(rows, [draft.few()])
        leave_out(draft.frame, taken, str(box))


def _by_courts(draft: _Draft) -> None:
    draft.outcomes += courts(
        draft.rng, draft.frame, float(draft.rng.choice([0.04, 0.1]))
    )


def _own_outcome(draft: _Draft) -> None:
    """An outcome of one's own, known of all but a few."""
    frame = draft.frame
    worked = draft.rng.random(len(frame)) < draft.rng.choice([0.06, 0.4, 0.94])
    frame["worked"] = worked.astype(float)
    frame.loc[draft.some(treated(frame)), "worked"] = np.nan
    draft.outcomes += [] if draft.outcomes else ["reoffending_rate"]
    draft.outcomes.append({"name": "worked", "kind": "rate", "label": "were in work"})


#: a kind, and how often it is met
KINDS: dict[Callable[[_Draft], None], float] = {
    _in_regions: 0.3,
    _sections: 0.2,
    _two_names: 0.2,
    _not_known: 0.25,
    _by_courts: 0.15,
    _own_outcome: 0.15,
    _boxes: 0.4,
}


# analyses ---------------------------------------------------------------------------


def _sexes(draft: _Draft) -> list[dict]:
    """Men and women, who make up everyone unless a sex is not known."""
    facts, both = draft.facts, [["all", "men"], ["all", "women"]]
    facts["subset"] = both
    if draft.frame["sex"].notna().all():
        facts["split"] = [["all", ["men", "women"]]]
    sexes = {"Men": "Male", "Women": "Female"}
    return [{"name": name, "filter": {"sex": sex}} for name, sex in sexes.items()]


def _completers(draft: _Draft) -> list[dict]:
    draft.frame["completed"] = "yes"
    few = draft.some(treated(draft.frame))
    draft.frame.loc[few, "completed"] = "no"
    draft.facts |= {"subset": [["all", "completers"]]}
    draft.facts |= {"same_pool": [["all", "completers"]]}
    return [{"name": "Completers", "treatment_filter": {"completed": "yes"}}]


def _near(draft: _Draft) -> list[dict]:
    """A pool of one region, for the same people."""
    near = draft.rng.choice(["yes", "no"], len(draft.frame), p=[0.4, 0.6])
    draft.frame["near"] = near
    draft.facts["same"] = [["all", "near"]]
    return [{"name": "Near", "pool": {"near": "yes"}}]


def _few_apart(draft: _Draft) -> list[dict]:
    """Everyone but a few of both groups."""
    draft.frame["site"] = "Main"
    every = draft.rng.permutation(treated(draft.frame))[: draft.few(9)]
    pool = draft.rng.permutation(draft.frame.index)[:60]
    draft.frame.loc[np.r_[every, pool], "site"] = "Pilot"
    draft.facts["subset"] = [["all", "main-site"]]
    return [{"name": "Main site", "filter": {"site": "Main"}}]


ANALYSES = (_sexes, _completers, _near, _few_apart)
