"""What the command line shows: faults, tables, claims and traces, as a person reads them on a terminal."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from gebiedswerk.app.account_of_year import AMOUNTS, RESERVES
from gebiedswerk.core.fault_codes import Severity
from gebiedswerk.core.faults import Fact, Fault, fact_text
from gebiedswerk.core.hierarchy import above
from gebiedswerk.core.spending_term import TermRule, Tranche, must_be_covered
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from rich.progress import Progress

    from gebiedswerk.app.account_of_year import YearAccount
    from gebiedswerk.app.check import DeliverySummary
    from gebiedswerk.app.find_figure import TracedFigure
    from gebiedswerk.app.terms_of_year import Lapsing

ACCOUNT = tuple(name for name in AMOUNTS if name not in RESERVES and name != "committed")
RESERVE_COLUMNS = ("reserve_in", "reserve_out", "result_after")
"""In a year in which money went into or out of reserves."""
BAD, ODD = "bold red", "bold yellow"  # literal: styles
WIDE, FILE, AMOUNT = 140, 120, 12
ALWAYS = ("budget", "realised", "result")
"""Columns that a narrow terminal shows too."""


def console(*, stderr: bool = False) -> Console:
    """A terminal as wide as it is; plain text where the output goes to a file, as wide as COLUMNS says or else 120."""
    found = Console(highlight=False, stderr=stderr)
    said = os.environ.get("COLUMNS", "")
    return found if found.is_terminal or said.isdecimal() else Console(highlight=False, stderr=stderr, width=FILE)


def show_lines(lines: Iterable[str], to: Console) -> None:
    """Sentences as wide as the terminal, what is cut off further in; a word, such as a row to copy, is never cut."""
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        cut = textwrap.wrap(
            line.strip(),
            to.width,
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        print("\n".join(cut))


def show_table(table: Table, to: Console) -> None:
    """A table, its headers broken between words where that helps; where its cells do not fit, a block per row."""
    least = [_least(column) for column in table.columns]
    left = to.width - sum(least) - 3 * len(least) - 1
    if left >= 0:
        for column, width in zip(table.columns, least, strict=True):
            wider = max(min(cell_len(str(column.header)) - width, left), 0)
            column.width, left = width + wider, left - wider
        to.print(table)
        return
    for words in (table.title, *_row_blocks(table), table.caption):
        if words:
            to.print(words)


def _least(column: Column) -> int:
    """The width that a column cannot do without: that of its widest cell, or of the longest word of its header."""
    cells = [line for cell in (*column.cells, column.footer) for line in str(cell).split("\n")]
    return max(cell_len(text) for text in (*str(column.header).split(), *cells, ""))


def _row_blocks(table: Table) -> Iterator[Text]:
    """Each row as its first cell with the others below it, named by their headers; the footer is the last."""
    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    rows += [tuple(column.footer for column in table.columns)] if table.show_footer else []
    names = [f"{column.header}:" for column in table.columns[1:]]
    right = all(column.justify == "right" for column in table.columns[1:])
    for first, *cells in rows:
        texts = [str(cell).replace(":\n", ": ").replace("\n", ", ") for cell in cells]
        width = max(map(cell_len, texts)) if right else 0
        yield Text(str(first).strip(), style="bold")
        for name, text in zip(names, texts, strict=True):
            yield Text(f"  {name:<{max(map(len, names))}}  {text:>{width}}")


def progress(messages: Messages) -> Progress:
    """A bar for long work, on a terminal only."""
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(
        TextColumn(messages("cli.rendering")),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        transient=True,
        disable=not console().is_terminal,
    )


def fault_texts(found: Fault, messages: Messages) -> dict[str, str]:
    """The message and the remedy of a fault, in one language."""
    facts = {name: _fact_text(name, fact, messages) for name, fact in found.facts}
    place = {"file": found.file, "row": found.row, "column": _short(found.column), "value": _short(found.value)}
    facts |= {name: "" if value is None else str(value) for name, value in place.items()}
    if "kind" in facts:
        kind = messages(f"kind.{facts['kind']}")
        facts["expected"] = f"{kind}: {facts['choices']}" if facts.get("choices") else kind
    for name in ("said", "unit"):
        if name in facts:
            facts[name] = messages(f"unit_word.{facts[name]}")
    if "stage" in facts:
        facts["stage"] = messages(f"stage.{facts['stage']}")
    return {part: messages(f"fault.{found.code}.{part}", **facts) for part in ("message", "remedy")}


def _fact_text(name: str, fact: Fact, messages: Messages) -> str:
    """A fact in words; cents as euros."""
    if isinstance(fact, int) and (name == "cents" or name.endswith("_cents")):
        return messages.euros(fact)
    return fact_text(fact)


def _short(text: str | None) -> str | None:
    """The name of a column, the path of a setting or what stands there, as far as a person reads it."""
    return None if text is None else fact_text(text)


def fault_json(found: Fault, messages: Messages) -> dict[str, Any]:
    """A fault in the shape of `check --json`."""
    place = {"file": found.file, "row": found.row, "column": _short(found.column), "value": _short(found.value)}
    return {"code": found.code, "severity": found.severity.value} | place | fault_texts(found, messages)


def fault_place(found: Fault, messages: Messages) -> str:
    """File, row and column of a fault in words."""
    parts = [found.file or ""]
    parts += [messages("cli.row", row=found.row)] if found.row is not None else []
    parts += [messages("cli.column", column=_short(found.column))] if found.column else []
    return ", ".join(part for part in parts if part)


def show_faults(faults: Sequence[Fault], messages: Messages, to: Console) -> None:
    """Every fault with its place, what we saw and what to do; errors first, then how many there are."""
    for found in sorted(faults, key=lambda f: f.severity is Severity.WARNING):
        texts = fault_texts(found, messages)
        error = found.severity is Severity.ERROR
        head = Text.assemble(
            (messages("cli.error" if error else "cli.warning"), BAD if error else ODD),
            (f" {found.code}  ", "bold"),
            fault_place(found, messages),
        )
        to.print(head)
        to.print(Padding(Text(f"{texts['message']}\n→ {texts['remedy']}"), (0, 0, 1, 4)))
    count = sum(found.severity is Severity.ERROR for found in faults)
    to.print(messages("cli.counted", errors=count, warnings=len(faults) - count))


def show_deliveries(
    deliveries: Sequence[DeliverySummary], used: Sequence[str], messages: Messages, to: Console
) -> None:
    """What each delivery holds and where its money went, in euros; one that a newer export replaced says so."""
    balance = ["balance_cents"] if any(delivery.balance_cents for delivery in deliveries) else []
    names = ["lines", "debit_cents", "credit_cents", "attributed_cents", "out_of_scope_cents", *balance, "open_cents"]
    table = Table(title=messages("cli.deliveries"), title_justify="left")
    table.add_column(messages("column.delivery"))
    for name in names:
        table.add_column(messages(f"cli.delivery.{name}"), justify="right")
    for delivery in deliveries:
        sums = [messages.euros(getattr(delivery, name)) for name in names[1:]]
        name = delivery.id if delivery.id in used else f"{delivery.id} ({messages('cli.replaced')})"
        table.add_row(name, messages.number(delivery.lines), *sums)
    show_table(table, to)


def show_account(account: YearAccount, messages: Messages, to: Console) -> None:
    """The account of a year in euros: totals per line, nested lines indented."""
    columns = ACCOUNT + (RESERVE_COLUMNS if account.moves_reserves else ())
    names = [name for name in columns if to.width >= WIDE or name in ALWAYS]
    to.print(_title("cli.account", account, messages), style="italic")
    table = Table(show_footer=True)
    table.add_column(messages("column.line"), messages("table.total"))
    for name in names:
        whole = messages.euros(getattr(account.grand_total, name))
        table.add_column(messages(f"measure.{name}", year=account.year), whole, justify="right")
    for line in account.lines:
        depth = len(list(above(account.parents, line.code))) - 1
        total = account.total(line.code)
        table.add_row("  " * depth + line.name, *(messages.euros(getattr(total, name)) for name in names))
    show_table(table, to)


def show_terms(account: YearAccount, messages: Messages, to: Console, rules: Sequence[TermRule] = ()) -> None:
    """How the spending term of each line went: a row per line, tranches as 'origin: amount'."""
    to.print(_title("cli.terms", account, messages), style="italic")
    table = Table()
    table.add_column(messages("column.line"))
    wide = ("realised",) if to.width >= WIDE else ()
    steps = ("opening", "allocated", *wide, "spent", "released", "shortfall", "closing")
    for step in steps:
        how = ".to_cover" if step == "shortfall" and must_be_covered(rules, account.year) else ""
        table.add_column(messages(f"cli.term.{step}{how}"), justify="right", min_width=AMOUNT)
    for line in account.lines:
        term = line.term
        if term is not None:
            cells = [getattr(term, step) for step in steps]
            table.add_row(
                line.name, *(_tranches(c, messages) if isinstance(c, tuple) else messages.euros(c) for c in cells)
            )
    show_table(table, to)


def show_lapsing(account: YearAccount, left: Sequence[Lapsing], messages: Messages, to: Console) -> None:
    """What is left of which year's budget, and the last day on which it may be spent."""
    table = Table(title=_title("cli.lapsing", account, messages), title_justify="left")
    for name in ("line", "origin", "last_day", "left"):
        table.add_column(messages(f"column.{name}"), justify="right" if name == "left" else "left")
    for one in left:
        tranche = one.tranche
        day = messages("area.until", last_year=tranche.last_year)
        cells = (one.line, str(tranche.origin), day, messages.euros(tranche.cents))
        table.add_row(*cells, style="bold" if one.soon else "")
    table.caption = messages("cli.left_together", amount=messages.euros(sum(one.tranche.cents for one in left)))
    show_table(table, to)


