"""The seal: outcomes opened in two steps around the gate; what was changed is told."""

import csv
import hashlib
import hmac
import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from support import in_process, made_up_cohort

from helpers.errors import RequestError
from helpers.request import limits, load
from helpers.runs import open_run
from helpers.runs.run import Run
from helpers.runs.written import ledger, openings, seal
from helpers.runs.written.seal import EVERYONE, GATE, POOL, Seal

RATE, DAYS, OTHER = {"rate": ["r1", "r2"]}, {"days": ["d1", "d2"]}, {"rate": ["x", "y"]}
CALIPER, AGE = {"matching.caliper": "0.05"}, {'analyses "Men": covariates': "age"}
SETTINGS = CALIPER | AGE

TABLE = pd.DataFrame(
    {
        "analysis": ["Men", "Men"],
        "criterion": ["balance", "near"],
        "threshold": [10.0, None],
        "value": [4.8437, 73.9],
        "unit": "%",
        "verdict": ["passed", "told"],
        "why": "",
    }
)


@pytest.fixture
def sealed(tmp_path):
    """What request a has settled: its matching m1, the rate of its people."""
    return Seal(tmp_path, "a", "m1", RATE, SETTINGS)


def lines(folder, event=None):
    """The ledger's lines, or those of an event."""
    read = map(json.loads, (folder / "ledger.jsonl").read_text().splitlines())
    return [line for line in read if event in (None, line["event"])]


# the ledger alone -------------------------------------------------------------------


def test_the_treated_are_sealed_until_the_gate_of_this_matching_stands(sealed):
    with pytest.raises(RequestError) as refused:
        sealed.refuse_before_gate("my.yml")
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith("my.yml: the outcomes of the people in the")
    sealed.pass_gate(TABLE, "sha")
    sealed.refuse_before_gate("my.yml")


@pytest.mark.parametrize(
    "other",
    [
        {"matching": "m2"},
        {"run_id": "b"},
        {"outcomes": {**RATE, **DAYS}},
        {"settings": SETTINGS | {"robustness.smallest_effect": "5"}},
    ],
)
def test_a_gate_of_another_matching_request_outcome_or_setting_opens_nothing(
    sealed, other
):
    sealed.pass_gate(TABLE, "sha")
    with pytest.raises(RequestError, match="stay sealed until the design gate"):
        replace(sealed, **other).refuse_before_gate("my.yml")


def test_the_gates_line_has_hashes_and_a_time_and_no_value(sealed, tmp_path):
    sealed.pass_gate(TABLE, "sha of the file")
    [line] = lines(tmp_path, GATE)
    assert line["at"] and line["by"]
    assert [row["verdict"] for row in line["rows"]] == ["passed", "told"]
    text = json.dumps(line)
    assert not any(told in text for told in ("4.84", "73.9", "10.0"))


def test_no_hash_of_the_ledger_can_be_found_again_without_its_key(sealed, tmp_path):
    sealed.open_pool()
    sealed.pass_gate(TABLE, "sha of the file")
    sealed.open()
    text = (tmp_path / "ledger.jsonl").read_text()
    plain = [repr(4.8437), repr(73.9), "m1", "r1", "r2", "0.05", "sha of the file"]
    tried = [hashlib.sha256(one.encode()).hexdigest()[:16] for one in plain]
    assert not [one for one in [*plain, *tried] if f'"{one}' in text]
    # with the key it is HMAC-SHA-256, as anybody works it out
    secret = bytes.fromhex((tmp_path / ".ledger.key").read_text())
    known = hmac.digest(secret, b"m1", "sha256").hex()[:32]
    assert {line["matching"] for line in lines(tmp_path)} == {known}


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path):
    first = ledger.key(tmp_path)
    assert len(first) == 32 and ledger.key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / ".ledger.key").stat().st_mode) == 0o600
    (tmp_path / "other").mkdir()
    assert ledger.key(tmp_path / "other") != first


