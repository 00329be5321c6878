"""Named sets: which areas or lines something holds for. A claim compares names as a set, or their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gebiedswerk.account import MEASURES, LineAccount, YearAccount, lapsing, result_beside_pots, value
from gebiedswerk.core.subject import Subject, area_subject, line_subject
from gebiedswerk.figures.address import Address
from gebiedswerk.figures.figures import Figures, NoFigure

AREA_SETS: Mapping[str, Callable[[YearAccount, Sequence[LineAccount]], bool]] = {
    "areas": lambda year, lines: True,
    "areas-overspent": lambda year, lines: value(lines, "result") < 0 and result_beside_pots(year, lines) < 0,
    "areas-underspent": lambda year, lines: value(lines, "result") > 0,
}
"""Who spends from a pot that areas share is not overspent while the pot covers it."""
LINE_SETS: Mapping[str, Callable[[YearAccount, str], bool]] = {
    "lines": lambda year, code: True,
    "lines-overspent": lambda year, code: year.total(code).result < 0,
    "lines-short": lambda year, code: MEASURES["shortfall"].own(year.by_code[code]) > 0,
    "lines-released": lambda year, code: MEASURES["released"].own(year.by_code[code]) > 0,
    "lines-lapsing": lambda year, code: bool(lapsing(year, year.by_code[code])),
}
SETS = (*AREA_SETS, *LINE_SETS)


def members(figures: Figures, name: str, year: int | None) -> list[tuple[Subject, str]]:
    """The members of a set as (subject, name), in the order of the dossier. Raises NoFigure."""
    account = figures.of_year(year)
    if account is None or name not in SETS:
        raise NoFigure(Address(name, None, year))
    if name in LINE_SETS:
        return [(line_subject(line.code), line.name) for line in account.lines if LINE_SETS[name](account, line.code)]
    found = []
    for area in figures.dossier.areas:
        subject = area_subject(area.code)
        lines = figures.lines(Address("result", subject, year))
        if lines and AREA_SETS[name](account, lines):
            found.append((subject, area.name))
    return found
