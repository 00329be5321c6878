"""Whatever stands in a dossier, opening it answers with faults: it never raises, and never with thousands."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gebiedswerk.account.identities import broken
from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.find_figure import find_figure
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.cli.terminal import fault_json, fault_texts
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from tests.conftest import KLEIN
from tests.town import DELIVERY, EXPORT, TEXT, append, edit

FILES = sorted(str(path.relative_to(KLEIN)) for path in KLEIN.rglob("*") if path.is_file())
SETTINGS, PAGE = f"{DELIVERY}/delivery.toml", "publications/jaarrekening-2025/publication.toml"
NASTY = [
    "",
    " ",
    "-",
    "0",
    "-0,00",
    "−1",
    "1e400",
    "NaN",
    "=1+1",
    "9" * 17,
    "9" * 30,
    "-" + "9" * 30 + ",99",
    "1.234",
    "0,001",
    "1900",
    "0000",
    "9999",
    "2025-02-30",
    "9999-12-31",
    "0001-01-01",
    "total",
    "area:NOORD",
    "NRD",
    "OST-W",
    "../NRD",
    "a/b",
    "*",
    "4*3",
    "..",
    "9..1",
    "ja",
    "carry_over",
    "college",
    '"',
    "\0",
    "\r",
    "é",
    "\u2028",
    "😀",
    "x" * 3000,
]
KINDS = ["bytes", "cell", "cell", "borrow", "borrow", "delete", "double", "swap"]
MOST = 90
"""Twenty of a sort is the most that is named; no case here has more than four sorts."""


def checked(dossier: Path) -> Opened:
    """Open a dossier: few faults, each told in both languages; without errors it adds up, and pages are made."""
    opened = open_dossier(dossier)
    assert len(opened.faults) < MOST
    for found in opened.faults:
        for language in LANGUAGES:
            assert len(fault_texts(found, Messages(language))["message"]) < 3000
    if opened.sound:
        hold(opened)
        make(opened)
    return opened


def hold(opened: Opened) -> None:
    """The identities of every line and year on the newest basis, and where the money of each delivery ended."""
    assert opened.newest is not None
    for account in opened.newest.account.years.values():
        assert not any(broken(account, line) for line in account.lines)
        whole = account.grand_total
        assert whole.result == whole.budget - whole.realised
    for one in opened.deliveries:
        if one.id in opened.newest.ledger.used:
            ended = one.attributed_cents + one.out_of_scope_cents + one.balance_cents + one.open_cents
            assert ended == one.debit_cents - one.credit_cents


def mutate(path: Path, kind: str, dice: random.Random) -> None:
    """Change bytes, a cell or a line of a file, somewhere."""
    data = path.read_bytes()
    if kind == "bytes":
        at = dice.randrange(len(data) + 1)
        noise = bytes(dice.randrange(256) for _ in range(dice.randrange(4)))
        path.write_bytes(data[:at] + noise + data[at + dice.randrange(4) :])
        return
    lines = data.split(b"\n")
    at = dice.randrange(len(lines))
    if kind == "cell":
        mark = dice.choice([b";", b",", b'"', b" ", b"="])
        cells = lines[at].split(mark)
        cells[dice.randrange(len(cells))] = dice.choice(NASTY).encode()
        lines[at] = mark.join(cells)
    elif kind == "borrow":
        mark = b";" if b";" in lines[0] else b","
        mine, theirs = lines[at].split(mark), dice.choice(lines).split(mark)
        column = dice.randrange(min(len(mine), len(theirs)))
        mine[column] = theirs[column]
        lines[at] = mark.join(mine)
    elif kind == "delete":
        del lines[at]
    elif kind == "double":
        lines.insert(dice.randrange(len(lines)), lines[at])
    elif kind == "swap":
        other = dice.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    path.write_bytes(b"\n".join(lines))


@settings(max_examples=int(os.environ.get("HOSTILE", "60")), deadline=None, derandomize="HOSTILE" not in os.environ)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(FILES), st.sampled_from(KINDS)),
        min_size=1,
        max_size=4,
    ),
    seed=st.integers(0, 2**32),
)
def test_a_damaged_dossier_answers_with_faults(changes: list[tuple[str, str]], seed: int) -> None:
    """Random damage to some files of the example; `HOSTILE=5000` tries more."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        dossier = Path(shutil.copytree(KLEIN, Path(folder) / "klein"))
        for file, kind in changes:
            mutate(dossier / file, kind, dice)
        checked(dossier)


