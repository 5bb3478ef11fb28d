import copy
import json
import re
import subprocess
import sys
from datetime import date, datetime, timedelta

import jsonschema
import nbformat
import papermill
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from papermill.iorw import read_yaml_file

from helpers import request
from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.request import load

FILES = sorted((ROOT / "params").glob("*.yml"))
README = (ROOT / "params" / "README.md").read_text(encoding="utf-8")
SHORTEST = re.search(r"```yaml\n(.*?)```", README, re.S)[1]


@pytest.fixture(autouse=True)
def frozen_day(monkeypatch):
    monkeypatch.setattr(request, "today", lambda: date(2026, 6, 1))


@pytest.fixture
def written(tmp_path):
    """Problems of a request file with this text, without the file's name."""

    def problems(text):
        path = tmp_path / "x.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(RequestError) as caught:
            load(path)
        assert all(line.startswith(f"{path}: ") for line in caught.value.problems)
        return [line.removeprefix(f"{path}: ") for line in caught.value.problems]

    return problems


def shortest(**keys):
    """The shortest request of params/README.md with some keys replaced."""
    return yaml.safe_load(SHORTEST)["request"] | keys


def problems(raw, changes=None):
    with pytest.raises(RequestError) as caught:
        load(raw, changes)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


PUBLISHED = {"date": "2026-06-25", "contact": "x"}
MOMENT = "must be a day and a time in London, year-month-day hours:minutes"
CLOCKS = "is a time that {} in London, where the clocks changed on that day"
AGREEMENT = {
    "purpose": "a", "lawful_basis": "b", "justification": "c", "fairness": "d",
    "proportionality": "e", "approved_by": "f", "approved_on": "2026-01-12",
    "destroy_by": "2026-06-01",
}  # fmt: skip


def analysis(name="All", **keys):
    return {"name": name, "covariates": {"numeric": ["age"]}} | keys


# files and papermill -----------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_and_papermills_reading_of_it_give_the_same_request(path):
    completed = load(path).completed()
    assert load(read_yaml_file(str(path))).completed() == completed
    assert load(str(path.relative_to(ROOT))).completed() == completed
    assert load(yaml.safe_load(path.read_text())["request"]).completed() == completed
    assert load(path).source == path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_papermill_f_injects_a_request_that_completes_alike(path, tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("request = None")],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        },
    )
    notebook.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-f",
               str(path), "--prepare-only"]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    out = nbformat.read(tmp_path / "out.ipynb", 4)
    injected = next(
        cell.source
        for cell in out.cells
        if "injected-parameters" in cell.metadata.get("tags", [])
    )
    names: dict = {}
    exec(injected, names)
    assert load(names["request"]).completed() == load(path).completed()
    assert papermill.inspect_notebook(tmp_path / "out.ipynb")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_completed_request_is_json_and_completes_to_itself(path):
    completed = load(path).completed()
    assert json.loads(json.dumps(completed)) == completed
    again = load(completed).completed()
    assert json.dumps(again) == json.dumps(completed)


def test_the_default_is_the_example_or_what_the_environment_names(monkeypatch):
    monkeypatch.delenv("JDL_REQUEST", raising=False)
    assert load().id == "example"
    monkeypatch.setenv("JDL_REQUEST", "params/nc_prison_work.yml")
    assert load().id == "nc-prison-work"


def test_words_and_numbers_without_quotes_are_what_the_key_wants(tmp_path):
    path = tmp_path / "x.yml"
    text = SHORTEST.replace("id: shortest", "id: 012").replace("A. Name", "no")
    text = text.replace("The shortest request", "1e3").replace(
        "{people", "\n      {people"
    )
    text += "  matching: {method: nearest, replacement: no, caliper: 1e-3}\n"
    text = text.replace(
        "categorical: [sex]}", "categorical: [sex]}, filter: {a: no, b: 1}"
    )
    path.write_text(text)
    read = load(path)
    assert (read.id, read.analyst, read.title) == ("012", "no", "1e3")
    assert (read.matching.replacement, read.matching.caliper) == (False, 0.001)
    assert read.analyses[0].filter == {"a": ["no"], "b": [1]}


