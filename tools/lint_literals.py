"""Find words for people in Python under src/: they belong in the catalogue of messages.

A sentence in Python is a string of two words or more. Free are docstrings, the bodies of exception classes (a broken
promise is worded there), regular expressions, `prog` of argparse, a row of codes before `.split()`, and a line that
says `# literal: reason`; on the first line of a table of words that holds for the whole table.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
PUNCTUATION = ".,:;!?()[]«»\"'“”‘’…"
EXCUSE = re.compile(r"#\s*literal: \S")


def is_sentence(text: str) -> bool:
    """Whether a string holds two words of letters or more, tags aside."""
    bare = (part.strip(PUNCTUATION) for part in re.sub(r"<[^>]*>", " ", text).split())
    return sum(WORD.fullmatch(part) is not None for part in bare) > 1


def exception_classes(trees: Iterable[ast.Module]) -> set[str]:
    """The names of the classes that descend from an exception, in any of the modules."""
    bases = {
        node.name: {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)}
    while new := {name for name, above in bases.items() if name not in known and above & known}:
        known |= new
    return known & bases.keys()


class _Strings(ast.NodeVisitor):
    """Collects the strings of a module that are neither docstring nor free: line of the statement, node and text."""

    def __init__(self, exceptions: set[str]) -> None:
        self.exceptions = exceptions
        self.opening = 1
        self.strings: list[tuple[int, ast.expr, str]] = []

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            self.opening = node.lineno
        super().visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if node.name not in self.exceptions:
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        arguments = list(node.args)
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
            arguments = arguments[1:]
        if not (
            isinstance(called, ast.Attribute) and called.attr == "split" and isinstance(called.value, ast.Constant)
        ):
            self.visit(called)
        for argument in [*arguments, *(word.value for word in node.keywords if word.arg != "prog")]:
            self.visit(argument)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values]
        self.strings.append((self.opening, node, "".join(parts)))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.strings.append((self.opening, node, node.value))


def in_python(source: str, exceptions: set[str]) -> Iterator[tuple[int, str]]:
    """The sentences in one module, with their line."""
    lines = source.splitlines()
    collected = _Strings(exceptions)
    collected.visit(ast.parse(source))
    for opening, node, text in collected.strings:
        written_on = [lines[opening - 1], *lines[node.lineno - 1 : node.end_lineno]]
        if is_sentence(text) and not any(EXCUSE.search(line) for line in written_on):
            yield node.lineno, text


def main(source: Path = SOURCE) -> int:
    """Say where words stand; 1 if there are any."""
    modules = {path: path.read_text("utf-8") for path in sorted(source.rglob("*.py"))}
    exceptions = exception_classes(ast.parse(text) for text in modules.values())
    found = [(path, *one) for path, text in modules.items() for one in in_python(text, exceptions)]
    for path, line, text in found:
        print(f"{path.relative_to(source.parent)}:{line}: {text!r} belongs in the catalogue of messages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
