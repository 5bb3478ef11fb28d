"""Signs that may not stand in a name, a level or a text: symbols and directions.

`[c]`, `[z]` and `[x]` stand for numbers in the report, so no text may be one, nor look
like one. A sign that changes the direction of writing could turn what stands after it
around; letters that are written from right to left need none, and are set apart.
"""

import re
import unicodedata

#: letters of other scripts that look like those of the symbols
_ALIKE = str.maketrans({"с": "c", "ϲ": "c", "ᴄ": "c", "ᴢ": "z", "х": "x", "χ": "x"})
_SYMBOL = re.compile(r"[\[⁅⟦【〔〖〘〚❲⦋⦗]([cxz])[\]⁆⟧】〕〗〙〛❳⦌⦘]")
#: embeddings, overrides and isolates, and the three marks
TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def symbol(text: str) -> str:
    """Give the symbol that a text is or looks like ("[c]"); empty if none."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    plain = "".join(
        sign for sign in plain
        if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )  # fmt: skip
    found = _SYMBOL.fullmatch(plain)
    return f"[{found[1]}]" if found else ""


def turns(text: str) -> str:
    """Give the first sign of a text that changes the direction ("U+202E"), or empty."""
    found = TURNS.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def right_to_left(text: str) -> bool:
    """Tell whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
