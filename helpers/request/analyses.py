"""Who is compared with whom, and on which characteristics."""

from pydantic import (
    model_validator,
)

from helpers.request.filters import Filter
from helpers.request.matching import Matching
from helpers.request.values import (
    Flag,
    Line,
    Names,
    Part,
    fault,
    key,
)


class Covariates(Part):
    """The characteristics on which both groups are made alike."""

    numeric: Names = key("columns that are numbers", (), ["age", "previous_offences"])
    categorical: Names = key("columns that are categories", (), ["sex", "region"])

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, numeric first."""
        return self.numeric + self.categorical

    @model_validator(mode="after")
    def _some_once(self) -> "Covariates":
        both = [name for name in self.numeric if name in self.categorical]
        if both:
            raise fault(
                "names a column as numeric and as categorical",
                "keep it in one of the two lists", ", ".join(both),
            )  # fmt: skip
        if not self.names:
            raise fault(
                "names no columns",
                "write for example numeric: [age]",
                "",
            )
        return self


class Analysis(Part):
    """One comparison: its people and the covariates they are matched on."""

    name: Line = key("name in the report", example="All people")
    headline: Flag = key(
        "whether main points show it; an only analysis is the headline", False, True
    )
    filter: Filter = key("who is kept, in both groups", {}, {"sex": ["F"]})
    treatment_filter: Filter = key(
        "who is kept in the treatment group", {}, {"completed": ["yes"]}
    )
    pool: Filter = key(
        "who is kept in the comparison pool", {}, {"region": ["North West"]}
    )
    covariates: Covariates = key(
        "what both groups are matched on",
        example={"numeric": ["age"], "categorical": ["sex"]},
    )
    exact: Names = key("columns that matched people must share", (), ["sex"])
    matching: Matching | None = key(
        "how its comparison people are found, in place of the request's matching",
        None,
        {"method": "nearest", "ratio": 2},
    )
