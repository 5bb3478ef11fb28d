"""How a released number is written: rounding, signs, units, `[c]` and `[z]`."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from helpers.request.limits import ALPHA
from helpers.request.reading.symbols import right_to_left, turns

MINUS = "\u2212"

#: most decimals of a number that is printed to its first figure
FINEST = 9


def _fixed(value: float, decimals: int) -> str:
    # halves go away from zero, as in print: 12.5 is 13 (format() would make it 12)
    unit = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(repr(value)).quantize(unit, ROUND_HALF_UP):,}"
    # "-0" is printed as "0" (method, section 9)
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def _limit(value: float, decimals: int = 0) -> str:
    # a limit that rounds to zero keeps one decimal more, unless that is zero too; one
    # of a significant result that was rounded to its first figure is printed so
    first = -Decimal(repr(value)).adjusted() if float(f"{value:.0e}") == value else 0
    for places in (decimals, decimals + 1, min(first, FINEST)):
        shown = _fixed(abs(value), max(places, decimals))
        if shown.strip("0."):
            return shown
    return "0"


def _hundredths(value: float) -> str:
    shown = _limit(value, 2)
    return "0.00" if shown == "0" else shown


def _tenths(value: float) -> str:
    shown = _limit(value, 1)
    return "0.0" if shown == "0" else shown


def _signed_limit(value: float) -> str:
    shown = _limit(value)
    return f"-{shown}" if value < 0 and shown.strip("0.") else shown


def _worded(value: float, size: str, less: str, more: str) -> str:
    # a screen reader drops a minus sign, so a direction is a word
    if not size.strip("0."):
        return size
    return f"{size} {less if value < 0 else more}"


#: between these a p has three decimals, which two would print as 0.05
NEAR_ALPHA = (0.045, 0.055)


def p_decimals(value: float) -> int:
    """Give how many decimals a p has: two, and near 0.05 as many as tell its side.

    There it has three, or the fewest more with which the printed p lies on the side of
    0.05 that the p itself lies on: 0.0498 and 0.0503, never 0.050, which is printed of
    0.05 itself alone. So the printed p and the words on significance agree.
    """
    low, high = NEAR_ALPHA
    if not low <= value <= high:
        return 2
    decimals = 3
    while value != ALPHA and float(_fixed(value, decimals)) == ALPHA:
        decimals += 1
    return decimals


def _p(value: float) -> str:
    return "<0.01" if value < 0.005 else _fixed(value, p_decimals(value))


#: format name -> how a number is written (rates and SMDs arrive in per cent)
FORMATS: dict[str, Callable[[float], str]] = {
    "count": lambda v: _fixed(v, 0),
    "per_cent": lambda v: _fixed(v, 0) + "%",
    "per_100": lambda v: _fixed(v, 0),
    "size": _limit,  # how large a difference is, its direction being in words
    "limit": _signed_limit,
    "fewer": lambda v: _worded(v, _limit(v), "fewer", "more"),
    "shorter": lambda v: _worded(v, _limit(v), "shorter", "longer"),
    # of amounts: money is whole, and everything else has one decimal, which a sentence
    # leaves out where it is nought
    "amount": lambda v: _fixed(v, 0),
    "amount_tenth": lambda v: _fixed(v, 1),
    "lower": lambda v: _worded(v, _limit(v), "lower", "higher"),
    "lower_tenth": lambda v: _worded(v, _limit(v, 1), "lower", "higher"),
    # of what is told to one decimal throughout, noughts and all
    "lower_tenths": lambda v: _worded(v, _tenths(v), "lower", "higher"),
    "size_tenths": _tenths,
    "size_tenth": lambda v: _limit(v, 1).removesuffix(".0"),
    "frequency": lambda v: _fixed(v, 2),
    "frequency_size": _hundredths,
    "frequency_fewer": lambda v: _worded(v, _hundredths(v), "fewer", "more"),
    "days": lambda v: _fixed(v, 0),
    "mean": lambda v: _fixed(v, 1),
    "smd": lambda v: _fixed(v, 1),
    "smd_words": lambda v: _worded(v, _fixed(abs(v), 1), "lower", "higher"),
    "decimals_3": lambda v: _fixed(v, 3),
    # of a value, its minus being a word: as it stands in a table
    "amount_size": lambda v: _fixed(abs(v), 0),
    "amount_size_tenth": lambda v: _fixed(abs(v), 1).removesuffix(".0"),
    "setting": lambda v: f"{v:.10g}",
    "margin": lambda v: f"{v:,.10g}",
    "p": _p,
    # a share of weight in per cent, which is never nought
    "weight": lambda v: "<1" if v < 0.5 else _fixed(v, 0),
}


#: what a screen reader says for a symbol
READ_AS = {
    "[c]": "hidden to protect people",
    "[z]": "not shown, or there is no such figure",
}


@dataclass(frozen=True)
class Number:
    """A number on its way to a reader: shown, withheld (c) or not applicable (z)."""

    ref: str
    value: float | str | None
    format: str = "count"
    state: Literal["shown", "c", "z"] = "shown"

    @property
    def text(self) -> str:
        """The number as printed, or its symbol in square brackets."""
        if self.state != "shown" or self.value is None:
            return f"[{'z' if self.state == 'shown' else self.state}]"
        if isinstance(self.value, str):
            return self.value
        return FORMATS[self.format](self.value).replace("-", MINUS)

    @property
    def is_range(self) -> bool:
        """Whether a range is shown in the place of the number."""
        return isinstance(self.value, str) and self.format == "per_cent"

    @property
    def decimals(self) -> int:
        """How many decimals a number is printed with."""
        digits = re.sub(r"[^0-9.]", "", self.text)
        return len(digits.partition(".")[2])

    @property
    def less(self) -> str:
        """The word for a negative number, where it is printed with one: "fewer"."""
        if not isinstance(self.value, float):
            return ""
        return FORMATS[self.format](-1.0).partition(" ")[2]

    @property
    def html(self) -> str:
        """The number as a `<data>` element that says which cell it comes from.

        Its symbol, where it is not shown, is read out as words.
        """
        ref = html.escape(self.ref)
        if self.state != "shown" or self.value is None:
            return (
                f'<span role="img" aria-label="{READ_AS[self.text]}" '
                f'data-not-shown="{ref}">{self.text}</span>'
            )
        if not isinstance(self.value, float):
            return escape(self.text)
        value = repr(self.value)
        return f'<data value="{value}" data-ref="{ref}">{html.escape(self.text)}</data>'

    def as_(self, format: str) -> "Number":
        """Give the same number in another format."""
        return Number(self.ref, self.value, format, self.state)

    @property
    def tenths(self) -> bool:
        """Whether it is printed to one decimal, being no whole number."""
        return self.format.endswith("_tenth")

    @property
    def size(self) -> "Number":
        """The same number without its sign, where a word tells its direction."""
        if self.format.startswith("amount_size"):
            return self
        if self.format == "lower_tenths":
            return self.as_("size_tenths")
        return self.as_("size_tenth" if self.tenths else "size")

    @property
    def level(self) -> "Number":
        """The same number, a value, without its sign; it may be 0 as in a table."""
        return self.as_("amount_size_tenth" if self.tenths else "amount_size")


@dataclass(frozen=True)
class Place:
    """A table or figure as it is spoken of in a sentence: "Table 3"."""

    key: str
    number: str  # empty in a notebook, where nothing is numbered

    @property
    def text(self) -> str:
        """What a sentence calls it."""
        return self.number or f"“{self.key}”"

    @property
    def html(self) -> str:
        """A link to it, where it has a number."""
        if not self.number:
            return html.escape(self.text)
        kind = self.number.split()[0].lower()
        number = self.number.replace(" ", "\u00a0")
        return f'<a href="#{kind}-{html.escape(self.key)}">{number}</a>'


def escape(text: str) -> str:
    """Make own words of a request safe in HTML, and mark them where they hold a digit.

    Whoever reads the page back can then tell a number of the request's own words from
    one that was typed into a sentence. Text that is written from right to left, or that
    changes the direction, is set apart: it turns nothing around that follows.
    """
    safe = html.escape(str(text), quote=True)
    if right_to_left(str(text)) or turns(str(text)):
        safe = f"<bdi>{safe}</bdi>"
    return f'<span data-own="">{safe}</span>' if re.search(r"\d", str(text)) else safe


def pieces(parts: list[Any]) -> str:
    """Give a sentence given as pieces: text, numbers, and places to look at."""
    return "".join(
        escape(part) if isinstance(part, str) else part.html for part in parts
    )


def refs_in(recipe: Any, leaf: str = "ref") -> list[str]:
    """Give every ref that a recipe uses, or key that it names by `see`, in order."""
    if isinstance(recipe, dict):
        if leaf in recipe:
            return [recipe[leaf]]
        recipe = list(recipe.values())
    if isinstance(recipe, list):
        return [name for value in recipe for name in refs_in(value, leaf)]
    return []
