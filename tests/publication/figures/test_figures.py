"""Charts: the same bytes, words that fit, numbers that stand in the table."""

import re

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.charts.catalogue import read
from helpers.charts.report import cells as report_cells
from helpers.charts.report import rows as chart_rows
from helpers.charts.report import summary
from helpers.publication.facts.groups import Balance, Band, Bin
from helpers.publication.facts.resolve import resolve
from helpers.publication.figures import FIGURES, svg
from helpers.publication.figures.common import text_width
from helpers.publication.figures.marks import MARKS
from helpers.publication.wording.intervals import drawn_interval

LONG = (
    "Out-of-work benefits in the year before the index date",
    "Sentence length: twelve months or more but less than four years",
    "Index offence: theft and other acquisitive offences without violence",
    "Thinking-and-behaviour-need-as-assessed-in-custody-or-in-the-community",
    "Age",
)


def love(values, labels=LONG):
    return FIGURES["love_plot"].Data(
        [
            Balance(
                f"{labels[i % len(labels)]} {i}" if i >= len(labels) else l_,
                number(f"b{i}", before),
                number(f"a{i}", after),
            )
            for i, (before, after) in enumerate(values)
            for l_ in [labels[i % len(labels)]]
        ]
    )


BANDS = (("under 0.05", 5, 60), ("0.05 to 0.10", 45, 37), ("over 0.10", 50, 3))


def overlap(withheld=False, matched=93, bands=BANDS, everyone=False):
    def share(name, i, value):
        return number(f"{name}{i}", "c" if withheld else value, "per_cent")

    rows = [
        Band(label, share("t", i, ours), share("c", i, theirs))
        for i, (label, ours, theirs) in enumerate(bands)
    ]
    known = None if matched is None else share("matched", "", matched)
    return FIGURES["overlap"].Data(rows, known, "people", everyone=everyone)


def scores(withheld=False):
    def share(name, i, value):
        return number(f"{name}{i}", "c" if withheld else value, "per_cent")

    shares = {
        "treatment_before": (5, 15, 30, 50),
        "comparison_before": (60, 25, 10, 5),
        "treatment_after": (5, 15, 30, 50),
        "comparison_after": (6, 15, 30, 49),
    }
    bins = [
        {
            "label": f"{i / 4:.2f} to {(i + 1) / 4:.2f}",
            "low": i / 4,
            "high": i / 4 + 0.25,
        }
        for i in range(4)
    ]
    for name, values in shares.items():
        for i, value in enumerate(values):
            bins[i][name] = share(name, i, value)
    return FIGURES["scores"].Data([Bin(**one) for one in bins])


#: the figures whose data are made up here
NAMES = (
    "love_plot", "overlap", "scores", "tally", "verdict_bars", "forest", "summary_bar"
)  # fmt: skip

OWN = {
    "n": 412,
    "value_treatment": 38.2,
    "value_comparison": 44.3,
    "difference": -6.1,
    "ci_low": -11.2,
    "ci_high": -1.0,
    "p_value": 0.02,
}


@pytest.fixture(scope="module")
def published():
    return read.read("params/catalogue")


@pytest.fixture(scope="module")
def so_far(published):
    """Data of the charts of results so far, with a study of these numbers."""
    cells = report_cells.cells(published) + summary.cells(published)[0]
    known = {cell.ref: cell.value for cell in cells}
    words = {
        "label": "Mentoring by the Example Service for people who leave prison",
        "organisation": "The Example Service of the North West and Merseyside",
        "published": "January 2026",
        "intervention_type": "Mentoring",
        "sector_type": "Voluntary",
    }
    row = chart_rows.place({**words, **{n: f"own.{n}" for n in OWN}}, published)

    def data(name, own=OWN):
        recipe = {
            "tally": lambda: chart_rows.tally_rows(published, "intervention", [row]),
            "verdict_bars": lambda: chart_rows.tally_rows(published, "sector", [row]),
            "forest": lambda: in_all(published, [row]),
            "summary_bar": lambda: summary.bar(published),
        }[name]()
        numbers = {**known, **{f"own.{n}": v for n, v in own.items()}}
        return FIGURES[name].Data(**resolve(recipe, numbers))

    return data


