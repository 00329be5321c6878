"""How packages and people head their columns. Written from manuals and from what people make up, not from our lists."""

from __future__ import annotations

from collections.abc import Mapping

Headers = Mapping[str, str]
"""What a column holds → what stands above it."""

_KEYS = "year period day ledger centre text debit credit amount sign costs income".split()


def _headers(*names: str) -> Headers:
    return dict(zip(_KEYS, names, strict=True))


PACKAGES: Mapping[str, Headers] = {
    "exact": _headers(
        *("Boekjaar", "Periode", "Boekdatum", "Grootboekrekening", "Kostenplaats", "Omschrijving"),
        *("Debet", "Credit", "Bedrag", "D/C", "Lasten", "Baten"),
    ),
    "exact-online": _headers(
        *("FinancialYear", "FinancialPeriod", "Date", "GLAccountCode", "CostCenter", "Description"),
        *("AmountDebit", "AmountCredit", "AmountDC", "DC", "Costs", "Revenues"),
    ),
    "key2": _headers(
        *("Dienstjaar", "Per.", "Boekingsdatum", "ECL", "FCL", "Omschrijving boeking"),
        *("Bedrag debet", "Bedrag credit", "Boekingsbedrag", "D/C", "Lasten bedrag", "Baten bedrag"),
    ),
    "unit4": _headers(
        *("Jaar", "Periode", "Datum", "Rekening", "Dim 1", "Tekst"),
        *("Debet EUR", "Credit EUR", "Bedrag EUR", "D/C", "Lasten EUR", "Baten EUR"),
    ),
    "afas": _headers(
        *("Jaar", "Periode", "Datum boeking", "Rekeningnummer", "Code verbijzonderingsas 1", "Omschrijving boeking"),
        *("Bedrag debet", "Bedrag credit", "Bedrag", "Debet/Credit", "Lasten", "Baten"),
    ),
    "twinfield": _headers(
        *("Fiscal year", "Period", "Posting date", "G/L Account", "Cost centre", "Description"),
        *("Debit", "Credit", "Amount", "D/C", "Expenses", "Income"),
    ),
    "civision": _headers(
        *("Begrotingsjaar", "Boekperiode", "Mutatiedatum", "Kostensoort", "Kostenplaatscode", "Mutatie omschrijving"),
        *("Debetbedrag", "Creditbedrag", "Mutatiebedrag", "DC", "Last", "Baat"),
    ),
    "coda": _headers(
        *("Year", "Per", "Docdatum", "el1", "el2", "Toelichting"),
        *("Debet", "Credit", "Waarde/CO-valuta", "Debet/Credit", "Lasten", "Baten"),
    ),
    "sap": _headers(
        *("Boekjr", "Boek.per.", "Boekingsdat.", "Kostensrt", "Kostenplts", "Naam"),
        *("Debet in EUR", "Credit in EUR", "Waarde in EUR", "S/H", "Lasten", "Baten"),
    ),
    "own": _headers(
        *("jaar", "maand", "datum", "rekening", "kostenplaats", "wat"),
        *("af", "bij", "bedrag", "d of c", "uitgaven", "inkomsten"),
    ),
    "strange": _headers(
        *("Jrg", "Tijdvak", "Wanneer", "GB-code", "Budgethouder", "Waarvoor"),
        *("Last EUR", "Baat EUR", "Euro", "Kant", "Eruit", "Erin"),
    ),
}
EXTRAS: Mapping[str, str] = {
    "Dagboek": "journal",
    "Stuknummer": "number",
    "Relatie": "relation",
    "Btw-code": "vat",
    "Btw-bedrag": "money",
    "Aantal": "count",
    "Valuta": "currency",
    "Saldo": "running",
    "Factuurdatum": "day",
    "Gebruiker": "user",
    "Boekstatus": "status",
    "Soort stuk": "voucher",
    "Stand": "paid",
}
"""Columns beside those of a posting, and what stands in them."""
