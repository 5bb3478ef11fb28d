"""Until when a request may hold what it shares with others, as it says now."""

from pathlib import Path

from helpers import files
from helpers.request import AnyRequest


def tell_again(request: AnyRequest, outputs: Path) -> None:
    """Write the day anew wherever the request stands among what is shared.

    The stage that shares may be taken over, and the agreement be another since. No
    link is followed.
    """
    if request.alone:
        return
    day = request.data_sharing.last_day
    for own in (outputs / files.SHARED).glob(f"*/{files.REQUESTS}/{request.id}"):
        if any(path.is_symlink() for path in own.parents[:3]):
            continue
        # so that nobody takes it away meanwhile
        with files.locked(files.in_use(own.parents[1]), wait=True, together=True):
            if own.exists():
                files.write(own, str(day or files.NO_END), closed=True)
