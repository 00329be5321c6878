"""The form of an Iv3 delivery (CBS, Iv3 data schema 2.1), and what of it we keep.

The contact person and the remarks are looked at for their form alone: neither is kept, and no fault shows them.
Source: `iv3_data_schema_v2_1_1.json` of the CBS; the codes SF001 to SF017 are those of its `fouten.json`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gebiedswerk.core.faults import Checked, Fault, capped, fault

LEVELS = ("Gemeente", "Provincie", "GR")
STATUSES = ("Begroting", "Realisatie")
TIME = re.compile(r"(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\[0-9]+)?(Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?$")
PARTS: Mapping[
    str, tuple[str, str, str, str]
] = {  # the codes of a row and what it says; and the CBS code where the part is missing
    "lasten": ("taakveld", "categorie", "bedrag", "SF012"),
    "baten": ("taakveld", "categorie", "bedrag", "SF011"),
    "balans_lasten": ("balanscode", "categorie", "bedrag", "SF014"),
    "balans_baten": ("balanscode", "categorie", "bedrag", "SF013"),
    "balans_standen": ("balanscode", "standper", "bedrag", "SF015"),
    "kengetallen": ("verslagperiode", "kengetal", "waarde", ""),
    "beleidsindicatoren": ("verslagperiode", "beleidsindicator", "waarde", ""),
}
TEXTS = ("overheidsnummer", "overheidsnaam", "financieel_pakket", "export_software")
CONTACT = ("naam", "email", "telefoon")
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Iv3Row:
    """One row: its two codes as written, its place in its part (from 1), its amount in the unit of the file.

    `decimals`: how many the amount was written with. Key figures and indicators have no amount: 0.
    """

    number: int
    codes: tuple[str, str]
    amount: Fraction = Fraction(0)
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Iv3:
    """One Iv3 delivery: of which government, year and period (0 budget, 1 to 4 quarters, 5 annual accounts)."""

    file: str
    level: str
    number: str
    year: int
    period: int
    status: str
    parts: Mapping[str, tuple[Iv3Row, ...]]

    @property
    def of_accounts(self) -> bool:
        """Whether it is what the annual accounts came to: what a whole year of the ledger must add up to."""
        return self.status == "Realisatie" and self.period == 5


@dataclass(slots=True)
class Notes:
    """The faults of one file, in the words of the CBS where the dossier holds them."""

    file: str
    texts: Texts
    found: list[Fault]

    def missing(self, place: str, cbs: str) -> None:
        """A required part that is not there (R102)."""
        self.found.append(fault("R102", self.file, None, place, cbs=cbs_words(cbs, self.texts)))

    def unknown(self, place: str, cbs: str) -> None:
        """A key that the schema does not know (R103)."""
        self.found.append(fault("R103", self.file, None, place, cbs=cbs_words(cbs, self.texts)))

    def wrong(
        self, place: str, cbs: str, kind: str, value: object = None, choices: str = "", row: int | None = None
    ) -> None:
        """A value of the wrong kind (R104); `row`: which of its part, from 1."""
        self.found.append(wrong_value(self.file, place, kind, value, choices, row, cbs_words(cbs, self.texts)))


def wrong_value(
    file: str, place: str, kind: str, value: object, choices: str = "", row: int | None = None, cbs: str = "SF999"
) -> Fault:
    """A value of the wrong kind (R104). Without `value` it is not shown."""
    written = None if value is None else printable(value)
    shown = "" if written is None else f": ‘{written}’"
    return fault("R104", file, row, place, written, kind=kind, choices=choices, cbs=cbs, shown=shown)


def cbs_words(code: str, texts: Texts) -> str:
    """`DF001 (onjuiste taakveld-code gebruikt)`; the code alone where the dossier does not hold its text."""
    return f"{code} ({texts[code]})" if code in texts else code


def printable(value: object) -> str:
    """Any value of JSON as text that can be written, however odd its characters."""
    return str(value).encode("utf-8", "replace").decode()


def parse_iv3(found: Any, file: str, texts: Texts) -> Checked[Iv3 | None]:
    """Read an Iv3 delivery out of JSON. Returns None where a code or an amount is not to be trusted."""
    notes = Notes(file, texts, [])
    whole = found if isinstance(found, dict) else {}
    for name in _others(whole, ("metadata", "contact", "opmerkingen", "data")):
        notes.unknown(name, "SF999")
    metadata = _metadata(whole, notes)
    _contact(whole, notes)
    _remarks(whole, notes)
    parts = _parts(whole, notes)
    if notes.found:
        return Checked(None, tuple(capped(notes.found)))
    names = ("overheidslaag", "overheidsnummer", "boekjaar", "periode", "status")
    level, number, year, period, status = (metadata[name] for name in names)
    return Checked(Iv3(file, level, number, int(year), int(period), status, parts))


def _others(found: dict[str, Any], known: Collection[str]) -> list[str]:
    """The keys that are not known, in order."""
    return sorted(printable(name) for name in found if name not in known)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:
    """A whole number; `2019.0` is one too, as JSON has it."""
    return _is_number(value) and value == int(value)


def _is_number(value: Any) -> bool:
    return type(value) is int or isinstance(value, Decimal) and -30 <= value.adjusted() <= 30


def is_amount(value: Any) -> bool:
    """A number that an amount can be: below ten thousand billion, and not written in hundreds of digits."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return _is_number(value) and abs(value) < 10**13 and isinstance(exponent, int) and exponent >= -30


