"""The comparison of two runs: its sections one after the other."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from helpers.errors import RequestError
from helpers.life_cycle.compare import (
    changes,
    found,
    held,
    made_from,
    measures,
    written,
)
from helpers.life_cycle.compare.sides import Side, two
from helpers.runs import repeat

#: the first section, and its heading where something in it differs
SAID, CHANGES = "What is said", "What is said changes"
#: each section, and what tells the differences in it
SECTIONS: dict[str, Callable[[Side, Side], Iterable[str]]] = {
    SAID: measures.findings,
    "Inputs": made_from.inputs,
    "Settings": made_from.settings,
    "People": found.people,
    "Balance after matching": found.balance,
    "Estimates": measures.estimates,
    "Published results": found.published,
    "Checks": written.checks,
    "Disclosure": written.decisions,
    "Packages": made_from.packages,
    "Kit": made_from.kit,
    "Pages": written.pages,
}
#: those of a run with people alone, and of a summary of published results alone
OF_PEOPLE = (SAID, "People", "Balance after matching", "Estimates")
OF_SUMMARY = ("Published results",)
SAME = "No difference."
#: sections that hold the same analyses of two runs side by side
OF_ANALYSES = (SAID, "Balance after matching", "Estimates")
NONE_IN_BOTH = "No analysis is in both."
LAST = (
    "A → B in every line, as each page prints it; [c] was withheld or not shown. Side "
    "by side two releases can tell of few people: keep this among those who may see "
    "both runs."
)
#: what a reader of two reports has to look up in them
BESIDE = (
    "Not compared: results by place, those of an earlier year, and those of other ways "
    "to compare the groups; both pages have them."
)


def compare(first: str, second: str, outputs: Path) -> list[str]:
    """Give what differs between two finished runs, as lines of text.

    `first` and `second` are ids of runs in `outputs`, or paths of their folders.
    Raises RequestError for what cannot be compared.
    """
    a, b = two(first, second, outputs)
    if problems := [*held.unreadable(a), *held.unreadable(b)]:
        raise RequestError(problems)
    lines = [*_head(a, "A"), *_head(b, "B"), *_notes(a, b)]
    apart = OF_PEOPLE if a.is_summary else OF_SUMMARY
    same = True
    for title, differences in SECTIONS.items():
        if title in apart:
            continue
        told = list(differences(a, b))
        same = same and not told
        heading = CHANGES if title == SAID and told else title
        nothing = SAME if title not in OF_ANALYSES or _share_one(a, b) else NONE_IN_BOTH
        lines += ["", heading, *(f"  {line}" for line in told or [nothing])]
    end = "Nothing that is compared differs." if same else LAST
    return [*lines, "", *([] if same or a.is_summary else [BESIDE]), end]


def _share_one(a: Side, b: Side) -> bool:
    """Tell whether an analysis of one name is in both runs, or neither has any."""
    return a.analyses.keys() == b.analyses.keys() or bool({*a.analyses} & {*b.analyses})


def _head(side: Side, letter: str) -> Iterator[str]:
    at = changes.told(side.manifest.get("finished_at"))
    yield f"{letter}: {changes.told(side.name)}, finished at {at}"
    yield f"   {changes.told(side.manifest['request'].get('title'))}"


def _notes(a: Side, b: Side) -> Iterator[str]:
    """Tell what a reader has to know of the two before the differences."""
    if a.manifest["id"] != b.manifest["id"]:
        names = f"{changes.told(a.manifest['id'])} and {changes.told(b.manifest['id'])}"
        yield f"Note: these are runs of two requests, {names}."
    if a.manifest == b.manifest:
        yield "Note: these are two copies of one run."
    elif _place(a) != _place(b) and not a.is_summary:
        yield (
            "Note: they lie in two folders, so that of neither the decision on what is "
            "withheld knew of the other: publish one of them alone."
        )
    for letter, side in (("A", a), ("B", b)):
        if side.is_destroyed:
            yield (
                f"Note: what {letter} held about people was destroyed; what is "
                "compared here was kept."
            )
        if not repeat.as_written(side.manifest):
            yield (
                f"Note: the manifest of {letter} is not as this version writes it: it "
                "was edited, the kit changed while the run was made, or another "
                "version wrote it."
            )
        if numbers := held.unlike_page(side):
            yield (
                f"Note: numbers of {letter} are not those of its own page: "
                f"{changes.named(numbers)}. Its release/result.json or its page was "
                "edited: run the request again with --overwrite."
            )
        if changed := written.altered(side):
            yield (
                f"Note: files of {letter} are not as the run wrote them: "
                f"{changes.named(changed)}. They are compared as it wrote them."
            )


def _place(side: Side) -> Path:
    """Give the folder of runs that a run lies in, whichever way it was named."""
    return side.folder.resolve().parent
