"""Kinds of value that a request holds, each with its own rule and message."""

import calendar
import difflib
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from helpers.request.reading.file import Plain

NUMBER = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
#: a text that is meant as a date
_DAY = re.compile(r"\d{4}-\d|\d\d?[./-]\d\d?[./-]\d{4}$")
WORDS = {"yes": True, "on": True, "true": True, "no": False, "off": False,
         "false": False}  # fmt: skip


def fault(rule: str, advice: str = "", found: str | None = None) -> PydanticCustomError:
    """Give a broken rule in the house's words; advice "" takes the key's example."""
    context = {"rule": rule, "advice": advice, "found": found}
    return PydanticCustomError("fault", "{rule}", context)


def key(
    description: str, default: Any = ..., example: Any = None, **limits: Any
) -> Any:
    """Give a key of a request: what it means, its default, an example, its limits."""
    examples = None if example is None else [example]
    return Field(default, description=description, examples=examples, **limits)


class Part(BaseModel):
    """A block of the request, frozen; a key without a value counts as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def _written_short(cls, value: Any) -> Any:
        """Tell what a single value in place of the block stands for."""
        return value

    @model_validator(mode="before")
    @classmethod
    def _keys(cls, value: Any) -> Any:
        value = cls._written_short(value)
        if not isinstance(value, Mapping):
            raise fault("must hold keys")
        return {
            str(name): item
            for name, item in value.items()
            if item is not None or str(name) not in cls.model_fields
        }


def complete(part: Part, name: str, value: Any) -> None:
    """Fill in what follows from the other keys of a block, before anyone reads it."""
    object.__setattr__(part, name, value)


def text(value: Any) -> str:
    """Take a text that is not empty; a truth value or number of YAML is refused."""
    if isinstance(value, bool):
        made = "yes, on or true" if value else "no, off or false"
        raise fault(
            "must be text", "put the word in quotes",
            f"{str(value).lower()}, which YAML makes of {made} without quotes",
        )  # fmt: skip
    if isinstance(value, int | float):
        raise fault("must be text", "put it in quotes, as it is meant to be read")
    if not isinstance(value, str):
        raise fault("must be one text" if value is not None else "is empty")
    written = str(value).strip()
    if not written:
        raise fault("is empty")
    if any(ord(sign) < 32 and sign not in "\n\t\r" for sign in written):
        raise fault("holds a control character", "type the text again", "")
    return written


def number(value: Any) -> int | float:
    """Take a number, also one that YAML leaves as text (1e-3); nothing is guessed."""
    if isinstance(value, str):
        text = value.strip()
        if not NUMBER.fullmatch(text):
            raise fault("must be a number", _asnumber(text))
        value = int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise fault("must be a number")
    if not math.isfinite(value):
        raise fault("must be a number")
    return value


def _asnumber(text: str) -> str:
    """Tell how a number in another spelling is written here."""
    if re.fullmatch(r"[-+]?\d*,\d{1,2}|[-+]?0,\d+", text):
        return f"write {text.replace(',', '.')}"
    if re.fullmatch(r"\d{1,3}([ ,_]\d{3})+", text):
        return f"write {re.sub('[ ,_]', '', text)}"
    if re.fullmatch(r"0\d+", text):
        return f"write {int(text)}"
    if re.fullmatch(r"[-+]?\d+(\.\d+)? ?%", text):
        return f"write {float(text.rstrip(' %')) / 100:g}"
    return ""


def _whole(value: Any) -> int:
    try:
        found = number(value)
    except PydanticCustomError as error:
        raise fault("must be a whole number", error.context["advice"]) from None
    if found != int(found):
        raise fault("must be a whole number")
    return int(found)


def _flag(value: Any) -> bool:
    if isinstance(value, Plain) and value.lower() in WORDS:
        return WORDS[value.lower()]
    if not isinstance(value, bool):
        raise fault("must be true or false", "write true or false, without quotes")
    return value


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    if not found:
        turned = re.fullmatch(r"(\d\d?)[./-](\d\d?)[./-](\d{4})", text)
        advice = ""
        if turned and int(turned[1]) > 12 >= int(turned[2]) > 0:
            advice = f'write "{turned[3]}-{int(turned[2]):02}-{int(turned[1]):02}"'
        raise fault("must be a date, written year-month-day", advice)
    year, month, day = map(int, found.groups())
    if not 1 <= month <= 12 or year == 0:
        raise fault("is not a date")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise fault("is not a date", f'write for example "{year}-{month:02}-{last}"')
    return date(year, month, day)


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
    dated = isinstance(value, str) and _DAY.match(value.strip())
    try:
        if dated or isinstance(value, date):
            return _day(value).isoformat()
        return number(value)
    except PydanticCustomError as error:
        rule = error.context["rule"] if dated else "must be a number or a date"
        advice = error.context["advice"] or (
            'write for example "2026-06-25"' if dated else ""
        )
        raise fault(rule, advice) from None


def listed(value: Any) -> list[Any]:
    """Take a list; a single text is none."""
    if isinstance(value, str):
        raise fault("must be a list", f"write [{value}]")
    if not isinstance(value, list | tuple):
        raise fault("must be a list")
    return list(value)


def mapped(value: Any) -> dict[str, Any]:
    """Take a block whose keys are names of the user's own, such as columns."""
    if not isinstance(value, Mapping):
        raise fault("must hold keys")
    return {str(name): item for name, item in value.items()}


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise fault("names one twice", "keep each once", ", ".join(twice))
    return values


def _some(value: Any) -> list[Any]:
    values = list(value) if isinstance(value, list | tuple) else [value]
    if not values:
        raise fault("is an empty list", "write the values that are kept", "")
    return values


def choice(*options: str) -> Any:
    """Give the type of a key that takes one of a few words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in options:
            words = f"{', '.join(options[:-1])} or {options[-1]}"
            raise fault(f"must be {words}", near(str(value), options))
        return str(value)

    return Annotated[Literal[options], BeforeValidator(check)]


def near(word: str, options: tuple[str, ...]) -> str:
    """Give a question that names the option meant, or an invitation to choose."""
    plain = {option.lower(): option for option in options}
    found = difflib.get_close_matches(word.strip().lower(), plain, 1, 0.6)
    return f"did you mean {plain[found[0]]}?" if found else "choose one of them"


Text = Annotated[str, BeforeValidator(text)]
Number = Annotated[float, BeforeValidator(number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
Value = Annotated[str | int | float, BeforeValidator(_value)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Names = Annotated[Texts, AfterValidator(_once)]
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
