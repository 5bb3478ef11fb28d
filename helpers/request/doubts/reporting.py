"""What only a person can answer of the reporting standards."""

from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from helpers.request.doubts.items import items
from helpers.request.values import Text, fault, mapped

#: how alike an id must be for it to be taken for the one meant
ALIKE = 0.6


def _item(name: str) -> str:
    ids = [item.id for item in items()]
    if name not in ids:
        ratio, _, meant = max(
            (SequenceMatcher(None, name, id).ratio(), len(commonprefix([name, id])), id)
            for id in ids
        )
        advice = f"did you mean {meant}?"
        if ratio < ALIKE:
            advice = "params/README.md says where they stand"
        raise fault("is not an item of a reporting standard", advice, "")
    return name


def _coded(answers: dict[str, str]) -> dict[str, str]:
    """Take answers that begin with one of the scale of their item, if it has any."""
    wrong = [
        InitErrorDetails(type=_begins(item.scale), loc=(item.id,), input=answer)
        for item in items()
        if (answer := answers.get(item.id)) and item.scale and not item.code(answer)
    ]
    if wrong:
        raise ValidationError.from_exception_data("reporting", wrong)
    return answers


def _begins(scale: str) -> PydanticCustomError:
    codes = scale.split()
    rule = f"must begin with one of {', '.join(codes)}"
    return fault(rule, f'such as "{codes[0]}: why"')


#: the id of an item: what the analyst answers
Reporting = Annotated[
    dict[Annotated[str, AfterValidator(_item)], Text],
    BeforeValidator(mapped),
    AfterValidator(_coded),
]
