"""Signs for tests: those that may stand in text, by hand and by chance, and a town with them in every text."""

from __future__ import annotations

import csv
import io
import random
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from gebiedswerk.core.shown_signs import SHOWN
from gebiedswerk.core.signs import why_strange
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.work import WORK_TABLES
from gebiedswerk.language.numbers_in_prose import loose_numbers

REFUSED = {
    "D160": ["\uf0b7", "\ue000", "\U000f0000", "\U0010fffd", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85"],
    "D161": ["\u0378", "\U00020000", "\U0002a6df", "\U00030000", "\U0001fc00", "\U00013000"],
    "D162": ["\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufff9", "\U000e0041", "\U000e0001", "\u2063"],
    "D163": ["e" + "\u0301" * 31],
}
"""By the code of the fault: what is refused wherever it stands."""
REFUSED["D160"] += ["\u2028", "\u2029", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff"]
EMOJI = [
    "😀",
    "👨\u200d👩\u200d👧\u200d👦",
    "❤\ufe0f\u200d🔥",
    "🏳\ufe0f\u200d🌈",
    "🏴\u200d☠\ufe0f",
    "🇳🇱",
    "👍🏽",
    "1\ufe0f\u20e3",
]
SCRIPTS = ["九龙", "한글", "ᄀᆞᆫ", "क्षि", "ཧཱུྃ", "שָׁלוֹם", "العربية 123", "\u0600١", "ﷺ", "ĳ", "𝔸𝕓", "🜁", "𐍈"]
JOINED = ["✔\ufe0e", "e\u20dd", "a\U0001d165", "e" + "\u0301" * 30, "x\u200dy", "x\u200b\u2060y", "x\u200e\u200f"]
WRITTEN = ["zachte\u00adkoppeling", "vast\u00a0wit", "<b>&amp;\"'", "#$_*`\\@{}[]", "=1+1", "W" * 3000]
TAKEN = [*EMOJI, *SCRIPTS, *JOINED, *WRITTEN]
"""What must come through, beside single signs."""
NAMING = {"figure", "what", "file", "column", "text", "words", "posting", "old", "new"}
"""Columns of words that name something else: with a sign behind them they would name nothing."""
TABLE_OF = {table.file: table for table in (*TABLES.values(), *WORK_TABLES.values())}


def allowed() -> list[str]:
    """Every sign that may stand in text, but the white space that cells lose at their ends."""
    signs = (chr(number) for first, last in SHOWN for number in range(first, last + 1))
    return [sign for sign in signs if why_strange(sign) is None and not sign.isspace()]


def blocks(size: int, dice: random.Random) -> list[str]:
    """All allowed signs that are no numbers, shuffled, in pieces of this size: marks come on letters without them.

    Numbers stand apart: in a text they would ask for a figure.
    """
    signs = [sign for sign in allowed() if not is_number(sign) and not sign.isascii()]
    dice.shuffle(signs)
    return ["".join(signs[at : at + size]) for at in range(0, len(signs), size)]


def is_number(sign: str) -> bool:
    """Whether a sign stands for a number: `九` does too, and so do the pictures `🔟` and `💯`."""
    known = unicodedata.numeric(sign, None) is not None or unicodedata.category(sign).startswith("N")
    return known or bool(loose_numbers(f"a {sign} b"))


def fill(dossier: Path, pieces: Iterator[str]) -> int:
    """Put a piece behind the words of every text cell, title, name and paragraph of a town. Returns how many places."""
    count, said = 0, dict[str, str]()
    prose = (piece for piece in pieces if not any(map(is_number, piece)))
    for path in sorted(dossier.rglob("*.csv")):
        table = TABLE_OF.get(path.relative_to(dossier).as_posix())
        if table is not None:
            count += _fill_table(path, table, pieces, said)
    for path in sorted(dossier.glob("publications/*/*.md")):
        text = re.sub(
            r"\[[^\]]*\]\(figure:(areas|lines)[^)]*\)", "daar", path.read_text("utf-8")
        )  # names no longer said
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if line[:1].isalpha() or line.startswith("#"):
                lines[at] = f"{line.rstrip()} {next(prose)}"
                count += 1
        path.write_text("\n".join(lines), "utf-8")
    for path in sorted([dossier / "dossier.toml", *dossier.glob("publications/*/publication.toml")]):
        text = path.read_text("utf-8")
        form = tomllib.loads(text)
        for name in ("name", "title", "explanation"):
            for value in _values(form if name != "name" else form.get("municipality"), name):
                text = text.replace(f'"{value}"', f'"{value} {_escaped(next(pieces))}"', 1)
                count += 1
        path.write_text(text, "utf-8")
    return count


def _escaped(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace('"', '\\"')


def _values(form: object, name: str) -> Iterator[str]:
    if isinstance(form, dict):
        for key, value in form.items():
            if key == name and isinstance(value, str):
                yield value
            yield from _values(value, name)
    elif isinstance(form, list):
        for one in form:
            yield from _values(one, name)


def text_columns(table: TableSchema) -> list[str]:
    """The columns of a table that hold words."""
    return [column.name for column in columns_of(table.rows) if column.kind.name == "text"]


def _fill_table(path: Path, table: TableSchema, pieces: Iterator[str], said: dict[str, str]) -> int:
    """`said`: words → the same words with a piece, for a number of a decision stands in several rows."""
    rows: Sequence[list[str]] = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    places = [at for at, name in enumerate(rows[0]) if name.strip() in text_columns(table) and name not in NAMING]
    count = 0
    for row in rows[1:]:
        for at in places:
            if at < len(row) and row[at]:
                row[at] = said.setdefault(row[at], f"{row[at]} {next(pieces)}")
                count += 1
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), "utf-8")
    return count
