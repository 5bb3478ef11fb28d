"""The measures figure: what it says, what it draws, what it keeps to itself."""

import dataclasses
import re
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.publication import units
from helpers.publication.facts.measure import Measure
from helpers.publication.figures import FIGURES, common, svg
from helpers.publication.numbers import Number
from helpers.request.measures.standard import STANDARD

FIGURE = FIGURES["measures"]
GROUP_LIMITS = (
    "ci_treatment_low",
    "ci_treatment_high",
    "ci_comparison_low",
    "ci_comparison_high",
)
RATE = {
    "outcome": "reoffending_rate",
    "kind": "rate",
    "label": "reoffended",
    "definition": "within a year",
    "title": "One-year proven reoffending rate",
}
OFTEN = {
    "outcome": "reoffending_frequency",
    "kind": "frequency",
    "label": "proven reoffences",
    "definition": "within a year",
    "title": "Frequency of proven reoffending within a year",
}
TIME = {
    "outcome": "time_to_first_reoffence",
    "kind": "days",
    "label": "time to the first proven reoffence",
    "definition": "",
    "title": "Time to the first proven reoffence",
}
RETURNED = {
    "outcome": "reoffending_rate",
    "kind": "rate",
    "label": "returned to prison",
    "definition": "within 12 months of release",
    "title": "People who returned to prison within 12 months of release",
}
TO_PRISON = TIME | {
    "label": "time to return to prison",
    "title": "Time to return to prison",
}

EARNINGS = {
    "outcome": "earnings",
    "kind": "amount",
    "label": "earnings",
    "definition": "",
    "title": "Average earnings",
    "unit": "£",
}
BALANCE = EARNINGS | {"label": "savings less debt", "title": "Savings less debt"}
WEEKS = EARNINGS | {"label": "weeks in work", "title": "Weeks", "unit": "weeks"}

#: of each kind: both values, the difference with its interval, each group's own
NUMBERS = {
    "rate": (38.2, 46.4, -8.2, -13.7, -2.7, 33.6, 43.0, 44.5, 48.3),
    "frequency": (104.1, 121.6, -17.5, -41.2, 6.2, 82.3, 125.9, 111.0, 132.2),
    "days": (131.4, 124.9, 6.5, -14.3, 27.3, 111.4, 151.4, 119.0, 130.8),
    "amount": (4310.0, 3950.0, 360, 120, 600, 4100, 4520, 3870, 4030),
}
NAMES = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")


def measure(words, p=0.3, numbers=None, state="shown", reason=""):
    """A measure as the figure gets it; `p` of None is a measure without a test."""
    plain, less = {
        "days": ("days", "shorter"),
        "amount": units.formats(words.get("unit", "")),
    }.get(words["kind"], ("per_100", "fewer"))
    formats = (plain, plain, less, less, less, *[plain] * 4)
    row = STANDARD.get(words["outcome"])
    own = row is None or words["label"] != row.label
    found = dict(words, reason=reason, few="", of_some=words["kind"] == "days")
    found |= {"own_label": own, "topic": "" if own else row.topic}
    values = numbers or NUMBERS[words["kind"]]
    names = (*NAMES, *GROUP_LIMITS)
    for name, value, form in zip(names, values, formats, strict=True):
        ref = f"{words['outcome']}.{name}"
        given = value if state == "shown" else None
        now = "z" if given is None and state == "shown" else state
        found[name] = Number(ref, given, form, now)
    known = state == "shown" and p is not None
    now = "shown" if known else "z" if state == "shown" else state
    found["p_value"] = Number("p", p if known else None, "p", now)
    return Measure(**found)


def data(*measures, analysis="", noun="people"):
    return FIGURE.Data(noun, analysis, list(measures))


OWING = (-1200.0, -850.0, -350, -640, -60, -1450, -950, -1000, -700)
CLEAR_RATE = measure(RATE, p=0.003)
THREE = data(CLEAR_RATE, measure(OFTEN), measure(TIME))
UP = (46.4, 38.2, 8.2, 2.7, 13.7, 44.5, 48.3, 33.6, 43.0)
LONGER = (151.0, 124.9, 26.1, 8.0, 44.2, 131.4, 170.6, 119.0, 130.8)

