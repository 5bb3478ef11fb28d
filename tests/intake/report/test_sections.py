"""What intake shows of a list and its people: links, rules, losses, a profile."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from support import approved, small_study
from support.hand_made import holding
from support.small_report import plain

from helpers.errors import CheckFailed, DataError, RequestError
from helpers.intake import sources
from helpers.intake.cohort import profile
from helpers.intake.cohort.losses import BOXES
from helpers.intake.linkage import passes
from helpers.intake.linkage.link import Linkage
from helpers.intake.linkage.passes import BY_ALIAS, Pass
from helpers.intake.report import cells, how_found, sections
from helpers.intake.report import links as found
from helpers.matching.report import flow as matching_flow
from helpers.publication import drawing, refs
from helpers.publication.cells import Sum
from helpers.publication.disclosure import release
from helpers.publication.numbers import refs_in
from helpers.runs.run import Run

AGREEMENT = {
    "received": {"channel": "secure transfer", "on": "2026-02-02"},
    "provider_signed_off": {"by": "Director", "on": "2026-02-02"},
    "sources": approved.sources(),
}
#: 100 lines: 2 unusable, 12 twice; of the 86 others 70 linked, 4 under review, 12 not
PASSED = {
    "PNC id and two of three": 20,
    "prison number and two of three, by an alias": 12,
    "exact names and date": 25,
    "near names, exact date": 9,
    "names swapped, by an alias": 3,
    "accepted by a person": 1,
}


def linkage():
    passed = [name for name, count in PASSED.items() for _ in range(count)]
    links = pd.DataFrame({"line": range(1, 71), "person_id": "R", "passed": passed})
    waiting = {"line": [71, 71, 72, 73, 74], "person_id": list("abcde")}
    review = pd.DataFrame(waiting)
    return Linkage(links, review, review.iloc[:0], review)


def lines():
    box = [None] * 86 + ["line that cannot be used"] * 2 + ["duplicate line"] * 12
    return pd.DataFrame(
        {"line": range(1, 101), "left_out": pd.Series(box, dtype="str")}
    )


def losses():
    rows = {"submitted": 100, **dict.fromkeys(BOXES, 0)}
    rows |= {"line that cannot be used": 2, "duplicate line": 12, "not linked": 16}
    rows |= {"no suitable sentence": 20, "available for matching": 50}
    return pd.DataFrame({"box": rows.keys(), "treatment": rows.values(), "pool": 0})


@pytest.fixture
def run(tmp_path):
    run = Run(small_study.study(), "intake", tmp_path)
    run.register(*cells.cells(losses()))
    found.register(run, linkage(), lines())
    return run


def test_the_ways_add_up_to_the_lines_found_and_the_rest_to_the_box(run):
    counts = {ref: cell.value for ref, cell in run.cells.items()}
    ways = {name: counts[f"intake.linked.{name}"] for name in found.WAYS}
    assert ways == {"number": 32, "exact": 25, "near": 13}
    assert counts["intake.linked"] == 70
    assert counts["intake.linked.share"] == 70
    assert (counts["intake.under_review"], counts["intake.not_found"]) == (4, 12)
    for total in run.sums:
        assert counts[total.total] == sum(counts[part] for part in total.parts)


def test_small_numbers_cannot_be_had_by_subtraction(run):
    cells = list(run.cells.values())
    decision = release(cells, run.sums, profile="default", threshold=10)
    # 4 under review and 12 not found make up the 16 that were not linked, so that one
    # of those goes with the 4
    assert "intake.under_review" in decision.withheld
    assert {"intake.not_found", "intake.box.not-linked"} & set(decision.withheld)
    for name in decision.withheld:
        if f"{name}.share" in run.cells:
            assert f"{name}.share" in decision.withheld


def test_the_table_of_links_leaves_out_ways_of_nobody(run):
    assert small_study.printed(run, found.table(run)) == [
        ["A PNC id or prison number, and two of surname, forename and date of birth",
         "32", "32%"],
        ["The same names and date of birth", "25", "25%"],
        ["Nearly the same names or date of birth, or a person decided", "13", "13%"],
        ["Found, all ways", "70", "70%"],
        ["Uncertain: a person has still to decide", "4", "4%"],
        ["Not found", "12", "12%"],
    ]  # fmt: skip


def test_the_table_of_links_says_why_the_flow_has_more_that_were_not_found(run):
    said = small_study.markup(run, found.table(run))
    assert "Of the <data" in said and "were found." in said
    assert "counts lines about which a person has still to decide among" in said


def test_of_a_list_whose_numbers_are_hidden_the_lead_has_none(run):
    recipe = found.table(run).recipe
    hidden = {name: None for name in refs_in(recipe)}
    said = drawing.render(recipe, hidden).partition("<table")[0]
    assert "says how the lines submitted were found.</p>" in said
    assert "[c]" not in said


def test_every_pass_is_told_to_the_reader_in_one_way():
    assert found._told_as() == {
        "PNC id and two of three": "number",
        "prison number and two of three": "number",
        "exact names and date": "exact",
        "near names, exact date": "near",
        "day and month swapped": "near",
        "names swapped": "near",
        "accepted by a person": "near",
    }
    assert set(found._told_as().values()) == set(found.WAYS)


@pytest.mark.parametrize("way", ["number", "exact", "near"])
def test_a_pass_that_is_added_is_counted_in_the_row_that_it_names(
    way, tmp_path, monkeypatch
):
    added = Pass("forename and date", False, way, lambda pairs: pairs["pnc_same"])
    monkeypatch.setattr(passes, "PASSES", (*passes.PASSES, added))
    run = Run(small_study.study(), "intake", tmp_path)
    run.register(*cells.cells(losses()))
    with_it = linkage()
    with_it.links.loc[[0, 1], "passed"] = [added.name, added.name + BY_ALIAS]
    with_it.links.loc[2:, "passed"] = "names swapped"
    found.register(run, with_it, lines())
    counts = {name: run.cells[f"intake.linked.{name}"].value for name in found.WAYS}
    assert counts == {"number": 0, "exact": 0, "near": 68} | {
        way: 70 if way == "near" else 2
    }


def words(run):
    return small_study.markup(run, how_found.how_found(run)[0])


def test_the_rules_are_those_of_the_request(run):
    how_found.register(run)
    said = words(run)
    assert 'data-ref="intake.window_days">180</data> days' in said
    assert 'at least <data value="18.0"' in said and "and at most" not in said
    assert "left out" in said and "These index offences" not in said
    table = small_study.printed(run, how_found.how_found(run)[1])
    assert [row[1] for row in table] == ["180", "18", "730"]


def test_where_nobody_was_matched_no_sentence_says_on_what(tmp_path):
    run = Run(small_study.study(robustness={"links": "ladder"}), "intake", tmp_path)
    run.register(*cells.cells(losses()))
    found.register(run, linkage(), lines())
    how_found.register(run)
    matched = ("on which the groups were matched", "worked out twice more")
    assert all(text in words(run) for text in matched)
    run.without_result = {a.name: "too_few_people" for a in run.request.analyses}
    assert not any(text in words(run) for text in matched)
    settings = small_study.printed(run, how_found.how_found(run)[1])
    assert [row[1] for row in settings] == ["180", "18", "730"]


def test_other_rules_are_said_too(tmp_path):
    eligibility = {"minimum_age": 10, "maximum_age": 17, "sentence": "custody",
                   "exclude_offence_groups": ["Sexual"]}  # fmt: skip
    run = Run(small_study.study(eligibility=eligibility), "intake", tmp_path)
    run.register(*cells.cells(losses()))
    found.register(run, linkage(), lines())
    how_found.register(run, corrected=False)
    said = words(run)
    assert "at most" in said and ">17</data> years" in said
    assert "is a release from custody. People" in said
    assert "These index offences were left out: Sexual." in said
    assert "drawn" in said and "Who reoffends before support" not in said
    told = how_found.table(run.request).set_index("rule")["setting"]
    assert told["age at the index date"] == "10 to 17"
    assert told["index offences left out"] == "Sexual"


@pytest.mark.parametrize(
    ("outcomes", "said", "days"),
    [
        (["reoffending_rate"], ["committed in the year after the index"], 365),
        (["reoffending_rate_730_days"], ["committed in the two years after the"], 730),
        (["reoffending_rate_90_days", "violent_reoffending_rate_1095_days"],
         ["committed in the 90 days after", "say so it is the 1,095 days in place of "
          "the 90 days, and everyone was followed up for the longest",
          "violence against the person"], 1095),
    ],
)  # fmt: skip
def test_the_words_and_the_rule_are_those_of_the_horizons(
    tmp_path, outcomes, said, days
):
    run = Run(small_study.study(outcomes=outcomes), "intake", tmp_path)
    run.register(*cells.cells(losses()))
    found.register(run, linkage(), lines())
    how_found.register(run)
    text = plain(words(run))
    assert all(part in text for part in said)
    assert ("place of" in text) == (len(outcomes) > 1)
    assert ("violence" in text) == any("violent" in name for name in outcomes)
    # or the page would have a number that no cell holds
    told = {name for name in run.cells if name.startswith("intake.horizon_")}
    numbers = {"intake.horizon_90", "intake.horizon_1095"}
    assert told == (numbers if days == 1095 else set())
    rule = how_found.table(run.request).set_index("rule")["setting"]["followed up"]
    assert rule == f"{days:,} days, and 183 more to prove an offence"


def test_a_ready_cohort_says_that_nobody_was_looked_up(tmp_path):
    run = Run(small_study.study(inputs={"cohort": "x.csv"}), "intake", tmp_path)
    how_found.register(run)
    assert run.cells == {}
    assert "Nobody was looked up in national records" in words(run)


def test_the_flow_shows_shares_and_leaves_no_number_behind(run):
    before = set(run.cells)
    [block] = sections.flow(run, losses())
    drawn = block._repr_mimebundle_()["text/html"]
    assert "50 of the 100 lines submitted are available for matching" in drawn
    assert "Left out: not found in the national records" in drawn
    assert set(run.cells) == before  # how many go on is registered by the matching
    whole = losses().assign(treatment=0)
    assert sections.flow(run, whole) == []


def test_the_profile_compares_those_who_go_on_with_those_lost(tmp_path):
    request = small_study.study(
        analyses=[
            {"name": "All", "covariates": {"numeric": ["age"], "categorical": ["sex"]}}
        ]
    )
    everyone = pd.DataFrame(
        {
            "treatment": [1, 1, 1, 1, 1, 0],
            "left_out": [
                None,
                None,
                "not linked",
                "outside the age limits",
                None,
                None,
            ],
            "age": [20.0, 30.0, None, 16.0, 40.0, 99.0],
            "sex": ["Female", "Male", None, "Male", "Male", "Female"],
        }
    )
    found = sections.labelled(
        profile.profile(everyone, request), request, everyone
    ).set_index("level")
    assert found.loc["mean", ["go on", "left out"]].tolist() == [30, 16]
    assert found.loc["mean", ["known, go on", "known, left out"]].tolist() == [3, 1]
    assert found.loc["Female, %", "go on"] == pytest.approx(100 / 3)
    assert found.loc["Female, %", "left out"] == 0


# sources ---------------------------------------------------------------------------


LISTED = """Surname,Forename,DOB,Gender,Intervention start
Ashdown,Maya,03/04/1990,Female,01/02/2022
Birdwell,Tom,31/02/1985,Male,01/02/2022
"""


def with_list(tmp_path, sha256=None, listed=LISTED):
    path = tmp_path / "list.csv"
    path.write_text(listed)
    sharing = small_study.study().completed()["data_sharing"] | AGREEMENT
    sha256 = sha256 or hashlib.sha256(path.read_bytes()).hexdigest()
    sharing["received"] = AGREEMENT["received"] | {"file_sha256": sha256}
    inputs = {"submission": str(path), "extract": str(tmp_path / "extract"),
              "records_complete_to": "2025-06-30"}  # fmt: skip
    request = small_study.study(data_sharing=sharing, inputs=inputs)
    return Run(request, "intake", tmp_path / "run")


def test_a_list_is_read_as_of_the_day_on_which_it_was_received(tmp_path):
    run = with_list(tmp_path)
    run.folder.mkdir()
    files = sources.prepare(run)
    assert (
        str(files.received) == "2026-02-02" and str(files.complete_to) == "2025-06-30"
    )
    sent = sources.read_list(run, files)
    assert sent.lines["left_out"].tolist()[1] == "line that cannot be used"
    checks = (run.folder / "audit/checks.csv").read_text()
    where = "some: restricted/data/list_problems.csv"
    assert f"lines of the list that are lost to errors,none,{where},warn" in checks
    assert "cells of the list in doubt,none,none,pass" in checks
    listed = pd.read_csv(run.folder / "restricted/data/list_problems.csv")
    assert listed["costs_the_line"].tolist() == ["no", "yes"]
    assert "restricted/data/list_problems.csv" in run.outputs


@pytest.mark.parametrize("place", ["elsewhere", "elsewhere/study.draft"])
def test_a_draft_elsewhere_leaves_nothing_outside_its_folder(
    tmp_path, monkeypatch, place
):
    """As with run_dir: what destroy does not find would stay, or git take it up."""
    monkeypatch.setenv("JDL_OUTPUTS", str(tmp_path / "outputs"))
    run = with_list(tmp_path)
    run.draft, run.folder = True, tmp_path / place
    assert sources.prepare(run).shared is None


@pytest.mark.parametrize(
    ("place", "draft"),
    [("outputs/study.draft", True), ("others/.study.part", False)],
)
def test_a_run_and_a_draft_among_runs_share_what_they_read(
    tmp_path, monkeypatch, place, draft
):
    monkeypatch.setenv("JDL_OUTPUTS", str(tmp_path / "outputs"))
    run = with_list(tmp_path)
    run.draft, run.folder = draft, tmp_path / place
    run.folder.mkdir(parents=True)
    shared = sources.prepare(run).shared
    assert shared.folder == run.folder.parent / ".shared"


def test_a_column_of_dates_in_doubt_is_a_warning_of_the_run(tmp_path):
    """So is a row that breaks off, if it is the last alone that is not there."""
    listed = """Surname,Forename,DOB,Sex,Index date,Site