def test_anchors_share_a_block(tmp_path):
    text = SHORTEST.replace("covariates: {", "headline: true, covariates: &usual {")
    path = tmp_path / "x.yml"
    path.write_text(
        text.replace(
            "  publication:", "    - {name: B, covariates: *usual}\n  publication:"
        )
    )
    first, second = load(path).analyses
    assert first.covariates == second.covariates


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  title:", "  analyst: x\n  title:",
         "line 5: analyst stands here again, first in line 3; keep one of the two"),
        ("people: 20000", "people: 20000, people: 7",
         "line 10: people stands here again, first in line 10; keep one of the two"),
        ("  title:", "\ttitle:", "line 3: a tab; put spaces in its place"),
        ("title: The", "title: The: ", 'line 3: a second ": " in one line, or a line '
         "that starts too far to the right; put a text that holds a colon in quotes"),
        ("categorical: [sex]}}", "categorical: [sex]}", "line 13: the bracket opened "
         "in line 12 is not closed, or a comma is missing between its items"),
        ("title: The", 'title: "The', "line 3: the quotes opened here are closed only "
         "in line 13; close them where the text ends"),
        ("title: The", "title: 'The", "line 3: the quotes opened in line 3 are not "
         "closed"),
        ("  title:", "   title:", "line 3: a second"),
        ("  title:", " title:", "line 3: does not start in the same column as the "
         "lines it belongs to; keys of one block start under each other"),
        ("analyst: A. Name", "analyst: *A", "line 4: a text that starts with * must "
         "stand in quotes"),
        ("analyst: A. Name", "analyst: @A", "line 4: a text that starts with this sign "
         "must stand in quotes"),
        ("analyst: A. Name", 'analyst: "C:\\Data"', "line 4: a backslash inside double "
         "quotes; use single quotes, and / in paths"),
        ("analyst: A. Name", "analyst: {{ name }}", "line 4: brackets where a key is "
         "wanted; put a text that starts with { or [ in quotes"),
        ("analyst: A. Name", "analyst: !!python/name:os.system x", "line 4: "),
        ("  analyses:", "---\n  analyses:", "line 11: --- starts a second request; "
         "keep one a file"),
        ("analyst: A. Name", "analyst: \x07", "line 4: a control character; delete it "
         "and type the text again"),
        ("analyst: A. Name", "analyst: &a [*a]", "line 4: a block that stands inside "
         "itself; write it out"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_yaml_is_said_with_its_line(written, old, new, line):
    assert old in SHORTEST
    found = written(SHORTEST.replace(old, new, 1))
    assert found[0].startswith(line)
    assert len(found) == 1


def test_every_duplicate_key_is_shown_at_once(written):
    text = SHORTEST.replace("  title:", "  id: x\n  title:") + "  seed: 1\n  seed: 2\n"
    assert [line.split(":")[0] for line in written(text)] == ["line 3", "line 16"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "is empty; the first line of a request is request:"),
        ("# words\n", "is empty; the first line of a request is request:"),
        ("- a\n", "holds no keys; the first line of a request is request:"),
        ("hello\n", "holds no keys; "),
        ("id: x\ntitle: y\n", "has no request: at its top; the first line"),
        ("reqest:\n  id: x\n",
         "has no request: at its top; found reqest: in its place"),
        ("request:\n", "request holds no keys; put the keys of the request under it"),
        (SHORTEST + "matching: {}\n", "matching must stand under request:, not beside"),
        (SHORTEST.encode("utf-16"), "line 1: a character that is not UTF-8; save"),
        (SHORTEST.replace("A. Name", "Ren\xe9").encode("latin-1"),
         "line 4: a character that is not UTF-8; save the file with the encoding "
         "UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_request_is_told_how_one_starts(written, text, start):
    found = written(text)
    assert len(found) == 1 and found[0].startswith(start)


def test_a_file_that_is_not_there_is_named_with_its_nearest():
    assert problems("params/exmple.yml") == [
        "params/exmple.yml: does not exist; did you mean params/example.yml?"
    ]
    assert problems("params")[0].startswith("params: is a folder; name a file in it")
    assert problems(12)[0].startswith("request must be the path of a file")


# messages ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({"matching": {"caliper": -1}},
         ["matching.caliper must be above 0; found -1; write for example 0.05"]),
        ({"matching": {"calliper": 1}}, ["matching.calliper is not a key of a request; "
                                         "did you mean matching.caliper?"]),
        ({"caliper": 1},
         ["caliper is not a key of a request; caliper belongs under matching or "
          "analyses.matching"]),
        ({"sector": "x"}, ["sector is not a key of a request; did you mean "
                           "organisation.sector_type?"]),
        ({"data-sharing": {}},
         ["data-sharing is not a key of a request; did you mean data_sharing?"]),
        ({"matching": {"caliper": "0,1"}},
         ['matching.caliper must be a number or {sd, of}; found "0,1"; write 0.1']),
        ({"matching": {"caliper": float("nan")}}, ["matching.caliper must be a number "
         "or {sd, of}; found nan; write for example 0.05"]),
        ({"matching": {"caliper": {"sd": 0, "of": "pool"}}},
         ["matching.caliper.sd must be above 0; found 0; write for example 0.05",
          'matching.caliper.of must be pooled or all; found "pool"; did you mean '
          "pooled?"]),
        ({"matching": {"method": "nearst", "distance": "logistic"}},
         ['matching.method must be radius, nearest or kernel; found "nearst"; did you '
          "mean nearest?",
          'matching.distance must be propensity, logit or odds; found "logistic"; did '
          "you mean logit?"]),
        ({"matching": {"ratio": 2}}, ["matching has a key without effect, ratio; "
                                      "delete ratio, or write method: nearest"]),
        ({"matching": {"accept_wide": "yes"}},
         ['matching.accept_wide must be true or false; found "yes"; write true or '
          "false, without quotes"]),
        ({"publication": {"contact": "x"}},
         ['publication.date is missing; write for example date: "2026-06-25"']),
        ({"publication": {"contact": "x", "date": None}},
         ['publication.date is empty; write for example date: "2026-06-25"']),
        ({"publication": {"contact": "x", "dat": "2026-06-25"}},
         ["publication.dat is not a key of a request; did you mean publication.date?"]),
        ({"publication": {"contact": "x", "date": "2024-02-30"}},
         ['publication.date is not a date; found "2024-02-30"; write for example '
          '"2024-02-29"']),
        ({"publication": {"contact": "x", "date": "25/06/2026"}},
         ["publication.date must be a date, written year-month-day; found "
          '"25/06/2026"; write "2026-06-25"']),
        *[({"publication": PUBLISHED | {"release_at": at}},
           [f'publication.release_at {said}; found "{at}"; write for example "{now}"'])
          for at, said, now in [
              ("2026-06-25", MOMENT, "2026-06-25 09:30"),
              ("25/06/2026 09:30", MOMENT, "2026-06-25 09:30"),
              ("2026-06-25 9:30", MOMENT, "2026-06-25 09:30"),
              ("2026-06-25 24:00", MOMENT, "2026-06-25 09:30"),
              ("2026-06-31 09:30", MOMENT, "2026-06-25 09:30"),
              ("2026-06-25 09:30+02:00", MOMENT, "2026-06-25 09:30"),
              # clocks went on at 1 on the last Sunday of March, and back at 2 on that
              # of October: Summer Time Order 2002
              ("2026-03-29 01:30", CLOCKS.format("did not exist"), "2026-03-29 02:00"),
              ("2026-10-25 01:00", CLOCKS.format("came twice"), "2026-10-25 02:00")]],
        ({"publication": PUBLISHED | {"release_at": "2026-06-26 09:30"}},
         ["publication.release_at does not lie on publication.date; found 2026-06-26 "
          '09:30; write for example "2026-06-25 09:30", or change the date']),
        ({"publication": PUBLISHED | {"pre_release": "Minister"}},
         ['publication.pre_release must be a list; found "Minister"; write '
          "[Minister]"]),
        ({"publication": PUBLISHED | {"pre_release": ["Minister", "Minister"]}},
         ["publication.pre_release names one twice; found Minister; keep each once"]),
        ({"publication": PUBLISHED | {"corrects": "A slip."}},
         ["publication.corrects has no earlier edition to correct; delete it, or write "
          "edition: 2 where the first was published"]),
        ({"id": 10},
         ["id must be text; found 10; put it in quotes, as it is meant to be read"]),
        ({"analyst": False}, ["analyst must be text; found false, which YAML makes of "
                              "no, off or false without quotes; put the word in "
                              "quotes"]),
        ({"title": ["a", "b"]}, ["title must be one text; found the list [a, b]; write "
                                 "for example Prison work programme"]),
        ({"title": "  "}, ["title is empty; write for example Prison work programme"]),
        ({"id": "NC Prison"},
         ["id must be lower-case letters, digits and hyphens only; "
                               'found "NC Prison"; write for example nc-prison']),
        ({"id": "sample"}, ["id must not be sample or published, which are folders of "
                            'outputs/; found "sample"; write for example sample-2026']),
        ({"seed": -1}, ["seed must be 0 or more; found -1; write for example 1"]),
        ({"seed": 1.5},
         ["seed must be a whole number; found 1.5; write for example 1"]),
        ({"organisation": "Trust"},
         ['organisation must hold keys; found "Trust"; write for example '
          "{name: Example Trust, sector_type: Voluntary}"]),
        ({"programme": {"name": "x", "type": "Mentoring"}},
         ["programme.type is not a key of a request; did you mean "
          "programme.intervention_type?"]),
        ({"disclosure": {"threshold": 1}},
         ["disclosure.threshold must be 3 or more: of two people each knows of the "
          "other what is told of both; found 1; write for example 10"]),
        ({"disclosure": {"profile": "rounded", "threshold": 10}},
         ["disclosure has a threshold with profile rounded, which hides counts of 7 or "
          "fewer; found threshold 10; take threshold out"]),
        ({"title": "[ C ]"},
         ["title must not be [c], which stands for a number that is not shown; found "
          '"[ C ]"; write it in words']),
        ({"title": "Men \u202eneM"},
         ["title holds a sign that changes the direction of writing, which could turn "
          "what stands after it around; found U+202E; take it out"]),
        ({"disclosure": {"profile": "none"}},
         ['disclosure needs a reason with profile none; write for example reason: "The '
          'data are open and hold no names."']),
    ],
)  # fmt: skip
def test_a_broken_key_is_named_with_what_was_found_and_what_to_write(keys, lines):
    assert problems(shortest(**keys)) == [f"request: {line}" for line in lines]


