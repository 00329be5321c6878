"""No number reaches a page by a table or setting unseen: a walk over every column and setting that holds text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.cli.main import main
from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier import Dossier, read
from gebiedswerk.dossier.cell_types import Column
from gebiedswerk.dossier.settings import DecisionSettings, LabelColumn, LabelSettings
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES, TableSchema
from gebiedswerk.dossier.text_numbers import number_faults
from gebiedswerk.dossier.texts import dossier_texts
from gebiedswerk.dossier.work import WORK_TABLES
from tests.dossier.walks import text_columns, text_settings, with_cell
from tests.town import append, edit

MONEY = "We gaven 1.234.567 euro uit"
SETTINGS_FILE = "publications/jaarrekening-2025/publication.toml"
NO_WORDS = {
    "internal_note": "for the municipality alone: nothing of it is published",
    "reconciliations.csv what": "the name of a difference, of a form that is checked (D122)",
    "questions.csv figure": "the address of a figure (F102)",
    "takedowns.csv posting": "the id of a posting",
    "file": "the name of a file",
    "column": "the name of a column",
    "privacy_accepted.csv text": "never published",
    "free_numbers.csv words": "never published",
}
"""Text columns that are no words on a page, by name or with their file, and why."""
WORDED = [(table, column) for table, column in text_columns() if column.kind.words is not TextKind.CODE]
PLAIN_SETTINGS = {
    "dossier.toml": "presentation privacy.block open_data site",
    "delivery.toml": "control file administration profile complete_for public_columns",
    "publication.toml": "pages",
    "profile.toml": "",
}
"""Settings that are read by programs: codes, names of files, patterns, marks, addresses with a limit of their own."""


def test_every_text_column_chose_and_says_why_not() -> None:
    """What is no words has a reason here; what is may not have one."""
    for table, column in text_columns():
        assert column.kind.words is not None, (table.file, column.name)
        excused = {column.name, f"{table.file} {column.name}"} & NO_WORDS.keys()
        assert bool(excused) == (column.kind.words is TextKind.CODE), (table.file, column.name)
    assert len(WORDED) == 46


def test_every_text_setting_chose() -> None:
    for setting in text_settings():
        assert setting.words is not None, setting
        if setting.words is TextKind.CODE and setting.file != "profile.toml":
            assert setting.key.startswith(tuple(PLAIN_SETTINGS[setting.file].split())), setting
    words = [one.key for one in text_settings() if one.words is not TextKind.CODE]
    assert sorted(words) == sorted(
        "municipality.name municipality.explanation municipality.explanations term.decision privacy.block.ground "
        "decision.number public_decision accepted title titles labels.title labels.titles".split()
    )


@pytest.fixture(scope="module")
def town() -> Dossier:
    dossier = read(Path(__file__).parents[2] / "examples/klein").value
    assert dossier is not None
    return dossier


def planted(town: Dossier, table: TableSchema, name: str, text: str, path: Path) -> Dossier:
    """The town with one row in a table, that has a text in one column."""
    path.write_text(with_cell(table, name, text), "utf-8")
    rows: Any
    rows, faults = read_table(path, table)
    assert faults == ()
    for key, one in TABLES.items():
        if one is table:
            return replace(town, **{key: rows})
    key = next(key for key, one in WORK_TABLES.items() if one is table)
    return replace(town, work=replace(town.work, **{key: rows}))


@pytest.mark.parametrize(("table", "column"), WORDED, ids=lambda one: getattr(one, "file", getattr(one, "name", "")))
def test_money_in_any_text_of_a_table_is_named(
    table: TableSchema, column: Column, town: Dossier, tmp_path: Path
) -> None:
    """Named with file, row and column; what is never published is not asked."""
    dossier = planted(town, table, column.name, MONEY, tmp_path / "table.csv")
    found = [(one.code, one.file, one.row, one.column, one.value) for one in number_faults(dossier)]
    expected = [("T126", table.file, 2, column.name, "1.234.567")] if table.published else []
    assert [one for one in found if one[0] != "T133"] == expected


@pytest.mark.parametrize(("table", "column"), WORDED, ids=lambda one: getattr(one, "file", getattr(one, "name", "")))
def test_a_count_is_a_warning_in_prose_and_nothing_in_a_name(
    table: TableSchema, column: Column, town: Dossier, tmp_path: Path
) -> None:
    dossier = planted(town, table, column.name, "Er kwamen 30 bomen", tmp_path / "table.csv")
    prose = column.kind.words in (TextKind.PROSE, TextKind.REASON) and table.published
    assert [one.code for one in number_faults(dossier) if one.code != "T133"] == (["T127"] if prose else [])


@pytest.mark.parametrize("column", ["question", "answer"])
@pytest.mark.parametrize(
    "text",
    [
        "Het kostte tweehonderdduizend euro",
        "Het was anderhalf miljoen",
        "Het was € 5k",
        "Tien procent",
        "Ruim MCM euro",
    ],
)
def test_disguises_are_found_in_tables_too(column: str, text: str, town: Dossier, tmp_path: Path) -> None:
    dossier = planted(town, TABLES["questions"], column, text, tmp_path / "table.csv")
    assert [one.code for one in number_faults(dossier)] == ["T126"]


EMPTY = {"decision": DecisionSettings(), "labels": LabelSettings(LabelColumn.TOTAL, "Totaal")}
"""Parts of lists that the example does not have."""


def with_setting(value: Any, keys: list[str], text: str) -> Any:
    """A settings value with the text of one dotted key replaced; lists keep their first part."""
    name, *rest = keys
    inner = getattr(value, name)
    if isinstance(inner, dict):
        return replace(value, **{name: {"en": text}})
    if isinstance(inner, list):
        first = inner[0] if inner else EMPTY[name]
        return replace(value, **{name: [with_setting(first, rest, text)]})
    assert is_dataclass(inner) or not rest
    return replace(value, **{name: with_setting(inner, rest, text) if rest else text})


WORDED_SETTINGS = [one for one in text_settings() if one.words is not TextKind.CODE]


@pytest.mark.parametrize("setting", WORDED_SETTINGS, ids=lambda one: one.key)
def test_money_in_any_text_of_a_setting_is_named(setting: Any, town: Dossier) -> None:
    keys, delivery, publication = setting.key.split("."), town.deliveries[0], town.publications[0]
    places = {
        "dossier.toml": lambda: replace(town, settings=with_setting(town.settings, keys, MONEY)),
        "delivery.toml": lambda: replace(
            town, deliveries=(replace(delivery, settings=with_setting(delivery.settings, keys, MONEY)),)
        ),
        "publication.toml": lambda: replace(
            town, publications=(replace(publication, settings=with_setting(publication.settings, keys, MONEY)),)
        ),
    }
    found = number_faults(places[setting.file]())
    assert [(one.code, one.value) for one in found] == [("T126", "1.234.567")]
    assert (found[0].file or "").endswith(setting.file)
    assert (found[0].column or "").replace("[0]", "").removesuffix(".en") == setting.key


def test_every_published_table_of_the_dossier_is_walked(town: Dossier) -> None:
    """A table that is added to the schema is in the dossier, and so in the walk."""
    assert {one.name for one in fields(town)} >= set(TABLES)
    walked = {one.file for one in dossier_texts(town)}
    assert walked >= {"areas.csv", "budgets.csv", "questions.csv", "dossier.toml", SETTINGS_FILE}


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        (SETTINGS_FILE, "gebiedsgericht werken", "1.234.567 euro over", "title"),
        ("budgets.csv", "Initiatieven in Oosteinde", MONEY, "note"),
        ("questions.csv", "Is dit ook geld", f"{MONEY}. Is dit ook geld", "question"),
        ("questions.csv", "Nee. Onderhoud", f"{MONEY}. Onderhoud", "answer"),
        ("dossier.toml", "Alle namen en bedragen zijn voorbeelden.", MONEY, "municipality.explanation"),
        ("areas.csv", "Oosteinde,dorp", "Oosteinde,dorp (2 miljoen euro)", "kind"),
        ("budget_line_years.csv", "ALG,2025,Stadsbreed", "ALG,2025,Stadsbreed € 5000", "name"),
        ("attribution.csv", "Andere programma's", "Twee ton aan andere programma's", "out_of_scope"),
    ],
)
def test_check_stops_at_it(
    file: str, old: str, new: str, column: str, klein: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the command: exit 1, with file, row and column; a row with a reason sets it free."""
    edit(klein, file, old, new)
    assert main(["check", str(klein)]) == 1
    assert "T126" in capsys.readouterr().err
    faults = [one for one in open_dossier(klein).faults if one.code == "T126"]
    assert {(one.file, one.column) for one in faults} == {(file, column)}
    assert all(one.row for one in faults)
    head = "id,file,column,words,reason,who,accepted_on\n"
    row = f"V1,{file},{column},{faults[0].value},Uit het raadsbesluit,controller,2026-01-01\n"
    (klein / "free_numbers.csv").write_text(head + row, "utf-8")
    assert [one for one in open_dossier(klein).faults if one.code in ("T126", "T133")] == []
    append(klein, "free_numbers.csv", f"W1,{file},{column},99 bomen,Uit het raadsbesluit,controller,2026-01-01")
    assert [one.code for one in open_dossier(klein).faults] == ["T133"]
    assert main(["check", str(klein)]) == 0


