"""Groningen's paragraph of 2019 out of raw files: the 27 published figures, the tables, the stamps and the terms."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import polars as pl
import pypdf
import pytest

from examples.groningen_town.facts import CAPTION, EXPORTED_AT, HEADINGS, PUBLISHED, PUBLISHED_AT
from gebiedswerk.account import LineTerm
from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.core.rounding import plain
from gebiedswerk.figures import TOTAL, UNITS, Address, Figures, line_subject, parse_subject
from tests.conftest import ROOT
from tests.documents.checked import complaints
from tests.whole.test_site import proven

GRONINGEN = ROOT / "examples" / "groningen"
SEED = ROOT.parent / "shared" / "data" / "seed" / "paragraaf-1.md"
PAGE = "publicaties/jaarrekening-2019/index.html"
HTML = "{http://www.w3.org/1999/xhtml}"
NOT_OF_THE_PAGE = re.compile(r"\. \d+\n|(?:blz\.|page) \d+(?: (?:van|of) \d+)?|\S*\.html\S*")
"""What a document adds: numbers of pages, in its contents, at its foot and on the way to the list; and addresses."""
THOUSAND = UNITS["thousand"]
MEASURES = ("budget", "realised", "result")
ACCOUNT = {  # as the page of 2019 printed it, x 1.000 euro
    "Totaalbudget Algemeen": ("1.782", "1.333", "449"),
    "Totaalbudget Centrum": ("600", "479", "121"),
    "Totaalbudget Oude Wijken": ("450", "398", "52"),
    "Totaalbudget Zuid": ("650", "698", "−48"),
    "Totaalbudget Oost": ("700", "615", "85"),
    "Totaalbudget West": ("450", "620", "−170"),
    "Totaalbudget Haren": ("150", "103", "47"),
    "Totaalbudget Ten Boer": ("118", "91", "27"),
    "Totaal Gebiedsprogramma's": ("4.900", "4.337", "563"),
}
AVAILABLE = {  # left of 2018, budget, spent, released, to 2020; its rule asks for no cover, and nothing fell short
    "Totaalbudget Algemeen": ("0", "1.782", "1.333", "0", "449"),
    "Totaalbudget Zuid": ("48", "650", "698", "0", "0"),
    "Totaalbudget West": ("170", "450", "620", "0", "0"),
    "Totaalbudget Ten Boer": ("0", "118", "91", "0", "27"),
    "Totaal Gebiedsprogramma's": ("218", "4.900", "4.337", "0", "781"),
}


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_dossier(GRONINGEN)


@pytest.fixture(scope="module")
def figures(opened: Opened) -> Figures:
    """What the publication stands on."""
    (view,) = [view for view in opened.views if view.publication.settings.year == 2019]
    return view.figures


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built, faults = build(GRONINGEN, tmp_path_factory.mktemp("out") / "groningen")
    assert built is not None, faults
    return built.site / PAGE


def words(element) -> str:  # type: ignore[no-untyped-def] # html5lib gives ElementTree elements without types
    return " ".join("".join(element.itertext()).split())


def rows(page: Path, table: str) -> Iterator[list[str]]:
    """The rows of a table of the page, as printed."""
    tree = html5lib.HTMLParser(strict=True).parse(page.read_text("utf-8"))
    found = next(one for one in tree.iter(f"{HTML}table") if table in {one.get("id"), words(one[0])})
    for row in found.iter(f"{HTML}tr"):
        yield [words(cell) for cell in row]


def term(figures: Figures, line: str) -> LineTerm:
    found = figures.account.standing(2019).by_code[line].term
    assert found is not None
    return found


def test_nothing_is_wrong(opened: Opened) -> None:
    """No error and no warning, in three years of files by three packages."""
    assert opened.faults == ()


@pytest.mark.skipif(not SEED.is_file(), reason="the seed is not beside this checkout")
def test_the_published_figures_are_those_of_the_seed() -> None:
    """All 27 figures, the caption, the headings and both moments, against the facts of the published page."""
    text = SEED.read_text("utf-8")
    cells = [tuple(cell.strip() for cell in row.split("|")[2:5]) for row in text.splitlines() if "| Tota" in row]
    assert [tuple(int(cell.replace(".", "")) for cell in row) for row in cells] == list(PUBLISHED.values())
    assert CAPTION in text
    assert "; ".join(HEADINGS) in text
    for moment in (EXPORTED_AT, PUBLISHED_AT):
        assert moment.partition("T")[2] in text


@pytest.mark.skipif(not SEED.is_file(), reason="the seed is not beside this checkout")
def test_the_labels_are_those_of_the_seed(page: Path) -> None:
    """The words above the columns, and of the total, stand on our page as they stood on that of 2019."""
    text = SEED.read_text("utf-8")
    head, *_, total = [row for row in text.splitlines() if row.startswith("|") and "---" not in row]
    ours = list(rows(page, CAPTION))
    assert f'first column "{ours[0][0]}"' in text
    assert ours[0][1:] == [cell.strip() for cell in head.split("|")[2:5]]
    assert ours[-1][0] == total.split("|")[1].strip()


@pytest.mark.parametrize("subject", PUBLISHED)
def test_the_account_is_the_published_one(figures: Figures, subject: str) -> None:
    """Every figure in thousands, by the product's own rounding."""
    units = tuple(figures.units(Address(measure, parse_subject(subject), 2019), THOUSAND) for measure in MEASURES)
    assert units == PUBLISHED[subject]


