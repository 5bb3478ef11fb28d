"""What only a person can answer of the reporting standards."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from helpers.request.doubts.items import items
from helpers.request.values import Text, fault, mapped, near


def _item(name: str) -> str:
    ids = tuple(item.id for item in items())
    if name not in ids:
        found = near(name, ids)
        advice = (
            found if "?" in found else "params/README.md says where they are listed"
        )
        raise fault("is not an item of a reporting standard", advice, "")
    return name


#: the id of an item: what the analyst answers
Reporting = Annotated[
    dict[Annotated[str, AfterValidator(_item)], Text], BeforeValidator(mapped)
]
