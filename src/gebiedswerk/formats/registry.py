"""Importers turn a delivered file into postings: one contract, a registry, detection; two on one file is an error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.unsure import unsure_faults
from gebiedswerk.formats.csv.file import CsvImporter
from gebiedswerk.formats.format import Importer, ReadFile
from gebiedswerk.formats.forms import refusal_of
from gebiedswerk.formats.xaf.importer import XafImporter
from gebiedswerk.formats.xlsx.importer import XlsxImporter

IMPORTERS: Sequence[Importer] = (CsvImporter(), XlsxImporter(), XafImporter())


def importer_for(path: Path, file: str, importers: Sequence[Importer] = IMPORTERS) -> Checked[Importer | None]:
    """The one importer that recognises a file (none: L122, more: L123), called `file` where it is refused.

    A file that is of another kind than we read is said to be that (L195 to L197), whatever its name.
    """
    refused = refusal_of(path, file)
    if refused:
        return Checked(None, (refused,))
    with path.open("rb") as opened:
        head = opened.read(4096)
    claiming = [importer for importer in importers if importer.recognises(path, head)]
    names = [importer.name for importer in (claiming or importers)]
    if len(claiming) != 1:
        return Checked(None, (fault("L123" if claiming else "L122", file, value=path.name, names=names),))
    return Checked(claiming[0])


def read_file(delivery: Delivery, importers: Sequence[Importer] = IMPORTERS) -> Checked[ReadFile]:
    """Read a delivery with the one importer that recognises its file.

    Nothing is read with a profile that still asks something (I150).
    """
    if unsure := unsure_faults(delivery.profile, delivery.settings.profile):
        return Checked(ReadFile(), tuple(unsure))
    importer = importer_for(delivery.path, delivery.file, importers)
    if importer.value is None:
        return Checked(ReadFile(), importer.faults)
    return importer.value.read(delivery)


__all__ = ["IMPORTERS", "Importer", "ReadFile", "importer_for", "read_file"]