def test_a_caliper_that_is_too_wide_for_any_scores_is_refused_before_any_run():
    wide = {"caliper": {"sd": 0.31}}
    assert problems(shortest(matching=wide)) == [
        "request: matching has a caliper of more than 0.3 standard deviations, which "
        "lets the people compared differ enough to bias the estimate; found sd 0.31; "
        "narrow it, or add accept_wide: true"
    ]
    for fine in (
        {"caliper": {"sd": 0.3}},
        wide | {"accept_wide": True},
        wide | {"distance": "odds"},  # its limit hangs on the scores
    ):
        assert load(shortest(matching=fine)).matching.named


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        ({"outcomes": [{"name": "reoffending_rate", "label": "7"}]}, "label"),
        ({"outcomes": [{"name": "reoffending_rate", "label": "went back",
                        "definition": "12"}]}, "definition"),
    ],
)  # fmt: skip
def test_words_that_stand_in_sentences_hold_a_letter(keys, where):
    [line] = problems(shortest(**keys))
    assert f'outcomes "reoffending_rate": {where} must hold a letter' in line


@pytest.mark.parametrize("name", ["analysis", "weight", "set"])
def test_an_outcome_is_not_named_as_a_column_of_the_matching(name):
    [line] = problems(shortest(outcomes=[{"name": name, "kind": "rate"}]))
    assert "is the name of a column that the matching writes" in line
    assert f"inputs.columns: {{{name}_measured: {name}}}" in line


def test_a_column_named_by_digits_needs_a_label():
    [line] = problems(shortest(outcomes=[{"name": "12", "kind": "rate"}]))
    assert "needs a label" in line
    labelled = {"name": "12", "kind": "rate", "label": "were in work"}
    assert load(shortest(outcomes=[labelled])).outcomes[0].label == "were in work"


