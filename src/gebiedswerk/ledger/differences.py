"""What would be had back by subtracting what is public on one basis from what is public on another, as faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.dossier import Dossier, standing
from gebiedswerk.dossier.tables import PrivacyKind
from gebiedswerk.ledger.ledger import DeliveredRows, Ledger
from gebiedswerk.ledger.partings import PARTING, Piece, files_of, partings, pieces


def difference_faults(dossier: Dossier, ledgers: Sequence[Ledger]) -> list[Fault]:
    """Differences between the bases that are shown together that show what a block should hide (V110)."""
    if not dossier.settings.privacy.block:
        return []
    counted = [one.counted for one in ledgers]
    return dossier.session.traced("differences", _differences, dossier, *counted)


def _differences(dossier: Dossier, *ledgers: DeliveredRows) -> list[Fault]:
    wanted = sorted(_in_place_of_others(dossier, ledgers))
    if not wanted:
        return []
    now = partings(ledgers, dossier, wanted)
    found = pieces(now, pl.DataFrame(schema=PARTING), files_of(dossier), dossier.settings.privacy.smallest_group)
    return piece_faults("V110", found, dossier)


def _in_place_of_others(dossier: Dossier, ledgers: Sequence[DeliveredRows]) -> Iterator[str]:
    """The deliveries that count on one basis where another file about the same does on another."""
    used = {name for ledger in ledgers for name in ledger.used}
    there = [one for one in dossier.deliveries if one.id in used]
    for one in there:
        mine = one.settings
        for other in (found.settings for found in there if found is not one):
            same = (mine.administration, mine.kind) == (other.administration, other.kind)
            if same and {*mine.years} & {*other.years} and {*mine.periods} & {*other.periods}:
                yield one.id


def piece_faults(code: str, found: Iterable[Piece], dossier: Dossier) -> list[Fault]:
    """Pieces as faults, without those that a row of `privacy_accepted.csv` accepts."""
    files = {one.id: one.file for one in dossier.deliveries}
    smallest = dossier.settings.privacy.smallest_group
    faults = []
    for piece in sorted(found, key=lambda one: (one.year, one.line, one.deliveries)):
        places = [files[name] for name in piece.deliveries if name in files]
        facts = {"year": piece.year, "found": piece.found, "smallest": smallest, "names": ", ".join(piece.deliveries)}
        if not _accepted(piece, places, dossier):
            faults.append(fault(code, places[-1] if places else None, None, None, piece.line, **facts))
    return capped(dict.fromkeys(faults))


def _accepted(piece: Piece, files: Sequence[str], dossier: Dossier) -> bool:
    """Whether a row accepts the difference: what it does not name may be anything, but it names line or year."""
    return any(
        row.kind is PrivacyKind.DIFFERENCE
        and (row.line or row.year)
        and row.line in (None, "", piece.line)
        and row.year in (None, piece.year)
        and (not row.file or row.file in files)
        for row in standing(dossier.privacy_accepted)
    )