def test_a_key_that_is_none_is_said_in_one_line_that_does_not_show_it(sealed, tmp_path):
    (tmp_path / ".ledger.key").write_text("z" * 64)
    with pytest.raises(RequestError, match="is not the key of a ledger") as refused:
        sealed.open_pool()
    assert "zz" not in str(refused.value) and "\n" not in str(refused.value)


def test_openings_under_a_key_that_is_gone_are_not_taken_for_none(sealed, tmp_path):
    assert sealed.open() is None
    (tmp_path / ".ledger.key").unlink()
    told = replace(sealed).open()  # as the next process has it
    assert told.unread and not told.at
    assert openings.states(told, "a", held=False) == ["unread"]
    # what was opened under the new key is known again beside it
    told = replace(sealed, matching="m2").open()
    assert told.unread and told.matching
    assert openings.states(told, "a", held=False) == ["unread", "before"]


def test_lines_are_added_and_those_that_say_the_same_are_not(sealed, tmp_path):
    for _ in range(2):  # a run, and once more
        sealed.open_pool()
        sealed.pass_gate(TABLE, "sha")
        assert sealed.open() is None
    assert [line["event"] for line in lines(tmp_path)] == [POOL, GATE, EVERYONE]
    before = (tmp_path / "ledger.jsonl").read_bytes()
    replace(sealed, matching="m2").open()
    after = (tmp_path / "ledger.jsonl").read_bytes()
    assert after.startswith(before) and after[len(before) :].count(b"\n") == 1


#: the hours of a day, as the ledger has them
AT = [f"2026-11-02T{hour:02}:00:00+00:00" for hour in range(24)]


def clock(monkeypatch):
    """Let every line of the ledger be an hour later than the one before."""
    hours = iter(AT)
    written = ledger.record

    def record(outputs, event, run_id, **details):
        written(outputs, event, run_id, **{"at": next(hours), **details})

    monkeypatch.setattr(ledger, "record", record)


def test_a_row_has_stood_since_it_was_first_recorded(sealed, monkeypatch):
    clock(monkeypatch)
    assert sealed.pass_gate(TABLE, "one") == [AT[0], AT[0]]
    changed = TABLE.assign(value=[4.8437, 80.0])
    assert sealed.pass_gate(changed, "two") == [AT[0], AT[1]]
    # the same values under another matching are the same rows; other people's are not
    assert replace(sealed, matching="m2").pass_gate(TABLE, "one") == [AT[0], AT[0]]
    assert replace(sealed, run_id="b", outcomes=OTHER).pass_gate(TABLE, "one") == [
        AT[3],
        AT[3],
    ]


def test_a_run_after_it_was_destroyed_is_recorded_anew(sealed, monkeypatch):
    clock(monkeypatch)
    for at in (AT[0], AT[3]):
        assert sealed.pass_gate(TABLE, "one") == [at, at]
        assert sealed.open() is None
        ledger.record(sealed.outputs, "destroyed", "a", files=[])
        with pytest.raises(RequestError, match="stay sealed"):
            sealed.refuse_before_gate("my.yml")
    events = [line["event"] for line in lines(sealed.outputs)]
    assert events == 2 * [GATE, EVERYONE, "destroyed"]


def test_a_threshold_that_is_changed_is_another_row(sealed, monkeypatch):
    clock(monkeypatch)
    sealed.pass_gate(TABLE, "one")
    assert sealed.pass_gate(TABLE.assign(threshold=[5.0, None]), "two") == [
        AT[1],
        AT[0],
    ]


