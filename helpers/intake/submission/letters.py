"""Texts that lost letters on the way: saved in one encoding and read in another.

Letters of a Macintosh (MacRoman) or of DOS (code page 437 or 850), read as western
Windows, and UTF-8 read twice turn é into Ž, ‚ or Ã©; a letter that no encoding had
became U+FFFD or a question mark. Names have signs of their own, which are no mistake:
O’Neill, Smith–Jones, Núñez, Žižek, Gal·la, Mª. Some lost letters cannot be told from
these, so a list may hold more than are found.
"""

import re
import unicodedata

import pandas as pd

#: signs that no name has, besides symbols and numbers of Unicode; ƒ and µ are letters
_SIGNS = frozenset("‚„…†‡‰‹›•¡¿§¶«»ˆƒµ")
#: symbols that some write for an apostrophe or a hyphen
_JOINING = frozenset("´`¨−")
_SYMBOLS = ("So", "Sm", "Sc", "Sk", "No", "Co", "Cn", "Cc")
#: the bytes 80 to BF, which follow the first of a letter in UTF-8, as signs of Windows
_CONTINUES = re.escape(
    bytes(range(0x80, 0xC0)).decode("cp1252", errors="replace").replace("\ufffd", "")
    + "".join(map(chr, range(0x80, 0xA0)))
)
_READ_TWICE = re.compile(rf"[ÂÃÄÅ][{_CONTINUES}]|[áâ][{_CONTINUES}]{{2}}")
_SMALL, _LETTER = "[a-zà-öø-ÿœšž]", r"[^\W\d_]"
_CONSONANT = "[bcdfghjklmnpqrstvwxz]"
#: words within a name that begin with a small letter
_PARTICLES = (
    "ab af al ap av bin bint d da das de del della den der des di do dos du e el ferch "
    "i ibn l la las le les lo los mac mc nic of st te ten ter van vom von y zu zum zur"
).replace(" ", "|")
_IN_NAMES = re.compile(
    # a question mark, and what web pages write for a letter
    r"\?|&#?\w+;"
    # a capital amid small letters, as é of a Macintosh is Ž, and ü Ÿ
    rf"|{_SMALL}[ŒŠŽŸÂÃ]|{_LETTER}[ŒŠŽŸÂÃ]{_SMALL}"
    # ñ and ó of a Macintosh are dashes, but a name of two parts goes on with a capital
    rf"|{_LETTER}[–—](?:{_SMALL}|$|\s)"
    # ö of a Macintosh is š, which has a vowel beside it, or a syllable's r before it
    rf"|(?![nr]){_CONSONANT}š{_CONSONANT}"
    # í and ë of a Macintosh are quotation marks, but Ol’ga has a letter of Russian;
    # others stand around a name, not in it
    rf"|(?!l){_CONSONANT}’{_CONSONANT}|{_SMALL}‘(?:$|\s)|{_LETTER}[“”„]{_LETTER}"
    # Á and Ó of a Macintosh are small letters, and its apostrophe is Õ: OÕNeill
    rf"|\b[çî]{_CONSONANT}|\b[A-Z]Õ[A-Z][a-z]"
    # á of DOS is a space that does not break
    rf"|{_LETTER}\xa0(?!(?:{_PARTICLES})\b){_SMALL}"
)


def candidates(written: pd.Series) -> pd.Series:
    """Give the texts that may have lost letters; missing in place of the others."""
    return written.where(written.str.contains(r"[^ -~]|[?&]", na=False))


def lost(text: str) -> bool:
    """Tell whether a text of any kind has signs that stand for lost letters."""
    return "\ufffd" in text or bool(_READ_TWICE.search(text))


def lost_in_name(name: str) -> bool:
    """Tell whether a name has signs that no name has."""
    return (
        lost(name)
        or bool(_IN_NAMES.search(name))
        or any(
            sign in _SIGNS or unicodedata.category(sign) in _SYMBOLS
            for sign in set(name) - _JOINING
            if sign > "~"
        )
    )
