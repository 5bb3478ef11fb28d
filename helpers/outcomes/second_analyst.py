"""A second analyst: a short R script that works out the run's results once more.

Base R, no packages: propensity scores by `glm`, weights by a search through the pool,
estimates by their formulas. It shares nothing with the kit but the people and the
settings of the request.
"""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from helpers.matching.groups import Group, selected
from helpers.request import Request

#: the part of the script that is the same for every run
BODY = Path(__file__).with_suffix(".R")
#: what is held against the script's own
COMPARED = (
    "value_treatment value_comparison difference standard_error df ci_low ci_high "
    "p_value"
).split()
HEAD = """\
# A second analyst: the results of this run, worked out once more in base R.
#
#     Rscript second_analyst.R
#
# reads data/second_analyst.csv beside it: everyone with a propensity score, with
# covariates (x:), exact keys (exact:), the kit's score and weight, and outcomes (y:).
# It says by how much its own scores, weights and estimates differ from the kit's, and
# ends with status 1 where they do not agree. Whom the kit set aside before the model,
# since one group had nobody like them, and how wide the caliper is, is taken over.

"""


def analyses(people: pd.DataFrame, request: Request) -> dict[str, Group]:
    """Give the people of each analysis and their covariates, as for matching."""
    groups, _ = selected(people, request)
    return groups


def table(
    groups: Mapping[str, Group], matched: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Give everyone with a propensity score: covariates, score, weight and outcomes.

    Parameters
    ----------
    groups
        The people of each analysis, by its name.
    matched
        Those of `measures.with_outcomes`, by the same names.
    """
    frames = [
        _rows(str(number), groups[name], people[people["propensity"].notna()])
        for number, (name, people) in enumerate(matched.items(), start=1)
    ]
    return pd.concat(frames, ignore_index=True)


def _rows(key: str, group: Group, people: pd.DataFrame) -> pd.DataFrame:
    rows = people[["person_id", "treatment", "propensity", "weight"]].set_index(
        "person_id"
    )
    outcomes = people.set_index("person_id").drop(
        columns=["analysis", "variant", "treatment", "propensity", "weight"]
    )
    parts = [rows, group.people[group.covariates].add_prefix("x:").loc[rows.index]]
    if group.exact is not None:
        parts.append(group.exact.add_prefix("exact:").loc[rows.index])
    both = pd.concat([*parts, outcomes.add_prefix("y:")], axis=1).reset_index()
    both.insert(0, "analysis", key)
    return both


def script(
    groups: Mapping[str, Group],
    request: Request,
    sizes: pd.DataFrame,
    results: pd.DataFrame,
) -> str:
    """Give the script: the settings and estimates of each analysis, then what it does.

    Parameters
    ----------
    sizes
        One row an analysis, with the `width` that was used.
    results
        The estimates, as `measures.table` gives them.

    Notes
    -----
    It holds settings, names of columns and estimates, and no person's value.
    """
    width = sizes.set_index("analysis")["width"]
    lists = [
        _analysis(
            str(number),
            group,
            request,
            width[name],
            results[results["analysis"] == name],
        )
        for number, (name, group) in enumerate(groups.items(), start=1)
    ]
    listed = ",\n".join(lists)
    return f"{HEAD}analyses <- list(\n{listed}\n)\n\n" + BODY.read_text(
        encoding="utf-8"
    )


def _analysis(
    key: str, group: Group, request: Request, width: float, results: pd.DataFrame
) -> str:
    """Write an analysis as a list of R's."""
    settings = request.matching_of(group.name)
    numeric = [n for n in group.covariates if group.people[n].dtype.kind == "f"]
    estimates = [
        f"{_text(row['outcome'])} = c("
        + ", ".join(f"{name} = {_number(row[name])}" for name in COMPARED)
        + ")"
        for row in results.to_dict("records")
    ]
    between = ",\n      "
    parts = {
        "key": _text(key),
        "name": _text(group.name),
        "numeric": _texts(numeric),
        "categorical": _texts(n for n in group.covariates if n not in numeric),
        "exact": _texts(() if group.exact is None else group.exact),
        "method": _text(settings.method),
        "distance": _text(settings.distance),
        "width": _number(width),
        "ratio": _number(settings.ratio),
        "replacement": str(settings.replacement).upper(),
        "common_support": _text(settings.common_support),
        "means": _texts(
            o.name for o in request.outcomes if o.estimated_as not in (None, "rate")
        ),
        "estimates": f"list(\n      {between.join(estimates)})",
    }
    inside = ",\n    ".join(f"{name} = {value}" for name, value in parts.items())
    return f"  list(\n    {inside})"


def _texts(values: Iterable[str]) -> str:
    return f"c({', '.join(map(_text, values))})"


def _text(value: str) -> str:
    """Write text as R reads it, in ASCII alone."""
    return '"' + "".join(_sign(sign) for sign in value) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if " " <= sign <= "~" else f"\\U{ord(sign):08x}"


def _number(value: float) -> str:
    if math.isnan(value):
        return "NA_real_"
    return "Inf" if math.isinf(value) else repr(float(value))
