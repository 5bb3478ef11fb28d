"""What the matching stage declares for the report: people, balance, needs, method."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.intake.report import how_found
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.matching.report import characteristics, people
from helpers.matching.report import sizes as report_sizes
from helpers.matching.report.quality import SCALES, about, named
from helpers.matching.weights import Match
from helpers.publication import blocks
from helpers.publication.blocks import Block, see
from helpers.publication.labels import variable
from helpers.publication.refs import slug
from helpers.publication.sections import SECTIONS
from helpers.publication.wording.number_words import in_words
from helpers.request.covariates.needs import addressed
from helpers.request.matching import Matching
from helpers.runs.run import Run

KNOWN = "Values that are not known are left out of averages."
ADDRESSED_FIRST = "The needs that services of this type address come first."
WEIGHTED = "The comparison group is weighted after matching."

NO_NEEDS = "No assessed needs (OASys) were among the characteristics compared."
WITH_NEEDS = f" The part “{SECTIONS['robustness']}” tells what they change."
LOVE_NOTE = (
    "In the data, lower and higher tell how the programme differs from the comparison "
    "group. Of two levels that mirror each other one is drawn."
)
BEFORE_HIDDEN = "Differences before matching that are hidden are not drawn."

METHODS = {
    "radius": "Each person in the programme was matched to everyone in the pool "
    "whose score lay within the caliper; these count equally.",
    "nearest": "Each person in the programme was matched to the people in the pool "
    "whose scores lay nearest{within}.",
    "kernel": "Each person in the programme was matched to everyone in the pool "
    "whose score lay within the bandwidth. The nearer the score, the more such a "
    "person counts, by Epanechnikov’s kernel: in full at the same score, for nothing "
    "at the bandwidth.",
}

LADDER = (
    "To show how far the result rests on assessed needs (OASys), it was worked out "
    "twice more: for people with an assessment, without their needs, and for the same "
    "people with all needs on record among their characteristics. Each time the "
    "propensity model was fitted and people were matched anew, by the same rules."
)

AS_BEFORE = "People were matched as in “{}”."

ORDERS = {
    "largest": "people with the largest score first",
    "smallest": "people with the smallest score first",
    "closest": "the closest pair first",
}


@dataclass(frozen=True)
class _Described:
    """A table of both groups: its key, its title, and what leads to it."""

    key: str
    title: str
    lead: str
    needs: bool  # assessed needs (OASys), or all other characteristics


CHARACTERISTICS = _Described(
    "characteristics",
    "Who the people were, before and after matching",
    " describes both groups before and after matching. The closer the last two "
    "columns are, the more alike are the people who were matched.",
    needs=False,
)
NEEDS = _Described(
    "needs",
    "Assessed needs, before and after matching",
    " shows the needs that were assessed in prison or on probation (OASys), in "
    "both groups before and after matching.",
    needs=True,
)


def register_characteristics(
    run: Run,
    groups: Mapping[str, Group],
    fitted: Mapping[str, Group],
    matches: Mapping[str, Match],
    tables: Mapping[str, pd.DataFrame],
) -> None:
    """Register the balance table of every analysis, and who is behind it."""
    for name, group in fitted.items():
        weights, table = matches[name].weights, tables[name]
        found = characteristics.cells(group, weights, table)
        who = people.who(groups[name], group, weights, table)
        run.register(found, characteristics.sums(group, table), who)


def characteristics_tables(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Give characteristics of both groups before and after matching, needs left out."""
    return _described(run, fitted, tables, CHARACTERISTICS)


def _described(
    run: Run,
    fitted: Mapping[str, Group],
    tables: Mapping[str, pd.DataFrame],
    of: _Described,
) -> list[Block]:
    made, first = [], addressed(run.request.programme.intervention_type)
    for name, table in tables.items():
        rows = characteristics.rows(run.request, fitted[name], table, needs=of.needs)
        place = f"{of.key}-{slug(name)}"
        if rows:
            made.append(
                blocks.table(
                    run,
                    place,
                    lead=[see(place), of.lead],
                    caption=named(run, name, of.title),
                    columns=characteristics.COLUMNS,
                    rows=rows,
                    notes=[
                        f"{WEIGHTED} {KNOWN}"
                        if report_sizes.weighted(run, name)
                        else KNOWN,
                        *([ADDRESSED_FIRST] if first and of.needs else []),
                    ],
                )
            )
    return made


