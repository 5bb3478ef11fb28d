"""The people of one analysis, and the covariates on which they are made alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pandas as pd

from helpers.errors import DataError
from helpers.intake import enough
from helpers.intake.cohort.kinds import DELAY, as_text, yes_no
from helpers.intake.linkage.thresholds import accepted
from helpers.request import Request
from helpers.request.covariates.needs import NEED_NAMES
from helpers.request.filters import Range

T = TypeVar("T")


@dataclass(frozen=True)
class Group:
    """The people of one analysis, both groups, after its filters.

    `people` is indexed by person_id and holds treatment (1/0) and the covariates;
    `exact` holds the keys that a match must share, or None. `yes_no` names the
    categories of which nothing but 0 and 1, or true and false, is known of anybody.
    """

    name: str
    people: pd.DataFrame
    covariates: list[str]
    exact: pd.DataFrame | None = None
    yes_no: frozenset[str] = frozenset()

    @property
    def treatment(self) -> pd.Series:
        """1 for the treatment group and 0 for the pool, by person_id."""
        return self.people["treatment"]

    def only(self, kept: pd.Series) -> "Group":
        """Give the group without the people who are not kept (a mask by person_id)."""
        exact = None if self.exact is None else self.exact[kept]
        return replace(self, people=self.people[kept], exact=exact)

    @property
    def n_treatment(self) -> int:
        """Number of people in the treatment group."""
        return int((self.people["treatment"] == 1).sum())

    @property
    def n_pool(self) -> int:
        """Number of people from whom the comparison group may come."""
        return int((self.people["treatment"] == 0).sum())


def selected(
    people: pd.DataFrame, request: Request
) -> tuple[dict[str, Group], dict[str, list[str]]]:
    """Give the people of every analysis, and the problems of those that have none.

    Both by the analysis' name. A filter that writes a value otherwise than the cohort
    is a mistake in the request: raises DataError with the problems of all analyses.
    """
    held = people[accepted(people)]
    misspelt = {a.name: enough.misspelt(held, a) for a in request.analyses}
    misspelt = {name: problems for name, problems in misspelt.items() if problems}
    groups, problems = each(
        select,
        {a.name: (people, a) for a in request.analyses if a.name not in misspelt},
    )
    if misspelt:
        raise DataError(_lines(request, misspelt | problems))
    return groups, problems


def each(
    work: Callable[..., T], arguments: Mapping[str, tuple]
) -> tuple[dict[str, T], dict[str, list[str]]]:
    """Do the same for every analysis, each with its own arguments, by its name.

    Gives the results, and the problems of the analyses for which it cannot be done.
    """
    results, problems = {}, {}
    for name, own in arguments.items():
        try:
            results[name] = work(*own)
        except DataError as error:
            problems[name] = error.problems
    return results, problems


def refuse_headlines(request: Request, problems: Mapping[str, list[str]]) -> None:
    """Refuse to go on where an analysis that cannot be carried out is a headline.

    Raises DataError with the problems of all analyses, each of which it names.
    """
    if any(a.headline and a.name in problems for a in request.analyses):
        raise DataError(_lines(request, problems))


def _lines(request: Request, problems: Mapping[str, list[str]]) -> list[str]:
    return [
        f'{request.source}: analyses: "{name}": {problem}'
        for name, told in problems.items()
        for problem in told
    ]


def select(people: pd.DataFrame, analysis) -> Group:
    """Give the people whom an analysis of the request compares, and their covariates.

    `filter` cuts both groups, `treatment_filter` the treatment group alone and `pool`
    the pool alone; who has no known value there is not kept, nor who is only a likely
    candidate of the review list. Numeric covariates become floats and categorical ones
    text, with missing values left as they are. Raises DataError when a group is empty,
    or the groups share no value of an exact key.
    """
    people = people[accepted(people)]
    keep = enough.chosen(people, analysis)
    _check_somebody_left(people[keep], analysis)
    rows = people[keep].set_index("person_id").sort_index()
    _check_keys(rows, analysis)
    numeric, categorical = _covariates(rows, analysis.covariates)
    chosen = pd.DataFrame({"treatment": rows["treatment"].astype(int)})
    for name in numeric:
        chosen[name] = rows[name].astype(float)
    for name in categorical:
        chosen[name] = as_text(rows[name])
    return Group(
        name=analysis.name,
        people=chosen,
        covariates=[*numeric, *categorical],
        exact=_keys(rows, analysis.exact),
        yes_no=frozenset(name for name in categorical if yes_no(people[name])),
    )


def _covariates(rows: pd.DataFrame, named: Any) -> tuple[list[str], list[str]]:
    """Give the covariates that the request names, and the delay where it varies.

    Support that began in custody for everyone leaves nothing to adjust for, nor does a
    characteristic of a named set in which nobody differs, such as sex among women.
    """
    idle = {n for n in named.of_set if rows[n].nunique(dropna=False) < 2}
    found = {
        "numeric": [name for name in named.numeric if name not in idle],
        "categorical": [name for name in named.categorical if name not in idle],
    }
    if named.with_needs:
        found["categorical"] += [name for name in NEED_NAMES if name in rows]
    for name, kind in DELAY.items():
        if name in rows and name not in named.names and rows[name].nunique() > 1:
            found[kind].append(name)
    return found["numeric"], found["categorical"]


def _check_somebody_left(people: pd.DataFrame, analysis) -> None:
    problems = []
    for group, label, own in (
        (1, "treatment group", "treatment_filter"),
        (0, "comparison pool", "pool"),
    ):
        if (people["treatment"] == group).any():
            continue
        asked = [
            f"{key} {{{', '.join(f'{c}: {_written(v)}' for c, v in kept.items())}}}"
            for key in ("filter", own)
            if (kept := getattr(analysis, key))
        ]
        problems.append(
            f"nobody is left in the {label} after "
            f"{' and '.join(asked) or 'the losses'}; write the values as they stand in "
            "the cohort"
        )
    if problems:
        raise DataError(problems)


def _check_keys(rows: pd.DataFrame, analysis) -> None:
    """Refuse exact keys on which no two people of the groups can agree."""
    keys, treated = list(analysis.exact), rows["treatment"] == 1
    problems = []
    for name in keys:
        known = as_text(rows[name])
        of_t, of_c = set(known[treated].dropna()), set(known[~treated].dropna())
        if not of_t & of_c:
            problems.append(f"exact: {name}: {_no_common(of_t, of_c)}, or take it out")
    if len(keys) > 1 and not problems and not met(_keys(rows, keys), treated):
        problems.append(
            f"exact: nobody in the pool agrees with anybody in the treatment group on "
            f"{', '.join(keys[:-1])} and {keys[-1]} together; take one of them out"
        )
    if problems:
        raise DataError(problems)


def _no_common(of_t: set[str], of_c: set[str]) -> str:
    """Say why the groups share no known value of a key, and what to do about it."""
    for values, group in ((of_t, "treatment group"), (of_c, "comparison pool")):
        if not values:
            return f"nobody in the {group} has a known value; fill the column in"
    alike = [{" ".join(value.split()).lower() for value in of} for of in (of_t, of_c)]
    if alike[0] & alike[1]:
        return (
            "the groups share no value, since their values differ in capitals or "
            "blanks; write them alike in both"
        )
    return "the groups share no value; write the same values in both"


def met(keys: pd.DataFrame, treated: pd.Series) -> float:
    """Give the share of the treated whose keys somebody in the pool has too."""
    pool = keys[~treated].drop_duplicates()
    both = keys[treated].merge(pool, how="left", indicator="_found")["_found"]
    return float((both == "both").mean())


def _written(kept: Sequence | Range) -> str:
    """Give what is kept of a column as a request writes it."""
    if not isinstance(kept, Range):
        return str(list(kept))
    ends = kept.model_dump(by_alias=True, exclude_none=True)
    return f"{{{', '.join(f'{name}: {end}' for name, end in ends.items())}}}"


def _keys(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame | None:
    """Give exact keys as text; people whose key is missing meet each other."""
    if not names:
        return None
    return pd.DataFrame({name: as_text(rows[name]).fillna("missing") for name in names})
