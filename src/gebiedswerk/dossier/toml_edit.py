"""Change one setting in the text of a TOML file: comments, order and spelling of all else stay as a person wrote them.

What was written is read back and held against what was meant: a shape that cannot be changed is refused, never bent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from itertools import takewhile
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Comment, Item, Table

from gebiedswerk.core.faults import GebiedswerkError

Key = tuple[str, ...]
Body = list[tuple[Any, Item]]
"""What stands in a table, in order: settings and tables by their key; comments and blank lines without one."""


class OddShape(GebiedswerkError, ValueError):
    """A setting that cannot be written where it stands, such as in one of a list of tables."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"The setting {'.'.join(key)} cannot be written into this text.")


def with_setting(text: str, key: Key, value: Any) -> str:
    """The text with a setting of this value: in its place, else in that of its comment, else at the end of its table.

    Raises OddShape, or a ValueError where the text is no TOML.
    """
    settings = tomllib.loads(text)
    document = _parsed(text if _holder(settings, key) else _with_room(text, key), key)
    meant = _set(settings, key, list(value) if isinstance(value, tuple) else value, dict)
    return _proven(tomlkit.dumps(_set(document, key, _clean(value), tomlkit.table)), meant, key)


def without_setting(text: str, key: Key) -> str:
    """The text without a setting or a table; without it already, as it is. Raises OddShape, or another ValueError."""
    meant = tomllib.loads(text)
    without = _holder(meant, key)
    if without is None:
        return text
    del without[key[-1]]
    document = _parsed(text, key)
    _remove(_holder(document, key), key)
    return _proven(tomlkit.dumps(document), meant, key)


def with_table(text: str, name: str, table: Mapping[str, Any]) -> str:
    """The text with one more `[[name]]` at its end. Raises OddShape, or another ValueError."""
    meant = tomllib.loads(text)
    meant[name] = [*meant.get(name, []), dict(table)]
    lines = [f"[[{_written(name)}]]", *(line_of((key,), value) for key, value in table.items())]
    return _proven("\n".join([text.rstrip("\n"), "", *lines, ""]), meant, (name,))


def toml_value(value: Any) -> str:
    """A text, number, truth, moment or list of them as TOML writes it, on one line, whatever stands in it."""
    return str(tomlkit.item(_clean(value)).as_string())


def line_of(key: Key, value: Any) -> str:
    """One setting as a line of its table."""
    return f"{_written(key[-1])} = {toml_value(value)}"


def _written(name: str) -> str:
    return tomlkit.key(name).as_string()


def _clean(value: Any) -> Any:
    """A value without bytes that are no letters: a name on a disk may hold them."""
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _parsed(text: str, key: Key) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as problem:
        raise OddShape(key) from problem


def _set(whole: Any, key: Key, value: Any, new: Callable[[], Any]) -> Any:
    """All settings, with one set; tables that it needs are made. Raises OddShape."""
    within = whole
    for part in key[:-1]:
        within = within.setdefault(part, new())
        if not isinstance(within, MutableMapping):
            raise OddShape(key)
    former = within.get(key[-1])
    within[key[-1]] = value
    if isinstance(former, AoT) and isinstance(within[key[-1]], AoT):
        _end_of(within[key[-1]]).extend(_trailing(_end_of(former)))
    return whole


def _end_of(item: AoT | Table) -> Body:
    """What stands in the last table of an item, or in the last one within that."""
    table = item.body[-1] if isinstance(item, AoT) else item
    body: Body = table.value.body
    last = next((one for name, one in reversed(body) if name is not None), None)
    return _end_of(last) if isinstance(last, AoT | Table) else body


def _trailing(body: Body) -> Body:
    """The comments and blank lines at the end of a table: they are about what follows."""
    return [*takewhile(lambda entry: entry[0] is None, reversed(body))][::-1]


def _holder(whole: Any, key: Key) -> Any:
    """The table in which a setting or table stands; None where it is not there."""
    for part in key[:-1]:
        whole = whole.get(part) if isinstance(whole, MutableMapping) else None
    return whole if isinstance(whole, MutableMapping) and key[-1] in whole else None


def _with_room(text: str, key: Key) -> str:
    """The text with a line for a new setting: that of its comment (`# period = ""`), else below the other settings.

    The library puts it below all comments, though the last of them are about the next table. As it is where the table
    is not there, or is written in another way (dotted, inline).
    """
    document = _parsed(text if not text or text.endswith("\n") else f"{text}\n", key)
    holder = _holder(document, key[:-1]) if key[:-1] else None
    table = None if holder is None else holder[key[-2]]
    if key[:-1] and not isinstance(table, Table):
        return text
    body: Body = document.body if table is None else table.value.body
    own = re.compile(rf"[ \t]*#[ \t]*{re.escape(_written(key[-1]))}[ \t]*=")
    line = (None, tomlkit.ws(f"{_written(key[-1])} = 0\n"))
    at = next((at for at, (_, one) in enumerate(body) if isinstance(one, Comment) and own.match(one.as_string())), None)
    if at is not None:
        body[at] = line
    else:
        body.insert(_end_of_settings(body, key), line)
    made = tomlkit.dumps(document)
    return made if _says(made, _set(tomllib.loads(text), key, 0, dict)) else text


def _end_of_settings(body: Body, key: Key) -> int:
    """Where a setting can be added: below the others, or where there are none below the head of its table or text."""
    settings = [at for at, (name, item) in enumerate(body, 1) if name is not None and not isinstance(item, Table | AoT)]
    head = [] if key[:-1] else [*takewhile(lambda entry: isinstance(entry[1], Comment), body)]
    return max(settings, default=len(head))


def _remove(table: Any, key: Key) -> None:
    """Take a setting or a table away. Its comments stay: the last of them are about the table that follows."""
    item = table[key[-1]]
    if not isinstance(item, Table | AoT):
        del table[key[-1]]
        return
    body: Body = table.body if isinstance(table, tomlkit.TOMLDocument) else table.value.body
    at = next((at for at, (_, one) in enumerate(body) if one is item), None)
    if at is None:  # it stands in several places
        raise OddShape(key)
    del table[key[-1]]
    body[at] = (None, tomlkit.ws("".join(_comments(item))))


def _comments(item: Any) -> Iterator[str]:
    """The comments and blank lines of a table, or of a list of them."""
    if isinstance(item, AoT):
        for table in item.body:
            yield from _comments(table)
    elif isinstance(item, Table):
        for name, one in item.value.body:
            yield from [one.as_string()] if name is None else _comments(one)


def _proven(text: str, meant: Mapping[str, Any], key: Key) -> str:
    """The text, if it says what was meant."""
    if not _says(text, meant):
        raise OddShape(key)
    return text


def _says(text: str, meant: Mapping[str, Any]) -> bool:
    """Whether a text says this; a table that lost its last setting may stay or go."""
    try:
        return bool(_bare(tomllib.loads(text)) == _bare(meant))
    except ValueError:
        return False


def _bare(value: Any) -> Any:
    """Settings without tables that hold nothing."""
    if isinstance(value, Mapping):
        return {key: _bare(part) for key, part in value.items() if part != {}}
    return value
