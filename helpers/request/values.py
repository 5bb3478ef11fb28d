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
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from helpers.request.reading.file import Plain
from helpers.request.reading.symbols import symbol, turns

NUMBER = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
#: no number of a request is as large; it is one that a computer can still divide
LARGEST = 1e300
#: signs of a name that files are named after; a file's may have 255
LONGEST_NAME = 180
#: signs of a name, a label or another line, which stand within sentences and tables
LONGEST_LINE = 500
#: a text that is meant as a date
DAY = re.compile(r"\d{4}-\d|\d\d?[./-]\d\d?[./-]\d{4}$")
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
    sign = symbol(written)
    if sign:
        raise fault(
            f"must not be {sign}, which stands for a number that is not shown",
            "write it in words",
        )
    return written


def number(value: Any) -> int | float:
    """Take a number, also one that YAML leaves as text (1e-3); nothing is guessed."""
    if isinstance(value, str):
        text = value.strip()
        if not NUMBER.fullmatch(text):
            raise fault("must be a number", _asnumber(text))
        whole = re.fullmatch(r"[-+]?\d{1,300}", text)
        value = int(text) if whole else float(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise fault("must be a number")
    if abs(value) >= LARGEST or not math.isfinite(value):
        raise fault("must be a number below 10^300")
    return value


def _asnumber(text: str) -> str:
    """Tell how a number in another spelling is written here."""
    if re.fullmatch(r"[-+]?\d*,\d{1,2}|[-+]?0,\d+", text):
        return f"write {text.replace(',', '.')}"
    if re.fullmatch(r"\d{1,3}([ ,_]\d{3})+", text):
        return f"write {re.sub('[ ,_]', '', text)}"
    if re.fullmatch(r"0\d+", text):
        return f"write {text.lstrip('0') or 0}"
    if re.fullmatch(r"[-+]?\d+(\.\d+)? ?%", text):
        return f"write {float(text.rstrip(' %')) / 100:g}"
    return ""


def whole(value: Any) -> int:
    """Take a whole number, also one that is written 10.0."""
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


def day(value: Any) -> date:
    """Take a date, written year-month-day; nothing else is guessed."""
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
    return {short(str(name)): item for name, item in value.items()}


def once(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list that names one thing twice."""
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise fault("names one twice", "keep each once", ", ".join(twice))
    return tuple(map(short, values))


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


def short(said: str) -> str:
    """Take a line that has its place within a sentence."""
    if len(said) > LONGEST_LINE:
        raise fault(f"must have {LONGEST_LINE} characters at most", "say it in fewer")
    return said


def line(value: Any) -> str:
    """Take a text as one line: a name or a label stands within sentences."""
    said = short(re.sub(r"\s+", " ", text(value)))
    sign = turns(said)
    if sign:
        raise fault(
            "holds a sign that changes the direction of writing, which could turn "
            "what stands after it around", "take it out", sign,
        )  # fmt: skip
    return said


def words(value: Any) -> str:
    """Take a line that holds a letter: within a sentence figures would be misread."""
    said = line(value)
    if not any(sign.isalpha() for sign in said):
        raise fault("must hold a letter", "write it in words")
    return said


Text = Annotated[str, BeforeValidator(text)]
Line = Annotated[str, BeforeValidator(line)]
Words = Annotated[str, BeforeValidator(words)]
Number = Annotated[float, BeforeValidator(number)]
Whole = Annotated[int, BeforeValidator(whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(day)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
Names = Annotated[Texts, AfterValidator(once)]
