"""`import`: a file taken in, tried, or a profile proposed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.assembly.opened import Opened, opened_of
from gebiedswerk.core.faults import Checked, GebiedswerkError, errors, fault
from gebiedswerk.dossier import NEWEST, Dossier, read, safe_files
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import attribute

if TYPE_CHECKING:
    from gebiedswerk.importing import Answer, Imported, Proposal, Sight, Wanted


def import_file(path: Path, wanted: Wanted, messages: Messages) -> Imported:
    """Land a file as a delivery, whole or not at all, one import at a time. The same bytes again change nothing."""
    from gebiedswerk.importing import PATIENCE_SECONDS, Imported, land

    if not path.is_dir():
        return Imported(read(path).faults)
    with safe_files.alone_in(path, PATIENCE_SECONDS) as alone:
        if alone is False:
            return Imported((fault("I117", wanted.file.name, value=path),))
        _, found = _offered(path, wanted, write=True)
        if found.offer is None or errors(found.faults):
            return found
        landed = land(path, found.offer, messages, alone=alone is True)
        return replace(found, faults=(*found.faults, *landed.faults), landed=landed.value)


def try_import(path: Path, wanted: Wanted) -> Imported:
    """What an import would do and what would move by it. Nothing is written."""
    from gebiedswerk.importing import difference, offered_dossier

    dossier, found = _offered(path, wanted, write=False)
    if dossier is None or found.offer is None:
        return found
    before, after = _sight(opened_of(dossier, ())), _sight(opened_of(offered_dossier(dossier, found.offer), ()))
    if before.figures is None or after.figures is None:
        return found
    return replace(found, difference=difference(before, after))


def _offered(path: Path, wanted: Wanted, *, write: bool) -> tuple[Dossier | None, Imported]:
    """The dossier as it is, and what a file would be in it; with `write` answers go into its profile."""
    from gebiedswerk.importing import (
        Imported,
        already,
        keep_answers,
        offered,
        offered_dossier,
        open_groups,
        questions_of,
    )

    checked = read(path)
    if checked.value is None:
        return None, Imported(checked.faults)
    dossier = checked.value
    if not _can_read(wanted.file):
        return dossier, Imported((fault("I116", str(wanted.file)),))
    same = already(dossier, wanted)
    if same.value is not None and wanted.answers:
        of_it = replace(wanted, profile=wanted.profile or same.value.settings.profile)
        told = keep_answers(dossier, of_it, write=write)
        answered = write and told.value is not None
        return dossier, Imported(told.faults, already=same.value, file=wanted.file.name, answered=answered)
    if same.value is not None or same.faults:
        return dossier, Imported(same.faults, already=same.value, file=wanted.file.name)
    told = keep_answers(dossier, wanted, write=write)
    if told.value is None:
        return dossier, Imported(told.faults)
    offer = offered(dossier, told.value)
    if offer.value is None:
        return dossier, Imported(offer.faults, questions=questions_of(wanted, offer.faults))
    after = offered_dossier(dossier, offer.value)
    ledger = attribute(after, NEWEST).value
    left = open_groups(after, ledger, offer.value.delivery.id) if ledger else ()
    without = sorted(set(offer.value.delivery.counts_in) - set(dossier.budget_years()))
    asked = questions_of(wanted, offer.faults)
    return dossier, Imported(offer.faults, offer.value, open=left, without_lines=tuple(without), questions=asked)


def _can_read(file: Path) -> bool:
    try:
        file.open("rb").close()
    except OSError:
        return False
    return True


def _sight(opened: Opened) -> Sight:
    """All that an opened dossier shows, without the mark of one that does not add up."""
    from gebiedswerk.importing import Sight
    from gebiedswerk.pages import pages

    if opened.newest is None or opened.dossier is None:
        return Sight(None, opened.texts, ())
    messages = Messages(opened.dossier.settings.presentation.language)
    try:
        made = pages(opened.newest, opened.views, messages, None, broken=False)
    except GebiedswerkError:  # a page that cannot be made yet: `check` says why
        return Sight(opened.newest, opened.texts, ())
    return Sight(opened.newest, opened.texts, tuple(made))


def propose_profile(
    path: Path,
    file: Path,
    name: str,
    messages: Messages,
    kind: DeliveryKind | None = None,
    answers: Sequence[Answer] = (),
) -> Checked[Proposal]:
    """Write a profile for a file that no profile fits, as a kind of delivery or as what it looks like."""
    from gebiedswerk.importing import propose

    if not (path / "dossier.toml").is_file():
        return Checked(None, read(path).faults)
    if not _can_read(file):
        return Checked(None, (fault("I116", str(file)),))
    return propose(path, file, name, messages, kind, answers)


def needs_administration(path: Path, profile: str) -> bool:
    """Whether an import with a profile has to be told of which administration its file is."""
    from gebiedswerk.importing import only_administration

    dossier = read(path).value
    return dossier is not None and only_administration(dossier, profile) is None
