"""The blocks of a request that set the analyses: who, on what, how, which outcomes."""

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from helpers.request.values import (
    Filter,
    Flag,
    Names,
    Number,
    Part,
    Text,
    Whole,
    choice,
    fault,
    key,
    number,
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

    name: Text = key("name in the report", example="All people")
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


class SpreadCaliper(Part):
    """A caliper in standard deviations of the distance."""

    sd: Number = key("how many standard deviations", example=0.05, gt=0, le=5)
    of: choice("pooled", "all") = key(
        "pooled: of both groups; all: of all people together", "pooled", "pooled"
    )


def _caliper_form(value: Any) -> str:
    return "(number)" if not isinstance(value, dict | SpreadCaliper) else "(sd)"


def _number_or_spread(value: Any) -> Any:
    try:
        return number(value)
    except PydanticCustomError as error:
        raise fault("must be a number or {sd, of}", error.context["advice"]) from None


Caliper = Annotated[
    Annotated[float, BeforeValidator(_number_or_spread), Field(gt=0), Tag("(number)")]
    | Annotated[SpreadCaliper, Tag("(sd)")],
    Discriminator(_caliper_form),
    AfterValidator(lambda c: c.model_dump() if isinstance(c, SpreadCaliper) else c),
    PlainSerializer(lambda c: c),
]


class Matching(Part):
    """How comparison people are found for each treated person."""

    method: choice("radius", "nearest") = key(
        "radius: all within the caliper; nearest: the closest ones", "radius", "nearest"
    )
    distance: choice("propensity", "logit", "odds") = key(
        "scale on which people are close", "logit", "propensity"
    )
    caliper: Caliper | None = key(
        "largest distance, a number or {sd, of}; left out: 0.05 of the pooled standard "
        "deviation, wider if that balances poorly (radius), none (nearest)",
        None, 0.05,
    )  # fmt: skip
    ratio: Whole = key(
        "comparison people for each treated (nearest)", 1, 2, ge=1, le=100
    )
    replacement: Flag = key(
        "whether one comparison person may serve several treated (nearest)", True, False
    )
    order: choice("largest", "smallest", "closest") = key(
        "who chooses first (nearest without replacement)", "largest", "closest"
    )
    common_support: choice("none", "range") = key(
        "range: leave out treated people with scores outside the pool's", "none",
        "range",
    )  # fmt: skip
    accept_wide: Flag = key(
        "use a caliper even if it is wider than the method allows", False, True
    )

    @property
    def named_caliper(self) -> bool:
        """Whether the request names its caliper."""
        return self.caliper is not None

    @property
    def calipers(self) -> list[float | dict[str, Any] | None]:
        """The calipers to try, in this order; the first that is not poor is used."""
        if self.caliper is not None:
            return [self.caliper]
        if self.method == "nearest":
            return [None]
        return [{"sd": width, "of": "pooled"} for width in (0.05, 0.1, 0.2)]

    @model_validator(mode="after")
    def _in_force(self) -> "Matching":
        """Refuse a setting that the method would silently ignore."""
        if self.method == "radius":
            idle = {"ratio": 1, "replacement": True, "order": "largest"}
            needs = "method: nearest"
        else:
            idle = {"order": "largest"} if self.replacement else {}
            needs = "replacement: false"
        for name, default in idle.items():
            if getattr(self, name) != default:
                raise fault(
                    f"has a key without effect, {name}",
                    f"delete {name}, or write {needs}", "",
                )  # fmt: skip
        return self


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


class Disclosure(Part):
    """How small numbers are protected."""

    profile: choice("default", "ministry", "none") = key(
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
