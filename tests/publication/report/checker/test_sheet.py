"""The sheet: of whom and of what numbers are, and outputs named shortly."""

import pytest

from helpers.publication.report.checker.populations import Subjects
from helpers.publication.report.checker.sheet import _listed

#: names of outputs beside Table 3 -> how they are listed
LISTED = {
    "Table 4": "Table 4",
    "Table 4,Table 5": "Tables 4, 5",
    "Table 4,Table 5,Table 6,Table 9": "Tables 4 to 6, 9",
    "Figure 2,Table 3,Table 10,Figure 1,Figure 3": (
        "within itself, Table 10, Figures 1 to 3"
    ),
}


@pytest.mark.parametrize("names", LISTED)
def test_outputs_that_follow_each_other_are_named_at_once(names):
    assert _listed(names.split(","), "Table 3") == LISTED[names]


@pytest.fixture
def subjects(study):
    covariates = {"numeric": ["age"]}
    analyses = [
        {"name": "All", "covariates": covariates, "headline": True},
        {"name": "Young men", "covariates": covariates},
    ]
    return Subjects(study(analyses=analyses))


def test_analyses_their_variants_and_pairs_are_told_by_their_own_names(subjects):
    assert subjects.analyses("young-men.n_treatment") == ["Young men"]
    assert subjects.analyses("all_trimmed.rate.difference") == ["All (trimmed)"]
    pair = "contrasts.all.young-men.reoffending_rate.difference"
    assert subjects.analyses(pair) == ["All", "Young men"]
    assert subjects.variable(pair) == "One-year proven reoffending rate"
    assert subjects.analyses("intake.submitted") == []


def test_it_says_whose_numbers_they_are_before_matching_or_after(subjects):
    base = "all.balance.sex.female.mean_treatment"
    both = "people in the programme and their comparison group"
    assert subjects.populations([base]) == [f"All: {both}, after matching"]
    assert subjects.populations([f"{base}_before", base, "young-men.overlap.1.x"]) == [
        f"All: {both}, before and after matching",
        f"Young men: {both}, before matching",
    ]
    assert subjects.populations(["intake.submitted", "findings.all.total"]) == [
        "every line of the list that was submitted",
        "published results, none of this request's people",
    ]
    assert subjects.populations(["disclosure.shown"]) == [
        "no people: settings, or numbers of this report"
    ]


VARIABLES = {
    "all.balance.copas_rate.smd_after": "Copas rate",
    "all.overlap.1.treatment": "Propensity score",
    "all.n_treatment": "Programme or comparison",
    "intake.linkage.kind-of-name.other.lines": "Kind of name",
    "intake.box.not-linked": "What became of a line",
    "findings.all.total": "Finding of a published result",
    "disclosure.shown": "",
}


@pytest.mark.parametrize("ref", VARIABLES)
def test_it_says_what_a_number_is_about(subjects, ref):
    assert subjects.variable(ref) == VARIABLES[ref]
