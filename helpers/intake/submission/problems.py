"""A checked list, and what the check says: lines, a file for the provider, totals."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from helpers.files import harmless
from helpers.intake.cohort.losses import DUPLICATE, UNUSABLE
from helpers.intake.submission.repeats import people

#: more problems than this are told by rule, and the file has them one by one
MOST_LINES = 20
#: what each level of problem means for its line, in a line of the check
LEVELS = {
    "error": "error, costs the line",
    "warning": "warning, costs no line",
}
#: the column of the problems file that says whether the line is lost: yes or no
COSTS = "costs_the_line"


@dataclass(frozen=True)
class Submission:
    """A provider's list as it was read, with everything that is wrong with it.

    `lines` has a row for each row of the file that holds anything: `line` (the row in
    the spreadsheet), the columns of the list (text, or datetime64[us]; missing where
    empty), the file's other columns as text, and `left_out` (UNUSABLE, DUPLICATE or
    missing). `problems` has `row` (missing for the file as a whole), `column`, `level`
    ("error", which costs the line, or "warning"), `rule`, `found` (a kind, never a
    value) and `to_do`.
    `headings` are the file's own names of the columns.
    """

    file: str
    lines: pd.DataFrame = field(repr=False)  # a traceback shows nobody
    problems: pd.DataFrame = field(repr=False)
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Give the number of errors."""
        return int((self.problems["level"] == "error").sum())

    @property
    def lost(self) -> int:
        """Give the number of lines that errors cost."""
        return int((self.lines["left_out"] == UNUSABLE).sum())


def report_lines(submission: Submission) -> list[str]:
    """Say the check in words: one line for each problem, or for each rule if many."""
    problems, lines = submission.problems, [first_line(submission)]
    if len(problems) <= MOST_LINES:
        for _, one in problems.iterrows():
            where = "" if pd.isna(one["row"]) else f"row {one['row']}"
            lines.append(_line(submission, one, where, one["found"]))
        return lines
    same = ["level", "column", "rule", "to_do"]
    groups = list(problems.groupby(same, sort=False, dropna=False))
    groups.sort(key=lambda group: (group[0][0] != "error", -len(group[1])))
    for _, rows in groups[:MOST_LINES]:
        kinds = rows["found"].drop_duplicates()
        found = kinds.iloc[0] + ("" if len(kinds) == 1 else " and others")
        lines.append(_line(submission, rows.iloc[0], _rows(rows["row"]), found))
    shown = sum(len(rows) for _, rows in groups[:MOST_LINES])
    if shown < len(problems):
        lines.append(f"and {len(problems) - shown} more in {_name(submission)}")
    else:
        lines.append(f"row by row in {_name(submission)}")
    return lines


def _name(submission: Submission) -> str:
    """Give the problems file's name, beside the list."""
    return submission.file.rsplit("/", 1)[-1] + ".problems.csv"


def first_line(submission: Submission) -> str:
    """Say how many rows a list has, how many of them are lost, and the problems."""
    rows = len(submission.lines)
    said = f"{submission.file}: {rows} row{'' if rows == 1 else 's'}; "
    if submission.problems.empty:
        return said + "no problems found"
    errors, warnings = submission.errors, len(submission.problems) - submission.errors
    lost = "none lost"
    if errors:
        lost = f"{submission.lost} lost to {errors} error{'' if errors == 1 else 's'}"
    return f"{said}{lost}; {warnings} warning{'' if warnings == 1 else 's'}"


def _line(submission: Submission, one: pd.Series, where: str, found: str) -> str:
    column = heading(submission, one["column"])
    place = ", ".join(part for part in (where, column) if part) or "the file"
    level = LEVELS[one["level"]]
    return f"{level}: {place}: {one['rule']}; found {found}; {one['to_do']}"


def heading(submission: Submission, column: str) -> str:
    """Give a column as the file names it, so that a provider finds it."""
    return " or ".join(
        submission.headings.get(name, name) for name in column.split(" or ")
    )


def _rows(rows: pd.Series) -> str:
    numbers = [str(row) for row in rows.dropna()]
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    if len(numbers) <= 4:
        return f"rows {', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"rows {', '.join(numbers[:3])} and {len(numbers) - 3} others"


def problems_file(submission: Submission) -> bytes:
    """Give the problems as a CSV file for the provider, which Excel opens as it is.

    UTF-8 with a mark at its start; columns as the file names them; `costs_the_line`
    is yes or no.
    """
    problems = submission.problems
    table = problems.assign(
        column=[heading(submission, name) for name in problems["column"]]
    )
    costs = problems["level"].map({"error": "yes", "warning": "no"})
    table.insert(table.columns.get_loc("level") + 1, COSTS, costs)
    for name in ("column", "rule", "found", "to_do"):
        table[name] = table[name].map(harmless)
    written = io.StringIO(newline="")
    table.to_csv(written, index=False, lineterminator="\r\n")
    return written.getvalue().encode("utf-8-sig")


def totals(submission: Submission) -> pd.DataFrame:
    """Count a list's rows by what they have: columns `what` and `rows`."""
    lines, problems = submission.lines, submission.problems
    usable = lines[lines["left_out"] != UNUSABLE]
    counts = people(usable)[usable["left_out"] != DUPLICATE].value_counts()
    found = [
        ("rows on the list", len(lines)),
        ("rows that cannot be used", submission.lost),
        ("duplicate rows", int((lines["left_out"] == DUPLICATE).sum())),
        ("people in the rows that can be used", len(counts)),
        ("people with several rows", int((counts > 1).sum())),
    ]
    by_rule = problems.groupby(["level", "column", "rule"], sort=True).size()
    for (level, column, rule), count in by_rule.items():
        found.append((f"{level}: {column} {rule}".replace(":  ", ": "), int(count)))
    return pd.DataFrame(found, columns=["what", "rows"])
