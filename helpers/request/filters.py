"""Filters of an analysis: values of columns that are kept, or ranges of them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Discriminator,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from helpers.request.reading.file import Plain
from helpers.request.values import (
    DAY,
    NUMBER,
    Part,
    Text,
    day,
    fault,
    key,
    mapped,
    number,
    text,
)


def _value(value: Any) -> str | int | float:
    """Take a value as it stands in a column of the cohort."""
    if isinstance(value, bool):
        text(value)
    if isinstance(value, Plain) and value and NUMBER.fullmatch(value):
        return number(value)
    if isinstance(value, int | float):
        return number(value)
    return text(value)


def _end(value: Any) -> int | float | str:
    """Take an end of a range: a number, or a date as year-month-day."""
    dated = isinstance(value, str) and DAY.match(value.strip())
    try:
        if dated or isinstance(value, date):
            return day(value).isoformat()
        return number(value)
    except PydanticCustomError as error:
        rule = error.context["rule"] if dated else "must be a number or a date"
        advice = error.context["advice"] or (
            'write for example "2026-06-25"' if dated else ""
        )
        raise fault(rule, advice) from None


def _some(value: Any) -> list[Any]:
    values = list(value) if isinstance(value, list | tuple) else [value]
    if not values:
        raise fault("is an empty list", "write the values that are kept", "")
    return values


Value = Annotated[str | int | float, BeforeValidator(_value)]
ONE_OR_MORE = {
    "anyOf": [{"type": ["string", "number"]},
              {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1}]
}  # fmt: skip
Values = Annotated[list[Value], BeforeValidator(_some), WithJsonSchema(ONE_OR_MORE)]
End = Annotated[
    int | float | str,
    BeforeValidator(_end),
    WithJsonSchema({"type": ["number", "string"]}),
]


class Range(Part):
    """The values from one to another, both included; one end may be left open."""

    start: End | None = key("lowest value that is kept", None, 18, alias="from")
    to: End | None = key("highest value that is kept", None, 25)

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        start, to = self.start, self.to
        if start is None and to is None:
            raise fault("has no range", "write for example {from: 18, to: 25}", "")
        if start is None or to is None:
            return self
        if isinstance(start, str) != isinstance(to, str):
            raise fault(
                "mixes a number and a date", "give both ends as the column holds them",
                f"from {start}, to {to}",
            )  # fmt: skip
        if start > to:
            raise fault("has from above to", "swap them", f"from {start}, to {to}")
        return self

    @property
    def of_dates(self) -> bool:
        """Whether its ends are dates, written year-month-day, and not numbers."""
        return isinstance(self.start if self.to is None else self.to, str)


def _kept_form(value: Any) -> str:
    return "(range)" if isinstance(value, Mapping | Range) else "(values)"


Kept = Annotated[
    Annotated[Values, Tag("(values)")] | Annotated[Range, Tag("(range)")],
    Discriminator(_kept_form),
]
Filter = Annotated[dict[Text, Kept], BeforeValidator(mapped)]
