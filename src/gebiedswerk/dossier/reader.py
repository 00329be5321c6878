"""Read the folder: every table, setting, delivery and publication, with all faults at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gebiedswerk.core.fault_codes import OF_SHAPE
from gebiedswerk.core.faults import Checked, Fault, capped, errors, fault, not_checked
from gebiedswerk.core.filenames import Refusal, refusal_of_name
from gebiedswerk.dossier.area_shapes import check_places
from gebiedswerk.dossier.cache import file_hash
from gebiedswerk.dossier.checks.contrast import check_house
from gebiedswerk.dossier.checks.names_in_text import check_names
from gebiedswerk.dossier.checks.references import check
from gebiedswerk.dossier.checks.signs_in_text import in_markdown
from gebiedswerk.dossier.checks.work_checks import check_work
from gebiedswerk.dossier.geography import read_geography
from gebiedswerk.dossier.house_style import known_files, read_house
from gebiedswerk.dossier.model import Delivery, Dossier, Publication
from gebiedswerk.dossier.session import Session
from gebiedswerk.dossier.settings import FORMAT, DeliverySettings, DossierSettings, Profile, PublicationSettings
from gebiedswerk.dossier.settings_reader import newer_format, read_settings
from gebiedswerk.dossier.table_files import both_names
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES, Work
from gebiedswerk.dossier.writing.whole_version import whole_version

PUBLISHED = frozenset({"publication.toml", "adopted.json"})
TABLE_FILES = frozenset(table.file for table in TABLES.values())
KNOWN = frozenset("dossier.toml site work geo deliveries publications profiles iv3 journal README.md".split())

RULES = frozenset({"attribution.csv", "keys.csv", "reconciliations.csv"})
"""The tables on which attribution rests: with such a fault in one of these, nothing is attributed either."""


def read(
    path: Path,
    *,
    anew: bool = False,
    delivered: tuple[Delivery, ...] | None = None,
    after: Session | None = None,
) -> Checked[Dossier | None]:
    """Read a dossier, one whole version of it, whoever writes. Its value is None where `dossier.toml` cannot be read.

    What else is wrong is a fault, and the rest goes on: a table that cannot be read is empty and the dossier
    not `sound`, nor `attributable` where it is one of `RULES`; a delivery that cannot be read is named in `unread`.
    `anew`: hash large deliveries again, whatever the cache remembers of them. `delivered`: the deliveries of a folder
    that has none, because it is what a release holds of a dossier. `after`: the session of the same dossier as it was
    read before, of which all is known that did not change since.
    """
    found = whole_version(path, lambda: _read(path, Session(after), anew=anew, delivered=delivered))
    return Checked(None, found.faults) if found.value is None else found.value


def _read(
    path: Path, session: Session, *, anew: bool, delivered: tuple[Delivery, ...] | None
) -> Checked[Dossier | None]:
    if not (path / "dossier.toml").is_file():
        return Checked(None, (fault("D101", "dossier.toml"),))
    settings, refused = read_settings(path / "dossier.toml", "dossier.toml", DossierSettings, session)
    newer = newer_format(path / "dossier.toml", FORMAT)
    if newer is not None:
        return Checked(None, (fault("D111", "dossier.toml", newer[0], "format", newer[1], newest=FORMAT),))
    (tables, unread), of_tables = _tables(path, TABLES, session)
    (work, work_unread), of_work = _tables(path, WORK_TABLES, session)
    faults = [*refused, *of_tables, *of_work, *(fault("D110", name) for name in _unknown_files(path, settings))]
    (deliveries, lost), found = _deliveries(path, session, anew=anew) if delivered is None else Checked((delivered, []))
    publications, more = _publications(path, session)
    tables["geography"], of_places = read_geography(path)
    faults += [*found, *more, *of_places]
    tables["work"] = Work(**work, unread=tuple(work_unread))
    if settings is None:
        return Checked(None, tuple(faults))
    house, found = read_house(path, settings.site)
    faults += [*found, *check_house(house)]
    dossier = Dossier(
        path,
        session.same("settings", settings),
        **{name: session.same(name, rows) for name, rows in tables.items()},
        deliveries=tuple(session.same(("delivery", one.id), one) for one in deliveries),
        publications=tuple(session.same(("publication", one.slug), one) for one in publications),
        iv3_files=_iv3_files(path),
        unread=(*unread, *lost),
        house=session.same("house", house),
        session=session,
    )
    faults += [*check(dossier), *check_work(dossier), *check_places(dossier)]
    named = {path / one.file for one in faults if one.code == "D123" and one.file}
    faults += check_names(path, {*(delivery.path for delivery in deliveries), *named}, dossier.redirects)
    broken = [found for found in errors(faults) if found.code in OF_SHAPE and found.file in TABLE_FILES]
    unruly = any(found.file in RULES and not _of_a_line(found) for found in broken)
    return Checked(replace(dossier, sound=not broken, attributable=not unruly), tuple(faults))


def _of_a_line(found: Fault) -> bool:
    """A rule that names an unknown line says nonetheless which postings are its own."""
    return found.code == "D108" and found.column == "line"


def _tables(
    path: Path, tables: Mapping[str, TableSchema], session: Session
) -> Checked[tuple[dict[str, Any], list[str]]]:
    """The rows of some tables by name, the files that cannot be read in full, and why."""
    rows: dict[str, Any] = {}
    unread: list[str] = []
    faults: list[Fault] = []
    for name, table in tables.items():
        rows[name], found = read_table(path / table.file, table, session)
        faults += found
        unread += [table.file] if errors(found) else []
    return Checked((rows, unread), tuple(faults))


def _unknown_files(path: Path, settings: DossierSettings | None) -> list[str]:
    """Files at the top of the folder that nothing reads; hidden ones, and those starting with `x_`, are free."""
    known = KNOWN | {name for table in TABLES.values() for name in both_names(table.file)}
    of_work = {Path(name).name for table in WORK_TABLES.values() for name in both_names(table.file)}
    return [
        *_others(path, known),
        *(f"work/{name}" for name in _others(path / "work", of_work)),
        *(f"deliveries/{name}" for name in _files_in(path / "deliveries")),
        *(f"site/{name}" for name in _others(path / "site", known_files(settings.site if settings else None))),
        *(f"publications/{name}" for name in _files_in(path / "publications")),
        *(f"iv3/{name}" for name in _others(path / "iv3", ()) if not _is_iv3(path, name)),
        *(f"geo/{name}" for name in _others(path / "geo", ()) if not name.endswith(".geojson")),
        *(f"publications/{f.name}/{name}" for f in _folders(path / "publications") for name in _others(f, PUBLISHED)),
    ]


def _iv3_files(path: Path) -> tuple[tuple[str, Path], ...]:
    """The JSON files of `iv3/` as (name in faults, path), in the order of their names."""
    names = (name for name in _others(path / "iv3", ()) if _is_iv3(path, name))
    return tuple((f"iv3/{name}", path / "iv3" / name) for name in names)


def _is_iv3(path: Path, name: str) -> bool:
    return name.lower().endswith(".json") and (path / "iv3" / name).is_file()


def _others(path: Path, known: Collection[str]) -> list[str]:
    names = sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []
    free = (".", "x_")
    return [name for name in names if name not in known and not name.startswith(free) and Path(name).suffix != ".md"]


def _files_in(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir() if entry.is_file()) if path.is_dir() else []


def _folders(path: Path) -> list[Path]:
    return sorted(entry for entry in path.iterdir() if entry.is_dir()) if path.is_dir() else []


def _deliveries(path: Path, session: Session, *, anew: bool) -> Checked[tuple[tuple[Delivery, ...], list[str]]]:
    """The deliveries that can be read, the names of those that cannot, and why."""
    found, unread, faults = [], [], []
    for folder in _folders(path / "deliveries"):
        delivery, problems = _delivery(path, folder, session, anew=anew) if _is_text(folder.name) else (None, [])
        faults += [*problems, *_folder_fault(folder, "deliveries")]
        if delivery is None:
            unread.append(folder.name)
        else:
            found.append(delivery)
    return Checked((tuple(found), unread), tuple(faults))


def _is_text(name: str) -> bool:
    """Whether a name on a disk is one of letters; bytes that no letters have are said with the names (D150)."""
    return refusal_of_name(name) is not Refusal.BYTES


def _folder_fault(folder: Path, place: str) -> list[Fault]:
    """A folder's name becomes part of lasting addresses: letters, digits, hyphens (D105)."""
    right = re.fullmatch(r"[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*", folder.name)
    return [] if right else [fault("D105", f"{place}/{folder.name}", value=folder.name, kind="folder", choices="")]


