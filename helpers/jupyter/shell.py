"""The notebook that is running: plain errors, cells counted, what papermill set."""

import ast
import os
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from helpers.errors import KitError, ran_out

#: how the name of an error begins whose words may be told; only a KitError gets it,
#: since other libraries have a DataError too
TOLD = f"{KitError.__module__}."


def _shell() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def in_a_kernel() -> bool:
    """Tell whether this process is a kernel, which serves one notebook alone."""
    return hasattr(_shell(), "kernel")


def own_notebook() -> Path | None:
    """Give the file of the notebook that runs, where its Jupyter server tells it."""
    path = Path(os.environ.get("JPY_SESSION_NAME", ""))
    return path if path.suffix == ".ipynb" and path.is_file() else None


def plain_errors() -> None:
    """Show a KitError in this notebook's cells as its own lines alone.

    The kernel still reports an error, so papermill stops as it would otherwise.
    """
    shell = _shell()
    if shell is not None:
        shell.set_custom_exc((KitError,), _show)
        # what an analyst types about a person is not to be kept beside the runs
        shell.history_manager.enabled = False


def errors_without_words() -> None:
    """Show of any other error where it happened, and not what it says.

    For runs of the driver: a library's words may quote the record it stopped at, and an
    executed notebook is kept where no names belong. A draft shows them.
    """
    shell = _shell()
    if shell is not None:
        shell.set_custom_exc((BaseException,), _show_without_words)


def executing() -> int | None:
    """Give the execution count of the cell that runs; None outside a notebook."""
    shell = _shell()
    # the history counts from 0 with an empty line; execution_count itself is raised
    # before a cell runs in some versions of IPython and after it in others
    return None if shell is None else len(shell.user_ns["In"]) - 1


def injected() -> list[str]:
    """Give the names that papermill set in the notebook that runs, in their order.

    It sets them in a cell of its own, whether the notebook knows them or not.
    """
    shell = _shell()
    cells = [] if shell is None else shell.user_ns["In"]
    own = [cell for cell in cells if cell.startswith("# Parameters\n")]
    assigned = [node for cell in own[-1:] for node in ast.parse(cell).body
                if isinstance(node, ast.Assign)]  # fmt: skip
    return [ast.unparse(target) for node in assigned for target in node.targets]


def _show(shell: Any, kind: type, error: Exception, tb: Any, **_: Any) -> list[str]:
    lines = str(error).splitlines()
    told = type(TOLD + kind.__name__, (KitError,), {})
    # a custom handler has to report the error itself, or nobody hears of it
    shell._showtraceback(told, error, lines)
    return lines


def _show_without_words(
    shell: Any, kind: type, error: BaseException, tb: TracebackType | None, **_: Any
) -> list[str]:
    if isinstance(error, KitError):
        return _show(shell, kind, error, tb)
    left_out = "its words may quote a record; run this notebook in a draft to see them"
    lines = []
    at: BaseException | None = error
    while at is not None:  # causes first, as Python tells them
        frames = traceback.extract_tb(at.__traceback__)
        places = [f"  {f.filename}, line {f.lineno}, in {f.name}" for f in frames]
        lines = [type(at).__name__, *places, *lines]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    if lacking := ran_out(kind.__name__, str(error)):
        left_out = f"{lacking}; {left_out}"
    lines.append(f"{kind.__name__}: {left_out}")
    shell._showtraceback(kind, left_out, lines)
    return lines