@pytest.mark.parametrize(
    ("settings", "keys"),
    [
        ({"matching.caliper": "0.02"} | AGE, ("matching.caliper",)),
        (CALIPER | {'analyses "Men": covariates': "sex"},
         ('analyses "Men": covariates',)),
        (CALIPER, ('analyses "Men": covariates',)),
        (SETTINGS | {"seed": "2"}, ("seed",)),
        (SETTINGS, ()),
    ],
)  # fmt: skip
def test_a_matching_changed_after_an_opening_is_told_with_its_keys(
    sealed, settings, keys
):
    assert sealed.open() is None
    changed = replace(sealed, matching="m2", settings=settings).open()
    assert (changed.by, changed.whose, changed.matching) == ("a", "everyone", True)
    assert changed.settings == keys
    # going back to the first tells of the other
    back = sealed.open()
    assert (back.matching, back.settings, back.others) == (False, (), 1)
    assert back.tried == keys
    assert openings.states(back, "a", held=False) == ["tried"]


def test_a_draft_between_two_openings_on_one_matching_is_told(sealed):
    assert sealed.open() is None
    wide = SETTINGS | {"matching.caliper": "0.2"}
    for matching in ("m2", "m2", "m3"):
        replace(sealed, matching=matching, settings=wide).open()
    # by another id that was no first either, and back to the first
    third = replace(sealed, matching="m3", settings=wide, run_id="c").open()
    assert (third.by, third.matching, third.others) == ("a", True, 1)
    assert openings.states(third, "c", held=False) == ["before"]
    back = sealed.open()
    assert (back.matching, back.others) == (False, 2)
    assert back.tried == ("matching.caliper",)


def test_another_request_with_the_same_matching_is_told_as_such(sealed):
    assert sealed.open() is None
    told = replace(sealed, run_id="b").open()
    assert (told.by, told.matching, told.others) == ("a", False, 0)
    assert openings.states(told, "b", held=False) == ["same"]
    assert openings.in_brief(told, "b") == "first opened on this matching, by a"
    assert sealed.open() is None


def test_an_analysis_that_is_called_otherwise_is_the_same(sealed):
    sealed.open()
    renamed = CALIPER | {'analyses "Everyone": covariates': "age"}
    assert replace(sealed, settings=renamed).open() is None
    changed = CALIPER | {'analyses "Everyone": covariates': "sex"}
    assert replace(sealed, settings=changed).open().settings == (
        'analyses "Everyone": covariates',
        'analyses "Men": covariates',
    )


def matched(**weights):
    people = pd.DataFrame(
        {"person_id": ["p1", "p2", "p3"], "treatment": [1, 0, 0], "weight": 1.0}
    )
    return pd.concat(
        people.assign(analysis=name, variant="main", weight=weight)
        for name, weight in weights.items()
    )


def test_a_matching_is_who_was_matched_whatever_it_is_called():
    one = [1.0, 0.4, 0.6]
    first = seal.of_matching(matched(men=one))
    again = matched(everyone=[1.0, 0.4 + 1e-13, 0.6]).iloc[::-1]
    assert seal.of_matching(again.assign(propensity=0.5)) == first
    for other in (matched(men=[1.0, 0.5, 0.5]), matched(men=one, women=one),
                  matched(men=one).assign(variant="links_strict"),
                  matched(men=one).assign(person_id=["p1", "p2", "p4"])):  # fmt: skip
        assert seal.of_matching(other) != first


def test_a_criterion_changed_on_the_same_matching_is_told_as_such(sealed):
    sealed.open()
    settings = SETTINGS | {"robustness.smallest_effect": "5"}
    changed = replace(sealed, settings=settings).open()
    assert changed.settings == ("robustness.smallest_effect",)
    assert not changed.matching


def test_a_matching_changed_after_the_pool_alone_was_opened_says_so(sealed):
    sealed.open_pool()  # in a draft, say
    settled = replace(sealed, matching="m2", settings=AGE)
    settled.open_pool()
    changed = settled.open()
    assert (changed.whose, changed.matching) == ("pool", True)
    assert changed.settings == ("matching.caliper",)
    # and again, when the run is made once more
    assert settled.open().whose == "pool"
    # but what the treated people's outcomes were opened on comes first
    assert replace(settled, matching="m3").open().whose == "everyone"


