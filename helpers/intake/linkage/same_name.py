"""Whether two names that are written nearly alike are one name, or two.

Gurdeep and Gurpreet are as near in spelling as Micheal and Michael, but they are two
names, and of two people. Nearness alone would link the one to the other wherever a
surname is common, which is another way of saying: among Singhs, Khans and Alis.

Two names are one where

- all that parts them is a middle name or half of a double surname (a part);
- one is another way of writing the other, or for forenames a short form of it
  (`known_names`, `diminutives`);
- one of them is no known name, and one slip (a letter put in, left out, replaced, or
  swapped with the next; two slips from seven letters on) makes it the other, or a
  known name that the other is a way of writing. A slip that lies as near to another
  known name counts for either;
- one of them is unlike every known name: a surname that is near enough, a
  forename that is one slip away, or the beginning of the other.

A slip of a forename seldom changes its first letter (Hitesh and Mitesh are two), unless
it writes the same sound or is swapped with the next, and never makes a man's name a
woman's (Farhan and Farhana, Mario and Maria). Two forenames that are both syllables of
Chinese in Latin letters are two names.

A name is known that stands on the list of `known_names`, or that at least one in
20,000 people of the register bear, and at least ten: a slip is rarer than that even of
the commonest names, and in a small register ten people do not make the same slip.
"""

import re
from collections.abc import Callable
from functools import cache

import pandas as pd
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import extract

from helpers.intake.linkage.agreement import NEAR
from helpers.intake.linkage.diminutives import full_names
from helpers.intake.linkage.known_names import (
    PARTICLES,
    TITLES,
    Names,
    shipped,
    with_frequent,
)

#: share of the register, and number of people, that make a name known
KNOWN_SHARE, KNOWN_LEAST = 1 / 20_000, 10
#: letters from which a name may hold two slips
LONG = 7
#: letters that the beginning of a name must have to say anything
BEGINNING = 3
#: first letters that may write one sound
_ONE_SOUND = frozenset(map(frozenset, "CK CQ KQ GJ JY IY EI OU SZ VW".split()))
#: one or two syllables of a Chinese name in Latin letters
_INITIAL = "(?:ZH|CH|SH|HS|TS|[BPMFDTNLGKHJQXRZCSYW])"
_FINAL = (
    "(?:IANG|IONG|UANG|ANG|ENG|ING|ONG|IAO|IAN|UAI|UAN|AI|EI|AO|OU|AN|EN|IN|UN|IA|IE|IU|"
    "UA|UI|UO|UE|IUNG|UNG|IH|IEH|UEH|A|O|E|I|U)"
)
_CHINESE = re.compile(
    f"(?:{_INITIAL}{_FINAL}|I|A[INO]?|ANG|E[IN]?|OU)(?:{_INITIAL}{_FINAL})?"
)
#: how many people of the register bear each of some names: ("forename", names)
Carriers = Callable[[str, set[str]], pd.Series]


#: how near each name is → the line's name, the register's, and whose rule tells more:
#: crossed names are each held against the other of the register row
COMPARED = {
    "surname_alike": ("l_surname", "r_surname", "surname"),
    "forename_alike": ("l_forename", "r_forename", "forename"),
    "crossed_surname": ("l_surname", "r_forename", "forename"),
    "crossed_forename": ("l_forename", "r_surname", "surname"),
}


def mark(pairs: pd.DataFrame, carriers: Carriers, people: int) -> pd.DataFrame:
    """Give the compared pairs with whether names that are near may be one name.

    Adds surname_one, forename_one, crossed_surname_one and crossed_forename_one, which
    say something only where an id is the same, or both names are near and the date is
    exact: no pass rests on names that are near in other pairs. `people` is how many
    the register holds.
    """
    near = pairs[list(COMPARED)] >= NEAR
    both = near["surname_alike"] & near["forename_alike"]
    both |= near["crossed_surname"] & near["crossed_forename"]
    looked_at = both & (pairs["date"] == "exact")
    looked_at |= pairs["pnc_same"] | pairs["prison_same"]
    asked = pairs[looked_at]
    least = max(KNOWN_LEAST, people * KNOWN_SHARE)
    rules = {}
    for part in ("surname", "forename"):
        names: set[str] = set()
        for alike, (ours, theirs, whose) in COMPARED.items():
            if whose == part:
                rows = asked[near.loc[asked.index, alike] & (asked[alike] < 1)]
                names |= _parts(rows[ours]) | _parts(rows[theirs])
        borne = carriers(part, names - shipped(f"{part}s").keys())
        known = with_frequent(f"{part}s", borne.index[borne >= least])
        rules[part] = SameName(known, forenames=part == "forename")
    marked = pairs.copy()
    for alike, (ours, theirs, whose) in COMPARED.items():
        rows = asked[near.loc[asked.index, alike] & (asked[alike] < 1)]
        name = f"{alike.removesuffix('_alike')}_one"
        marked[name] = True
        marked.loc[rows.index, name] = [
            rules[whose].may_be(*both)
            for both in zip(rows[ours], rows[theirs], strict=True)
        ]
    return marked