Ashdown,Maya,1990-06-14T23:00Z,Female,01/02/2022,A
Birdwell,Tom,1985-01-14T00:00Z,Male,01/02/2022
"""
    run = with_list(tmp_path, listed=listed)
    run.folder.mkdir()
    assert sources.read_list(run, sources.prepare(run)).lost == 0
    checks = (run.folder / "audit/checks.csv").read_text()
    told = "date_of_birth has times that are not midnight"
    assert f"columns of the list in doubt,none,{told},warn" in checks
    assert "cells of the list in doubt,none,some" in checks


def test_a_list_of_which_no_line_can_be_used_is_refused(tmp_path):
    listed = LISTED.splitlines()[0] + "\nUNKNOWN,Tom,14/01/1985,Male,01/02/2022\n"
    run = with_list(tmp_path, listed=listed)
    run.folder.mkdir()
    with pytest.raises(DataError, match="no line can be used: surname says that it is"):
        sources.read_list(run, sources.prepare(run))


def test_another_file_than_the_one_received_is_refused(tmp_path):
    run = with_list(tmp_path, sha256="0" * 64)
    run.folder.mkdir()
    with pytest.raises(CheckFailed, match="file_sha256"):
        sources.read_list(run, sources.prepare(run))


def test_made_up_files_are_declared_and_closed_to_others(tmp_path):
    inputs = {"made_up": {"people": 1000, "submitted": 60}}
    run = Run(small_study.study(inputs=inputs), "intake", tmp_path)
    files = sources.prepare(run)
    assert files.submission.is_relative_to(tmp_path / "restricted/data/made_up")
    there = [p for p in (tmp_path / "restricted/data").rglob("*") if p.is_file()]
    names = {path.relative_to(tmp_path).as_posix() for path in there}
    assert names == set(run.outputs)
    assert {path.stat().st_mode & 0o077 for path in there} == {0}


def test_a_ready_cohort_has_no_list(tmp_path):
    run = Run(small_study.study(inputs={"cohort": "x.csv"}), "intake", tmp_path)
    assert sources.prepare(run) is None


@pytest.mark.parametrize(
    ("missing", "advice"),
    [
        ("received", "write received: {channel, on, file_sha256}"),
        ("provider_signed_off", "write provider_signed_off: {by, on}"),
        ("sources", "write sources: [{table, tier, approved_by, approved_on}]"),
    ],
)
def test_names_are_not_read_without_the_whole_agreement(tmp_path, missing, advice):
    request = with_list(tmp_path).request.completed()
    del request["data_sharing"][missing]
    with pytest.raises(RequestError, match=f"data_sharing.{missing} is missing") as e:
        small_study.load(request)
    assert advice in str(e.value)


# who may be on the list is not in the pool -----------------------------------------


def test_a_line_that_cannot_be_used_keeps_its_person_out_of_the_pool():
    import ibis

    from helpers.intake.linkage import link as linking

    names = {
        "surname": ["Ashdown", "Birdwell", "Corley"],
        "forename": ["Maya", "Tom", "Eve"],
    }
    born = pd.to_datetime(["1990-04-03", "1985-01-31", "1979-05-06"])
    person = pd.DataFrame(
        {"person_id": ["A", "B", "C"], "pnc_id": None, "prison_number": None, **names,
         "date_of_birth": born, "sex": ["Female", "Male", "Female"], "ethnicity": None,
         "nationality": None}
    )  # fmt: skip
    text = ["pnc_id", "prison_number", "ethnicity", "nationality"]
    person[text] = person[text].astype("str")
    records = holding({"person": ibis.memtable(person)})
    lines = person[["surname", "forename", "date_of_birth", "sex", "pnc_id",
                    "prison_number"]].head(2).assign(line=[2, 3])  # fmt: skip
    lines["left_out"] = pd.Series([None, "line that cannot be used"], dtype="str")
    lines["sex"] = lines["sex"].where(lines["line"] == 2)  # the second has none
    received = pd.Timestamp("2026-06-25")
    linked = linking.link(records, lines[lines["left_out"].isna()], received)
    assert list(linked.people_involved) == ["A"]
    assert list(linking.may_be(records, lines, linked, received)) == ["A", "B"]


def test_the_losses_cannot_be_told_from_the_lines_found():
    """Linked lines are those in later boxes or in the analysis: one more sum."""
    boxes = dict.fromkeys(BOXES, 0) | {
        "line that cannot be used": 12, "not linked": 30, "no suitable sentence": 40,
        "reoffended before support": 5,
    }  # fmt: skip
    rows = {"submitted": 587, **boxes, "available for matching": 500}
    frame = pd.DataFrame({"box": rows.keys(), "treatment": rows.values(), "pool": 0})
    made, sums = cells.cells(frame)
    ways = {
        "intake.linked": 545,
        "intake.linked.number": 300,
        "intake.linked.exact": 245,
        "intake.linked.near": 0,
        "intake.under_review": 20,
        "intake.not_found": 10,
    }
    made += [cells.count(name, value, "") for name, value in ways.items()]
    summary = pd.DataFrame(
        {"analysis": ["All"], "available": 500, "not_matched": 0, "n_treatment": 500,
         "pool": 900, "set_aside": 0, "pool_set_aside": 0, "pool_far": 0}
    )  # fmt: skip
    more, its_sums = matching_flow.cells(summary, 500, 587, linked=True)
    made += [*more, cells.count("all.n_treatment", 500, "")]
    sums += its_sums + [
        Sum("intake.linked", ("intake.linked.number", "intake.linked.exact",
                              "intake.linked.near")),
        Sum("intake.box.not-linked", ("intake.under_review", "intake.not_found")),
        Sum("intake.submitted", (*map(refs.box, BOXES[:3]),
                                 "intake.linked")),
    ]  # fmt: skip
    shown = release(made, sums, profile="default", threshold=10).released
    # what an attacker knows: every sum, and what is shown
    names = sorted({name for total in sums for name in (total.total, *total.parts)})
    equations = np.zeros((0, len(names)))
    known = []
    for total in sums:
        row = np.zeros(len(names))
        row[[names.index(part) for part in total.parts]] = 1
        row[names.index(total.total)] -= 1
        equations, known = np.vstack([equations, row]), [*known, 0.0]
    bounds = [(shown[n], shown[n]) if n in shown else (0, None) for n in names]
    secret = refs.box("reoffended before support")
    goal = np.array([float(name == secret) for name in names])
    ends = [linprog(sign * goal, A_eq=equations, b_eq=known, bounds=bounds).fun * sign
            for sign in (1, -1)]  # fmt: skip
    assert secret not in shown
    assert ends[0] == pytest.approx(0) and ends[1] >= 10


def test_a_list_of_which_nobody_is_found_is_counted(tmp_path):
    run = Run(small_study.study(), "intake", tmp_path)
    nobody = linkage()
    nobody = Linkage(
        nobody.links.iloc[:0], nobody.review, nobody.decisions, nobody.listed
    )
    found.register(run, nobody, lines())
    assert run.cells["intake.linked"].value == 0


def test_almost_all_found_tells_of_the_few_who_were_not(tmp_path):
    run = Run(small_study.study(), "intake", tmp_path)
    few = lines().head(75).assign(left_out=None)  # 70 of 75
    found.register(run, linkage(), few)
    cells = [
        cell for cell in run.cells.values() if cell.ref.startswith("intake.linked")
    ]
    decision = release(cells, [], profile="default", threshold=10)
    assert "intake.linked" in decision.withheld
