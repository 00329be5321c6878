"""The moments on a page: of the newest export that it uses, and of its publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from examples.groningen_town.facts import EXPORTED_AT, PUBLISHED_AT
from gebiedswerk.assembly.opened import Opened, open_dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages.frame import Frames, SiteFacts
from gebiedswerk.texts.view import View
from tests.conftest import ROOT

EXPORTED_2020 = "2020-07-14T09:05:32"


@pytest.fixture(scope="module", name="opened")
def _opened() -> Opened:
    return open_dossier(ROOT / "examples" / "groningen")


def view_of(opened: Opened, year: int) -> View:
    return next(view for view in opened.views if view.publication.settings.year == year)


def stamps(opened: Opened, view: View | None, **later: str) -> list[str]:
    """What a page of a publication, or of no publication, is stamped with; `later`: exports as if made then."""
    newest = opened.newest
    assert newest is not None
    made = {name.replace("_", "-"): datetime.fromisoformat(moment) for name, moment in later.items()}
    deliveries = [
        replace(one, settings=replace(one.settings, exported_at=made.get(one.id, one.settings.exported_at)))
        for one in newest.dossier.deliveries
    ]
    newest = replace(newest, dossier=replace(newest.dossier, deliveries=tuple(deliveries)))
    frames = Frames(SiteFacts(newest, ()), Messages("nl"))
    return [one.machine for one in frames.stamps(view.figures if view else newest, view)]


def test_an_export_of_a_later_year_is_not_of_this_page(opened: Opened) -> None:
    """The budget of 2020 was known when the accounts of 2019 were published: their page uses nothing of it."""
    assert stamps(opened, view_of(opened, 2019)) == [EXPORTED_AT, PUBLISHED_AT]
    assert stamps(opened, view_of(opened, 2020)) == [EXPORTED_2020, "2020-07-20T09:00:00"]
    assert stamps(opened, None) == [EXPORTED_2020]


def test_a_page_is_not_stamped_after_its_day(opened: Opened) -> None:
    """A decision of 2019 that was known may stand in a file of next year: the page is as old as its own exports."""
    view = view_of(opened, 2020)
    assert stamps(opened, view, begroting_2020="2021-01-14T15:02:11")[0] == EXPORTED_2020
    every = dict.fromkeys([one.id.replace("-", "_") for one in view.figures.dossier.deliveries], "2021-01-14T15:02:11")
    assert stamps(opened, view, **every)[0] == "2021-01-14T15:02:11"
