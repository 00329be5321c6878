"""Take the name of who was paid apart, as packages write it.

`Vries, A. de`, `BERG J VD`, `10023 Jansen P.` and `Mw. dr. F. el-Amrani` are a surname with what stands before it, and
initials or first names. What may be either a person or an organisation is both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from gebiedswerk.core.name_words import COMMON, FIRST_NAMES, LEGAL, ORGANISATIONS, PREFIXES, TITLES, WORDS
from gebiedswerk.core.plain import plain

SHORTEST_NAME = 5
"""Letters: a shorter surname or name of an organisation is a word too often to count by itself."""
MOST_SIGNS, MOST_TOKENS = 200, 40
"""Of a name no more signs and words are read."""
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_AND = re.compile(r"(?<=[^\W_])[.]? (?:en|e/o|en/of|&|/) (?=[^\W_])", re.IGNORECASE)
_FORM = re.compile(r"(?<![^\W_])(?:b\. ?v|n\. ?v|v\. ?o\. ?f|c\. ?v|u\. ?a|b v|n v|v o f)(?![^\W_])\.?", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’`´] ?[tT](?![^\W_])")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
_TRADES_AS = re.compile(
    r"\b(?:h\.? ?o\.? ?d\.? ?n|t\.? ?h\.? ?o\.? ?d\.? ?n|c\. ?q|inzake|p/a|t\.? ?a\.? ?v)\b\.?", re.IGNORECASE
)


class Word(NamedTuple):
    """A word of a text: as it stands there, in small letters, and where. Many are made: a tuple takes half the time."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """A name of a person: surname and kinds of prefixes, initials, first names; and the name as it was written.

    `alone`: the surname by itself says who it is.
    """

    written: str
    surname: tuple[str, ...]
    prefixes: str = ""
    initials: str = ""
    first: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A name that counts as a whole, in this order of words; `cased`: only where it is written as a name."""

    written: str
    words: tuple[str, ...]
    cased: bool = False


def words_of(text: str) -> list[Word]:
    """The words and numbers of a plain text."""
    return [Word(word := match[0], word.lower(), match.start(), match.end()) for match in _WORD.finditer(text)]


def folded(text: str) -> str:
    """Words without capitals, accents and signs, one space between: 'J. Müller-Bos' → 'j muller bos'."""
    return " ".join(word.low for word in words_of(plain(text).text))


def parsed(name: str) -> list[Person | Whole]:
    """What a name as a package writes it may be: persons, an organisation, or either."""
    text = _APOSTROPHE.sub(" t ", plain(name[:MOST_SIGNS]).text)
    bare = _TRADES_AS.split(_BRACKETS.sub(" ", text))
    found: list[Person | Whole] = []
    for part in bare:
        formed = _FORM.sub(" ", part)
        sides = _sides(formed)
        read = [word for side in sides for word in side][:MOST_TOKENS]
        words = [word.low for word in read if not word.low.isdigit()]
        legal = formed != part or any(word in LEGAL for word in words)
        organised = any(word in ORGANISATIONS for word in words)
        spelled = "," in formed or any(_is_initials(read, at) for at in range(len(read)))
        spelled = spelled or bool(words and words[0] in FIRST_NAMES)
        persons = [] if organised and not spelled else _persons(name, formed, sides)
        found += persons
        if legal or organised or not any(one.initials or one.first for one in persons) or _is_loose(persons):
            found += _whole(name, [word for word in words if word not in LEGAL and word not in TITLES])
    return found


def _is_loose(persons: Sequence[Person]) -> bool:
    """Whether nothing says which of its words is the surname."""
    return len({person.surname for person in persons}) > 1


def _whole(name: str, words: list[str]) -> Iterator[Whole]:
    """The name as one: of two words or more, or of one that is long and no common word."""
    bare = [word for word in words if word not in PREFIXES]
    letters = sum(map(len, bare))
    if len(bare) > 1 and letters >= SHORTEST_NAME:
        yield Whole(name, tuple(words), cased=all(map(_is_word, bare)))
    elif len(bare) == 1 and letters >= SHORTEST_NAME and bare[0] not in COMMON and bare[0] not in ORGANISATIONS:
        yield Whole(name, tuple(words[words.index(bare[0]) :]))


def _sides(text: str) -> list[list[Word]]:
    """The words between commas."""
    return [words_of(side) for side in text.split(",")]


def _persons(name: str, text: str, sides: Sequence[Sequence[Word]]) -> list[Person]:
    """The persons that a name is, each of those that `en` or `e/o` joins."""
    parts = [part for part in _AND.split(text) if part.strip()]
    several = [person for part in parts for person in _person(name, _sides(part))] if 1 < len(parts) < 5 else []
    return several if several and all(one.initials or one.first for one in several) else list(_person(name, sides))


