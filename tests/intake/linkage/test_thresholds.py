"""How surely people were found; the expected rows are worked out in the comments."""

from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.intake.linkage import thresholds
from helpers.intake.linkage.passes import BY_ALIAS, PASSES
from helpers.intake.linkage.review import ACCEPTED


def linkage(links=(), review=()):
    return SimpleNamespace(
        links=pd.DataFrame(links, columns=["line", "person_id", "passed"]),
        review=pd.DataFrame(review, columns=["line", "person_id", "probability"]),
    )


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        # the more probable of two; the other would be a second person of one line
        ([(2, "A", 0.6), (2, "B", 0.9)], [(2, "B")]),
        # the threshold itself is enough, as it is for the review list
        ([(2, "A", 0.5), (3, "B", 0.499999)], [(2, "A")]),
        # two who are as likely: neither is the likeliest
        ([(2, "A", 0.9), (2, "B", 0.9), (2, "C", 0.6)], []),
        # two lines of one person, as of anyone who is linked
        ([(3, "A", 0.9), (2, "A", 0.8)], [(2, "A"), (3, "A")]),
        # L is linked by another line: counted already, and line 2 has nobody else
        ([(2, "L", 0.9), (2, "A", 0.8)], []),
        ([], []),
    ],
)
def test_the_likeliest_candidate_of_each_line_is_taken(review, expected):
    links = [(9, "L", PASSES[0].name)]
    taken = thresholds.likeliest(linkage(links, review), 0.5)
    assert list(taken.itertuples(index=False, name=None)) == expected


def test_a_person_is_found_by_an_id_if_any_line_was():
    pnc, prison, exact, *_ = (one.name for one in PASSES)
    links = [
        (2, "A", pnc),
        (3, "B", prison + BY_ALIAS),
        (4, "C", exact),
        (5, "D", exact),
        (6, "D", pnc),
        (7, "E", ACCEPTED),  # by a person, whatever the pass that doubted
    ]
    located = pd.DataFrame(links, columns=["line", "person_id", "passed"])
    likely = pd.DataFrame({"line": [8], "person_id": ["F"]})
    told = thresholds.told(located, likely, linkage(links))
    surely = told.set_index("line")["how_surely_found"].to_dict()
    assert surely == {2: "id", 3: "id", 4: "otherwise", 5: "id", 6: "id",
                      7: "otherwise", 8: "likely"}  # fmt: skip
    assert thresholds.accepted(told).tolist() == [True] * 6 + [False]


def test_everyone_counts_where_nobody_was_asked_how_surely():
    people = pd.DataFrame({"person_id": [1, 2]})
    assert thresholds.accepted(people).all()
