"""What other ways of comparing tell: whom they keep, and whom the headline does not.

A way shows about how many people it keeps, and a difference. The rule of its steps is
known: `about so many, or more` are at least the headline's less the threshold, and any
other number is right to a threshold either way.
"""

import itertools
import warnings

import pandas as pd
import yaml
from support.attack.counts import BIG
from support.attack.knowledge import Knowledge, T
from support.attack.ladders import events
from support.attack.outcomes import RATE, size_of
from support.attack.release import Release

from helpers.outcomes.report.robustness.estimators.named import NAMES
from helpers.outcomes.robustness import study
from helpers.outcomes.robustness.estimators import rematched, trimmed
from helpers.request import load

CALIPERS = ("caliper_002", "caliper_005", "caliper_01", "caliper_02")
MATCHED = (*CALIPERS, "nearest_again", "nearest_once", "kernel", "trimmed")
#: of everyone with a score
WHOLE = ("entropy_balancing", "ipw", "aipw", "regression")


def ways(known: Knowledge, release: Release, analysis: dict) -> None:
    """Read the forest of an analysis, if it has one."""
    base, m = release.base(analysis), known.m
    if not _has(release, base):
        return
    n, scored = m.var(f"{base}.n_treatment"), m.var(f"{base}.ways.scored")
    # set aside are some of those not matched
    m.line({scored: 1, n: -1}, 0, BIG)
    m.line({scored: 1, n: -1, m.var(f"{base}.not_matched"): -1}, -BIG, 0)
    if not release.some_set_aside(base):
        m.total(scored, [n, f"{base}.not_matched"])
    own = _of_headline(release, base)
    for variant in (*MATCHED, *WHOLE):
        if variant == own:  # the headline itself, by its settings
            m.total(_n(base, own), [n])
            continue
        if f"{base}_{variant}.{RATE}.kept" in release.numbers or variant in MATCHED:
            _way(known, release, base, variant)
    for one, other in itertools.pairwise(CALIPERS):
        step = m.var(f"{base}.ways.{one}-{other}")
        m.total(_n(base, other), [_n(base, one), step])
        known.ask(step, "apart of rung")
    if release.number(f"{base}_trimmed.{RATE}.difference") is None:
        return
    m.line({_n(base, "trimmed"): 1, scored: -0.95}, -BIG, 1)
    # those who are left out are first of all those without a match
    m.line({_n(base, "trimmed"): 1, n: -1, scored: 0.05}, 0, BIG)


def _has(release: Release, base: str) -> bool:
    return f"estimators-{base.removeprefix(release.prefix)}" in release.tables


def _of_headline(release: Release, base: str) -> str | None:
    """The way that has the headline's settings: it alone has no row, if any has one."""
    rows = release.tables[f"estimators-{base.removeprefix(release.prefix)}"]
    told = {name for row in rows for name in row}
    absent = [v for v in MATCHED if NAMES[v].statistical not in told]
    return absent[0] if len(absent) == 1 else None


def _n(base: str, variant: str) -> str:
    return f"{base}_{variant}.n_treatment"


def _way(known: Knowledge, release: Release, base: str, variant: str) -> None:
    m, way, main = known.m, f"{base}_{variant}", f"{base}.n_treatment"
    n, scored = m.var(_n(base, variant)), f"{base}.ways.scored"
    left, more, less = (m.var(f"{way}.{end}") for end in ("left", "more", "less"))
    m.total(scored, [n, left])
    m.line({n: 1, main: -1, more: -1, less: 1}, 0, 0)
    m.line({f"{base}.not_matched": 1, more: -1}, 0, BIG)
    m.line({left: 1, less: -1}, 0, BIG)
    shown = release.number(f"{way}.{RATE}.kept")
    size = release.number(size_of(base, RATE, "treatment"))
    if shown is not None:
        m.fix(n, *bounds(shown, size))
    if variant in WHOLE:
        m.fix(left, 0)
        return _difference(known, release, base, variant)
    known.ask(more, "apart of rung")
    if variant != "trimmed":  # how many that leaves out the method says itself
        known.ask(left, "not known")
        known.ask(less, "apart of rung")
    return _difference(known, release, base, variant)


def _difference(known: Knowledge, release: Release, base: str, variant: str) -> None:
    """What its difference tells of who reoffended, and that it has a test."""
    m, way = known.m, f"{base}_{variant}"
    n, more, less = (f"{way}.{end}" for end in ("n_treatment", "more", "less"))
    events(known, release, base, way, gone=[less], come=[more])
    if release.number(f"{way}.{RATE}.p_value") is not None:
        own = m.var(f"{way}.{RATE}.value_treatment")
        m.line({own: 1}, T, BIG)
        m.line({n: 1, own: -1}, T, BIG)


def bounds(shown: float, size: float | None) -> tuple[float, float]:
    """What is known of how many people a way keeps, from the number shown."""
    if shown == size:
        return max(size - T, 0), BIG
    return shown - T, shown + T - 1


def truth(release: Release, analysis: dict, matched: pd.DataFrame, after: pd.DataFrame):
    """The counts behind the names above, every way carried out again."""
    base = release.base(analysis)
    if not _has(release, base):
        return {}
    own = _study(release, matched, after, analysis["name"])
    treated = own.group.treatment == 1
    main = set(own.weights.index[(own.weights > 0) & treated])
    everyone = set(treated.index[treated])
    kept = dict.fromkeys(WHOLE, everyone)
    for check in (
        *rematched.checks(own, repeated=True),
        *trimmed.checks(own),
    ):
        people = check.kept if check.kept is not None else []
        kept[check.name] = everyone & set(people)
    found = {f"{base}.ways.scored": (len(everyone), None)}
    for variant, people in kept.items():
        way = f"{base}_{variant}"
        had = int((after[RATE].reindex(sorted(people)) > 0).sum())
        found |= {
            f"{way}.n_treatment": (len(people), None),
            f"{way}.left": (len(everyone - people), None),
            f"{way}.more": (len(people - main), None),
            f"{way}.less": (len(main - people), None),
            f"{way}.{RATE}.value_treatment": (had, len(people)),
        }
    for one, other in itertools.pairwise(CALIPERS):
        more = len(kept[other]) - len(kept[one])
        found[f"{base}.ways.{one}-{other}"] = more, None
    return found


def _study(
    release: Release, matched: pd.DataFrame, after: pd.DataFrame, name: str
) -> study.Study:
    text = (release.folder / "audit/request.yml").read_text("utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        request = load(yaml.safe_load(text)["request"])
    data = release.folder / "restricted/data"
    people = pd.read_parquet(data / "people.parquet")
    sizes = pd.read_parquet(data / "matches.parquet")
    studies = study.of_headlines(people, matched, sizes, request)
    return study.measured(studies, after.reset_index(), request)[name]
