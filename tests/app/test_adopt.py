"""Adoption: what the council adopted stands; a newer delivery shows as restated on the area page."""

from __future__ import annotations

import json
import shutil
import tomllib
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.build import build
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.core.faults import errors
from gebiedswerk.figures import parse_address
from tests.town import DELIVERY, EXPORT, add_to_posting, edit
from tests.whole.death import dies
from tests.whole.test_build import tree

SLUG = "jaarrekening-2025"
NEWER = "deliveries/grootboek-2026-09"


def adopted(klein: Path) -> Path:
    """Adopt the example's accounts."""
    kept, faults = adopt(klein, SLUG, date(2026, 6, 25), "R2026-06")
    assert kept is not None, faults
    return kept


def deliver_again(klein: Path, amount: int, year: int = 2025) -> None:
    """A newer export of the same cover, with more costs for Noorderwijk in a year."""
    shutil.copytree(klein / DELIVERY, klein / NEWER)
    row = next(
        number
        for number, line in enumerate((klein / EXPORT).read_bytes().decode("windows-1252").split("\r\n"), start=1)
        if line.startswith(f"{year};") and ";7120;" in line
    )
    swapped = klein / "swapped"
    (klein / DELIVERY).rename(swapped)
    (klein / NEWER).rename(klein / DELIVERY)
    add_to_posting(klein, row, amount)
    (klein / DELIVERY).rename(klein / NEWER)
    swapped.rename(klein / DELIVERY)
    edit(klein, f"{NEWER}/delivery.toml", "2026-03-20T11:42:08", "2026-09-01T08:00:00")


@pytest.mark.parametrize("written", ["status = 'published'  # for now", '"status"="publish\\u0065d"  # for now'])
def test_the_status_is_written_whatever_shape_it_had(klein: Path, written: str) -> None:
    """In other quotes, or with a sign by its number; what stands beside it stays."""
    edit(klein, f"publications/{SLUG}/publication.toml", 'status = "published"', written)
    adopted(klein)
    text = (klein / "publications" / SLUG / "publication.toml").read_text("utf-8")
    assert tomllib.loads(text)["status"] == "adopted"
    assert "# for now\n" in text


def test_adopting_keeps_the_account_beside_the_text(klein: Path) -> None:
    """The account in cents, the hashes of deliveries and rules, and the status."""
    kept = json.loads(adopted(klein).read_text("utf-8"))
    assert kept["deliveries"].keys() == {"grootboek-2026-03"}
    assert kept["years"][-1]["account"]["total"]["realised_cents"] == 20_457_501
    assert 'status = "adopted"' in (klein / "publications" / SLUG / "publication.toml").read_text("utf-8")
    opened = open_dossier(klein)
    assert not opened.faults
    assert opened.newest is not None
    assert opened.newest.account.standing(2025).state == "adopted"


def test_a_newer_delivery_is_restated(klein: Path, tmp_path: Path) -> None:
    """The area page shows the difference; the adopted publication keeps its figures, and builds."""
    build(klein, tmp_path / "before")
    adopted(klein)
    deliver_again(klein, 12_345)
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, errors(faults)
    area = (built.site / "gebieden/noorderwijk/index.html").read_text("utf-8")
    former = (tmp_path / "before/site/gebieden/noorderwijk/index.html").read_text("utf-8")
    assert area != former
    assert "123,45" in area
    assert "herzien" in area
    page = (built.site / f"publicaties/{SLUG}/index.html").read_text("utf-8")
    assert "47.285" in page
    opened = open_dossier(klein)
    assert opened.newest is not None
    address = parse_address("realised/NRD", 2025)
    assert opened.newest.figure(address).cents == 4_728_554
    assert opened.newest.account.years[2025].total("NRD").realised == 4_728_554 + 12_345


def test_without_adoption_a_newer_delivery_counts(klein: Path) -> None:
    """The newest figures move; the publication stands on what was known at its moment."""
    deliver_again(klein, 12_345)
    opened = open_dossier(klein)
    assert not errors(opened.faults)
    assert opened.newest is not None
    assert opened.newest.figure(parse_address("realised/NRD", 2025)).cents == 4_728_554 + 12_345


def test_a_changed_delivery_behind_an_adopted_account_is_said(klein: Path) -> None:
    """The old file itself was changed: P104 names it, and the adopted figures stand."""
    adopted(klein)
    add_to_posting(klein, 40, 500)
    found = open_dossier(klein).faults
    assert [(one.code, one.value) for one in found] == [("P104", "grootboek-2026-03")]


def test_adopting_twice_is_refused(klein: Path) -> None:
    """P101: what was adopted is not adopted again."""
    adopted(klein)
    kept, faults = adopt(klein, SLUG, None, "")
    assert kept is None
    assert [found.code for found in faults] == ["P101"]


@pytest.mark.parametrize("half", [False, True])
def test_die_at_every_file_operation(klein: Path, tmp_path: Path, half: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dossier is not adopted or adopted, never in between: it opens without errors at every moment."""
    former = open_dossier(klein).publication_status(SLUG)
    states, k = set(), 0
    while True:
        k += 1
        trial = Path(shutil.copytree(klein, tmp_path / f"trial{k}"))
        died = dies(partial(adopt, trial, SLUG, date(2026, 6, 25), "R2026-06"), k, half, monkeypatch)
        opened = open_dossier(trial)
        assert not errors(opened.faults), k
        states.add(opened.publication_status(SLUG))
        shutil.rmtree(trial)
        if not died:
            break
    assert states == {former, "adopted"}
    assert tree(klein)
    assert k > 5
