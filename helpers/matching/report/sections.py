"""What the matching stage declares for the report: people, balance, needs, method."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.matching import sizes
from helpers.matching.groups import Group
from helpers.matching.report import characteristics, kept
from helpers.matching.report import sizes as report_sizes
from helpers.matching.weights import Match
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.labels import variable
from helpers.publication.refs import slug
from helpers.request import limits
from helpers.request.matching import Matching
from helpers.runs.run import Run

KNOWN = "Values that are not known are left out of averages."
WEIGHTED = "The comparison group is weighted after matching."

LOVE_NOTES = [
    "In the data, lower and higher tell how the programme differs from the comparison "
    "group. Of two levels that mirror each other one is drawn.",
]

#: of the sizes: who could not be compared with anybody
ALONE = {
    "set_aside": "People in the programme set aside, like nobody in the pool",
    "pool_set_aside": "People in the pool set aside, like nobody in the programme",
    "pool_far": "People in the pool far from everybody, not matched",
}

METHODS = {
    "radius": "Each person in the programme was matched to everyone in the pool "
    "whose score lay within the caliper; these count equally.",
    "nearest": "Each person in the programme was matched to the people in the pool "
    "whose scores lay nearest.",
}

ORDERS = {
    "largest": "people with the largest score first",
    "smallest": "people with the smallest score first",
    "closest": "the closest pair first",
}

SCALES = {
    "logit": "on the logit of the propensity score",
    "propensity": "on the propensity score itself",
    "odds": "on the odds of the propensity score",
}

UNITS = {
    "logit": "in the logit of the propensity score",
    "propensity": "in the propensity score",
    "odds": "in the odds of the propensity score",
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


def _named(run: Run, analysis: str, text: str) -> str:
    return f"{text}: {analysis}" if len(run.request.analyses) > 1 else text


def _base(run: Run, analysis: str) -> dict[str, Any]:
    return {
        "analysis": analysis,
        "several": len(run.request.analyses) > 1,
        "noun": run.request.noun(analysis),
        "by_chance": run.request.programme.selection_by == "chance",
    }


def quality_words(
    run: Run,
    summary: pd.DataFrame,
    groups: Mapping[str, Group],
    matches: Mapping[str, Match],
) -> list[Block]:
    """Tell how alike the groups are, for each analysis, and how many people that is."""
    made = []
    for row in summary.itertuples(index=False):
        base, settings = slug(row.analysis), run.request.matching
        caliper = settings.calipers[row.step]
        lost = []
        few = report_sizes.few_unmatched(
            groups[row.analysis], matches[row.analysis], run.request
        )
        # of fewer people than the threshold nothing is told
        if limits.HEADLINED <= row.share_matched < limits.NEARLY_ALL and not few:
            names = sizes.lost(groups[row.analysis], matches[row.analysis])
            lost = [variable(run.request, name) for name in names]
        data = _base(run, row.analysis) | {
            "match_quality": ref(refs.of(row.analysis, "match_quality"), "text"),
            "n_treatment": ref(refs.of(row.analysis, "n_treatment")),
            "n_comparison": ref(refs.of(row.analysis, "n_comparison")),
            "effective_comparison": ref(refs.of(row.analysis, "effective_comparison")),
            "share_matched": ref(refs.of(row.analysis, "share_matched"), "per_cent"),
            "sizes": see(f"sizes-{base}"),
            "lost": lost,
            "width": ref(refs.of(row.analysis, "width"), "decimals_3"),
            "caliper": ref(refs.of(row.analysis, "caliper"), "setting"),
            "unit": caliper["of"] if isinstance(caliper, Mapping) else "",
            "scale": SCALES[settings.distance],
            "choice": "named" if settings.named_caliper else "default",
            "widened": bool(row.step > 0),
            "tried": _tried(run, row),
            "widest": _if_known(run, refs.of(row.analysis, "widest"), "decimals_3"),
            "limited": caliper is not None,
        }
        made.append(
            blocks.words(run, f"quality-{base}", words="match_quality", data=data)
        )
        tried = data["tried"] if row.step or row.quality == "poorly" else []
        made.append(_sizes_table(run, row.analysis, caliper, tried))
    return made


def _tried(run: Run, row: Any) -> list[dict[str, str]]:
    """Give the calipers tried before the one used; all where it is the first."""
    widths = run.request.matching.calipers
    if len(widths) < 2:
        return []
    return [
        ref(refs.tried(row.analysis, number), "setting")
        for number in range(row.step or len(widths))
    ]


def _if_known(run: Run, name: str, format_: str = "count") -> Any:
    return ref(name, format_) if name in run.cells else ""


def _sizes_table(run: Run, analysis: str, caliper: Any, tried: list[Any]) -> Block:
    base = slug(analysis)
    rows = [
        ["People in the programme who were matched",
         ref(refs.of(analysis, "n_treatment"))],
        ["People in the comparison group", ref(refs.of(analysis, "n_comparison"))],
        ["Effective size of the comparison group",
         ref(refs.of(analysis, "effective_comparison"))],
        ["Matched, of those who could have been",
         ref(refs.of(analysis, "share_matched"), "per_cent")],
    ]  # fmt: skip
    rows += [
        [label, ref(refs.of(analysis, name))]
        for name, label in ALONE.items()
        if refs.of(analysis, name) in run.cells
    ]
    if run.request.matching.method == "nearest":
        sought = "Sought in the pool for each person in the programme"
        rows.append([sought, ref(refs.of(analysis, "ratio"))])
    if caliper is not None:
        if isinstance(caliper, Mapping):
            size = ref(refs.of(analysis, "caliper"), "setting")
            rows.append(["Caliper, in standard deviations", size])
        unit = UNITS[run.request.matching.distance]
        rows.append([f"Caliper, {unit}", ref(refs.of(analysis, "width"), "decimals_3")])
        widest = refs.of(analysis, "widest")
        if widest in run.cells:
            rows.append([f"Limit of the caliper, {unit}", ref(widest, "decimals_3")])
        rows += [["Caliper tried, in standard deviations", width] for width in tried]
    asked = next(a for a in run.request.analyses if a.name == analysis)
    rows += kept.rows(run.request, asked)
    return blocks.table(
        run,
        f"sizes-{base}",
        caption=_named(run, analysis, "People in both groups"),
        columns=["What", "Number"],
        rows=rows,
    )


def register_characteristics(
    run: Run,
    fitted: Mapping[str, Group],
    matches: Mapping[str, Match],
    tables: Mapping[str, pd.DataFrame],
) -> None:
    """Register the balance table of every analysis."""
    for name, group in fitted.items():
        coarse = report_sizes.few_unmatched(group, matches[name], run.request)
        weights, table = matches[name].weights, tables[name]
        found = characteristics.cells(group, weights, table, coarse=coarse)
        run.register(found, characteristics.sums(group, table))


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
    made = []
    for name, table in tables.items():
        rows = characteristics.rows(run.request, fitted[name], table, needs=of.needs)
        place = f"{of.key}-{slug(name)}"
        if rows:
            made.append(
                blocks.table(
                    run,
                    place,
                    lead=[see(place), of.lead],
                    caption=_named(run, name, of.title),
                    columns=characteristics.COLUMNS,
                    rows=rows,
                    notes=[
                        f"{WEIGHTED} {KNOWN}"
                        if report_sizes.weighted(run, name)
                        else KNOWN
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
            data={"rows": characteristics.love_rows(run.request, fitted[name], table)},
            notes=LOVE_NOTES,
        )
        for name, table in tables.items()
    ]


def needs(
    run: Run, fitted: Mapping[str, Group], tables: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Give assessed needs (OASys) before and after matching, if any are matched on."""
    made = _described(run, fitted, tables, NEEDS)
    if not made:
        none = "No assessed needs (OASys) were among the characteristics compared."
        data = {"sentences": [[none]]}
        made.append(blocks.words(run, "needs", words="sentences", data=data))
    return made


