"""Tables made up from a seed: any table of the schema, in any way that people and spreadsheets write one."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.table_reader import columns_of
from gebiedswerk.dossier.tables import TableSchema
from tests.dossier.walks import ALL_TABLES, RIGHT

WORDS = ("Noord", "een; twee", 'de "Brink"', '"', "a,b", "tab\tin", "regel\nregel", "€ 5", "Café", "0012", "-", "’t")
OTHERS = ("Zuid", "drie; vier", "1,5", 'x"y', "onder\nelkaar", "ƒ", "ě", "", "07")
ENCODINGS: Mapping[str, bytes] = {
    "utf-8": b"",
    "utf-8 ": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "windows-1252": b"",
}
"""How a text may be encoded → what it starts with."""
SUMMED = ("amount", "amount_left", "weight", "number")


@dataclass(frozen=True)
class MadeTable:
    """A table in text, and what it was made of: names of columns, texts of the cells of each row."""

    table: TableSchema
    names: list[str]
    rows: list[list[str]]
    text: str
    encoding: str
    mark: str
    has_total: bool

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return ENCODINGS[self.encoding] + self.text.encode(self.encoding.strip())


def made_table(seed: int) -> MadeTable:
    """The table of a seed."""
    random = Random(seed)
    table = ALL_TABLES[random.choice(sorted(ALL_TABLES))]
    columns = [
        one for one in columns_of(table.rows) if not one.optional or one.name in table.key or random.random() < 0.6
    ]
    random.shuffle(columns)
    own = [f"x_{at}" for at in range(random.choice((0, 0, 1, 2)))]
    names = [*(one.name for one in columns), *own]
    rows = list(_rows(random, columns, own, table))
    mark, encoding = random.choice(";,\t"), random.choice(sorted(ENCODINGS))
    if encoding == "windows-1252":
        rows[0] = [cell.replace("tekst", "crème") for cell in rows[0]]
    total = _total(columns, own, rows) if random.random() < 0.3 else None
    text = _text(random, names, [*rows, *([total] if total else [])], mark)
    return MadeTable(table, names, rows, text, encoding, mark, total is not None)


def _rows(random: Random, columns: Sequence[Column], own: Sequence[str], table: TableSchema) -> Iterator[list[str]]:
    for number in range(random.randint(1, 6)):
        cells = [
            key_cell(one, number) if one.name in (*table.key, "id") else cell_of(random, one, WORDS) for one in columns
        ]
        yield [*cells, *(random.choice((*WORDS, "")) for _ in own)]


def key_cell(column: Column, number: int) -> str:
    """A cell that no other row has, as far as its kind goes."""
    kind = column.kind.name
    if kind == "day":
        day = date(2025, 1, 1) + timedelta(number)
        return day.isoformat() if number % 2 else f"{day.day}-{day.month}-{day.year}"
    if kind == "year":
        return str(2000 + number)
    if kind in ("code", "text", "site_address"):
        return f"tekst{number}"
    return f"GM{number:04d}" if kind == "cbs_code" else RIGHT[kind]


def cell_of(random: Random, column: Column, words: Sequence[str]) -> str:
    """A cell of a column, sometimes one that cannot be read."""
    kind = column.kind.name
    if column.optional and random.random() < 0.2:
        return ""
    if random.random() < 0.05:
        return "fout!"
    if column.choices:
        return random.choice(column.choices).capitalize()
    if kind == "text":
        return random.choice(words) or "leeg"
    if kind in ("amount", "amount_left"):
        return random.choice((f"{random.randint(0, 99999)}", "€ 1.250,00", "12,5", "0.75"))
    if kind in ("weight", "number", "place", "row_number"):
        return str(random.randint(1, 9))
    if kind == "yes_no":
        return random.choice(("JA", "nee", "true"))
    return RIGHT[kind]


def _total(columns: Sequence[Column], own: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str] | None:
    """A row of totals; None where a row of the table could look like it, or nothing is summed."""
    summed = [one.kind.name in SUMMED for one in columns]
    if not any(summed) or all(summed):
        return None
    first = summed.index(False)
    cells = ["1" if is_sum else "" for is_sum in summed]
    cells[first] = "Totaal"
    is_row = all(one.optional or cell for one, cell in zip(columns, cells, strict=True))
    return None if is_row else [*cells, *("" for _ in own)]


def _text(random: Random, names: Sequence[str], records: Sequence[Sequence[str]], mark: str) -> str:
    """The text of a table, in some style."""
    ends = random.choice((["\n"], ["\r\n"], ["\n", "\r\n"], ["\r"]))
    quoting, spare = random.choice(("all", "needed", "some")), mark * random.choice((0, 0, 2))
    blanks = random.random() < 0.3
    header = [name.upper() if random.random() < 0.2 and not name.startswith("x_") else name for name in names]
    out = [_record(random, header, mark, quoting, blanks=False) + spare + random.choice(ends)]
    for record in records:
        if random.random() < 0.1:
            out.append(random.choice(("", mark * 3 if len(names) > 1 else "")) + random.choice(ends))
        out.append(_record(random, record, mark, quoting, blanks=blanks) + spare + random.choice(ends))
    if random.random() < 0.2:
        out += [random.choice(("", mark * (len(names) - 1))) + random.choice(ends)] * 2
    text = "".join(out)
    if ends == ["\r"]:
        text = text.replace("\n", "\r")
    return text.rstrip("\r\n") if random.random() < 0.2 else text


def _record(random: Random, cells: Sequence[str], mark: str, quoting: str, *, blanks: bool) -> str:
    fields = []
    for cell in cells:
        padded = f" {cell}  " if blanks and random.random() < 0.3 else cell
        needed = any(sign in padded for sign in (mark, '"', "\n"))
        if quoting == "all" or needed or quoting == "some" and random.random() < 0.3:
            padded = '"' + padded.replace('"', '""') + '"'
        fields.append(padded)
    return mark.join(fields)
