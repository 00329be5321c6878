"""What one cell of a table may hold: each kind reads text, says `None` where it cannot, and writes what it read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from gebiedswerk.core.addresses import refusal_of_address
from gebiedswerk.core.filenames import LONGEST_NAME, Refusal, refusal_of_name
from gebiedswerk.core.matching import NoPattern, Pattern, parse_pattern, pattern_text
from gebiedswerk.core.money import in_reach
from gebiedswerk.core.subject import CODE
from gebiedswerk.core.words import TextKind
from gebiedswerk.language.numbers_and_dates import parse_date, parse_hand_cents


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of cell; `name` is also the key of its explanation in the catalogue (`kind.<name>`).

    `read` and `write` are each other's opposite: what is written of a value is read as that value. `words` says of a
    text what it is, and so which numbers may stand in it. `refusal`: of a cell that becomes a file or an address, why
    it cannot.
    """

    name: str
    read: Callable[[str], object | None]
    write: Callable[[Any], str] = str
    words: TextKind | None = None
    refusal: Callable[[str], Refusal | None] = lambda cell: None


@dataclass(frozen=True, slots=True)
class RefersTo:
    """A code that stands in another table (`areas`), in the first column of its key."""

    table: str


@dataclass(frozen=True, slots=True)
class Public:
    """A column that goes from its row to the public ledger and the open data, where it is called `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: `optional` says that an empty cell takes `default`; `refers_to` names a table, `public`
    how the public ledger calls it (empty: it is not in it).
    """

    name: str
    kind: Kind
    optional: bool
    default: object
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    public: str = ""


def hints_of(rows: Any) -> Mapping[str, Any]:
    """What each field of a class of rows or settings is, with its kind, limits and words; a class is looked at once."""
    return _hints(rows)


@cache  # cache: by a class, which is source
def _hints(rows: Any) -> Mapping[str, Any]:
    return get_type_hints(rows, include_extras=True)


def plain_hint(hint: Any) -> Any:
    """What a field is where it is filled: of `AreaCode | None` the code."""
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def table_of(hint: Any) -> str:
    """The table to which a kind of cell refers; empty for none."""
    parts = get_args(plain_hint(hint))
    return next((part.table for part in parts if isinstance(part, RefersTo)), "")


def public_name(hint: Any) -> str:
    """How the public ledger calls a kind of cell; empty where it does not hold it."""
    parts = get_args(plain_hint(hint))
    return next((part.name for part in parts if isinstance(part, Public)), "")


def references_of(rows: Any) -> tuple[tuple[str, str], ...]:
    """The columns of a class of rows that refer to another table, each with that table."""
    return tuple((name, table) for name, hint in hints_of(rows).items() if (table := table_of(hint)))


def _refusal_of_slug(cell: str) -> Refusal | None:
    return refusal_of_name(cell, LONGEST_NAME)


def _text(cell: str) -> str:
    return cell


def _code(cell: str) -> str | None:
    return cell if CODE.fullmatch(cell) else None


def _slug(cell: str) -> str | None:
    return cell if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell) else None


def _year(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"(19|20)[0-9]{2}", cell) else None


def _day(cell: str) -> date | None:
    if "-" in cell[:3]:
        return parse_date(cell, "d-m-jjjj")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


EUROS = re.compile(
    r"(?:(?P<before>[-−+])\s*)?(?:(?:€|EUR)\s*)?(?:(?P<sign>[-−+])\s*)?(?P<digits>[0-9.,]+)(?:\s*(?P<behind>[-−]))?"
)
"""Blanks stand behind a sign that is there, in one place each: a pattern with two in a row would try all divisions."""
NIL = re.compile(r"€\s*-")


def _cents(cell: str) -> int | None:
    """An amount as people and spreadsheets write it: `1250`, `1.250,00`, `€ 1.250,00`, `€ -1.250,00`, `€ -` (nil)."""
    if NIL.fullmatch(cell):
        return 0
    found = EUROS.fullmatch(cell)
    signs = [found[name] for name in ("before", "sign", "behind") if found[name]] if found else []
    return in_reach(parse_hand_cents("".join(signs) + found["digits"])) if found and len(signs) < 2 else None


