"""A draft keeps a change in a file, whatever it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.actor import Actor, By
from gebiedswerk.core.faults import fault
from gebiedswerk.dossier.settings import FORMAT as OF_DOSSIER
from gebiedswerk.dossier.writing.change import (
    ABSENT,
    CHANGEABLE,
    Delivered,
    FileSeen,
    FileWritten,
    RowAdded,
    RowCorrected,
    RowRemoved,
    RowSeen,
    SettingSeen,
    SettingWritten,
    TextWritten,
)
from gebiedswerk.dossier.writing.draft import KINDS, Draft, new_draft, read_draft

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CELLS = st.dictionaries(WORDS, WORDS, max_size=3)
HASH = st.none() | st.just("a" * 64)
TABLES = [name for name, table in CHANGEABLE.items() if len(table.key) == 1]
ROWS = st.sampled_from(TABLES), st.tuples(WORDS)
VALUES = st.recursive(
    WORDS | st.integers(-(2**60), 2**60) | st.booleans() | st.just(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)
SETTING = st.lists(WORDS, min_size=1, max_size=2).map(tuple)
ITEMS = st.one_of(
    st.builds(RowAdded, st.sampled_from(sorted(CHANGEABLE)), CELLS),
    st.builds(RowCorrected, *ROWS, CELLS, CELLS),
    st.builds(RowRemoved, *ROWS, CELLS),
    st.builds(RowSeen, *ROWS, CELLS | st.just(ABSENT)),
    st.builds(SettingWritten, WORDS, SETTING, VALUES | st.just(ABSENT), VALUES | st.just(ABSENT)),
    st.builds(SettingSeen, WORDS, SETTING, VALUES | st.just(ABSENT)),
    st.builds(TextWritten, WORDS, WORDS, WORDS),
    st.builds(FileWritten, WORDS, HASH, st.none() | st.binary(max_size=20)),
    st.builds(FileSeen, WORDS, HASH),
    st.builds(Delivered, WORDS, st.dictionaries(WORDS, st.binary(max_size=20), max_size=2)),
)


@given(st.lists(ITEMS, max_size=4), WORDS, st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=2))
def test_what_is_kept_is_read_back(items: list[Any], reason: str, expected: list[tuple[str, str, str, str]]) -> None:
    draft = new_draft(items, By(Actor("m17", "controller"), reason), expected)
    again = read_draft(draft.text.encode(), "x.toml").value
    assert again == draft
    assert again is not None and again.hash == draft.hash


def test_every_kind_of_item_has_a_name() -> None:
    """A new kind that no draft could hold would be lost."""
    from gebiedswerk.dossier.writing import change

    assert set(KINDS.values()) == set(change.Item.__args__)


def test_any_other_word_is_another_hash() -> None:
    """An approval is of what was seen."""
    draft = new_draft([TextWritten("a.md", "was", "wordt")], By(), ())
    other = draft.with_items([TextWritten("b.md", "was", "wordt")], ())
    assert draft.hash != other.hash
    assert len(other.change) == 2
    assert draft.with_items([], [("a", "b", "c", "d")]).expected == (("a", "b", "c", "d"),)
    assert new_draft([], By(), [("a", "b", "c", "d")]).expected == (("a", "b", "c", "d"),)


def test_a_list_of_tables_is_read_back() -> None:
    draft = new_draft([SettingSeen("x.toml", ("a",), [{"b": 1}, {"b": [2]}])], By())
    assert read_draft(draft.text.encode(), "x.toml").value == draft


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = = 1",
        "format = 1",
        "\ufefffout",
        '{ITEM}kind = "iets"',
        '{ITEM}kind = "row_added"\ntable = 5\n[item.cells.cells]\na = "b"',
        '{ITEM}kind = "row_added"\ntable = "nergens"\n[item.cells.cells]\na = "b"',
        '{ITEM}kind = "row_removed"\ntable = "keys"\nkey = ["a"]\n[item.read.cells]\na = "b"',
        '{ITEM}kind = "row_added"\ntable = "areas"\n[item.cells.cells]\na = 5',
        '{ITEM}kind = "file_seen"\nfile = 5\nread = "x"',
        '{ITEM}kind = "file_seen"\nfile = "x"\n[item.read]\nspecial = "iets"',
        '{ITEM}kind = "file_written"\nfile = "x"\nread = "x"\ndata = "x"',
        '{ITEM}kind = "setting_seen"\nfile = "x"\nkey = []\nread = "x"',
        '{ITEM}kind = "row_removed"\ntable = "areas"\nkey = [5]\n[item.read.cells]\na = "b"',
        '{ITEM}kind = "row_removed"\ntable = "areas"\nkey = "a"\n[item.read.cells]\na = "b"',
        '{ITEM}kind = "row_removed"\ntable = "areas"\nkey = ["a"]\n[item.read.cells]\na = 5',
        '{ITEM}kind = "row_removed"\ntable = "areas"\nkey = ["a"]\n[item.read]\nspecial = "absent"',
        '{ITEM}kind = "row_removed"\ntable = "nergens"\nkey = ["a"]\n[item.read.cells]\na = "b"',
        '{ITEM}kind = "row_seen"\ntable = "areas"\nkey = ["a"]\n[item.read]\nspecial = "none"',
        '{ITEM}kind = "row_corrected"\ntable = "areas"\nkey = ["a"]\nread = "b"\n[item.cells.cells]\na = "b"',
        '{ITEM}kind = "row_corrected"\ntable = "areas"\nkey = ["a"]\ncells = "b"\n[item.read.cells]\na = "b"',
        '{ITEM}kind = "setting_seen"\nfile = "x"\nkey = "abc"\nread = "x"',
        '{ITEM}kind = "setting_seen"\nfile = "x"\nkey = ["a", 5]\nread = "x"',
        '{ITEM}kind = "setting_seen"\nfile = 5\nkey = ["a"]\nread = "x"',
        '{ITEM}kind = "text_written"\nfile = "x"\nread = "x"\ntext = 5',
        '{ITEM}kind = "text_written"\nfile = "x"\ntext = "x"\n[item.read]\nspecial = "none"',
        '{ITEM}kind = "file_seen"\nfile = "x"\nread = 5',
        '{ITEM}kind = "file_written"\nfile = "x"\nread = 5\n[item.data]\nspecial = "none"',
        '{ITEM}kind = "file_written"\nfile = "x"\nread = "x"\n[item.data]\nspecial = "bytes"\nbase64 = "YQ==!"',
        '{ITEM}kind = "delivered"\nid = 5\n[item.files.cells.a]\nspecial = "bytes"\nbase64 = "YQ=="',
        '{ITEM}kind = "delivered"\nid = "a"\n[item.files.cells]\na = "b"',
        '{ITEM}kind = "delivered"\nid = "a"\nfiles = "b"',
        '{ITEM}kind = "row_seen"\ntable = "areas"\nkey = ["a", "b"]\n[item.read]\nspecial = "absent"',
        '{ITEM}kind = "delivered"\nid = "a"\n[item.files.cells]\na = "b"\nb = { special = "bytes", base64 = "YQ==" }',
    ],
)
def test_what_is_no_draft_is_said(text: str) -> None:
    """J401, and never a crash: somebody may have written it."""
    whole = Draft((), By(), datetime(2026, 1, 1, tzinfo=UTC)).text.replace("item = []\n", "")
    found = read_draft(text.replace("{ITEM}", "{DRAFT}\n[[item]]\n").replace("{DRAFT}", whole).encode(), "x.toml")
    assert (found.value, found.faults) == (None, (fault("J401", "x.toml"),))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('actor = ""', "actor = 5"),
        ('role = ""', "role = 5"),
        ('reason = ""', "reason = 5"),
        ("made = 2026-01-01T00:00:00Z", "made = 5"),
    ],
)
def test_who_why_and_when_are_what_they_must_be(old: str, new: str) -> None:
    text = Draft((), By(), datetime(2026, 1, 1, tzinfo=UTC)).text.replace("+00:00", "Z")
    assert old in text
    assert read_draft(text.encode(), "x.toml").value is not None
    assert read_draft(text.replace(old, new).encode(), "x.toml").faults == (fault("J401", "x.toml"),)


def test_a_draft_may_have_a_mark_in_front_and_no_items() -> None:
    """As an editor saves it."""
    draft = Draft((), By(), datetime(2026, 1, 1, tzinfo=UTC))
    text = "\ufeff" + draft.text.replace("item = []\n", "")
    assert read_draft(text.encode(), "x.toml").value == draft


def test_a_new_draft_is_of_this_moment() -> None:
    before = datetime.now(UTC)
    assert before <= new_draft([], By()).made <= datetime.now(UTC)


def test_the_same_words_are_the_same_draft() -> None:
    """However a library that edits settings had them between quotes."""
    one, other = (
        Draft((SettingSeen("x", ("a",), value),), By(), datetime(2026, 1, 1, tzinfo=UTC))
        for value in ("b", tomlkit.string("b", literal=True))
    )
    assert one.text == other.text


def test_bytes_that_are_no_letters_are_none() -> None:
    assert [one.code for one in read_draft(b"\xff\xfe", "x.toml").faults] == ["J401"]


@pytest.mark.parametrize(
    ("old", "new"), [("\nformat = 1", "\nformat = 2"), ("dossier_format = ", "dossier_format = 9")]
)
def test_another_format_is_said(old: str, new: str) -> None:
    """J402, with the format that it was made for."""
    text = "\n" + new_draft([], By()).text
    found = read_draft(text.replace(old, new, 1).encode(), "x.toml")
    was = int(f"{9 if 'dossier' in old else ''}{OF_DOSSIER}")
    assert (found.value, found.faults) == (None, (fault("J402", "x.toml", value=was, format=OF_DOSSIER),))
