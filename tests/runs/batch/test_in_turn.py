"""A run waits for its turn before each stage, and decides with no other deciding."""

from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from support import in_process, ready_cohort
from support.made_up_cohort import make

from helpers import files
from helpers.runs import progress
from helpers.runs.batch.turns import ORDER
from helpers.runs.carrying_out import attempt


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a run told of its stages, and whether another could have decided then."""
    folder, events = tmp_path_factory.mktemp("in-turn"), []
    make(300, 80).to_csv(folder / "cohort.csv", index=False)
    covariates = {"numeric": ["age"], "categorical": ["sex"]}
    analyses = [{"name": "Everyone", "covariates": covariates}]
    raw = ready_cohort.raw(folder / "cohort.csv", analyses=analyses)
    request = in_process.write(raw, folder)
    lock = folder / "outputs" / attempt.DECIDING

    def spy(name):
        def tell(self, stage, *_):
            with files.locked(lock) as free:
                events.append((name, stage, free))

        return tell

    with pytest.MonkeyPatch.context() as patch:
        for name in ("stage_next", "stage_started", "stage_done"):
            patch.setattr(progress.Lines, name, spy(name))
        in_process.run(request, folder / "outputs", whole=False)
    with files.locked(lock) as free:
        events.append(("over", "", free))
    return events


def test_each_stage_is_next_before_it_begins(told):
    nexts = [stage for name, stage, _ in told if name == "stage_next"]
    assert nexts == list(ORDER)
    for stage in ORDER:
        names = [name for name, about, _ in told if about == stage]
        assert names[0] == "stage_next"
        assert names[-1] == "stage_done"


def test_from_its_report_on_no_other_run_decides_until_it_is_in_place(told):
    free = {(name, stage): free for name, stage, free in told}
    held = [("stage_started", "report"), ("stage_done", "report")]
    assert not any(free[event] for event in held)
    assert all(free[event] for event in free if event not in held)


def test_a_run_says_for_which_one_it_waits(monkeypatch, tmp_path):
    """It says so after a moment, goes on when that one is over, and has it told."""
    monkeypatch.setattr(attempt, "SILENCE", 0.05)
    notes, held = [], ExitStack()
    over = ExitStack()

    def decide(run_id, held):
        note = SimpleNamespace(note=lambda line: (notes.append(line), over.close()))
        work = SimpleNamespace(
            folder=tmp_path / f".{run_id}.part", request=SimpleNamespace(id=run_id)
        )
        attempt._decide_alone(attempt.Attempt(work, note), held)

    decide("first", over)
    assert notes == []
    with held:
        decide("second", held)
    assert notes == [
        "report: waits for first, which is deciding what its own report shows"
    ]