AWKWARD = {
    "amounts": data(
        measure(EARNINGS, p=0.003),
        measure(WEEKS, numbers=(21.3, 22.1, -0.7, -2.1, 0.6, 20, 22.6, 21.5, 22.7)),
    ),
    "below nought": data(measure(BALANCE, p=0.02, numbers=OWING)),
    "about nought": data(
        measure(BALANCE, numbers=(-90.0, 250.0, -340, -800, 120, -500, 320, 10, 490))
    ),
    "three": THREE,
    "own words": data(
        measure(RETURNED, p=0.001, numbers=UP),
        measure(TO_PRISON, p=0.01, numbers=LONGER),
        analysis="Men released from prisons in the North West and Merseyside",
        noun="men",
    ),
    "long words": data(
        measure(
            RETURNED
            | {
                "label": "was-recalled-or-returned-to-a-prison-or-an-approved-place "
                * 3,
                "title": "People who went back to a prison or an approved place " * 3,
            }
        ),
        measure(OFTEN | {"label": "offences of theft, fraud and handling " * 4}),
    ),
    "hidden": data(measure(RATE, state="c"), measure(OFTEN, state="c")),
    "some hidden": data(
        CLEAR_RATE,
        measure(
            TIME,
            state="z",
            reason="This result is not shown, because "
            "fewer than 30 people in the programme are behind it.",
        ),
    ),  # fmt: skip
    "untested": data(measure(RATE, p=None, numbers=(3, 0, 3, -0.2, 9, 1, 8, 0, 1.2))),
    "no variance": data(
        measure(TIME, p=None, numbers=(50, 90, -40, None, None, None, None, 80, 100))
    ),
    "nothing happened": data(measure(RATE, p=None, numbers=(0.0,) * 9)),
    "large": data(
        measure(
            OFTEN,
            numbers=(
                1380.4,
                16803.2,
                -15422.8,
                -30100,
                -700.2,
                1200,
                1561.1,
                2100.9,
                31505.5,
            ),
            p=0.04,
        )
    ),  # fmt: skip
}

each = pytest.mark.parametrize("given", AWKWARD.values(), ids=AWKWARD)
both = pytest.mark.parametrize("narrow", [False, True])


def boxes(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    [axes] = figure.axes
    return [(t.get_text(), t.get_window_extent(renderer)) for t in axes.texts], figure


def drawn(given, narrow=False):
    return [text.get_text() for text in FIGURE.draw(given, narrow).axes[0].texts]


def marks(given):
    gids = [line.get_gid() or "" for line in FIGURE.draw(given, False).axes[0].lines]
    return [gid.split("-")[1] for gid in gids if gid.startswith("mark-")]


def bars(given):
    """Widths of the bars by colour."""
    found = FIGURE.draw(given, False).axes[0].patches
    return {
        matched.get_facecolor(): matched.get_width()
        for matched in found
        if matched.get_height() == 22
    }


@each
@both
def test_no_words_overlap_or_leave_the_drawing(given, narrow):
    found, figure = boxes(FIGURE.draw(given, narrow))
    whole = figure.bbox
    for words, box in found:
        assert box.x0 >= 0 and box.y0 >= 0, words
        assert box.x1 <= whole.x1 and box.y1 <= whole.y1, words
    for (one, a), (other, b) in combinations(found, 2):
        beside = min(a.x1, b.x1) - max(a.x0, b.x0) > 1
        assert not (beside and min(a.y1, b.y1) - max(a.y0, b.y0) > 3), (one, other)


@each
@both
def test_every_number_drawn_or_said_is_in_the_table(given, narrow):
    columns, rows = FIGURE.table(given)
    assert all(len(row) in (1, len(columns)) for row in rows)
    cells = [getattr(cell, "text", cell) for row in rows for cell in row]
    numbers = r"\d+(?:,\d{3})*(?:\.\d+)?"
    have = {n for cell in cells for n in re.findall(numbers, cell)}
    said = [FIGURE.headline(given), FIGURE.alternative(given), *drawn(given, narrow)]
    for words in said:
        assert set(re.findall(numbers, words)) <= have, words


@each
def test_the_alternative_is_short_and_names_the_first_measure(given):
    assert len(FIGURE.alternative(given)) <= 300


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-14.3, 27.3, "14 days shorter to 27 longer"),
        (8.0, 44.2, "8 to 44 days longer"),
        (-1.2, 5.0, "1 day shorter to 5 longer"),
        (-30.0, -21.0, "21 to 30 days shorter"),
        (-21.0, -0.1, "0.1 to 21 days shorter"),
        (0.6, 1.2, "about 1 day longer"),
    ],
)
def test_days_are_said_to_be_shorter_or_longer(low, high, words):
    numbers = (131.0, 125.0, (low + high) / 2, low, high, 111, 151, 119, 131)
    assert words in " ".join(drawn(data(measure(TIME, numbers=numbers))))


