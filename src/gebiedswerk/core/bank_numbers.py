"""Find account numbers in a plain text: those of all countries (IBAN), and those of Dutch banks before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gebiedswerk.core.digits import DigitGroup, Span, labelled, runs, shape_of, window

LENGTHS: Mapping[str, int] = {
    place[:2]: int(place[2:])
    for place in (
        "AD24 AE23 AL28 AO25 AT20 AZ28 BA20 BE16 BF28 BG22 BH22 BI27 BJ28 BR29 BY28 CF27 CG27 CH21 CI28 CM27 CR22 CV25 "
        "CY28 CZ24 DE22 DJ27 DK18 DO28 DZ26 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GA27 GB22 GE22 GI23 GL18 GQ27 GR27 GT28 "
        "GW25 HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 KM27 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 "
        "MC27 MD24 ME22 MG27 MK19 ML28 MN20 MR27 MT31 MU30 MZ25 NE28 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 "
        "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SN28 SO23 ST25 SV28 TD27 TG28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
        "YE30"
    ).split()
}
"""The signs of an account number per country: the IBAN registry (ISO 13616), and the countries that use one besides."""
_START = re.compile(r"(?:(?<![A-Z0-9])|(?<=iban))[A-Z]{2}[ .\-/_]{0,2}[0-9][ .\-/_]{0,2}[0-9]", re.IGNORECASE)
_NEXT = re.compile(r"[ .\-/_]{0,2}([A-Z0-9])", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\b(?:betaal|spaar|tegen|prive)?rek(?:ening)?(?:nr|nummer)?\b|bankrek|bankn|giro|\baccount\b"
    r"|\b(?:ing|abn|rabo(?:bank)?|sns|asn|triodos|fortis|postbank)\b)[^0-9]{0,20}$",
    re.IGNORECASE,
)
_SHAPES = frozenset({(9,), (10,), (4, 2, 3), (3, 3, 3), (2, 2, 2, 3), (3, 2, 2, 3), (2, 2, 3, 3)})
"""How a number is written behind a word that says what it is."""
_GIRO = re.compile(
    r"(?<![^\W_])(?:post(?:bank|giro)|giro)[a-z]{0,12}\.?(?: (?:nr|no|nummer)\.?)?[ :=]{0,3}(?:p[ .]?)?"
    r"([0-9]{4,7}|[0-9]{1,3}(?:[ .][0-9]{2,3}){1,2})(?![0-9])",
    re.IGNORECASE,
)


def ibans(text: str) -> Iterator[Span]:
    """Account numbers whose check digits are right, however grouped."""
    last = 0
    for start in _START.finditer(text):
        if start.start() < last:
            continue
        end = _iban(text, start.start())
        if end:
            yield start.start(), end
            last = end


def _iban(text: str, start: int) -> int:
    """Where the account number that starts here ends; 0 where it is none."""
    length = LENGTHS.get(text[start : start + 2].upper(), 0)
    signs, at = "", start
    while len(signs) < length:
        sign = _NEXT.match(text, at)
        if sign is None:
            return 0
        signs, at = signs + sign[1].upper(), sign.end()
    turned = signs[4:] + signs[:4]
    return at if length and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1 else 0


def bank_numbers(text: str) -> Iterator[Span]:
    """Old Dutch numbers: nine or ten digits that pass their test of eleven, as 12.34.56.789 or behind a word that says
    so; and a giro number of four to seven digits behind its name.
    """
    spans = []
    for groups in runs(text):
        at = 0
        while at < len(groups):
            count = _old(text, groups, at)
            if count:
                spans.append((groups[at].start, groups[at + count - 1].end))
            at += count or 1
    taken = {place for start, end in spans for place in range(start, end)}
    spans += [one.span(1) for one in _GIRO.finditer(text) if one.start(1) not in taken]
    return iter(sorted(spans))


def _old(text: str, groups: list[DigitGroup], at: int) -> int:
    """How many groups from here are an old account number."""
    label = labelled(text, groups[at].start, _LABEL)
    for length in (10, 9):
        count = window(groups, at, length)
        mine = groups[at : at + count]
        shape, alike = shape_of(mine), len({one.behind for one in mine[:-1]}) < 2
        dotted = shape == (2, 2, 2, 3) or (label and shape in _SHAPES)
        if count and alike and dotted and _passes("".join(one.digits for one in mine)):
            return count
    return 0


def _passes(digits: str) -> bool:
    """The test of eleven of banks: the last digit counts once."""
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits), 0, -1), strict=True))
    return weighed % 11 == 0 and int(digits) > 0
