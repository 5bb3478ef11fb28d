"""The truth behind a run, from restricted/: read to score an attack, never by it."""

import json
from pathlib import Path

import pandas as pd
import yaml
from support.attack import curves, horizons, ladders, links, peers, ways
from support.attack.knowledge import Knowledge, T
from support.attack.outcomes import (
    GROUPS,
    RATE,
    horizon_of,
    kind_of,
    of_some,
    size_of,
    value_of,
)
from support.attack.release import AFTER, BEFORE, MATCHED, POOL, Release

from helpers.request.measures.standard import named

#: a count, and the group that it is a part of, if it is one of people in a group
Truth = dict[str, tuple[int, int | None]]


def truth_of(release: Release) -> Truth:
    """The count behind each name of a release, and the group that it is of."""
    data = release.folder / "restricted/data"
    if not release.analyses:
        return _flow(release, data)
    read = {name: pd.read_parquet(data / f"{name}.parquet")
            for name in ("people", "matched", "outcomes")}  # fmt: skip
    people = read["people"].set_index("person_id")
    found = _flow(release, data)
    for analysis in release.analyses:
        own = read["matched"][read["matched"]["analysis"] == analysis["name"]]
        # who was set aside has no score, and is in no row of the characteristics
        own = own[(own["variant"] == "main") & own["propensity"].notna()]
        own = own.set_index("person_id")
        treated, used = own["treatment"] == 1, own["weight"] > 0
        groups = {
            BEFORE: own.index[treated],
            AFTER: own.index[treated & used],
            POOL: own.index[~treated],
            MATCHED: own.index[~treated & used],
            "unmatched": own.index[treated & ~used],
        }
        base = release.base(analysis)
        for column, index in groups.items():
            found[f"{base}.{column}.size"] = len(index), None
            for ref, (variable, level, _) in release.rows(analysis).items():
                values = people[variable].reindex(index)
                count = int(_having(values, level).sum())
                found[f"{ref}.{column}"] = count, len(index)
        after = read["outcomes"].set_index("person_id")
        found |= _outcomes(base, analysis, groups, after)
        found |= horizons.truth(release, analysis, groups, after)
        found |= curves.truth(release, base, groups, after)
        found |= peers.truth(release, analysis, len(groups[AFTER]))
        for ladder in (ladders, links, ways):
            found |= ladder.truth(release, analysis, read["matched"], after)
    return found


def _having(values: pd.Series, level: str) -> pd.Series:
    if not level:
        return values == 1
    written = values.astype(str).eq(level)
    return values.isna() | written if level == "missing" else values.notna() & written


def _flow(release: Release, data: Path) -> Truth:
    found = {}
    for path in sorted(data.glob("cells_*.parquet")):
        for row in pd.read_parquet(path).itertuples(index=False):
            if row.kind == "count" and not pd.isna(row.value):
                found[release.prefix + row.ref] = int(row.value), None
            elif ".overlap." in row.ref and not pd.isna(row.numerator):
                found[release.prefix + row.ref] = int(row.numerator), None
    return found


def _outcomes(base: str, analysis: dict, groups: dict, after: pd.DataFrame) -> Truth:
    found: Truth = {}
    for group, column in zip(GROUPS, (AFTER, MATCHED), strict=True):
        everyone = len(groups[column])
        found[f"{base}.n_{group}"] = everyone, None
        names = [o["outcome"] for o in analysis["outcomes"] if o["outcome"] in after]
        for name in names:
            rate = named(RATE).at(horizon_of(name)).name
            had = after[rate].reindex(groups[column]) if rate in after else pd.Series()
            events = int(had.sum())
            values = after[name].reindex(groups[column])
            known = int(values.notna().sum())
            found[size_of(base, name, group)] = known, None
            whole = events if of_some(name) else everyone
            found[f"{base}.{name}.not_known_{group}"] = whole - known, None
            if kind_of(name) == "rate":
                found[value_of(base, name, group)] = int((values > 0).sum()), known
    return found


def lowest_of(release: Release) -> int:
    """The lowest count that the request's profile calls unsafe."""
    text = (release.folder / "audit/request.yml").read_text("utf-8")
    request = yaml.safe_load(text)["request"]
    profile = (request.get("disclosure") or {}).get("profile", "default")
    return 1 if profile == "ministry" else 0


def unsafe(known: Knowledge, name: str, truth: Truth) -> bool:
    """Tell whether the count behind a name is one that nobody may know."""
    kind, (count, of) = known.asked[name], truth[name]
    if kind == "apart step" and not truth[name.partition(")")[0] + ")"][0]:
        return False  # nobody is in one alone
    if kind == "apart":
        people = truth[name.partition(")")[0] + ")"][0]
        return 0 < people < T
    # nobody in a box of the flow, or of whom nothing is known, is nobody's secret
    nobodys = ("flow", "not known", "missing", "apart of rung")
    lowest = 1 if kind in nobodys else known.lowest
    if lowest <= count < T:
        return of != 0
    return of is not None and lowest <= of - count < T


def add_apart(truth: Truth, known: Knowledge) -> Truth:
    """Add who is in one analysis and not in the other."""
    found = dict(truth)
    for name, kind in known.asked.items():
        if kind in ("apart", "apart step"):
            pair, _, end = name.removeprefix("apart(").partition(")")
            big, small = pair.split(", ")
            if not end:
                end = f".{BEFORE}.size"
            elif end.startswith(".balance."):
                end = f"{end}.{BEFORE}"
            found[name] = truth[big + end][0] - truth[small + end][0], None
    return found


def facts_of(path: Path) -> dict:
    """What anybody knows, from a file beside a request; nothing where there is none."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}