@pytest.mark.parametrize(
    ("given", "values", "interval"),
    [
        (measure(EARNINGS, p=0.003), ["£4,310", "£3,950"], "£120 to £600 higher"),
        (
            measure(BALANCE, p=0.02, numbers=OWING),
            ["\N{MINUS SIGN}£1,200", "\N{MINUS SIGN}£850"],
            "£60 to £640 lower",
        ),
        (
            measure(WEEKS, numbers=(21.3, 22.1, -0.7, -2.1, 0.6, 20, 22, 21, 23)),
            ["21.3", "22.1"],
            "2.1 weeks lower to 0.6 higher",
        ),
    ],
)
def test_an_amount_is_drawn_with_its_unit(given, values, interval):
    words = drawn(data(given))
    assert set(values) <= set(words)
    assert interval in words
    assert f"average in {given.unit}" in words


def test_what_is_below_nought_is_drawn_to_the_left_of_it():
    axes = FIGURE.draw(AWKWARD["about nought"], False).axes[0]
    owed, saved = (p for p in axes.patches if p.get_height() == 22)
    assert owed.get_x() + owed.get_width() == pytest.approx(saved.get_x())
    assert owed.get_width() / saved.get_width() == pytest.approx(90 / 250)


def test_many_measures_are_left_to_the_table():
    many = data(*[measure(OFTEN | {"outcome": f"o{i}"}) for i in range(11)])
    words = FIGURE.alternative(many)
    assert len(words) <= 300
    assert words.endswith("The table has the others.")
    assert words.count("Frequency of proven reoffending") >= 2


def test_the_alternative_tells_the_numbers_of_each_measure():
    assert FIGURE.alternative(THREE) == (
        "Bars: the programme against the comparison group. "
        "One-year proven reoffending rate: 38 against 46, 3 to 14 fewer. "
        "Frequency of proven reoffending within a year: 104 against 122, 41 fewer to "
        "6 more. "
        "Time to the first proven reoffence: 131 against 125, 14 days shorter to 27 "
        "longer."
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (THREE, "Fewer people reoffended; how often and how soon are not clear"),
        (
            data(measure(RATE, p=0.01, numbers=UP), measure(TIME)),
            "More people reoffended; how soon is not clear",
        ),
        (
            data(CLEAR_RATE, measure(TIME, 0.01, LONGER)),
            "Fewer people reoffended and the time to the first proven reoffence was "
            "longer",
        ),
        (
            data(measure(RETURNED, p=0.003), measure(TO_PRISON), noun="men"),
            "Fewer men returned to prison; the time to return to prison is not clear",
        ),
        (
            data(measure(RATE), measure(OFTEN, 0.02, UP)),
            "There were more proven reoffences; how many people reoffended is not "
            "clear",
        ),
        (
            data(measure(RATE), measure(OFTEN), measure(TIME)),
            "All three measures are inconclusive",
        ),
        (data(measure(RATE), measure(TIME)), "Both measures are inconclusive"),
        (data(measure(RATE, p=None)), "The result is inconclusive"),
        (
            data(CLEAR_RATE, measure(TIME, state="z")),
            "Fewer people reoffended",
        ),
        (
            data(measure(RATE, state="c"), measure(TIME, state="c")),
            "The measures in the programme and in the comparison group",
        ),
        (data(CLEAR_RATE, analysis="Men"), "Men: fewer people reoffended"),
        (
            data(measure(EARNINGS, p=0.003), measure(WEEKS, p=0.4)),
            "The average earnings came out higher; the difference in the average "
            "number of weeks in work is not clear",
        ),
    ],
)
def test_the_headline_follows_the_verdicts(given, expected):
    assert FIGURE.headline(given) == expected


