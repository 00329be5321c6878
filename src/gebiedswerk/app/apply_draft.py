"""`draft apply`: a draft lands, as it was made and as it was known to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gebiedswerk.app.show_draft import Drafted, show_draft
from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Checked, errors, fault
from gebiedswerk.dossier import safe_files
from gebiedswerk.dossier.writing.apply import PATIENCE_SECONDS, land
from gebiedswerk.dossier.writing.fault_marks import unmarked

__all__ = ["Drafted", "apply_draft"]


def apply_draft(path: Path, file: Path, by: By = UNSAID) -> Checked[Drafted | None]:
    """Make the change that a draft holds, with its reason where none is given now.

    Refused where something it was decided on differs now, and where it would bring an error that it was not known to
    bring when it was made: two drafts can be right apart and wrong together.
    """
    if not path.is_dir():
        return Checked(None, (fault("D101", "dossier.toml"),))
    with safe_files.alone_in(path, PATIENCE_SECONDS) as alone:
        if alone is False:
            return Checked(None, (fault("B104", str(path)),))
        shown = show_draft(path, file)
        if shown.value is None:
            return shown
        draft = shown.value.draft
        unknown = unmarked(errors(shown.value.proposed.come), draft.expected)
        if unknown:
            return Checked(None, unknown)
        asked = replace(by, reason=by.reason or draft.by.reason)
        landed = land(path, draft.change, asked, f"draft {file.name}")
        return Checked(shown.value if landed.value else None, landed.faults)
