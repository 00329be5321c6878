"""Find what may tell who someone is in a text that anyone will read: numbers of persons and banks, addresses, days.

Each kind is known by its shape in plain signs (`core/plain.py`) and, where there is one, its check: better a question
too many than a name on the web. Everything takes linear time: whatever is repeated is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gebiedswerk.core.bank_numbers import bank_numbers, ibans
from gebiedswerk.core.digits import DigitGroup, Span, labelled, runs, shape_of, window
from gebiedswerk.core.plain import Plain, readings
from gebiedswerk.language.languages import all_languages, words_of

MAYBE: str = (
    r"@|&[#A-Za-z]|%[0-9A-Fa-f]{2}|<[A-Za-z/!]|(?i:\bat\b|apenstaart|giro|postbank|geb|born|birth)"
    r"|[\u00ad\u0300-\u1fff\u200b-\u200f\u2028-\u202e\u2060-\u20ab\u20ad-\u2121\u2123-\u{10ffff}]"
    r"|[1-9][0-9]{3}[^0-9A-Za-z]{0,3}[A-Z]{2}|[0-9¹²³](?:[^0-9A-Za-z,:;€]{0,12}[0-9¹²³]){7}"
).replace(r"\u{10ffff}", "\U0010ffff")
"""What every text has in which `found` finds anything, in a form that every engine of patterns reads."""

_LOCAL = re.compile(r"[\w.+'=&#!$/-]{1,64} ?$")
_DOMAIN = re.compile(r" ?([^\W_][\w-]{0,62}(?:(?:\.| \. | (?:dot|punt) )[^\W_][\w-]{0,62}){1,8})", re.IGNORECASE)
_TOP = re.compile(r"(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{1,59})$", re.IGNORECASE)

_BSN = re.compile(r"(?:bsn|burgerservice|sofi|service ?number)[^0-9]{0,20}$", re.IGNORECASE)
_SHAPES = frozenset(
    {
        *(
            (9,),
            (3, 3, 3),
            (4, 2, 3),
            (4, 3, 2),
            (2, 3, 4),
            (3, 2, 4),
            (3, 4, 2),
            (2, 4, 3),
            (2, 2, 2, 3),
            (3, 2, 2, 2),
        ),
        *((2, 2, 2, 2, 1), (1, 2, 2, 2, 2), (1,) * 9, (8,), (3, 2, 3), (2, 3, 3)),
    }
)
"""How a service number is written, its first nought left out or not, where no word says what it is."""

_PHONE = re.compile(
    r"(?:\btel|telefoon|mobiel|\bmob|\bgsm|\bbel|phone|whatsapp|wa\.me|call)[^0-9]{0,20}$", re.IGNORECASE
)
_ABROAD = frozenset(
    "1 30 32 33 34 36 39 41 43 44 45 46 47 48 49 90 212 351 352 353 358 385 386 420 421 597 599".split()
)
"""Calling codes that follow `00`: those of the neighbours and of who calls from afar most."""
_SHORTEST_PHONE, _LONGEST_PHONE = 9, 15

_DAY = (
    r"[0-9]{1,2}[-/. ]{1,3}[0-9]{1,2}[-/. ]{1,3}(?:[0-9]{4}|[0-9]{2})(?![0-9])|(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"
)
_MONTH = "|".join(sorted(words_of(one.months for one in all_languages())))
_BORN = re.compile(
    r"(?<![^\W_])(?:geb(?:oren|oorte(?:datum|dag)|datum|\.)?|born|birth ?(?:day|date)|date of birth)(?![^\W\d_])"
    rf"[^0-9]{{0,12}}((?:{_DAY})|[0-9]{{1,2}} (?:{_MONTH}),? [0-9]{{4}}|(?:{_MONTH}) [0-9]{{1,2}},? [0-9]{{4}})",
    re.IGNORECASE,
)
_POSTCODE = (
    r"(?:(?!(?:19|20)[0-9]{2} ?(?:EN|IN|OP|OF|TE|IS|BV|NV|DE|OM|HA|KM))[1-9][0-9]{3} ?(?!S[ADS])[A-Z]{2}"
    r"(?![A-Za-z0-9]))"
)
_ADDRESS = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_POSTCODE}(?:[ ,]{{1,3}}(?:nr\.? ?|huisnummer )?[0-9]{{1,5}}(?![0-9.,]?[0-9]|[^\W\d_]{{3}}))"
    rf"|[0-9]{{1,5}}(?: ?[A-Za-z]|[-/][0-9A-Za-z]{{1,4}})?[ ,]{{1,3}}{_POSTCODE})"
)


@dataclass(frozen=True, slots=True)
class PersonalMark:
    """Something that may be about a person: its kind, its plain words, and where in the text it was written."""

    kind: str
    words: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something in a public text that may be about a person: its kind, the words, where, and how often it stands there.

    `row` counts the header as row 1; in Markdown and TOML it is the line.
    """

    kind: str
    text: str
    file: str
    row: int | None
    column: str | None
    times: int = 1


