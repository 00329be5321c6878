"""A blank or invisible reason is no reason: in every column, setting and option of the product that asks for one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.import_file import import_file
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.import_command import wanted_of
from gebiedswerk.cli.main import main, parser
from gebiedswerk.core.words import MUST_SAY
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.settings_reader import read_settings
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TableSchema
from gebiedswerk.importing import Wanted
from gebiedswerk.language.messages import Messages
from tests.dossier.walks import SETTINGS, TextSetting, text_columns, text_settings, with_cell
from tests.town import EXPORT, TEXT, append

BLANKS = ("\u200b", "\u3164\u00ad", "—", "...", " \u2060 ?", "\ufeff")
ASKS = re.compile(r"reason|decision|ground|accepted$|out_of_scope|number$")
"""Names of what says why, or what was decided."""
COLUMNS = [(table, column) for table, column in text_columns() if column.kind.words in MUST_SAY]
MUST = [setting for setting in text_settings() if setting.words in MUST_SAY]
DELIVERY = """\
file = "a.csv"
kind = "realised"
administration = "1"
years = [2025]
exported_at = 2026-01-01T00:00:00
profile = "p"
"""
DOSSIER = 'format = 1\n[municipality]\nname = "Dorp"\n[[term]]\nfrom = 2020\n'
PLANTED = {
    "term.decision": DOSSIER + "decision = {}\n",
    "privacy.block.ground": DOSSIER + '[[privacy.block]]\nname = "loon"\ncategory = ["1"]\nground = {}\n',
    "public_decision": DELIVERY + "public_decision = {}\n",
    "accepted": DELIVERY + "accepted = {}\n",
    "decision.number": DELIVERY + "[[decision]]\nnumber = {}\n",
}
"""Setting → a file in which it takes a text."""


def test_all_that_asks_why_must_say_something() -> None:
    """By its name; a number that is an amount or code has no kind of words that is asked for it."""
    named = [(t.file, c.name) for t, c in text_columns() if ASKS.search(c.name)]
    assert named == [(table.file, column.name) for table, column in COLUMNS if ASKS.search(column.name)]
    assert {one.key for one in text_settings() if ASKS.search(one.key.split(".")[-1])} == {one.key for one in MUST}
    assert {one.key for one in MUST} == set(PLANTED)
    assert len(COLUMNS) >= 15, len(COLUMNS)


HIDES = "D162"
"""What is also said of a reason that is one sign that hides: `core/signs.py`."""


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda one: getattr(one, "file", getattr(one, "name", "")))
def test_no_table_takes_a_blank_reason(table: TableSchema, column: Column, blank: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(with_cell(table, column.name, "Raadsbesluit"), "utf-8")
    assert read_table(path, table)[1] == ()
    path.write_text(with_cell(table, column.name, f"{blank}"), "utf-8")
    found = read_table(path, table)[1]
    assert [(one.code, one.file, one.row, one.column) for one in found if one.code != HIDES] == [
        ("T128", table.file, 2, column.name)
    ]


@pytest.mark.parametrize("blank", [*BLANKS, "   ", "\u00a0"])
@pytest.mark.parametrize("setting", MUST, ids=lambda one: one.key)
def test_no_setting_takes_a_blank_reason(setting: TextSetting, blank: str, tmp_path: Path) -> None:
    path, cls = tmp_path / setting.file, SETTINGS[setting.file]
    path.write_text(PLANTED[setting.key].format('"Raadsbesluit 2025"'), "utf-8")
    assert read_settings(path, setting.file, cls)[1] == ()
    path.write_text(PLANTED[setting.key].format(f"'{blank}'"), "utf-8")
    found = read_settings(path, setting.file, cls)[1]
    assert [(one.code, one.column) for one in found if one.code != HIDES] == [("T128", setting.key)]
    assert found[0].row == PLANTED[setting.key].count("\n")


@pytest.mark.parametrize("blank", [*BLANKS, " ", "&nbsp;", "&shy;", "&#8203;"])
def test_no_free_number_has_a_blank_reason(klein: Path, blank: str) -> None:
    append(klein, TEXT, f'\nEr waren [12](free: "{blank}") brieven.\n')
    assert [(one.code, one.value) for one in open_dossier(klein).faults if one.code != HIDES] == [("T108", "12")]


@pytest.mark.parametrize("blank", [*BLANKS, " "])
def test_no_option_takes_a_blank_reason(klein: Path, blank: str) -> None:
    """`import --accept --reason` is wrong use; whoever calls the verbs is refused as if there was none."""
    words = ["import", str(klein), str(klein / EXPORT), "--profile", "grootboek", "--accept", "--reason", blank]
    assert main(words) == 2
    assert wanted_of(parser(Messages("nl")).parse_args(words)).accepted == ""
    newer = klein.parent / "grootboek-nieuw.csv"
    newer.write_bytes((klein / EXPORT).read_bytes().replace(b"Bloembakken", b"Bloemenbak") + b"\r\n")
    imported = import_file(klein, Wanted(newer, "grootboek", accepted=blank), Messages("nl"))
    without = import_file(klein, Wanted(newer, "grootboek"), Messages("nl"))
    assert imported.landed is None and imported.faults == without.faults
    assert "I105" in [one.code for one in imported.faults]
    kept, faults = adopt(klein, "jaarrekening-2025", None, blank)
    assert kept is None and [one.code for one in faults] == ["T128"]
