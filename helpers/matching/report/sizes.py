"""Sizes, widths and verdicts of the matching: cells, checks, and what they may tell."""

import math
from collections.abc import Mapping

import pandas as pd

from helpers.errors import RequestError
from helpers.intake.cohort.kinds import coded, yes_no
from helpers.intake.linkage.thresholds import accepted
from helpers.intake.report import kept
from helpers.matching import sizes
from helpers.matching.distances import widest
from helpers.matching.groups import Group, met
from helpers.matching.propensity import Model
from helpers.matching.report import flow
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.labels import named_levels, plain
from helpers.request import Request, limits
from helpers.request.matching import WIDTHS, Matching
from helpers.runs.run import Run


def refuse_wide(
    run: Run, groups: Mapping[str, Group], models: Mapping[str, Model]
) -> None:
    """Refuse a caliper or bandwidth that is wide enough to bias the estimate.

    Where the request accepts it, the limit is registered, so that the report tells it.
    The widths that radius matching tries of itself are not held against the limit.
    """
    problems = []
    for name, group in groups.items():
        settings, model = run.request.matching_of(name), models[name]
        logit = model.logit
        limit = widest(model.score, group.treatment, settings.distance, logit=logit)
        width, *others = sizes.widths(model.score, group, settings, logit=logit)
        if others or width is None or not width > limit:
            continue
        if settings.accept_wide:
            run.register([_limit(name, limit)])
        else:
            problems.append(_too_wide(run.request, name, width, limit))
    if problems:
        raise RequestError(problems)


def _too_wide(request: Request, analysis: str, width: float, limit: float) -> str:
    settings = request.matching_of(analysis)
    block = "matching" if settings is request.matching else "analyses.matching"
    narrow = "narrow it"
    if settings.method == "kernel":  # which has a width that nobody may have named
        digit = 10 ** (math.floor(math.log10(limit)) - 1)
        narrow = f"write for example {math.floor(limit / digit) * digit:.2g}"
    return (
        f'{request.source}: {block}.{settings.reach}: for "{analysis}" it is '
        f"{width:.4g} on the {settings.distance} scale, and above {limit:.4g} the "
        f"people compared may differ enough to bias the estimate; {narrow}, or add "
        f"accept_wide: true under {block}"
    )


def _limit(analysis: str, limit: float) -> Cell:
    both = ("n_treatment", "n_comparison")
    needs = tuple(refs.of(analysis, name) for name in both)
    ref = refs.of(analysis, "widest")
    precision = ROUNDING["widest"]
    return Cell(ref, limit, "derived", None, None, needs, METHOD["widest"], precision)


_TRIED = ", ".join(map(str, WIDTHS))
METHOD = {
    "n_treatment": "3: people in the programme with a match, weight 1",
    "n_comparison": "3: pool people with a weight above 0",
    "effective_comparison": "4: n_e = (Σw)²/Σw² over the comparison group",
    "share_matched": "3: 100 × matched / (matched + not matched)",
    "width": "3: caliper or bandwidth in units of the distance; in SDs it is x·s",
    "widest": f"3: {limits.WIDEST}·s of the logit, s pooled; as much on another scale",
    "tried": "3: a width that is tried where the request names none",
    "caliper": f"3: the request's, or the first of {_TRIED} that is not poor",
    "bandwidth": "3: h of the kernel 1 − (d/h)², in units of the distance",
    "ratio": "3: nearest takes everyone at or inside the k-th distance, or k in rounds",
    "weights": "3: whether everyone in the comparison group counts the same",
    "match_quality": f"4: well if every |SMD| ≤ {limits.WELL}, reasonably if ≤ "
    f"{limits.REASONABLE}, else poorly",
    "rubin_b": "4: B = 100|L̄ₜ−L̄_c|/√((s²ₜ+s²_w)/2) of the logit",
    "rubin_r": "4: R = s²ₜ/s²_w of the logit",
}

#: how the people of the comparison group count; it comes with the method
EQUAL, UNEQUAL = "equal", "unequal"

#: of the numbers that are no count: what they are rounded to when registered
ROUNDING = {
    "effective_comparison": "effective size",
    "share_matched": "whole",
    "width": "thousandth",
    "widest": "thousandth",
    "rubin_b": "tenth",
    "rubin_r": "hundredth",
}