def in_all(published, studies=()):
    """The forest of the sector type that has most results."""
    [sector] = [type_ for type_ in published.types if type_.name == "Voluntary"]
    [data] = chart_rows.forest_rows(published, "sector", sector, studies)
    return data


LOVE = [(46.0, 0.5), (-31.8, -7.1), (12.0, 12.5), ("c", "c"), ("z", 1.0), (3.0, "c")]


@pytest.fixture(scope="module")
def drawn(so_far):
    """Every figure with data that is awkward to draw."""
    return {
        "love_plot": love(LOVE),
        "overlap": overlap(),
        "scores": scores(),
        **{name: so_far(name) for name in NAMES[3:]},
    }


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_no_words_overlap_or_leave_the_drawing(drawn, name, narrow):
    figure = FIGURES[name].draw(drawn[name], narrow)
    found, whole = boxes(figure)
    assert len(found) > 4
    assert whole.width == (366 if narrow else 736)
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        [(3.0 * i, 0.2 * i) for i in range(60)],
        [(480.0, 220.0), (2.0, 1.0)],
        [(0.4, 0.1)],
        [("c", "c")] * 3,
        [(199.0, 199.0)],
        [],
    ],
)
def test_love_plot_fits_however_many_rows_and_however_large(values, narrow):
    found, whole = boxes(FIGURES["love_plot"].draw(love(values), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "own",
    [
        {**OWN, "ci_low": -62.4, "ci_high": 48.1, "p_value": 0.8},
        {**OWN, "p_value": None},
        {**OWN, "difference": None, "ci_low": None, "ci_high": None, "p_value": None},
        {},
    ],
)
@pytest.mark.parametrize("name", ["tally", "forest"])
def test_results_so_far_fit_whatever_the_study_found(so_far, name, own, narrow):
    found, whole = boxes(FIGURES[name].draw(so_far(name, own), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize("name", NAMES)
def test_svg_has_the_same_bytes_each_time_and_ids_of_its_own(drawn, name):
    module = FIGURES[name]
    made = [
        svg(
            module.draw(drawn[name], False), "key-wide", module.alternative(drawn[name])
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    ids = re.findall(r'\bid="([^"]+)"', made[0])
    assert len(set(ids)) == len(ids)
    # those that matplotlib makes are salted with the key: no other drawing has them
    salted = {one for one in ids if re.fullmatch(r"m[0-9a-f]{7}|p[0-9a-f]{10}", one)}
    assert all(one.startswith("key-wide-") for one in set(ids) - salted)
    other = svg(module.draw(drawn[name], False), "key-narrow", "Another")
    assert not salted & set(re.findall(r'\bid="([^"]+)"', other))
    used = re.findall(r'(?:href="#|url\(#)([^")]+)', made[0])
    assert set(used) <= set(ids)


@pytest.mark.parametrize("name", NAMES)
def test_svg_has_live_text_a_title_and_nothing_a_strict_page_forbids(drawn, name):
    module = FIGURES[name]
    alternative = module.alternative(drawn[name])
    drawing = svg(module.draw(drawn[name], True), "key", alternative)
    assert drawing.startswith('<svg role="img" viewBox=')
    assert "<title>" in drawing
    assert drawing.count("<text ") > 4
    for forbidden in ("style=", "<style", "font-family", "<metadata", "<?xml", "xlink"):
        assert forbidden not in drawing
    assert "nan" not in drawing.lower().replace("finan", "")


def test_words_of_a_request_are_escaped():
    data = love([(1.0, 1.0)], labels=('<b>Fish & "chips"</b> $x$',))
    module = FIGURES["love_plot"]
    drawing = svg(module.draw(data, False), "key", module.alternative(data))
    assert "<b>" not in drawing
    assert "$x$" in drawing


@pytest.mark.parametrize("label", ["年龄 (岁)", "Home 🏠", "地区" * 40, "नमस्ते"])
def test_words_in_a_script_that_the_font_lacks_are_drawn_without_a_warning(label):
    module, data = FIGURES["love_plot"], love([(1.0, 1.0)], labels=(label,))
    drawing = svg(module.draw(data, True), "key", module.alternative(data))
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    assert label.replace(" ", "") in "".join(words).replace(" ", "")


def test_a_sign_of_another_font_is_as_wide_as_its_type_and_its_accents_are_not():
    assert text_width("地区", 14) == 28
    assert text_width("a地", 14) == text_width("a", 14) + 14
    assert text_width("a\u0ac1", 14) == text_width("a", 14)  # a vowel sign of Gujarati


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("narrow", [False, True])
def test_every_number_in_a_chart_is_in_its_table(drawn, name, narrow):
    module, data = FIGURES[name], drawn[name]
    have = table_numbers(module, data)
    for axes in module.draw(data, narrow).axes:
        for text in axes.texts:
            if not re.match("tick_|axislabel", text.get_gid() or ""):
                words = re.sub(r"0 to 5|5 to 10|above 10", "", text.get_text())
                assert printed(words) <= have, words


@pytest.mark.parametrize("name", NAMES)
def test_headline_and_alternative_say_only_numbers_of_the_table(drawn, name):
    module, data = FIGURES[name], drawn[name]
    have = table_numbers(module, data) | {
        100.0,
        2015.0,
        float(len(getattr(data, "rows", []))),
    }
    assert printed(module.headline(data)) <= have
    assert printed(module.alternative(data)) <= have
    assert len(module.headline(data).split()) <= 16


def words_of(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_what_is_hidden_of_every_row_before_matching_is_said_once():
    draw = FIGURES["love_plot"].draw
    said = words_of(draw(love([("c", 3.0), ("c", 7.1), ("c", "c")]), False))
    assert "Before matching [c]" in said
    assert not any(words.startswith("before ") for words in said)
    assert {"7.1 after", "[c]"} <= set(said)
    some = words_of(draw(love([("c", 3.0), (9.0, 7.1)]), False))
    assert {"before [c]", "Before matching"} <= set(some)


@pytest.mark.parametrize("name", NAMES)
def test_an_alternative_is_short_enough_to_listen_to(drawn, name):
    assert len(FIGURES[name].alternative(drawn[name])) <= 300


def marks(figure):
    gids = [line.get_gid() or "" for axes in figure.axes for line in axes.lines]
    return [gid.split("-")[1] for gid in gids if gid.startswith("mark-")]


def test_tally_has_one_mark_an_analysis_and_one_for_the_study(so_far):
    data = so_far("tally")
    found = marks(FIGURES["tally"].draw(data, False))
    # the key, and this study's decrease
    assert found.count("decrease") == 17 + 1 + 1
    assert found.count("inconclusive") == 12 + 1
    assert found.count("not_found") == 3 + 1
    assert found.count("increase") == 1 + 1


def test_findings_differ_by_shape_and_by_colour():
    assert len({mark.shape for mark in MARKS.values()}) == 4
    assert len({mark.colour for mark in MARKS.values()}) == 4


@pytest.mark.parametrize(
    ("changes", "mark", "words"),
    [
        ({}, "decrease", "Decrease"),
        ({"ci_low": 1.0, "ci_high": 9.0, "difference": 5.0}, "increase", "Increase"),
        ({"ci_high": 2.0, "p_value": 0.2}, "inconclusive", "Inconclusive"),
        ({"p_value": None}, "inconclusive", "Inconclusive"),
        ({"ci_low": None, "ci_high": None}, None, "[z]"),
    ],
)
def test_finding_of_a_study_follows_its_released_numbers(so_far, changes, mark, words):
    data = so_far("forest", {**OWN, **changes})
    before = marks(FIGURES["forest"].draw(so_far("forest", {}), False))
    after = marks(FIGURES["forest"].draw(data, False))
    extra = [m for m in MARKS for _ in range(after.count(m) - before.count(m))]
    # no published result is an increase: the key has its mark with the study alone
    assert extra == ([mark] * (2 if mark == "increase" else 1) if mark else [])
    assert FIGURES["forest"].table(data)[1][0][-1] == words


def test_withheld_study_is_left_out_as_one_that_is_no_main_point(so_far):
    for name in ("tally", "forest"):
        module = FIGURES[name]
        data = so_far(name, {})
        drawing = svg(module.draw(data, False), "key", module.alternative(data))
        assert "[c]" not in drawing + module.alternative(data)
        assert marks(module.draw(data, False)) != marks(
            module.draw(so_far(name), False)
        )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(40.0, 1.0), (20.0, -5.0)], "are alike on every characteristic"),
        (
            [(40.0, 1.0), (9.0, 2.0), (20.0, -5.1)],
            "alike on all but one characteristic",
        ),
        (
            [(40.0, 6.0), (9.0, 6.0), (20.0, 1)],
            "After matching the groups are reasonably",
        ),
        ([(40.0, 10.1), (9.0, 6.0)], "still differ on one characteristic"),
        ([(40.0, 10.1)] * 14, "still differ on many characteristics"),
        ([(40.0, 1.0), (20.0, "c")], "How much the groups differ"),
        ([], "How much the groups differ"),
    ],
)
def test_love_plot_headline_follows_the_released_differences(values, expected):
    assert expected in FIGURES["love_plot"].headline(love(values))


def test_love_plot_orders_by_the_difference_before_with_withheld_rows_last():
    _, rows = FIGURES["love_plot"].table(love([(5.0, 1.0), ("c", "c"), (-9.0, 2.0)]))
    # no minus sign, which a screen reader drops
    assert [row[1].text for row in rows] == ["9.0 lower", "5.0 higher", "[c]"]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (-5.0, "Well matched"),
        (5.1, "Reasonably matched"),
        (10.0, "Reasonably matched"),
        (-10.1, "Poorly matched"),
        ("c", "[c]"),
        ("z", "[z]"),
    ],
)
def test_love_plot_names_the_band_of_each_difference(after, words):
    _, [row] = FIGURES["love_plot"].table(love([(20.0, after)]))
    assert row[-1] == words


