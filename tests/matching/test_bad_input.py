"""Input that cannot be analysed as it is: one clear line, or a run that goes on."""

import json

import numpy as np
import pandas as pd
import pytest
from support import in_process, ready_cohort

from helpers.errors import DataError, KitError
from helpers.matching import matching, propensity
from helpers.runs.notes import notes

TREATED, POOL = 80, 300


def cohort(treated=TREATED, pool=POOL):
    draw = np.random.default_rng(1)
    n = treated + pool
    return pd.DataFrame(
        {
            "person_id": np.arange(n) + 1,
            "treatment": [1] * treated + [0] * pool,
            "age": draw.integers(18, 60, n),
            "earned": draw.normal(300, 90, n).round(4),
            "area": draw.choice(list("abc"), n),
            "reoffended": draw.integers(0, 2, n),
        }
    )


def dosed(people):
    """A number that is 5 or more for the treated, and 2 at most for all others."""
    return people.assign(dose=5 * people["treatment"] + np.arange(len(people)) % 3)


def an_analysis(*numeric, categorical=("area",), name="Everyone", **keys):
    covariates = {"numeric": list(numeric), "categorical": list(categorical)}
    return {"name": name, "covariates": covariates, **keys}


def carried_out(people, folder, *analyses, **keys):
    """Carry out a request on these people; gives its result and its checks."""
    people.to_csv(folder / "cohort.csv", index=False)
    request = ready_cohort.raw(
        folder / "cohort.csv",
        analyses=list(analyses) or [an_analysis("age")],
        outcomes=["reoffending_rate"],
        **keys,
    )
    path = in_process.write(request, folder)
    run = in_process.run(path, folder / "outputs", whole=False)
    result = json.loads((run / "release/result.json").read_text("utf-8"))
    return result["analyses"], pd.read_csv(run / "audit/checks.csv")


WHERE = 'analyses: "Everyone": '
APART = (
    "covariates: the groups are told apart for certain by dose (below 4 for all 300 in "
    "the pool, above it for all 80 in the treatment group); leave it out"
)
ENDS = {
    "a number that predicts treatment perfectly": (
        dosed(cohort()),
        [an_analysis("age", "dose")],
        WHERE + APART,
    ),
    "a category that predicts treatment perfectly": (
        cohort().assign(
            course=lambda people: people["treatment"].map({1: "y", 0: "n"})
        ),
        [an_analysis("age", categorical=["course"])],
        WHERE
        + "covariates: nobody is left with a peer in the other group, of 80 people",
    ),
    "one person in the pool": (
        cohort(TREATED, 1),
        [an_analysis("age")],
        WHERE + "people: both groups need people, 2 or more; found 80 in the treatment "
        "group and 1 in the pool",
    ),
    "nothing but a constant": (
        cohort().assign(same=7, blank=np.nan),
        [an_analysis("same", "blank", categorical=[])],
        WHERE + "covariates: none differs between people; name another",
    ),
    "a person in two rows": (
        cohort().assign(person_id=lambda people: people["person_id"].replace(9, 8)),
        [an_analysis("age")],
        "cohort.csv: person_id must be different in every row; found otherwise in data "
        "row 9; keep one row a person",
    ),
    "treatment coded 2 and 1": (
        cohort().assign(treatment=lambda people: people["treatment"] + 1),
        [an_analysis("age")],
        "cohort.csv: treatment must be 0 or 1; found otherwise in 80 rows, the first "
        "of them data row 1; write 1 for the treatment group and 0 for the pool",
    ),
    "a filter that leaves nobody of the treatment group": (
        cohort().assign(done="no"),
        [an_analysis("age", treatment_filter={"done": ["yes"]})],
        WHERE
        + "treatment_filter: done: nobody has yes; write the values as they stand "
        "in the cohort",
    ),
    "exact keys that nobody shares": (
        cohort().assign(wing=lambda people: people["treatment"].map({1: "t", 0: "p"})),
        [an_analysis("age", exact=["wing"])],
        WHERE + "exact: wing: the groups share no value",
    ),
}


