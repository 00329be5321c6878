"""When a file says it was exported, and over which periods: above, below, in its properties; never the disk."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.formats.xaf.importer import XafImporter
from gebiedswerk.formats.xlsx.importer import XlsxImporter
from gebiedswerk.importing.said_by_file import said_in
from tests.importing.offers import codes, export, row, run

TEN = "2026-01-10T10:00:00"


@pytest.mark.parametrize(
    ("cells", "moment"),
    [
        (["Afgedrukt op 10-01-2026 10:00"], TEN),
        (["Afgedrukt op: 10-1-2026, 10:00 uur"], TEN),
        (["Datum export", "", "10-01-2026 10:00:00"], TEN),
        (["Exportdatum:", "10/01/2026", "10:00"], TEN),
        (["Gegenereerd op 10 januari 2026 om 10:00"], TEN),
        (["Geëxporteerd: 2026-01-10 10:00:00"], TEN),
        (["Gemeente X", "Printdatum 10.01.2026 10.00", "Pagina 1 van 3"], TEN),
        (["Export date: 2026-01-10T10:00:00"], TEN),
        (["Afdrukdatum 10-01-2026"], "2026-01-10T00:00:00"),
        (["Uitdraai 10-01-2026"], "2026-01-10T00:00:00"),
        (["Periode 01-01-2025 t/m 31-12-2025"], None),
        (["Export van 01-01-2025 t/m 31-12-2025"], None),
        (["Uitdraai 01-01-2025 t/m 31-12-2025"], None),
        (["Afgedrukt op 31-02-2026"], None),
        (["Boekdatum", "10-01-2026"], None),
        (["Afgedrukt door K. op 10-01"], None),
        (["Afgedrukt op 10-01-26"], None),
    ],
)
def test_moments_in_rows(cells: list[str], moment: str | None) -> None:
    """As packages print them; a period is no moment, and a day that is none neither."""
    assert [found.isoformat() for found, _ in said_in([cells]).moments] == ([moment] if moment else [])


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Periode: 7 t/m 9", [(7, 9)]),
        ("Periode 07 - 09", [(7, 9)]),
        ("Perioden januari t/m september", [(1, 9)]),
        ("Boekperiode van 1 tot en met 6", [(1, 6)]),
        ("Periode 01-07-2025 t/m 30-09-2025", [(7, 9)]),
        ("3e kwartaal 2025", [(7, 9)]),
        ("Kwartaal: 3", [(7, 9)]),
        ("Q3 2025", [(7, 9)]),
        ("Periode 9 t/m 7", []),
        ("Periode 2025", []),
        ("Grootboek 2025", []),
    ],
)
def test_periods_in_a_title(text: str, periods: list[tuple[int, int]]) -> None:
    assert list(said_in([[text]]).periods) == periods


@given(st.lists(st.lists(st.text(max_size=60), max_size=4), max_size=6))
def test_any_rows_are_looked_at(rows: list[list[str]]) -> None:
    """Whatever stands around a table."""
    assert all(first <= last for first, last in said_in(rows).periods)


def book(path: Path, created: str, modified: str) -> Path:
    """The properties of a workbook."""
    found = {"created": created, "modified": modified}
    parts = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{text}</dcterms:{name}>' for name, text in found.items() if text
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("docProps/core.xml", f"<cp:coreProperties>{parts}</cp:coreProperties>")
    return path


@pytest.mark.parametrize(
    ("created", "modified", "moments"),
    [
        ("2026-01-10T09:00:00Z", "", [TEN]),
        ("2026-07-10T08:00:00Z", "2026-07-10T08:30:00Z", ["2026-07-10T10:00:00"]),
        ("2026-03-29T00:59:59Z", "", ["2026-03-29T01:59:59"]),
        ("2026-03-29T01:00:00Z", "", ["2026-03-29T03:00:00"]),
        ("2026-10-25T00:59:59Z", "", ["2026-10-25T02:59:59"]),
        ("2026-10-25T01:00:00Z", "", ["2026-10-25T02:00:00"]),
        ("2026-01-10T10:00:00", "", [TEN]),
        ("2026-01-10T09:00:00Z", "2026-02-01T09:00:00Z", [TEN, "2026-02-01T10:00:00"]),
        ("onzin", "", []),
    ],
)
def test_properties_of_a_workbook(tmp_path: Path, created: str, modified: str, moments: list[str]) -> None:
    """On the clock of the town hall, with summer time; saved on another day it is two moments, and asked about."""
    found = XlsxImporter().moments(book(tmp_path / "b.xlsx", created, modified))
    assert [moment.isoformat() for moment, _ in found] == moments


def test_an_audit_file_says_when_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "q.xaf"
    path.write_text("<auditfile><header><dateCreated>2026-02-09</dateCreated></header></auditfile>", "utf-8")
    assert [moment.isoformat() for moment, _ in XafImporter().moments(path)] == ["2026-02-09T00:00:00"]


def test_the_disk_says_nothing(klein: Path) -> None:
    """A file without words of its own is asked about, whenever it was written; with a moment it lands."""
    file = export(klein, row(1))
    os.utime(file, (1_780_000_000, 1_780_000_000))
    refused = run(klein, file, exported_at=None)
    assert (codes(refused), refused.landed) == (["I181"], None)
    assert run(klein, file).landed is not None


def test_what_stands_below_the_table_counts(klein: Path) -> None:
    """A last row that is left out, with the moment at which it was printed."""
    profile = klein / "profiles/grootboek.toml"
    text = profile.read_text("utf-8") + '\n[[leave_out]]\ncolumn = "Periode"\nempty = true\ncontrol = false\n'
    profile.write_text(text, "utf-8")
    file = export(klein, row(1), "Afgedrukt op 01-09-2026 08:00;;;;;;;;")
    imported = run(klein, file, exported_at=None)
    assert imported.offer is not None, imported.faults
    assert imported.offer.delivery.settings.exported_at == datetime.fromisoformat("2026-09-01T08:00:00")
    assert imported.landed is not None
    assert "Afgedrukt op 01-09-2026 08:00" in (imported.landed / "delivery.toml").read_text("utf-8")


def test_a_moment_before_the_year_is_of_something_else(tmp_path: Path, klein: Path) -> None:
    """An empty workbook is older than the postings that were put in it."""
    file = export(klein, row(1), "Afgedrukt op 16-09-2006;;;;;;;;")
    profile = klein / "profiles/grootboek.toml"
    text = profile.read_text("utf-8") + '\n[[leave_out]]\ncolumn = "Periode"\nempty = true\ncontrol = false\n'
    profile.write_text(text, "utf-8")
    assert codes(run(klein, file, exported_at=None)) == ["I181"]
