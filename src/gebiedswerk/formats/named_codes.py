"""Codes with their name in the same cell: `7110 Noorderwijk`, `7110 - Noorderwijk`, `7110: …`, `Noorderwijk (7110)`,
`[7110] Noorderwijk`.

A name is taken off only where each code has one: then no two cells become the same code, and nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

import polars as pl

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import Delivery
from gebiedswerk.dossier.settings import CODE_COLUMNS
from gebiedswerk.formats.column_store import Distinct, changed, distinct
from gebiedswerk.formats.format import ROW
from gebiedswerk.formats.spoiled import is_day

_CODE = (
    r"(?P<code>(?![0-9]{1,2}(?:e|de|ste)(?![0-9A-Za-z]))[A-Za-z]{0,6}[-._/]?[0-9]+[A-Za-z]{0,3}"
    r"(?:[-._/]+(?![A-Za-z]{4})[0-9A-Za-z]+)*)"
)
_DASHES = r"[-–—=/]+(?![-–—=/])"
_WORD = r"(?=.*[^\W\d_]{2})"
_FIRST = re.compile(
    rf"(?s)\A{_CODE}(?:\s*[:;|]\s*(?=[^\W\d])|\s*[.,]\s+(?=\S)|\s*{_DASHES}\s+(?=\S)|\s+{_DASHES}\s*(?=\S)"
    rf"|\s+(?=[^\W\d_])|\s*\(){_WORD}(?P<name>.*)"
)
"""A code, a mark or a blank, and words. What begins with a digit behind a blank (`7110 01 Noord`) is part of a code."""
_TIGHT = re.compile(r"\A(?P<code>[A-Za-z]{0,6}[0-9]{2,})[-–—_](?P<name>(?=.*[a-zà-ÿ]|.*[ ])[^\W\d_]{4,}.*)")
"""`7110-Noorderwijk`; one word in capitals, `7110-NOORD`, is part of a code."""
_LAST = re.compile(rf"\A{_WORD}(?=[^()\[\]]*[^\W_])(?P<name>[^()\[\]]*)[(\[]{_CODE}[)\]]")
_BRACED = re.compile(rf"(?s)\A[(\[]{_CODE}[)\]]\s*[-–—:;|.,]?\s*{_WORD}(?P<name>\w.*)")
"""`[7110] Noorderwijk`, `(7110) - Noorderwijk`."""
_ALONE = re.compile(rf"\A{_CODE}\s*[-–—:;=|](?P<name>)")
"""A code whose name is empty."""
LONGEST = 500
"""Letters of a cell that is looked at: no package writes a longer name."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
SHOWN = 3
"""So many codes with more than one name are shown."""
MOST_LOOKED = 2_000
"""Different cells of a column that are looked at."""
MANY, NEARLY_ALL = 0.5, 0.9
"""Parts of the cells of a column that have a name, where it is one of such codes; and where that is beyond doubt."""


def parted(cell: str) -> tuple[str, str] | None:
    """The code and the name of a cell; None for one that does not hold both, or that a spreadsheet spoiled."""
    for form in (_TIGHT, _FIRST, _LAST, _BRACED, _ALONE) if len(cell) <= LONGEST else ():
        found = form.fullmatch(cell)
        if found and not is_day(cell) and not (form in (_LAST, _BRACED) and _YEAR.fullmatch(found["code"])):
            return found["code"], found["name"].strip().removesuffix(")" if "(" not in found["name"] else "\0")
    return None


def without_names(column: pl.Series) -> pl.Series:
    """A column of codes without the names in its cells."""
    return changed(column, lambda texts: pl.Series(texts.name, [_code(cell) for cell in texts], dtype=pl.String))


def _code(cell: str | None) -> str:
    found = parted(cell or "")
    return found[0] if found else cell or ""


def shared(cells: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The codes that have more than one name in some cells, with these; however spelled."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for cell in cells:
        found = parted(cell)
        if found and found[1]:
            names[found[0]].setdefault(_plain(found[1]), found[1])
    return {code: tuple(said.values()) for code, said in names.items() if len(said) > 1}


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def texts_of(column: pl.Series) -> list[str]:
    """Different cells of a column with something in them, as many as are looked at."""
    known = distinct(column)
    cells = column.cast(pl.String).head(MOST_LOOKED).unique(maintain_order=True) if known is None else known
    return [cell for cell in cells.head(MOST_LOOKED).to_list() if cell]


def have_names(cells: Iterable[str]) -> bool:
    """Whether most of some different cells hold a code and its name."""
    found = [one and one[1] for one in map(parted, cells)]
    return any(found) and sum(map(bool, found)) >= MANY * len(found)


def surely(cells: Iterable[str]) -> bool:
    """Whether nearly all cells do, each code has one name, and no code may be a year: `2025 Herinrichting`."""
    texts = list(cells)
    found = [one for one in map(parted, texts) if one]
    doubtful = any(_YEAR.fullmatch(code) for code, _ in found) or bool(shared(texts))
    return not doubtful and len(found) >= NEARLY_ALL * len(texts) > 0


def bare_named(cells: pl.DataFrame, delivery: Delivery) -> Checked[pl.DataFrame]:
    """Rows with the codes alone in the columns of which the profile says that they hold names too.

    A code that has more than one name is asked about (L246): they may be two codes of which the rest was called a name.
    """
    profile, faults = delivery.profile, list[Fault]()
    for name in profile.named_codes or ():
        header = profile.columns.get(name, "")
        if header not in cells.columns or cells.schema[header] == pl.Float64:
            continue
        texts = filter(None, Distinct(cells[header]).cells)
        said = {code: names for code, names in shared(texts).items() if code not in profile.renamed}
        faults += [_asked(cells, header, name, said, delivery)] if said else []
        cells = cells.with_columns(without_names(cells[header]).alias(header))
    return Checked(cells, tuple(faults))


def _asked(cells: pl.DataFrame, header: str, name: str, said: dict[str, tuple[str, ...]], delivery: Delivery) -> Fault:
    column, codes = cells[header].cast(pl.String), sorted(said)
    cell = next(text for text in column.unique(maintain_order=True) if text and _code(text) in said)
    shown = "; ".join(f"{code}: {_listed(said[code])}" for code in codes[:SHOWN])
    facts = {
        "count": len(codes),
        "codes": codes,
        "shown": f"{shown} …" if len(codes) > SHOWN else shown,
        "others": [one for one in delivery.profile.named_codes or () if one != name],
        "known": delivery.profile.renamed,
        "profile": delivery.settings.profile,
    }
    return fault("L246", delivery.file, cells[ROW][column.index_of(cell) or 0], header, cell, **facts)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names[:SHOWN])


def unsaid(read: pl.DataFrame, same: Iterable[tuple[str, str]], delivery: Delivery) -> list[Fault]:
    """The columns in which codes stand with a name, where nobody said what counts (L245): the whole cell."""
    profile, found = delivery.profile, list[Fault]()
    if profile.named_codes is not None:
        return []
    codes = [name for name in CODE_COLUMNS if name in profile.columns]
    texts = {name: texts_of(read[name]) for name in codes if name in read.columns}
    texts |= {name: [text] for name, text in same if name in codes and text}
    named = [name for name in codes if have_names(texts.get(name, []))]
    for name in named:
        cell = next(text for text in texts[name] if parted(text))
        facts = {
            "count": len(texts[name]),
            "read": _code(cell),
            "columns": ",".join(named),
            "profile": delivery.settings.profile,
        }
        found.append(fault("L245", delivery.file, None, profile.columns[name], cell, **facts))
    return found
