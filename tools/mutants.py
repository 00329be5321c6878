"""Break a module in every small way, and see which tests notice: `make mutants MODULE=core/spending_term`.

mutmut breaks it, with our operators beside its own (`mutators.py`), and runs the tests that reach the broken function,
of the files that pyproject.toml names as judges of the module. A mutant that no test notices is named, with what was
changed, unless `tests/mutants/equivalent.toml` says why nobody can tell it from the original; then exit 0, else 1.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "mutants" / "equivalent.toml"
SOURCE = "src/gebiedswerk"
LINKED = ("src", "tests", "tools", "examples", "docs", "vendor", "benchmarks", "pyproject.toml", "README.md")
MOST_MEMORY = 6 << 30
KILLED = ("killed", "timeout", "segfault", "caught by type check")


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a function: the lines that went and those that came, without their indent."""

    function: str
    old: str
    new: str


def judges() -> Mapping[str, list[str]]:
    """Module → the tests that judge it, from pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: Mapping[str, list[str]] = settings["tool"]["mutants"]["judges"]
    return found


def kept(module: str) -> set[Change]:
    """The mutants of a module that are shown to be equivalent."""
    text = KEPT.read_text("utf-8")
    entries = tomllib.loads(text).get(module, [])
    return {Change(entry["function"], entry["old"], entry["new"]) for entry in entries if entry["why"].strip()}


def change_of(name: str, diff: str) -> Change:
    """The change of a mutant, from its unified diff."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++", "@@"))]
    old, new = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    plain = name.rpartition(".")[2].rpartition("__mutmut_")[0].removeprefix("x")
    return Change(plain.removeprefix("_") if not plain.startswith("ǁ") else plain[1:].replace("ǁ", "."), old, new)


def unproven(survivors: Iterable[Change], proven: set[Change]) -> list[Change]:
    """The survivors that nobody showed to be equivalent, each once."""
    return [change for change in dict.fromkeys(survivors) if change not in proven]


def workplace(module: str) -> Path:
    """A folder where mutmut may write: what it reads is linked into it."""
    folder = ROOT / "build" / "mutants" / module.replace("/", ".")
    folder.mkdir(parents=True, exist_ok=True)
    for name in LINKED:
        link = folder / name
        if not link.is_symlink():
            link.symlink_to(ROOT / name)
    return folder


def run(
    module: str, tests: list[str], names: tuple[str, ...], jobs: int
) -> tuple[Counter[str], list[tuple[str, Change]]]:
    """Let mutmut run in its workplace; how many came to what end, and the mutants that survived."""
    os.chdir(workplace(module))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))  # a loop that a mutant never leaves
    from mutmut import __main__ as mutmut
    from mutmut import configuration
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.stats import status_by_exit_code

    from tools import judging, mutators, one_process

    mutators.add_to_mutmut()
    judging.add_to_mutmut(Path("noticed.txt").absolute())
    one_process.add_to_mutmut(Path("noticed.txt").absolute())
    os.environ["MYPYPATH"] = "src"
    # without our own settings: these refuse the comments of mutmut, and the `and False` that it writes
    strict = ["--config-file=", "--strict", "--ignore-missing-imports", "--disable-error-code=unused-ignore"]
    # one cache for all modules: the others are as they were
    cached = f"--cache-dir={ROOT / 'build' / 'mutants' / '.mypy_cache'}"
    checker = [sys.executable, "-m", "mypy", *strict, cached, "--explicit-package-bases", "--output=json"]
    configuration._config = replace(
        configuration.config(),
        only_mutate=[f"{SOURCE}/{module}.py"],
        pytest_add_cli_args_test_selection=tests,
        type_check_command=[*checker, f"{SOURCE}/{module}.py"],
    )
    if not names:  # what survived before has more tests now
        mutmut._reset_mutant_results(lambda _, code: status_by_exit_code[code] not in KILLED)
    mutmut._run(names, jobs)
    counts: Counter[str] = Counter()
    survivors = []
    (data,) = mutmut.collect_source_file_mutation_data(mutant_names=())[1].values()
    for name, code in data.exit_code_by_key.items():
        counts[status_by_exit_code[code]] += 1
        if status_by_exit_code[code] not in KILLED:
            survivors.append((name, change_of(name, get_diff_for_mutant(name, path=data.path))))
    return counts, survivors


def main(arguments: list[str] | None = None) -> int:
    """Run the mutants of one module and say which survive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", choices=sorted(judges()))
    parser.add_argument("names", nargs="*", help="mutants to try; without: all that nothing has killed yet")
    parser.add_argument("--afresh", action="store_true", help="forget what was killed before")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    if asked.afresh:
        shutil.rmtree(workplace(asked.module) / "mutants", ignore_errors=True)
    counts, survivors = run(asked.module, judges()[asked.module], tuple(asked.names), asked.jobs)
    proven = kept(asked.module)
    left = unproven((change for _, change in survivors), proven)
    for name, change in survivors:
        if change in left:
            print(f"\n{name}\n- {change.old}\n+ {change.new}")
    for change in sorted(proven - {change for _, change in survivors}, key=repr):
        print(f"\nno longer a survivor, take it out of {KEPT.name}: {change}")
    ends = ", ".join(f"{count} {end}" for end, count in sorted(counts.items()))
    print(f"\n{asked.module}: {sum(counts.values())} mutants: {ends}; {len(survivors)} survived, {len(left)} unproven")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
