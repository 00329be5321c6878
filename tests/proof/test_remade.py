"""A release holds all that its site is made of: made again from itself, every byte is the same, and another is not."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gebiedswerk.proof import freeze, verify
from tests.conftest import ROOT
from tests.proof.releases import reseal, wrong

SAMPLE = 10
"""Files that `make test` changes; `make forged` changes every file."""
HELD_BY_NOTHING = ("manifest.json", "tombstones.csv")
"""The manifest is renewed; the hash of a row that is gone follows from nothing in the release."""


def frozen_of(dossier: Path, folder: Path) -> Path:
    made, faults = freeze(dossier, folder / "public")
    assert made is not None, faults
    return folder / "public"


def forged(data: bytes, dice: random.Random) -> bytes:
    """The same with one digit another, or one byte where there is no digit."""
    digits = [found.start() for found in re.finditer(rb"[0-9]", data)]
    if not digits:
        at = dice.randrange(len(data))
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    at = dice.choice(digits)
    other = dice.choice([digit for digit in b"0123456789" if digit != data[at]])
    return data[:at] + bytes([other]) + data[at + 1 :]


def walk(release: Path, seed: int, wanted: int | None) -> Iterator[tuple[str, bool]]:
    """Forge one file after another, renew the manifest, and tell whether it was refused."""
    dice = random.Random(seed)
    places = [str(path.relative_to(release)) for path in sorted(release.rglob("*")) if path.is_file()]
    places = [place for place in places if place not in HELD_BY_NOTHING]
    for place in places if wanted is None else dice.sample(places, wanted):
        path = release / place
        before = path.read_bytes()
        path.write_bytes(forged(before, dice))
        reseal(release, place)
        yield place, bool(wrong(release))
        path.write_bytes(before)
        reseal(release, place)


@pytest.mark.parametrize("example", ["klein", "groningen"])
def test_every_file_of_an_example_is_made_again(example: str, tmp_path: Path) -> None:
    """But the manifest and the tombstones: those follow from nothing in the release."""
    release = frozen_of(ROOT / "examples" / example, tmp_path)
    found = verify(release)
    assert found.faults == ()
    assert found.value is not None
    assert found.value.from_itself == found.value.files - 1


def test_another_digit_in_any_file_is_refused(public: Path) -> None:
    """Whole by `make forged`; here a sample of the files, another one each time is no help, so always the same."""
    whole = os.environ.get("FORGED") == "whole"
    found = dict(walk(public, 8, None if whole else SAMPLE))
    assert [place for place, refused in found.items() if not refused] == []
    assert len(found) > 150 if whole else len(found) == SAMPLE
