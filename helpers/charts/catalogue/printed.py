"""Numbers of a released result as the report prints them, for results.csv.

Decimals arrive as Decimal, so that a half is one; None is an empty field.
"""

from decimal import ROUND_HALF_UP, Decimal

from helpers.request.limits import ALPHA

#: a p below this is printed as <0.01, which is no number (method, section 9)
LEAST_P = Decimal("0.005")
#: between these a p has three decimals, which two would print as 0.05
NEAR_ALPHA = (Decimal("0.045"), Decimal("0.055"))


def count(value: int | None) -> str:
    """Give a number of people."""
    return "" if value is None else str(value)


def whole(value: Decimal | int | None, scale: int = 1) -> str:
    """Give a rate, a frequency or days, to the whole; `scale` 100 of a proportion."""
    return "" if value is None else _fixed(Decimal(value) * scale, 0)


def limit(value: Decimal | int | None, scale: int = 1) -> str:
    """Give a difference or a limit, which keeps a decimal where it would be nought."""
    if value is None:
        return ""
    exact = (Decimal(value) * scale).normalize()
    for decimals in (0, 1):
        shown = _fixed(exact, decimals)
        if shown.strip("-0."):
            return shown
    # of a significant result that was rounded to its first figure it is printed so
    first_figure = exact and len(exact.as_tuple().digits) == 1
    return f"{exact:f}" if first_figure else "0"


def p_value(value: Decimal | int | None) -> str:
    """Give a p; empty below 0.005, and near 0.05 with decimals that tell its side."""
    if value is None or value < LEAST_P:
        return ""
    alpha, exact = Decimal(str(ALPHA)), Decimal(value)
    decimals = 3 if NEAR_ALPHA[0] <= exact <= NEAR_ALPHA[1] else 2
    while exact != alpha and Decimal(_fixed(exact, decimals)) == alpha:
        decimals += 1
    return _fixed(exact, decimals)


def _fixed(value: Decimal, decimals: int) -> str:
    # halves go away from zero, and there is no negative zero
    shown = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return str(shown if shown else abs(shown))
