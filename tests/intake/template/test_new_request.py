"""From a filled template to a request: to the letter, and honest about what lacks."""

import hashlib
from datetime import date

import pytest
import yaml
from support import approved
from support.submission_lists import HEADER, write_csv, write_xlsx

from helpers.errors import KitError, RequestError
from helpers.intake.template import new_request, workbook
from helpers.request import load

ANSWERS = {
    "organisation.name": "Example Trust: the “new” one",
    "organisation.sector_type": "Voluntary",
    "organisation.own_words": "yes",
    "programme.name": "012",
    "programme.intervention_type": "Women's services",
    "programme.setting": "both",
    "programme.noun": "women",
    "programme.description": "First line\nsecond: # not a comment\n- {a: b}",
    "programme.selection": "كيف جاؤوا إليه \u202eabc",
    "programme.caveats": "no",
    "data_sharing.purpose": "To estimate the effect",
    "data_sharing.lawful_basis": "\"quoted\" \\ and 'so'",
    "data_sharing.fairness": "null",
    "data_sharing.provider_signed_off.by": "~",
    "data_sharing.provider_signed_off.on": date(2026, 3, 2),
}
ANALYST = {
    "analyst": "A. Name",
    "data_sharing": {
        "justification": "There is no other way", "proportionality": "No more",
        "approved_by": "Panel", "approved_on": "2026-01-12", "destroy_by": "2099-12-31",
        "received": {"channel": "secure transfer", "on": "2026-03-03"},
        "sources": approved.sources("person", "sentence", "offence"),
    },
    "inputs": {"extract": "/secure/extract", "records_complete_to": "2025-06-30"},
    "publication": {"date": "2026-06-25", "contact": "lab@example.org"},
}  # fmt: skip


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "filled.xlsx"
    workbook.write(path, [], ANSWERS)
    return path


def merged(mine, theirs):
    for name, value in theirs.items():
        if isinstance(value, dict):
            merged(mine[name], value)
        else:
            assert mine[name] is None, name
            mine[name] = value
    return mine


def drafted(path):
    text, lacking = new_request.draft(path, "example-mentoring")
    return yaml.safe_load(text)["request"], [line.split(": ")[0] for line in lacking]


def test_every_answer_comes_back_to_the_letter(filled):
    raw, _ = drafted(filled)
    organisation, programme = raw["organisation"], raw["programme"]
    assert organisation["name"] == ANSWERS["organisation.name"]
    assert organisation["own_words"] == "yes"
    assert raw["title"] == programme["name"] == "012"
    assert programme["description"] == ANSWERS["programme.description"]
    # the sign that turns the direction is gone, the text itself is as it was
    assert programme["selection"] == "كيف جاؤوا إليه abc"
    assert programme["caveats"] == ["no"]
    sharing = raw["data_sharing"]
    assert sharing["lawful_basis"] == ANSWERS["data_sharing.lawful_basis"]
    assert sharing["fairness"] == "null"
    assert sharing["provider_signed_off"] == {"by": "~", "on": "2026-03-02"}
    assert (
        sharing["received"]["file_sha256"]
        == hashlib.sha256(filled.read_bytes()).hexdigest()
    )
    assert raw["inputs"]["submission"] == str(filled)


def test_it_validates_once_the_named_keys_are_filled_in(filled):
    raw, lacking = drafted(filled)
    whole = merged(raw, ANALYST)
    whole["analyses"][0]["covariates"] = {"numeric": ["age"]}
    request = load(whole)
    assert request.id == "example-mentoring"
    assert request.programme.caveats == ("no",)
    named = set()
    for block, value in ANALYST.items():
        if not isinstance(value, dict):
            named.add(block)
            continue
        for name, item in value.items():
            inner = item if isinstance(item, dict) else {"": ""}
            named |= {f"{block}.{name}.{one}".rstrip(".") for one in inner}
    # the review of the ethics may be left empty
    assert set(lacking) == named | {"analyses.0.covariates", "data_sharing.ethics"}


def test_until_then_every_problem_is_a_key_that_was_named(filled, tmp_path):
    text, lacking = new_request.draft(filled, "example-mentoring")
    path = tmp_path / "request.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as error:
        load(path)
    names = [line.split(": ")[0] for line in lacking]
    blocks = {name.rsplit(".", 1)[0] for name in names}
    for problem in error.value.problems:
        place = problem.split(": ", 1)[1].replace(' "All people": ', ".0.")
        place = place.split(" ")[0].rstrip(":")
        assert any(place == name or place in blocks for name in names), problem


def test_what_the_provider_left_out_is_named(tmp_path):
    path = tmp_path / "filled.xlsx"
    workbook.write(path, [], {
        "organisation.sector_type": "Charity", "programme.setting": "Custody",
        "data_sharing.provider_signed_off.on": "in March",
    })  # fmt: skip
    text, lacking = new_request.draft(path, "x")
    gap = "(the provider "
    assert {line for line in lacking if gap in line} >= {
        f"organisation.name: Name of your organisation {gap}left it empty)",
        f"organisation.sector_type: Sector {gap}wrote what is not in the list)",
        f"data_sharing.provider_signed_off.on: Signed off on {gap}wrote no date)",
    }
    assert "title: title of the report" in lacking
    raw = yaml.safe_load(text)["request"]
    assert raw["programme"]["setting"] == "custody"
    assert text.count("# TO FILL IN") == len(lacking)
    assert "Charity" not in text


def test_an_id_that_is_none(filled):
    with pytest.raises(RequestError, match="write for example my-study"):
        new_request.draft(filled, "My study")


def test_files_that_do_not_describe_a_service(tmp_path):
    for path, words in (
        (write_csv(tmp_path, [], HEADER), "must be a filled template"),
        (write_xlsx(tmp_path, {"People": [HEADER]}), "has no sheet Service"),
        (tmp_path / "none.xlsx", "does not exist"),
    ):
        with pytest.raises(KitError, match=words):
            new_request.draft(path, "x")
