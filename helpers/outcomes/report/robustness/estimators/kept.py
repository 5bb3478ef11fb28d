"""How many people another way of comparing keeps, so told that nobody follows from it.

Ways of comparing keep almost the same people. Told exactly, two of them would tell how
many have a match within one caliper and none within a closer one, and a way that keeps
everybody would tell how many the headline left unmatched. So of each way it is told how
many fewer it keeps than the headline, to the nearest step of twice the threshold, and
nothing where it keeps more.

What a reader may work out from that, with every other number of the report: the people
by whom a way and the headline differ are from none up to the threshold, or more than
that; those of two ways the same, since both ends of either are a threshold wide; those
whom a way leaves unmatched, from none up to the threshold more than the headline does;
and of those whom the headline left unmatched nothing, since no bound lies above its own
size. All this follows from the threshold and from numbers that are shown: no count that
is hidden decides what is told. It hides no other number, and needs no integer program.

The step must be small beside the study, or "about as many" would mean little: where
twice the threshold is more than a fifth of the people in the headline nothing is told.
"""

import math

from helpers.publication.disclosure.rules import Profile, to_step

#: so many thresholds the headline must have for its steps to mean something
LEAST = 10
#: a way with fewer thresholds than these might be about too few: it is not told at all
FEWEST = 3


def about(kept: int, headline: int, rule: Profile | None) -> int | None:
    """Give about how many people a way keeps, at most as many as the headline's.

    All of them where nothing is hidden; None where steps would mean little.
    """
    if rule is None:
        return kept
    printed = to_step(headline, rule.round_to)
    if printed < LEAST * rule.threshold:
        return None
    return _in_steps(kept, headline, rule)


def too_few(kept: int, headline: int, rule: Profile | None) -> bool:
    """Tell whether a way may keep so few people that nothing is told of it.

    Those that are told have twice the threshold at least, and of one that is not there
    may be as many: it is not said that they are few.
    """
    if rule is None:
        return False
    return _in_steps(kept, headline, rule) < FEWEST * rule.threshold


def _in_steps(kept: int, headline: int, rule: Profile) -> int:
    # a loss of exactly the threshold is still none: an unsafe one may be that many
    step = 2 * rule.threshold
    steps = max(0, math.ceil((headline - kept - rule.threshold) / step))
    return to_step(headline, rule.round_to) - step * steps
