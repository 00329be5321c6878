"""Find the names of who was paid in a sentence, as people write them.

A surname counts with a matching initial, first name or form of address beside it; one that is rare enough counts by
itself. Of an organisation the whole name counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gebiedswerk.core.name_parts import Person, Whole, Word, kinds_of, parsed, rarest, words_of
from gebiedswerk.core.name_words import ADDRESSES, COMMON, FIRST_NAMES, OFFICES, ORGANISATIONS, PREFIXES, TITLES, WORDS
from gebiedswerk.core.plain import Plain, readings

NEAR = 9
"""So many words before or behind a surname may belong to it: prefixes, then initials or first names."""
LONGEST_FIRST = 10
"""Letters: a longer word before a surname is taken for a first name only where a file says so."""
CUE = r"\b\p{L}\b|\b\p{Lu}{2,4}\b"
"""Initials, in a form that the engine of queries reads."""
NOT_BARE = r"[^ -~]|[\\*`~<]|&[#A-Za-z]|%[0-9A-Fa-f]"
"""What a text has of which the words may be others than those of its letters from a to z, whatever their capitals."""
ODD = r"[^ -~€–‘’“”…•À-ÅÇ-ÏÑ-ÖÙ-Ýà-åç-ïñ-öù-ýÿ]|[\\*`~<]|&[#A-Za-z]|%[0-9A-Fa-f]"
"""What a text has of which the words are others once it is plain; without it they are the words of its letters."""


class Names:
    """All names to look for.

    A text in which one stands has one of `keys`, or one of `words` and beside it one of `cues` or what `CUE` reads;
    each stands between blanks in what is folded. As it is written, it has one of `parts`, or what `NOT_BARE` reads.
    """

    def __init__(self, written: Iterable[str]) -> None:
        self._persons: dict[str, list[Person]] = defaultdict(list)
        self._wholes: dict[str, list[Whole]] = defaultdict(list)
        for name in sorted(set(written)):
            for one in parsed(name):
                if isinstance(one, Person):
                    self._persons[one.surname[0]].append(one)
                else:
                    self._wholes[rarest(one.words)].append(one)
        self.words, keys, cues = set[str](), set(self._wholes), {*FIRST_NAMES, *ADDRESSES}
        cues |= {word for persons in self._persons.values() for one in persons for word in one.first}
        for surname, persons in self._persons.items():
            if surname not in WORDS or any(one.alone for one in persons):
                keys.add(surname)
                continue
            self.words.add(surname)
            kinds = {one.prefixes[-1] for one in persons if one.prefixes}
            keys |= {f"{word} {surname}" for word, kind in PREFIXES.items() if kind in kinds}
        self.keys, self.cues = frozenset(keys), frozenset(cues)
        surnames = {one.surname for persons in self._persons.values() for one in persons}
        self.parts = frozenset({*(max(surname, key=len) for surname in surnames), *self._wholes})

    @property
    def empty(self) -> bool:
        """Whether there is nobody to look for."""
        return not self.keys and not self.words

    def found(self, text: str) -> Iterator[tuple[str, int]]:
        """Each name that stands in a text, once, as it was written in a file, and the first place where it stands."""
        seen = set()
        for read in readings(text):
            for name, place in self._found(read):
                if name not in seen:
                    seen.add(name)
                    yield name, place

    def _likely(self, words: Sequence[Word], at: int) -> Iterator[Person]:
        """Those of a surname for whom something near it may speak: of all others nothing has to be compared."""
        before = words[max(at - NEAR, 0) : at]
        titled = any(word.low in ADDRESSES for word in before)
        cues = {word.low[0] for word in (*before, *words[at + 1 : at + NEAR]) if self._is_cue(word)}
        for person in self._persons[words[at].low]:
            if titled or person.alone or person.initials[:1] in cues:
                yield person

    def _is_cue(self, word: Word) -> bool:
        return len(word.text) == 1 or word.text[0].isupper() or word.low in self.cues

    def _found(self, read: Plain) -> Iterator[tuple[str, int]]:
        words = words_of(read.text)
        cased = any(word.text[0].isupper() for word in words)
        for at, word in enumerate(words):
            if word.low in self._persons:
                for person in self._likely(words, at):
                    if _is_person(words, at, person, read.text):
                        yield person.written, read.place(word.start)
            for whole in self._wholes.get(word.low, ()):
                first = at - whole.words.index(word.low)
                if first >= 0 and _is_whole(words, first, whole, cased=cased):
                    yield whole.written, read.place(words[first].start)


def _is_person(words: Sequence[Word], at: int, person: Person, text: str) -> bool:
    """Whether the surname at a place is this person's: what stands before and behind it says so."""
    end = at + len(person.surname)
    if tuple(word.low for word in words[at:end]) != person.surname:
        return False
    starts = [start for start, kinds in _before(words, at) if kinds == person.prefixes]
    if person.alone and (starts or not person.prefixes):
        return True
    if any(_given_before(words, start, person, text) or _addressed(words, start) for start in starts):
        return True
    return _given_behind(words, end, person, text, bool(starts))


