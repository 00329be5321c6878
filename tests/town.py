"""Change a dossier in a test, and build small ones."""

from __future__ import annotations

import csv
import re
from pathlib import Path

DELIVERY = "deliveries/grootboek-2026-03"
EXPORT = f"{DELIVERY}/grootboek.csv"
TEXT = "publications/jaarrekening-2025/index.md"
CENTRES = {"7100": "ALG", "7110": "BIN", "7120": "NRD", "7130": "HAV", "7140": "OST", "7149": "OST-W"}


def edit(dossier: Path, file: str, old: str, new: str, encoding: str = "utf-8") -> None:
    """Replace the first `old` in a file; it must be there."""
    path = dossier / file
    text = path.read_bytes().decode(encoding)
    assert old in text, f"{old!r} does not stand in {file}"
    path.write_bytes(text.replace(old, new, 1).encode(encoding))


def append(dossier: Path, file: str, line: str, encoding: str = "utf-8") -> None:
    """Add a line to a file."""
    path = dossier / file
    path.write_bytes(path.read_bytes() + f"{line}\n".encode(encoding))


def cents(text: str) -> int:
    """'1.234,56' → 123456."""
    whole, _, rest = text.replace(".", "").partition(",")
    return int(whole or 0) * 100 + int(rest or 0)


def euros(amount: int) -> str:
    """123456 → '1234,56', as a package may also write it."""
    return f"{amount // 100},{amount % 100:02d}"


def export_rows(dossier: Path) -> list[dict[str, str]]:
    """The rows of the export, the first being row 2."""
    text = (dossier / EXPORT).read_bytes().decode("windows-1252")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def add_to_posting(dossier: Path, row: int, amount: int) -> None:
    """Add cents to the debit (or take them from the credit) of one row of the export, and to its control total."""
    path = dossier / EXPORT
    lines = path.read_bytes().decode("windows-1252").split("\r\n")
    cells = lines[row - 1].split(";")
    side = 7 if cells[7] else 8
    cells[side] = euros(cents(cells[side]) + (amount if side == 7 else -amount))
    lines[row - 1] = ";".join(cells)
    path.write_bytes("\r\n".join(lines).encode("windows-1252"))
    toml = dossier / DELIVERY / "delivery.toml"
    key, change = ("debit", amount) if side == 7 else ("credit", -amount)
    text = toml.read_text("utf-8")
    found = re.search(rf'{key} = "([^"]*)"', text)
    assert found is not None
    toml.write_text(text.replace(found[0], f'{key} = "{euros(cents(found[1]) + change)}"'), "utf-8")
