"""Words of the dossier that `new` makes, left in one that is published: they say that it is made up, or to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.dossier.model import Delivery, Dossier, Publication
from gebiedswerk.dossier.settings import DeliverySettings, DossierSettings, Profile, PublicationSettings, Status
from gebiedswerk.dossier.settings_reader import read_settings
from gebiedswerk.dossier.starter import STARTER
from gebiedswerk.dossier.table_reader import read_table
from gebiedswerk.dossier.tables import TABLES
from gebiedswerk.dossier.texts import DossierText, dossier_texts

MAY_STAY: Mapping[str, str] = {  # literal: words of the starter
    "Noord": "many a place has one",
    "Zuid": "many a place has one",
    "wijk": "what areas are",
    "R2024-11": "a council may have decided by that number",
    "Jaarrekening 2025: gebiedsgericht werken": "what a publication is",
    "Salarissen: wat een medewerker verdient, is persoonlijk (Woo artikel 5.1, tweede lid, onder e).": "the law",
}
"""Texts of the starter that may be true of any municipality, and why. Every other one says something of the example."""
A_SENTENCE = 3
"""Words from which a part of a text is a sentence, that may stand among others; what is shorter is the whole text."""


def template_faults(dossier: Dossier) -> list[Fault]:
    """Words of the starter: an error where anything is published (D186), else a warning (D187)."""
    published = any(one.settings.status is not Status.DRAFT for one in dossier.publications)
    code = "D186" if published else "D187"
    texts = dossier_texts(dossier)
    found = (one for one in texts if dossier.session.once(("starter", one.text), partial(_is_of_starter, one.text)))
    return capped(fault(code, text.file, text.row, text.column, text.text) for text in found)


def _is_of_starter(text: str) -> bool:
    words = _plain(text)
    return any(one in words if _is_sentence(one) else one == words for one in template_words())


@cache  # cache: by the starter, which is source
def template_words() -> tuple[str, ...]:
    """The sentences of the starter that are about nothing but the example, in plain letters."""
    told = (text.text for text in starter_texts() if text.text not in MAY_STAY)
    return tuple(dict.fromkeys(_plain(part) for text in told for part in re.split(r"(?<=[.!?])\s+", text)))


def starter_texts() -> list[DossierText]:
    """Every text of the starter that would reach a page; not what stands in exports."""
    settings, _ = read_settings(STARTER / "dossier.toml", "dossier.toml", DossierSettings)
    if settings is None:
        return []
    tables: dict[str, Any] = {name: read_table(STARTER / table.file, table)[0] for name, table in TABLES.items()}
    deliveries = [
        Delivery(file.parent.name, file, file.name, "", found, Profile())
        for file in sorted(STARTER.glob("deliveries/*/delivery.toml"))
        if (found := read_settings(file, file.name, DeliverySettings)[0])
    ]
    publications = [
        Publication(file.parent.name, about, ())
        for file in sorted(STARTER.glob("publications/*/publication.toml"))
        if (about := read_settings(file, file.name, PublicationSettings)[0])
    ]
    whole = Dossier(STARTER, settings, **tables, deliveries=tuple(deliveries), publications=tuple(publications))
    return list(dossier_texts(whole))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")


def _is_sentence(words: str) -> bool:
    return len(words.split()) >= A_SENTENCE
