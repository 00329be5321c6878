"""A workbook of a million rows to postings, against the bare Rust reader that only gives a frame."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter
from measure import measure, report, row

ROWS = 1_000_000
HEADERS = "Boekjaar Periode Boekdatum Grootboek Kostenplaats Categorie Omschrijving Debet Credit".split()
FLOOR = """
import sys, fastexcel
print(fastexcel.read_excel(sys.argv[1]).load_sheet(0, schema_sample_rows=None).to_polars().height)
"""
OURS = f"""
import sys
from datetime import datetime
from pathlib import Path
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, Flows, Profile
from gebiedswerk.formats.registry import read_file
names = "year period booked_on ledger_account cost_centre category description debit credit".split()
profile = Profile(dict(zip(names, {HEADERS})), Flows("Grootboek", ["8*"]))
path = Path(sys.argv[1])
settings = DeliverySettings(path.name, DeliveryKind.REALISED, "T", [2019], datetime(2020, 1, 1), "p")
read, faults = read_file(Delivery("d", path, path.name, "", settings, profile))
assert read.lines == {ROWS} and not faults, faults
"""


def write(path: Path) -> None:
    """Made-up postings as Excel would hold them: codes as numbers and as text, days as days, amounts as floats."""
    dice, first = random.Random(1), datetime(2019, 1, 1)  # noqa: DTZ001 - a day in a cell has no zone
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd-mm-yyyy"}) as book:
        sheet = book.add_worksheet("Boekingen")
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, ROWS + 1):
            day = first + timedelta(days=dice.randrange(365))
            account, centre = dice.choice((43800, 43100, 83000, 41000)), str(7100 + dice.randrange(400))
            amount = round(dice.lognormvariate(6, 1.5), 2)
            text = f"Factuur {dice.randrange(10**6)} leverancier"
            sides = (amount, None) if dice.random() < 0.8 else (None, amount)
            sheet.write_row(row, 0, (2019, day.month, day, account, centre, "3.8", text, *sides))


def main(folder: Path) -> None:
    """Make the workbook, measure, and write the report."""
    path = folder / "b.xlsx"
    write(path)
    commands = {
        "bare fastexcel": [sys.executable, "-c", FLOOR, str(path)],
        "XLSX importer": [sys.executable, "-c", OURS, str(path)],
    }
    found = measure(commands, os.environ)
    floor = found["bare fastexcel"]
    rows = [row("bare fastexcel", floor), row("XLSX importer", found["XLSX importer"], floor, "1.5 times")]
    report("XLSX", rows, f"{ROWS} rows, {path.stat().st_size // 1_000_000} MB, five rounds.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
