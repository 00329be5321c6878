"""Read a TOML file into one of the settings classes: unknown, missing and wrong settings are faults."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from gebiedswerk.core.faults import Checked, Fault, GebiedswerkError, capped, fault
from gebiedswerk.core.signs import sign_name
from gebiedswerk.core.spending_term import EmptyTerm
from gebiedswerk.core.words import TextKind, is_blank
from gebiedswerk.dossier.cell_types import hints_of
from gebiedswerk.dossier.checks.signs_in_text import in_settings
from gebiedswerk.dossier.session import Session

S = TypeVar("S")
MOST_BYTES = 1_000_000
"""People write settings by hand: a larger file is something else."""
MOST_SIGNS = 100
"""So many strange signs of one file are looked up; it is refused by the first."""
MOST_PARTS = 12  # as in the pattern
DEEP = re.compile(r"""(?:^|[\[{,])[ \t]*((?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){12})""", re.MULTILINE)
"""A key of more parts than `MOST_PARTS`, at the start of a line or within brackets: each is a table in a table."""
HEAD = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")


class TooLarge(GebiedswerkError, ValueError):
    """A file of more than `MOST_BYTES`."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(f"{path.name} has {size} bytes; settings have at most {MOST_BYTES}.")
        self.size = size


class TooDeep(GebiedswerkError, ValueError):
    """A key of more than `MOST_PARTS` parts, or too many brackets in each other. `line`: where known."""

    def __init__(self, name: str, line: int | None) -> None:
        super().__init__(f"{name} holds a key of more than {MOST_PARTS} parts, or too many brackets.")
        self.line = line


def load(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and what it holds. Raises TooLarge, TooDeep, another ValueError, or OSError."""
    return _loaded(_bytes(path), path.name)


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise TooLarge(path, size)
    return path.read_bytes()


def _loaded(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    return parsed(data.decode("utf-8-sig"), name)


def parsed(text: str, name: str) -> tuple[str, dict[str, Any]]:
    """A text (called `name` in errors) and what it holds. Raises TooDeep, or another ValueError."""
    if deep := DEEP.search(text):
        raise TooDeep(name, text.count("\n", 0, deep.start(1)) + 1)
    try:
        return text, tomllib.loads(text)
    except RecursionError as problem:
        raise TooDeep(name, None) from problem


def read_settings(path: Path, file: str, settings: type[S], session: Session | None = None) -> Checked[S | None]:
    """Read `path` (named `file` in faults). Returns the settings, or None and every fault.

    `session`: what knows the settings in the same bytes.
    """
    if not path.is_file():
        return Checked(None, (fault("D101", file),))
    try:
        data = _bytes(path)
    except TooLarge as problem:
        return Checked(None, (fault("D172", file, value=problem.size, most=MOST_BYTES),))
    question = (settings.__name__, file, data)
    return (session or Session()).once(question, lambda: _read(lambda: _loaded(data, path.name), data, file, settings))


def settings_of(text: str, file: str, settings: type[S]) -> Checked[S | None]:
    """The settings in a text that stands, or is to stand, in `file`; or None and every fault."""
    return _read(lambda: parsed(text, file), text.encode(), file, settings)


def _read(
    loaded: Callable[[], tuple[str, dict[str, Any]]], data: bytes, file: str, settings: type[S]
) -> Checked[S | None]:
    try:
        text, table = loaded()
    except TooDeep as problem:
        return Checked(None, (fault("D173", file, problem.line, most=MOST_PARTS),))
    except UnicodeDecodeError as problem:
        return Checked(None, (fault("D114", file, data[: problem.start].count(b"\n") + 1),))
    except ValueError as problem:  # also a number of 5000 digits
        line = re.search(r"line ([0-9]+)", str(problem))
        return Checked(None, (fault("D112", file, int(line[1]) if line else None, reason=problem),))
    faults: list[Fault] = []
    lines = _Lines(text)

    def note(code: str, key: str, value: object = None, **facts: object) -> None:
        shown = re.sub(r"\[[0-9]+\]", "", key)
        faults.append(fault(code, file, lines.of(key), shown, value, **facts))

    for key, strange in islice(in_settings(table), MOST_SIGNS):
        row = lines.of(key) or _line_with(text, strange.sign)
        faults.append(fault(strange.code, file, row, key, sign_name(strange.sign), place=strange.at + 1))
    made = _build(settings, table, "", note)
    return Checked(None if faults else made, tuple(capped(faults)))


def _line_with(text: str, sign: str) -> int | None:
    """The first line that holds a sign, as it is or by its number."""
    number = ord(sign)
    written = re.compile(rf"{re.escape(sign)}|\\u{number:04x}|\\U{number:08x}", re.IGNORECASE)
    return next((at for at, line in enumerate(text.split("\n"), start=1) if written.search(line)), None)


def with_line(found: Fault, dossier: Path) -> Fault:
    """A fault in a setting with the line on which the setting stands, for what is found after reading."""
    if found.row is not None or found.column is None or not (found.file or "").endswith(".toml"):
        return found
    return replace(found, row=_Lines((dossier / str(found.file)).read_text("utf-8-sig")).of(found.column))


def newer_format(path: Path, newest: int) -> tuple[int | None, int] | None:
    """The line and number of a format that is newer than this program knows; read before all else."""
    try:
        text, table = load(path)
    except (OSError, ValueError):
        return None
    number = table.get("format")
    return (_Lines(text).of("format"), number) if isinstance(number, int) and number > newest else None


class _Lines:
    """On which line of a TOML file each setting stands."""

    def __init__(self, text: str) -> None:
        self.heads: dict[str, int] = {}  # the first line of each table: `[table]`, and `[[table]]` numbered from 0
        self.keys: dict[tuple[str, str], int] = {}  # the first line of each setting, by table and name
        several: Counter[str] = Counter()
        here = ""
        for number, line in enumerate(text.split("\n"), start=1):
            head = HEAD.match(line)
            if head:
                here = f"{head[2]}[{several[head[2]]}]" if head[1] == "[[" else head[2]
                several[head[2]] += head[1] == "[["
                self.heads.setdefault(here, number)
            name, equals, _ = line.partition("=")
            if equals:
                parts = [part.strip().strip("\"'") for part in name.split(".")]
                self.keys.setdefault((here, ".".join(parts)), number)

    def of(self, key: str) -> int | None:
        """The line that sets a dotted key (`term[1].years`: in the second such table), else of what it stands in."""
        while key not in self.heads:
            within, _, name = key.rpartition(".")
            bare = re.sub(r"\[[0-9]+\]", "", name)
            above, _, group = within.rpartition(".")  # a group of texts may be written `titles.en = "..."`
            places = [(within, bare), (above, f"{group}.{bare}")]
            numbers = [self.keys[place] for place in places if place in self.keys]
            if numbers or not within:
                return min(numbers, default=None)
            key = within
        return self.heads[key]


def _build(cls: Any, table: dict[str, Any], prefix: str, note: Callable[..., None]) -> Any:
    """Build one settings class from a TOML table, noting what does not fit."""
    hints = hints_of(cls)
    known = {key_of(f.name): f for f in fields(cls)}
    for key in table.keys() - known.keys():
        note("D113", prefix + key, table[key], known=tuple(known))
    values: dict[str, Any] = {}
    for key, found in known.items():
        if key in table:
            values[found.name] = _value(hints[found.name], table[key], prefix + key, note)
        elif found.default is MISSING and found.default_factory is MISSING:
            note("D116", prefix + key)
            values[found.name] = None
    try:
        return cls(**values)
    except EmptyTerm:
        note("D105", f"{prefix}years", table.get("years"), kind="positive", choices="")
        return None
    except TypeError:  # from a value that did not fit, and was noted above
        return None


def key_of(name: str) -> str:
    """`from` is a word of the language, so the field is called `from_year`."""
    return "from" if name == "from_year" else name


def _value(hint: Any, value: Any, key: str, note: Callable[..., None]) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _value(next(part for part in get_args(hint) if part is not type(None)), value, key, note)
    if origin is Annotated:
        return _limited(hint, value, key, note)
    if is_dataclass(hint) and isinstance(value, dict):
        return _build(hint, value, f"{key}.", note)
    if origin is list and isinstance(value, list):
        inner = get_args(hint)[0]
        return [_value(inner, part, f"{key}[{at}]", note) for at, part in enumerate(value)]
    if origin is dict and isinstance(value, dict) and all(isinstance(part, str) for part in value.values()):
        return value
    if isinstance(hint, type) and issubclass(hint, StrEnum) and value in [choice.value for choice in hint]:
        return hint(value)
    if hint is datetime and isinstance(value, datetime) and value.tzinfo is None:
        return value
    if hint in (int, str, bool, date) and type(value) is hint:
        return value
    note("D105", key, value, kind=_kind_name(hint), choices=_choices(hint))
    return None


def _limited(hint: Any, value: Any, key: str, note: Callable[..., None]) -> Any:
    """A value of the right type that is also within its limit."""
    inner, *limits = get_args(hint)
    made = _value(inner, value, key, note)
    for limit in limits:
        if isinstance(limit, TextKind):
            texts = made if isinstance(made, dict) else {"": made} if isinstance(made, str) else {}
            for name in (name for name, text in texts.items() if is_blank(text, limit)):
                note("T128", f"{key}.{name}" if name else key, texts[name])
        elif made is not None and not limit.holds(made):
            note("D105", key, value, kind=limit.name, choices=", ".join(limit.choices))
        elif isinstance(made, str) and (why := limit.refusal(made)):
            note("D150", key, value, kind=why.kind, choices="")
    return made


def _kind_name(hint: Any) -> str:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "choice"
    return {int: "whole", str: "text", bool: "true_false", datetime: "moment", date: "day"}.get(hint, "table")


def _choices(hint: Any) -> str:
    return ", ".join(hint) if isinstance(hint, type) and issubclass(hint, StrEnum) else ""
