"""The published results: what they found, by type of intervention and of sector."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from helpers import request
from helpers.charts.catalogue.check import check_counts, check_results
from helpers.charts.catalogue.columns import COUNTS, MORE, NEEDED
from helpers.charts.catalogue.effects import counted_from, effects, findings
from helpers.errors import DataError, RequestError
from helpers.files import ROOT
from helpers.request.reading import table
from helpers.request.types import Type, called, of_kind
from helpers.request.types import read as read_types

FINDINGS = ("decrease", "inconclusive", "increase", "not_found")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
KINDS = {"intervention": "intervention_type", "sector": "sector"}


@dataclass(frozen=True)
class Catalogue:
    """Published results, counts to date, and the types in their order.

    as_of   the day up to which results and counts were published; None: all of them
    chosen  what an analyst kept of them, in words; empty where nothing was left out
    """

    results: pd.DataFrame
    counts: pd.DataFrame
    types: tuple[Type, ...]
    as_of: date | None = None
    chosen: tuple[str, ...] = ()


def read(folder: str | Path, as_of: date | None = None, own: str = "") -> Catalogue:
    """Read and check a folder's files, and keep what was published up to `as_of`.

    A month's results count from its end, a result without a month always; those of the
    request `own` never do. Raises DataError with every problem found, one line each.
    """
    if not (ROOT / folder).is_dir():
        raise DataError(
            f"{folder}: is no folder; name in findings.catalogue the one that holds "
            "results.csv, counts.csv and types.csv"
        )
    types, problems = read_types(folder)
    results = _table(folder, "results.csv", NEEDED, MORE, problems)
    counts = _table(folder, "counts.csv", COUNTS, [], problems)
    day = request.today()
    if results is not None:
        check_results(results, types, f"{folder}/results.csv", problems, day)
    if counts is not None:
        check_counts(counts, f"{folder}/counts.csv", problems, day)
    if problems:
        raise DataError(problems)
    results = effects(findings(results))
    if own:
        results = results[results["request"] != own]
    counts_from = counted_from(counts["published"])
    return Catalogue(
        _published(results, results["counts_from"], as_of),
        _published(counts, counts_from.fillna(pd.to_datetime(counts["as_at"])), as_of),
        tuple(types),
        as_of,
    )


def _table(
    folder: str | Path,
    name: str,
    needed: Sequence[str],
    more: Sequence[str],
    problems: list[str],
) -> pd.DataFrame | None:
    """Read a file as text, by the row of the spreadsheet; None where it cannot be."""
    rows, wrong = table.read(ROOT / folder / name, f"{folder}/{name}", needed, more)
    problems += wrong
    if rows is None:
        return None
    columns = [*needed, *more]
    return pd.DataFrame(list(rows.values()), list(rows), columns, dtype=str)


def _published(
    frame: pd.DataFrame, since: pd.Series, as_of: date | None
) -> pd.DataFrame:
    if as_of is not None:
        frame = frame[since.isna() | (since <= pd.Timestamp(as_of))]
    return frame.reset_index(drop=True)


def choose(
    published: Catalogue,
    intervention_type: str | None = None,
    sector_type: str | None = None,
    published_from: str | None = None,
    published_to: str | None = None,
) -> Catalogue:
    """Keep the results of a type and of months, "2014-01", both ends included.

    A type is given by its name or its label. Where a month is asked for, a result
    without one is left out. Counts to date stay, being of all results. Raises
    RequestError with every problem.
    """
    keep = pd.Series(True, index=published.results.index)
    chosen, problems = [], []
    for kind, words in (("intervention", intervention_type), ("sector", sector_type)):
        if words is None:
            continue
        name, why = called(words, of_kind(published.types, kind))
        if why:
            problems.append(f'{kind}_type "{words}" is not in types.csv; {why}')
        keep &= published.results[KINDS[kind]] == name
        chosen.append(f"{kind} type {name}")
    since = published.results["counts_from"]
    for words, month in (("from", published_from), ("to", published_to)):
        if month is None:
            continue
        if not MONTH.fullmatch(month):
            problems.append(
                f'published_{words} must be a month such as "2014-01"; found "{month}"'
            )
            continue
        last = counted_from(pd.Series([month]))[0]
        keep &= since >= last if words == "from" else since <= last
        chosen.append(f"published {words} {month}")
    if problems:
        raise RequestError([f"choose: {problem}" for problem in problems])
    results = published.results[keep].reset_index(drop=True)
    return replace(published, results=results, chosen=tuple(chosen))
