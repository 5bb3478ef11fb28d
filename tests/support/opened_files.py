"""Which files of a folder are opened, by whatever process and in whatever language.

Linux tells it (inotify); an audit hook of Python does not see what an engine opens.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")
OPENED, OVERFLOWN = 0x20, 0x4000  # IN_OPEN and IN_Q_OVERFLOW of sys/inotify.h
HEAD = struct.Struct("iIII")


@contextmanager
def watched(folder: Path) -> Iterator[set[str]]:
    """Give a set that holds, at the end of the block, the names that were opened."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert watch >= 0, os.strerror(ctypes.get_errno())
    names: set[str] = set()
    try:
        added = libc.inotify_add_watch(watch, os.fsencode(folder), OPENED)
        assert added >= 0, os.strerror(ctypes.get_errno())
        yield names
        names |= set(_names(watch))
    finally:
        os.close(watch)


def _names(watch: int) -> Iterator[str]:
    while True:
        try:
            told = os.read(watch, 1 << 16)
        except BlockingIOError:
            return
        place = 0
        while place < len(told):
            _, mask, _, length = HEAD.unpack_from(told, place)
            assert not mask & OVERFLOWN, "more was opened than the system keeps"
            start = place + HEAD.size
            place = start + length
            # the folder itself has no name: to list it is not to open a file
            if name := told[start:place].rstrip(b"\0"):
                yield os.fsdecode(name)
