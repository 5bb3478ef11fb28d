"""What a stage is made from: which keys of a request it looks at, and which code."""

import shutil
from copy import deepcopy
from types import SimpleNamespace

import nbformat
import pytest
from support import in_process, layout, ready_cohort
from support.made_up_cohort import make

from helpers.files import ROOT
from helpers.request import STAGES, load
from helpers.runs import hashes, safe_places
from helpers.runs.carrying_out import fingerprints
from helpers.runs.stage_files import read_stamp
from helpers.runs.stages import NOTEBOOKS

#: another value for each key that some stage does not look at
OTHERWISE = {
    "title": "Another title",
    "analyst": "B. Name",
    "organisation.own_words": "We help.",
    "organisation.response": "We thank everybody.",
    "organisation.sector_type": "Private",
    "programme.name": "Another programme",
    "programme.setting": "community",
    "programme.period": "March 2021",
    "programme.description": "Weekly meetings",
    "programme.selection": "Whoever came",
    "programme.dose": "One hour",
    "programme.caveats": ["Other records."],
    "programme.intervention_type": "Employment",
    "programme.selection_by": "chance",
    "reporting": {"target_20": "The charity paid."},
    "data_sharing.purpose": "Another purpose",
    "data_sharing.lawful_basis": "Another law",
    "data_sharing.justification": "Another reason",
    "data_sharing.fairness": "Another notice",
    "data_sharing.proportionality": "Other fields",
    "data_sharing.approved_on": "2026-02-03",
    "data_sharing.destroy_by": "2098-01-01",
    "data_sharing.legal_advice": "None was needed.",
    "data_sharing.timetable": "In June",
    "publication.edition": 2,
    "publication.contact": "other@example.org",
    "publication.status": "Official statistics",
    "publication.release_at": "2026-06-25 09:30",
    "publication.pre_release": ["Head of statistics"],
    "publication.corrects": "An area was left out.",
    "findings": {"as_of": "2024-01-01"},
    "matching": {"caliper": 0.2},
    "analyses.matching": {"method": "nearest"},
    "robustness.placebo_groups": 11,
    "robustness.smallest_effect": 7,
}
AGREEMENT = {
    "purpose": "To learn",
    "lawful_basis": "A law",
    "justification": "There is no other way",
    "fairness": "A notice",
    "proportionality": "Few fields",
    "approved_by": "A panel",
    "approved_on": "2026-01-12",
    "destroy_by": "2099-12-31",
}

DAY = "2026-01-12"
RECEIVED = {
    "received": {"channel": "sftp", "on": "2026-01-02", "file_sha256": "0" * 64},
    "provider_signed_off": {"by": "A provider", "on": "2026-01-03"},
    "sources": [
        {"table": name, "tier": "pnc", "approved_by": "A panel", "approved_on": DAY}
        for name in ("person", "sentence", "offence")
    ],
}


def test_every_key_that_a_stage_passes_over_is_tried_with_another_value():
    assert set(fingerprints.unseen("intake")) == OTHERWISE.keys()
    assert fingerprints.unseen("charts") == fingerprints.REPORT_ALONE


def otherwise(raw, keys):
    """A request with another value for each of some keys."""
    raw = deepcopy(raw)
    for key in keys:
        *above, last = key.split(".")
        blocks = [raw]
        for name in above:
            inner = [block.setdefault(name, {}) for block in blocks]
            blocks = [
                block
                for one in inner
                for block in (one if isinstance(one, list) else [one])
            ]
        for block in blocks:
            block[last] = OTHERWISE[key]
    return raw


def carried_out(raw, outputs, stage, monkeypatch):
    """The notebook of a stage, carried out as one of the driver's in its folder."""
    monkeypatch.setenv(safe_places.DRIVEN, "1")
    request = load(raw)
    folder = outputs / f".{request.id}.part"
    name = NOTEBOOKS[stage]
    book = folder / "restricted" / "notebooks" / f"{name}.ipynb"
    book.parent.mkdir(parents=True, exist_ok=True)
    work = SimpleNamespace(request=request, folder=folder)
    with in_process._in_this_process(whole=False):
        in_process._execute(stage, name, work, book, None)
    return [cell.get("outputs") for cell in nbformat.read(book, as_version=4).cells]


