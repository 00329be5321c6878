"""How much of a release was held against what follows from its own ledger, and what differed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gebiedswerk.core.faults import Fault


@dataclass(slots=True)
class FiguresHeld:
    """What was held so far.

    `figures`: how many, per kind of place where they stand; `pages`: pages of the site that were read; `beside`: the
    files that show no figure (fonts, images, styles and scripts that the program knows).
    """

    figures: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    beside: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
