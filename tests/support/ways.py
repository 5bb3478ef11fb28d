"""Other ways of comparing, as the wording gets them, for the tests."""

from support.small_words import number

from helpers.publication.facts.doubts import Way
from helpers.publication.numbers import Number

#: difference and limits
LOW, LOWISH, EVEN = (-7, -12, -2), (-4, -9, 1), (0, -5, 5)
HIGHISH, HIGH = (3, -2, 8), (7, 2, 12)
HIDDEN = ("c", "c", "c")


def way(of, variant="kernel", main=False, quality="well"):
    d, low, high = (number(end, v, "fewer") for end, v in zip("dlh", of, strict=True))
    n = number("n", 200)
    own = {"quality": Number("q", quality), "main": main, "exact": main}
    return Way(variant, variant, variant, n, n, d, low, high, **own)


def poor(of):
    return way(of, quality="poorly")
