"""A delivery lands: the file as it came, and beside it what is known of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gebiedswerk.core.actor import By
from gebiedswerk.core.faults import Checked, fault
from gebiedswerk.dossier.settings import DecisionSettings
from gebiedswerk.dossier.toml_edit import toml_value
from gebiedswerk.dossier.writing import apply as writing
from gebiedswerk.dossier.writing.change import Delivered
from gebiedswerk.importing.answer_values import Offer
from gebiedswerk.language import numbers_and_dates
from gebiedswerk.language.messages import Messages

PATIENCE_SECONDS = 30.0
"""How long an import waits for another that is at work in the same dossier."""


def land(dossier: Path, offer: Offer, messages: Messages, by: By) -> Checked[Path | None]:
    """Put a delivery in the dossier. Returns its folder, or why it could not be written (I112, I113, or as `apply`)."""
    delivery = offer.delivery
    data = delivery.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != delivery.sha256:
        return Checked(None, (fault("I112", delivery.path.name),))
    files = {delivery.settings.file: data, "delivery.toml": delivery_text(offer, messages).encode()}
    landed = writing.land(dossier, [Delivered(delivery.id, files)], by, f"import {delivery.path.name}")
    place = f"deliveries/{delivery.id}"
    faults = (replace(one, code="I113", file=place) if one.code == "B111" else one for one in landed.faults)
    return Checked(dossier / place if landed.value else None, tuple(faults))


def delivery_text(offer: Offer, messages: Messages) -> str:
    """The `delivery.toml` of an offer, with what a person should know of it as comments."""
    delivery, settings = offer.delivery, offer.delivery.settings
    moment = f"exported_at = {settings.exported_at.isoformat()}"
    lines = [
        *_comment(messages("cli.import.toml.head", name=toml_value(delivery.path.name))),
        f"file = {toml_value(settings.file)}",
        f"kind = {toml_value(settings.kind)}",
        f"administration = {toml_value(settings.administration)}",
        f"years = {settings.years}",
        f"periods = {settings.periods}",
        *(_comment(messages("cli.import.toml.moment", words=offer.moment_words)) if offer.moment_words else []),
        moment,
        f"profile = {toml_value(settings.profile)}",
        *([f"accepted = {toml_value(settings.accepted)}"] if settings.accepted else []),
        *_comment(messages("cli.import.toml.public")),
        f"public_decision = {toml_value(settings.public_decision)}",
        f"public_columns = [{', '.join(map(toml_value, settings.public_columns))}]",
        *(["whole = true"] if settings.whole else []),  # literal: a setting
        *(
            line
            for one in settings.cover
            for line in ("", "[[cover]]", f"year = {one.year}", f"periods = {one.periods}")
        ),
        *(line for one in settings.decision for line in _decision_lines(one)),
        "",
        *_comment(messages("cli.import.toml.control")),
        "[control]",
        f"lines = {offer.counted.lines}",
        f'debit = "{numbers_and_dates.euros(offer.counted.debit_cents)}"',
        f'credit = "{numbers_and_dates.euros(offer.counted.credit_cents)}"',
    ]
    return "\n".join(lines) + "\n"


def _decision_lines(one: DecisionSettings) -> Iterator[str]:
    """What was said of the decisions of a budget."""
    yield from ("", "[[decision]]")
    for name in ("kind", "number", "authority", "status"):
        if getattr(one, name):
            yield f"{name} = {toml_value(str(getattr(one, name)))}"
    yield from (f"{name} = {day}" for name in ("decided_on", "effective_on") if (day := getattr(one, name)))
    yield from ["complete = true"] if one.complete else []  # literal: a setting


def _comment(words: str) -> list[str]:
    return [f"# {line}" for line in words.splitlines()]
