"""What words and figures are given: facts of a study, their numbers put in.

A recipe names the kind of a fact by its key `fact`; everything else is words, refs and
flags. Where numbers take the place of refs, such a part becomes one of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from helpers.publication import labels
from helpers.publication.numbers import Number, Place

Group = Literal["treatment", "comparison"]


class Tested(Protocol):
    """A difference with its interval and its test; a verdict needs no more."""

    difference: Number
    ci_low: Number
    ci_high: Number
    p_value: Number


@dataclass(frozen=True)
class Measure:
    """A measure of an analysis: its own words, and its numbers.

    The label of a rate is what people did ("reoffended", "returned to prison"), that
    of a frequency what is counted ("proven reoffences"), that of a time what was
    measured ("time to the first proven reoffence").
    """

    outcome: str
    kind: Literal["rate", "frequency", "days", "amount"]
    label: str
    definition: str
    title: str
    value_treatment: Number
    value_comparison: Number
    difference: Number
    ci_low: Number
    ci_high: Number
    p_value: Number
    ci_treatment_low: Number | None = None
    ci_treatment_high: Number | None = None
    ci_comparison_low: Number | None = None
    ci_comparison_high: Number | None = None
    few: str = ""  # what too few people did for a test
    of_some: bool = False  # it is about some people only
    event: str = ""  # what those did whom it is about, where it is about some only
    called: str = ""  # what tells it from a measure of the same label
    own_label: bool = True  # the request gave the label
    own: bool = False  # it is no standard measure, but a column of the request's own
    main_point: bool = True
    question: str = ""  # what it answers among the main points
    topic: str = ""  # what a headline calls it that has said who reoffended
    reason: str = ""  # why it is not shown
    unit: str = ""  # what an amount is counted in

    @property
    def name(self) -> str:
        """Its label, with its definition where another measure has the same label."""
        return self.called or self.label

    @property
    def _whose(self) -> str:
        """What those did whom it is about, by the standard words where it has them."""
        return self.event or ("" if self.own_label else "reoffended")

    def among(self, noun: str) -> str:
        """Say whom it is about, where it is about some people only."""
        return labels.among(noun, self._whose)

    def every_100(self, noun: str) -> str:
        """Say of whom it is so many: "every 100 people"."""
        return labels.every_100(noun, self._whose, of_some=self.of_some)

    def not_matched(self, noun: str) -> str:
        """Say that those whom it is about were not matched; empty for everyone."""
        return labels.not_matched(noun, self._whose) if self.of_some else ""

    def value(self, group: Group) -> Number:
        """Give the value of a group."""
        return {
            "treatment": self.value_treatment,
            "comparison": self.value_comparison,
        }[group]

    @property
    def values(self) -> tuple[Number, Number]:
        """The values of both groups."""
        return self.value_treatment, self.value_comparison

    def limits(self, group: Group) -> list[Number]:
        """Give the ends of a group's own interval; none where there is none."""
        ends = {
            "treatment": (self.ci_treatment_low, self.ci_treatment_high),
            "comparison": (self.ci_comparison_low, self.ci_comparison_high),
        }[group]
        return [end for end in ends if end is not None]


@dataclass(frozen=True)
class Result:
    """A published result, or this study's own among them."""

    label: str
    organisation: str
    published: str
    interval: Literal["printed", "computed", "none", "own"]
    difference: Number
    ci_low: Number | None = None
    ci_high: Number | None = None
    p_value: Number | None = None
    n: Number | None = None
    value_treatment: Number | None = None
    value_comparison: Number | None = None
    finding: str = ""  # as published; this study's own follows from its numbers
    n_about: bool = False
    middle: bool = False  # the difference is the middle of the printed interval
    types: dict[str, str] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether it is this study's."""
        return not self.finding

    @property
    def has_interval(self) -> bool:
        """Whether an interval is known of it."""
        return self.interval != "none"


@dataclass(frozen=True)
class Counted:
    """The results of a type of programme or organisation, counted by finding."""

    counts: dict[str, Number]
    all: Number
    n_known: Number
    n_low: Number
    n_high: Number
    n_low_about: bool = False
    n_high_about: bool = False
    label: str = ""
    studies: list[Result] = field(default_factory=list)


@dataclass(frozen=True)
class ResultGroup:
    """Results of one type under its heading."""

    heading: str
    rows: list[Result]


@dataclass(frozen=True)
class CountedGroup:
    """Types of one kind under its heading."""

    heading: str
    rows: list[Counted]


@dataclass(frozen=True)
class Step:
    """A stage of the flow, or a loss between two: how many, and of those submitted."""

    label: str
    count: Number
    share: Number


@dataclass(frozen=True)
class Band:
    """A band of the propensity score, with the share of each group in it."""

    label: str
    treatment: Number
    comparison: Number

    def share(self, group: Group) -> Number:
        """Give the share of a group that lies in the band."""
        return {"treatment": self.treatment, "comparison": self.comparison}[group]


@dataclass(frozen=True)
class Bin:
    """A part of the scale of the score, with shares before and after matching."""

    label: str
    low: float
    high: float
    treatment_before: Number
    comparison_before: Number
    treatment_after: Number
    comparison_after: Number

    def share(self, group: Group, when: Literal["before", "after"]) -> Number:
        """Give the share of a group that lies in it."""
        return {
            ("treatment", "before"): self.treatment_before,
            ("comparison", "before"): self.comparison_before,
            ("treatment", "after"): self.treatment_after,
            ("comparison", "after"): self.comparison_after,
        }[group, when]


