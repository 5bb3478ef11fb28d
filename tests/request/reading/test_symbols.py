"""Signs that no name, level or text may be or hold."""

import pytest

from helpers.publication.numbers import escape
from helpers.request.reading.symbols import right_to_left, symbol, turns


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("[c]", "[c]"), (" [ C ] ", "[c]"), ("［Ｚ］", "[z]"), ("[\u200bx]", "[x]"),
        ("[с]", "[c]"), ("【x】", "[x]"), ("[х]", "[x]"), ("[Ⅽ]", "[c]"),
        ("c", ""), ("(c)", ""), ("[c] and more", ""), ("[low]", ""), ("[]", ""),
    ],
)  # fmt: skip
def test_what_looks_like_a_symbol_of_the_report_is_one(text, sign):
    assert symbol(text) == sign


def test_a_sign_that_changes_the_direction_is_named():
    assert turns("Men \u202eneM") == "U+202E"
    assert turns("مرحبا") == turns("Men") == ""
    assert right_to_left("مرحبا") and right_to_left("שלום") and not right_to_left("é")


@pytest.mark.parametrize("text", ["مرحبا", "a \u202e b", "\u2067x"])
def test_text_that_turns_is_set_apart_in_a_sentence(text):
    assert escape(text) == f"<bdi>{text}</bdi>"
    assert escape(f"{text} 5").startswith('<span data-own=""><bdi>')
