"""`set`: settings of the dossier, a delivery, a publication or a profile, each written where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gebiedswerk.core.actor import UNSAID, By
from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier.writing.apply import land
from gebiedswerk.dossier.writing.setting_words import settings_written


def set_settings(path: Path, what: str, values: Mapping[str, str], by: By = UNSAID) -> tuple[Fault, ...]:
    """Write settings into `dossier.toml`, or those of `deliveries/<id>`, `publications/<slug>`, `profiles/<name>`.

    All or none; values are taken as what each setting wants.
    """
    change = settings_written(path, what, values)
    if change.value is None:
        return change.faults
    return land(path, change.value, by, f"set {what} {' '.join(values)}").faults
