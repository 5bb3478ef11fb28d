"""The blocks of a request that are fine alone, between which rules are held."""

from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from helpers.request.analyses import Analysis
from helpers.request.outcomes import Outcome
from helpers.request.sharing import Source
from helpers.request.values import Part

#: lists of which each item is looked at alone
ITEMS = {"analyses": Analysis, "outcomes": Outcome, "sources": Source}


def known(model: type[Part], raw: dict[str, Any]) -> dict[str, Any]:
    """Give the blocks that are fine alone; of a list, the items by their number."""
    fine: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        value = raw.get(name)
        if value is None:
            if not field.is_required():
                fine[name] = field.default
        elif name in ITEMS and isinstance(value, list | tuple):
            items = [_valid(_adapter(ITEMS[name]), item) for item in value]
            fine[name] = {n: item for n, item in enumerate(items) if item is not None}
        else:
            block = _valid(_adapter(field.annotation, tuple(field.metadata)), value)
            if block is not None:
                fine[name] = block
    return fine


@cache
def _adapter(annotation: Any, metadata: tuple = ()) -> TypeAdapter:
    return TypeAdapter(Annotated[annotation, *metadata] if metadata else annotation)


def _valid(adapter: TypeAdapter, value: Any) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None
