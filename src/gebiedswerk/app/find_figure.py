"""`trace`: a figure by its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.figures import NoAddress, NoFigure, parse_address, trace


@dataclass(frozen=True, slots=True)
class TracedFigure:
    """The measure and year of a figure, and its value with all behind it, as `trace --json` prints it."""

    measure: str
    year: int
    form: Mapping[str, Any]


def find_figure(path: Path, text: str) -> Checked[TracedFigure | None]:
    """The trace of a figure on the newest basis; without a year that of the newest year in which it is known."""
    opened = open_dossier(path)
    newest = opened.newest
    if newest is None:
        return Checked(None, opened.faults)
    try:
        years: list[int | None] = [*sorted(newest.years(), reverse=True)] or [None]
        asked = [parse_address(text.removeprefix("figure:"), year) for year in years]
        address = next((one for one in asked if newest.exists(one)), asked[0])
        return Checked(TracedFigure(address.measure, address.year or 0, trace(newest, address)), opened.faults)
    except (NoAddress, NoFigure):
        return Checked(None, (*opened.faults, fault("F101", value=text)))
