"""Which importer and which profile belong to a file that somebody hands us: by its name, first bytes and header."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings_reader import read_settings, settings_of
from gebiedswerk.formats.profile_reader import header_faults, used_columns
from gebiedswerk.formats.registry import Importer, importer_for

MOST_NEAR = 3
"""So many profiles are named that do not fit, nearest first."""
NEAR = 0.7
"""How much two headers have in common that may be one: as `difflib` counts it."""
HEAD = 2**16
"""Bytes in which a header stands."""


def importer_of(path: Path) -> Checked[Importer | None]:
    """The one importer that recognises a file, or why there is none."""
    return importer_for(path, path.name)


def profile_of(
    dossier: Path, delivery: Delivery, importer: Importer, named: str | None, text: str | None = None
) -> Checked[tuple[str, Profile] | None]:
    """The name and content of the profile that reads a file: the one named, else the only one that fits.

    `delivery` is the file with what it is asked to be; `text`: what stands in the profile that is named, where that is
    not what stands on the disk. None fits: I101, with what each lacks. More fit: I102.
    """
    if named is not None:
        file = f"profiles/{named}.toml"
        profile, faults = (
            read_settings(dossier / file, file, Profile) if text is None else settings_of(text, file, Profile)
        )
        return Checked((named, profile) if profile else None, tuple(faults))
    read = {path.stem: read_settings(path, f"profiles/{path.name}", Profile) for path in _files(dossier)}
    unread = [found for _, faults in read.values() for found in faults]
    headers = {name: list(importer.headers(delivery.path, one)) for name, (one, _) in read.items() if one}
    fitting = [
        name for name in headers if (one := read[name][0]) and _fits(importer, delivery, name, one, headers[name])
    ]
    if len(fitting) == 1:
        name = fitting[0]
        profile = read[name][0]
        return Checked((name, profile) if profile else None)
    if fitting:
        return Checked(None, (fault("I102", delivery.path.name, value=", ".join(fitting), names=fitting),))
    if unfit := importer.unfit(delivery.path, [one for one, _ in read.values() if one]):
        return Checked(None, (*unfit, *unread))
    lacking = {name: _lacking(one, headers[name]) for name, (one, _) in read.items() if one}
    nearest = sorted((name for name in lacking if lacking[name]), key=lambda name: len(lacking[name]))
    told = "; ".join(f"{name}: {', '.join(_alike(lacking[name], headers[name]))}" for name in nearest[:MOST_NEAR])
    return Checked(None, (fault("I101", delivery.path.name, lacking=told or "–"), *unread))


def _alike(lacking: list[str], headers: list[list[str]]) -> list[str]:
    """Headers that a file lacks, each with the one of the file that is most like it, if any: `Boekjaar → Boekjr`."""
    there = [name for header in headers for name in header if name]
    near = {name: get_close_matches(name, there, 1, NEAR) for name in lacking}
    return [f"{name} → {near[name][0]}" if near[name] else name for name in lacking]


def _files(dossier: Path) -> list[Path]:
    return sorted((dossier / "profiles").glob("*.toml"))


def _fits(importer: Importer, delivery: Delivery, name: str, profile: Profile, headers: list[list[str]]) -> bool:
    """Whether a profile reads the file without a fault in its header, for the kind of delivery asked for."""
    asked = replace(delivery, settings=replace(delivery.settings, profile=name), profile=profile)
    if not importer.has_columns:
        return set(used_columns(profile)) <= set(headers[0])
    return any(not header_faults(header, asked) for header in headers)


def _lacking(profile: Profile, headers: list[list[str]]) -> list[str]:
    """The columns of a profile that no header of the file has."""
    return min(
        ([name for name in used_columns(profile) if name not in found] for found in headers), key=len, default=[]
    )
