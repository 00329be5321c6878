"""Find what is no verb in `app/`: each file there has one public function, called as the file is.

Beside it a file hands out types and constants alone, those of its arguments and results: a function of another room
that went along would be a door beside the door. A verb returns what it has to say: it prints and asks nothing.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "src" / "gebiedswerk" / "app"
AT_THE_EDGE = frozenset({"print", "input"})


def faults(name: str, text: str) -> Iterator[str]:
    """What is wrong with a file of `app/`: its name without an ending, and its source."""
    tree = ast.parse(text)
    public = [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    if public != [name]:
        yield f"{name}: its one public function is {name}, not {', '.join(public) or 'none'}"
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            handed = ast.literal_eval(node.value)
            yield from (f"{name}: hands out {one}" for one in handed if one != name and not one[0].isupper())
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in AT_THE_EDGE:
            yield f"{name}: calls {ast.unparse(call.func)}"


def main(app: Path = APP) -> int:
    """Name what is no verb, one a line; exit 1 where anything is."""
    lines = [
        line
        for path in sorted(app.glob("*.py"))
        if path.stem != "__init__"
        for line in faults(path.stem, path.read_text("utf-8"))
    ]
    for line in lines:
        print(line)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
