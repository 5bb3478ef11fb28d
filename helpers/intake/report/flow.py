"""The flow of submitted lines as a chart and as a table, whatever its last stage is."""

from typing import Any

from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref
from helpers.runs.run import Run

#: the row of the boxes that are hidden and told together
TOGETHER = "Other reasons, together"

#: words for a stage or a loss, and the ref of its number
Numbered = tuple[str, str]


def first(run: Run) -> str:
    """Say what the flow begins with."""
    if run.request.is_open_data:
        return "people in the data"
    return "lines submitted" if run.request.inputs.from_records else "people submitted"


def numbered(label: str, name: str) -> dict[str, Any]:
    """Give a stage or a loss of a flow chart: its number and share of the submitted."""
    return {
        "fact": "step",
        "label": label,
        "count": ref(name),
        "share": ref(refs.share(name), "per_cent"),
    }


def chart(
    run: Run,
    key: str,
    steps: list[Numbered],
    losses: list[list[Numbered]],
    *,
    subtitle: str,
    end: str,
    lead: list[Any] | None = None,
    fold: dict[str, Any] | None = None,
) -> Block:
    """Give the chart: its stages, and the losses between two of them.

    `end` says where those of the last stage are.
    """
    together = numbered("other reasons", refs.OTHER_BOXES)
    return blocks.figure(
        run,
        key,
        figure="flow",
        subtitle=subtitle,
        data={
            "end": end,
            "steps": [numbered(text, name) for text, name in steps],
            "losses": [
                [numbered(text[:1].lower() + text[1:], name) for text, name in between]
                for between in losses
                if between
            ],
            "together": [blocks.where_shown(refs.OTHER_BOXES, together)],
        },
        lead=lead,
        fold=fold,
    )


def table(
    run: Run,
    key: str,
    caption: str,
    losses: list[list[Numbered]],
    *,
    lead: list[Any],
    fold: dict[str, Any],
) -> Block:
    """Give the table: the losses of intake after the lines submitted, and what follows.

    Those boxes that are hidden stand together in a row of their own.
    """
    where = "in the data" if run.request.is_open_data else "submitted"
    # people of a ready cohort were never lines
    counted, each = ("People or lines", "line")
    if not run.request.inputs.from_records:
        counted, each = ("People", "person")
    at_intake, later = losses
    begin = (where[:1].upper() + where[1:], refs.SUBMITTED)
    rows = [begin, *at_intake, (TOGETHER, refs.OTHER_BOXES), *later]
    return blocks.table(
        run,
        key,
        caption=caption,
        columns=["What became of them", counted, f"% of those {where}"],
        rows=[_row(text, name) for text, name in rows],
        lead=lead,
        fold=fold,
        notes=[
            f"Each {each} is counted once, under the first reason that fits. Reasons "
            "for which nobody was lost are left out. The per cents are rounded, so "
            "they may not add up.",
            blocks.where_shown(
                refs.OTHER_BOXES,
                f"{TOGETHER}, are the reasons above it whose numbers are hidden.",
            ),
        ],
    )


def _row(text: str, name: str) -> Any:
    row = [text, ref(name), ref(refs.share(name), "per_cent")]
    # only where several boxes are hidden are any told together
    return blocks.where_shown(name, row) if name == refs.OTHER_BOXES else row
