"""The one disclosure decision of a run, in the light of other runs on its people."""

import time

from helpers.files import sha256
from helpers.publication import disclosure
from helpers.publication.cells import Cell, Sum
from helpers.publication.disclosure import Decision, editions
from helpers.publication.disclosure.editions import Release
from helpers.publication.disclosure.structure import Analysis, structure
from helpers.publication.refs import slug
from helpers.runs import others
from helpers.runs.run import Run
from helpers.runs.stages import NOTEBOOKS
from helpers.runs.written import editions as written


def decide(
    work: Run, cells: list[Cell], sums: list[Sum], used: frozenset[str]
) -> tuple[Decision, dict[str, list[Analysis]]]:
    """Make the one disclosure decision over everything that the report holds.

    With it come the analyses of other runs on some of the same people, by their run.
    """
    request, outputs = work.request, work.folder.parent
    settings = request.disclosure
    if settings.profile == "none":
        return disclosure.release(cells, sums, profile="none", threshold=0), {}
    data, rule = work.folder / others.DATA, f"{settings.profile} {settings.threshold}"
    own = others.release(data)
    analyses = editions.since(
        structure([others.who(data, stage) for stage in NOTEBOOKS]),
        own,
        others.last(outputs, request.id),
        rule,
    )
    beside = _beside(work, own)
    decision = disclosure.release(
        cells,
        sums,
        profile=settings.profile,
        threshold=settings.threshold,
        analyses=analyses,
        headlines=[slug(one.name) for one in request.analyses if one.headline],
        earlier=[one for analyses in beside.values() for one in analyses],
        published=editions.published(written.results(outputs, request.id)),
        used=used,
    )
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    out = editions.told(analyses, decision.released, rule, now)
    work.write(f"data/{others.OUT}", out, sensitivity="restricted")
    return decision, beside


def _beside(work: Run, own: Release) -> dict[str, list[Analysis]]:
    """Give the analyses of other runs on these people, by their run.

    The run keeps what was looked at.
    """
    outputs, run_id = work.folder.parent, work.request.id
    found = {}
    for other in others.releases(outputs, run_id):
        of_these = editions.earlier(own, [other])
        if of_these:
            work.beside[other.name] = other.sha256
            found[other.name] = of_these
    for path in written.results(outputs, run_id):
        work.beside[written.name(path)] = sha256(path)
    return found
