"""The template's sheet Before you send: counts of problems, and what could be found.

Ordinary formulas only. The smallest reduction d that a study of n people and ratio·n
comparison people finds in four of five cases solves, with q = p(1−p),
d² = k²((q − d(1−2p) − d²)/n + q/(ratio·n)), which is a quadratic equation in d (method
page, section 6, power).
"""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from helpers.intake.template.formulas import HELD, Rule, of_list, rules
from helpers.intake.template.sheets import high_enough, printed
from helpers.request.records import Eligibility

#: z of 80% power and of a 5% test on two sides, added
K = 2.801585
#: of those sent, found in the records and followed up; the analysis has this share
SHARE_FOUND = 0.8
#: one-year rate of reoffending without the support, where nothing better is known
BASE_RATE = 0.25
#: comparison people for each person analysed
RATIO = 10
HEADER = ("What", "Number", "First row", "What to do")
WIDTHS = (50, 22, 12, 64)


def fill(sheet: Worksheet, formats: dict[str, Any]) -> None:
    """Write the sheet: sizes, what could be found, then each kind of problem."""
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_row(0, 0, HEADER, formats["header"])
    checks = rules()
    row = _sizes(sheet, formats, checks)
    for rule in checks:
        _problem(sheet, formats, row, rule)
        row += 1
    printed(sheet)
    sheet.conditional_format(
        1, 1, row - 1, 1,
        {"type": "formula", "criteria": "=AND(ISNUMBER($C2),$C2>0)",
         "format": formats["wrong"]},
    )  # fmt: skip


def _problem(sheet: Worksheet, formats: dict[str, Any], row: int, rule: Rule) -> None:
    broken = of_list(rule.formula)
    sheet.write(row, 0, rule.words, formats["text"])
    _array(sheet, (row, 1), f"SUM(1*(({broken})>0))", formats["whole"], 0)
    first = f"MIN(IF(({broken})>0,ROW(list_surname),9999999))"
    count = xl_rowcol_to_cell(row, 1)
    _array(sheet, (row, 2), f'IF({count}=0,"none",{first})', formats["whole"], "none")
    sheet.write(row, 3, rule.to_do, formats["text"])
    high_enough(sheet, row, (rule.words, "", "", rule.to_do), WIDTHS)


def _array(
    sheet: Worksheet, at: tuple[int, int], formula: str, form: Any, empty: Any
) -> None:
    """Write an array formula and its value in an empty template, which viewers show."""
    sheet.write_array_formula(*at, *at, f"{{={formula}}}", form, empty)


def _sizes(sheet: Worksheet, formats: dict[str, Any], checks: list[Rule]) -> int:
    """Write rows and people and what could be found; give the row after them."""
    wrong = "+".join(f"(({of_list(rule.formula)})>0)" for rule in checks)
    _rows(sheet, formats, wrong)
    lines = _people()
    for row, (words, value, form, empty, to_do) in enumerate(lines, 3):
        sheet.write(row, 0, words, formats["text"])
        if isinstance(value, str):
            sheet.write_formula(row, 1, value, formats[form], empty)
        else:
            sheet.write_number(row, 1, value, formats[form])
        sheet.write(row, 3, to_do, formats["text"])
        high_enough(sheet, row, (words, "", "", to_do), WIDTHS)
    for row, top in ((4, 1), (7, 1), (8, 1000)):
        sheet.data_validation(row, 1, row, 1, {
            "validate": "decimal", "criteria": "between", "minimum": 0.001,
            "maximum": top, "error_title": "Out of range",
            "error_message": f"Write a number above 0, at most {top}.",
        })  # fmt: skip
    return 3 + len(lines)


def _rows(sheet: Worksheet, formats: dict[str, Any], wrong: str) -> None:
    """Write how many rows the list has, and in how many of them `wrong` is not 0."""
    first = f"MIN(IF(({wrong})>0,ROW(list_surname),9999999))"
    sheet.write(1, 0, "Rows with anything in them", formats["text"])
    _array(sheet, (1, 1), f"SUM(1*{of_list(HELD)})", formats["whole"], 0)
    sheet.write(
        1, 3, "Each row is one spell of support of one person.", formats["text"]
    )
    sheet.write(2, 0, "Rows with a problem", formats["text"])
    _array(sheet, (2, 1), f"SUM(1*(({wrong})>0))", formats["whole"], 0)
    _array(sheet, (2, 2), f'IF(B3=0,"none",{first})', formats["whole"], "none")
    sheet.write(
        2,
        3,
        "Correct them: some cannot be used as they are. The kinds stand below.",
        formats["text"],
    )


def _people() -> tuple[tuple[str, str | float, str, str | int | None, str], ...]:
    """Give the lines from rows without a problem to what could be found.

    Each is its words, its formula or number, the form of that, what an empty template
    shows there, and what to do.
    """
    minimum, no_number = Eligibility().minimum_people, '"cannot be said yet"'
    return (
        ("Rows without a problem", "=B2-B3", "whole", 0,
         "A person with several rows counts once in the analysis."),
        ("Share expected to be found in the records and followed up", SHARE_FOUND,
         "open_share", None, "Change it if you know better, for example 90%."),
        ("People expected in the analysis", "=INT(B4*B5)", "whole", 0, ""),
        ("Enough people?",
         f'=IF(B6>={minimum},"Yes","No: fewer than {minimum}")', "whole",
         f"No: fewer than {minimum}",
         f"A result needs at least {minimum} people in the analysis."),
        ("Share who would reoffend within a year without the support", BASE_RATE,
         "open_share", None, "An assumption. Change it if you know the people better."),
        ("Comparison people for each person in the analysis", RATIO, "open_whole",
         None, "An assumption."),
        ("Smallest reduction that could be found",
         f"=IF(B6<1,{no_number},IF({_smallest()}>B8,\"none, too few people\","
         f"{_smallest()}))", "share", "cannot be said yet",
         "As a share of people. For example, 7.0% would mean that a fall from 25.0% to "
         "18.0% is found in four of five studies of this size. A smaller one would "
         "often be missed."),
    )  # fmt: skip


def _smallest() -> str:
    """Give the positive root of a·d² + b·d − c, over the cells n, p and ratio."""
    n, p, ratio, k2 = "B6", "B8", "B9", f"{K}^2"
    a, b = f"(1+{k2}/{n})", f"({k2}*(1-2*{p})/{n})"
    c = f"({k2}*{p}*(1-{p})*(1/{n}+1/({ratio}*{n})))"
    return f"(SQRT({b}^2+4*{a}*{c})-{b})/(2*{a})"
