"""What an import says to a person: what the file is, what it replaces and lacks, and what would move."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gebiedswerk.blocks.headings import name_in_year
from gebiedswerk.dossier.table_files import read_file
from gebiedswerk.dossier.table_reader import columns_of, header_of
from gebiedswerk.dossier.tables import TABLES, AttributionRow
from gebiedswerk.dossier.written import cell_text
from gebiedswerk.figures import TOTAL, Address, line_subject
from gebiedswerk.importing.answer_values import Imported, Offer, listed
from gebiedswerk.importing.difference import Difference, Moved
from gebiedswerk.importing.unattributed import OpenGroup, ProposedRule
from gebiedswerk.language.messages import Messages

MOST = 8
"""So many of a kind are named; the rest is counted."""
UNKNOWN = "?"
RULES = TABLES["attribution"]


def imported_text(imported: Imported, dossier: Path, messages: Messages) -> Iterator[str]:
    """What an import found, line by line. Without an offer there is nothing to say but that it was there already."""
    if imported.already is not None:
        one = imported.already
        said = "cli.import.answered" if imported.answered else "cli.import.already"
        facts = {"name": imported.file, "delivery": one.id, "years": listed(one.settings.years)}
        yield messages(said, **facts, profile=one.settings.profile)
    if imported.offer is None:
        return
    yield from _offer(imported.offer, messages)
    if imported.without_lines:
        yield messages("cli.import.without_lines", years=listed(imported.without_lines))
    yield from _open(imported.open, dossier, messages)
    if imported.difference is not None:
        yield ""
        yield from difference_text(imported.difference, messages)


def _offer(offer: Offer, messages: Messages) -> Iterator[str]:
    settings, counted = offer.delivery.settings, offer.counted
    yield messages("cli.import.read", name=offer.delivery.path.name, profile=settings.profile)
    yield messages(
        "cli.import.is",
        kind=messages(f"cli.import.kind.{settings.kind}"),
        administration=settings.administration,
        years=listed(settings.years),
        found=listed(counted.periods),
        periods=listed(settings.periods),
    )
    moment = messages.moment(settings.exported_at)
    yield messages(
        "cli.import.own_moment" if offer.moment_words else "cli.import.moment", moment=moment, words=offer.moment_words
    )
    yield messages(
        "cli.import.sums",
        lines=messages.number(counted.lines),
        debit=messages.euros(counted.debit_cents),
        credit=messages.euros(counted.credit_cents),
    )
    for older in offer.replaces:
        then = messages.moment(older.delivery.settings.exported_at)
        yield messages("cli.import.replaces", delivery=older.delivery.id, years=listed(older.years), moment=then)
    if not offer.replaces:
        yield messages("cli.import.new")


def _open(groups: Sequence[OpenGroup], dossier: Path, messages: Messages) -> Iterator[str]:
    """What has no rule yet, largest first; each rule is proposed once, below the largest group that it would take."""
    if not groups:
        return
    postings, cents = sum(group.postings for group in groups), sum(group.cents for group in groups)
    yield ""
    yield messages("cli.import.open", postings=messages.number(postings), cents=messages.euros(cents))
    header, said = _header(dossier), set()
    for group in groups[:MOST]:
        codes = codes_text(group.codes, messages)
        yield "  " + messages(
            "cli.import.group", codes=codes, cents=messages.euros(group.cents), postings=group.postings
        )
        if group.rule is not None and group.rule not in said:
            said.add(group.rule)
            yield from _rule(group.rule, header, messages)
    if len(groups) > MOST:
        rest = groups[MOST:]
        cents = sum(abs(group.cents) for group in rest)
        yield "  " + messages("cli.import.groups_rest", groups=len(rest), cents=messages.euros(cents))


def codes_text(codes: Sequence[tuple[str, str]], messages: Messages) -> str:
    """Codes, or patterns of them, with what they are: `kostenplaats 7101, categorie 3.8`."""
    named = (f"{messages(f'cli.import.code.{name}')} {code}" for name, code in codes)
    return ", ".join(named) or messages("cli.import.code.none")


def _header(dossier: Path) -> tuple[list[str], str]:
    """The header of `attribution.csv` and the mark between its cells, so that a proposed row fits it."""
    found, _ = read_file(dossier / RULES.file, RULES.file)
    if found is None or not found.records:
        return [], ","
    return header_of(found.records, columns_of(RULES.rows)), found.delimiter


def _rule(rule: ProposedRule, table: tuple[Sequence[str], str], messages: Messages) -> Iterator[str]:
    """What a rule would do, and the row to add; where the table lacks a column of it, with the columns it needs."""
    name = "cli.import.rule" if rule.line else "cli.import.rule_open"
    effect = {"cents": messages.euros(rule.cents), "postings": rule.postings}
    yield "    " + messages(name, like=rule.like, **effect)
    cells = {"id": rule.id, **dict(rule.codes), "line": rule.line or UNKNOWN}
    row, lacking = _as_row(cells, table)
    yield f"      {row}"
    if lacking:
        yield "      " + messages("cli.import.rule_lacks", columns=", ".join(lacking))


def pasted_row(row: AttributionRow, dossier: Path) -> str:
    """A rule as it stands in the table: with its header, or with the columns it needs where that lacks one."""
    columns = {column.name: column for column in columns_of(RULES.rows)}
    values = ((name, getattr(row, name)) for name in columns)
    cells = {name: cell_text(value, columns[name].kind) for name, value in values if value != columns[name].default}
    return _as_row(cells, _header(dossier))[0]


def _as_row(cells: Mapping[str, str], table: tuple[Sequence[str], str]) -> tuple[str, list[str]]:
    """The cells as a row of a table; where it lacks columns each with its name, and those columns."""
    header, delimiter = table
    lacking = [name for name in cells if name not in header]
    if lacking:
        return _csv([f"{name}={cell}" for name, cell in cells.items()], ","), lacking
    return _csv([cells.get(name, "") for name in header], delimiter), []


def _csv(cells: Sequence[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return out.getvalue()


def difference_text(found: Difference, messages: Messages) -> Iterator[str]:
    """What would move, in sentences: figures, tranches, adopted years, claims and pages; largest first."""
    yield messages("cli.import.moves", figures=found.figures) if found.figures else messages("cli.import.still")
    for one in found.told[:MOST]:
        what = _figure(one.what, found, messages)
        yield "  " + messages(f"cli.import.figure{_unknown(one)}", what=what, **_amounts(one, messages))
    rest = found.figures - len(found.told[:MOST])
    if rest:
        yield "  " + messages("cli.import.figures_rest", count=rest)
    if found.tranches:
        yield messages("cli.import.tranches", count=len(found.tranches))
    for tranche in found.tranches[:MOST]:
        at = tranche.what
        facts = {"line": found.names.get(at.line, at.line), "year": at.year, "origin": at.origin}
        yield "  " + messages("cli.import.tranche", **facts, **_amounts(tranche, messages))
    if len(found.tranches) > MOST:
        yield "  " + messages("cli.import.tranches_rest", count=len(found.tranches) - MOST)
    yield from _restated(found, messages)
    yield from _claims(found, messages)
    yield from _pages(found, messages)


def _restated(found: Difference, messages: Messages) -> Iterator[str]:
    if found.restated:
        yield messages("cli.import.restated", count=len(found.restated))
    for one in found.restated[:MOST]:
        at = one.what
        what = _figure(Address(at.measure, line_subject(at.line), at.year), found, messages)
        yield "  " + messages("cli.import.restates", what=what, **_amounts(one, messages))
    if len(found.restated) > MOST:
        yield "  " + messages("cli.import.restated_rest", count=len(found.restated) - MOST)


def _claims(found: Difference, messages: Messages) -> Iterator[str]:
    if found.claims:
        yield messages("cli.import.claims", count=len(found.claims))
    elif not found.still_false:
        yield messages("cli.import.claims_hold")
    for claim in found.claims[:MOST]:
        facts = {"written": claim.written.text, "figure": claim.address, "truth": claim.verdict.truth}
        yield "  " + messages("cli.import.claim", file=claim.file, line=claim.written.line, **facts)
    if len(found.claims) > MOST:
        yield "  " + messages("cli.import.claims_rest", count=len(found.claims) - MOST)
    if found.still_false:
        yield messages("cli.import.claims_false", count=found.still_false)


def _pages(found: Difference, messages: Messages) -> Iterator[str]:
    if found.pages:
        yield messages("cli.import.pages", count=len(found.pages), pages=", ".join(found.pages[:MOST]))
        if len(found.pages) > MOST:
            yield "  " + messages("cli.import.pages_rest", count=len(found.pages) - MOST)
    if found.sources:
        yield messages("cli.import.sources", count=found.sources)
    if found.stamped:
        yield messages("cli.import.stamped", count=found.stamped)
    if not found.pages and not found.sources and not found.stamped:
        yield messages("cli.import.pages_still")


def _figure(address: Address, found: Difference, messages: Messages) -> str:
    names, measure = found.names, name_in_year(messages, address.measure, address.year, found.rules)
    line = names.get(address.line or "", str(address.subject))
    name = messages("cli.import.total") if address.subject == TOTAL else line
    year = "" if str(address.year) in measure else f" ({address.year})"
    return f"{measure}{year}, {name}"


def _amounts(one: Moved[Any], messages: Messages) -> dict[str, str]:
    by = ("+" if one.by > 0 else "") + messages.euros(one.by)
    return {"before": messages.euros(one.before or 0), "after": messages.euros(one.after or 0), "by": by}


def _unknown(one: Moved[Any]) -> str:
    """Which of the sentences tells it: a figure that was unknown was not nil."""
    return ".new" if one.before is None else ".gone" if one.after is None else ""
