"""How well the groups are matched, in words, and how many people that is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.intake.report import kept
from helpers.matching import sizes
from helpers.matching.groups import Group
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
) -> list[Block]:
    """Tell how alike the groups are, for each analysis, and how many people that is."""
    made = []
    for row in summary.itertuples(index=False):
        base, settings = slug(row.analysis), run.request.matching_of(row.analysis)
        caliper = settings.calipers[row.step]
        if limits.HEADLINED <= row.share_matched < limits.NEARLY_ALL:
            names = sizes.lost(groups[row.analysis], matches[row.analysis])
            run.register([_lost(run.request, row.analysis, names)])
        data = about(run, row.analysis) | {
            "match_quality": ref(refs.of(row.analysis, "match_quality"), "text"),
            "differences": differences(run, row.analysis),
            "n_treatment": ref(refs.of(row.analysis, "n_treatment")),
            "n_comparison": ref(refs.of(row.analysis, "n_comparison")),
            "weighted": report_sizes.weighted(run, row.analysis),
            "effective_comparison": ref(refs.of(row.analysis, "effective_comparison")),
            "share_matched": ref(refs.of(row.analysis, "share_matched"), "per_cent"),
            "sizes": see(f"sizes-{base}"),
            "lost": _if_known(run, refs.of(row.analysis, "lost"), "text"),
            "width": ref(refs.of(row.analysis, "width"), "decimals_3"),
            "reach": settings.reach,
            "caliper": ref(refs.of(row.analysis, settings.reach), "setting"),
            "unit": caliper["of"] if isinstance(caliper, Mapping) else "",
            "scale": SCALES[settings.distance],
            "choice": _choice(settings),
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
    )