def test_headlines_are_neutral_when_numbers_are_withheld(published, so_far):
    nothing = {
        name: FIGURES[name].Data(**resolve(recipe, {}))
        for name, recipe in (
            ("tally", chart_rows.tally_rows(published, "sector")),
            ("verdict_bars", chart_rows.tally_rows(published, "sector")),
            ("forest", in_all(published)),
            ("summary_bar", summary.bar(published)),
        )
    } | {
        "overlap": overlap(withheld=True),
        "scores": scores(withheld=True),
        "love_plot": love([("c", "c")]),
    }
    for name, data in nothing.items():
        module = FIGURES[name]
        for narrow in (False, True):
            found, whole = boxes(module.draw(data, narrow))
            assert outside(found, whole) == []
        assert not printed(module.headline(data).replace("2015", ""))
        assert not re.search(
            "all but|decreases|more alike|alike on|were matched", module.headline(data)
        )


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        ((37, 90, 7), "90 of the 134 analyses by May 2015 were inconclusive"),
        ((80, 20, 4), "80 of the 104 analyses by May 2015 found a decrease"),
        ((40, 40, 20), "What 100 analyses had found by May 2015"),
    ],
)
def test_summary_headline_names_the_finding_of_more_than_half(split, expected):
    named = dict(zip(("decrease", "inconclusive", "increase"), split, strict=True))
    named |= {"total": sum(split), "lower_frequency": 3}
    counts = {n: number(n, v, "count") for n, v in named.items()}
    data = FIGURES["summary_bar"].Data("May 2015", **counts)
    assert FIGURES["summary_bar"].headline(data) == expected
    for narrow in (False, True):
        found, whole = boxes(FIGURES["summary_bar"].draw(data, narrow))
        assert overlapping(found) == []
        assert outside(found, whole) == []


