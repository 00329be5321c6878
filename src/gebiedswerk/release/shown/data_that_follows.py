"""The files with data that follow from a release: by their place, as this program would write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gebiedswerk.blocks.places import Places
from gebiedswerk.language.messages import Messages
from gebiedswerk.opendata import basis_files, catalogue_files, feeds
from gebiedswerk.pages import DataFile, File
from gebiedswerk.pages.data_files import ShownBasis, data_files
from gebiedswerk.pages.lapse_calendar import calendar_files
from gebiedswerk.pages.work_files import table_files
from gebiedswerk.release.recount import Recount


@dataclass(frozen=True)
class DataThatFollows:
    """Every file with data of a release."""

    found: Recount

    @cached_property
    def by_place(self) -> Mapping[str, bytes]:
        """Place in the site → bytes."""
        return {file.path: file.content for file in self._files()}

    def _files(self) -> Iterator[File]:
        dossier, newest = self.found.dossier, self.found.bases[0].figures
        messages = Messages(dossier.settings.presentation.language)
        account = newest.account.standing(newest.years()[-1]) if newest.years() else None
        yield from calendar_files(newest, messages, account)
        yield from table_files(dossier)
        packages: list[File] = []
        titles = {one.slug: one.title(messages.language) for one in dossier.publications}
        for one in self.found.bases:
            shown = ShownBasis(one.figures, Places(dossier, one.basis.root), one.basis.years, one.unit_cents)
            tables = {file.path: file for file in data_files(shown, messages) if isinstance(file, DataFile)}
            yield from tables.values()
            title = titles.get(one.basis.name, messages("data.newest"))
            packages += basis_files(shown, title, tables, messages)
        yield from packages
        if dossier.settings.open_data.address:
            yield from catalogue_files(dossier, packages, messages)
            yield from feeds(dossier, messages)