class SameName:
    """The rule for forenames, or for surnames, by the names that are known."""

    def __init__(self, known: Names, *, forenames: bool) -> None:
        self._known, self._forenames = known, forenames
        self._choices = list(known)
        self.may_be = cache(self._may_be)
        self._full = cache(self._stands_for)

    def _may_be(self, one: str, other: str) -> bool:
        """Tell whether two spelt names may be one."""
        a, b = one.split(), other.split()
        if "".join(a) == "".join(b):
            return True
        shared = set(a) & set(b)
        a, b = ([part for part in name if part not in shared] for name in (a, b))
        if not a or not b:
            return bool(shared - PARTICLES - (TITLES if self._forenames else set()))
        few, many = sorted((a, b), key=len)
        if len(few) == 1 < len(many):  # a middle name, and a slip in the other
            return any(self._one_name(few[0], part) for part in many)
        return self._one_name("".join(a), "".join(b))

    def _one_name(self, one: str, other: str) -> bool:
        meant, others = self._full(one), self._full(other)
        if not self._forenames:
            return not (meant and others) or bool(meant & others)
        if _chinese(one) and _chinese(other):
            itself = [self._known.get(name, {name}) for name in (one, other)]
            return not itself[0].isdisjoint(itself[1])
        if _forms(meant | {one}, others | {other}):
            return True
        if meant & others:
            return True
        if not _may_be_slip(one, other):
            return False
        short, long = sorted((one, other), key=len)
        begins = len(short) >= BEGINNING and long.startswith(short)
        if begins and short not in self._known:
            return True
        return not (meant and others) and OSA.distance(one, other) <= 1

    def _stands_for(self, name: str) -> frozenset[str]:
        """Give the known names that a name is, or is a slip of; none where unknown."""
        if name in self._known:
            return self._known[name]
        for slips in (1, 2) if len(name) >= LONG else (1,):
            near = extract(
                name, self._choices, scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            names = [found for found, *_ in near]
            if self._forenames:
                names = [found for found in names if _may_be_slip(name, found)]
            if names:
                return frozenset().union(*(self._known[found] for found in names))
        return frozenset()


def _parts(names: pd.Series) -> set[str]:
    """Give names without spaces, and the parts of those that have several."""
    return {part for name in names for part in (*name.split(), name.replace(" ", ""))}


def _forms(some: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether one of some forenames is a short form of one of the others."""
    return any(
        one in full_names(other)
        or other in full_names(one)
        or (
            not full_names(one).isdisjoint(full_names(other))
            and JaroWinkler.similarity(one, other) >= NEAR
        )
        for one in some
        for other in others
    )


def _may_be_slip(one: str, other: str) -> bool:
    """Tell whether nothing speaks against one of two forenames being a slip."""
    return _begin_alike(one, other) and not _man_and_woman(one, other)


def _begin_alike(one: str, other: str) -> bool:
    """Tell whether two names begin with one sound, or with two letters swapped."""
    first = {"F" if name.startswith("PH") else name[0] for name in (one, other)}
    return len(first) == 1 or first in _ONE_SOUND or one[:2] == other[1::-1]


def _man_and_woman(one: str, other: str) -> bool:
    """Tell whether one name has the ending of a woman's and is else the other."""
    short, long = sorted((one, other), key=len)
    ends = {one[-1], other[-1]} == {"A", "O"} and one[:-1] == other[:-1]
    return ends or long in (f"{short}A", f"{short}AH")


def _chinese(name: str) -> bool:
    return _CHINESE.fullmatch(name) is not None
