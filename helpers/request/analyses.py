"""Who is compared with whom, and on which characteristics."""

from typing import Any

from pydantic import (
    model_validator,
)

from helpers.request.covariates.needs import NEEDS, is_need
from helpers.request.covariates.sets import SETS
from helpers.request.filters import Filter
from helpers.request.matching import Matching
from helpers.request.values import (
    LONGEST_NAME,
    Flag,
    Line,
    Names,
    Part,
    choice,
    complete,
    fault,
    key,
)


class Covariates(Part):
    """The characteristics on which both groups are made alike.

    A named set stands for its columns, with any of the request's own beside them. Of
    its needs those are taken that the cohort has, so that no list here names them.
    """

    set: choice(*SETS) | None = key(
        "a named set of columns, which may also stand alone for the block", None,
        "standard",
    )  # fmt: skip
    numeric: Names = key("columns that are numbers", (), ["age", "previous_offences"])
    categorical: Names = key("columns that are categories", (), ["sex", "region"])

    @classmethod
    def _written_short(cls, value: Any) -> Any:
        return {"set": value} if isinstance(value, str) else value

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, numeric first."""
        return self.numeric + self.categorical

    @property
    def of_set(self) -> tuple[str, ...]:
        """Those that stand in the named set, its needs left out."""
        named = SETS.get(self.set or "", ())
        return tuple(one.name for one in named if one not in NEEDS)

    @property
    def with_needs(self) -> bool:
        """Whether the named set has assessed needs (OASys)."""
        return set(NEEDS) <= set(SETS.get(self.set or "", ()))

    @model_validator(mode="after")
    def _some_once(self) -> "Covariates":
        for one in SETS.get(self.set or "", ()):
            own = getattr(self, one.kind)
            if one.name in self.of_set and one.name not in own:
                complete(self, one.kind, (*own, one.name))
        both = [name for name in self.numeric if name in self.categorical]
        if both:
            raise fault(
                "names a column as numeric and as categorical",
                "keep it in one of the two lists", ", ".join(both),
            )  # fmt: skip
        if not self.names:
            raise fault(
                "names no columns",
                "write for example numeric: [age], or set: standard",
                "",
            )
        return self


class Analysis(Part):
    """One comparison: its people and the covariates they are matched on."""

    name: Line = key(
        "name in the report", example="All people", max_length=LONGEST_NAME
    )
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
    oasys: choice("none", "ladder") = key(
        "ladder: estimate it three times, to tell what assessed needs (OASys) change: "
        "everyone without needs, those with an assessment without them, the same "
        "people with them", "none", "ladder",
    )  # fmt: skip
    matching: Matching | None = key(
        "how its comparison people are found, in place of the request's matching",
        None,
        {"method": "nearest", "ratio": 2},
    )

    @property
    def uses_needs(self) -> bool:
        """Whether it needs the assessed needs (OASys) that the cohort has."""
        return self.oasys == "ladder" or self.covariates.with_needs

    @model_validator(mode="after")
    def _needs_left_to_the_ladder(self) -> "Analysis":
        """Refuse needs in the first estimate of a ladder that takes them in last."""
        named = [n for n in (*self.covariates.names, *self.exact) if is_need(n)]
        if self.covariates.with_needs:
            named.append(f"set: {self.covariates.set}")
        if self.oasys == "ladder" and named:
            raise fault(
                "names needs (OASys) beside oasys: ladder, whose first estimate is "
                "without them",
                "delete them, or write set: standard; the last estimate has all needs "
                "of the records", ", ".join(named),
            )  # fmt: skip
        return self
