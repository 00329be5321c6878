"""Draw which room of the program imports which, read from the code: `docs/reference/imports.md` and `imports.svg`.

A room is a package or a module right under src/gebiedswerk. `--check` writes nothing and compares.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.imports_svg import drawing

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "gebiedswerk"
REFERENCE = ROOT / "docs" / "reference"

Imports = Mapping[tuple[str, str], int]  # (room, room it imports) → import statements

PAGE = """\
# Which room imports which

Written by `make docs` from the code; `make check` holds it to the code, and the direction to `pyproject.toml`.

![Boxes for the rooms, with arrows from each room down to the rooms it imports](imports.svg)

A dark arrow is an import that no other room passes on; a light one runs beside longer paths. The same as text:

```mermaid
flowchart TD
{arrows}
```

| room | what it is for | imports (statements) |
|---|---|---|
{rows}
"""


def rooms(package: Path) -> dict[str, str]:
    """The rooms of a package, each with the first line of its docstring."""
    found = {}
    for path in sorted(package.iterdir()):
        opening = path / "__init__.py" if path.is_dir() else path
        if opening.suffix == ".py" and opening.exists() and path.stem != "__init__":
            lines = (ast.get_docstring(ast.parse(opening.read_text("utf-8"))) or "").splitlines()
            found[path.stem] = lines[0] if lines else ""
    return found


def imports(package: Path) -> Counter[tuple[str, str]]:
    """How many import statements lead from each room to each other room."""
    known = rooms(package)
    counted: Counter[tuple[str, str]] = Counter()
    for path in sorted(package.rglob("*.py")):
        room = Path(path.relative_to(package).parts[0]).stem
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for entered in {name.split(".")[1] for name in _imported(node) if name.startswith(f"{package.name}.")}:
                if entered in known and room in known and entered != room:
                    counted[room, entered] += 1
    return counted


def _imported(node: ast.AST) -> Iterator[str]:
    """The full names that an import statement may mean; nothing for any other node."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def page(purposes: Mapping[str, str], counted: Imports) -> str:
    """The reference page in Markdown."""
    arrows = "\n".join(f"    {room} --> {entered}" for room, entered in sorted(counted))
    rows = []
    for room, purpose in purposes.items():
        entered = ", ".join(f"{to} ({times})" for (of, to), times in sorted(counted.items()) if of == room)
        rows.append(f"| `{room}` | {purpose} | {entered or 'nothing of ours'} |")
    return PAGE.format(arrows=arrows, rows="\n".join(rows))


def main(arguments: list[str], package: Path = PACKAGE, reference: Path = REFERENCE) -> int:
    """Write both files, or with `--check` say which is not what the code says; 1 if one is not."""
    purposes, counted = rooms(package), imports(package)
    wanted = {"imports.md": page(purposes, counted), "imports.svg": drawing(list(purposes), list(counted))}
    if "--check" not in arguments:
        reference.mkdir(parents=True, exist_ok=True)
        for name, text in wanted.items():
            (reference / name).write_text(text, "utf-8")
        return 0
    files = {reference / name: text for name, text in wanted.items()}
    old = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in old:
        print(f"{path}: not what the code says; run make docs")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
