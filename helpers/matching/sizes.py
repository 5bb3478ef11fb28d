"""What the matching of each analysis came to: sizes, widths, verdict, the flow."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.matching import balance
from helpers.matching.calipers import resolve_caliper, widest
from helpers.matching.covariates import Group
from helpers.matching.matching import Match
from helpers.matching.propensity import Model
from helpers.publication.cells import Cell, Sum
from helpers.publication.labels import slug
from helpers.request import Request, RequestError
from helpers.request.method import Matching
from helpers.run import Run


def summary(
    groups: Mapping[str, Group],
    models: Mapping[str, Model],
    matches: Mapping[str, Match],
    tables: Mapping[str, pd.DataFrame],
    widths: Mapping[str, list[float | None]],
) -> pd.DataFrame:
    """One row an analysis: people before and after, the width, the verdict.

    `step` says which of the request's calipers was used, 0 being the first;
    `set_aside` counts those of the not matched who had no propensity score.
    """
    rows = []
    for name, match in matches.items():
        group, score = groups[name], models[name].score
        treated = group.n_treatment
        used = match.width if math.isfinite(match.width) else None
        b, r = balance.rubin(score, group.treatment, match.weights)
        rows.append(
            {
                "analysis": name,
                "available": treated,
                "pool": group.n_pool,
                "n_treatment": match.n_treatment,
                "n_comparison": match.n_comparison,
                "effective_comparison": match.effective_comparison,
                "not_matched": treated - match.n_treatment,
                "set_aside": int(score[group.treatment == 1].isna().sum()),
                "share_matched": match.n_treatment / treated,
                "width": match.width,
                "step": widths[name].index(used),
                "n_tied": match.n_tied,
                "largest_smd_after": tables[name]["smd_after"].abs().max(),
                "quality": balance.quality(tables[name]),
                "rubin_b": b,
                "rubin_r": r,
            }
        )
    return pd.DataFrame(rows)


def widths(score: pd.Series, group: Group, settings: Matching) -> list[float | None]:
    """The request's calipers in units of the distance, in the order to be tried."""
    resolved = [
        resolve_caliper(score, group.treatment, settings.distance, caliper)
        for caliper in settings.calipers
    ]
    return [width if math.isfinite(width) else None for width in resolved]


def tried(settings: Matching, widths: Mapping[str, list[float | None]]) -> pd.DataFrame:
    """For the analyst: the method, and the calipers in the order to be tried."""
    rows = [
        {
            "analysis": name,
            "method": settings.method,
            "distance": settings.distance,
            "caliper": "none" if caliper is None else str(caliper),
            "as a distance": width,
        }
        for name, resolved in widths.items()
        for caliper, width in zip(settings.calipers, resolved, strict=True)
    ]
    return pd.DataFrame(rows).set_index("analysis")


def refuse_wide(
    run: Run, groups: Mapping[str, Group], models: Mapping[str, Model]
) -> None:
    """Refuse a caliper of the request that is wide enough to bias the estimate."""
    settings, problems = run.request.matching, []
    if not settings.named_caliper or settings.accept_wide:
        return
    for name, model in models.items():
        limit = widest(model.score, groups[name].treatment, settings.distance)
        width = widths(model.score, groups[name], settings)[0]
        if width is not None and width > limit:
            problems.append(
                f'{run.request.source}: matching.caliper: for "{name}" it is '
                f"{width:.4g} on the {settings.distance} scale, and above {limit:.4g} "
                "the people compared may differ enough to bias the estimate; narrow "
                "it, or add accept_wide: true under matching"
            )
    if problems:
        raise RequestError(problems)


def lost(group: Group, match: Match) -> list[str]:
    """The three covariates in which the treated left unmatched differ most."""
    treated = group.people[group.treatment == 1]
    kept = (match.weights.reindex(treated.index) > 0).astype(int)
    even = pd.Series(1.0, index=treated.index)
    table = balance.table(treated, kept, even, group.covariates, ks=False)
    size = table["smd_before"].abs().groupby(table["variable"]).max()
    return list(size.sort_values(ascending=False, kind="stable").index[:3])


