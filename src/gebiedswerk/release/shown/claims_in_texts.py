"""The figures that a release claims in its texts: a page shows their words, and only the text how they are meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gebiedswerk.dossier import Publication, page_of
from gebiedswerk.figures import Address, NoAddress, NoFigure, parse_address
from gebiedswerk.language.messages import Messages
from gebiedswerk.release.recount import Recount, Recounted
from gebiedswerk.texts.claims import judge
from gebiedswerk.texts.markdown import OURS, Written, parts, written

FIGURE, FREE = OURS
Key = tuple[str, str, Address]


@dataclass(frozen=True)
class ClaimsInTexts:
    """The claims of one release that say `about` how much, or in which unit, by publication, words and figure."""

    found: Recount

    def hold(self, words: str, address: Address, basis: Recounted, messages: Messages) -> bool:
        """Whether words on a page of a publication stand in its text as a claim about this figure, and are true."""
        meant = self._by_words.get((basis.basis.name, " ".join(words.split()), address), ())
        return any(_holds(words, one, basis, messages) for one in meant)

    def in_order(self, basis: Recounted, page: str) -> Sequence[Sequence[str]]:
        """The words of all figures in each text of a page of a publication, as they follow each other there."""
        return self._in_order.get((basis.basis.name, page), ())

    @cached_property
    def _in_order(self) -> Mapping[tuple[str, str], Sequence[Sequence[str]]]:
        known: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
        for one in self.found.dossier.publications:
            for file, text in one.texts:
                links = [_bare(link) for part in parts(text) for link in written(part) if link.href.startswith(FIGURE)]
                known[one.slug, page_of(file)[0]].append(links)
        return known

    def is_free(self, words: str, basis: Recounted) -> bool:
        """Whether words on a page of a publication stand in its text as a number that is no figure."""
        return words in self._free.get(basis.basis.name, frozenset())

    @cached_property
    def _free(self) -> Mapping[str, frozenset[str]]:
        found = ((one.slug, _links(one)) for one in self.found.dossier.publications)
        return {slug: frozenset(_bare(link) for link in links if link.href.startswith(FREE)) for slug, links in found}

    @cached_property
    def _by_words(self) -> Mapping[Key, Sequence[Address]]:
        known: dict[Key, list[Address]] = defaultdict(list)
        for publication in self.found.dossier.publications:
            for words, address in _claims(publication):
                bare = replace(address, origin=None, unit=None, about_pct=None)
                known[publication.slug, words, bare].append(address)
        return known


def _links(publication: Publication) -> Iterator[Written]:
    """Every link in the texts of a publication."""
    return (link for _, text in publication.texts for part in parts(text) for link in written(part))


def _bare(link: Written) -> str:
    return " ".join(link.text.split())


def _claims(publication: Publication) -> Iterator[tuple[str, Address]]:
    """Words and address of each figure in the texts of a publication that says how it is meant."""
    for link in _links(publication):
        if link.href.startswith(FIGURE):
            try:
                address = parse_address(link.href.removeprefix(FIGURE), publication.settings.year)
            except NoAddress:
                continue
            if address.about_pct is not None or address.unit is not None:
                yield _bare(link), address


def _holds(words: str, address: Address, basis: Recounted, messages: Messages) -> bool:
    try:
        return judge(words, address, basis.figures, basis.unit_cents, messages).holds
    except NoFigure:
        return False
