"""What differs between two deliveries, dossiers or releases: rows, totals, claims, pages, and why."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from gebiedswerk.account import MEASURES, value
from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Checked, errors, fault
from gebiedswerk.dossier import Dossier, read
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.figures import Figures
from gebiedswerk.ledger import read_delivery
from gebiedswerk.pages import Made
from gebiedswerk.release.contents import DELIVERIES, NEWEST_NAME
from gebiedswerk.release.manifest import NAME, NoManifest, read_manifest
from gebiedswerk.release.recount import recount
from gebiedswerk.release.tombstones import TOMBSTONES, row_hash
from gebiedswerk.site.write_site import page_key

OF_A_ROW = ("id", "delivery", "row", "rule", "share", "scope", "cents", "count", "creditor")
"""Columns that are no part of what a posting is known by: its place changes with every export."""
NOT_COMPARED = ("free_numbers", "privacy_accepted", "questions", "redirects")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is compared. `rows`: posting key → its cents; `figures`: address → cents; `claims`: place → what it says
    and whether that holds; `pages`: place → hash, None where errors keep them from being made; `causes`: what figures
    rest on, by name.
    """

    kind: str
    rows: Mapping[str, int]
    figures: Mapping[str, int]
    claims: Mapping[str, str]
    pages: Mapping[str, str] | None
    causes: Mapping[str, str]
    whole: pl.DataFrame
    tombstones: Mapping[str, str]


