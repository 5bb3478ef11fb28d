"""Two finished runs compared: every difference a line, and nothing from restricted/.

Two runs of a ready cohort of made-up people are made once. What else two runs may
differ in is put into copies of them, the manifest with it.
"""

import json
import shutil
from types import SimpleNamespace

import pytest
from support import in_process
from support.made_up_cohort import make

from helpers.commands import command_line
from helpers.files import sha256
from helpers.life_cycle.compare import changes, found

RESULT, MANIFEST = "release/result.json", "audit/manifest.json"
FOUND = "release/tables/found-in-records.csv"
SECTIONS = [
    "What is said",
    "Inputs",
    "Settings",
    "People",
    "Balance after matching",
    "Estimates",
    "Checks",
    "Disclosure",
    "Packages",
    "Kit",
    "Pages",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory, make_request):
    """A folder with two runs of one request, which has changed between them."""
    folder = tmp_path_factory.mktemp("made")
    make(500, 150).to_csv(folder / "cohort.csv", index=False)
    asked = {
        "inputs": {"cohort": str(folder / "cohort.csv")},
        "robustness": None,
        "outcomes": ["reoffending_rate"],
    }
    of = {"name": "All people", "covariates": {"numeric": ["age"]}}
    first = make_request(folder / "study.yml", analyses=[of], **asked)
    in_process.run(first, folder / "before", whole=False)
    make(500, 140).to_csv(folder / "cohort.csv", index=False)
    asked |= {"outcomes": ["reoffending_rate", "reoffending_frequency"]}
    more = {"numeric": ["age", "previous_offences"]}
    second = make_request(
        folder / "study.yml",
        analyses=[of | {"covariates": more}],
        matching={"method": "nearest"},
        **asked,
    )
    in_process.run(second, folder / "after", whole=False)
    return folder


@pytest.fixture
def pair(made, tmp_path):
    """Copies of both runs, without what only analysts may see."""
    for side in ("before", "after"):
        shutil.copytree(made / side / "study", tmp_path / side / "study")
        shutil.rmtree(tmp_path / side / "study/restricted")
    return tmp_path / "before/study", tmp_path / "after/study"


@pytest.fixture
def said(capsys, monkeypatch, tmp_path):
    """What the command prints of two runs: its status, sections and problems."""
    monkeypatch.chdir(tmp_path)

    def ask(a, b, *more):
        status = command_line.main(["compare", str(a), str(b), *more])
        out, problems = capsys.readouterr()
        told: dict[str, list[str]] = {"": []}
        section = ""
        for line in out.splitlines():
            if line in (*SECTIONS, "What is said changes", "Published results"):
                section = line.removesuffix(" changes")
                told[section] = []
            elif line:
                told[section].append(line.removeprefix("  "))
        return SimpleNamespace(
            status=status, told=told, out=out, problems=problems.splitlines()
        )

    return ask