METADATA: Mapping[str, tuple[str, Callable[[Any], bool], str]] = {  # key: kind, whether it holds, choices
    "overheidslaag": ("choice", lambda value: value in LEVELS, ", ".join(LEVELS)),
    "boekjaar": ("year", lambda value: _is_whole(value) and 1900 <= value < 2100, ""),
    "periode": ("choice", lambda value: _is_whole(value) and 0 <= value <= 5, "0, 1, 2, 3, 4, 5"),
    "status": ("choice", lambda value: value in STATUSES, ", ".join(STATUSES)),
    "datum": ("iv3_moment", lambda value: _is_text(value) and len(value) < 100 and bool(TIME.search(value)), ""),
    "details_openbaar": ("true_false", lambda value: isinstance(value, bool), ""),
    **dict.fromkeys(TEXTS, ("text", _is_text, "")),
}


def _metadata(whole: dict[str, Any], notes: Notes) -> dict[str, Any]:
    found = whole.get("metadata")
    if not isinstance(found, dict):
        notes.missing("metadata", "SF001")
        return {}
    for name in _others(found, METADATA):
        notes.unknown(f"metadata.{name}", "SF003")
    for name, (kind, holds, choices) in METADATA.items():
        if name not in found:
            notes.missing(f"metadata.{name}", "SF002")
        elif not holds(found[name]):
            notes.wrong(f"metadata.{name}", "SF004", kind, found[name], choices)
    return found


def _contact(whole: dict[str, Any], notes: Notes) -> None:
    """Who may be asked: there, in text, with a name. What it says is never kept or shown."""
    found = whole.get("contact")
    if not isinstance(found, dict):
        notes.missing("contact", "SF005")
        return
    for _ in _others(found, CONTACT):
        notes.unknown("contact", "SF007")
    for name in CONTACT:
        if name not in found:
            notes.missing(f"contact.{name}", "SF006")
        elif not _is_text(found[name]):
            notes.wrong(f"contact.{name}", "SF008", "text")
    if _is_text(found.get("naam")) and not found["naam"].strip():
        notes.wrong("contact.naam", "SF009", "text")


def _remarks(whole: dict[str, Any], notes: Notes) -> None:
    """Remarks have a text, and perhaps an author; neither is kept or shown."""
    remarks = whole.get("opmerkingen", [])
    if not isinstance(remarks, list):
        notes.wrong("opmerkingen", "SF999", "table")
        return
    for number, remark in enumerate(remarks, start=1):
        right = isinstance(remark, dict) and "tekst" in remark and remark.keys() <= {"tekst", "auteur"}
        if not right or not all(map(_is_text, remark.values())):
            notes.wrong("opmerkingen", "SF999", "text", row=number)


def _parts(whole: dict[str, Any], notes: Notes) -> dict[str, tuple[Iv3Row, ...]]:
    data = whole.get("data")
    if not isinstance(data, dict):
        notes.missing("data", "SF010")
        return {}
    for name in _others(data, PARTS):
        notes.unknown(f"data.{name}", "SF999")
    for name, (*_, cbs) in PARTS.items():
        if cbs and not isinstance(data.get(name), list):
            notes.missing(f"data.{name}", cbs)
        elif not isinstance(data.get(name, []), list):
            notes.wrong(f"data.{name}", "SF999", "table")
    given = {name: rows for name in PARTS if isinstance(rows := data.get(name, []), list)}
    return {name: tuple(_rows(name, rows, notes)) for name, rows in given.items()}


def _rows(part: str, rows: list[Any], notes: Notes) -> list[Iv3Row]:
    """The rows of one part that are right; of the free `details` nothing is read."""
    *names, amount, _ = PARTS[part]
    made = []
    for number, row in enumerate(rows, start=1):
        before = len(notes.found)
        found = row if isinstance(row, dict) else {}
        for name in [name for name in (*names, amount) if name not in found]:
            notes.missing(f"data.{part}.{name}", "SF017" if name == "bedrag" else "SF016")
        for name in [name for name in names if name in found and not _is_code(found[name])]:
            notes.wrong(f"data.{part}.{name}", "SF999", "iv3_code", found[name], row=number)
        _details(part, found, number, notes)
        _amount(part, amount, found, number, notes)
        if len(notes.found) == before:
            made.append(_row(number, (found[names[0]], found[names[1]]), found[amount]))
    return made


def _is_code(value: Any) -> bool:
    """A code is text: `0.10` is not `0.1`, so a number is none."""
    return _is_text(value) and re.fullmatch(r"[\w.][\w .-]{0,29}", value, re.ASCII) is not None


def _details(part: str, found: dict[str, Any], number: int, notes: Notes) -> None:
    """Details are free, but an object; what stands in there is never read. A row without an amount has nothing else."""
    for name in _others(found, PARTS[part][:3]) if "bedrag" not in PARTS[part] else ():
        notes.unknown(f"data.{part}.{name}", "SF999")
    if "details" in found and not isinstance(found["details"], dict):
        notes.wrong(f"data.{part}.details", "SF999", "table", row=number)


def _amount(part: str, name: str, found: dict[str, Any], number: int, notes: Notes) -> None:
    if name in found:
        right = is_amount(found[name]) if name == "bedrag" else _is_text(found[name])
        if not right:
            kind = "iv3_amount" if name == "bedrag" else "text"
            cbs = "SF017" if found[name] in (None, "") else "SF999"
            notes.wrong(f"data.{part}.{name}", cbs, kind, found[name], row=number)


def _row(number: int, codes: tuple[str, str], value: Any) -> Iv3Row:
    if isinstance(value, str):
        return Iv3Row(number, codes)
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return Iv3Row(number, codes, Fraction(value), max(-int(exponent), 0))
