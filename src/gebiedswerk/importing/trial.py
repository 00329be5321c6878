"""Read a file with a proposed profile: what the reader itself would ask, and which rows prove to be totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, LeftOut
from gebiedswerk.formats.profile_reader import settled
from gebiedswerk.formats.registry import Importer
from gebiedswerk.importing.import_questions import ASKED, total_texts
from gebiedswerk.importing.offer import ANY_PERIOD, ANY_YEAR, UNKNOWN, UNNAMED

SOME_YEAR = 2000
"""Stands for the year of a file that says none: what else is wrong with it shows all the same."""


def tried(importer: Importer, file: Path, kind: DeliveryKind, name: str, profile: Profile) -> Checked[list[LeftOut]]:
    """The rows that can be left out because their sums prove it, and the faults that a person can answer.

    Totals that are not the sum of the rows above are not left out: they stay a question (L180).
    """
    faults = _read(importer, file, kind, name, profile)
    totals = [one for one in faults if one.code == "L180"]
    rules = [LeftOut(one.column or "", total_texts(one)) for one in totals]
    if rules:
        again = _read(importer, file, kind, name, replace(profile, leave_out=[*profile.leave_out, *rules]))
        if settled(again):
            return Checked(rules, tuple(_asking(again)))
    return Checked([], tuple(_asking(faults)))


def _asking(faults: Sequence[Fault]) -> list[Fault]:
    return [one for one in faults if one.code in ASKED]


def _read(importer: Importer, file: Path, kind: DeliveryKind, name: str, profile: Profile) -> list[Fault]:
    settings = DeliverySettings(file.name, kind, UNNAMED, list(ANY_YEAR), UNKNOWN, name, list(ANY_PERIOD))
    delivery = Delivery(UNNAMED, file, file.name, "", settings, profile)
    _, faults = importer.read(delivery)
    asked = [one for one in faults if one.code == "L187"]
    if asked:
        _, faults = importer.read(replace(delivery, settings=replace(settings, years=[SOME_YEAR])))
    return [*asked, *faults]