def told_the_same(raw, tmp_path, monkeypatch):
    """Try for every stage that keys it passes over change nothing that it leaves."""
    before = tmp_path / "before"
    for stage in STAGES:
        after = tmp_path / f"after-{stage}"
        other = otherwise(raw, fingerprints.unseen(stage))
        known = fingerprints.of(load(raw), stage)
        assert fingerprints.of(load(other), stage) == known
        shown = carried_out(raw, before, stage, monkeypatch)
        shutil.copytree(before, after)  # with the ledger, and when it was written
        assert carried_out(other, after, stage, monkeypatch) == shown, stage
        there, here = (
            read_stamp(outputs / f".{raw['id']}.part", stage)
            for outputs in (before, after)
        )
        assert there["fingerprint"] == known
        assert here == there  # the hashes of all its files are in it


def test_a_key_that_a_stage_passes_over_changes_no_byte_of_a_ready_cohort(
    tmp_path, monkeypatch
):
    raw = ready_cohort.written(
        tmp_path,
        data_sharing=AGREEMENT,
        robustness={"placebo_groups": 5, "smallest_effect": 5},
    )
    raw["programme"]["label"] = "the support"
    told_the_same(raw, tmp_path, monkeypatch)


@pytest.mark.slow
def test_a_key_that_a_stage_passes_over_changes_no_byte_of_linked_people(
    tmp_path, monkeypatch
):
    covariates = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}
    raw = ready_cohort.raw(
        "",
        data_sharing=AGREEMENT,
        inputs={"made_up": {"people": 6000, "submitted": 120}},
        analyses=[{"name": "Everyone", "covariates": covariates}],
        robustness={"placebo_groups": 5, "smallest_effect": 5, "links": "ladder"},
        eligibility={"minimum_people": 20},
    )
    raw["programme"]["label"] = "the support"
    told_the_same(raw, tmp_path, monkeypatch)


# the safe side -----------------------------------------------------------------------


