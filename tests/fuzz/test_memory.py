"""What an import takes of memory, in a process of its own: four times the file, and a constant.

A workbook is held against what it unpacks to. See decisions 14 and 29.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz.mutations import unzipped
from tests.fuzz.seeds import SEEDS, XAF

MB = 1_000_000
CONSTANT = 48 * MB
REPEATED = "L181"
"""Rows that stand there again are a warning: most of these files repeat one row."""
HEADER = "Jaar;Per;Datum;Rekening;Kpl;Tekst;Debet;Credit\n"
ROW = "2025;1;02-01-2025;4300;7110;Bloembakken in de straat;1.250,03;\n"
LINE = "<nr>1</nr><accID>1600</accID><docRef>B</docRef><amnt>1.00</amnt><amntTp>D</amntTp>"


WIDE = ";".join(f"k{number}" for number in range(4_000))


def letters(rows: int) -> str:
    """Rows of one letter a cell: another text in every row of sixty, and never two the same beside each other."""
    return "".join(f"2025;1;;{n % 10};{chr(97 + n % 26)};{chr(65 + n % 58)};{n % 7};\n" for n in range(rows))


def distinct(rows: int) -> str:
    """Rows that are short, with a text that no other has."""
    return "".join(f"2025;1;;4;7;{n:x};1;\n" for n in range(rows))


def xaf(*inside: str) -> str:
    """An audit file with this among its lines."""
    text = (XAF / "wijken-3.2.xaf").read_text("utf-8")
    return text.replace("<trLine>", "".join(inside) + "<trLine>", 1)


FILES: dict[str, tuple[str, Callable[[], str], str]] = {
    "a plain export": ("csv", lambda: HEADER + ROW * 90_000, "-"),
    "a quoted export": ("csv", lambda: HEADER + ROW.replace("4300", '"4300"') * 90_000, "-"),
    "a header without end": ("csv", lambda: HEADER.strip() + ";k" * 6 * MB + "\n" + ROW, "L170"),
    "a header of one endless name": ("csv", lambda: HEADER.strip() + "k" * 12 * MB, "L170"),
    "a line of seventeen megabytes": ("csv", lambda: HEADER + ROW + ";" * 17 * MB, "L170"),
    "a line without end": ("csv", lambda: HEADER + ";" * 6 * MB, "L110"),
    "a cell without end": ("csv", lambda: HEADER + ROW.replace("straat", "straat" * MB), "L121"),
    "a quote that is never closed": ("csv", lambda: HEADER + '2025;1;"' + ROW * 90_000, "L121"),
    "a million blank rows": ("csv", lambda: HEADER + ";;;;;;;\n" * MB, "L110"),
    "millions of line ends": ("csv", lambda: HEADER + "\n" * 6 * MB, "L110"),
    "nearly empty cells": ("csv", lambda: HEADER + "2025;1;;;;;1;\n" * 700_000, "-"),
    "nearly empty cells, all wrong": ("csv", lambda: HEADER + ";;;;;1;;\n" * MB, "L240"),
    "nearly empty cells, quoted": ("csv", lambda: HEADER + '2025;1;;;;"";1;\n' * 400_000, "-"),
    "cells of one letter": ("csv", lambda: HEADER + letters(500_000), "-"),
    "texts of some letters, each another": ("csv", lambda: HEADER + distinct(500_000), "-"),
    "thousands of columns": (
        "csv",
        lambda: HEADER.strip() + f";{WIDE}\n" + f"2025;1;;4;7;a;1;{';x' * 4_000}\n" * 1_200,
        "-",
    ),
    "thousands of empty columns": (
        "csv",
        lambda: HEADER.strip() + f";{WIDE}\n" + f"2025;1;;4;7;a;1;{';' * 4_000}\n" * 2_400,
        "-",
    ),
    "special letters": ("csv", lambda: HEADER + ROW.replace("straat", "straat \u20ac") * 90_000, "-"),
    "every amount wrong": ("csv", lambda: HEADER + ROW.replace("03", "--") * 90_000, "D115"),
    "many lines": ("xaf", lambda: xaf(*[f"<trLine>{LINE}</trLine>"] * 50_000), "L133"),
    "a text without end": ("xaf", lambda: xaf("<desc>", "x" * 9 * MB, "</desc>"), "L140"),
    "elements within each other": ("xaf", lambda: xaf("<a>" * 2 * MB), "L140"),
    "lines of next to nothing": (
        "xaf",
        lambda: xaf(*["<trLine><amnt>1</amnt><amntTp>D</amntTp></trLine>"] * 150_000),
        "L145",
    ),
    "names that nobody knows": ("xaf", lambda: xaf(*(f"<n{number}/>" for number in range(400_000))), "L140"),
    "some thousands of such names": ("xaf", lambda: xaf(*(f"<n{number}/>" for number in range(4_500))), "L135"),
    "long names that nobody knows": (
        "xaf",
        lambda: xaf(*(f"<n{number}{'x' * 900}/>" for number in range(8_000))),
        "L140",
    ),
    "an end that is missing": ("xaf", lambda: xaf(*[f"<trLine>{LINE}</trLine>"] * 50_000)[: 3 * MB], "L141"),
}


def weighed(kind: str, path: Path) -> tuple[int, str]:
    """The bytes that an import took, and the codes of its faults."""
    command = [sys.executable, "-m", "tests.fuzz.weigh", kind, str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    took, _, codes = ran.stdout.split()
    return int(took), codes


@pytest.mark.parametrize("name", FILES)
def test_an_import_takes_four_times_its_file(name: str, tmp_path: Path) -> None:
    """Some megabytes of what a file can be: as it should be, without end, empty, cut off."""
    kind, make, code = FILES[name]
    path = tmp_path / f"f.{kind}"
    path.write_text(make(), "windows-1252" if kind == "csv" else "utf-8")
    took, codes = weighed(kind, path)
    size = path.stat().st_size
    assert code in codes.replace(REPEATED, "-").split(","), codes
    assert took <= 4 * size + CONSTANT, (took / MB, size / MB)


def sheet(rows: str) -> dict[str, bytes]:
    """The parts of a workbook with these rows in its sheet, below a header."""
    parts = unzipped(SEEDS["xlsx"]()[0][1:])
    name = next(name for name in parts if "sheet1" in name)
    names = "Jaar;Per;Datum;Rekening;Kpl;Tekst;Bedrag".split(";")
    cells = "".join(f'<c r="{chr(65 + at)}1" t="inlineStr"><is><t>{one}</t></is></c>' for at, one in enumerate(names))
    top = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return parts | {name: f'{top}<row r="1">{cells}</row>{rows}</sheetData></worksheet>'.encode()}


def full_row(number: int) -> str:
    """A row as a workbook writes it."""
    cells = {"A": "2025", "B": "1", "D": "4300", "E": "7110", "G": "1.5"}
    inside = "".join(f'<c r="{at}{number}"><v>{one}</v></c>' for at, one in cells.items())
    return f'<row r="{number}">{inside}</row>'


def bare_row(number: int) -> str:
    """As little as a row can be, with its place."""
    return f'<row r="{number}"><c r="G{number}"><v>1</v></c></row>'


def far_row(column: str) -> str:
    """A row near the last that a sheet can have, with one cell."""
    return f'<row r="1040000"><c r="{column}1040000"><v>1</v></c></row>'


SHEETS: dict[str, tuple[Callable[[], str], str]] = {
    "full rows": (lambda: "".join(map(full_row, range(2, 60_000))), "-"),
    "bare rows": (lambda: "".join(map(bare_row, range(2, 120_000))), "D115"),
    "rows without a place": (lambda: "<row><c><v>1</v></c></row>" * 200_000, "L240"),
    "rows out of order": (lambda: "".join(f'<row r="{number}"/>' for number in range(400_000, 1, -1)), "L110"),
    "a row far away": (lambda: "".join(map(full_row, range(2, 20_000))) + far_row("G"), "L108"),
    "a cell far away": (lambda: "".join(map(full_row, range(2, 20_000))) + far_row("AN"), "L240"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_workbook_takes_four_times_what_it_unpacks_to(name: str, tmp_path: Path) -> None:
    """Some megabytes of what a sheet can be: full, almost empty, in no order."""
    make, code = SHEETS[name]
    path, parts = tmp_path / "f.xlsx", sheet(make())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for part, data in parts.items():
            book.writestr(part, data)
    took, codes = weighed("xlsx", path)
    size = sum(map(len, parts.values()))
    assert code in codes.replace(REPEATED, "-").split(","), codes
    assert took <= 4 * size + CONSTANT, (took / MB, size / MB)


def test_a_zip_bomb_takes_next_to_nothing(tmp_path: Path) -> None:
    """A sheet of 300 MB in 300 kB is refused before it is unpacked."""
    path = tmp_path / "f.xlsx"
    parts = unzipped(SEEDS["xlsx"]()[0][1:])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            with book.open(name, "w") as part:
                part.write(data)
                for _ in range(300 if "sheet1" in name else 0):
                    part.write(b" " * MB)
    took, codes = weighed("xlsx", path)
    assert codes == "L163"
    assert took <= CONSTANT
