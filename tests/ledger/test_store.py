"""The cache of read files: the same content as the file, never a reason for another answer."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import Checked
from gebiedswerk.dossier import Delivery, cache, read
from gebiedswerk.formats.registry import ReadFile, read_file
from gebiedswerk.ledger import store
from gebiedswerk.ledger.deliveries import _read_file
from tests.small import Small
from tests.town import edit


@pytest.fixture
def delivery(klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """The export of the example, with a cache of its own that keeps small files too."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(store, "WORTH_KEEPING", 1)
    dossier = read(klein).value
    assert dossier is not None
    return dossier.deliveries[0]


def test_the_second_time_the_file_is_not_read(delivery: Delivery) -> None:
    """What comes from the cache equals what came from the file."""
    first, faults = store.read_through(delivery, _read_file)
    rows = first.postings.collect()

    def refuse(_: Delivery) -> tuple[ReadFile, list[object]]:
        raise AssertionError("the file was read again")

    second, again = store.read_through(delivery, refuse)  # type: ignore[arg-type] # it never answers
    assert second.postings.collect().equals(rows)
    assert (second.lines, second.debit_cents, second.credit_cents) == (
        first.lines,
        first.debit_cents,
        first.credit_cents,
    )
    assert again == faults


def test_rows_are_kept_once_they_are_asked_for(delivery: Delivery) -> None:
    """Sums alone write no rows, where `check` looks at none."""
    quiet = replace(delivery, settings=replace(delivery.settings, public_decision=""))
    held = store.read_through(quiet, _read_file)[0]
    assert [one.suffix for one in cache.folder().iterdir()] == [".json"]
    assert held.postings.collect().height == held.lines
    assert len(list(cache.folder().iterdir())) == 3


@pytest.mark.parametrize(("decision", "creditor"), [("", True), ("Besluit", False), ("Besluit", True)])
def test_a_check_reads_a_file_once(
    decision: str, creditor: bool, delivery: Delivery, klein: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it looks for persons in rows: in what is published, for whoever was paid."""
    edit(klein, f"deliveries/{delivery.id}/delivery.toml", delivery.settings.public_decision, decision)
    if creditor:
        edit(klein, "profiles/grootboek.toml", "[columns]", '[columns]\ncreditor = "Omschrijving"')
    opened = Counter[str]()

    def counted(one: Delivery) -> Checked[ReadFile]:
        opened[one.id] += 1
        return read_file(one)

    monkeypatch.setattr("gebiedswerk.formats.registry.read_file", counted)
    assert open_dossier(klein).newest is not None
    assert opened[delivery.id] == 1


def test_a_broken_cache_is_read_over(delivery: Delivery) -> None:
    """Half a file, or something else altogether: the delivery itself is read."""
    whole = store.read_through(delivery, _read_file)[0].postings.collect()
    names = sorted(cache.folder().iterdir())
    assert [name.suffix for name in names] == [".json", ".parquet", ".rows"]
    for broken in names:
        for content in (broken.read_bytes()[:100], b"something else", b"", changed(broken.read_bytes())):
            broken.write_bytes(content)
            held = store.read_through(delivery, _read_file)[0]
            assert (held.lines, held.groups["cents"].sum()) == (62, whole["cents"].sum())
            assert held.postings.collect().equals(whole)
        broken.unlink()
        assert store.read_through(delivery, _read_file)[0].postings.collect().equals(whole)


def changed(data: bytes) -> bytes:
    """The same length, and one other byte in the middle."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_changed_file_or_profile_is_not_taken_from_the_cache(delivery: Delivery, klein: Path) -> None:
    """Another hash or profile, another name in the cache."""
    store.read_through(delivery, _read_file)
    profile = klein / "profiles/grootboek.toml"
    profile.write_text(profile.read_text("utf-8").replace('income = ["8*"]', "income = []"), "utf-8")
    opened = open_dossier(klein)
    assert opened.newest is not None
    assert opened.newest.account.years[2025].grand_total.income == 0


def test_a_cache_that_cannot_be_written_is_no_fault(delivery: Delivery, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert store.read_through(delivery, _read_file)[0].lines == 62


def wait_for_the_clock(file: Path) -> None:
    """Until a change gets another moment than the last change of a file has, however coarse the clock of its disk."""
    probe = file.with_name("probe")
    while True:
        probe.write_bytes(b"")
        if probe.stat().st_ctime_ns > file.stat().st_ctime_ns:
            return
        time.sleep(0.001)


def test_the_hash_of_a_file_is_remembered_only_while_the_file_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor that keeps size and day of the content does not fool us: the moment of the record is not its to set."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "LARGE", 1)
    monkeypatch.setattr(cache, "SETTLED_NS", -1)
    file = tmp_path / "f.csv"
    file.write_bytes(b"one")
    about = file.stat()
    assert cache.file_hash(file) == cache.file_hash(file) == hashlib.sha256(b"one").hexdigest()
    (remembered,) = cache.folder().iterdir()
    for content in (b"x", changed(remembered.read_bytes())):
        remembered.write_bytes(content)
        assert cache.file_hash(file) == hashlib.sha256(b"one").hexdigest()
    wait_for_the_clock(file)
    file.write_bytes(b"two")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (file.stat().st_mtime_ns, file.stat().st_size) == (about.st_mtime_ns, about.st_size)
    assert cache.file_hash(file) == hashlib.sha256(b"two").hexdigest()


def test_the_hash_of_a_file_that_changed_just_now_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may change again within one tick of the clock of its disk."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "LARGE", 1)
    (tmp_path / "f.csv").write_bytes(b"one")
    cache.file_hash(tmp_path / "f.csv")
    assert not cache.folder().exists()


def test_the_cache_is_for_its_owner_alone(delivery: Delivery) -> None:
    """It holds what was delivered, with names and all."""
    store.read_through(delivery, _read_file)[0].postings.collect()
    places = [cache.folder(), *cache.folder().iterdir()]
    assert len(places) == 4
    assert [place for place in places if place.stat().st_mode & 0o077] == []


def test_what_is_published_is_hashed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the cache remembers of a file, `anew` reads it, and corrects what is remembered."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "LARGE", 1)
    monkeypatch.setattr(cache, "SETTLED_NS", -1)
    file = tmp_path / "f.csv"
    file.write_bytes(b"one")
    right = cache.file_hash(file)
    (remembered,) = cache.folder().iterdir()
    cache.keep(remembered.name, [*cache.load(remembered.name)[:-1], "a lie"])
    assert cache.file_hash(file) == "a lie"
    assert cache.file_hash(file, anew=True) == right
    assert cache.file_hash(file) == right


def test_who_publishes_no_rows_reads_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` and `account` of a plain dossier stand on sums: nothing in them may ask for the rows of a delivery."""
    monkeypatch.setenv("GEBIEDSWERK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(store, "WORTH_KEEPING", 1)
    small = Small(adopted=[(2019, "A", 100)], postings=[(2019, "A", 30), (2019, "A", 20)])
    opened = open_dossier(small.write(tmp_path / "town"))
    assert opened.newest is not None
    assert opened.newest.account.years[2019].grand_total.realised == 5000
    assert {one.suffix for one in cache.folder().iterdir()} == {".json"}