@pytest.mark.parametrize("fault", ENDS)
def test_what_cannot_be_analysed_ends_with_one_clear_line(tmp_path, fault):
    people, analyses, told = ENDS[fault]
    with pytest.raises(KitError) as error:
        carried_out(people, tmp_path, *analyses)
    assert len(error.value.problems) == 1
    assert told in str(error.value)


def test_one_treated_person_is_too_few_for_a_model(tmp_path):
    with pytest.raises(DataError) as error:
        carried_out(
            cohort(1),
            tmp_path,
            eligibility={"minimum_people": 1},
            disclosure={"profile": "none", "reason": "made-up people"},
            data_sharing={"open_data": {"source": "a test", "licence": "none"}},
        )
    assert (
        WHERE + "people: both groups need people, 2 or more; found 1 in the treatment "
        "group and 300 in the pool"
    ) in str(error.value)


def test_treated_people_of_whom_none_has_a_peer(tmp_path):
    with pytest.raises(DataError) as error:
        carried_out(
            cohort(20, 50),
            tmp_path,
            an_analysis("earned", categorical=[]),
            matching={"caliper": 1e-9},
            eligibility={"minimum_people": 20},
        )
    assert (
        WHERE + "matching: nobody is left with a peer: none of 20 people in the "
        "treatment group has one of 50 in the pool within 1e-09; widen "
    ) in str(error.value)


def test_every_analysis_that_cannot_be_fitted_is_named(tmp_path):
    analyses = [
        an_analysis("age", "dose", name=name, headline=name == "First")
        for name in ("First", "Second")
    ]
    with pytest.raises(DataError) as error:
        carried_out(dosed(cohort()), tmp_path, an_analysis("age"), *analyses)
    told = [f'analyses: "{name}": {APART}' for name in ("First", "Second")]
    for line, found in zip(told, error.value.problems, strict=True):
        assert line in found


#: an analysis that is no headline, and what is wrong with it
CANNOT = {
    "nobody is left after a filter": (
        an_analysis("age", name="Aged 99", filter={"age": {"from": 99}}),
        "nobody is left in the treatment group after filter",
    ),
    "told apart for certain": (
        an_analysis("age", "dose", name="Dosed 2", oasys="ladder"),
        "the groups are told apart for certain by dose",
    ),
    "nobody has a peer": (
        an_analysis("earned", name="Near", categorical=[], matching={"caliper": 1e-12}),
        "nobody is left with a peer",
    ),
}


def assessed():
    return dosed(cohort()).assign(needs_drugs=lambda people: people["dose"] % 2)


@pytest.fixture(scope="module")
def without_three(tmp_path_factory):
    """Carry out one headline beside the three analyses that cannot be carried out."""
    folder = tmp_path_factory.mktemp("left_out")
    assessed().to_csv(folder / "cohort.csv", index=False)
    others = [analysis for analysis, _ in CANNOT.values()]
    request = ready_cohort.raw(
        folder / "cohort.csv",
        analyses=[an_analysis("age", headline=True), *others],
        outcomes=["reoffending_rate"],
    )
    return in_process.run(in_process.write(request, folder), folder / "outputs")


def test_a_run_goes_on_without_what_is_no_headline(without_three):
    result = json.loads((without_three / "release/result.json").read_text("utf-8"))
    assert [analysis["name"] for analysis in result["analyses"]] == ["Everyone"]
    data = without_three / "restricted/data"
    assert set(pd.read_parquet(data / "matched.parquet")["analysis"]) == {"Everyone"}
    cells = pd.concat(map(pd.read_parquet, data.glob("cells_*.parquet")))
    assert pd.read_parquet(data / "rungs.parquet").empty
    slugs = ("aged-99", "dosed-2", "near")
    assert not cells["ref"].str.startswith(slugs).any()


def test_why_an_analysis_was_left_out_stays_with_people_s_records(without_three):
    path = without_three / "restricted/data/left_out_analyses.parquet"
    why = pd.read_parquet(path).set_index("analysis")["why"]
    for analysis, told in CANNOT.values():
        assert told in why[analysis["name"]]
    assert len(why) == len(CANNOT)


