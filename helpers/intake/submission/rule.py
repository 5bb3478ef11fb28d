"""A rule of the list, and the problems that it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers.intake.submission import values

#: the place of a problem of the file as a whole
THE_FILE = np.array([-1])
_OTHER_DATES = (
    "until then it is left empty, and the line's other dates find its sentence"
)
#: what becomes of a line without the cell of this column; of other columns, nothing
LEFT = {
    "index_date": _OTHER_DATES,
    "conviction_date": _OTHER_DATES,
    "intervention_start": "until then it is left empty, as if the start of support "
    "were not known",
}

#: what a rule that nothing breaks gives; made once, since most rules are kept
NO_PROBLEM = pd.DataFrame(
    columns=["place", "column", "level", "rule", "found", "to_do"]
).astype({"place": "int64"})

Raw = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Rule:
    """A rule of the list: its level, in words, and what to do about it.

    An "error" costs the line: what is needed to find the person or the sentence is not
    there. A "warning" costs none: what cannot be read is left empty.
    """

    level: str
    words: str
    to_do: str

    def spares(self, column: str) -> "Rule":
        """Give the rule for a line that can do without this cell."""
        left = LEFT.get(column, "until then it is left empty")
        return replace(self, level="warning", to_do=f"{self.to_do}; {left}")


def problem(
    where: np.ndarray, column: str, rule: Rule, found: Sequence[str] | str
) -> pd.DataFrame:
    """Give a problem for each place in `where` (positions of rows), all of one rule.

    `found`: what stands there, a kind and never a value; one text, or one a place.
    """
    if not len(where):
        return NO_PROBLEM
    return pd.DataFrame(
        {
            "place": where,
            "column": column,
            "level": rule.level,
            "rule": rule.words,
            "found": found,
            "to_do": rule.to_do,
        }
    )


def marked(raw: Raw, wrong: Sequence[bool], column: str, rule: Rule) -> pd.DataFrame:
    """Give a problem for each row that is `wrong`, with the kind of its cell."""
    where = np.flatnonzero(np.asarray(wrong, dtype=bool))
    kinds = [values.kind(raw[column][place]) for place in where]
    return problem(where, column, rule, kinds)


def unless_spared(
    raw: Raw, wrong: pd.Series, column: str, rule: Rule, spared: np.ndarray
) -> list[pd.DataFrame]:
    """Give an error where the line needs the cell, a warning where it is `spared`."""
    wrong = wrong.to_numpy()
    found = [marked(raw, wrong & ~spared, column, rule)]
    if (wrong & spared).any():
        found.append(marked(raw, wrong & spared, column, rule.spares(column)))
    return found
