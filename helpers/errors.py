"""What the kit raises where it stops: lines for people, which hold nobody's data.

A `KitError` may be shown anywhere, in a log and in a published place. Any other error
may quote a record, and where records are at work its words are not repeated.
"""

import errno

#: the system's numbers for a disk, or an account's share of one, that is full
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
#: words of libraries, and names of errors, that tell of a lack; each first one tells
#: it. DuckDB calls a disk without room for its own files a want of memory
NO_ROOM = ("No space left on device", "Disk quota exceeded", "max_temp_directory_size")
NO_MEMORY = ("Cannot allocate memory", "MemoryError", "OutOfMemory", "bad_alloc")


class KitError(ValueError):
    """Why the kit stopped, one line a problem: where, what was found, what to do.

    Its text never holds a person's value: whoever raises it keeps to that.
    """

    def __init__(self, problems: list[str] | str) -> None:
        """Take one line or a list of lines."""
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class RequestError(KitError):
    """A request, a command or a setting that has to be written differently."""


class DataError(KitError):
    """A file, table or group of people that the request cannot be carried out on."""


class CheckFailed(KitError):
    """A gate that did not hold: there is no report."""


class RunFailed(KitError):
    """A run that stopped: one line with stage, heading, message and notebook."""


def ran_out(kind: str, words: str) -> str:
    """Give what an error of this kind and these words says ran out: room or memory.

    It is the first word of NO_ROOM or of NO_MEMORY, which is nobody's data; empty for
    any other error.
    """
    numbers = tuple(f"[Errno {number}]" for number in FULL)
    if any(told in words for told in (*NO_ROOM, *numbers)):
        return NO_ROOM[0]
    said = f"{kind} {words}"
    return NO_MEMORY[0] if any(told in said for told in NO_MEMORY) else ""