def test_a_row_frees_only_what_it_names(town: Dossier, tmp_path: Path) -> None:
    """Another file, column or row, or fewer words than the number has, frees nothing."""
    dossier = planted(town, TABLES["budgets"], "note", "Het was 1.234 euro", tmp_path / "table.csv")
    for file, column, row, words, frees in (
        ("budgets.csv", "", "", "1.234", True),
        ("budgets.csv", "note", "2", "was 1.234 euro", True),
        ("budgets.csv", "note", "3", "1.234", False),
        ("budgets.csv", "number", "", "1.234", False),
        ("openings.csv", "", "", "1.234", False),
        ("budgets.csv", "note", "", "1.23", False),
        ("budgets.csv", "note", "", "1", False),
        ("budgets.csv", "note", "", "euro", False),
    ):
        path = tmp_path / "free.csv"
        head = "id,file,column,row_in_file,words,reason,who,accepted_on"
        path.write_text(f"{head}\nV1,{file},{column},{row},{words},Raadsbesluit,controller,2026-01-01\n", "utf-8")
        free: Any
        free, faults = read_table(path, TABLES["free_numbers"])
        assert faults == ()
        codes = [one.code for one in number_faults(replace(dossier, free_numbers=free))]
        assert codes == ([] if frees else ["T126", "T133"])


def test_the_words_of_a_logo_and_of_a_decision_to_adopt_are_read(klein: Path) -> None:
    """What is drawn on every page, and what `adopt --decision` writes."""
    (klein / "site").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>Twee miljoen euro over</title></svg>'
    (klein / "site/merk.svg").write_text(drawing, "utf-8")
    append(klein, "dossier.toml", '\n[site]\nlogo = "merk.svg"')
    assert [(one.code, one.file) for one in open_dossier(klein).faults] == [("T126", "site/merk.svg")]
    (klein / "site/merk.svg").write_text(drawing.replace("Twee miljoen euro over", "Wilgendam"), "utf-8")
    assert adopt(klein, "jaarrekening-2025", None, "Besluit: 563.000 euro over")[0] is not None
    found = open_dossier(klein).faults
    assert [(one.code, one.file, one.column) for one in found] == [
        ("T126", "publications/jaarrekening-2025/adopted.json", "decision")
    ]
