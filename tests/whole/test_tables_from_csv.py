"""Every amount in every table of a site, recomputed from its published CSV by a reader of its own: csv and loops.

It uses nothing of the program. Amounts of the spending term are steps in `bestedingstermijn-Y.csv`; that these follow
from the postings is what `verify.sql` proves (tests/opendata/test_verify_sql.py). Amounts of ideas are proven by their
recipes (tests/whole/test_area_pages.py).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest

from gebiedswerk.app.build import build
from tests.conftest import ROOT

SUMS = {  # measure: kinds of postings, their flows, the sign in which it is shown
    "adopted": ("adopted", ("costs", "income"), 1),
    "amended": ("amendment", ("costs", "income"), 1),
    "costs": ("realised", ("costs",), 1),
    "income": ("realised", ("income",), -1),
    "committed": ("commitment order grant", ("costs", "income"), 1),
    "reserve_in": ("realised", ("reserve_in",), 1),
    "reserve_out": ("realised", ("reserve_out",), -1),
    "adopted_reserve_in": ("adopted", ("reserve_in",), 1),
    "adopted_reserve_out": ("adopted", ("reserve_out",), -1),
    "budget_reserve_in": ("adopted amendment", ("reserve_in",), 1),
    "budget_reserve_out": ("adopted amendment", ("reserve_out",), -1),
}
FORMULAS = {
    "budget": (("adopted", 1), ("amended", 1), ("brought_in", 1), ("moved_out", -1)),
    "realised": (("costs", 1), ("income", -1)),
    "result": (("budget", 1), ("realised", -1)),
    "overspent": (("realised", 1), ("budget", -1)),
    "outside": (("opening", 1), ("brought_in", -1)),
    "adopted_after": (("adopted", 1), ("adopted_reserve_in", 1), ("adopted_reserve_out", -1)),
    "budget_after": (("budget", 1), ("budget_reserve_in", 1), ("budget_reserve_out", -1)),
    "realised_after": (("realised", 1), ("reserve_in", 1), ("reserve_out", -1)),
    "result_after": (("budget_after", 1), ("realised_after", -1)),
    "reserve_in_less": (("budget_reserve_in", 1), ("reserve_in", -1)),
    "reserve_out_more": (("reserve_out", 1), ("budget_reserve_out", -1)),
}
FREE = "Nog vrij op"
PROMISED = "Besteld of toegezegd op"
UNPAID = "Nog niet betaald op"
CALLED = {"order": "besteld", "grant": "toegezegd", "commitment": "besteld of toegezegd"}
IDEAS = "De boekingen van dit idee"


@cache
def records(path: Path) -> Sequence[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@dataclass(frozen=True)
class Reader:
    """What the CSV of one basis says of a subject: the name of its folder, as in the address of a source page.

    `own`: a budget line with what spends from it, without lines below it that have a term of their own. `beside`:
    without those of an area, as a map of areas shows it.
    """

    root: Path
    dossier: Path
    own: bool = False
    beside: bool = False

    def lines(self, subject: str, year: int) -> list[str]:
        """The budget lines of a subject."""
        rows = records(self.root / f"data/posten-{year}.csv")
        if subject == "totaal":
            return [row["line"] for row in rows]
        if subject.startswith("gebied-"):
            areas = records(self.dossier / "areas.csv")
            up = {row["code"]: row.get("parent", "") for row in areas}
            top = next(row["code"] for row in areas if row["slug"] == subject.removeprefix("gebied-"))
            return [row["line"] for row in rows if top in chain(row["area"], up)]
        top = next(row["code"] for row in records(self.dossier / "budget_lines.csv") if row["slug"] == subject)
        terms = {row["line"] for row in records(self.root / f"data/bestedingstermijn-{year}.csv")}
        up = {row["line"]: "" if self.own and row["line"] in terms else row["parent"] for row in rows}
        of_areas = {row["line"] for row in rows if row["area"] and self.beside}
        return [line for line in up if top in chain(line, up) and line not in of_areas]

    def cents(self, subject: str, year: int, measure: str, origin: int | None = None) -> int:
        """A measure, by adding up rows."""
        if measure in FORMULAS and origin is None:
            return sum(sign * self.cents(subject, year, name) for name, sign in FORMULAS[measure])
        lines, total = self.lines(subject, year), 0
        for row in records(self.root / "data/boekingen.csv"):
            if row["line"] in lines and row["year"] == str(year):
                total += posted(row, measure)
        for row in records(self.root / f"data/bestedingstermijn-{year}.csv"):
            if row["line"] in lines and row["step"] == measure and measure != "moved_out":
                total += int(row["cents"]) if origin is None or row["origin"] == str(origin) else 0
        return total

    def promised(self, subject: str, year: int, origin: int, last_year: int) -> int:
        """What of a tranche open commitments rest on: those that lapse first carry them first."""
        left = max(self.cents(subject, year, "committed"), 0)
        rows = [row for row in records(self.root / f"data/bestedingstermijn-{year}.csv") if row["step"] == "closing"]
        mine = [row for row in rows if row["line"] in self.lines(subject, year)]
        for row in sorted(mine, key=lambda row: (row["last_year"], row["origin"])):
            part = min(left, int(row["cents"]))
            left -= part
            if (row["origin"], row["last_year"]) == (str(origin), str(last_year)):
                return part
        raise AssertionError(subject, origin)

    def older(self, subject: str, year: int, made_in: str, called: str) -> int:
        """What a line itself, or the whole, had promised in an earlier year, by its row in the table."""
        codes = {row["code"] for row in records(self.dossier / "budget_lines.csv") if row["slug"] == subject}
        rows = [row for row in records(self.root / "data/boekingen.csv") if row["year"] == str(year)]
        older = [row for row in rows if row["kind"] in CALLED and int(row["origin"]) < year]
        if subject != "totaal":
            older = [row for row in older if row["line"] in codes]
            older = [row for row in older if (row["origin"], CALLED[row["kind"]]) == (made_in, called)]
        return sum(int(row["cents"]) for row in older)

    def lapsing(self, year: int, last_year: int) -> tuple[int, int]:
        """What all tranches of a last year have left, and what of it is promised: no more of a line than it has."""
        slugs = {row["code"]: row["slug"] for row in records(self.dossier / "budget_lines.csv")}
        rows = records(self.root / f"data/bestedingstermijn-{year}.csv")
        rows = [row for row in rows if row["step"] == "closing" and row["last_year"] == str(last_year)]
        promised = [self.promised(slugs[row["line"]], year, int(row["origin"]), last_year) for row in rows]
        return sum(int(row["cents"]) for row in rows), sum(promised)


def chain(code: str, up: dict[str, str]) -> list[str]:
    """A code and all above it."""
    return [code, *chain(up[code], up)] if code else []


def posted(row: dict[str, str], measure: str) -> int:
    """What a posting adds to a measure."""
    cents = int(row["cents"])
    if measure in SUMS:
        kinds, flows, sign = SUMS[measure]
        return sign * cents if row["kind"] in kinds.split() and row["flow"] in flows else 0
    moves = row["kind"] in ("carry_over", "opening")
    if measure == "brought_in":
        return cents if moves and cents > 0 and row["in_budget"] == "true" else 0
    return -cents if measure == "moved_out" and moves and cents < 0 else 0


@dataclass(frozen=True)
class Shown:
    """An amount in a table: where it stands, what is written, and the figure that it leads to."""

    page: str
    caption: str
    heading: str
    row: tuple[str, ...]
    written: str
    root: Path
    subject: str
    year: int
    measure: str

    def number(self) -> int:
        """The amount: in cents where it has decimals, else in the unit of its page."""
        return int(re.sub(r"[^0-9−]", "", self.written).replace("−", "-"))


def words(element: Any) -> str:
    """The words of an element."""
    return " ".join("".join(element.itertext()).split())


def amounts(site: Path) -> Iterator[Shown]:
    """Every amount in a table of a page in the first language that leads to a figure."""
    for page in sorted(site.rglob("*.html")):
        place = page.relative_to(site)
        if place.parts[0] not in ("en", "pagefind"):
            tree = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
            for table in tree.iter("table"):
                yield from in_table(page, str(place), table)


def in_table(page: Path, place: str, table: Any) -> Iterator[Shown]:
    caption, headings = words(table.find("caption")), [words(cell) for cell in table.find(".//thead").iter("th")]
    for line in table.iter("tr"):
        cells = [cell for cell in line if cell.tag in ("td", "th")]
        row = tuple(words(cell) for cell in cells)
        for at, cell in enumerate(cells):
            link = cell.find(".//a")
            href = link.get("href") if link is not None else ""
            found = re.fullmatch(r"(.*?)cijfers/([^/]+)/(\d+)\.html#([a-z-]+)", href or "")
            if found and re.fullmatch(r"(€ )?−?[0-9.]+(,[0-9]{2})?", row[at]):
                root, measure = (page.parent / found[1]).resolve(), found[4].replace("-", "_")
                yield Shown(place, caption, headings[at], row, row[at], root, found[2], int(found[3]), measure)


def expected(one: Shown, reader: Reader) -> int:
    """The cents behind an amount; in a row of a tranche those of its origin."""
    if one.heading.startswith(UNPAID):
        return reader.older(one.subject, one.year, one.row[2], one.row[3])
    year = re.search(r"Budget uit (\d{4})", " ".join(one.row))
    until = re.search(r"31 december (\d{4})", one.caption)
    if year is None and reader.own and until is not None and one.heading.startswith((FREE, PROMISED)):
        left, promised = reader.lapsing(one.year, int(until[1]))
        return promised if one.heading.startswith(PROMISED) else left - promised
    if year is None and one.heading.startswith(FREE):
        return reader.cents(one.subject, one.year, "closing") - reader.cents(one.subject, one.year, "committed")
    if year is None:
        return reader.cents(one.subject, one.year, one.measure)
    origin = int(year[1])
    if not one.heading.startswith((FREE, PROMISED)):
        return reader.cents(one.subject, one.year, one.measure, origin)
    assert until is not None
    promised = reader.promised(one.subject, one.year, origin, int(until[1]))
    left = reader.cents(one.subject, one.year, "closing", origin)
    return promised if one.heading.startswith(PROMISED) else left - promised


@pytest.mark.parametrize(("example", "unit_cents", "least"), [("klein", 100, 300), ("groningen", 100_000, 850)])
def test_every_table_follows_from_the_csv(tmp_path: Path, example: str, unit_cents: int, least: int) -> None:
    """Publications, pages of areas and years, the calendar and the front page: no amount but what the CSV adds up to.

    A table in units prints one of the two whole units beside the cents. The calendar is about the term of each line by
    itself.
    """
    dossier = ROOT / "examples" / example
    built, faults = build(dossier, tmp_path / "out")
    assert built is not None, faults
    counted: Counter[str] = Counter()
    for one in amounts(built.site.resolve()):
        if one.caption == IDEAS:
            continue
        reader = Reader(one.root, dossier, own=one.page.startswith("kalender"), beside=one.page == "index.html")
        cents, unit = expected(one, reader), 1 if "," in one.written else unit_cents
        assert abs(one.number() * unit - cents) < unit, (one, cents)
        counted[one.page.split("/")[0]] += 1
    assert counted.total() > least, counted
    assert {"gebieden", "kalender", "publicaties", "index.html"} <= counted.keys()
