"""How sure one can be: three lines, from every state of the gate, for anybody."""

import itertools

import pytest
import textstat
from bs4 import BeautifulSoup
from support.small_report import plain
from support.small_words import NOT_HEADLINED, data, measure, number

from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS
from helpers.publication.wording.robustness.sure import in_brief, sure

VERDICTS = ("passed", "warning", "told", "not done")


def text(name, value):
    """A text of the gate, or one that is withheld (c)."""
    if value in ("c", "z"):
        return Number(name, None, "text", value)
    return Number(name, value, "text")


def of(
    quality="well",
    share=97,
    precision="told",
    least=7,
    alarms="not done",
    tried=False,
    before="passed",
    **changes,
):
    """What the lines are made of."""
    precise = {"value": number("v", least, "size"), "verdict": text("p", precision)}
    if precision in ("passed", "warning"):
        precise["threshold"] = number("t", 5, "setting")
    given = {
        "match_quality": text("q", quality),
        "share_matched": number("s", share, "per_cent"),
        "measure": measure(),
        "tried": tried,
        "precision": precise,
        "false_alarms": {
            "value": number("a", 2.5 if alarms in VERDICTS[:2] else "z", "smd"),
            "verdict": text("f", "warning" if alarms == "mean" else alarms),
        },
        "negative_control": {"verdict": text("n", before)},
    }
    return data(measure(), sure=given | changes)


def lines(given):
    """The three lines as read."""
    shown = BeautifulSoup(sure(given), "html.parser")
    return [plain(str(line)) for line in shown.select("li")]


def test_three_lines_in_plain_words():
    assert lines(of()) == [
        "Are the groups alike? Yes, they are well matched. What was not recorded may "
        "differ.",
        "How small a change can we find? Usually about 7 in every 100 people, "
        "going by the comparison group alone. A smaller one could be missed.",
        "Did they differ before? No clear difference in an earlier year.",
    ]


@pytest.mark.parametrize(
    ("state", "line", "says", "warns"),
    [
        ({"quality": "reasonably"}, 0, "Mostly. In some of what was compared", False),
        ({"quality": "c"}, 0, "This is hidden to protect people.", False),
        ({"precision": "passed"}, 1, "could be missed.", False),
        (
            {"precision": "warning"},
            1,
            "people, going by the comparison group alone. Warning: 5 in every 100",
            True,
        ),
        ({"precision": "c", "least": "c"}, 1, "This is hidden to protect", False),
        ({"precision": "c"}, 1, "This is hidden to protect people.", False),
        ({"least": "z"}, 1, "Nothing for sure: too few people could be", False),
        ({"precision": "warning", "least": "z"}, 1, "Warning: nothing for sure", True),
        ({"least": "c"}, 1, "This is hidden to protect people.", False),
        ({"alarms": "passed"}, 1, "one could be missed.", False),
        ({"alarms": "warning"}, 1, "missed. Warning: made-up programmes that", True),
        ({"alarms": "mean"}, 1, "missed. Warning: made-up programmes that", True),
        ({"alarms": "c"}, 1, "A smaller one could be missed.", False),
        ({"before": "warning"}, 2, "Warning: yes, in an earlier year. The", True),
        ({"before": "not done"}, 2, "This could not be checked.", False),
        ({"before": "c"}, 2, "This is hidden to protect people.", False),
    ],
)
def test_every_state_of_the_gate_has_its_words(state, line, says, warns):
    shown = lines(of(**state))
    assert len(shown) == 3
    assert says in shown[line]
    assert [("Warning" in one) for one in shown] == [
        warns and here == line for here in range(3)
    ]


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("frequency", "Usually about 7 proven reoffences for every 100 people, going"),
        ("days", "Usually about 7 days, going"),
        ("amount", "Usually about £7, going"),
    ],
)
def test_a_change_is_told_in_what_the_measure_counts(kind, says):
    assert says in lines(of(measure=measure(kind)))[1]


def test_they_stand_under_the_first_box_and_before_the_other_measures():
    given = of()
    given["measures"] = [measure(), measure("frequency")]
    shown = BeautifulSoup(WORDS["main_points"](given), "html.parser")
    order = [e.get("class", [""])[0] for e in shown.find_all(recursive=False)]
    assert order == ["jdl-finding", "jdl-sure", "jdl-points"]


@pytest.mark.parametrize("why", NOT_HEADLINED)
def test_nothing_is_said_of_a_result_that_is_no_main_point(why):
    given = of() | why
    assert "How sure can we be?" not in WORDS["main_points"](given)


def test_nothing_is_said_where_no_gate_is_told():
    assert sure(data(measure())) == ""


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({}, ""),
        ({"precision": "told", "alarms": "passed"}, ""),
        ({"precision": "warning"},
         "Warning: a change of 5 in every 100 people would already matter to those who "
         "asked, and could be missed."),
        ({"before": "warning", "alarms": "warning"},
         "Warning: made-up programmes do not look like chance alone; the groups "
         "already differed in an earlier year."),
        ({"precision": "c", "alarms": "c", "before": "c"}, ""),
    ],
)  # fmt: skip
def test_the_top_of_the_page_has_the_warnings_alone(state, says):
    assert plain(in_brief(of(**state))) == says


@pytest.mark.parametrize(
    ("quality", "precision", "alarms", "before"),
    [*itertools.product(
        ("well", "reasonably", "c"),
        ("passed", "warning", "told", "c"),
        ("passed", "warning", "not done"),
        ("passed", "warning", "not done", "c"),
    )],
)  # fmt: skip
def test_anybody_of_twelve_can_read_them_and_no_jargon(
    quality, precision, alarms, before
):
    given = of(
        quality=quality, precision=precision, alarms=alarms, before=before, tried=True
    )
    shown = BeautifulSoup(sure(given), "html.parser")
    for label in shown.select("li strong:first-child"):
        label.append(".")
    read = shown.get_text(" ")
    assert textstat.flesch_kincaid_grade(read) + 5 <= 12
    for word in ("SMD", "standardised", "significan", "p-value", "propensity"):
        assert word not in read
