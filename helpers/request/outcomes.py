"""The outcomes of a request, each completed with the words the report gives it."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, PrivateAttr, model_validator

from helpers.request.values import (
    Part,
    Text,
    Words,
    choice,
    complete,
    fault,
    key,
    words,
)

#: the measure of the published results, by which a study is placed among them
PUBLISHED = "reoffending_rate"


@dataclass(frozen=True)
class Standard:
    """A measure that has a name of its own, with everything that is told of it."""

    name: str
    kind: Literal["rate", "frequency", "days"]
    column: str  # of the cohort, which holds it
    of_whom: Literal["everyone", "reoffenders"]  # who has a value
    label: str  # what happened, what is counted, or what was measured
    definition: str  # words that follow the label
    title: str  # the heading of the measure
    question: str = ""  # what it answers among the main points
    topic: str = ""  # what a headline calls it that has said who reoffended
    headline: bool = False  # a request has it unless it names others
    adds_up: str = ""  # measures of one word here add up to a whole

    @property
    def main_point(self) -> bool:
        """Whether main points show it: not what courts did with reoffenders."""
        return self.headline or self.of_whom == "everyone"


#: the outcomes that have a name of their own, one row each
STANDARD: dict[str, Standard] = {
    row.name: row
    for row in (
        Standard(
            "reoffending_rate", "rate", "reoffended", "everyone",
            "reoffended", "within a year",
            "One-year proven reoffending rate",
            question="How many.", headline=True,
        ),
        Standard(
            "reoffending_frequency", "frequency", "reoffences", "everyone",
            "proven reoffences", "within a year",
            "Frequency of proven reoffending within a year",
            question="How often.", topic="how often", headline=True,
        ),
        Standard(
            "time_to_first_reoffence", "days", "days_to_first_reoffence", "reoffenders",
            "time to the first proven reoffence", "",
            "Time to the first proven reoffence",
            question="How soon.", topic="how soon", headline=True,
        ),
        Standard(
            "first_reoffence_indictable", "rate", "first_reoffence_indictable",
            "reoffenders",
            "had an indictable offence as their first reoffence", "",
            "First reoffence an indictable offence",
            adds_up="first_reoffence",
        ),
        Standard(
            "first_reoffence_either_way", "rate", "first_reoffence_either_way",
            "reoffenders",
            "had an either-way offence as their first reoffence", "",
            "First reoffence an either-way offence",
            adds_up="first_reoffence",
        ),
        Standard(
            "first_reoffence_summary", "rate", "first_reoffence_summary", "reoffenders",
            "had a summary offence as their first reoffence", "",
            "First reoffence a summary offence",
            adds_up="first_reoffence",
        ),
        Standard(
            "reoffences_indictable", "frequency", "reoffences_indictable",
            "reoffenders",
            "indictable proven reoffences", "within a year",
            "Indictable reoffences of those who reoffended",
            adds_up="reoffences",
        ),
        Standard(
            "reoffences_either_way", "frequency", "reoffences_either_way",
            "reoffenders",
            "either-way proven reoffences", "within a year",
            "Either-way reoffences of those who reoffended",
            adds_up="reoffences",
        ),
        Standard(
            "reoffences_summary", "frequency", "reoffences_summary", "reoffenders",
            "summary proven reoffences", "within a year",
            "Summary reoffences of those who reoffended",
            adds_up="reoffences",
        ),
        Standard(
            "custody_for_first_reoffence", "rate", "custody_for_first_reoffence",
            "reoffenders",
            "went to custody for their first reoffence", "",
            "Custody for the first reoffence",
        ),
        Standard(
            "custodial_reoffences", "frequency", "custodial_reoffences", "reoffenders",
            "proven reoffences that led to custody", "within a year",
            "Reoffences that led to custody, of those who reoffended",
        ),
    )
}  # fmt: skip


def headline() -> tuple[str, ...]:
    """Give the measures that a request has unless it names others."""
    return tuple(row.name for row in STANDARD.values() if row.headline)


def adding_up() -> list[tuple[str, ...]]:
    """Give the measures that add up to a whole, those of each whole together."""
    wholes: dict[str, tuple[str, ...]] = {}
    for row in STANDARD.values():
        if row.adds_up:
            wholes[row.adds_up] = (*wholes.get(row.adds_up, ()), row.name)
    return list(wholes.values())


def columns() -> dict[str, str]:
    """Give the cohort's columns that hold a standard outcome, each with its kind."""
    return {row.column: row.kind for row in STANDARD.values()}


class Outcome(Part):
    """A measure of what people did after their index date."""

    name: Text = key(
        "a standard outcome, or a column of the cohort", example="reoffending_rate"
    )
    kind: choice("rate", "frequency", "days") | None = key(
        "what the column holds: 1/0, a count, or days; a standard outcome knows it",
        None, "rate",
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

    # what the outcomes show once they are open; it is no part of the request
    _only_some: bool | None = PrivateAttr(None)
    _event: str = PrivateAttr("")

    @classmethod
    def _written_short(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @property
    def standard(self) -> Standard | None:
        """The row of its name among the standard outcomes."""
        return STANDARD.get(self.name)

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
        usual = self.of_reoffenders and not self.own_label
        return self._event or (STANDARD[PUBLISHED].label if usual else "")

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

    @model_validator(mode="after")
    def _complete(self) -> "Outcome":
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
                "write kind: rate for 1/0, frequency for a count, days for a time",
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
