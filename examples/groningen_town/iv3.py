"""Iv3 of 2019: what the municipality told the CBS about its annual accounts, made from the same postings.

The form is that of the CBS (Iv3 data schema 2.1). Amounts are whole euros, positive on both sides. The result is what
makes lasten and baten equal (taakveld 0.11); it is in no posting, and so an accepted difference. The list of codes
beside it holds only those used here: codes and names are of the CBS, the choice is ours.
"""

from __future__ import annotations

import json
from collections import Counter

from examples.groningen_town.bookings import bookings

NUMBER = "0014"
RESULT = ("0.11", "7.1")
WHAT = f"iv3:{NUMBER}/2019/baten/{'/'.join(RESULT)}"
REASON = (
    "Het resultaat staat in Iv3 als sluitpost (taakveld 0.11) en is geen boeking. In dit voorbeeld is het zo groot "
    "omdat het grootboek geen belastingen en algemene uitkering bevat."
)
TAAKVELDEN = {
    "0.1": "Bestuur",
    "0.2": "Burgerzaken",
    "0.10": "Mutaties reserves",
    "0.11": "Resultaat van de rekening van baten en lasten",
    "2.1": "Verkeer en vervoer",
    "5.7": "Openbaar groen en (openlucht) recreatie",
    "6.1": "Samenkracht en burgerparticipatie",
    "8.3": "Wonen en bouwen",
}
CATEGORIES = {
    "lasten": {"3.5.1": "Ingeleend personeel", "3.8": "Overige goederen en diensten", "4.2": "Subsidies"},
    "baten": {
        "3.8": "Overige goederen en diensten",
        "4.3.1": "Inkomensoverdrachten - Rijk",
        "4.3.8": "Inkomensoverdrachten - overige instellingen en personen",
        "7.1": "Mutatie reserves",
    },
}
Cells = dict[tuple[str, str], int]


def files() -> dict[str, bytes]:
    """The delivery to the CBS and the list of codes."""
    return {"iv3/2019-jaarrekening.json": _json(delivery()), "iv3/codes-2019.json": _json(codes())}


def result() -> int:
    """The result in whole euros, negative: what lasten are more than baten."""
    lasten, baten = sides()
    return sum(lasten.values()) - sum(baten.values())


def sides() -> tuple[Cells, Cells]:
    """Lasten and baten in whole euros per taakveld and category; half a euro goes up."""
    lasten: Counter[tuple[str, str]] = Counter()
    baten: Counter[tuple[str, str]] = Counter()
    for one in bookings(2019):
        cell = (one.taakveld, one.category)
        if one.account.startswith(("08", "0971")):
            baten[cell] -= one.cents
        else:
            lasten[cell] += one.cents
    return _euros(lasten), _euros(baten)


def _euros(cents: Cells) -> Cells:
    return {cell: (amount + 50) // 100 for cell, amount in sorted(cents.items())}


def delivery() -> dict[str, object]:
    """What goes to the CBS; nobody is named, and the balance sheet is left out."""
    lasten, baten = sides()
    return {
        "metadata": {
            "overheidslaag": "Gemeente",
            "overheidsnummer": NUMBER,
            "overheidsnaam": "Groningen",
            "boekjaar": 2019,
            "periode": 5,
            "status": "Realisatie",
            "datum": "2020-06-29T15:30:00",
            "details_openbaar": False,
            "financieel_pakket": "Voorbeeldpakket",
            "export_software": "Voorbeeldpakket",
        },
        "contact": {"naam": "Concerncontrol", "email": "voorbeeld@example.nl", "telefoon": "14050"},
        "opmerkingen": [{"tekst": "Verzonnen bedragen: voorbeeld bij Gebiedswerk."}],
        "data": {
            "lasten": _rows(lasten),
            "baten": _rows({**baten, RESULT: result()}),
            "balans_lasten": [],
            "balans_baten": [],
            "balans_standen": [],
        },
    }


def _rows(cells: Cells) -> list[dict[str, object]]:
    return [
        {"taakveld": taakveld, "categorie": category, "bedrag": amount}
        for (taakveld, category), amount in sorted(cells.items())
    ]


def codes() -> dict[str, object]:
    """The definitions of 2019, in the form of the CBS and with nothing but what the delivery uses."""
    about = "Alleen de codes van dit voorbeeld, uit de Iv3-definities 2019 van het CBS; niet de officiële lijst"
    return {
        "metadata": {"overheidslaag": "Gemeente", "boekjaar": "2019", "omschrijving": about},
        "codelijsten": {
            "taakveld": {"codelijst": _list(TAAKVELDEN)},
            **{f"categorie_{side}": {"codelijst": _list(found)} for side, found in CATEGORIES.items()},
        },
        "grijze_cellen": {"lasten": [], "baten": []},
    }


def _list(found: dict[str, str]) -> list[dict[str, str]]:
    return [{"code": code, "omschrijving": name} for code, name in found.items()]


def _json(found: object) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
