"""Every number has a kind, and the class that the SACRO guide gives that kind."""

import json

import pytest

from helpers.files import ROOT
from helpers.publication.cells import Cell
from helpers.publication.report.checker import statistics
from helpers.publication.report.checker.statistics import OTHER, STATBARNS, statistic

#: names of classes, and the class of each kind of analysis, as ACRO has them
ACRO = json.loads((ROOT / "tests/expected/acro_statbarns.json").read_text())

#: a number of ours, its kind, and what ACRO calls such a number
NUMBERS = {
    "all.n_treatment": ("count", "FrequencyTable"),
    "all.reoffending_rate.value_treatment": ("rate", "FrequencyTable"),
    "all.overlap.7.comparison": ("rate", "Histogram"),
    "all.balance.age.mean_treatment_before": ("mean", "Mean"),
    "all.reoffending_rate.ci_low": ("derived", "ConfidenceIntervals"),
    "all.reoffending_rate.p_value": ("derived", "IndependentTtests"),
    "all.balance.age.smd_after": ("derived", "CohensD"),
    "all.balance.age.ks": ("derived", "Kolmogorov-SmirnovTest"),
    "all.placebo.spread": ("derived", "StandardDeviation"),
    "all.reoffending_rate.ratio": ("derived", "RiskRatios"),
    "all.reoffending_rate.by.90.value_treatment": ("rate", "KaplanMeier"),
    # one divided by the sum of squared shares of weight
    "all.effective_comparison": ("derived", "HerfindahlHirschmanIndex"),
    "all.contour.age.association": ("rate", "LinearRegressionCoefficients"),
}


@pytest.mark.parametrize("ref", NUMBERS)
def test_a_number_has_the_class_that_acro_gives_its_kind(ref):
    kind, analysis = NUMBERS[ref]
    assert statistic(ref, Cell(ref, 1.0, kind)).statbarn == ACRO["analyses"][analysis]


def test_every_class_is_one_of_acro():
    assert set(STATBARNS) <= set(ACRO["statbarns"])
    known = [*statistics.DERIVED.values(), *statistics.BY_KIND.values()]
    assert {one.statbarn for one in known} <= set(STATBARNS)


def test_what_is_published_or_set_needs_no_check_and_what_is_unknown_does():
    assert statistic("findings.x.mean", Cell("findings.x.mean", 1, "public")).name == (
        "published already"
    )
    assert statistic("all.caliper", Cell("all.caliper", 1, "setting")).statbarn == ""
    assert statistic("disclosure.shown", None).name == "setting"
    assert statistic("all.new", Cell("all.new", 1, "derived")) == OTHER