def _delivery(path: Path, folder: Path, session: Session, *, anew: bool) -> Checked[Delivery | None]:
    place = f"deliveries/{folder.name}"
    settings, faults = read_settings(folder / "delivery.toml", f"{place}/delivery.toml", DeliverySettings, session)
    if settings is None:
        return Checked(None, tuple(faults))
    profile_file = f"profiles/{settings.profile}.toml"
    profile, found = read_settings(path / profile_file, profile_file, Profile, session)
    file = folder / settings.file
    there = _is_file(file)
    if not there:
        found = (*found, fault("L101", f"{place}/delivery.toml", None, "file", settings.file))
    if profile is None or not there:
        return Checked(None, tuple(found))
    return Checked(
        Delivery(folder.name, file, f"{place}/{settings.file}", file_hash(file, anew=anew), settings, profile)
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file has
        return False


def _publications(path: Path, session: Session) -> Checked[tuple[Publication, ...]]:
    found, faults = [], []
    for folder in _folders(path / "publications"):
        if not _is_text(folder.name):
            faults += _folder_fault(folder, "publications")
            continue
        place = f"publications/{folder.name}"
        settings, problems = read_settings(
            folder / "publication.toml", f"{place}/publication.toml", PublicationSettings, session
        )
        texts, unreadable = _texts(folder, place)
        faults += [*problems, *unreadable, *_folder_fault(folder, "publications")]
        if settings is None:
            faults.append(not_checked("text", problems, {found.code for found in problems}, place))
        faults += [not_checked("text", [one], {one.code}, one.file) for one in unreadable if one.code == "D114"]
        if settings is not None and f"{place}/index.md" not in dict(texts) and not unreadable:
            faults.append(fault("T107", place))
        elif settings is not None:
            faults += _missing_pages(settings, place, texts)
            adopted = folder / "adopted.json"
            kept = adopted.read_bytes().decode("utf-8", "replace") if adopted.is_file() else None
            found.append(Publication(folder.name, settings, texts, kept))
    return Checked(tuple(found), tuple(faults))


def _missing_pages(settings: PublicationSettings, place: str, texts: tuple[tuple[str, str], ...]) -> list[Fault]:
    """Pages that the settings name and that are not there (S101)."""
    there = {Path(file).stem for file, _ in texts}
    missing = [page.file for page in settings.pages if page.file not in there]
    return [fault("S101", f"{place}/publication.toml", None, "pages", name) for name in missing]


def _texts(folder: Path, place: str) -> Checked[tuple[tuple[str, str], ...]]:
    """The Markdown of a publication as (file, text); a file that is no UTF-8 is a fault (D114)."""
    found, faults = [], []
    for file in sorted(path for path in folder.glob("*.md") if path.is_file() and _is_text(path.name)):
        if not file.resolve().is_relative_to(folder.resolve()):
            faults.append(fault("D123", f"{place}/{file.name}"))
            continue
        data = file.read_bytes()
        try:
            text = data.decode("utf-8-sig")
            found.append((f"{place}/{file.name}", text))
            faults += capped(in_markdown(text, f"{place}/{file.name}"))
        except UnicodeDecodeError as problem:
            faults.append(fault("D114", f"{place}/{file.name}", data[: problem.start].count(b"\n") + 1))
    return Checked(tuple(found), tuple(faults))
