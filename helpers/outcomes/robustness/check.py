"""What a method says of whether an answer holds: one type for all of them."""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

#: the answer stands, it may not, the method tells without judging, it has no answer
Verdict = Literal["holds", "doubt", "told", "none"]


@dataclass(frozen=True, eq=False)
class Check:
    """What one method says of an analysis.

    Attributes
    ----------
    name
        What the method is called in refs and files: `entropy_balancing`.
    verdict
        `holds` or `doubt` where the method judges, `told` where it only tells, and
        `none` where it could not be carried out.
    table
        Its numbers, unrounded, in the columns that the method documents.
    text
        In one sentence without a number what was looked at, or why there is none.
    kept
        Of an estimator, the people who count (treated and comparison), by person_id.
    """

    name: str
    verdict: Verdict
    table: pd.DataFrame = field(repr=False)
    text: str
    kept: pd.Index | None = field(default=None, repr=False)
