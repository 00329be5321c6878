"""Numbers and dates as the Dutch print them, and back: exact, without locale."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

MINUS = "−"
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
        "zeventien achttien negentien twintig".split()
    )
} | {"één": 1}


def number(units: int) -> str:
    """A whole number: 1234 → '1.234', -170 → '−170'."""
    return (MINUS if units < 0 else "") + f"{abs(units):,}".replace(",", ".")


def euros(cents: int) -> str:
    """An amount in euros with cents: -5 → '−0,05'."""
    whole, rest = divmod(abs(cents), 100)
    return f"{MINUS if cents < 0 else ''}{number(whole)},{rest:02d}"


def parse_number(text: str) -> Decimal | None:
    """The exact value of a printed number, with or without grouping; None for anything else."""
    if not re.fullmatch(r"[-−]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?", text):
        return None
    return Decimal(text.replace(".", "").replace(",", ".").replace(MINUS, "-"))


def parse_count(text: str) -> int | None:
    """A whole number in digits or as a word up to twenty: 'vier' → 4."""
    if text.lower() in NUMBER_WORDS:
        return NUMBER_WORDS[text.lower()]
    value = parse_number(text)
    return int(value) if value is not None and value == int(value) else None


def parse_cents(text: str, decimal: str = ",", thousands: str = ".", trailing_minus: bool = False) -> int | None:
    """An amount as a package writes it with these marks, in cents; None where it is no amount."""
    bare = text.strip()
    sign = 1
    if trailing_minus and bare[-1:] in ("-", MINUS):
        bare, sign = bare[:-1].rstrip(), -1
    elif bare[:1] in ("-", MINUS, "+"):
        bare, sign = bare[1:], -1 if bare[0] != "+" else 1
    grouped = rf"|[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+" if thousands else ""
    found = re.fullmatch(rf"([0-9]+{grouped})(?:{re.escape(decimal)}([0-9]{{1,2}}))?", bare)
    if found is None:
        return None
    whole = found[1].replace(thousands, "") if thousands else found[1]
    return sign * (int(whole) * 100 + int((found[2] or "").ljust(2, "0")))


def parse_hand_cents(text: str) -> int | None:
    """An amount that a person typed: 1234, 1234.56, 1234,56 or 1.234,56; None where the marks are ambiguous."""
    bare = text.strip()
    if re.fullmatch(r"[-−+]?[0-9]+(\.[0-9]{1,2})?", bare):
        return parse_cents(bare, ".", "")
    if re.fullmatch(r"[-−+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]{1,2}", bare):
        return parse_cents(bare, ",", ".")
    return None


def date_text(day: date) -> str:
    """A day in words: '29 juni 2020'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_text(moment: datetime) -> str:
    """A moment in words: '29 juni 2020 16:45:58'."""
    return f"{date_text(moment.date())} {moment:%H:%M:%S}"


def parse_date(text: str, pattern: str) -> date | None:
    """A day written as `pattern` says (dd, d, mm, m, jjjj); None where it is no day."""
    parts = {"dd": "(?P<d>[0-9]{2})", "d": "(?P<d>[0-9]{1,2})", "mm": "(?P<m>[0-9]{2})", "m": "(?P<m>[0-9]{1,2})"}
    parts["jjjj"] = "(?P<y>[0-9]{4})"
    expression = re.sub(r"jjjj|dd?|mm?|.", lambda hit: parts.get(hit[0], re.escape(hit[0])), pattern)
    found = re.fullmatch(expression, text.strip())
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None
