"""The seals of outcomes: the same people's outcomes are known again, no others are."""

import hashlib

import numpy as np
import pandas as pd
import pytest
from support.made_up_cohort import make

from helpers.intake.cohort import hand_over, ready
from helpers.request import load

COHORT = make(700, 200, effect=-0.1, seed=4)


def sealed(cohort, folder, name="people.csv", seed=1, outcomes=None):
    """The seals of a cohort that is read from a file, outcome by outcome."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".csv":
        cohort.to_csv(path, index=False)
    else:
        cohort.to_parquet(path, index=False)
    covariates = {"numeric": ["age"], "categorical": ["sex"]}
    request = load(
        {
            "id": "sealed",
            "title": "Sealed",
            "analyst": "A. Name",
            "organisation": {"name": "A provider", "sector_type": "Voluntary"},
            "programme": {"name": "A programme", "intervention_type": "Mentoring"},
            "data_sharing": {"open_data": {"source": "Made up", "licence": "MIT"}},
            "inputs": {"cohort": str(path)},
            "analyses": [{"name": "Everyone", "covariates": covariates}],
            "publication": {"date": "2026-06-25", "contact": "lab@example.org"},
            **({"outcomes": outcomes} if outcomes else {}),
        }
    )
    everyone, key = hand_over.pseudonymise(ready.read(request), seed)
    people = hand_over.people(everyone, request)
    seals = hand_over.seals(hand_over.outcomes(everyone, request), people, key)
    return seals.set_index("outcome")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return sealed(COHORT, tmp_path_factory.mktemp("first"))


def shared(first, other):
    """Which outcomes and groups have a hash in common, whatever their names."""
    return {group for group in first if set(first[group]) & set(other[group])}


def test_each_outcome_has_hashes_of_its_own(first):
    assert list(first.index) == [
        "reoffending_rate", "reoffending_frequency", "time_to_first_reoffence",
    ]  # fmt: skip
    assert first.stack().nunique() == 6


@pytest.mark.parametrize(
    "change",
    [
        {"cohort": COHORT.sample(frac=1, random_state=1)},
        {"seed": 9},
        {"name": "people.parquet"},
        {"cohort": COHORT[sorted(COHORT)].assign(age=COHORT["age"] + 1)},
        {"cohort": COHORT.astype({"treatment": float})},
    ],
    ids=["shuffled", "another seed", "parquet", "other columns", "saved as 1.0"],
)
def test_nothing_but_people_and_their_outcomes_matters(first, tmp_path, change):
    other = sealed(**{"cohort": COHORT, "folder": tmp_path, **change})
    pd.testing.assert_frame_equal(other, first)


def test_it_does_not_matter_which_outcomes_are_asked_for(first, tmp_path):
    asked = ["reoffending_frequency"]
    other = sealed(COHORT, tmp_path, outcomes=asked)
    pd.testing.assert_frame_equal(other, first.loc[asked])


def test_a_pool_drawn_anew_is_known_by_the_treated(first, tmp_path):
    kept = COHORT[(COHORT["treatment"] == 1) | (np.arange(len(COHORT)) % 5 > 0)]
    assert shared(first, sealed(kept, tmp_path)) == {"of_treated"}


def test_other_groups_of_the_same_people_are_known_by_everyone(first, tmp_path):
    other = COHORT.assign(treatment=1 - COHORT["treatment"])
    other["left_out"] = np.nan
    base = COHORT.assign(left_out=np.nan)
    a, b = sealed(base, tmp_path / "a"), sealed(other, tmp_path / "b")
    assert shared(a, b) == {"of_everyone"}


@pytest.mark.parametrize(
    "other",
    [
        make(700, 200, effect=-0.1, seed=5),
        COHORT.assign(person_id="x" + COHORT["person_id"].astype(str)),
    ],
    ids=["other people", "other ids"],
)
def test_another_cohort_shares_no_hash(first, tmp_path, other):
    assert shared(first, sealed(other, tmp_path)) == set()


@pytest.mark.parametrize("name", ["rate", "own", "treated"])
def test_a_seal_is_that_of_the_ids_and_values_in_their_order(name):
    outcomes = pd.DataFrame({"person_id": [1, 2, 3], name: [1.0, np.nan, -0.0]})
    people = pd.DataFrame({"person_id": [1, 2, 3], "treatment": [1, 1, 0]})
    key = pd.DataFrame({"person_id": [1, 2, 3], "original_id": ["c", "b", "a"]})
    [found] = hand_over.seals(outcomes, people, key).to_dict("records")
    one, none, zero = b"\0\0\0\0\0\0\xf0\x3f", b"\0\0\0\0\0\0\xf8\x7f", bytes(8)
    expected = hashlib.sha256(b"b\nc" + none + one).hexdigest()
    assert found["of_treated"] == expected
    expected = hashlib.sha256(b"a\nb\nc" + zero + none + one).hexdigest()
    assert found["of_everyone"] == expected
