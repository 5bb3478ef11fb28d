"""What was released before on the same people: other finished runs, editions published.

Two releases tell apart what two analyses do: the few by whom they differ. What is out
stays out, so that the report at hand gives way.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.publication import people, refs
from helpers.publication.disclosure.rules import Profile
from helpers.publication.disclosure.structure import Analysis, apart, structure
from helpers.publication.people import BEFORE, TREATED
from helpers.publication.refs import slug

#: share of the people of both, by their ids, whose outcomes must agree: ids alone may
#: be the numbers of other people
SAME_PEOPLE = 0.8


@dataclass(frozen=True)
class Release:
    """Who is in a run: the ids that people came with, outcomes, Boolean columns.

    `out` tells by analysis what of it is out (`told`); None where nobody knows. `name`
    is that of its folder, `sha256` that of all that was read of it.
    """

    key: pd.DataFrame = field(repr=False)
    outcomes: pd.DataFrame = field(repr=False)
    who: pd.DataFrame = field(repr=False)
    out: Mapping[str, Mapping[str, Any]] | None = field(default=None, repr=False)
    name: str = ""
    sha256: str = ""


def earlier(own: Release, others: Iterable[Release]) -> list[Analysis]:
    """Give the analyses of other releases on some of the same people.

    Theirs are numbered as ours are, those who are not among ours after all others.
    Runs that were destroyed hold nobody any more, and are not among them.
    """
    key, ours = own.key, own.outcomes.set_index("person_id")
    numbers = dict(zip(_plain(key["original_id"]), key["person_id"], strict=True))
    found = []
    for other in others:
        place = _places(other.key, numbers)
        after = other.outcomes.set_index("person_id")
        after.index = pd.Index(place[after.index.to_numpy(dtype=int)])
        table = other.who
        if len(table) and _same_people(ours, after):
            bits = [_moved(column, place) for column in table["bits"]]
            found += _out(structure([table.assign(bits=bits)]), other.out)
    return found


def _out(
    analyses: list[Analysis], out: Mapping[str, Mapping[str, Any]] | None
) -> list[Analysis]:
    """Give the analyses of another release of which something is out."""
    if out is None:
        return analyses
    return [
        replace(one, since=of["since"], sized=of["sized"])
        for one in analyses
        if (of := out.get(one.name)) is not None
    ]


def told(
    analyses: Iterable[Analysis],
    released: Mapping[str, float | str | None],
    rule: str,
    now: str,
) -> dict[str, dict[str, Any]]:
    """Tell by analysis what of it is out: since when, by what rule, and its size.

    One whose size and values are all hidden is not out. A rung whose size is hidden
    gave way to its own analysis, and nothing gives way to it.
    """
    found = {}
    for one in analyses:
        size = released.get(refs.within(one.name, "n_treatment")) is not None
        values = [
            released.get(refs.within(one.name, f"{outcome.name}.value_{side}"))
            for outcome in one.outcomes
            for side in ("treatment", "comparison")
        ]
        if size or any(value is not None for value in values):
            found[one.name] = {
                "since": one.since or now,
                "sized": size or not refs.is_rung(one.name),
                "asked": _asked(one, rule),
            }
    return found


def since(
    analyses: Iterable[Analysis], own: Release, last: Release | None, rule: str
) -> list[Analysis]:
    """Tell since when analyses are out, by the run of this request that is replaced.

    Those are out already that had the same people, the same measures and the same
    rule: what was released after them gave way to them, and they stay.
    """
    found = earlier(own, [last]) if last is not None and last.out else []
    before = {one.name: one for one in found}
    made = []
    for one in analyses:
        was = before.get(one.name)
        if (
            was is not None
            and last.out[one.name]["asked"] == _asked(one, rule)
            and not any(
                any(apart(one.groups[group], was.groups[group]))
                for group in (BEFORE, TREATED)
            )
        ):
            one = replace(one, since=was.since)
        made.append(one)
    return made


def _asked(analysis: Analysis, rule: str) -> list[str]:
    return [rule, *sorted(outcome.name for outcome in analysis.outcomes)]


def _same_people(ours: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """Tell whether people of the same ids are mostly the same, going by outcomes.

    One is where at least half of the outcomes are: a date may have been corrected.
    """
    common = ours.index.intersection(theirs.index)
    names = [name for name in ours if name in theirs]
    one, other = (frame.loc[common, names] for frame in (ours, theirs))
    alike = ((one == other) | (one.isna() & other.isna())).mean(axis=1) >= 0.5
    return bool(len(common)) and float(alike.mean()) >= SAME_PEOPLE


def _places(theirs: pd.DataFrame, numbers: Mapping[str, int]) -> np.ndarray:
    """Give the number that each of their people has here, by their own number.

    No two have the same: of ids that are alike but for blanks, capitals or zeros the
    first is the one of that id here.
    """
    place = np.zeros(int(theirs["person_id"].max()) + 1, dtype=int)
    last = max(numbers.values(), default=0)
    plain = _plain(theirs["original_id"])
    for one, original, again in zip(
        theirs["person_id"], plain, plain.duplicated(), strict=True
    ):
        place[one] = last + one if again else numbers.get(original, last + one)
    return place


def _plain(ids: pd.Series) -> pd.Series:
    """Give ids without what programs change: blanks, capitals, leading zeros."""
    text = ids.astype(str).str.strip().str.casefold()
    return text.str.replace(r"(?<!\d)0+(?=\d)", "", regex=True)


def _moved(bits: bytes, place: np.ndarray) -> bytes:
    theirs = np.flatnonzero(np.unpackbits(np.frombuffer(bits, dtype=np.uint8)))
    column = np.zeros(int(place.max()) + 1, dtype=bool)
    column[place[theirs]] = True
    return np.packbits(column).tobytes()


def published(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Give the analyses of results that were published before.

    Raises DataError, every problem at once, where one cannot be read or contradicts
    itself: what is out cannot be protected by what nobody can rely on.
    """
    found, problems = [], []
    for path in paths:
        try:
            result = json.loads(path.read_text(encoding="utf-8"))
            if "analyses" not in result and "collected" in result:
                continue  # a summary of published results, which is about nobody
            wrong = list(_contradictions(result))
            found += result["analyses"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError,
                RecursionError):  # fmt: skip
            wrong = ["cannot be read as the result of a published edition"]
        problems += [f"{path}: {what}; put back what was published" for what in wrong]
    if problems:
        raise DataError(problems)
    return found


