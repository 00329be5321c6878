"""`draft show`: what a draft would do to a dossier as it stands now."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.app.make_draft import Drafted
from gebiedswerk.app.propose_change import propose_change
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier.writing.draft import read_draft

__all__ = ["Drafted", "show_draft"]


def show_draft(path: Path, file: Path) -> Checked[Drafted | None]:
    """A draft, the faults that come and go with it, and what moves; nothing is written.

    None where it is no draft (J401, J402), or where something it was decided on differs now (J101, J107 to J109).
    """
    try:
        data = file.read_bytes()
    except OSError:
        return Checked(None, (fault("I116", str(file)),))
    draft = read_draft(data, file.name)
    if draft.value is None:
        return Checked(None, draft.faults)
    proposed = propose_change(path, draft.value.change)
    return Checked(Drafted(draft.value, file, proposed.value) if proposed.value else None, proposed.faults)
