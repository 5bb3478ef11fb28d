"""The people of a request: made up, or a ready cohort in a file."""

from pathlib import PurePath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    model_validator,
)

from helpers.request.values import (
    Number,
    Part,
    Text,
    Whole,
    fault,
    key,
    mapped,
)


class MadeUp(Part):
    """A cohort of made-up people."""

    people: Whole = key(
        "all the made-up people, pool and submitted", example=6000, ge=2, le=2_000_000
    )
    submitted: Whole = key(
        "how many of them are on the provider's list", example=480, ge=1
    )
    effect: Number = key(
        "true effect on the rate, as a proportion; -0.08 is 8 points fewer",
        0, -0.08, gt=-1, lt=1,
    )  # fmt: skip
    seed: Whole = key("the same seed makes the same people", 1, 1, ge=0, lt=2**32)

    @model_validator(mode="after")
    def _leave_a_pool(self) -> "MadeUp":
        if self.submitted >= self.people:
            raise fault(
                "must have fewer people submitted than people", "raise people",
                f"submitted {self.submitted}, people {self.people}",
            )  # fmt: skip
        return self


class Label(Part):
    """How the report names a column, and the values it holds."""

    label: Text = key("the column's name in the report", example="Felony sentence")
    levels: Annotated[dict[Text, Text], BeforeValidator(mapped)] = key(
        "value as it stands in the data: its name in the report", {},
        {"0": "no", "1": "yes"},
    )  # fmt: skip

    @classmethod
    def _written_short(cls, value: Any) -> Any:
        return {"label": value} if isinstance(value, str) else value


def _table(path: str) -> str:
    if PurePath(path).suffix.lower() not in (".csv", ".parquet"):
        raise fault("must be a .csv or .parquet file")
    return path


def _no_twice(columns: dict[str, str]) -> dict[str, str]:
    theirs = list(columns.values())
    twice = sorted({name for name in theirs if theirs.count(name) > 1})
    if twice:
        raise fault(
            "gives one column of the file two names", "keep one", ", ".join(twice)
        )
    return columns


Renames = Annotated[
    dict[Text, Text], BeforeValidator(mapped), AfterValidator(_no_twice)
]


class Inputs(Part):
    """The people: made up, or a ready cohort in a file."""

    made_up: MadeUp | None = key("made-up people", None)
    cohort: Annotated[Text, AfterValidator(_table)] | None = key(
        "a ready cohort, CSV or Parquet, one row a person", None,
        "params/data/cohort.csv",
    )  # fmt: skip
    columns: Renames = key(
        "names of columns, the kit's: the file's", {}, {"person_id": "ID"}
    )
    labels: Annotated[dict[Text, Label], BeforeValidator(mapped)] = key(
        "names of columns and values in the report", {},
        {"tserved": "Time served (months)"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _one_source(self) -> "Inputs":
        if self.made_up and self.cohort:
            raise fault("must hold made_up or cohort, not both", "delete one of them")
        if not self.made_up and not self.cohort:
            raise fault(
                "must hold made_up or cohort",
                "write for example cohort: params/data/cohort.csv",
            )
        if self.made_up and self.columns:
            raise fault("has columns for made-up people", "delete columns", "")
        return self