def found(text: str) -> list[PersonalMark]:
    """Every kind that stands in a text: email, iban, phone, bsn, birth, address; an escaped text is read twice."""
    hits: dict[tuple[str, str, int], PersonalMark] = {}
    for read in readings(text):
        for kind, start, end in _spans(read):
            one = PersonalMark(kind, read.text[start:end], read.place(start))
            hits.setdefault((kind, same(one.words), one.place), one)
    return sorted(hits.values(), key=lambda one: one.place)


def same(words: str) -> str:
    """Words by which two forms of one number or address are known as the same."""
    return "".join(re.findall(r"[^\W_]|[@+]", words)).lower()


def masked(text: str) -> str:
    """The first two signs and dots: enough to find it, too little to tell."""
    return f"{text[:2]}•••"


def _spans(read: Plain) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end; what is one kind is no other besides."""
    text = read.text
    for kind, find in _KINDS:
        spans = list(find(text))
        yield from ((kind, start, end) for start, end in spans)
        text = _blanked(text, spans)


def _blanked(text: str, spans: list[Span]) -> str:
    if not spans:
        return text
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], "\0" * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])


def _emails(text: str) -> Iterator[Span]:
    """A name of at most 64 signs, `@`, and a domain with a dot and letters behind it (RFC 5321)."""
    last, at = 0, text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(at - 65, last), at)
        domain = _DOMAIN.match(text, at + 1)
        if local and domain and re.search(r"\w", local[0]) and _TOP.search(domain[1], max(len(domain[1]) - 63, 0)):
            start = local.start() + len(local[0]) - len(local[0].lstrip(".+'=&#!$/-"))
            yield start, domain.end()
            last = domain.end()
        at = text.find("@", max(at + 1, last))


def _phones(text: str) -> Iterator[Span]:
    for groups in runs(text):
        at = 0
        while at < len(groups):
            count = _phone(text, groups, at)
            if count:
                yield (
                    groups[at].start - (text[groups[at].start - 1 : groups[at].start] == "+"),
                    groups[at + count - 1].end,
                )
            at += count or 1


def _phone(text: str, groups: list[DigitGroup], at: int) -> int:
    """How many groups from here are a telephone number; 0 where they are none."""
    first = groups[at]
    plus = "+" in text[max(first.start - 2, 0) : first.start]
    if not plus and not first.digits.startswith(("0", "31")):
        return 0
    label = labelled(text, first.start, _PHONE)
    if text[first.start - 1 : first.start].isalpha() and not label:
        return 0
    if plus or first.digits.startswith("00"):
        return _abroad(text, groups, at, plus=plus)
    return _at_home(groups, at, label=label) or (window(groups, at, 11) if label else 0)


def _at_home(groups: list[DigitGroup], at: int, *, label: bool) -> int:
    """Ten digits with a nought before them, with an area code or 06 of its own, or in one piece; no day."""
    digits = groups[at].digits
    count = window(groups, at, 10)
    if not count or digits[:1] != "0" or "".join(one.digits for one in groups[at : at + 2])[1:2] in ("", "0"):
        return 0
    sizes = shape_of(groups[at : at + count])
    nought = len(digits) == 1 and (")" in groups[at].behind or groups[at + 1].digits == "6")
    own = len(digits) > 2 or digits == "06" or nought
    day = len(sizes) > 2 and sizes[0] == sizes[1] == 2 and sizes[2] == 4 and groups[at + 2].digits[:2] in ("19", "20")
    return count if label or (own and not day) else 0


def _abroad(text: str, groups: list[DigitGroup], at: int, *, plus: bool) -> int:
    """What follows `+` or `00`: 31 and nine digits, or another calling code and eight digits or more in all."""
    skip = 0 if plus else 2
    ends = _ends(groups, at, _LONGEST_PHONE + skip)
    code = "".join(one.digits for one in groups[at : at + len(ends)])[skip:]
    if code[:1] in ("", "0"):
        return 0
    if code.startswith("31"):
        wanted = skip + 11 + (code[2:3] == "0")
        return ends.index(wanted) + 1 if wanted in ends else 0
    fits = [number for number, size in enumerate(ends, start=1) if size - skip >= _SHORTEST_PHONE]
    known = plus or (len(ends) > 1 and any(code.startswith(one) for one in _ABROAD))
    return fits[-1] if fits and known and not _is_amount(text, groups[at : at + fits[-1]]) else 0


def _ends(groups: list[DigitGroup], at: int, most: int) -> list[int]:
    """How many digits there are up to each group, to so many at most or to the next `+`."""
    ends: list[int] = []
    total = 0
    for one in groups[at : at + most]:
        total += len(one.digits)
        if total > most or (ends and "+" in one.before):
            break
        ends.append(total)
    return ends


def _bsns(text: str) -> Iterator[Span]:
    for groups in runs(text):
        at = 0
        while at < len(groups):
            count = _bsn(text, groups, at)
            if count:
                yield groups[at].start, groups[at + count - 1].end
            at += count or 1


def _bsn(text: str, groups: list[DigitGroup], at: int) -> int:
    """How many groups from here are a service number: 9 digits, or 8 without the nought before them."""
    for length in (9, 8):
        count = window(groups, at, length)
        if count and _passes("".join(one.digits for one in groups[at : at + count])):
            mine = groups[at : at + count]
            if labelled(text, mine[0].start, _BSN) or _is_written_as_bsn(text, mine):
                return count
    return 0


def _is_written_as_bsn(text: str, groups: list[DigitGroup]) -> bool:
    """Whether digits stand as a service number does, where no word says what they are: no code, day or amount."""
    shape, marks = shape_of(groups), {one.behind.strip() for one in groups[:-1]}
    sticks = (
        text[groups[0].start - 1 : groups[0].start].isalpha() or text[groups[-1].end : groups[-1].end + 1].isalpha()
    )
    if sticks or shape not in _SHAPES or len(marks) > 1 or _is_amount(text, groups):
        return False
    if shape == (8,):
        return not _is_day(groups[0].digits)
    return shape != (2, 3, 3) or marks != {"."}


def _passes(digits: str) -> bool:
    """The test of eleven for service numbers: the last digit counts below nought."""
    nine = digits.zfill(9)
    weighed = sum(int(digit) * weight for digit, weight in zip(nine, range(9, 1, -1), strict=False))
    return (weighed - int(nine[-1])) % 11 == 0 and int(nine) > 0


def _is_day(digits: str) -> bool:
    forms = (digits, digits[4:] + digits[2:4] + digits[:2])
    return any(re.fullmatch(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])", form) for form in forms)


def _is_amount(text: str, groups: list[DigitGroup]) -> bool:
    """Groups of thousands of which a sign or cents say that they are money."""
    if any(len(one.digits) != 3 for one in groups[1:]) or len({one.behind for one in groups[:-1]}) > 1:
        return False
    before, behind = text[max(groups[0].start - 6, 0) : groups[0].start], text[groups[-1].end : groups[-1].end + 6]
    money = re.search(r"(?:€|eur|euro)[ +-]{0,3}$", before, re.IGNORECASE) or re.match(
        r",[0-9-]|,=| eur", behind, re.IGNORECASE
    )
    return bool(money) or (len(groups) > 1 and before.endswith("+") and groups[0].behind == ".")


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    def spans(text: str) -> Iterator[Span]:
        return (match.span() for match in pattern.finditer(text))

    return spans


_KINDS: tuple[tuple[str, Callable[[str], Iterator[Span]]], ...] = (
    ("email", _emails),
    ("iban", ibans),
    ("birth", _matches(_BORN)),
    ("phone", _phones),
    ("bsn", _bsns),
    ("iban", bank_numbers),
    ("address", _matches(_ADDRESS)),
)
