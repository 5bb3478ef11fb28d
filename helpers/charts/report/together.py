"""What published results come to when they are taken together: the blocks."""

from collections.abc import Callable
from typing import Any

from helpers.charts.catalogue import overlaps
from helpers.charts.catalogue.read import Catalogue
from helpers.charts.report import arrangement, pooled, rows, sections, taken
from helpers.charts.report.pooled import Group
from helpers.charts.report.taken import Taken
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see, where_shown
from helpers.publication.wording.number_words import in_words
from helpers.request.limits import POOLED_FROM, PREDICTED_FROM
from helpers.request.types import of_kind
from helpers.runs.run import Run

LEFT_OUT = "Results left out, since a larger one may be about the same people"
EVERY_TYPE = "What the results of every type come to together"
FEW_TYPES = f"Types with fewer than {in_words(POOLED_FROM)} results to take together"
FEWER = f"fewer than {in_words(PREDICTED_FROM)}"
NOTES = [
    "A result is taken in where a whole 95% interval of it was printed; computed "
    "intervals are not. Of results that may be about the same people, the largest is.",
    "The interval of the mean allows for programmes that differ.",
]
NEW = (
    "The range of a new programme is a 95% interval, if the programme is like those "
    "that were published. Tried on made-up programmes it held less often than that "
    "where few results were known."
)
NO_NEW = (
    f"With fewer than {in_words(PREDICTED_FROM)} results, nothing is said of a "
    "programme that is new."
)


def together(run: Run, published: Catalogue) -> list[Block]:
    """Give what results come to together: how, in words, tables, and a figure each.

    Types of the same results have one figure. A report folds all of it, and has what
    is said of its own types first. A summary of results has nothing where none is
    collected.
    """
    found = pooled.groups(published)
    if not found:
        return [] if run.request.alone else [_how(run, published, found, [])]
    own = _own(run, published, found)
    sets = taken.by_results(run, found, pooled.own(run, published), own)
    mine = _of_own(own, sets)
    others = [one for one in sets if one.key not in mine]
    return [
        _how(run, published, found, sets),
        *(block for one in mine.values() for block in _in_view(run, one, sets)),
        *_tables(run, found),
        *_left_out(run, published),
        *(make(run, one) for one in others for make in (taken.words, taken.figure)),
    ]


def _names(one: Taken) -> list[tuple[str, str]]:
    return [(group.kind, group.type_) for group in one.same]


def _own(
    run: Run, published: Catalogue, found: list[Group]
) -> dict[tuple[str, str], Group]:
    """Give the request's own types, each with the results of it, which may be none."""
    known = {(group.kind, group.type_): group for group in found}
    none = found[0].used[:0]
    return {
        (kind, name): known.get((kind, name), Group(kind, name, type_.label, none))
        for kind, name in arrangement.own_types(run).items()
        for type_ in of_kind(published.types, kind)
        if type_.name == name
    }


def _of_own(own: dict[tuple[str, str], Group], sets: list[Taken]) -> dict[str, Taken]:
    """Give the results of each own type by key; types of the same results once."""
    found = {}
    for name, group in own.items():
        of_it = [one for one in sets if name in _names(one)]
        one = of_it[0] if of_it else Taken([group], [])
        found[one.key] = one
    return found


def _in_view(run: Run, one: Taken, sets: list[Taken]) -> list[Block]:
    """Say what an own type comes to, or why to nothing; and show it where there is."""
    figure = [taken.figure(run, one)] if any(one is other for other in sets) else []
    return [taken.words(run, one, in_view=True), *figure]


def _how(
    run: Run, published: Catalogue, found: list[Group], sets: list[Taken]
) -> Block:
    kept = pooled.used(published.results)
    own = [study["ci_low"]["ref"] for study in sections.studies(run, published)]
    alike = own and pooled.shares_people(run, kept)
    data = {
        "all": ref(refs.counted("all")),
        "count": ref(refs.pooled("count")) if found else None,
        "mean": taken.whether_any(sets),
        "alike": [where_shown(own[0], "alike")] if alike else [],
    }
    fold = taken.part(run) if found else None
    return blocks.words(
        run, "together-how", words="taken_together", data=data, fold=fold
    )


