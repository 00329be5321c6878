"""Cells of a table, changed in its bytes: in every table of both examples, in made-up ones, and in workbooks.

More of them: TABLES=20000.
"""

from __future__ import annotations

import csv
import io
import os
import zipfile
from pathlib import Path
from random import Random

import pytest

from gebiedswerk.dossier.table_files import decoded, table_of_bytes
from gebiedswerk.dossier.table_reader import columns_of, read_table
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.writing import table_edit
from gebiedswerk.dossier.writing.table_edit import CannotEdit, RowEdit, WhyNot, edited, keyed
from tests.conftest import ROOT
from tests.dossier.walks import ALL_TABLES
from tests.dossier.writing.made_tables import OTHERS, SUMMED, cell_of, made_table
from tests.formats.books import write_book

MADE = int(os.environ.get("TABLES", "1000"))
STANDING = [
    (path, table)
    for example in ("klein", "groningen")
    for table in ALL_TABLES.values()
    if (path := ROOT / "examples" / example / table.file).is_file()
]
BUDGETS = TABLES["budgets"]
HEADER = "id;line;year;kind;amount;number;authority;decided_on"
ONE, TWO = "P1;NOORD;2025;adopted;1,00;R1;raad;7-11-2024", "P2;ZUID;2025;adopted;2,00;R1;raad;7-11-2024"


def raw_records(text: str) -> list[str]:
    """The records of a text, each with its line end, letter by letter: quotes stand round whole cells alone."""
    end = "\n" if "\n" in text else "\r"
    records, within = [""], False
    for sign in text:
        within ^= sign == '"'
        records[-1] += sign
        if sign == end and not within:
            records.append("")
    return records[: -1 if not records[-1] else None]


def cells_in(text: str, mark: str) -> list[list[str]]:
    """What the records of a text say, blanks aside."""
    lined = text if "\n" in text else text.replace("\r", "\n")
    return [
        [cell.strip() for cell in record] for record in csv.reader(io.StringIO(lined, newline="\n"), delimiter=mark)
    ]


def text_of(data: bytes) -> str:
    text, _ = decoded(data)
    assert text is not None
    return text


def holds(data: bytes, table: TableSchema, mark: str, random: Random, *, has_total: bool = False) -> None:
    """What an editor of this table in text promises."""
    name = table.file
    rows = keyed(data, name, table)
    assert rows
    assert edited(data, name, table, []) == (name, data)
    assert edited(data, name, table, [RowEdit(key, cells) for key, cells in rows.items()]) == (name, data)
    with pytest.raises(CannotEdit):
        edited(data, name, table, [RowEdit(("nergens",) * len(table.key), {})])
    one_cell_is_one_line(data, table, mark, random, has_total=has_total)
    ends_in_line = text_of(data).endswith(("\n", "\r"))
    added = edited(data, name, table, [RowEdit(None, {table.key[0]: "nieuw"})])[1]
    [*others, new] = keyed(added, name, table)
    assert others == [*rows]
    assert new[0] == "nieuw"
    if not has_total:
        removed = edited(added, name, table, [RowEdit(new, None)])[1]
        assert removed == data or not ends_in_line and text_of(removed).rstrip("\r\n") == text_of(data)