def test_what_is_left_out_is_told_without_numbers_of_people(without_three):
    checks = pd.read_csv(without_three / "audit/checks.csv").set_index("check")
    page = (without_three / "report.html").read_text("utf-8")
    told = "\n".join(notes(without_three))
    for analysis, _ in CANNOT.values():
        name = analysis["name"]
        row = checks.loc[f"{name}: the analysis could be carried out"]
        assert row["result"] == "warn"
        assert row["found"] == "left out, since its groups could not be compared"
        assert (
            f"The analysis “{name}” could not be carried out, since its groups could "
            "not be compared."
        ) in page
        assert f'Left out: analyses: "{name}": its groups could not be compared' in told


def test_a_run_ends_with_every_line_where_a_headline_cannot_be_carried_out(tmp_path):
    analyses = [analysis for analysis, _ in CANNOT.values()]
    headline = an_analysis("age", "dose", headline=True)
    with pytest.raises(DataError) as error:
        carried_out(assessed(), tmp_path, headline, *analyses)
    # the peers of the third are not looked for: the run ends before anybody is matched
    named = dict.fromkeys(line.split('"')[1] for line in error.value.problems)
    assert list(named) == ["Aged 99", "Everyone", "Dosed 2"]


def test_columns_that_tell_nothing_are_left_out_with_a_warning(tmp_path):
    people = cohort().assign(
        same=7, blank=np.nan, months=lambda people: 12 * people["age"], word="x", gap=""
    )
    analysis = an_analysis(
        "age", "same", "blank", "months", categorical=["area", "word", "gap"]
    )
    (analysis,), checks = carried_out(people, tmp_path, analysis)
    told = checks.set_index("check")["found"]
    assert (
        told["Everyone: no covariate was dropped as constant or collinear"]
        == "same, blank, months, word, gap"
    )
    assert analysis["match_quality"] == "well"


@pytest.mark.parametrize(
    ("treated", "pool"), [(80, 40), (300, 60)], ids=["a small pool", "more treated"]
)
def test_a_pool_smaller_than_the_treatment_group_goes_on(tmp_path, treated, pool):
    (analysis,), _ = carried_out(cohort(treated, pool), tmp_path)
    assert 0 < analysis["n_treatment"] <= treated
    assert analysis["n_comparison"] <= pool


def test_weights_on_one_person_are_warned_of(tmp_path):
    # one of the pool is as old as the treated, and stands for all of them
    people = cohort().assign(age=lambda people: 40 + 20 * people["treatment"])
    people["age"] += people.index % 3
    people.loc[TREATED, "age"] = 61
    people.loc[0, "age"] = 41
    (analysis,), checks = carried_out(
        people,
        tmp_path,
        an_analysis("age", categorical=[]),
        matching={"method": "nearest"},
    )
    row = checks.set_index("check").loc[
        "Everyone: nobody stands for much of the comparison group"
    ]
    assert "more for somebody, who alone may carry the result" in row["found"]
    assert "warn" in row.tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda people: people.assign(treatment=people["treatment"] + 1), "must be 1"),
        (lambda people: people.set_index(people.index // 2), "two rows have the same"),
        (lambda people: people[TREATED - 1 :], "need people, 2 or more; found 1 in"),
        (lambda people: people[:TREATED], "found 80 in the treatment group and 0 in"),
        (lambda people: people.assign(age=3, area="a"), "none differs between people"),
        (lambda people: people[people["age"] > 99], "found 0 in the treatment group"),
    ],
)
@pytest.mark.filterwarnings("ignore::helpers.matching.propensity.ColumnDropped")
def test_the_fit_itself_says_what_is_wrong(change, message):
    with pytest.raises(DataError, match=message):
        propensity.fit(change(cohort()), "treatment", ["age", "area"])


def test_one_treated_person_left_after_others_are_set_aside():
    people = cohort().assign(wing="a")
    people.loc[1 : TREATED - 1, "wing"] = "b"
    with pytest.raises(DataError, match=r"found 1 in .* set aside at wing=b .*: 79"):
        propensity.fit(people, "treatment", ["age", "wing"])


def test_weights_of_one_person_are_all_that_a_match_may_give():
    score = pd.Series([0.5, 0.5, 0.5, 0.1])
    match = matching.match(score, pd.Series([1, 1, 0, 0]), caliper=0.1)
    assert match.weights.tolist() == [1, 1, 2, 0]
    assert match.effective_comparison == 1
