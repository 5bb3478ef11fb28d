"""Labels of the request that name nothing in a cohort, or two things alike."""

from collections.abc import Mapping

import pandas as pd

from helpers.intake.cohort.kinds import as_text
from helpers.request import Request


def problems(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Give labels that name no column, or that a reader could not tell apart.

    Of levels, those that somebody has count; what is not in the request is not named.
    """
    given, where = request.inputs.labels, f"{request.source}: inputs.labels"
    found = [
        f"{where}.{name} names no column of {file}; correct it or take it out"
        for name in given
        if name not in cohort
    ]
    shown = (n for a in request.analyses for n in (*a.covariates.names, *a.exact))
    names = [name for name in dict.fromkeys((*given, *shown)) if name in cohort]
    called = {name: name.replace("_", " ") for name in names}
    called |= {name: given[name].label for name in names if name in given}
    found += [
        f'{where}: "{label}" stands for {" and ".join(alike)}; give each column a '
        "label of its own"
        for label, alike in _alike(called).items()
        if any(name in given for name in alike)
    ]
    for name in (name for name in names if name in given):
        own = _own(request, name)
        levels = {level: own.get(level, level) for level in _held(cohort[name])}
        found += [
            f'{where}.{name}.levels: "{label}" stands for {len(alike)} levels of '
            f"{file}; give each a label of its own, or write them alike in the file"
            for label, alike in _alike(own | levels).items()  # in the request's words
            if sum(level in levels for level in alike) > 1
            and any(level in own for level in alike)
        ]
    return found


def unused(cohort: pd.DataFrame, request: Request) -> dict[str, list[str]]:
    """Give, by column, the levels that the request names and that nobody has."""
    found = {}
    for name in request.inputs.labels:
        if name in cohort:
            held = _held(cohort[name])
            found[name] = [x for x in _own(request, name) if x not in held]
    return {name: levels for name, levels in found.items() if levels}


def _held(values: pd.Series) -> set[str]:
    return set(as_text(values).dropna().unique())


def _own(request: Request, name: str) -> dict[str, str]:
    """Give the labels of a column's levels, these spelt as a cohort's are."""
    levels = request.inputs.labels[name].levels
    spelt = as_text(pd.Series(list(levels), dtype="str"))
    return dict(zip(spelt, levels.values(), strict=True))


def _alike(called: Mapping[str, str]) -> dict[str, list[str]]:
    """Give labels that are the same but for capitals and blanks, with what has them."""
    found: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for name, label in called.items():
        words = " ".join(label.split())
        found.setdefault(first.setdefault(words.casefold(), words), []).append(name)
    return {label: names for label, names in found.items() if len(names) > 1}
