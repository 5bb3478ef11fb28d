"""What only a person can answer of the reporting standards."""

from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

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


#: the id of an item: what the analyst answers
Reporting = Annotated[
    dict[Annotated[str, AfterValidator(_item)], Text], BeforeValidator(mapped)
]
