"""The first step of `import`: what a file would be in a dossier, or why it cannot be taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gebiedswerk.dossier import NEWEST, Dossier, read
from gebiedswerk.dossier.disk import unreadable
from gebiedswerk.importing import (
    Imported,
    Wanted,
    already,
    keep_answers,
    offered,
    offered_dossier,
    open_groups,
    questions_of,
)
from gebiedswerk.ledger import attribute


@dataclass(frozen=True, slots=True)
class FileOffered:
    """A dossier as it is, where it can be read, and what a file would be in it."""

    dossier: Dossier | None
    imported: Imported


def offer_file(path: Path, wanted: Wanted, *, write: bool) -> FileOffered:
    """What a file would be in a dossier; with `write` answers go into its profile. Nothing lands."""
    checked = read(path)
    if checked.value is None:
        return FileOffered(None, Imported(checked.faults))
    return FileOffered(checked.value, _imported(checked.value, wanted, write=write))


def _imported(dossier: Dossier, wanted: Wanted, *, write: bool) -> Imported:
    refused = unreadable(wanted.file)
    if refused:
        return Imported(refused)
    same = already(dossier, wanted)
    if same.value is not None and wanted.answers:
        of_it = replace(wanted, profile=wanted.profile or same.value.settings.profile)
        told = keep_answers(dossier, of_it, write=write)
        answered = write and told.value is not None
        return Imported(told.faults, already=same.value, file=wanted.file.name, answered=answered)
    if same.value is not None or same.faults:
        return Imported(same.faults, already=same.value, file=wanted.file.name)
    told = keep_answers(dossier, wanted, write=write)
    if told.value is None:
        return Imported(told.faults)
    offer = offered(dossier, told.value)
    if offer.value is None:
        return Imported(offer.faults, questions=questions_of(wanted, offer.faults))
    after = offered_dossier(dossier, offer.value)
    ledger = attribute(after, NEWEST).value
    left = open_groups(after, ledger, offer.value.delivery.id) if ledger else ()
    without = sorted(set(offer.value.delivery.counts_in) - set(dossier.budget_years()))
    asked = questions_of(wanted, offer.faults)
    return Imported(offer.faults, offer.value, open=left, without_lines=tuple(without), questions=asked)
