"""What goes wrong when somebody types a name, a date or a number.

The kinds of error are those of generators of test data for linkage (Febrl and GeCo of
Christen and others, Gecko of Jugl and others, sdglinkage of Lan and others): a letter
replaced by its neighbour on the keyboard, left out, doubled, put in or swapped with the
next; spellings by ear; day and month swapped; a wrong digit; nicknames; a changed
surname; names in each other's columns. Their frequency leans on a comparison of two
rounds of the Avon Longitudinal Study of Parents and Children, where 18% of surnames and
12% of forenames differed (ijpds.org/article/view/2389). A
provider's list is more recent than years of follow-up, so ours are lower; nothing was
taken from the way in which this kit links.
"""

import numpy as np

from helpers.synthetic import names

KEYBOARD = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
BY_EAR = [
    ("ph", "f"), ("ck", "k"), ("ie", "ei"), ("ei", "ie"), ("ll", "l"), ("tt", "t"),
    ("nn", "n"), ("ss", "s"), ("ea", "ee"), ("ey", "y"), ("c", "k"), ("y", "ie"),
    ("mac", "mc"), ("e", ""), ("a", "e"), ("i", "y"),
]  # fmt: skip
#: share of women's and men's surnames that changed; the rest for both sexes
RATES = {
    "married name": (0.08, 0.01),
    "surname typed wrong": 0.04,
    "surname by ear": 0.015,
    "half a surname": 0.25,
    "nickname": 0.25,
    "initial": 0.004,
    "middle name": 0.03,
    "forename typed wrong": 0.025,
    "forename by ear": 0.015,
    "names swapped": 0.008,
    "day and month swapped": 0.012,
    "date typed wrong": 0.018,
    "first of January": 0.003,
    "pnc id wrong": 0.04,
    "prison number wrong": 0.03,
}


def neighbours() -> dict[str, str]:
    """Give the letters beside, above and below each letter of the keyboard."""
    found: dict[str, str] = {}
    for row, below in zip(KEYBOARD, [*KEYBOARD[1:], ""], strict=True):
        for i, letter in enumerate(row):
            beside = row[max(i - 1, 0) : i] + row[i + 1 : i + 2]
            found[letter] = found.get(letter, "") + beside + below[i : i + 1]
            for other in below[i : i + 1]:
                found[other] = found.get(other, "") + letter
    return found


NEIGHBOURS = neighbours()


def typed(word: str, rng: np.random.Generator) -> str:
    """Give the word with one typing error; a word of one letter stays."""
    if len(word) < 2:
        return word
    at = int(rng.integers(0 if rng.random() < 0.15 else 1, len(word)))
    kind = rng.choice(5, p=[0.35, 0.25, 0.15, 0.15, 0.10])
    letter = word[at]
    if kind == 0 or (kind == 3 and at + 1 == len(word)):
        other = str(rng.choice(list(NEIGHBOURS.get(letter.lower(), "e"))))
        other = other.upper() if letter.isupper() else other
        return word[:at] + other + word[at + 1 :]
    if kind == 1:
        return (
            (word[:at] + word[at + 1 :]).capitalize()
            if at == 0
            else (word[:at] + word[at + 1 :])
        )
    if kind == 2:
        return word[: at + 1] + letter.lower() + word[at + 1 :]
    if kind == 3:
        pair = word[at + 1] + letter
        pair = pair.capitalize() if at == 0 else pair
        return word[:at] + pair + word[at + 2 :]
    beside = str(rng.choice(list(NEIGHBOURS.get(letter.lower(), "e"))))
    return word[: at + 1] + beside + word[at + 1 :]


def heard(word: str, rng: np.random.Generator) -> str:
    """Give the word as somebody would spell it who only heard it."""
    lower = word.lower()
    known = [(a, b) for a, b in BY_EAR if a in lower[1:]]
    if not known:
        return typed(word, rng)
    old, new = known[int(rng.integers(0, len(known)))]
    at = lower.index(old, 1)
    return word[:at] + new + word[at + len(old) :]


def digit(text: str, rng: np.random.Generator, first: int = 0) -> str:
    """Give the text with one of its digits, from position `first`, changed."""
    places = [i for i, letter in enumerate(text) if letter.isdigit() and i >= first]
    at = places[int(rng.integers(0, len(places)))]
    other = (int(text[at]) + int(rng.integers(1, 10))) % 10
    return f"{text[:at]}{other}{text[at + 1 :]}"


def date(day: np.datetime64, rng: np.random.Generator) -> np.datetime64:
    """Give a date some days, a month, a year or a decade away."""
    off = rng.choice([-10, -3, -2, -1, 1, 2, 3, 10, 30, -31, 365, -365, 3652, -3653])
    return day + np.timedelta64(int(off), "D")


def swapped(day: np.datetime64) -> np.datetime64:
    """Give the date with day and month swapped, where that is a date."""
    year, month, of_month = str(day).split("-")
    return np.datetime64(f"{year}-{of_month}-{month}") if int(of_month) < 13 else day


def surname(
    name: str, new: str, female: bool, rng: np.random.Generator
) -> tuple[str, list[str]]:
    """Give a surname as the provider has it, and its errors; `new` if married."""
    errors = []
    if rng.random() < RATES["married name"][0 if female else 1]:
        errors.append("married name")
        name = f"{name}-{new}" if rng.random() < 0.15 else new
    elif "-" in name and rng.random() < RATES["half a surname"]:
        errors.append("half a surname")
        name = name.split("-")[int(rng.integers(0, 2))]
    for error, change in (("typed wrong", typed), ("by ear", heard)):
        if rng.random() < RATES[f"surname {error}"]:
            errors.append(f"surname {error}")
            name = change(name, rng)
    return name, errors


def forename(name: str, middle: str, rng: np.random.Generator) -> tuple[str, list[str]]:
    """Give a forename as the provider has it, and its errors."""
    errors = []
    if name in names.NICKNAMES and rng.random() < RATES["nickname"]:
        errors.append("nickname")
        name = names.NICKNAMES[name]
    elif rng.random() < RATES["initial"]:
        errors.append("initial")
        name = name[0]
    for error, change in (("typed wrong", typed), ("by ear", heard)):
        if rng.random() < RATES[f"forename {error}"]:
            errors.append(f"forename {error}")
            name = change(name, rng)
    if rng.random() < RATES["middle name"]:
        errors.append("middle name")
        name = f"{name} {middle}"
    return name, errors


def birth(
    day: np.datetime64, rng: np.random.Generator
) -> tuple[np.datetime64, list[str]]:
    """Give a date of birth as the provider has it, and its errors."""
    u = rng.random()
    for error, change in (
        ("day and month swapped", lambda: swapped(day)),
        ("date typed wrong", lambda: date(day, rng)),
        ("first of January", lambda: np.datetime64(f"{str(day)[:4]}-01-01")),
    ):
        if u < RATES[error]:
            wrong = change()
            return wrong, [error] if wrong != day else []
        u -= RATES[error]
    return day, []
