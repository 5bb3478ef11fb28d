"""Names and ids in the one spelling in which the records are compared.

The rules are expressions over a column of text, so that the register is spelt alike in
the engine that holds it and the submission beside it. They use only upper case,
replacement by letter and regular expressions, which every engine has.

Names. Only the letters A to Z and the spaces between the parts of a name are kept.
Accents go (É is E, Turkish ş is S, dotted İ and dotless ı are both I), letters that
stand for two are written as two (ß is SS, Æ is AE), apostrophes join (O'Brien is
OBRIEN) and hyphens part (Smith-Jones is SMITH JONES). A name with no such letter is
missing: the records hold Latin letters only. So is one that says that nothing is known
(UNKNOWN, N/K, TBC): nobody is found by it, in the list or in the register.

PNC ids. `01/123X` is written `2001/0000123X`: a year of four digits, seven digits, the
check letter. `records.dates.in_2000s` has the century of a year of two digits.
"""

import unicodedata
from datetime import date

import ibis
import ibis.expr.types as ir

from helpers.intake.records.dates import in_2000s
from helpers.intake.submission.unknown import DOUBTFUL, OF_NAMES


def _without_accent() -> dict[str, str]:
    """Give every accented Latin letter of Unicode with its plain one."""
    found = {}
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = unicodedata.normalize("NFD", chr(number))[0]
        if plain.isascii():
            found[chr(number)] = plain
    return found


#: letters with a stroke or of their own, which Unicode does not take apart
_OWN = dict(zip("ØøŁłĐđÐðĦħŦŧƏəıŊŋſ", "OoLlDdDdHhTtEeiNns", strict=True))
#: one letter for one
_PLAIN = _without_accent() | _OWN
#: one letter for two
_TWO = {"ß": "SS", "ẞ": "SS", "Æ": "AE", "æ": "AE", "Œ": "OE", "œ": "OE", "Þ": "TH"}
_TWO |= {"þ": "TH", "Ĳ": "IJ", "ĳ": "IJ"}


def _not_known() -> str:
    """Give the pattern of spelt names that say that nothing is known: "N K", "TBC"."""
    words = sorted(word.upper() for word in OF_NAMES if word)
    plain = [" ?".join(word) for word in words if word not in DOUBTFUL]
    apart = [" ".join(word) for word in words if word in DOUBTFUL]
    one = f"(?:{'|'.join(plain + apart)})"
    return f"^{one}(?: {one})*$"


_NOT_KNOWN = _not_known()

PNC_ID = r"^([0-9]{2}|[0-9]{4})/([0-9]{1,7})([A-Z])$"


def spelt(name: ir.StringValue) -> ir.StringValue:
    """Give a name in capitals A to Z, one space between its parts; missing if none."""
    foreign = name
    for letter, two in _TWO.items():
        foreign = foreign.replace(letter, two)
    foreign = foreign.translate("".join(_PLAIN), "".join(_PLAIN.values()))
    # most names are plain, and spelling letter by letter is slow
    letters = ibis.cases((name.re_search(r"[^ -~]"), foreign), else_=name)
    # a decomposed accent and any kind of apostrophe join; the rest parts
    joined = letters.re_replace("['`\u00b4\u02b9-\u02bf\u2018-\u201b\u0300-\u036f]", "")
    # capitals last, of A to Z alone: engines differ in those of other letters
    parted = joined.re_replace("[^A-Za-z]+", " ").strip().upper()
    plain = name.re_search("^[A-Za-z]+$")
    spelt_name = ibis.cases((plain, name.upper()), else_=parted)
    return spelt_name.re_replace(_NOT_KNOWN, "").nullif("")


def whole(spelt_name: ir.StringValue) -> ir.StringValue:
    """Give a spelt name without spaces: Mc Donald and McDonald are one name."""
    return spelt_name.replace(" ", "")


def pnc_id(written: ir.StringValue, on: date) -> ir.StringValue:
    """Give a PNC id as year/seven digits/letter; missing if it is not one.

    A year of two digits is of the 2000s if it has come by the day `on`.
    """
    tidy = _tidy(written)
    year = tidy.re_extract(PNC_ID, 1)
    number = tidy.re_extract(PNC_ID, 2)
    century = ibis.cases(
        (year.length() == 4, ""), (in_2000s(year, on), "20"), else_="19"
    )
    full = century + year + "/" + number.lpad(7, "0") + tidy.re_extract(PNC_ID, 3)
    # a register holds most of them in full already
    return ibis.cases(
        (written.re_search(r"^[0-9]{4}/[0-9]{7}[A-Z]$"), written),
        (tidy.re_search(PNC_ID), full),
    )


def prison_number(written: ir.StringValue) -> ir.StringValue:
    """Give a prison number in capitals without spaces; missing if it is not one."""
    tidy = _tidy(written)
    form = tidy.re_search(r"^[A-Z][0-9]{4}[A-Z]{2}$")
    return ibis.cases((form, tidy), else_=ibis.null("string"))


def _tidy(written: ir.StringValue) -> ir.StringValue:
    """Give an id in capitals without blanks; missing if it has other signs in it."""
    plain = written.re_replace(r"\s", "")
    return ibis.cases((plain.re_search("^[!-~]*$"), plain.upper()))
