"""What an area was and became, in words: merger, split and renaming, with and without a decision, both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.blocks.models import AreaBlock, Sentence
from gebiedswerk.blocks.places import Places
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier.tables import AreaChange, AreaChangeKind
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.area.area_history import came_from, went_to
from gebiedswerk.pages.area.area_index import AreaIndex
from gebiedswerk.pages.area.area_work import Scope
from tests.conftest import KLEIN


def scope_of(code: str, *changes: AreaChange, language: str = "nl", new: bool = True, ended: bool = True) -> Scope:
    """An area of the example town, as if these changes had been; whether Havenkwartier is new and Oosteinde ended."""
    figures = open_dossier(KLEIN).newest
    assert figures is not None
    since = min((one.changed_on for one in changes), default=None)
    areas = [replace(one, valid_from=since if new and one.code == "HAV" else None) for one in figures.dossier.areas]
    areas = [replace(one, valid_to=since if ended and one.code == "OST" else None) for one in areas]
    dossier = replace(figures.dossier, area_changes=changes, areas=tuple(areas))
    figures = replace(figures, dossier=dossier)
    return Scope(Setting(figures, Places(dossier), 0, 100, Messages(language)), AreaIndex(dossier), code)


def change(kind: str, decision: str = "") -> AreaChange:
    day = date(2026, 1, 1)
    return AreaChange(
        row=2, kind=AreaChangeKind(kind), from_area="OST", to_area="HAV", changed_on=day, decision=decision
    )


def text(block: AreaBlock) -> str:
    assert isinstance(block, Sentence)
    return "".join(cell.text for cell in block.pieces)


@pytest.mark.parametrize(
    ("kind", "came", "went"),
    [
        (
            "merger",
            "Vóór 1 januari 2026 was dit Oosteinde.",
            "Op 1 januari 2026 ging Oosteinde over in Havenkwartier.",
        ),
        (
            "split",
            "Tot 1 januari 2026 was dit een deel van Oosteinde.",
            "Op 1 januari 2026 is Oosteinde gesplitst. Een deel is nu Havenkwartier.",
        ),
        ("rename", "Tot 1 januari 2026 heette dit Oosteinde.", "Sinds 1 januari 2026 heet Oosteinde Havenkwartier."),
    ],
)
def test_each_change_is_told_on_both_pages(kind: str, came: str, went: str) -> None:
    """The new area names the former one, and the rule for money; the former names the new."""
    new, former = scope_of("HAV", change(kind)), scope_of("OST", change(kind))
    assert text(next(iter(came_from(new)))) == came
    assert "elk bedrag blijft bij het gebied dat het geld in dat jaar had" in text(list(came_from(new))[-1])
    assert [text(block) for block in went_to(former)] == [went]
    assert list(went_to(new)) == list(came_from(former)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind.value for kind in AreaChangeKind])
def test_a_decision_is_named(kind: str, language: str) -> None:
    """By what the area changed, in both languages and both ways."""
    decided = change(kind, "R2025-12-01")
    blocks = [*came_from(scope_of("HAV", decided, language=language))][:1]
    blocks += went_to(scope_of("OST", decided, language=language))
    assert len(blocks) == 2
    assert all("(R2025-12-01)" in text(block) for block in blocks)


def test_an_area_without_a_history_has_no_part_about_it(klein: Path) -> None:
    """Nothing is said where nothing changed."""
    scope = scope_of("BIN", change("merger"))
    assert not [*came_from(scope), *went_to(scope)]


@pytest.mark.parametrize(
    ("ended", "came", "went"),
    [
        (
            True,
            "Sinds 1 januari 2026 hoort Oosteinde hierbij.",
            "Sinds 1 januari 2026 hoort Oosteinde bij Havenkwartier.",
        ),
        (
            False,
            "Sinds 1 januari 2026 hoort een deel van Oosteinde hierbij.",
            "Sinds 1 januari 2026 hoort een deel van Oosteinde bij Havenkwartier.",
        ),
    ],
)
def test_an_annexation_is_no_merger(*, ended: bool, came: str, went: str) -> None:
    """Havenkwartier was always there: it did not use to be Oosteinde."""
    new, former = (scope_of(code, change("merger"), new=False, ended=ended) for code in ("HAV", "OST"))
    assert text(next(iter(came_from(new)))) == came
    assert [text(block) for block in went_to(former)] == [went]


@pytest.mark.parametrize(
    ("other", "came", "went"),
    [
        (
            {"from_area": "BIN"},
            "Op 1 januari 2026 ging Oosteinde hierin op.",
            "Sinds 1 januari 2026 is Oosteinde opgegaan in Havenkwartier.",
        ),
        (
            {"to_area": "NRD"},
            "Sinds 1 januari 2026 hoort een deel van Oosteinde hierbij.",
            "Sinds 1 januari 2026 hoort een deel van Oosteinde bij Havenkwartier.",
        ),
        (
            {"changed_on": date(2027, 1, 1), "from_area": "BIN"},
            "Vóór 1 januari 2026 was dit Oosteinde.",
            "Op 1 januari 2026 ging Oosteinde over in Havenkwartier.",
        ),
    ],
)
def test_a_merger_says_whether_it_was_all_of_both(other: dict[str, Any], came: str, went: str) -> None:
    """With another area, only for a part, or alone: both pages say which it was."""
    changes = change("merger"), replace(change("merger"), **other)
    new, former = (scope_of(code, *changes) for code in ("HAV", "OST"))
    assert text(next(iter(came_from(new)))) == came
    assert text(next(iter(went_to(former)))) == went