def test_a_request_on_other_people_does_not_see_the_first_ones_openings(sealed):
    assert sealed.open() is None
    other = Seal(sealed.outputs, "b", "m2", OTHER, SETTINGS)
    assert other.open() is None
    assert replace(sealed, matching="m2").open().by == "a"
    assert [line["id"] for line in lines(sealed.outputs)] == ["a", "b", "a"]


@pytest.mark.parametrize(
    "hashes",
    [
        RATE,
        {**RATE, **DAYS},
        {"another_name": RATE["rate"]},
        {"rate": ["r1", "another pool"]},
        {"rate": ["other groups", "r2"]},
    ],
)
def test_the_same_peoples_outcomes_are_known_again_under_another_id(sealed, hashes):
    assert sealed.open() is None
    assert replace(sealed, run_id="b", outcomes=hashes).open().by == "a"
    # the first to open them stays the first, on the same matching all along
    assert sealed.open() is None


def test_an_outcome_that_nobody_opened_is_sealed(sealed):
    sealed.open()
    assert replace(sealed, run_id="b", matching="m2", outcomes=DAYS).open() is None


def test_lines_of_an_older_kit_are_not_taken_for_none(sealed):
    ledger.record(sealed.outputs, EVERYONE, "a", matching="m1")
    ledger.record(sealed.outputs, GATE, "a", matching="m1", table="t", rows=[{}])
    assert sealed.pass_gate(TABLE, "one")
    told = sealed.open()
    assert told.unread and not told.at


# the settings that bear on it -------------------------------------------------------


def test_settings_are_known_by_the_keys_of_the_request(make_request, tmp_path):
    def keys(**changes):
        robustness = {"placebo_groups": 0} | changes.pop("robustness", {})
        path = make_request(tmp_path / "x.yml", robustness=robustness, **changes)
        return seal.settings(load(path))

    def differing(**changes):
        other = keys(**changes)
        return {k for k in first | other if first.get(k) != other.get(k)}

    first = keys()
    assert differing(matching={"caliper": 0.02}) == {"matching.caliper"}
    assert differing(robustness={"smallest_effect": 5}) == {
        "robustness.smallest_effect"
    }
    assert differing(seed=2) == {"seed"}
    named = [{"name": "reoffending_rate", "label": "returned"}]
    assert not any("label" in key for key in differing(outcomes=named))
    # words, dates and what is published bear on nobody
    assert differing(title="Another title", publication__date="2026-06-26") == set()
    assert any(key.startswith('analyses "') for key in first)
    # nor do labels, and the order in which characteristics are named
    [analysis] = load(tmp_path / "x.yml").completed()["analyses"]
    turned = {kind: names[::-1] for kind, names in analysis["covariates"].items()}
    assert differing(analyses=[analysis | {"covariates": turned}]) == set()
    assert not any("inputs.labels" in key for key in first)


# a run -------------------------------------------------------------------------------


@pytest.fixture
def outcomes(copied):
    """The outcomes stage of a new run of the same request, its matching settled."""
    part = copied.outputs / f".{copied.id}.part"
    shutil.copytree(copied.folder / "restricted", part / "restricted")
    return Run(load(copied.request), "outcomes", part)


def change_matching(folder: Path) -> None:
    path = folder / "restricted/data/matched.parquet"
    matched = pd.read_parquet(path)
    matched.loc[matched.index[matched["weight"] > 0][0], "weight"] *= 1.01
    matched.to_parquet(path, index=False)


def gate_of(run, verdict="passed"):
    """A table of the gate with all that is asked of every headline."""
    rows = [
        [one.name, criterion, 10.0, 4.8437, "%", verdict, ""]
        for one in run.request.analyses
        for criterion in limits.CRITERIA
    ]
    return pd.DataFrame(rows, columns=TABLE.columns)


def opened(run):
    """Pass the gate and open everyone's outcomes."""
    run.pass_gate(gate_of(run))
    return run.open_outcomes()


def found(folder: Path) -> tuple[str, str]:
    """What the run's check of the opening found, the last time."""
    with (folder / "audit/checks.csv").open(newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["check"].startswith("these outc")]
    return rows[-1]["found"], rows[-1]["result"]


