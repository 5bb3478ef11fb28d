"""Numbers put in place of the refs of a recipe."""

from collections.abc import Mapping
from typing import Any

from helpers.publication.facts.counted import COUNTED, how_many
from helpers.publication.facts.doubts import Bar, Rung, Strength, Way
from helpers.publication.facts.groups import Balance, Band, Bin, Step
from helpers.publication.facts.in_tables import (
    Finding,
    Interval,
    Kept,
    Note,
    Printed,
    Size,
    Sources,
    Varies,
)
from helpers.publication.facts.measure import Measure, Moment
from helpers.publication.facts.published import (
    Added,
    Counted,
    CountedYear,
    Result,
    Taken,
)
from helpers.publication.numbers import Number, Place

#: how a recipe names them
FACTS: dict[str, type] = {
    "measure": Measure,
    "result": Result,
    "taken": Taken,
    "added": Added,
    "counted": Counted,
    "counted in a year": CountedYear,
    "step": Step,
    "band": Band,
    "bin": Bin,
    "balance": Balance,
    "rung": Rung,
    "way": Way,
    "interval": Interval,
    "finding": Finding,
    "kept": Kept,
    "printed": Printed,
    "note": Note,
    "varies": Varies,
    "sources": Sources,
    "moment": Moment,
    "size": Size,
    "bar": Bar,
    "strength": Strength,
}


#: the number of a part of a list without which the part is left out, and the part
#: itself where it is no mapping
WHERE_SHOWN, PART = "where_shown", "part"


def resolve(
    recipe: Any,
    numbers: Mapping[str, float | str | None],
    places: Mapping[str, str] | None = None,
) -> Any:
    """Put numbers in place of the refs of a recipe; an absent ref is withheld.

    `places` gives the number of each table and figure by its key ("Table 3"). What a
    recipe says only where some numbers are shown (`blocks.told`) becomes plain text.
    """
    if isinstance(recipe, dict):
        if "see" in recipe:
            return Place(recipe["see"], (places or {}).get(recipe["see"], ""))
        if "said" in recipe:
            needs = resolve(recipe["needs"], numbers)
            hidden = any(number.state == "c" for number in needs)
            return recipe["otherwise" if hidden else "said"]
        if COUNTED in recipe:
            return Number(recipe[COUNTED], how_many(recipe, numbers))
        if PART in recipe:
            return resolve(recipe[PART], numbers, places)
        if "ref" in recipe:
            ref, format_ = recipe["ref"], recipe.get("format", "count")
            if ref not in numbers:
                return Number(ref, None, format_, "c")
            value = numbers[ref]
            return Number(ref, value, format_, "z" if value is None else "shown")
        parts = {
            key: resolve(part, numbers, places)
            for key, part in recipe.items()
            if key != WHERE_SHOWN
        }
        fact = parts.pop("fact", None)
        return FACTS[fact](**parts) if fact else parts
    if isinstance(recipe, list):
        return [resolve(p, numbers, places) for p in recipe if _stands(p, numbers)]
    return recipe


def _stands(part: Any, numbers: Mapping[str, float | str | None]) -> bool:
    """Tell whether a part of a list stands: some do only where a number is shown."""
    if not (isinstance(part, dict) and WHERE_SHOWN in part):
        return True
    return numbers.get(part[WHERE_SHOWN]["ref"]) is not None