LINES = ["ALG", "NRD", "HAV", "OST", "OST-W"]
COLUMNS = (
    "corrects line year kind flow amount number authority decided_on status complete origin last_year source in_budget"
)
BUDGETS = ",".join(["id", *COLUMNS.split()])
row_years, row_amounts = (
    st.sampled_from([2023, 2024, 2025, 2026]),
    st.sampled_from(["-7000.00", "-0.01", "0", "3000.00"]),
)


@st.composite
def decisions(draw: st.DrawFn) -> str:
    """A row of budgets.csv in which every cell is right, and the whole may be odd."""

    def pick(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    kind = pick("adopted", "amendment", "amendment", "carry_over", "carry_over", "carry_over")
    moves = kind == "carry_over"
    cells = [
        f"X{draw(st.integers(0, 10**9))}",
        pick("", "", "", "P2025-NRD", "W2025-ALG"),
        pick(*LINES, *([] if moves else [""])),
        year := draw(row_years),
        kind,
        pick("", "costs", "income"),
        draw(row_amounts),
        pick("R1", "R2"),
        pick("raad", "raad", "college"),
        f"{draw(row_years)}-{pick('01-01', '06-30', '12-31')}",
        pick("", "adopted", "proposed"),
        pick("", "", "ja"),
        year - pick(0, 1, 1, 2) if moves else "",
        pick("", year, year + 2) if moves else "",
        pick("", "", *LINES) if moves else "",
        pick("", "ja") if moves else "",
    ]
    return ",".join(map(str, cells))


terms = st.tuples(
    st.integers(1, 3),
    st.sampled_from(["release", "keep-committed"]),
    st.sampled_from(["reduces", "general"]),
    st.sampled_from(["self", "parent"]),
)
openings = st.tuples(st.sampled_from(LINES), row_years, row_years, row_amounts, st.sampled_from(["", "ja"]))
extensions = st.tuples(st.sampled_from(LINES), row_years, row_amounts, st.integers(2024, 2029))


@settings(max_examples=int(os.environ.get("HOSTILE", "60")), deadline=None, derandomize="HOSTILE" not in os.environ)
@given(st.lists(decisions(), max_size=4), st.lists(openings, max_size=2), st.lists(extensions, max_size=2), terms)
def test_odd_decisions_keep_the_identities(
    budgets: list[str],
    opened: list[tuple[str, int, int, str, str]],
    extended: list[tuple[str, int, str, int]],
    term: tuple[int, str, str, str],
) -> None:
    """Decisions that can be read and make no sense together: faults, or an account that adds up."""
    with tempfile.TemporaryDirectory() as folder:
        dossier = Path(shutil.copytree(KLEIN, Path(folder) / "klein"))
        given_rows = [line.split(",") for line in (dossier / "budgets.csv").read_text("utf-8").splitlines()[1:]]
        kept = [
            f"{r[0]},,{r[1]},{r[2]},{r[3]},,{r[4]},{r[5]},{r[6]},{r[7]},,{r[8]},{r[9]},,,{r[10]}" for r in given_rows
        ]
        (dossier / "budgets.csv").write_text("\n".join([BUDGETS, *kept, *budgets]), "utf-8")
        rows = [f"S{at},{','.join(map(str, row))},B1,2024-01-01" for at, row in enumerate(opened)]
        head = "id,line,year,origin,amount,in_budget,decision,decided_on"
        (dossier / "openings.csv").write_text("\n".join([head, *rows]), "utf-8")
        for at, row in enumerate(extended):
            append(dossier, "extensions.csv", f"E{at},{','.join(map(str, row))},R9,raad,2025-01-01")
        edit(dossier, "dossier.toml", "years = 1", f"years = {term[0]}")
        for old, new in zip(("release", "reduces", "self"), term[1:], strict=True):
            edit(dossier, "dossier.toml", old, new)
        (dossier / TEXT).write_text("# Zonder cijfers\n", "utf-8")
        checked(dossier)


def put(file: str, data: bytes) -> Callable[[Path], object]:
    """Write a file whole."""
    return lambda dossier: (dossier / file).write_bytes(data)


def swap(file: str, old: str, new: str) -> Callable[[Path], object]:
    """Replace text in a file; the export is in the encoding of its profile."""
    return lambda dossier: edit(dossier, file, old, new, "windows-1252" if file == EXPORT else "utf-8")


def add(file: str, line: str) -> Callable[[Path], object]:
    """Add a line to a file."""
    return lambda dossier: append(dossier, file, line, "windows-1252" if file == EXPORT else "utf-8")


def folder_instead(file: str) -> Callable[[Path], object]:
    """A folder where a file should stand."""

    def change(dossier: Path) -> None:
        (dossier / file).unlink(missing_ok=True)
        (dossier / file).mkdir()

    return change


def rewritten(file: str, encoding: str) -> Callable[[Path], object]:
    """The same text in another encoding."""

    def change(dossier: Path) -> None:
        text = (dossier / file).read_bytes().decode("windows-1252" if file == EXPORT else "utf-8")
        (dossier / file).write_bytes(text.encode(encoding))

    return change


def claim(words: str, address: str) -> Callable[[Path], object]:
    """One more claim at the end of the text."""
    return add(TEXT, f"\nEr is [{words}]({address}).")


BUDGET, HUGE, LONG = "P2024-ALG,ALG,2024,adopted,60000.00", "9" * 30, "x" * 200_000
DEBIT, DAY = ";4.151,03;", ";02-02-2024;"
EXTREMES: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty table": (put("areas.csv", b""), "D103 X001"),
    "table of blank lines": (put("budgets.csv", b"\n\n\r\n"), "D103 X001"),
    "only a header": (put("budget_line_years.csv", b"line,year,name,area,parent\n"), "D117 X001"),
    "no lines": (put("budget_lines.csv", b"code,slug\n"), "D108 X001"),
    "no rules": (put("attribution.csv", b"id,line\n"), "A102 X001"),
    "empty settings": (put("dossier.toml", b""), "D116 X001"),
    "empty delivery settings": (put(SETTINGS, b""), "D116 X001"),
    "empty profile": (put("profiles/grootboek.toml", b""), "L103 X001"),
    "empty export": (put(EXPORT, b""), "L110 X001"),
    "header without end of line": (put(EXPORT, "Boekjaar;Omschrijving é".encode("windows-1252")), "L104 X001"),
    "empty text": (put(TEXT, b""), ""),
    "folder for a table": (folder_instead("areas.csv"), "D101 X001"),
    "folder for an optional table": (folder_instead("openings.csv"), "D101 X001"),
    "folder for settings": (folder_instead(SETTINGS), "D101 X001"),
    "folder for the export": (folder_instead(EXPORT), "L101 X001"),
    "folder for a text": (folder_instead(TEXT), "T107"),
    "huge cell": (add("budget_lines.csv", f"{LONG},lang"), ""),
    "huge cell that is wrong": (swap("budgets.csv", "60000.00", LONG), "D105 X001"),
    "huge cell in the export": (swap(EXPORT, "Bloembakken Kerkstraat;4", f"{LONG};4"), ""),
    "huge amount in the export": (swap(EXPORT, DEBIT, f";{LONG};"), "L106 X001"),
    "huge name of a file": (swap(SETTINGS, "grootboek.csv", LONG), "D150 X001"),
    "huge name of a profile": (swap(SETTINGS, 'profile = "grootboek"', f'profile = "{LONG}"'), "D105 X001"),
    "huge reason in the text": (add(TEXT, f"\nEr is [{LONG}](figure:result/total)."), "T105"),
    "bare return in a table": (swap("budgets.csv", "Groenplan Noorderwijk", "Groenplan\rNoorderwijk"), "D121 X001"),
    "bare return in the export": (swap(EXPORT, "Verlichting steeg", "Verlichting\rsteeg"), "L121 X001"),
    "bare returns for lines": (put("areas.csv", b"code,slug,name,kind\rBIN,bin,Bin,wijk\r"), "D108 X001"),
    "NUL in a table": (swap("budgets.csv", "Groenplan", "Groen\0plan"), "D114 X001"),
    "NUL in settings": (swap("dossier.toml", "Wilgendam", "Wilgen\0dam"), "D112 X001"),
    "NUL in the text": (swap(TEXT, "Wilgendam", "Wilgen\0dam"), "D160"),
    "table in UTF-16": (rewritten("areas.csv", "utf-16"), ""),
    "table in UTF-16 without a mark": (rewritten("areas.csv", "utf-16-le"), "D114 X001"),
    "settings in UTF-16": (rewritten("dossier.toml", "utf-16"), "D114 X001"),
    "text in UTF-16": (rewritten(TEXT, "utf-16"), "D114 X001"),
    "export in UTF-16": (rewritten(EXPORT, "utf-16"), "L109 X001"),
    "quote never closed": (swap("keys.csv", "Inwoners per", '"Inwoners per'), "D121 X001"),
    "quote never closed in the last cell": (
        add("budgets.csv", 'X,ALG,2025,amendment,1,R,raad,2025-1-1,,,,"'),
        "D121 X001",
    ),
    "quote never closed in the export": (swap(EXPORT, ";Bloembakken", ';"Bloembakken'), "L121 X001"),
    "1e400 as amount": (swap("budgets.csv", BUDGET, BUDGET.replace("60000.00", "1e400")), "D105 X001"),
    "1e400 in the export": (swap(EXPORT, DEBIT, ";1e400;"), "L178 X001"),
    "1e400 in settings": (swap("dossier.toml", "years = 1", "years = 1e400"), "D105 X001"),
    "1e400 as control total": (swap(SETTINGS, "426.839,71", "1e400"), "L106"),
    "a formula as amount": (swap("budgets.csv", BUDGET, BUDGET.replace("60000.00", "=1+1")), "D105 X001"),
    "a formula as description": (swap(EXPORT, "Bloembakken Kerkstraat;4", "=1+1;4"), ""),
    "a formula as code": (add("budget_lines.csv", "=1+1,formule"), ""),
    "30 digits in a table": (swap("budgets.csv", "60000.00", HUGE), "D105 X001"),
    "30 digits in the export": (swap(EXPORT, DEBIT, f";{HUGE};"), "L106 X001"),
    "18 digits in the export": (swap(EXPORT, DEBIT, ";999999999999999999;"), "L106 X001"),
    "the largest amount": (swap(EXPORT, DEBIT, ";99999999999,99;"), "L112 T101"),
    "30 digits as weight": (swap("keys.csv", "2100", HUGE), "D105 X001"),
    "30 digits as control total": (swap(SETTINGS, "426.839,71", HUGE), "L106"),
    "30 digits as lines": (swap(SETTINGS, "lines = 62", f"lines = {HUGE}"), "L111"),
    "30 digits as year": (swap(SETTINGS, "[2024, 2025]", f"[2024, {HUGE}]"), "D105 X001"),
    "30 digits as period": (swap(SETTINGS, "[0, 1,", f"[0, {HUGE}, 1,"), "D105 X001"),
    "30 digits as term": (swap("dossier.toml", "years = 1", f"years = {HUGE}"), "M210 X001"),
    "5000 digits in settings": (swap("dossier.toml", "years = 1", f"years = {'9' * 5000}"), "D112 X001"),
    "nested settings": (add(SETTINGS, f"x = {'[' * 5000}"), "D173 X001"),
    "30 digits in the text": (claim(HUGE, "figure:result/total"), "T101"),
    "negative zero in a table": (add("budgets.csv", "N,ALG,2025,amendment,-0.00,R,raad,2025-01-02,,,,"), ""),
    "negative zero in the export": (
        swap(EXPORT, ";7110;3.8;Bloembakken Kerkstraat;4.151,03;", ";6000;3.8;X;-0,00;"),
        "L112 T101",
    ),
    "negative zero in the text": (claim("−0", "figure:result/total"), "T101"),
    "years far away in a table": (swap("budgets.csv", BUDGET, BUDGET.replace("2024", "9999")), "D105 X001"),
    "the year 1900": (swap("budget_line_years.csv", "NRD,2024", "NRD,1900"), "D117 X001"),
    "a year 0 in the export": (swap(EXPORT, "2024;2;02-02", "0;2;02-02"), "L116 X001"),
    "a year 9999 in the export": (swap(EXPORT, "2024;2;02-02", "9999;2;02-02"), "L116 X001"),
    "a day in the year 1": (swap(EXPORT, DAY, ";01-01-0001;"), "L120"),
    "a day in the year 9999": (swap(EXPORT, DAY, ";31-12-9999;"), "L120"),
    "a day in the year 0": (swap(EXPORT, DAY, ";01-01-0000;"), "L107 X001"),
    "a decision in the year 1": (swap("budgets.csv", "2023-11-07", "0001-01-01"), ""),
    "everything decided in 9999": (swap("years.csv", "2025-06-26", "9999-12-31"), ""),
    "a basis in the year 1": (swap(PAGE, "as_of = 2026", "as_of = 0001"), "P108 T103 T104 T101"),
    "a publication of a year without lines": (swap(PAGE, "year = 2025", "year = 2031"), "D105 X001"),
    "code with a slash": (swap("budget_lines.csv", "OST-W,", "OST/W,"), "D105 X001"),
    "code that is the whole": (add("budget_lines.csv", "total,geheel"), "D181"),
    "code that is an area": (add("budget_lines.csv", "area:NRD,geheel"), "D105 X001"),
    "slug that climbs": (swap("areas.csv", "BIN,binnenstad", "BIN,../binnenstad"), "D105 X001"),
    "slug of the whole": (swap("budget_lines.csv", ",stadsbreed", ",totaal"), "D105 X001"),
    "slug of an area": (swap("budget_lines.csv", ",stadsbreed", ",gebied-oosteinde"), "D105 X001"),
    "profile that climbs": (swap(SETTINGS, 'profile = "grootboek"', 'profile = "../grootboek"'), "D105 X001"),
    "language nobody speaks": (swap("dossier.toml", '"nl"', '"xx"'), "D105 X001"),
    "encoding that is none": (swap("profiles/grootboek.toml", "windows-1252", "base64"), "D105 X001"),
    "encoding that does not say where": (swap("profiles/grootboek.toml", "windows-1252", "punycode"), "L109 X001"),
    "delimiter that is a quote": (swap("profiles/grootboek.toml", 'delimiter = ";"', "delimiter = '\"'"), "D105 X001"),
    "delimiter that is a line": (swap("profiles/grootboek.toml", 'delimiter = ";"', 'delimiter = "\\n"'), "D105 X001"),
    "one mark for all": (swap("profiles/grootboek.toml", 'thousands = "."', 'thousands = ","'), "D115 X001"),
    "two columns nobody reads": (swap(EXPORT, "Credit\r", "Credit;Extra;Extra\r"), "L118 X002 X001"),
    "a term of no years": (swap("dossier.toml", "years = 1", "years = 0"), "D105 X001"),
    "a term in words": (swap("dossier.toml", "years = 1", 'years = "een"'), "D105 X001"),
    "the same year twice": (swap(SETTINGS, "[2024, 2025]", "[2024, 2025, 2025]"), ""),
    "an extension below zero": (swap("extensions.csv", "BIN,2025,2000.00", "BIN,2025,-2000.00"), "D105 X001"),
    "nested brackets": (add(TEXT, "\n" + "[" * 10_000 + "]" * 10_000), ""),
    "nested links": (add(TEXT, "\n" + "[a](" * 10_000), ""),
    "nested quotes": (add(TEXT, "\n" + "> " * 10_000 + "a"), ""),
    "nested stress": (add(TEXT, "\n" + "*a **b " * 5_000), ""),
    "a long line of digits": (add(TEXT, "\n" + "9" * 100_000), "T102"),
    "thousands of numbers": (add(TEXT, "\n" + " ".join(map(str, range(10_000, 15_000)))), "T102 X002"),
    "odd address": (claim("1", "figure:result/%00%2f%ff@2025"), "T103"),
    "address with marks": (claim("1", "<figure:result/[a](b)?about=99%&about=x>"), "T103"),
    "address with all": (claim("1", "figure:result/total@9999?origin=0000&unit=cent"), "T103"),
    "address of nothing": (claim("1", "figure:"), "T103"),
    "address of an area": (claim("1", "figure:result/area:"), "T103"),
    "address over and over": (claim("1", "figure:" + "result/" * 10_000), "T103"),
    "cents that are no cents": (claim("4.425,38", "figure:result/total?unit=cent"), "T103"),
    "claim over lines": (claim("204.575\neuro", "figure:realised/total"), ""),
    "number after a claim over lines": (add(TEXT, "\n[204.575\neuro](figure:realised/total) en\n77 cent."), "T102"),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme_answers_with_its_faults(name: str, klein: Path) -> None:
    """Each sort of fault once, in order of first appearance; `serve` makes pages of what could be opened."""
    change, codes = EXTREMES[name]
    change(klein)
    opened = checked(klein)
    make(opened)
    assert " ".join(dict.fromkeys(found.code for found in opened.faults)) == codes
    assert all(len(fault_json(found, Messages("nl"))["value"] or "") <= 300 for found in opened.faults)


KEPT = "publications/jaarrekening-2025/adopted.json"
TAMPERED: dict[str, Callable[[str], str]] = {
    "empty": lambda text: "",
    "no object": lambda text: "[1]",
    "cut off": lambda text: text[: len(text) // 2],
    "without its years": lambda text: text.replace('"years"', '"jaren"'),
    "an amount of costs changed": lambda text: text.replace('"costs_cents": 4728554', '"costs_cents": 4728555', 1),
    "an amount in words": lambda text: text.replace('"costs_cents": 4728554', '"costs_cents": "4728554"'),
    "a year that is none": lambda text: text.replace('"year": 2025', '"year": "2025"'),
    "a term before its year": lambda text: text.replace('"last_year": 2026', '"last_year": 1'),
    "deliveries that are a list": lambda text: re.sub(r'("deliveries": )(\{[^}]*\})', r"\1[\2]", text),
    "a moment that is none": lambda text: text.replace('"as_of": "2026', '"as_of": "9999-99'),
    "nested": lambda text: "[" * 100_000,
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_adopted_account_is_refused(name: str, klein: Path) -> None:
    """What the council adopted is what `adopt` wrote, or it is nothing (P103)."""
    assert adopt(klein, "jaarrekening-2025", date(2026, 6, 25), "R2026-06")[0]
    path = klein / KEPT
    changed = TAMPERED[name](path.read_text("utf-8"))
    assert changed != path.read_text("utf-8")
    path.write_text(changed, "utf-8")
    assert {found.code for found in checked(klein).faults} == {"P103"}


def test_an_adopted_account_outlives_codes_that_change(klein: Path) -> None:
    """An area gets another code, which codes never should: what was adopted still stands, and is still shown."""
    assert adopt(klein, "jaarrekening-2025", date(2026, 6, 25), "R2026-06")[0]
    for file in ("areas.csv", "budget_line_years.csv"):
        text = (klein / file).read_text("utf-8").replace(",HAV,", ",KADE,").replace("\nHAV,haven", "\nKADE,haven")
        (klein / file).write_text(text, "utf-8")
    assert "KADE,haven" in (klein / "areas.csv").read_text("utf-8")
    assert [found.code for found in checked(klein).faults] == ["D108"]


def test_areas_above_areas_have_figures_with_a_place(klein: Path) -> None:
    """A claim about an area that only holds other areas leads to a page that is there."""
    append(klein, "areas.csv", "STAD,stad,Hele stad,stad,,,")
    edit(klein, "areas.csv", "Binnenstad,wijk,", "Binnenstad,wijk,STAD")
    edit(klein, TEXT, "[vier]", "[vijf]")
    claim("33.000", "figure:budget/area:STAD")(klein)
    opened = checked(klein)
    assert opened.sound
    made = make(opened)
    assert made is not None
    assert "publicaties/jaarrekening-2025/cijfers/gebied-stad/2025.html" in {page.frame.path for page in made.pages}


def test_a_year_without_anything_has_no_figures(klein: Path) -> None:
    """A dossier that opens without one budget line answers a question for a figure."""
    for file in ("budgets.csv", "budget_line_years.csv", "extensions.csv", "keys.csv"):
        path = klein / file
        path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    (klein / "attribution.csv").write_text("id,out_of_scope\nalles,Nog niet begonnen\n", "utf-8")
    (klein / TEXT).unlink()
    checked(klein)
    assert {found.code for found in find_figure(klein, "result/total").faults} == {"T107", "F101", "F102"}