def test_there_are_cents_behind_them(figures: Figures) -> None:
    """No figure is a round number of thousands, and not all of a line are the nearest; those of the whole are."""
    cents = {
        (subject, measure): figures.figure(Address(measure, parse_subject(subject), 2019)).cents
        for subject in PUBLISHED
        for measure in MEASURES
    }
    assert all(value % THOUSAND for value in cents.values())
    off = [key for key, value in cents.items() if plain(value, THOUSAND) != PUBLISHED[key[0]][MEASURES.index(key[1])]]
    assert off == [("OUDE-WIJKEN", "result"), ("TEN-BOER", "realised"), ("TEN-BOER", "result")]


@pytest.mark.parametrize(("line", "from_2018", "from_2019"), [("WEST", 170, 450), ("ZUID", 48, 650)])
def test_the_overspend_is_money_of_2018(figures: Figures, line: str, from_2018: int, from_2019: int) -> None:
    """Case 3 of the spending term: all that was left of 2018 is spent first, the rest is of 2019."""
    found = term(figures, line)
    assert [(tranche.origin, plain(tranche.cents, THOUSAND)) for tranche in found.spent] == [
        (2018, from_2018),
        (2019, from_2019),
    ]
    assert [tranche.cents for tranche in found.opening] == [found.spent[0].cents]
    assert found.shortfall == 0
    assert found.released == ()
    result = figures.figure(Address("result", line_subject(line), 2019)).cents
    assert result == sum(tranche.cents for tranche in found.closing) - found.opening[0].cents


def test_nothing_else_is_left_of_2018(figures: Figures) -> None:
    """218 thousand beside the budget, the 12 of Ten Boer in it; nothing lapses, all is covered, 781 moves on."""
    opening = {line.code: line.term.opening for line in figures.account.standing(2019).lines if line.term}
    assert {code for code, tranches in opening.items() if tranches} == {"WEST", "ZUID", "TEN-BOER-DWB"}
    expected = {"outside": 218, "brought_in": 12, "released": 0, "shortfall": 0, "closing": 781}
    found = {name: figures.units(Address(name, TOTAL, 2019), THOUSAND) for name in expected}
    assert found == expected
    for name in ("released", "shortfall"):
        assert figures.figure(Address(name, TOTAL, 2019)).cents == 0


