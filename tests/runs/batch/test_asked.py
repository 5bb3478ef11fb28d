"""Which requests a batch is of, and what is wrong with those that cannot be read."""

import pytest
from support.shared_runs import write_request

from helpers.commands.running import request_file
from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.runs.batch.asked import asked, is_one


@pytest.fixture
def folder(tmp_path):
    """Two requests, one with mistakes, and files that are none."""
    write_request(tmp_path / "second.yml", title="The second")
    write_request(tmp_path / "first.yaml", title="The first")
    (tmp_path / "wrong.yml").write_text(
        "request:\n  id: wrong\n  titel: x\n  seed: a\n"
    )
    (tmp_path / "settings.yml").write_text("colour: blue # request: none\n")
    (tmp_path / "README.md").write_text("request: none\n")
    (tmp_path / "a.yml").mkdir()
    return tmp_path


def of(*names):
    return asked([str(name) for name in names], request_file)


def test_a_folder_stands_for_its_requests_by_their_names(folder):
    each = of(folder)
    assert [one.name for one in each] == ["first", "second", "wrong"]
    assert [one.title for one in each] == ["The first", "The second", ""]
    assert [one.file.name for one in each] == ["first.yaml", "second.yml", "wrong.yml"]


def test_every_mistake_of_a_request_is_told_and_the_others_are_as_they_were(folder):
    first, second, wrong = of(folder)
    assert (first.problem, second.problem) == ("", "")
    lines = wrong.problem.splitlines()
    assert any("titel is not a key" in line for line in lines)
    assert any("seed" in line for line in lines)
    assert all(line.startswith(f"{folder}/wrong.yml: ") for line in lines)


def test_a_pattern_that_no_shell_took_is_taken_here(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert [one.name for one in of("*.yml")] == ["second", "wrong"]
    (none,) = of("*.json")
    assert none.problem == "*.json: no file has such a name"


def test_files_and_ids_come_in_the_order_in_which_they_are_named(folder):
    each = of(folder / "second.yml", "findings", folder / "first.yaml", folder)
    assert [one.name for one in each] == ["second", "findings", "first", "wrong"]
    assert each[1].file == ROOT / "params/findings.yml"


def test_a_file_that_is_named_and_is_no_request_is_told(folder):
    (one,) = of(folder / "settings.yml")
    assert one.problem
    typed, found = of("no-such-request", "findings")
    assert typed.name == "no-such-request"
    assert "no such file" in typed.problem
    assert not found.problem


def test_none_of_the_requests_that_have_one_id_is_run(folder):
    write_request(folder / "third.yml", id="second")
    (folder / "fourth.yml").write_text("request:\n  id: second\n  titel: x\n")
    each = of(folder)
    same = [one for one in each if one.name == "second"]
    assert [one.file.name for one in same] == ["fourth.yml", "second.yml", "third.yml"]
    assert all("id: second is the id of" in one.problem for one in same)
    assert f"{folder}/fourth.yml and {folder}/third.yml" in same[1].problem
    assert "titel" in same[0].problem  # what else is wrong is told at once
    assert [one.name for one in each if not one.problem] == ["first"]


def test_a_request_that_is_named_twice_is_carried_out_once(folder):
    (folder / "link.yml").symlink_to(folder / "second.yml")
    each = of(folder / "second.yml", folder / "link.yml", folder / ".." / folder.name)
    assert [one.name for one in each] == ["second", "first", "wrong"]


def test_a_folder_without_a_request_is_refused(tmp_path):
    with pytest.raises(RequestError, match="holds no request"):
        of(tmp_path)


def test_one_file_or_id_is_no_batch_and_a_folder_is(folder):
    assert is_one(["example"])
    assert is_one([str(folder / "first.yaml")])
    assert not is_one([str(folder)])
    assert not is_one(["params/*.yml"])
    assert not is_one(["example", "findings"])


def test_a_file_with_a_bracket_in_its_name_is_a_file(tmp_path):
    path = write_request(tmp_path / "one[1].yml", id="one")
    assert is_one([str(path)])
    assert of(path, "findings")[0].name == "one"


def test_an_id_is_meant_before_a_folder_of_its_name(tmp_path, monkeypatch):
    # as in outputs/, where each request has a folder named after its id
    (tmp_path / "findings").mkdir()
    write_request(tmp_path / "findings" / "other.yml")
    monkeypatch.chdir(tmp_path)
    assert is_one(["findings"])
    assert not is_one(["./findings"])
    assert [one.file for one in of("findings")] == [ROOT / "params/findings.yml"]
    assert [one.file.name for one in of("./findings")] == ["other.yml"]


def test_an_empty_name_is_not_the_folder_at_hand(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert is_one([""])  # told as any one request is
    with pytest.raises(RequestError, match=r"^'': an empty name stands where"):
        request_file("")
    nothing, first = of("", "first.yaml")
    assert (nothing.name, nothing.file) == ("''", None)
    assert nothing.problem.startswith("'': an empty name stands where a request should")
    assert (first.name, first.problem) == ("first", "")


def test_what_is_no_request_takes_no_id_from_one_that_is(folder):
    typed, found = of("second", folder / "second.yml")
    assert "no such file" in typed.problem
    assert "is the id of" not in typed.problem
    assert (found.name, found.problem) == ("second", "")


def test_a_pattern_of_the_kits_folder_is_understood_from_any_other(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert [one.file for one in of("params/f*.yml")] == [ROOT / "params/findings.yml"]
    assert [one.file for one in of(f"{ROOT}/params/f*.yml")] == [
        ROOT / "params/findings.yml"
    ]
    # what lies at hand comes first
    (tmp_path / "params").mkdir()
    own = write_request(tmp_path / "params" / "first.yml")
    assert [one.file for one in of("params/f*.yml")] == [own]
