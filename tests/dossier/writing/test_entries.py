"""An entry of the journal says who, when, why and what; its hash is of all but what can be erased."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.core.actor import Actor
from gebiedswerk.dossier.writing.entries import (
    NAME,
    Approval,
    EntryKind,
    FileMark,
    JournalEntry,
    PlaceMark,
    entry_of,
    is_true,
    read_entry,
)
from gebiedswerk.dossier.writing.memory import kept

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
FILES = st.builds(FileMark, NAMES, st.sampled_from(["", "a" * 64]), st.sampled_from(["", "b" * 64]))
PLACES = st.builds(PlaceMark, NAMES, WORDS, st.tuples(WORDS, WORDS) | st.just(()), WORDS, WORDS, WORDS, WORDS, WORDS)


def entry(reason: str = "Het klopte niet", **what: object) -> JournalEntry:
    """An entry of this moment."""
    return entry_of(EntryKind.CHANGE, ["c" * 64], Actor("m17", "controller"), "set", reason, kept(b""), **what)


@given(reason=WORDS, files=st.lists(FILES, max_size=3), places=st.lists(PLACES, max_size=3), verb=WORDS)
def test_what_is_written_is_read_back(reason: str, files: list[FileMark], places: list[PlaceMark], verb: str) -> None:
    """Whatever people write: quotes, returns, words like those of the file itself."""
    approval = Approval(Actor("m18", "college"), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "d" * 64)
    made = replace(entry(reason, files=tuple(files), places=tuple(places), approvals=(approval,)), verb=verb)
    assert read_entry(made.text) == made
    assert is_true(made, made.name, made.text)
    found = NAME.fullmatch(made.name)
    assert found is not None and found["hash"] == made.hash


def test_the_reason_can_go_and_the_hash_stays() -> None:
    made = entry("Jan zei het")
    bare = replace(made, reason="", reason_salt="")
    assert "Jan" not in bare.text
    assert bare.name == made.name
    assert bare.text == made.body + "\n[said]\nerased = true\n"
    assert read_entry(bare.text) == bare
    assert is_true(bare, bare.name, bare.text)


def test_a_new_entry_is_of_this_moment_and_holds_what_it_is_given() -> None:
    mark = FileMark("areas.csv", "a" * 64, "b" * 64)
    before = datetime.now(UTC)
    made = entry(files=(mark,))
    assert made.files == (mark,)
    assert before <= made.moment <= datetime.now(UTC)


def test_what_says_the_same_in_other_words_is_not_true() -> None:
    """A remark of a hand is no part of an entry, though it reads the same."""
    made = entry()
    for other in (made.text + "# erbij\n", made.text.replace("[said]", "[ said ]")):
        assert read_entry(other) == made
        assert not is_true(read_entry(other), made.name, other)


def test_another_reason_is_not_true() -> None:
    made = entry("Jan zei het")
    other = made.text.replace("Jan", "Piet")
    assert not is_true(read_entry(other), made.name, other)


@pytest.mark.parametrize("mark", range(0, 400, 7))
def test_one_flipped_byte_is_not_true(mark: int) -> None:
    """Above `[said]` every byte counts, and in it those of the reason and its salt."""
    made = entry(files=(FileMark("areas.csv", "a" * 64, "b" * 64),))
    data = bytearray(made.text.encode())
    at = mark % len(made.body.encode())
    data[at] ^= 1
    try:
        text = data.decode()
        found = read_entry(text)
    except (ValueError, KeyError, TypeError):
        return
    assert not is_true(found, made.name, text)


def test_a_newer_format_is_none_of_ours() -> None:
    with pytest.raises(ValueError, match="2"):
        read_entry(entry().text.replace("format = 1", "format = 2"))


@pytest.mark.parametrize(
    ("part", "other"),
    [
        (r"\nmoment = .*", "\nmoment = 5"),
        (r"\+00:00", ""),
        (r"\n\[said\][^$]*", ""),
        (r"^([^$]*)\n\[said\][^$]*", r"said = 5\n\1"),
        (r'before = \["c*"\]', "before = [5]"),
        (r'\nactor = "m17"', "\nactor = 5"),
        (r'\nrole = "controller"', "\nrole = 5"),
        (r'\nverb = "set"', "\nverb = 5"),
        (r'\nreason = ".*"', "\nreason = 5"),
        (r'\nreason_hash = ".*"', "\nreason_hash = 5"),
        (r'(reason_hash = ".*")\nsalt = ".*"', r"\1\nsalt = 5"),
        (r'(\nreason = ".*")\nsalt = ".*"', r"\1\nsalt = 5"),
        (r'\nname = "areas.csv"', "\nname = 5"),
        (r'\nnew = "b*"', "\nnew = 5"),
        (r'\nkey = \["X"\]', "\nkey = [5]"),
        (r'\ntable = "areas"', "\ntable = 5"),
        (r'\nkeyed = "e*"', "\nkeyed = 5"),
    ],
)
def test_what_must_be_text_is_text(part: str, other: str) -> None:
    """Somebody may have written in it: it is no entry then, and no crash."""
    place = PlaceMark("areas.csv", "areas", ("X",), "e" * 64)
    made = entry(files=(FileMark("areas.csv", "a" * 64, "b" * 64),), places=(place,))
    assert read_entry(made.text) == made
    odd, times = re.subn(part, other, made.text)
    assert times == 1
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_entry(odd)
