"""Texts that lost letters on the way: saved in one encoding and read in another.

Letters of a Macintosh (MacRoman) or of DOS (code page 437 or 850), read as western
Windows, and UTF-8 read twice turn é into Ž, ‚ or Ã©; a letter that no encoding had
became U+FFFD or a question mark. Names have signs of their own, which are no mistake:
O’Neill, Smith–Jones, Núñez, Žižek, Gal·la, Mª.
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
_SMALL = "[a-zà-öø-ÿœšž]"
_IN_NAMES = re.compile(
    # a question mark, and what web pages write for a letter
    r"\?|&#?\w+;"
    # a capital amid small letters, as é of a Macintosh is Ž, and ü Ÿ
    rf"|{_SMALL}[ŒŠŽŸÂÃ]|[^\W\d_][ŒŠŽŸÂÃ]{_SMALL}"
    # ñ of a Macintosh is a dash, but a name of two parts goes on with a capital
    rf"|{_SMALL}[–—]{_SMALL}"
    # ö of a Macintosh is š, which has a vowel beside it, or a syllable's r before it
    r"|[bcdfghjklmnpqstvwxz]š[bcdfghjklmnpqrstvwxz]"
    # quotation marks stand around a name, not in it
    rf"|[^\W\d_][“”„][^\W\d_]|{_SMALL}‘(?:$|\s)"
    # an apostrophe of a Macintosh: OÕNeill
    r"|\b[A-Z]Õ[A-Z][a-z]"
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
