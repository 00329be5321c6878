"""The address of a figure: `<measure>/<subject>[@year][?option=value]`, or the name of a set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from gebiedswerk.core.faults import GebiedswerkError
from gebiedswerk.core.subject import Subject, parse_subject

UNITS: Mapping[str, int] = {"cent": 1, "euro": 100, "thousand": 100_000, "million": 100_000_000}
CLAIMED = ("euro", "thousand", "million")
"""The units of a claim; cents are written as decimals of euros."""
COUNT = "count"
"""The measure of a set: how many members it has."""
OPTIONS = ("origin", "unit", "about")


class NoAddress(GebiedswerkError):
    """Text that is no address of a figure."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no address: write measure/subject, with @year and ?options where needed.")


@dataclass(frozen=True, slots=True)
class Address:
    """`measure` of `subject` in `year`; for a tranche also its `origin`.

    A set has the name as its measure and no subject; the number of its members is the measure `count`, `of_set`. `unit`
    and `about` are how a claim wants to be compared.
    """

    measure: str
    subject: Subject | None = None
    year: int | None = None
    origin: int | None = None
    unit: str | None = None
    about_pct: int | None = None
    of_set: str = ""

    def __str__(self) -> str:
        about = self.of_set or self.subject
        place = f"{self.measure}/{about}" if about else self.measure
        year = f"@{self.year}" if self.year is not None else ""
        return f"{place}{year}" + (f"?origin={self.origin}" if self.origin is not None else "")

    @property
    def area(self) -> str | None:
        """The code of the area that it is about; None where it is about something else."""
        return self.subject.area if self.subject is not None else None

    @property
    def line(self) -> str | None:
        """The code of the budget line that it is about; None where it is about something else."""
        return self.subject.line if self.subject is not None else None

    def of(self, measure: str, year: int | None = None) -> Address:
        """The same subject, another measure (and year)."""
        return Address(measure, self.subject, year or self.year, None, self.unit, self.about_pct)


def parse_address(text: str, year: int | None = None) -> Address:
    """Read an address; `year` is that of the publication, used where the address names none. Raises NoAddress."""
    found = re.fullmatch(r"([a-z_-]+)(?:/([^@?#/]+))?(?:@([0-9]{4}))?(?:\?(.*))?", text)
    if found is None:
        raise NoAddress(text)
    measure, about = found[1].replace("-", "_") if found[2] else found[1], found[2] or ""
    options = dict(parse_qsl(found[4] or "", keep_blank_values=True))
    rounded = re.fullmatch(r"([0-9]{1,2})%?", options.get("about", "0"))
    origin = re.fullmatch(r"[0-9]{4}", options.get("origin", "2000"))
    if set(options) - set(OPTIONS) or options.get("unit", "euro") not in CLAIMED or not rounded or not origin:
        raise NoAddress(text)
    return Address(
        measure=measure,
        subject=parse_subject(about) if about and measure != COUNT else None,
        year=int(found[3]) if found[3] else year,
        origin=int(options["origin"]) if "origin" in options else None,
        unit=options.get("unit"),
        about_pct=int(rounded[1]) if "about" in options else None,
        of_set=about if measure == COUNT else "",
    )
