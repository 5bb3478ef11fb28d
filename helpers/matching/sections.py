"""What the matching stage declares for the report: people, balance, needs, method."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.matching import characteristics, sizes
from helpers.matching.covariates import Group
from helpers.matching.matching import Match
from helpers.publication import blocks
from helpers.publication.blocks import Block, ref
from helpers.publication.cells import Cell
from helpers.publication.labels import is_need, plain, slug, variable
from helpers.run import Run

NOTES = [
    "The comparison group is weighted after matching. Values that are not known are "
    "left out of averages.",
]

BINS = np.round(np.arange(0, 1.05, 0.05), 2)

METHODS = {
    "radius": "Each person in the programme was compared with everyone in the pool "
    "whose score lay within the caliper; these count equally.",
    "nearest": "Each person in the programme was compared with the people in the pool "
    "whose scores lay nearest.",
}

SCALES = {
    "logit": "on the logit of the propensity score",
    "propensity": "on the propensity score itself",
    "odds": "on the odds of the propensity score",
}


def caption(run: Run, analysis: str) -> str:
    """The caption of the table of characteristics."""
    return _named(run, analysis, "Who the people were, before and after matching")


def _named(run: Run, analysis: str, text: str) -> str:
    return f"{text}: {analysis}" if len(run.request.analyses) > 1 else text


def _base(run: Run, analysis: str) -> dict[str, Any]:
    return {
        "analysis": analysis,
        "several": len(run.request.analyses) > 1,
        "noun": run.request.programme.noun,
    }


def flow(run: Run, summary: pd.DataFrame) -> list[Block]:
    """Where every submitted line went, a sentence and a table for each analysis."""
    boxes = [name for name in run.cells if name.startswith("intake.box.")]
    made = []
    for row in summary.itertuples(index=False):
        base = slug(row.analysis)
        data = _base(run, row.analysis) | {
            "organisation": run.request.organisation.name,
            "submitted": ref("intake.submitted"),
            "n_treatment": ref(f"{base}.n_treatment"),
        }
        made.append(blocks.words(run, f"flow-words-{base}", words="flow", data=data))
        rows: list[list[Any]] = [["Submitted", ref("intake.submitted")]]
        for name in boxes:
            label = plain(name.removeprefix("intake.box.").replace("-", "_"))
            rows.append([label, ref(name)])
        if run.cells[f"{base}.filtered"].value:
            rows.append(["Not in this analysis", ref(f"{base}.filtered")])
        rows.append(["Outside common support", ref(f"{base}.not_matched")])
        rows.append(["In the analysis", ref(f"{base}.n_treatment")])
        made.append(
            blocks.table(
                run,
                f"flow-{base}",
                caption=_named(run, row.analysis, "Where everyone submitted went"),
                columns=["Box", "People or lines"],
                rows=rows,
                notes=["Outside common support: nobody similar enough to compare."],
            )
        )
    return made


def quality_words(
    run: Run,
    summary: pd.DataFrame,
    fitted: Mapping[str, pd.DataFrame],
    matches: Mapping[str, Match],
) -> list[Block]:
    """How alike the groups are, for each analysis, and how many people that is."""
    made = []
    for row in summary.itertuples(index=False):
        base, settings = slug(row.analysis), run.request.matching
        caliper = settings.calipers[row.step]
        lost = []
        if 0.8 <= row.share_matched < 0.9:
            people = fitted[row.analysis]
            names = sizes.lost(people, matches[row.analysis], _covariates(people))
            lost = [variable(run.request, name) for name in names]
        data = _base(run, row.analysis) | {
            "match_quality": ref(f"{base}.match_quality", "text"),
            "n_treatment": ref(f"{base}.n_treatment"),
            "n_comparison": ref(f"{base}.n_comparison"),
            "effective_comparison": ref(f"{base}.effective_comparison"),
            "share_matched": ref(f"{base}.share_matched", "per_cent"),
            "few_matched": bool(row.share_matched < 0.9),
            "lost": lost,
            "width": ref(f"{base}.width", "decimals_3"),
            "caliper": ref(f"{base}.caliper", "setting"),
            "unit": caliper["of"] if isinstance(caliper, Mapping) else "",
            "scale": SCALES[settings.distance],
            "choice": "named" if settings.named_caliper else "default",
            "widened": bool(row.step > 0),
            "limited": caliper is not None,
        }
        made.append(
            blocks.words(run, f"quality-{base}", words="match_quality", data=data)
        )
        made.append(_sizes_table(run, row, base, caliper is not None))
    return made


def _covariates(people: pd.DataFrame) -> list[str]:
    return [name for name in people if name != "treatment"]


def _sizes_table(run: Run, row: Any, base: str, limited: bool) -> Block:
    rows = [
        ["People in the programme who were matched", ref(f"{base}.n_treatment")],
        ["People in the comparison group", ref(f"{base}.n_comparison")],
        ["Comparison people of equal weight who would tell as much",
         ref(f"{base}.effective_comparison")],
    ]  # fmt: skip
    if row.share_matched < 0.9:
        share = ref(f"{base}.share_matched", "per_cent")
        rows.append(["Matched, of those who could have been", share])
    if limited:
        rows.append(["Caliper", ref(f"{base}.caliper", "setting")])
        rows.append(["Caliper, as a distance", ref(f"{base}.width", "decimals_3")])
    return blocks.table(
        run,
        f"sizes-{base}",
        caption=_named(run, row.analysis, "People in both groups"),
        columns=["What", "Number"],
        rows=rows,
    )


def needs(
    run: Run, fitted: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame]
) -> list[Block]:
    """Assessed needs (OASys) before and after matching, where any are matched on."""
    made = []
    for name, table in tables.items():
        if not any(is_need(variable) for variable in table["variable"]):
            continue
        rows = characteristics.rows(run.request, name, fitted[name], table, needs=True)
        made.append(
            blocks.table(
                run,
                f"needs-{slug(name)}",
                caption=_named(run, name, "Assessed needs, before and after matching"),
                columns=characteristics.COLUMNS,
                rows=rows,
                notes=NOTES,
            )
        )
    if not made:
        none = "No assessed needs (OASys) were among the characteristics compared."
        data = {"sentences": [[none]]}
        made.append(blocks.words(run, "needs", words="sentences", data=data))
    return made


def method_words(run: Run, groups: Mapping[str, Group]) -> list[Block]:
    """How people were matched, for each analysis."""
    settings = run.request.matching
    made = []
    for name, group in groups.items():
        exact = [] if group.exact is None else list(group.exact)
        data = _base(run, name) | {
            "covariates": [variable(run.request, c) for c in group.covariates],
            "exact": [variable(run.request, c) for c in exact],
            "method": METHODS[settings.method],
            "scale": SCALES[settings.distance],
        }
        made.append(
            blocks.words(run, f"matched-{slug(name)}", words="how_matched", data=data)
        )
    return made


def overlap(
    run: Run,
    analysis: str,
    score: pd.Series,
    treatment: pd.Series,
    weights: pd.Series,
) -> dict[str, Any]:
    """The propensity of both groups in bins, before and after, for the analyst."""
    score = score[treatment.index]
    bins = pd.cut(score, BINS, labels=False, include_lowest=True)
    treated, base = treatment == 1, f"{slug(analysis)}.overlap"
    groups = {
        "treatment_before": treated.astype(float),
        "comparison_before": (~treated).astype(float),
        "treatment_after": weights.where(treated, 0.0),
        "comparison_after": weights.where(~treated, 0.0),
    }
    shares = {
        name: (100 * weight.groupby(bins).sum() / weight.sum()).reindex(
            range(len(BINS) - 1), fill_value=0.0
        )
        for name, weight in groups.items()
    }
    found = []
    for number, (low, high) in enumerate(zip(BINS[:-1], BINS[1:], strict=True)):
        refs = {name: f"{base}.{number}.{name}" for name in groups}
        here = bins == number
        for name, weight in groups.items():
            used = weight > 0
            cell = Cell(refs[name], shares[name][number], "rate",
                        int((here & used).sum()), int(used.sum()))  # fmt: skip
            run.register([cell])
        found.append(
            {
                "label": f"{low:.2f} to {high:.2f}",
                "low": float(low),
                "high": float(high),
                **{name: ref(refs[name], "per_cent") for name in groups},
            }
        )
    return {"bins": found}
