"""Settings in TOML merged three ways by key: written into ours, whose comments and order stay.

A list, also one of tables (`[[term]]`), is one value. What was merged is read back and held against what was meant.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from gebiedswerk.dossier.toml_edit import OddShape, with_setting, without_setting
from gebiedswerk.dossier.writing.three_way import lines_of, marked, merged_lines

SettingKey: TypeAlias = tuple[str, ...]
Settings: TypeAlias = Mapping[SettingKey, Any]


@dataclass(frozen=True, slots=True)
class Unset:
    """The value of a setting that is not there."""


UNSET: Final = Unset()


@dataclass(frozen=True, slots=True)
class SettingConflict:
    """A setting that both sides changed, each in another way; UNSET where a side has none."""

    key: SettingKey
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class MergedSettings:
    """What two versions of settings become; what conflicts stands in the text twice, between marks."""

    text: str
    conflicts: tuple[SettingConflict, ...] = ()


def merged_settings(base: str, ours: str, theirs: str) -> MergedSettings:
    """Merge the changes that two sides made of settings. Raises ValueError: one is no TOML, or cannot be written."""
    was, mine, other = map(flat_settings, (base, ours, theirs))
    conflicts: list[SettingConflict] = []
    taken: dict[SettingKey, Any] = {}
    for key in dict.fromkeys([*mine, *other]):
        before, here, there = values = [side.get(key, UNSET) for side in (was, mine, other)]
        if _exact(there) in (_exact(before), _exact(here)):
            continue
        if _exact(here) == _exact(before):
            taken[key] = there
        else:
            conflicts.append(SettingConflict(key, *values))
    try:
        return MergedSettings(_written((base, ours, theirs), taken, conflicts), tuple(conflicts))
    except OddShape:
        if not conflicts:
            raise
    return MergedSettings("".join(marked(lines_of(ours), lines_of(theirs))), tuple(conflicts))


def flat_settings(text: str) -> Settings:
    """The settings of a text by their key, through all tables; one that holds nothing is none."""
    return dict(_flat(tomllib.loads(text), ()))


def _flat(table: Mapping[str, Any], above: SettingKey) -> Iterator[tuple[SettingKey, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*above, name))
        else:
            yield (*above, name), value


def _exact(value: Any) -> Any:
    """A value as it is compared: 1, 1.0 and true are three."""
    if isinstance(value, Mapping):
        return {name: _exact(one) for name, one in value.items()}
    return [_exact(one) for one in value] if isinstance(value, list) else repr(value)


def _written(texts: tuple[str, str, str], taken: Settings, conflicts: Sequence[SettingConflict]) -> str:
    """The text of ours with settings of theirs, and what conflicts between marks. Raises ValueError."""
    base, ours, theirs = texts
    text = _with(ours, taken)
    by_line = _by_line(texts, {one.key: one.ours for one in conflicts if one.theirs is not UNSET}, flat_settings(text))
    if by_line is None and _comments(ours) - _comments(text) - (_comments(base) - _comments(theirs)):
        raise OddShape(next(iter(taken)))
    text = text if by_line is None else by_line
    if not conflicts:
        return text
    return "".join(marked(lines_of(text), lines_of(_with(text, {one.key: one.theirs for one in conflicts}))))


def _by_line(texts: tuple[str, str, str], settled: Settings, meant: Settings) -> str | None:
    """The texts merged by line, with the comments that came along, once these settings are the same in all of them.

    None where lines do not say what is meant.
    """
    try:
        merged = merged_lines(_with(texts[0], settled), texts[1], _with(texts[2], settled))
        return merged if _exact(flat_settings(merged)) == _exact(meant) else None
    except ValueError:
        return None


def _comments(text: str) -> Counter[str]:
    """The comments on lines of their own: one of ours that is within a list goes only where theirs took it away."""
    return Counter(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


def _with(text: str, values: Settings) -> str:
    """A text with these settings; UNSET: without. A table that holds nothing afterwards goes too. Raises ValueError."""
    meant = {key: value for key, value in {**flat_settings(text), **values}.items() if value is not UNSET}
    for key in (key for key, value in values.items() if value is UNSET):
        text = without_setting(text, key)
    for key, value in values.items():
        text = text if value is UNSET else with_setting(text, key, value)
    kept = {key[:depth] for key in meant for depth in range(len(key))}
    for table in sorted({key[:depth] for key in values for depth in range(1, len(key))} - kept):
        text = without_setting(text, table)
    return text
