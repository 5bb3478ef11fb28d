"""What can be wrong in the files of the catalogue, one line a problem."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from helpers.charts.catalogue import agreement, numbers
from helpers.charts.catalogue.columns import COUNTS, LONGEST, WORDS
from helpers.charts.catalogue.months import day_problem, month_problem
from helpers.request.reading.table import cut, near
from helpers.request.types import Type, of_kind

Row = dict[str, str]
#: an address of the web, before which words may stand: "CI: https://…"
ADDRESS = re.compile(r"(?:[^\W_][\w ]*: )?https?://\S+", re.I)
#: the columns of a row that say of whom it tells, and when
SAME = ("organisation", "programme", "published")


def check_results(
    results: pd.DataFrame,
    types: Sequence[Type],
    where: str,
    problems: list[str],
    today: date,
) -> None:
    """Add to `problems` what is wrong with ids, types, months, numbers and words.

    `results` is indexed by the row of the spreadsheet. Nothing may lie after `today`.
    Types are not looked at where there are none.
    """
    seen: dict[tuple[str, ...], str] = {}
    for place, row in zip(results.index, results.to_dict("records"), strict=True):
        line = f"row {place} ({cut(row['id']) or 'no id'})"
        values, wrong = numbers.problems(row)
        found = [
            *_texts(row),
            *filter(None, [month_problem(row["published"], today)]),
            *wrong,
            *_words(row),
            *_types(row, types),
            *agreement.problems(row, values),
            *_twice(row, line, seen),
        ]
        problems += [f"{where}: {line}: {why}" for why in found]


def _texts(row: Row) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9_]+", row["id"]):
        yield "id must be letters, digits and _ only"
    for name in ("organisation", "programme"):
        if not row[name]:
            yield f"{name} is empty; write it as the source does"
    if not row["source_url"]:
        yield "source_url is empty; say where it was published"
    for part in row["source_url"].split(" ; "):
        if re.match(r"\w+:", part) and not ADDRESS.fullmatch(part):
            yield (
                f'source_url "{cut(part)}" is no address of the web; write one that '
                "begins with https://, or words"
            )
    for name, most in LONGEST.items():
        if len(row[name]) > most:
            yield f"{name} has {len(row[name])} characters; write at most {most}"
    if row["size_note"] and not row["n_treat"]:
        yield (
            "size_note is filled in but n_treat is empty; write the number too, for "
            'example 6000 for "nearly 6,000"'
        )
    if not re.fullmatch(r"(?:[a-z0-9][a-z0-9-]*)?", row["request"]):
        yield (
            "request must be the id of a request of this kit; found "
            f'"{cut(row["request"])}"; leave it empty for any other result'
        )


def _words(row: Row) -> Iterator[str]:
    for column, allowed in WORDS.items():
        if row[column] not in allowed:
            yield (
                f"{column} must be {' or '.join(word or 'empty' for word in allowed)}; "
                f'found "{cut(row[column])}"'
            )
    if row["sig_rate"] == "Y" and not row["dir_rate"]:
        yield (
            "dir_rate is empty where sig_rate is Y; write down or up, or leave both "
            "empty"
        )


def _types(row: Row, types: Sequence[Type]) -> Iterator[str]:
    if not types:
        return
    for kind, column in (("intervention", "intervention_type"), ("sector", "sector")):
        names = [type_.name for type_ in of_kind(types, kind)]
        if row[column] not in names:
            alike = near(row[column], names)
            hint = f"{alike} Mend it" if alike else f"; write {', '.join(names)}"
            yield (
                f'{column} "{cut(row[column])}" is not in types.csv{hint}, or add a '
                "row to types.csv"
            )


def _twice(row: Row, line: str, seen: dict[tuple[str, ...], str]) -> Iterator[str]:
    """Find what an earlier row has too: the id, or what it tells of and when.

    Two rows of one organisation, programme and month are one result written twice, or
    cannot be told apart in a chart. `seen` keeps what was found up to this row.
    """
    about = tuple(row[name].casefold() for name in SAME)
    id_ = (row["id"].casefold(),)
    if id_ in seen:
        yield f"this id is there twice, first in {seen[id_]}; give it its own"
    elif row["organisation"] and row["programme"] and about in seen:
        yield (
            f"organisation, programme and published are those of {seen[about]}; take "
            "out one, or say in programme how they differ"
        )
    seen.setdefault(id_, line)
    seen.setdefault(about, line)


def check_counts(
    counts: pd.DataFrame, where: str, problems: list[str], today: date
) -> None:
    """Add to `problems` what is wrong with dates, counts and splits of them.

    `counts` is indexed by the row of the spreadsheet. Nothing may lie after `today`.
    """
    seen: set[str] = set()
    for place, row in zip(counts.index, counts.to_dict("records"), strict=True):
        start = f"{where}: row {place} ({row['as_at'] or 'no as_at'})"
        found = [day_problem(row["as_at"], today)]
        found.append(month_problem(row["published"], today))
        if row["as_at"] in seen:
            found.append("this date is there twice; keep one")
        seen.add(row["as_at"])
        wrong = [name for name in COUNTS[2:10] if not _count(row[name])]
        found += [
            f'{name} must be a whole number or empty; found "{cut(row[name])}"'
            for name in wrong
        ]
        found += [] if wrong else _split(row)
        problems += [f"{start}: {why}" for why in found if why]


def _count(text: str) -> bool:
    return re.fullmatch(r"[0-9]{0,9}", text) is not None


def _split(row: Row) -> list[str]:
    parts = [row[name] for name in ("sig_reductions", "inconclusive", "sig_increases")]
    total, within = row["reports_published"], row[COUNTS[6]]
    if not all(parts) or not total:
        return []
    found = []
    if sum(map(int, parts)) != int(total):
        found.append(
            f"{' + '.join(parts)} is {sum(map(int, parts))} but reports_published is "
            f"{total}; mend the count that is wrong"
        )
    if within and int(within) > int(parts[1]):
        found.append(
            f"{COUNTS[6]} is {within}, more than the {parts[1]} inconclusive that it "
            "is part of; mend the count that is wrong"
        )
    return found
