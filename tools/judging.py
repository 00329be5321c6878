"""Run for each mutant first the tests that noticed most others in the least time; stop where one fails.

mutmut runs them in any order, and collects all of them for a mutant that the first would notice. Its limit by the
clock says nothing on a busy machine: a mutant is in a loop when it takes the processor for too long. What is imported
before the fork is imported once, and what is frozen there is no work for the garbage collector of each mutant.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.utils.file_utils import change_cwd
from mutmut.workers import isolation, timeout

FIRST = 4
PATIENCE = 20
OWN = 10
"""How much more a test is worth that noticed a mutant of the same function."""
FIXED = 0.05
"""Seconds that any test takes, besides its own."""


def add_to_mutmut(noticed: Path) -> None:
    """Let mutmut judge so. `noticed`: a file with a line for each mutant that was noticed: the test, the function."""
    runs, warms, waits = PytestRunner.run_tests, PytestRunner.warm_up, timeout.register_timeout

    def warm_up(self: PytestRunner) -> None:
        warms(self)
        import_all("gebiedswerk")
        gc.collect()
        gc.freeze()

    def judge(self: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if mutant_name is None:
            return runs(self, mutant_name=None, tests=tests)
        function = mutant_name.rpartition("__mutmut_")[0]
        lines = noticed.read_text("utf-8").splitlines() if noticed.exists() else []
        ordered = in_order(tests, function, lines, state().duration_by_test)
        halves = (some for some in (ordered[:FIRST], ordered[FIRST:]) if some)
        return next((ended for some in halves if (ended := _ended(self, some, function, noticed))), 0)

    setattr(PytestRunner, "warm_up", warm_up)  # noqa: B010 (mypy knows a method here)
    setattr(PytestRunner, "run_tests", judge)  # noqa: B010 (as above)

    def wait(pid: int, timeout_s: float) -> None:
        waits(pid, PATIENCE * timeout_s)

    setattr(isolation, "register_timeout", wait)  # noqa: B010 (as above)


def import_all(package: str) -> None:
    """Import a package with all that is in it, but what runs when it is imported."""
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def in_order(tests: Iterable[str], function: str, noticed: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """The tests in the order of what they noticed in a second, of which mutants of the function count most."""
    pairs = [(test, of) for test, _, of in (line.partition("\t") for line in noticed)]
    here, anywhere = Counter(test for test, of in pairs if of == function), Counter(test for test, _ in pairs)
    return sorted(tests, key=lambda test: (-(1 + anywhere[test] + OWN * here[test]) / (FIXED + seconds[test]), test))


def _ended(runner: PytestRunner, tests: list[str], function: str, noticed: Path) -> int:
    """How these tests ended; what failed is noted."""

    class Noted:
        def pytest_runtest_logreport(self, report: Any) -> None:
            if report.failed:
                with noticed.open("a", encoding="utf-8") as out:
                    out.write(f"{report.nodeid}\t{function}\n")

    with change_cwd("mutants"):
        return int(runner.execute_pytest(runner._pytest_args_regular_run(tests), plugins=[Noted()]))