def test_ten_boer_got_the_money_of_its_predecessor(figures: Figures) -> None:
    """12 of the former municipality is in the budget of the village alderman: 118 is 106 new and 12 brought in."""
    units = {
        name: figures.units(Address(name, parse_subject("TEN-BOER"), 2019), THOUSAND)
        for name in ("allocated", "brought_in", "budget")
    }
    assert units == {"allocated": 106, "brought_in": 12, "budget": 118}
    left = figures.figure(Address("closing", parse_subject("TEN-BOER-2018"), 2018)).cents
    assert left == figures.figure(Address("brought_in", parse_subject("TEN-BOER-DWB"), 2019)).cents


def test_it_looks_like_life(opened: Opened, figures: Figures) -> None:
    """Thousands of postings of three packages, with all that happens in a year."""
    assert opened.dossier is not None
    assert {path.suffix for path in GRONINGEN.glob("deliveries/*/*")} == {".toml", ".xlsx", ".xaf", ".csv"}
    postings = figures.ledger.postings.collect()
    booked = postings.filter((pl.col("kind") == "realised") & (pl.col("flow") != "balance"))
    assert booked.select("delivery", "row").unique().height > 4_000
    for year in (2017, 2018, 2019):
        assert booked.filter(pl.col("year") == year).height > 1_000
    words = booked.filter(pl.col("description").str.contains("Creditnota"))
    assert (words["cents"] < 0).all() and words.height > 50
    assert booked.filter(pl.col("period") == 13).height > 50
    assert set(booked["flow"]) == {"costs", "income", "reserve_in", "reserve_out"}
    assert booked.filter(pl.col("share") != "")["line"].n_unique() == 7
    assert len(set(booked.filter(pl.col("scope") == "out")["rule"])) > 5
    accrual = booked.filter(pl.col("description").str.contains("Herinrichting speelveld")).sort("year", "period")
    assert accrual["cents"].to_list() == [3_000_000, -3_000_000, 2_200_000]
    promised = postings.filter(pl.col("kind").is_in(["commitment", "order", "grant"]))
    assert set(promised["year"]) == {2019} and set(promised["kind"]) == {"order", "grant"}
    newest = opened.newest
    assert newest is not None
    half = newest.ledger.postings.filter((pl.col("kind") == "realised") & (pl.col("year") == 2020)).collect()
    assert set(half["period"]) == {1, 2, 3, 4, 5, 6} and half.height > 300


def test_the_page(page: Path) -> None:
    """Both tables, the caption, the headings, both moments and a way back stand on the page."""
    account = {row[0]: tuple(row[1:]) for row in rows(page, CAPTION)}
    assert {name: account[name] for name in ACCOUNT} == ACCOUNT
    available = {row[0]: tuple(row[1:]) for row in rows(page, "Wat blijft beschikbaar")}
    assert {name: available[name] for name in AVAILABLE} == AVAILABLE
    text = page.read_text("utf-8")
    assert [heading for heading in re.findall(r"<h2[^>]*>([^<]*)</h2>", text) if heading in HEADINGS] == list(HEADINGS)
    for moment, machine in (("29 juni 2020 16:41:48", EXPORTED_AT), ("29 juni 2020 16:45:58", PUBLISHED_AT)):
        assert moment in text
        assert f'datetime="{machine}"' in text
    assert 'href="../../index.html"' in text


def test_the_text_says_it_in_claims(opened: Opened) -> None:
    """West and Zuid per year of origin, what stays available; every number is a claim but one that is not ours."""
    texts = [text for text in opened.texts if "jaarrekening-2019/index." in text.file]
    text, english = sorted(texts, key=lambda text: text.language, reverse=True)
    claims = {str(claim.address): claim.written.text for claim in text.claims}
    assert sorted(claims) == sorted({str(claim.address) for claim in english.claims})
    assert claims["spent/WEST@2019?origin=2018"] == claims["overspent/WEST@2019"] == "170 duizend euro"
    assert claims["spent/ZUID@2019?origin=2018"] == claims["overspent/ZUID@2019"] == "48 duizend euro"
    assert claims["closing/total@2019"] == "781 duizend euro"
    source = (GRONINGEN / "publications/jaarrekening-2019/index.md").read_text("utf-8")
    assert source.count("free:") == 1
    assert not re.search(r"563[^.]*\bover\b(?! dat)", source)


