"""Many postings behind one figure: spread over pages, or added up; nothing is lost and every page has its address."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.pages.source import source_postings
from tests.small import Small, put
from tests.whole.test_site import HTML, follow_links, parsed, words

SETTINGS = """\
file = "f.csv"
kind = "realised"
administration = "T"
years = [2019]
exported_at = 2020-02-01T10:00:00
profile = "p"
public_decision = "Besluit 1"
public_columns = ["ledger_account", "booked_on"]
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Line A has 23 postings of 1 to 23 euros in five periods on two accounts; six on 4100 are blocked."""
    path = Small(lines={"A": None, "B": None}, years=(2019,), adopted=[(2019, "A", 999)]).write(tmp_path / "town")
    block = '[[privacy.block]]\nname = "loon"\nground = "Loon is persoonlijk."\nledger_account = ["4100"]\n'
    put(path, "dossier.toml", (path / "dossier.toml").read_text("utf-8") + block)
    rows = [f"2019;{n % 5 + 1};;{4100 if n % 4 == 3 else 4300};kA;{n}" for n in range(1, 24)]
    put(path, "deliveries/d/f.csv", "Jaar;Periode;Datum;Grootboek;Kostenplaats;Bedrag\n" + "\n".join(rows))
    put(path, "deliveries/d/delivery.toml", SETTINGS)
    return path


def site(town: Path, out: Path) -> Path:
    built, faults = build(town, out)
    assert built is not None, faults
    return built.site


def amounts(page: Path, last: int = 6) -> list[int]:
    """The amounts of the rows of costs on a page, in cents, without what they add up to."""
    table = next(found for found in parsed(page).iter(f"{HTML}div") if found.get("id") == "postings-costs")
    body = next(table.iter(f"{HTML}tbody"))
    cells = [[words(cell) for cell in row] for row in body.iter(f"{HTML}tr")]
    return [int(re.sub("[.,]", "", row[last])) for row in cells]


def test_pages_hold_each_posting_once(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seventeen that may be seen and the group of the six blocked ones, seven on a page."""
    monkeypatch.setattr(source_postings, "ON_A_PAGE", 7)
    made = site(town, tmp_path / "out")
    first = made / "cijfers/a/2019.html"
    more = sorted(made.glob("cijfers/a/2019/costs/*.html"))
    assert [page.name for page in more] == ["boekingen-2.html", "boekingen-3.html"]
    found = [amounts(page) for page in (first, *more)]
    assert [len(one) for one in found] == [7, 7, 4]
    shown = [100 * n for n in range(1, 24) if n % 4 != 3]
    hidden = sum(100 * n for n in range(1, 24) if n % 4 == 3)
    assert sorted(cents for one in found for cents in one) == sorted([*shown, hidden])
    assert "Loon is persoonlijk." in more[-1].read_text("utf-8")
    assert "Samen" not in first.read_text("utf-8").split('id="postings-costs"')[1].split("</table>")[0]
    assert follow_links(sorted(made.rglob("*.html"))) > 100


def test_their_file_adds_up(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is spread over pages can be had in one file, with the same rows as the file of all."""
    monkeypatch.setattr(source_postings, "ON_A_PAGE", 7)
    made = site(town, tmp_path / "out")
    rows = list(csv.DictReader((made / "cijfers/a/2019/boekingen.csv").read_text("utf-8").splitlines()))
    every = list(csv.DictReader((made / "data/boekingen.csv").read_text("utf-8").splitlines()))
    assert rows == [row for row in every if row["line"] == "A"]
    assert sum(int(row["cents"]) for row in rows if row["kind"] == "realised") == 100 * sum(range(1, 24))
    assert not (made / "cijfers/b/2019/boekingen.csv").exists()


def test_the_longest_lists_are_added_up(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row per period and account, the hidden ones apart; no page but the source page."""
    monkeypatch.setattr(source_postings, "ON_A_PAGE", 7)
    monkeypatch.setattr(source_postings, "LISTED", 12)
    made = site(town, tmp_path / "out")
    assert not list(made.glob("cijfers/a/2019/costs/*.html"))
    sums = amounts(made / "cijfers/a/2019.html", last=3)
    assert len(sums) == 6
    assert sum(sums) == 100 * sum(range(1, 24))


def test_a_group_says_how_many_and_why(town: Path, tmp_path: Path) -> None:
    """On the page as in the file."""
    text = (site(town, tmp_path / "out") / "cijfers/a/2019.html").read_text("utf-8")
    assert "6 boekingen" in text
    assert "Loon is persoonlijk." in text


def test_figures_that_are_nothing_stand_together(town: Path, tmp_path: Path) -> None:
    """Line B got and spent nothing: all of its figures are there, and none is in the way."""
    tree = parsed(site(town, tmp_path / "out") / "cijfers/b/2019.html")
    quiet = next(found for found in tree.iter(f"{HTML}section") if found.get("id") == "page-quiet")
    assert {found.get("id") for found in quiet.iter(f"{HTML}section")} >= {"costs", "result", "adopted"}


def test_the_page_of_files(town: Path, tmp_path: Path) -> None:
    """The hash stands on one page; a source page leads there."""
    made = site(town, tmp_path / "out")
    page = made / "bronnen/index.html"
    assert len(re.findall(r"\b[0-9a-f]{64}\b", page.read_text("utf-8"))) == 1
    assert "Besluit 1" in page.read_text("utf-8")
    source = (made / "cijfers/a/2019.html").read_text("utf-8")
    assert "bronnen/index.html#aanlevering-d" in source
    assert not re.search(r"\b[0-9a-f]{64}\b", source)
