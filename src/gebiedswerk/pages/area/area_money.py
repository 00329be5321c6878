"""The money of an area: what is left, where it came from, what lapses when, and the budget lines behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gebiedswerk.account import (
    LineAccount,
    Pot,
    State,
    YearAccount,
    result_beside_pots,
    shared_pots,
    spent_from_pots,
    tranche_sum,
    value,
)
from gebiedswerk.blocks.headings import RUNNING, is_running, measure_name, series_name
from gebiedswerk.blocks.models import Cell, Sentence, Table, TableRow
from gebiedswerk.blocks.places import CALENDAR, area_year_place
from gebiedswerk.blocks.sentences import euro_cell, said
from gebiedswerk.blocks.stands import committed_address, kind_of, left_on, promises_of, stand_of
from gebiedswerk.blocks.year_tables import UNIT_NAMES, Setting, amount_cell, explained, units_of_part
from gebiedswerk.core.hierarchy import above
from gebiedswerk.core.rounding import plain
from gebiedswerk.core.spending_term import Tranche, in_spending_order, last_day, must_be_covered
from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.figures import TOTAL, UNITS, Address, NoFigure, Subject, area_subject, line_subject
from gebiedswerk.pages.lapse_calendar import left_in
from gebiedswerk.pictures.charts import cell_of, points_of, series_note, with_parts

MEASURES = ("budget", "realised", "committed", "result", "closing")
OF_LINES = MEASURES[:4]


def years_of_area(setting: Setting, code: str) -> list[int]:
    """The years in which an area has budget lines."""
    figures = setting.figures
    return [year for year in figures.years() if figures.lines(Address("result", area_subject(code), year))]


def money_sentences(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """What an area had in a year, what was spent, from which year's money, and how far the year is."""
    messages, account = setting.messages, setting.figures.account.standing(year)
    if account.state is State.UNBUDGETED:
        yield said(messages, "state.unbudgeted", year=year)
        yield spent_sentence(setting, code, year, budget=None)
    else:
        budget = setting.figures.figure(Address("budget", area_subject(code), year))
        phase = "running" if account.state in RUNNING else "over"
        none = "none." if not budget.cents and shared_pots(account, setting.figures.lines(budget.address)) else ""
        if budget.cents < 0:
            taken = _part(setting, -budget.cents, budget.address)
            yield said(messages, f"area.budget.less.{phase}", year=year, budget=taken)
        else:
            yield said(messages, f"area.budget.{none}{phase}", year=year, budget=euro_cell(setting, budget.address))
        yield spent_sentence(setting, code, year, budget.cents)
        yield said(messages, f"state.{account.state.value}", year=year)
    if account.state is not State.UNBUDGETED:
        yield from why_more(setting, code, year)


def spent_sentence(setting: Setting, code: str, year: int, budget: int | None) -> Sentence:
    """What was spent in a year, up to which day while it runs; of the budget (cents) only where it is a part of it."""
    messages, figures = setting.messages, setting.figures
    running = is_running(figures, year)
    address, day = Address("realised", area_subject(code), year), figures.known_until(DeliveryKind.REALISED, year)
    if day is None:
        return said(messages, "area.spent.unknown", year=year)
    cents, amount = figures.figure(address).cents, euro_cell(setting, address)
    if cents == 0:
        what = "none"
    elif cents < 0:
        what, amount = "received", _part(setting, -cents, address)
    else:
        what = "of" if budget is not None and cents <= budget and _budget_alone(setting, code, year) else "all"
    until = messages.day(day)
    return said(messages, f"area.spent.{what}.{'running' if running else 'over'}", year=year, amount=amount, day=until)


def _budget_alone(setting: Setting, code: str, year: int) -> bool:
    """Whether all that an area spent came from its own budget of the year: nothing from what was left of earlier years
    beside it, and nothing from a pot that it shares.
    """
    lines, account = setting.figures.lines(Address("realised", area_subject(code), year)), setting.figures.of_year(year)
    if account is None or spent_from_pots(account, lines):
        return False
    earlier = any(t.cents and t.origin < year for line in lines if line.term for t in line.term.spent)
    return not (earlier and value(lines, "outside"))


def pots_note(setting: Setting, subject: Subject, year: int) -> list[str]:
    """A note that what was spent in a year holds money of a pot that is not this area's alone; else none."""
    account = setting.figures.of_year(year)
    if account is None or not setting.figures.is_known(Address("realised", subject, year)):
        return []
    pots = spent_from_pots(account, setting.figures.lines(Address("realised", subject, year)))
    names = ", ".join(pot.line.name for pot in pots)
    return [setting.messages("area.pot.note", pots=names, year=year)] if pots else []


