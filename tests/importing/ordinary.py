"""An ordinary export, taken in by whoever answers what is asked: the questions, and what then lands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gebiedswerk.core.faults import Fault, errors
from gebiedswerk.formats.registry import read_file
from gebiedswerk.importing import Wanted, keep_answers, offered, propose, questions_of
from tests.exports.controller import room
from tests.formats.books import write_sheets

ALWAYS = {"flows.income": "8*", "flows.balance": ""}
"""What whoever makes an export answers without thinking."""
TIMES = 6
HEAD = "Boekjaar;Periode;Grootboekrekening;Kostenplaats;Omschrijving"
Row = tuple[int, int, str, str, int]
TRUE: list[Row] = [
    (2025, 1, "4300", "7110", 125_050),
    (2025, 1, "4310", "7110", 4_007),
    (2025, 2, "4300", "7120", -2_510),
    (2025, 2, "8200", "7120", -30_000),
    (2025, 3, "4310", "7130", 9_999),
    (2025, 4, "4300", "7130", 101),
    (2025, 5, "4420", "7141", 70_030),
    (2025, 6, "4420", "7141", -1_001),
]


def nl(cents: int) -> str:
    """An amount as Dutch packages write it."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def codes(row: Row) -> str:
    """The cells of a posting before its amount."""
    year, period, ledger, centre, _ = row
    return f"{year};{period};{ledger};{centre};Onderhoud"


def text(head: str, *rows: str) -> bytes:
    """A file of these lines."""
    return ("\n".join([head, *rows]) + "\n").encode()


Sheets = Mapping[str, Iterable[Sequence[object]]]


def book(tmp_path: Path, sheets: Sheets) -> bytes:
    """A workbook."""
    tmp_path.mkdir(exist_ok=True)
    return write_sheets(tmp_path / "book.xlsx", sheets).read_bytes()


def cells(row: Row) -> list[object]:
    """The cells of a posting in a sheet."""
    year, period, ledger, centre, cents = row
    return [year, period, int(ledger), int(centre), "Onderhoud", cents / 100]


NAMES: list[object] = [*HEAD.split(";"), "Bedrag"]


@dataclass(frozen=True, slots=True)
class Landed:
    """The settings that were asked about (as far as they are not always asked), what landed, and what was said.

    `rows`: year, period, ledger account, cost centre and cents of each posting, in the order of the file.
    `faults`: where nothing landed, why.
    """

    asked: list[str]
    rows: list[tuple[int, int, str, str, int]]
    said: list[str]
    faults: tuple[Fault, ...] = ()


def landed(folder: Path, data: bytes, suffix: str, answers: Mapping[str, str]) -> Landed:
    """Propose a profile for a file, answer until nothing is asked, and read what lands.

    `answers`: setting → answer, or fault → `setting=answer` where the answer is that of another setting.
    """
    folder.mkdir(exist_ok=True)
    found = room(folder)
    file = folder / f"export.{suffix}"
    file.write_bytes(data)
    proposed = propose(found.place, file, "p", found.messages)
    assert proposed.value is not None, proposed.faults
    wanted = Wanted(file, "p", administration="WD", exported_at=datetime.fromisoformat("2026-02-01"))
    asked: list[str] = []
    for _ in range(TIMES):
        told = keep_answers(found.dossier, wanted, write=True)
        assert told.value is not None, told.faults
        offer = offered(found.dossier, told.value)
        if offer.value is not None and not errors(offer.faults):
            lands, _ = read_file(offer.value.delivery)
            names = ("year", "period", "ledger_account", "cost_centre", "cents")
            return Landed(asked, list(lands.postings.select(names).iter_rows()), _codes(offer.faults))
        given = []
        for one in questions_of(wanted, offer.faults):
            key, answer = one.key, answers.get(one.fault.code, answers.get(one.key, ALWAYS.get(one.key)))
            if one.fault.code in answers:
                key, _, answer = answers[one.fault.code].partition("=")
            asked += [one.key] if one.key not in ALWAYS and one.key not in asked else []
            if key == "years" and answer:
                wanted = replace(wanted, years=(int(answer),))
            elif answer is not None:
                given.append((key, answer))
        wanted = replace(wanted, answers=tuple(given))
        if not given and not wanted.years:
            break
    return Landed(asked, [], _codes(offer.faults), tuple(offer.faults))


def _codes(faults: object) -> list[str]:
    return sorted({one.code for one in faults})  # type: ignore[attr-defined]
