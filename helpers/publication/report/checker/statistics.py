"""What kind of statistic a number is, and its class in the SACRO guide.

The classes ("statbarns") and their names are those of acro/statbarns.json in
AI-SDC/ACRO (https://www.w3id.org/statbarnsdc): what can go wrong depends on the class.
"""

from dataclasses import dataclass

from helpers.publication.cells import EXEMPT, Cell

FREQUENCIES = "Frequencies"
LINEAR = "LinearAggregations"
CONCENTRATION = "NonLinearConcentrationRatios"
SHAPE = "Shape"
RATIOS = "CalculatedRatios"
COEFFICIENTS = "CorrelationCoefficients"
TESTS = "StatisticalHypothesisTests"
SURVIVAL = "HazardSurvivalTables"
STATBARNS = (
    FREQUENCIES, LINEAR, CONCENTRATION, SHAPE, RATIOS, COEFFICIENTS, TESTS, SURVIVAL,
)  # fmt: skip


@dataclass(frozen=True)
class Statistic:
    """A kind of statistic in words, and its class; none where it needs no check."""

    name: str
    statbarn: str = ""


PUBLISHED = Statistic("published already")
SETTING = Statistic("setting")
#: of what no line below knows: whoever checks has to look at it
OTHER = Statistic("other number that follows from those of people", "not classed")

COUNT = Statistic("count", FREQUENCIES)
SHARE = Statistic("share", FREQUENCIES)
MEAN = Statistic("mean", LINEAR)
CURVE = Statistic("share by a day after the start (survival curve)", SURVIVAL)
VERDICT = Statistic("verdict in words", TESTS)

#: what a number that follows from others is, by the last word of its name
DERIVED = {
    word: statistic
    for statistic, words in {
        Statistic("difference", LINEAR): "difference difference_pool moved null_mean "
        "allowed_mean at bias",
        Statistic("value for 100 people", LINEAR): "value_treatment value_comparison",
        Statistic("mean of estimates", LINEAR): "mean",
        Statistic("share", FREQUENCIES): "share linked_share review_share "
        "share_matched false_alarms allowed_false_alarms kept",
        Statistic("count", FREQUENCIES): "count estimated as_large larger programmes "
        "at_risk_treatment at_risk_comparison pairs_apart people_needed groups",
        Statistic("95% interval", TESTS): "ci_low ci_high ci_treatment_low "
        "ci_treatment_high ci_comparison_low ci_comparison_high",
        Statistic("p-value", TESTS): "p_value q_value pairs_p",
        Statistic("standardised mean difference", TESTS): "smd_before smd_after "
        "smd_after_treated_sd largest_smd imbalance rubin_b widest",
        Statistic("test of distributions", TESTS): "ks",
        Statistic("tests significant by chance", TESTS): "by_chance",
        Statistic("power", TESTS): "detectable value threshold",
        Statistic("strength of hidden bias", TESTS): "gamma tipping_point",
        VERDICT: "verdict tested match_quality headlined headline significant lost",
        Statistic("standard error or spread", SHAPE): "standard_error spread "
        "null_spread dispersion variance_ratio rubin_r width",
        Statistic("ratio", RATIOS): "ratio ratio_low ratio_high e_value e_value_limit",
        Statistic("effective size", CONCENTRATION): "effective_comparison "
        "effective_treatment effective",
        Statistic("largest weight", LINEAR): "largest_weight weight",
        Statistic("coefficient", COEFFICIENTS): "association",
    }.items()
    for word in words.split()
}
BY_KIND = {"count": COUNT, "rate": SHARE, "mean": MEAN}

#: what stands in the names of numbers of a survival curve
BY_DAY = ".by."


def statistic(ref: str, cell: Cell | None) -> Statistic:
    """Give what kind of statistic a number is; without a cell it is a setting."""
    if cell is None or cell.kind in EXEMPT:
        return PUBLISHED if cell and cell.kind == "public" else SETTING
    last = ref.rpartition(".")[2]
    known = BY_KIND.get(cell.kind) or DERIVED.get(last, OTHER)
    if last == "association":
        return DERIVED[last]
    return CURVE if BY_DAY in ref and known in (SHARE, MEAN) else known
