"""How results split by finding, in words."""

import pytest

from helpers.publication.wording.results.measures import split


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((17, 12, 1, 3), "of 33 results, 17 are decreases, 12 inconclusive and 1 an "
                         "increase"),
        ((1, 0, 0, 0), "of 1 result, 1 is a decrease"),
        ((0, 1, 2, 0), "of 3 results, 1 is inconclusive and 2 increases"),
        ((0, 0, 2, 0), "of 2 results, 2 are increases"),
        ((0, 0, 0, 2), "of 2 results, none was printed with its significance"),
    ],
)  # fmt: skip
def test_a_split_says_what_there_is(counts, said):
    names = ("decrease", "inconclusive", "increase", "not_found")
    named = dict(zip(names, counts, strict=True))
    assert split(named, sum(counts)) == said