def _person(name: str, written: Sequence[Sequence[Word]]) -> Iterator[Person]:
    """One person: split at a comma, else at the initials, else every way in which two to four words may be a name."""
    sides = [[word for word in side if not word.low.isdigit()] for side in written[:6]]
    sides = [side for side in sides if side]
    titled = any(word.low in TITLES for side in sides for word in side)
    sides = [
        [word for at, word in enumerate(side) if not _is_title(side, at, first=side is sides[0])] for side in sides
    ]
    sides = [side for side in sides if side]
    if not sides or sum(map(len, sides)) > 8:
        return
    if len(sides) > 1:
        given = [word for side in sides[1:] for word in side]
        yield from _made(name, sides[0], given, {at for at, word in enumerate(given) if _is_initials(given, at)})
        return
    words = sides[0]
    initials = [at for at in range(len(words)) if _is_initials(words, at)]
    if initials and initials[0] == 0:
        last = next(at for at in range(len(words)) if at not in initials) if len(initials) < len(words) else len(words)
        yield from _made(name, words[last:], words[:last], set(initials))
    elif initials:
        later = {at - initials[0] for at in initials}
        yield from _made(name, words[: initials[0]], words[initials[0] :], later)
    elif titled or len(words) == 1 or words[0].low in PREFIXES:
        yield from _made(name, words, [])
    elif len(words) < 5 and (words[0].low in FIRST_NAMES or not all(_is_word(word.low) for word in words)):
        yield from _made(name, words[1:], words[:1], alone=False)
        if len([word for word in words if word.low not in PREFIXES]) == 2:
            yield from _made(name, words[:1], words[1:], alone=False)


def _is_word(low: str) -> bool:
    """Whether it is an ordinary word, or one of organisations."""
    return low in WORDS or low in ORGANISATIONS


def _is_title(side: Sequence[Word], at: int, *, first: bool) -> bool:
    """A form of address or a degree, not at the end of a name; `de` before `heer` goes with it."""
    word, behind = side[at].low, side[at + 1 :]
    if first and not any(len(one.text) > 1 and one.low not in PREFIXES for one in behind):
        return False
    return word in TITLES or (word == "de" and at + 1 < len(side) and side[at + 1].low == "heer")


def _is_initials(words: Sequence[Word], at: int) -> bool:
    """One letter; or a few capitals, among words that are not all capitals, without a vowel, or last but prefixes."""
    word = words[at]
    if len(word.text) == 1:
        return word.text != "t" and not (word.text == "v" and at > 0)
    if len(word.text) > 4 or word.low in PREFIXES or not word.text.isupper():
        return False
    behind = words[at + 1 :]
    named = any(len(one.text) > 1 and one.low not in PREFIXES for one in words[:at])
    last = named and len(word.text) < 4 and all(one.low in PREFIXES for one in behind)
    return last or not all(one.text.isupper() for one in words) or not re.search("[AEIOUY]", word.text)


def _made(
    name: str, family: Sequence[Word], given: Sequence[Word], letters: Set[int] = frozenset(), *, alone: bool = True
) -> Iterator[Person]:
    """A person of a surname (with prefixes before it) and what else stands there: initials, first names, prefixes.

    `letters`: the places in `given` of its initials.
    """
    at = next((at for at, word in enumerate(family) if not _is_prefix(family, at)), len(family))
    end = len(family)
    while end - at > 1 and family[end - 1].low in PREFIXES and at == 0:  # `Vries de A.`
        end -= 1
    surname = tuple(word.low for word in family[at:end])
    before = [word.low for word in (*family[:at], *family[end:])]
    later = [] if before else [number for number, word in enumerate(given) if _is_later_prefix(given, number)]
    before = before or [given[number].low for number in later]
    initials, first = "", []
    for number, word in enumerate(given):
        if number in letters:
            initials += word.low
        elif number not in later and word.low not in LEGAL:
            initials += word.low[0]
            first.append(word.low)
    if not any(len(word) > 1 and word not in PREFIXES for word in surname):
        return
    rare = sum(map(len, surname)) >= SHORTEST_NAME and not all(word in COMMON for word in surname)
    rare = rare or (len(surname) > 1 and not all(word in WORDS for word in surname))
    kinds = "".join(PREFIXES[word] for word in before)
    yield Person(name, surname, kinds_of(kinds), initials[:6], tuple(first), alone and rare)


def _is_prefix(family: Sequence[Word], at: int) -> bool:
    """Whether a word at the head of a surname is a prefix of it; the last word of all is the surname."""
    return at + 1 < len(family) and all(word.low in PREFIXES for word in family[: at + 1])


def _is_later_prefix(given: Sequence[Word], at: int) -> bool:
    """A prefix behind the initials: no single capital, unless it is the last of capitals (`BERG J V D`)."""
    word = given[at]
    single = len(word.text) == 1 and word.text.isupper()
    return word.low in PREFIXES and (not single or (at > 0 and word.text == "V"))


def kinds_of(kinds: str) -> str:
    """The kinds of prefixes, of which `vd` for `van de` is one too."""
    return re.sub(r"(.)\1+", r"\1", kinds.replace("vd", "d"))


def rarest(words: Sequence[str]) -> str:
    """The word of a name by which it is looked up: the longest that is no initial and not common, else the longest."""
    return max(words, key=lambda word: (len(word) > 3 and word not in COMMON and word not in ORGANISATIONS, len(word)))