def test_a_run_opens_the_pool_then_the_gate_then_everybody(shared):
    mine = [line for line in lines(shared.outputs) if line["id"] == shared.id]
    assert [line["event"] for line in mine] == [POOL, GATE, EVERYONE]
    manifest = json.loads((shared.folder / "audit/manifest.json").read_text())
    files = {
        name: manifest["outputs"][f"restricted/data/{name}.parquet"]["sha256"]
        for name in ("gate",)
    }
    secret = ledger.key(shared.outputs)
    matching = seal.of_matching(shared.data("matched"))
    assert {line["matching"] for line in mine} == {ledger.keyed(secret, matching)}
    assert mine[1]["table"] == ledger.keyed(secret, files["gate"])
    assert all(line["by"] and line["at"] for line in mine)


def test_of_the_pool_no_treated_person_comes_back(outcomes, copied):
    people = copied.data("people").set_index("person_id")["treatment"]
    pool = outcomes.open_pool_outcomes()
    assert set(pool["person_id"]) == set(people.index[people == 0])
    whole = copied.data("outcomes")
    held = whole[whole["person_id"].isin(pool["person_id"])]
    pd.testing.assert_frame_equal(
        pool.sort_values("person_id", ignore_index=True),
        held.sort_values("person_id", ignore_index=True),
    )
    assert len(whole) > len(pool)


def test_nobody_reads_the_outcomes_past_the_seal(outcomes):
    with pytest.raises(RequestError, match="opened by run.open_pool_outcomes"):
        outcomes.read("outcomes.parquet")
    change_matching(outcomes.folder)  # the finished run's gate stands for another
    with pytest.raises(RequestError, match="stay sealed until the design gate"):
        outcomes.open_outcomes()
    assert len(opened(outcomes)) > 1000


def test_opening_again_on_the_same_matching_changes_nothing(outcomes, copied):
    before = (copied.outputs / "ledger.jsonl").read_bytes()
    assert len(outcomes.open_outcomes()) > 1000
    assert found(outcomes.folder) == ("not opened before", "pass")
    assert outcomes.opened is None and "before" not in outcomes.when_opened
    assert (copied.outputs / "ledger.jsonl").read_bytes() == before


def test_a_matching_that_is_changed_afterwards_is_a_warning(outcomes):
    first = outcomes.folder / "restricted/data/matched.parquet"
    kept = first.read_bytes()
    change_matching(outcomes.folder)
    opened(outcomes)
    assert found(outcomes.folder) == (
        f"opened before, by {outcomes.request.id}",
        "warn",
    )
    assert "before" in outcomes.when_opened
    first.write_bytes(kept)  # going back to the first tells of the other
    outcomes.open_outcomes()
    assert found(outcomes.folder) == ("opened since on other matchings: 1", "warn")
    assert "before" not in outcomes.when_opened and outcomes.settled_first


def test_the_gate_warns_in_the_checks_and_keeps_nothing_sealed(outcomes):
    outcomes.pass_gate(gate_of(outcomes, "warning"))
    with (outcomes.folder / "audit/checks.csv").open(newline="") as file:
        rows = {row["check"]: row["result"] for row in csv.DictReader(file)}
    assert set(rows.values()) == {"warn"}
    assert len(outcomes.open_outcomes()) > 1000


@pytest.mark.parametrize("stage", ["intake", "matching", "charts"])
def test_no_other_stage_opens_outcomes(outcomes, stage):
    outcomes.stage = stage
    for open_ in (outcomes.open_pool_outcomes, outcomes.open_outcomes):
        with pytest.raises(RequestError, match="outcomes are opened in 03_outcomes"):
            open_()


