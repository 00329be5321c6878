"""What a column may say of its rows: what they are, whose, and in which currency."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from gebiedswerk.dossier.settings import DeliveryKind
from gebiedswerk.formats.synonyms import YES, plain

_KIND_OF_BUDGET = (  # literal: words that are read, never shown, as all in this module
    r"(?:primitieve?|bijgestelde?|gewijzigde?|oorspronkelijke?|huidige?|actuele?|vastgestelde?|voorlopige?|ontwerp|concept)"
)
_PLANNED = (
    rf"(?:{_KIND_OF_BUDGET}[ -]?)?(?:(?:meer)?jaren|jaar|ontwerp)?-?"
    r"(?:begroting(?:swijziging(?:en)?)?|begroot|begr\.?|gebudgetteerd|budget(?:ten)?|raming(?:en)?|geraamd"
    r"|prognose|forecast|planning|plan)"
    rf"(?: (?:{_KIND_OF_BUDGET}|jaareinde|einde jaar|(?:na|incl\.?|inclusief|voor) wijziging(?:en)?|[0-9]{{1,2}}))?"
    rf"(?: ?\({_KIND_OF_BUDGET}\))?"
)
_PROMISED = r"(?:openstaande?[ -]?)?verplichting(?:en)?(?:[ -]?boeking(?:en)?)?|verplicht|commitments?|obligo"
_NOT_BOOKED = (  # literal: words that are read, never shown
    r"(?:nog )?niet (?:definitief )?(?:geboekt|verwerkt|gefiatteerd|geaccordeerd)"
    r"|(?:voorlopige?|concept)(?: ?(?:geboekt|boeking))?|vervallen|geannuleerd|geparkeerd|ingetrokken"
    r"|afgekeurd|verwijderd|parked|draft|cancelled|void|simulatie|te fiatteren|ter accordering"
)
_BOOKED = r"realisatie|gerealiseerd|werkelijk|geboekt|actuals?"
_WITHIN = r"(?:[0-9]{1,3} )?(?:%s)(?: [0-9]{4})?"
"""A word may stand behind the number of a journal, and before a year."""
SAID_OF_ROWS: Mapping[DeliveryKind, re.Pattern[str]] = {
    DeliveryKind.REALISED: re.compile(f"(?i){_WITHIN % f'{_PLANNED}|{_PROMISED}'}|{_NOT_BOOKED}"),
    DeliveryKind.BUDGET: re.compile(f"(?i){_WITHIN % f'{_BOOKED}|{_PROMISED}'}"),
    DeliveryKind.COMMITMENT: re.compile(f"(?i){_WITHIN % f'{_PLANNED}|{_BOOKED}'}"),
}
"""Kind of delivery → the words by which a row says that it is of another one, in whichever column."""
IN_TEXTS = re.compile(f"(?i){_WITHIN % f'{_PLANNED}|{_PROMISED}'}")
"""The same of postings, as a whole description: what is planned or promised may stand among what is booked."""
_STEMS = re.compile(
    r"(?i)begroting(?:swijziging)?(?:en)?\b|begroot|\bbegr\b|\bbeg\b|\bbud\b|raming(?:en)?\b|geraamd|prognose\b|forecast\b"
    r"|verwacht(?:ing)?\b|verplichting(?:en)?(?:boeking(?:en)?)?\b|\bvpl\b|commitment|obligo|bestelling(?:en)?\b"
    r"|inkooporders?\b|purchase order|\breservering|aangegaan|concept\b|voorlopig|simulati|statistisch"
    r"|vervallen|geannuleerd|ingetrokken|geparkeerd|afgekeurd|verwijderd|geblokkeerd|parked|draft|cancel|\bvoid"
    r"|te fiat|te accord|ter accord|in behandeling|vooraf ingevoerd|\bniet\b|nog te |gestorneerd|teruggedraaid|on hold"
)
_BOOKED_STEMS = re.compile(
    r"(?i)realis|werkelijk|geboekt|verwerkt|definitief|actual|\bact\b|\bist\b|betaald|fiat|accord|akkoord|gekeurd"
    r"|gejournal|afgesloten|afgehandeld|gereed|posted|final|approved|paid|voldaan|\bvrij"
)
"""Parts of words that a column of kinds has for what does not count, and for what does; the former go first."""
_OF_KINDS = re.compile(r"status|type|soort|scenario|versi|stadium|fase|dagboek|journaal|journal|kind$|herkomst|aard$")
_OF_COSTS = re.compile(r"kosten|rekening|account|product|project|subsidie|taakveld|btw|vat|relatie|naam")
_OF_STATUS = re.compile(
    r"(?:boek(?:ing(?:s)?)?|document|post|regel|mutatie|journaal|verwerkings)?status(?:code|boeking|mutatie)?"
    r"|scenario(?:code|naam)?|versie(?:code|nummer)?|version|waarde(?:type|soort)|valuetype|fase|stadium"
)
_FINAL = frozenset(
    "definitief definitiefgeboekt geboekt isgeboekt verwerkt gefiatteerd geaccordeerd goedgekeurd geautoriseerd "
    "akkoord gejournaliseerd doorgeboekt final posted approved".split()
)
_NOT_FINAL = frozenset(
    "voorlopig concept geblokkeerd vervallen geannuleerd ingetrokken verwijderd simulatie statistisch verplichting "
    "begroting geparkeerd draft parked cancelled deleted void".split()
)
_NO = frozenset(["", *"n nee no 0 onwaar false -".split()])
_REALISED, _LETTERS = "r", frozenset("rvbp")
"""Letters for what is booked, and beside that for commitments, a budget or a forecast."""
_ADMINISTRATION = re.compile(
    r"(?:(?:adm|administratie|bedrijfs?|company|division|divisie|entiteit|entity|organisatie|gemeente)"
    r"(?:code|nr|nummer|naam|name|id|omschrijving)?)"
)
_MAYBE_ADMINISTRATION = re.compile(
    r"(?:firma|bu|businessunit|boekhouding|vestiging|kantoor|client|dossier|rechtspersoon|mandant|bukrs|organisatieeenheid"
    r"|bedrijfsonderdeel|boekingskring|administratiekantoor|tenant)(?:code|nr|nummer|naam|name|id)?"
)
_CURRENCY = frozenset("valuta valutacode munt muntsoort munteenheid currency currencycode curr val crcy".split())
_MONEY_OF_THE_WORLD = frozenset(
    "USD GBP CHF SEK NOK DKK JPY CAD AUD PLN CZK HUF CNY TRY SRD ANG AWG XCG $ £ US$".split()
)
_EUROS = frozenset(("EUR", "€", "EURO", "EUROS"))


def said_elsewhere(header: str, cells: Collection[str], kind: DeliveryKind) -> Iterator[str]:
    """The words of a column of few words by which rows say that they are of another kind, or are not final.

    An empty cell is one of them where a column says by yes and no what is final.
    """
    words, name = SAID_OF_ROWS.get(kind), plain(header)
    if words is None:
        return
    postings = kind is DeliveryKind.REALISED
    of_kinds = postings and _OF_KINDS.search(name) and not _OF_COSTS.search(name)
    small = {cell.casefold() for cell in cells}
    unsaid = _NO if name in _FINAL and small & YES else YES - {""} if name in _NOT_FINAL else frozenset[str]()
    for cell in cells:
        if words.fullmatch(cell) or of_kinds and _STEMS.search(cell) or postings and cell.casefold() in unsaid:
            yield cell


def tells_rows_apart(header: str, cells: Collection[str]) -> bool:
    """Whether a column of more than one word is by its name one of a status, a version or a part of the organisation,
    so that some of its rows may not belong to this delivery, and its words do not say which.
    """
    name, words = plain(header), [cell for cell in cells if cell]
    if len({one.casefold() for one in words}) < 2:
        return False
    if _MAYBE_ADMINISTRATION.fullmatch(name):
        return not all(re.fullmatch("BU[0-9]{8}", one) for one in words)  # literal: a code of CBS
    letters = {one.casefold() for one in words}
    if _OF_KINDS.search(name) and not _OF_COSTS.search(name) and _REALISED in letters and letters <= _LETTERS:
        return True
    if not _OF_STATUS.fullmatch(name) and name not in _FINAL:
        return False
    return not all(_BOOKED_STEMS.search(one) for one in words) and not letters <= YES | _NO


def is_of_administration(header: str) -> bool:
    """Whether a column says whose a row is: one delivery is of one administration."""
    return _ADMINISTRATION.fullmatch(plain(header)) is not None


def other_currencies(header: str, cells: Collection[str]) -> list[str]:
    """The cells of a column of currencies that are not the euro: by its name, or by what stands in all its cells."""
    filled = [cell for cell in cells if cell]
    foreign = [cell for cell in filled if cell.upper() not in _EUROS]
    if plain(header) in _CURRENCY:
        return [cell for cell in foreign if re.fullmatch("[A-Z]{3}|[$£¥]|US[$]", cell)]
    return foreign if all(cell.upper() in _MONEY_OF_THE_WORLD for cell in foreign) else []


def says_of_rows(header: str, cells: Collection[str]) -> bool:
    """Whether a column says something of its rows that is no sign: what they are, whose, or in which currency."""
    return bool(
        any(said_elsewhere(header, cells, DeliveryKind.REALISED))
        or tells_rows_apart(header, cells)
        or is_of_administration(header)
        or other_currencies(header, cells)
    )
