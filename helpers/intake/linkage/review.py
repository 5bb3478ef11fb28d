"""The review list: candidates that a person decides on, and the decisions read back.

The list is restricted: it holds both sides' names and dates. `decision` is filled in by
hand, accept or reject, and the same file, or a new list that carries the decisions on,
is given to the next run as `inputs.decisions`.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.errors import DataError
from helpers.files import harmless

ACCEPT, REJECT = "accept", "reject"
NEEDED = ("line", "person_id", "decision")
#: candidates of a line that are shown
MOST = 5
ACCEPTED = "accepted by a person"
PROBABLE = "probable"

OTHER_WORD = (
    "decision must be accept or reject; found another word; write one of the two, or "
    "leave it empty"
)
STRANGER = (
    "line and person_id name no candidate of this run's review list; take the row out, "
    "or copy both from the newest review_list.csv"
)
CHANGED = (
    "person_id is not as the review list has it: a spreadsheet took its leading zeros "
    "away or wrote it as a number; put that column back from review_list.csv, opened "
    "as text"
)
OPEN_QUOTE = "has a quotation mark that is not closed, or not alone around its cell"

#: a long number as a spreadsheet shows it: 1.23E+11
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+")

#: line and person_id of a candidate
Candidate = tuple[int, str]


def candidates(
    weak: pd.DataFrame, scored: pd.DataFrame, threshold: float
) -> pd.DataFrame:
    """Give who is to be looked at for each line that the cascade did not link.

    `weak`: candidates of the cascade (line, person_id, passed), all of which stay;
    `scored`: every pair left over with its probability; those from `threshold` on are
    added as "probable", up to five candidates a line. Gives line, person_id, passed,
    probability and the register's side, the cascade's own first and the more probable
    first.
    """
    order = ["line", "probability", "person_id", "row"]
    best = scored.sort_values(order, ascending=[True, False, True, False])
    best = best.drop_duplicates(["line", "person_id"])
    first = weak.drop_duplicates(["line", "person_id"])
    listed = best.merge(first, how="left", on=["line", "person_id"])
    listed["own"] = listed["passed"].notna()
    listed = listed[listed["own"] | (listed["probability"] >= threshold)]
    listed["passed"] = listed["passed"].fillna(PROBABLE)
    order = ["line", "own", "probability", "person_id"]
    listed = listed.sort_values(order, ascending=[True, False, False, True])
    listed = listed[listed["own"] | (listed.groupby("line").cumcount() < MOST)]
    return listed.drop(columns="own").reset_index(drop=True)


def read_decisions(path: Path, listed: pd.DataFrame) -> pd.DataFrame:
    """Give what a person decided: line, person_id, decision, one row a candidate.

    `path`: a CSV file with at least these columns; rows without a decision are skipped.
    `listed`: the candidates of this run. Raises DataError with every problem: a
    missing column, a candidate that is not on the list, another word than accept or
    reject, rows that contradict each other, two people accepted for one line.
    """
    rows, problems = _read(path)
    if problems:
        raise DataError(problems)
    known = set(zip(listed["line"], listed["person_id"], strict=True))
    changed_by_sheet = {(line, _as_number(person)) for line, person in known}
    decided, other_words, strangers, changed = _Decided(), [], [], []
    for number, row in rows:
        word = row["decision"].lower()
        if not word:
            continue
        key = _key(row)
        if word not in (ACCEPT, REJECT):
            other_words.append(number)
        elif key not in known:
            same = (key[0], _as_number(key[1])) in changed_by_sheet
            same |= _SCIENTIFIC.fullmatch(key[1]) is not None
            (changed if same else strangers).append(number)
        elif conflict := decided.take(key, word, number):
            problems.append(f"{path.name}: row {number}: {conflict}")
    # one line for what is wrong in the same way, however many rows there are
    told = ((other_words, OTHER_WORD), (changed, CHANGED), (strangers, STRANGER))
    for numbers, wrong in told:
        if numbers:
            problems.append(f"{path.name}: {_rows(numbers)}: {wrong}")
    if problems:
        raise DataError(problems)
    decisions = [(*key, word) for key, (word, _) in sorted(decided.words.items())]
    typed = pd.DataFrame(decisions, columns=list(NEEDED))
    return typed.astype({"line": "int64", "person_id": "str", "decision": "str"})


@dataclass
class _Decided:
    """The decisions read so far, and in which row of the file each stands."""

    words: dict[Candidate, tuple[str, int]] = field(default_factory=dict)
    accepted: dict[int, tuple[str, int]] = field(default_factory=dict)  # by line

    def take(self, candidate: Candidate, word: str, number: int) -> str:
        """Take down the decision of row `number`.

        Give which earlier row it contradicts and what to do, or an empty text.
        """
        line, person = candidate
        before, row = self.words.setdefault(candidate, (word, number))
        if before != word:
            return (
                f"decision is not the one of row {row}, which has the same line and "
                "person_id; keep one of the two rows"
            )
        if word == ACCEPT:
            other, row = self.accepted.setdefault(line, (person, number))
            if other != person:
                return (
                    f"decision accepts a second person for the line of row {row}; "
                    "accept at most one candidate of a line"
                )
        return ""


def _rows(numbers: list[int]) -> str:
    """Name rows of the file, the first three where there are many."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    first = ", ".join(map(str, numbers[:3]))
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    return f"rows {first}{more}"


def _key(row: dict[str, str]) -> tuple[int | None, str]:
    line, person = row["line"], row["person_id"]
    # the list has an apostrophe before an id that a spreadsheet would work out
    if harmless(person[1:]) == person:
        person = person[1:]
    return (int(line) if line.isascii() and line.isdigit() else None, person)


def _as_number(person: str) -> str:
    """Give an id as a spreadsheet would write it that takes it for a number."""
    return person.removeprefix("'").removesuffix(".0").lstrip("0")


def _read(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Give the file's rows with their row numbers, and what is wrong with its form."""
    try:
        raw = path.read_bytes()
    except OSError:
        return [], [f"{path.name}: cannot be read; give the path of a CSV file"]
    if b"\0" in raw:
        return [], [f"{path.name}: is not a CSV file; save the list as CSV"]
    # only ids and decisions are read, which are plain in every encoding of a CSV file
    text = raw.decode("utf-8-sig", errors="replace")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    table, opened = _records(text, mark)
    if opened:
        return [], [
            f"{path.name}: line {opened}: {OPEN_QUOTE}; close it or take it out"
        ]
    header = [name.strip().lower() for name in table[0]] if table else []
    times = Counter(header)
    problems = [
        f"{path.name}: column {name} is {'missing' if not times[name] else 'twice'}; "
        "the file needs line, person_id and decision, each once"
        for name in NEEDED
        if times[name] != 1
    ]
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        filled = dict(zip(header, [cell.strip() for cell in cells], strict=False))
        rows.append((number, {name: filled.get(name, "") for name in NEEDED}))
    return rows, problems


def _records(text: str, mark: str) -> tuple[list[list[str]], int]:
    """Give the file's records, and the line where a quotation mark opens that is open.

    The line is 0 where there is none: strict, because a mark that is not closed would
    swallow the decisions after it.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    records, ended = [], 0
    try:
        for cells in reader:
            records.append(cells)
            ended = reader.line_num
    except csv.Error:
        return [], ended + 1
    return records, 0
