"""A setting as it is compared: its value, or that it is not there."""

from __future__ import annotations

from enum import StrEnum

import pytest

from gebiedswerk.dossier.writing.change import ABSENT
from gebiedswerk.dossier.writing.settings_of_text import plain, setting_in

TEXT = 'a = 1\n[b]\nc = [1, 2]\n[[d]]\ne = "f"\n'


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (("a",), 1),
        (("b", "c"), [1, 2]),
        (("b",), {"c": [1, 2]}),
        (("d",), [{"e": "f"}]),
        (("d", "e"), ABSENT),
        (("a", "b"), ABSENT),
        (("z",), ABSENT),
    ],
)
def test_a_setting_in_a_text(key: tuple[str, ...], value: object) -> None:
    assert setting_in(TEXT, key) == value


def test_a_text_that_is_no_toml() -> None:
    with pytest.raises(ValueError, match="Invalid"):
        setting_in("a = = 1", ("a",))


def test_a_value_as_it_is_read_back() -> None:
    class Status(StrEnum):
        DRAFT = "draft"

    assert plain((Status.DRAFT, {"a": (1,)})) == ["draft", {"a": [1]}]
    assert type(plain(Status.DRAFT)) is str
    assert plain(ABSENT) is ABSENT
