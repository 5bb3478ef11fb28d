"""The outcomes of a request, each completed with the words the report gives it."""

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from helpers.request.values import Part, Text, choice, complete, fault, key, text

#: kind, label and definition of the outcomes that have a name of their own
STANDARD = {
    "reoffending_rate": ("rate", "reoffended", "within a year"),
    "reoffending_frequency": ("frequency", "proven reoffences", "within a year"),
    "time_to_first_reoffence": ("days", "time to the first proven reoffence", ""),
}
#: the cohort's column behind each of them
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
