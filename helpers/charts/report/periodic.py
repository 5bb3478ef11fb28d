"""What the periodic summary alone declares: its main points, its limits, its result.

A request with an analysis of its own has others, and gets nothing from here.
"""

from typing import Any

from helpers.charts.catalogue import overlaps, read
from helpers.charts.catalogue.read import FINDINGS, KINDS, Catalogue
from helpers.charts.report import rows, summary
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.request.types import of_kind
from helpers.runs.run import Run


def main_points(run: Run, catalogue: Catalogue) -> list[Block]:
    """Give how findings divide, in the last full count and in what is collected."""
    if not run.request.alone:
        return []
    counted, collected = summary.bar(catalogue), summary.collected(catalogue)
    data = {"counted": counted, "collected": collected}
    words = "periodic_main_points"
    return [blocks.words(run, "main-points", words=words, data=data)]


def _counts(kind: str = "all", type_: str = "") -> dict[str, Any]:
    names = (*FINDINGS, "all")
    return {name: blocks.ref(refs.counted(name, kind, type_)) for name in names}


def limits(run: Run, catalogue: Catalogue) -> list[Block]:
    """Say what the collection is not, and name the results that may share people."""
    if not run.request.alone:
        return []
    results = catalogue.results
    lacks = {
        "computed": (results["interval"] == "computed").any(),
        "undated": (~results["published"].str.fullmatch(read.MONTH)).any(),
    }
    data = {"lacks": [name for name, so in lacks.items() if so]}
    made = [blocks.words(run, "limits", words="periodic_limits", data=data)]
    known = catalogue.results.set_index("id")
    labels = {t.name: t.label for t in of_kind(catalogue.types, "intervention")}
    listed: list[list[str]] = []
    for organisation, type_, ids in overlaps.named(catalogue.results):
        listed.append([f"{organisation}, {labels[type_]}"])
        listed += [_named(known.loc[id]) for id in ids]
    if listed:
        made.append(_overlaps(run, listed))
    return made


def _overlaps(run: Run, listed: list[list[str]]) -> Block:
    key = "overlaps"
    return blocks.table(
        run,
        key,
        caption="Results that may share people",
        columns=["Programme", "Published", "Years of the people"],
        rows=listed,
        lead=[
            see(key),
            " lists results of one organisation and one intervention type whose years "
            "meet, or were not printed: some people may be in several of them.",
        ],
    )


def _named(row: Any) -> list[str]:
    """Give a result's programme, when it was published, and its people's years."""
    return [row["programme"], rows.month(row["published"]), rows.years(row)]


def write_result(run: Run, catalogue: Catalogue) -> None:
    """Leave what the summary's result.json is made of, once all is registered.

    The counts of the last full split, those of what is collected, of each type too, and
    every number of the stage by its ref.
    """
    if not run.request.alone:
        return
    types = {
        f"by_{kind}_type": {
            type_.name: _counts(kind, type_.name)
            for type_ in of_kind(catalogue.types, kind)
        }
        for kind in KINDS
    }
    recipe = {
        "request_id": run.request.id,
        "as_of": run.request.as_of.isoformat(),
        "last_full_count": summary.bar(catalogue) or None,
        "collected": _counts(),
        **types,
        "numbers": {cell.ref: blocks.ref(cell.ref) for cell in run.registered},
    }
    run.write("data/result_recipe.json", recipe, sensitivity="restricted")
