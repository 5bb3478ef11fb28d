"""What was released before: who is the same in two releases, and editions published."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.publication import people
from helpers.publication.disclosure import editions
from helpers.publication.disclosure.editions import Release
from helpers.publication.disclosure.rules import profile
from helpers.publication.disclosure.structure import apart, structure
from helpers.publication.people import BEFORE, TREATED, Who

RULE = profile("default", 10)


def release(ids, outcomes, treated):
    """A run of people numbered from 1 in the order of their ids."""
    numbers = np.arange(1, len(ids) + 1)
    index = pd.Index(numbers[list(treated)])
    who = [Who("all", "group", group, index) for group in (BEFORE, TREATED)]
    return Release(
        pd.DataFrame({"person_id": numbers, "original_id": ids}),
        pd.DataFrame({"person_id": numbers} | outcomes),
        people.as_frame(who),
    )


def test_people_are_known_again_by_their_ids_however_they_are_written():
    y = {"reoffended": [1.0, 0, 0, 1], "often": [2.0, 0, 0, 1]}
    own = release(["p12", "p7", "p9", "p3"], y, range(4))
    # in another order, with zeros, capitals and blanks; p3 is not in it
    theirs = release(
        [" P00009", "P012", "p07"],
        {"reoffended": [0.0, 1, 0], "often": [0.0, 2, 0]},
        range(3),
    )
    (other,) = editions.earlier(own, [theirs])
    (ours,) = structure([own.who])
    assert apart(ours.groups[TREATED], other.groups[TREATED]) == (1, 0)


def test_a_date_put_right_leaves_people_the_same_and_other_people_are_others():
    ids = [str(n) for n in range(10)]
    y = {"rate": [1.0, 0] * 5, "often": [3.0, 0] * 5, "days": [40.0, np.nan] * 5}
    own = release(ids, y, range(10))
    later = y | {"days": [41.0, np.nan] * 5}
    assert len(editions.earlier(own, [release(ids, later, range(9))])) == 1
    others = {name: values[::-1] for name, values in y.items()}
    assert editions.earlier(own, [release(ids, others, range(9))]) == []


def test_ids_that_differ_in_zeros_alone_are_two_people():
    y = {"rate": [1.0, 0, 0]}
    own = release(["a1", "b", "c"], y, range(3))
    theirs = release(["a1", "A01", "b"], {"rate": [1.0, 1, 0]}, range(3))
    (other,) = editions.earlier(own, [theirs])
    assert other.sizes[TREATED] == 3
    (ours,) = structure([own.who])
    assert apart(ours.groups[TREATED], other.groups[TREATED]) == (1, 1)


def result(**changes):
    outcome = {
        "outcome": "reoffending_rate", "n_treatment": 100, "value_treatment": 0.3,
        "difference": 0.0, "ci_low": 0.001, "ci_high": 0.01,
    }  # fmt: skip
    return {
        "analyses": [
            {"name": "All", "n_submitted": 120, "n_treatment": 100,
             "outcomes": [outcome | changes]}
        ]
    }  # fmt: skip


def written(tmp_path, content):
    path = tmp_path / "result.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return [path]


def test_an_edition_is_taken_as_it_was_rounded(tmp_path):
    # 0.4 points, from 0.1 to 1: the difference is printed as 0, its limit as 0.1
    (analysis,) = editions.published(written(tmp_path, result()))
    assert analysis["n_treatment"] == 100


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"n_treatment": 101}, "n_treatment 101 is above the analysis' own 100"),
        ({"ci_low": 0.02, "ci_high": 0.05}, "the difference 0.0 is outside its own"),
        ({"value_treatment": 30}, "a rate must lie between 0 and 1; found 30"),
    ],
)
def test_an_edition_that_contradicts_itself_is_refused(tmp_path, changes, said):
    with pytest.raises(DataError, match="result.json") as stopped:
        editions.published(written(tmp_path, result(**changes)))
    assert said in str(stopped.value)


@pytest.mark.parametrize("content", ["{", "[]", '{"analyses": [{}]}'])
def test_what_is_no_result_is_refused_in_a_line(tmp_path, content):
    with pytest.raises(DataError, match="cannot be read as the result"):
        editions.published(written(tmp_path, content))


@pytest.mark.parametrize(
    ("n", "name", "few"),
    [(96, "All", True), (100, "All", False), (90, "All", False),
     (96, "Everyone", True), (96, "Men", False), (None, "All", False)],
)  # fmt: skip
def test_an_edition_a_few_people_larger_or_smaller_is_seen(n, name, few):
    who = Who("all", "group", BEFORE, pd.RangeIndex(1, 101))
    both = [who, Who("all", "group", TREATED, who.people)]
    (analysis,) = structure([people.as_frame(both)])
    before = [{"name": name, "n_treatment": n}]
    assert editions.few_apart(analysis, before, RULE, others={"men"}) is few


def out(release, released, before=None, rule="default 10"):
    """What of a release is out, and since when, as its run would write it."""
    analyses = structure([release.who])
    analyses = editions.since(analyses, release, before, rule)
    return editions.told(analyses, released, rule, "now")


def test_the_same_people_by_the_same_rule_are_out_since_the_first_run():
    ids, y = [str(n) for n in range(20)], {"rate": [1.0, 0] * 10}
    first = release(ids, y, range(20))
    told = out(first, {"all.n_treatment": 20.0})
    assert told["all"]["since"] == "now" and told["all"]["sized"]
    told["all"]["since"] = "before"
    last = replace(first, out=told)
    for again, rule, since in (
        (first, "default 10", "before"),
        (first, "default 5", "now"),
        (release(ids, y, range(19)), "default 10", "now"),
    ):
        found = out(again, {"all.n_treatment": 19.0}, last, rule)
        assert found["all"]["since"] == since


def test_a_run_in_which_all_is_hidden_is_no_release():
    ids, y = [str(n) for n in range(20)], {"rate": [1.0, 0] * 10}
    own = release(ids, y, range(20))
    told = out(own, {"all.n_treatment": None})
    assert told == {}
    assert editions.earlier(own, [replace(own, out=told)]) == []
    # of a run that no such file is known of, all counts
    assert len(editions.earlier(own, [own])) == 1


def test_a_published_summary_of_results_is_about_nobody(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"as_of": "2026-06-25", "collected": {}, "numbers": {}}))
    assert editions.published([path]) == []
