"""Change one setting in the text of a TOML file: comments, order and spelling of all else stay as a person wrote them.

What was written is read back and held against what was meant: a shape that is too odd to change is refused, never bent.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from gebiedswerk.core.faults import GebiedswerkError

Key = tuple[str, ...]
PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
DOTTED = rf"{PART}(?:[ \t]*\.[ \t]*{PART})*"
SETTING = re.compile(rf"[ \t]*({DOTTED})[ \t]*=")
HEAD = re.compile(rf"[ \t]*(\[\[?)[ \t]*({DOTTED})[ \t]*\]\]?[ \t]*(?:#.*)?$")
LONGEST = 400
"""Lines of one value: a longer list was not written by hand."""


class OddShape(GebiedswerkError, ValueError):
    """A setting that stands where this module cannot change it, such as in an inline table."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"The setting {'.'.join(key)} cannot be written into this text.")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines `first` to `end` (not included): a head (`[flows]`), a setting, or (None) a comment or nothing.

    `key` is whole, with the table in which a setting stands; `many` says that it is in a list of tables.
    """

    first: int
    end: int
    key: Key | None
    is_head: bool
    many: bool


def with_setting(text: str, key: Key, value: Any) -> str:
    """The text with a setting of this value: in its place, else in that of its comment, else at the end of its table.

    Raises OddShape, or a ValueError where the text is no TOML.
    """
    lines, pieces = _pieces(text)
    own = next((one for one in pieces if one.key == key and not one.is_head and not one.many), None)
    written = f"{_dotted(key[-1:])} = {toml_value(value)}"
    table = _end_of_table(lines, pieces, key[:-1])
    if own is not None:
        lines[own.first : own.end] = [
            f"{_name_as_written(lines[own.first])} = {toml_value(value)}{_remark(lines, own)}"
        ]
    elif table is None:
        lines += [*([""] if lines and lines[-1].strip() else []), f"[{_dotted(key[:-1])}]", written]
    else:
        first, end, after = table
        named = re.compile(rf"[ \t]*#[ \t]*{re.escape(_dotted(key[-1:]))}[ \t]*=")
        at = next((at for at in range(first, after) if named.match(lines[at])), None)
        lines[slice(end, end) if at is None else slice(at, at + 1)] = [written]
    return _proven("\n".join(lines), _set(tomllib.loads(text), key, value), key)


def without_setting(text: str, key: Key) -> str:
    """The text without a setting or a table; without it already, as it is. Raises OddShape, or another ValueError."""
    lines, pieces = _pieces(text)
    meant = _unset(tomllib.loads(text), key)
    gone = [one for one in pieces if one.key is not None and one.key[: len(key)] == key]
    for one in reversed(gone):
        del lines[one.first : one.end]
    return _proven("\n".join(lines), meant, key)


def with_table(text: str, name: str, table: Mapping[str, Any]) -> str:
    """The text with one more `[[name]]` at its end. Raises OddShape, or another ValueError."""
    meant = tomllib.loads(text)
    meant[name] = [*meant.get(name, []), dict(table)]
    lines = [f"{_dotted((key,))} = {toml_value(value)}" for key, value in table.items()]
    return _proven("\n".join([text.rstrip("\n"), "", f"[[{_dotted((name,))}]]", *lines, ""]), meant, (name,))


def toml_value(value: Any) -> str:
    """A text, number, truth or list of them as TOML writes it, on one line, whatever stands in it."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, str):
        known = value.encode("utf-8", "replace").decode()  # a name on a disk may hold bytes that are no letters
        return json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007F")
    return json.dumps(value)


def line_of(key: Key, value: Any) -> str:
    """One setting as a line of its table."""
    return f"{_dotted(key[-1:])} = {toml_value(value)}"


def _pieces(text: str) -> tuple[list[str], list[_Piece]]:
    """The lines of a text, and what they are, in order."""
    lines = text.split("\n")
    return lines, list(_cut(lines))


def _cut(lines: Sequence[str]) -> Iterator[_Piece]:
    table: Key = ()
    many, at = False, 0
    while at < len(lines):
        head, setting, end = HEAD.match(lines[at]), SETTING.match(lines[at]), at + 1
        if head:
            table, many = _parts(head[2]), head[1] == "[["
            yield _Piece(at, end, table, is_head=True, many=many)
        elif setting:
            end = _end_of_value(lines, at)
            yield _Piece(at, end, (*table, *_parts(setting[1])), is_head=False, many=many)
        at = end


def _end_of_value(lines: Sequence[str], first: int) -> int:
    """The line after a setting that begins on `first`: a list may go on for some lines."""
    for end in range(first + 1, min(first + LONGEST, len(lines)) + 1):
        try:
            tomllib.loads("\n".join(lines[first:end]))
        except ValueError:
            continue
        return end
    return first + 1


def _end_of_table(lines: Sequence[str], pieces: Sequence[_Piece], table: Key) -> tuple[int, int, int] | None:
    """Where a table begins, where a setting can be added to it, and the next head; None without such a table."""
    heads = [one for one in pieces if one.is_head]
    if table:
        own = next((one for one in heads if one.key == table and not one.many), None)
        if own is None:
            return None
        first = own.end
    else:
        first = 0
    after = next((one.first for one in heads if one.first >= first), len(lines))
    settings = [one.end for one in pieces if not one.is_head and first <= one.first < after]
    comments = next((at for at in range(first, after) if not lines[at].lstrip().startswith("#")), after)
    return first, max(settings, default=comments if not table else first), after


def _remark(lines: Sequence[str], piece: _Piece) -> str:
    """The comment behind a setting, with the blanks before it."""
    line = lines[piece.end - 1]
    for found in re.finditer(r"(?<![ \t])[ \t]*#", line):
        before = "\n".join([*lines[piece.first : piece.end - 1], line[: found.start()]])
        try:
            if tomllib.loads(before):
                return line[found.start() :]
        except ValueError:
            continue
    return ""


def _name_as_written(line: str) -> str:
    return line[: line.index("=", len(SETTING.match(line)[0]) - 1)].rstrip()  # type: ignore[index]  # it did match


def _parts(dotted: str) -> Key:
    """`a."b.c"` as its parts."""
    key: list[str] = []
    table: Any = tomllib.loads(f"{dotted} = 0")
    while isinstance(table, dict):
        ((name, table),) = table.items()
        key.append(name)
    return tuple(key)


def _dotted(key: Key) -> str:
    return ".".join(part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else toml_value(part) for part in key)


def _set(table: dict[str, Any], key: Key, value: Any) -> dict[str, Any]:
    made = deepcopy(table)
    within = made
    for part in key[:-1]:
        within = within.setdefault(part, {})
        if not isinstance(within, dict):
            raise OddShape(key)
    within[key[-1]] = list(value) if isinstance(value, tuple) else value
    return made


def _unset(table: dict[str, Any], key: Key) -> dict[str, Any]:
    made = deepcopy(table)
    within: Any = made
    for part in key[:-1]:
        within = within.get(part) if isinstance(within, dict) else None
    if isinstance(within, dict):
        within.pop(key[-1], None)
    return made


def _proven(text: str, meant: Mapping[str, Any], key: Key) -> str:
    """The text, if it says what was meant; a table that lost its last setting may stay or go."""
    try:
        if _bare(tomllib.loads(text)) == _bare(meant):
            return text
    except ValueError:
        pass
    raise OddShape(key)


def _bare(value: Any) -> Any:
    """Settings without tables that hold nothing."""
    if isinstance(value, Mapping):
        return {key: _bare(part) for key, part in value.items() if part != {}}
    return value
