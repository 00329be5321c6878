"""Read back what a release holds of a dossier: its public form, and what pages show of its deliveries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from gebiedswerk.core.faults import Checked, Fault, errors, fault
from gebiedswerk.dossier import Delivery, Dossier, Profile, read
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, PublicColumn, YearCover
from gebiedswerk.ledger import DeliverySummary
from gebiedswerk.release.contents import DELIVERIES, TABLE

MOST_BYTES = 256 * 1024 * 1024
"""Bytes of all that a release may hold of a dossier: a hundred times the largest we know of."""
ABOUT_DELIVERIES = ("L", "M", "V", "W")
"""Faults that the deliveries, or reasons that are not public, answer for."""
ABOUT_WHAT_IS_NOT_HERE = (("D108", "key"), ("D122", "what"), ("D116", "privacy.block"))
"""A key, a difference of a file, the patterns of a block: neither keys, files nor patterns are in a release."""


@dataclass(frozen=True, slots=True)
class PublicDossier:
    """A dossier as a release holds it, with what is known of its deliveries."""

    dossier: Dossier
    deliveries: tuple[DeliverySummary, ...]


def read_public(root: Path) -> Checked[PublicDossier | None]:
    """Read the public dossier of a release; what is wrong with it is said as of any dossier, with its place in there.

    Raises what reading a file of an enemy may raise where the deliveries are not as we write them.
    """
    folder = root / TABLE
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MOST_BYTES:
        return Checked(None, (fault("Z146", TABLE, value=size, most=MOST_BYTES),))
    form = json.loads((root / DELIVERIES).read_bytes())
    checked = read(folder, delivered=tuple(_delivery(folder, one) for one in form))
    faults = tuple(_within(one) for one in _own(checked.faults))
    if checked.value is None or faults:
        return Checked(None, faults or (fault("Z110", TABLE),))
    return Checked(PublicDossier(checked.value, tuple(_summary(one) for one in form)))


def _own(faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """The errors that the public form itself answers for."""
    for one in errors(faults):
        place = (one.code, (one.column or "").partition("[")[0])
        if not one.code.startswith(ABOUT_DELIVERIES) and place not in ABOUT_WHAT_IS_NOT_HERE:
            yield one


def _within(one: Fault) -> Fault:
    """A fault of the public dossier, with its place in the release."""
    return replace(one, file=f"{TABLE}/{one.file}" if one.file else TABLE)


def _delivery(folder: Path, form: Mapping[str, Any]) -> Delivery:
    """A delivery as far as a page shows it; its file is not in the release."""
    settings = DeliverySettings(
        file=_text(form["file"]),
        kind=DeliveryKind(form["kind"]),
        administration=_text(form["administration"]),
        years=[int(year) for year in form["years"]],
        exported_at=datetime.fromisoformat(form["exported_at"]),
        profile="-",
        periods=[int(period) for period in form["periods"]],
        cover=[YearCover(int(year), [int(one) for one in periods]) for year, periods in form.get("cover", {}).items()],
        public_decision=_text(form["public_decision"]),
        public_columns=[PublicColumn(name) for name in form["public_columns"]],
    )
    name = _text(form["id"])
    return Delivery(name, folder, f"deliveries/{name}/{settings.file}", _text(form["sha256"]), settings, Profile())


def _summary(form: Mapping[str, Any]) -> DeliverySummary:
    lines, cents = int(form["lines"]), int(form["attributed_cents"])
    return DeliverySummary(_text(form["id"]), "", _text(form["sha256"]), lines=lines, attributed_cents=cents)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