def cells(
    sizes: pd.DataFrame, settings: Matching, available: int, boxes: Sequence[str]
) -> tuple[list[Cell], list[Sum]]:
    """Sizes as cells, and the sum by which every submitted line is in one box.

    `available` treated people came out of intake, `boxes` are the refs of its losses.
    An analysis with a filter of its own leaves some of them out.
    """
    found: list[Cell] = []
    sums: list[Sum] = []
    for row in sizes.itertuples(index=False):
        base = slug(row.analysis)
        both = (f"{base}.n_treatment", f"{base}.n_comparison")
        found += [
            Cell(both[0], row.n_treatment, "count", row.n_treatment),
            Cell(both[1], row.n_comparison, "count", row.n_comparison),
            Cell(f"{base}.not_matched", row.not_matched, "count", row.not_matched),
            Cell(f"{base}.filtered", available - row.available, "count",
                 available - row.available, available),
            Cell(f"{base}.available", row.available, "count", row.available),
            Cell(f"{base}.effective_comparison", row.effective_comparison, "derived",
                 needs=both),
            Cell(f"{base}.share_matched", 100 * row.share_matched, "derived",
                 needs=(both[0], f"{base}.not_matched")),
            Cell(f"{base}.width", row.width, "derived", needs=both),
            Cell(f"{base}.caliper", _caliper_size(settings, row.step), "setting"),
            Cell(f"{base}.match_quality", row.quality, "derived", needs=both),
            Cell(f"{base}.rubin_b", row.rubin_b, "derived", needs=both),
            Cell(f"{base}.rubin_r", row.rubin_r, "derived", needs=both),
        ]  # fmt: skip
        ends = ("filtered", "not_matched", "n_treatment")
        parts = (*boxes, *(f"{base}.{end}" for end in ends))
        sums.append(Sum("intake.submitted", parts))
        ours = (f"{base}.filtered", f"{base}.available")
        sums.append(Sum("intake.available", ours))
    return found, sums


def _caliper_size(settings: Matching, step: int) -> float | None:
    caliper = settings.calipers[step]
    return caliper["sd"] if isinstance(caliper, Mapping) else caliper


def compared(groups: Mapping[str, Group]) -> pd.DataFrame:
    """Who is compared in each analysis, and on what."""
    rows = {
        name: {
            "programme": group.n_treatment,
            "pool": group.n_pool,
            "covariates": ", ".join(group.covariates),
            "exact": ", ".join(group.exact) if group.exact is not None else "",
        }
        for name, group in groups.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("analysis")


def check_models(
    run: Run, models: Mapping[str, Model], fitted: Mapping[str, Group]
) -> None:
    """Check each propensity model: mean score, columns dropped, people set aside."""
    for name, model in models.items():
        people = fitted[name].people
        share = float(people["treatment"].mean())
        mean = float(model.score[people.index].mean())
        run.check(
            f"{name}: mean propensity score is the treated share",
            expected="equal to 8 decimals",
            found="equal" if abs(mean - share) < 1e-8 else "not equal",
            passed=abs(mean - share) < 1e-8,
            gate=True,
        )
        run.check(
            f"{name}: no covariate was dropped as constant or collinear",
            expected="none",
            found=", ".join(model.dropped) or "none",
            passed=not model.dropped,
        )
        run.check(
            f"{name}: nobody was set aside for a level that one group lacks",
            expected="nobody",
            found="nobody" if len(model.score) == len(people) else "some people",
            passed=len(model.score) == len(people),
        )


def register(run: Run, summary: pd.DataFrame, people: pd.DataFrame) -> None:
    """Register the sizes of every analysis, and check that balance is good enough."""
    boxes = [ref for ref in run.cells if ref.startswith("intake.box.")]
    available = int((people["treatment"] == 1).sum())
    run.register(*cells(summary, run.request.matching, available, boxes))
    for row in summary.itertuples(index=False):
        run.check(
            f"{row.analysis}: the groups are alike after matching",
            expected="well or reasonably matched",
            found=f"{row.quality} matched",
            passed=row.quality != "poorly",
        )


def few_unmatched(summary: pd.DataFrame, analysis: str, request: Request) -> bool:
    """Whether the groups before and after matching differ by a few treated people."""
    row = summary.set_index("analysis").loc[analysis]
    # those set aside are in neither group of the balance table
    count = row["not_matched"] - row["set_aside"]
    disclosure = request.disclosure
    return bool(disclosure.profile != "none" and 0 < count < disclosure.threshold)


def matched_people(
    groups: Mapping[str, Group],
    models: Mapping[str, Model],
    matches: Mapping[str, Match],
) -> pd.DataFrame:
    """matched.parquet: everyone of each analysis with propensity and weight."""
    frames = [
        pd.DataFrame(
            {
                "analysis": name,
                "variant": "main",
                "person_id": group.people.index,
                "treatment": group.people["treatment"].to_numpy(),
                "propensity": models[name].score.reindex(group.people.index).to_numpy(),
                "weight": matches[name]
                .weights.reindex(group.people.index, fill_value=0.0)
                .to_numpy(),
            }
        )
        for name, group in groups.items()
    ]
    return pd.concat(frames, ignore_index=True)


def stacked(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """balance.parquet: the balance tables of all analyses, one under the other."""
    frames = [
        table.assign(analysis=name, variant="main") for name, table in tables.items()
    ]
    both = pd.concat(frames, ignore_index=True)
    first = ["analysis", "variant"]
    return both[[*first, *(name for name in both if name not in first)]]
