"""What an item of a reporting standard is answered with."""

from dataclasses import dataclass
from typing import Any

#: answers of TARGET, which asks what is reported
REPORTED, PARTLY, NOT_REPORTED = "Reported", "Reported in part", "Not reported"
#: a question that does not arise, and one that is answered in words alone
NA, IN_WORDS = "NA", "In words"
UNTOLD = "Neither the request nor the run tells."


@dataclass(frozen=True)
class Answer:
    """An answer, why, and where the report has it.

    `response` is empty where only a person can tell. `told` is a sentence in pieces:
    text and refs. `at` are keys of sections, and keys of blocks or what these begin
    with.
    """

    response: str
    told: tuple[Any, ...] = ()
    at: tuple[str, ...] = ()


def said(response: str, *told: Any, at: tuple[str, ...] = ()) -> Answer:
    """Give an answer with why, in pieces of a sentence."""
    return Answer(response, told, at)


def reported(*told: Any, at: tuple[str, ...]) -> Answer:
    """Give what is reported, if anything of `at` stands in the report."""
    return Answer(REPORTED, told, at)


def partly(*told: Any, at: tuple[str, ...]) -> Answer:
    """Give what is reported in part, if anything of `at` stands in the report."""
    return Answer(PARTLY, told, at)


def person(*told: Any, at: tuple[str, ...] = ()) -> Answer:
    """Give what can be said of an item that only a person can answer."""
    return Answer("", told or (UNTOLD,), at)
