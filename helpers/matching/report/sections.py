"""What the matching stage declares for the report: love plots, method in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.intake.report import how_found
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.matching.report import characteristics, layers, people
from helpers.matching.report.quality import SCALES, about
from helpers.matching.weights import Match
from helpers.publication import blocks
from helpers.publication.blocks import Block, see
from helpers.publication.labels import variable
from helpers.publication.refs import slug
from helpers.publication.wording.number_words import in_words
from helpers.request.matching import Matching
from helpers.runs.run import Run

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


def love_plots(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> dict[str, list[Block]]:
    """Give standardised mean differences before and after matching, by analysis.

    They are folded: the line says how large the largest is that matching left.
    """
    made = {}
    for name, table in tables.items():
        key = f"love-plot-{slug(name)}"
        rows = characteristics.love_rows(run.request, fitted[name], table)
        line = blocks.said(
            words="line_of_largest", data={"rows": rows, "what": "Differences"}
        )
        plot = blocks.figure(
            run,
            key,
            figure="love_plot",
            lead=[
                see(key),
                " shows how far the groups differ on each characteristic, before and "
                "after matching. The nearer a dot is to nought, the more alike they "
                "are.",
            ],
            subtitle="Difference between the groups, in per cent of the standard "
            "deviation",
            data={"rows": rows},
            notes=[LOVE_NOTE, _not_drawn(rows)],
            fold=blocks.fold(line, within=layers.of_balance(run, name)),
        )
        made[name] = [plot]
    return made


def _not_drawn(rows: list[dict[str, Any]]) -> dict[str, Any]:
    before = [row["before"]["ref"] for row in rows]
    return blocks.where_hidden(BEFORE_HIDDEN, *before)


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
