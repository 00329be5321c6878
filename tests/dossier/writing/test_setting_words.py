"""Settings as a person types them become items of a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.dossier.writing.change import ABSENT, SettingWritten
from gebiedswerk.dossier.writing.setting_words import settings_written


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
