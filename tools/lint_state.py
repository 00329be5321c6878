"""Find what a module keeps for all who use it: several dossiers live in one process, and many threads.

A module may hold what cannot change: a value of a frozen type, or one that its annotation makes read-only (`Mapping`,
`Sequence`, `Set`). A cache of a function is free where a line says `# cache: by what`, which must decide all that it
holds: the source code, or arguments that are values; so is a value of a type that could change, where its line says
`# frozen: why nothing changes it`. `global` is never free.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
READ_ONLY = frozenset("Mapping Sequence Set Collection Iterable Callable".split())
FROZEN = frozenset(
    "frozenset tuple str int bytes float date datetime Path MappingProxyType TypeVar Namespace URIRef Struct Enum "
    "Pattern compile join range len namedtuple".split()
)
CACHES = frozenset(("cache", "lru_cache"))
EXCUSE = re.compile(r"#\s*cache: \S")
UNCHANGED = re.compile(r"#\s*frozen: \S")


def faults(text: str, frozen: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Line and name of what a module keeps; `frozen` names the classes whose instances cannot change."""
    tree, lines = ast.parse(text), text.splitlines()
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            names = [ast.unparse(one) for one in (node.targets if isinstance(node, ast.Assign) else [node.target])]
            kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            free = names == ["__all__"] or UNCHANGED.search(lines[node.lineno - 1])
            if not free and not _read_only(kind, frozen) and not _frozen(node.value, frozen):
                yield node.lineno, ", ".join(names)
    for inner in ast.walk(tree):
        if isinstance(inner, ast.Global):
            yield inner.lineno, "global"
        if isinstance(inner, ast.FunctionDef):
            for one in inner.decorator_list:
                called = one.func if isinstance(one, ast.Call) else one
                if ast.unparse(called).rpartition(".")[2] in CACHES and not EXCUSE.search(lines[one.lineno - 1]):
                    yield inner.lineno, f"{inner.name}, a cache"


def _read_only(annotation: str, frozen: frozenset[str]) -> bool:
    return annotation.partition("[")[0].rpartition(".")[2] in READ_ONLY | FROZEN | frozen


def _frozen(value: ast.expr, frozen: frozenset[str]) -> bool:
    match value:
        case ast.Constant() | ast.Lambda() | ast.Name() | ast.Attribute() | ast.Compare() | ast.JoinedStr():
            return True
        case ast.Tuple(elts=parts):
            return all(_frozen(part, frozen) for part in parts)
        case ast.Call(func=called):
            return ast.unparse(called).rpartition(".")[2] in FROZEN | frozen
        case ast.BinOp(left=left, right=right):
            return _frozen(left, frozen) and _frozen(right, frozen)
        case ast.UnaryOp(operand=one) | ast.Starred(value=one):
            return _frozen(one, frozen)
        case ast.Subscript():
            return True
        case ast.IfExp(body=one, orelse=other):
            return _frozen(one, frozen) and _frozen(other, frozen)
    return False


def frozen_classes(trees: Iterator[ast.Module]) -> frozenset[str]:
    """The names of dataclasses that are frozen, and of enumerations."""
    return frozenset(
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and (
            any("frozen=True" in ast.unparse(one) for one in node.decorator_list)
            or any(ast.unparse(base).endswith(("Enum", "NamedTuple")) for base in node.bases)
        )
    )


def main() -> int:
    """Name what is kept, one a line; exit 1 where anything is."""
    paths = sorted(SOURCE.rglob("*.py"))
    frozen = frozen_classes(ast.parse(path.read_text("utf-8")) for path in paths)
    found = [
        f"{path.relative_to(SOURCE.parent)}:{line}: {name}"
        for path in paths
        for line, name in faults(path.read_text("utf-8"), frozen)
    ]
    for one in found:
        print(f"{one} is kept for all who use this module")  # what was asked
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
