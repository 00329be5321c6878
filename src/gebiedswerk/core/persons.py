"""Who is one person among creditors as packages write them: better two taken for one than one for two.

A number decides. A name alone never makes two out of one: what differs between two spellings of a name (order,
initials, titles, accents, doubled letters, legal forms) is dropped, and what is left may join persons, never part them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gebiedswerk.core.name_parts import folded

NAME = "~"
"""What a person starts with who is known by name alone."""

_TITLES = frozenset("dhr heer hr mevr mevrouw mw mej fam familie erven dr drs ir ing mr prof bc ba bsc msc llm".split())
_PARTICLES = frozenset(
    "a aan aen af al an bij da dal das de del den der des di dos du el en het in la las le les".split()
)
_PARTICLES |= frozenset(
    "lo los of op onder over s sur t te ten ter tot uit van vd vande vander von voor vor zu zum".split()
)
_FORMS = frozenset("bv nv vof cv eenmanszaak maatschap holding beheer st stg stichting ver vereniging".split())
_FORMS |= frozenset("cooperatie coop ua ba gmbh ltd inc zzp ev cs co cie zn zonen gebr gebroeders".split())
_DROPPED = _TITLES | _PARTICLES | _FORMS
_SOUNDS = (("ph", "f"), ("th", "t"), ("dt", "t"), ("sch", "s"), ("ck", "k"), ("y", "ij"), ("ei", "ij"), ("ij", "i"))
_LETTERS: Mapping[int, int] = str.maketrans("czqw", "kskv")


def persons(written: Iterable[str]) -> Mapping[str, str]:
    """Each creditor as it is written → who that is: a number, a code, or `NAME` with what is left of the name.

    Where a name without a comma has several words, nobody can say which of them is the family's: all names that share
    one of these are one person.
    """
    numbers, names = dict[str, str](), dict[str, list[str]]()
    for text in written:
        words = folded(text).split()
        number = _number(words)
        if number:
            numbers[text] = number
        elif words:
            names[text] = _family(text)
    chief = _joined(names.values())
    return numbers | {text: NAME + chief[words[0]] for text, words in names.items()}


def _number(words: list[str]) -> str:
    """The number of a creditor, or a code that holds no word; nothing where there is but a name."""
    digits = [word for word in words if any(sign.isdigit() for sign in word)]
    others = [word for word in words if word not in digits and len(word) > 1]
    if not digits:
        return "" if others else "".join(words)
    if not others:
        return "".join(word.lstrip("0") or "0" for word in words)
    runs = [run for word in digits for run in re.findall(r"\d+", word)]
    return max((run.lstrip("0") or "0" for run in runs), key=len)


def _family(text: str) -> list[str]:
    """What may be the family's name: all before a comma, else every word that is no initial, title or legal form."""
    before, comma, _ = text.partition(",")
    words = folded(before if comma and _names(folded(before)) else text).split()
    return _names(" ".join(words)) or [_sound("".join(words))]


def _names(words: str) -> list[str]:
    return [_sound(word) for word in words.split() if len(word) > 1 and word not in _DROPPED]


def _sound(word: str) -> str:
    """A word as it is heard, so that Janssen and Jansen, Meijer and Meyer, Smit and Smidt are one."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(.)\1+", r"\1", word.translate(_LETTERS))
    return f"{word[:-1]}t" if word.endswith("d") else word


def _joined(names: Iterable[list[str]]) -> dict[str, str]:
    """Word → the first in order of all words with which names join it."""
    above: dict[str, str] = {}

    def top(word: str) -> str:
        above.setdefault(word, word)
        while above[word] != word:
            above[word] = above[above[word]]
            word = above[word]
        return word

    for words in names:
        for word in words[1:]:
            first, second = sorted((top(words[0]), top(word)))
            above[second] = first
        top(words[0])
    return {word: top(word) for word in list(above)}
