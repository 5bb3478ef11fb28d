"""What every other way of comparing gives, and whether it bears the finding out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.publication.facts.doubts import Way
from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Place
from helpers.publication.wording.beside.sites import by_place
from helpers.publication.wording.intervals import DIRECTIONS
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import verdict

NONE = "No other way of comparing has a difference that may be shown."
NO_FINDING = (
    "The difference itself is not shown, and so none is by another way of comparing."
)
MAIN_RESULT = "the main result"
APART = (
    "The two ways that weight everyone in the pool by how likely each was to take part "
    "point in opposite directions: neither should be given much weight."
)
#: the two, whose weights are the same
BY_SCORE = ("ipw", "aipw")


@dataclass(frozen=True)
class Tally:
    """How many other ways of comparing point where."""

    ways: int
    lower: int  # their differences
    higher: int
    clear_lower: int  # their whole intervals
    clear_higher: int
    poor: int  # groups not alike enough

    @property
    def clear(self) -> int:
        """How many have an interval on one side of no difference."""
        return self.clear_lower + self.clear_higher


def tally(ways: Sequence[Way]) -> Tally:
    """Count the ways of comparing that are shown, the headline's own left out.

    Those whose groups are not alike enough count too: to leave out the ones that may
    disagree would not be honest. How many they are is said.
    """
    shown = [way for way in ways if not way.main and way.shown]
    sides = [way.side for way in shown]
    values = [way.difference.value for way in shown]
    return Tally(
        ways=len(shown),
        lower=sum(value < 0 for value in values),
        higher=sum(value > 0 for value in values),
        clear_lower=sides.count("lower"),
        clear_higher=sides.count("higher"),
        poor=sum(way.poor for way in shown),
    )


def estimators(data: dict[str, Any]) -> str:
    """Say whether other ways of comparing bear the finding out, in one paragraph.

    And where the finding changes once people helped in one place are taken together.
    """
    measure, ways = data["measure"], data["ways"]
    found, count = verdict(measure), tally(ways)
    if found in ("withheld", "none", "open"):
        return f"<p>{NO_FINDING}</p>"
    if not count.ways:
        return f"<p>{NONE}</p>"
    if found in ("decrease", "increase"):
        said = [_of_finding(found, count, measure.kind)]
    else:
        said = [_of_none(count, measure.kind)]
    said += [_poor(count)] if count.poor else []
    said += [APART] if _by_score_apart(ways) else []
    if "by_site" in data:
        by_site = by_place(measure, data["by_site"], data["table"], MAIN_RESULT)
        said += [by_site] if by_site else []
    return f"<p>{' '.join(said)}</p>"


def _of_finding(found: str, count: Tally, kind: str) -> str:
    """Say how many ways bear out a difference that is statistically significant."""
    less = found == "decrease"
    same, other = (count.lower, count.higher) if less else (count.higher, count.lower)
    clear = count.clear_lower if less else count.clear_higher
    side = DIRECTIONS[kind][not less]
    give = _verb("give", same) if same or count.ways > 1 else "does not give"
    said = f"{_subject(same, count)} {give} a difference in the same direction, {side}."
    if same == 1:
        said += f" Its whole interval is {'' if clear else 'not '}on that side."
    elif same and not clear:
        said += " In none of these is the whole interval on that side."
    elif same:
        these = "all" if clear == same else in_words(clear)
        said += f" In {these} of these the whole interval is on that side."
    if other:
        give = _verb("give", other)
        said += f" {_capital(in_words(other))} {give} a difference in the other."
    if even := count.ways - same - other:
        said += f" {_capital(in_words(even))} {_verb('give', even)} no difference."
    return said


def _of_none(count: Tally, kind: str) -> str:
    """Say how many ways leave open what the finding leaves open."""
    less, more = DIRECTIONS[kind]
    left = count.ways - count.clear
    leave = _verb("leave", left) if left or count.ways > 1 else "does not leave"
    said = f"{_subject(left, count)} {leave} it open too"
    if not count.clear:
        its = "its interval includes" if count.ways == 1 else "their intervals include"
        said += f": {its} no difference."
    else:
        said += f". In {in_words(count.clear)} the whole interval is on "
        if count.clear_lower and count.clear_higher:
            said += f"one side: {in_words(count.clear_lower)} {less} and "
            said += f"{in_words(count.clear_higher)} {more}."
        else:
            said += f"the {less if count.clear_lower else more} side."
    if count.lower and count.higher:
        said += (
            f" The differences themselves point both ways: {in_words(count.lower)} "
            f"{less}, {in_words(count.higher)} {more}."
        )
    return said


def _subject(some: int, count: Tally) -> str:
    if count.ways == 1:
        return "The one other way of comparing"
    if some == count.ways:
        return f"All {in_words(some)} other ways of comparing"
    of = f"of {in_words(count.ways)} other ways of comparing"
    return f"{'None' if not some else _capital(in_words(some))} {of}"


def _poor(count: Tally) -> str:
    if count.poor == count.ways:
        return "Their groups are not alike enough: give them little weight."
    them = "it" if count.poor == 1 else "them"
    return (
        f"In {in_words(count.poor)} of them the groups are not alike enough: give "
        f"{them} little weight."
    )


def _by_score_apart(ways: Sequence[Way]) -> bool:
    values = [way.difference.value for way in ways
              if way.variant in BY_SCORE and way.shown]  # fmt: skip
    return len(values) == len(BY_SCORE) and min(values) < 0 < max(values)


def _verb(verb: str, count: int) -> str:
    return verb if count > 1 else f"{verb}s"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def not_borne_out(measure: Measure, ways: Sequence[Way], figure: Place) -> str:
    """Say beside a finding where most other ways of comparing give another; or nothing.

    A way gives the same where its whole interval lies on the side of a significant
    difference, or includes no difference where the finding is not significant.
    """
    found, count = verdict(measure), tally(ways)
    at = f" ({figure.html})" if figure.number else ""
    if found in ("decrease", "increase"):
        clear = count.clear_lower if found == "decrease" else count.clear_higher
        if 2 * clear < count.ways:
            return f"Most other ways of comparing do not bear this out{at}."
    if found in ("inconclusive", "untested") and 2 * count.clear > count.ways:
        return (
            "By most other ways of comparing the whole interval is on one side of no "
            f"difference{at}."
        )
    return ""
