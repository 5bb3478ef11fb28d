"""How small numbers are protected."""

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from helpers.request.values import (
    Part,
    Text,
    choice,
    complete,
    fault,
    key,
    whole,
)

#: of the profile rounded: its own threshold, and what other counts are rounded to
ROUNDED, ROUND_TO = 8, 5
LEAST = 3


def _threshold(value: Any) -> int:
    count = whole(value)
    if count < LEAST:
        raise fault(
            f"must be {LEAST} or more: of two people each knows of the other what is "
            "told of both"
        )
    return count


class Disclosure(Part):
    """How small numbers are protected."""

    profile: choice("default", "ministry", "rounded", "none") = key(
        "which counts are unsafe; none only for open data and made-up people",
        "default", "ministry",
    )  # fmt: skip
    threshold: Annotated[int, BeforeValidator(_threshold)] = key(
        "counts below it are unsafe; not with profile rounded", 10, 10,
        ge=LEAST, le=1000,
    )  # fmt: skip
    reason: Text | None = key(
        "why nothing is withheld (profile none)", None, "The data are open."
    )

    @model_validator(mode="after")
    def _reason(self) -> "Disclosure":
        if self.profile == "none" and not self.reason:
            raise fault(
                "needs a reason with profile none", 'write for example reason: "The '
                'data are open and hold no names."', "",
            )  # fmt: skip
        return self

    @model_validator(mode="after")
    def _of_rounded(self) -> "Disclosure":
        if self.profile != "rounded":
            return self
        if "threshold" in self.model_fields_set and self.threshold != ROUNDED:
            raise fault(
                "has a threshold with profile rounded, which hides counts of "
                f"{ROUNDED - 1} or fewer", "take threshold out",
                f"threshold {self.threshold}",
            )  # fmt: skip
        complete(self, "threshold", ROUNDED)
        return self
