"""A CSV export in pieces: what happens to it on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier import read
from gebiedswerk.ledger.importers import csv_file
from gebiedswerk.ledger.importers.csv_text import CsvText, read_text
from tests.ledger.importers.books import read_book
from tests.ledger.importers.test_tolerance import PLAIN
from tests.small import Small
from tests.town import edit


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_file_that_changes_while_it_is_read(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was readable when we looked, and holds a byte that is no letter when we read: said as such, at its row."""
    town = Small(lines={"A": None}, years=(2019,), postings=[(2019, "A", 1)]).write(tmp_path / "town")
    edit(town, "profiles/p.toml", "utf-8", encoding)
    dossier = read(town).value
    assert dossier is not None
    delivery = dossier.deliveries[0]
    looks: Iterator[tuple[CsvText, list[Fault]]] = iter([(CsvText(delivery.path, encoding, plain=False), [])])
    monkeypatch.setattr(csv_file, "read_text", lambda one: next(looks, None) or read_text(one))
    delivery.path.write_bytes(delivery.path.read_bytes().rstrip() + b"\n2019;2;;4300;k\x81;2")
    found, faults = csv_file.CsvImporter().read(delivery)
    assert (found.lines, [(one.code, one.row) for one in faults]) == (0, [("L109", 3)])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8", "cp037"])
def test_an_encoding_in_which_plain_letters_are_written_otherwise(encoding: str, tmp_path: Path) -> None:
    """A file without one special letter, and without a mark that says its encoding: the profile does."""
    path = tmp_path / "f.csv"
    path.write_bytes(
        ("\n".join([";".join(PLAIN.columns.values()), "2019;3;43800;7110;x;1,50"]) + "\n").encode(encoding)
    )
    found, faults = read_book(path, replace(PLAIN, encoding=encoding))
    assert (found.debit_cents, faults) == (150, [])