def write(folder, name, text):
    """Put a file into a run, as if the run had written it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    outputs = json.loads((folder / MANIFEST).read_text())["outputs"]
    kind = "release" if name.startswith("release") else "audit"
    edit(folder, outputs=outputs | {name: {"class": kind, "sha256": sha256(path)}})


def edit(folder, **parts):
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | parts))


def manifest(folder):
    return json.loads((folder / MANIFEST).read_text())


def result(folder):
    return json.loads((folder / RESULT).read_text())


def test_a_run_beside_a_copy_of_it_differs_in_nothing(pair, said):
    copy = shutil.copytree(pair[0], pair[0].with_name("copy"))
    told = said(pair[0], copy)
    assert told.told[""][-1] == "Note: these are two copies of one run."
    assert told.out.count("Note") == 1
    assert (told.status, told.problems) == (0, [])
    assert [name for name in told.told if name] == SECTIONS
    assert all(told.told[name] == ["No difference."] for name in SECTIONS[:-1])
    assert told.told["Pages"] == ["No difference.", "Nothing that is compared differs."]


def test_every_section_has_what_changed_with_both_released_numbers(pair, said):
    told = said(*pair)
    assert (told.status, told.problems) == (0, [])
    old, new = (result(folder)["analyses"][0] for folder in pair)
    (inputs,) = told.told["Inputs"]
    assert "cohort.csv, SHA-256: " in inputs
    settings = told.told["Settings"]
    assert "analyses (All people).covariates.numeric: in B only: previous_offences" in (
        settings
    )
    assert "matching.method: radius → nearest" in settings
    assert "outcomes: in B only: reoffending_frequency" in settings
    assert told.told["People"][0] == "People on the list: 150 → 140"
    sizes = f"{old['n_comparison']:,} → {new['n_comparison']:,}"
    assert f"  People in the comparison group: {sizes}" in told.told["People"]
    balance = told.told["Balance after matching"]
    assert "  characteristics in B only: Previous offences" in balance
    estimates = told.told["Estimates"]
    assert estimates[0] == "All people:"
    assert any("measures in B only: " in line for line in estimates)
    assert any(line.startswith("    Statistically significant: ") for line in estimates)
    assert "report.html: other bytes" in told.told["Pages"]
    assert "Side by side two releases can tell" in told.out
    assert "publish one of them alone" in told.told[""][-1]


def test_rates_are_told_of_every_100_people_with_the_verdict(pair, said):
    for folder, low in zip(pair, (-0.12, -0.11), strict=True):
        text = result(folder)
        text["analyses"][0]["outcomes"][0] |= {
            "difference": -0.06, "ci_low": low, "ci_high": 0.01,
            "significant": True,
        }  # fmt: skip
        write(folder, RESULT, json.dumps(text))
    told = said(*pair)
    assert "    95% interval, from: 12 fewer → 11 fewer" in told.told["Estimates"]
    assert "    Statistically significant: yes in both" in told.told["Estimates"]
    assert not any(
        "Difference" in line or "to:" in line for line in told.told["Estimates"]
    )
    assert "Note: numbers of A are not those of its own page: " in told.out
    assert "all-people.reoffending_rate.ci_low" in told.out


def test_two_runs_without_a_common_analysis_say_so(pair, said):
    text = result(pair[1])
    text["analyses"][0]["name"] = "Women"
    write(pair[1], RESULT, json.dumps(text))
    told = said(*pair).told
    for section in ("What is said", "Balance after matching", "Estimates"):
        assert told[section] == ["No analysis is in both."]


def ask_for(folder, key, found, **asked):
    """Put one measure into a run: what its request and its result say of it."""
    text = result(folder)
    text["analyses"][0]["outcomes"] = [{"outcome": key, **found}]
    write(folder, RESULT, json.dumps(text))
    request = manifest(folder)["request"]
    edit(folder, request=request | {"outcomes": [{"name": key, **asked}]})


def test_what_is_said_comes_first_and_limits_are_printed_as_on_the_page(pair, said):
    often = {"difference": -0.4, "ci_low": -0.77, "ci_high": 0.01, "significant": False}
    for folder, high in zip(pair, (0.01, -0.001), strict=True):
        found = often | {"ci_high": high, "significant": high < 0}
        ask_for(folder, "reoffending_frequency", found, kind="frequency")
    told = said(*pair)
    assert told.out.index("What is said changes") < told.out.index("Inputs")
    assert told.told["What is said"][0] == "All people:"
    assert told.told["What is said"][1].endswith(
        ": inconclusive → significant decrease"
    )
    # -0.001 is nought to two decimals: it keeps the third, as on the page
    assert "    95% interval, to: 0.01 more → 0.001 fewer" in told.told["Estimates"]
    for folder, size in zip(pair, (1.99, 2), strict=True):
        found = often | {"value_treatment": size}
        ask_for(folder, "reoffending_frequency", found, kind="frequency")
    told = said(*pair).told
    assert "    Treatment group: 1.99 → 2.00" in told["Estimates"]
    assert told["What is said"] == ["No difference."]


def test_an_amount_is_said_to_be_higher_or_lower_with_no_more_than_is_shown(pair, said):
    found = {"ci_low": 0.2, "ci_high": 1.4, "significant": True}
    asked = {"kind": "amount", "unit": "weeks"}
    ask_for(pair[0], "weeks", found, **asked)
    ask_for(pair[1], "weeks", found | {"ci_low": None}, **asked)
    told = said(*pair).told
    line = (
        "  Average number of weeks: significant difference: higher → no finding shown"
    )
    assert line in told["What is said"]
    assert "    95% interval, from: 0.2 higher → [c]" in told["Estimates"]


def test_measures_that_are_counted_otherwise_have_no_numbers_side_by_side(pair, said):
    found = {"value_treatment": 0.52, "significant": False}
    ask_for(pair[0], "in_work", found, kind="rate")
    now = found | {"value_treatment": 0.5}
    ask_for(pair[1], "in_work", now, kind="amount", unit="weeks")
    name, _, line = said(*pair).told["Estimates"]
    assert name == "All people:"
    assert line.startswith("    another measure in B, whose numbers are not compared")
    assert line.endswith(": rate → amount in weeks")


def test_balance_is_compared_whatever_a_characteristic_is_called(pair, said):
    request = manifest(pair[0])["request"]
    labels = {"age": {"label": "Years of age"}}
    other = request | {"inputs": request["inputs"] | {"labels": labels}}
    unknown = request | {"a_key_of_a_later_kit": 1}
    for changed in (other, unknown):
        folder = shutil.copytree(pair[0], pair[1].parent / f"copy-{len(changed)}")
        edit(folder, request=changed)
        told = said(pair[0], folder).told
        assert told["Balance after matching"] == ["No difference."]
    text = result(folder)
    age = next(
        row for row in text["analyses"][0]["balance"] if row["variable"] == "age"
    )
    age["smd_after"] = 12
    write(folder, RESULT, json.dumps(text))
    told = said(pair[0], folder).told["Balance after matching"]
    assert any(
        line.startswith("  Age: ") and line.endswith("→ poorly matched (12.0%)")
        for line in told
    )


def test_a_withheld_number_is_not_told_and_no_number_is_worked_out(pair, said):
    old = result(pair[0])
    one = old["analyses"][0]
    new = json.loads(json.dumps(old))
    now = new["analyses"][0]
    one |= {"n_treatment": 148, "match_quality": "well"}
    now |= {"n_treatment": None, "match_quality": None}
    one["outcomes"][0] |= {"value_treatment": 0.29, "significant": False}
    now["outcomes"][0] |= {"value_treatment": None, "significant": None}
    for row, smd in ((one["balance"][0], 4.9), (now["balance"][0], None)):
        row |= {"smd_after": smd, "variable": "age", "level": ""}
    for folder, text in zip(pair, (old, new), strict=True):
        write(folder, RESULT, json.dumps(text))
    told = said(*pair).told
    assert "  People in the treatment group: 148 → [c]" in told["People"]
    # 0.29 of one is 29 of every 100
    assert "    Treatment group: 29 → [c]" in told["Estimates"]
    assert "    Statistically significant: no → [c]" in told["Estimates"]
    balance = told["Balance after matching"]
    assert "  Verdict: well matched → [c]" in balance
    assert "  Age: well matched (4.9%) → withheld ([c])" in balance


def test_verdicts_go_by_the_limits_of_the_method():
    # method.md 4: well up to 5, reasonably up to 10, in either direction
    sizes = [5, -5.01, 10, -10.01]
    assert [found._verdict(size) for size in sizes] == [
        "well matched", "reasonably matched", "reasonably matched", "poorly matched",
    ]  # fmt: skip


def test_lines_found_in_the_records_are_told_as_they_are_printed(pair, said):
    table = "How,Lines,% of those submitted\nNot found,{},7%\nUncertain,[c],[c]\n"
    for folder, lines in zip(pair, ("41", "[c]"), strict=True):
        write(folder, FOUND, table.format(lines))
    told = said(*pair).told["People"]
    assert "Lines, not found: 41 → [c]" in told
    assert not any("ncertain" in line for line in told)


def test_packages_kit_and_commit_are_told(pair, said):
    old = manifest(pair[1])
    code = dict(old["code"])
    changed = sorted(code)[0]
    del code[sorted(code)[1]]
    edit(
        pair[1],
        packages=old["packages"] | {"numpy": "0.9"},
        python="3.99.0",
        kit_version="9.0",
        git={"commit": "a" * 40, "changed": True},
        code=code | {changed: "0" * 64},
    )
    for folder, more in zip(pair, ("", "beside==1.0\n"), strict=True):
        write(folder, "audit/packages.txt", f"numpy==0.9\n{more}")
    told = said(*pair)
    assert told.status == 0
    assert f"numpy: {old['packages']['numpy']} → 0.9" in told.told["Packages"]
    assert f"Python: {old['python']} → 3.99.0" in told.told["Packages"]
    assert "beside: not there → 1.0" in told.told["Packages"][-1]
    kit = told.told["Kit"]
    assert kit[0] == f"version: {old['kit_version']} → 9.0"
    assert kit[1].endswith("→ aaaaaaaaaaaa, with changes")
    assert f"Notebooks and helpers of other bytes: {changed}" in kit
    assert f"Notebooks and helpers in A only: {sorted(old['code'])[1]}" in kit
    assert "Note: the manifest of B is not as this version writes it" in told.out


def test_files_of_other_bytes_and_of_one_run_alone_are_named(pair, tmp_path, said):
    copy = tmp_path / "copy"
    shutil.copytree(pair[0], copy)
    write(copy, "release/tables/new.csv", "a\n")
    name = next(n for n in manifest(copy)["outputs"] if n.startswith("release/tables"))
    write(copy, name, "otherwise\n")
    told = said(pair[0], copy).told["Pages"]
    assert any("1 of " in line and line.endswith(name[8:]) for line in told)
    assert "in B only: release/tables/new.csv" in told
    (copy / "release/tables/new.csv").write_text("edited\n")
    notes = said(pair[0], copy).told[""]
    assert any("files of B are not as the run wrote them: release/tables/new.csv"
               in line for line in notes)  # fmt: skip


def test_an_input_that_moved_is_told_from_one_that_changed(pair, said):
    same = "1" * 64
    edit(pair[0], inputs={"a.csv": same, "b.csv": "2" * 64, "c.csv": "3" * 64})
    edit(pair[1], inputs={"d.csv": same, "b.csv": "4" * 64, "e.csv": "5" * 64})
    assert said(*pair).told["Inputs"] == [
        "the same bytes elsewhere: a.csv → d.csv",
        "b.csv, SHA-256: 222222222222 → 444444444444",
        "c.csv: read in A only",
        "e.csv: read in B only",
    ]


def test_people_made_up_otherwise_are_told_among_inputs(pair, said):
    for folder, people in zip(pair, (60_000, 20_000), strict=True):
        made_up = {"people": people, "submitted": 600, "seed": 1}
        request = manifest(folder)["request"] | {"inputs": {"made_up": made_up}}
        edit(folder, inputs={}, request=request)
    assert said(*pair).told["Inputs"] == ["made-up people.people: 60000 → 20000"]


def test_runs_of_two_requests_and_a_destroyed_one_are_compared_and_told(pair, said):
    parts = manifest(pair[1])
    edit(pair[1], id="other", request=parts["request"] | {"id": "other"})
    (pair[1] / "audit/destroyed.json").write_text("{}")
    told = said(*pair)
    assert told.status == 0
    notes = told.told[""]
    assert "Note: these are runs of two requests, study and other." in notes
    assert any("what B held about people was destroyed" in line for line in notes)
    assert told.told["People"] != ["No difference."]


def test_summaries_are_compared_with_each_other_alone(pair, said):
    edit(pair[0], stages=["charts"])
    told = said(*pair)
    assert told.status == 1
    assert "summarises published results and analyses nobody" in told.problems[0]
    edit(pair[1], stages=["charts"])
    for folder, count in zip(pair, (33, 34), strict=True):
        write(folder, RESULT, json.dumps({"collected": {"all": count}}))
    told = said(*pair).told
    assert told["Published results"] == ["collected.all: 33 → 34"]
    assert not {"People", "Balance after matching", "Estimates"} & set(told)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda run: (run / MANIFEST).unlink(), "holds no finished run"),
        (lambda run: (run / MANIFEST).write_text("[" * 9000), "is not that of a fin"),
        (lambda run: edit(run, status="begun"), "is not that of a finished run"),
        (lambda run: edit(run, packages=None), "has no packages as a run of this"),
        (lambda run: edit(run, inputs={"a": 5}), "is damaged as a run of this"),
        (lambda run: edit(run, outputs={"a": {}}), "is damaged as a run of this"),
        (lambda run: (run / RESULT).unlink(), "result.json: is not as the run wrote"),
        (lambda run: (run / RESULT).write_text("{"), "result.json: is not as the run"),
        (lambda run: (run / "report.html").write_text(""), "report.html: is not as"),
        (lambda run: (run / "audit/checks.csv").write_text("a"), "checks.csv: is not"),
        (lambda run: run.rename(run.with_name("study.draft")), "there is no such"),
    ],
)
def test_what_is_no_finished_run_is_one_line(pair, said, spoil, problem):
    spoil(pair[1])
    told = said(*pair)
    assert (told.status, told.out, len(told.problems)) == (1, "", 1)
    assert problem in told.problems[0] and "Traceback" not in told.problems[0]


def in_result(**changes):
    def spoil(run):
        text = result(run)
        text["analyses"][0] |= changes
        write(run, RESULT, json.dumps(text))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda run: write(run, RESULT, "[]"), RESULT),
        (lambda run: write(run, RESULT, "{"), RESULT),
        (in_result(n_treatment="\x1b[31mhi"), RESULT),
        (in_result(n_treatment=float("inf")), RESULT),
        (in_result(name=None), RESULT),
        (in_result(balance=None), RESULT),
        (lambda run: write(run, "audit/checks.csv", "a,b\n1,2\n"), "audit/checks.csv"),
        (lambda run: write(run, "audit/disclosure.csv", "x\n1\n"), "disclosure.csv"),
        (lambda run: write(run, FOUND, "How\nNot found\n"), FOUND),
        (
            lambda run: write(
                run,
                "report.html",
                '<script type="application/json" id="report-results">[1</script>',
            ),
            "report.html",
        ),
        (
            lambda run: edit(
                run, request=manifest(run)["request"] | {"outcomes": [1, 2]}
            ),
            MANIFEST,
        ),
    ],
)
def test_a_file_edited_with_its_hash_is_one_line(pair, said, spoil, name):
    spoil(pair[1])
    told = said(*pair)
    assert (told.status, told.out, len(told.problems)) == (1, "", 1)
    assert f"{name}: does not hold what a run writes in it" in told.problems[0]


def test_a_folder_is_known_however_it_is_written(pair, said, tmp_path):
    other = shutil.copytree(pair[1], pair[0].with_name("other"))
    link = tmp_path / "link"
    link.symlink_to(other)
    for way in (other.parent / "x/.." / "other", link):
        (other.parent / "x").mkdir(exist_ok=True)
        assert "they lie in two folders" not in said(pair[0], way).out
    assert "they lie in two folders" in said(*pair).out


@pytest.mark.parametrize("name", [".study.part", "study.draft"])
def test_a_folder_of_no_finished_run_is_refused_whatever_it_holds(pair, said, name):
    folder = pair[1].rename(pair[1].with_name(name))
    told = said(pair[0], folder)
    assert (told.status, len(told.problems)) == (1, 1)
    assert "name a finished run" in told.problems[0]


def test_paths_leave_the_folder_of_runs_as_it_is_and_are_printed_plain(
    pair, said, tmp_path
):
    (tmp_path / ".own.lock").touch()
    shutil.copytree(pair[0], tmp_path / ".own.old")
    said(*pair, "--outputs", str(tmp_path))
    assert (tmp_path / ".own.old").is_dir() and not (tmp_path / "own").exists()
    told = said(pair[0], f"{pair[1]}/\x1b[2J\nforged")
    assert len(told.problems) == 1 and "\x1b" not in told.problems[0]


def test_both_problems_are_told_at_once(pair, tmp_path, said):
    edition = tmp_path / "published/study/1"
    edition.mkdir(parents=True)
    (edition / "report.html").write_text("")
    part = tmp_path / "before/.study.part"
    part.mkdir()
    told = said(edition, part)
    assert told.status == 1
    assert "is a published edition" in told.problems[0]
    assert "is being made, or that failed" in told.problems[1]
    draft = pair[0].rename(pair[0].with_name("study.draft"))
    (draft / MANIFEST).unlink()
    assert "is a draft" in said(draft, pair[1]).problems[0]


def test_ids_are_looked_up_in_the_folder_of_runs(pair, said, tmp_path):
    told = said("study", pair[1], "--outputs", str(pair[0].parent))
    assert told.status == 0 and told.told["People"]
    told = said("study", "studdy", "--outputs", str(pair[0].parent))
    assert told.status == 1 and "did you mean study?" in told.problems[0]
    link = tmp_path / "again"
    link.symlink_to(pair[0])
    for other in (pair[0], f"{pair[0]}/", pair[0] / MANIFEST, link):
        told = said(pair[0], other)
        assert told.status == 1 and "are one run" in told.problems[0]


def test_own_words_move_no_cursor_of_a_terminal():
    hostile = "\x1b[2J\u202e x\nNote: nothing differs"
    told = list(changes.differing({"title": hostile}, {"title": [hostile]}))
    told += changes.differing([{"name": hostile}], [{"name": "a"}], "analyses")
    assert not {"\x1b", "\u202e", "\n"} & set("".join(told))
    assert changes.told("# Heading\n\n$CTA\nBuy") == "# Heading $CTA Buy"


def test_lists_are_told_by_what_one_alone_has_or_by_their_order():
    def lines(was, now):
        return list(changes.differing({"k": was}, {"k": now}))

    assert lines(["a", "b"], ["b", "c"]) == ["k: in A only: a", "k: in B only: c"]
    assert lines(["a", "b"], ["b", "a"]) == ["k: the same in another order"]
    assert lines([1, 2], [1, 2]) == []
    assert lines(0.05, {"sd": 0.2, "of": "all"}) == ["k: 0.05 → sd: 0.2; of: all"]
    assert lines(None, True) == ["k: not there → yes"]
    many = lines([str(i) for i in range(12)], [])
    assert many == ["k: in A only: 0; 1; 2; 3; 4; 5; 6; 7; and 4 more"]
