"""Find names that say two things: of public classes, and of modules.

No two public classes share a name, nor do two modules, and no module is called as one of the standard library. The same
part of sibling formats or languages may have one name (`formats/csv/text`, `formats/xaf/text`), and the folder of a
format is called as the format is.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "gebiedswerk"
SIBLINGS = ("formats", "language")
"""Rooms in which each folder is one of a kind: the same part of each may have the same name."""
FREE = frozenset({"__init__", "__main__"})


def classes(text: str) -> Iterator[str]:
    """The public classes of a module."""
    yield from (
        node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )


def doubled_classes(texts: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each public class that stands in two modules, and these; `texts`: module with slashes → its source."""
    found: dict[str, list[str]] = defaultdict(list)
    for module, text in sorted(texts.items()):
        for name in classes(text):
            found[name].append(module)
    yield from ((name, places) for name, places in found.items() if len(places) > 1)


def doubled_modules(modules: Iterable[str]) -> Iterator[str]:
    """Each name of two modules, given with slashes; the same part of siblings counts as one."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for module in sorted(modules):
        room, *inner = module.split("/")
        name = module.rpartition("/")[2]
        if name not in FREE:
            found[name].setdefault(room if room in SIBLINGS and len(inner) == 2 else module, module)
    for places in found.values():
        if len(places) > 1:
            yield f"module {', '.join(places.values())}: one name"


def hiding(modules: Iterable[str]) -> Iterator[str]:
    """Each module that is called as one of the standard library."""
    for module in sorted(modules):
        if module.rpartition("/")[2] in sys.stdlib_module_names - FREE:
            yield f"module {module} is called as one of the standard library"


def main(source: Path = SOURCE) -> int:
    """Name what has the name of another; 1 if anything does."""
    texts = {
        path.relative_to(source).with_suffix("").as_posix(): path.read_text("utf-8") for path in source.rglob("*.py")
    }
    found = [f"class {name} stands in {', '.join(modules)}" for name, modules in sorted(doubled_classes(texts))]
    found += [*doubled_modules(texts), *hiding(texts)]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
