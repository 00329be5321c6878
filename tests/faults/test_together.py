"""Several things wrong at once: the build refuses, the former site stays, and all of it is named in one run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.terminal import fault_texts
from gebiedswerk.core.faults import Fault
from gebiedswerk.language.messages import Messages
from tests.town import DELIVERY, EXPORT, TEXT, append, edit

SETTINGS = f"{DELIVERY}/delivery.toml"
Change = Callable[[Path], None]


def false_claim(dossier: Path) -> None:
    edit(dossier, TEXT, "[204.575]", "[204.557]")


def unlinked_number(dossier: Path) -> None:
    append(dossier, TEXT, "\nDe wijkkrant kostte 12.658 euro.")


def wrong_control_total(dossier: Path) -> None:
    edit(dossier, SETTINGS, "426.839,71", "426.893,71")


def two_rules(dossier: Path) -> None:
    append(dossier, "attribution.csv", "noorderwijk-nogmaals,7120,BIN,,")


FOUR: dict[str, tuple[Change, str, int, str, str]] = {
    "T101": (false_claim, TEXT, 9, "204.557", "204.575"),
    "T102": (unlinked_number, TEXT, 37, "12.658", "verwijst nergens naar"),
    "L112": (wrong_control_total, SETTINGS, 13, "426.893,71", "426.839,71"),
    "A101": (two_rules, EXPORT, 6, "Kostenplaats 7120", "noorderwijk (4), noorderwijk-nogmaals (10)"),
}
"""Code → what is done, and then the file, the row, what is written there and what is true."""


def tree(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Everything below a folder: where links lead, and the bytes of files."""
    found = {}
    for path in sorted(folder.rglob("*")):
        link = os.readlink(path) if path.is_symlink() else ""  # noqa: PTH115 # the text of the link, unresolved
        found[str(path.relative_to(folder))] = (link, path.read_bytes() if path.is_file() else b"")
    return found


def refused(dossier: Path, out: Path) -> tuple[Fault, ...]:
    """The faults of a build that must refuse and leave the former site as it was."""
    former = tree(out)
    built, faults = build(dossier, out)
    assert built is None
    assert tree(out) == former
    return faults


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [found.code for found in faults]


def test_four_at_once_are_named_in_one_run(klein: Path, tmp_path: Path) -> None:
    """A false claim, an unlinked number, a wrong control total and two rules on one posting; and nothing else."""
    out = tmp_path / "out"
    assert build(klein, out)[0] is not None
    for wrong, *_ in FOUR.values():
        wrong(klein)
    faults = {found.code: found for found in refused(klein, out)}
    assert faults.keys() == FOUR.keys()
    for code, (_, file, row, written, true) in FOUR.items():
        found = faults[code]
        assert (found.file, found.row, found.value) == (file, row, written)
        message = fault_texts(found, Messages("nl"))["message"]
        assert written in message
        assert true in message


@pytest.mark.parametrize("code", FOUR)
def test_each_of_the_four_refuses_the_build(code: str, klein: Path, tmp_path: Path) -> None:
    """One is enough."""
    out = tmp_path / "out"
    assert build(klein, out)[0] is not None
    FOUR[code][0](klein)
    assert codes(refused(klein, out)) == [code]


def test_a_refused_first_build_writes_nothing(klein: Path, tmp_path: Path) -> None:
    """Where there was no site there still is none."""
    false_claim(klein)
    assert codes(refused(klein, tmp_path / "out")) == ["T101"]
    assert not (tmp_path / "out").exists()


def change_cells(dossier: Path, file: str, column: str, into: Callable[[str], str], encoding: str = "utf-8") -> int:
    """Change every cell of a column that is not empty; the header is 'column'. Returns how many."""
    path = dossier / file
    header, *lines = path.read_bytes().decode(encoding).splitlines()
    mark = ";" if ";" in header else ","
    at, changed = header.split(mark).index(column), 0
    rows = [line.split(mark) for line in lines]
    for cells in rows:
        changed += bool(cells[at])
        cells[at] = into(cells[at]) if cells[at] else ""
    path.write_bytes("\r\n".join([header, *(mark.join(cells) for cells in rows), ""]).encode(encoding))
    return changed


def dashes(cell: str) -> str:
    """An amount as some write it: '4.151,--'."""
    return cell.rpartition(",")[0] + ",--"


