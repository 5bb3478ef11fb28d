"""Names of people as people write them: which can be taken, and which are one person.

The standard library alone. Case, accents, blanks, punctuation, titles and the order of
the parts make no difference: "Anna Name", "Name, Anna" and "Dr ANNA  NAME" are one.
"""

import re
import unicodedata

#: characters of a name
LONGEST = 100
#: titles that stand before a name and are no part of it
TITLES = frozenset("dame dr lady lord miss mr mrs ms mx prof professor sir".split())
#: what stands between the names of several people
SEVERAL = re.compile(r"\s+and\s+|\s*[&;/+()@]\s*", re.IGNORECASE)
#: kinds of characters that cannot be seen, or turn what stands after them around
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
#: scripts that are written together in one name
TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"CJK", "HANGUL"}),
    frozenset({"CJK", "BOPOMOFO"}),
)
#: letters of a name written in another script that look like Latin ones
LATIN = str.maketrans(
    "авекмнорстухіјѕԁԛԝһґαβεζηικμνορτυχϲϳ", "abekmhopctyxijsdqwhraβezhikmvoptuxcj"
)
#: letters that Unicode does not take apart
OWN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i",
                     "æ": "ae", "œ": "oe", "þ": "th"})  # fmt: skip


def refusal(name: str) -> str:
    """Tell why a text cannot be taken as a person's name; empty if it can."""
    if any(unicodedata.category(sign) in UNSEEN for sign in name):
        return (
            "holds a line break or another character that cannot be seen; type it again"
        )
    if len(name) > LONGEST:
        return f"has more than {LONGEST} characters; write the name alone"
    letters = [sign for sign in unicodedata.normalize("NFKC", name) if sign.isalpha()]
    if not letters:
        return "holds no letter; write the name of a person"
    scripts = {_script(sign) for sign in letters} - {"MODIFIER"}
    if len(scripts) > 1 and not any(scripts <= one for one in TOGETHER):
        return (
            f"mixes letters of {' and '.join(s.title() for s in sorted(scripts))}, "
            "some of which only look alike; type it again in one alphabet"
        )
    return ""


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are the same but for how they are written."""
    first, second = _parts(one), _parts(other)
    if sorted(first) == sorted(second):
        return bool(first)
    return "".join(first) == "".join(second)


def is_among(name: str, others: str) -> bool:
    """Tell whether a person is one of those that a text names.

    Several stand side by side, as in "Anna Name and B. Other"; of two names one may
    hold the other and more, as "Anna Name (Analytical Services)" does.
    """
    own = set(_parts(name))
    for other in [others, *SEVERAL.split(others)]:
        theirs = set(_parts(other))
        fewer = min(own, theirs, key=len)
        if same_person(name, other) or (len(fewer) > 1 and fewer <= own & theirs):
            return True
    return any(same_person(one, others) for one in SEVERAL.split(name))


def may_be_same(one: str, other: str) -> bool:
    """Tell whether two names have one family name and given names or initials that fit.

    "A. Name", "Anna Maria Name" and "Name" may each be "Anna Name". True for names of
    the same person too.
    """
    if same_person(one, other):
        return True
    return any(
        family == of_other and all(map(_fits, given, given_of_other))
        for family, given in _turned(one)
        for of_other, given_of_other in _turned(other)
    )


def _parts(name: str) -> list[str]:
    """Give the parts of a name in small plain letters, the family name last."""
    before, comma, after = name.partition(",")
    plain = f"{after} {before}" if comma and after.strip() else name
    plain = unicodedata.normalize("NFKC", plain).casefold()
    plain = unicodedata.normalize("NFKD", plain).translate(OWN).translate(LATIN)
    # no apostrophe parts a name, and accents stand apart by now
    kept = [s for s in plain if s not in "'’‘ʼ`´" and not unicodedata.combining(s)]
    parts = re.findall(r"[^\W_]+", "".join(kept))
    return [part for part in parts if part not in TITLES] or parts


def _turned(name: str) -> list[tuple[str, list[str]]]:
    """Give a name as family name and given names, whichever of them comes first."""
    parts = _parts(name)
    if not parts:
        return []
    both = [(parts[-1], parts[:-1]), (parts[0], parts[1:])]
    spread = [(family, _initials(name, given)) for family, given in both]
    return [(family, given) for family, given in spread if len(family) > 1]


def _initials(name: str, given: list[str]) -> list[str]:
    """Take initials apart that are written together: "AB Name"."""
    return [
        one
        for part in given
        for one in (part if len(part) < 4 and part.upper() in name else [part])
    ]


def _fits(given: str, other: str) -> bool:
    """Tell whether two given names are one, or one is the initial of the other."""
    return given == other or (
        given[0] == other[0] and (len(given) == 1 or len(other) == 1)
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]
