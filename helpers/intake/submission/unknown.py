"""Words that say that nothing is known, in place of an empty cell or of a name."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from helpers.intake.submission.columns import key

#: such words; capitals, spaces and punctuation do not count, and signs alone ("-", "?")
#: say nothing either
WORDS = frozenset(
    map(key, ("", "n/a", "n/k", "nil", "none", "null", "nan", "unk", "unknown",
              "not known", "don't know", "not applicable", "not available",
              "not given", "not provided", "not stated", "not recorded",
              "not disclosed", "no data", "no information", "missing", "withheld",
              "tba", "tbc", "to be advised", "to be confirmed"))
)  # fmt: skip
#: the same in place of a name, with words that no other cell holds
OF_NAMES = WORDS | {
    "noname", "nosurname", "noforename", "nofirstname", "nolastname", "notnamed",
    "unnamed", "unidentified", "anonymous", "redacted", "refused",
    "notsupplied", "notheld", "notyetknown", "pending", "tbd", "xx", "xxx", "xxxx",
    "confidential", "anonymised", "anonymized", "namewithheld", "nonegiven", "unkown",
    "asabove", "fnu", "lnu",
}  # fmt: skip
#: those among them that are names as well, if written without a sign between
NAMES_TOO = ("na", "nan", "nil", "none", "null")
#: those as names are spelt: so written they find nobody by themselves
DOUBTFUL = tuple(word.upper() for word in NAMES_TOO)
#: any number of signs that are no letters
_SIGNS = r"[ -@\[-`{-~]*"
_ALONE = "|".join(_SIGNS.join(word) for word in sorted(OF_NAMES - {""}))
_SAYS = rf"(?i)^{_SIGNS}(?:{_ALONE}){_SIGNS}$|\b(?:unknown|not[ _-]?known)"
#: words that are names as well if written so, and initials; n/a and n/k are neither
_NAMES_TOO = rf"(?i)^(?:{'|'.join(NAMES_TOO)}|n(?:\. ?| )[ak]\.?)$"


def says_nothing(cell: str, more: frozenset[str] = frozenset()) -> bool:
    """Tell whether a cell is as good as empty; `more` are further words, as keys.

    #N/A does not say that nothing is known: a spreadsheet did not find it.
    """
    return not cell.startswith("#") and ((word := key(cell)) in WORDS or word in more)


def says_unknown(names: pd.Series) -> pd.Series:
    """Tell which names say that they are not known, and nobody is called so.

    Numbers make no name of it: Unknown 2, Unknown male.
    """
    return _hold(names, _SAYS) & ~may_say_unknown(names)


def may_say_unknown(names: pd.Series) -> pd.Series:
    """Tell which names may say that they are not known, but some are called so."""
    return _hold(names, _NAMES_TOO)


def _hold(names: pd.Series, pattern: str) -> pd.Series:
    """Tell which names hold a pattern; pandas would take it apart at every call."""
    cells = pa.array(names, type=pa.string(), from_pandas=True)
    held = pc.match_substring_regex(cells, pattern).fill_null(False)
    return pd.Series(held.to_numpy(zero_copy_only=False), names.index, dtype=bool)
