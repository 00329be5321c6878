"""Every way in which a number or address is written so that a reader still reads it: for tests that look for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from urllib.parse import quote

FULL, ARABIC, PERSIAN, MATH = 0xFF10, 0x660, 0x6F0, 0x1D7CE
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a\u202e\u2066\u2069\ufe0f\u034f\U000e0101\u061c\u180e"
SPACES = " \u00a0\u2007\u2009\u202f\u2002\u2003\u3000\t\n"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
GROUPS = {"bsn": ((9,), (3, 3, 3), (4, 2, 3)), "phone": ((2, 8), (2, 2, 2, 2, 2), (10,), (2, 4, 4))}

Disguise = Callable[[str], str]


def in_digits(first: int) -> Disguise:
    """In the digits of a script."""
    return lambda text: "".join(chr(first + int(sign)) if sign in "0123456789" else sign for sign in text)


def woven(sign: str) -> Disguise:
    """With a sign between every two."""
    return sign.join


def cut(sign: str) -> Disguise:
    """With a sign in the middle only."""
    return lambda text: text[: len(text) // 2] + sign + text[len(text) // 2 :]


def entities(form: str, depth: int = 0) -> Disguise:
    """As numbered entities, escaped again so many times."""

    def disguised(text: str) -> str:
        said = "".join(form.format(ord(sign)) for sign in text)
        for _ in range(depth):
            said = said.replace("&", "&amp;")
        return said

    return disguised


def replaced(signs: Mapping[str, str], text: str) -> str:
    """With other words for some signs."""
    for sign, words in signs.items():
        text = text.replace(sign, words)
    return text


ANY: dict[str, Disguise] = {
    "as it is": lambda text: text,
    **{f"woven with {ord(sign):x}": woven(sign) for sign in INVISIBLE},
    "wide": lambda text: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
    "accents": woven("\u0301"),
    "decimal entities": entities("&#{};"),
    "hexadecimal entities": entities("&#x{:X};"),
    "entities escaped again": entities("&#{};", 1),
    "entities escaped twice again": entities("&#{};", 2),
    "percent": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "percent escaped again": lambda text: quote("".join(f"%{byte:02x}" for byte in text.encode())),
    "bold in the middle": lambda text: f"{text[:3]}**{text[3:-2]}**{text[-2:]}",
    "stars": cut("*"),
    "code": lambda text: f"`{text[:4]}`{text[4:]}",
    "a tag": lambda text: f"{text[:4]}<b>{text[4:]}</b>",
    "a comment": cut("<!-- x -->"),
}
NUMBERS: dict[str, Disguise] = {
    **ANY,
    "full width": in_digits(FULL),
    "Arabic": in_digits(ARABIC),
    "Persian": in_digits(PERSIAN),
    "bold mathematical": in_digits(MATH),
    "sans mathematical": in_digits(MATH + 20),
    "circled": lambda text: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(sign)] if sign in "0123456789" else sign for sign in text),
    "superscript": lambda text: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(sign)] if sign in "0123456789" else sign for sign in text),
}
AT = [
    "[at]",
    "(at)",
    "{at}",
    " [at] ",
    " (at) ",
    " at ",
    " AT ",
    "[AT]",
    " apenstaartje ",
    "\\@",
    " @ ",
    "＠",
    "&commat;",
]
DOT = ["[dot]", " dot ", " punt ", "(punt)", "\\.", "&period;", "。"]
EMAILS: dict[str, Disguise] = {
    **ANY,
    **{f"at as {at!r}": partial(replaced, {"@": at}) for at in (*AT, "&commat;", "<at>")},
    **{f"dot as {dot!r}": partial(replaced, {"@": "[at]", ".": dot}) for dot in DOT},
    "at and punt": lambda text: text.replace("@", " at ").replace(".", " punt "),
    "mailto": lambda text: f"mailto:{text.replace('@', '%40')}",
    "Cyrillic": lambda text: text.translate(str.maketrans("aeopcx", "аеорсх")),
}


def written(digits: str, kind: str) -> Iterator[tuple[str, str]]:
    """A number in each of its groups, with each blank, dash, dot or slash between them; and what that is called."""
    for sizes in GROUPS[kind]:
        marks = (".", *SPACES, *DASHES, *(("/", " / ", " - ") if kind == "phone" else ())) if len(sizes) > 1 else ("",)
        for mark in marks:
            parts, at = [], 0
            for size in sizes:
                parts.append(digits[at : at + size])
                at += size
            yield mark.join(parts), f"{sizes} with {mark!a}"
