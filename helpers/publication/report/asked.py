"""Parts of a report that may be worked out by another process: asked, taken later."""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """Something to be worked out: by the second process, or here where it was not."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    told: Future | None = None  # what the second process gives

    def result(self) -> Any:
        """Give what was asked for; what goes wrong there is worked out here."""
        if self.told is not None:
            with contextlib.suppress(Exception):
                return self.told.result()
        return self.function(*self.arguments)


def here(function: Callable[..., Any], *arguments: Any) -> Asked:
    """Ask for what is worked out in this process, once it is taken."""
    return Asked(function, arguments)


#: how something is asked for: by `here`, or in the same way of a second process
Ask = Callable[..., Asked]
