"""What a stage may read of the outcomes, and what has to be settled before it."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers.errors import RequestError
from helpers.request import AnyRequest, limits
from helpers.runs import stages
from helpers.runs.written import seal
from helpers.runs.written.seal import Seal


def refuse_reading(name: str, stage: str) -> None:
    """Refuse a table of outcomes that a stage does not open by reading it."""
    if stages.holds_outcomes(name) and stage == "matching":
        raise RequestError(
            f"{name}: outcomes stay sealed until the matching is settled; "
            "open them in 03_outcomes"
        )
    if name == stages.OUTCOMES:
        raise RequestError(
            f"{name}: outcomes are opened by run.open_pool_outcomes() and, once "
            "the design gate stands in the ledger, by run.open_outcomes()"
        )


def refuse_elsewhere(stage: str, source: str) -> None:
    """Refuse to open outcomes in another stage than the one that compares them."""
    if stage != "outcomes":
        raise RequestError(
            f"{source}: outcomes are opened in 03_outcomes; this is "
            f"{stages.NOTEBOOKS[stage]}"
        )


def sealed(
    asked: AnyRequest, outputs: Path, matched: pd.DataFrame, seals: pd.DataFrame
) -> Seal:
    """Give the seal on the outcomes of those matched, as the ledger knows them.

    `matched` is the table of who was matched, `seals` that of each outcome's hashes.
    """
    hashes = seals.set_index("outcome").T.to_dict("list")
    matching, settings = seal.of_matching(matched), seal.settings(asked)
    return Seal(outputs, asked.id, matching, hashes, settings)


def refuse_part_of_gate(
    table: pd.DataFrame, headlines: Iterable[str], source: str
) -> None:
    """Refuse a table of the design gate without a criterion of one of the headlines."""
    told = set(table[["analysis", "criterion"]].itertuples(index=False, name=None))
    problems = [
        f'{source}: the design gate has no row {criterion} of "{name}"; '
        "give run.pass_gate what gate.table makes of every headline"
        for name in headlines
        for criterion in limits.CRITERIA
        if (name, criterion) not in told
    ]
    if problems:
        raise RequestError(problems)
