"""Levels of a cohort that the report could not print.

They are symbols, or hold signs that turn what follows or that no printer knows.
"""

import unicodedata
from collections.abc import Iterable

import pandas as pd

from helpers.intake.cohort.kinds import as_text
from helpers.request.reading import symbols

SYMBOL = "stands for a number that is not shown in the report"
TURNS = (
    "a level with {}, a sign that changes the direction of writing; take it out, since "
    "it could turn what stands after it around"
)
CONTROL = (
    "a level with a control character or a line break; write it without, in one line"
)


def problems(cohort: pd.DataFrame, columns: Iterable[str], file: str) -> list[str]:
    """Give levels that are a symbol of the report or look like one, one line each.

    So is one with a sign that changes the direction, or that is none. `columns` are
    those whose levels the report may print.
    """
    found = []
    for name in columns:
        if name not in cohort or pd.api.types.is_numeric_dtype(cohort[name]):
            continue
        values = as_text(cohort[name]).dropna()
        # most are plain words: only those with a bracket or beyond ASCII are looked at
        odd = [
            level
            for level in values.unique()
            if "[" in level or not (level.isascii() and level.isprintable())
        ]
        for sign in sorted({symbols.symbol(level) for level in odd} - {""}):
            found.append(
                f"{file}: {name} has the level {sign}, which {SYMBOL}; write it in "
                "words"
            )
        for sign in sorted({symbols.turns(level) for level in odd} - {""}):
            found.append(f"{file}: {name} has {TURNS.format(sign)}")
        if any(unicodedata.category(sign) == "Cc" for level in odd for sign in level):
            found.append(f"{file}: {name} has {CONTROL}")
    return found