def one_cell_is_one_line(data: bytes, table: TableSchema, mark: str, random: Random, *, has_total: bool) -> None:
    """Another text in one cell of one row: one record differs, and it reads as that row with that text."""
    name = table.file
    rows = keyed(data, name, table)
    key = random.choice(sorted(rows))
    cells = rows[key]
    columns = {column.name: column for column in columns_of(table.rows)}
    column = random.choice(sorted(cells))
    kind = columns[column].kind.name if column in columns else "text"
    new = random.choice(OTHERS) if kind == "text" else cell_of(random, columns[column], OTHERS)
    if new == cells[column] or not any({**cells, column: new}.values()):
        return
    made = edited(data, name, table, [RowEdit(key, {column: new})])[1]
    before, after = raw_records(text_of(data)), raw_records(text_of(made))
    if has_total and kind in SUMMED and len(before) != len(after):
        del before[max(at for at, record in enumerate(before) if record.strip(f'{mark}\r\n"0123456789 '))]
    changed = [at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert len(changed) == 1
    was, now = cells_in(text_of(data), mark)[changed[0]], cells_in(text_of(made), mark)[changed[0]]
    assert [(one, other) for one, other in zip(was, now, strict=True) if one != other] == [(cells[column], new)]
    assert made[:3] == data[:3] or any(sign in new for sign in "ƒě")


@pytest.mark.parametrize(("path", "table"), STANDING, ids=[f"{path.parent.name}-{path.name}" for path, _ in STANDING])
def test_every_table_of_the_examples(path: Path, table: TableSchema) -> None:
    """Nothing changed is the same bytes; one cell is one line; added and removed is as it was."""
    for seed in range(5):
        holds(path.read_bytes(), table, ",", Random(seed))


@pytest.mark.parametrize("tens", range(MADE // 10))
def test_made_up_tables(tens: int) -> None:
    """Any separator, line ends, encoding, quotes, blanks and totals."""
    for seed in range(10 * tens, 10 * tens + 10):
        made = made_table(seed)
        rows = keyed(made.data, made.table.file, made.table)
        assert [list(cells.values()) for cells in rows.values()] == made.rows, seed
        holds(made.data, made.table, made.mark, Random(seed), has_total=made.has_total)


def csv_of(*lines: str, end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in (HEADER, *lines)).encode()


def after(data: bytes, *edits: RowEdit, table: TableSchema = BUDGETS) -> bytes:
    name, made = edited(data, table.file, table, edits)
    assert name == table.file
    return made


def why_not(data: bytes | None, *edits: RowEdit, name: str = "budgets.csv") -> WhyNot:
    with pytest.raises(CannotEdit) as refused:
        edited(data, name, BUDGETS, edits)
    assert refused.value.file == name
    return refused.value.why


def test_a_key_is_read_by_its_kind() -> None:
    """`1-2-2025` and `2025-02-01` name the same row; a cell that is empty is as its default is written."""
    table = ALL_TABLES["team"]
    data = b"area;role;name;valid_from\nA;voorzitter;;1-2-2025\nA;voorzitter;;\n"
    assert list(keyed(data, table.file, table)) == [
        ("A", "voorzitter", "", "2025-02-01"),
        ("A", "voorzitter", "", ""),
    ]
    made = edited(data, table.file, table, [RowEdit(("A", "voorzitter", "", "2025-02-01"), {"role": "lid"})])[1]
    assert made == data.replace(b"A;voorzitter;;1", b"A;lid;;1")
    with pytest.raises(CannotEdit, match="A, voorzitter, , 1-2-2025"):
        edited(data, table.file, table, [RowEdit(("A", "voorzitter", "", "1-2-2025"), {"role": "lid"})])


def test_a_row_that_cannot_be_named_for_sure_is_refused() -> None:
    """A key that is not there, or twice; one row edited twice; a table without its key, or that cannot be read."""
    edit = RowEdit(("P1",), {"line": "X"})
    assert why_not(csv_of(TWO), edit) is WhyNot.KEY_NOT_FOUND
    assert why_not(csv_of(ONE, ONE), edit) is WhyNot.KEY_TWICE
    assert why_not(csv_of(ONE), edit, RowEdit(("P1",), None)) is WhyNot.EDITED_TWICE
    assert why_not(b"line;year\nA;2025\n", edit) is WhyNot.NO_KEY_COLUMN
    assert why_not(b";;\nP1;2025\n", edit) is WhyNot.NO_HEADER
    assert why_not(b'id;line\nP1;"A\n', edit) is WhyNot.UNREADABLE
    assert why_not(None, edit) is WhyNot.KEY_NOT_FOUND
    with pytest.raises(CannotEdit, match="P1"):
        keyed(csv_of(ONE, ONE), "budgets.csv", BUDGETS)
    assert after(csv_of(ONE, ONE, TWO), RowEdit(("P2",), {"line": "X"})) == csv_of(ONE, ONE, TWO.replace("ZUID", "X"))


def test_a_column_that_the_table_does_not_know_is_refused() -> None:
    """Unless it starts with `x_`; one that stands there twice, or has no room, is refused as well."""
    assert why_not(csv_of(ONE), RowEdit(("P1",), {"soort": "X"})) is WhyNot.UNKNOWN_COLUMN
    assert why_not(csv_of(ONE), RowEdit(("P1",), {"": "X"})) is WhyNot.UNKNOWN_COLUMN
    assert why_not(b"id;x_a;x_a\nP1;;\n", RowEdit(("P1",), {"x_a": "X"})) is WhyNot.COLUMN_TWICE
    assert why_not(csv_of(ONE, f"{TWO};te veel"), RowEdit(("P1",), {"x_a": "X"})) is WhyNot.NO_ROOM


def test_a_new_column_comes_behind_the_others() -> None:
    """In empty columns where these stand there; blank lines and torn rows stay as they are."""
    edit = RowEdit(("P1",), {"x_a": "a;b", "note": "n"})
    assert after(csv_of(ONE, "", ";;", "P2;ZUID"), edit) == (
        f'{HEADER};note;x_a\n{ONE};n;"a;b"\n\n;;\nP2;ZUID\n'.encode()
    )
    assert after(f"{HEADER};;;\n{ONE};;;\n{TWO}\n".encode(), RowEdit(("P1",), {"x_a": "1"})) == (
        f"{HEADER};x_a;;\n{ONE};1;;\n{TWO};\n".encode()
    )


def test_a_row_never_becomes_blank() -> None:
    """The reader passes it: that is a removal that nobody asked for."""
    assert why_not(csv_of(ONE), RowEdit(None, {"line": " "})) is WhyNot.EMPTY_ROW
    assert why_not(csv_of(ONE), RowEdit(("P1",), dict.fromkeys(HEADER.split(";"), ""))) is WhyNot.EMPTY_ROW


def test_a_total_goes_when_it_no_longer_holds() -> None:
    """A text changed leaves it; an amount, a row that comes or goes takes it along."""
    total = "Totaal;;;;3,00;;;"
    data = csv_of(ONE, TWO, total)
    assert after(data, RowEdit(("P1",), {"number": "R2"})) == csv_of(ONE.replace("R1", "R2"), TWO, total)
    assert after(data, RowEdit(("P1",), {"amount": "4,00"})) == csv_of(ONE.replace("1,00", "4,00"), TWO)
    assert after(data, RowEdit(("P1",), None)) == csv_of(TWO)
    assert after(data, RowEdit(None, {"id": "P3"})) == csv_of(ONE, TWO, "P3;;;;;;;")


def test_what_an_encoding_does_not_hold() -> None:
    """It becomes UTF-8 with a mark; the same where its bytes would be read as another encoding. A NUL is refused."""
    data = csv_of(ONE, TWO.replace("ZUID", "Café")).decode().encode("windows-1252")
    for new in ("ě", "ƒ", "\u0081"):
        made = after(data, RowEdit(("P1",), {"line": new}))
        assert made == data.decode("windows-1252").replace("NOORD", new).encode("utf-8-sig")
    made = after(data, RowEdit(("P2",), {"line": "Ã©"}))
    assert made == data.decode("windows-1252").replace("Café", "Ã©").encode("utf-8-sig")
    assert after(data, RowEdit(("P2",), {"line": "Süd"})) == data.replace(b"Caf\xe9", b"S\xfcd")
    for new in ("a\0b", "\ud800"):
        assert why_not(data, RowEdit(("P1",), {"line": new})) is WhyNot.NOT_READ_BACK or new == "a\0b"


def test_a_new_row_is_written_as_the_one_above_it() -> None:
    """Its quotes, its line end; a file without a line end gets one, and blank lines stay below."""
    data = b'id;"line"\r\n"P1";A\r\n\r\n'
    assert after(data, RowEdit(None, {"id": "P2", "line": "B"})) == b'id;"line"\r\n"P1";A\r\n"P2";B\r\n\r\n'
    assert after(b"id;line\r\nP1;A", RowEdit(None, {"id": "P2"})) == b"id;line\r\nP1;A\r\nP2;\r\n"
    assert after(b"id;line", RowEdit(None, {"id": "P2"})) == b"id;line\nP2;\n"
    assert after(b"id;line\rP1;A\r", RowEdit(None, {"id": "P2", "line": "a\nb"})) == b'id;line\rP1;A\rP2;"a\rb"\r'


@pytest.mark.parametrize(
    ("was", "new", "now"),
    [
        ("A", "B", "B"),
        (" A  ", "B", " B  "),
        (" A  ", "", ""),
        ("   ", "B", "B"),
        ('"A"', "B", '"B"'),
        ('" A "', "B", '" B "'),
        ('"A"', "", '""'),
        ("A", "B;C", '"B;C"'),
    ],
)
def test_a_cell_keeps_the_blanks_and_quotes_round_it(was: str, new: str, now: str) -> None:
    """Where something stood and something comes."""
    assert after(f"id;line\nP1;{was}\n".encode(), RowEdit(("P1",), {"line": new})) == f"id;line\nP1;{now}\n".encode()


@pytest.mark.parametrize(
    ("above", "below"),
    [("P1;A", "P2;B"), ('"P1";A', '"P2";B'), ('P1;"A"', 'P2;"B"'), ('P1;"a;b"', "P2;B"), ('P1;5" buis', "P2;B")],
)
def test_a_new_cell_has_quotes_where_the_one_above_has_them_without_need(above: str, below: str) -> None:
    data = f"id;line\n{above}\n"
    assert after(data.encode(), RowEdit(None, {"id": "P2", "line": "B"})) == f"{data}{below}\n".encode()


def test_new_rows_end_as_those_above_them() -> None:
    """Not as a blank line below, whatever that ends in."""
    added = [RowEdit(None, {"id": name}) for name in ("P2", "P3")]
    assert after(b"id;line\nP1;A\n\r\n", *added) == b"id;line\nP1;A\nP2;\nP3;\n\r\n"


@pytest.mark.parametrize("other", ["AAA", "ZZZ"])
def test_what_reads_as_something_else_than_was_meant_is_refused(monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    """Text, whatever comes first."""
    monkeypatch.setattr(table_edit, "changed_text", lambda *args: csv_of(ONE.replace("NOORD", other)))
    assert why_not(csv_of(ONE), RowEdit(("P1",), {"line": "MID"})) is WhyNot.NOT_READ_BACK


@pytest.mark.parametrize("other", ["AAA", "ZZZ"])
def test_a_workbook_that_reads_as_something_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    names = HEADER.split(";")
    for name, line in (("budgets.xlsx", "NOORD"), ("other.xlsx", other)):
        write_book(tmp_path / name, [names, ONE.replace("NOORD", line).split(";")])
    made = (tmp_path / "other.xlsx").read_bytes()
    monkeypatch.setattr(table_edit, "changed_workbook", lambda *args: made)
    with pytest.raises(CannotEdit) as refused:
        edited((tmp_path / "budgets.xlsx").read_bytes(), "budgets.xlsx", BUDGETS, [RowEdit(("P1",), {"line": "MID"})])
    assert (refused.value.file, refused.value.why) == ("budgets.xlsx", WhyNot.NOT_READ_BACK)


def test_a_workbook_with_nothing_in_it_has_no_header(tmp_path: Path) -> None:
    write_book(tmp_path / "budgets.xlsx", [])
    data = (tmp_path / "budgets.xlsx").read_bytes()
    assert why_not(data, RowEdit(None, {"id": "P1"}), name="budgets.xlsx") is WhyNot.NO_HEADER


def test_a_new_row_of_a_workbook_may_end_before_the_last_column(tmp_path: Path) -> None:
    """What is as without being filled in is not filled in."""
    write_book(tmp_path / "budgets.xlsx", [["id", "line", "complete"], ["P1", "A", "nee"]])
    data = (tmp_path / "budgets.xlsx").read_bytes()
    made = edited(data, "budgets.xlsx", BUDGETS, [RowEdit(None, {"id": "P2", "line": "B"})])[1]
    assert [*keyed(made, "budgets.xlsx", BUDGETS)] == [("P1",), ("P2",)]


def test_the_last_row_of_a_workbook_goes(tmp_path: Path) -> None:
    write_book(tmp_path / "budgets.xlsx", [["id", "line"], ["P1", "A"], ["P2", "B"]])
    data = (tmp_path / "budgets.xlsx").read_bytes()
    made = edited(data, "budgets.xlsx", BUDGETS, [RowEdit(("P2",), None)])[1]
    assert [*keyed(made, "budgets.xlsx", BUDGETS)] == [("P1",)]


def test_a_workbook_that_reads_as_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_book(tmp_path / "budgets.xlsx", [["id", "line"], ["P1", "A"]])
    write_book(tmp_path / "empty.xlsx", [])
    made = (tmp_path / "empty.xlsx").read_bytes()
    monkeypatch.setattr(table_edit, "changed_workbook", lambda *args: made)
    data = (tmp_path / "budgets.xlsx").read_bytes()
    assert why_not(data, RowEdit(("P1",), {"line": "B"}), name="budgets.xlsx") is WhyNot.NOT_READ_BACK


def test_a_new_table_has_its_columns_in_their_order() -> None:
    """One that may be left out stands where it belongs, if it is filled."""
    table = TABLES["free_numbers"]
    made = edited(None, table.file, table, [RowEdit(None, {"id": "A", "corrects": "B"})])[1].decode("utf-8-sig")
    assert made.startswith("id;corrects;file;words;")


def test_a_table_that_is_not_there() -> None:
    """As a Dutch spreadsheet writes it, or as another table; an empty file keeps its encoding."""
    edit = RowEdit(None, {"old": "a", "new": "b", "x_ours": "é"})
    table = TABLES["redirects"]
    assert edited(None, "redirects.xlsx", table, [edit]) == (
        "redirects.csv",
        "old;new;x_ours\r\na;b;é\r\n".encode("utf-8-sig"),
    )
    like = "code,name\nA,Café\n".encode("windows-1252")
    assert edited(None, "redirects.csv", table, [edit], like)[1] == "old,new,x_ours\na,b,é\n".encode("windows-1252")
    assert edited(None, "redirects.csv", table, [], b"\xff\x00")[1] == "old;new\r\n".encode("utf-8-sig")
    assert edited(b"", "redirects.csv", table, [edit])[1] == "old,new,x_ours\na,b,é\n".encode()
    assert edited(b"", "redirects.csv", table, []) == ("redirects.csv", b"")
    assert keyed(b"", "redirects.csv", table) == {}


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values_of(data: bytes, name: str, table: TableSchema) -> dict[tuple[str, ...], dict[str, object]]:
    """The cells of each row as what they mean: in a workbook 12,5 is a number."""
    kinds = {column.name: column.kind for column in columns_of(table.rows)}
    return {
        key: {one: (kinds[one].read(cell) if one in kinds else None) or cell for one, cell in cells.items()}
        for key, cells in keyed(data, name, table).items()
    }


def test_a_workbook_changes_in_its_sheet_alone(tmp_path: Path) -> None:
    """Every table, made up: nothing changed is the same bytes; one cell is one cell; a row that goes leaves a blank."""
    for seed in range(150):
        made, random = made_table(seed), Random(seed)
        table = made.table
        place = tmp_path / Path(table.file).with_suffix(".xlsx").name
        write_book(place, [made.names, *made.rows])
        data, name = place.read_bytes(), place.name
        rows = keyed(data, name, table)
        assert [list(cells.values()) for cells in rows.values()] == made.rows
        assert edited(data, name, table, [RowEdit(key, cells) for key, cells in rows.items()])[1] is data
        key = random.choice(sorted(rows))
        column = random.choice([one for one in made.names if one not in table.key] or made.names)
        new = edited(data, name, table, [RowEdit(key, {column: "tekst9"})])[1]
        before, now = parts_of(data), parts_of(new)
        assert [part for part in before if before[part] != now[part]] == ["xl/worksheets/sheet1.xml"]
        values = [[*cells.values()] for cells in keyed(new, name, table).values()]
        assert values == [
            [*({**cells, column: "tekst9"} if one == key else cells).values()] for one, cells in rows.items()
        ]
        if len(rows) > 1:
            without = edited(data, name, table, [RowEdit(key, None)])[1]
            assert dict(keyed(without, name, table)) == {one: cells for one, cells in rows.items() if one != key}
            again = edited(without, name, table, [RowEdit(None, rows[key])])[1]
            assert values_of(again, name, table) == values_of(data, name, table)
        with pytest.raises(CannotEdit):
            edited(data, name, table, [RowEdit(("nergens",) * len(table.key), {})])


def test_a_row_corrected_is_a_row_read(tmp_path: Path) -> None:
    """The rows of the dossier itself: one has another amount, the others are the same."""
    place = tmp_path / "budgets.csv"
    place.write_bytes(csv_of(ONE, TWO))
    before = read_table(place, BUDGETS)[0]
    place.write_bytes(after(csv_of(ONE, TWO), RowEdit(("P2",), {"amount": "€ 5,00"})))
    now = read_table(place, BUDGETS)[0]
    assert now[0] == before[0]
    assert (now[1].amount, before[1].amount) == (500, 200)
    assert table_of_bytes(place.read_bytes(), "budgets.csv")[0] is not None
