"""The flow: stages, losses and their reasons, whatever is hidden."""

import dataclasses

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.groups import Step
from helpers.publication.figures import flow, svg

REASONS = (
    "details that cannot be used",
    "same line sent more than once",
    "not found in the national records",
    "another line of a person already counted",
    "support did not fit a sentence that can be used",
    "outside the age limits",
    "too recent to know what happened afterwards",
    "reoffended before the support began",
    "what happened afterwards is not known",
)


def part(label, value, submitted):
    share = value if value == "c" else 100 * value / submitted
    count = number(label, value, "count")
    return Step(label, count, number(f"{label}.share", share, "per_cent"))


def data(stages=(480, 392, 372), first=(12, 45, 31), then=(8, 12), hidden=()):
    def some(label, value):
        return part(label, "c" if value in hidden else float(value), stages[0])

    names = ["lines submitted", "people whose records can be used"][: len(stages) - 1]
    names.append("people in the analysis")
    later = ("not part of this analysis", "nobody similar enough to compare with")
    losses = [first, then][: len(stages) - 1]
    given = {
        "end": "in the analysis",
        "steps": [some(n, v) for n, v in zip(names, stages, strict=True)],
        "losses": [
            [some(n, v) for n, v in zip(reasons, lost, strict=False)]
            for reasons, lost in zip((REASONS, later), losses, strict=False)
        ],
    }
    return flow.Data(**given)


def merged(value, share):
    """A flow whose two hidden losses are told together."""
    together = Step("other reasons", number("together", value, "count"),
                    number("together.share", share, "per_cent"))  # fmt: skip
    return dataclasses.replace(data(hidden=(12, 31)), together=[together])


AWKWARD = {
    "told together": merged(43.0, 9.0),
    "usual": data(),
    "one loss": data((100, 85), (15,)),
    "every box, millions": data(
        (4_812_345, 3_392_000, 3_372_000), range(110_000, 1_010_000, 100_000)
    ),
    "small hidden": data(hidden=(12, 8, 392)),
    "all hidden": data(hidden=(480, 392, 372, 12, 45, 31, 8)),
    "submitted hidden": data((100, 85), (15,), hidden=(100, 15)),
}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", AWKWARD)
def test_words_fit_and_every_number_is_in_the_table(name, narrow):
    found, whole = boxes(flow.draw(AWKWARD[name], narrow))
    assert whole.width == (366 if narrow else 736)
    assert overlapping(found) == []
    assert outside(found, whole) == []
    have = table_numbers(flow, AWKWARD[name])
    drawn = {n for words, _ in found for n in printed(words)}
    assert have - {100} <= drawn <= have  # of the first stage the share is not drawn


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", AWKWARD)
def test_words_stay_in_their_box_and_boxes_stay_apart(name, narrow):
    figure = flow.draw(AWKWARD[name], narrow)
    found, _ = boxes(figure)
    areas = [
        p.get_window_extent()
        for p in figure.axes[0].patches
        if p.get_window_extent().height > 30  # not the head of an arrow
    ]
    stages = AWKWARD[name].steps, AWKWARD[name].losses
    assert len(areas) == len(stages[0]) + len(stages[1])
    for place, one in enumerate(areas):
        for other in areas[place + 1 :]:
            assert not one.overlaps(other)
    for words, box in found:
        inside = [a for a in areas if a.x0 <= box.x0 and box.x1 <= a.x1
                  and a.y0 <= box.y0 + 3 and box.y1 - 3 <= a.y1]  # fmt: skip
        assert len(inside) == 1, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("usual", "372 of the 480 lines submitted are in the analysis"),
        ("small hidden", "372 of the 480 lines submitted are in the analysis"),
        ("submitted hidden", "What became of the lines submitted"),
        ("all hidden", "What became of the lines submitted"),
    ],
)
def test_the_headline_follows_the_numbers_shown(name, expected):
    assert flow.headline(AWKWARD[name]) == expected


@pytest.mark.parametrize("name", AWKWARD)
def test_the_alternative_tells_the_stages_and_is_short(name):
    words = flow.alternative(AWKWARD[name])
    assert len(words) <= 300
    assert printed(words) <= table_numbers(flow, AWKWARD[name])
    for step in AWKWARD[name].steps:
        assert step.label in words


def test_the_alternative_names_the_largest_loss_that_is_shown():
    words = flow.alternative(data())
    assert words.endswith("The largest loss shown: 45, same line sent more than once.")
    words = flow.alternative(data(hidden=(45,)))
    assert words.endswith("shown: 31, not found in the national records.")
    assert "largest" not in flow.alternative(AWKWARD["all hidden"]).replace("12", "")


def test_losses_that_are_told_together_are_drawn_and_spoken_of_as_one():
    given = merged(43.0, 9.0)
    for narrow in (False, True):
        texts = [text.get_text() for text in flow.draw(given, narrow).axes[0].texts]
        assert {"43", "45"} <= set(texts)
        assert texts.count("[c]") == 1  # of the 12 in the second part
        assert any("other reasons (9%)" in text for text in texts)
    assert "the largest loss shown: 45" in flow.alternative(given).lower()
    words = flow.alternative(merged(90.0, 19.0))
    assert words.endswith("The largest loss shown: 90, other reasons.")


def test_a_hidden_stage_is_said_in_words_and_its_number_nowhere():
    given = AWKWARD["small hidden"]
    drawing = svg(flow.draw(given, False), "key", flow.alternative(given))
    assert "hidden to protect people" in drawing
    texts = [text.get_text() for text in flow.draw(given, True).axes[0].texts]
    assert texts.count("[c]") == 3 + 1  # 12 is in both parts
    assert not {"12", "8", "392"} & set(texts)


def test_the_table_has_each_stage_before_what_was_lost_after_it():
    _, rows = flow.table(data())
    assert [row[0] for row in rows] == [
        "Lines submitted",
        "Left out: details that cannot be used",
        "Left out: same line sent more than once",
        "Left out: not found in the national records",
        "People whose records can be used",
        "Left out: not part of this analysis",
        "Left out: nobody similar enough to compare with",
        "People in the analysis",
    ]


def test_the_drawing_has_the_same_bytes_each_time():
    drawn = [svg(flow.draw(data(), True), "key", "words") for _ in range(2)]
    assert drawn[0] == drawn[1]
