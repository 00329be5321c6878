"""What an import found, as JSON: see `docs/reference/json.md`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gebiedswerk.importing.answer_values import Imported, Offer
from gebiedswerk.importing.difference import Difference, Moved
from gebiedswerk.importing.unattributed import OpenGroup, ProposedRule
from gebiedswerk.pages import Claim


def imported_json(imported: Imported) -> dict[str, Any]:
    """All that is known of a file that is taken in, or would be; its faults apart."""
    already, landed = imported.already, imported.landed
    return {
        "already": already and {"delivery": already.id, "years": already.settings.years},
        "offer": imported.offer and _offer(imported.offer),
        "without_lines": list(imported.without_lines),
        "open": [_open(group) for group in imported.open],
        "difference": imported.difference and _difference(imported.difference),
        "landed": landed and landed.as_posix(),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    settings, counted = offer.delivery.settings, offer.counted
    return {
        "delivery": offer.delivery.id,
        "profile": settings.profile,
        "kind": settings.kind,
        "administration": settings.administration,
        "years": settings.years,
        "periods": settings.periods,
        "periods_found": counted.periods,
        "exported_at": settings.exported_at.isoformat(),
        "exported_at_of_file": bool(offer.moment_words),
        "exported_at_words": offer.moment_words,
        "lines": counted.lines,
        "debit_cents": counted.debit_cents,
        "credit_cents": counted.credit_cents,
        "replaces": [
            {"delivery": older.delivery.id, "years": list(older.years)}
            | {"exported_at": older.delivery.settings.exported_at.isoformat()}
            for older in offer.replaces
        ],
    }


def _open(group: OpenGroup) -> dict[str, Any]:
    of = {"codes": dict(group.codes), "cents": group.cents, "postings": group.postings}
    return of | {"rule": rule_json(group.rule) if group.rule else None}


def rule_json(rule: ProposedRule) -> dict[str, Any]:
    """A proposed rule: its patterns by column, where it might go and why, and what it would attribute."""
    why = {"like": rule.like or None, "words": rule.words or None, "sure": rule.sure}
    effect = {"cents": rule.cents, "postings": rule.postings}
    return {"id": rule.id, "codes": dict(rule.codes), "line": rule.line or None} | why | effect


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "figures_moved": found.figures,
        "figures": [{"figure": str(one.what)} | _amounts(one) for one in found.told],
        "tranches": [
            {"line": one.what.line, "year": one.what.year, "origin": one.what.origin} | _amounts(one)
            for one in found.tranches
        ],
        "restated": [
            {"line": one.what.line, "year": one.what.year, "measure": one.what.measure} | _amounts(one)
            for one in found.restated
        ],
        "claims": list(_claims(found.claims)),
        "claims_still_false": found.still_false,
        "pages": list(found.pages),
        "source_pages": found.sources,
        "pages_with_a_newer_stamp": found.stamped,
    }


def _amounts(one: Moved[Any]) -> dict[str, int | None]:
    return {"before_cents": one.before, "after_cents": one.after}


def _claims(claims: Iterable[Claim]) -> Iterable[dict[str, Any]]:
    for claim in claims:
        place = {"file": claim.file, "row": claim.written.line}
        yield place | {"figure": str(claim.address), "written": claim.written.text, "true": claim.verdict.truth}
