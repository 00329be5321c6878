"""Find modules whose tests do not stand where they stand themselves.

The tests of `<room>/<module>` are in `tests/<room>/test_<module>.py`. Modules that are tested elsewhere only, by those
of their room or of a whole site, stand in `without_own_tests.txt`: that list may only shrink.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Set
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTED = Path(__file__).with_name("without_own_tests.txt")


def modules_of(source: Path) -> set[str]:
    """The modules of a package, with slashes; not its doors."""
    found = {path.relative_to(source).with_suffix("").as_posix() for path in source.rglob("*.py")}
    return {module for module in found if not module.endswith(("__init__", "__main__"))}


def tested_in(tests: Path) -> set[str]:
    """The modules that test files are called after."""
    found = (path.relative_to(tests) for path in tests.rglob("test_*.py"))
    return {path.with_name(path.stem.removeprefix("test_")).as_posix() for path in found}


def slips(modules: Set[str], tested: Set[str], listed: Set[str]) -> Iterator[str]:
    """What is not as the list says."""
    for module in sorted(modules - tested - listed):
        room, _, name = module.rpartition("/")
        yield f"module {module} has no tests of its own: write tests/{room and f'{room}/'}test_{name}.py"
    for module in sorted(listed & tested):
        yield f"module {module} has tests of its own: take it from {LISTED.name}"
    for module in sorted(listed - modules - tested):
        yield f"module {module} is there no more: take it from {LISTED.name}"


def main(root: Path = ROOT, listed: Path = LISTED) -> int:
    """Name each slip; 1 if there is any."""
    modules, tested = modules_of(root / "src" / "gebiedswerk"), tested_in(root / "tests")
    found = [*slips(modules, tested, frozenset(listed.read_text("utf-8").split()))]
    print(*found, f"{len(modules & tested)} of {len(modules)} modules have tests of their own name", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
