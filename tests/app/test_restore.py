"""A dossier that comes back is a dossier: it checks, has the same account, and its journal goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

from gebiedswerk.app.backup import backup
from gebiedswerk.app.check_journal import check_journal
from gebiedswerk.app.restore import restore
from gebiedswerk.app.set_settings import set_settings
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.writing.journal import read_journal


def test_work_goes_on_where_it_was(klein: Path, tmp_path: Path) -> None:
    """After the machine was lost: the same account, a whole journal, a next change on its end, and a next backup."""
    assert not set_settings(klein, "dossier", {"municipality.name": "Wilgenstad"})
    opened = open_dossier(klein)
    assert opened.newest is not None
    account, heads = opened.newest.account, read_journal(klein).heads
    assert backup(klein, tmp_path / "backup").value is not None
    shutil.rmtree(klein)
    manifest, faults = restore(tmp_path / "backup", klein)
    assert manifest is not None and manifest.heads == heads and not faults
    opened = open_dossier(klein)
    assert opened.newest is not None and opened.newest.account == account
    assert not errors(check_journal(klein, heads[0]).faults)
    assert not set_settings(klein, "dossier", {"municipality.name": "Wilgendorp"})
    last = read_journal(klein).in_order[-1]
    assert last.before == heads and last.kind == "change"
    made = backup(klein, tmp_path / "backup").value
    assert made is not None and made.manifest.heads == (last.hash,)
