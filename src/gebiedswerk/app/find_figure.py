"""`trace`: a figure by its address."""

from __future__ import annotations

from typing import Any

from gebiedswerk.assembly.opened import Opened
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.figures import NoAddress, NoFigure, parse_address, trace


def find_figure(opened: Opened, text: str) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    """The trace of a figure on the newest basis; without a year that of the newest year in which it is known."""
    newest = opened.newest
    if newest is None:
        return None, opened.faults
    try:
        years: list[int | None] = [*sorted(newest.years(), reverse=True)] or [None]
        there = [parse_address(text.removeprefix("figure:"), year) for year in years]
        return trace(newest, next((one for one in there if newest.exists(one)), there[0])), opened.faults
    except (NoAddress, NoFigure):
        return None, (*opened.faults, fault("F101", value=text))