@pytest.mark.parametrize(
    ("share", "everyone", "expected"),
    [
        (100, True, "Everyone in the programme with usable records was matched to"),
        # a share that is printed as 100% need not be everyone
        (
            100,
            False,
            "Nearly all people in the programme with usable records were",
        ),
        (
            90,
            False,
            "Nearly all people in the programme with usable records were",
        ),
        (89, False, "Most people in the programme with usable records were matched to"),
        (
            49,
            False,
            "Fewer than half of the people in the programme with usable",
        ),
        ("c", True, "Propensity scores of both groups before matching"),
        (None, True, "Propensity scores of both groups before matching"),
    ],
)
def test_overlap_headline_says_how_many_were_matched(share, everyone, expected):
    data = overlap(matched=share, everyone=everyone)
    assert FIGURES["overlap"].headline(data).startswith(expected)


def test_overlap_alternative_names_the_largest_band_of_each_group():
    said = FIGURES["overlap"].alternative(overlap())
    assert "Programme: the largest band is over 0.10, with 50%." in said
    assert "Comparison pool: the largest band is under 0.05, with 60%." in said
    hidden = FIGURES["overlap"].alternative(overlap(withheld=True))
    assert "largest" not in hidden and "not shown" in hidden


def bars(figure):
    """Widths of the bars of each group from the bottom band to the top one."""
    panels = [axes.patches for axes in figure.axes[1:]]
    return [[patch.get_width() for patch in patches][::-1] for patches in panels]


