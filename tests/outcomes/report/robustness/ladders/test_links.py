"""What the sizes of the linkage ladder tell of lines, and a run with the ladder."""

import json

import pandas as pd
import pytest
from support import in_process
from support.attack.attack import attack
from support.small_study import BASE, NAME, stage, study

from helpers.files import ROOT
from helpers.intake.cohort.losses import DUPLICATE, UNUSABLE
from helpers.outcomes.report.robustness.ladders import links
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum
from helpers.publication.disclosure.decision import release
from helpers.request.reading.file import read

ID, LIKELY = f"{BASE}_links_id", f"{BASE}_links_likely"
MAIN = f"{BASE}.n_treatment"


def counts(waiting=40, **sizes):
    """600 lines: 7 lost before linkage, 300 by an id, 200 otherwise, some waiting."""
    flow = {
        refs.SUBMITTED: 600, refs.box(UNUSABLE): 3, refs.box(DUPLICATE): 4,
        refs.LINKED: 500, links.NUMBER: 300, refs.UNDER_REVIEW: waiting,
        refs.NOT_FOUND: 93 - waiting, MAIN: 430,
    }  # fmt: skip
    flow |= {f"{base}.n_treatment": n for base, n in sizes.items()}
    return [Cell(ref, n, "count", n) for ref, n in flow.items()]


def told(folder, cells, *variants):
    run = stage(folder, "outcomes", study(), matching=cells)
    rungs = {"analysis": NAME, "variant": variants, "why": ""}
    return links.told(run, pd.DataFrame(rungs))


def test_what_follows_from_the_sizes_is_registered(tmp_path):
    cells = counts(**{ID: 280, LIKELY: 455})
    found, sums = told(tmp_path, cells, "links_id", "links_likely")
    assert {cell.ref: cell.value for cell in found} == {
        f"{ID}.found_otherwise": 430 - 280,
        f"{ID}.id_lost": 300 - 280,
        f"{ID}.otherwise_lost": 500 - 300 - 150,
        f"{LIKELY}.taken_in": 455 - 430,
        f"{LIKELY}.review_lost": 40 - 25,
        f"{LIKELY}.lost": 600 - 3 - 4 - 53 - 455,
    }
    assert sums[0] == Sum(MAIN, (f"{ID}.n_treatment", f"{ID}.found_otherwise"))
    numbers = {cell.ref: cell.value for cell in [*cells, *found]}
    for one in sums:
        assert numbers[one.total] == sum(numbers[part] for part in one.parts)


def test_a_rung_with_more_people_than_its_whole_tells_no_count(tmp_path):
    cells = counts(**{ID: 440, LIKELY: 425})
    found, _ = told(tmp_path, cells, "links_id", "links_likely")
    assert [cell.ref for cell in found] == [f"{LIKELY}.lost"]


@pytest.mark.parametrize(
    ("waiting", "likely", "hidden"),
    [
        (40, 455, set()),  # 25 taken in, 15 not
        (30, 455, {LIKELY}),  # 25 taken in, 5 not
        (40, 436, {LIKELY}),  # 6 taken in
    ],
)
def test_the_rung_gives_up_its_size_before_all_else(tmp_path, waiting, likely, hidden):
    cells = counts(waiting, **{LIKELY: likely})
    found, sums = told(tmp_path, cells, "links_likely")
    shown = {cell.ref for cell in cells}
    decision = release(
        [*cells, *found], sums, profile="default", threshold=10, used=shown
    )
    few = {refs.box(UNUSABLE), refs.box(DUPLICATE)}  # 3 and 4
    gone = shown - set(decision.released) - few
    assert gone == {f"{base}.n_treatment" for base in hidden}


#: both rungs have a row among all ways of comparing, and are among the estimates that
#: were tested: each of eleven measures
ROWS = {"estimators-all.csv": 2, "register.csv": 2 * 11}


# a run, without the ladder and with it ------------------------------------------------


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Two runs on the same made-up people, all of whom find somebody to match."""
    raw = read(ROOT / "params" / "example.yml")[0] | {
        "inputs": {"made_up": {"people": 8000, "submitted": 600, "effect": -0.1}},
        "analyses": [{"name": "All", "covariates": {"numeric": ["age", "copas_rate"]}}],
        "matching": {"caliper": {"sd": 0.25}},
    }
    raw.pop("outcomes", None)
    return [
        in_process.run(
            raw | {"id": "linked", "robustness": {"links": kind}},
            tmp_path_factory.mktemp(kind),
            whole=kind == "ladder",  # the words of its steps are for reviewers
        )
        for kind in ("as_accepted", "ladder")
    ]


def table(run, name, variant="main"):
    frame = pd.read_parquet(run / f"restricted/data/{name}.parquet")
    if "variant" in frame:
        frame = frame[frame["variant"] == variant].reset_index(drop=True)
    return frame


def rows_of(path):
    """The rows of a file, but for that which counts the others."""
    rows = path.read_text("utf-8").splitlines()
    return [row for row in rows if not row.startswith("All tests listed")]


@pytest.mark.slow
def test_nothing_that_is_shown_without_the_ladder_changes_by_it(runs):
    without, with_it = runs
    for name in ("matched", "balance", "estimates", "losses", "seals", "matches"):
        pd.testing.assert_frame_equal(table(without, name), table(with_it, name))
    # a setting more, and more numbers; the others are drawn for the one run alone
    own = {"rules.csv", "hidden-numbers.csv"}
    for path in (without / "release").rglob("*"):
        if "checker" in path.parts:  # the same tables, which are counted there
            continue
        if path.suffix in (".xlsx", ".ods", ".md"):  # the same, with numbers of tables
            continue
        if path.is_file() and path.name not in own and path.suffix != ".svg":
            first = rows_of(path)
            rows = rows_of(with_it / path.relative_to(without))
            assert [row for row in rows if row in first] == first, path.name
            new = [row for row in rows if row not in first]
            assert len(new) == ROWS.get(path.name, 0), path.name


@pytest.mark.slow
def test_each_rung_has_the_people_of_its_threshold(runs):
    _, with_it = runs
    people = table(with_it, "people").set_index("person_id")
    treated = people[people["treatment"] == 1]["how_surely_found"]
    kinds = {
        "main": {"id", "otherwise"},
        "links_id": {"id"},
        "links_likely": {"id", "otherwise", "likely"},
    }
    pool = None
    for variant, expected in kinds.items():
        rows = table(with_it, "matched", variant)
        mine = rows.loc[rows["treatment"] == 1, "person_id"]
        assert set(mine) == set(treated.index[treated.isin(expected)])
        others = set(rows.loc[rows["treatment"] == 0, "person_id"])
        assert pool in (None, others)
        pool = others


@pytest.mark.slow
def test_the_page_tells_the_finding_under_each_threshold(runs):
    page = (runs[1] / "restricted/report-reviewers.html").read_text("utf-8")
    for words in (
        "Between the first and the second estimate people are added",
        "Between the second and the third the likeliest candidates are added",
        "the likeliest candidate of each line that was left to a person",
    ):
        assert words in page
    assert not list((runs[0] / "release").rglob("ladder-*"))
    result = json.loads((runs[1] / "release/result.json").read_text("utf-8"))
    assert len(result["analyses"]) == 1  # main alone


@pytest.mark.slow
def test_the_ladder_tells_nothing_of_those_who_wait(runs):
    # without the numbers above, 6 of the 17 lines that wait were seen to be few: 444
    # people in the result and 455 with the likeliest, nobody being left unmatched
    found = attack(runs[1])
    assert (found.wrong, found.told, found.narrowed) == ([], {}, {})
