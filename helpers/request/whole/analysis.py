"""The request of an analysis, which goes through all four stages."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, model_validator

from helpers.request.analyses import Analysis
from helpers.request.disclosure import Disclosure
from helpers.request.doubts.reporting import Reporting
from helpers.request.doubts.robustness import Robustness
from helpers.request.engine import Engine
from helpers.request.inputs import Inputs
from helpers.request.matching import Matching
from helpers.request.measures.standard import PUBLISHED, usual
from helpers.request.outcomes import Outcome
from helpers.request.provider import SEXES, Organisation, Programme
from helpers.request.records import Eligibility, Linkage
from helpers.request.sharing import Sharing
from helpers.request.values import Whole, complete, fault, key, listed
from helpers.request.whole.common import Common


def _some(items: tuple) -> tuple:
    if not items:
        raise fault("is an empty list", "name at least one", "")
    return items


class Request(Common):
    """Everything that one analysis needs to know; all defaults are filled in."""

    organisation: Organisation = key(
        "the provider", example={"name": "Example Trust", "sector_type": "Voluntary"}
    )
    programme: Programme = key(
        "what is analysed",
        example={"name": "Example mentoring", "intervention_type": "Mentoring"},
    )
    data_sharing: Sharing = key("what allows the data to be used")
    inputs: Inputs = key(
        "the people", example={"made_up": {"people": 20000, "submitted": 600}}
    )
    engine: Engine = key("what holds the national records", Engine())
    linkage: Linkage = key("how people are found in the records", Linkage())
    eligibility: Eligibility = key("whose sentence can be used", Eligibility())
    analyses: Annotated[
        tuple[Analysis, ...], BeforeValidator(listed), AfterValidator(_some)
    ] = key(
        "the comparisons",
        example=[{"name": "All people", "covariates": {"numeric": ["age"]}}],
    )
    matching: Matching = key("how comparison people are found", Matching())
    outcomes: Annotated[
        tuple[Outcome, ...], BeforeValidator(listed), AfterValidator(_some)
    ] = key(
        "what is measured",
        tuple(Outcome(name=name) for name in usual()),
        [PUBLISHED],
    )
    robustness: Robustness = key("what shows how far the result holds", Robustness())
    reporting: Reporting = key(
        "what the analyst answers of the reporting standards, by item", {},
        {"target_20": "The charity paid; it had no part in the analysis."},
    )  # fmt: skip
    disclosure: Disclosure = key("how small numbers are protected", Disclosure())
    seed: Whole = key("fixes every random draw", 1, 1, ge=0, lt=2**32)

    @model_validator(mode="after")
    def _only_headline(self) -> "Request":
        if len(self.analyses) == 1:
            complete(self.analyses[0], "headline", True)
        return self

    def matching_of(self, analysis: str) -> Matching:
        """Give how an analysis is matched: in its own way, or in that of all."""
        own = next((a.matching for a in self.analyses if a.name == analysis), None)
        return own or self.matching

    def noun(self, analysis: str) -> str:
        """Give what the people of an analysis are called; people, where in doubt.

        Records hold men and women, and so may several analyses that differ in whom
        they keep: only a filter tells that all of an analysis are of one sex.
        """
        noun = self.programme.noun
        kept = next((a.filter for a in self.analyses if a.name == analysis), {})
        sexes = {self._sex(*pair) for pair in kept.items()} - {""}
        if noun == "people" or (sexes and sexes != {noun}):
            return "people"
        alike = all(a.filter == kept for a in self.analyses)
        known = sexes or (alike and not self.inputs.from_records)
        return noun if known else "people"

    def _sex(self, column: str, values: list[Any]) -> str:
        """Give what people with these values of a column are called, if of one sex."""
        label = self.inputs.labels.get(column)
        levels = label.levels if label else {}
        named = {levels.get(str(v), str(v)).strip().lower() for v in values}
        sexes = [noun for noun, spelt in SEXES.items() if named & set(spelt)]
        if len(sexes) != 1:
            return "people" if sexes else ""
        return sexes[0] if named <= set(SEXES[sexes[0]]) else "people"

    @property
    def least_people(self) -> int:
        """Fewest treated people of a headline; of fewer than may be shown none is made.

        Or that an analysis could not be made would say more of how few than may be.
        """
        least = self.eligibility.minimum_people
        if self.disclosure.profile == "none":
            return least
        return max(least, self.disclosure.threshold)

    @property
    def approved_tables(self) -> frozenset[str] | None:
        """Tables of the extract that may be opened; None where nobody has to approve.

        That is so of made-up people, and of a ready cohort, which has no tables.
        """
        if not self.inputs.submission:
            return None
        sources = self.data_sharing.sources
        return frozenset(table for source in sources for table in source.tables)

    @property
    def is_open_data(self) -> bool:
        """Whether the people are real ones whom anyone may look up."""
        return self.data_sharing.open_data is not None and not self.inputs.made_up

    @property
    def source_of_data(self) -> str:
        """Where the numbers come from, as a table or figure says it."""
        if self.inputs.made_up:
            return "Made-up people; no real person is in these data"
        if self.data_sharing.open_data:
            return self.data_sharing.open_data.source
        return f"Records of the people {self.organisation.name} worked with, linked"
