"""Refused signs at every door: each column of each table, each setting that is words, lines of texts, maps."""

from __future__ import annotations

import csv
import io
import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.core.faults import Fault
from gebiedswerk.dossier import read
from gebiedswerk.dossier.checks.signs_in_text import in_markdown
from gebiedswerk.dossier.geography import read_geography
from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Profile, PublicationSettings
from gebiedswerk.dossier.settings_reader import read_settings
from gebiedswerk.dossier.table_reader import columns_of, read_table
from tests.conftest import ROOT
from tests.signs import REFUSED, TABLE_OF

EACH = [(code, sign) for code, signs in REFUSED.items() for sign in signs]
FEW = [(code, signs[0]) for code, signs in REFUSED.items()] + [("D160", "\x85"), ("D160", "\u2028"), ("D162", "\u202e")]
GROUPS = {
    "dossier.toml": DossierSettings,
    "delivery.toml": DeliverySettings,
    "publication.toml": PublicationSettings,
    "profiles": Profile,
}


@pytest.mark.parametrize("file", TABLE_OF)
def test_every_column_of_every_table(file: str, tmp_path: Path) -> None:
    """The code of the fault, the row and the column; also at the ends of a cell, from which white space goes."""
    table = TABLE_OF[file]
    names = [column.name for column in columns_of(table.rows)]
    place = tmp_path / "table.csv"
    for at, name in enumerate(names):
        for code, sign in EACH if os.environ.get("WALK") == "whole" else FEW:
            rows = [names, [""] * len(names), ["x"] * at + [f"a{sign}"] + ["x"] * (len(names) - at - 1)]
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            place.write_text(out.getvalue(), "utf-8", newline="")
            found = [(one.code, one.row, one.column) for one in read_table(place, table)[1]]
            assert (code, 3, name) in found, (name, ascii(sign))
    place.write_text(f"{names[0]}\ufffe\n", "utf-8")
    assert ("D160", 1) in [(one.code, one.row) for one in read_table(place, table)[1]]


def test_columns_of_the_writer_are_free(tmp_path: Path) -> None:
    """What starts with `x_` is kept and never shown."""
    (tmp_path / "t.csv").write_text("code,x_mine\nA,\uf0b7\n", "utf-8")
    assert {one.code for one in read_table(tmp_path / "t.csv", TABLE_OF["areas.csv"])[1]} == {"D103"}


def _settings() -> Iterator[Any]:
    """Every setting in the examples that is words: its file, its class, its text and the words."""
    for path in sorted((ROOT / "examples").rglob("*.toml")):
        cls = GROUPS.get(path.name) or GROUPS.get(path.parent.name)
        if cls is not None:
            text = path.read_text("utf-8")
            for words in sorted(set(_words(tomllib.loads(text)))):
                if f'"{words}"' in text:
                    yield pytest.param(path, cls, words, id=f"{path.parent.name}/{path.name}-{words[:30]}")


def _words(form: object) -> Iterator[str]:
    if isinstance(form, str):
        yield form
    for inner in form.values() if isinstance(form, dict) else form if isinstance(form, list) else ():
        yield from _words(inner)


@pytest.mark.parametrize(("path", "cls", "words"), [*_settings()])
def test_every_setting_that_is_words(path: Path, cls: type, words: str, tmp_path: Path) -> None:
    """Written as it is where TOML takes it, and as an escape: the line and the setting are named."""
    text = path.read_text("utf-8")
    for code, sign in FEW:
        for written in (sign, "".join(f"\\U{ord(one):08x}" for one in sign)):
            (tmp_path / path.name).write_text(text.replace(f'"{words}"', f'"{words}{written}"', 1), "utf-8")
            faults = read_settings(tmp_path / path.name, path.name, cls)[1]
            refused = [one for one in faults if one.code in (code, "D112")]
            assert refused and refused[0].row, (ascii(sign), written)


@pytest.mark.parametrize(("code", "sign"), EACH)
def test_lines_of_a_text(code: str, sign: str) -> None:
    """Also where it comes out of a number; a line break that only some programs know starts no new line."""
    text = f"# Kop\n\nEen{sign}woord.\nNog een.\n"
    assert [(one.code, one.row) for one in in_markdown(text, "x.md")] == [(code, 3)]
    numbered = "".join(f"&#{ord(one)};" if ord(one) > 126 else one for one in sign)
    if numbered != sign:
        assert [(one.code, one.row) for one in in_markdown(f"\nEen {numbered}.", "x.md")] == [(code, 2)]
        hexed = "".join(f"&#x{ord(one):x};" if ord(one) > 126 else one for one in sign)
        assert [(one.code, one.row) for one in in_markdown(f"\nEen {hexed}.", "x.md")] == [(code, 2)]


def test_signs_by_name() -> None:
    """A name of HTML for a sign that hides."""
    assert [one.code for one in in_markdown("x&InvisibleComma;y &amp; z &eacute;", "x.md")] == ["D162"]


@pytest.mark.parametrize("sign", ["\ud800", *(sign for signs in REFUSED.values() for sign in signs)])
@pytest.mark.parametrize("name", ["attribution", "area"])
def test_words_of_a_map(name: str, sign: str, tmp_path: Path) -> None:
    """JSON can write half of a sign as well."""
    square = [[[6.0, 53.0], [6.0, 53.1], [6.1, 53.1], [6.1, 53.0], [6.0, 53.0]]]
    feature = {"properties": {"area": "A"}, "geometry": {"type": "Polygon", "coordinates": square}}
    form: dict[str, Any] = {"attribution": "CBS", "features": [feature]}
    if name == "area":
        feature["properties"] = {"area": f"A{sign}"}
    else:
        form["attribution"] = f"CBS{sign}"
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo/x-2020.geojson").write_text(json.dumps(form), "utf-8")
    _, faults = read_geography(tmp_path)
    assert [one.code in ("D160", *REFUSED) for one in faults] == [True]


def test_a_dossier_is_refused_and_says_where(klein: Path) -> None:
    """Three of a kind in one column are not told as a column that is wrong: each is named."""
    path = klein / "budget_line_years.csv"
    path.write_text(path.read_text("utf-8").replace("Noorderwijk", "Noorder\uf0b7wijk"), "utf-8")
    found: list[Fault] = [one for one in read(klein).faults if one.code == "D160"]
    assert len(found) > 1
    assert {(one.file, one.column, one.value) for one in found} == {("budget_line_years.csv", "name", "U+F0B7")}
