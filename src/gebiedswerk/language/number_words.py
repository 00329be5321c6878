"""Find numbers that are written in words, Dutch and English: `tweehonderdduizend`, `anderhalf miljoen`, `a dozen`.

A small one (up to twelve) that counts things is ordinary language and is passed over; with a unit of money, a share or
a magnitude behind it, it is an amount. Ordinals, and `honderden` or `millions` for many, are no numbers.

Words are read without capitals, accents, invisible signs and letters that only look like ours. Each word is cut up once
by a pattern that never goes back, so a hostile text takes linear time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from gebiedswerk.language.languages import all_languages, words_of


class Size(IntEnum):
    """How large a word makes a number: up to twelve or a part of one, above it, or thousand and more."""

    SMALL = 1
    LARGE = 2
    MAGNITUDE = 3


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number in words, from `start` up to `end` (not included). `counts`: large enough to be one without a unit."""

    start: int
    end: int
    size: Size
    counts: bool


def worded_numbers(text: str, mark: str) -> Iterator[WordedNumber]:
    """The numbers in words, in order. `mark` stands for a figure: what follows it at once is its unit."""
    folded, places = _folded(text)
    found = [*_groups(folded, mark), *_fractions(folded)]
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end, not one.counts)):
        if one.start >= end:
            end = one.end
            yield WordedNumber(places[one.start], places[one.end - 1] + 1, one.size, one.counts)


_ALIKE: Mapping[int, int] = str.maketrans("авеёікмнорстухѕјԁһοαειν", "abeeikmhopctyxsjdhoaeiv")  # that is the point


def _folded(text: str) -> tuple[str, range | list[int]]:
    """The text in plain small letters, and of each sign its place in the text."""
    if text.isascii():
        return text.lower(), range(len(text))
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        bare = sign.lower() if sign.isascii() else _bare(sign)
        signs.append(bare)
        places += [at] * len(bare)
    return "".join(signs), places


@lru_cache(4096)  # cache: by a word
def _bare(sign: str) -> str:
    """A sign without its accent; nothing where it is an accent, or not to be seen; a dash or space as `-` or ` `."""
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Mn", "Me"):
        return ""
    if kind in ("Pd", "Zs"):
        return "-" if kind == "Pd" else " "
    letters = unicodedata.normalize("NFKD", sign.lower()).translate(_ALIKE)
    return "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))


