"""The outcomes of a request, each completed with the words the report gives it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from helpers.request.values import Part, Text, choice, complete, fault, key, text

#: the three headline measures, which a request has unless it names others
HEADLINE = ("reoffending_rate", "reoffending_frequency", "time_to_first_reoffence")
#: kind, label and definition of the outcomes that have a name of their own
STANDARD = {
    "reoffending_rate": ("rate", "reoffended", "within a year"),
    "reoffending_frequency": ("frequency", "proven reoffences", "within a year"),
    "time_to_first_reoffence": ("days", "time to the first proven reoffence", ""),
    "first_reoffence_indictable": (
        "rate", "had an indictable offence as their first reoffence", "",
    ),
    "first_reoffence_either_way": (
        "rate", "had an either-way offence as their first reoffence", "",
    ),
    "first_reoffence_summary": (
        "rate", "had a summary offence as their first reoffence", "",
    ),
    "reoffences_indictable": (
        "frequency", "indictable proven reoffences", "within a year",
    ),
    "reoffences_either_way": (
        "frequency", "either-way proven reoffences", "within a year",
    ),
    "reoffences_summary": ("frequency", "summary proven reoffences", "within a year"),
    "custody_for_first_reoffence": (
        "rate", "went to custody for their first reoffence", "",
    ),
    "custodial_reoffences": (
        "frequency", "proven reoffences that led to custody", "within a year",
    ),
}  # fmt: skip
#: outcomes of reoffenders that add up: each reoffence is tried in one of three ways
COURTS = tuple(
    tuple(f"{what}_{court}" for court in ("indictable", "either_way", "summary"))
    for what in ("first_reoffence", "reoffences")
)
#: standard outcomes that are about reoffenders only; missing for everyone else
OF_REOFFENDERS = tuple(name for name in STANDARD if name not in HEADLINE[:2])
#: the cohort's column behind each outcome whose column has another name
COLUMNS = {
    "reoffending_rate": "reoffended",
    "reoffending_frequency": "reoffences",
    "time_to_first_reoffence": "days_to_first_reoffence",
}


class Outcome(Part):
    """A measure of what people did after their index date."""

    name: Text = key(
        "a standard outcome, or a column of the cohort", example="reoffending_rate"
    )
    kind: choice("rate", "frequency", "days") | None = key(
        "what the column holds: 1/0, a count, or days; a standard outcome knows it",
        None, "rate",
    )  # fmt: skip
    label: Text | None = key(
        "what happened, in place of reoffended (rate), proven reoffences (frequency) "
        "or time to the first proven reoffence (days)",
        None, "returned to prison",
    )  # fmt: skip
    definition: Annotated[str, BeforeValidator(lambda v: v and text(v))] | None = key(
        "words that follow the label", None, "within 12 months of release"
    )

    @classmethod
    def _written_short(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @property
    def column(self) -> str:
        """The cohort's column that holds it."""
        return COLUMNS.get(self.name, self.name)

    @property
    def of_reoffenders(self) -> bool:
        """Whether only those who reoffended have a value."""
        return self.name in OF_REOFFENDERS

    @property
    def own_words(self) -> bool:
        """Whether the request gave it words of its own."""
        words = (self.kind, self.label, self.definition)
        return STANDARD.get(self.name) != words

    @model_validator(mode="after")
    def _complete(self) -> "Outcome":
        kind, label, definition = STANDARD.get(self.name, ("", "", ""))
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
        if self.label and self.definition is None:
            definition = ""
        kind, label = self.kind or kind, self.label or label
        complete(self, "kind", kind)
        complete(self, "label", label or self.name.replace("_", " "))
        if self.definition is None:
            complete(self, "definition", definition)
        return self