@dataclass(frozen=True)
class Balance:
    """How far the groups differ on a characteristic, before and after matching."""

    label: str
    before: Number
    after: Number

    def difference(self, when: Literal["before", "after"]) -> Number:
        """Give the difference before or after matching."""
        return {"before": self.before, "after": self.after}[when]


@dataclass(frozen=True)
class Rung:
    """An estimate of a ladder: the finding on some people, with some known of them."""

    label: str
    people: Number  # in the programme
    difference: Number
    ci_low: Number
    ci_high: Number
    moved: Number | str  # from the difference above it; empty for the first
    main: bool = False  # it is the headline's


@dataclass(frozen=True)
class Way:
    """An estimate by another way of comparing, or the headline's own."""

    variant: str
    label: str
    statistical: str  # what a statistician calls it
    people: Number  # of the programme
    headline: Number  # people of the programme in the headline
    difference: Number
    ci_low: Number
    ci_high: Number
    quality: Number | None = None
    main: bool = False  # it is the headline's
    exact: bool = False  # its people are told exactly
    why: str = ""  # there is no estimate
    heed: str = ""  # what a reader must know of its weights

    @property
    def shown(self) -> bool:
        """Whether its difference and interval are told."""
        numbers = (self.difference, self.ci_low, self.ci_high)
        return all(n.state == "shown" and n.value is not None for n in numbers)

    @property
    def poor(self) -> bool:
        """Whether its groups could not be made alike enough."""
        quality = self.quality
        return quality is not None and quality.state == "shown" and (
            quality.value == "poorly"
        )  # fmt: skip

    @property
    def side(self) -> str:
        """The side that its whole interval is on: lower, higher, or neither."""
        if self.ci_high.value < 0:
            return "lower"
        return "higher" if self.ci_low.value > 0 else ""

    @property
    def has_people(self) -> bool:
        """Whether it is told how many people it keeps."""
        return self.people.state == "shown" and self.people.value is not None

    @property
    def or_more(self) -> bool:
        """Whether it keeps about as many as the headline, or more."""
        same = self.has_people and self.people.value == self.headline.value
        return same and not self.exact


@dataclass(frozen=True)
class Interval:
    """A 95% interval in a cell of a table, and the words for less and for more."""

    low: Number
    high: Number
    less: str
    more: str


@dataclass(frozen=True)
class Printed:
    """Both values of a row and their difference, as printed, and whose row it is."""

    row: str
    treatment: Number
    comparison: Number
    difference: Number


#: between the names of an analysis and of a measure, which name a row together: a
#: space that no text of a request holds, so that each is told from the other
AND = ",\u00a0"


@dataclass(frozen=True)
class Note:
    """What is said beneath a table of some of its rows; of nobody nothing is said."""

    text: str
    about: list[Any]  # words; or values as printed, where they do not add up
    named: bool  # whether its rows need to be named


@dataclass(frozen=True)
class Varies:
    """How many times its mean the variance of a count is, for each row of a table."""

    what: str
    rows: list[dict[str, Any]]  # row, and times


@dataclass(frozen=True)
class Moment:
    """How many of each group reoffended by a day, and at a quarter how they differ."""

    day: Number
    share_treatment: Number
    share_comparison: Number
    low_treatment: Number
    high_treatment: Number
    low_comparison: Number
    high_comparison: Number
    at_risk_treatment: Number | None = None
    at_risk_comparison: Number | None = None
    difference: Number | None = None
    ci_low: Number | None = None
    ci_high: Number | None = None
    tested: Number | None = None  # yes where enough reoffended to tell groups apart

    def share(self, group: Group) -> Number:
        """Give the share of a group that reoffended by then."""
        return {
            "treatment": self.share_treatment,
            "comparison": self.share_comparison,
        }[group]

    def limits(self, group: Group) -> tuple[Number, Number]:
        """Give the ends of the interval of that share."""
        return {
            "treatment": (self.low_treatment, self.high_treatment),
            "comparison": (self.low_comparison, self.high_comparison),
        }[group]

    def at_risk(self, group: Group) -> Number | None:
        """Give how many of a group had not reoffended by a quarter; else None."""
        return {
            "treatment": self.at_risk_treatment,
            "comparison": self.at_risk_comparison,
        }[group]


@dataclass(frozen=True)
class Bar:
    """How many made-up programmes came to a difference, or as near to it as drawn."""

    at: Number
    programmes: Number


@dataclass(frozen=True)
class Size:
    """A number of people who are sent, and the smallest fall that they would find."""

    people: Number
    analysed: Number
    reduction: Number  # in points
    after: Number  # the rate after it, in every 100
    tested: bool  # enough of them would have the outcome, and not have it


@dataclass(frozen=True)
class Strength:
    """How unlike the groups were on something, and how it goes with the outcome."""

    variable: str
    label: str  # with its level, of a category
    imbalance: Number  # of those analysed from the pool, per cent of an SD
    association: Number  # of the outcome, for one standard deviation


#: how a recipe names them
FACTS: dict[str, type] = {
    "measure": Measure,
    "result": Result,
    "counted": Counted,
    "results of a type": ResultGroup,
    "types of a kind": CountedGroup,
    "step": Step,
    "band": Band,
    "bin": Bin,
    "balance": Balance,
    "rung": Rung,
    "way": Way,
    "interval": Interval,
    "printed": Printed,
    "note": Note,
    "varies": Varies,
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
