"""`journal --verify`: whether the journal of a dossier is whole."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.core.faults import Checked, errors, fault
from gebiedswerk.dossier.writing.journal import read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal


def check_journal(path: Path, head: str = "") -> Checked[int]:
    """The number of entries, and what is wrong with them.

    `head`: the hash of an entry that was noted before; it must be there (J115). Without it nobody can tell whether the
    last entries are still there: the journal says with what it ends (J114).
    """
    if not (path / "dossier.toml").is_file():
        return Checked(0, (fault("D101", "dossier.toml"),))
    journal = read_journal(path)
    faults = verify_journal(path)
    if head and head not in journal.entries:
        faults = (*faults, fault("J115", value=head))
    elif not head and journal.entries and not errors(faults):
        faults = (*faults, fault("J114", value=", ".join(journal.heads)))
    return Checked(len(journal.entries), faults)