def test_the_gap_with_the_list_of_results_is_published(page: Path) -> None:
    """563 thousand here, 1,0 million there: accepted, with its reason, on the source page of the total."""
    total = page.parent / "cijfers" / "totaal" / "2019.html"
    (row,) = [row for row in rows(total, "Aanvaarde verschillen (aansluiting)") if "lijst van resultaten" in row[0]]
    assert row[-1] == "−437.419,81"


def test_the_ledger_is_what_the_cbs_was_told(page: Path) -> None:
    """Every cell of Iv3 2019 agrees but its closing entry, which is published as an accepted difference."""
    total = page.parent / "cijfers" / "totaal" / "2019.html"
    found = [row for row in rows(total, "Aanvaarde verschillen (aansluiting)") if "Iv3" in row[0]]
    told = json.loads((GRONINGEN / "iv3" / "2019-jaarrekening.json").read_text("utf-8"))["data"]
    sums = {side: sum(row["bedrag"] for row in told[side]) for side in ("lasten", "baten")}
    assert sums["lasten"] == sums["baten"]
    (result,) = (row["bedrag"] for row in told["baten"] if row["taakveld"] == "0.11")
    assert [(row[0], row[-1]) for row in found] == [
        ("Iv3 2019 van overheid 0014: baten, taakveld 0.11, categorie 7.1", f"−{result:,},00".replace(",", ".", 2))
    ]
    assert {"taakveld": "0.10", "categorie": "7.1", "bedrag": 100_000} in told["baten"]


def test_one_euro_more_is_a_difference_with_iv3(tmp_path: Path) -> None:
    """One euro more in one cell of Iv3: that cell is named, and nothing else."""
    dossier = Path(shutil.copytree(GRONINGEN, tmp_path / "groningen"))
    file = dossier / "iv3" / "2019-jaarrekening.json"
    text = file.read_text("utf-8")
    assert '"bedrag": 41000' in text
    file.write_text(text.replace('"bedrag": 41000', '"bedrag": 41001'), "utf-8")
    faults = open_dossier(dossier).faults
    assert [(one.code, one.value) for one in faults] == [("R112", "baten/6.1/4.3.1")]


def test_every_recipe_gives_its_value(page: Path) -> None:
    """What a citizen computes from the published CSV, step by step, is what each source page shows."""
    assert proven(page.parents[2]) > 800


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_document_is_accessible_and_says_what_its_page_says(page: Path, language: str) -> None:
    """UA-1 and A-3a by a checker that is not ours; every figure of the page, and no number that is not on it."""
    folder = page.parents[2] / language / "publicaties/jaarrekening-2019"
    for document in sorted(folder.glob("*.pdf")):
        assert complaints(document) == []
    for name in ("index", "bijlage"):
        body = html5lib.parse((folder / f"{name}.html").read_text("utf-8")).find(f"{HTML}body")
        assert body is not None
        text = " ".join(one.extract_text() for one in pypdf.PdfReader(folder / f"{name}.pdf").pages)
        printed = [words(a) for a in body.iter(f"{HTML}a") if "#" in (a.get("href") or "") and words(a)[-1:].isdigit()]
        assert all(figure in " ".join(text.split()) for figure in printed)
        assert bool(printed) == (name == "index")
        assert _numbers(NOT_OF_THE_PAGE.sub("", text)) <= _numbers(words(body))


def _numbers(text: str) -> set[str]:
    """Every number of a text, as it is printed."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))
