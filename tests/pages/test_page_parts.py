"""The pages of a site in parts: each page in one of them, by names that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.pages import SiteFacts, bases, page_parts, roots, shown_in, shown_of
from tests.conftest import ROOT

PARTS_AND_PAGES = {"nl": (216, 305), "en": (216, 305)}
"""Language → parts and pages of the larger example: as many in each."""


def shown() -> SiteFacts:
    """The larger example."""
    opened = open_dossier(ROOT / "examples" / "groningen")
    assert opened.newest is not None
    return shown_of(opened.newest, opened.views)


def test_each_page_is_in_one_part() -> None:
    """No place twice, in any language; every source page of every basis is among them."""
    whole = shown()
    for language, (parts, pages) in PARTS_AND_PAGES.items():
        here = shown_in(whole, language)
        found = {part.name: part.make() for part in page_parts(here, here, Messages(language, "nl"))}
        places = [page.frame.place for made in found.values() for page in made]
        assert (len(found), len(set(places))) == (parts, pages)
        assert len(places) == len(set(places))
        root = here.newest.dossier.settings.presentation.languages[0] != language and f"{language}/" or ""
        for basis, _ in bases(here.newest, here.views):
            for year in basis.years:
                for subject in basis.figures.subjects_in(year):
                    assert f"{root}{basis.places.source(subject, year)}" in places


def test_subjects_are_those_of_all_addresses() -> None:
    """A subject has a page in a year in which it has any figure."""
    for basis, _ in bases(shown().newest, shown().views):
        told = dict.fromkeys((one.subject, one.year) for one in basis.figures.addresses())
        assert basis.figures.subjects() == list(told)


def test_marks_follow_what_is_shown() -> None:
    """That a dossier does not add up, and when it was built, are asked like all else."""
    broken = replace(shown(), broken=True, at=datetime(2020, 1, 1, tzinfo=UTC))
    for part in page_parts(broken, broken, Messages("nl")):
        assert all(page.frame.mark for page in part.make())


def test_each_basis_has_a_folder() -> None:
    """The account that holds first, then each publication."""
    assert next(iter(roots(shown()))) == ""
    assert [place for place in roots(shown()) if place.startswith("publicaties/")] == [
        f"publicaties/{view.publication.slug}/" for view in shown().views
    ]
