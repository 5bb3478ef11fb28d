"""How comparison people are found for each treated person."""

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

from helpers.request.limits import WIDEST
from helpers.request.values import (
    Flag,
    Number,
    Part,
    Whole,
    choice,
    fault,
    key,
    number,
)

#: the default calipers of radius matching, in pooled standard deviations, in the order
#: in which they are tried
WIDTHS = (0.05, 0.1, 0.2)
#: the default bandwidth of kernel matching, in units of the distance
BANDWIDTH = 0.06


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

    method: choice("radius", "nearest", "kernel") = key(
        "radius: all within the caliper; nearest: the closest ones; kernel: all within "
        "the bandwidth, the closer the more", "radius", "nearest",
    )  # fmt: skip
    distance: choice("propensity", "logit", "odds") = key(
        "scale on which people are close", "logit", "propensity"
    )
    caliper: Caliper | None = key(
        f"largest distance, a number or {{sd, of}}; left out: {WIDTHS[0]} of the "
        "pooled standard deviation, wider if that balances poorly (radius), none "
        "(nearest)",
        None, 0.05,
    )  # fmt: skip
    bandwidth: Number = key(
        "distance from which on nobody counts (kernel)", BANDWIDTH, 0.05, gt=0
    )
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
        "use a caliper or bandwidth even if it is wider than the method allows", False,
        True,
    )  # fmt: skip
    reconcile: Flag = key(
        "show the analyst balance as MatchIt, cobalt and pstest define it too", False,
        True,
    )  # fmt: skip

    @property
    def reach(self) -> str:
        """The key that says how far apart people may lie: caliper or bandwidth."""
        return "bandwidth" if self.method == "kernel" else "caliper"

    @property
    def how(self) -> dict[str, Any]:
        """The settings that `matching.match` takes, but for how far people may lie."""
        shown = {"method", "distance", "ratio", "replacement", "order"}
        return self.model_dump(include=shown)

    @property
    def named(self) -> bool:
        """Whether the request names its caliper or bandwidth."""
        if self.method == "kernel":
            return self.bandwidth != BANDWIDTH
        return self.caliper is not None

    @property
    def calipers(self) -> list[float | dict[str, Any] | None]:
        """The calipers to try, in this order; the first that is not poor is used.

        Of kernel matching the bandwidth, which is the only one.
        """
        if self.method == "kernel":
            return [self.bandwidth]
        if self.caliper is not None:
            return [self.caliper]
        if self.method == "nearest":
            return [None]
        return [{"sd": width, "of": "pooled"} for width in WIDTHS]

    @model_validator(mode="after")
    def _in_force(self) -> "Matching":
        """Refuse a setting that the method would silently ignore."""
        self._not_too_wide()
        idle: dict[str, str] = {}
        if self.method != "nearest":
            idle = dict.fromkeys(("ratio", "replacement", "order"), "method: nearest")
        elif self.replacement:
            idle = {"order": "replacement: false"}
        if self.method == "kernel":
            idle["caliper"] = "bandwidth in its place"
        else:
            idle["bandwidth"] = "method: kernel"
        for name, needs in idle.items():
            if getattr(self, name) != type(self).model_fields[name].default:
                raise fault(
                    f"has a key without effect, {name}",
                    f"delete {name}, or write {needs}", "",
                )  # fmt: skip
        return self

    def _not_too_wide(self) -> None:
        """Refuse a caliper that is too wide whatever the scores turn out to be."""
        caliper = self.caliper if self.method != "kernel" else None
        if not isinstance(caliper, dict) or self.accept_wide:
            return
        scaled = self.distance == "logit" and caliper["of"] == "pooled"
        if scaled and caliper["sd"] > WIDEST:
            raise fault(
                f"has a caliper of more than {WIDEST} standard deviations, which lets "
                "the people compared differ enough to bias the estimate",
                "narrow it, or add accept_wide: true", f"sd {caliper['sd']}",
            )  # fmt: skip
