"""What an import takes of memory, in a process of its own: four times the file, and a constant.

A column of texts takes 16 bytes for each cell, however short; that is counted apart, for a file of empty cells holds
next to nothing else. A workbook is held against what it unpacks to. See decision 14.
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
CELL = 16
HEADER = "Jaar;Per;Datum;Rekening;Kpl;Tekst;Debet;Credit\n"
ROW = "2025;1;02-01-2025;4300;7110;Bloembakken in de straat;1.250,03;\n"
LINE = "<nr>1</nr><accID>1600</accID><docRef>B</docRef><amnt>1.00</amnt><amntTp>D</amntTp>"


def xaf(*inside: str) -> str:
    """An audit file with this among its lines."""
    text = (XAF / "wijken-3.2.xaf").read_text("utf-8")
    return text.replace("<trLine>", "".join(inside) + "<trLine>", 1)


FILES: dict[str, tuple[str, Callable[[], str], str]] = {
    "a plain export": ("csv", lambda: HEADER + ROW * 90_000, "-"),
    "a quoted export": ("csv", lambda: HEADER + ROW.replace("4300", '"4300"') * 90_000, "-"),
    "a line without end": ("csv", lambda: HEADER + ";" * 6 * MB, "L110"),
    "a cell without end": ("csv", lambda: HEADER + ROW.replace("straat", "straat" * MB), "L121"),
    "a quote that is never closed": ("csv", lambda: HEADER + '2025;1;"' + ROW * 90_000, "L121"),
    "a million blank rows": ("csv", lambda: HEADER + ";;;;;;;\n" * MB, "L110"),
    "millions of line ends": ("csv", lambda: HEADER + "\n" * 6 * MB, "L110"),
    "every amount wrong": ("csv", lambda: HEADER + ROW.replace("03", "--") * 90_000, "D115"),
    "many lines": ("xaf", lambda: xaf(*[f"<trLine>{LINE}</trLine>"] * 50_000), "L133"),
    "a text without end": ("xaf", lambda: xaf("<desc>", "x" * 9 * MB, "</desc>"), "L140"),
    "elements within each other": ("xaf", lambda: xaf("<a>" * 2 * MB), "L140"),
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
    path.write_text(make(), "utf-8")
    took, codes = weighed(kind, path)
    size, cells = path.stat().st_size, make().count(";") if kind == "csv" else 0
    assert code in codes.split(",")
    assert took <= 4 * size + CELL * cells + CONSTANT, (took / MB, size / MB)


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
