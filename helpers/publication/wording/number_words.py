"""Numbers of the method and the request in words, as sentences want them."""

from fractions import Fraction

SMALL = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(count: int) -> str:
    """Give a whole number in words: "sixty", "one hundred and five"."""
    if count < len(SMALL):
        return SMALL[count]
    if count < 100:
        tens, ones = divmod(count, 10)
        return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")
    size, name = (1000, "thousand") if count >= 1000 else (100, "hundred")
    most, rest = divmod(count, size)
    text = f"{in_words(most)} {name}"
    if not rest:
        return text
    return text + (" and " if rest < 100 else " ") + in_words(rest)


def small(count: int) -> str | None:
    """Give a count up to twelve in words, as headlines want it; None above."""
    return in_words(count) if count <= 12 else None


def in_ten(share: float) -> str:
    """Give a share as so many of ten: "eight in ten"."""
    return f"{in_words(round(10 * share))} in ten"


def one_in(share: float, noun: str = "") -> str:
    """Give a small share as one of so many: "one in twenty", "one study in twenty"."""
    return f"one {noun} in {in_words(_of(share))}".replace("  ", " ")


def all_but_one_in(share: float) -> str:
    """Give what is left of a small share: "nineteen in twenty"."""
    return f"{in_words(_of(share) - 1)} in {in_words(_of(share))}"


def _of(share: float) -> int:
    return Fraction(share).limit_denominator(1000).denominator
