"""What stands beside a finding and changes what may be made of it, in a sentence."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.wording.beside.precision import within_margin
from helpers.publication.wording.beside.sites import by_place
from helpers.publication.wording.robustness.estimators import not_borne_out


def qualified(measure: Measure, data: dict[str, Any]) -> str:
    """Give what follows the finding of a measure, with a space before it; or nothing.

    Where people helped in one place are taken together and the finding changes, where
    most other ways of comparing do not bear it out, and where the whole interval lies
    within the margin of the request.
    """
    beside = _beside(measure, data)
    said = [in_brief(measure, data)]
    if "ways" in beside:
        said.append(not_borne_out(measure, beside["ways"], beside["figure"]))
    said.append(within_margin(beside))
    return "".join(f" {sentence}" for sentence in said if sentence)


def in_brief(measure: Measure, data: dict[str, Any]) -> str:
    """Say how the finding changes by place; empty where it does not."""
    beside = _beside(measure, data)
    if "by_site" not in beside:
        return ""
    return by_place(measure, beside["by_site"], beside["table"])


def _beside(measure: Measure, data: dict[str, Any]) -> dict[str, Any]:
    """Give what stands beside a measure: its second interval, its margin."""
    of = data.get("beside", {}).get(measure.outcome, {})
    return {"measure": measure, "noun": data["noun"], "beside_margin": "", **of}