def test_a_name_over_several_lines_is_one_line():
    request = load(shortest(title="A\n  study ", analyses=[analysis("All\npeople")]))
    assert (request.title, request.analyses[0].name) == ("A study", "All people")


@pytest.mark.parametrize(
    ("first", "second"), [("a b", "a-b"), ("é", "ü"), ("6 visits", "6-Visits")]
)
def test_outcomes_that_files_and_links_would_not_tell_apart_are_refused(first, second):
    named = [{"name": name, "kind": "rate"} for name in (first, second)]
    assert problems(shortest(outcomes=named)) == [
        f'request: outcomes "{second}": name is taken by another outcome; found '
        f'"{first}" and "{second}"; give each its own name in letters a to z and '
        "digits; inputs.columns may rename them"
    ]


@pytest.mark.parametrize(
    ("analyses", "lines"),
    [
        ([], ["analyses is an empty list; name at least one"]),
        ([analysis("Men"), analysis("Women")],
         ["analyses has no headline; found 2 analyses; write headline: true in the one "
          "that main points show (or in several)"]),
        ([analysis("Men", headline=True), analysis("men")],
         ['analyses "men": name is taken by another analysis; found "Men" and "men"; '
          "give each its own name in letters a to z and digits"]),
        ([analysis("男", headline=True), analysis("女")],
         ['analyses "女": name is taken by another analysis; found "男" and "女"; '
          "give each its own name in letters a to z and digits"]),
        ([analysis(covariates={"numeric": ["age", "age"]})],
         ['analyses "All": covariates.numeric names one twice; found age; keep each '
          "once"]),
        ([analysis(covariates={"numeric": ["age"], "categorical": ["age"]})],
         ['analyses "All": covariates names a column as numeric and as categorical; '
          "found age; keep it in one of the two lists"]),
        ([analysis(covariates={"numeric": "age"})],
         ['analyses "All": covariates.numeric must be a list; found "age"; write '
          "[age]"]),
        ([analysis(covariates={})], ['analyses "All": covariates names no columns; '
                                     "write for example numeric: [age], or "
          "set: standard"]),
        ([{"name": "All"}], ['analyses "All": covariates is missing; write for example '
                             "covariates: {numeric: [age], categorical: [sex]}"]),
        ([{"covariates": {"numeric": ["age"]}}],
         ["analyses number 1: name is missing; write for example name: All people"]),
        ([analysis(covariates={"numeric": ["age", "reoffended"]})],
         ['analyses "All": covariates.numeric names an outcome; found reoffended; '
          "delete it; groups are made alike before any outcome is known"]),
        ([analysis(exact=["reoffences"], filter={"treatment": 1})],
         ['analyses "All": exact names an outcome; found reoffences; delete it; groups '
          "are made alike before any outcome is known",
          'analyses "All": filter names treatment, which says who had the support; '
          "delete it"]),
        ([analysis(treatment_filter={"completed": True})],
         ['analyses "All": treatment_filter.completed must be text; found true, which '
          "YAML makes of yes, on or true without quotes; put the word in quotes"]),
        ([analysis(filter={"sex": []})],
         ['analyses "All": filter.sex is an empty list; write the values that are '
          "kept"]),
        ([analysis(filter={"age": {"from": 30, "to": 25}})],
         ['analyses "All": filter.age has from above to; found from 30, to 25; swap '
          "them"]),
        ([analysis(pool={"age": {}})],
         ['analyses "All": pool.age has no range; write for example {from: 18, to: '
          "25}"]),
        ([analysis(filter={"age": {"form": 18}})],
         ['analyses "All": filter.age.form is not a key of a request; did you mean '
          'analyses "All": filter.age.from?']),
        ([analysis(filter={"age": {"from": "old"}})],
         ['analyses "All": filter.age.from must be a number or a date; found "old"; '
          "write for example 18"]),
        ([analysis(filter={"start": {"from": "2024-02-30"}})],
         ['analyses "All": filter.start.from is not a date; found "2024-02-30"; write '
          'for example "2024-02-29"']),
        ([analysis(treatment_filter={"start": {"from": "2024-01-01", "to": 3}})],
         ['analyses "All": treatment_filter.start mixes a number and a date; found '
          "from 2024-01-01, to 3; give both ends as the column holds them"]),
    ],
)  # fmt: skip
def test_analyses_are_checked_alone_and_together(analyses, lines):
    found = problems(shortest(analyses=analyses))
    assert found == [f"request: {line}" for line in lines]


@pytest.mark.parametrize(
    ("outcomes", "line"),
    [
        ("reoffending_rate", 'outcomes must be a list; found "reoffending_rate"; write '
         "[reoffending_rate]"),
        (["employment"], 'outcomes "employment" is a column of the cohort and needs a '
         "kind; write kind: rate for 1/0, frequency for a count, days for a time, "
         "amount for any number"),
        (["reoffending_rate"] * 2,
         'outcomes "reoffending_rate": name stands twice; keep '
         "one outcome for each column"),
        ([{"name": "reoffending_rate", "kind": "days"}],
         'outcomes "reoffending_rate" is always a rate; found kind days; delete kind, '
         "or give the outcome another name"),
        ([{"name": "a", "kind": "rate", "label": "came back"},
          {"name": "b", "kind": "rate", "label": "Came back"}],
         'outcomes "b": label says what a says; found Came back; give each its own '
         "label, or its own definition"),
        ([{"name": "reoffending_rate", "of": "those_with_an_event"}],
         'outcomes "reoffending_rate" is always about everyone; found of '
         "those_with_an_event; delete of, which columns of your own take"),
        ([{"name": "a", "kind": "days", "of": "some"}],
         'outcomes "a": of must be everyone or those_with_an_event; found "some"; '
         "choose one of them"),
        ([{"name": "age", "kind": "days"}], 'analyses "All people": covariates.numeric '
         "names an outcome; found age; delete it; groups are made alike before any "
         "outcome is known"),
    ],
)  # fmt: skip
def test_outcomes_are_checked(outcomes, line):
    assert problems(shortest(outcomes=outcomes)) == [f"request: {line}"]


