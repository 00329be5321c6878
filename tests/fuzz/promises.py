"""What every importer promises of any bytes whatever: a file is read whole or not at all, and nothing is silent.

Each promise takes the bytes of one input and raises AssertionError where it is broken; its first byte chooses a
profile, so that a fuzzer can. See decision 14.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from gebiedswerk.cli.terminal import fault_texts
from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Profile, PublicationSettings
from gebiedswerk.dossier.settings_reader import read_settings
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.formats.csv import file as csv_file
from gebiedswerk.formats.forms import Form, form_of
from gebiedswerk.formats.registry import ReadFile, read_file
from gebiedswerk.formats.sheets.of_book import chosen as chosen_sheets
from gebiedswerk.formats.xaf.text import read_text
from gebiedswerk.formats.xlsx import importer
from gebiedswerk.formats.xlsx.parts import open_workbook
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from tests.fuzz import counts, profiles
from tests.fuzz.profiles import Way, delivery

C = TypeVar("C")

MOST_FAULTS = 300
"""Twenty of a sort, in some columns each."""
CATALOGUES = [Messages(language) for language in LANGUAGES]
FOLDER = tempfile.TemporaryDirectory(prefix="fuzz", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)  # noqa: S108
SETTINGS: tuple[type[Any], ...] = (Profile, DeliverySettings, DossierSettings, PublicationSettings)
SAMPLE = "Jaar;Per;Datum;Rekening;Kpl;Tekst;Bedrag\n2025;1;02-01-2025;4300;7110;Feest;1.250,00\n"


def put(name: str, data: bytes) -> Path:
    """A file with these bytes, outside every dossier."""
    path = Path(FOLDER.name) / name
    path.write_bytes(data)
    return path


def told(faults: Sequence[Fault]) -> None:
    """Not thousands of faults, and each can be told in both languages."""
    assert len(faults) < MOST_FAULTS, len(faults)
    for found in faults:
        for messages in CATALOGUES:
            texts = fault_texts(found, messages)
            assert len(texts["message"]) < 3000
            assert not re.search(r"\{[a-z_]+\}", texts["message"]) or "{" in repr(found), texts


def imported(path: Path, way: Way) -> tuple[Delivery, ReadFile, tuple[Fault, ...]]:
    """Read a file: whole (lines, and as many postings), or not at all and then with an error that says why."""
    one = delivery(path, way)
    read, faults = read_file(one)
    told(faults)
    assert read.lines == read.postings.height
    assert bool(read.lines) != bool(errors(faults)), (read.lines, faults)
    if read.lines:
        assert not any(read.postings[name].has_nulls() for name in ("row", "year", "period", "flow", "cents"))
        assert read.postings["row"].is_unique().all()
        assert int(read.postings["cents"].sum()) == read.debit_cents - read.credit_cents
    return one, read, faults


def chosen(data: bytes, choices: Sequence[C]) -> tuple[C, bytes]:
    """What the first byte chooses, and the rest."""
    return choices[data[0] % len(choices)] if data else choices[0], data[1:]


def csv_promise(data: bytes) -> None:
    """CSV: as many postings as rows that are not blank, with their sums in cents; the quick and the slow way agree."""
    way, text = chosen(data, profiles.CSV)
    path = put("f.csv", text)
    one, read, faults = imported(path, way)
    if read.lines and form_of(path) is Form.TEXT:
        rows = counts.csv_rows(text, way.profile)
        assert read.lines == len(rows), (read.lines, len(rows))
        assert (read.debit_cents, read.credit_cents) == counts.sums(rows, way.profile)
    with (
        patch.object(csv_file, "LARGE", 0),
        patch.object(csv_file, "CELLS_AT_ONCE", 9),
        patch.object(csv_file, "LOOK", 9),
    ):
        beside, beside_faults = read_file(one)
    assert beside.postings.equals(read.postings)
    assert beside_faults == faults


def xlsx_promise(data: bytes) -> None:
    """XLSX: as many postings as rows with something in them; the quick reader gives what the careful one gives."""
    way, text = chosen(data, profiles.XLSX)
    path = put("f.xlsx", text)
    one, read, faults = imported(path, way)
    if read.lines and form_of(path) is Form.XLSX:
        with open_workbook(path) as workbook:
            parts = [sheet.part for sheet, _ in chosen_sheets(workbook, way.profile).sheets]
        rows = [row for part in parts for row in counts.xlsx_rows(path, part, way.profile)]
        assert read.lines == len(rows), (read.lines, len(rows))
        assert (read.debit_cents, read.credit_cents) == counts.sums(rows, way.profile)
    with patch.object(importer, "SMALL", -1), patch.object(importer, "SAMPLE", 2):
        quick, quick_faults = read_file(one)
    assert quick.postings.equals(read.postings)
    assert quick_faults == faults


def xaf_promise(data: bytes) -> None:
    """XAF: as many postings as elements `trLine`, wherever they stand."""
    way, text = chosen(data, profiles.XAF)
    path = put("f.xaf", text)
    _, read, _ = imported(path, way)
    if read.lines:
        assert read.lines == counts.xaf_lines(b"".join(read_text(path).pieces()))


def profile_promise(data: bytes) -> None:
    """Settings of any kind: read or refused; with any profile that can be read, a small export is read or refused."""
    kind, text = chosen(data, SETTINGS)
    path = put("p.toml", text)
    found, faults = read_settings(path, "profiles/p.toml", kind)
    told(faults)
    assert (found is None) == bool(errors(faults))
    if isinstance(found, Profile):
        try:
            export = SAMPLE.encode(found.encoding)
        except UnicodeError:
            export = SAMPLE.encode()
        imported(put("f.csv", export), Way(found))


BESIDE_ROWS = frozenset({"D107", "D160", "D161", "D162", "D163"})
"""Faults of a row that is read, or of signs alone that make none."""


def table_promise(data: bytes) -> None:
    """A table of the dossier: every row that is not blank is a row or stands in a fault, unless those are counted."""
    table, text = chosen(data, list(TABLES.values()))
    rows, faults = read_table(put(table.file, text), table)
    told(faults)
    whole = any(found.code in ("D115", "X002") or found.row in (None, 1) for found in faults)
    if not whole and not any(found.code in ("D114", "D121") for found in faults):
        plain = counts.decoded(text)
        head = plain.split("\n", 1)[0]
        mark = max(",;\t", key=head.count)
        filled = [n for n, row in enumerate(counts.records(plain, mark), 1) if any(row)][1:]
        named = {found.row for found in faults if found.code not in BESIDE_ROWS}
        assert sorted({*(row.row for row in rows), *named}) == filled


PROMISES: dict[str, Callable[[bytes], None]] = {
    "csv": csv_promise,
    "xlsx": xlsx_promise,
    "xaf": xaf_promise,
    "profile": profile_promise,
    "table": table_promise,
}
