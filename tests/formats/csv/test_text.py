"""A CSV export in pieces: what happens to it on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import Delivery, read
from gebiedswerk.formats.csv import file
from gebiedswerk.formats.csv import text as csv_text
from gebiedswerk.formats.csv.text import CsvText, read_text
from tests.formats.books import delivered, read_book
from tests.formats.test_number_styles import HEADERS, PLAIN
from tests.small import Small
from tests.town import edit


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_file_that_changes_while_it_is_read(encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was readable when we looked, and holds a byte that is no letter when we read: said as such, at its row."""
    town = Small(lines={"A": None}, years=(2019,), postings=[(2019, "A", 1)]).write(tmp_path / "town")
    edit(town, "profiles/p.toml", "utf-8", encoding)
    dossier = read(town).value
    assert dossier is not None
    delivery = dossier.deliveries[0]
    looks: Iterator[Checked[CsvText]] = iter([Checked(CsvText(delivery.path, encoding, plain=False))])
    monkeypatch.setattr(file, "read_text", lambda one: next(looks, None) or read_text(one))
    delivery.path.write_bytes(delivery.path.read_bytes().rstrip() + b"\n2019;2;;4300;k\x81;2")
    found, faults = file.CsvImporter().read(delivery)
    assert (found.lines, [(one.code, one.row) for one in faults]) == (0, [("L109", 3)])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8", "cp037"])
def test_an_encoding_in_which_plain_letters_are_written_otherwise(encoding: str, tmp_path: Path) -> None:
    """A file without one special letter, and without a mark that says its encoding: the profile does."""
    path = tmp_path / "f.csv"
    path.write_bytes(
        ("\n".join([";".join(PLAIN.columns.values()), "2019;3;43800;7110;x;1,50"]) + "\n").encode(encoding)
    )
    found, faults = read_book(path, replace(PLAIN, encoding=encoding))
    assert (found.debit_cents, faults) == (150, ())


ROW = b"2019;3;43800;7110;x;1,50"
LINES = [
    *(ROW, ROW.replace(b"1,50", b" 2,50 "), b"2019;4;43800;7110; y ;-3,00", b"Totaal;;;;;2,50", b"", b";;;;;"),
    *(
        b"2019;4;43800;7110;caf\xe9;1,00",
        "2019;4;43800;7110;caf\u00e9\u20ac;1,00".encode(),
        b"2019;4;43800;7110;k\x81;1,00",
    ),
    *(b'2019;3;43800;7110;"a;b";1,50', b'2019;3;43800;7110;"a', b"2019;3;43800;7110", ROW + b";9", ROW + b"\0"),
    *(ROW.replace(b"x", b"a\rb"), ROW.replace(b"x", b"\xc2\xa0x"), ROW + b"\r", ROW + b"\x1a", b"\x1a\0\0"),
]
ENDS = (b"\n", b"\n", b"\n", b"\r\n", b"\r\n", b"\r")
ENCODINGS = ("utf-8", "windows-1252", "windows-1252", "cp850", "cp037")
TOP = b";".join(one.encode() for one in PLAIN.columns.values())


def made_up(seed: int) -> tuple[bytes, str]:
    """Some lines of a file, most of one kind of end, and an encoding that it may be in."""
    dice = Random(seed)
    end, odd = dice.choice(ENDS), dice.random() < 0.2
    lines = [TOP, *(ROW if dice.random() < 0.6 else dice.choice(LINES) for _ in range(dice.randrange(9)))]
    text = b"".join(line + (dice.choice(ENDS) if odd else end) for line in lines)
    text = dice.choice((b"", b"", b"", b"\xef\xbb\xbf", b"\xff\xfe")) + text
    return text[: -dice.choice((1, 1, 3)) or None], dice.choice(ENCODINGS)


def is_read_in_passing(delivery: Delivery) -> bool:
    """Whether nothing stands in a file that must be looked for first."""
    try:
        return bool(list(csv_text.unseen(delivery)))
    except UnicodeError:
        return False


def test_a_file_is_the_same_whether_or_not_we_look_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut into pieces anywhere: what is read in passing is what is read after a look, rows and faults alike."""
    path, unseen = tmp_path / "f.csv", csv_text.unseen
    passed = landed = 0

    def looking(delivery: Delivery) -> Iterator[bytes]:
        raise UnicodeError

    for seed in range(600):
        text, encoding = made_up(seed)
        path.write_bytes(text)
        monkeypatch.setattr(csv_text, "PIECE", Random(seed).choice((20, 64, 100, 1 << 22)))
        monkeypatch.setattr(file, "unseen", unseen)
        one, faults = read_book(path, replace(PLAIN, encoding=encoding))
        monkeypatch.setattr(file, "unseen", looking)
        other, same = read_book(path, replace(PLAIN, encoding=encoding))
        assert (faults, one.held.equals(other.held)) == (same, True), (seed, text)
        landed += one.lines > 0
        passed += is_read_in_passing(delivered(path, replace(PLAIN, encoding=encoding)))
    assert landed > 100 and 100 < passed < 500, (landed, passed)


@pytest.mark.parametrize("seed", range(60))
def test_pieces_beside_each_other_are_the_whole(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file is read in pieces at once, and so are all its rows and faults: also with what is not plain."""
    random = Random(seed)
    rows = [f"2019;{random.randrange(1, 13)};43{random.randrange(9)};71;k {at};{at},0{at % 10}" for at in range(300)]
    for _ in range(random.randrange(3)):
        at = random.randrange(len(rows))
        rows[at] = random.choice(
            (f'"{rows[at]}"', rows[at] + ";", rows[at][:9], "", " ", f" {rows[at]} ", rows[at] + "\r")
        )
    path = tmp_path / "f.csv"
    path.write_text("\n".join([";".join(HEADERS), *rows, *[""] * (seed % 2)]), "utf-8")
    whole = read_book(path, PLAIN)
    for name, value in {"LARGE": 0, "CELLS_AT_ONCE": random.choice((7, 60, 300)), "LOOK": 64}.items():
        monkeypatch.setattr(file, name, value)
    beside = read_book(path, PLAIN)
    assert beside.value.postings.equals(whole.value.postings)
    assert beside.faults == whole.faults
