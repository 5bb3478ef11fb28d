"""A study small enough to count by hand: its request, its groups, its run."""

from copy import deepcopy
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from helpers.files import ROOT
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.matching.weights import Match
from helpers.publication import blocks, drawing
from helpers.publication.cells import Cell
from helpers.request import Request, load
from helpers.runs.run import Run
from helpers.runs.stages import STAGES

NAME = "All people mentored"  # the example's only analysis, slug all-people-mentored
BASE = "all-people-mentored"


def study(**parts) -> Request:
    """The example's request with other parts."""
    raw = yaml.safe_load((ROOT / "params" / "example.yml").read_text())["request"]
    return load(deepcopy(raw) | parts)


def stage(folder: Path, name: str, request: Request, **earlier: list[Cell]) -> Run:
    """A stage's run in a folder where the stages before it are done.

    `earlier` are the cells that each of those stages registered.
    """
    for before in STAGES[: STAGES.index(name)]:
        run = Run(request, before, folder)
        run.register(earlier.get(before, []))
        run.save()
    return Run(request, name, folder)


def matched(weights: pd.Series, treatment: pd.Series, width: float = 0.1) -> Match:
    """A match with given weights, its sizes counted from them."""
    used, treated = weights > 0, treatment.reindex(weights.index) == 1
    w = weights[used & ~treated]
    return Match(
        weights=weights,
        n_treatment=int((used & treated).sum()),
        n_comparison=len(w),
        n_unmatched=int((~used & treated).sum()),
        effective_comparison=w.sum() ** 2 / (w**2).sum() if len(w) else 0.0,
        width=width,
        n_tied=0,
    )


def model(score: pd.Series) -> Model:
    """A propensity model of which only the scores are looked at."""
    empty = pd.DataFrame()
    return Model(score, empty, np.nan, 0, 0, empty, (), ())


def sizes_cells() -> list[Cell]:
    """What the matching registers of sizes, as far as a figure speaks of them."""
    needs = (f"{BASE}.n_treatment", f"{BASE}.not_matched")
    share = Cell(f"{BASE}.share_matched", 97, "derived", needs=needs, rounding="whole")
    return [share, Cell(f"{BASE}.not_matched", 10, "count")]


def group(treatment: list[int], covariates: dict, name: str = NAME) -> Group:
    """People 1, 2, … of an analysis with their covariates."""
    people = pd.DataFrame({"treatment": treatment, **covariates})
    people.index = pd.RangeIndex(1, len(people) + 1, name="person_id")
    return Group(name, people, list(covariates))


def markup(run: Run, block: blocks.Block) -> str:
    """A block as the analyst sees it."""
    numbers = {ref: cell.value for ref, cell in run.cells.items()}
    return drawing.render(block.recipe, numbers, analyst=True)


def printed(run: Run, block: blocks.Block) -> list[list[str]]:
    """The rows of a table block as printed."""
    numbers = {ref: cell.value for ref, cell in run.cells.items()}
    _, rows = drawing.table_rows(block.recipe, numbers)
    return [[getattr(cell, "text", cell) for cell in row] for row in rows]
