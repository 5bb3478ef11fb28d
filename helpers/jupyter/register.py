"""Registers this environment where a user's own Jupyter and git look for it."""

import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from helpers.files import ROOT
from helpers.set_up.process import environment

#: what Jupyter, and git, call it; .gitattributes names the filter
KERNEL, FILTER = "justice-data-lab", "justice-data-lab"
SHOWN_AS = "Justice Data Lab"


def kernel() -> Path:
    """Register this environment as a kernel of the user; gives the folder of its spec.

    It starts as every kernel of the kit: this copy's helpers, fixed hashing, one
    thread, and no history of what was typed.
    """
    from ipykernel.kernelspec import write_kernel_spec
    from jupyter_client.kernelspec import KernelSpecManager

    starts = {"display_name": SHOWN_AS, "env": environment({})}
    with tempfile.TemporaryDirectory() as folder:
        spec = write_kernel_spec(
            Path(folder) / KERNEL,
            starts,
            extra_arguments=["--HistoryManager.enabled=False"],
        )
        place = KernelSpecManager().install_kernel_spec(spec, KERNEL, user=True)
    return Path(place)


def git_filter() -> str:
    """Have git strip every notebook that it takes up; gives why it does not, if so.

    The filter is required: where it cannot be run, git takes up no notebook.
    """
    try:
        inside = _git("rev-parse", "--show-prefix").rstrip("\n")
    except FileNotFoundError:
        return "there is no git on this machine"
    except subprocess.CalledProcessError:
        return "this copy of the kit is no git repository"
    # git starts it at the top of the repository, in which the kit may lie further down
    python = shlex.quote(Path(sys.executable).as_posix())
    strip = (
        f"cd {shlex.quote(f'./{inside}')} && {python} -m helpers.jupyter.strip_files -"
    )
    settings = {"clean": strip, "smudge": "cat", "required": "true"}
    for name, value in settings.items():
        _git("config", f"filter.{FILTER}.{name}", value)
    return ""


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout
