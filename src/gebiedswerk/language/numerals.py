"""Every number in a text that nothing stands behind, in digits or in words, with what it weighs.

An amount of money weighs most, then a share, magnitude or large number, then a count of things. Where the weight makes
a difference (an error, a warning, nothing) is for whoever asks: `texts/check_text.py` and `dossier/text_numbers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gebiedswerk.language.number_words import Size, worded_numbers
from gebiedswerk.language.numbers_in_prose import loose_numbers


class Weight(StrEnum):
    """What a number is about, as far as the words around it say."""

    MONEY = "money"
    AMOUNT = "amount"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number from `start` up to `end` (not included). `guessed`: by its words, where digits would leave no doubt."""

    start: int
    end: int
    text: str
    weight: Weight
    guessed: bool = False


MARK = "\ufffc"
"""Stands for what is a figure, or free with a reason, so that words on both sides of it stay apart."""
NEAR = 24
"""So many signs on both sides of a number say what it weighs; a unit stands no further."""
_SPACE = r"[\s()\[\]*_\u00ad\u200b-\u200f\u2060\ufeff]{0,9}"
"""Between a number and its unit: spaces, brackets and signs that nobody sees."""
_MONEY = r"(?:[€$£¥]|(?:euro|eur|dollar|usd|gbp|cent|pond)(?:'?s|en)?\b)"
_MAGNITUDE = (
    r"(?:(?:honderd|duizend|miljoen|miljard|biljoen|mln|mld|mrd|ton|mille|hundred|thousand|million|billion|k)\b)"
)
_SHARE = r"(?:[%‰]|(?:procent|percent|promille|procentpunt|pct|per cent)\b)"
_BEHIND_MONEY = re.compile(rf"{_SPACE}(?:{_MAGNITUDE}{_SPACE})?{_MONEY}|,[-–—=]", re.IGNORECASE)
_BEHIND_MUCH = re.compile(rf"{_SPACE}(?:{_MAGNITUDE}|{_SHARE})", re.IGNORECASE)
_BEFORE_MONEY = re.compile(r"(?:[€$£¥]|\b(?:euro|eur|usd|gbp)(?:'?s)?)[\s(]{0,9}[-−–+]?\Z", re.IGNORECASE)
_GLUED_MONEY = re.compile(r"\d(?:euro?s?|usd)\Z|\A(?:eur?o?|usd)\d|\d(?:k|mln|mld|mrd)\Z", re.IGNORECASE)
_MUCH = re.compile(r"\d[.,'’ ]\d{3}(?!\d)|\d{5}")


