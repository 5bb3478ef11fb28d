"""The command that tells what an analysis could find, before anybody is sent."""

import argparse
import re
import textwrap
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.commands.console import command, say
from helpers.errors import RequestError

if TYPE_CHECKING:
    from helpers.intake.power import Plan
    from helpers.publication.report.leaflet import Leaflet

POWER = """\
Tell how small a fall in reoffending an analysis of so many people would usually find:
before a provider sends anybody. No data about people are read.

The base rate is the share of people like these who reoffend within a year without the
programme. The proven reoffending statistics of the Ministry of Justice have it by age,
sex, offence, sentence and number of earlier offences; take that of the people most
like those of the programme."""

SHARE = """share of the people sent who are found and matched in the end; left out, all
of them are taken to be, and a table tells what fewer would find"""
RATIO = """people of the comparison group for each one analysed (default: 10, since the
national records mostly give more, and more than ten add hardly anything)"""

#: people of whom a provider may send this many at most
MOST = 1_000_000
#: widest line of the terminal
WIDTH = 88


def add(names: argparse._SubParsersAction) -> None:
    """Add this command to the command line."""
    line = "tell what an analysis of so many people could find"
    made = command(names, power, line, POWER)
    made.add_argument("--people", required=True, metavar="N", help="people to be sent")
    made.add_argument(
        "--base-rate", required=True, metavar="R", help="for example 0.25"
    )
    made.add_argument("--comparison-ratio", default="10", metavar="K", help=RATIO)
    made.add_argument("--expected-share", metavar="S", help=SHARE)
    made.add_argument(
        "--out", type=Path, metavar="FILE.html", help="write it as a page too"
    )


def power(options: argparse.Namespace) -> int:
    """Tell what an analysis could find, on the screen and as a page."""
    plan = _plan(options)
    from helpers.intake.report import power as report

    leaflet = report.leaflet(plan, share_given=options.expected_share is not None)
    lines = _lines(leaflet)
    if options.out:
        shown = report.page(leaflet, options.out.name)
        options.out.write_text(shown, encoding="utf-8", newline="\n")
        lines += ["", f"{options.out}: written."]
    for line in lines:
        say(line)
    return 0


def _plan(options: argparse.Namespace) -> "Plan":
    """Read the options; every one that is wrong is a line of its own."""
    from helpers.intake.power import Plan

    problems: list[str] = []
    people = _people(options.people, problems)
    rate = _decimal("--base-rate", options.base_rate, problems)
    if rate is not None and not 0 < rate < 1:
        problems.append(
            "--base-rate must lie between 0 and 1, as 0.25 does for 25 in every 100 "
            f"people; found {options.base_rate}{_as_share(rate)}"
        )
    share = _decimal("--expected-share", options.expected_share or "1", problems)
    if share is not None and not 0 < share <= 1:
        problems.append(
            "--expected-share must be above 0 and at most 1, as 0.5 is for half of "
            f"them; found {options.expected_share}{_as_share(share)}"
        )
    ratio = _decimal("--comparison-ratio", options.comparison_ratio, problems)
    if ratio is not None and not ratio > 0:
        problems.append(
            f"--comparison-ratio must be above 0; found {options.comparison_ratio}"
        )
    problems += _wrong_place(options.out)
    if problems:
        raise RequestError(problems)
    plan = Plan(people, rate, share, ratio)
    if not plan.analysed:
        raise RequestError(
            f"--expected-share: {options.expected_share} of {people} leaves nobody to "
            "analyse; give more people or a larger share"
        )
    return plan


def _people(text: str, problems: list[str]) -> int:
    """Read a number of people, with the signs that people put between thousands."""
    digits = re.sub(r"(?<=\d)[,_ ](?=\d{3}(?!\d))", "", text)
    if re.fullmatch(r"\d{1,7}", digits, re.ASCII) and 0 < int(digits) <= MOST:
        return int(digits)
    problems.append(
        f"--people must be a whole number from 1 to {MOST:,}; found {text!r}"
    )
    return 0


def _decimal(name: str, text: str, problems: list[str]) -> Decimal | None:
    """Read a number as it is typed; None, with a line, where it is none."""
    if re.fullmatch(r"-?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})", text, re.ASCII):
        return Decimal(text)
    percent = re.fullmatch(r"(\d{1,3}(?:\.\d{0,9})?) ?%", text, re.ASCII)
    hint = f"; write {Decimal(percent[1]) / 100}" if percent else ""
    problems.append(f"{name} must be a number such as 0.25; found {text!r}{hint}")
    return None


def _as_share(number: Decimal) -> str:
    """Say what a number of every 100 is as a share."""
    # 1.2 may be 0.12 as well as 1.2 per cent
    return f"; write {(number / 100).normalize():f}" if 2 <= number < 100 else ""


def _wrong_place(out: Path | None) -> list[str]:
    """Tell why a page cannot be written there."""
    if out is None:
        return []
    if not out.name:
        return [f"--out: {out} is no file; name one, such as plan.html"]
    if out.suffix.lower() != ".html":
        return [f"{out}: must end in .html; write {out.with_suffix('.html')}"]
    try:
        there = out.exists()
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        return [f"--out: {out.name[:40]}…: {why}; name another"]
    if there:
        return [f"{out}: is there already; name another, or move it away"]
    if not out.absolute().parent.is_dir():
        return [f"{out}: there is no folder {out.parent}; make it, or name another"]
    return []


def _lines(leaflet: "Leaflet") -> list[str]:
    """Give sentences and tables as lines of a terminal; the curve is for the page."""
    from helpers.publication import drawing
    from helpers.publication.report.contents import as_text

    lines: list[str] = []
    for part in leaflet.parts:
        recipe = part.recipe
        if recipe["block"] == "words":
            shown = drawing.render(recipe, leaflet.numbers)
            for text in as_text(shown.replace("</p>", "\n")).splitlines():
                lines += [*textwrap.wrap(text, WIDTH), ""]
        elif recipe["block"] == "table":
            columns, rows = drawing.table_rows(recipe, leaflet.numbers)
            lines += [f"{recipe['caption']}:", *_aligned(columns, rows), ""]
    return lines[:-1]


def _aligned(columns: list[str], rows: list[list[Any]]) -> list[str]:
    """Lay a table out in columns, its headings broken where they are long."""
    texts = [[cell if isinstance(cell, str) else cell.text for cell in r] for r in rows]
    heads = [textwrap.wrap(column, 18) for column in columns]
    first = max(len(row[0]) for row in texts) + 2
    if len(columns) == 2:
        return [f"  {row[0]:<{first}}{row[1]}" for row in texts]
    widths = [
        max(map(len, [*head, *(row[at] for row in texts)])) + 2
        for at, head in enumerate(heads)
    ]
    height = max(map(len, heads))
    above = [[*[""] * (height - len(head)), *head] for head in heads]
    lines = [*zip(*above, strict=True), *texts]
    return [
        "".join(f"{text:>{width}}" for text, width in zip(line, widths, strict=True))
        for line in lines
    ]
