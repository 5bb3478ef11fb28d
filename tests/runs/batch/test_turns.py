"""The order in which requests open outcomes and decide, whatever time each takes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from support import effort

from helpers.runs.batch.turns import ORDER, Turns

#: what a request does: a part of the stages, then its end, wherever it stops
PATHS = st.lists(st.integers(0, len(ORDER)), min_size=1, max_size=6)


@settings(max_examples=effort.examples(150))
@given(PATHS, st.integers(1, 4), st.data())
def test_outcomes_and_reports_come_in_the_order_of_the_batch(stops, jobs, data):
    turns, log = Turns(len(stops)), []
    waiting, at = list(range(len(stops))), {}
    while waiting or at:
        while waiting and len(at) < jobs:
            at[waiting.pop(0)] = 0
        for place, step in at.items():
            if step < stops[place]:
                turns.tell(place, "stage_next", ORDER[step])
        able = [
            place
            for place, step in at.items()
            if step == stops[place] or turns.may_begin(place, ORDER[step])
        ]
        assert able  # somebody can always go on
        place = data.draw(st.sampled_from(sorted(able)))
        if at[place] == stops[place]:
            turns.end(place)
            log.append((place, "over"))
            del at[place]
        else:
            log.append((place, ORDER[at[place]]))
            turns.tell(place, "stage_done", ORDER[at[place]])
            at[place] += 1
    opened = [place for place, what in log if what == "outcomes"]
    assert opened == sorted(opened)
    for number, (place, what) in enumerate(log):
        if what == "report":  # every request before it is in place, or there is none
            before = {other for other, what in log[:number] if what == "over"}
            assert set(range(place)) <= before


def test_what_comes_before_outcomes_is_done_whatever_others_do():
    turns = Turns(2)
    assert turns.may_begin(1, "intake")
    assert turns.may_begin(1, "matching")
    assert not turns.may_begin(1, "outcomes")
    turns.tell(0, "stage_next", "outcomes")
    assert not turns.may_begin(1, "outcomes")
    turns.tell(0, "stage_done", "outcomes")
    assert turns.may_begin(1, "outcomes")
    turns.tell(0, "stage_done", "report")  # and it is not in its place yet
    assert not turns.may_begin(1, "report")
    turns.end(0)
    assert turns.may_begin(1, "report")
