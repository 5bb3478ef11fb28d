"""What an amount is counted in, as sentences, tables and drawings write it."""

import unicodedata

#: currencies that are written as words, whose amounts are whole as those of "£" are
MONEY = {"pounds", "euros", "dollars"}
#: what one of a currency is called, by its sign
CURRENCIES = {"£": "pound", "€": "euro", "$": "dollar"}


def around(unit: str) -> tuple[str, str]:
    """Give what stands before and after a number: "£" and "a week" of "£ a week".

    A currency sign stands before its number, and every other unit after it.
    """
    first, _, rest = unit.partition(" ")
    if first and unicodedata.category(first[-1]) == "Sc":
        return first, rest
    return "", unit


def money(unit: str) -> bool:
    """Tell whether a unit is one of money, which is printed whole."""
    sign, rest = around(unit)
    return bool(sign) or rest.partition(" ")[0].lower() in MONEY


def one(unit: str) -> str:
    """Give a unit as one of it is called: "week", "hour a week", "pound"."""
    sign, rest = around(unit)
    if sign:
        return f"{CURRENCIES.get(sign, sign)} {rest}".strip()
    words = rest.split(" ")
    for place, word in enumerate(words):
        if word.endswith("s") and not word.endswith("ss"):
            return " ".join([*words[:place], _singular(word), *words[place + 1 :]])
    return rest


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def counts(label: str, unit: str) -> bool:
    """Tell whether a label says its unit first: "weeks in work", counted in weeks."""
    return bool(unit) and f"{label} ".lower().startswith(f"{unit} ".lower())


def average(label: str, unit: str) -> str:
    """Give what the average of an amount is called: "average earnings"."""
    if label.lower().startswith(("average ", "mean ")):
        return label
    return f"average number of {label}" if counts(label, unit) else f"average {label}"


def formats(unit: str) -> tuple[str, str]:
    """Give the formats of an amount's values and of a difference between two."""
    return ("amount", "lower") if money(unit) else ("amount_tenth", "lower_tenth")
