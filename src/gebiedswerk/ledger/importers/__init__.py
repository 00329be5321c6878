"""Importers turn a delivered file into postings: one contract, a registry, detection; two on one file is an error."""

from __future__ import annotations

from collections.abc import Sequence

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.unsure import unsure_faults
from gebiedswerk.ledger.importers.contract import Importer, ReadFile
from gebiedswerk.ledger.importers.csv_file import CsvImporter
from gebiedswerk.ledger.importers.xaf import XafImporter
from gebiedswerk.ledger.importers.xlsx import XlsxImporter

IMPORTERS: Sequence[Importer] = (CsvImporter(), XlsxImporter(), XafImporter())


def read_file(delivery: Delivery, importers: Sequence[Importer] = IMPORTERS) -> tuple[ReadFile, list[Fault]]:
    """Read a delivery with the one importer that recognises its file (none: L122, more: L123).

    Nothing is read with a profile that still asks something (I150).
    """
    if unsure := unsure_faults(delivery.profile, delivery.settings.profile):
        return ReadFile(), unsure
    with delivery.path.open("rb") as file:
        head = file.read(4096)
    claiming = [importer for importer in importers if importer.recognises(delivery.path, head)]
    names = [importer.name for importer in (claiming or importers)]
    if len(claiming) != 1:
        return ReadFile(), [fault("L123" if claiming else "L122", delivery.file, value=delivery.path.name, names=names)]
    return claiming[0].read(delivery)


__all__ = ["IMPORTERS", "Importer", "ReadFile", "read_file"]
