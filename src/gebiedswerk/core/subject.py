"""What a figure is about: the whole, an area or a budget line; and how that is written in an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

WHOLE, AREA = "total", "area:"
CODE = re.compile(rf"(?!{WHOLE}$|{AREA})[^\s/?#@]+")
"""The code of an area or a line: what an address can hold, and what reads as no other subject."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The whole, an area or a budget line. As text: `total`, `area:NOORD`, and for the line its code, `NOORD`."""

    kind: Literal["total", "area", "line"]
    code: str = ""

    def __str__(self) -> str:
        return WHOLE if self.kind == "total" else f"{AREA}{self.code}" if self.kind == "area" else self.code

    @property
    def area(self) -> str | None:
        """The code of the area; None where it is about something else."""
        return self.code if self.kind == "area" else None

    @property
    def line(self) -> str | None:
        """The code of the budget line; None where it is about something else."""
        return self.code if self.kind == "line" else None


TOTAL = Subject("total")


def area_subject(code: str) -> Subject:
    """An area with all that lies in it."""
    return Subject("area", code)


def parse_subject(text: str) -> Subject:
    """Read a subject as it is printed. What names neither the whole nor an area is the code of a line."""
    if text == WHOLE:
        return TOTAL
    return area_subject(text.removeprefix(AREA)) if text.startswith(AREA) else Subject("line", text)


def line_subject(code: str) -> Subject:
    """A budget line with those below it. The codes of lines are `CODE`: they read as nothing else."""
    return parse_subject(code)
