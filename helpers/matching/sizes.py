"""What the matching of each analysis came to: sizes, widths, the verdict."""

import math
from collections.abc import Mapping

import pandas as pd

from helpers.matching import balance
from helpers.matching.distances import resolve_caliper
from helpers.matching.groups import Group
from helpers.matching.propensity import Model
from helpers.matching.weights import Match, largest_share
from helpers.request.matching import Matching


def summary(
    groups: Mapping[str, Group],
    models: Mapping[str, Model],
    matches: Mapping[str, Match],
    tables: Mapping[str, pd.DataFrame],
    widths: Mapping[str, list[float | None]],
    *,
    near: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Give one row an analysis: people before and after, the width, the verdict.

    `step` says which of the request's calipers was used, 0 being the first;
    `set_aside` and `pool_set_aside` count those who had no propensity score, since one
    group lacks their level of a covariate in `set_aside_for`; `pool_far` those of the
    pool who are not matched and so far from everybody that nobody could be near.
    `near` is the overlap as one number (`overlap.share_near`), where it was counted.
    """
    rows = []
    for name, match in matches.items():
        group, score = groups[name], models[name].score
        aside = models[name].set_aside
        unused = (group.treatment == 0) & (match.weights.reindex(score.index) == 0)
        treated = group.n_treatment
        used = match.width if math.isfinite(match.width) else None
        mean_before, mean_after = balance.mean_smd(tables[name])
        b, r = balance.rubin(
            score, group.treatment, match.weights, logit=models[name].logit
        )
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
                "pool_set_aside": int(score[group.treatment == 0].isna().sum()),
                "set_aside_for": list(dict.fromkeys(aside.get("variable", []))),
                "pool_far": int((models[name].far & unused).sum()),
                "share_matched": match.n_treatment / treated,
                "share_near": (near or {}).get(name, math.nan),
                "width": match.width,
                "step": widths[name].index(used),
                "n_tied": match.n_tied,
                "largest_smd_after": tables[name]["smd_after"].abs().max(),
                "mean_smd_before": mean_before,
                "mean_smd_after": mean_after,
                "largest_weight": largest_share(match.weights, group.treatment),
                "quality": balance.quality(tables[name]),
                "rubin_b": b,
                "rubin_r": r,
            }
        )
    return pd.DataFrame(rows)


def widths(
    score: pd.Series,
    group: Group,
    settings: Matching,
    *,
    logit: pd.Series | None = None,
) -> list[float | None]:
    """Give an analysis' calipers in units of the distance, in the order to try."""
    resolved = [
        resolve_caliper(score, group.treatment, settings.distance, caliper, logit=logit)
        for caliper in settings.calipers
    ]
    return [width if math.isfinite(width) else None for width in resolved]


def tried(
    settings: Mapping[str, Matching], widths: Mapping[str, list[float | None]]
) -> pd.DataFrame:
    """Tell the analyst each analysis' method, and its calipers as they are tried."""
    rows = [
        {
            "analysis": name,
            "method": settings[name].method,
            "distance": settings[name].distance,
            "caliper or bandwidth": "none" if caliper is None else str(caliper),
            "as a distance": width,
        }
        for name, resolved in widths.items()
        for caliper, width in zip(settings[name].calipers, resolved, strict=True)
    ]
    return pd.DataFrame(rows).set_index("analysis")


def lost(group: Group, match: Match) -> list[str]:
    """Give the three covariates in which the treated left unmatched differ most."""
    treated = group.people[group.treatment == 1]
    kept = (match.weights.reindex(treated.index) > 0).astype(int)
    even = pd.Series(1.0, index=treated.index)
    table = balance.table(treated, kept, even, group.covariates, ks=False)
    size = table["smd_before"].abs().groupby(table["variable"]).max()
    return list(size.sort_values(ascending=False, kind="stable").index[:3])


def compared(groups: Mapping[str, Group]) -> pd.DataFrame:
    """Tell who is compared in each analysis, and on what."""
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


def matched_people(
    groups: Mapping[str, Group],
    models: Mapping[str, Model],
    matches: Mapping[str, Match],
) -> pd.DataFrame:
    """Give matched.parquet: everyone of each analysis with propensity and weight."""
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


def sets(matches: Mapping[str, Match]) -> pd.DataFrame:
    """Give sets.parquet: who was taken for whom in each analysis, if it made sets."""
    none = pd.DataFrame({"set": [], "person": [], "weight": []})
    none = none.astype({"set": "int64", "person": "int64"})
    frames = [
        (none if match.sets is None else match.sets)
        .rename(columns={"person": "person_id"})
        .assign(analysis=name, variant="main")
        for name, match in matches.items()
    ]
    both = pd.concat(frames, ignore_index=True)
    return both[["analysis", "variant", "set", "person_id", "weight"]]


def stacked(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give balance.parquet: the balance tables of all analyses, stacked."""
    frames = [
        table.assign(analysis=name, variant="main") for name, table in tables.items()
    ]
    both = pd.concat(frames, ignore_index=True)
    first = ["analysis", "variant"]
    return both[[*first, *(name for name in both if name not in first)]]
