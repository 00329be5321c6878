"""Which names and places a file may have: one owner of the rule, on each of its edges."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.addresses import file_of, refusal_of_address
from gebiedswerk.core.filenames import (
    DEVICES,
    LONGEST_PART,
    LONGEST_PLACE,
    Refusal,
    doubles,
    refusal_of_name,
    refusal_of_place,
)

PARTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["..", ".", "", "a", "West", "\u00e9", "e\u0301", "con", "C:", "\\", "..\\x", "\udcff", "x" * 256]),
)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("", Refusal.EMPTY),
        ("a//b", Refusal.EMPTY),
        ("a/", Refusal.EMPTY),
        ("/a", Refusal.ABSOLUTE),
        ("C:a", Refusal.ABSOLUTE),
        ("c:/a", Refusal.ABSOLUTE),
        ("\\\\host\\share", Refusal.ABSOLUTE),
        ("..", Refusal.UP),
        ("a/../b", Refusal.UP),
        ("a\\..\\b", Refusal.UP),
        ("./a", Refusal.UP),
        ("a\\b", Refusal.SIGN),
        ("a:b", Refusal.ABSOLUTE),
        ("ab:c", Refusal.SIGN),
        ("a\0b", Refusal.SIGN),
        ("a\nb", Refusal.SIGN),
        ("a\x7fb", Refusal.SIGN),
        ("a\x85b", Refusal.SIGN),
        ("a\u202eb", Refusal.SIGN),
        ("a\u2028b", Refusal.SIGN),
        ('a"b', Refusal.SIGN),
        ("a.", Refusal.END),
        ("a ", Refusal.END),
        (" a", Refusal.END),
        ("a./b", Refusal.END),
        ("a\u00a0", Refusal.END),
        ("con", Refusal.DEVICE),
        ("a/AUX.txt", Refusal.DEVICE),
        ("com\u00b9.tar.gz", Refusal.DEVICE),
        ("nul .txt", Refusal.DEVICE),
        ("\udcff", Refusal.BYTES),
        ("x" * (LONGEST_PART + 1), Refusal.LONG),
        ("\u00e9" * 128, Refusal.LONG),
        ("/".join(["x" * 99] * 11), Refusal.LONG),
    ],
)
def test_what_is_no_place(place: str, why: Refusal) -> None:
    assert refusal_of_place(place) == why


@pytest.mark.parametrize(
    "place",
    [
        "a",
        ".half",
        "a/b.c/d-e_f",
        "console",
        "com10",
        "a.b con",
        "\u00e9\u00e9n/\U0001f333",
        "x" * LONGEST_PART,
        "\u00e9" * 127,
        "/".join(["x" * 204] * 5),
    ],
)
def test_what_is_a_place(place: str) -> None:
    assert refusal_of_place(place) is None
    assert len(place.encode()) <= LONGEST_PLACE


@pytest.mark.parametrize("device", sorted(DEVICES))
def test_every_device_in_any_case_and_with_any_ending(device: str) -> None:
    for name in (device, device.upper(), f"{device}.txt", f"{device}.a.b"):
        assert refusal_of_name(name) is not None


@given(st.lists(PARTS, min_size=1, max_size=4).map("/".join))
def test_a_place_stays_in_its_folder_on_every_system(place: str) -> None:
    """What is let through names one file, below any folder, as Linux and as Windows read it."""
    if refusal_of_place(place) is not None:
        return
    for path in (PurePosixPath(place), PureWindowsPath(place)):
        assert not path.is_absolute() and not path.drive and not path.root
        assert ".." not in path.parts
        assert "/".join(path.parts) == place
    assert Path("/root", place).is_relative_to("/root")
    place.encode()


@given(st.lists(st.sampled_from(["a", "A", "a/b", "A/c", "a/B", "\u00e9", "e\u0301", "E\u0301/x", "b"]), max_size=6))
def test_doubles_as_a_slow_disk_finds_them(places: list[str]) -> None:
    """Twin: a disk that knows a file or folder by its letters without capitals or accents' form."""
    disk: dict[str, str] = {}
    refused = []
    for place in dict.fromkeys(places):
        parts = place.split("/")
        wanted = {
            unicodedata.normalize("NFC", "/".join(parts[:n]).casefold()): "/".join(parts[:n]) + "/" * (n < len(parts))
            for n in range(1, len(parts) + 1)
        }
        if any(disk.get(key, value) != value for key, value in wanted.items()):
            refused.append(place)
        for key, value in wanted.items():
            disk.setdefault(key, value)
    assert [place for place, _ in doubles(places)] == refused


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/west/", None),
        ("/", None),
        ("/*", None),
        ("west/*", None),
        ("/a/b.html#deel", None),
        ("https://oud.example.org/wijk?id=4", None),
        ("../x", Refusal.UP),
        ("/../x", Refusal.UP),
        ("/a/../../x/*", Refusal.UP),
        ("/%2e%2e/x", Refusal.UP),
        ("//host/x", Refusal.ABSOLUTE),
        ("C:/x", Refusal.ABSOLUTE),
        ("/a?b=4", Refusal.SIGN),
        ("/a%00", Refusal.SIGN),
        ("http://[", Refusal.SIGN),
        ("http:///x", Refusal.SIGN),
        ("https://a b/", Refusal.SIGN),
        ("/nul/", Refusal.DEVICE),
        ("/" + "x" * 300, Refusal.LONG),
    ],
)
def test_addresses(address: str, why: Refusal | None) -> None:
    assert refusal_of_address(address) == why


@given(st.text(max_size=30))
def test_an_address_that_is_let_through_is_answered_by_a_file_in_the_site(address: str) -> None:
    if refusal_of_address(address) is None and not address.startswith("http") and not address.endswith("/*"):
        assert refusal_of_place(file_of(address)) is None
