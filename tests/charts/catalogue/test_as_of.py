"""Which results count by a day, whose they are, and what an analyst keeps of them."""

import csv
import shutil
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import many_results
from support.effort import examples

from helpers.charts.catalogue import read
from helpers.errors import RequestError
from helpers.files import ROOT

FOLDER = ROOT / "params/catalogue"
WITHOUT_MONTH = {"bluesky2013", "safeground_fm"}


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return many_results.write(tmp_path_factory.mktemp("many"))


def ids(as_of=None, own="", folder=FOLDER):
    return set(read.read(folder, as_of, own).results["id"])


def test_a_result_counts_from_the_end_of_its_month():
    assert "pet2014_all" not in ids(date(2014, 1, 30))
    assert "pet2014_all" in ids(date(2014, 1, 31))


def test_results_by_june_2014_counted_by_hand():
    # published 2014-01, and in 2014-01 or before; the months of two were not read
    assert ids(date(2014, 6, 30)) == {"pet2014_all", "poal2013"} | WITHOUT_MONTH
    counts = read.read(FOLDER, date(2014, 6, 30)).counts
    assert list(counts["as_at"])[-2:] == ["2013-12-31", "2014-05-31"]


def test_before_the_first_publication_only_those_without_a_month_count():
    early = read.read(FOLDER, date(2013, 1, 1))
    assert set(early.results["id"]) == WITHOUT_MONTH
    assert early.counts.empty
    assert early.as_of == date(2013, 1, 1)


def test_a_month_of_which_only_an_end_is_known_counts_from_that_end():
    assert "womenscentres2015" not in ids(date(2015, 6, 29))
    assert "womenscentres2015" in ids(date(2015, 6, 30))


def test_a_request_never_stands_among_its_own_results(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "catalogue")
    path = folder / "results.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["request"] = "prison-education-2014"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    own = ids(own="prison-education-2014", folder=folder)
    assert ids(folder=folder) - own == {"pet2014_all"}
    assert ids(own="another", folder=folder) == ids(folder=folder)
    # what is no request's own has no id of one
    assert len(ids(own="", folder=folder)) == 33


@settings(max_examples=examples(20), deadline=None)
@given(
    days=st.lists(st.dates(date(2012, 1, 1), date(2027, 1, 1)), min_size=2, max_size=3)
)
def test_later_days_only_add_results(days):
    shown = [ids(day) for day in sorted(days)]
    assert all(one <= other for one, other in zip(shown, shown[1:], strict=False))
    assert shown[-1] <= ids()


@settings(max_examples=examples(10), deadline=None)
@given(turn=st.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_file_does_not_matter(tmp_path_factory, turn):
    folder = shutil.copytree(FOLDER, tmp_path_factory.mktemp("turned") / "catalogue")
    path = folder / "results.csv"
    header, *rows = path.read_text().splitlines(keepends=True)
    turn.shuffle(rows)
    path.write_text(header + "".join(rows))
    turned = read.read(folder).results.set_index("id").sort_index()
    assert turned.equals(read.read(FOLDER).results.set_index("id").sort_index())


def test_an_analyst_keeps_a_type_and_months():
    published = read.read(FOLDER)
    kept = read.choose(
        published, "Education and learning", "voluntary", "2017-01", "2019-01"
    )
    assert set(kept.results["published"]) == {"2017-02", "2019-01"}
    assert set(kept.results["intervention_type"]) == {"Education/learning"}
    assert kept.chosen == (
        "intervention type Education/learning",
        "sector type Voluntary",
        "published from 2017-01",
        "published to 2019-01",
    )
    # of a result without a month nobody knows whether it was published since
    assert not set(read.choose(published, published_from="2000-01").results["id"]) & (
        WITHOUT_MONTH
    )
    assert read.choose(published).chosen == () == published.chosen
    assert len(read.choose(published).results) == 33
    assert kept.counts is published.counts


def test_what_cannot_be_chosen_is_told_at_once():
    with pytest.raises(RequestError) as error:
        read.choose(read.read(FOLDER), "Mentorng", "Martian", "Jan 2014", "2014-13")
    assert error.value.problems == [
        'choose: intervention_type "Mentorng" is not in types.csv; is it Mentoring?',
        'choose: sector_type "Martian" is not in types.csv; it has Voluntary, Public, '
        "Private, Other",
        'choose: published_from must be a month such as "2014-01"; found "Jan 2014"',
        'choose: published_to must be a month such as "2014-01"; found "2014-13"',
    ]


def test_the_made_up_catalogue_has_the_split_of_2015(many):
    results = read.read(many).results
    found = results["finding"].value_counts().to_dict()
    assert found == {"decrease": 37, "inconclusive": 90, "increase": 7}
    lower = results["finding_frequency"] == "decrease"
    assert (lower & (results["finding"] == "inconclusive")).sum() == 11
    types = read.read(many).types
    for kind, column in read.KINDS.items():
        assert set(results[column]) == {t.name for t in types if t.kind == kind}
    assert set(results["interval"]) == {"printed", "computed", "none"}
    assert 30 <= results["n"].min() and results["n"].max() <= 20000
    months = results["counts_from"].dt.date
    assert months.dropna().min() == date(2013, 10, 31)
    assert months.dropna().max() == date(2026, 4, 30)
    assert months.isna().any()


def test_the_made_up_catalogue_is_the_same_every_time(many, tmp_path):
    again = many_results.write(tmp_path / "again")
    more = many_results.write(tmp_path / "more", rows=200)
    name = "results.csv"
    assert (again / name).read_bytes() == (many / name).read_bytes()
    assert len(read.read(more).results) == 200
