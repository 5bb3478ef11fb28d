"""Refs: each number has one name, and no module spells it itself."""

import re

import pytest

from helpers.files import ROOT
from helpers.publication import refs


@pytest.mark.parametrize(
    ("made", "ref"),
    [
        (refs.box("reoffended before support"), "intake.box.reoffended-before-support"),
        (refs.share(refs.SUBMITTED), "intake.submitted.share"),
        (refs.setting("window_days"), "intake.window_days"),
        (refs.of("All people", "n_treatment"), "all-people.n_treatment"),
        (refs.measure("Men", "reoffences", "ci_low"), "men.reoffences.ci_low"),
        (
            refs.measure("Men", "reoffences", "ci_low", per_100=True),
            "men.reoffences.per_100.ci_low",
        ),
        (refs.balance("Men", "age"), "men.balance.age"),
        (refs.balance("Men", "sex", "Not known"), "men.balance.sex.not-known"),
        (refs.band("Men", 3, "comparison"), "men.overlap.3.comparison"),
        (refs.score("Men", 0, "treatment_after"), "men.scores.0.treatment_after"),
        (refs.result("PET-2014", "n"), "findings.result.PET-2014.n"),
        (refs.counted("all"), "findings.all.all"),
        (
            refs.counted("increase", "sector", "Private sector"),
            "findings.sector.private_sector.increase",
        ),
        (refs.summary("total"), "findings.summary.total"),
    ],
)
def test_a_ref_is_spelt_so(made, ref):
    assert made == ref


def test_a_name_without_letters_still_has_a_slug():
    assert refs.slug("–") == "x"
    assert refs.slug("  A-1 & co ") == "a-1-co"


def test_refs_are_spelt_nowhere_else():
    spelt = re.compile(r'f"\{(base|slug\([^"]*|start|row\.ref|prefix)\}\.|"(intake|'
                       r'findings|disclosure)\.(?!csv")[a-z]')  # fmt: skip
    rooms = ("publication", "intake/report", "matching", "outcomes", "charts")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for room in rooms
        for path in (ROOT / "helpers" / room).rglob("*.py")
        if path.name != "refs.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if spelt.search(line)
    ]
    assert found == []


def test_a_key_takes_a_columns_name_as_it_is_or_what_a_file_may_be_called():
    assert refs.in_key("reoffending_rate") == "reoffending_rate"
    assert refs.in_key("in work (6/12)") == "in_work_6_12"
    assert refs.in_key("女") == "x"


def test_a_rung_has_refs_of_its_own() -> None:
    """No analysis, whatever it is called, has the refs of another one's rung."""
    rung = refs.rung("All people", "oasys_needs")
    assert rung == "all-people_oasys_needs"
    assert refs.slug("All people_oasys_needs") != rung
