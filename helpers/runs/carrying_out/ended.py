"""How a process ended that was to carry something out, as far as it can be told."""

import signal
from pathlib import Path

from helpers.runs.carrying_out.failure import MORE_MEMORY

#: how a process ends that a library, or the machine, made crash
CRASHES = ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE")
CGROUP, OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def kills() -> int:
    """Give how many processes Linux has killed here for want of memory; else 0.

    "Here" is the control group of this process, by which a container or a job has its
    limit: version 2 counts in memory.events, version 1 in memory.oom_control.
    """
    try:
        lines = OWN.read_text().splitlines()
    except OSError:
        return 0
    for line in lines:
        _, which, path = line.split(":", 2)
        if which in ("", "memory"):
            name = "memory.oom_control" if which else "memory.events"
            # within a container the group may be mounted as the root
            for place in (CGROUP / which / path.lstrip("/"), CGROUP / which):
                if (count := _counted(place / name)) is not None:
                    return count
    return 0


def _counted(path: Path) -> int | None:
    try:
        each = dict(line.split(maxsplit=1) for line in path.read_text().splitlines())
        return int(each["oom_kill"])
    except (OSError, ValueError, KeyError):
        return None


def in_words(status: int | None, before: int) -> str:
    """Say how a process ended, and what to do; `before` is `kills` when it began.

    `status` is what Python tells of a process: a signal as a negative number.
    """
    if status is None:
        return "no longer answered; run again"
    if status >= 0:
        return f"ended by itself with status {status}; run again"
    name = _signal(-status)
    if name in CRASHES:
        return (
            f"crashed ({name}), which is a fault of a library or of the machine; run "
            "again, and if it crashes again tell whoever keeps the kit"
        )
    if name != "SIGKILL":
        return f"was ended from outside ({name}); run again"
    if kills() > before:
        return f"was killed by the system, since memory ran out; {MORE_MEMORY}"
    return (
        "was killed from outside (SIGKILL), as the system does where memory runs out; "
        f"if nobody did it, {MORE_MEMORY}"
    )


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
