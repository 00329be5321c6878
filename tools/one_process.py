"""Judge the mutants of a module in one process, one after another, without a fork and without starting pytest for each.

A mutant counts as noticed where a test fails with it, and the same test passes without it right after: what an earlier
mutant left behind cannot pass for a fault of this one. Nothing else is decided here. Who is not noticed, or is noticed
by a test that fails without it as well, and who ends this process, is judged again in a fork of its own.

Tests share what costs most: Polars that is warm, and fixtures of a module or a session. But what a fixture makes with
the code under test is not the same under every mutant. So all tests run first without a mutant, which tells what
fixtures reach that code: these are made again for each mutant, and after it. Caches are emptied between tests.
"""

from __future__ import annotations

import functools
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from mutmut import __main__ as mutmut
from mutmut import configuration
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd
from mutmut.workers import isolation
from mutmut.workers.isolation import MutantResult, MutantRunner, recv_message, send_message

from tools.judging import in_order

NOTICED, LOOPED = 1, 36
"""The codes by which mutmut writes an end down."""
LEAST_SECONDS = 4
"""Of the processor, before a test is called a loop."""
TIMES = 20
"""How much more of the processor than without a mutant."""
HARD = 4
"""After how many times as long a loop that is not in Python ends the process."""


class Loop(BaseException):
    """A test took the processor for too long. No `except Exception` of the code under test takes it for its own."""


class After:
    """What comes after a test, as far as pytest asks: another test of the same module."""

    def __init__(self, item: pytest.Item) -> None:
        self.chain = item.listchain()[:-1]

    def listchain(self) -> list[Any]:
        """The collectors that the next test needs as well."""
        return self.chain


class Judge:
    """A plugin that runs tests of its own choice in pytest, under one mutant after another."""

    def __init__(self, work: Mapping[str, list[str]], noticed: Path, tell: Callable[[object], None]) -> None:
        self.work, self.noticed, self.tell = work, noticed, tell
        self.lines = noticed.read_text("utf-8").splitlines() if noticed.exists() else []
        self.reaching: set[pytest.FixtureDef[Any]] = set()
        self.seconds: dict[str, float] = {}
        self.caches: list[Any] = []
        self.failed = self.looped = False

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """Mark a fixture that outlives a test and reaches the code under test; to make another is no loop."""
        if fixturedef.scope == "function" or fixturedef in self.reaching:
            return (yield)
        outside, running = state()._stats.copy(), signal.setitimer(signal.ITIMER_PROF, 0)
        state()._stats.clear()
        try:
            return (yield)
        finally:
            if state()._stats:
                self.reaching.add(fixturedef)
            state()._stats |= outside
            signal.setitimer(signal.ITIMER_PROF, *running)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hear how a test ended."""
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once without a mutant, then for each mutant until one fails."""
        items = {item.nodeid: item for item in session.items}
        signal.signal(signal.SIGPROF, lambda signum, frame: self._loop())
        for item in items.values():
            _without_shrinking(item)
            began = process_time()
            if self._fails(item, "stats"):
                raise RuntimeError(f"{item.nodeid} fails without a mutant")
            self.seconds[item.nodeid] = process_time() - began
        state()._stats.clear()
        self.caches = _caches(Path.cwd())
        gc.collect()
        gc.freeze()
        self.tell(None)
        for name, tests in self.work.items():
            self.tell((name, self._end(name, [items[test] for test in tests])))
        return True

    def _end(self, name: str, items: list[pytest.Item]) -> int | None:
        """How a mutant ended; nothing where that is not certain."""
        function = name.rpartition("__mutmut_")[0]
        by_id = {item.nodeid: item for item in items}
        for test in in_order(by_id, function, self.lines, self.seconds):
            if self._fails(by_id[test], name):
                end = LOOPED if self.looped else NOTICED
                if self._fails(by_id[test], ""):
                    break
                self.lines.append(f"{test}\t{function}")
                with self.noticed.open("a", encoding="utf-8") as out:
                    out.write(f"{self.lines[-1]}\n")
                return end
        items[0].session._setupstate.teardown_exact(None)  # what an unnoticed mutant may have left in a fixture
        return None

    def _fails(self, item: pytest.Item, mutant: str) -> bool:
        """Whether a test fails under a mutant."""
        fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009 (mypy knows no such member)
        alone = mutant != "stats" and any(fixture in self.reaching for named in fixtures for fixture in named)
        item.session._setupstate.teardown_exact(None if alone else item)
        for cache in self.caches:
            cache.cache_clear()
        self.failed = self.looped = False
        seconds = LEAST_SECONDS + TIMES * self.seconds.get(item.nodeid, LEAST_SECONDS)
        set_mutant_under_test(mutant)
        signal.setitimer(signal.ITIMER_PROF, seconds, LEAST_SECONDS)
        signal.setitimer(signal.ITIMER_VIRTUAL, HARD * seconds)
        try:
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None if alone else After(item))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            set_mutant_under_test("")
        return self.failed

    def _loop(self) -> None:
        self.looped = True
        raise Loop


