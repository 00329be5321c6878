"""Numbers and dates as the Dutch print them, and back: `1.234,56`, `−170`, `29 juni 2020`.

A page in another language asks for it by its code: `en` gives `1,234.56`, `29 June 2020`. Nothing here
looks at the machine's locale.
Parsers answer None for what they cannot read; they never raise and take linear time, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from gebiedswerk.language.languages import DUTCH, all_languages, language

MINUS = "−"
MOST_DIGITS = 4000  # Python refuses to make a whole number of more than 4300 digits


def number(units: int, lang: str = DUTCH) -> str:
    """A whole number with thousands marks and a true minus sign: `1.234`, `−170`."""
    return (MINUS if units < 0 else "") + f"{abs(units):,}".replace(",", language(lang).thousands)


def euros(cents: int, lang: str = DUTCH) -> str:
    """Cents as euros with two decimals: `1.234,56`, `−0,05`."""
    whole, rest = divmod(abs(cents), 100)
    return f"{MINUS if cents < 0 else ''}{number(whole, lang)}{language(lang).decimal}{rest:02d}"


def parse_number(text: str, lang: str = DUTCH) -> Decimal | None:
    """The exact value of a printed number; None for anything else.

    Accepts a minus (`-` or `−`), digits with right grouping or none, and decimals: `1.234` is 1234. A group
    never opens with a zero, so that an English `0.125` is not read as 125.
    """
    thousands = language(lang).thousands
    found = _form(language(lang).decimal, thousands).fullmatch(text)
    if not found or found["sign"] == "+" or found["after"]:
        return None
    sign = "-" if found["sign"] else ""
    value = Decimal(f"{sign}{found['whole'].replace(thousands, '')}.{found['part'] or ''}")
    return value if value else value.copy_abs()


def parse_cents(text: str, decimal: str = ",", thousands: str = ".", *, trailing_minus: bool = False) -> int | None:
    """Cents of an amount as a finance package writes it with these marks; None where it is no amount.

    Takes at most two decimals, a sign in front (`-`, `−`, `+`) or, where `trailing_minus`, a minus behind, and
    spaces around. `thousands` may be empty. Marks that cannot be told apart make no amounts.
    """
    if not decimal or decimal == thousands or len(text) > MOST_DIGITS:
        return None
    found = _form(decimal, thousands).fullmatch(text.strip())
    if not found or len(found["part"] or "") > 2 or found["after"] and (found["sign"] or not trailing_minus):
        return None
    whole = found["whole"].replace(thousands, "") if thousands else found["whole"]
    cents = int(whole + (found["part"] or "").ljust(2, "0"))
    return -cents if found["after"] or found["sign"] in ("-", MINUS) else cents


def parse_hand_cents(text: str) -> int | None:
    """Cents of an amount that a person types in our own tables: `1234`, `1234.5`, `1234,56`, `1.234,56`.

    None where it is wrong or can be read in two ways: `1.234` and `1,234` (a lone mark, then three digits).
    """
    if re.fullmatch(r"[-−+]?[0-9]{1,3}\.[0-9]{3}", text.strip()):
        return None
    dutch = parse_cents(text)
    return parse_cents(text, ".", "") if dutch is None else dutch


@lru_cache  # cache: by the form, a value
def _form(decimal: str, thousands: str) -> re.Pattern[str]:
    """An amount with these marks, in parts: sign, whole, part (the decimals), after (a minus behind)."""
    grouped = rf"[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})++|" if thousands else ""
    part = rf"(?:{re.escape(decimal)}(?P<part>[0-9]++))?"
    return re.compile(rf"(?P<sign>[-−+]?)(?P<whole>{grouped}[0-9]++){part}(?P<after>[-−]?)")


def date_text(day: date, lang: str = DUTCH) -> str:
    """A day in words: `29 juni 2020`."""
    return f"{day.day} {language(lang).months[day.month - 1]} {day.year}"


def moment_text(moment: datetime, lang: str = DUTCH) -> str:
    """A moment in words, to the second and in its own zone: `29 juni 2020 16:45:58`."""
    return f"{date_text(moment, lang)} {moment:%H:%M:%S}"


def parse_date(text: str, pattern: str) -> date | None:
    """The day that `text` writes in `pattern`: `dd` and `mm` are two digits, `d` and `m` one or two, `jjjj` four;
    `jj` is the two last digits of a year of this century.

    None where the text differs, the day does not exist, or the pattern does not name each of the three once.
    """
    form = _date_form(pattern)
    found = form.fullmatch(text) if form else None
    try:
        century = 0 if "jjjj" in pattern else 2000
        return date(century + int(found["j"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


@lru_cache  # cache: by the form, a value
def _date_form(pattern: str) -> re.Pattern[str] | None:
    """The digits that a pattern asks for, named d, m and j; other characters stand for themselves."""
    pieces = re.split(r"(jjjj|jj|dd?|mm?)", pattern)
    if sorted(piece[0] for piece in pieces[1::2]) != ["d", "j", "m"]:
        return None
    return re.compile("".join(_field(piece) if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)))


def _field(piece: str) -> str:
    # One or two digits must stand free: in `dmjjjj` nobody can tell day from month.
    return f"(?P<{piece[0]}>" + (f"[0-9]{{{len(piece)}}})" if len(piece) > 1 else "(?<![0-9])[0-9]{1,2}(?![0-9]))")


def month_number(text: str) -> int | None:
    """The month that a word names in any language, in full or as it is shortened: `maart`, `mrt`, `Mar.`."""
    return _month_numbers().get(text.strip().rstrip(".").casefold())


@cache  # cache: by the languages, which are source
def _month_numbers() -> Mapping[str, int]:
    names = [(name.casefold(), at) for one in all_languages() for at, name in enumerate(one.months, start=1)]
    short = {name: at for one in all_languages() for name, at in one.short_months.items()}
    return dict(names) | {name[:3]: at for name, at in names} | short


def parse_count(text: str, lang: str = DUTCH) -> int | None:
    """A count in digits or as a word up to twenty: `12`, `twaalf`, `Eén`; None for anything else."""
    word = text.strip().lower()
    if re.fullmatch(r"[0-9]{1,18}", word):
        return int(word)
    return language(lang).counts.get(word)
