"""The cache of read files: the same content as the file, never a reason for another answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.actions import open_dossier
from gebiedswerk.dossier import Delivery, read
from gebiedswerk.ledger import store
from gebiedswerk.ledger.importers import ReadFile, read_file


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
    first, faults = store.read_through(delivery, read_file)

    def refuse(_: Delivery) -> tuple[ReadFile, list[object]]:
        raise AssertionError("the file was read again")

    second, again = store.read_through(delivery, refuse)  # type: ignore[arg-type] # it never answers
    assert second.postings.collect().equals(first.postings.collect())
    assert (second.lines, second.debit_cents, second.credit_cents) == (
        first.lines,
        first.debit_cents,
        first.credit_cents,
    )
    assert again == faults


def test_a_broken_cache_is_read_over(delivery: Delivery) -> None:
    """Half a file, or something else altogether: the delivery itself is read."""
    whole = store.read_through(delivery, read_file)[0].postings.collect()
    (kept,) = store.folder().iterdir()
    for content in (kept.read_bytes()[:100], b"something else", b""):
        kept.write_bytes(content)
        assert store.read_through(delivery, read_file)[0].postings.collect().equals(whole)


def test_a_changed_file_or_profile_is_not_taken_from_the_cache(delivery: Delivery, klein: Path) -> None:
    """Another hash or profile, another name in the cache."""
    store.read_through(delivery, read_file)
    profile = klein / "profiles/grootboek.toml"
    profile.write_text(profile.read_text("utf-8").replace('income = ["8*"]', "income = []"), "utf-8")
    opened = open_dossier(klein)
    assert opened.newest is not None
    assert opened.newest.account.years[2025].grand_total.income == 0


def test_a_cache_that_cannot_be_written_is_no_fault(delivery: Delivery, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert store.read_through(delivery, read_file)[0].lines == 62
