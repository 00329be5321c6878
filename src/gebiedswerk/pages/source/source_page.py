"""Source pages: where every figure of a subject in a year comes from, down to file and row, with its recipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from gebiedswerk.account import MEASURES, RESERVES, TERM, LineAccount, OpeningStatus, State, spent_from_pots, sums_in
from gebiedswerk.blocks.headings import measure_name, told_as
from gebiedswerk.blocks.models import Cell, Frame, Link, Section, SourcePage, Step, Table, TableRow
from gebiedswerk.blocks.places import DATA, section_of
from gebiedswerk.blocks.year_tables import UNIT_NAMES, Setting
from gebiedswerk.core.subject import line_subject
from gebiedswerk.figures import TOTAL, UNITS, Address, Figure, Input, NoFigure, Subject, posted_cents
from gebiedswerk.pages.source.questions import questions
from gebiedswerk.pages.source.source_origin import accepted, deliveries, rules
from gebiedswerk.pages.source.source_postings import has_pages, page_links, postings_table


def source_page(setting: Setting, subject: Subject, frame: Frame) -> SourcePage:
    """The page of one subject in one year, on one basis."""
    parts = _parts_of(setting, subject)
    sections = [_section(setting, figure, parts) for figure in _figures(setting, subject)]
    big = has_pages(setting, subject)
    whole = Link(setting.messages("source.postings_csv"), setting.places.data("postings", "csv"))
    mine = Link(setting.messages("source.own_csv"), setting.places.postings_csv(subject, setting.year)) if big else None
    return SourcePage(
        frame=frame,
        intro=setting.messages(f"source.intro.{subject.kind}", name=name_of(setting, subject), year=setting.year),
        sections=tuple(sections),
        rules=rules(setting, subject),
        deliveries=deliveries(setting, subject),
        accepted=accepted(setting) if subject == TOTAL else None,
        downloads=(mine, whole) if mine else (whole,),
    )


def name_of(setting: Setting, subject: Subject) -> str:
    """The name of a subject as officials write it."""
    if subject == TOTAL:
        return setting.messages("table.total")
    if subject.area is not None:
        return setting.figures.dossier.areas_by_code[subject.area].name
    return setting.account.by_code[subject.code].name


def _figures(setting: Setting, subject: Subject) -> Iterator[Figure]:
    """The figures that a subject has, in the order of the account."""
    for measure in MEASURES:
        with suppress(NoFigure):
            yield setting.figures.figure(Address(measure, subject, setting.year))


@dataclass(frozen=True, slots=True)
class _Part:
    """One of several lines of which a subject is made: what its own part is called, and the page where that stands."""

    line: LineAccount
    name: str
    place: str


def _parts_of(setting: Setting, subject: Subject) -> list[_Part]:
    """The lines of which a subject is made, if these are more than one."""
    with suppress(NoFigure):
        lines = setting.figures.lines(Address("result", subject, setting.year))
        own = [(line, line_subject(line.code)) for line in lines] if len(lines) > 1 else []
        return [
            _Part(
                line,
                setting.messages("source.own_part", name=line.name),
                "" if one == subject else setting.places.source(one, setting.year),
            )
            for line, one in own
        ]
    return []


def _section(setting: Setting, figure: Figure, parts: Sequence[_Part]) -> Section:
    address, messages = figure.address, setting.messages
    inputs = _inputs(setting, figure)
    adds_up = not inputs or sum(found.sign * found.cents for found in inputs) == figure.cents
    section = Section(
        anchor=section_of(address.measure).removeprefix("#"),
        title=measure_name(setting.figures, messages, address.measure, setting.year),
        value=messages("amount.euro", amount=setting.messages.euros(figure.cents)),
        cents=figure.cents,
        formula=_formula(setting, address.measure),
        inputs=tuple(_input(setting, found) for found in inputs),
        parts=_parts(setting, address, parts),
        postings=postings_table(setting, address) if figure.measure.kinds else None,
        pages=tuple(page_links(setting, address)) if figure.measure.kinds else (),
        steps=tuple(_steps(setting, address)) if address.measure not in TERM else (),
        lines=(
            *([] if adds_up else [messages("source.meets.shared" if _shares(setting, address) else "source.meets")]),
            *_printed_elsewhere(setting, figure),
            *_term_lines(setting, address),
            *_differs(setting, address, figure.cents),
        ),
        questions=tuple(questions(setting, address)),
    )
    return replace(section, quiet=_is_quiet(setting, section, figure))


def _formula(setting: Setting, measure: str) -> str:
    """How a measure comes about, in words."""
    name, rules = f"formula.{measure}", setting.figures.dossier.settings.term
    name = told_as(name, rules, setting.year) if measure == "shortfall" else name
    return setting.messages(name, year=setting.year, before=setting.year - 1)


def _printed_elsewhere(setting: Setting, figure: Figure) -> Iterator[str]:
    """What other pages print for a figure, where that is not the nearest unit."""
    for unit_cents in setting.printed_in:
        units, exact = setting.figures.printed(figure.address, unit_cents)
        if exact is not None:
            facts = {"exact": setting.messages.euros(figure.cents), "shown": setting.messages.number(units)}
            name = "source.exact.euro" if unit_cents == UNITS["euro"] else "source.exact"
            yield setting.messages(name, unit=setting.messages(f"unit.{UNIT_NAMES[unit_cents]}"), **facts)


def _shares(setting: Setting, address: Address) -> bool:
    """Whether a part was spent from a pot that these lines share with others: it is in no amount of their own term."""
    return bool(spent_from_pots(setting.account, setting.figures.lines(address)))


def _is_quiet(setting: Setting, section: Section, figure: Figure) -> bool:
    """Whether a figure is nothing out of nothing, or of reserves where nothing moved; and nobody asked about it."""
    moved = bool(section.cents) or any(found.cents for found in figure.inputs)
    if moved and figure.address.measure in RESERVES:
        moved = any(line.own.moves_reserves for line in setting.figures.lines(figure.address))
    return not (moved or section.postings or section.questions or section.lines)


def _inputs(setting: Setting, figure: Figure) -> list[Input]:
    """The figures a formula uses; for a step of the term those that meet in it."""
    if figure.inputs or figure.measure.kinds:
        return list(figure.inputs)
    address, measure = figure.address, figure.measure
    before = [(1, address.of(measure.follows, setting.year - 1))] if measure.follows else []
    meeting = [*before, *((sign, address.of(name)) for sign, name in measure.meets)]
    there = [(sign, at) for sign, at in meeting if setting.figures.exists(at)]
    return [Input(sign, at, setting.figures.figure(at).cents) for sign, at in there]


def _input(setting: Setting, found: Input) -> tuple[str, Cell]:
    sign = "−" if found.sign < 0 else "+"
    year = found.address.year or setting.year
    name = measure_name(setting.figures, setting.messages, found.address.measure, year)
    href = setting.places.figure(found.address)
    return f"{sign} {name}", Cell(setting.messages.euros(found.cents), href, amount=True, below=found.cents < 0)


def _parts(setting: Setting, address: Address, parts: Sequence[_Part]) -> Table | None:
    """The own parts of a subject that is made of several lines: a row each, leading to where its postings stand."""
    if not parts:
        return None
    messages, own, section = setting.messages, MEASURES[address.measure].own, section_of(address.measure)
    rows = []
    for part in parts:
        cents = own(part.line)
        if cents:
            href = part.place and f"{part.place}{section}"
            rows.append(TableRow((Cell(part.name, href), Cell(messages.euros(cents), href, True, cents < 0))))
    total = setting.figures.figure(address).cents
    rows.append(
        TableRow(
            (Cell(messages("source.together")), Cell(setting.messages.euros(total), "", True, total < 0)), total=True
        )
    )
    caption = messages("source.parts", name=measure_name(setting.figures, messages, address.measure, setting.year))
    columns = (messages("source.part"), messages("source.euro"))
    return Table(f"parts-{address.measure}", caption, columns, tuple(rows))


def _steps(setting: Setting, address: Address) -> Iterable[Step]:
    """The recipe: which rows of the published CSV to keep, and how their cents count."""
    codes = tuple(line.code for line in setting.figures.lines(address))
    for measure, factor in sums_in(address.measure):
        alone = len(measure.flows) > 1 and not setting.account.moves_reserves
        flows = "" if alone else ", ".join(measure.flows)
        facts = {
            "file": f"{DATA['postings']}.csv",
            "lines": ", ".join(codes),
            "year": address.year,
            "kinds": ", ".join(measure.kinds),
            "flows": flows,
            "sign": setting.messages("recipe.add" if factor > 0 else "recipe.subtract"),
        }
        words = setting.messages("recipe.flow" if flows else "recipe.all", **facts)
        if measure.part:
            words = f"{words} {setting.messages(f'recipe.{measure.part}')}"
        yield Step(codes, address.year or 0, measure.kinds, measure.flows, measure.part, factor, words)


def _differs(setting: Setting, address: Address, cents: int) -> Iterable[str]:
    """Say it where the postings of an adopted figure no longer add up to it: its rules or files were changed since."""
    posted = posted_cents(setting.figures, address) if setting.account.state is State.ADOPTED else None
    if posted is not None and posted != cents:
        yield setting.messages("source.differs", posted=setting.messages.euros(posted))


def _term_lines(setting: Setting, address: Address) -> Iterable[str]:
    """A step of the term in sentences: which year's money, how much, until when. Only for one line."""
    if address.measure not in TERM or address.line not in setting.account.by_code:
        return
    term = setting.account.by_code[address.line].term
    if term is None:
        return
    messages = setting.messages
    tranches = MEASURES[address.measure].per_origin
    if address.measure == "opening" and term.opening_status is not OpeningStatus.NONE:
        yield messages(f"term.{term.opening_status.value}", before=setting.year - 1)
    for tranche in tranches(term) if tranches else ():
        yield messages(
            f"term.{address.measure}",
            origin=tranche.origin,
            last_year=tranche.last_year,
            amount=setting.messages.euros(tranche.cents),
            year=setting.year,
        )
    if address.measure == "shortfall":
        amounts = {"shortfall": term.shortfall - term.withdrawn_beyond, "withdrawn_beyond": term.withdrawn_beyond}
        yield from (messages(f"term.{name}", amount=messages.euros(cents)) for name, cents in amounts.items() if cents)
