"""Who is counted: Boolean columns of people, by which numbers about them are compared.

A stage registers who is in each group, who has each level, whose outcome is known and
who has the event. Which groups are the same, lie within each other or are a few people
apart follows from these columns and from no name. They stay in restricted/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

Kind = Literal["group", "level", "known", "event"]

#: groups of an analysis that levels and outcomes are counted in
BEFORE, TREATED, POOL, COMPARISON = "before", "treated", "pool", "comparison"
#: the treated whom the filters of an analysis keep, those without a score among them
SELECTED = "selected"
GROUPS = (BEFORE, TREATED, POOL, COMPARISON, SELECTED)


@dataclass(frozen=True)
class Who:
    """The people of a group, of a level, with a known outcome, or with its event.

    `name` is the group's, the ref of the level's row, or the outcome's; `variable` is
    the characteristic of a level. `people` are the person ids of the run.
    """

    analysis: str
    kind: Kind
    name: str
    people: pd.Index
    variable: str = ""


def as_frame(who: Iterable[Who]) -> pd.DataFrame:
    """Give such columns as a table, their people as bits in the order of their ids."""
    rows = list(who)
    last = max((int(one.people.max()) for one in rows if len(one.people)), default=0)
    return pd.DataFrame(
        [
            {
                "analysis": one.analysis,
                "kind": one.kind,
                "name": one.name,
                "variable": one.variable,
                "bits": _bits(one.people, last),
            }
            for one in rows
        ],
        columns=["analysis", "kind", "name", "variable", "bits"],
    )


def _bits(people: pd.Index, last: int) -> bytes:
    column = np.zeros(last + 1, dtype=bool)
    column[people.to_numpy(dtype=int)] = True
    return np.packbits(column).tobytes()


def read(path: Path) -> pd.DataFrame:
    """Give the columns of a stage as `as_frame` made them; none where it wrote none."""
    return pd.read_parquet(path) if path.exists() else as_frame([])