def cells(summary: pd.DataFrame, request: Request) -> list[Cell]:
    """Give sizes, width and verdict of each analysis as cells."""
    found: list[Cell] = []
    for row in summary.itertuples(index=False):
        settings = request.matching_of(row.analysis)
        both = tuple(
            refs.of(row.analysis, name) for name in ("n_treatment", "n_comparison")
        )
        for name in ("n_treatment", "n_comparison"):
            n = getattr(row, name)
            found.append(
                Cell(refs.of(row.analysis, name), n, "count", n, method=METHOD[name])
            )
        follows = {
            "effective_comparison": row.effective_comparison,
            "width": row.width,
            "match_quality": row.quality,
            "rubin_b": row.rubin_b,
            "rubin_r": row.rubin_r,
            "share_matched": 100 * row.share_matched,
        }
        of = {"share_matched": (both[0], refs.of(row.analysis, "not_matched"))}
        found += [
            Cell(refs.of(row.analysis, name), value, "derived",
                 needs=of.get(name, both), method=METHOD[name],
                 rounding=ROUNDING.get(name, "exact"))
            for name, value in follows.items()
        ]  # fmt: skip
        asked = {
            settings.reach: _reach(settings, row.step),
            "ratio": settings.ratio,
            "weights": _weights(row.n_comparison, row.effective_comparison),
        }
        found += [
            Cell(refs.of(row.analysis, name), value, "setting", method=METHOD[name])
            for name, value in asked.items()
        ]
        found += _tried(row.analysis, settings)
    return found


def _weights(people: int, effective: float) -> str:
    return UNEQUAL if abs(people - effective) > 1e-6 * people else EQUAL


def _tried(analysis: str, settings: Matching) -> list[Cell]:
    """Give the widths that are tried in turn, where the request names none."""
    if len(settings.calipers) < 2:
        return []
    return [
        Cell(refs.tried(analysis, i), width, "setting", method=METHOD["tried"])
        for i, width in enumerate(WIDTHS)
    ]


def _reach(settings: Matching, step: int) -> float | None:
    caliper = settings.calipers[step]
    return caliper["sd"] if isinstance(caliper, Mapping) else caliper


def check_keys(run: Run, groups: Mapping[str, Group]) -> None:
    """Warn of exact keys for which the pool has nobody like many of the treated."""
    for name, group in groups.items():
        if group.exact is None:
            continue
        keys, treated = group.exact, group.treatment == 1
        enough = met(keys, treated) >= limits.HEADLINED
        share = {key: met(keys[[key]], treated) for key in keys}
        costs = min(share, key=lambda key: share[key])
        run.check(
            f"{name}: most of the treatment group share their exact keys with the pool",
            expected=f"{limits.HEADLINED:.0%} or more",
            found="as many"
            if enough
            else f"fewer, above all for {costs}; make its "
            "values coarser, or take it out of exact",
            passed=enough,
        )


def check_models(
    run: Run, models: Mapping[str, Model], fitted: Mapping[str, Group]
) -> None:
    """Check each propensity model: mean score, columns dropped, people set aside."""
    # slow to import, and the outcomes, which read sizes too, fit nothing again
    from helpers.matching.report.checks import of_second_fit

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
        of_second_fit(run, fitted[name], model)
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
    people = people[accepted(people)]
    available = int((people["treatment"] == 1).sum())
    submitted = run.cells[refs.SUBMITTED].numerator
    linked = refs.LINKED in run.cells
    counts, sums = flow.cells(summary, available, submitted, linked=linked)
    run.register([*cells(summary, run.request), *counts], sums)
    # of headlines without a result, too: the report says whom they were about
    made = [a for a in run.asked.analyses if a.name not in run.left_out]
    asked = run.asked.model_copy(update={"analyses": tuple(made)})
    run.register(kept.cells(asked, people))
    _check_codes(run, people)
    for row in summary.itertuples(index=False):
        run.check(
            f"{row.analysis}: the groups are alike after matching",
            expected="well or reasonably matched",
            found=f"{row.quality} matched",
            passed=row.quality != "poorly",
        )


def _check_codes(run: Run, people: pd.DataFrame) -> None:
    """Warn of categories whose codes the report could not put into words."""
    request = run.request
    names = (name for a in request.analyses for name in a.covariates.categorical)
    for name in dict.fromkeys(n for n in names if n in people):
        without = set(coded(people[name])) - set(named_levels(request, name))
        if without and not yes_no(people[name]):
            run.check(
                f"{name}: its codes have names in the report",
                expected=f"a name for each code under inputs.labels.{name}.levels",
                found=f"{len(without)} without one; write for example inputs: "
                f"{{labels: {{{name}: {{label: {plain(name)}, levels: "
                f'{{"{min(without)}": the name of this code}}}}}}}}',
                passed=False,
            )


def weighted(run: Run, analysis: str) -> bool:
    """Tell whether people of the comparison group count with different weights."""
    return run.cells[refs.of(analysis, "weights")].value == UNEQUAL
