"""What can be wrong in the files of the catalogue, one line a problem."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from helpers.charts.catalogue.columns import COLUMNS, COUNTS, MORE, NUMBERS, WORDS
from helpers.request.types import Type, of_kind

MONTH = re.compile(r"(?:\d{4}-(?:0[1-9]|1[0-2])(?: or before)?)?")


def table(path: Path, folder: str | Path, problems: list[str]) -> pd.DataFrame | None:
    """Read one file as text; None with the problem noted."""
    where = f"{folder}/{path.name}"
    if not path.is_file():
        problems.append(f"{where} was not found; see params/catalogue/README.md")
        return None
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as why:
        problems.append(f"{where} cannot be read as a CSV file: {_first_line(why)}")
        return None
    wanted = COLUMNS[path.name]
    missing = [name for name in wanted if name not in frame and name not in MORE]
    unknown = [name for name in frame if name not in wanted]
    for name in missing:
        problems.append(f"{where}: column {name} is missing{_near(name, unknown)}")
    for name in unknown:
        problems.append(f"{where}: column {name} is not known; remove or rename it")
    if missing:
        return None
    frame = frame.reindex(columns=wanted, fill_value="")
    return frame.apply(lambda column: column.str.strip())


def _first_line(why: Exception) -> str:
    return str(why).strip().splitlines()[0]


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, 1, 0.6)
    return f"; is it {near[0]}?" if near else ""


def _line(frame: pd.DataFrame, position: int, name: str = "id") -> str:
    # the header is line 1 of the file
    return f"row {position + 2} ({frame[name].iloc[position] or 'no ' + name})"


def _repeated(frame: pd.DataFrame, keys: list[str]) -> list[int]:
    return [place for place, again in enumerate(frame.duplicated(keys)) if again]


def check_results(
    results: pd.DataFrame, types: Sequence[Type], where: str, problems: list[str]
) -> None:
    """Check ids, types, months, numbers and words of every published result."""
    for place in _repeated(results, ["id"]):
        line = _line(results, place)
        problems.append(f"{where}: {line}: this id is there twice; give it its own")
    for place, row in enumerate(results.to_dict("records")):
        start = f"{where}: {_line(results, place)}"
        if not re.fullmatch(r"[A-Za-z0-9_]+", row["id"]):
            problems.append(f"{start}: id must be letters, digits and _ only")
        if not row["source_url"]:
            problems.append(f"{start}: source_url is empty; say where it was published")
        if not MONTH.fullmatch(row["published"]):
            problems.append(
                f"{start}: published must be a month such as 2014-01 or "
                f'"2014-01 or before"; found "{row["published"]}"'
            )
        problems += [f"{start}: {why}" for why in _numbers(row)]
        problems += [f"{start}: {why}" for why in _words(row)]
        if types:
            problems += [f"{start}: {why}" for why in _types(row, types)]


def _numbers(row: dict[str, str]) -> list[str]:
    found, values = [], {}
    for column, (least, most) in NUMBERS.items():
        text = row[column]
        # only a size may be approximate
        plain = text.removeprefix("~") if column.startswith("n_") else text
        if not text:
            continue
        if not re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
            found.append(
                f'{column} must be a number or empty; found "{text}"; write for '
                "example 18 or leave it empty"
            )
        elif not least <= float(plain) <= most:
            found.append(f"{column} must be from {least} to {most}; found {text}")
        else:
            values[column] = float(plain)
    if values.get("ci_low", -100) > values.get("ci_high", 100):
        found.append(
            f"ci_low {row['ci_low']} is above ci_high {row['ci_high']}; swap them"
        )
    return found


def _words(row: dict[str, str]) -> list[str]:
    found = [
        f"{column} must be {' or '.join(word or 'empty' for word in allowed)}; "
        f'found "{row[column]}"'
        for column, allowed in WORDS.items()
        if row[column] not in allowed
    ]
    if row["sig_rate"] == "Y" and not row["dir_rate"]:
        found.append(
            "dir_rate is empty where sig_rate is Y; write down or up, or leave both "
            "empty"
        )
    return found


def _types(row: dict[str, str], types: Sequence[Type]) -> list[str]:
    found = []
    for kind, column in (("intervention", "intervention_type"), ("sector", "sector")):
        names = [type_.name for type_ in of_kind(types, kind)]
        if row[column] not in names:
            found.append(
                f'{column} "{row[column]}" is not in types.csv'
                f"{_near(row[column], names) or '; add it there'}"
            )
    return found


def check_counts(counts: pd.DataFrame, where: str, problems: list[str]) -> None:
    """Check dates and counts, and that a full split adds up."""
    for place, row in enumerate(counts.to_dict("records")):
        start = f"{where}: {_line(counts, place, 'as_at')}"
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["as_at"]):
            problems.append(
                f"{start}: as_at must be a date such as 2015-09-17; "
                f'found "{row["as_at"]}"'
            )
        for column in COUNTS[2:10]:
            if row[column] and not row[column].isdecimal():
                problems.append(
                    f"{start}: {column} must be a whole number or empty; "
                    f'found "{row[column]}"'
                )
                break
        else:
            problems += [f"{start}: {why}" for why in _split(row)]


def _split(row: dict[str, str]) -> list[str]:
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
