"""Where the postings of a subject come from: the rules that attributed them, their files, and accepted differences."""

from __future__ import annotations

from gebiedswerk.blocks.models import Cell, Table, TableRow
from gebiedswerk.blocks.places import delivery_place
from gebiedswerk.blocks.year_tables import Setting
from gebiedswerk.dossier import standing
from gebiedswerk.figures import Address, Subject


def rules(setting: Setting, subject: Subject) -> Table | None:
    """The rules by which delivered postings came to these lines."""
    used = setting.figures.behind.rules(_lines(setting, subject), setting.year)
    messages = setting.messages
    rows, known = [], setting.figures.dossier.rules_by_id
    for rule in sorted((known[name] for name in used if name in known), key=lambda rule: rule.row):
        place = messages("source.by_key", key=rule.key) if rule.key else rule.line or ""
        rows.append(TableRow((Cell(rule.id), Cell(place), Cell(f"attribution.csv, {rule.row}"))))
    columns = (messages("column.rule"), messages("column.to"), messages("column.place"))
    return Table("rules", messages("source.rules"), columns, tuple(rows)) if rows else None


def deliveries(setting: Setting, subject: Subject) -> Table | None:
    """The files in which the postings stand, each leading to what is known of it."""
    used = used_deliveries(setting, subject)
    messages = setting.messages
    rows = [
        TableRow(
            (
                Cell(delivery.id, delivery_place(delivery.id)),
                Cell(delivery.settings.file),
                Cell(messages.moment(delivery.settings.exported_at)),
            )
        )
        for delivery in setting.figures.dossier.deliveries
        if delivery.id in used
    ]
    columns = tuple(messages(f"column.{name}") for name in ("delivery", "file", "exported_at"))
    return Table("deliveries", messages("source.deliveries"), columns, tuple(rows)) if rows else None


def used_deliveries(setting: Setting, subject: Subject) -> set[str]:
    """The deliveries behind any measure of a subject."""
    return setting.figures.behind.deliveries(_lines(setting, subject), setting.year)


def accepted(setting: Setting) -> Table | None:
    """The differences that were accepted with a reason: what, how much, why, by whom and when."""
    messages, basis = setting.messages, setting.figures.ledger.basis
    rows = [
        TableRow(
            (
                Cell(_what(setting, row.what)),
                Cell(row.reason),
                Cell(row.who),
                Cell(setting.messages.day(row.accepted_on)),
                Cell(setting.messages.euros(row.amount), "", True, row.amount < 0),
            )
        )
        for row in standing(setting.figures.dossier.reconciliations)
        if basis.knows(row.accepted_on)
    ]
    columns = tuple(messages(f"accepted.{name}") for name in ("what", "reason", "who", "when", "amount"))
    return Table("accepted", messages("accepted.caption"), columns, tuple(rows)) if rows else None


def _what(setting: Setting, what: str) -> str:
    """What a difference is about: a delivery as the table names it, an outside figure or a cell of Iv3 in words."""
    kind, _, name = what.partition(":")
    parts = name.split("/")
    if kind == "iv3" and len(parts) == 5 and parts[2] in ("lasten", "baten"):
        number, year, side, taakveld, category = parts
        facts = {"number": number, "year": year, "side": setting.messages(f"accepted.{side}")}
        return setting.messages("accepted.iv3", **facts, taakveld=taakveld, category=category)
    return setting.messages("accepted.outside", name=name.replace("-", " ")) if kind == "outside" else what


def _lines(setting: Setting, subject: Subject) -> list[str]:
    """The lines whose postings stand behind the measures of a subject."""
    return [line.code for line in setting.figures.lines(Address("result", subject, setting.year))]
