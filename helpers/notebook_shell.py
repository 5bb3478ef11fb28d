"""The notebook that is running: its errors shown plainly, its cells counted."""

from typing import Any

from helpers.request import RequestError


def _shell() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def plain_errors() -> None:
    """Show a RequestError in this notebook's cells as its own lines alone.

    The kernel still reports an error, so papermill stops as it would otherwise.
    """
    shell = _shell()
    if shell is not None:
        shell.set_custom_exc((RequestError,), _show)


def executing() -> int | None:
    """The execution count of the cell that runs; None outside a notebook."""
    shell = _shell()
    # the history counts from 0 with an empty line; execution_count itself is raised
    # before a cell runs in some versions of IPython and after it in others
    return None if shell is None else len(shell.user_ns["In"]) - 1


def _show(shell: Any, kind: type, error: Exception, tb: Any, **_: Any) -> list[str]:
    lines = str(error).splitlines()
    # a custom handler has to report the error itself, or nobody hears of it
    shell._showtraceback(kind, error, lines)
    return lines