def _title(name: str, account: YearAccount, messages: Messages) -> str:
    return messages(name, year=account.year, state=messages(f"state.{account.state.value}", year=account.year))


def _tranches(tranches: tuple[Tranche, ...], messages: Messages) -> str:
    return "\n".join(f"{t.origin}:\n{messages.euros(t.cents)}" for t in tranches) or "–"


def show_trace(traced: TracedFigure, messages: Messages, to: Console) -> None:
    """A figure's value, formula, inputs and postings."""
    found, year = traced.form, traced.year
    to.print(Text(f"{found['figure']}  =  {messages.euros(found['value_cents'])}", style="bold"))
    to.print(Text(messages(f"formula.{traced.measure}", year=year, before=year - 1)))
    for part in found["inputs"]:
        to.print(Text(f"  {'+' if part['sign'] > 0 else '−'} {part['figure']}  {messages.euros(part['cents'])}"))
    table = Table(title=messages("cli.postings"), title_justify="left")
    for name in ("file", "row", "line", "kind", "flow", "cents"):
        table.add_column(messages(f"column.{name}"), justify="right" if name in ("row", "cents") else "left")
    for row in found["postings"]:
        sorts = [messages(f"sort.{row[name]}") for name in ("kind", "flow")]
        place = str(row["row"]) if row["ground"] is None else messages("cli.hidden", count=row["count"])
        table.add_row(row["file"], place, row["line"], *sorts, messages.euros(row["cents"]))
    show_table(table, to)
