"""Every pattern in the program, found in its source, and texts that would make a careless one slow.

A pattern is slow where it can walk over the same letters again from every place, or in every way: so a text repeats,
many times, what one part of the pattern takes, alone or in pairs, after a way in and before a letter that fits nowhere.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined] # typeshed knows no parse trees
from re import _parser as parser  # type: ignore[attr-defined] # as above
from typing import Any, TypeGuard

from tests.conftest import ROOT

SOURCE = ROOT / "src"
CALLS = ("compile", "match", "fullmatch", "search", "findall", "finditer", "split", "sub", "subn")
ODD = "\u0416"  # a letter that no pattern of ours names
LONGEST_PUMP = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A pattern as it stands in the source. `anchored`: it is only tried at the start of a text."""

    file: str
    line: int
    pattern: re.Pattern[str]
    anchored: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def places() -> tuple[list[Place], list[str]]:
    """Every pattern in the source, and the places of those that are only known when the program runs."""
    found, unknown = [], []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        module = vars(importlib.import_module(name)) if not name.endswith("__main__") else {}
        for node in ast.walk(tree):
            if _compiles(node):
                place = path.relative_to(SOURCE / "gebiedswerk").as_posix()
                pattern = _pattern(node, module)
                if pattern is None:
                    unknown.append(f"{place}: {ast.unparse(node)}")
                elif isinstance(pattern.pattern, str):
                    method = _method(node)
                    used = {method} if method != "compile" else _used(tree, node)
                    found.append(Place(place, node.lineno, pattern, used <= {"match", "fullmatch"} and bool(used)))
    return found, unknown


def _compiles(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in CALLS
    )


def _method(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _pattern(node: ast.Call, module: Mapping[str, Any]) -> re.Pattern[str] | None:
    at = {"split": 2, "sub": 3, "subn": 3, "compile": 1}.get(_method(node), 2)
    flags = [*node.args[at:][-1:], *(word.value for word in node.keywords if word.arg == "flags")]
    if _method(node) in ("sub", "subn", "split") and len(node.args) > at:
        flags = [word.value for word in node.keywords if word.arg == "flags"]
    try:
        text = eval(compile(ast.Expression(node.args[0]), "x", "eval"), dict(module))  # noqa: S307 (our own source)
        mask = eval(compile(ast.Expression(flags[0]), "x", "eval"), dict(module)) if flags else 0  # noqa: S307
    except NameError:
        return None
    return re.compile(text, mask)


def _used(tree: ast.Module, node: ast.Call) -> set[str]:
    """The methods that are called on a pattern that was given a name."""
    names = {
        target.id
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign) and one.value is node
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    return {
        one.attr
        for one in ast.walk(tree)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in names
    } & set(CALLS)


# Texts that make a pattern slow


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """(way in, what is repeated, end), to be put together as long as wanted."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    pumps: dict[str, None] = {}
    ways: dict[str, None] = {"": None}
    _walk(tree, "", pumps, ways)
    singles = [pump for pump in pumps if pump][:40]
    pairs = [a + b for a, b in product(singles, singles) if a != b and len(a + b) <= LONGEST_PUMP][:120]
    ends = (ODD, "")
    for pump in dict.fromkeys([*singles, *pairs]):
        for way in list(ways)[:12]:
            for end in ends:
                yield way, pump, end


def _walk(tree: Any, before: str, pumps: dict[str, None], ways: dict[str, None]) -> str:
    """Go through a pattern: what its parts take, and what stands before each of its repeats. Returns what it takes."""
    text = before
    for op, value in tree:
        one = _sample(op, value)
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            ways[text] = None
            pumps[one] = None
            for letter in _letters(value[2]):
                pumps[letter] = None
            _walk(value[2], text, pumps, ways)
        elif op is sre.SUBPATTERN:
            _walk(value[3], text, pumps, ways)
        elif op is sre.ATOMIC_GROUP:
            _walk(value, text, pumps, ways)
        elif op is sre.BRANCH:
            for branch in value[1]:
                _walk(branch, text, pumps, ways)
                pumps["".join(_sample(*part) for part in branch)] = None
        elif op in (sre.LITERAL, sre.IN):
            pumps[one] = None
        text += one
    pumps[text[len(before) :]] = None
    return text


def _letters(tree: Any) -> Iterator[str]:
    for op, value in tree:
        if op is sre.IN:
            yield from (_member(part) for part in value if part[0] is not sre.NEGATE)
        yield _sample(op, value)


CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}


def _member(part: tuple[Any, Any]) -> str:
    op, value = part
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.RANGE:
        return chr(value[0])
    return str(CATEGORIES[value]) if op is sre.CATEGORY else ""


def _sample(op: Any, value: Any) -> str:
    """A text that a part of a pattern takes."""
    if op in (sre.LITERAL, sre.ANY):
        return chr(value) if op is sre.LITERAL else "x"
    if op is sre.NOT_LITERAL:
        return "x" if chr(value) != "x" else "y"
    if op is sre.IN:
        if value[0][0] is sre.NEGATE:
            return next(sign for sign in "xa1 -" if sign not in {_member(part) for part in value[1:]})
        return _member(value[0])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return "".join(_sample(*part) for part in value[2]) * max(int(value[0]), 1)
    if op is sre.SUBPATTERN:
        return "".join(_sample(*part) for part in value[3])
    if op is sre.ATOMIC_GROUP:
        return "".join(_sample(*part) for part in value)
    if op is sre.BRANCH:
        return "".join(_sample(*part) for part in value[1][0])
    return ""


def tried(place: Place) -> Callable[[str], Any]:
    """The pattern as it is used: at the start of a text, or everywhere in it."""
    if place.anchored:
        return lambda text: (place.pattern.match(text), place.pattern.fullmatch(text))
    return lambda text: sum(1 for _ in place.pattern.finditer(text))


def text_of(attack: Sequence[str], letters: int) -> str:
    """An attack of this many letters."""
    way, pump, end = attack
    return way + pump * (letters // len(pump)) + end
