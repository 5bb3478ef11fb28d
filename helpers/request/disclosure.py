"""How small numbers are protected."""

from pydantic import (
    model_validator,
)

from helpers.request.values import (
    Part,
    Text,
    Whole,
    choice,
    fault,
    key,
)


class Disclosure(Part):
    """How small numbers are protected."""

    profile: choice("default", "ministry", "rounded", "none") = key(
        "which counts are unsafe; none only for open data and made-up people",
        "default", "ministry",
    )  # fmt: skip
    threshold: Whole = key("counts below it are unsafe", 10, 10, ge=3, le=1000)
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