def _left_out(run: Run, published: Catalogue) -> list[Block]:
    """Name the results left out for a larger one that may be about the same people."""
    printed = published.results[published.results["interval"] == "printed"]
    kept, group = pooled.used(printed), overlaps.groups(printed)
    larger = {group[row.id]: row.programme for row in kept.itertuples()}
    left = printed[~printed["id"].isin(kept["id"])]
    if left.empty:
        return []
    named = [
        [row.programme, row.organisation, rows.month(row.published),
         larger[group[row.id]]]
        for row in left.itertuples()
    ]  # fmt: skip
    return [
        blocks.table(
            run,
            "together-left-out",
            caption="Results left out for a larger one that may be about the same "
            "people",
            columns=["Left out", "Organisation", "Published", "Taken in its place"],
            rows=named,
            lead=[see("together-left-out"), " names the results that were left out, "
                  "since a larger one may be about the same people."],
            source=sections.SOURCE,
            fold=arrangement.fold(
                run, "intervention", "", LEFT_OUT, within=taken.part(run)
            ),
        )
    ]  # fmt: skip


def _tables(run: Run, found: list[Group]) -> list[Block]:
    """Give the types that have a mean, and those that have too few results for one."""
    enough = [group for group in found if len(group.used) >= POOLED_FROM]
    few = [group for group in found if len(group.used) < POOLED_FROM]
    return [
        *([_means(run, enough)] if enough else []),
        *([_too_few(run, few)] if few else []),
    ]


def _every_type(run: Run, line: str = EVERY_TYPE) -> dict[str, Any] | None:
    """Give the fold of what is on every type, beside that on a report's own."""
    if run.request.alone and line == EVERY_TYPE:
        return None
    return blocks.fold(line, within=taken.part(run))


def _means(run: Run, enough: list[Group]) -> Block:
    """Give one row a type: how many results, their mean, and a new programme's.

    The last stands where there are enough results of any type to say it.
    """
    new = any(len(group.used) >= PREDICTED_FROM for group in enough)
    columns = [
        "Type",
        "Results taken together",
        "Mean",
        "95% interval of the mean",
    ]
    return blocks.table(
        run,
        "together",
        caption="Mean difference from the comparison groups in people who reoffended, "
        "in every 100",
        columns=columns + ["A new programme"] * new,
        rows=_by_kind(enough, lambda group: _mean_cells(group, new=new)),
        lead=[see("together"), " shows the mean of each type of which at least "
              f"{in_words(POOLED_FROM)} results can be taken together."],
        notes=[*NOTES, NEW if new else NO_NEW],
        source=sections.SOURCE,
        fold=_every_type(run),
    )  # fmt: skip


def _too_few(run: Run, few: list[Group]) -> Block:
    return blocks.table(
        run,
        "together-few",
        caption="Types with too few results for a mean",
        columns=["Type", "Results collected", "Of these, to be taken together"],
        rows=_by_kind(few, _few_cells),
        lead=[see("together-few"), " counts the results of each type of which fewer "
              f"than {in_words(POOLED_FROM)} can be taken together."],
        source=sections.SOURCE,
        fold=_every_type(run, FEW_TYPES if run.request.alone else EVERY_TYPE),
    )  # fmt: skip


def _by_kind(
    groups: list[Group], cells: Callable[[Group], list[Any]]
) -> list[list[Any]]:
    """Give a row a group, and above those of a kind what they are grouped by."""
    made: list[list[Any]] = []
    before = "all"
    for group in groups:
        if group.kind != before:
            made.append([rows.HEADINGS[group.kind]])
        before = group.kind
        made.append([group.label, *cells(group)])
    return made


def _counts(group: Group) -> list[dict[str, str]]:
    """Give how many of a group can be taken together, and how many are collected."""
    return [
        ref(made(name, group.kind, group.type_))
        for made, name in ((refs.pooled, "count"), (refs.counted, "all"))
    ]


def _few_cells(group: Group) -> list[Any]:
    return _counts(group)[::-1]


def _mean_cells(group: Group, *, new: bool) -> list[Any]:
    """Give the cells of a type; where it has too few results, the last says so."""
    count, all_ = _counts(group)
    mean = ref(refs.pooled("mean", group.kind, group.type_), "fewer")
    cells = [[count, " of ", all_], [mean], _interval(group, "ci")]
    enough = len(group.used) >= PREDICTED_FROM
    return cells + [_interval(group, "new") if enough else FEWER] * new


def _interval(group: Group, name: str) -> dict[str, Any]:
    ends = [
        ref(refs.pooled(f"{name}_{end}", group.kind, group.type_), "size")
        for end in ("low", "high")
    ]
    return {"fact": "interval", "low": ends[0], "high": ends[1],
            "less": "fewer", "more": "more"}  # fmt: skip
