"""The postings of a line on its source page: each with file and row, in pages where there are many, else as sums.

Up to `ON_A_PAGE` they stand on the source page itself; up to `LISTED` the rest stands on pages of their own; beyond
that there are sums per period and ledger account, and all of them in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from gebiedswerk.account import MEASURES, SUMS
from gebiedswerk.blocks.headings import measure_name
from gebiedswerk.blocks.models import Cell, Frame, Link, PostingsPage, Table, TableRow
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.figures import Address, Subject
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import DECISIONS_OF_A_BODY, UNDECIDED
from gebiedswerk.ledger.public import TAKEN_DOWN

COLUMNS = ("row", "delivery", "period", "booked_on", "ledger_account", "description", "cents")
DECISION_COLUMNS = ("row", "delivery", "decision", "authority", "decided_on", "description", "cents")
DECIDED = frozenset(name for name, measure in SUMS.items() if set(measure.kinds) <= set(DECISIONS_OF_A_BODY))
"""Measures that are sums of decisions: what stands behind them is a decision, by whom and when."""
SUM_COLUMNS = ("period", "ledger_account", "postings", "cents")
ON_A_PAGE, LISTED = 500, 10_000

Framed = Callable[[str, str, Sequence[Link]], Frame]
"""The frame of a page: its place, its title, and the way to it."""


def postings_table(setting: Setting, address: Address) -> Table | None:
    """The postings of the line itself, the first of them, or their sums; those of other lines stand on their page."""
    if address.line is None:
        return None
    found = setting.figures.own_postings(address, [address.line])
    if found.is_empty():
        return None
    if found.height > LISTED:
        return _sums(setting, address, found)
    return _listed(setting, address, found, 1)


def page_links(setting: Setting, address: Address) -> Iterator[Link]:
    """The pages on which the postings of a measure stand, the source page first; none where they fit on that."""
    for number in range(1, _pages(setting, address) + 1):
        yield Link(setting.messages.number(number), setting.places.postings(address, number))


def postings_pages(setting: Setting, subject: Subject, framed: Framed, way: Sequence[Link]) -> Iterator[PostingsPage]:
    """The second and further pages of postings of a line, per measure that is a sum of postings."""
    for measure in MEASURES:
        address = Address(measure, subject, setting.year)
        links = tuple(page_links(setting, address)) if MEASURES[measure].kinds else ()
        name, what = setting.account.by_code[subject.code].name, _title(setting, address)
        for number in range(2, len(links) + 1):
            facts = {"name": name, "measure": what, "number": setting.messages.number(number)}
            back = Link(setting.messages("source.title", name=name, year=setting.year), setting.places.figure(address))
            frame = framed(links[number - 1].href, setting.messages("source.page_title", **facts), [*way, back])
            found = setting.figures.own_postings(address, [subject.code])
            yield PostingsPage(frame, _listed(setting, address, found, number), links, number)


def has_pages(setting: Setting, subject: Subject) -> bool:
    """Whether a subject is a line with so many postings in a year that they have a file of their own."""
    return (
        subject.line in setting.account.by_code and setting.figures.behind.count(subject.code, setting.year) > ON_A_PAGE
    )


def _pages(setting: Setting, address: Address) -> int:
    if address.line is None or address.line not in setting.account.by_code:
        return 0
    rows = setting.figures.own_postings(address, [address.line]).height
    return 0 if rows <= ON_A_PAGE or rows > LISTED else -(-rows // ON_A_PAGE)


def _name(setting: Setting, address: Address) -> str:
    """The name of the line of which postings are listed."""
    return setting.account.by_code[address.line or ""].name


def _title(setting: Setting, address: Address) -> str:
    return measure_name(setting.figures, setting.messages, address.measure, setting.year)


def _listed(setting: Setting, address: Address, found: pl.DataFrame, number: int) -> Table:
    """One page of postings, each on a row; the last one ends with what all of them add up to."""
    messages, sign = setting.messages, MEASURES[address.measure].sign
    start = (number - 1) * ON_A_PAGE
    grounds = _grounds(setting)
    shown = found.slice(start, ON_A_PAGE).iter_rows(named=True)
    shown_columns = DECISION_COLUMNS if address.measure in DECIDED else COLUMNS
    rows = [_posting_row(posting, sign, messages, grounds, shown_columns) for posting in shown]
    if start + ON_A_PAGE >= found.height:
        rows.append(_together(setting, found, sign, len(COLUMNS) - 2))
    caption = messages("source.postings", name=_name(setting, address), measure=_title(setting, address))
    if found.height > ON_A_PAGE:
        facts = {"first": start + 1, "last": min(start + ON_A_PAGE, found.height), "all": found.height}
        counts = {name: messages.number(value) for name, value in facts.items()}
        caption = messages("source.postings_page", caption=caption, **counts)
    columns = tuple(messages(f"column.{column}") for column in shown_columns)
    return Table(f"postings-{address.measure}", caption, columns, tuple(rows))


def _sums(setting: Setting, address: Address, found: pl.DataFrame) -> Table:
    """What the postings add up to per period and ledger account, hidden ones without an account."""
    messages, sign = setting.messages, MEASURES[address.measure].sign
    grain = ["period", "last_period", "ledger_account"]
    # one row per period and ledger account; a group of hidden postings may span periods
    sums = found.group_by(grain).agg(pl.col("count").sum(), pl.col("cents").sum()).sort(grain, nulls_last=True)
    rows = []
    for posting in sums.iter_rows(named=True):
        account = posting["ledger_account"] or messages("source.no_account")
        count = Cell(messages.number(posting["count"]), "", True)
        amount = sign * posting["cents"]
        rows.append(
            TableRow((Cell(_period(posting)), Cell(account), count, Cell(messages.euros(amount), "", True, amount < 0)))
        )
    count = Cell(messages.number(int(found["count"].sum())), "", True)
    total = _together(setting, found, sign, 1)
    rows.append(TableRow((*total.cells[:2], count, total.cells[-1]), total=True))
    name = _name(setting, address)
    caption = messages("source.sums", name=name, measure=_title(setting, address), count=count.text)
    columns = tuple(messages(f"column.{column}") for column in SUM_COLUMNS)
    return Table(f"postings-{address.measure}", caption, columns, tuple(rows))


def _together(setting: Setting, found: pl.DataFrame, sign: int, blanks: int) -> TableRow:
    total = sign * int(found["cents"].sum())
    cells = (Cell(setting.messages("source.together")), *(Cell("") for _ in range(blanks)))
    return TableRow((*cells, Cell(setting.messages.euros(total), "", True, total < 0)), total=True)


def _grounds(setting: Setting) -> dict[str, str]:
    """The name of each ground on which postings are hidden → its words."""
    blocks = setting.figures.dossier.settings.privacy.block or []
    undecided = {name: setting.messages(f"source.{name}") for name in (UNDECIDED, TAKEN_DOWN)}
    return undecided | {block.name: block.ground for block in reversed(blocks)}


def _posting_row(
    posting: Mapping[str, object], sign: int, messages: Messages, grounds: Mapping[str, str], columns: Sequence[str]
) -> TableRow:
    cents = sign * int(str(posting["cents"]))
    texts = [_text(posting, name, messages, grounds) for name in columns[:-1]]
    return TableRow((*(Cell(text) for text in texts), Cell(messages.euros(cents), "", True, cents < 0)))


def _text(posting: Mapping[str, object], name: str, messages: Messages, grounds: Mapping[str, str]) -> str:
    """One cell of a posting: days and who decided in words, of a group how many it holds and why it is one."""
    value = posting[name]
    if name == "period":
        return _period(posting)
    if posting["ground"] is not None and name == "row":
        return messages("source.hidden", count=messages.number(int(str(posting["count"]))))
    if posting["ground"] is not None and name == "description":
        return " ".join(grounds.get(ground, ground) for ground in str(posting["ground"]).split())
    if isinstance(value, date):
        return messages.day(value)
    if name == "authority" and value:
        return messages(f"authority.{value}")
    text = "" if value is None else str(value)
    return messages.own(text) if name == "description" else text


def _period(posting: Mapping[str, object]) -> str:
    first, last = posting["period"], posting["last_period"]
    return str(first) if first == last else f"{first}–{last}"
