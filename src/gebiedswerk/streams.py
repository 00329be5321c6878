"""The streams of a process: one that was closed, is full or has no reader any more ends no command halfway."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from typing import TextIO


class Patient(io.RawIOBase):
    """A stream that takes all it is given; what the system refused of it first is `lost`, and nothing follows that."""

    def __init__(self, handle: int) -> None:
        super().__init__()
        self.handle = handle
        self.lost: OSError | None = None

    def fileno(self) -> int:
        """Its number in this process."""
        return self.handle

    def isatty(self) -> bool:
        """Whether a person looks at it."""
        return os.isatty(self.handle)

    def writable(self) -> bool:
        """Always: that is what it is for."""
        return True

    def write(self, data: object, /) -> int:
        """Write what the system takes; what it refuses is gone."""
        given = memoryview(data)  # type: ignore[arg-type] # bytes, as a buffer hands them over
        while self.lost is None:
            try:
                return os.write(self.handle, given)
            except BlockingIOError:
                select.select([], [self.handle], [])
            except OSError as problem:
                self.lost = problem
        return given.nbytes


def open_streams() -> Patient | None:
    """Let what is printed never raise: neither where nobody listens, nor for a sign that a screen does not know.

    Returns the stream of what is printed; None where somebody put another in its place already.
    """
    for handle in range(3):
        try:
            os.fstat(handle)
        except OSError:  # closed before we began: the next file that is opened would take its number
            os.open(os.devnull, os.O_RDWR)
    told = Patient(1)
    ours = sys.stdout is sys.__stdout__
    if ours:
        sys.stdout = _text(told, sys.__stdout__, told.isatty())
    if sys.stderr is sys.__stderr__:
        sys.stderr = _text(Patient(2), sys.__stderr__, True)
    return told if ours else None


def _text(raw: Patient, former: TextIO | None, by_line: bool) -> TextIO:
    encoding = former.encoding if former is not None else "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "replace", line_buffering=by_line)


def refused(told: Patient | None) -> OSError | None:
    """What the system refused of what was printed; that a reader went away is its own affair."""
    sys.stdout.flush()
    lost = told.lost if told is not None else None
    return None if lost is None or lost.errno == errno.EPIPE else lost
