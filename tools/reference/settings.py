"""`docs/reference/settings.md`: every setting of the dossier, its deliveries, profiles and publications."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Limit, Profile, PublicationSettings
from tools.reference.markdown import docstring, meanings, page, table

FILES = {
    "dossier.toml": DossierSettings,
    "deliveries/&lt;id&gt;/delivery.toml": DeliverySettings,
    "profiles/&lt;name&gt;.toml": Profile,
    "publications/&lt;slug&gt;/publication.toml": PublicationSettings,
}
INTRO = """\
Settings are TOML. A setting that the program does not know is a fault, and so is one of the wrong kind. Moments are
written without a time zone, such as `2026-03-31T17:00:00`: they are what the clock at the town hall said."""


def pages() -> dict[str, str]:
    """Name of the file → its text."""
    sections = [part for file, settings in FILES.items() for part in _sections(f"## {file}", settings, "")]
    return {"settings.md": page("Settings", INTRO, *sections)}


def _sections(heading: str, settings: Any, prefix: str) -> Iterator[str]:
    """One section for a class of settings, and one for each class within it."""
    hints = get_type_hints(settings)
    limited = get_type_hints(settings, include_extras=True)
    meaning = meanings(f"settings.{settings.__name__}", (_name(field) for field in fields(settings)))
    rows = [
        (
            f"`{_name(field)}`",
            _choices(limited[field.name]) or _kind(hints[field.name]),
            _default(field),
            meaning[_name(field)],
        )
        for field in fields(settings)
    ]
    yield from filter(None, (heading, _opening(settings)))
    yield table(("setting", "kind", "when left out", "meaning"), rows)
    for field in fields(settings):
        inner = _inner(hints[field.name])
        if inner is not None:
            name = f"{prefix}{_name(field)}"
            repeated = get_origin(hints[field.name]) is list
            yield from _sections(f"### `[[{name}]]`" if repeated else f"### `[{name}]`", inner, f"{name}.")


def _opening(settings: Any) -> str:
    """The docstring without the name of the file, which stands above it."""
    words = re.sub(r"^`[a-z]+\.toml`(: |\.)", "", docstring(settings)).replace("`from_year`", "`from`")
    return words[:1].upper() + words[1:]


def _name(field: Field[Any]) -> str:
    """`from` is a word of the language, so the field is called `from_year`."""
    return "from" if field.name == "from_year" else field.name


def _inner(hint: Any) -> Any:
    """The class of settings within a setting, if there is one."""
    return next((part for part in (hint, *get_args(hint)) if is_dataclass(part)), None)


def _choices(hint: Any) -> str:
    """All that a setting, or each entry of a list, may be; empty where its limit names no choices."""
    if get_origin(hint) is list:
        each = _choices(get_args(hint)[0])
        return f"list of {each}s" if each else ""
    limits = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    choices = next((one.choices for one in limits if isinstance(one, Limit) and one.choices), ())
    return " or ".join(f"`{choice}`" for choice in choices)


def _kind(hint: Any) -> str:
    if get_origin(hint) is UnionType:
        hint = next(part for part in get_args(hint) if part is not type(None))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " or ".join(f"`{choice.value}`" for choice in hint)
    if get_origin(hint) is list:
        return "one or more groups" if is_dataclass(get_args(hint)[0]) else f"list of {_kind(get_args(hint)[0])}s"
    if get_origin(hint) is dict:
        return "group of texts"
    plain = {"int": "whole number", "str": "text", "bool": "`true` or `false`", "datetime": "moment", "date": "day"}
    return plain.get(hint.__name__, "group")


def _default(field: Field[Any]) -> str:
    if field.default is MISSING and field.default_factory is MISSING:
        return "*needed*"
    value = field.default if field.default_factory is MISSING else field.default_factory()
    if value is None or value in ("", []) or is_dataclass(value):
        return "each as below" if is_dataclass(value) else "nothing"
    if isinstance(value, list) and value == list(range(value[0], value[-1] + 1)):
        return f"{value[0]} up to and including {value[-1]}"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
