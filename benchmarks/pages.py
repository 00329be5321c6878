"""Pages of areas to measure on: prose, a table of 30 rows with amounts that lead to their sources. Seeded.

The same content as models for our writer and as Markdown for other generators.
"""

from __future__ import annotations

import csv
import gc
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from gebiedswerk.blocks.models import AreaPage, AreaSection, Cell, Frame, Link, Prose, Table, TableRow
from gebiedswerk.cli.main import SELDOM
from gebiedswerk.texts.markdown import parts, render

ROWS = 30
MEASURES = ("budget", "realised", "result", "closing")
TITLES, TABLES = "titles.csv", "tables.csv"
MINUS = "\N{MINUS SIGN}"
COLUMNS = ("Begrotingspost", "Budget", "Uitgegeven", "Resultaat", "Over")
WORDS = (
    "het plein de buurt een speeltuin bewoners samen onderhoud geld voor groen en veilig wonen straat school "
    "park jeugd ouderen sport met plannen dorp wijk team afspraak idee bezoek herstel aanleg"
).split()


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount and the place of its source."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Content:
    """What one page shows: its slug, title, paragraphs and the rows of its table."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Amount, ...]], ...]


def contents(count: int) -> Iterator[Content]:
    """So many pages, the same every time."""
    for number in range(count):
        dice = random.Random(number)
        yield Content(
            slug=f"gebied-{number:05d}",
            title=f"Gebied {number}",
            paragraphs=tuple(_paragraph(dice, count) for _ in range(4)),
            rows=tuple(_row(dice, number, at, count) for at in range(ROWS)),
        )


def _paragraph(dice: random.Random, count: int) -> str:
    words = " ".join(dice.choice(WORDS) for _ in range(45))
    other = dice.randrange(count)
    return f"{words.capitalize()}, zie [gebied {other}](/gebieden/gebied-{other:05d}/index.html)."


def _row(dice: random.Random, number: int, at: int, count: int) -> tuple[str, str, tuple[Amount, ...]]:
    source = f"/cijfers/gebied-{number:05d}-{at}/2024.html"
    amounts = (dice.randrange(-900_000, 9_000_000) for _ in COLUMNS[1:])
    cells = tuple(_amount(units, f"{source}#{name}") for units, name in zip(amounts, MEASURES, strict=True))
    return f"Post {at} {dice.choice(WORDS)}", f"/gebieden/gebied-{dice.randrange(count):05d}/index.html", cells


def _amount(units: int, place: str) -> Amount:
    text = f"{abs(units):,}".replace(",", ".")
    return Amount(f"{MINUS}{text}" if units < 0 else text, place)


def markdown(one: Content) -> str:
    """The page as CommonMark with a table, below the front matter that every generator reads."""
    lines = ["---", f"title: {one.title}", f"slug: {one.slug}", "---", ""]
    lines += [text for paragraph in one.paragraphs for text in (paragraph, "")]
    lines += ["## Budget en uitgaven", "", f"| {' | '.join(COLUMNS)} |", "|---|---:|---:|---:|---:|"]
    for name, place, cells in one.rows:
        amounts = " | ".join(f"[{cell.text}]({cell.place})" for cell in cells)
        lines.append(f"| [{name}]({place}) | {amounts} |")
    return "\n".join(lines) + "\n"


def write_markdown(folder: Path, count: int) -> None:
    """A folder with a Markdown file per page, its table in it."""
    folder.mkdir(parents=True)
    for one in contents(count):
        (folder / f"{one.slug}.md").write_text(markdown(one), "utf-8")


def write_values(folder: Path, count: int) -> None:
    """What our writer is made for: a Markdown file with the prose of each page, and the values of all tables as CSV."""
    folder.mkdir(parents=True)
    with (folder / TITLES).open("w", newline="") as titles, (folder / TABLES).open("w", newline="") as tables:
        of_titles, of_tables = csv.writer(titles), csv.writer(tables)
        for one in contents(count):
            (folder / f"{one.slug}.md").write_text(prose(one), "utf-8")
            of_titles.writerow((one.slug, one.title))
            of_tables.writerows(values(one))


def prose(one: Content) -> str:
    """The paragraphs of a page as Markdown."""
    return "\n\n".join(one.paragraphs) + "\n"


def values(one: Content) -> Iterator[list[str]]:
    """The table of a page: its slug, and per row a name, where that leads, where the amounts lead, and those."""
    for name, place, cells in one.rows:
        source = cells[0].place.partition("#")[0]
        yield [one.slug, name, place.lstrip("/"), source.lstrip("/"), *(cell.text for cell in cells)]


def model(one: Content) -> AreaPage:
    """A page as a model, without reading anything."""
    return _model(one.slug, one.title, prose(one), values(one))


def models(folder: Path) -> Iterator[AreaPage]:
    """The pages as models, from what `write_values` wrote: their Markdown is read, and their tables made."""
    with (folder / TITLES).open(newline="") as titles, (folder / TABLES).open(newline="") as tables:
        rows = groupby(csv.reader(tables), key=itemgetter(0))
        for (slug, title), (_, of_page) in zip(csv.reader(titles), rows, strict=True):
            yield _model(slug, title, (folder / f"{slug}.md").read_text("utf-8"), of_page)


def _model(slug: str, title: str, text: str, rows: Iterable[list[str]]) -> AreaPage:
    path = f"gebieden/{slug}/index.html"
    frame = Frame(path, title, "nl", "Gebiedsgericht werken", breadcrumb=(Link("Home", "index.html"),))
    words = tuple(Prose(render(part, lambda link: link.href)) for part in parts(text))
    table = Table("table-money", "Budget en uitgaven", COLUMNS, tuple(_model_row(*row) for row in rows))
    return AreaPage(frame, "Wat er is begroot en uitgegeven.", (AreaSection("geld", "Geld", (*words, table)),))


def _model_row(_: str, name: str, place: str, source: str, *amounts: str) -> TableRow:
    cells = [Cell(name, place)]
    for text, measure in zip(amounts, MEASURES, strict=True):
        cells.append(Cell(text, f"{source}#{measure}", True, text.startswith(MINUS)))
    return TableRow(tuple(cells))


def write_site(folder: Path, out: Path, jobs: int) -> None:
    """All pages through our writer; with no jobs only their models."""
    from gebiedswerk.site import write

    gc.set_threshold(SELDOM)  # as every command does
    made = list(models(folder))
    if jobs:
        write(made, (), out, jobs)


if __name__ == "__main__":
    write_site(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
