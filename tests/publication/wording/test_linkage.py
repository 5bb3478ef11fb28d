"""Whom linkage found less often than others, in words."""

from support.small_report import plain
from support.small_words import number

from helpers.publication.numbers import Place
from helpers.publication.wording import WORDS


def kind(whom, lines, linked, review):
    def share(value):
        return value if value == "c" or lines == "c" else 100 * value / lines

    return {
        "whom": whom,
        "lines": number("lines", lines, "count"),
        "linked": number("linked", linked, "count"),
        "linked_share": number("linked_share", share(linked), "per_cent"),
        "review": number("review", review, "count"),
        "review_share": number("review_share", share(review), "per_cent"),
    }


def said(*kinds):
    table = Place("linkage-by-group", "Table 9")
    data = {"table": table, "everyone": kind("", 400, 360, 20), "kinds": list(kinds)}
    return plain(WORDS["linkage"](data))


def test_differences_that_matter_are_named():
    """80 of 100 against 280 of 300: 13 points, standard error 3.5; 15% against 2%."""
    found = said(
        kind("kind of name African", 100, 80, 15), kind("sex Male", 300, 280, 5)
    )
    assert "Table 9 shows how evenly the linkage found people. Of all lines" in found
    assert "90% were linked and 5% wait for a person’s decision" in found
    assert (
        "differ from all others, by at least 5 points and by more than chance" in found
    )
    than = "than all other lines"
    assert f"Less often linked {than}: kind of name African, 80%." in found
    assert f"More often under review {than}: kind of name African, 15%." in found
    assert f"More often linked {than}: sex Male, 93%." in found


def test_each_of_many_kinds_is_asked_for_more_and_few_lines_say_little():
    """1 of 2 against 359 of 398 is p 0.19 by Fisher's test; 43 of 55 against 317 of 345
    p 0.006: enough for one kind of two, and not for one of ten."""
    assert "East" not in said(kind("kind of name East Asian", 2, 1, 0))
    seldom = kind("kind of name African", 55, 43, 2)
    others = [kind(f"sex {n}", 40, 36, 2) for n in range(9)]
    assert "African" in said(seldom, others[0])
    assert "African" not in said(seldom, *others)


def test_differences_that_may_be_chance_or_are_small_are_not():
    """8 of 10 against 352 of 390: 10 points, standard error 9.6. 4 points are few."""
    found = said(kind("sex Female", 10, 8, 1), kind("sex Male", 200, 176, 10))
    assert found.endswith(
        "No kind of line whose numbers are shown differs from all others by 5 points "
        "or more and by more than chance would explain."
    )


def test_what_is_hidden_is_not_told_of():
    assert "African" not in said(kind("kind of name African", 100, "c", "c"))
    assert "African" not in said(kind("kind of name African", "c", 20, 20))
