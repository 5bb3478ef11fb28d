"""Provider, programme and publication: what the report tells about a request."""

from pydantic import (
    model_validator,
)

from helpers.request.values import (
    Line,
    Part,
    Text,
    Texts,
    Words,
    choice,
    complete,
    key,
)

#: what people of one sex are called -> how a column may spell that sex
SEXES = {
    "women": ("f", "female", "females", "woman", "women", "girl"),
    "men": ("m", "male", "males", "man", "men", "boy"),
}


class Organisation(Part):
    """The provider whose programme is analysed."""

    name: Line = key("the provider's name", example="Example Mentoring Trust")
    sector_type: Text = key(
        "sector, as named in params/catalogue/types.csv", example="Voluntary"
    )
    own_words: Text | None = key(
        "the provider's own account, printed as it is", None, "We meet people …"
    )
    response: Text | None = key(
        "the provider's answer to the results", None, "We welcome …"
    )


class Programme(Part):
    """The programme, as the report describes it."""

    name: Line = key("what the programme is called", example="Prison work programme")
    intervention_type: Text = key(
        "type, as named in params/catalogue/types.csv", example="Mentoring"
    )
    setting: choice("custody", "community", "both") | None = key(
        "where people got the support", None, "both"
    )
    period: Line | None = key(
        "when people got the support", None, "January 2022 to December 2023"
    )
    description: Text | None = key(
        "what the support is", None, "Weekly meetings with a trained mentor"
    )
    selection: Text | None = key(
        "how people came to it", None, "Referred by prison staff"
    )
    dose: Text | None = key(
        "how much support, for how long", None, "Two hours a week for six months"
    )
    caveats: Texts = key(
        "what a reader must know first", (), ["Records before 2020 are incomplete."]
    )
    noun: choice("people", "men", "women") = key(
        "what the report calls those analysed, where it is true of them", "people",
        "women",
    )  # fmt: skip
    label: Words | None = key(
        "the programme within a sentence; left out: support from NAME", None,
        "support from the trust",
    )  # fmt: skip
    selection_by: choice("choice", "chance") = key(
        "whether chance decided who took part, as in a trial", "choice", "chance"
    )

    @model_validator(mode="after")
    def _complete(self) -> "Programme":
        if self.label is None:
            complete(self, "label", f"support from {self.name}")
        return self
