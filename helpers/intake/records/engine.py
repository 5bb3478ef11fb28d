"""An open extract, whichever engine holds it: what the records of every engine give.

All that is asked of them is an ibis expression over `Records.tables`, so that every
engine gives the same numbers from the same code.
"""

import shutil
from abc import ABC, abstractmethod
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import ibis
import pandas as pd
import pyarrow as pa


@dataclass(eq=False)
class Records(ABC):
    """An open extract: its tables as ibis expressions, and the engine they live in.

    `tables` has no entry for an optional table that the extract lacks; `whole` has the
    same rows with every column that was sent. Use it as a context manager: when it
    closes, what it wrote for itself is removed and `until_closed` is left.
    """

    tables: dict[str, ibis.Table] = field(repr=False)
    connection: Any = field(repr=False)
    place: Path = field(repr=False)
    whole: dict[str, ibis.Table] = field(default_factory=dict, repr=False)
    until_closed: ExitStack = field(default_factory=ExitStack, repr=False)
    _made: int = field(default=0, repr=False)

    #: what the engine raises; its words may hold a person's row
    failed: ClassVar[tuple[type[Exception], ...]] = ()

    @abstractmethod
    def csv(self, file: Path, delimiter: str) -> ibis.Table:
        """Give a CSV file with a header, every value as text."""

    @abstractmethod
    def parquet(self, file: Path) -> ibis.Table:
        """Give a Parquet file with the types that it has."""

    @abstractmethod
    def converted(self, expression: ibis.Table, name: str) -> ibis.Table:
        """Work out an expression into a Parquet file of the engine's own."""

    @abstractmethod
    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Work out an expression once; what is asked of the result reads it back."""

    def once(self, expression: ibis.Table) -> ibis.Table:
        """Give what several parts of one expression ask, so that it is worked out once.

        Most engines see that by themselves.
        """
        return expression

    @abstractmethod
    def held(self, table: pa.Table) -> ibis.Table:
        """Give a small table as one of the engine's."""

    @abstractmethod
    def worked_out(self, expression: ibis.Table) -> pa.Table:
        """Give the rows of an expression, in any order."""

    @abstractmethod
    def ran_out(self, error: Exception) -> bool:
        """Tell whether this was raised because `engine.memory` is too little."""

    @abstractmethod
    def stop(self) -> None:
        """Stop the engine."""

    def local(self, frame: pd.DataFrame, days: tuple[str, ...] = ()) -> ibis.Table:
        """Give a small frame as a table of the engine; `days` names its date columns.

        Text columns stay text even if they are empty, and a date has no time.
        """
        table = pa.Table.from_pandas(frame, preserve_index=False)
        for i, column in enumerate(table.schema):
            kind = column.type
            if column.name in days:
                kind = pa.date32()
            elif pa.types.is_null(kind):
                kind = pa.string()
            cast = table.column(i).cast(kind, safe=False)
            table = table.set_column(i, column.name, cast)
        return self.held(table)

    def frame(self, expression: ibis.Table) -> pd.DataFrame:
        """Give the rows of an expression; dates as datetime64[us], text as str."""
        # each engine has kinds of its own for counts and sums
        kinds = expression.schema().to_pyarrow()
        table = self.worked_out(expression).cast(kinds)
        for i, column in enumerate(table.schema):
            if pa.types.is_date(column.type):
                days = table.column(i).cast(pa.timestamp("us"))
                table = table.set_column(i, column.name, days)
        return table.to_pandas()

    def close(self) -> None:
        """Stop the engine and remove every file that it wrote."""
        self.stop()
        self.until_closed.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self) -> str:
        self._made += 1
        return f"made_{self._made}"