def test_what_a_list_needs_is_told_at_once_with_what_its_inputs_lack():
    raw = shortest(inputs={"submission": "x.xlsx"}, data_sharing=AGREEMENT)
    starts = [
        "inputs has a submission without extract and records_complete_to",
        "data_sharing.received is missing; with inputs.submission write received: ",
        "data_sharing.provider_signed_off is missing; with inputs.submission write ",
        "data_sharing.sources is missing; with inputs.submission write sources: ",
    ]
    for line, start in zip(problems(raw), starts, strict=True):
        assert line.startswith(f"request: {start}")


def test_inputs_are_made_up_or_a_cohort():
    cohort = {"cohort": "params/data/x.csv"}
    made_up = {"made_up": {"people": 400, "submitted": 480}}
    assert load(shortest(inputs=cohort)).inputs.cohort == "params/data/x.csv"
    assert problems(shortest(inputs={}))[0].startswith(
        "request: inputs must hold submission, cohort or made_up; found no keys; "
    )
    assert "must hold made_up or cohort, not both" in problems(
        shortest(inputs=cohort | {"made_up": {"people": 400, "submitted": 48}})
    )[0]  # fmt: skip
    assert problems(shortest(inputs={"cohort": "x.xlsx"})) == [
        'request: inputs.cohort must be a .csv or .parquet file; found "x.xlsx"; write '
        "for example params/data/cohort.csv"
    ]
    assert problems(shortest(inputs=made_up)) == [
        "request: inputs.made_up must have fewer people submitted than people; found "
        "submitted 480, people 400; raise people"
    ]


def test_the_linkage_ladder_is_for_national_records():
    ladder = {"robustness": {"links": "ladder"}}
    assert load(shortest(**ladder)).robustness.links == "ladder"
    cohort = {"inputs": {"cohort": "params/data/x.csv"}}
    assert problems(shortest(**ladder, **cohort)) == [
        "request: robustness.links has no effect on a ready cohort; delete it; a ready "
        "cohort holds who is analysed"
    ]
    named = analysis(exact=["how_surely_found"])
    assert problems(shortest(analyses=[named]))[0].startswith(
        'request: analyses "All": exact names how_surely_found, which says how surely '
        "a person was found; "
    )


def test_nothing_runs_without_a_data_sharing_agreement_in_date():
    raw = shortest(data_sharing=AGREEMENT)
    assert load(raw).data_sharing.destroy_by == date(2026, 6, 1)
    raw["data_sharing"] = AGREEMENT | {
        "destroy_by": "2026-05-31",
        "approved_on": "2026-06-02",
    }
    assert [line.split("; ")[:2] for line in problems(raw)] == [
        ["request: data_sharing.destroy_by is past", "found 2026-05-31"],
        ["request: data_sharing.approved_on lies ahead", "found 2026-06-02"],
    ]
    incomplete = AGREEMENT | {"purpose": None}
    del incomplete["destroy_by"]
    found = problems(shortest(data_sharing=incomplete))
    assert [line.split(";")[0] for line in found] == [
        "request: data_sharing.purpose is empty",
        "request: data_sharing.destroy_by is missing",
    ]  # fmt: skip
    assert problems(shortest(data_sharing=None))[0].startswith(
        "request: data_sharing is missing; nothing about people is read without it"
    )
    mixed = {"open_data": {"source": "a", "licence": "b"}, "purpose": "c"}
    assert problems(shortest(data_sharing=mixed)) == [
        "request: data_sharing has two forms, open_data alone or a full agreement; "
        "found open_data and purpose; keep open_data for open data, else delete it"
    ]


def test_profile_none_is_for_open_data_and_made_up_people():
    none = {"profile": "none", "reason": "The people are made up."}
    records = {"inputs": {"cohort": "x.csv"}, "data_sharing": AGREEMENT}
    assert load(shortest(disclosure=none)).disclosure.profile == "none"
    assert load(shortest(disclosure=none, inputs=records["inputs"]))
    assert load(shortest(disclosure=none, data_sharing=AGREEMENT))
    found = problems(shortest(disclosure=none, id="X y", **records))
    # the rule between keys shows although another key is wrong
    assert len(found) == 2
    assert found[1].startswith(
        "request: disclosure.profile must be default or ministry"
    )


def test_every_problem_shows_at_once_and_in_the_house_form():
    raw = {"id": "X", "matching": {"ratio": "two"}, "publication": 3, 5: "x"}
    found = problems(raw)
    assert len(found) >= 10
    for line in found:
        assert line.startswith("request: ") and "; " in line
        for foreign in ("Input should", "https://", "type=", "pydantic", "Field"):
            assert foreign not in line


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=5,
    ),
    st.sampled_from(sorted(request.Request.model_fields)),
)
def test_any_value_at_any_key_loads_or_is_refused_in_lines(value, name):
    try:
        load(shortest(**{name: value}))
    except RequestError as error:
        for line in error.problems:
            assert line.startswith("request: ")
            assert "is not what a request holds here" not in line


