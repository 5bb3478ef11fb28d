"""What each published result found, and how large its effects were."""

import math

import pandas as pd

from helpers.charts.catalogue.columns import MADE_UP

#: finding -> the columns that were printed of it, and its two directions
MEASURES = {
    "finding": ("sig_rate", "dir_rate", {"down": "decrease", "up": "increase"}),
    "finding_frequency": (
        "sig_freq", "dir_freq", {"down": "decrease", "up": "increase"}
    ),
    # in days until the first reoffence, later is more
    "finding_time": (
        "sig_time", "dir_time", {"sooner": "decrease", "later": "increase"}
    ),
}  # fmt: skip

Z = 1.96  # of a computed interval (method, section 7)
#: the limit nearest to zero that is not printed as zero
LEAST = 0.1


def number(text: str) -> float:
    """Give a printed number, "~6000" included; NaN where none was printed."""
    return float(text.lstrip("~")) if text else math.nan


def counted_from(published: pd.Series) -> pd.Series:
    """Give the last day of each month of publication; NaT where none was printed.

    A result of "2015-06 or before" was out by the end of June 2015.
    """
    months = published.str[:7].replace("", None)
    return pd.to_datetime(months, format="%Y-%m") + pd.offsets.MonthEnd(0)


def findings(results: pd.DataFrame) -> pd.DataFrame:
    """Add the findings on the rate, the frequency and the time to each result.

    They are what was printed, never tested again; empty means figures not found.
    """
    return results.assign(
        **{
            name: [
                (significant == "Y" and ways.get(way))
                or ("inconclusive" if significant == "N" else "not_found")
                for significant, way in zip(results[sig], results[dir], strict=True)
            ]
            for name, (sig, dir, ways) in MEASURES.items()
        }
    )


def computed_interval(
    difference: float,
    rate_treatment: float,
    rate_comparison: float,
    n_treatment: float,
    n_comparison: float = math.nan,
) -> tuple[float, float]:
    """Give an interval from printed sizes and rates in per cent (method, section 7).

    A point wider at each side than the formula, for the rounding of what was printed.
    """
    treatment, comparison = rate_treatment / 100, rate_comparison / 100
    variance = treatment * (1 - treatment) / n_treatment
    if not math.isnan(n_comparison):
        variance += comparison * (1 - comparison) / n_comparison
    half = Z * 100 * math.sqrt(variance) + 1
    return difference - half, difference + half


def on_its_side(limit: float) -> float:
    """Give a computed limit so that its printed form shows on which side of 0 it is.

    0.04 would be printed as 0, and an interval from -4 to 0.04 as if it left out zero.
    """
    near = 0 < abs(limit) < LEAST / 2
    return math.copysign(LEAST, limit) if near else limit


#: columns that `effects` adds -> their kind
ADDED = {
    "n": float, "n_about": bool, "difference": float, "low": float, "high": float,
    "interval": object, "middle": bool, "frequency_difference": float,
    "frequency_low": float, "frequency_high": float, "frequency_interval": object,
    "made_up": bool,
}  # fmt: skip


def effects(results: pd.DataFrame) -> pd.DataFrame:
    """Add the effects that were printed, and the day from which each result counts.

    On the rate, in percentage points: n, n_about, difference, low, high, interval
    (printed, computed, none) and middle (the difference is only the middle of the
    printed interval). A result without any of a difference, a whole interval or both
    rates has no difference. On the frequency, reoffences per 100 people: the same
    with frequency_ before them, its interval printed or none. counts_from is NaT
    without a month; made_up tells whether `catalogue add` wrote that its people are.
    """
    rows = [_effect(row) for row in results.to_dict("records")]
    added = pd.DataFrame(rows, index=results.index, columns=list(ADDED)).astype(ADDED)
    when = counted_from(results["published"]).rename("counts_from")
    return pd.concat([results, added, when], axis=1)


def _printed(row: dict[str, str], *names: str) -> tuple[float, float, float, bool]:
    """Give a difference, its printed limits, and whether it is but their middle."""
    difference, treatment, comparison, low, high = (number(row[n]) for n in names)
    if math.isnan(low) or math.isnan(high):
        low = high = math.nan
    if math.isnan(difference):
        difference = treatment - comparison
    middle = math.isnan(difference) and not math.isnan(low)
    return (low + high) / 2 if middle else difference, low, high, middle


def _effect(row: dict[str, str]) -> dict[str, float | str | bool]:
    n, n_comparison = number(row["n_treat"]), number(row["n_comp"])
    difference, low, high, middle = _printed(
        row, "diff_printed", "rate_treat", "rate_comp", "ci_low", "ci_high"
    )
    kind = "none" if math.isnan(low) else "printed"
    rates = number(row["rate_treat"]), number(row["rate_comp"])
    if kind == "none" and not math.isnan(sum(rates) + n):
        kind = "computed"
        limits = computed_interval(difference, *rates, n, n_comparison)
        low, high = map(on_its_side, limits)
    often, least, most, _ = _printed(
        row, "freq_diff_per100", "freq_treat_per100", "freq_comp_per100",
        "freq_ci_low", "freq_ci_high",
    )  # fmt: skip
    return {
        "n": n,
        "n_about": row["n_treat"].startswith("~") or bool(row["size_note"]),
        "difference": difference,
        "low": low,
        "high": high,
        "interval": kind,
        "middle": middle,
        "frequency_difference": often,
        "frequency_low": least,
        "frequency_high": most,
        "frequency_interval": "none" if math.isnan(least) else "printed",
        "made_up": row["organisation"] == MADE_UP,
    }
