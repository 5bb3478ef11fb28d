"""In a notebook, a user's mistake shows as its lines, without a traceback."""

from typing import Any

from helpers.request import RequestError


def plain_errors() -> None:
    """Show a RequestError in this notebook's cells as its own lines alone.

    The kernel still reports an error, so papermill stops as it would otherwise.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((RequestError,), _show)


def _show(shell: Any, kind: type, error: Exception, tb: Any, **_: Any) -> list[str]:
    lines = str(error).splitlines()
    # a custom handler has to report the error itself, or nobody hears of it
    shell._showtraceback(kind, error, lines)
    return lines
