"""What every request says, of an analysis or of published results alone."""

import re
from datetime import date
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BeforeValidator, PrivateAttr

from helpers.request.publication import Findings, Publication
from helpers.request.values import Line, Part, Text, fault, key, listed

#: the stages of an analysis, in order, and those of a summary of published results
STAGES = ("intake", "matching", "outcomes", "charts")
ALONE = ("charts",)


def _id(name: str) -> str:
    if re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) is None:
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise fault(
            "must be lower-case letters, digits and hyphens only",
            f"write for example {slug or 'prison-work-2026'}",
        )
    if name in ("sample", "published"):
        raise fault(
            "must not be sample or published, which are folders of outputs/",
            f"write for example {name}-2026",
        )
    if len(name) > 60:
        raise fault("must be 60 characters or fewer", f"write for example {name[:40]}")
    return name


def _stages(value: Any) -> tuple[str, ...]:
    named = tuple(listed(value))
    if named not in (STAGES, ALONE):
        raise fault(
            "must be [charts], or all four",
            "an analysis goes through all four stages, so leave stages out; write "
            "[charts] for a summary of published results",
        )
    return STAGES if named == STAGES else ALONE


class Common(Part):
    """What every request says; all defaults are filled in."""

    id: Annotated[Text, AfterValidator(_id)] = key(
        "the run's folder under outputs/", example="prison-work-2026"
    )
    title: Line = key("title of the report", example="Prison work programme")
    analyst: Line = key("who answers for the report", example="A. Name")
    publication: Publication = key(
        "when and from whom the report comes",
        example={"date": "2026-06-25", "contact": "data.lab@example.org"},
    )
    findings: Findings = key("the published results", Findings())
    stages: Annotated[tuple[str, ...], BeforeValidator(_stages)] = key(
        "[charts] for a summary of published results; left out, an analysis",
        STAGES, list(ALONE), json_schema_extra={"enum": [list(STAGES), list(ALONE)]},
    )  # fmt: skip

    _source: str = PrivateAttr("request")

    @property
    def source(self) -> str:
        """Where the request stands, for messages; "request" when it was no file."""
        return self._source

    @property
    def alone(self) -> bool:
        """Whether this is a summary of published results, with no analysis."""
        return self.stages == ALONE

    @property
    def as_of(self) -> date:
        """Day up to which published results stand beside this one."""
        return self.findings.as_of or self.publication.date

    def completed(self) -> dict[str, Any]:
        """Give the request as JSON types, every default filled in, in a fixed order."""
        return self.model_dump(mode="json", exclude_none=True, by_alias=True)

    def written(self) -> str:
        """Give the completed request as a request file."""
        content = {"request": self.completed()}
        return yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True)


class _Writer(yaml.SafeDumper):
    """Writes any text of other signs than a typewriter's in quotes.

    YAML needs none, but a text between curly quotes would be taken for a slip.
    """


def _text(writer: _Writer, text: str) -> yaml.Node:
    style = None if text.isascii() else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)
