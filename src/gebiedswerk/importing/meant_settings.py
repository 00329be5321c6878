"""A profile with a mistyped setting, read as it was meant: what else is wrong with its file shows in the same run.

Nothing is imported with it: its own faults stand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.dossier import Profile
from gebiedswerk.dossier.settings_reader import settings_of
from gebiedswerk.dossier.toml_edit import OddShape, with_setting, without_setting

TIMES = 20
"""So many settings may be wrong."""
NEAR = 0.75
"""How much a name must have in common with the one that is meant, as `difflib` counts it."""


def meant_profile(text: str, file: str) -> Profile | None:
    """The settings of a text with faults: mistyped names as the ones they look like, what does not fit as left out."""
    for _ in range(TIMES):
        profile, faults = settings_of(text, file, Profile)
        wrong = next((one for one in errors(faults) if one.column), None)
        if wrong is None:
            return profile
        try:
            text = _mended(text, wrong)
        except (OddShape, ValueError):
            return None
    return None


def _mended(text: str, wrong: Fault) -> str:
    """A text without the setting that is wrong; under the name that was meant, where there is one."""
    path = tuple(str(wrong.column).split("."))
    known = dict(wrong.facts).get("known")
    near = get_close_matches(path[-1], map(str, known), 1, NEAR) if isinstance(known, tuple) else []
    without = without_setting(text, path)
    if without == text:
        raise OddShape(path)
    return with_setting(without, (*path[:-1], near[0]), _at(text, path)) if near else without


def _at(text: str, path: Sequence[str]) -> Any:
    """What stands in a setting. Raises ValueError."""
    found: Any = tomllib.loads(text)
    for name in path:
        if not isinstance(found, dict) or name not in found:
            raise OddShape(tuple(path))
        found = found[name]
    return found