def why_more(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """What was paid from money of earlier years, and whether that is why more was spent than budgeted.

    Of a budget below nil, that took money away, nothing can be spent more.
    Holds (decision 57): overspent = outside + moved out + shortfall − closing − released. So where nothing fell
    short and nothing was moved out, what was left of earlier years outside the budget covers all that was overspent.
    """
    messages, lines = setting.messages, setting.figures.lines(Address("result", area_subject(code), year))
    account = setting.figures.account.standing(year)
    pots = shared_pots(account, lines)
    before = sorted({t.origin for line in lines if line.term for t in line.term.spent if t.cents and t.origin < year})
    for origin in before:
        paid = euro_cell(setting, Address("spent", area_subject(code), year, origin))
        yield said(messages, "area.paid_from", year=year, origin=origin, amount=paid)
    overspent, outside, shortfall, moved = (value(lines, m) for m in ("overspent", "outside", "shortfall", "moved_out"))
    if overspent > 0 and value(lines, "budget") >= 0 and not (pots and result_beside_pots(account, lines) >= 0):
        more = euro_cell(setting, Address("overspent", area_subject(code), year))
        explained = not pots and before and outside >= overspent and not shortfall and not moved
        yield said(messages, "area.more_because" if explained else "area.more", year=year, amount=more)
    if shortfall and must_be_covered(setting.figures.dossier.settings.term, year):
        yield said(messages, "area.short", amount=euro_cell(setting, Address("shortfall", area_subject(code), year)))
    elif shortfall:
        yield from beyond_sentences(setting, code, year)
    yield from (sentence for pot in pots for sentence in pot_sentences(setting, pot, year))


def beyond_sentences(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """On which budgets of an area more was spent than there was; nothing where that is what was overspent.

    An amendment can take away more than there was too: that was not spent.
    """
    address = Address("shortfall", area_subject(code), year)
    lines = setting.figures.lines(address)
    if len(lines) == 1 and value(lines, "budget") >= 0 and value(lines, "overspent") == value(lines, "shortfall"):
        return
    for line, term in ((one, one.term) for one in lines if one.term):
        name = Cell(line.name, setting.places.source(line_subject(line.code), year))
        amounts = {"beyond": term.shortfall - term.withdrawn_beyond, "withdrawn": term.withdrawn_beyond}
        for key, cents in amounts.items():
            if cents:
                yield said(setting.messages, f"area.{key}", line=name, amount=_part(setting, cents, address))


def pot_sentences(setting: Setting, pot: Pot, year: int) -> Iterator[Sentence]:
    """That an area shares in a pot with others, and how that stands: nothing of it is this area's alone."""
    messages, day = setting.messages, left_on(setting.figures, year)
    subject = line_subject(pot.line.code)
    yield said(messages, "area.pot", pot=Cell(pot.line.name, setting.places.source(subject, year)), year=year)
    left = euro_cell(setting, Address("closing", subject, year))
    if pot.term.shortfall:
        name = "area.pot.short" if must_be_covered(setting.figures.dossier.settings.term, year) else "area.pot.beyond"
        yield said(messages, name, amount=euro_cell(setting, Address("shortfall", subject, year)))
    elif day is None:
        yield said(messages, "area.pot.unknown", amount=left, year=year)
    elif pot.term.closing:
        yield said(messages, "area.pot.some", amount=left, day=messages.day(day))
    else:
        yield said(messages, "area.pot.none", day=messages.day(day))


def is_past(setting: Setting, year: int) -> bool:
    """Whether the newest year of an area's money is not the newest there is: its money has gone elsewhere since."""
    return year < max(setting.figures.years())


def left_sentences(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """How much was left on which day, how much of it was promised, and where it went if it is no longer here."""
    messages, lines = setting.messages, setting.figures.lines(Address("closing", area_subject(code), year))
    if not any(line.term for line in lines):
        if not is_past(setting, year):
            yield from _promised_of_pots(setting, code, year)
        return
    day, amount = left_on(setting.figures, year), euro_cell(setting, Address("closing", area_subject(code), year))
    if day is None:
        yield said(messages, "area.left.unknown", amount=amount, year=year)
    elif not tranches_left(lines):
        yield said(messages, "area.left.none", day=messages.day(day))
    else:
        yield said(messages, "area.left.some", amount=amount, day=messages.day(day))
    if is_past(setting, year):
        yield from gone_sentences(setting, code, year)
    else:
        yield from promised_sentences(setting, code, year)


def gone_sentences(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """Which other lines took over what was left of an area, and what nobody did."""
    messages, figures = setting.messages, setting.figures
    whole = Address("closing", area_subject(code), year)
    codes = [line.code for line in figures.lines(whole)]
    after = figures.account.standing(year + 1) if year + 1 in figures.account.years else None
    rest = value(figures.lines(whole), "closing")
    for line, cents in figures.handed_on(tuple(codes), year + 1):
        rest -= cents
        name = after.by_code[line].name if after and line in after.by_code else line
        to = Cell(name, setting.places.source(line_subject(line), year + 1) if after and line in after.by_code else "")
        yield said(messages, "area.left.handed", amount=_part(setting, cents, whole), to=to, year=year + 1)
    if rest > 0:
        yield said(messages, "area.left.dropped", amount=_part(setting, rest, whole), year=year + 1)


def _part(setting: Setting, cents: int, whole: Address) -> Cell:
    """A part of a figure in whole euros, leading to where the whole comes from."""
    units = units_of_part(setting, cents, whole, UNITS["euro"])
    amount = setting.messages("amount.euro", amount=setting.messages.number(units))
    exact = "" if units == plain(cents, UNITS["euro"]) else setting.messages.euros(cents)
    return Cell(amount, setting.places.figure(whole), exact=exact)


def promised_sentences(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """How much of what is left was promised on which day, and what was free where both are known of one day.

    What was promised from a pot that the area shares is no part of it, and is told apart.
    """
    yield from _promised_of_own(setting, code, year)
    yield from _promised_of_pots(setting, code, year)


def _promised_of_pots(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """What was promised for an area from each pot that it shares."""
    figures, subject = setting.figures, area_subject(code)
    stand, account = stand_of(figures, year), figures.account.standing(year)
    if stand is None:
        return
    for pot in shared_pots(account, figures.lines(Address("budget", subject, year))):
        promises = promises_of(figures, pot.here, stand)
        committed = sum(one.cents for one in promises)
        if committed > 0:
            name = Cell(pot.line.name, setting.places.source(line_subject(pot.line.code), year))
            amount = _part(setting, committed, committed_address(subject, stand))
            day = setting.messages.day(stand.day)
            what = setting.messages(f"promised.{kind_of(promises)}")
            yield said(setting.messages, "area.promised.pot", pot=name, amount=amount, day=day, what=what)


def _promised_of_own(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    messages, figures, subject = setting.messages, setting.figures, area_subject(code)
    stand, lines = stand_of(figures, year), figures.lines(Address("closing", subject, year))
    if stand is None:
        if tranches_left(lines):  # of nothing there is nothing to know
            yield said(messages, "area.promised.unknown")
        return
    pots = shared_pots(figures.account.standing(year), lines)
    shared = {line.code for pot in pots for line in pot.here}
    promises = promises_of(figures, [one for one in lines if one.code not in shared], stand)
    committed = sum(one.cents for one in promises)
    if committed <= 0:
        return
    what = messages(f"promised.{kind_of(promises)}")
    promised = {"what": what, "amount": _part(setting, committed, committed_address(subject, stand))}
    left = left_in(figures, figures.account.standing(year), lines)
    resting = sum(lapse.committed_cents or 0 for lapse in left.lapses)
    if left.free_on and resting == committed:
        cents = sum(left.free(lapse) or 0 for lapse in left.lapses)
        free = _part(setting, cents, Address("closing", subject, year))
        yield said(messages, "area.promised.part" if cents else "area.promised.whole", free=free, **promised)
    else:
        yield said(messages, "area.promised.some", day=messages.day(stand.day), **promised)


def lapse_sentences(setting: Setting, code: str, year: int) -> Iterator[Sentence]:
    """On which day each part of what is left lapses; where one day holds for all, the amount is that of `left_now`."""
    messages, running = setting.messages, is_running(setting.figures, year)
    whole = Address("closing", area_subject(code), year)
    left = [] if is_past(setting, year) else tranches_left(setting.figures.lines(whole))
    days = dict.fromkeys((tranche.origin, tranche.last_year) for tranche in left)
    for origin, last_year in days:
        here = [tranche for tranche in left if (tranche.origin, tranche.last_year) == (origin, last_year)]
        cents, euro = tranche_sum(here), UNITS["euro"]
        units = messages.number(setting.figures.units(whole, euro) if len(days) == 1 else plain(cents, euro))
        href = setting.places.figure(Address("closing", area_subject(code), year, origin))
        exact = setting.figures.exactly(whole, euro) if len(days) == 1 else None
        amount = Cell(messages("amount.euro", amount=units), href, exact="" if exact is None else messages.euros(exact))
        name = "area.lapses_now" if running and last_year <= year else "area.lapses"
        day = messages.day(last_day(max(last_year, year) if running else last_year))
        yield said(messages, name, amount=amount, origin=origin, day=day)
    if left:
        yield said(messages, "area.see_calendar", calendar=Cell(messages("calendar.title_short"), CALENDAR))


def tranches_left(lines: Sequence[LineAccount]) -> list[Tranche]:
    """What is left of these lines, per year of origin and last year, in the order in which it is spent."""
    return in_spending_order([tranche for line in lines if line.term for tranche in line.term.closing])


def years_table(setting: Setting, code: str) -> Table:
    """A row per year, each leading to the page of that year; every amount to its source.

    Years of an area that this one came from stand apart, under its name; the note says where the series breaks. Where
    the dossier has them recomputed they stand below a row for both together, and the note names the rule.
    """
    messages, points = setting.messages, points_of(setting, area_subject(code))
    rows = []
    for point, depth in with_parts(points):
        account = setting.figures.account.standing(point.year)
        cells = [cell_of(setting, point, measure) for measure in MEASURES]
        label = messages("area.year_of", year=point.year, name=point.name) if point.name else str(point.year)
        place = area_year_place(setting.figures.dossier, point.subject.code, point.year)
        name = Cell(label, "" if point.parts else place)
        rows.append(TableRow((name, *cells, Cell(_basis(setting, account))), depth))
    years = [point.year for point, _ in with_parts(points)]
    headings = [series_name(setting.figures, messages, measure, years) for measure in MEASURES]
    columns = (messages("area.year", unit=_unit(setting)), *headings, messages("area.basis"))
    notes = [series_note(setting, area_subject(code), points)]
    notes += [note for point in points if not point.parts for note in pots_note(setting, point.subject, point.year)]
    note = " ".join(words for words in notes if words)
    return explained(Table("table-years", messages("area.years"), columns, tuple(rows), note), messages)


def _unit(setting: Setting) -> str:
    return setting.messages(f"unit.{UNIT_NAMES[setting.unit_cents]}")


def _basis(setting: Setting, account: YearAccount) -> str:
    """How far a year is: adopted, or up to which day it is known while it runs."""
    known = setting.figures.known_until(DeliveryKind.REALISED, account.year)
    if account.state in RUNNING and known:
        return setting.messages("basis.running", day=setting.messages.day(known))
    return setting.messages("basis.adopted" if account.state is State.ADOPTED else "basis.newest")


def lines_table(setting: Setting, code: str, year: int) -> Table:
    """The budget lines of an area in a year, and together what the area has.

    A line that also has lines in other areas counts here for its part in this area alone; a note says so. A line
    within another line of the area stands below it, and counts in it.
    """
    messages, lines = setting.messages, setting.figures.lines_of(year)
    measures = [one for one in OF_LINES if setting.figures.is_known(Address(one, TOTAL, year))]
    here = {line.code: line for line in setting.figures.lines(Address("budget", area_subject(code), year))}
    rows, partly = [], False
    for line in here.values():
        branch = lines.branch[line.code]
        inside = [one for one in branch if one.code in here]
        partly = partly or len(inside) < len(branch)
        subject = line_subject(line.code)
        cells = [_line_cell(setting, Address(measure, subject, year), inside, len(branch)) for measure in measures]
        depth = sum(over in here for over in above(lines.parents, line.code)) - 1
        rows.append(TableRow((Cell(line.name, setting.places.source(subject, year)), *cells), depth))
    total = [amount_cell(setting, Address(measure, area_subject(code), year)) for measure in measures]
    rows.append(TableRow((Cell(messages("source.together")), *total), total=True))
    headings = [measure_name(setting.figures, messages, measure, year) for measure in measures]
    columns = (messages("table.line", unit=_unit(setting)), *headings)
    notes = [messages("area.part_of_line")] if partly else []
    notes += [messages("area.line_below")] if any(row.depth for row in rows) else []
    notes += pots_note(setting, area_subject(code), year)
    table = Table("table-lines", messages("area.lines", year=year), columns, tuple(rows), " ".join(notes))
    return explained(table, messages)


def _line_cell(setting: Setting, address: Address, inside: Sequence[LineAccount], below: int) -> Cell:
    """The figure of a line; of a line that reaches into other areas the part that lies in this one."""
    if len(inside) == below:
        return amount_cell(setting, address)
    account, cents = setting.figures.account.standing(address.year or 0), value(inside, address.measure)
    units = setting.figures.units_of(inside, address.measure, account, setting.unit_cents)
    exact = "" if units == plain(cents, setting.unit_cents) else setting.messages.euros(cents)
    return Cell(setting.messages.number(units), setting.places.figure(address), True, units < 0, exact)


def has_term(setting: Setting, code: str, year: int) -> bool:
    """Whether the money of an area has a term that runs on its own lines."""
    try:
        setting.figures.figure(Address("closing", area_subject(code), year))
    except NoFigure:
        return False
    return True
