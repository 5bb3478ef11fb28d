"""Something hidden that is as strong as what was measured, in sentences."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, escape
from helpers.publication.wording.intervals import SIDES, sized


def hidden_bias(data: dict[str, Any]) -> str:
    """Say what a hidden difference would do that is as strong as the strongest group.

    Of the groups whose numbers are shown; nothing where none are.
    """
    told = [group for group in data["groups"] if _known(group)]
    if not told:
        return ""
    most = max(told, key=lambda group: abs(group["moved"].value))
    parts = [_would(most, data)]
    if len(told) > 1:
        parts.append(
            "None of the others moves it further." if len(told) == len(data["groups"])
            else "None of the others that are shown moves it further."
        )  # fmt: skip
    whose = f"{escape(data['analysis'])}: " if data["analysis"] else ""
    return f"<p>{whose}{' '.join(parts)}</p>"


def _known(group: dict[str, Any]) -> bool:
    numbers = (group["moved"], group["ci_low"], group["ci_high"])
    return all(n.state == "shown" and n.value is not None for n in numbers)


def _would(group: dict[str, Any], data: dict[str, Any]) -> str:
    measure, low, high = data["measure"], group["ci_low"], group["ci_high"]
    label = group["label"]
    if label[1:2].islower():
        label = label[:1].lower() + label[1:]
    said = (
        f"A hidden difference between the groups as strong as {escape(label)} would "
        f"move the difference by {_size(group['moved'], measure)} "
        f"{escape(data['per'])}. "
    )
    holds = low.value > 0 or high.value < 0
    if not holds:
        return f"{said}The interval would then reach no difference, or beyond."
    near, far = (high, low) if high.value < 0 else (low, high)
    side = SIDES[measure.kind][far.value > 0]
    return (
        f"{said}The interval would still exclude no difference: it would be "
        f"{near.size.html} to {far.size.html} {side}."
    )


def _size(number: Number, measure: Measure) -> str:
    if measure.kind == "amount":
        return sized(number, "amount", unit=measure.unit)
    return number.size.html