class OneProcess:
    """A runner for mutmut that judges all mutants in one process, and lets another judge again who is not noticed."""

    def __init__(self, forked: MutantRunner, arguments: list[str], noticed: Path) -> None:
        self.forked, self.arguments, self.noticed = forked, arguments, noticed
        self.work: dict[str, tuple[list[str], int, float]] = {}
        self.results = self._results()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.forked, name)

    def startup(self) -> None:
        """Nothing is to be started before all work is known."""

    def has_capacity(self) -> bool:
        """All mutants can be given at once."""
        return True

    def submit(self, mutant_name: str, tests: list[str], cpu_time_limit: int, estimated_time: float) -> None:
        """Take a mutant with the tests that reach it."""
        self.work[mutant_name] = (tests, cpu_time_limit, estimated_time)

    def signal_work_complete(self) -> None:
        """All work is known before the first result is asked for."""

    def pending_count(self) -> int:
        """How many mutants have no result yet."""
        return len(self.work)

    def wait_for_result(self) -> MutantResult:
        """The next result."""
        result = next(self.results)
        del self.work[result.mutant_name]
        return result

    def _results(self) -> Iterator[MutantResult]:
        work = {name: tests for name, (tests, *_) in self.work.items()}
        unsure = []
        for name, end in judged(work, self.arguments, self.noticed):
            if end is None:
                unsure.append((name, *self.work[name]))
            else:
                yield MutantResult(name, end, 0.0)
        print(f"\n{len(unsure)} of {len(work)} mutants were not noticed in one process: each is judged in a fork")
        self.forked.startup()
        for name, tests, limit, seconds in unsure:
            while not self.forked.has_capacity():
                yield self.forked.wait_for_result()
            self.forked.submit(name, tests, limit, seconds)
        self.forked.signal_work_complete()
        while self.forked.pending_count():
            yield self.forked.wait_for_result()


def add_to_mutmut(noticed: Path) -> None:
    """Let mutmut judge so. `noticed`: as for `judging.add_to_mutmut`."""
    makes = isolation.get_mutant_runner

    def make(jobs: int = 1) -> OneProcess:
        settings = configuration.config()
        return OneProcess(
            makes(jobs), [*settings.pytest_add_cli_args_test_selection, *settings.pytest_add_cli_args], noticed
        )

    setattr(mutmut, "get_mutant_runner", make)  # noqa: B010 (mypy knows a function here)


def _without_shrinking(item: pytest.Item) -> None:
    """Let Hypothesis neither look for the smallest example nor keep it: that it found one is enough."""
    from hypothesis import Phase, settings

    test = getattr(item, "obj", None)
    if hasattr(test, "hypothesis"):
        own = getattr(test, "_hypothesis_internal_use_settings", None)
        phases = (Phase.explicit, Phase.generate)
        setattr(test, "_hypothesis_internal_use_settings", settings(own, phases=phases, database=None))  # noqa: B010


def _caches(folder: Path) -> list[Any]:
    """The caches of functions that stand in a folder."""
    files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
    found = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    return [one for one in found if files.get(one.__module__, "").startswith(str(folder))]


def judged(work: Mapping[str, list[str]], arguments: list[str], noticed: Path) -> Iterator[tuple[str, int | None]]:
    """Each mutant with its end, in the order of `work`: mutant → its tests. Nothing for an end: that is not certain.

    `arguments` select the tests for pytest. `noticed` is the file that says what noticed mutants before; what pytest
    prints is written beside it. Raises RuntimeError where the tests fail without a mutant.
    """
    left, log = dict(work), noticed.with_name("one_process.log")
    while left:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _judge_all(left, arguments, noticed, log, writing)
        os.close(writing)
        try:
            recv_message(reading)
            while True:
                name, end = recv_message(reading)
                del left[name]
                yield name, end
        except EOFError:
            if len(left) == len(work):
                raise RuntimeError(f"The tests do not run without a mutant: {log}") from None
        finally:
            os.close(reading)
            os.waitpid(pid, 0)
        if left:  # this one ended the process
            yield (name := next(iter(left))), None
            del left[name]


def _judge_all(work: Mapping[str, list[str]], arguments: list[str], noticed: Path, log: Path, writing: int) -> None:
    """In the process that judges: run pytest, and end."""
    try:
        with log.open("w", encoding="utf-8") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        judge = Judge(work, noticed, lambda told: send_message(writing, told))
        kept = ["-o", "tmp_path_retention_policy=failed", "-o", "tmp_path_retention_count=1"]
        # the words of a failure are for nobody
        with change_cwd("mutants"):
            pytest.main(["-q", "--rootdir=.", "--assert=plain", "--tb=no", *kept, *arguments], plugins=[judge])
    finally:
        os._exit(0)
