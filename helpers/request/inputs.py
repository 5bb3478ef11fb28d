"""The people of a request: made up, a ready cohort, or a submission and records."""

from pathlib import PurePath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    model_validator,
)

from helpers.request.values import (
    Day,
    Line,
    Number,
    Part,
    Text,
    Whole,
    choice,
    fault,
    key,
    mapped,
)


class MadeUp(Part):
    """Made-up national records, and a provider's list of some of their people."""

    people: Whole = key(
        "people in the made-up national records", example=20000, ge=100, le=2_000_000
    )
    submitted: Whole = key("lines of the provider's list", example=600, ge=1)
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

    label: Line = key("the column's name in the report", example="Felony sentence")
    levels: Annotated[dict[Text, Line], BeforeValidator(mapped)] = key(
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


def _list(path: str) -> str:
    if PurePath(path).suffix.lower() not in (".xlsx", ".csv"):
        raise fault("must be an .xlsx or .csv file")
    return path


def _decisions(path: str) -> str:
    if PurePath(path).suffix.lower() != ".csv":
        raise fault("must be a .csv file")
    return path


Renames = Annotated[
    dict[Text, Text], BeforeValidator(mapped), AfterValidator(_no_twice)
]


class Inputs(Part):
    """The people: made up, a ready cohort, or a submission and national records."""

    made_up: MadeUp | None = key("made-up people", None)
    cohort: Annotated[Text, AfterValidator(_table)] | None = key(
        "a ready cohort, CSV or Parquet, one row a person", None,
        "params/data/cohort.csv",
    )  # fmt: skip
    submission: Annotated[Text, AfterValidator(_list)] | None = key(
        "the provider's list, .xlsx or .csv", None, "/secure/list.xlsx"
    )
    extract: Text | None = key(
        "folder with the tables of the national records", None, "/secure/extract"
    )
    records_complete_to: Day | None = key(
        "last day up to which the records are complete", None, "2025-06-30"
    )
    decisions: Annotated[Text, AfterValidator(_decisions)] | None = key(
        "what a person decided on the review list, CSV", None, "/secure/decisions.csv"
    )
    repeated_rows: choice("keep", "drop") | None = key(
        "rows of the extract that repeat another in every column: keep them, as "
        "offences of their own, or drop them",
        None, "drop",
    )  # fmt: skip
    columns: Renames = key(
        "names of columns, the kit's: the file's", {}, {"person_id": "ID"}
    )
    labels: Annotated[dict[Text, Label], BeforeValidator(mapped)] = key(
        "names of columns and values in the report", {},
        {"tserved": "Time served (months)"},
    )  # fmt: skip

    @property
    def from_records(self) -> bool:
        """Whether people are looked up in national records, real or made-up."""
        return self.cohort is None

    @model_validator(mode="after")
    def _one_source(self) -> "Inputs":
        given = [n for n in ("made_up", "cohort", "submission") if getattr(self, n)]
        if not given:
            raise fault(
                "must hold submission, cohort or made_up",
                "write for example submission: /secure/list.xlsx",
            )
        if len(given) > 1:
            raise fault(
                f"must hold {' or '.join(given)}, not both", "delete one of them", ""
            )
        self._with_submission()
        if self.made_up and self.columns:
            raise fault("has columns for made-up people", "delete columns", "")
        return self

    def _with_submission(self) -> None:
        """Refuse a submission without what it needs, and that without a submission."""
        beside = ("extract", "records_complete_to", "decisions", "repeated_rows")
        have = [name for name in beside if getattr(self, name)]
        if not self.submission and have:
            raise fault(
                f"has {' and '.join(have)} without a submission",
                "write submission: with the path of the provider's list, or delete "
                f"{' and '.join(have)}", "",
            )  # fmt: skip
        missing = [name for name in beside[:2] if name not in have]
        if self.submission and missing:
            raise fault(
                f"has a submission without {' and '.join(missing)}",
                "write extract: with the folder of the national records, and "
                'records_complete_to: with a day such as "2025-06-30"', "",
            )  # fmt: skip