def _euros(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def _cents_left(cell: str) -> int | None:
    cents = _cents(cell)
    return cents if cents is not None and cents >= 0 else None


def _weight(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"[0-9]{1,12}", cell) else None


def _row_number(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"[1-9][0-9]{0,9}", cell) else None


def _place(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"[1-9][0-9]?", cell) else None


YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("ja", "yes", "waar", "true"), True),
    **dict.fromkeys(("nee", "no", "onwaar", "false", ""), False),
}


def _yes_no(cell: str) -> bool | None:
    return YES_NO.get(cell.casefold())


def _ja_nee(value: bool) -> str:
    return "ja" if value else "nee"  # literal: how a table is written


def _pattern(cell: str) -> Pattern | None:
    try:
        return parse_pattern(cell)
    except NoPattern:
        return None


def _code_list(cell: str) -> tuple[str, ...] | None:
    codes = tuple(cell.split())
    return codes if codes and all(map(_code, codes)) and len(set(codes)) == len(codes) else None


def _number(cell: str) -> Decimal | None:
    # A lone mark and then three digits can be read in two ways.
    if not re.fullmatch(r"[-−]?(?:0|[1-9][0-9]{0,11})(?:[.,][0-9]{1,6})?", cell):
        return None
    if re.fullmatch(r"[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}", cell):
        return None
    return Decimal(cell.replace("−", "-").replace(",", "."))


def _decimal(number: Decimal) -> str:
    return f"{number:f}"


def _web_address(cell: str) -> str | None:
    return cell if re.fullmatch(r"https?://[^\s\"'<>]+", cell) else None


def _site_address(cell: str) -> str | None:
    return cell or None


def _cbs_code(cell: str) -> str | None:
    # Above ninety-nine a buurt or wijk gets a letter.
    return cell if re.fullmatch(r"GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}|BU[0-9]{4}[0-9A-Z]{4}", cell) else None


_CODE = Kind("code", _code)
_CODES = Kind("code_list", _code_list, " ".join)
Prose = Annotated[str, Kind("text", _text, words=TextKind.PROSE)]
Reason = Annotated[str, Kind("text", _text, words=TextKind.REASON)]
Name = Annotated[str, Kind("text", _text, words=TextKind.NAME)]
Decision = Annotated[str, Kind("text", _text, words=TextKind.DECISION)]
Plain = Annotated[str, Kind("text", _text, words=TextKind.CODE)]
Code = Annotated[str, _CODE]
AreaCode = Annotated[str, _CODE, RefersTo("areas")]
LineCode = Annotated[str, _CODE, RefersTo("budget_lines")]
KeyCode = Annotated[str, _CODE, RefersTo("keys")]
VisitCode = Annotated[str, _CODE, RefersTo("visits")]
CodeList = Annotated[tuple[str, ...], _CODES]
AreaCodes = Annotated[tuple[str, ...], _CODES, RefersTo("areas")]
ThemeCodes = Annotated[tuple[str, ...], _CODES, RefersTo("themes")]
Slug = Annotated[str, Kind("slug", _slug, refusal=_refusal_of_slug)]
Year = Annotated[int, Kind("year", _year)]
Day = Annotated[date, Kind("day", _day)]
Cents = Annotated[int, Kind("amount", _cents, _euros)]
CentsLeft = Annotated[int, Kind("amount_left", _cents_left, _euros)]
Place = Annotated[int, Kind("place", _place)]
Weight = Annotated[int, Kind("weight", _weight)]
RowNumber = Annotated[int, Kind("row_number", _row_number)]
YesNo = Annotated[bool, Kind("yes_no", _yes_no, _ja_nee)]
Number = Annotated[Decimal, Kind("number", _number, _decimal)]
SiteAddress = Annotated[str, Kind("site_address", _site_address, words=TextKind.CODE, refusal=refusal_of_address)]
WebAddress = Annotated[str, Kind("web_address", _web_address)]
CbsCode = Annotated[str, Kind("cbs_code", _cbs_code)]
Codes = Annotated[Pattern, Kind("pattern", _pattern, pattern_text)]
