"""The same work for many things, spread over processes that are forked: they find the things where they are.

Handing the models of pages to another process takes longer than writing the pages does.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import TypeVar

WORTH = 30
"""So many pages take longer than a process takes to start."""
CAN_FORK = sys.platform == "linux"
"""Elsewhere it is not safe, or not there."""

Progress = Callable[[int, int], None]
T = TypeVar("T")


def most_jobs() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if CAN_FORK else 1


def spread(work: Callable[[T], str], things: Sequence[T], jobs: int, progress: Progress | None = None) -> list[str]:
    """What comes of the work for each thing, in their order; in so many processes where there are things enough.

    What a process did not finish is done here again, so that what goes wrong is told as if there were one.
    """
    jobs = max(1, min(jobs, len(things) // WORTH)) if CAN_FORK else 1
    shares = [things[at::jobs] for at in range(jobs)]
    children: list[tuple[int, int]] = []
    here: list[str] = []
    try:
        children.extend(_started(work, share) for share in shares[1:])
        for thing in shares[0]:
            here.append(work(thing))
            if progress is not None:
                progress(min(len(here) * jobs, len(things)), len(things))
    finally:
        told = [_ended(*child) for child in children]
    found = [""] * len(things)
    for at, (share, answer) in enumerate(zip(shares, [here, *told], strict=True)):
        found[at::jobs] = [work(thing) for thing in share] if answer is None else answer
    return found


def _started(work: Callable[[T], str], share: Sequence[T]) -> tuple[int, int]:
    """Start a process for a share: its number, and where it tells what came of it."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python warns of locks that other threads hold: the process asks for none (docs/decisions/0030).
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    unfinished = 1
    try:
        gc.disable()  # looking for what can go would copy all that the processes share
        with os.fdopen(writing, "w") as told:
            json.dump([work(thing) for thing in share], told)
        unfinished = 0
    finally:
        os._exit(unfinished)


def _ended(child: int, reading: int) -> list[str] | None:
    """Wait for a process: what it told, or None where it did not finish."""
    with os.fdopen(reading) as told:
        answer = told.read()
    _, status = os.waitpid(child, 0)
    found: list[str] | None = json.loads(answer) if status == 0 else None
    return found
