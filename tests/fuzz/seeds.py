"""Where a fuzzer starts: small files of every kind, made from the examples and from what tests deliver."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from gebiedswerk.dossier.tables import TABLES
from tests.conftest import KLEIN, ROOT
from tests.formats.books import write_sheets
from tests.fuzz.mutations import unzipped, zipped

XAF = ROOT / "tests" / "formats" / "xaf"
SPLIT = """Jaar;Per;Datum;Rekening;Kpl;Tekst;Debet;Credit\r
2025;1;02-01-2025;4300;7110;Bloembakken, café;1.250,03;\r
2024;12;31-12-2024;8100;7120;"Bijdrage; ""gift""
in delen";;99,9\r
"""
SIGNED = """Jaar,Per,Datum,Rekening,Kpl,Tekst,Bedrag
2025,1,2025-01-02,4300,7110,Feest,1250.00
2025,13,,9710,07110,,-12.5
"""
MARKED = """Grootboek\t\t\t\t\t\t\t
gemaakt op\t2 januari\t\t\t\t\t\t
Jaar\tPer\tDatum\tRekening\tKpl\tTekst\tBedrag\tNV
2025\t1\t02-01-2025\t4300\t7110\tFeest\t1.250,00\tN
2025\t1\t02-01-2025\t8300\t7110\tFeest\t250\tV
"""
TRAILING = "Jaar;Per;Datum;Rekening;Kpl;Tekst;Bedrag\n2025;1;02-01-2025;4300;7110;Feest;1.250,00-\n"
DECIDED = """Jaar;Soort;Besluit;Orgaan;Datum;Volledig;Rekening;Kpl;Tekst;Bedrag
2025;Primitief;R1;raad;01-11-2024;;4300;7110;Begroting;5.000,00
2025;Wijziging;R2;college;01-06-2025;ja;4300;7120;Erbij;250,00
"""
COMMITTED = "Jaar;Rekening;Kpl;Tekst;Bedrag\n2025;4300;7110;Offerte;400,00\n"
PROFILE = """header_row = 3
sheet = "Blad1"
trailing_minus = true
[columns]
year = "Jaar"
period = "Per"
amount = "Bedrag"
[sign]
column = "NV"
negative = ["V"]
[flows]
column = "Rekening"
income = ["8*", "9..97"]
"""


def csv_seeds() -> list[bytes]:
    """One per profile."""
    plain = [SIGNED, MARKED, TRAILING, DECIDED, COMMITTED]
    encodings = ["utf-8", "utf-8", "utf-16", "utf-8-sig", "utf-8"]
    texts = [SPLIT.encode("windows-1252")]
    texts += [text.encode(encoding) for text, encoding in zip(plain, encodings, strict=True)]
    return [bytes([at]) + text for at, text in enumerate(texts)]


def xlsx_seeds() -> list[bytes]:
    """Days, numbers, texts and formulas; blank rows; two sheets; headers further down; shared and inline texts."""
    head = ["Jaar", "Per", "Datum", "Rekening", "Kpl", "Tekst", "Bedrag"]
    first = [2025, 1, date(2025, 1, 2), 4300, "07110", "Feest", 1250.5]
    more = [2024, 12, "31-12-2024", "8100", 7120, None, ("=1+1", -2)]
    split = ["Jaar", "Per", "Datum", "Rekening", "Kpl", "Tekst", "Debet", "Credit"]
    lower: list[list[Any]] = [["Uitdraai"], [None], split, [2025, 1, None, 4300, 7110, "Café", 99.99, None], []]
    lower.append([2025, 2, None, 1, 2, "x", None, 5])
    decided = [text.split(";") for text in DECIDED.splitlines()]
    two: dict[str, Any] = {"Uitleg": [["Lees dit"]], "Boekingen": lower}
    books: list[dict[str, Any]] = [{"Blad1": [head, first, more]}, two, {"B": decided}]
    with tempfile.TemporaryDirectory() as folder:
        made = [write_sheets(Path(folder) / f"{at}.xlsx", sheets).read_bytes() for at, sheets in enumerate(books)]
    idle = ("docProps", "xl/theme")  # parts that nobody reads would only take the fuzzer's time
    parts = [{name: part for name, part in unzipped(data).items() if not name.startswith(idle)} for data in made]
    return [bytes([at]) + zipped(found) for at, found in enumerate(parts)]


def xaf_seeds() -> list[bytes]:
    """The two versions that the tests hold, plain and in another encoding."""
    texts = [path.read_bytes() for path in sorted(XAF.glob("*.xaf"))]
    wide = texts[0].decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")
    return [*(bytes([at]) + text for at, text in enumerate(texts)), b"\0" + wide]


def profile_seeds() -> list[bytes]:
    """The settings of the example, by kind."""
    files = ["profiles/grootboek.toml", "deliveries/grootboek-2026-03/delivery.toml", "dossier.toml"]
    files.append("publications/jaarrekening-2025/publication.toml")
    return [*(bytes([at]) + (KLEIN / file).read_bytes() for at, file in enumerate(files)), b"\0" + PROFILE.encode()]


def table_seeds() -> list[bytes]:
    """The first lines of the tables of the example."""
    tables = [(at, KLEIN / table.file) for at, table in enumerate(TABLES.values())]
    lines = [(at, path.read_bytes().split(b"\n")[:6]) for at, path in tables if path.is_file()]
    return [bytes([at]) + b"\n".join(found) + b"\n" for at, found in lines]


SEEDS = {
    "csv": csv_seeds,
    "xlsx": xlsx_seeds,
    "xaf": xaf_seeds,
    "profile": profile_seeds,
    "table": table_seeds,
}
