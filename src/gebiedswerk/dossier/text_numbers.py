"""Numbers in the texts of tables and settings: nothing stands behind them, so they may not pass for figures.

Prose is held to it as the text of a publication is, and names and decisions as far as they speak of money. A number
that comes from elsewhere is set free in `free_numbers.csv`, with a reason: a cell has no marks, it is printed as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from gebiedswerk.core.faults import Fault, capped, fault
from gebiedswerk.core.words import TextKind
from gebiedswerk.dossier.model import Dossier, standing
from gebiedswerk.dossier.tables import FreeNumber
from gebiedswerk.dossier.texts import DossierText, dossier_texts
from gebiedswerk.language.numerals import Numeral, Weight, numerals

AROUND = 40
"""So many signs on both sides of a number are quoted."""


def number_faults(dossier: Dossier, more: Iterable[DossierText] = ()) -> list[Fault]:
    """An amount (T126), or a number that may count things (T127), in a text that reaches a page; idle rows (T133).

    `more`: texts that stand elsewhere than in tables and settings, such as the decision of an adopted account.
    """
    free: dict[str, list[FreeNumber]] = {}
    for row in standing(dossier.free_numbers):
        free.setdefault(row.file, []).append(row)
    used: set[str] = set()
    faults: list[Fault] = []
    for text in (*dossier_texts(dossier), *more):
        question = ("numbers", text.words, text.text)
        for number in dossier.session.once(question, partial(_weighty, text.words, text.text)):
            rows = (row for row in free.get(text.file, ()) if _is_about(row, text))
            freed = {row.id for row in rows if _covers(row.words, text.text, number)}
            used |= freed
            faults += [] if freed else [_fault(text, number)]
    idle = (row for rows in free.values() for row in rows if row.id not in used)
    return [*capped(faults), *capped(fault("T133", "free_numbers.csv", row.row, "words", row.words) for row in idle)]


def _weighty(words: TextKind, text: str) -> list[Numeral]:
    """The numbers that matter in words of this kind: in a name or decision only money."""
    found = numerals(text)
    return found if words in (TextKind.PROSE, TextKind.REASON) else [one for one in found if one.weight is Weight.MONEY]


def _is_about(row: FreeNumber, text: DossierText) -> bool:
    """Whether a row that sets a number free is about this text: what it does not name may be anything."""
    return row.column in ("", text.column) and row.row_in_file in (None, text.row)


def _covers(words: str, text: str, number: Numeral) -> bool:
    """Whether the words of a row stand in a text around a number."""
    return any(start <= number.start and number.end <= start + len(words) for start in _places(words, text))


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _fault(text: DossierText, number: Numeral) -> Fault:
    code = "T127" if number.weight is Weight.COUNT else "T126"
    sentence = text.text[max(number.start - AROUND, 0) : number.end + AROUND]
    return fault(code, text.file, text.row, text.column, number.text, sentence=" ".join(sentence.split()))
