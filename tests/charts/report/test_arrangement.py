"""What a report folds away; the periodic summary has all open, but on a phone."""

from types import SimpleNamespace

import pytest
from support import small_study

from helpers.charts.report import arrangement
from helpers.errors import RequestError
from helpers.publication import blocks

WITHIN = blocks.fold("A part of the section")


@pytest.fixture
def run(tmp_path):
    """Of a study of mentoring by the voluntary sector."""
    return small_study.stage(tmp_path, "charts", small_study.study())


@pytest.mark.parametrize(
    ("kind", "type_", "is_open"),
    [
        ("intervention", "Mentoring", True),
        ("intervention", "Courts", False),
        ("sector", "Voluntary", False),
        ("sector", "Public", False),
    ],
)
def test_its_own_intervention_is_open_in_its_part(run, kind, type_, is_open):
    fold = arrangement.fold(run, kind, type_, "So many", within=WITHIN)
    inner = {"summary": ["So many"], "phone": False, "within": WITHIN}
    assert fold == (WITHIN if is_open else inner)


def test_a_part_is_folded_in_a_report_alone(run):
    assert arrangement.part(run, "A part of the section") == WITHIN
    alone = SimpleNamespace(request=SimpleNamespace(alone=True))
    assert arrangement.part(alone, "A part of the section") is None


@pytest.mark.parametrize("kind", ["intervention", "sector"])
def test_the_periodic_summary_folds_types_on_a_small_screen_alone(kind):
    alone = SimpleNamespace(request=SimpleNamespace(alone=True))
    assert arrangement.fold(alone, kind, "Courts", "So many") == {
        "summary": ["So many"], "phone": True
    }  # fmt: skip
    assert arrangement.own_types(alone) == {}


def test_a_type_may_be_given_by_its_label(tmp_path):
    programme = {"name": "A shelf", "intervention_type": "Family and relationships"}
    study = small_study.study(programme=programme)
    run = small_study.stage(tmp_path, "charts", study)
    assert arrangement.own_types(run)["intervention"] == "Family/relationships"
    assert arrangement.fold(run, "intervention", "Family/relationships", "x") is None


def test_an_unknown_type_is_an_error_of_one_line(tmp_path):
    programme = {"name": "A shelf", "intervention_type": "Mentorings"}
    study = small_study.study(programme=programme)
    run = small_study.stage(tmp_path, "charts", study)
    with pytest.raises(RequestError, match="is it Mentoring") as error:
        arrangement.own_types(run)
    assert len(str(error.value).splitlines()) == 1
