"""The answers of a person go into the profile that reads the file, before it is read."""

from __future__ import annotations

from dataclasses import replace

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Dossier, Profile
from gebiedswerk.dossier.settings_reader import read_settings
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.redo import hash_of
from gebiedswerk.formats.recognise import importer_of, profile_of
from gebiedswerk.importing.answer_values import Wanted
from gebiedswerk.importing.answers import answered
from gebiedswerk.importing.offer import bare_delivery


def keep_answers(dossier: Dossier, wanted: Wanted, *, write: bool) -> Checked[Wanted | None]:
    """Put the answers in the profile; without `write` only in what is asked from then on.

    The profile is the one that is named, else the only one that still asks something, else the one that fits.
    """
    if not wanted.answers:
        return Checked(wanted)
    name = _name(dossier, wanted)
    if name.value is None:
        return Checked(None, name.faults)
    file = f"profiles/{name.value}.toml"
    try:
        stands = (dossier.path / file).read_bytes()
        text = stands.decode("utf-8-sig")
    except (OSError, ValueError):
        return Checked(None, tuple(read_settings(dossier.path / file, file, Profile)[1]))
    made = answered(text, wanted.answers, file)
    if made.value is None:
        return Checked(None, made.faults)
    told = replace(wanted, profile=name.value, profile_text=made.value)
    if not write:
        return Checked(told)
    keys = " ".join(key for key, _ in wanted.answers)
    change = [FileWritten(file, hash_of(stands), made.value.encode())]
    landed = land(dossier.path, change, wanted.by, f"import --answer {keys}")
    return Checked(replace(told, profile_text=None) if landed.value else None, landed.faults)


def _name(dossier: Dossier, wanted: Wanted) -> Checked[str | None]:
    if wanted.profile is not None:
        return Checked(wanted.profile)
    paths = sorted((dossier.path / "profiles").glob("*.toml"))
    read = {path.stem: read_settings(path, f"profiles/{path.name}", Profile)[0] for path in paths}
    asking = [name for name, profile in read.items() if profile and profile.unsure]
    if len(asking) == 1:
        return Checked(asking[0])
    importer = importer_of(wanted.file)
    if importer.value is None:
        return Checked(None, importer.faults)
    found = profile_of(dossier.path, bare_delivery(dossier, wanted), importer.value, None)
    if found.value is not None:
        return Checked(found.value[0])
    if len(asking) > 1:
        return Checked(None, (fault("I102", wanted.file.name, value=", ".join(asking), names=asking),))
    return Checked(None, found.faults)
