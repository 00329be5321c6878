"""The pages of areas of the example: links land, numbers lead somewhere, the whole adds up, secrets stay in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import html5lib
import pytest

from gebiedswerk.account import MEASURES
from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.figures import TOTAL, Address, Figures, area_subject, booked_cents
from gebiedswerk.pages.lapse_calendar import CSV, ICS
from tests.conftest import ROOT
from tests.whole.test_site import follow_links

GRONINGEN = ROOT / "examples" / "groningen"
HTML = "{http://www.w3.org/1999/xhtml}"
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
FREE = re.compile(
    rf"\b[0-9]{{1,2}} (?:{MONTHS})(?: 20[0-9]{{2}})?|\b(?:19|20)[0-9]{{2}}\b"
    r"|\b[A-Z]{1,4}-?20[0-9]{2}-[0-9-]+|x\s1\.000 euro"
    r"|\(Precies is het [0-9.]+,[0-9]{2} euro;|: [−0-9.]+,[0-9]{2}, hier [−0-9.]+(?=[;.])"
)
"""Days, years, numbers of decisions, the unit of a table, and what a rounded figure is to the cent: what may stand
outside a link."""


@pytest.fixture(scope="module", name="opened")
def _opened() -> Opened:
    return open_dossier(GRONINGEN)


@pytest.fixture(scope="module", name="figures")
def _figures(opened: Opened) -> Figures:
    assert opened.newest is not None
    return opened.newest


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built, faults = build(GRONINGEN, tmp_path_factory.mktemp("out") / "groningen")
    assert built is not None, faults
    return built.site


def area_pages(site: Path) -> list[Path]:
    """The pages of areas, years, ideas and the calendar, in the first language."""
    return sorted([*site.glob("gebieden/**/*.html"), site / "kalender/index.html"])


@cache
def parsed(path: Path):  # type: ignore[no-untyped-def] # html5lib gives ElementTree elements without types
    """A page as a tree; any breach of HTML is an error."""
    return html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))


@cache
def anchors(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\sid="([^"]+)"', path.read_text("utf-8")))


def words(element) -> str:  # type: ignore[no-untyped-def] # as above
    return " ".join("".join(element.itertext()).split())


def section(page: Path, anchor: str):  # type: ignore[no-untyped-def] # as above
    return next(one for one in parsed(page).iter(f"{HTML}section") if one.get("id") == anchor)


def test_there_are_pages_of_all_kinds(site: Path, figures: Figures) -> None:
    """Every area has a page, every area with money one per year, and every idea one."""
    pages = {page.relative_to(site).as_posix() for page in area_pages(site)}
    assert {f"gebieden/{area.slug}/index.html" for area in figures.dossier.areas} <= pages
    assert {f"gebieden/west/{year}/index.html" for year in (2017, 2018, 2019)} <= pages
    assert sum("/initiatieven/" in page for page in pages) == len(figures.dossier.work.initiatives) > 20


def test_every_link_and_anchor_lands(site: Path) -> None:
    """Every link of these pages leads to a file that is there, and every fragment to an element of it."""
    english = (*sorted(site.glob("en/gebieden/**/*.html")), site / "en/kalender/index.html")
    assert follow_links((*area_pages(site), *english)) > 6_000


def loose(element, inside: bool = False) -> Iterator[str]:  # type: ignore[no-untyped-def] # as above
    """The words outside links; not of indicators, which stand as their source gives them."""
    if element.get("id") == "table-indicators" or element.tag in (f"{HTML}svg", "{http://www.w3.org/2000/svg}svg"):
        return
    inside = inside or element.tag == f"{HTML}a"
    if not inside and element.text:
        yield element.text
    for child in element:
        yield from loose(child, inside)
        if not inside and child.tail:
            yield child.tail


def test_every_number_is_a_link(site: Path) -> None:
    """Outside links stand only days, years and numbers of decisions. The page of an idea is itself a source."""
    for page in area_pages(site):
        if "initiatieven" in page.parts:
            continue
        for part in parsed(page).iter(f"{HTML}section"):
            text = FREE.sub("", "\n".join(loose(part)))
            assert not re.search(r"[0-9]", text), (page, re.findall(r".*[0-9].*", text))


def test_the_promises_of_an_area_are_all_told(site: Path) -> None:
    """Kept, open and dropped together are all that were made; in Ten Boer one of each kind at least."""
    told = re.compile(r"(\d+) afspra\w+ gemaakt: (\d+) nagekomen, (\d+) open, (\d+) vervallen\.")
    found = {p: told.search(words(section(p, "kort"))) for p in site.glob("gebieden/*/index.html")}
    counts = {page.parent.name: [int(one) for one in match.groups()] for page, match in found.items() if match}
    assert all(made == sum(rest) for made, *rest in counts.values())
    assert all(counts["ten-boer"])


def test_west_says_why_more_was_spent(site: Path) -> None:
    """−170 in words: paid from what was left of 2018, each amount leading to its source."""
    short = section(site / "gebieden/west/2019/index.html", "kort")
    assert "Van de uitgaven in 2019 is € 170.224 betaald met geld dat over was van 2018." in words(short)
    assert "In 2019 is € 170.197 meer uitgegeven dan begroot. Dat kon, omdat er geld over was" in words(short)
    hrefs = [a.get("href") for a in short.iter(f"{HTML}a")]
    assert "../../../cijfers/gebied-west/2019.html#spent" in hrefs
    assert "../../../cijfers/gebied-west/2019.html#overspent" in hrefs


def test_an_area_that_spent_less_gives_no_such_reason(site: Path) -> None:
    """Oost spent from its own year alone, and less than its budget."""
    short = words(section(site / "gebieden/oost/2019/index.html", "kort"))
    assert "meer uitgegeven" not in short and "over was van" not in short


def test_what_was_paid_follows_from_the_published_rows_alone(site: Path, figures: Figures) -> None:
    """The recipe of each idea, followed with `boekingen.csv`, gives what its page and the page of its area show."""
    rows = list(csv.DictReader((site / "data/boekingen.csv").read_text("utf-8").splitlines()))
    seen = 0
    for one in figures.dossier.work.initiatives:
        slug = next(area.slug for area in figures.dossier.areas if area.code == one.area)
        page = site / f"gebieden/{slug}/initiatieven/{one.slug}.html"
        if one.granted is None:
            assert "geboekt" not in anchors(page)
            continue
        kept = [row for row in rows if row["kind"] == "realised" and row["flow"] in ("costs", "income")]
        cents = sum(int(row["cents"]) for row in kept if row["project"] and one.project.matches(row["project"]))
        assert cents == booked_cents(figures, one) > 0
        printed = f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
        assert f"Er is € {printed} geboekt." in words(section(page, "geboekt"))
        assert printed in words(section(site / f"gebieden/{slug}/index.html", "ideeen"))
        seen += 1
    assert seen > 15


def test_a_posting_of_an_idea_leads_to_its_budget_line(site: Path) -> None:
    """From the page of an idea to the section where the posting stands among all others."""
    page = site / "gebieden/selwerd/initiatieven/pluktuin-selwerd.html"
    hrefs = {a.get("href") for a in section(page, "geboekt").iter(f"{HTML}a")}
    assert {"../../../cijfers/west/2018.html#costs", "../../../cijfers/west/2019.html#costs"} <= hrefs


def test_no_internal_note_is_published(site: Path, figures: Figures) -> None:
    """Not one byte of the site holds a note that is for the municipality alone."""
    work = figures.dossier.work
    tables = (work.team, work.projects, work.initiatives)
    notes = {row.internal_note for rows in tables for row in rows if row.internal_note}
    assert len(notes) > 5
    for file in site.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [note for note in notes if note.encode() in data], file


def test_the_work_is_open_data(site: Path, figures: Figures) -> None:
    """Every table as CSV, row for row, amounts in cents, with the row that the page of an idea names."""
    rows = list(csv.DictReader((site / "data/werk/initiatives.csv").read_text("utf-8").splitlines()))
    first = figures.dossier.work.initiatives[0]
    assert (rows[0]["row"], rows[0]["asked_cents"], rows[0]["project"]) == ("2", str(first.asked), first.project.low)
    assert len(rows) == len(figures.dossier.work.initiatives)
    assert "internal_note" not in rows[0]
    names = {file.stem for file in (site / "data/werk").iterdir()}
    assert names == {name for name in WORK_TABLES if getattr(figures.dossier.work, name)} and len(names) == 10


def test_the_areas_are_open_data(site: Path, figures: Figures) -> None:
    """From when to when an area holds, what became of it and what lies in it; the map of the site names each table."""
    rows = list(csv.DictReader((site / "data/gebieden/areas.csv").read_text("utf-8").splitlines()))
    assert [
        (row["code"], row["valid_from"], row["valid_to"]) for row in rows if row["valid_from"] or row["valid_to"]
    ] == [
        (area.code, *(day.isoformat() if day else "" for day in (area.valid_from, area.valid_to)))
        for area in figures.dossier.areas
        if area.valid_from or area.valid_to
    ]
    assert len(rows) == len(figures.dossier.areas)
    changes = list(csv.DictReader((site / "data/gebieden/area_changes.csv").read_text("utf-8").splitlines()))
    assert [row["to_area"] for row in changes] == [one.to_area for one in figures.dossier.area_changes]
    page = (site / "sitemap.html").read_text("utf-8")
    tables = [*(site / "data/gebieden").iterdir(), *(site / "data/werk").iterdir()]
    assert len(tables) == 13
    assert [file.name for file in tables if f'href="{file.relative_to(site)}"' not in page] == []


def test_empty_parts_are_absent(site: Path) -> None:
    """A district without money and letters has no heading for them; nothing on a page says that nothing is there."""
    page = site / "gebieden/engelbert/index.html"
    assert {"kort", "wie", "projecten", "ideeen", "afspraken"} <= anchors(page)
    assert not {"over", "verval", "nieuwsbrieven", "wijken", "eerder", "cijfers"} & anchors(page)
    assert "Het geld staat bij Oost" in words(section(page, "kort"))
    assert "Het team van Oost werkt ook hier." in words(section(page, "wie"))


def test_a_merged_area_shows_what_it_came_from(site: Path) -> None:
    """Haren: the year of the former municipality under its own name, behind a break; and the way both ways."""
    haren, former = site / "gebieden/haren/index.html", site / "gebieden/voormalige-gemeente-haren/index.html"
    rows = [words(row) for row in section(haren, "over").iter(f"{HTML}tr")]
    assert any(row.startswith("2018 (Voormalige gemeente Haren) 140 140") for row in rows)
    assert any(row.startswith("2019 150 103") for row in rows)
    assert "Hier zijn de gebieden veranderd" in words(section(haren, "over"))
    assert "Vóór 1 januari 2019 was dit" in words(section(haren, "eerder"))
    assert "Op 1 januari 2019 ging Voormalige gemeente Haren over in Haren (Wet" in words(section(former, "later"))


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_the_whole_adds_up_over_the_merger(figures: Figures, measure: str) -> None:
    """In every year the areas at the top and the city-wide lines are the whole, before and after 2019."""
    tops = [area.code for area in figures.dossier.areas if area.parent is None]
    own = MEASURES[measure].own
    for year in figures.years():
        if not figures.is_known(Address(measure, TOTAL, year)):
            continue  # no stand of commitments was delivered for 2017 and 2018: unknown everywhere
        areas = [line for code in tops for line in figures.lines(Address(measure, area_subject(code), year))]
        everywhere = [line for line in figures.account.standing(year).lines if not line.area]
        lines = figures.lines(Address(measure, TOTAL, year))
        assert sorted(line.code for line in (*areas, *everywhere)) == sorted(line.code for line in lines)
        assert sum(map(own, areas)) + sum(map(own, everywhere)) == figures.figure(Address(measure, TOTAL, year)).cents


def test_the_calendar_is_what_stays_available(site: Path, figures: Figures) -> None:
    """All that lapses is the closing of the newest year, to the cent; the page shows every line, with both files."""
    rows = list(csv.DictReader((site / CSV).read_text("utf-8").splitlines()))
    assert sum(int(row["left_cents"]) for row in rows) == figures.figure(Address("closing", TOTAL, 2020)).cents
    assert all(int(row["left_cents"]) == int(row["committed_cents"]) + int(row["free_cents"]) for row in rows)
    page = site / "kalender/index.html"
    text = words(parsed(page))
    assert all(row["name"] in text for row in rows)
    assert (site / ICS).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    hrefs = {a.get("href") for a in parsed(page).iter(f"{HTML}a")}
    assert {Path(CSV).name, Path(ICS).name} <= hrefs
