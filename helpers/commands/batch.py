"""Several requests by one command: run REQUEST REQUEST … --jobs N."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.console import complain, from_here, say, told
from helpers.files import ROOT

if TYPE_CHECKING:
    from helpers.runs.batch.asked import Asked
    from helpers.runs.batch.job import Work
    from helpers.runs.batch.jobs import Came


def run(options: argparse.Namespace, find: Callable[[str], Path], work: "Work") -> int:
    """Carry several requests out, each in a process of its own; 1 if any has no report.

    `find` gives the file of a request by its name, and `work` carries one out. One
    that stops keeps none of the others from being carried out. What each came to
    stands in index.html, in the folder of the runs.
    """
    from helpers.runs.batch import display, page
    from helpers.runs.batch.asked import asked
    from helpers.runs.batch.jobs import Batch

    outputs = (options.outputs or ROOT / "outputs").absolute()
    each = [_idle(one, options.until) for one in asked(options.requests, find)]
    began = time.time()
    with display.shown(sys.stderr, len(each)) as shown:
        batch = Batch(each, outputs, shown, jobs=options.jobs, work=work, words=told)
        came = batch.carry_out()
    how = page.How(options.jobs, began, time.time() - began)
    try:
        index = page.write(outputs, came, how)
    except OSError as error:  # a full disk: what they came to is told all the same
        index = None
        complain(f"{told(error)}; the page that lists the requests is not written")
    _tell(came, index)
    if batch.interrupted:
        raise KeyboardInterrupt
    return int(index is None or any(one.failed for one in came))


def _idle(one: "Asked", until: str | None) -> "Asked":
    """Note of a request without the stage to stop after that it has nothing to do."""
    if not until or one.request is None or until in one.request.stages:
        return one
    why = f"A summary of published results has no {until}: nothing was to be done."
    return replace(one, idle=why)


def _tell(came: Sequence["Came"], index: Path | None) -> None:
    """Say what each request came to, and last of all which have no report."""
    from helpers.runs.batch.page import WHY, in_brief

    for one in came:
        if not one.failed:
            where = [from_here(one.end.report)] if one.end.report else []
            for line in (one.end.words, *one.end.notes, *where):
                say(f"{one.asked.name}: {line}")
    if index:
        say(from_here(index))
    sys.stdout.flush()
    for one in came:
        if one.failed:
            complain(one.end.words or f"{one.asked.name}: {WHY[one.end.status]}")
    brief = in_brief(came)
    (complain if any(one.failed for one in came) else say)(brief)
