"""What the journal remembers lies under a salted hash, with its salt."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.writing.memory import Remembered, kept, of_file, of_hash, read_content, salted


@given(st.binary(max_size=50))
def test_what_is_kept_is_read_back(data: bytes) -> None:
    content = kept(data)
    assert read_content(content.stored) == content
    assert content.name == salted(content.salt or b"", data)
    assert content.name == of_hash(content.salt or b"", hashlib.sha256(data).hexdigest())


def test_the_same_words_have_another_hash_each_time() -> None:
    """Whoever knows what it may be cannot try it."""
    assert kept(b"Jan").name != kept(b"Jan").name
    assert hashlib.sha256(b"Jan").hexdigest() not in {kept(b"Jan").name, salted(b"", b"")}


def test_of_an_erased_one_nothing_is_left() -> None:
    stone = Remembered(None, None, "2026-12-01T00:00:00Z")
    assert stone.stored == b"erased 2026-12-01T00:00:00Z\n"
    assert read_content(stone.stored) == stone
    assert stone.name == ""


@given(st.binary(max_size=80))
def test_other_bytes_are_no_content(data: bytes) -> None:
    """Whatever stands in a file: a content that says the same bytes, or none."""
    found = read_content(data)
    assert found is None or found.stored == data or found.erased


def test_a_damaged_salt_is_no_content() -> None:
    stored = kept(b"Jan").stored
    assert read_content(b"salt 00\nJan") is None
    assert read_content(stored.replace(b"salt ", b"malt ")) is None
    assert read_content(stored.partition(b"\n")[0]) is None
    assert read_content(stored.removeprefix(b"salt ")) is None
    assert read_content(stored.replace(b"\n", b"00\n", 1)) is None


def test_a_damaged_tombstone_is_one_still() -> None:
    """Bytes that are no letters are no reason to fail."""
    assert read_content(b"erased \xff\n") == Remembered(None, None, "\ufffd")


def test_the_hash_of_a_file_is_of_salt_name_and_bytes() -> None:
    """As it was written down: who checks a journal years from now makes it again."""
    digest = hashlib.sha256(b"x")
    wanted = hashlib.sha256(b"salt" + b"a.csv" + b"\x00" + digest.digest()).hexdigest()
    assert of_file(b"salt", "a.csv", digest.hexdigest()) == wanted


def test_a_file_that_is_not_there_has_no_hash() -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    assert of_file(b"s", "a.csv", None) == ""
    assert of_file(b"s", "a.csv", digest) != of_file(b"s", "b.csv", digest)
