"""A CSV export through a profile: the package's columns, marks and signs become postings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from gebiedswerk.core.attribution import NoPattern, Pattern, parse_pattern
from gebiedswerk.core.dutch import parse_cents, parse_date
from gebiedswerk.core.faults import Fault, capped, errors, fault
from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.records import read_records
from gebiedswerk.dossier.rows import whole_columns
from gebiedswerk.ledger.postings import CODES, DELIVERED, frame

REQUIRED = ("year", "period")
TEXTS = (*CODES, "description")
KNOWN = (*REQUIRED, "amount", "debit", "credit", "booked_on", *TEXTS)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What stands in one delivered file. `postings` is empty where a row or column could not be read."""

    postings: pl.DataFrame
    lines: int = 0
    debit_cents: int = 0
    credit_cents: int = 0


def read_csv(delivery: Delivery) -> tuple[ReadFile, list[Fault]]:
    """Read a delivery. It lands whole or not at all: with any error there are no postings."""
    nothing = ReadFile(frame([], DELIVERED))
    records, faults = _records(delivery)
    faults = faults or _column_faults(records[0], delivery)
    if faults:
        return nothing, faults
    postings, faults = _postings(records, delivery)
    if errors(faults):
        return nothing, whole_columns(faults, len(records) - 1, delivery.file)
    return _with_totals(postings), capped(faults)


def _records(delivery: Delivery) -> tuple[list[list[str]], list[Fault]]:
    """The file as records of text, the header first; blank lines keep their number."""
    profile = delivery.profile
    data = delivery.path.read_bytes()
    try:
        text = data.decode(profile.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        row = data[: problem.start].count(b"\n") + 1
        return [], [fault("L109", delivery.file, row, encoding=profile.encoding)]
    if "\0" in text:
        return [], [fault("L117", delivery.file, text[: text.index("\0")].count("\n") + 1)]
    records, broken = read_records(text, profile.delimiter)
    if broken is not None:
        return [], [fault("L121", delivery.file, broken)]
    return (records, []) if any(records[1:]) else ([], [fault("L110", delivery.file)])


def _column_faults(header: list[str], delivery: Delivery) -> list[Fault]:
    """Every column that the profile names stands once in the file, and the profile names all we need."""
    profile_file = f"profiles/{delivery.settings.profile}.toml"
    names = Counter(name.strip() for name in header)
    wanted = set(delivery.profile.columns)
    needed = [*REQUIRED, *(["amount"] if "amount" in wanted else ["debit", "credit"])]
    faults = [fault("L103", profile_file, None, f"columns.{name}") for name in needed if name not in wanted]
    faults += [
        fault("L102", profile_file, None, f"columns.{name}", name, known=", ".join(KNOWN))
        for name in sorted(wanted - set(KNOWN))
    ]
    for column in dict.fromkeys([*delivery.profile.columns.values(), delivery.profile.flows.column]):
        if names[column] != 1:
            code = "L119" if names[column] else "L104"
            faults.append(fault(code, delivery.file, 1, column, column, present=", ".join(names)))
    faults += _pattern_faults(delivery.profile, profile_file)
    return faults


def _pattern_faults(profile: Profile, file: str) -> list[Fault]:
    """Patterns of flows that are no patterns."""
    faults = []
    for name in ("income", "reserve_in", "reserve_out"):
        for text in getattr(profile.flows, name):
            try:
                parse_pattern(text)
            except NoPattern:
                faults.append(fault("D105", file, None, f"flows.{name}", text, kind="pattern", choices=""))
    return faults


def _postings(records: list[list[str]], delivery: Delivery) -> tuple[list[dict[str, Any]], list[Fault]]:
    header = [name.strip() for name in records[0]]
    flows = _flow_patterns(delivery.profile)
    rows, faults = [], []
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(header):
            faults.append(fault("L118", delivery.file, number, cells=len(record), columns=len(header)))
            continue
        cells = dict(zip(header, (cell.strip() for cell in record), strict=True))
        posting, found = _posting(cells, number, delivery, flows)
        rows.append(posting)
        faults += found
    return rows, faults


def _flow_patterns(profile: Profile) -> list[tuple[str, Pattern]]:
    named = {name: getattr(profile.flows, name) for name in ("income", "reserve_in", "reserve_out")}
    return [(name, parse_pattern(text)) for name, texts in named.items() for text in texts]


def _posting(
    cells: Mapping[str, str], number: int, delivery: Delivery, flows: list[tuple[str, Pattern]]
) -> tuple[dict[str, Any], list[Fault]]:
    """One record as a posting, with every fault in it."""
    profile, settings = delivery.profile, delivery.settings
    faults: list[Fault] = []

    def note(code: str, name: str, **facts: object) -> None:
        faults.append(fault(code, delivery.file, number, profile.columns[name], cells[profile.columns[name]], **facts))

    def cents(name: str) -> int:
        amount = parse_cents(cells[profile.columns[name]] or "0", profile.decimal, profile.thousands)
        if amount is None or cells[profile.columns[name]] == "" and name == "amount":
            note("L106", name, decimal=profile.decimal)
        return amount or 0

    def whole(name: str, allowed: list[int]) -> int | None:
        text = cells[profile.columns[name]]
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
        if value is None:
            note("L108", name)
        elif value not in allowed:
            note("L116", name, allowed=_span(allowed))
        return value

    split_amount = "amount" not in profile.columns
    debit, credit = (cents("debit"), cents("credit")) if split_amount else (cents("amount"), 0)
    year = whole("year", settings.years)
    posting = {
        "delivery": delivery.id,
        "row": number,
        "administration": settings.administration,
        "year": year,
        "period": whole("period", settings.periods),
        "booked_on": _booked_on(cells, profile, year, note),
        "kind": settings.kind.value,
        "flow": next((n for n, p in flows if p.matches(cells[profile.flows.column])), "costs"),
        "cents": debit - credit,
        "debit": debit if split_amount else max(debit, 0),
        "credit": credit if split_amount else max(-debit, 0),
        **{name: cells[profile.columns[name]] if name in profile.columns else "" for name in TEXTS},
    }
    return posting, faults


def _booked_on(cells: Mapping[str, str], profile: Profile, year: int | None, note: Any) -> date | None:
    """The booking day, if any. A far-off day is a warning: the ledger's year decides (BBV art. 2)."""
    if "booked_on" not in profile.columns or not cells[profile.columns["booked_on"]]:
        return None
    day: date | None = parse_date(cells[profile.columns["booked_on"]], profile.date)
    if day is None:
        note("L107", "booked_on", pattern=profile.date)
    elif year is not None and not date(year - 1, 7, 1) <= day <= date(year + 1, 12, 31):
        note("L120", "booked_on", year=year)
    return day


def _span(values: list[int]) -> str:
    whole = values == list(range(min(values), max(values) + 1)) and len(values) > 2
    return f"{min(values)}–{max(values)}" if whole else ", ".join(map(str, values))


def _with_totals(rows: list[dict[str, Any]]) -> ReadFile:
    return ReadFile(
        frame(rows, DELIVERED),
        len(rows),
        sum(row["debit"] for row in rows),
        sum(row["credit"] for row in rows),
    )
