"""The sheet: what each table and figure is, of whom, and what it stands beside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from helpers.publication import flat, refs
from helpers.publication.cells import EXEMPT, Cell
from helpers.publication.numbers import FORMATS
from helpers.publication.report.checker import beside
from helpers.publication.report.checker.output import HIDDEN, Output
from helpers.publication.report.checker.populations import Subjects, base
from helpers.publication.report.checker.statistics import statistic
from helpers.request import AnyRequest

COLUMNS = [
    "output", "caption", "section", "files", "analysis", "variables", "population",
    "source", "counts", "smallest_count", "statistics", "statbarns", "rule", "shown",
    "hidden", "ranges", "rounded_to", "could_be_subtracted_from", "what_was_done",
]  # fmt: skip

ALL_BUT = "or all but so few of a group, nor any from which one would follow"
RULES = {
    "none": "none: open data or made-up people, nothing is hidden",
    "default": "default: no number about fewer than {} people, {}",
    "ministry": "ministry: no number about 1 to {} people, {}",
    "rounded": "rounded: no number about fewer than {} people, {}; counts in fives",
}
#: how a number was rounded when it was registered, in words
ROUNDINGS = {
    "exact": "counts as they are",
    "whole": "whole numbers",
    "tenth": "one decimal",
    "hundredth": "two decimals",
    "thousandth": "three decimals",
    "limit": "limits whole, where they would be 0 to one decimal",
    "limit in tenths": "limits to one decimal",
    "limit in hundredths": "limits to two decimals",
    "first figure": "first figure",
    "effective size": "two figures below 100, else three",
    "two figures": "two figures",
    "p": "p to two decimals, near 0.05 to more",
}
NO_PEOPLE = "none needed: settings, or numbers that are published already"
ONE_DECISION = "All of them were decided on together, in one decision over the report."
FIXED = "Where its sizes differ by a few from those of edition {}, this one gives way."
SHOWN = "Nothing is hidden."
NOTHING = "There is nothing here that it could be subtracted from."


@dataclass(frozen=True)
class Study:
    """What the sheet is made from beside the outputs: never a hidden value.

    `in_result` are the numbers of result.json, `earlier` the folders of editions
    published before, by their number.
    """

    request: AnyRequest
    cells: Mapping[str, Cell] = field(repr=False)
    released: Mapping[str, float | str | None] = field(repr=False)
    in_result: frozenset[str] = field(repr=False)
    coarsened: frozenset[str] = field(repr=False)
    earlier: Mapping[int, Path] = field(default_factory=dict)

    @cached_property
    def subjects(self) -> Subjects:
        """Of whom and of what its numbers are."""
        return Subjects(self.request)


def rows(
    outputs: Iterable[Output],
    others: Mapping[str, Mapping[str, list[str]]],
    study: Study,
) -> list[dict[str, str]]:
    """Give a row of the sheet an output; `others` is what `beside` tells."""
    outputs = list(outputs)
    told = study.in_result.union(*(one.numbers for one in outputs))
    return [_row(one, others[one.name], study, told) for one in outputs]


def as_csv(rows: list[dict[str, str]]) -> str:
    """Give the sheet as CSV, whose texts are no formulas."""
    return flat.as_csv(COLUMNS, [list(row.values()) for row in rows])


def _row(
    one: Output, others: Mapping[str, list[str]], study: Study, told: frozenset[str]
) -> dict[str, str]:
    request, numbers, subjects = study.request, one.numbers, study.subjects
    cells = [study.cells[ref] for ref in numbers if ref in study.cells]
    kinds = [statistic(ref, study.cells.get(ref)) for ref in numbers]
    of_people = beside.of_people(one, study.cells)
    shown = [ref for ref in numbers if study.released.get(ref) is not None]
    row = {
        "output": one.name,
        "caption": one.caption,
        "section": one.section,
        "files": _joined(one.files),
        "analysis": _joined(name for ref in numbers for name in subjects.analyses(ref)),
        "variables": _joined(subjects.variable(ref) for ref in numbers),
        "population": "; ".join(subjects.populations(numbers)),
        "source": one.part.recipe["source"],
        "counts": _joined(_sizes(one, study, told)),
        "smallest_count": _smallest(cells, study),
        "statistics": _joined(kind.name for kind in kinds),
        "statbarns": _joined(kind.statbarn for kind in kinds),
        "rule": rule(request) if of_people else NO_PEOPLE,
        "shown": str(len(shown)),
        "hidden": str(one.cells_hidden),
        "ranges": str(sum(ref in study.coarsened for ref in shown)),
        "rounded_to": _joined(
            # how a hidden number was rounded may tell how small it is
            _rounding(cell, request)
            for cell in cells
            if cell.ref in shown
        ),
        "could_be_subtracted_from": "",
        "what_was_done": "",
    }
    return row | (_beside(one, others, study) if of_people else {})


def rule(request: AnyRequest) -> str:
    """Give the rule of disclosure control, as a whole: not that of any one number."""
    settings = request.disclosure
    profile, threshold = settings.profile, settings.threshold
    fewest = threshold - 1 if profile == "ministry" else threshold
    return RULES[profile].format(fewest, ALL_BUT)


def _rounding(cell: Cell, request: AnyRequest) -> str:
    """Say what a number about people was rounded to; settings are as they are."""
    if cell.kind in EXEMPT:
        return ""
    fives = cell.kind == "count" and request.disclosure.profile == "rounded"
    return "counts in fives" if fives else ROUNDINGS.get(cell.rounding, cell.rounding)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _sizes(one: Output, study: Study, told: frozenset[str]) -> Iterable[str]:
    """Give the sizes of the groups of each analysis, where they are told elsewhere."""
    for first in dict.fromkeys(map(base, one.numbers)):
        name = study.subjects.analyses(first)
        sizes = [
            f"{group} {_count(ref, study)}"
            for group in ("treatment", "comparison")
            if (ref := refs.within(first, f"n_{group}")) in told
        ]
        if name and sizes:
            yield f"{name[0]}: {', '.join(sizes)}"


def _count(ref: str, study: Study) -> str:
    if ref not in study.released:
        return HIDDEN
    value = study.released[ref]
    return FORMATS["count"](value) if isinstance(value, float) else "[z]"


def _smallest(cells: Iterable[Cell], study: Study) -> str:
    """Give the smallest count of people that an output shows."""
    counts = [
        value
        for cell in cells
        if cell.kind == "count"
        and isinstance(value := study.released.get(cell.ref), float)
    ]
    return FORMATS["count"](min(counts)) if counts else ""


def _beside(
    one: Output, others: Mapping[str, list[str]], study: Study
) -> dict[str, str]:
    """Say which other outputs hold the same of other people, and what was done."""
    told = [f"{how}: {_listed(names, one.name)}" for how, names in others.items()]
    name = f"{one.part.key}.csv"
    editions = [
        number
        for number, folder in study.earlier.items()
        if (folder / "release" / "tables" / name).exists()
    ]
    told += [f"edition {number}: release/tables/{name}" for number in editions]
    if study.request.disclosure.profile == "none":
        done = [SHOWN] if told else [NOTHING]
    else:
        done = [ONE_DECISION if others else "" if editions else NOTHING]
        done += [FIXED.format(number) for number in editions]
    return {
        "could_be_subtracted_from": "; ".join(told),
        "what_was_done": " ".join(filter(None, done)),
    }


def _listed(names: Iterable[str], own: str) -> str:
    """Name outputs, those whose numbers follow each other at once: "Tables 3 to 5"."""
    numbers: dict[str, list[int]] = {"Table": [], "Figure": []}
    for name in names:
        kind, _, number = name.partition(" ")
        if name != own:
            numbers[kind].append(int(number))
    told = [beside.ITSELF] * (own in names)
    for kind, of_kind in numbers.items():
        runs = _runs(sorted(of_kind))
        several = "s" * (len(of_kind) > 1)
        told += [f"{kind}{several} {', '.join(runs)}"] * bool(runs)
    return ", ".join(told)


def _runs(numbers: list[int]) -> list[str]:
    """Give numbers in order, with three or more that follow each other as a range."""
    starts = [0, *(i for i, (a, b) in enumerate(pairwise(numbers), 1) if b > a + 1)]
    told = []
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        run = numbers[start:end]
        told += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return told
