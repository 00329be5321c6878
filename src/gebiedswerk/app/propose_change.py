"""What a change would do: the faults that come and go with it, and what moves, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.assembly.held_dossier import HeldDossier
from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier.table_files import as_it_stands
from gebiedswerk.dossier.writing.as_it_would_be import viewed
from gebiedswerk.dossier.writing.carry_out import carry_out
from gebiedswerk.dossier.writing.change import Change
from gebiedswerk.dossier.writing.fault_marks import beside
from gebiedswerk.importing import Difference, difference


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a change would do. `come`, `go`: the faults that are there only after it, or only before it.

    `difference`: what moves; None where there are no figures before or after. `files`: the places that change.
    """

    come: tuple[Fault, ...]
    go: tuple[Fault, ...]
    difference: Difference | None
    files: tuple[str, ...]


def propose_change(path: Path, change: Change, held: HeldDossier | None = None) -> Checked[Proposed | None]:
    """What a change of a dossier would do; nothing is written, and no delivery is copied.

    None where it cannot be carried out on what stands there now (J101, J105 to J109, D191). `held`: the same dossier
    in memory, which then answers at once.
    """
    if not (path / "dossier.toml").is_file():
        return Checked(None, (fault("D101", "dossier.toml"),))
    carried = carry_out(path, change)
    if carried.value is None:
        return Checked(None, carried.faults)
    anew, held = held is None, held or HeldDossier(path)
    before = held.opened()
    with viewed(path, carried.value.files) as (view, linked):
        after = held.would_be(view)
        told = [as_it_stands(one, path) for one in after.faults if not (one.code == "D152" and one.file in linked)]
        known = before.newest is not None and after.newest is not None
        moves = difference(held.sight(), held.sight_beside(after)) if known else None
        if anew and known:
            held.remember()
    come, go = beside(told, before.faults), beside(before.faults, told)
    return Checked(Proposed(come, go, moves, tuple(carried.value.files)))
