"""`migrate`: a dossier of an older format as one of this format, whole or not at all; twice is once."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.migrations.ladder import SETTINGS, files_to_migrate, migrated
from gebiedswerk.dossier.settings import FORMAT, DossierSettings
from gebiedswerk.dossier.settings_reader import newer_format, read_settings
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.table_edit import CannotEdit


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of it: the formats from which and to which it went, and the files that changed; or what is wrong."""

    faults: tuple[Fault, ...] = ()
    former: int = FORMAT
    format: int = FORMAT
    files: tuple[str, ...] = ()


def migrate(path: Path, by: By = UNSAID) -> Migrated:
    """Bring a dossier to the newest format."""
    newer = newer_format(path / SETTINGS, FORMAT)
    if newer is not None:
        return Migrated((fault("D111", SETTINGS, newer[0], "format", newer[1], newest=FORMAT),))
    settings, faults = read_settings(path / SETTINGS, SETTINGS, DossierSettings)
    if settings is None:
        return Migrated(tuple(faults))
    change, refused = on_disk(path, "B111", lambda: _change(path))
    if not change:
        return Migrated(tuple(refused), settings.format)
    done = land(path, change, by, "migrate")
    files = done.value.files if done.value is not None else ()
    return Migrated(tuple(done.faults), settings.format, FORMAT, tuple(sorted(files)))


def _change(path: Path) -> Checked[list[FileWritten] | None]:
    """What a step writes, each file on what was read of it."""
    read = files_to_migrate(path)
    try:
        made = migrated(read)
    except CannotEdit as problem:
        return Checked(None, (fault("J502", problem.file),))
    except ValueError:
        return Checked(None, (fault("D191", SETTINGS, None, "format"),))
    return Checked([FileWritten(place, sha256(read[place]).hexdigest(), data) for place, data in made.items()])
