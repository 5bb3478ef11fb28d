"""What anybody can read of a finished run: report.html and release/, nothing else."""

import csv
import json
import re
from functools import cached_property
from pathlib import Path

from helpers.publication.labels import plain
from helpers.publication.refs import slug

#: whose shares the columns of a characteristics table are: treated before and after
#: matching, the pool, and the matched comparison people (not weighted)
BEFORE, AFTER = "mean_treatment_before", "mean_treatment"
POOL = "mean_comparison_before"
MEANS = (BEFORE, AFTER, POOL)
MATCHED = "matched"

#: a row of the characteristics: its variable and level, and whether it is hidden
Rows = dict[str, tuple[str, str, bool]]

HIDDEN = "[c]"
WHY = "could_not_be_analysed"
POOR = "poor_match"
RANGE = re.compile(r"(\d+) to (\d+)%")


class Release:
    """The page's data block, result.json and the tables.

    `prefix` tells the numbers of several releases apart. Without `digits` every share
    is read as if it was printed in whole per cent.
    """

    def __init__(self, folder: Path | str, digits: bool = True, prefix: str = ""):
        self.folder, self.prefix = Path(folder), prefix
        self.page = (self.folder / "report.html").read_text("utf-8")
        block = re.search(r'id="report-results">([^<]*)</script>', self.page).group(1)
        self.numbers = json.loads(block)
        written = (self.folder / "release/result.json").read_text("utf-8")
        self.result = json.loads(written)
        self.tables = {
            path.stem: list(csv.reader(path.read_text("utf-8").splitlines()))
            for path in sorted((self.folder / "release/tables").glob("*.csv"))
        }
        if not digits:
            self.numbers = {
                k: float(round(v)) if re.search(r"balance.*\.mean_", k) else v
                for k, v in self.numbers.items()
            }

    @property
    def analyses(self) -> list[dict]:
        """Those that were matched; a poor match has sizes and balance all the same."""
        return [a for a in self.result["analyses"] if a.get(WHY) in (None, POOR)]

    @property
    def without_result(self) -> list[dict]:
        """The analyses that could not be made, each with its reason."""
        return [a for a in self.result["analyses"] if a.get(WHY) not in (None, POOR)]

    def base(self, analysis: dict) -> str:
        """How the numbers of an analysis are named here."""
        return self.prefix + slug(analysis["name"])

    def number(self, name: str) -> float | None:
        value = self.numbers.get(name.removeprefix(self.prefix))
        return value if isinstance(value, int | float) else None

    def rows(self, analysis: dict) -> Rows:
        """Each row of an analysis' balance: name -> variable, level, withheld."""
        found, base = {}, self.base(analysis)
        for row in analysis["balance"]:
            end = f".{slug(row['level'])}" if row["level"] else ""
            name, n = f"{base}.balance.{row['variable']}{end}", 2
            start = name
            while name in found:
                name, n = f"{start}-{n}", n + 1
            found[name] = (row["variable"], row["level"], row["mean_treatment"] is None)
        return found

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """Treated shares before matching that stand as a range: low <= share < high."""
        found = {}
        for analysis in self.analyses:
            printed = self._printed(self.base(analysis).removeprefix(self.prefix))
            for name, (variable, level, _) in self.rows(analysis).items():
                for words in _labels(variable, level):
                    if told := RANGE.fullmatch(printed.get(words, "")):
                        found[name] = int(told[1]), int(told[2])
        return found

    def _printed(self, base: str) -> dict[tuple[str, str], str]:
        """What the tables print of the treated before matching, by group and row."""
        found = {}
        for key in (f"before-characteristics-{base}", f"before-needs-{base}"):
            header, *rows = self.tables.get(key, [[]])
            if "Programme, before matching" not in header:
                continue
            at = header.index("Programme, before matching")
            for row in rows:
                first = row[: header.index("Characteristic") + 1]
                found[("", *first)[-2].lower(), first[-1].lower()] = row[at]
        return found

    def some_set_aside(self, base: str) -> bool:
        """Tell whether people may have been set aside for want of a score.

        Where nothing of an analysis is shown, the page does not say.
        """
        if f"sizes-{base.removeprefix(self.prefix)}" not in self.tables:
            return True
        ref = f"{base.removeprefix(self.prefix)}."
        told = any(f"{ref}{n}" in self.numbers for n in ("set_aside", "pool_set_aside"))
        return told or "were set aside, since nobody" in self.page


def _labels(variable: str, level: str) -> list[tuple[str, str]]:
    """How a row of the table may be headed: its variable above it, or before it."""
    label = plain(variable.removeprefix("needs_")).lower()
    level = {"missing": "not known", "1": "yes", "0": "no"}.get(level, level.lower())
    return [(label, level), ("", f"{label}: {level}"), ("", label)]
