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
from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.core.words import TextKind, is_blank
from gebiedswerk.dossier import Root, Status, safe_files
from gebiedswerk.dossier.disk import on_disk
from gebiedswerk.dossier.settings_reader import with_line
from gebiedswerk.dossier.toml_edit import with_setting

if TYPE_CHECKING:
    from gebiedswerk.pages import View


def adopt(path: Path, slug: str, on: date | None, decision: str) -> Checked[Path | None]:
    """Adopt a publication: keep its account in cents beside its text, and set its status.

    The account is written first and the status last, each whole: dying in between leaves it as it was.
    """
    opened = open_dossier(path, anew=True)
    view = next((view for view in opened.views if view.publication.slug == slug), None)
    faults = [*opened.faults]
    if is_blank(decision, TextKind.DECISION):
        faults.append(fault("T128", f"publications/{slug}", None, "--decision", decision))
    if view is None:
        faults += [] if errors(opened.faults) else [fault("P105", f"publications/{slug}", value=slug)]
        return Checked(None, tuple(faults))
    settings, folder = view.publication.settings, path / view.publication.folder
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
    text = with_setting((folder / "publication.toml").read_bytes().decode("utf-8-sig"), ("status",), Status.ADOPTED)
    place = Root(path).at(f"{view.publication.folder}/adopted.json")

    def work() -> Checked[Path | None]:
        status = place.beside("publication.toml")
        safe_files.replace_files({place: adopted_text(adopted).encode(), status: text.encode()})
        return Checked(place.path)

    kept, said = on_disk(path, "B111", work)
    return Checked(kept, (*faults, *said))


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
