"""The page of delivered files: what each is, what it covers, how much of it came to budgets, and the hash of its bytes.

Of a file it says how many lines it has and what of it came to budget lines; what else stands in it is nobody's business
(decision 22).
"""

from __future__ import annotations

from collections.abc import Iterator

from gebiedswerk.blocks.models import DeliveredFile, DeliveriesPage, Frame
from gebiedswerk.blocks.places import delivery_place
from gebiedswerk.dossier import Delivery
from gebiedswerk.figures import Figures
from gebiedswerk.language.messages import Messages
from gebiedswerk.ledger import DeliverySummary


def deliveries_page(newest: Figures, messages: Messages, frame: Frame) -> DeliveriesPage:
    """Every delivery of the dossier, the newest export first."""
    summaries = {one.id: one for one in newest.ledger.deliveries}
    found = sorted(newest.dossier.deliveries, key=lambda one: (one.settings.exported_at, one.id), reverse=True)
    files = (_file(one, summaries[one.id], one.id in newest.ledger.used, messages) for one in found)
    return DeliveriesPage(frame, messages("deliveries.intro"), tuple(files))


def _file(delivery: Delivery, summary: DeliverySummary, used: bool, messages: Messages) -> DeliveredFile:
    anchor = delivery_place(delivery.id).partition("#")[2]
    status = messages("deliveries.used" if used else "deliveries.replaced")
    facts = tuple((messages(f"deliveries.{name}"), text) for name, text in _facts(delivery, summary, used, messages))
    return DeliveredFile(anchor, delivery.id, status, facts, delivery.sha256)


def _facts(delivery: Delivery, summary: DeliverySummary, used: bool, messages: Messages) -> Iterator[tuple[str, str]]:
    settings = delivery.settings
    yield "file", settings.file
    yield "kind", messages(f"deliveries.kind.{settings.kind.value}")
    yield "administration", settings.administration
    yield "years", ", ".join(map(str, sorted(settings.years)))
    yield "periods", _span(sorted(set(settings.periods)))
    yield "exported_at", messages.moment(settings.exported_at)
    yield "lines", messages.number(summary.lines)
    if used:
        yield "attributed", messages("amount.euro", amount=messages.euros(summary.attributed_cents))
    yield "decision", messages.own(settings.public_decision) or messages("deliveries.no_decision")
    if settings.public_decision:
        columns = (messages(f"deliveries.column.{name.value}") for name in settings.public_columns)
        yield "columns", ", ".join(columns) or messages("deliveries.no_columns")


def _span(periods: list[int]) -> str:
    whole = periods == list(range(periods[0], periods[-1] + 1)) and len(periods) > 2
    return f"{periods[0]}–{periods[-1]}" if whole else ", ".join(map(str, periods))
