"""The outcomes of a request, each completed with the words the report gives it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, PrivateAttr, model_validator

from helpers.request.measures.standard import (
    LONGEST,
    PUBLISHED,
    STANDARD,
    YEAR,
    Standard,
    named,
)
from helpers.request.values import (
    LONGEST_NAME,
    Line,
    Number,
    Part,
    Text,
    Whole,
    Words,
    choice,
    complete,
    fault,
    key,
    words,
)


class Outcome(Part):
    """A measure of what people did after their index date."""

    name: Text = key(
        "a standard outcome, or a column of the cohort",
        example="reoffending_rate", max_length=LONGEST_NAME,
    )  # fmt: skip
    kind: choice("rate", "frequency", "days", "amount") | None = key(
        "what the column holds: 1/0, a count, days, or any number with a unit of its "
        "own; a standard outcome knows it",
        None, "rate",
    )  # fmt: skip
    unit: Line | None = key(
        "what an amount is counted in; a currency sign stands before the number",
        None, "weeks",
    )  # fmt: skip
    label: Words | None = key(
        "what happened, in place of reoffended (rate), proven reoffences (frequency) "
        "or time to the first proven reoffence (days)",
        None, "returned to prison",
    )  # fmt: skip
    definition: Annotated[str, BeforeValidator(lambda v: v and words(v))] | None = key(
        "words that follow the label", None, "within 12 months of release"
    )
    of: choice("everyone", "those_with_an_event") | None = key(
        "who has a value in a column of your own; left out: as the column shows",
        None, "those_with_an_event",
    )  # fmt: skip

    horizon_days: Whole | None = key(
        "days from the index date within which a standard measure counts; 365 unless "
        "it says otherwise",
        None, 730, ge=1, le=LONGEST,
    )  # fmt: skip
    margin: Number | None = key(
        "the largest difference that would not matter, in points (rate), for every 100 "
        "people (frequency), days, or the unit of an amount",
        None, 2, gt=0,
    )  # fmt: skip

    # what the outcomes show once they are open; it is no part of the request
    _only_some: bool | None = PrivateAttr(None)
    _event: str = PrivateAttr("")

    @classmethod
    def _written_short(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @property
    def standard(self) -> Standard | None:
        """The row of its name among the standard outcomes, at its horizon."""
        return named(self.name)

    @property
    def column(self) -> str:
        """The cohort's column that holds it."""
        return self.standard.column if self.standard else self.name

    @property
    def of_reoffenders(self) -> bool:
        """Whether only those who reoffended have a value."""
        return bool(self.standard and self.standard.of_whom == "reoffenders")

    @property
    def of_some(self) -> bool:
        """Whether it counts only those to whom something happened.

        Before the outcomes are opened, a time of the request's own counts as such.
        """
        if self.standard:
            return self.of_reoffenders
        if self.of:
            return self.of == "those_with_an_event"
        return self.kind == "days" if self._only_some is None else self._only_some

    @property
    def event(self) -> str:
        """What those did whom it counts, where the outcomes show it."""
        if not self.of_some:
            return ""
        if self._event or not self.of_reoffenders or self.own_label:
            return self._event
        rate, within = STANDARD[PUBLISHED], self.standard.horizon
        return rate.label if within == YEAR else f"{rate.label} {self.definition}"

    @property
    def reoffended(self) -> str:
        """The column that tells who reoffended within the horizon of a standard one."""
        return STANDARD[PUBLISHED].at(self.standard.horizon).column

    @property
    def estimated_as(self) -> str | None:
        """The kind by which it is estimated; None of a count, whose values decide.

        A count of 0 and 1 alone is a rate, and is tested as one (method, section 5).
        """
        return None if self.kind == "frequency" else self.kind

    @property
    def estimated(self) -> dict[str, Any]:
        """What `estimates.difference` asks of it beside people's values."""
        return {"kind": self.estimated_as, "of_reoffenders": self.of_some}

    def seen(self, *, only_some: bool, event: str) -> "Outcome":
        """Give it as the outcomes show it: who has a value, and what those did."""
        copy = self.model_copy()
        copy._only_some, copy._event = only_some, event
        return copy

    @property
    def proven(self) -> bool:
        """Whether it is a measure of proven reoffending, in the kit's own words."""
        return self.standard is not None and not self.own_label

    @property
    def main_point(self) -> bool:
        """Whether main points show it."""
        return self.standard is None or self.standard.main_point

    @property
    def own_label(self) -> bool:
        """Whether the request gave it a label of its own."""
        return not self.standard or self.label != self.standard.label

    @property
    def own_words(self) -> bool:
        """Whether the request gave it words of its own."""
        row = self.standard
        return row is None or (self.label, self.definition) != (
            row.label,
            row.definition,
        )

    @property
    def published(self) -> bool:
        """Whether it is the one-year proven reoffending rate of the catalogue."""
        return self.name == PUBLISHED and not self.own_words

    def _within(self) -> None:
        """Write the horizon of a standard measure into its name, and out of it."""
        row = self.standard
        if row is None and self.horizon_days:
            raise fault(
                "has horizon_days, which standard measures alone have",
                "delete horizon_days; a column of your own holds what it holds", "",
            )  # fmt: skip
        if row is None:
            return
        if row.horizon != YEAR and self.horizon_days not in (None, row.horizon):
            raise fault(
                f"counts within {row.horizon} days, as its name says",
                f"delete horizon_days, or write name: "
                f"{self.name.removesuffix(f'_{row.horizon}_days')}",
                f"horizon_days {self.horizon_days}",
            )  # fmt: skip
        row = row.at(self.horizon_days) if self.horizon_days else row
        complete(self, "name", row.name)
        complete(self, "horizon_days", row.horizon)

    @model_validator(mode="after")
    def _complete(self) -> "Outcome":
        self._within()
        row = self.standard
        kind, label, definition = ("", "", "")
        if row:
            kind, label, definition = row.kind, row.label, row.definition
        if kind and self.kind and self.kind != kind:
            raise fault(
                f"is always a {kind}" if kind != "days" else "is always in days",
                "delete kind, or give the outcome another name", f"kind {self.kind}",
            )  # fmt: skip
        if not kind and not self.kind:
            raise fault(
                "is a column of the cohort and needs a kind",
                "write kind: rate for 1/0, frequency for a count, days for a time, "
                "amount for any number",
                "",
            )  # fmt: skip
        if (self.kind == "amount") != bool(self.unit):
            raise fault(
                "is an amount and needs a unit" if self.kind == "amount" else
                "has a unit, which amounts alone have",
                "write for example unit: weeks" if self.kind == "amount" else
                "delete unit, or write kind: amount",
                "",
            )  # fmt: skip
        if row and self.of:
            whom = "those who reoffended" if self.of_reoffenders else "everyone"
            raise fault(
                f"is always about {whom}", "delete of, which columns of your own take",
                f"of {self.of}",
            )  # fmt: skip
        if not (kind or self.label or any(sign.isalpha() for sign in self.name)):
            raise fault(
                "is a column whose name holds no letter, and needs a label",
                "write for example label: were in work", "",
            )  # fmt: skip
        if self.label and self.definition is None:
            definition = ""
        kind, label = self.kind or kind, self.label or label
        complete(self, "kind", kind)
        complete(self, "label", label or self.name.replace("_", " "))
        if self.definition is None:
            complete(self, "definition", definition)
        return self