@pytest.mark.parametrize("narrow", [False, True])
def test_overlap_draws_each_share_as_long_as_it_is(narrow):
    figure = FIGURES["overlap"].draw(overlap(), narrow)
    assert bars(figure) == [[5, 45, 50], [60, 37, 3]]
    left, right = figure.axes[2], figure.axes[1]
    # both sides have one scale, and the programme is at the right
    assert left.get_xlim() == right.get_xlim()[::-1] == (60, 0)
    hidden = FIGURES["overlap"].draw(overlap(withheld=True), narrow)
    assert {width for side in bars(hidden) for width in side} == {0}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "bands",
    [
        [(f"{i / 20:.2f} to {(i + 1) / 20:.2f}", 5, 5) for i in range(20)],
        [("under 0.02", 100, 0), ("over 0.02", 0, 100)],
    ],
)
def test_overlap_fits_however_many_bands(bands, narrow):
    found, whole = boxes(FIGURES["overlap"].draw(overlap(bands=bands), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-8.0, -2.0, "2 to 8 fewer"),
        (2.0, 8.0, "2 to 8 more"),
        (-1.0, 3.0, "1 fewer to 3 more"),
        (-0.6, 0.3, "1 fewer to 0.3 more"),
        # a limit that is nought, or printed as nought
        (-4.0, 0.0, "0 to 4 fewer"),
        (-4.0, 0.041, "0 to 4 fewer"),
        (0.0, 3.0, "0 to 3 more"),
        (-0.041, 3.0, "0 to 3 more"),
        (-0.041, 0.031, "0"),
        (0.0, 0.0, "0"),
        # both limits printed alike
        (-1.3, -0.6, "about 1 fewer"),
        (0.8, 1.2, "about 1 more"),
        (-0.14, -0.11, "about 0.1 fewer"),
        (-1.2, 1.1, "1 fewer to 1 more"),
        (-1.2, -0.4, "0.4 to 1 fewer"),
        ("c", 2.0, "[c]"),
        (-2.0, "z", "[z]"),
    ],
)
def test_an_interval_reads_well_wherever_its_limits_are(low, high, expected):
    limits = (number("low", low, "size"), number("high", high, "size"))
    assert drawn_interval(*limits) == expected


def test_intervals_are_said_in_words(so_far):
    rows = {row[0]: row for row in FIGURES["forest"].table(so_far("forest"))[1]}
    pet, chance = "Prisoners' Education Trust: All grants", "Working Chance: "
    assert rows[pet][4:] == ["7 fewer (from the rates)", "5 to 8 fewer", "Decrease"]
    assert rows[pet + " (2nd analysis)"][2] == "about 6,000"
    assert rows[chance + "Recruitment service for women"][4:] == [
        "7 fewer (middle of the interval)",  # (13 + 0.2) / 2 = 6.6
        "0.2 to 13 fewer",
        "Decrease",
    ]
    men = "City & Guilds: Courses in prison, men (3rd analysis)"
    assert rows[men][4:6] == [
        "1 more (from the rates)",
        "1 fewer to 3 more (computed)",
    ]
    # −2 ± (196·√(0.4·0.6/8513) + 1) is −4.04 to +0.04: it holds no difference
    some = rows["City & Guilds: Any course in prison"]
    assert some[5] == "4 fewer to 0.1 more (computed)"