def test_the_table_has_a_heading_a_measure_and_no_minus_sign():
    columns, rows = FIGURE.table(THREE)
    assert columns == ["Measure and group", "Value", "95% interval from", "to"]
    texts = [[getattr(cell, "text", cell) for cell in row] for row in rows]
    assert texts[:4] == [
        ["One-year proven reoffending rate, people in every 100"],
        ["In the programme", "38", "34", "43"],
        ["Comparison group", "46", "45", "48"],
        ["Difference", "8 fewer", "14 fewer", "3 fewer"],
    ]
    assert texts[8] == [f"{TIME['title']}, days, people who reoffended"]
    own = FIGURE.table(data(measure(TO_PRISON)))[1]
    assert own[0] == ["Time to return to prison, days, those to whom it happened"]
    assert texts[-1] == ["Difference", "7 longer", "14 shorter", "27 longer"]


def test_bars_begin_at_zero_and_have_the_lengths_of_the_values():
    widths = bars(data(CLEAR_RATE))
    assert len(widths) == 2
    treated, compared = widths.values()
    assert treated / compared == pytest.approx(38.2 / 46.4)


def test_an_interval_lies_where_its_limits_are():
    figure = FIGURE.draw(data(CLEAR_RATE), False)
    first = next(p for p in figure.axes[0].patches if p.get_height() == 22)
    scale = first.get_width() / 38.2
    lines = [
        line.get_xdata()
        for line in figure.axes[0].lines
        if line.get_color() == common.INK and line.get_linewidth() == 2.5
    ]
    spans = [(x[0], x[1]) for x in lines if x[0] != x[1]]
    assert [tuple((x - first.get_x()) / scale for x in span) for span in spans] == [
        pytest.approx((33.6, 43.0)),
        pytest.approx((44.5, 48.3)),
    ]


@pytest.mark.parametrize(
    ("given", "mark", "words"),
    [
        (CLEAR_RATE, ["decrease"], "statistically significant"),
        (measure(RATE, 0.01, UP), ["increase"], "statistically significant"),
        (
            measure(RATE),
            ["inconclusive"],
            "inconclusive: more people would need to be analysed",
        ),
        (measure(RATE, None), ["inconclusive"], "too few to test"),
        # neither way of a time is the better one: no mark that has a side
        (measure(TIME, 0.01, LONGER), [], "statistically significant"),
    ],
)
def test_the_mark_and_the_words_follow_the_verdict(given, mark, words):
    assert marks(data(given)) == mark
    assert words in " ".join(drawn(data(given)))


def test_what_is_hidden_leaves_no_bar_no_mark_and_no_number():
    for state, words in (
        ("c", "[c] not shown, to protect people"),
        ("z", "[z] not shown"),
    ):
        given = data(measure(RATE, state=state))
        assert bars(given) == {}
        assert marks(given) == []
        assert drawn(given) == [
            "One-year proven reoffending rate",
            "people in every 100",
            words,
        ]
        drawing = svg(FIGURE.draw(given, True), "key", FIGURE.alternative(given))
        assert f"[{state}]" in drawing


def test_the_reason_for_not_showing_a_measure_stands_in_the_table():
    _, rows = FIGURE.table(AWKWARD["some hidden"])
    assert "fewer than 30 people in the programme" in rows[4][0]


@each
def test_the_drawing_has_the_same_bytes_each_time(given):
    made = [svg(FIGURE.draw(given, False), "k", "words") for _ in range(2)]
    assert made[0] == made[1]
    assert "nan" not in made[0].lower()


def test_measures_of_one_label_share_it_in_the_headline():
    def returned(when, p):
        words = {"label": "returned", "definition": when, "called": f"returned {when}"}
        return measure(RETURNED | words, p=p)

    soon, later = returned("within 6 months", 0.003), returned("within 12 months", 0.01)
    assert FIGURE.headline(data(soon, later)) == (
        "Fewer people returned within 6 months and within 12 months"
    )
    assert FIGURE.headline(data(soon, returned("within 12 months", 0.4))) == (
        "Fewer people returned within 6 months; how many people returned within 12 "
        "months is not clear"
    )


@pytest.mark.parametrize(
    ("event", "whom"),
    [("returned", "people who returned"), ("", "those to whom it happened")],
)
def test_a_headline_says_of_whom_a_measure_of_some_people_is(event, whom):
    some = {"of_some": True, "event": event}
    rate = dataclasses.replace(measure(RETURNED, p=0.003), **some)
    assert FIGURE.headline(data(rate)) == f"Fewer of {whom} returned to prison"
    often = dataclasses.replace(measure(OFTEN | {"label": "fines"}), **some)
    assert f"the number of fines among {whom} is not clear" in (
        FIGURE.headline(data(rate, often))
    )