# completing --------------------------------------------------------------


def test_defaults_are_filled_in():
    read = load(shortest())
    assert read.analyses[0].headline
    assert read.analyses[0].covariates.names == ("age", "previous_offences", "sex")
    assert read.programme.label == "support from Example mentoring"
    assert [outcome.name for outcome in read.outcomes] == [
        "reoffending_rate", "reoffending_frequency", "time_to_first_reoffence",
        "first_reoffence_indictable", "first_reoffence_either_way",
        "first_reoffence_summary", "reoffences_indictable",
        "reoffences_either_way", "reoffences_summary",
        "custody_for_first_reoffence", "custodial_reoffences",
    ]  # fmt: skip
    kinds = [outcome.kind for outcome in read.outcomes]
    assert kinds[:3] == ["rate", "frequency", "days"]
    assert kinds[3:] == ["rate"] * 3 + ["frequency"] * 3 + ["rate", "frequency"]
    assert not any(outcome.own_words for outcome in read.outcomes)
    assert (read.eligibility.minimum_people, read.disclosure.threshold) == (60, 10)
    assert read.findings.catalogue == "params/catalogue"


def test_results_beside_this_one_are_those_of_its_date_or_of_an_earlier_day():
    assert load(shortest()).as_of == load(shortest()).publication.date
    day = load(shortest()).publication.date
    for as_of in (day, date(2014, 6, 30)):
        assert load(shortest(findings={"as_of": str(as_of)})).as_of == as_of
    after = day + timedelta(days=1)
    with pytest.raises(RequestError) as error:
        load(shortest(findings={"as_of": str(after)}))
    assert error.value.problems == [
        f"request: findings.as_of lies after publication.date; found {after}; write "
        f"{day} or earlier, or leave it out: a report holds what was published by its "
        "date"
    ]


@pytest.mark.parametrize(
    ("keys", "moment"),
    [
        # London is at UTC in winter and an hour ahead in summer
        ({"date": "2026-01-15"}, "2026-01-15T00:00+00:00"),
        ({"date": "2026-06-25"}, "2026-06-24T23:00+00:00"),
        ({"date": "2026-06-25", "release_at": "2026-06-25 09:30"}, "2026-06-25T08:30Z"),
        ({"date": "2026-10-25", "release_at": "2026-10-25T02:00"}, "2026-10-25T02:00Z"),
        (
            {"date": "2026-03-29", "release_at": "2026-03-29  02:00"},
            "2026-03-29T01:00Z",
        ),
    ],
)
@pytest.mark.parametrize("alone", [False, True])
def test_a_report_comes_out_at_its_time_in_london(keys, moment, alone):
    raw = shortest(publication={"contact": "x", **keys})
    if alone:
        kept = ("id", "title", "analyst", "publication")
        raw = {name: raw[name] for name in kept} | {"stages": ["charts"]}
    found = load(raw)
    assert found.publication.from_when == datetime.fromisoformat(moment)
    assert load(found.completed()) == found
    assert load(yaml.safe_load(found.written())) == found


def test_a_later_edition_may_say_what_it_corrects():
    publication = PUBLISHED | {"edition": 2, "pre_release": ["Minister", "Chief"]}
    found = load(shortest(publication=publication | {"corrects": " A slip.\nTwo. "}))
    assert found.publication.corrects == "A slip.\nTwo."
    assert found.publication.pre_release == ("Minister", "Chief")
    assert load(shortest(publication=publication)).publication.corrects is None


def test_an_outcome_keeps_its_own_words():
    read = load(shortest(outcomes=[{"name": "reoffending_rate", "label": "returned"}]))
    assert read.outcomes[0].own_words
    assert (read.outcomes[0].label, read.outcomes[0].definition) == ("returned", "")
    assert load(read.completed()).completed() == read.completed()
    own = load(shortest(outcomes=[{"name": "days_in_work", "kind": "days"}])).outcomes[
        0
    ]
    assert (own.label, own.column) == ("days in work", "days_in_work")


FEMALE, MALE = {"filter": {"sex": ["F"]}}, {"filter": {"sex": "Male"}}
COHORT = {"inputs": {"cohort": "params/data/nc_prison_work.csv"}}


@pytest.mark.parametrize(
    ("analyses", "inputs", "nouns"),
    [
        # a list and records hold men and women: a filter alone tells who is analysed
        ([{}], {}, ["people"]),
        ([FEMALE], {}, ["women"]),
        ([FEMALE, MALE, {}], {}, ["women", "people", "people"]),
        ([{"filter": {"sex": ["F", "M"]}}], {}, ["people"]),
        ([{"treatment_filter": {"sex": "F"}}], {}, ["people"]),
        # a ready cohort may hold one sex, unless its analyses keep different people
        ([{}], COHORT, ["women"]),
        ([{}, {"pool": {"region": "North"}}], COHORT, ["women", "women"]),
        ([{}, {"filter": {"region": "North"}}], COHORT, ["people", "people"]),
        ([MALE], COHORT, ["people"]),
    ],
)
def test_the_noun_holds_where_all_of_an_analysis_are_so(analyses, inputs, nouns):
    made = [analysis(f"A{n}", headline=True, **a) for n, a in enumerate(analyses)]
    programme = shortest()["programme"] | {"noun": "women"}
    request = load(shortest(analyses=made, programme=programme, **inputs))
    assert [request.noun(a.name) for a in request.analyses] == nouns


