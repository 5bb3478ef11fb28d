"""The tables that a stage may read: their rows, their columns, what these hold."""

from pathlib import Path

import pandas as pd
import pyarrow
import pyarrow.parquet as parquet

from helpers.publication import labels
from helpers.request import AnyRequest
from helpers.request.covariates.needs import is_need
from helpers.runs import stage_files
from helpers.runs.stages import MADE_BY, OUTCOMES, STAGES, holds_outcomes
from helpers.runs.tables.columns import TABLES, Described

TYPES = {
    "int64": "whole number",
    "double": "number",
    "bool": "true or false",
    "string": "text",
    "large_string": "text",
}


def tables(place: stage_files.Place, stage: str) -> pd.DataFrame:
    """Give the tables of a run that a stage may read: their rows, and what a row is.

    No person's row is read for it.
    """
    lines = {
        name: (parquet.ParquetFile(path).metadata.num_rows, _told(name).what)
        for name, path in _paths(place, stage).items()
    }
    return pd.DataFrame.from_dict(lines, "index", columns=["rows", "a row is"])


def columns(place: stage_files.Place, stage: str, name: str) -> pd.DataFrame:
    """Give the columns of one such table: their types, and what they hold.

    Raises RequestError where the stage may not read it, or there is none that fits.
    """
    path = _paths(place, stage).get(name) or stage_files.find(place, name)
    lines = {
        column.name: (_type(column.type), _holds(name, column.name, place.request))
        for column in parquet.ParquetFile(path).schema_arrow
    }
    return pd.DataFrame.from_dict(lines, "index", columns=["type", "what it holds"])


def _paths(place: stage_files.Place, stage: str) -> dict[str, Path]:
    """Give the tables of earlier stages that fit, by name; the sealed ones left out."""
    folders = {
        earlier: stage_files.fitting(place, earlier)
        for earlier in STAGES[: STAGES.index(stage)]
    }
    paths = {
        name: folder / "restricted" / "data" / name
        for name, maker in MADE_BY.items()
        if (folder := folders.get(maker)) is not None
        and not (name == OUTCOMES or stage == "matching" and holds_outcomes(name))
    }
    return {name: path for name, path in paths.items() if path.exists()}


def _told(name: str) -> Described:
    return TABLES[Path(name).stem.replace(f"_{MADE_BY[name]}", "_<stage>")]


def _holds(name: str, column: str, request: AnyRequest) -> str:
    """Say what a column holds; one that the request names, by its label."""
    told = _told(name).columns.get(column)
    if told:
        return told
    need = "Assessed need: " if is_need(column) else ""
    return f"{need}{labels.variable(request, column)}"


def _type(of_column: pyarrow.DataType) -> str:
    return TYPES.get(str(of_column), str(of_column))