def leaves(value, place=()):
    """Every value of a request that is no block, with the keys to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*place, name))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))
    else:
        yield place, value


def changed(raw, place):
    raw = deepcopy(raw)
    block = raw
    for name in place[:-1]:
        block = block[name]
    block[place[-1]] = "something else"
    return raw


@pytest.mark.parametrize("stage", STAGES)
def test_any_other_key_concerns_a_stage(stage):
    completed = load(ROOT / "params" / "example.yml").completed()
    before = fingerprints.concerning(completed, stage)
    passed = tried = 0
    for place, _ in leaves(completed):
        key = ".".join(name for name in place if isinstance(name, str))
        unseen = any(
            key == one or key.startswith(f"{one}.")
            for one in fingerprints.unseen(stage)
        )
        after = fingerprints.concerning(changed(completed, place), stage)
        assert (after == before) is unseen, key
        passed, tried = passed + unseen, tried + 1
    assert passed > 15
    assert tried - passed > 40


def test_a_key_that_nobody_has_thought_of_concerns_every_stage():
    completed = load(ROOT / "params" / "example.yml").completed()
    more = completed | {"a_new_key": 1}
    for stage in STAGES:
        assert fingerprints.concerning(more, stage) != (
            fingerprints.concerning(completed, stage)
        )


# what else it goes over --------------------------------------------------------------


@pytest.fixture
def cohort(tmp_path):
    path = tmp_path / "cohort.csv"
    make(60, 20).to_csv(path, index=False)
    return path


def each(path):
    return fingerprints.each(ready_cohort.a_request(path), STAGES)


def differ(one, other):
    return [stage for stage in STAGES if one[stage] != other[stage]]


def test_the_bytes_of_what_a_stage_reads_count_for_it_and_all_after_it(cohort):
    before = each(cohort)
    cohort.write_text(cohort.read_text() + "\n")
    assert differ(before, each(cohort)) == list(STAGES)


def test_where_the_file_lies_counts_for_nothing_that_is_read_from_it(cohort):
    # as in the hash of a run: of a file outside the repository its own name counts
    request = ready_cohort.a_request(cohort)
    files = {hashes.own_name(p) for p in hashes.files_of(request, "intake")}
    assert files == {"cohort.csv"}


@pytest.mark.parametrize("which", ["submission", "decisions"])
def test_each_of_two_files_of_one_name_counts(which, tmp_path):
    extract = tmp_path / "extract"
    extract.mkdir()
    files = {name: tmp_path / name / "list.csv" for name in ("submission", "decisions")}
    for name, path in files.items():
        path.parent.mkdir()
        path.write_text(f"{name}\n")
    raw = ready_cohort.raw(
        "",
        data_sharing=AGREEMENT | RECEIVED,
        inputs={
            "extract": str(extract),
            "records_complete_to": "2025-12-31",
            **{name: str(path) for name, path in files.items()},
        },
    )
    request = load(raw)
    before = fingerprints.each(request, STAGES)
    files[which].write_text("another\n")
    assert differ(before, fingerprints.each(request, STAGES)) == list(STAGES)


@pytest.mark.parametrize(
    ("name", "stages"),
    [
        ("notebooks/02_matching.ipynb", ["matching", "outcomes", "charts"]),
        ("helpers/matching/balance.py", ["matching", "outcomes", "charts"]),
        ("helpers/outcomes/measures.py", ["outcomes", "charts"]),
        ("helpers/charts/catalogue/read.py", ["charts"]),
        ("helpers/publication/rounding.py", list(STAGES)),
        ("helpers/errors.py", list(STAGES)),
        ("helpers/commands/running.py", []),
        ("helpers/life_cycle/destroy.py", []),
    ],
)
def test_code_counts_for_the_stages_that_rest_on_it(name, stages, cohort, monkeypatch):
    before, sha256 = each(cohort), fingerprints.sha256
    assert (ROOT / name).is_file()
    monkeypatch.setattr(
        fingerprints, "sha256", lambda p: "x" if p == ROOT / name else sha256(p)
    )
    assert differ(before, each(cohort)) == stages


def test_versions_and_settings_count(cohort, monkeypatch):
    before = each(cohort)
    real = hashes.package_versions
    monkeypatch.setattr(
        hashes, "package_versions", lambda of: real(of) | {"pandas": "9.9"}
    )
    assert differ(before, each(cohort)) == list(STAGES)
    monkeypatch.undo()
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert differ(before, each(cohort)) == list(STAGES)
    monkeypatch.undo()
    assert differ(before, each(cohort)) == []


@pytest.mark.parametrize("stage", STAGES)
def test_the_packages_of_a_stage_are_all_that_its_notebook_imports(stage):
    source = layout.source_of(ROOT)
    known = layout.imports(source)
    book = nbformat.read(ROOT / "notebooks" / f"{NOTEBOOKS[stage]}.ipynb", as_version=4)
    code = "\n".join(c.source for c in book.cells if c.cell_type == "code")
    reached = layout.imports(source | {"helpers/notebook.py": code})["helpers.notebook"]
    assert len(reached) > 8
    waiting = list(reached)
    while waiting:
        for other in known.get(waiting.pop(), ()):
            if other.startswith("helpers.") and other not in reached:
                reached.add(other)
                waiting.append(other)
    # what stands in a stage before it is in the fingerprint of that stage
    until = STAGES[: STAGES.index(stage) + 1]
    covered = {name for one in until for name in fingerprints.PACKAGES[one]}
    packages = {name.split(".")[1] for name in reached if name.startswith("helpers.")}
    assert packages - covered == set()
