"""Other runs of an outputs folder: which are read, and which results were published."""

import json

import pandas as pd
import pytest

from helpers.errors import RequestError
from helpers.publication import people
from helpers.publication.people import Who
from helpers.runs import others
from helpers.runs.written import editions


@pytest.fixture
def outputs(tmp_path):
    """Finished runs of `second` and `third`, and folders that are none."""
    for name in ("first", "second", "third", "second.draft", ".half-made", "destroyed"):
        data = tmp_path / name / others.DATA
        data.mkdir(parents=True)
        (tmp_path / name / "report.html").touch()
        key = pd.DataFrame({"person_id": [1], "original_id": [name]})
        key.to_parquet(data / "key.parquet")
        key.assign(any=1.0).to_parquet(data / "outcomes.parquet")
        who = people.as_frame([Who("all", "group", "treated", pd.Index([1]))])
        who.to_parquet(data / "who_matching.parquet")
    (tmp_path / "destroyed" / others.DATA / "key.parquet").unlink()
    (tmp_path / "unfinished" / others.DATA).mkdir(parents=True)
    (tmp_path / "ledger.jsonl").touch()
    return tmp_path


def test_every_other_finished_run_that_still_holds_people_is_read(outputs):
    found = list(others.releases(outputs, "first"))
    assert [list(one.key["original_id"]) for one in found] == [["second"], ["third"]]
    assert [list(one.who["bits"]) for one in found] == [[b"\x40"]] * 2
    assert [one.name for one in found] == ["second", "third"]


def test_who_is_on_the_rung_of_a_ladder_is_read_too(outputs):
    # outcomes of an analysis itself are registered by the same stage, and not read
    groups = [("all", "known"), ("all_links_id", "group"), ("all_links_id", "event")]
    who = [Who(base, kind, "x", pd.Index([1])) for base, kind in groups]
    people.as_frame(who).to_parquet(
        outputs / "second" / others.DATA / "who_outcomes.parquet"
    )
    second, third = others.releases(outputs, "first")
    assert list(second.who["analysis"]) == ["all", "all_links_id", "all_links_id"]
    assert list(third.who["analysis"]) == ["all"]


def test_a_run_has_no_other_in_an_outputs_folder_of_its_own(outputs):
    assert list(others.releases(outputs / "unfinished", "first")) == []


def test_results_of_earlier_editions_are_those_of_this_request_alone(tmp_path):
    published = tmp_path / editions.PUBLISHED
    for name in ("mine/1", "mine/2", "mine/3", "another/1"):
        (published / name / "release").mkdir(parents=True)
        (published / name / "release/result.json").write_text(json.dumps(name))
    for name in ("mine/.4.part", "mine/old", "mine/05"):
        (published / name).mkdir()
    # an edition under the number at hand is out as well
    found = editions.results(tmp_path, "mine")
    every = ["mine/1", "mine/2", "mine/3"]
    assert [json.loads(path.read_text()) for path in found] == every
    assert editions.results(tmp_path, "never-published") == []


@pytest.mark.parametrize("place", ["", "mine", "mine/1"])
def test_an_edition_behind_a_link_is_refused(tmp_path, place):
    link = tmp_path / editions.PUBLISHED / place
    link.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "1").mkdir()
    link.symlink_to(tmp_path)
    with pytest.raises(RequestError, match="is a symbolic link"):
        editions.results(tmp_path, "mine")


def test_an_edition_is_told_of_those_with_a_lower_number(tmp_path):
    for name in ("mine/1", "mine/2", "mine/10", "mine/draft"):
        (tmp_path / editions.PUBLISHED / name / "release").mkdir(parents=True)
    assert list(others.before(tmp_path, "mine", 1)) == []
    found = others.before(tmp_path, "mine", 10)
    assert list(found) == [1, 2]
    assert found[2] == tmp_path / editions.PUBLISHED / "mine/2"
