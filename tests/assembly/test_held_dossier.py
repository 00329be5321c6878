"""A dossier that is held in memory answers as one that is opened for the first time, whatever changed."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from gebiedswerk.assembly.held_dossier import HeldDossier
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.assembly.sight import Sight, Sights
from gebiedswerk.core.faults import errors
from gebiedswerk.dossier.writing.as_it_would_be import viewed
from gebiedswerk.importing import Difference, difference
from tests.conftest import ROOT
from tests.whole.any_change import KINDS

CHANGES = int(os.environ.get("CHANGES", "24"))
FIRST = int(os.environ.get("FIRST", "0"))
SHARES = {"klein": 1.0, "groningen": 0.25}
"""Example → how many of the changes are made in it: the larger one takes four times as long."""


def told(opened: Opened) -> tuple[object, ...]:
    """All that is known of an opened dossier, to compare."""
    newest = opened.newest
    figures = () if newest is None else (newest.account, newest.values, newest.public.rows(), newest.doubtful)
    views = [(view.publication, view.figures.account, view.texts) for view in opened.views]
    return opened.faults, opened.deliveries, opened.texts, views, figures


def moved(before: Sight, after: Sight) -> Difference | None:
    """What moved between two sights, where both have figures."""
    return difference(before, after) if before.figures and after.figures else None


def same(held: Opened, sight: Sight, cold: Opened) -> Sight:
    """Hold an opened dossier beside one that was opened for the first time; the sight of that one."""
    anew = Sights().of(cold)
    for mine, theirs in zip(told(held), told(cold), strict=True):
        assert mine == theirs
    assert (sight.pages, sight.texts) == (anew.pages, anew.texts)
    return anew


@pytest.mark.parametrize("example", SHARES)
def test_whatever_changes(example: str, tmp_path: Path) -> None:
    """Change upon change, with the faults that come of it; every other one is looked at before it is made.

    What cannot be opened, or has more than a few errors, is taken back, so that there is something to look at.
    """
    dossier = Path(shutil.copytree(ROOT / "examples" / example, tmp_path / "town" / "dossier"))
    held, done = HeldDossier(dossier), Counter[str]()
    held.opened()
    before = same(held.opened(), held.sight(), open_dossier(dossier))
    for seed in range(FIRST, FIRST + max(1, int(CHANGES * SHARES[example]))):
        random, changed = Random(seed), tmp_path / "changed" / "dossier"
        shutil.copytree(dossier, changed)
        kind = random.choices(list(KINDS), list(KINDS.values()))[0]
        kind(changed, random)
        told_before = None
        if seed % 2:
            told_before = would_be(held, dossier, changed)
        shutil.rmtree(dossier)
        changed.rename(dossier)
        then = held.sight()
        opened = held.opened()
        sight = held.sight()
        after = same(opened, sight, open_dossier(dossier))
        assert moved(then, sight) == moved(before, after), (seed, kind.__name__)
        if told_before is not None:
            assert told_before[1] == after.pages, (seed, kind.__name__)
            assert told_before[0] == [(one.code, one.row, one.value) for one in opened.faults], (seed, kind.__name__)
        done[kind.__name__ + (" with errors" if errors(opened.faults) else "")] += 1
        before = after
        if len(errors(opened.faults)) > 3 or opened.newest is None:
            shutil.rmtree(dossier)
            shutil.copytree(ROOT / "examples" / example, dossier)
            before = same(held.opened(), held.sight(), open_dossier(dossier))
    print(dict(sorted(done.items())))  # noqa: T201 # what was tried


def would_be(held: HeldDossier, dossier: Path, changed: Path) -> tuple[object, object]:
    """The faults and pages of a dossier as it would be, if it were changed so."""
    places = {
        path.relative_to(root).as_posix() for root in (dossier, changed) for path in root.rglob("*") if path.is_file()
    }
    places = {place for place in places if not place.startswith("journal/")}
    new = {place: (changed / place).read_bytes() if (changed / place).is_file() else None for place in places}
    old = {place: (dossier / place).read_bytes() if (dossier / place).is_file() else None for place in places}
    with viewed(dossier, {place: data for place, data in new.items() if data != old[place]}) as (view, linked):
        after = held.would_be(view)
        faults = [one for one in after.faults if not (one.code == "D152" and one.file in linked)]
        return [(one.code, one.row, one.value) for one in faults], held.sight_beside(after).pages
