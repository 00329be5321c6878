"""Pages of areas to measure on: prose, a table of 30 rows with amounts that lead to their sources. Seeded.

The same content as models for our writer and as Markdown for other generators.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.publication.markdown import parts, render
from gebiedswerk.publication.models import AreaPage, AreaSection, Cell, Frame, Link, Prose, Table, TableRow

ROWS = 30
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
    below: bool


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
    measures = ("budget", "realised", "result", "closing")
    cells = tuple(_amount(units, f"{source}#{name}") for units, name in zip(amounts, measures, strict=True))
    return f"Post {at} {dice.choice(WORDS)}", f"/gebieden/gebied-{dice.randrange(count):05d}/index.html", cells


def _amount(units: int, place: str) -> Amount:
    text = f"{abs(units):,}".replace(",", ".")
    return Amount(f"\N{MINUS SIGN}{text}" if units < 0 else text, place, units < 0)


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
    """A folder with a Markdown file per page."""
    folder.mkdir(parents=True)
    for one in contents(count):
        (folder / f"{one.slug}.md").write_text(markdown(one), "utf-8")


def model(one: Content) -> AreaPage:
    """The page as a model; its prose comes from the same Markdown, its table from values, as in a build."""
    frame = Frame(
        path=f"gebieden/{one.slug}/index.html",
        title=one.title,
        language="nl",
        site_title="Gebiedsgericht werken",
        breadcrumb=(Link("Home", "index.html"),),
    )
    prose = tuple(Prose(render(part, lambda link: link.href)) for part in parts("\n\n".join(one.paragraphs)))
    table = Table("table-money", "Budget en uitgaven", COLUMNS, tuple(_model_row(*row) for row in one.rows))
    return AreaPage(frame, "Wat er is begroot en uitgegeven.", (AreaSection("geld", "Geld", (*prose, table)),))


def _model_row(name: str, place: str, cells: tuple[Amount, ...]) -> TableRow:
    amounts = (Cell(cell.text, cell.place.lstrip("/"), amount=True, below=cell.below) for cell in cells)
    return TableRow((Cell(name, place.lstrip("/")), *amounts))


def write_site(out: Path, count: int, jobs: int) -> None:
    """All pages through our writer; with no jobs only their models."""
    from gebiedswerk.site import write

    models = [model(one) for one in contents(count)]
    if jobs:
        write(models, (), out, jobs)


if __name__ == "__main__":
    write_site(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