def _contradictions(result: Mapping[str, Any]) -> Iterator[str]:
    """Say where the numbers of an edition cannot all be true."""
    for analysis in result["analyses"]:
        where, n = f'analyses: "{analysis["name"]}"', analysis["n_treatment"]
        if n is not None and not 0 <= n == int(n):
            yield f"{where}: n_treatment must be a whole number of people; found {n}"
        if None not in (n, submitted := analysis.get("n_submitted")) and n > submitted:
            yield f"{where}: n_treatment {n} is above n_submitted {submitted}"
        for outcome in analysis["outcomes"]:
            of, size = f"{where}: {outcome['outcome']}", outcome["n_treatment"]
            if None not in (n, size) and size > n:
                yield f"{of}: n_treatment {size} is above the analysis' own {n}"
            ends = outcome["ci_low"], outcome["difference"], outcome["ci_high"]
            is_rate = outcome["outcome"] == "reoffending_rate"
            half = 0.00501 if is_rate else 0.501  # each was rounded by itself
            if None not in ends and not ends[0] - half <= ends[1] <= ends[2] + half:
                yield f"{of}: the difference {ends[1]} is outside its own interval"
            shares = outcome["value_treatment"], outcome["difference"]
            if is_rate and None not in shares:
                if not 0 <= shares[0] <= 1 or abs(shares[1]) > 1:
                    yield f"{of}: a rate must lie between 0 and 1; found {shares[0]}"


def few_apart(
    analysis: Analysis,
    editions: list[dict[str, Any]],
    rule: Profile,
    others: Collection[str] = (),
) -> bool:
    """Tell whether an edition has a few people more or less, going by its sizes.

    `others` are the report's other analyses; what an edition calls by no name of the
    report may be this one under another name.
    """
    n = analysis.sizes[people.TREATED]
    return any(
        one["n_treatment"] is not None
        and slug(one["name"]) not in others
        and 0 < abs(one["n_treatment"] - n) < rule.threshold
        for one in editions
    )