def test_a_broken_column_of_the_export_is_one_fault(klein: Path) -> None:
    """Every debit unreadable, while rows with a credit leave it empty: D115 once, and once what waits for it."""
    changed = change_cells(klein, EXPORT, "Debet", dashes, "windows-1252")
    faults = open_dossier(klein).faults
    assert codes(faults) == ["D115", "X001"]
    assert (faults[0].file, faults[0].row, faults[0].column, faults[0].value) == (EXPORT, 2, "Debet", "4.151,--")
    assert dict(faults[0].facts) == {"rows": changed}
    assert (faults[1].file, dict(faults[1].facts)) == (TEXT, {"stage": "text", "codes": ("D115",)})


def test_a_broken_column_with_blank_lines_is_one_fault(klein: Path) -> None:
    """Blank lines at the end of an export are no rows that could be right."""
    change_cells(klein, EXPORT, "Debet", dashes, "windows-1252")
    append(klein, EXPORT, ";;;;;;;;\r\n\r")
    assert codes(open_dossier(klein).faults) == ["D115", "X001"]


def test_a_renamed_column_of_the_export_is_one_fault(klein: Path) -> None:
    """The header that the profile names is not there."""
    edit(klein, EXPORT, ";Debet;", ";Bedrag debet;", "windows-1252")
    faults = open_dossier(klein).faults
    assert codes(faults) == ["L104", "X001"]
    assert (faults[0].file, faults[0].row, faults[0].value) == (EXPORT, 1, "Debet")


def test_another_delimiter_is_one_fault(klein: Path) -> None:
    """With the wrong delimiter no column is found: that is said once, not for each column."""
    edit(klein, "profiles/grootboek.toml", 'delimiter = ";"', 'delimiter = "|"')
    assert codes(open_dossier(klein).faults) == ["L104", "X001"]


def test_a_broken_column_of_a_table_is_one_fault(klein: Path) -> None:
    """Every amount of budgets.csv unreadable: one fault, and one X001 (at most two may be) for all that rests on it."""
    changed = change_cells(klein, "budgets.csv", "amount", lambda cell: f"{cell} stuks")
    faults = open_dossier(klein).faults
    assert codes(faults) == ["D115", "X001"]
    assert (faults[0].file, faults[0].row, faults[0].column) == ("budgets.csv", 2, "amount")
    assert dict(faults[0].facts) == {"rows": changed}
    assert dict(faults[1].facts) == {"stage": "account", "codes": ("D115",)}


def test_one_unreadable_amount_is_one_fault(klein: Path) -> None:
    """A single cell: its row, and once what waits for it."""
    edit(klein, EXPORT, ";8.367,18;", ";8.367,--;", "windows-1252")
    faults = open_dossier(klein).faults
    assert codes(faults) == ["L106", "X001"]
    assert (faults[0].file, faults[0].row, faults[0].column, faults[0].value) == (EXPORT, 6, "Debet", "8.367,--")


@pytest.mark.parametrize(
    ("broken", "named"),
    [(lambda at: True, {"D115": 1, "X001": 1}), (lambda at: at % 2 == 0, {"L106": 20, "X002": 1, "X001": 1})],
)
def test_thousands_of_broken_rows_are_not_thousands_of_faults(
    broken: Callable[[int], bool], named: dict[str, int], klein: Path
) -> None:
    """Five thousand rows: all of them wrong is one fault, half of them is twenty and a count."""
    path = klein / EXPORT
    header, first, *_ = path.read_bytes().decode("windows-1252").split("\r\n")
    rows = [first.replace(",03", ",--") if broken(at) else first for at in range(5000)]
    path.write_bytes("\r\n".join([header, *rows, ""]).encode("windows-1252"))
    faults = open_dossier(klein).faults
    assert Counter(codes(faults)) == named
    more = [dict(found.facts) for found in faults if found.code == "X002"]
    assert more == ([{"of": "L106", "count": 2480}] if len(named) == 3 else [])


def test_thousands_of_references_are_not_thousands_of_faults(klein: Path) -> None:
    """A table of lines with only its header leaves five thousand rows without a line."""
    (klein / "budget_lines.csv").write_text("code,slug\n", "utf-8")
    rows = "".join(f"X{at},NRD,2025,amendment,1.00,R,raad,2025-01-02,,,,\n" for at in range(5000))
    with (klein / "budgets.csv").open("a", encoding="utf-8") as file:
        file.write(rows)
    assert len(open_dossier(klein).faults) < 100
