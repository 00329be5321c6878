"""Make a text plain before anyone looks for something in it: one form for every way in which a sign can be written.

Digits of any script, dashes, spaces, invisible signs, accents, look-alikes, entities, percent signs of addresses, marks
of Markdown and `[at]` become the plain sign that a reader takes them for. Every plain sign knows where it stood.
Everything takes linear time: passes are counted, and repeats within a pattern are bounded.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

DEEPEST = 4
"""So often may a text be escaped on top of itself: `&amp;amp;#64;`."""
_ODD = re.compile(r"[^ -~]|[&%\\*`~<]|  |[Aa][Tt]|[Aa]pen|[Dd]ot")
"""What a text has that is not plain yet."""
_ESCAPED = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|(?:%[0-9a-fA-F]{2})+")
_TAG = re.compile(
    r"<(?! ?(?:at|dot|punt|apen))/?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>@]{0,200})?/?>|<!--(?:(?!--).){0,300}-->",
    re.DOTALL,
)
_MARK = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*+|`+|~~+")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_BRACKETED_AT = re.compile(
    r" ?[\[({<|]{1,2} ?(?:at|@|apenstaart(?:je)?) ?[\])}>|]{1,2} ?| apenstaart(?:je)? ", re.IGNORECASE
)
_BRACKETED_DOT = re.compile(r" ?[\[({<|]{1,2} ?(?:dot|punt|\.) ?[\])}>|]{1,2} ?", re.IGNORECASE)
_BARE_AT = re.compile(
    r"(?<=[\w.+-]) at (?=[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}(?:\.[a-z]{2}| (?:dot|punt) [\w-]))", re.IGNORECASE
)
_BEFORE_AT = re.compile(r"[A-Za-z]{1,20}$")
_NO_NAME = frozenset(  # literal: words that are read, never shown
    "a an and are available be been based come data day days download end figures file files find found get go here "
    "hosted in info is it live look looking made meet money more not now on online only open or out page pages "
    "postings published read see seen shown site stand stands starts stay talk text that the them there this us visit "
    "was were work working you".split()
)
"""Words before ` at ` that are no part of an address: `see the data at wilgendam.example`."""
_LOOKALIKES: Mapping[int, int] = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıłŁøØđĐßæÆœŒ",
    "ABEKMHOPCTYXSIJaeopcyxijsdhABEZHIKMNOPTYXoilLoOdDsaAoO",
)
_DOTS = frozenset("·•∙⋅・‧․。｡﹒．۔܁⸱ꞏ𐤟")
_DASHES = frozenset("−˗⁃‐‑‒–—―﹘﹣－⁻₋➖ー─━˗⸺⸻〜")
_EMPTY = frozenset("ᅟᅠㅤﾠ￼⠀\ufffe\uffff")


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain text; `at`: per sign its place in what was written."""

    text: str
    at: Sequence[int]

    def place(self, index: int) -> int:
        """Where the sign at an index stood."""
        return self.at[index] if index < len(self.at) else (self.at[-1] + 1 if self.at else 0)


def plain(text: str) -> Plain:
    """A text in plain signs, with one space where there were blanks or line breaks."""
    written = Plain(text, range(len(text)))
    if _ODD.search(text) is None:
        return written
    return _plain(_signs(written))


def _plain(signs: Plain) -> Plain:
    """Signs without marks of Markdown, and with one blank where there are several."""
    return _addressed(_substituted(_substituted(signs, _MARK, _nothing), _BLANKS, _space))


def readings(text: str) -> list[Plain]:
    """The plain text; where something in it is escaped also what it says after that; each also without its tags."""
    read = [plain(text)]
    if any(sign in text for sign in "&%＆％﹪"):
        unescaped = Plain(text, range(len(text)))
        for _ in range(DEEPEST):
            again = _substituted(_signs(unescaped), _ESCAPED, _unescaped)
            if again.text == unescaped.text:
                break
            unescaped = again
        inner = plain(unescaped.text)
        read += [Plain(inner.text, [unescaped.place(at) for at in inner.at])] if inner.text != read[0].text else []
    bare = [_plain(_substituted(one, _TAG, _nothing)) for one in read if "<" in one.text]
    return [*read, *bare]


def _signs(found: Plain) -> Plain:
    """Each sign as the plain one."""
    if found.text.isascii() and found.text.isprintable():
        return found
    pieces = [_sign(sign) for sign in found.text]
    text = "".join(pieces)
    if len(text) == len(pieces) and all(map(len, pieces)):
        return Plain(text, found.at)
    return Plain(text, [at for at, piece in zip(found.at, pieces, strict=True) for _ in piece])


@lru_cache(maxsize=10_000)  # cache: by a sign
def _sign(sign: str) -> str:
    """The plain form of one sign: none, one, or the few that it stands for."""
    if sign in "\t\n\r\f\v\x85\u2028\u2029\x1c\x1d\x1e\x1f":
        return "\n"
    return "".join(map(_bare, unicodedata.normalize("NFKD", sign.translate(_LOOKALIKES))))


def _bare(sign: str) -> str:
    """One sign without what it carries."""
    kind = unicodedata.category(sign)
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if kind in ("Cf", "Mn", "Me", "Cc", "Co", "Cn") or sign in _EMPTY:
        return " " if sign == "⠀" else ""
    if kind == "Zs":
        return " "
    if kind == "Pd" or sign in _DASHES:
        return "-"
    if sign in "⁄∕⧸╱":
        return "/"
    return "." if sign in _DOTS else sign.translate(_LOOKALIKES)


def _unescaped(found: re.Match[str]) -> str:
    """What an entity or a run of percent signs stands for."""
    words = found[0]
    if words.startswith("%"):
        return unquote_to_bytes(words).decode("utf-8", "replace")
    return html.unescape(words)


def _addressed(found: Plain) -> Plain:
    """`[at]`, ` at ` before a domain, and `[dot]` as the signs they are."""
    found = _substituted(_substituted(found, _BRACKETED_DOT, _dot), _BRACKETED_AT, _at)

    def at(match: re.Match[str]) -> str:
        word = _BEFORE_AT.search(found.text, max(match.start() - 20, 0), match.start())
        return match[0] if word and word[0].lower() in _NO_NAME else "@"

    return _substituted(found, _BARE_AT, at)


def _dot(_: re.Match[str]) -> str:
    return "."


def _at(_: re.Match[str]) -> str:
    return "@"


def _nothing(_: re.Match[str]) -> str:
    return ""


def _space(_: re.Match[str]) -> str:
    return " "


def _substituted(found: Plain, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]) -> Plain:
    """The text with each match of a pattern replaced; what comes for it stands where it began."""
    matches = list(pattern.finditer(found.text))
    if not matches:
        return found
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for match in matches:
        words = made(match)
        pieces += [found.text[end : match.start()], words]
        places += found.at[end : match.start()]
        places += [found.at[match.start()]] * len(words)
        end = match.end()
    pieces.append(found.text[end:])
    places += found.at[end:]
    return Plain("".join(pieces), places)
