"""Settings as a person types them become items of a change."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from gebiedswerk.dossier.writing.change import ABSENT, SettingWritten
from gebiedswerk.dossier.writing.setting_words import settings_written
from gebiedswerk.dossier.writing.settings_of_text import setting_in


def test_a_setting_with_what_was_read(klein: Path) -> None:
    found = settings_written(klein, "dossier", {"municipality.name": "X", "presentation.unit": "1000"})
    assert found.value is not None
    first, second = found.value
    assert isinstance(first, SettingWritten) and isinstance(second, SettingWritten)
    assert (first.file, first.key, first.value) == ("dossier.toml", ("municipality", "name"), "X")
    assert first.read not in ("X", ABSENT)
    assert (second.key, second.value) == (("presentation", "unit"), 1000)


def test_in_a_profile_it_answers_what_was_asked(klein: Path) -> None:
    found = settings_written(klein, "profiles/grootboek", {"delimiter": ";"})
    assert found.value is not None
    assert [(one.key, one.value) for one in found.value if isinstance(one, SettingWritten)] == [
        (("delimiter",), ";"),
        (("unsure", "delimiter"), ABSENT),
    ]


MOMENT = datetime.fromisoformat("2026-01-01T10:00")
FIRST = "publications/jaarrekening-2025"
EXPORT = "deliveries/grootboek-2026-03"


@pytest.mark.parametrize(
    ("what", "file", "key", "text", "value"),
    [
        ("dossier", "dossier.toml", "site.search", "JA", True),
        ("dossier", "dossier.toml", "site.search", "nee", False),
        ("dossier", "dossier.toml", "site.search", "True", True),
        ("dossier", "dossier.toml", "site.search", "false", False),
        ("dossier", "dossier.toml", "municipality.name", "ja", "ja"),
        ("elders/iets", "dossier.toml", "municipality.name", "X", "X"),
        ("profiles", "dossier.toml", "municipality.name", "X", "X"),
        (
            FIRST,
            f"{FIRST}/publication.toml",
            "as_of",
            "2026-01-01T10:00:00",
            MOMENT,
        ),
        (f"/{FIRST}/publication.toml/", f"{FIRST}/publication.toml", "title", "2025", "2025"),
        (EXPORT, f"{EXPORT}/delivery.toml", "years", "2024, 2025,", [2024, 2025]),
        (
            EXPORT,
            f"{EXPORT}/delivery.toml",
            "public_columns",
            " description , ,booked_on,",
            ["description", "booked_on"],
        ),
        ("profiles/grootboek.toml", "profiles/grootboek.toml", "flows.income", "8000, 9*", ["8000", "9*"]),
    ],
)
def test_a_value_is_what_its_setting_wants(
    klein: Path, what: str, file: str, key: str, text: str, value: object
) -> None:
    """Yes and no, a moment, numbers and texts apart by commas; in the file that was meant, with what stood there."""
    found = settings_written(klein, what, {key: text})
    assert found.value is not None
    first = found.value[0]
    assert isinstance(first, SettingWritten)
    assert (first.file, first.key, first.value) == (file, tuple(key.split(".")), value)
    assert type(first.value) is type(value)
    assert first.read == setting_in((klein / file).read_text("utf-8"), first.key)


def test_what_was_asked_is_read_too(klein: Path) -> None:
    """The question that an answer takes away is one that it was decided on; a mark at the front is no text."""
    profile = klein / "profiles/grootboek.toml"
    profile.write_bytes(b"\xef\xbb\xbf" + profile.read_bytes() + b'\n[unsure]\ndecimal = "punt of komma?"\n')
    found = settings_written(klein, "profiles/grootboek", {"decimal": "."})
    assert found.value is not None
    assert [(one.key, one.read, one.value) for one in found.value if isinstance(one, SettingWritten)] == [
        (("decimal",), ",", "."),
        (("unsure", "decimal"), "punt of komma?", ABSENT),
    ]


def test_a_sign_that_cannot_be_read_keeps_nobody_from_another_setting(klein: Path) -> None:
    path = klein / "dossier.toml"
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    assert settings_written(klein, "dossier", {"municipality.name": "X"}).value is not None


def test_what_cannot_be_is_said_at_its_place(klein: Path) -> None:
    """The file, the setting and what was typed, as it was typed."""
    found = settings_written(klein, "publications/nergensX", {"title": "X"}).faults
    assert [(one.code, one.file) for one in found] == [("D101", "publications/nergensX/publication.toml")]
    found = settings_written(klein, "dossier", {"presentation.unit": "veel"}).faults
    assert [(one.code, one.file, one.column, one.value) for one in found] == [
        ("D105", "dossier.toml", "presentation.unit", "veel")
    ]
    found = settings_written(klein, "dossier", {"municipality.name.x": "a"}).faults
    assert [(one.code, one.file, one.column) for one in found] == [("D191", "dossier.toml", "municipality.name.x")]


@pytest.mark.parametrize(
    ("what", "key", "value", "code"),
    [
        ("publications/nergens", "title", "X", "D101"),
        ("profiles/../../x", "a", "b", "B110"),
        ("dossier", "nergens", "X", "D113"),
        ("dossier", "presentation.unit", "veel", "D105"),
    ],
)
def test_what_cannot_be_is_said(klein: Path, what: str, key: str, value: str, code: str) -> None:
    found = settings_written(klein, what, {key: value})
    assert found.value is None
    assert [one.code for one in found.faults][:1] == [code]
