"""The request of an analysis: read, checked with every problem at once, completed.

reading/     a request file as YAML: read, and what is wrong with it
values       kinds of value, each with its rule and message
filters      values and ranges that an analysis keeps
covariates/  characteristics from the records, and the sets of them that have a name
analyses     the key analyses: who is compared, on which covariates
matching     the key matching: method, distance, caliper or bandwidth, their defaults
records      the keys linkage and eligibility
engine       the key engine: what holds the records, and the memory it may use
inputs       the key inputs: a list and records, a ready cohort, made-up people
measures/    measures that have a name of their own, one row each
doubts/      keys that ask how far a result can be trusted
outcomes     the key outcomes: those, and columns of a cohort
sharing      the key data_sharing
provider     the keys organisation and programme
publication  the keys publication and findings
disclosure   the key disclosure: profile and threshold
limits       numbers that the method fixes: SMD 5 and 10, p 0.05, thirty, ten …
types        types of intervention and sector, as types.csv names them
whole/       the whole request: of an analysis, or of a summary of published results
checks       rules that tie one key to another
"""

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request.checks import between, of_a_summary
from helpers.request.covariates.sets import SETS
from helpers.request.outcomes import Outcome
from helpers.request.reading.file import changed, read, unwrap
from helpers.request.reading.problems import Problem, problems, show
from helpers.request.whole.analysis import Request
from helpers.request.whole.common import ALONE, STAGES
from helpers.request.whole.findings import FindingsRequest
from helpers.request.whole.known import known

__all__ = [
    "STAGES",
    "AnyRequest",
    "FindingsRequest",
    "Outcome",
    "Request",
    "load",
    "schema",
    "to_try",
    "today",
]

#: of an analysis, or of a summary of published results
AnyRequest = Request | FindingsRequest


def today() -> date:
    """Give the day against which an agreement's dates are held."""
    return date.today()


def load(
    source: str | Path | Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> AnyRequest:
    """Read, check and complete a request, of either kind.

    `source` is a YAML file, or the request itself, with or without the key `request`;
    None takes the file named by the environment variable JDL_REQUEST, else
    params/example.yml. `changes` are settings to try, by dotted path: a number in it
    counts the items of a list from 0 ("analyses.0.covariates.numeric").
    Raises RequestError with every problem found.
    """
    if source is None:
        source = os.environ.get("JDL_REQUEST") or ROOT / "params" / "example.yml"
    if isinstance(source, Mapping):
        raw, name = unwrap(source, "request"), "request"
    elif isinstance(source, str | Path):
        raw, name = read(source)
    else:
        raise RequestError(
            "request must be the path of a file, or the request itself as a dictionary"
        )
    changes = to_try(changes)
    raw = changed(raw, changes)
    found = _problems(raw)
    if found:
        raise RequestError([_line(problem, raw, name, changes) for problem in found])
    request = _kind(raw).model_validate(raw)
    request._source = name
    return request


def to_try(changes: Any) -> dict[str, Any]:
    """Give the settings to try, by dotted path; papermill may hand over anything."""
    if changes is None:
        return {}
    if not isinstance(changes, Mapping):
        raise RequestError(
            'changes must be a dictionary, {"matching.caliper": 0.02}; found '
            f"{show(changes)}; with papermill write "
            "-y '{changes: {matching.caliper: 0.02}}'"
        )
    return {str(path): value for path, value in changes.items()}


def _kind(raw: Mapping[str, Any]) -> type[AnyRequest]:
    """Tell of which kind a request is: that of a summary names the charts alone."""
    return FindingsRequest if raw.get("stages") in (ALONE, list(ALONE)) else Request


def _problems(raw: dict[str, Any]) -> list[Problem]:
    """Give every problem of each key alone, then those between keys that are fine."""
    kind = _kind(raw)
    try:
        kind.model_validate(raw)
        found = []
    except ValidationError as error:
        found = problems(error, raw, schema())
    # which kind was meant is not known, nor then what it may hold
    unclear = [problem for problem in found if problem.place[:1] == ("stages",)]
    if unclear:
        return unclear
    if kind is Request:
        tied = between(known(Request, raw), raw, today())
    else:
        tied = of_a_summary(known(FindingsRequest, raw), raw)
    places = {problem.place for problem in tied}
    return [problem for problem in found if problem.place not in places] + tied


def _line(
    problem: Problem, raw: dict[str, Any], name: str, changes: dict[str, Any]
) -> str:
    """Word a problem; one that a change brought about names the change."""
    place = tuple(map(str, problem.place))
    touched = any(
        place[: len(path)] == path or path[: len(place)] == place
        for path in (tuple(key.split(".")) for key in changes)
    )
    return f"{'changes' if touched else name}: {problem.line(raw)}"


class _InOrder(GenerateJsonSchema):
    """Keeps keys in the order of the request, also inside examples."""

    def sort(self, value: Any, parent_key: str | None = None) -> Any:
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def schema() -> dict[str, Any]:
    """Give the JSON schema of a file, from which editors complete and check."""
    definitions: dict[str, Any] = {"$defs": {}}
    for kind in (Request, FindingsRequest):
        whole = kind.model_json_schema(schema_generator=_InOrder)
        definitions["$defs"] |= whole.pop("$defs") | {kind.__name__: whole}
    # an outcome, a label or a set of covariates may also be its name alone
    names = {"Outcome": {"type": "string"}, "Label": {"type": "string"},
             "Covariates": {"enum": list(SETS)}}  # fmt: skip
    for short, name in names.items():
        full = definitions["$defs"][short]
        definitions["$defs"][short] = {"anyOf": [name, full]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Request of an analysis, or of a summary of published results",
        "type": "object",
        "additionalProperties": False,
        "required": ["request"],
        "properties": {"request": {
            "if": {"properties": {"stages": {"const": list(ALONE)}},
                   "required": ["stages"]},
            "then": {"$ref": "#/$defs/FindingsRequest"},
            "else": {"$ref": "#/$defs/Request"},
        }},
    } | definitions  # fmt: skip
