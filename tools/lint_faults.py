"""Find faults that travel in a third shape: a bare pair or triple of what was made and what was wrong.

There are two. What a check finds: faults alone, one after another. What a stage makes, with the faults it met:
`Checked`, or a frozen value that has them as its `faults`. See docs/decisions/0056-two-shapes-of-faults.md.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "gebiedswerk"
PAIR = re.compile(r"tuple\[.*(?:(?:list|Sequence)\[Fault\]|tuple\[Fault, \.\.\.\])\](?: \| None)?", re.DOTALL)


def pairs(text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each function that returns faults in a bare tuple, or of a name that stands for one."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.returns is not None and PAIR.fullmatch(ast.unparse(node.returns)):
            yield node.lineno, node.name
        if isinstance(node, ast.Assign) and PAIR.fullmatch(ast.unparse(node.value)):
            yield node.lineno, ast.unparse(node.targets[0])


def main(source: Path = SOURCE) -> int:
    """Name each, one a line; exit 1 where there is any."""
    lines = [
        f"{path.relative_to(source).as_posix()}:{line}: {name} hands on faults in a bare tuple"
        for path in sorted(source.rglob("*.py"))
        for line, name in pairs(path.read_text("utf-8"))
    ]
    for line in lines:
        print(line)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
