"""Printed numbers of a row, and how one in another spelling is written."""

import re

from helpers.charts.catalogue.columns import NUMBERS, PER_100, WHOLE
from helpers.request.reading.table import cut, spoilt

PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def half_unit(text: str) -> float:
    """Give by how much a printed number may differ from what it was rounded from."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2])


def problems(row: dict[str, str]) -> tuple[dict[str, float], list[str]]:
    """Give the numbers of a row that can be, by column, and what is wrong with others.

    Columns that are empty are left out.
    """
    values, found = {}, []
    for column in NUMBERS:
        # only a size may be approximate
        held = row[column]
        if not held or spoilt(held):  # which is told of any field
            continue
        text = held.removeprefix("~" if column.startswith("n_") else "")
        why = _problem(column, text or held)
        if why:
            found.append(f"{column} {why}")
        else:
            values[column] = float(text)
    return values, found


def _problem(column: str, text: str) -> str:
    if not PLAIN.fullmatch(text):
        return (
            f'must be a number or empty; found "{cut(text)}"; {_advice(column, text)}'
        )
    value = float(text)
    least, most = NUMBERS[column]
    if column in WHOLE and not value.is_integer():
        return f"must be a whole number; found {cut(text)}"
    if not least <= value <= most:
        meant = f"; write {value / 100:g} if {text} per cent is meant"
        of_share = column == "p_value" and 1 < value <= 100
        return f"must be from {least} to {most}; found {cut(text)}" + meant * of_share
    if column in PER_100 and 0 < value < 1:
        return (
            f"is for every 100 people; found {text}; write {100 * value:g} if that "
            "is meant"
        )
    return ""


def _advice(column: str, text: str) -> str:
    """Tell how a number in another spelling is written here."""
    bare = re.sub("[−–—]", "-", text).removeprefix("+")
    if re.fullmatch(r"\([0-9.]+\)", bare):
        bare = f"-{bare[1:-1]}"
    if re.fullmatch(r"-?[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?", bare):
        bare = re.sub("[, ]", "", bare)
    bare = re.sub(r"^(-?[0-9]+),([0-9]+)(?= ?%?$)", r"\1.\2", bare)
    bare = re.sub(r"^(-?)\.(?=[0-9])", r"\g<1>0.", bare)
    if re.fullmatch(r"-?[0-9.]+e\+?[0-9]{1,2}", bare.lower()):
        bare = f"{float(bare):g}" if PLAIN.fullmatch(f"{float(bare):g}") else bare
    share = bare.removesuffix("%").rstrip()
    if share != bare and PLAIN.fullmatch(share):
        bare = f"{float(share) / 100:g}" if column == "p_value" else share
    if PLAIN.fullmatch(bare):
        return f"write {bare}"
    if bare.startswith(("<", ">", "p")):
        return "leave it empty, and say it in note"
    if column == "n_treat" and re.search("[0-9]", bare):
        return "write the number, and these words in size_note"
    return "write for example 18 or leave it empty"
