"""Settings as a person types them, as items of a change: where they stand, and what their values mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import Checked, errors, fault
from gebiedswerk.dossier.rooted import PlaceRefused, Root
from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Profile, PublicationSettings
from gebiedswerk.dossier.settings_reader import settings_of
from gebiedswerk.dossier.toml_edit import with_setting, without_setting
from gebiedswerk.dossier.writing.change import ABSENT, Item, SettingWritten
from gebiedswerk.dossier.writing.settings_of_text import setting_in

KINDS: Mapping[str, tuple[str, type[Any]]] = {
    "deliveries": ("delivery.toml", DeliverySettings),
    "publications": ("publication.toml", PublicationSettings),
}
UNSURE = "unsure"
"""The table of a profile with what it asks: setting → question."""


def settings_written(path: Path, what: str, values: Mapping[str, str]) -> Checked[Sequence[Item] | None]:
    """Settings of `dossier.toml`, or of `deliveries/<id>`, `publications/<slug>`, `profiles/<name>`, as items.

    What a profile asked about a setting (`[unsure]`) is answered by it. A value is taken as what its setting wants: a
    number, a moment, ja or nee, texts apart by commas. One that it cannot be is a fault, as if a person had written it.
    """
    file, settings = _file_of(what)
    try:
        place = Root(path).at(file)
    except PlaceRefused as refused:
        return Checked(None, (refused.fault,))
    if not place.path.is_file():
        return Checked(None, (fault("D101", file),))
    text = read = place.path.read_bytes().decode("utf-8-sig", "replace")
    change: list[Item] = []
    for key, value in values.items():
        made = [(one, *_written(text, key, one, file, settings)) for one in _meanings(value)]
        fitting = next(((one, written) for one, written, faults in made if not errors(faults)), None)
        if fitting is None:
            return Checked(None, tuple(made[0][2]))
        text = fitting[1]
        parts = tuple(key.split("."))
        change.append(SettingWritten(file, parts, setting_in(read, parts), fitting[0]))
        if settings is Profile:
            text = without_setting(text, (UNSURE, key))
            change.append(SettingWritten(file, (UNSURE, key), setting_in(read, (UNSURE, key)), ABSENT))
    return Checked(change)


def _file_of(what: str) -> tuple[str, type[Any]]:
    top, _, name = what.strip("/").partition("/")
    if top == "profiles" and name:
        return f"profiles/{name.removesuffix('.toml')}.toml", Profile
    file, settings = KINDS.get(top, ("", DossierSettings))
    own = name.removesuffix(f"/{file}") if file else ""
    return (f"{top}/{own}/{file}", settings) if own else ("dossier.toml", DossierSettings)


def _meanings(value: str) -> Iterator[Any]:
    """What a value may be, the plainest first."""
    yield value
    if value.isdecimal():
        yield int(value)
    if value.casefold() in ("ja", "nee", "true", "false"):
        yield value.casefold() in ("ja", "true")
    with suppress(ValueError):
        yield datetime.fromisoformat(value)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    yield parts
    if all(part.isdecimal() for part in parts):
        yield [int(part) for part in parts]


def _written(text: str, key: str, value: Any, file: str, settings: type[Any]) -> Checked[str]:
    """The text with a setting, and the faults that are then in it."""
    try:
        made = with_setting(text, tuple(key.split(".")), value)
    except ValueError:
        return Checked(text, (fault("D191", file, None, key),))
    return Checked(made, tuple(settings_of(made, file, settings)[1]))
