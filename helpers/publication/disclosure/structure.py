"""The people behind each number: which groups are the same, or lie within each other.

Everything follows from the Boolean columns that stages registered
(`publication.people`) and from no name. Levels are judged on both groups of an analysis
together, or chance nestings of five people would count as known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.publication.people import BEFORE, GROUPS, POOL, SELECTED, TREATED

#: bytes of a Boolean column by which most are told apart, eight people each
SOME = 1024


@dataclass(frozen=True)
class Level:
    """A row of the balance table: a level, by its people in each group of GROUPS."""

    ref: str
    variable: str
    counts: Mapping[str, int]
    same: int  # rows of the same people share this number


@dataclass(frozen=True)
class Outcome:
    """For whom of an analysis an outcome is known, and who has its event, as bits."""

    name: str
    known: np.ndarray
    event: np.ndarray


@dataclass(frozen=True)
class Analysis:
    """An analysis by its people: groups as bits and sizes, levels, outcomes."""

    name: str  # its slug
    groups: Mapping[str, np.ndarray]
    sizes: Mapping[str, int]
    levels: list[Level] = field(default_factory=list)
    #: a level of one variable, by `same`, and the levels of another that make it up
    refines: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    #: since when these people's numbers are out; empty where they are not, or for good
    since: str = ""
    #: of another release, whether its size is out: nothing gives way to one without
    sized: bool = True


def structure(who: Iterable[pd.DataFrame]) -> list[Analysis]:
    """Give every analysis of a report, from what its stages registered."""
    tables = [table for table in who if len(table)]
    if not tables:
        return []
    table = pd.concat(tables, ignore_index=True)
    width = max(map(len, table["bits"]))
    table["bits"] = [
        np.frombuffer(bits.ljust(width, b"\0"), dtype=np.uint8)
        for bits in table["bits"]
    ]
    return [
        _analysis(str(name), rows)
        for name, rows in table.groupby("analysis", sort=False)
        if {BEFORE, TREATED} <= set(rows.loc[rows["kind"] == "group", "name"])
    ]


def count(bits: np.ndarray) -> int:
    """Give how many people a Boolean column has."""
    return int(np.bitwise_count(bits).sum())


def _analysis(name: str, rows: pd.DataFrame) -> Analysis:
    of = {kind: part for kind, part in rows.groupby("kind", sort=False)}
    groups = dict(zip(of["group"]["name"], of["group"]["bits"], strict=True))
    groups = {g: groups[g] for g in GROUPS if g in groups}
    groups.setdefault(SELECTED, groups[BEFORE])
    both = groups[BEFORE] | groups.get(POOL, groups[BEFORE])
    levels, refines = [], []
    if "level" in of:
        part = of["level"]
        bits = np.stack(part["bits"].to_list()) & both
        same = _same(bits)
        _check_whole(part["variable"], bits, count(both))
        levels = [
            Level(ref, variable, {g: count(row & in_) for g, in_ in groups.items()}, k)
            for ref, variable, row, k in zip(
                part["name"], part["variable"], bits, same, strict=True
            )
        ]
        refines = _refines(levels, bits)
    return Analysis(
        name,
        groups,
        {g: count(in_) for g, in_ in groups.items()},
        levels,
        refines,
        _outcomes(of),
    )


def _check_whole(variables: pd.Series, bits: np.ndarray, everyone: int) -> None:
    """Raise ValueError where levels of a variable do not make up everybody, once."""
    sizes = pd.Series([count(row) for row in bits], index=variables.to_numpy())
    totals = sizes.groupby(level=0, sort=False).sum()
    wrong = list(totals.index[totals != everyone])
    if wrong:
        raise ValueError(
            f"the levels registered of {', '.join(wrong)} do not make up everybody in "
            "the analysis, once each; register the rest as well"
        )


def _same(bits: np.ndarray) -> list[int]:
    first: dict[bytes, int] = {}
    return [first.setdefault(row.tobytes(), i) for i, row in enumerate(bits)]


def _outcomes(of: Mapping[str, pd.DataFrame]) -> list[Outcome]:
    if "known" not in of or "event" not in of:
        return []
    event = dict(zip(of["event"]["name"], of["event"]["bits"], strict=True))
    known = zip(of["known"]["name"], of["known"]["bits"], strict=True)
    return [Outcome(name, bits, event[name]) for name, bits in known]


def _refines(
    levels: list[Level], bits: np.ndarray
) -> list[tuple[int, tuple[int, ...]]]:
    """Give levels that levels of another variable make up, at least two of them.

    So areas make up regions, and two kinds of theft all thefts, whatever the other
    levels are; the same partition under two names makes up nothing new.
    """
    rows: dict[str, list[int]] = {}
    for i, level in enumerate(levels):
        rows.setdefault(level.variable, []).append(i)
    found: dict[tuple[int, tuple[int, ...]], None] = {}
    some = _sizes_inside(bits[:, :SOME])  # a few people tell most variables apart
    everyone = np.bitwise_count(bits).sum(axis=1)
    few = some.diagonal()
    for fine, parts in rows.items():
        for coarse, wholes in rows.items():
            if fine == coarse or len(parts) < 2 or len(wholes) < 2:
                continue
            may = some[np.ix_(parts, wholes)].sum(axis=0) == few[wholes]
            for whole in (w for w, so in zip(wholes, may, strict=True) if so):
                inside = [i for i in parts if not np.any(bits[i] & ~bits[whole])]
                made_of = tuple(levels[i].same for i in inside)
                if len(made_of) > 1 and everyone[inside].sum() == everyone[whole]:
                    found[levels[whole].same, made_of] = None
    return list(found)


def _sizes_inside(bits: np.ndarray) -> np.ndarray:
    """Give the size of each column that lies inside another, 0 where it does not."""
    sizes = np.bitwise_count(bits).sum(axis=1)
    return np.stack(
        [
            size * ~np.any(row & ~bits, axis=1)
            for size, row in zip(sizes, bits, strict=True)
        ]
    )


def apart(one: np.ndarray, other: np.ndarray) -> tuple[int, int]:
    """Give how many people are in one group and not in the other, both ways."""
    width = max(len(one), len(other))
    one, other = (np.pad(bits, (0, width - len(bits))) for bits in (one, other))
    return count(one & ~other), count(other & ~one)
