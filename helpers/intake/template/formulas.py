"""What the upload template checks by itself: formulas that Excel and LibreOffice know.

A rule's formula gives 1 where a row breaks it. It is written once, over names in
braces: as cells of one row it colours them and refuses what is typed; as whole columns,
in an array formula, it counts rows.
"""

from typing import NamedTuple

from helpers.intake.submission.columns import COLUMNS, ONE_OF
from helpers.intake.submission.date_rules import OLDEST, YOUNGEST
from helpers.intake.submission.dates import GOES_ON
from helpers.intake.submission.unknown import WORDS

#: rows of people that the template has room for
ROOM = 5000
LETTERS = {column.name: chr(65 + n) for n, column in enumerate(COLUMNS)}
#: each column as a cell of row 2, which spreadsheets move down with the row
CELLS = {name: f"${letter}2" for name, letter in LETTERS.items()}
#: each column as the name of its whole range
RANGES = {name: f"list_{name}" for name in LETTERS}
#: words that the check takes for an end that has not come, without spaces and signs
NO_END = sorted((GOES_ON | WORDS) - {""})
#: the name of their range
NO_END_RANGE = "no_end"


class Rule(NamedTuple):
    """A check of the template: words, the cells it colours, formula, advice."""

    words: str
    columns: tuple[str, ...]
    formula: str
    to_do: str
    missing: bool = False


HELD = "(LEN(" + "&".join(f"{{{name}}}" for name in LETTERS) + ")>0)"


def _missing(name: str, heading: str) -> Rule:
    return Rule(
        f"{heading} is missing", (name,), f"{HELD}*(LEN(TRIM({{{name}}}))=0)",
        "Write it, or delete the row.", True,
    )  # fmt: skip


def _no_date(name: str, heading: str) -> Rule:
    x = f"{{{name}}}"
    return Rule(
        f"{heading} is not a date", (name,), f"(LEN({x})>0)*(1-ISNUMBER({x}))",
        "Write day, month and year, for example 31/12/1990.",
    )  # fmt: skip


def no_end(x: str) -> str:
    """Tell whether a cell says that support goes on, as `dates.GOES_ON` has it."""
    word = f"LOWER({x})"
    for sign in " -–/.?":
        word = f'SUBSTITUTE({word},"{sign}","")'
    return f"COUNTIF({NO_END_RANGE},{word})>0"


def _no_end_date(heading: str) -> Rule:
    """Give the rule for the end of support, which may be a word or a sign as well."""
    x = "{intervention_end}"
    only_signs = "".join(f'*({x}<>"{sign}")' for sign in ("-", "–", "?"))
    return Rule(
        f"{heading} is not a date", ("intervention_end",),
        f"(LEN(TRIM({x}))>0)*(1-ISNUMBER({x}))*(1-({no_end(x)})){only_signs}",
        "Write day, month and year, or leave it empty if the support goes on.",
    )  # fmt: skip


def _future(name: str, heading: str) -> Rule:
    x = f"{{{name}}}"
    return Rule(
        f"{heading} lies in the future", (name,), f"ISNUMBER({x})*({x}>TODAY())",
        "Correct the date, or leave the row out until then.",
    )  # fmt: skip


def _age() -> Rule:
    """Give the rule for the age in whole years at the earliest date, else today.

    An array formula cannot take the smallest of three, so: somebody is too young if any
    date lies before the birthday, too old if none does.
    """
    born = "{date_of_birth}"
    none = "(" + "+".join(f"ISNUMBER({{{name}}})" for name in ONE_OF) + "=0)"

    def before(years: int) -> str:
        birthday = f"DATE(YEAR({born})+{years},MONTH({born}),DAY({born}))"
        dates = [f"ISNUMBER({{{n}}})*({{{n}}}<{birthday})" for n in ONE_OF]
        return "(" + "+".join([*dates, f"{none}*(TODAY()<{birthday})"]) + ")"

    outside = f"(({before(YOUNGEST)}>0)+({before(OLDEST + 1)}=0)>0)"
    known = f"ISNUMBER({born})*({born}>0)*({born}<=TODAY())"
    return Rule(
        f"Age outside {YOUNGEST} to {OLDEST} at the earliest other date",
        ("date_of_birth",), f"IF({known}=1,1*{outside},0)",
        "Correct the date of birth, or the other dates.",
    )  # fmt: skip


def _is_letter(sign: str) -> str:
    """Tell whether a sign is one of A to Z, whose codes are 65 to 90."""
    return f"(ABS(CODE(UPPER({sign}))-77.5)<13)"


def _pnc() -> Rule:
    """Give the rule for a PNC id: two or four digits, a stroke, one to seven, a letter.

    Blanks at its ends are nothing, as in the check.
    """
    x = "TRIM({pnc_id})"
    stroke = f'FIND("/",{x}&"/")'
    digits = f'ISNUMBER(-(1&SUBSTITUTE(LEFT({x},LEN({x})-1),"/","",1)))'
    last = _is_letter(f'RIGHT("?"&{x})')
    fine = f"{digits}*(ABS({stroke}-4)=1)*(ABS(LEN({x})-{stroke}-5)<4)*{last}"
    return Rule(
        "PNC ID has another form", ("pnc_id",), f"(LEN({x})>0)*(1-{fine})",
        "Write it as 2001/1234567X, or leave it empty.",
    )  # fmt: skip


def _prison() -> Rule:
    x = "TRIM({prison_number})"
    letters = "".join("*" + _is_letter(f'MID({x}&"???????",{n},1)') for n in (1, 6, 7))
    fine = f"(LEN({x})=7)*ISNUMBER(-MID({x},2,4)){letters}"
    return Rule(
        "Prison number has another form", ("prison_number",),
        f"(LEN({x})>0)*(1-{fine})", "Write it as A1234BC, or leave it empty.",
    )  # fmt: skip


def rules() -> list[Rule]:
    """Give all checks, in the order of the sheet's columns."""
    found = [_missing(c.name, c.heading) for c in COLUMNS if c.essential]
    no_date = f"{HELD}*(LEN(" + "&".join(f"{{{n}}}" for n in ONE_OF) + ")=0)"
    headings = [column.heading for column in COLUMNS if column.name in ONE_OF]
    found.append(Rule(
        f"None of {', '.join(headings[:-1])} and {headings[-1]}", ONE_OF, no_date,
        "Write at least one of these dates.", True,
    ))  # fmt: skip
    dates = [column for column in COLUMNS if column.kind == "date"]
    found += [
        _no_end_date(column.heading)
        if column.name == "intervention_end"
        else _no_date(column.name, column.heading)
        for column in dates
    ]
    found += [_future(column.name, column.heading) for column in dates]
    found += [
        _age(),
        Rule("Intervention end lies before its start", ("intervention_end",),
             "ISNUMBER({intervention_start})*ISNUMBER({intervention_end})"
             "*({intervention_end}<{intervention_start})",
             "Correct one of the two dates."),
        Rule("Sex is neither Female nor Male", ("sex",),
             '(LEN(TRIM({sex}))>0)*(TRIM({sex})<>"Female")*(TRIM({sex})<>"Male")',
             "Choose from the list."),
        _pnc(),
        _prison(),
    ]  # fmt: skip
    return found


def of_row(formula: str) -> str:
    """Give a formula on the cells of the first row of people."""
    return formula.format_map(CELLS)


def of_list(formula: str) -> str:
    """Give a formula on whole columns, for an array formula."""
    return formula.format_map(RANGES)
