"""An audit file of 200 MB to postings in Parquet, against bare lxml that only takes the same elements out."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import measure, report, row

MEGABYTES = 200
NAMESPACE = "http://www.auditfiles.nl/XAF/3.2"
FLOOR = f"""
import sys, polars as pl
from lxml import etree
names = ["nr", "accID", "docRef", "desc", "amnt", "amntTp", "costID", "projID"]
cut = len("{{{NAMESPACE}}}")
frames, columns = [], {{name: [] for name in names}}
safe = {{"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}}
for _, line in etree.iterparse(sys.argv[1], events=("end",), tag="{{{NAMESPACE}}}trLine", **safe):
    cells = {{child.tag[cut:]: child.text for child in line}}
    for name in names:
        columns[name].append(cells.get(name))
    line.clear()
    while line.getprevious() is not None:
        del line.getparent()[0]
    if len(columns["nr"]) == 50_000:
        frames.append(pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)))
        columns = {{name: [] for name in names}}
frames.append(pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)))
pl.concat(frames).write_parquet(sys.argv[2])
"""
OURS = """
import sys
from datetime import datetime
from pathlib import Path
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings
from gebiedswerk.formats.registry import read_file
path = Path(sys.argv[1])
settings = DeliverySettings(path.name, DeliveryKind.REALISED, "T", [2024], datetime(2025, 1, 1), "p")
read, faults = read_file(Delivery(id="d", file=path.name, path=path, sha256="", settings=settings, profile=Profile()))
assert read.lines and not faults, faults
read.postings.write_parquet(sys.argv[2])
"""


def transactions(dice: random.Random, size: int) -> Iterator[tuple[str, int, int]]:
    """Transactions of two to four lines that balance, until there are `size` bytes: text, lines and cents."""
    number = written = 0
    while written < size:
        number += 1
        period = dice.randrange(1, 13)
        day = f"2024-{period:02d}-{dice.randrange(1, 29):02d}"
        debits = [dice.randrange(1, 5_000_000) for _ in range(dice.choice([1, 1, 2, 3]))]
        sides = [*((cents, "D") for cents in debits), (sum(debits), "C")]
        text = f"\n\t<transaction>\n\t\t<nr>{number}</nr>\n\t\t<desc>Boeking</desc>"
        text += f"\n\t\t<periodNumber>{period}</periodNumber>\n\t\t<trDt>{day}</trDt>"
        for at, (cents, side) in enumerate(sides, start=1):
            cells = {
                "nr": at,
                "accID": 4000 + dice.randrange(200) if side == "D" else 1600,
                "docRef": f"F{number}",
                "effDate": day,
                "desc": f"Factuur wijkgericht werken {dice.randrange(99_999)}",
                "amnt": f"{cents // 100}.{cents % 100:02d}",
                "amntTp": side,
                "costID": 7000 + dice.randrange(300),
                "projID": f"P{dice.randrange(999)}",
            }
            inner = "".join(f"\n\t\t\t<{name}>{cell}</{name}>" for name, cell in cells.items())
            text += f"\n\t\t<trLine>{inner}\n\t\t</trLine>"
        text += "\n\t</transaction>"
        written += len(text)
        yield text, len(sides), sum(debits)


def write(path: Path, size: int) -> int:
    """A file that breaks no rule of the standard; how many lines it has. Twice through the dice: first the totals."""
    lines = cents = 0
    for _, count, sum_cents in transactions(random.Random(1), size):
        lines, cents = lines + count, cents + sum_cents
    total = f"{cents // 100}.{cents % 100:02d}"
    accounts = [(1600, "B"), *((4000 + at, "P") for at in range(200))]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<auditfile xmlns="{NAMESPACE}">\n')
        file.write("<header><fiscalYear>2024</fiscalYear><curCode>EUR</curCode></header>\n<company><generalLedger>")
        for account, kind in accounts:
            file.write(f"<ledgerAccount><accID>{account}</accID><accTp>{kind}</accTp></ledgerAccount>")
        file.write(f"</generalLedger>\n<transactions><linesCount>{lines}</linesCount>")
        file.write(f"<totalDebit>{total}</totalDebit><totalCredit>{total}</totalCredit><journal>")
        file.writelines(text for text, _, _ in transactions(random.Random(1), size))
        file.write("</journal></transactions></company></auditfile>\n")
    return lines


def main(folder: Path) -> None:
    """Make the file, measure, and write the report."""
    path = folder / "ledger.xaf"
    lines = write(path, MEGABYTES * 1_000_000)
    commands = {
        "bare lxml": [sys.executable, "-c", FLOOR, str(path), str(folder / "floor.parquet")],
        "XAF importer": [sys.executable, "-c", OURS, str(path), str(folder / "ours.parquet")],
    }
    found = measure(commands, os.environ)
    floor = found["bare lxml"]
    rows = [
        row("bare lxml to Parquet, no checks", floor),
        row("XAF importer", found["XAF importer"], floor, "1.5 times"),
    ]
    size = path.stat().st_size // 1_000_000
    report("XAF", rows, f"{lines} lines, {size} MB, to Parquet, five rounds.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
