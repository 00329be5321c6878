"""A page of the site as a reader sees it: every figure held, and every other number shown to be one of the release."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from gebiedswerk.blocks.models import Link, PostingsPage, SourcePage
from gebiedswerk.blocks.models import Page as Model
from gebiedswerk.blocks.places import HOME, Places
from gebiedswerk.core.faults import fault
from gebiedswerk.figures import Address, NoFigure
from gebiedswerk.language.foreign_words import unmarked
from gebiedswerk.language.languages import LANGUAGES
from gebiedswerk.language.messages import Messages
from gebiedswerk.language.numbers_in_prose import loose_numbers
from gebiedswerk.language.numerals import numerals
from gebiedswerk.release.recount import Recounted
from gebiedswerk.release.shown.blocks import OURS, Blocks
from gebiedswerk.release.shown.claims_in_texts import ClaimsInTexts
from gebiedswerk.release.shown.figure_links import FOLDER, Source, Sources, in_no_language
from gebiedswerk.release.shown.follows import Follows
from gebiedswerk.release.shown.grounds import Grounds
from gebiedswerk.release.shown.held import FiguresHeld
from gebiedswerk.release.shown.loose import MARK, Run, is_moment, runs_of
from gebiedswerk.release.shown.markup import strange
from gebiedswerk.release.shown.page_lines import (
    SEPARATOR,
    contents_that_follow,
    lines_of,
    origin_lines,
    plain_lines,
    section_lines,
    table_lines,
    unlike,
)
from gebiedswerk.release.shown.page_reader import Element, NoPage, read_html
from gebiedswerk.release.shown.printed import Words, names_a_set, wrong
from gebiedswerk.site.render import renderer

ORIGIN = ("rules", "deliveries", "accepted")
RESTATED = "restated"  # literal: the id of a table
NAVIGATION = frozenset("page-numbers way-back breadcrumb contents pager languages".split())
"""Classes of what leads from page to page: its words are names, years and numbers of pages."""


@dataclass(frozen=True)
class Knowledge:
    """All that pages are held against."""

    sources: Sources
    follows: Follows
    grounds: Grounds
    blocks: Blocks
    claims: ClaimsInTexts


@dataclass
class HtmlPage:
    """One page while it is read: where it stands, its elements and language, and what was found so far.

    `names`: words with a number in them that this page may show, besides those that stand in the release.
    """

    file: str
    place: str
    data: bytes
    root: Element
    messages: Messages
    known: Knowledge
    held: FiguresHeld
    wrong: set[str] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @cached_property
    def bare(self) -> str:
        """Its place in no language."""
        return in_no_language(self.place)

    @cached_property
    def basis(self) -> Recounted:
        """The basis on which it stands: that of the deepest folder it is in."""
        within = [one for one in self.known.sources.found.bases if self.bare.startswith(one.basis.root)]
        return max(within, key=lambda one: len(one.basis.root))

    def say(self, code: str, value: str, near: str = "", **facts: object) -> None:
        """Note a fault, with the line of the file on which its words stand, behind `near` where that is there."""
        self.wrong.add(value)
        start = max(self.data.find(near.encode()), 0) if near else 0
        at = self.data.find(value.encode(), start) if value else -1
        at = at if at >= 0 else self.data.find(near.encode()) if near else -1
        row = self.data.count(b"\n", 0, at) + 1 if at >= 0 else None
        self.held.faults.append(fault(code, self.file, row, None, value, **facts))

    def lines(self, where: str, elements: Iterable[Element], expected: Sequence[str], *, ordered: bool = False) -> None:
        """Hold what elements say, line by line, against what they should say; `ordered`: in the same order."""
        there = list(elements)
        self.done.update(id(one) for one in there)
        for found, should in unlike([line for one in there for line in lines_of(one)], expected, ordered=ordered):
            if not any(word and word in found for word in self.wrong):
                self.say("Z136", found, where=where, expected=should or "–")


def hold_page(data: bytes, place: str, known: Knowledge, held: FiguresHeld, prefix: str) -> None:
    """Hold one page of the site; what differs goes to `held`."""
    file = prefix + place
    try:
        root = read_html(data)
    except NoPage as problem:
        held.faults.append(fault("Z135", file, value=problem.why))
        return
    held.faults += [fault("Z135", file, value=what) for what in strange(root)]
    language = root.get("lang")
    if language not in LANGUAGES:
        held.faults.append(fault("Z135", file, value=f"lang={language[:20]!r}"))
        return
    page = HtmlPage(file, place, data, root, Messages(language), known, held)
    held.pages += 1
    _hold(page)
    root.forget()


def _hold(page: HtmlPage) -> None:
    """Links first; then what follows from the ledger line by line; then every number that is left."""
    for link in page.root.find("a"):
        _link(page, link)
    source = page.known.sources.by_place.get(page.bare)
    postings = page.known.sources.postings_of(page.bare)
    model = page.known.follows.pages(page.messages.language).get(page.bare)
    title = intro = ""
    if source is not None:
        expected = page.known.follows.source(source, page.messages.language)
        title, intro = expected.frame.title, expected.intro
        _source(page, source, expected)
    elif postings is not None:
        _postings(page, page.known.follows.postings(postings, page.messages.language).get(page.bare))
    elif model is not None:
        title, intro = model.frame.title, getattr(model, "intro", "")
        _sections(page, model)
    elif page.bare == HOME:
        _home(page)
    else:
        _blocks(page)
    _frame(page, title, intro)
    _labels(page)
    for run in runs_of(page.root, page.done, page.messages, lambda one: _is_held(page, one)):
        _numbers(page, run)


def _is_held(page: HtmlPage, link: Element) -> bool:
    """Whether the words of a link were held as a figure, or are marked as none in the text of the publication."""
    if link.tag != "a":
        return page.known.claims.is_free(link.words(), page.basis)
    target = page.known.sources.target(page.place, link.get("href"))
    return target.place in page.known.sources.by_place and not _leads_on(link)


def _source(page: HtmlPage, source: Source, expected: SourcePage) -> None:
    """A source page: the value of each section, and all that it says of it."""
    sections = {one.get("id"): one for one in page.root.find("section") if one.get("class") == "measure"}
    for section in expected.sections:
        address = Address(section.anchor.replace("-", "_"), source.subject, source.year)
        found = sections.pop(section.anchor, None)
        values = found.find("data") if found else []
        page.held.figures["source"] += 1
        words = [(one.get("value"), " ".join(one.text().split())) for one in values]
        truth = " ".join(section.value.split())
        if words != [(str(section.cents), truth)]:
            page.say(
                "Z108", values[0].text() if values else "", f'id="{section.anchor}"', figure=address, expected=truth
            )
        if found is not None:
            page.held.figures["postings"] += len(section.postings.rows) if section.postings else 0
            page.names |= _page_names(page, section.pages)
            page.lines(str(address), [found], section_lines(section, page.messages))
    for name in sections:
        page.say("Z108", name, figure=f"{name}/{source.subject}@{source.year}", expected="–")
    contents = [one for one in page.root.find("nav") if one.get("class") == "contents"]
    links = [(link.get("href"), link.words()) for one in contents for link in one.find("a")]
    ways = contents_that_follow(expected)
    for way, (_, truth) in zip(links, ways, strict=False):
        if way not in ways:
            page.say("Z108", way[1], figure=way[0], expected=truth)
    page.done.update(id(one) for one in contents)
    origin = [one for one in page.root.find("div", "ul") if one.get("id") in ORIGIN or one.get("class") == "downloads"]
    page.lines("deliveries", [one for one in origin if not one.within("measure")], origin_lines(expected))


def _postings(page: HtmlPage, expected: PostingsPage | None) -> None:
    """A further page of postings: every row of it."""
    if expected is None:
        page.say("Z141", page.place, href=page.place)
        return
    tables = page.root.find("table")
    page.held.figures["postings"] += len(expected.table.rows)
    page.names |= {expected.frame.title, *_page_names(page, expected.pages)}
    page.lines(page.bare, tables, plain_lines(list(table_lines(expected.table))))


def _page_names(page: HtmlPage, links: Iterable[Link]) -> set[str]:
    """What the ways to further pages of postings are called."""
    return {f"{page.messages('page.list_page')} {link.text}" for link in links}


def _sections(page: HtmlPage, model: Model) -> None:
    """A page that follows whole from the release: what each section says."""
    rendered = _rendered(model, page.messages.language)
    expected = {one.get("id"): list(lines_of(one)) for one in _parts(rendered)}
    found = {one.get("id"): one for one in _parts(page.root)}
    for name in [*expected, *(found.keys() - expected.keys())]:
        lines = expected.get(name, [])
        page.held.figures["work"] += sum(len(loose_numbers(line)) for line in lines)
        page.lines(f"#{name}", [found[name]] if name in found else [], lines, ordered=True)
    rendered.forget()


def _rendered(model: Model, language: str) -> Element:
    """A page as this program writes it, read as one of the release is."""
    return read_html(renderer().render(replace(model, frame=replace(model.frame, language=language))).encode())


def _parts(root: Element) -> Iterator[Element]:
    """The sections, and the table of what the council adopted beside what is known now."""
    named = (one for one in root.find("section", "div") if one.get("id"))
    return (one for one in named if one.tag == "section" or one.get("id") == RESTATED)


def _home(page: HtmlPage) -> None:
    """The first page: the figures of the year and of each area, the map and its table."""
    language = page.messages.language
    model = page.known.follows.home(language)
    rendered = _rendered(model, language)
    for name in ("year", "areas"):
        found, expected = ([one for one in root.walk() if one.get("class") == name] for root in (page.root, rendered))
        page.lines(name, found, [line for one in expected for line in lines_of(one)], ordered=True)
    tables = ([one for one in root.find("div") if one.get("id") == "table-map"] for root in (page.root, rendered))
    found, expected = tables
    page.lines("table-map", found, [line for one in expected for line in lines_of(one)], ordered=True)
    maps = ([one for one in root.find("figure") if "map" in one.classes()] for root in (page.root, rendered))
    found, expected = maps
    page.held.figures["picture"] += sum(len(loose_numbers(text.words())) for one in found for text in one.find("text"))
    page.lines("map", found, [line for one in expected for line in lines_of(one)])
    rendered.forget()


def _blocks(page: HtmlPage) -> None:
    """Any other page: its figures in sentences as its text has them; tables, charts and maps as they follow."""
    texts = page.known.claims.in_order(page.basis, posixpath.basename(page.bare).removesuffix(".html"))
    prose = [one for one in page.root.find("a") if one.within("prose") and _is_held(page, one)]
    words = [one.words() for one in prose]
    if texts and words not in texts:
        nearest = min(texts, key=lambda text: len(unlike(words, text, ordered=True)))
        for found, should in unlike(words, nearest, ordered=True):
            page.say("Z136", found, 'class="prose"', where="prose", expected=should or "–")
    for one in page.root.find("div", "figure"):
        if not one.get("id").startswith(OURS):
            continue
        if "map" in one.classes():
            page.held.figures["picture"] += sum(len(loose_numbers(text.words())) for text in one.find("text"))
        ways = page.known.blocks.lines(page.basis, one, page.messages)
        if ways:
            here = list(lines_of(one))
            nearest = min(ways, key=lambda way: len(unlike(here, way, ordered=True)))
            page.lines(one.get("id"), [one], nearest, ordered=True)
        else:
            page.say("Z136", one.get("id"), where="id", expected="–")


def _frame(page: HtmlPage, title: str, intro: str) -> None:
    """What stands around the content: one title everywhere, and moments that are those of the release.

    `title` and `intro`: what they should be; empty where they are the municipality's own words.
    """
    heads = [one.words() for one in page.root.find("h1")]
    title = " ".join(unmarked(title).split()) or "".join(heads[:1])
    if heads != [title]:
        page.say("Z136", "".join(heads), where="h1", expected=title)
    whole = "".join(one.words() for one in page.root.find("title") if one.parent and one.parent.tag == "head")
    if not whole.startswith(title):
        page.say("Z136", whole, where="title", expected=title)
    here = [one.words() for one in page.root.find("li") if one.get("aria-current") and one.within("breadcrumb")]
    if here not in ([], [title]):
        page.say("Z136", "".join(here), where="breadcrumb", expected=title)
    intros = [one.words() for one in page.root.find("p") if one.get("class") == "intro"]
    if intro and intros != [" ".join(unmarked(intro).split())]:
        page.say("Z136", "".join(intros), where="intro", expected=intro)
    town = page.known.sources.found.dossier.settings.municipality
    notice = " ".join(town.explanations.get(page.messages.language, town.explanation).split())
    for one in page.root.find("p"):
        if "notice" in one.classes() and one.within("opening") and one.words() != notice:
            page.say("Z136", one.words(), where="notice", expected=notice or "–")
    for one in page.root.find("time"):
        if not is_moment(one, page.messages) or not page.known.grounds.is_known(one.get("datetime")):
            page.say("Z136", one.words(), one.get("datetime"), where="time", expected="–")


def _labels(page: HtmlPage) -> None:
    """What cells say of their column is what stands above it."""
    for table in page.root.find("table"):
        heads = [one.words() for one in table.find("th") if one.get("scope") == "col"]
        for cell in table.find("td"):
            label = " ".join(cell.get("data-label").split())
            if label and cell.parent is not None:
                at = [one for one in cell.parent.children if isinstance(one, Element)].index(cell)
                if heads[at : at + 1] != [label]:
                    page.say("Z136", label, where="data-label", expected=" ".join(heads[at : at + 1]) or "–")


def _link(page: HtmlPage, link: Element) -> None:
    """A link to a source page: its words are the figure, a part of it, names in a set, or they lead on."""
    sources = page.known.sources
    target = sources.target(page.place, link.get("href"))
    source, words = sources.by_place.get(target.place), link.words()
    if source is None:
        if f"/{FOLDER}" in f"/{target.place}" and not sources.is_beside(target.place):
            page.say("Z141", words, link.get("href"), href=link.get("href"))
        return
    if _leads_on(link):
        return
    address = sources.address(target)
    numbers = loose_numbers(words) and page.known.grounds.numbers_in(words)
    if address is not None and (numbers or link.within("prose")):
        _figure(page, link, source, address)
    elif link.within("prose"):
        page.held.figures["text"] += 1
        if target.part or not names_a_set(words, source.basis.figures, source.year, page.messages):
            page.say("Z108", words, link.get("href"), figure=f"{source.subject}@{source.year}", expected="–")
    elif numbers or not words:
        page.say("Z141", words, link.get("href"), href=link.get("href"))


def _leads_on(link: Element) -> bool:
    return any(NAVIGATION.intersection(one.classes()) for one in (link, *link.around()))


def _figure(page: HtmlPage, link: Element, source: Source, address: Address) -> None:
    page.held.figures[_kind(link)] += 1
    if any(isinstance(child, Element) for child in link.children):
        page.say("Z135", f"<a> {link.words()}", link.get("href"))
    figures = source.basis.figures
    before, after = _around(link)
    try:
        truth = wrong(Words(link.text(), before, after), address, figures, page.basis.unit_cents, page.messages)
    except NoFigure:
        truth = "–"
    if truth is not None and page.known.claims.hold(link.text(), address, page.basis, page.messages):
        truth = None
    if truth is not None and link.words() not in _parts_of(page, source, address):
        page.say("Z108", link.text(), link.get("href"), figure=address, expected=truth)


def _parts_of(page: HtmlPage, source: Source, address: Address) -> frozenset[str]:
    """The words of the parts of a figure that have no place of their own."""
    place = Places(page.known.sources.found.dossier, source.basis.basis.root).figure(address)
    return page.known.follows.parts(page.messages.language).get(place, frozenset())


def _kind(link: Element) -> str:
    """In which kind of place a figure stands."""
    for one in link.around():
        if one.tag in ("table", "figure"):
            return "table" if one.tag == "table" else "picture"
        if "inputs" in one.classes():
            return "source"
    return "text"


def _around(link: Element) -> tuple[str, str]:
    """The words before and behind a link in the run of words in which it stands."""
    block = link.block()
    words = "".join(_marked(block, link))
    before, _, after = words.partition(MARK)
    return before, after


def _marked(block: Element, link: Element) -> Iterator[str]:
    for child in block.children:
        if child is link:
            yield MARK
        elif isinstance(child, str):
            yield child.replace(MARK, "")
        elif child.is_inline:
            yield from _marked(child, link)


def _numbers(page: HtmlPage, run: Run) -> None:
    """Numbers outside links to figures: dates, years and references, or part of a name that stands in the release."""
    words, grounds = run.words, page.known.grounds
    for unit in grounds.units(page.messages):
        words = words.replace(unit, MARK)
    page.held.figures["free"] += run.free
    odd = grounds.numbers_in(words, page.names)
    page.held.figures["work"] += len(numerals(words)) - len(odd)
    for number in odd:
        page.say("Z136", number.text, where=" ".join(words.replace(MARK, "…").split()), expected="–")


__all__ = ["SEPARATOR", "HtmlPage", "Knowledge", "hold_page"]