def _one_of(words: str) -> str:
    """One of these words, the longest that stands there."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


_WORDS = tuple(one.number_words for one in all_languages())
_SMALL: str = " ".join(words_of(one.small for one in _WORDS))
_LARGE: str = " ".join(words_of(one.large for one in _WORDS))
_MAGNITUDE: str = " ".join(words_of(one.magnitude for one in _WORDS))
_PIECE: str = _one_of(f"{_SMALL} {_LARGE} {_MAGNITUDE}")
_COMPOUND = re.compile(rf"(?:(?:{_PIECE})(?:en(?=[a-z])|and(?=[a-z]))?)++(?:(?<=d)en|(?<=n)en)?(?:euros?|procent)?")
_HAS_MAGNITUDE = re.compile(_one_of(_MAGNITUDE))
_HAS_LARGE = re.compile(_one_of(_LARGE))
_LONGEST = 400
"""Letters: no number is written in a longer word."""


@lru_cache(4096)  # cache: by a word
def _size(word: str) -> Size | None:
    """What a word is worth as a number; None where it is none. `achten` and `drieën` are none, nor is `duizenden`."""
    if word in _VAGUE or len(word) > _LONGEST or not _COMPOUND.fullmatch(word):
        return None
    if word.endswith("en") and _COMPOUND.fullmatch(word[:-2]) and not _HAS_MAGNITUDE.search(word):
        return None
    if _HAS_MAGNITUDE.search(word):
        return Size.MAGNITUDE
    return Size.LARGE if _HAS_LARGE.search(word) else Size.SMALL


_VAGUE = frozenset(words_of(one.vague for one in _WORDS))
_NEEDS_NUMBER = frozenset(words_of(one.after_a_number for one in _WORDS))
_FEW = frozenset(words_of(one.few for one in _WORDS))
_AFTER_A = re.compile(r"\s{1,9}(?:dozen|hundred|thousand|million|billion)\b")
_BETWEEN = frozenset(words_of(one.between for one in _WORDS))
_WORD = re.compile(r"[a-z]+")
_GAP = re.compile(r"[\s-]{1,20}")
_UNIT_OF = re.compile(r"(?:\b(?:in|per|x|afgerond op|rounded to(?: a| one)?)|×)\s{1,20}\Z")
"""Before a magnitude alone: 'in duizend euro' and 'per duizend inwoners' say of what, not how much."""
MOST_WORDS_OF_A_LIST = 3


@dataclass(slots=True)
class _Group:
    """Number words that stand together: the first and last place, and their sizes."""

    start: int
    end: int
    sizes: list[Size]
    few: bool = False

    @property
    def size(self) -> Size:
        return max(self.sizes)


def _groups(text: str, mark: str) -> Iterator[WordedNumber]:
    """Words that make one number together, with no more than spaces, hyphens, `en`, `and` and `a` between."""
    group: _Group | None = None
    reach = 0  # up to where the words between the parts of a group have been read
    for word in _WORD.finditer(text):
        size, joined = _size(word[0]), False
        if group is not None:
            joined = _GAP.fullmatch(text, reach, word.start()) is not None
        if group is not None and joined and (size or word[0] in _NEEDS_NUMBER):
            group.end = reach = word.end()
            group.few = group.few or word[0] in _FEW
            group.sizes.append(size or (Size.LARGE if word[0] in _FEW else Size.MAGNITUDE))
        elif group is not None and joined and word[0] in _BETWEEN:
            reach = word.end()
        else:
            if group is not None:
                yield from _number(group, text, mark)
            group = _started(word, size, text)
            reach = word.end()
    if group is not None:
        yield from _number(group, text, mark)


def _started(word: re.Match[str], size: Size | None, text: str) -> _Group | None:
    """A group that begins with a word; `a dozen` and `a thousand` begin with the article."""
    if size is not None:
        return _Group(word.start(), word.end(), [size])
    opens = word[0] == "a" and _AFTER_A.match(text, word.end())
    return _Group(word.start(), word.end(), [Size.SMALL]) if opens else None


def _number(group: _Group, text: str, mark: str) -> Iterator[WordedNumber]:
    """The number that a group is; a magnitude right behind a figure or digits is the unit of those."""
    start, sizes = group.start, group.sizes
    if sizes[0] is Size.MAGNITUDE:
        before = text[max(start - 24, 0) : start]
        bare = before.rstrip(" \n\t([*_")
        if bare.endswith(mark) or bare[-1:].isdigit():
            first = _WORD.match(text, start)
            sizes = sizes[1:]
            start = first.end() if first else group.end
            start += len(text[start : group.end]) - len(text[start : group.end].lstrip(" \n-"))
        elif len(sizes) == 1 and _UNIT_OF.search(before):
            return
    if sizes:
        counts = max(sizes) > Size.SMALL or group.few or len(sizes) > MOST_WORDS_OF_A_LIST
        yield WordedNumber(start, group.end, max(sizes), counts)


_COUNTED = rf"(?:{_one_of(_SMALL)})"
_PARTS = r"(?:derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|twintigste|honderdste)"
_FRACTION = re.compile(  # literal: words that are read, never shown
    rf"\b(?:(?:een|de) helft|half of|(?:one|a|two) (?:third|quarter|fifth|tenth)s?(?= of)|three quarters"
    rf"|{_COUNTED}\s{{1,9}}{_PARTS}(?=\s{{1,9}}(?:van|deel|meer|minder|hoger|lager)\b)|driekwart"
    rf"|een kwart(?= (?:van|meer|minder|hoger|lager)\b)"
    rf"|{_COUNTED}\s{{1,9}}(?:op|of|uit)\s{{1,9}}(?:de|elke|iedere|every)\s{{1,9}}{_COUNTED}"
    rf"|(?:{_COUNTED}|dubbel|twice|double)\s{{1,9}}(?:keer\s|maal\s|times\s)?\s{{0,9}}(?:zo\s?veel|as much|as many)"
    r"|verdubbeld|verdriedubbeld|verdrievoudigd|gehalveerd|doubled|tripled|halved)\b"
)


def _fractions(text: str) -> Iterator[WordedNumber]:
    """Shares and multiples: `de helft`, `een derde van`, `drie op de vier`, `twee keer zoveel`, `verdubbeld`."""
    for found in _FRACTION.finditer(text):
        yield WordedNumber(found.start(), found.end(), Size.SMALL, counts=True)
