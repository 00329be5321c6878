"""Find the numbers in a sentence that nothing stands behind.

Whatever holds a digit is loose, unless it is written as a date, a time, a year that stands alone, a reference
('artikel 192') or a code ('A7'). In doubt a number is loose: a person can still mark it free.

One pattern walks the text once, the forms that are allowed first. Everything in it is bounded or possessive, so a
hostile text takes linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gebiedswerk.language.languages import all_languages


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number from `start` up to `end` (not included), with its sign and the letters that stick to it ('2e')."""

    start: int
    end: int
    text: str


def loose_numbers(text: str) -> list[LooseNumber]:
    """The numbers in a run of Dutch or English prose that must be a claim, in order.

    Allowed: '29 juni 2020', '29 juni', '31-12-2019', '2019-12-31', '16:45'; years 1900-2099 and their ranges, unless
    an amount by what stands before or after ('€ 2000', '2000 euro'); references; codes. Source:
    `docs/how-to/write-a-claim.md`.
    """
    loose = []
    for found in _TOKEN.finditer(_plain(text)):
        if found.lastgroup == "code" and not _hides_a_number(found["code"]):
            continue
        if found.lastgroup:  # 'amount', 'number' or 'code'; what is allowed has no name
            start, end = found.span(found.lastgroup)
            loose.append(LooseNumber(start, end, text[start:end]))
    return loose


_STANDS_FOR_DIGITS = re.compile(r"[IlO|][0-9IlOo|]{2,}")
_STUCK = re.compile(r"([^\W\d]+)[-‐‑]?([0-9]+)")
_NO_CODE = frozenset("x ca circa eur euro euros usd gbp dollar plus min of".split())  # literal: words that are read
_LONGEST_CODE = 3
"""Digits that may stick to small letters ('covid-19'); more of them is a number, unless it is a year."""


def _hides_a_number(code: str) -> bool:
    """Whether letters and digits that stick together are a number after all: 'x1234', 'circa500', 'I00'.

    'N360', 'WK001418', 'R2019-06' and 'km2' are codes.
    """
    if _STANDS_FOR_DIGITS.fullmatch(code):
        return True
    stuck = _STUCK.match(code)
    if stuck is None or stuck[1].isupper() and stuck[1].lower() not in _NO_CODE:
        return False
    return stuck[1].lower() in _NO_CODE or len(stuck[2]) >= _LONGEST_CODE and not re.fullmatch(_YEAR, stuck[2])


_DIGIT_OF_NO_FORM = "\u0660"  # a digit to Python, outside the 0-9 of all that is allowed
_SQUARED = re.compile(r"(?<!\w)([cdhk]?m)[²³](?!\w)")


def _plain(text: str) -> str:
    """The text, as long as it was, where '½', '²' and 'Ⅳ' are digits as well, and 'm²' is the word 'mm'."""
    text = _SQUARED.sub(r"\1m", text)
    odd = {ord(sign): _DIGIT_OF_NO_FORM for sign in set(text) if _is_odd(sign)}
    return text.translate(odd) if odd else text


def _is_odd(sign: str) -> bool:
    """A sign that is a number and no digit: '½', '²', 'Ⅳ', '①', '九', '🔟'."""
    return sign.isnumeric() and not sign.isdecimal() or sign in "🔟💯"


def _words(*words: str) -> str:
    """One of these words, in any case, and no more of it."""
    return rf"(?:{'|'.join(sorted(' '.join(words).split(), reverse=True))})(?!\w)"


# 'm²' reads as 'mm' here: see _plain
_UNIT_WORD: str = _words(  # literal: words that are read, never shown
    "euro euros eur cent cents k honderd duizend miljoen miljard mln mrd mld procent percent promille",
    "procentpunt inwoners inwoner bewoners mensen personen kinderen jongeren ouderen leerlingen vrijwilligers banen",
    "huishoudens gezinnen woningen huizen bomen bedrijven meldingen reacties stemmen boekingen projecten keer maal",
    "stuks uur uren dagen weken maanden jaar meter kilometer [cdhk]?m[m23]? ha hectare kilo kg ton liter fte",
    "hundred thousand million billion residents inhabitants people persons children households homes houses",
    "dwellings trees jobs times hours days weeks months metres kilometres hectares",
)
_UNIT = rf"(?:[%‰€]|{_UNIT_WORD})"
# A date, time or year stands between spaces, brackets, quotes or the marks of a sentence.
_ALONE = r"(?<![^\s(\[{\"'“”‘’„«—])"
_ENDS = r"(?=[\s.,;:!?)\]}\"'“”’»…—]|\Z)(?![.,:;!?'’][\w=–—−-])"
_NO_UNIT = rf"(?!\s*+{_UNIT})"

