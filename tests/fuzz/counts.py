"""How many lines a file holds, and what they add up to, counted in ways that share nothing with the importers."""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from gebiedswerk.dossier import Profile


def records(text: str, mark: str) -> Iterator[list[str]]:
    """Cut text into rows of cells, letter by letter: a quote opens a cell only at its start."""
    cells, cell, quoted, opened = [], "", False, False
    for letter in text:
        if letter == '"' and (quoted or opened or not cell):
            cell += '"' if opened and not quoted else ""  # a quote written twice
            quoted, opened = not quoted, True
        elif quoted or letter not in (mark, "\n"):
            cell += letter
        else:
            cells.append(cell.strip())
            cell, opened = "", False
            if letter == "\n":
                yield cells
                cells = []
    yield [*cells, cell.strip()]


def decoded(data: bytes) -> str:
    """The text of a table: by its mark, else as UTF-8, else as Windows writes it; returns alone are its line ends."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
    return text if "\n" in text else text.replace("\r", "\n")


def csv_rows(data: bytes, profile: Profile) -> list[dict[str, str]]:
    """The rows of a CSV file that are not blank, and no row of the header or the title again, by header."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode(profile.encoding, "replace").rstrip("\x1a\0")
    rows = list(records(text.removeprefix("\ufeff"), profile.delimiter))
    top = profile.header_row
    top += top == 1 and re.fullmatch("sep=.?", "".join(rows[0]).lower()) is not None
    header = rows[top - 1]
    known = ["\0".join(row).rstrip("\0") for row in rows[:top]]
    below = [row for row in rows[top:] if any(row) and "\0".join(row).rstrip("\0") not in known]
    found = [dict(zip(header, row, strict=False)) for row in below]
    names = [name for name in dict.fromkeys(profile.columns.values()) if name in header]
    return [row for row in found if any(row.get(name) != name for name in names)]


def sums(rows: list[dict[str, str]], profile: Profile) -> tuple[int, int]:
    """Debit and credit of rows of which every amount can be read."""
    debit = credit = 0
    for row in rows:
        cents = {name: _cents(row.get(profile.columns.get(name, ""), ""), profile) for name in ("debit", "credit")}
        if "amount" in profile.columns:
            amount = _cents(row[profile.columns["amount"]], profile)
            other_side = row[profile.sign.column] in profile.sign.negative if profile.sign else amount < 0
            amount = amount if profile.sign else abs(amount)
            cents = {"debit": 0, "credit": amount} if other_side else {"debit": amount, "credit": 0}
        debit, credit = debit + cents["debit"], credit + cents["credit"]
    return debit, credit


def _cents(cell: str, profile: Profile) -> int:
    """Cents of a cell that was read: sign by sign, what is no digit, mark or minus says nothing."""
    kinds = {sign: unicodedata.category(sign) for sign in cell}
    text = "".join(sign for sign in cell if kinds[sign] not in ("Zs", "Cc", "Cf") and sign not in "\t'\u2019€+ ")
    text = re.sub("(?i)euro?", "", text)
    minus = text.startswith("(") or any(sign in text.rstrip("=") for sign in "-−–—")
    digits = "".join(sign for sign in text if sign.isdigit() or sign == profile.decimal)
    if not any(sign.isdigit() for sign in digits):
        return 0
    if not profile.trailing_minus and re.search(rf"{re.escape(profile.decimal)}-$", text) and not text.startswith("-"):
        minus = False
    cents = round(Decimal(f"0{digits.replace(profile.decimal, '.')}") * 100)
    return -cents if minus else cents


def xlsx_rows(path: Path, part: str, profile: Profile) -> list[dict[str, str]]:
    """The rows of a sheet with something in them, and no row of the header or the title again, by header.

    By a tree of its XML. Numbers have the profile's mark.
    """
    with zipfile.ZipFile(path) as book:
        names = {name.replace("\\", "/").lower(): name for name in book.namelist()}
        texts = _texts(book, names)
        sheet = ET.fromstring(book.read(names[part.lower()]))  # noqa: S314 - the importer refused a DOCTYPE before
    at, header, found, tops = 0, dict[str, str](), list[dict[str, str]](), list[dict[str, str]]()
    for row in (one for one in sheet.iter() if _local(one.tag) == "row"):
        at = int(row.get("r", at + 1))
        cells = [(cell, _shown(cell, texts, profile)) for cell in row.iter() if _local(cell.tag) == "c"]
        places = [cell.get("r", "").rstrip("0123456789") or str(n) for n, (cell, _) in enumerate(cells)]
        filled = {place: text for place, (_, text) in zip(places, cells, strict=True) if text}
        if at <= profile.header_row:
            header = filled if at == profile.header_row else header
            tops.append(filled)
        elif filled and filled not in tops:
            found.append({header.get(place, place): text for place, text in filled.items()})
    return found


def _texts(book: zipfile.ZipFile, names: Mapping[str, str]) -> list[str]:
    part = next((name for name in names if name.endswith("sharedstrings.xml")), None)
    if part is None:
        return []
    items = [item for item in _before_damage(book.read(names[part])) if _local(item.tag) == "si"]
    return ["".join(_spoken(item)) for item in items]


def _before_damage(text: bytes) -> Iterator[ET.Element]:
    """The elements that close before a text is no XML any more: the importer reads no further than its cells point."""
    with contextlib.suppress(ET.ParseError):
        for _, element in ET.iterparse(io.BytesIO(text)):  # noqa: S314 - as above
            yield element


def _spoken(element: ET.Element) -> Iterator[str]:
    """The texts of an element, without how to pronounce them."""
    for child in element:
        if _local(child.tag) == "t":
            yield child.text or ""
        elif _local(child.tag) != "rPh":
            yield from _spoken(child)


def _shown(cell: ET.Element, texts: list[str], profile: Profile) -> str:
    """What a cell holds: a text, a number with the profile's mark, or a formula without an outcome."""
    values = [child.text or "" for child in cell.iter() if _local(child.tag) == "v"]
    text = "".join([*values, *_spoken(cell)]).strip()
    if cell.get("t") == "s" and values:
        return texts[int(text)].strip() if text else ""
    formulas = [child for child in cell.iter() if _local(child.tag) == "f"]
    if formulas and not text:
        return "" if values else "="
    try:
        number = float(text) if cell.get("t", "n") == "n" else None
    except ValueError:
        return text
    return text if number is None else f"{number:.2f}".replace(".", profile.decimal)


def xaf_lines(text: bytes) -> int:
    """The elements `trLine` in the namespace of the root, wherever they stand: by a tree of the XML."""
    root = ET.fromstring(text, ET.XMLParser(encoding="utf-8"))  # noqa: S314 - as above
    space = root.tag.removesuffix("auditfile")
    return sum(one.tag == f"{space}trLine" for one in root.iter())


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].rpartition(":")[2]