def love_plots(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Give standardised mean differences before and after matching."""
    return [
        blocks.figure(
            run,
            f"love-plot-{slug(name)}",
            figure="love_plot",
            lead=[
                see(f"love-plot-{slug(name)}"),
                " shows how far the groups differ on each characteristic, before and "
                "after matching. The nearer a dot is to nought, the more alike they "
                "are.",
            ],
            subtitle="Difference between the groups, in per cent of the standard "
            "deviation",
            data={"rows": rows},
            notes=[LOVE_NOTE, _not_drawn(rows)],
        )
        for name, table in tables.items()
        for rows in [characteristics.love_rows(run.request, fitted[name], table)]
    ]


def _not_drawn(rows: list[dict[str, Any]]) -> dict[str, Any]:
    before = [row["before"]["ref"] for row in rows]
    return blocks.where_hidden(BEFORE_HIDDEN, *before)


def needs(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Give assessed needs (OASys) before and after matching, if any are matched on."""
    made = _described(run, fitted, tables, NEEDS)
    if not made:
        ladder = any(a.oasys == "ladder" for a in run.request.analyses)
        data = {"sentences": [[NO_NEEDS, WITH_NEEDS if ladder else ""]]}
        made.append(blocks.words(run, "needs", words="sentences", data=data))
    return made


def _method(settings: Matching) -> str:
    """Give the method with every setting of the request that shapes it.

    In words, since the table that has the ratio is left out with a hidden analysis.
    """
    within = " within the caliper" if settings.caliper is not None else ""
    said = METHODS[settings.method].format(within=within)
    if settings.method == "nearest":
        said += _nearest(settings)
    if settings.common_support == "range":
        said += (
            " People in the programme whose score was outside the range of the pool's "
            "were left out."
        )
    return said


def _nearest(settings: Matching) -> str:
    said = " For each, the nearest one was taken"
    if settings.ratio > 1:
        said = f" For each, the {in_words(settings.ratio)} nearest were taken"
        if settings.caliper is not None:
            said += ", fewer where fewer lay within it"
    if settings.replacement:
        return (
            f"{said}, and whoever lay just as near. A person of the pool could be "
            "taken more than once."
        )
    return (
        f"{said}. A person of the pool was taken once only, in the order: "
        f"{ORDERS[settings.order]}."
    )


def method_words(
    run: Run, groups: Mapping[str, Group], models: Mapping[str, Model]
) -> list[Block]:
    """Tell how people were matched, for each analysis.

    Characteristics that told nothing new are not in the model, and not named. Where
    that is how an earlier analysis was matched, it is said by its name.
    """
    made, first = [], {}
    for name, group in groups.items():
        settings = run.request.matching_of(name)
        same = next((other for other, how in first.items() if how == settings), "")
        first.setdefault(name, settings)
        exact = [] if group.exact is None else list(group.exact)
        columns = models[name].columns
        used = [
            c
            for c in group.covariates
            if c in columns or any(column.startswith(f"{c}=") for column in columns)
        ]
        method = [AS_BEFORE.format(same) if same else _method(settings)]
        if any(a.name == name and a.oasys == "ladder" for a in run.request.analyses):
            method.append(LADDER)
        data = about(run, name) | {
            "covariates": [variable(run.request, c) for c in used],
            "exact": [variable(run.request, c) for c in exact],
            "method": method,
            "scale": "" if same else SCALES[settings.distance],
        }
        key, fold = f"matched-{slug(name)}", how_found.steps(run)
        if run.several:
            fold = blocks.fold(f"{name}: how people were matched", within=fold)
        made.append(blocks.words(run, key, words="how_matched", data=data, fold=fold))
    return made
