"""How well the groups are matched, in words, and how many people that is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.intake.report import kept
from helpers.matching import sizes
from helpers.matching.groups import Group
from helpers.matching.report import layers
from helpers.matching.report import sizes as report_sizes
from helpers.matching.report.characteristics import row_refs
from helpers.matching.weights import Match
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import variable
from helpers.publication.refs import slug
from helpers.request import Request, limits
from helpers.request.matching import Matching
from helpers.runs.run import Run

#: of the sizes: who could not be compared with anybody
ALONE = {
    "set_aside": "People in the programme set aside, like nobody in the pool",
    "pool_set_aside": "People in the pool set aside, like nobody in the programme",
    "pool_far": "People in the pool far from everybody, not matched",
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


def named(run: Run, analysis: str, text: str) -> str:
    """Give a title that names the analysis where there are several."""
    return f"{text}: {analysis}" if run.several else text


def about(run: Run, analysis: str) -> dict[str, Any]:
    """Give what every sentence on an analysis is given."""
    return {
        "analysis": analysis,
        "several": run.several,
        "noun": run.request.noun(analysis),
        "by_chance": run.request.programme.selection_by == "chance",
    }


def quality_words(
    run: Run,
    summary: pd.DataFrame,
    groups: Mapping[str, Group],
    matches: Mapping[str, Match],
) -> dict[str, list[Block]]:
    """Tell how alike the groups are, by analysis, and how many people that is.

    The verdict stands in view if the analysis heads the report; how people were
    matched and the table of sizes are folded.
    """
    made = {}
    for row in summary.itertuples(index=False):
        name, base = row.analysis, slug(row.analysis)
        caliper = run.request.matching_of(name).calipers[row.step]
        if limits.HEADLINED <= row.share_matched < limits.NEARLY_ALL:
            names = sizes.lost(groups[name], matches[name])
            run.register([_lost(run.request, name, names)])
        outer = layers.of_balance(run, name)
        data = _told(run, row)
        sized = {key: data[key] for key in ("n_treatment", "n_comparison")}
        line = blocks.said(words="line_of_sizes", data=sized)
        fold = blocks.fold(line, within=outer)
        tried = data["tried"] if row.step or row.quality == "poorly" else []
        made[name] = [
            blocks.words(
                run, f"quality-{base}", words="match_quality", data=data,
                fold=layers.in_view(run, name, outer),
            ),
            blocks.words(
                run, f"matching-{base}", words="match_sizes",
                data=data | {"sizes": see(f"sizes-{base}")}, fold=fold,
            ),
            _sizes_table(run, name, caliper, tried, fold),
        ]  # fmt: skip
    return made


def _told(run: Run, row: Any) -> dict[str, Any]:
    """Give what the sentences on the balance and the sizes of an analysis are given."""
    name, settings = row.analysis, run.request.matching_of(row.analysis)
    caliper = settings.calipers[row.step]
    return about(run, name) | {
        "match_quality": ref(refs.of(name, "match_quality"), "text"),
        "differences": differences(run, name),
        "n_treatment": ref(refs.of(name, "n_treatment")),
        "n_comparison": ref(refs.of(name, "n_comparison")),
        "weighted": report_sizes.weighted(run, name),
        "effective_comparison": ref(refs.of(name, "effective_comparison")),
        "share_matched": ref(refs.of(name, "share_matched"), "per_cent"),
        "lost": _if_known(run, refs.of(name, "lost"), "text"),
        "width": ref(refs.of(name, "width"), "decimals_3"),
        "reach": settings.reach,
        "caliper": ref(refs.of(name, settings.reach), "setting"),
        "unit": caliper["of"] if isinstance(caliper, Mapping) else "",
        "scale": SCALES[settings.distance],
        "choice": _choice(settings),
        "widened": bool(row.step > 0),
        "tried": _tried(run, row),
        "widest": _if_known(run, refs.of(name, "widest"), "decimals_3"),
        "limited": caliper is not None,
    }


def _choice(settings: Matching) -> str:
    """Tell who chose the width: the request, the method, or a trial of several."""
    if settings.named:
        return "named"
    return "default" if len(settings.calipers) > 1 else "usual"


def differences(run: Run, analysis: str) -> list[dict[str, str]]:
    """Give the differences after matching on which the verdict on balance rests."""
    start = refs.balance(analysis, "")
    return [
        ref(name, "smd")
        for name in run.cells
        if name.startswith(start) and name.endswith(".smd_after")
    ]


def unalike(run: Run, analysis: str, table: pd.DataFrame) -> list[list[Any]]:
    """Give each characteristic of a balance table, with its differences after."""
    found: dict[str, list[Any]] = {}
    table = table[table["analysis"] == analysis]
    for start, name in zip(row_refs(analysis, table), table["variable"], strict=True):
        after = ref(refs.within(start, "smd_after"), "smd")
        found.setdefault(name, []).append(after)
    return [[variable(run.request, name), *each] for name, each in found.items()]


def _lost(request: Request, analysis: str, names: list[str]) -> Cell:
    """Give in which characteristics those left unmatched differ most, in words."""
    both = ("not_matched", "n_treatment")
    return Cell(
        refs.of(analysis, "lost"),
        ", ".join(variable(request, name) for name in names),
        "derived",
        needs=tuple(refs.of(analysis, name) for name in both),
        method="4: the largest |SMD| between the treated matched and not matched",
    )


def _tried(run: Run, row: Any) -> list[dict[str, str]]:
    """Give the calipers tried before the one used; all where it is the first."""
    widths = run.request.matching_of(row.analysis).calipers
    if len(widths) < 2:
        return []
    return [
        ref(refs.tried(row.analysis, number), "setting")
        for number in range(row.step or len(widths))
    ]


def _if_known(run: Run, name: str, format_: str = "count") -> Any:
    return ref(name, format_) if name in run.cells else ""


def _sizes_table(
    run: Run, analysis: str, caliper: Any, tried: list[Any], fold: dict[str, Any]
) -> Block:
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
    settings = run.request.matching_of(analysis)
    if settings.method == "nearest":
        sought = "Sought in the pool for each person in the programme"
        rows.append([sought, ref(refs.of(analysis, "ratio"))])
    if caliper is not None:
        if isinstance(caliper, Mapping):
            size = ref(refs.of(analysis, "caliper"), "setting")
            rows.append(["Caliper, in standard deviations", size])
        unit, reach = UNITS[settings.distance], settings.reach
        width = ref(refs.of(analysis, "width"), "decimals_3")
        rows.append([f"{reach.capitalize()}, {unit}", width])
        widest = refs.of(analysis, "widest")
        if widest in run.cells:
            rows.append([f"Limit of the {reach}, {unit}", ref(widest, "decimals_3")])
        rows += [["Caliper tried, in standard deviations", width] for width in tried]
    asked = next(a for a in run.request.analyses if a.name == analysis)
    rows += kept.rows(run.request, asked)
    return blocks.table(
        run,
        f"sizes-{base}",
        caption=named(run, analysis, "People in both groups"),
        columns=["What", "Number"],
        rows=rows,
        fold=fold,
    )