def _before(words: Sequence[Word], at: int) -> Iterator[tuple[int, str]]:
    """Every place at which the prefixes of a surname may begin, with their kinds: none of them, one, or more."""
    yield at, ""
    kinds = ""
    for start in range(at - 1, max(at - 5, -1), -1):
        if words[start].low not in PREFIXES:
            return
        kinds = PREFIXES[words[start].low] + kinds
        yield start, kinds_of(kinds)


def _addressed(words: Sequence[Word], start: int) -> bool:
    """Whether a form of address stands before a name."""
    return start > 0 and (words[start - 1].low in ADDRESSES)


def _given_before(words: Sequence[Word], start: int, person: Person, text: str) -> bool:
    """Whether initials or first names of the person stand right before a place."""
    return any(
        _fits(words[begin:start], person, text, called=True) and _touches(words[begin : start + 1], text)
        for begin in range(max(start - 4, 0), start)
    )


def _given_behind(words: Sequence[Word], end: int, person: Person, text: str, prefixed: bool) -> bool:
    """Whether initials or first names of the person stand right behind its surname, with the prefixes behind them."""
    for last in range(end + 1, min(end + 5, len(words) + 1)):
        comma = "," in text[words[end - 1].end : words[end].start]
        if not _fits(words[end:last], person, text, called=comma) or not _touches(words[end - 1 : last], text):
            continue
        after = ""
        for word in words[last : last + 3]:
            if word.low not in PREFIXES:
                break
            after += PREFIXES[word.low]
            if kinds_of(after) == person.prefixes:
                break
        if prefixed or person.prefixes == kinds_of(after):
            return True
    return False


def _touches(words: Sequence[Word], text: str) -> bool:
    """Whether no more than a mark and a blank stand between words: no end of a sentence, unless behind an initial."""
    for left, right in pairwise(words):
        between = text[left.end : right.start]
        if len(between) > 3 or re.search(r"[;:!?/]", between) or ("." in between and len(left.text) > 3):
            return False
    return True


def _fits(given: Sequence[Word], person: Person, text: str, *, called: bool) -> bool:
    """Whether words are the first names or the initials of a person, as far as both are known.

    `called`: whether a first name that no file holds may stand here.
    """
    lows = [word.low for word in given]
    if person.first and tuple(lows) == person.first[: len(lows)]:
        return True
    if not person.initials:
        return False
    if all(_is_letter(word, text) for word in given) or (len(given) == 1 and _is_glued(given[0], person)):
        letters = "".join(lows)
        return letters.startswith(person.initials) or person.initials.startswith(letters)
    alone = len(given) == 1 or all(len(word.text) == 1 for word in given[1:])
    return called and alone and not person.first and lows[0][0] == person.initials[0] and _is_called(given[0], person)


def _is_letter(word: Word, text: str) -> bool:
    """One letter that is an initial: `a`, `u` and others like them are words without a point or a capital."""
    return len(word.text) == 1 and (
        word.low not in "aenostu" or word.text.isupper() or text[word.end : word.end + 1] == "."
    )


def _is_glued(word: Word, person: Person) -> bool:
    """Initials without points: `PJ`."""
    letters = person.initials
    return (
        1 < len(word.text) < 5
        and word.text.isupper()
        and (word.low.startswith(letters) or letters.startswith(word.low))
    )


def _is_called(word: Word, person: Person) -> bool:
    """Whether a word may be a first name: one of many before a surname that is a word, else any name with a capital."""
    if word.low in FIRST_NAMES:
        return True
    plain_word = all(one in WORDS for one in person.surname)
    named = 2 < len(word.text) <= LONGEST_FIRST and word.text[0].isupper() and word.low not in _NO_NAMES
    return named and (not plain_word or (bool(person.prefixes) and word.low not in COMMON))


_NO_NAMES = TITLES | ORGANISATIONS | OFFICES | WORDS | frozenset(PREFIXES)


def _is_whole(words: Sequence[Word], first: int, whole: Whole, *, cased: bool) -> bool:
    """Whether the words of a name stand here in their order; `cased` names with capitals, if the text has any."""
    here = words[first : first + len(whole.words)]
    if tuple(word.low for word in here) != whole.words:
        return False
    return not whole.cased or (cased and all(w.text[0].isupper() for w in here if w.low not in PREFIXES))
