"""Words that the journal is to forget: no byte of them is left, and the chain is whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gebiedswerk.core.actor import Actor, By
from gebiedswerk.dossier.writing.apply import apply
from gebiedswerk.dossier.writing.change import FileWritten
from gebiedswerk.dossier.writing.erase import erase
from gebiedswerk.dossier.writing.journal import changed_outside, known, read_journal
from gebiedswerk.dossier.writing.verify_journal import verify_journal
from tests.release.releases import tree

NAME = "Fenna Prikkeldraad"
WHO = Actor("m17", "controller")
BY = By(WHO, "Verzoek 12 om te wissen")
FILE = "x_bezoek.csv"


def put(dossier: Path, data: bytes | None, reason: str = "Zo is het", file: str = FILE) -> None:
    path = dossier / file
    old = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
    assert apply(dossier, [FileWritten(file, old, data)], WHO, reason).value


def holds(dossier: Path) -> list[str]:
    words = NAME.casefold()
    return [name for name, data in tree(dossier).items() if words in data.decode("utf-8", "replace").casefold()]


@pytest.fixture
def dossier(klein: Path) -> Path:
    """A name in a file, in a reason, in one that went, and in no file any more."""
    put(klein, f"wie\n{NAME}\n".encode(), f"Gevraagd door {NAME.upper()}")
    put(klein, b"wie\n\n")
    put(klein, NAME.encode("utf-8"), file="x_weg.csv")
    put(klein, None, file="x_weg.csv")
    return klein


def test_no_byte_is_left_and_the_chain_is_whole(dossier: Path) -> None:
    assert len(holds(dossier)) > 3
    names = sorted(path.name for path in (dossier / "journal").glob("*.toml"))
    gone = erase(dossier, NAME, BY).value
    assert gone is not None and gone > 3
    assert holds(dossier) == []
    assert not verify_journal(dossier)
    assert set(names) < {path.name for path in (dossier / "journal").glob("*.toml")}
    last = read_journal(dossier).in_order[-1]
    assert (last.kind, last.actor, last.reason) == ("erased", WHO, BY.reason)
    assert not list(changed_outside(dossier, known(dossier)))


def test_nobody_can_try_what_stood_there(dossier: Path) -> None:
    """Who knows all of a file but the name had the salt to try each name with: it went too."""
    assert erase(dossier, NAME, BY).value
    journal = read_journal(dossier)
    now = journal.marks()
    for entry in journal.in_order:
        for file in entry.files:
            former = file.old or (entry.salt, file.new) not in now[file.name]
            salt = journal.content(entry.salt)
            assert salt is not None
            assert not former or salt.erased


def test_what_changes_by_hand_later_is_still_seen(dossier: Path) -> None:
    erase(dossier, NAME, BY)
    (dossier / FILE).write_text("anders", "utf-8")
    put(dossier, b"a", file="x_a.csv")
    outside = [one for one in read_journal(dossier).in_order if one.kind == "outside"]
    assert [file.name for one in outside for file in one.files] == [FILE]


def test_what_still_stands_is_refused(dossier: Path) -> None:
    """In the dossier itself, whatever its letters are, in the name of a file, or in the reason."""
    before = tree(dossier)
    (dossier / "areas.csv").write_bytes(b"\xff\xfe" + NAME.encode("utf-16-le"))
    assert [(one.code, one.file) for one in erase(dossier, NAME, BY).faults] == [("J116", "areas.csv")]
    (dossier / "areas.csv").write_bytes(before["areas.csv"])
    found = erase(dossier, NAME, By(WHO, f"{NAME} vroeg het"))
    assert [(one.code, one.file) for one in found.faults] == [("J116", "--reason")]
    assert tree(dossier) == before


def test_a_name_of_a_file_is_part_of_the_chain(klein: Path) -> None:
    """J118: that cannot be erased without breaking it, and is said."""
    put(klein, b"a", file="x_fenna.csv")
    put(klein, None, file="x_fenna.csv")
    found = erase(klein, "fenna", BY)
    assert found.value is None
    assert {one.code for one in found.faults} == {"J118"}


def test_words_that_are_nowhere(klein: Path) -> None:
    put(klein, b"a")
    before = tree(klein)
    assert erase(klein, NAME, BY).value == 0
    assert tree(klein) == before