def _method(settings: Matching, analysis: str) -> list[Any]:
    """Give the method with every setting of the request that shapes it, in pieces."""
    said: list[Any] = [METHODS[settings.method]]
    if settings.method == "nearest":
        said += _nearest(settings, ref(refs.of(analysis, "ratio")))
    if settings.common_support == "range":
        said.append(
            " People in the programme whose score was outside the range of the pool's "
            "were left out."
        )
    return said


def _nearest(settings: Matching, ratio: dict[str, str]) -> list[Any]:
    said = [" For each, the nearest one was taken"]
    if settings.ratio > 1:
        said = [" For each, the ", ratio, " nearest were taken"]
    if settings.replacement:
        return [
            *said,
            ", and whoever lay just as near. A person of the pool could be taken more "
            "than once.",
        ]
    return [
        *said,
        ". A person of the pool was taken once only, in the order: "
        f"{ORDERS[settings.order]}.",
    ]


def method_words(run: Run, groups: Mapping[str, Group]) -> list[Block]:
    """Tell how people were matched, for each analysis."""
    settings = run.request.matching
    made = []
    for name, group in groups.items():
        exact = [] if group.exact is None else list(group.exact)
        data = _base(run, name) | {
            "covariates": [variable(run.request, c) for c in group.covariates],
            "exact": [variable(run.request, c) for c in exact],
            "method": _method(settings, name),
            "scale": SCALES[settings.distance],
        }
        made.append(
            blocks.words(run, f"matched-{slug(name)}", words="how_matched", data=data)
        )
    return made