def test_a_gate_that_leaves_something_out_opens_nothing(outcomes):
    table, name = gate_of(outcomes), outcomes.request.analyses[0].name
    with pytest.raises(RequestError, match=f'no row precision of "{name}"'):
        outcomes.pass_gate(table[table["criterion"] != "precision"])
    with pytest.raises(RequestError, match="the design gate has no row balance"):
        outcomes.pass_gate(table.head(0))


def test_a_draft_that_opens_outcomes_counts(copied, make_request):
    (copied.outputs / "ledger.jsonl").unlink()
    (copied.outputs / ".ledger.key").unlink()
    draft = open_run("outcomes", copied.request, copied.outputs / f"{copied.id}.draft")
    draft.open_pool_outcomes()
    opened(draft)
    assert [line["event"] for line in lines(copied.outputs)] == [POOL, GATE, EVERYONE]
    # a run of the driver on another matching, afterwards
    part = copied.outputs / f".{copied.id}.part"
    shutil.copytree(copied.folder / "restricted", part / "restricted")
    change_matching(part)
    run = Run(load(copied.request), "outcomes", part)
    opened(run)
    assert "before" in run.when_opened


def test_a_copy_of_a_request_under_another_id_is_opened_before(copied):
    part = copied.outputs / ".other.part"
    shutil.copytree(copied.folder / "restricted", part / "restricted")
    change_matching(part)
    content = load(copied.request).completed() | {"id": "other"}
    run = Run(load(content), "outcomes", part)
    opened(run)
    assert "before" in run.when_opened
    assert found(part) == ("opened before, by shared", "warn")


def test_destroying_the_first_run_does_not_seal_its_outcomes_again(copied):
    from helpers.life_cycle.destroy import destroy

    part = copied.outputs / ".other.part"
    shutil.copytree(copied.folder / "restricted", part / "restricted")
    change_matching(part)
    destroy(copied.id, copied.outputs)
    run = Run(
        load(load(copied.request).completed() | {"id": "other"}), "outcomes", part
    )
    opened(run)
    assert "before" in run.when_opened


@pytest.mark.slow
def test_a_cohort_is_known_again_as_a_run_whatever_it_is_called(make_request, tmp_path):
    cohort, outputs = made_up_cohort.make(900, 300, seed=8), tmp_path / "outputs"
    shuffled = cohort.sample(frac=1, random_state=1)
    cohort.to_csv(tmp_path / "first.csv", index=False)
    shuffled.to_parquet(tmp_path / "second.parquet", index=False)
    made_up_cohort.make(900, 300, seed=9).to_csv(tmp_path / "third.csv", index=False)
    for file, changes in {
        "first.csv": {"matching": {"caliper": 0.05}},
        "second.parquet": {"matching": {"caliper": 0.02}, "seed": 5},
        "third.csv": {"matching": {"caliper": 0.02}},
    }.items():
        place = tmp_path / file
        path = make_request(
            place.with_suffix(".yml"), inputs={"cohort": str(place)}, **changes
        )
        in_process.run(path, outputs)
    for name, before in {"first": False, "second": True, "third": False}.items():
        page = (outputs / name / "report.html").read_text(encoding="utf-8")
        copy = (outputs / name / "restricted/report-reviewers.html").read_text(
            encoding="utf-8"
        )
        found = "opened before, by first"
        assert ("The outcomes had been opened before." in page) is before
        assert (found in copy) is before
        assert (found in (outputs / name / "audit/checks.csv").read_text()) is before
        # a ready cohort is never called sealed
        assert "The outcomes were sealed." not in page
        assert "The analyst held the outcomes before matching." in page


def test_the_ledger_names_each_outcome_with_two_hashes(shared):
    [line] = ledger.ledger(shared.outputs, EVERYONE, shared.id)
    seals = shared.data("seals").set_index("outcome")
    secret = ledger.key(shared.outputs)
    assert line["outcomes"] == {
        name: [ledger.keyed(secret, row[of]) for of in ("of_treated", "of_everyone")]
        for name, row in seals.iterrows()
    }
    assert set(line["outcomes"]) == set(shared.data("outcomes")) - {"person_id"}
