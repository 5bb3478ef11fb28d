"""What allows the data of a request to be used, in its two forms."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Tag,
)

from helpers.request.values import (
    Day,
    Line,
    Part,
    Text,
    choice,
    fault,
    key,
    listed,
    near,
)

#: how far records are from those on offending, the nearest first
TIERS = ("pnc", "pnc_linked_moj", "wider_government")
#: the tables of an extract, each with the tier that it is of at least
LEAST_TIER = {
    "person": "pnc",
    "alias": "pnc",
    "sentence": "pnc",
    "offence": "pnc",
    "assessment": "pnc_linked_moj",
    "benefit": "wider_government",
    "employment": "wider_government",
}
#: names that stand for several tables, all of the tier pnc
COLLECTIONS = {"Police National Computer": ("person", "alias", "sentence", "offence")}
NAMES = (*LEAST_TIER, *COLLECTIONS)
#: without these nobody can be found in the records, nor told to have reoffended
ALWAYS_OPENED = ("person", "sentence", "offence")


def _sha256(text: str) -> str:
    if re.fullmatch(r"[0-9a-fA-F]{64}", text) is None:
        raise fault(
            "must be a SHA-256, 64 digits and letters a to f",
            "python3 -m helpers new writes it from the file", "",
        )  # fmt: skip
    return text.lower()


def _table(value: Any) -> str:
    """Take the name of a table of the extract, or of a collection of them."""
    if not isinstance(value, str) or value.strip() not in NAMES:
        *others, last = NAMES
        advice = near(str(value), NAMES)
        if not advice.startswith("did you mean"):
            advice = (
                f"write a line for each of {', '.join(ALWAYS_OPENED)}, and for each "
                "further table that is approved"
            )
        raise fault(f"must be {', '.join(others)} or {last}", advice)
    return value.strip()


class Received(Part):
    """How the provider's list arrived."""

    channel: Text = key("how it was sent", example="secure transfer")
    on: Day = key("on which day", example="2026-02-02")
    file_sha256: Annotated[Text, AfterValidator(_sha256)] = key(
        "SHA-256 of the file as received", example="9f86d08188…"
    )


class SignedOff(Part):
    """Who signed for the provider."""

    by: Line = key("name or role", example="Director of services")
    on: Day = key("on which day", example="2026-02-02")


class Source(Part):
    """A table of the national extract that may be opened, with its approval."""

    table: Annotated[Literal[NAMES], BeforeValidator(_table)] = key(
        "the table of the extract; Police National Computer stands for person, alias, "
        "sentence and offence",
        example="person",
    )
    tier: choice(*TIERS) = key(
        "how far from the offending records it is", example="pnc"
    )
    approved_by: Line = key("who approved its use", example="Data access panel")
    approved_on: Day = key("on which day", example="2026-01-12")

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the line is about: one, or those of a collection."""
        return COLLECTIONS.get(self.table, (self.table,))

    @property
    def least_tier(self) -> str:
        """The tier that the table is of at least, whatever the request says."""
        return LEAST_TIER[self.tables[0]]

    @property
    def understated(self) -> bool:
        """Whether the tier is nearer to the offending records than the table is."""
        return TIERS.index(self.tier) < TIERS.index(self.least_tier)


class Ethics(Part):
    """Who reviewed the ethics of the analysis."""

    reviewed_by: Line = key(
        "board or person, and its reference", example="Ethics panel, reference 26/014"
    )
    on: Day = key("on which day", example="2026-01-20")
    asked_for: Text = key(
        "what the review asked for", example="That the provider reads the report first"
    )


class OpenData(Part):
    """Where open data come from."""

    source: Text = key("where the data are published", example="Chung and others 1991")
    licence: Text = key("their licence", example="MIT")


class OpenSharing(Part):
    """Data that anyone may hold, so that there is nothing to approve."""

    open_data: OpenData = key(
        "source and licence of open data",
        example={"source": "Chung and others 1991", "licence": "MIT"},
    )

    @property
    def last_day(self) -> None:
        """None: anyone may hold these data for as long as they like."""


class DataSharing(Part):
    """What allows the data to be used, and until when."""

    purpose: Text = key("what the data are used for", example="To estimate the effect…")
    lawful_basis: Text = key(
        "the law that allows it", example="Offender Management Act 2007, section 14"
    )
    justification: Text = key("why these data are needed", example="There is no other…")
    fairness: Text = key(
        "why people would expect this use", example="The privacy notice says…"
    )
    proportionality: Text = key(
        "why no more than needed is used", example="Only the template's fields…"
    )
    approved_by: Line = key("who approved the sharing", example="Data access panel")
    approved_on: Day = key("on which day", example="2026-01-12")
    destroy_by: Day = key(
        "last day on which the data may be held; nothing runs after it",
        example="2027-06-30",
    )
    received: Received | None = key("how the provider's list arrived", None)
    provider_signed_off: SignedOff | None = key("who signed for the provider", None)
    sources: Annotated[tuple[Source, ...], BeforeValidator(listed)] = key(
        "the tables of the extract that may be opened, each with its approval", ()
    )
    legal_advice: Text | None = key("legal advice taken", None, "None was needed.")
    ethics: Ethics | None = key(
        "review of the ethics",
        None,
        {"reviewed_by": "Ethics panel", "on": "2026-01-20", "asked_for": "Nothing"},
    )
    timetable: Text | None = key("what happens when", None, "Published in June 2026")

    @property
    def open_data(self) -> None:
        """None: these data are not open."""

    @property
    def last_day(self) -> date:
        """The last day on which the data may be held."""
        return self.destroy_by


def _one_form(value: Any) -> Any:
    """Refuse a block that holds keys of both forms."""
    if isinstance(value, dict) and value.get("open_data") is not None:
        other = [name for name in value if name in DataSharing.model_fields]
        if other:
            raise fault(
                "has two forms, open_data alone or a full agreement",
                "keep open_data for open data, else delete it",
                f"open_data and {', '.join(other)}",
            )
    return value


def _form(value: Any) -> str:
    if isinstance(value, OpenSharing):
        return "(open)"
    if isinstance(value, dict) and value.get("open_data") is not None:
        return "(open)"
    return "(agreement)"


Sharing = Annotated[
    Annotated[OpenSharing, Tag("(open)")] | Annotated[DataSharing, Tag("(agreement)")],
    Discriminator(_form),
    BeforeValidator(_one_form),
]
