"""Which columns tell something that those before them do not."""

import warnings
from collections.abc import Sequence

import numpy as np

from helpers.matching.fitting.columns import ROWS, Column, Columns

COLLINEAR = 1e-7  # share of a column's spread that earlier columns must leave over
SURE = 1e-4  # so much left over is seen in sums of products too, which round squares


class ColumnDropped(UserWarning):
    """A covariate that tells nothing new was left out of the propensity model."""


def varying(columns: Sequence[Column], people: int) -> Columns:
    """Give the columns in which people differ; warn of each other."""
    for column in columns:
        if not column.varies:
            _dropped(column.name, "is the same for everyone")
    return Columns([column for column in columns if column.varies], people)


def informative(columns: Columns, products: np.ndarray) -> Columns:
    """Give the columns that tell something new; warn of each that is dropped.

    `products` are the means of the columns times one another, the constant first: where
    they show that all are needed, nothing else is looked at.
    """
    if _surely(products):
        return columns
    kept = _kept(_triangle(columns))
    for i, column in enumerate(columns.each):
        if i not in kept:
            _dropped(column.name, "follows from the columns before it")
    return Columns([columns.each[i] for i in kept], columns.people)


def _surely(products: np.ndarray) -> bool:
    try:
        return bool(np.linalg.cholesky(products).diagonal().min() > SURE)
    except np.linalg.LinAlgError:
        return False


def _triangle(columns: Columns) -> np.ndarray:
    """Give the triangle of a QR: the geometry of the columns in as many rows."""
    triangle = np.empty((0, len(columns.each)))
    for rows in columns.steps(max(ROWS, 4 * columns.size)):
        block = columns.laid_out(columns.each, rows)
        triangle = np.linalg.qr(np.vstack([triangle, block]), mode="r")
    return triangle / np.sqrt(columns.people)


def _kept(triangle: np.ndarray) -> list[int]:
    """Give the columns that those before them leave something over of."""
    basis, kept = np.empty((triangle.shape[0], 0)), []
    for place in range(triangle.shape[1]):
        rest = triangle[:, place]
        for _ in range(2):  # once more takes out what rounding left
            rest = rest - basis @ (basis.T @ rest)
        length = np.linalg.norm(rest)
        if length > COLLINEAR:
            basis = np.column_stack([basis, rest / length])
            kept.append(place)
    return kept


def _dropped(name: str, why: str) -> None:
    text = f"{name} {why} and was left out of the propensity model"
    warnings.warn(text, ColumnDropped, stacklevel=5)