def test_a_filter_may_keep_a_sex_by_the_label_of_its_level():
    labels = {"sex": {"label": "Sex", "levels": {"2": "Woman", "1": "Man"}}}
    programme = shortest()["programme"] | {"noun": "women"}
    inputs = COHORT["inputs"] | {"labels": labels}
    made = [analysis(filter={"sex": [2]})]
    request = load(shortest(analyses=made, programme=programme, inputs=inputs))
    assert request.noun("All") == "women"


def test_who_took_part_was_decided_by_choice_unless_the_request_says_chance():
    assert load(shortest()).programme.selection_by == "choice"
    programme = shortest()["programme"] | {"selection_by": "lot"}
    assert problems(shortest(programme=programme)) == [
        'request: programme.selection_by must be choice or chance; found "lot"; choose '
        "one of them"
    ]


def test_calipers_are_tried_in_the_methods_order():
    widths = [{"sd": sd, "of": "pooled"} for sd in (0.05, 0.1, 0.2)]
    assert load(shortest()).matching.calipers == widths
    assert not load(shortest()).matching.named
    named = load(shortest(matching={"caliper": {"sd": 0.1}})).matching
    assert named.calipers == [{"sd": 0.1, "of": "pooled"}] and named.named
    assert load(shortest(matching={"method": "nearest"})).matching.calipers == [None]
    kernel = load(shortest(matching={"method": "kernel"})).matching
    assert kernel.calipers == [0.06] and not kernel.named
    narrow = load(shortest(matching={"method": "kernel", "bandwidth": 0.02})).matching
    assert narrow.calipers == [0.02] and narrow.named


@pytest.mark.parametrize(
    "keys, name, needs",
    [
        ({"bandwidth": 0.02}, "bandwidth", "method: kernel"),
        ({"method": "nearest", "bandwidth": 0.1}, "bandwidth", "method: kernel"),
        ({"method": "kernel", "caliper": 0.05}, "caliper", "bandwidth in its place"),
        ({"method": "kernel", "caliper": {"sd": 0.9}}, "caliper", "bandwidth in its"),
        ({"method": "kernel", "ratio": 2}, "ratio", "method: nearest"),
        ({"method": "kernel", "replacement": False}, "replacement", "method: nearest"),
        ({"method": "kernel", "order": "closest"}, "order", "method: nearest"),
        ({"method": "nearest", "order": "closest"}, "order", "replacement: false"),
    ],
)
def test_a_setting_that_the_method_would_ignore_is_refused(keys, name, needs):
    [line] = problems(shortest(matching=keys))
    told = f"request: matching has a key without effect, {name}; delete {name}, or "
    assert line.startswith(f"{told}write {needs}")
    own = shortest()
    own["analyses"][0]["matching"] = keys
    [line] = problems(own)
    assert line.startswith(told.replace("matching", 'analyses "All people": matching'))


def test_long_texts_and_markup_are_left_for_the_page_to_escape():
    text = "<script>alert('x')</script> " * 15
    organisation = {"name": text, "sector_type": "Voluntary"}
    assert load(shortest(organisation=organisation)).organisation.name == text.strip()


def test_a_name_is_not_as_long_as_a_page():
    organisation = {"name": "x" * 501, "sector_type": "Voluntary"}
    with pytest.raises(RequestError, match="must have 500 characters at most"):
        load(shortest(organisation=organisation))
    one = shortest()["analyses"][0] | {"name": "x" * 181}  # files are named after it
    with pytest.raises(RequestError, match="name must have 180 characters at most"):
        load(shortest(analyses=[one]))


def test_a_request_cannot_be_altered():
    with pytest.raises(Exception, match="frozen"):
        load(shortest()).matching.ratio = 2


# changes -----------------------------------------------------------------


def test_changes_replace_settings_by_dotted_path():
    raw = shortest()
    before = copy.deepcopy(raw)
    tried = {"matching.caliper": 0.02, "analyses.0.covariates.numeric": ["age"]}
    read = load(raw, tried)
    assert read.matching.caliper == 0.02
    assert read.analyses[0].covariates.numeric == ("age",)
    assert raw == before


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("matching.caliper", -1,
         "matching.caliper must be above 0; found -1; write for example 0.05"),
        ("matching.calipr", 1,
         "matching.calipr is not a key of a request; did you mean "
         "matching.caliper?"),
        ("analyses.0.exact", ["reoffended"], 'analyses "All people": exact names an '
         "outcome; found reoffended; delete it; groups are made alike before any "
         "outcome is known"),
        ("analyses.3.name", "x",
         "analyses.3.name: analyses is a list, its items are 0; found 3"),
        ("title.x", 1, "title.x: title holds one value; change title as a whole"),
    ],
)  # fmt: skip
def test_a_change_is_checked_like_the_request(path, value, line):
    assert problems(shortest(), {path: value}) == [f"changes: {line}"]


# a summary of published results ------------------------------------------


def summary(**keys):
    """The request of params/findings.yml with some keys replaced."""
    return load("params/findings.yml").completed() | keys


def test_a_summary_is_complete_without_any_analysis():
    read = load(summary())
    assert isinstance(read, request.FindingsRequest) and read.alone
    assert (read.analyses, read.outcomes) == ((), ())
    assert read.disclosure.profile == "none"
    assert not load(shortest()).alone
    four = ["intake", "matching", "outcomes", "charts"]
    assert load(shortest(stages=four)).completed() == load(shortest()).completed()


