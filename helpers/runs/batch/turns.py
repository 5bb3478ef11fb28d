"""The order in which the requests of a batch open outcomes and decide what is shown.

What a report shows of people depends on what is out of them already, and what it says
of their outcomes on who opened these before. So both are done in the order of the
batch, however many requests are carried out at once: the result is that of one request
after the other.
"""

from helpers.runs.stages import STAGES

#: what a run does last, after its stages
REPORT = "report"
ORDER = (*STAGES, REPORT)
#: the stage that opens outcomes
OPENS = "outcomes"


class Turns:
    """How far each request has got, by its place in the batch."""

    def __init__(self, count: int) -> None:
        """Begin with none of `count` requests begun."""
        self._reached = [-1] * count
        self._over = [False] * count

    def tell(self, place: int, event: str, stage: str) -> None:
        """Note what a request tells of a stage: that it is next, or done."""
        if stage in ORDER:
            step = ORDER.index(stage) + (event == "stage_done")
            self._reached[place] = max(self._reached[place], step)

    def end(self, place: int) -> None:
        """Note that a request is over: its run is in place, or there is none."""
        self._over[place] = True

    def may_begin(self, place: int, stage: str) -> bool:
        """Tell whether a request may begin a stage, as far as those before it are."""
        before = range(place)
        if stage == REPORT:
            return all(self._over[one] for one in before)
        if stage == OPENS:
            beyond = ORDER.index(OPENS)
            return all(self._over[one] or self._reached[one] > beyond for one in before)
        return True
