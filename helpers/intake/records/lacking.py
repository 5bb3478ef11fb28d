"""What an engine says where the machine has no room for its work, told in a line.

Its own words may hold a person's row, so that only what it ran out of is told.
"""

from pathlib import Path

from helpers.errors import NO_ROOM, DataError, ran_out
from helpers.files import shown


def told(
    error: Exception, place: Path, memory: str, too_little: bool
) -> DataError | None:
    """Give the error of a full disk, or of too little memory; None of any other.

    `place` is where the engine's files lie, `memory` the limit that it was given,
    `too_little` whether the engine itself takes the error as one of memory.
    """
    lacking = ran_out(type(error).__name__, str(error))
    if not lacking and not too_little:
        return None
    if lacking == NO_ROOM[0]:
        return DataError(
            f"{shown(place)}: nothing could be written there any more: the disk, or "
            "your share of it, is full; make room there, then run again"
        )
    return DataError(
        f"engine.memory: {memory} is too little for the records; write more, as far as "
        "this machine has it"
    )
