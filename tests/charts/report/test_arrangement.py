"""What a report has open: its own types; the periodic summary all, but on a phone."""

from types import SimpleNamespace

import pytest
from support import small_study

from helpers.charts.report import arrangement
from helpers.errors import RequestError


@pytest.fixture
def run(tmp_path):
    """Of a study of mentoring by the voluntary sector."""
    return small_study.stage(tmp_path, "charts", small_study.study())


@pytest.mark.parametrize(
    ("kind", "type_", "expected"),
    [
        ("intervention", "Mentoring", None),
        ("intervention", "Courts", False),
        ("sector", "Voluntary", True),
        ("sector", "Public", False),
    ],
)
def test_its_own_types_are_open_and_the_rest_is_folded(run, kind, type_, expected):
    fold = arrangement.fold(run, kind, type_, "So many")
    assert (fold and fold["phone"]) is expected
    assert fold is None or fold["summary"] == ["So many"]


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
