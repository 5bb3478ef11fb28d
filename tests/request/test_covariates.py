"""Named sets of covariates: what a request may write, and what stands behind a name."""

import pytest
from support.ready_cohort import a_request

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request import load, schema, types
from helpers.request.covariates import needs
from helpers.request.covariates.needs import NEEDS
from helpers.request.covariates.of_records import STANDARD
from helpers.request.covariates.sets import SETS


def asked(**analysis):
    return a_request("x.csv", analyses=[{"name": "All"} | analysis])


def covariates(written):
    return asked(covariates=written).analyses[0]


def test_a_name_alone_stands_for_all_columns_of_its_set():
    found = covariates("standard").covariates
    assert found == covariates({"set": "standard"}).covariates
    by_kind = {"numeric": found.numeric, "categorical": found.categorical}
    assert by_kind == {
        kind: tuple(one.name for one in STANDARD if one.kind == kind)
        for kind in by_kind
    }
    assert not found.with_needs


def test_columns_of_ones_own_stand_beside_a_set():
    found = covariates({"set": "standard", "categorical": ["region", "sex"]})
    assert found.covariates.categorical[:2] == ("region", "sex")
    assert sorted(found.covariates.names) == sorted(
        ["region", *(one.name for one in STANDARD)]
    )


@pytest.mark.parametrize("name", SETS)
def test_a_completed_request_names_the_set_and_completes_to_itself(name):
    first = asked(covariates=name)
    written = first.completed()
    assert written["analyses"][0]["covariates"]["set"] == name
    assert load(written).completed() == written


def test_a_draft_may_try_another_set_and_a_ladder():
    request = asked(covariates={"numeric": ["age"]}).completed()
    changes = {"analyses.0.covariates": "standard", "analyses.0.oasys": "ladder"}
    [tried] = load(request, changes).analyses
    assert (tried.covariates.set, tried.oasys) == ("standard", "ladder")


def test_an_editor_completes_the_name_of_a_set():
    assert schema()["$defs"]["Covariates"]["anyOf"][0] == {"enum": list(SETS)}


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (
            {"covariates": "standart"},
            'covariates.set must be standard or standard_with_needs; found "standart"; '
            "did you mean standard?",
        ),
        (
            {"covariates": {"set": "standard", "numeric": ["sex"]}},
            "covariates names a column as numeric and as categorical; found sex; keep "
            "it in one of the two lists",
        ),
        (
            {"covariates": "standard_with_needs", "oasys": "ladder"},
            "names needs (OASys) beside oasys: ladder, whose first estimate is without "
            "them; "
            "found set: standard_with_needs; delete them, or write set: standard; the "
            "last estimate has all needs of the records",
        ),
        (
            {
                "covariates": {"categorical": ["sex", "needs_drugs"]},
                "exact": ["S8Q4"],
                "oasys": "ladder",
            },
            "names needs (OASys) beside oasys: ladder, whose first estimate is without "
            "them; "
            "found needs_drugs, S8Q4; delete them, or write set: standard; the last "
            "estimate has all needs of the records",
        ),
    ],
)
def test_what_a_set_or_a_ladder_does_not_allow_is_said(keys, line):
    with pytest.raises(RequestError) as caught:
        asked(**keys)
    said = [one.partition('"All"')[2].lstrip(": ") for one in caught.value.problems]
    assert said == [line]


def test_every_column_of_a_set_stands_in_the_readme_with_its_reason():
    told = (ROOT / "params/README.md").read_text("utf-8")
    for one in SETS["standard_with_needs"]:
        assert f"| {one.name} | {one.source} | {one.why} |" in told


def test_every_type_of_intervention_has_its_needs():
    every, wrong = types.read("params/catalogue")
    interventions = types.of_kind(every, "intervention")
    assert wrong == []
    assert [one.name for one in interventions] == list(needs.ADDRESSED)
    for one in interventions:  # also by the label of charts
        assert needs.addressed(one.label) == needs.addressed(one.name)


def test_needs_that_an_intervention_addresses_come_first():
    names = [need.name for need in NEEDS]
    ordered = sorted(names, key=lambda name: needs.place(name, "Substance misuse"))
    assert ordered[:3] == ["needs_drugs", "needs_alcohol", "needs_accommodation"]
    # a question stands with its section: 8 is drugs, 9 alcohol, 3 accommodation
    questions = ["S3Q4", "S9Q1", "S8Q4"]
    ordered = sorted(questions, key=lambda name: needs.place(name, "substance misuse"))
    assert ordered == ["S8Q4", "S9Q1", "S3Q4"]
    assert sorted(names, key=lambda name: needs.place(name, "Not known")) == names