Change = tuple[str, str | None, str | None]
"""What changed, what it was and what it is; None where it was or is not there."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs, each as `Change`; amounts in cents. `taken_down`: rows that left by decision, and nothing else."""

    kind: str
    rows: tuple[Change, ...]
    taken_down: tuple[str, ...]
    figures: tuple[Change, ...]
    claims: tuple[Change, ...]
    pages: tuple[Change, ...]
    why: tuple[Change, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not any((self.rows, self.taken_down, self.figures, self.claims, self.pages, self.why))


def compare(
    before: Path, after: Path, one: Checked[Seen | None], two: Checked[Seen | None]
) -> Checked[Compared | None]:
    """Compare what was seen of two deliveries, dossiers or releases of the same kind (Z130), which stand there."""
    faults = (*one.faults, *two.faults)
    if one.value is None or two.value is None:
        return Checked(None, faults)
    if one.value.kind != two.value.kind:
        return Checked(None, (*faults, fault("Z130", str(after))))
    a, b = one.value, two.value
    taken = tuple(_taken_down(a, b))
    bare = [str(path) for path, seen in ((before, a), (after, b)) if seen.pages is None]
    return Checked(
        Compared(
            a.kind,
            tuple(_changes(a.rows, b.rows)),
            taken,
            tuple(sorted(_changes(a.figures, b.figures), key=_size)),
            tuple(_changes(a.claims, b.claims)),
            () if a.pages is None or b.pages is None else tuple(_changes(a.pages, b.pages)),
            tuple(_changes(a.causes, b.causes)),
        ),
        (*faults, *(fault("B113", path) for path in bare)),
    )


Told = Mapping[str, int] | Mapping[str, str]


def _changes(before: Told, after: Told) -> Iterator[Change]:
    for name in dict.fromkeys([*after, *before]):
        then, now = before.get(name), after.get(name)
        if then != now:
            yield name, None if then is None else str(then), None if now is None else str(now)


def _size(change: Change) -> int:
    """Figures that move most come first."""
    return -abs(int(change[2] or 0) - int(change[1] or 0))


def is_release(path: Path) -> bool:
    """Whether a release stands in a folder."""
    return (path / NAME).is_file()


def delivery_seen(path: Path) -> Checked[Seen | None]:
    """One delivery, a folder within a dossier, read with the profile of that."""
    dossier = read(path.resolve().parent.parent).value
    deliveries = dossier.deliveries if dossier else ()
    found = next((one for one in deliveries if one.path.parent.resolve() == path.resolve()), None)
    if dossier is None or found is None:
        return Checked(None, (fault("Z130", str(path)),))
    held, faults = read_delivery(dossier, found)
    postings = held.postings.collect()
    sums = postings.group_by("year", "kind", "flow").agg(pl.col("cents").sum()).sort("year", "kind", "flow")
    totals = {f"{kind}/{flow}@{year}": cents for year, kind, flow, cents in sums.iter_rows()}
    causes = {"sha256": found.sha256, "delivery.toml": repr(found.settings), "profile": repr(found.profile)}
    return Checked(Seen("delivery", _rows(postings), totals, {}, {}, causes, postings, {}), tuple(errors(faults)))


def _rows(postings: pl.DataFrame) -> dict[str, int]:
    """Posting key → cents: all that postings with the same words, codes, day and sort of money add up to."""
    names = [name for name in postings.columns if name not in OF_A_ROW]
    sums = postings.group_by(names).agg(pl.col("cents").sum().cast(pl.Int64)).sort(names, nulls_last=False)
    return {_key(names, row[:-1]): row[-1] for row in sums.iter_rows()}


def _key(names: Sequence[str], cells: Sequence[object]) -> str:
    return ", ".join(f"{name} {cell}" for name, cell in zip(names, cells, strict=True) if cell not in (None, ""))


def dossier_seen(opened: Opened, made: Made | None) -> Checked[Seen | None]:
    """A whole dossier with what was made of it; with errors it is compared as far as it has an account.

    `made`: None where errors keep its pages from being made.
    """
    if opened.dossier is None or opened.newest is None:
        return Checked(None, opened.faults)
    claims = {
        f"{text.file}:{claim.written.line} {claim.written.href}": f"{claim.written.text} ({claim.verdict.truth})"
        for text in opened.texts
        for claim in text.claims
    }
    pages = None if made is None else {page.frame.place: page_key(page, "") for page in made.pages}
    rows = opened.newest.ledger.postings.collect()
    causes = _tables(opened.dossier) | {f"deliveries/{one.id}": one.sha256 for one in opened.dossier.deliveries}
    causes |= {f"dossier.toml term {rule.from_year}": repr(rule) for rule in opened.dossier.settings.term}
    return Checked(Seen("dossier", _rows(rows), _figures(opened.newest), claims, pages, causes, rows, {}))


def _figures(figures: Figures) -> dict[str, int]:
    """Every figure of the account that holds, by address."""
    found = (address for address in figures.addresses() if address.measure in MEASURES)
    return {str(address): value(figures.lines(address), address.measure) for address in found}


def _tables(dossier: Dossier) -> dict[str, str]:
    """Every row of the tables on which figures rest, by its file and key."""
    found = {}
    for name, table in TABLES.items():
        for row in getattr(dossier, name) if name not in NOT_COMPARED else ():
            key = "/".join(str(getattr(row, part)) for part in table.key)
            cells = {one.name: getattr(row, one.name) for one in fields(row) if one.name != "row"}
            found[f"{table.file} {key}"] = _key(list(cells), [str(cell) for cell in cells.values()])
    return found


def release_seen(path: Path) -> Checked[Seen | None]:
    """A public release, recomputed from itself."""
    try:
        manifest = read_manifest((path / NAME).read_bytes())
        form = json.loads((path / DELIVERIES).read_bytes())
        deliveries = {f"deliveries/{one['id']}": str(one["sha256"]) for one in form}
    except (NoManifest, OSError, ValueError, LookupError, TypeError):
        return Checked(None, (fault("Z102", str(path)),))
    found = recount(path)
    if found.value is None or not found.value.bases:
        return Checked(None, found.faults)
    ledger = found.value.ledgers[NEWEST_NAME]
    pages = {name: entry.sha256 for name, entry in manifest.files.items() if name.endswith(".html")}
    figures = _figures(found.value.bases[0].figures)
    causes = _tables(found.value.dossier) | deliveries
    return Checked(Seen("release", _rows(ledger), figures, {}, pages, causes, ledger, _stones(path)))


def _stones(path: Path) -> dict[str, str]:
    with (path / TOMBSTONES).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["sha256"] for row in csv.DictReader(file)}


def _taken_down(before: Seen, after: Seen) -> Iterator[str]:
    """Rows of the former release of which the later one keeps a tombstone with their very hash."""
    wanted = [name for name in after.tombstones if name not in before.tombstones]
    if wanted:
        for row in before.whole.filter(pl.col("id").is_in(wanted)).to_dicts():
            if after.tombstones[row["id"]] in ("", row_hash(row)):
                yield str(row["id"])
