"""`adopt`: an account as the council adopted it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from gebiedswerk.account import (
    Adopted,
    adopt_account,
    adopted_text,
    delivery_hashes,
    rule_hashes,
)
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.words import TextKind, is_blank
from gebiedswerk.dossier import Status
from gebiedswerk.dossier.settings_reader import with_line
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.change import FileSeen, FileWritten, Item, SettingWritten
from gebiedswerk.dossier.writing.redo import sha256_of

if TYPE_CHECKING:
    from gebiedswerk.pages import View


def adopt(path: Path, slug: str, on: date | None, decision: str, by: By = UNSAID) -> Checked[Path | None]:
    """Adopt a publication: keep its account in cents beside its text, and set its status.

    Refused where a table, setting or delivery that its figures rest on was changed meanwhile.
    """
    opened = open_dossier(path, anew=True)
    view = next((view for view in opened.views if view.publication.slug == slug), None)
    faults = [*opened.faults]
    if is_blank(decision, TextKind.DECISION):
        faults.append(fault("T128", f"publications/{slug}", None, "--decision", decision))
    if view is None:
        faults += [] if errors(opened.faults) else [fault("P105", f"publications/{slug}", value=slug)]
        return Checked(None, tuple(faults))
    settings = view.publication.settings
    as_of = settings.as_of or _moment(view)
    moment = settings.published_at or as_of
    if settings.status is Status.ADOPTED:
        already = fault("P101", f"{view.publication.folder}/publication.toml", None, "status", slug)
        faults.append(with_line(already, path))
    if as_of is None or moment is None:
        faults.append(fault("P102", f"{view.publication.folder}/publication.toml", column="as_of", value=slug))
    faults += [replace(one, code="T102") for one in faults if one.code == "T109" and _is_in(one, view)]
    if errors(faults) or as_of is None or moment is None:
        return Checked(None, tuple(faults))
    adopted = _adopted_account(view, as_of, on or moment.date(), decision)
    account, rest = _change(view, adopted)
    landed = land(path, [account, *rest], by, f"adopt {slug} {decision}".strip())
    return Checked(path / account.file if landed.value else None, (*faults, *landed.faults))


def _change(view: View, adopted: Adopted) -> tuple[FileWritten, list[Item]]:
    """The account and the status, decided on every file that its figures rest on."""
    folder, dossier = view.publication.folder, view.figures.dossier
    files = {one.id: one.file for one in dossier.deliveries}
    seen: list[Item] = [FileSeen(files[id_], hash_) for id_, hash_ in adopted.deliveries.items()]
    seen += [FileSeen(file, hash_) for file, hash_ in adopted.rules.items()]
    place = f"{folder}/adopted.json"
    account = FileWritten(place, sha256_of(dossier.path / place), adopted_text(adopted).encode())
    status = view.publication.settings.status
    return account, [*seen, SettingWritten(f"{folder}/publication.toml", ("status",), status, Status.ADOPTED)]


def _is_in(found: Fault, view: View) -> bool:
    """Whether a fault is in the text of a publication: what a draft may hold, an adopted one may not."""
    return found.file is not None and found.file.startswith(f"{view.publication.folder}/")


def _adopted_account(view: View, as_of: datetime, day: date, decision: str) -> Adopted:
    return Adopted(
        as_of,
        day,
        decision,
        delivery_hashes(view.figures.dossier, view.figures.ledger.used),
        rule_hashes(view.figures.dossier),
        adopt_account(view.figures.account, view.publication.settings.year),
    )


def _moment(view: View) -> datetime | None:
    """The newest moment that the figures of a publication rest on, where it names none itself."""
    used = [d.settings.exported_at for d in view.figures.dossier.deliveries if d.id in view.figures.ledger.used]
    dossier = view.figures.dossier
    days = [row.decided_on for row in dossier.budgets] + [row.decided_on for row in dossier.openings]
    days += [row.decided_on for row in dossier.extensions]
    days += [day for year in dossier.years for day in (year.closed_on, year.carry_over_decided_on) if day is not None]
    return max([*used, *(datetime.combine(day, time.max.replace(microsecond=0)) for day in days)], default=None)