@pytest.mark.parametrize(
    ("stages", "line"),
    [
        (["charts", "intake"], "all four; found the list [charts, intake]; an analysis "
         "goes through all four stages, so leave stages out; write [charts] for a "
         "summary of published results"),
        (["outcomes"], "all four; found the list [outcomes]; "),
        (["charts", "charts"], "all four; found the list [charts, charts]; "),
        ([], "all four; found an empty list; "),
        ("charts", 'a list; found "charts"; write [charts]'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("asked", [summary, shortest])
def test_other_stages_are_refused_in_one_line(asked, stages, line):
    (told,) = problems(asked(stages=stages))
    assert told.startswith("request: stages must be ") and line in told


def test_a_summary_refuses_each_key_of_an_analysis_and_says_why():
    beside = set(request.Request.model_fields) - set(summary())
    told = problems(summary(**dict.fromkeys(beside, "x")))
    assert sorted(told) == sorted(
        f"request: {name} belongs to an analysis; stages: [charts] summarises "
        "published results and analyses nobody; delete one of the two"
        for name in beside
    )
    assert problems(summary(findings={"as_of": "2026-07-01"})) == [
        "request: findings.as_of lies after publication.date; found 2026-07-01; write "
        "2026-06-25 or earlier, or leave it out: a report holds what was published by "
        "its date"
    ]
    assert problems(summary(titel="x")) == [
        "request: titel is not a key of a request; did you mean title?"
    ]


def test_the_schema_knows_a_summary_from_an_analysis():
    schema = request.schema()
    jsonschema.validate({"request": summary()}, schema)
    for wrong in (summary(seed=1), summary(stages=["charts", "intake"])):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"request": wrong}, schema)


# documentation -----------------------------------------------------------


def test_the_schema_in_params_is_current():
    path = ROOT / "params" / "request.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == request.schema(), (
        "run python -m helpers.request"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_request_files_and_the_shortest_fit_the_schema(path):
    jsonschema.validate(yaml.safe_load(path.read_text()), request.schema())
    jsonschema.validate(yaml.safe_load(SHORTEST), request.schema())


def dotted_keys(node, schema, above=""):
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].split("/")[-1]]
    for inner in [*node.get("anyOf", []), *node.get("oneOf", [])]:
        yield from dotted_keys(inner, schema, above)
    for below in (node.get("items"), node.get("additionalProperties")):
        if isinstance(below, dict):
            yield from dotted_keys(below, schema, above)
    for name, below in node.get("properties", {}).items():
        yield f"{above}{name}", below, name in node.get("required", [])
        yield from dotted_keys(below, schema, f"{above}{name}.")


def test_every_key_has_its_line_in_the_readme_and_no_other():
    schema = request.schema()
    keys = list(dotted_keys({"$ref": "#/$defs/Request"}, schema))
    # the same block in another place; its keys have their lines once
    keys = [key for key in keys if not key[0].startswith("analyses.matching.")]
    rows = re.findall(r"^\| (\**)`([\w.]+)`\** \|(.*)\|$", README, re.M)
    rows = [row for row in rows if row[2].count("|") == 3]
    documented = {name: bool(stars) for stars, name, _ in rows}
    assert {name for name, *_ in keys} == set(documented)
    assert documented == {name: required for name, _, required in keys}
    for name, node, _ in keys:
        assert node.get("description"), f"{name} needs a description"


def test_the_readmes_examples_of_messages_are_real():
    raw = shortest(matching={"caliper": -1})
    assert problems(raw)[0].removeprefix("request") in README
    raw = shortest(matching={"calliper": 1})
    assert problems(raw)[0].removeprefix("request") in README
    raw = summary(matching={"caliper": 1})
    assert problems(raw)[0].removeprefix("request") in README


@pytest.mark.parametrize(
    ("written", "completed"),
    [
        ({"from": 18, "to": 25}, {"from": 18, "to": 25}),
        ({"to": "4"}, {"to": 4}),
        ({"from": None, "to": 0.5}, {"to": 0.5}),
        ({"from": "2024-01-01"}, {"from": "2024-01-01"}),
        ({"from": date(2024, 1, 1)}, {"from": "2024-01-01"}),
    ],
)
def test_a_range_is_completed_as_it_is_written(written, completed):
    read = load(shortest(analyses=[analysis(filter={"age": written})]))
    assert read.completed()["analyses"][0]["filter"] == {"age": completed}
    again = load(yaml.safe_load(read.written()))
    assert again.completed() == read.completed()


def test_what_is_written_reads_back_whatever_signs_its_texts_hold(tmp_path):
    texts = [
        "“We help” #2",
        "“We help”",
        "a\xa0",
        "wing #2",
        "\u200bx",
        "£5: é",
        "a\tb",
    ]
    read = load(shortest(title=texts[0], programme={
        "name": "x", "intervention_type": "Mentoring", "caveats": texts,
    }))  # fmt: skip
    path = tmp_path / "x.yml"
    path.write_text(read.written(), encoding="utf-8")
    assert load(path).completed() == read.completed()


def test_an_end_of_a_range_may_be_tried_in_a_draft():
    asked = shortest(analyses=[analysis(filter={"age": {"from": 18, "to": 25}})])
    read = load(asked, {"analyses.0.filter.age.to": 30})
    assert read.completed()["analyses"][0]["filter"] == {"age": {"from": 18, "to": 30}}
    with pytest.raises(RequestError, match="^changes: .*filter.age has from above to"):
        load(asked, {"analyses.0.filter.age.to": 3})
