"""What a setting says in the text of a TOML file, as it is compared and remembered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from gebiedswerk.dossier.writing.change import ABSENT, Absent, Key


def setting_in(text: str, key: Key) -> Any:
    """The value of a setting, or of a table of them; ABSENT where it is not there. Raises ValueError of no TOML.

    >>> setting_in("site.unit = 2", ("site", "unit")), setting_in("", ("site",))
    (2, <Absent.ABSENT: 'absent'>)
    """
    found: Any = tomllib.loads(text)
    for part in key:
        if not isinstance(found, Mapping) or part not in found:
            return ABSENT
        found = found[part]
    return found


def plain(value: Any) -> Any:
    """A value as TOML reads it back: lists, and texts without a class of their own."""
    if isinstance(value, Absent):
        return value
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
