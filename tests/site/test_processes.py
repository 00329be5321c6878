"""Work that is spread over processes gives what it gives in one, and tells what goes wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gebiedswerk.site import processes
from gebiedswerk.site.processes import WORTH, spread

THINGS = range(4 * WORTH + 1)
HERE = os.getpid()
linux = pytest.mark.skipif(not processes.CAN_FORK, reason="processes are started on Linux alone")


def test_the_answers_stand_in_the_order_of_the_things() -> None:
    """For any number of processes, more than there is work for too."""
    for jobs in (0, 1, 2, 3, 50):
        assert spread(str, THINGS, jobs) == [str(number) for number in THINGS]
    assert spread(str, (), 2) == []


@linux
def test_so_many_processes_work_where_there_is_enough_for_each() -> None:
    """As many as asked for, or as the things are worth."""
    assert [len(set(spread(lambda _: str(os.getpid()), THINGS, jobs))) for jobs in (1, 2, 3, 50)] == [1, 2, 3, 4]


def test_progress_counts_up_to_the_whole() -> None:
    told: list[tuple[int, int]] = []
    spread(str, THINGS, 2, lambda done, whole: told.append((done, whole)))
    assert told == sorted(told)
    assert told[-1] == (len(THINGS), len(THINGS))


@linux
def test_what_a_process_did_not_finish_is_done_here(tmp_path: Path) -> None:
    """A process that is gone before it told anything is missed by nobody."""

    def work(number: int) -> str:
        if os.getpid() != HERE and number > WORTH:
            os._exit(9)
        (tmp_path / str(number)).touch()
        return str(number)

    assert spread(work, THINGS, 3) == [str(number) for number in THINGS]
    assert len(list(tmp_path.iterdir())) == len(THINGS)


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_a_mistake_is_told_wherever_it_was_made(wrong: int, tmp_path: Path) -> None:
    """In the first share or that of another process: the same error, and no process is left."""

    def work(number: int) -> str:
        (tmp_path / str(os.getpid())).touch()
        if number % 3 == wrong:
            raise LookupError(number)
        return str(number)

    with pytest.raises(LookupError):
        spread(work, THINGS, 3)
    for child in {int(path.name) for path in tmp_path.iterdir()} - {HERE}:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