def numerals(text: str) -> list[Numeral]:
    """All numbers of a run of Dutch or English that must have something behind them, in order.

    Digits as `numbers_in_prose.py` says; numbers in words, Roman ones with a unit, letters in the place of digits, and
    years that count things ('2050 struiken').
    """
    found = [Numeral(one.start, one.end, one.text, _weight(text, one.start, one.end)) for one in loose_numbers(text)]
    letters = list(_lettered(text))
    ends = {one.end for one in letters}
    found += [*letters, *(one for one in _worded(text) if _end_of_words(text, one.start) not in ends)]
    found += _counted_years(text)
    kept: list[Numeral] = []
    for one in sorted(found, key=lambda one: (one.start, one.guessed, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _end_of_words(text: str, start: int) -> int:
    """Where what stands before a place ends, spaces apart."""
    before = text[max(start - NEAR, 0) : start]
    return start - len(before) + len(before.rstrip())


def _weight(text: str, start: int, end: int) -> Weight:
    """What a number weighs by its own form and what stands around it."""
    behind, before = text[end : end + 2 * NEAR], text[max(start - NEAR, 0) : start]
    if _BEHIND_MONEY.match(behind) or _BEFORE_MONEY.search(before) or _GLUED_MONEY.search(text[start:end]):
        return Weight.MONEY
    much = _BEHIND_MUCH.match(behind) or _MUCH.search(text[start:end])
    return Weight.AMOUNT if much else Weight.COUNT


def _worded(text: str) -> Iterator[Numeral]:
    """Numbers in words; a small one only with a unit."""
    for one in worded_numbers(text, MARK):
        weight = _weight(text, one.start, one.end)
        if text[one.start : one.end].lower().endswith(("euro", "euros")):
            weight = Weight.MONEY
        if weight is Weight.COUNT and one.size is Size.MAGNITUDE:
            weight = Weight.AMOUNT
        if weight is not Weight.COUNT or one.counts:
            yield Numeral(one.start, one.end, text[one.start : one.end], weight, guessed=weight is Weight.COUNT)


_UNITS = rf"(?={_SPACE}(?:{_MONEY}|{_MAGNITUDE}|{_SHARE}))"
_LETTERED = re.compile(
    rf"(?<![\w.,-])(?:(?=[MDCLXVI])M{{0,9}}(?:C[MD]|D?C{{0,9}})(?:X[CL]|L?X{{0,9}})(?:I[XV]|V?I{{0,9}})"
    rf"|(?=[mdclxvi]{{2}})m{{0,9}}(?:c[md]|d?c{{0,9}})(?:x[cl]|l?x{{0,9}})(?:i[xv]|v?i{{0,9}})"
    rf"|(?=[IlOo|][IlOo|.,])[IlOo|]{{1,12}}(?:[.,][IlOo|]{{3}}){{0,5}})(?!\w){_UNITS}"
)


def _lettered(text: str) -> Iterator[Numeral]:
    """Roman numbers, and letters that stand for digits, where a unit follows: `MCM euro`, `lOO euro`."""
    for found in _LETTERED.finditer(text):
        weight = _weight(text, found.start(), found.end())
        yield Numeral(found.start(), found.end(), found[0], weight)


_YEAR_BEFORE = re.compile(  # literal: words that are read, never shown
    r"(?:\b(?:in|van|uit|voor|over|sinds|tot|met|vanaf|na|tegen|rond|eind|begin|medio|jaar|anno|of|from|to|for|since|"
    r"by|until|before|after|during|year|en|and|t/m|dan|than|de|the)|(?:rekening|begroting|budget|restant|resultaat|saldo|overschot|tekort|programma|plan|nota|verslag|akkoord|"
    r"besluit|monitor|accounts|report|programme|agenda|visie|raming|januari|februari|maart|april|mei|juni|juli|"
    r"augustus|september|oktober|november|december|january|february|march|may|june|july|august|october))\W{1,9}\Z",
    re.IGNORECASE,
)
_COUNTABLE = (  # literal: as above
    "struiken planten bloemen bollen banken bankjes stoelen tegels lampen paaltjes fietsen plekken plaatsen deelnemers "
    "bezoekers gasten klanten cliënten brieven exemplaren flyers vragen klachten aanvragen initiatieven plannen "
    "activiteiten bijeenkomsten gesprekken ideeën adressen containers prullenbakken speeltoestellen parkeerplaatsen "
    "studenten ambtenaren medewerkers ondernemers winkels scholen klassen leden bestellingen facturen stenen "
    "shrubs plants flowers bulbs benches tiles bicycles places participants visitors letters copies questions "
    "complaints requests initiatives plans activities meetings ideas addresses students employees shops schools"
)
_NO_NOUN = (  # literal: as above
    "was waren is zijn werd werden wordt worden gaf gaven ging gingen had hadden heeft hebben kwam kwamen kreeg kregen "
    "kan kunnen kon konden moet moeten moest moesten mag mogen zal zullen zou zouden wil willen bleef bleven blijft "
    "blijven viel vielen valt vallen stond stonden staat staan liet laten laat liep lopen doet doen deed deden en of "
    "maar want dus dan als dat die dit deze het de niet nog ook al wel weer voor van tot met naar uit bij aan op in "
    "volgens vervolgens steeds soms ineens eens samen binnen buiten boven zonder tegen alles anders overigens tevens "
    "immers thans wegens tijdens conform looks shows gives "
    "over om per werd door onder tussen sinds vanaf hoe wat wie waar wij we zij ze hij er and or but the a were are "
    "has have had will would can could may must shall to from by for at on it they he she that this which who not also"
)
_COUNTED_YEAR = re.compile(
    rf"(?<![\w.,:/’'–−-])(?:19|20)[0-9]{{2}}(?=[ \u00a0\n](?:(?P<known>(?:{'|'.join(_COUNTABLE.split())})\b)"
    rf"|(?!(?:{'|'.join(_NO_NOUN.split())})\b)(?-i:[a-zà-ÿ]{{3,30}}(?:en|s)\b)))",
    re.IGNORECASE,
)


def _counted_years(text: str) -> Iterator[Numeral]:
    """Numbers in the form of a year with things behind them: '2050 struiken', unless what stands before says a year."""
    for found in _COUNTED_YEAR.finditer(text):
        if found["known"] or not _YEAR_BEFORE.search(text[max(found.start() - NEAR, 0) : found.start()]):
            yield Numeral(found.start(), found.end(), found[0], Weight.COUNT, guessed=True)