_MONTHS: str = "|".join(
    f"(?-i:{_words(*one.months)})" if one.months_have_capitals else _words(*one.months) for one in all_languages()
)
_MONTH = rf"(?=[^\W\d_])(?:{_MONTHS})"
_DAY, _MONTH_NUMBER, _YEAR = r"(?:3[01]|[12][0-9]|0?[1-9])", r"(?:1[0-2]|0?[1-9])", r"(?:19|20)[0-9]{2}"
_DATE = rf"{_DAY}\s++{_MONTH}|(?:{_DAY}-{_MONTH_NUMBER}-{_YEAR}|{_YEAR}-{_MONTH_NUMBER}-{_DAY}){_ENDS}"
_TIME = rf"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?{_ENDS}"
_YEARS = rf"{_YEAR}(?:[-–/]{_YEAR})*+{_ENDS}{_NO_UNIT}"

# '192', '12.2', '4:23', '17a'; at most three digits, so that '1.234' and '5000' stay amounts.
_PLACE = r"[0-9]{1,3}(?:\.[0-9]{1,2}|:[0-9]{1,3})*+(?![0-9])"
_LEGAL = r"(?:artikel|article|gemeentewet|bbv|lid)\s++|art(?:\.\s*+|\s++)"
_PART: str = _words(  # literal: words that are read, never shown
    "deelprogramma programma programme paragraaf paragraph hoofdstuk chapter bijlage annex appendix section",
    "tabel table figuur figure",
)
_SEVERAL: str = _words(  # literal: words that are read, never shown
    "artikelen artikels articles leden deelprogramma's deelprogramma’s programma's programma’s programmes paragrafen",
    "paragraphs hoofdstukken chapters bijlagen bijlages annexes appendices sections tabellen tables figuren figures",
)
_NEXT = r"(?:\s*+,\s*+(?:(?:en|of|and|or)\s++)?|\s++(?:en|of|and|or|t/m|to|tot\s++en\s++met)\s++)"
_STOPS = rf"(?!\w|[.,:;/’'–−-]\w){_NO_UNIT}"
_SPAN = rf"{_PLACE}[a-z]?(?:[-–]{_PLACE}[a-z]?)?{_STOPS}"
# 'lid 3, onder 2' and 'zie onder 2' are places, 'onder 2 gemeenten' is not.
_AFTER_UNDER: str = _words(  # literal: words that are read, never shown
    "van en of is genoemd genoemde bedoeld bedoelde vermeld vermelde BBV Gemeentewet"
)
_UNDER = rf"onder\s++[0-9]{{1,2}}{_STOPS}"
_BARE_UNDER = rf"{_UNDER}(?!\s++(?!{_AFTER_UNDER})\w)"
_REFERENCE = (
    rf"(?:{_LEGAL}){_PLACE}[a-z]?{_STOPS}(?:,?+\s++{_UNDER})?|{_PART}\s++{_PLACE}{_STOPS}"
    rf"|{_SEVERAL}\s++{_SPAN}(?:{_NEXT}{_SPAN})*+|{_BARE_UNDER}"
)

_LETTERS = r"(?:[^\W\d]++|[0-9]++)*+"
_CODE = rf"[^\W\d]{_LETTERS}(?:[-‐‑](?:[^\W\d]|[0-9]){_LETTERS})*+"
_NUMBER = r"\d\w*+(?:[.,'’]\d\w*+)*+"
_SIGN = r"[-+±–−‐‑‒﹣-]"
_BEFORE = r"(?:(?:[€$£]|(?:euro?|usd|gbp)(?![^\W\d]))\s*+|[−±]\s++)"
_TOKEN = re.compile(
    rf"{_BEFORE}(?P<amount>{_SIGN}?+{_NUMBER})"
    rf"|(?=[0-9]){_ALONE}(?:{_DATE}|{_TIME}|{_YEARS})"
    rf"|(?P<number>(?:(?<!\w){_SIGN}|(?<!\d)−)?+{_NUMBER})"
    rf"|(?=[^\W\d])(?:{_REFERENCE}|(?P<code>{_CODE}))",
    re.IGNORECASE,
)
