"""Hidden bias by what was measured: its cells, its table and its sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from helpers.outcomes.report.robustness.hidden.doubted import HIDDEN, Doubted, headed
from helpers.outcomes.report.tables import SIDES
from helpers.outcomes.robustness.hidden import hidden_bias
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import variable
from helpers.request import Request
from helpers.runs.run import Run

KEY = "hidden-bias"
MOVED = "6: M of a group: |τ_EB(without the group) − τ_EB|"
SHIFTED = "6: the limit as printed, moved by M towards 0"
COLUMNS = ["What is left out", "Difference moves by", "Interval moved as far towards "
           "no difference", "Excludes no difference?"]  # fmt: skip
LEAD = (
    " leaves out what was measured, a group at a time, and tells how far the "
    "difference moves. Something hidden that is as strong could move it as far."
)
NOTE = (
    "Differences here are by weights that make the groups exactly alike on all that is "
    "left in (entropy balancing). The interval is that of the headline, its limits as "
    "printed, moved by the number before it: its decimal is that number’s alone, and "
    "it is no more exact than the printed limits are."
)
ALLOWED_FOR = (
    "Each group is left out while all the others stay in, so that what they have in "
    "common with it is still allowed for. In the picture of how strong something "
    "hidden would have to be each stands by itself. So one that moves nothing here may "
    "be strong there."
)
NONE = "[z]"

#: what groups of the records are called
CALLED = {
    hidden_bias.HISTORY: "Criminal history",
    **{
        hidden_bias.OF_SOURCE.format(source): label
        for source, label in {
            "person": "Who people are, such as age and ethnicity",
            "sentence": "The index sentence",
            "employment": "Work",
            "benefit": "Benefits",
            "assessment": "Assessed needs",
        }.items()
    },
}


def called(request: Request, group: str) -> str:
    """Give what a group of covariates is called."""
    return CALLED.get(group) or variable(request, group)


def _place(one: Doubted, group: str, name: str) -> str:
    return f"without.{refs.in_key(group)}.{name}"


def cells(doubted: Sequence[Doubted], known: Mapping[str, Cell]) -> list[Cell]:
    """Give how far each group moves the difference, and the interval moved by it."""
    return [cell for one in doubted for cell in _cells(one, known)]


def _cells(one: Doubted, known: Mapping[str, Cell]) -> Iterator[Cell]:
    found = one.checks[hidden_bias.NAME].table
    ends = [one.level("ci_low"), one.level("ci_high")]
    low, high = (known[name].value for name in ends)
    for row in found[found["why"] == ""].itertuples(index=False):
        moved = one.cell(
            _place(one, row.group, "moved"), abs(row.moved) * one.scale, MOVED, "tenth"
        )
        yield moved
        by = one.rounded(moved)
        limits = (None, None)
        if None not in (low, high, by):
            limits = hidden_bias.towards_zero(low, high, by)
        for name, limit in zip(("ci_low", "ci_high"), limits, strict=True):
            place = _place(one, row.group, name)
            yield one.cell(place, limit, SHIFTED, "tenth", [*ends, moved.ref])


def blocks_of(run: Run, doubted: Sequence[Doubted]) -> list[Block]:
    """Give the table of all groups, and of each headline what the strongest says."""
    told = [one for one in doubted if len(one.checks[hidden_bias.NAME].table)]
    if not told:
        return []
    rows = {
        one.analysis: [
            blocks.where_shown(one.ref("p_value"), row) for row in _rows(one, run.cells)
        ]
        for one in told
    }
    made = blocks.table(
        run,
        KEY,
        caption="The difference without what was measured",
        heading="Something hidden as strong as what was measured",
        columns=COLUMNS,
        rows=headed(told, rows),
        lead=[see(KEY), LEAD],
        notes=[NOTE, ALLOWED_FOR],
        stands_with=[one.ref("p_value") for one in told],
    )
    return [made, *(_words(run, one) for one in told)]


def _rows(one: Doubted, known: Mapping[str, Cell]) -> list[list[Any]]:
    every = one.checks[hidden_bias.NAME].table.itertuples(index=False)
    return [_row(one, row, known) for row in every]


def _row(one: Doubted, row: Any, known: Mapping[str, Cell]) -> list[Any]:
    label = called(one.request, row.group)
    if row.why:
        return [label, NONE, row.why, NONE]
    moved, low, high = (one.ref(_place(one, row.group, name))
                        for name in ("moved", "ci_low", "ci_high"))  # fmt: skip
    less, more = SIDES[one.outcome.kind]
    ends = {"fact": "interval", "low": ref(low, "lower_tenths"),
            "high": ref(high, "lower_tenths"), "less": less, "more": more}  # fmt: skip
    holds = blocks.told(_holds(known, low, high), moved, low, otherwise=HIDDEN)
    return [label, ref(moved, "size_tenths"), ends, holds]


def _holds(known: Mapping[str, Cell], low: str, high: str) -> str:
    """Say whether an interval excludes no difference, by its limits as printed."""
    ends = [known[name].value for name in (low, high)]
    if None in ends:
        return NONE
    return "Yes" if ends[0] > 0 or ends[1] < 0 else "No"


def _words(run: Run, one: Doubted) -> Block:
    found = one.checks[hidden_bias.NAME].table
    data = {
        "analysis": one.analysis if len(run.request.analyses) > 1 else "",
        "measure": one.measure,
        "per": one.per,
        "groups": [
            {
                "label": called(one.request, row.group),
                **{
                    name: ref(one.ref(_place(one, row.group, name)), "lower_tenths")
                    for name in ("moved", "ci_low", "ci_high")
                },
            }
            for row in found[found["why"] == ""].itertuples(index=False)
        ],
    }
    key = f"{KEY}-{refs.slug(one.analysis)}"
    return blocks.words(run, key, words="hidden_bias", data=data,
                        stands_with=[one.ref("p_value")])  # fmt: skip
