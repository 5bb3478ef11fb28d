"""How people are found in the records, and whose sentence can be used."""

from pydantic import (
    model_validator,
)

from helpers.request.values import (
    Names,
    Number,
    Part,
    Whole,
    choice,
    fault,
    key,
)


class Linkage(Part):
    """How people are found in the national records."""

    review_threshold: Number = key(
        "match probability from which a person must decide", 0.5, 0.5, gt=0, lt=1
    )


class Eligibility(Part):
    """Whose sentence can be used, the same for both groups, and how many are needed."""

    minimum_age: Whole = key("youngest age at the index date", 18, 10, ge=10, le=100)
    maximum_age: Whole | None = key(
        "oldest age at the index date", None, 25, ge=10, le=100
    )
    window_days: Whole = key(
        "days between the start of support and an index date, at most", 180, 180,
        ge=0, le=365,
    )  # fmt: skip
    sentence: choice("custody", "community", "any") = key(
        "which sentences are used: custody, community orders, or any", "any", "custody"
    )
    exclude_offence_groups: Names = key(
        "index offences that are not analysed", (), ["Sexual"]
    )
    minimum_people: Whole = key(
        "fewest treated people analysed for a headline", 60, 60, ge=1
    )
    assessment_within_days: Whole = key(
        "oldest OASys assessment that counts, in days before the cut-off", 730, 730,
        ge=1,
    )  # fmt: skip

    @model_validator(mode="after")
    def _ages(self) -> "Eligibility":
        if self.maximum_age is not None and self.maximum_age < self.minimum_age:
            raise fault(
                "has a maximum_age below minimum_age", "raise maximum_age, or lower "
                "minimum_age", f"{self.maximum_age} and {self.minimum_age}",
            )  # fmt: skip
        return self
