"""A drawing as PNG: the same bytes, no date or program, colours that stay."""

import io
from datetime import date

import pytest
from PIL import Image

from helpers.publication.figures import common, png


@pytest.fixture
def drawn():
    def make(words="Fewer people"):
        figure, axes = common.canvas(False, 100)
        common.box(axes, 20, 20, 300, 40, fill="#12436D")
        common.box(axes, 400, 20, 300, 40, fill="#F46A25")
        common.text(axes, 20, 90, words)
        return png(figure)

    return make


def test_it_has_the_same_bytes_each_time(drawn):
    assert drawn() == drawn() != drawn("More people")


def test_it_tells_no_date_and_no_program(drawn):
    data = drawn()
    assert not Image.open(io.BytesIO(data)).info
    for text in ("matplotlib", "Software", "Date", str(date.today().year)):
        assert text.encode() not in data


def test_it_is_one_and_a_half_times_the_page_and_keeps_its_colours(drawn):
    picture = Image.open(io.BytesIO(drawn())).convert("RGB")
    assert picture.size == (1.5 * (720 + 2 * 8), 150)
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    colours = {"#12436D": (100, 60), "#F46A25": (800, 60)}
    for colour, place in colours.items():
        wanted = tuple(bytes.fromhex(colour[1:]))
        found = picture.getpixel(place)
        assert max(abs(a - b) for a, b in zip(wanted, found, strict=True)) <= 2


def test_words_that_the_font_lacks_are_no_complaint(drawn, recwarn):
    assert drawn("এক নাম") and not recwarn.list
