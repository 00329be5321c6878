"""What the lines above the header of an export say of it: the fiscal years, which may stand nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable

_YEAR = r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])"
_LABEL = (
    r"(?i)\b(?:boek|begrotings?|dienst|verslag|rekening)?jaar(?:rekening|schijf)?\b|\bjaren\b"
    r"|\b(?:fiscal |financial )?year\b"
)
_SPAN = (
    r"(?i)\bperioden?\b|\bt/m\b|\btot en met\b|\bt\.?e\.?m\b|\bvan\b.*\btot\b|\bperiods?\b"
    r"|\bfrom\b.*\bto\b"
)
_MOMENT = (
    r"(?i)\b(?:af|uit)(?:ge)?(?:print|druk|draai|maak)|\b(?:ge)?print|\baangemaakt|\bdatum\b|\bcreated"
    r"|\bexport(?:ed|datum)?\b|\bop:"
)
"""Words before the day on which somebody made the export: no fiscal year."""


def years_said(title: Iterable[str]) -> tuple[int, ...]:
    """The fiscal years that the lines of a title name (`Sample.title`), in order; none where they name none.

    `Boekjaar: 2025` says it; else `Periode 01-01-2025 t/m 31-12-2025` does. The answer is a proposal for `--years`: a
    title may be that of another year, so a person confirms it.
    """
    lines = list(title)
    labelled = {
        year for line in lines for label in re.finditer(_LABEL, line) for year in _years(line[label.end() :][:40])
    }
    if labelled:
        return tuple(sorted(labelled))
    spans = [line for line in lines if re.search(_SPAN, line) and not re.search(_MOMENT, line)]
    found = sorted({year for line in spans for year in _years(line)})
    return tuple(range(found[0], found[-1] + 1)) if found and found[-1] - found[0] < 10 else ()


def _years(text: str) -> list[int]:
    """The years in a text, up to where it speaks of when it was made; one that is part of a longer number is none."""
    moment = re.search(_MOMENT, text)
    return [int(year) for year in re.findall(_YEAR, text[: moment.start()] if moment else text)]
