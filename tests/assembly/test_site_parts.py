"""Each part of a site asks all that it shows, and what it asked is all that it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.assembly.site_parts import SO_FAR, SoFar, parts_of, shown_per_language
from gebiedswerk.core.watching import Recorder
from gebiedswerk.pages import File, LazyFile, Page, SitePart, shown_of
from tests.conftest import ROOT

EXAMPLES = ("groningen", "klein")


def plain(made: Page | File) -> object:
    """A page or file as something that can be held beside another."""
    return (made.path, made.key) if isinstance(made, LazyFile) else made


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_part_needs_nothing_but_what_it_asked(example: str) -> None:
    """Every page and file of an example, made of nothing but what its trace names: the same as without a trace.

    Each question has an answer that can be compared, and the same one in a dossier that was opened again.
    """
    folder = ROOT / "examples" / example
    recorder, again = recorder_of(folder), recorder_of(folder)
    names, twin = list[str](), {part.name: part for part in watched_parts(again)}
    for part in watched_parts(recorder):
        made, asked = recorder.of(part.make)
        allowed = recorder.within(part.make, asked)
        assert [plain(one) for one in allowed] == [plain(one) for one in made], part.name
        assert {one: recorder.answer(one) for one in asked} == {one: again.answer(one) for one in asked}, part.name
        assert [plain(one) for one in twin[part.name].make()] == [plain(one) for one in made], part.name
        names.append(part.name)
        for side in (recorder, again):
            side.roots[SO_FAR].take(made)  # type: ignore[attr-defined]
    assert len(names) == len(set(names)) > 50


def watched_parts(recorder: Recorder) -> list[SitePart[Page] | SitePart[File]]:
    """The parts of a site that ask a recorder."""
    shown: dict[str, Any] = {name: root for name, root in recorder.roots.items() if name != SO_FAR}
    return list(parts_of(shown, {name: recorder.watch(name) for name in shown}, recorder.watch(SO_FAR)))


def recorder_of(folder: Path) -> Recorder:
    """A dossier as something that records."""
    opened = open_dossier(folder)
    assert opened.newest is not None
    return Recorder({**shown_per_language(shown_of(opened.newest, opened.views)), SO_FAR: SoFar()})
